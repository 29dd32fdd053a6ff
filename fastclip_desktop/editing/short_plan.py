"""What a short is made of, as far as it follows from what was asked: its frame, its times, its lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.caption import Banner
from fastclip_desktop.domain.short_look import Framing, ShortLook
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.caption_words import clean
from fastclip_desktop.editing.captions import banner_text
from fastclip_desktop.editing.graphemes import graphemes, width_of

SHOWN = Fraction(3)
"""Seconds for which a hook or a call to action is read."""

_BETWEEN = Fraction(1, 2)
"""Seconds between the two, at least."""

_SHORTEST = Fraction(4, 5)
"""Seconds in which anything can be read."""

_SOFT = 1.5
"""How much larger a picture may be shown than it is before that is seen."""

_CLAUSES = (",", ";", ":", " –", " —", "\u3001", "\uff0c", "\uff1b")


def frame_size(look: ShortLook, source: tuple[int, int]) -> tuple[int, int]:
    """Width and height of a short in pixels, both even.

    A short in the shape of its source is never larger than that one.

    Args:
        look: what was asked for.
        source: display pixels of the source's picture.
    """
    ratio = look.aspect.ratio
    side = look.short_side
    if ratio is None:
        ratio = Fraction(*source)
        side = min(side, *source)
    width, height = (side, side / ratio) if ratio < 1 else (side * ratio, side)
    return _even(Fraction(width)), _even(Fraction(height))


def softness(look: ShortLook, source: tuple[int, int]) -> str:
    """A sentence for a person whose source has too few pixels for what they asked; empty where it has enough."""
    width, height = frame_size(look, source)
    # Over a copy of itself the whole picture is shown; else the frame is filled by a part of it.
    fits, fills = sorted((width / source[0], height / source[1]))
    scale = fits if look.framing in (Framing.BLUR, Framing.AURA) else fills
    if scale <= _SOFT:
        return ""
    return f"The source has only {source[0]}×{source[1]} pixels, so that the short looks soft at {width}×{height}."


def side_by_side(spans: Sequence[TimeRange]) -> tuple[TimeRange, ...]:
    """Spans in order of time that overlap a little, parted in the middle of what they share."""
    parted = list(spans)
    for number in range(len(parted) - 1):
        before, after = parted[number], parted[number + 1]
        if before.end > after.start:
            border = (max(before.start, after.start) + min(before.end, after.end)) / 2
            if before.start < border < after.end:
                parted[number] = TimeRange(before.start, border)
                parted[number + 1] = TimeRange(border, after.end)
    return tuple(parted)


def banners(
    hook: str, call_to_action: str, duration: Fraction, look: ShortLook, language: str = ""
) -> tuple[Banner, ...]:
    """The line at the start of a short and the one at its end, never both at once.

    Args:
        hook: empty for none.
        call_to_action: likewise; it is left out of a short that has no time for both.
        duration: seconds of the short.
        look: has their styles.
        language: a BCP 47 tag of them; empty for not known.
    """
    both = bool(hook and call_to_action)
    room = (duration - _BETWEEN) / 2 if both else duration
    if both and room < _SHORTEST:
        call_to_action, room = "", duration
    shown = min(SHOWN, room)
    made = []
    if hook:
        made.append(Banner(banner_text(hook, look.hook, language), TimeRange(Fraction(0), shown), look.hook))
    if call_to_action:
        text = banner_text(call_to_action, look.call_to_action, language)
        made.append(Banner(text, TimeRange(duration - shown, duration), look.call_to_action))
    return tuple(made)


def clean_line(text: str) -> str:
    """A line as it can be shown: on one line, without what no one sees or what turns the direction of others."""
    return " ".join(clean(text).replace("\u200b", "").split())


def shortened(text: str, most: int) -> str:
    """A line of at most so many characters, wide ones counted twice: cut behind a clause, else between two words.

    Args:
        text: one sentence.
        most: characters.
    """
    text = clean_line(text)
    if width_of(text) <= most:
        return text
    fits = _fitting(text, most - 1)
    clause = max(text.rfind(mark, 0, fits) for mark in _CLAUSES)
    if clause >= fits // 2:
        return text[:clause].rstrip(" ,;:")
    word = text.rfind(" ", 0, fits + 1)
    return text[: word if word >= fits // 2 else fits].rstrip(" ,;:.–—") + "…"


def _fitting(text: str, most: int) -> int:
    """How many characters of a text stand in so many columns, none without the marks that belong to it."""
    place = width = 0
    for cluster in graphemes(text):
        width += width_of(cluster)
        if width > most:
            break
        place += len(cluster)
    return place


def _even(pixels: Fraction) -> int:
    return max(2, round(pixels / 2) * 2)
