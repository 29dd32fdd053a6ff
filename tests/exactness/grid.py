"""The kinds of sources that cuts are proved on: codec, group of pictures, rate, start and container."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from tests.media_factory import AudioSpec, VideoSpec

FRAMES = 84
GOP = 20
SIZE = (128, 96)
RATE = Fraction(30)

CODECS: dict[str, tuple[str, str]] = {
    "h264": ("libx264", "yuv420p"),
    "hevc": ("libx265", "yuv420p"),
    "hevc10": ("libx265", "yuv420p10le"),
    "vp9": ("libvpx-vp9", "yuv420p"),
    "av1": ("libsvtav1", "yuv420p"),
    "mpeg2": ("mpeg2video", "yuv420p"),
    "mpeg4": ("mpeg4", "yuv420p"),
}
"""FFmpeg's encoder and pixel format for each codec of the grid."""

GOPS: dict[str, tuple[str, ...]] = {
    "h264": ("closed", "open", "intra", "pyramid"),
    "hevc": ("closed", "open", "intra", "pyramid"),
    "hevc10": ("closed", "open", "intra", "pyramid"),
    "vp9": ("closed", "intra", "pyramid"),
    "av1": ("closed", "open", "intra", "pyramid"),
    "mpeg2": ("closed", "open", "intra"),
    "mpeg4": ("closed", "open", "intra"),
}
"""The groups of pictures that a codec has; VP9's and AV1's pyramid is made of frames that are never shown."""

RATES = ("cfr", "vfr")
STARTS: dict[str, tuple[Fraction, Fraction]] = {
    "zero": (Fraction(0), Fraction(0)),
    "early": (Fraction(-1, 10), Fraction(-1, 25)),
    "late": (Fraction(3, 2), Fraction(7, 5)),
}
"""Seconds by which the time stamps of picture and sound are shifted."""

CONTAINERS: dict[str, tuple[str, ...]] = {
    "h264": ("mp4", "mkv", "ts"),
    "hevc": ("mp4", "mkv", "ts"),
    "hevc10": ("mp4", "mkv", "ts"),
    "vp9": ("webm",),
    "av1": ("mp4",),
    "mpeg2": ("mp4",),
    "mpeg4": ("mp4",),
}

_SOUNDS: dict[str, tuple[str, ...]] = {
    "mp4": ("aac",),
    "mkv": ("flac", "libmp3lame", "libopus", "ac3"),
    "ts": ("aac", "mp2", "ac3"),
    "webm": ("libopus",),
}

_HALF_A_SECOND_STILL = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of source; the names are the keys of this module's tables."""

    codec: str
    gop: str
    rate: str
    start: str
    container: str

    def __str__(self) -> str:
        return f"{self.codec}-{self.gop}-{self.rate}-{self.start}-{self.container}"

    @property
    def video(self) -> VideoSpec:
        """The picture track of this kind."""
        encoder, pixel_format = CODECS[self.codec]
        return VideoSpec(
            codec=encoder,
            frames=FRAMES,
            size=SIZE,
            rate=RATE,
            gop=1 if self.gop == "intra" else GOP,
            open_gop=self.gop == "open",
            bframes={"closed": 1, "open": 2, "intra": 0, "pyramid": 4}[self.gop],
            pixel_format=pixel_format,
            pts=varied_times(FRAMES, seed=str(self)) if self.rate == "vfr" else None,
            start=STARTS[self.start][0],
            options=_group_options(self.codec, self.gop),
        )

    @property
    def audio(self) -> AudioSpec:
        """The sound track of this kind."""
        choice = random.Random(str(self)).choice(_SOUNDS[self.container])
        return AudioSpec(codec=choice, start=STARTS[self.start][1])


def varied_times(frames: int, seed: str) -> tuple[Fraction, ...]:
    """Times of frames that come every 17 to 133 ms, now and then after a pause of half a second."""
    rng = random.Random(seed)
    times = [Fraction(0)]
    for _ in range(frames - 1):
        gap = _HALF_A_SECOND_STILL if rng.random() < 0.03 else rng.choice((10, 20, 20, 20, 25, 40, 80))
        times.append(times[-1] + Fraction(gap, 600))
    return tuple(times)


def _group_options(codec: str, gop: str) -> dict[str, str]:
    """What makes an encoder write such a group where the plain settings of the spec don't."""
    pyramid = gop == "pyramid"
    if codec == "h264":
        return {"b_strategy": "0", "b-pyramid": "normal" if pyramid else "none"}
    if codec in {"hevc", "hevc10"} and pyramid:
        return {"x265-params": "b-adapt=0:b-pyramid=1"}
    if codec == "vp9" and pyramid:
        return {"deadline": "good", "auto-alt-ref": "1", "lag-in-frames": "12"}
    if codec == "av1":
        levels = "hierarchical-levels=3" if pyramid or gop == "open" else "pred-struct=1"
        return {"svtav1-params": f"lp=1:{levels}:irefresh-type={1 if gop == 'open' else 2}"}
    return {}


def whole_grid() -> list[Cell]:
    """Every combination that exists."""
    return [
        Cell(codec, gop, rate, start, container)
        for codec in CODECS
        for gop in GOPS[codec]
        for container in CONTAINERS[codec]
        for rate in RATES
        for start in STARTS
    ]


def thinned_grid() -> list[Cell]:
    """For each codec, group and container one cell, with rates and starts taken in turn."""
    seen: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in whole_grid():
        seen.setdefault((cell.codec, cell.gop, cell.container), []).append(cell)
    return [cells[(5 * turn + 1) % len(cells)] for turn, cells in enumerate(seen.values())]
