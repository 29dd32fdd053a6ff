"""What is asked of shorts, before anything is known of their source."""

from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.credits import ShortsWork
from fastclip_desktop.domain.job import GivenWords, ShortsRequest
from fastclip_desktop.domain.short_look import Framing

MOST_CHOSEN = 12
"""Shorts that are chosen for somebody, at most."""

USUAL_LENGTH = Fraction(45)
"""Seconds that a chosen short lasts where nobody says how long it should; less is more likely than more."""


def needs_words(request: ShortsRequest) -> bool:
    """Whether it has to be known what is said in the source."""
    look = request.look
    if not request.segments or look.captions is not None or request.subtitles or look.cuts_pauses or look.cuts_fillers:
        return True
    given = [each.hook or (request.hook if number == 0 else "") for number, each in enumerate(request.segments)]
    adds = [each.adds_hook or request.adds_hooks for each in request.segments]
    return any(writes and not hook for writes, hook in zip(adds, given, strict=True))


def has_words(words: GivenWords) -> bool:
    """Whether somebody gives the words along with the request."""
    return words.transcript is not None or words.file is not None or bool(words.link)


def most_work(request: ShortsRequest, duration: Fraction) -> ShortsWork:
    """What is done for a request at most, as far as that can be told beforehand.

    Where the captions of the source's site are asked for, they may not be there, and then all of it is heard.

    Args:
        request: what is asked for.
        duration: seconds of the source, at most.
    """
    if request.segments:
        rendered = sum((each.span.duration for each in request.segments), Fraction(0))
    else:
        rendered = (request.count or MOST_CHOSEN) * (request.preferred or USUAL_LENGTH)
        rendered = min(rendered, duration) if duration else rendered
    asks_anybody = needs_words(request) and not has_words(request.words)
    asks_site = asks_anybody and request.words.asks_site
    return ShortsWork(
        heard=duration if asks_anybody else Fraction(0),
        rendered=rendered,
        captions=request.look.captions is not None,
        site_captions=asks_site,
        follows_faces=request.look.framing is Framing.FACES,
    )
