"""Shorts joined with a cross-fade between them: passed on, where their offsets say, in step and as loud as before."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.caption import OverlayPicture, OverlayTrack
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.montage import Transition, TransitionKind
from fastclip_desktop.domain.short import MONTAGE_GAP
from fastclip_desktop.domain.short_look import Framing
from tests.exactness.sound_lag import sound_lag
from tests.media_factory import AudioSpec, UnreadableFrameError, VideoSpec, read_number, read_sound
from tests.unit.media.joined_clips import make
from tests.unit.media.shorts import SIZE, brightness, make_short, times
from tests.unit.media.test_short_sound import RATE, TINY, measured, voiced, with_sound
from tests.unit.media.test_short_text import RED, painted

MediaMaker = Callable[..., Path]

F = Fraction
FADE = Transition(TransitionKind.CROSS_FADE, MONTAGE_GAP)


def montage(shorts: Sequence[RenderedFile], path: Path) -> RenderedFile:
    """All of some shorts, one after another."""
    return make(
        [made.path for made in shorts], [(n, "0", str(made.duration)) for n, made in enumerate(shorts)], path, FADE
    )


def number_of(luma: np.ndarray) -> int | None:
    try:
        return read_number(luma[108:210])
    except UnreadableFrameError:
        return None


def test_rendered_shorts_are_passed_on_and_lie_where_the_offsets_say(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=300), (AudioSpec(),))
    text = painted(tmp_path, "red.png", (100, 40), *RED)
    words = OverlayTrack(40, 240, 100, 40, (OverlayPicture(text, F("0.2")), OverlayPicture(None, F("0.7"))))
    wanted = ("1.013-2.1 2.5-3", "4-5.3", "6.5-7 7.3-8.9")
    shorts = [
        make_short(source, pieces, tmp_path / f"{number}.mp4", overlays=[words], loudness=-14.0)
        for number, pieces in enumerate(wanted)
    ]
    made = montage(shorts, tmp_path / "all.mp4")
    receipt = made.receipt
    assert receipt.method == "smart"
    assert len(receipt.parts) == 3
    for part, short in zip(receipt.parts, shorts, strict=True):
        assert part.encoded == ()
        assert part.passed == (part.span,)
        assert part.place.duration == short.duration
    assert receipt.parts[0].place.start == 0
    for before, after in itertools.pairwise(receipt.parts):
        assert after.place.start - before.place.end == MONTAGE_GAP
    # And so does the file, to the picture.
    shown = [number_of(luma) for luma in brightness(made.path)]
    at = times(made.path)
    assert at == [F(number, 30) for number in range(len(at))]
    for part, short in zip(receipt.parts, shorts, strict=True):
        first, last = round(part.place.start * 30), round(part.place.end * 30)
        assert (at[first], at[last - 1] + F(1, 30)) == (part.place.start, part.place.end)
        assert shown[first:last] == [number_of(luma) for luma in brightness(short.path)]
    assert len(shown) == sum(short.receipt.frames for short in shorts) + 2 * 24


def test_the_offsets_are_those_of_the_contract(made_media: MediaMaker, tmp_path: Path) -> None:
    """A first clip of 43.6 s is followed at 44.4 s; here all is a tenth as long but for the gap."""
    source = made_media("a.mp4", VideoSpec(frames=300), (AudioSpec(),))
    lengths = ("0-4.36", "5-8")
    shorts = [make_short(source, pieces, tmp_path / f"{n}.mp4") for n, pieces in enumerate(lengths)]
    made = montage(shorts, tmp_path / "all.mp4")
    first, second = (part.place for part in made.receipt.parts)
    assert (first.start, abs(first.end - F("4.36")) <= F(1, 60)) == (0, True)
    assert second.start == first.end + F("0.8")
    assert second.end == made.duration


def test_the_sound_of_a_montage_is_in_step_and_as_loud(tmp_path: Path) -> None:
    noise = (0.1 * voiced(np.random.default_rng(8).standard_normal(14 * RATE))).astype(np.float32)
    picture, sound = with_sound(tmp_path, noise)
    shorts = [
        make_short(picture, pieces, tmp_path / f"{n}.mp4", sound=sound, size=TINY, loudness=-14.0)
        for n, pieces in enumerate(("0.5-4", "5-7 8-9.5", "10-13.5"))
    ]
    made = montage(shorts, tmp_path / "all.mp4")
    assert measured(made.path)[0] == pytest.approx(-14, abs=0.5)
    assert measured(made.path)[1] <= -1
    heard = read_sound(made.path)
    for part, short in zip(made.receipt.parts, shorts, strict=True):
        theirs = read_sound(short.path, sample_rate=RATE)
        place = part.place
        assert abs(sound_lag(heard, theirs, place.start + F("0.1"), place.end, -place.start)) <= F(1, 10_000)
    assert np.abs(heard.samples[round(F("3.7") * RATE) : round(F("4.1") * RATE)]).max() < 0.01


def test_shorts_with_and_without_sound_join(made_media: MediaMaker, tmp_path: Path) -> None:
    heard = made_media("a.mp4", VideoSpec(frames=150), (AudioSpec(),))
    mute = made_media("mute.mp4", VideoSpec(frames=150))
    shorts = [
        make_short(source, "1-2", tmp_path / f"{n}.mp4", size=TINY, loudness=-14.0)
        for n, source in enumerate((mute, heard, mute))
    ]
    made = montage(shorts, tmp_path / "all.mp4")
    assert made.receipt.method == "smart"
    sound = read_sound(made.path)
    begin = made.receipt.parts[1].place.start
    middle = sound.samples[round(begin * RATE) + 4800 : round((begin + 1) * RATE) - 4800]
    assert np.abs(middle).max() > 0.05
    assert np.abs(sound.samples[: round(begin * RATE) - 4800]).max() < 0.01


def test_shorts_of_other_rates_join_by_encoding(made_media: MediaMaker, tmp_path: Path) -> None:
    one = made_media("a.mp4", VideoSpec(frames=150), (AudioSpec(),))
    other = made_media("film.mp4", VideoSpec(frames=150, rate=F(24)), (AudioSpec(sample_rate=44100),))
    shorts = [make_short(source, "1-2.5", tmp_path / f"{n}.mp4") for n, source in enumerate((one, other))]
    made = montage(shorts, tmp_path / "all.mp4")
    first, second = (part.place for part in made.receipt.parts)
    assert second.start == first.end + F("0.8")
    assert abs(made.duration - F("3.8")) <= F(1, 24)
    with av.open(str(made.path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == SIZE


def test_shorts_framed_in_different_ways_join(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=150), (AudioSpec(),))
    shorts = [
        make_short(source, "1-2", tmp_path / f"{framing}.mp4", framing=framing)
        for framing in (Framing.BLUR, Framing.AURA)
    ]
    made = montage(shorts, tmp_path / "all.mp4")
    assert all(part.encoded == () for part in made.receipt.parts)
    assert made.duration == F("2.8")
