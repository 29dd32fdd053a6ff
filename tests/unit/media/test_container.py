"""Files are opened only when they are media of their own; everything that goes wrong becomes one of our sentences."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import av
import av.error
import pytest

from fastclip_desktop.domain.errors import FastClipError, InternalError
from fastclip_desktop.media.container import file_url, new_file, open_media, open_output, reading, writing
from tests.media_factory import AudioSpec, VideoSpec, make_media


def refusal(path: Path) -> FastClipError:
    with pytest.raises(FastClipError) as caught, open_media(path):
        pass
    assert caught.value.exit_code == 3
    assert caught.value.hint
    assert path.name in caught.value.message
    return caught.value


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.webm", "a.ts", "a.avi", "a.mov", "a.flv"])
def test_common_containers_open(name: str, tmp_path: Path) -> None:
    video = VideoSpec("libvpx-vp9" if name == "a.webm" else "libx264", frames=5, bframes=0)
    with open_media(make_media(tmp_path / name, video)) as container:
        assert len(container.streams.video) == 1


@pytest.mark.parametrize(("name", "codec"), [("a.wav", "pcm_s16le"), ("a.mp3", "libmp3lame"), ("a.flac", "flac")])
def test_sound_files_open(name: str, codec: str, tmp_path: Path) -> None:
    with open_media(make_media(tmp_path / name, None, (AudioSpec(codec),))) as container:
        assert len(container.streams.audio) == 1


def test_a_name_that_looks_like_a_url_is_only_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_media(tmp_path / "a.mp4", VideoSpec(frames=5))
    odd = tmp_path / "concat:a|b%20?x=1&y#z ü.mp4"
    made.rename(odd)
    monkeypatch.chdir(tmp_path)
    with open_media(Path(odd.name)) as container:
        assert container.streams.video


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{victim}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{victim}'\n",
        "\n\nffconcat version 1.0\nfile '{victim}'\n",
        '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>{victim}</BaseURL></Period></MPD>',
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    ],
)
@pytest.mark.parametrize("name", ["list.mp4", "list.m3u8", "list.mkv"])
def test_playlists_and_scripts_are_refused_under_any_name(text: str, name: str, tmp_path: Path) -> None:
    victim = make_media(tmp_path / "victim.ts", VideoSpec(frames=5))
    path = tmp_path / name
    path.write_text(text.format(victim=victim))
    assert refusal(path).code == "not_media"


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.mp4").code == "source_not_found"


def test_a_path_through_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file" / "a.mp4").code == "source_not_found"


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "source_is_folder"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").touch()
    assert refusal(tmp_path / "a.mp4").code == "source_empty"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system here")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mp4")
    assert refusal(tmp_path / "a.mp4").code == "source_unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = make_media(tmp_path / "a.mp4", VideoSpec(frames=5))
    path.chmod(0)
    assert refusal(path).code == "source_unreadable"


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html></html>", "\ufeff  \n<html lang=en>", '<?xml version="1.0"?>\n<!-- x --><html>']
)
def test_a_web_page_says_so(page: str, tmp_path: Path) -> None:
    (tmp_path / "talk.mp4").write_text(page, encoding="utf-8")
    error = refusal(tmp_path / "talk.mp4")
    assert error.code == "not_media"
    assert error.message == "talk.mp4 is a web page, not a video."


@pytest.mark.parametrize("data", [b"hello there, this is text\n" * 40, b"\x89PNG\r\n\x1a\n" + bytes(200), bytes(5000)])
def test_other_files_are_not_media(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(data)
    assert refusal(tmp_path / "a.mp4").code == "not_media"


def test_an_mp4_without_its_index_is_damaged(tmp_path: Path) -> None:
    whole = make_media(tmp_path / "whole.mp4", VideoSpec(frames=60))
    (tmp_path / "half.mp4").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert refusal(tmp_path / "half.mp4").code == "damaged_media"


def test_more_tracks_than_any_film_has_are_refused(tmp_path: Path) -> None:
    tracks = tuple(AudioSpec("pcm_s16le", 8000, 1, duration=None) for _ in range(201))
    path = make_media(tmp_path / "many.mkv", VideoSpec(frames=2), tracks)
    error = refusal(path)
    assert error.code == "source_too_large"
    assert "202 tracks" in error.message


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory as Linux tells it")
@pytest.mark.parametrize(
    ("codec", "pixel_format", "options", "said"),
    [
        ("libx264", "gray", {"preset": "ultrafast", "threads": "1"}, "source_too_large"),
        # Without its decoder's help FFmpeg does not know how large a JPEG is: the file opens, and nothing is decoded.
        pytest.param("mjpeg", "yuvj420p", {}, "0x0", marks=pytest.mark.slow),
    ],
)
def test_a_picture_of_128_megapixels_is_not_decoded(
    codec: str, pixel_format: str, options: dict[str, str], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "bomb.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=1, options=options)
        stream.width, stream.height, stream.pix_fmt = 16384, 8192, pixel_format
        frame = av.VideoFrame(16384, 8192, pixel_format)
        frame.pts = 0
        container.mux([*stream.encode(frame), *stream.encode(None)])
    said_of_it, peak = _opened_in_a_child(path)
    plain = make_media(tmp_path / "plain.mp4", VideoSpec(codec, frames=1, pixel_format=pixel_format))
    _, usual = _opened_in_a_child(plain)
    assert said_of_it == said
    assert peak - usual < 60_000  # kilobytes; one decoded picture takes 131,000 in grey and 197,000 in colour


_OPEN_IN_A_CHILD = """
import sys
from pathlib import Path
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.media.container import open_media

try:
    with open_media(Path(sys.argv[1])) as media:
        context = media.streams.video[0].codec_context
        said = f"{context.width}x{context.height}"
except FastClipError as error:
    said = error.code
# The peak since this program began; what getrusage() says begins with the peak of the parent.
print(said, *[line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")])
"""


def _opened_in_a_child(path: Path) -> tuple[str, int]:
    """What was said of a file, and the most memory that it took to open it, in kilobytes."""
    command = [sys.executable, "-c", _OPEN_IN_A_CHILD, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    said, peak = done.stdout.split()
    return said, int(peak)


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    with new_file(path, "mp3") as container:
        stream = container.add_stream("libmp3lame", rate=48000)
        frame = av.AudioFrame("fltp", "stereo", 1152)
        frame.sample_rate = 48000
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with open_media(path) as container:
        assert container.streams.audio


def test_an_error_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"

    def stop_in_the_middle() -> None:
        with new_file(path, "mp4") as container:
            stream = container.add_stream("libx264", rate=25)
            stream.width, stream.height = 64, 64
            container.start_encoding()
            assert path.exists()
            raise KeyError

    with pytest.raises(KeyError):
        stop_in_the_middle()
    assert not path.exists()


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(FastClipError) as caught, open_output(tmp_path / "gone" / "a.mp4", "mp4"):
        pass
    assert caught.value.code == "output_not_writable"
    assert str(tmp_path / "gone") in caught.value.message


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (av.error.OSError(errno.ENOSPC, "No space left on device", "a.mp4"), "disk_full"),
        (av.error.PermissionError(errno.EACCES, "Permission denied", "a.mp4"), "output_not_writable"),
        (OSError(errno.EROFS, "Read-only file system"), "output_not_writable"),
    ],
)
def test_what_the_system_says_while_writing_becomes_ours(raised: Exception, code: str, tmp_path: Path) -> None:
    with pytest.raises(FastClipError) as caught, writing(tmp_path / "a.mp4"):
        raise raised
    assert caught.value.code == code
    assert str(tmp_path) in caught.value.message


def test_what_an_encoder_refuses_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(InternalError), writing(tmp_path / "a.mp4"):
        raise av.error.ArgumentError(errno.EINVAL, "Invalid argument")


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (OSError(errno.EIO, "Input/output error"), "source_unreadable"),
        (av.error.InvalidDataError(1, "Invalid data"), "damaged_media"),
        (av.error.PermissionError(errno.EPERM, "Operation not permitted"), "damaged_media"),
        (av.error.DecoderNotFoundError(1, "Decoder not found"), "unsupported_codec"),
        (av.error.MemoryError(errno.ENOMEM, "Cannot allocate memory"), "source_too_large"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "source_not_found"),
    ],
)
def test_what_ffmpeg_says_while_reading_becomes_ours(raised: Exception, code: str, tmp_path: Path) -> None:
    with pytest.raises(FastClipError) as caught, reading(tmp_path / "a.mp4"):
        raise raised
    assert caught.value.code == code
    assert "a.mp4" in caught.value.message


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs Linux namespaces for a file system of its own")
def test_a_full_disk_is_said_so_and_nothing_stays(tmp_path: Path) -> None:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=60), (AudioSpec(),))
    room = tmp_path / "room"
    room.mkdir()
    code = (
        "import sys; from fractions import Fraction; from pathlib import Path\n"
        "from fastclip_desktop.domain.progress import Reporter; from fastclip_desktop.domain.stage import *\n"
        "from fastclip_desktop.domain.timecode import TimeRange; from fastclip_desktop.domain.timeline import *\n"
        "from fastclip_desktop.media.encode import encode_clip\n"
        "source = Path(sys.argv[1])\n"
        "plan = Timeline(TimeRange(Fraction(0), Fraction(2)), OutputSpec())\n"
        "try: encode_clip(FetchedMedia(source, source), plan, Path(sys.argv[2]) / 'b.mp4', Reporter())\n"
        "except Exception as error: print(error.code, list(Path(sys.argv[2]).iterdir()))"
    )
    script = 'mount -t tmpfs -o size=16k tmpfs "$3" && "$1" -c "$2" "$4" "$3"'
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", sys.executable, code, room, source],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this machine lends nobody a file system")
    assert done.stdout.strip() == "disk_full []", done.stderr


def test_file_urls_are_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_url(Path("a b.mp4")) == f"file:{tmp_path / 'a b.mp4'}"
