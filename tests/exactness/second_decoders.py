"""Decoders that are not the one FastClip is built on, where the machine has them: Debian's FFmpeg and GStreamer."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

_PATIENCE = 120
"""Seconds that a decoder gets for all the clips of a call."""

_STANDSTILL = 25
"""Seconds after which GStreamer, with one more for each clip, is taken to stand still; a clip needs a tenth of one."""

_STANDSTILLS = 3

_ELEMENTS = ("openh264dec", "avdec_h264")


def ffmpeg_complaints(clips: Sequence[Path]) -> list[str]:
    """What ``ffmpeg -v error -xerror`` says of clips; nothing where it decodes them all, or where there is none."""
    if shutil.which("ffmpeg") is None or not clips or not _complaint_of(clips):
        return []
    return [f"{clip.name}: ffmpeg says {text}" for clip in clips if (text := _complaint_of([clip]))]


def _complaint_of(clips: Sequence[Path]) -> str:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-threads", "1"]
    for clip in clips:
        command += ["-i", str(clip)]
    for index in range(len(clips)):
        command += ["-map", f"{index}:v", "-map", f"{index}:a?"]
    # On their own clock: at a variable rate, two frames may round to one tick of the average rate's.
    command += ["-vsync", "passthrough", "-enc_time_base:v", "-1", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    return done.stderr.strip() or (f"exit {done.returncode}" if done.returncode else "")


@cache
def gstreamer_decoder() -> str | None:
    """The name of an H.264 decoder element, OpenH264 where it is there: FFmpeg's own is no second opinion."""
    if shutil.which("gst-launch-1.0") is None or shutil.which("gst-inspect-1.0") is None:
        return None
    for element in _ELEMENTS:
        probe = subprocess.run(["gst-inspect-1.0", "--exists", element], capture_output=True, check=False)
        if probe.returncode == 0:
            return element
    return None


def _run_to_its_end(command: Sequence[str], patience: float) -> None:
    """Run GStreamer, again where it stands still: when it refuses a file, its threads may wait for each other."""
    for _ in range(_STANDSTILLS):
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, timeout=patience, check=False)
            return
    raise TimeoutError(f"{command[0]} stood still {_STANDSTILLS} times")


def gstreamer_counts(clips: Sequence[Path], size: tuple[int, int], folder: Path) -> list[int]:
    """How many frames each H.264 clip shows in GStreamer.

    Only the number is compared: OpenH264 2.3 repeats pictures at every key frame of an ordinary file with B frames. It
    also refuses a file of one frame.

    Args:
        clips: mp4 files.
        size: width and height of their frames in pixels; the width is a multiple of four.
        folder: where the frames may be written.
    """
    command = ["gst-launch-1.0", "-q"]
    raw = [folder / f"{clip.stem}.gray" for clip in clips]
    for clip, frames in zip(clips, raw, strict=True):
        chain = ("qtdemux", "h264parse", str(gstreamer_decoder()), "videoconvert", "video/x-raw,format=GRAY8")
        command += ["filesrc", f"location={clip}", *(word for part in chain for word in ("!", part))]
        command += ["!", "filesink", f"location={frames}"]
    _run_to_its_end(command, _STANDSTILL + len(clips))
    return [frames.stat().st_size // (size[0] * size[1]) if frames.exists() else 0 for frames in raw]
