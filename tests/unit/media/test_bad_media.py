"""Media that lies, breaks off in the middle or is a bomb, and places that can't be written to: through ``render``.

Whatever comes in, there is an exact clip, a clip that says what is wrong with it, or one of our errors and no file.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import av.error
import pytest
from av.stream import Stream

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.render import render
from tests.exactness.strict_decoding import read_strictly
from tests.media_factory import (
    AudioSpec,
    UnreadableFrameError,
    VideoSpec,
    make_media,
    read_frame_numbers,
    read_number,
)

_DAYS = 24 * 3600
_SMALL = (128, 96)


def cut(source: Path, start: str | int, end: str | int, path: Path, output: OutputSpec | None = None) -> RenderedFile:
    span = TimeRange(Fraction(start), Fraction(end))
    media = FetchedMedia(source, source)
    return render(Render(media, Timeline(span, output or OutputSpec()), path), Reporter())


def refusal(source: Path, start: str | int, end: str | int, path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        cut(source, start, end, path)
    assert not path.exists()
    assert source.name in caught.value.message
    return caught.value


def numbers(clip: RenderedFile) -> list[int]:
    return [frame.number for frame in read_frame_numbers(clip.path)]


def _patched(source: Path, path: Path, *changes: tuple[bytes, int, bytes]) -> Path:
    """A copy in which bytes at a distance behind a mark are others; the mark occurs once or more, all are changed."""
    data = bytearray(source.read_bytes())
    for mark, distance, value in changes:
        assert mark in data
        at = data.find(mark)
        while at >= 0:
            data[at + distance : at + distance + len(value)] = value
            at = data.find(mark, at + 1)
    path.write_bytes(data)
    return path


_RENDER_IN_A_CHILD = """
import sys
from fractions import Fraction
from pathlib import Path
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.render import render

source, folder = Path(sys.argv[1]), Path(sys.argv[2])
for name in sys.argv[3:]:
    output = OutputSpec(OutputFormat.parse(name.partition(".")[2]), 90 if name.startswith("small") else None)
    span = TimeRange(Fraction(1, 2), Fraction(9))
    try:
        clip = render(Render(FetchedMedia(source, source), Timeline(span, output), folder / name), Reporter())
        said = f"{clip.receipt.method} {clip.receipt.frames} {len(clip.receipt.notes)}"
    except FastClipError as error:
        said = error.code
    print(name, said, sorted(left.name for left in folder.iterdir()), sep="; ")
# The peak since this program began; what getrusage() says begins with the peak of the parent.
print(*[line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")])
"""


def _bomb_packets(frames: int) -> list[bytes]:
    """H.264 of 16384×8192 grey pixels in a few kilobytes."""
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = 16384, 8192, "gray"
    context.time_base = Fraction(1, 30)
    context.options = {"preset": "ultrafast", "threads": "1", "x264-params": "annexb=1"}
    frame = av.VideoFrame(16384, 8192, "gray")
    packets = []
    for number in range(frames):
        frame.pts = number
        packets += context.encode(frame)
    return [bytes(packet) for packet in (*packets, *context.encode(None))]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
def test_a_picture_that_grows_to_128_megapixels_in_the_middle_is_not_decoded(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "a.ts", VideoSpec(frames=300, size=_SMALL, gop=30))
    (bomb,) = _bomb_packets(1)
    path = tmp_path / "bomb.ts"
    with av.open(str(whole)) as old, av.open(str(path), "w") as new:
        track = new.add_stream_from_template(old.streams.video[0])
        for number, packet in enumerate(packet for packet in old.demux(video=0) if packet.size):
            swapped = av.Packet(bomb) if number == 120 else packet
            swapped.pts, swapped.dts, swapped.time_base = packet.pts, packet.dts, packet.time_base
            swapped.is_keyframe, swapped.stream = packet.is_keyframe, track
            new.mux(swapped)
    said, peak = _rendered_in_a_child(path, tmp_path / "out")
    # The group of the bomb is lost: frames 120 to 149.
    assert said == ["a.mp4; reencoded 225 2; ['a.mp4']", "small.mp4; reencoded 225 2; ['a.mp4', 'small.mp4']"]
    _, usual = _rendered_in_a_child(whole, tmp_path / "usual")
    assert peak < usual + 250_000  # kilobytes; without a limit it takes 1,300,000 and more


def _rendered_in_a_child(source: Path, folder: Path) -> tuple[list[str], int]:
    """What was said of two clips, and the most memory that they took, in kilobytes."""
    folder.mkdir()
    command = [sys.executable, "-c", _RENDER_IN_A_CHILD, str(source), str(folder), "a.mp4", "small.mp4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    *said, peak = done.stdout.splitlines()
    return said, int(peak)


def test_a_thousand_tracks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.mkv"
    with av.open(str(path), "w") as container:
        tracks = [container.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(1000)]
        frame = av.AudioFrame(format="s16", layout="mono", samples=80)
        frame.sample_rate, frame.pts = 8000, 0
        container.mux([packet for track in tracks for packet in track.encode(frame)])
    error = refusal(path, 0, 1, tmp_path / "clip.mp4")
    assert error.code == "source_too_large"
    assert "1000 tracks" in error.message


def _mkv_claiming(seconds: int, path: Path) -> Path:
    source = make_media(path.with_suffix(".true.mkv"), VideoSpec(frames=90, size=_SMALL, gop=20), (AudioSpec(),))
    return _patched(source, path, (b"\x44\x89\x88", 3, struct.pack(">d", seconds * 1000)))


def test_a_claim_of_100_days_changes_nothing_where_there_is_media(tmp_path: Path) -> None:
    source = _mkv_claiming(100 * _DAYS, tmp_path / "a.mkv")
    assert numbers(cut(source, 1, 2, tmp_path / "clip.mp4")) == list(range(30, 60))


def test_a_claim_of_100_days_is_not_believed_where_there_is_none(tmp_path: Path) -> None:
    source = _mkv_claiming(100 * _DAYS, tmp_path / "a.mkv")
    assert refusal(source, 50 * _DAYS, 50 * _DAYS + 5, tmp_path / "a.mp4").code in {
        "damaged_media",
        "range_outside_source",
    }
    clip = cut(source, 2, 50 * _DAYS, tmp_path / "b.mp4")
    assert numbers(clip) == list(range(60, 90))
    assert clip.duration < 2
    assert any("shortened" in note for note in clip.receipt.notes)


def test_a_picture_that_stands_still_for_100_days_is_cut_at_once(tmp_path: Path) -> None:
    times = (*(Fraction(n, 30) for n in range(30)), Fraction(100 * _DAYS))
    source = make_media(tmp_path / "a.mkv", VideoSpec(pts=times, size=_SMALL, bframes=0))
    clip = cut(source, 50 * _DAYS, 50 * _DAYS + 2, tmp_path / "clip.mp4")
    assert numbers(clip) == [29]
    assert clip.duration == 2


@pytest.mark.parametrize("claimed", [1, 600])
def test_a_duration_that_is_a_lie_costs_no_frame(claimed: int, tmp_path: Path) -> None:
    source = _mkv_claiming(claimed, tmp_path / "a.mkv")
    assert numbers(cut(source, 2, "2.5", tmp_path / "a.mp4")) == list(range(60, 75))
    assert numbers(cut(source, "2.5", 3, tmp_path / "b.mp4")) == list(range(75, 90))


@pytest.mark.parametrize("nanoseconds", [1_000_000, 999_000_000])
def test_a_frame_rate_that_is_a_lie_changes_nothing(nanoseconds: int, tmp_path: Path) -> None:
    true = make_media(tmp_path / "true.mkv", VideoSpec(frames=90, size=_SMALL, gop=20), (AudioSpec(),))
    mark = b"\x23\xe3\x83\x84"  # Matroska's DefaultDuration
    source = _patched(true, tmp_path / "a.mkv", (mark, 4, struct.pack(">I", nanoseconds)))
    clip = cut(source, "0.5", "2.5", tmp_path / "clip.mp4")
    assert numbers(clip) == list(range(15, 75))
    assert abs(clip.duration - 2) < Fraction(1, 100)


@pytest.fixture(params=["libx264", "libx265"])
def long_groups(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, list[av.Packet[Stream]]]:
    """A file of four groups, and the packets from the middle of the third: frames 120 to 179."""
    path = tmp_path / "whole.mp4"
    make_media(path, VideoSpec(codec=request.param, frames=240, size=_SMALL, gop=60), (AudioSpec(),))
    with av.open(str(path)) as container:
        return path, [packet for packet in container.demux(video=0) if packet.size][130:170]


def _damaged(path: Path, places: list[int], rng: random.Random) -> Path:
    data = bytearray(path.read_bytes())
    for place in places:
        data[place] ^= rng.randrange(1, 256)
    broken = path.with_name("broken.mp4")
    broken.write_bytes(data)
    return broken


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(3))
def test_packets_that_are_torn_in_the_middle_give_a_sound_clip_and_a_note(long_groups, seed: int) -> None:
    path, packets = long_groups
    rng = random.Random(seed)
    lengths = [packet.pos + rng.randrange(2) for packet in rng.sample(packets, 3)]  # of the first unit: now enormous
    broken = _damaged(path, lengths, rng)
    clip = cut(broken, "0.5", "7.5", path.with_name("clip.mp4"))
    assert any("damaged" in note for note in clip.receipt.notes)
    read = read_strictly(clip.path)
    assert read.faults == []
    assert read.numbers[:105] == list(range(15, 120))
    assert read.numbers[-45:] == list(range(180, 225))


def test_sound_that_an_mp4_file_does_not_take_is_encoded_anew(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.ts", VideoSpec(frames=150, size=_SMALL, gop=30), (AudioSpec(),))
    data = path.read_bytes()
    begin = data.index(b"\xff\xf1", len(data) // 2)  # of a packet of AAC in a transport stream
    path.write_bytes(data[:begin] + bytes(2) + data[begin + 2 :])
    clip = cut(path, "0.5", "4.5", tmp_path / "clip.mp4")
    assert clip.receipt.notes[-1] == "Everything was encoded anew, because an mp4 file does not take its packets."
    assert read_strictly(clip.path).faults == []
    assert numbers(clip) == list(range(15, 135))


@pytest.mark.slow
def test_a_sector_of_zeros_inside_of_a_picture_is_found_and_named(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(frames=240, size=(640, 360), gop=60), (AudioSpec(),))
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    victim = next(packet for packet in packets[125:] if packet.size > 700)
    data = bytearray(path.read_bytes())
    data[victim.pos + 100 : victim.pos + 612] = bytes(512)
    path.write_bytes(data)
    clip = cut(path, "0.5", "7.5", tmp_path / "clip.mp4")
    time = format_timecode(victim.pts * victim.time_base)
    assert clip.receipt.notes[-1] == f"Everything was encoded anew, because its picture is damaged at {time}."
    read = read_strictly(clip.path)
    assert read.faults == []
    assert len(read.numbers) == 210
    assert read.numbers[:105] == list(range(15, 120))
    assert read.numbers[-45:] == list(range(180, 225))


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seed", range(3))
def test_damage_inside_of_pictures_does_not_spread(long_groups, seed: int) -> None:
    path, packets = long_groups
    rng = random.Random(seed)
    places = [packet.pos + rng.randrange(packet.size // 2, packet.size) for packet in rng.sample(packets, 8)]
    clip = cut(_damaged(path, places, rng), "0.5", "7.5", path.with_name("clip.mp4"))
    shown = _shown_in_spite_of_damage(clip.path)
    assert [shown.get(Fraction(n, 30)) for n in range(105)] == list(range(15, 120))
    assert [shown.get(Fraction(n, 30)) for n in range(165, 210)] == list(range(180, 225))


def _shown_in_spite_of_damage(path: Path) -> dict[Fraction, int | None]:
    """The numbers of the frames that a player shows, by time; ``None`` for what nobody can read."""
    shown: dict[Fraction, int | None] = {}
    with av.open(str(path)) as container:
        for packet in container.demux(video=0):
            with suppress(av.error.FFmpegError):
                for frame in packet.decode():
                    try:
                        number = read_number(frame.to_ndarray(format="gray"))
                    except UnreadableFrameError:
                        number = None
                    shown[frame.pts * frame.time_base] = number
    return shown


def test_a_place_below_a_file_cannot_be_written_to(plain_mp4: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("not a folder")
    for output in (OutputSpec(), OutputSpec(max_height=90), OutputSpec(OutputFormat.MP3), OutputSpec(OutputFormat.GIF)):
        with pytest.raises(InputError) as caught:
            cut(plain_mp4, 1, 2, tmp_path / "note.txt" / "clip", output)
        assert caught.value.code == "output_not_writable"
        assert "note.txt" in caught.value.message
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_only_be_read_cannot_be_written_to(plain_mp4: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError) as caught:
        cut(plain_mp4, 1, 2, tmp_path / "clip.mp4")
    tmp_path.chmod(0o700)
    assert caught.value.code == "output_not_writable"


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--map-root-user", "--mount", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="needs a mount namespace of its own")
def test_a_disk_that_fills_up_in_the_middle_holds_nothing_afterwards(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=300, gop=60), (AudioSpec(),))
    room = tmp_path / "room"
    room.mkdir()
    names = ["a.mp4", "small.mp4", "a.mp3", "a.wav", "a.gif"]
    script = 'mount -t tmpfs -o size=48k tmpfs "$4" && exec "$1" -c "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9"'
    unshare = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", sys.executable]
    done = subprocess.run(
        [*unshare, _RENDER_IN_A_CHILD, str(source), str(room), *names],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines()[:-1] == [f"{name}; disk_full; []" for name in names], done.stderr
