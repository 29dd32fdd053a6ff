"""Shorts of damaged media, in full places, and stopped: an exact short that says what was wrong, or no file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short import ShortPlan
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.domain.short_stages import RenderShort
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.media.short_render import render_short
from tests.media_factory import AudioSpec, VideoSpec, make_media
from tests.unit.media.shorts import WHOLE, brightness, make_short, numbers, span, times

MediaMaker = Callable[..., Path]

F = Fraction


def damaged(source: Path, path: Path) -> Path:
    """A copy in which the pictures of the third second are spoilt inside their packets."""
    data = bytearray(source.read_bytes())
    noise = random.Random(4)
    with av.open(str(source)) as container:
        for packet in container.demux(video=0):
            if packet.pts is not None and packet.pos and 2 <= packet.pts * packet.time_base < 3 and packet.size > 40:
                for _ in range(packet.size // 4):
                    data[packet.pos + noise.randrange(8, packet.size)] = noise.randrange(256)
    path.write_bytes(data)
    return path


def test_damaged_pictures_in_the_middle_are_bridged(made_media: MediaMaker, tmp_path: Path) -> None:
    whole = made_media("a.mp4", VideoSpec(frames=180, gop=15), (AudioSpec(),))
    source = damaged(whole, tmp_path / "damaged.mp4")
    made = make_short(source, "1-2 3.5-5", tmp_path / "around.mp4")
    assert numbers(made.path) == [*range(30, 60), *range(105, 150)]
    made = make_short(source, "1-5", tmp_path / "through.mp4", loudness=-14.0)
    assert times(made.path) == [F(number, 30) for number in range(120)]
    assert any("damaged" in note for note in made.receipt.notes)


def test_a_source_that_breaks_off_makes_a_shorter_short(made_media: MediaMaker, tmp_path: Path) -> None:
    whole = made_media("a.mkv", VideoSpec(frames=180, gop=15), (AudioSpec(),))
    source = tmp_path / "half.mkv"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    made = make_short(source, "1-5.5", tmp_path / "short.mp4", loudness=-14.0)
    shown = numbers(made.path)
    assert shown[:30] == list(range(30, 60))
    assert 1 < made.duration < 4
    assert any("ends before its time" in note for note in made.receipt.notes)


def test_a_source_without_a_picture_is_refused(tmp_path: Path) -> None:
    sound = make_media(tmp_path / "a.m4a", None, (AudioSpec(duration=F(2)),))
    out = tmp_path / "short.mp4"
    plan = ShortPlan((span("0-1"),), 180, 320, Framing.BLUR, WHOLE)
    for media in (FetchedMedia(None, sound), FetchedMedia(sound, sound)):
        with pytest.raises(InputError) as caught:
            render_short(RenderShort(media, plan, out), Reporter())
        assert caught.value.code is ErrorCode.NO_VIDEO
        assert not out.exists()


def test_something_else_than_media_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "note.mp4"
    source.write_text("words")
    with pytest.raises(InputError) as caught:
        make_short(source, "0-1", tmp_path / "short.mp4")
    assert caught.value.code is ErrorCode.NOT_MEDIA


@pytest.mark.parametrize("size", [(181, 320), (180, 321), (0, 320), (8, 8)])
def test_a_size_that_cannot_be_encoded_is_our_fault(
    size: tuple[int, int], made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", VideoSpec(frames=60), (AudioSpec(),))
    with pytest.raises(InternalError):
        make_short(source, "0-1", tmp_path / "short.mp4", size=size)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.7])
def test_a_stop_leaves_nothing_behind(stop_at: float, made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("long.mp4", VideoSpec(frames=600), (AudioSpec(),))
    token = CancelToken()

    def follow(done: float) -> None:
        if done >= stop_at:
            token.cancel()

    with pytest.raises(Cancelled):
        make_short(source, "0-14", tmp_path / "short.mp4", loudness=-14.0, reporter=Reporter(follow, token))
    assert list(tmp_path.iterdir()) == []


def test_a_stop_before_the_beginning_writes_nothing(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=60), (AudioSpec(),))
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        make_short(source, "0-1", tmp_path / "short.mp4", reporter=Reporter(cancel=token))
    assert list(tmp_path.iterdir()) == []


def test_progress_rises_to_all(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    told: list[float] = []
    make_short(source, "1-3 4-7", tmp_path / "short.mp4", reporter=Reporter(told.append))
    assert told == sorted(told)
    assert 0 <= told[0] < 1


def test_a_folder_that_is_none_cannot_be_written_to(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=60), (AudioSpec(),))
    (tmp_path / "note.txt").write_text("not a folder")
    with pytest.raises(InputError) as caught:
        make_short(source, "0-1", tmp_path / "note.txt" / "short.mp4", loudness=-14.0)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


_SHORT_IN_A_CHILD = """
import sys
from pathlib import Path
from fastclip_desktop.domain.errors import FastClipError
from tests.unit.media.shorts import make_short

source, room, folder = map(Path, sys.argv[1:4])
sys.path.insert(0, str(folder))
try:
    make_short(source, "0-3.9", room / "short.mp4", loudness=-14.0)
except FastClipError as error:
    print(error.code, [path.name for path in room.iterdir()])
"""


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--map-root-user", "--mount", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="needs a mount namespace of its own")
@pytest.mark.parametrize(("room_size", "sounds"), [("200k", (AudioSpec(),)), ("48k", ())], ids=["sound", "short"])
def test_a_disk_that_fills_up_in_the_middle_holds_nothing_afterwards(
    room_size: str, sounds: tuple[AudioSpec, ...], tmp_path: Path
) -> None:
    """By the sound that waits to be measured, and by the short itself."""
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=120, gop=60), sounds)
    room = tmp_path / "room"
    room.mkdir()
    script = f'mount -t tmpfs -o size={room_size} tmpfs "$4" && exec "$1" -c "$2" "$3" "$4" "$5"'
    unshare = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", sys.executable]
    done = subprocess.run(
        [*unshare, _SHORT_IN_A_CHILD, str(source), str(room), str(Path.cwd())],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "disk_full []", done.stderr


def test_a_grey_picture_stays_grey(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("grey.mkv", VideoSpec("ffv1", frames=30, pixel_format="gray"), (AudioSpec(),))
    made = make_short(source, "0-0.5", tmp_path / "short.mp4")
    assert numbers(made.path) == list(range(15))
    assert brightness(made.path)[0].shape == (320, 180)
