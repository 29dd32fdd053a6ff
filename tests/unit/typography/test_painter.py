"""One painter for the preview and for the file."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from fastclip_desktop.domain.caption import Banner, Cue
from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.domain.short_presets import CAPTION_STYLES, CUSTOMISED, PRESETS, caption_style, look_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.typography.fonts import emoji_in
from fastclip_desktop.typography.moments import Shown
from fastclip_desktop.typography.painter import TextPainter, TextPicture, paint, paint_banner
from fastclip_desktop.typography.safe_area import safe_area
from tests.unit.typography.caption_scripts import FAMILIES, Case, second

BARE = CaptionStyle(spoken=Spoken.HIGHLIGHT, outline_color="", shadow_color="", color="#ffffff", spoken_color="#ff0000")


def bare(**changes: object) -> CaptionStyle:
    """White letters, red while they are said, and nothing around them."""
    return replace(BARE, families=("Montserrat", *FAMILIES), **changes)


def pixels(picture: TextPicture | None) -> np.ndarray:
    """Rows, columns and red, green, blue and alpha, straight."""
    assert picture is not None
    image = picture.image.convertToFormat(QImage.Format.Format_RGBA8888)
    flat = np.frombuffer(bytes(image.constBits()), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]


def middle_of(mask: np.ndarray) -> float:
    return float(np.nonzero(mask)[1].mean())


def red(image: np.ndarray) -> np.ndarray:
    return (image[..., 0] > 200) & (image[..., 1] < 80) & (image[..., 3] > 200)


def white(image: np.ndarray) -> np.ndarray:
    return (image[..., :3].min(axis=-1) > 200) & (image[..., 3] > 200)


@pytest.mark.parametrize(
    ("line", "from_right"),
    [("one two three", False), ("واحد اثنان ثلاثة", True), ("אחת שתיים שלוש", True), ("एक दो तीन", False)],
)
def test_words_light_up_in_the_order_of_their_script(line: str, *, from_right: bool) -> None:
    cue = Case("", (line,)).cue

    places = [middle_of(red(pixels(paint(cue, bare(), Fraction(n) + Fraction(1, 2), 540, 960)))) for n in range(3)]

    assert places == sorted(places, reverse=from_right)


def test_lighting_up_a_word_moves_no_letter() -> None:
    cue = Case("", ("السلام عليكم",)).cue

    first, last = (pixels(paint(cue, bare(), Fraction(n) + Fraction(1, 2), 540, 960)) for n in range(2))

    assert np.array_equal(first[..., 3], last[..., 3])
    assert not np.array_equal(first, last)


def test_karaoke_colours_all_that_was_said() -> None:
    cue = Case("", ("one two three",)).cue
    sung = [
        red(pixels(paint(cue, bare(spoken=Spoken.KARAOKE), Fraction(n) + Fraction(1, 2), 540, 960))).sum()
        for n in range(3)
    ]

    assert sung[0] < sung[1] < sung[2]


def test_a_word_springs_up_and_settles() -> None:
    cue = Case("", ("one two",)).cue
    style = bare(spoken=Spoken.POP)
    sizes = [red(pixels(paint(cue, style, Fraction(n, 30), 540, 960))).sum() for n in range(4)]

    assert sizes[1] > sizes[0] > sizes[3]


def test_light_and_boxes_are_only_around_the_word_that_is_said() -> None:
    cue = Case("", ("one two",)).cue
    for spoken in (Spoken.GLOW, Spoken.BOX):
        picture = pixels(paint(cue, bare(spoken=spoken), Fraction(1, 2), 540, 960))
        coloured = (picture[..., 0] > picture[..., 1].astype(int) + 40) & (picture[..., 3] > 20)
        assert coloured.any()
        assert middle_of(coloured) < picture.shape[1] / 2
        assert white(picture).any()


@pytest.mark.parametrize("size", [(1080, 1920), (1080, 1080), (1080, 1350), (1920, 1080), (270, 480)])
@pytest.mark.parametrize("style", CAPTION_STYLES, ids=lambda style: style.name)
def test_text_that_is_too_wide_gets_smaller_and_stays_in_the_safe_area(
    style: CaptionStyle, size: tuple[int, int]
) -> None:
    cue = Case("", ("Geschwindigkeitsbegrenzungen überall", "Donaudampfschifffahrtsgesellschaft")).cue
    painter = TextPainter.of_cue(cue, replace(style, shadow_color="", spoken=Spoken.PLAIN), *size)

    safe = safe_area(*size).toAlignedRect().adjusted(-2, -2, 2, 2)
    assert safe.contains(painter.area)
    picture = pixels(TextPicture(painter.paint(Shown(), painter.area), 0, 0))
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert edge[:, 3].max() < 128


@pytest.mark.parametrize(("position", "expected"), [(0.5, 0.5), (0.7, 0.7), (0.0, 0.13), (1.0, 0.78)])
def test_text_stands_where_the_style_says_as_far_as_it_is_safe(position: float, expected: float) -> None:
    painter = TextPainter.of_cue(Case("", ("one",)).cue, bare(position=position), 540, 960)

    assert painter.area.center().y() / 960 == pytest.approx(expected, abs=0.02)


def test_text_that_is_too_tall_gets_smaller() -> None:
    cue = Case("", tuple(f"line {number}" for number in range(12))).cue
    painter = TextPainter.of_cue(cue, bare(), 1080, 1080)

    assert painter.area.height() <= 1080 * 0.52


def test_a_line_of_ten_thousand_letters_is_painted_whole_though_nobody_can_read_it() -> None:
    painter = TextPainter.of_cue(Case("", ("x" * 10_000,)).cue, bare(), 540, 960)

    assert QRect(0, 0, 540, 960).contains(painter.area)


def test_short_lines_are_as_large_as_the_style_says() -> None:
    heights = [
        white(pixels(paint(Case("", (text,)).cue, bare(spoken=Spoken.PLAIN), Fraction(0), 1080, 1920)))
        .any(axis=1)
        .sum()
        for text in ("HI", "HI HI HI")
    ]

    assert heights[0] == heights[1]
    assert heights[0] == pytest.approx(0.7 * 0.068 * 1080, abs=3)  # Montserrat's capitals are 0.7 of its size


def test_nothing_is_painted_before_and_after() -> None:
    cue = Cue(TimeRange(Fraction(1), Fraction(2)), Case("", ("one",)).cue.lines)

    assert paint(cue, bare(), Fraction(0), 540, 960) is None
    assert paint(cue, bare(), Fraction(1), 540, 960) is not None
    assert paint(cue, bare(), Fraction(2), 540, 960) is None


def test_large_letters_are_those_of_the_language() -> None:
    style = bare(uppercase=True, spoken=Spoken.PLAIN)
    shown = {
        language: pixels(paint(Case("", ("iii",)).cue, style, Fraction(0), 540, 960, language=language))
        for language in ("en", "tr")
    }

    assert white(shown["tr"]).any(axis=1).sum() > white(shown["en"]).any(axis=1).sum()  # it has a dot


def test_a_hook_is_broken_into_lines_about_equally_long() -> None:
    style = look_of("default").hook
    banner = Banner("This is how we changed the whole launch in a week", TimeRange(Fraction(0), Fraction(3)), style)
    painter = TextPainter.of_banner(banner, 1080, 1920)

    widths = [box.width() for box in painter._text.boxes]
    assert 2 <= len(widths) <= style.lines
    assert min(widths) > 0.6 * max(widths)


def test_a_long_hook_gets_smaller_before_it_takes_more_lines() -> None:
    style = look_of("default").hook
    sizes, counts = [], []
    for words in (6, 16, 60, 2000):
        banner = Banner("word " * words, TimeRange(Fraction(0), Fraction(3)), style)
        painter = TextPainter.of_banner(banner, 1080, 1920)
        sizes.append(painter._text.size / (style.size * 1080))
        counts.append(len(painter._text.boxes))
        assert QRect(0, 0, 1080, 1920).contains(painter.area)
        assert painter.area.height() < 1920 * 0.55

    assert sizes[0] == pytest.approx(1, abs=0.02)
    assert 0.55 < sizes[1] < 0.98
    assert counts[0] <= counts[1] <= style.lines < counts[2] < counts[3]
    assert 0.5 < sizes[2] <= 0.6 < sizes[1]


def test_the_first_picture_shows_the_hook_whole_and_it_goes_softly() -> None:
    banner = Banner("Watch", TimeRange(Fraction(0), Fraction(3)), bare())
    strongest = [
        int(pixels(paint_banner(banner, moment, 540, 960))[..., 3].max())
        for moment in (Fraction(0), Fraction(2), Fraction(3) - Fraction(1, 100))
    ]

    assert strongest[0] == strongest[1] == 255
    assert strongest[2] < 128
    assert paint_banner(banner, Fraction(3), 540, 960) is None


def test_it_paints_on_any_thread() -> None:
    cue = Case("", ("नमस्ते दोस्तों",)).cue
    expected = pixels(paint(cue, bare(), Fraction(0), 540, 960))
    found: list[np.ndarray] = []

    def work() -> None:
        found.extend(pixels(paint(cue, bare(), Fraction(0), 540, 960)) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 15
    assert all(np.array_equal(expected, each) for each in found)


@pytest.mark.skipif(sys.platform != "linux", reason="Only FreeType draws the bitmaps of this font.")
@pytest.mark.parametrize("width", [270, 1080, 2160])
def test_emoji_keep_their_colours_at_every_size_and_weight(width: int) -> None:
    style = bare(spoken=Spoken.PLAIN, weight=900, italic=True)
    picture = pixels(paint(Case("", ("😀",)).cue, style, Fraction(0), width, width * 16 // 9))

    yellow = (picture[..., 0] > 200) & (picture[..., 1] > 150) & (picture[..., 2] < 120) & (picture[..., 3] > 200)
    assert yellow.mean() > 0.2


def test_colours_of_eight_digits_end_with_their_opacity() -> None:
    style = bare(color="#ffffff80", spoken=Spoken.PLAIN)
    picture = pixels(paint(Case("", ("one",)).cue, style, Fraction(0), 540, 960))

    assert picture[..., 3].max() == pytest.approx(0x80, abs=2)


def test_emoji_of_several_parts_are_one() -> None:
    assert emoji_in("a👩\u200d👩\u200d👧b") == [(1, 6)]
    assert emoji_in("✓ 1 # ❤\ufe0e") == []
    assert [b - a for a, b in emoji_in("1\ufe0f\u20e3 🇩🇪")] == [3, 2]


def test_each_offered_style_is_told_from_the_others() -> None:
    cue = Case("", ("every single page", "of the report")).cue
    shown = [paint(cue, style, Fraction(3, 2), 540, 960) for style in CAPTION_STYLES]

    names = [style.name for style in CAPTION_STYLES]
    assert len(set(names)) == len(names) >= 6
    images = [pixels(picture) for picture in shown]
    assert all(one.shape != other.shape or np.abs(one - other).mean() > 1 for one, other in pairwise(images))
    assert all(QColor(style.color[:7]).isValid() for style in CAPTION_STYLES)
    assert caption_style("bold") == CAPTION_STYLES[0]
    assert caption_style("nonsense") is None


def test_presets_are_those_of_the_contract() -> None:
    assert set(PRESETS) == {"default", "face_track", "customised", "aura"}
    assert look_of("nonsense") == look_of("default")
    own = replace(look_of("aura"), loudness=None)
    assert look_of(CUSTOMISED, own) == replace(own, preset=CUSTOMISED)
    assert look_of(CUSTOMISED) == replace(look_of("default"), preset=CUSTOMISED)
    assert second(1).duration == 1
