"""Twenty jobs of every kind, and what must have come of each in the end, told without the engine's own code."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Destination,
    JobRequest,
    JoinPart,
    JoinRequest,
    Priority,
    ShortsRequest,
)
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, Policy
from fastclip_desktop.domain.short_look import ShortLook, WantedShort
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from tests.media_factory import AudioSpec, VideoSpec, make_media

RATE = 30

PRICED = dataclasses.replace(
    HOSTED,
    name="priced",
    clip_price=Money(7),
    auto_price_per_hour=Money(23),
    extra_segment_price=Money(11),
    analyze_price_per_hour=Money(13),
    credit_price=Money(5),
    source_hosts=None,
    jobs_an_hour=None,
)
"""Prices of which no two sums are alike, so that a cent in the wrong place shows."""

DEPOSIT = Money(100_000)

CANCELLED = 17
"""The job that is cancelled while its file gets its name."""

DELETED = 6
"""The job whose clip is deleted when all is done."""

REPLACING = (18, 19)
"""The jobs that want one chosen name; whichever comes last has it."""

_WORDS = """1
00:00:00,500 --> 00:00:01,500
The new pricing starts on Monday.

2
00:00:02,500 --> 00:00:03,000
Something else entirely.

3
00:00:04,000 --> 00:00:05,000
And that was all about pricing today.
"""


@dataclass(frozen=True, slots=True)
class PlannedJob:
    """A job and what must have come of it.

    Attributes:
        request: what is asked for.
        state: how it ends.
        cents: what it costs.
        clips: how many files it makes.
        error: the code that it fails with.
        frames: the numbers of the pictures in its one clip, where they are known beforehand.
        numbered: whether the numbers of its pictures can be read.
        by_key: whether a script asks for it.
        priority: who waits for it.
    """

    request: JobRequest
    state: str = "complete"
    cents: int = 0
    clips: int = 1
    error: str = ""
    frames: tuple[int, ...] = ()
    numbered: bool = True
    by_key: bool = False
    priority: Priority = Priority.PERSON


@dataclass(frozen=True, slots=True)
class Sources:
    """The folder of what the jobs read; made once, and only read afterwards."""

    folder: Path

    @property
    def talk(self) -> str:
        """Six seconds of numbered pictures and sound, with a sidecar of subtitles."""
        return str(self.folder / "talk.mp4")

    @property
    def page(self) -> str:
        """A web page that is called a film."""
        return str(self.folder / "page.mp4")

    @property
    def missing(self) -> str:
        """Nothing."""
        return str(self.folder / "missing.mp4")

    def make(self) -> Sources:
        """Write the files."""
        self.folder.mkdir(parents=True, exist_ok=True)
        make_media(Path(self.talk), VideoSpec(frames=180, size=(96, 64)), (AudioSpec(),))
        (self.folder / "talk.srt").write_text(_WORDS, encoding="utf-8")
        Path(self.page).write_text("<!DOCTYPE html><html><body>Sign in</body></html>", encoding="utf-8")
        return self


def out_folder(home: Path) -> Path:
    """Where the clips of a home go."""
    return home / "out"


def plan(home: Path, sources: Sources) -> tuple[PlannedJob, ...]:
    """The queue, in the order in which it is submitted."""
    to = Destination(out_folder(home))
    chosen = Destination(out_folder(home), "chosen.mp4")

    def clip(
        start: str,
        end: str,
        form: OutputFormat = OutputFormat.MP4,
        *,
        source: str = sources.talk,
        destination: Destination = to,
        policy: Policy = PRICED,
    ) -> ClipRequest:
        return ClipRequest(source, _span(start, end), OutputSpec(form), destination, policy)

    auto = AutoClipRequest(sources.talk, "pricing", OutputSpec(), to, max_clips=2, policy=PRICED)
    join = JoinRequest(
        (JoinPart(sources.talk, Fraction(1), Fraction(3, 2)), JoinPart(sources.talk, Fraction(5), Fraction(11, 2))),
        OutputSpec(),
        to,
        policy=PRICED,
    )
    shorts = ShortsRequest(
        sources.talk,
        to,
        look=ShortLook(captions=None, short_side=144),
        segments=(WantedShort(_span("1", "1.8")), WantedShort(_span("4", "5"))),
        joins=True,
        policy=PRICED,
    )
    return (
        # Three that want one name and have the same bytes.
        PlannedJob(clip("1", "1.5"), cents=7, frames=_frames("1", "1.5")),
        PlannedJob(clip("1", "1.5"), cents=7, frames=_frames("1", "1.5"), by_key=True, priority=Priority.SCRIPT),
        PlannedJob(clip("1", "1.5"), cents=7, frames=_frames("1", "1.5")),
        PlannedJob(clip("0.5", "1.2"), cents=7, frames=_frames("0.5", "1.2"), priority=Priority.BATCH),
        PlannedJob(auto, cents=23 + 11, clips=2),
        PlannedJob(clip("1", "2", OutputFormat.MP3), cents=7),
        PlannedJob(clip("2", "3", OutputFormat.MP3), cents=7, by_key=True, priority=Priority.SCRIPT),
        PlannedJob(clip("1", "1.3", OutputFormat.GIF), cents=7),
        PlannedJob(clip("2", "2.3", OutputFormat.GIF), cents=7, priority=Priority.BATCH),
        PlannedJob(join, cents=7, frames=(*_frames("1", "1.5"), *_frames("5", "5.5"))),
        PlannedJob(AnalyzeRequest(sources.talk, ("pricing", "entirely"), policy=PRICED), cents=13 * 2, clips=0),
        PlannedJob(clip("1", "2", source=sources.page), "failed", clips=0, error="not_media"),
        PlannedJob(clip("1", "2", source=sources.missing), "failed", clips=0, error="source_not_found"),
        PlannedJob(dataclasses.replace(auto, query="giraffe"), "failed", clips=0, error="nothing_found"),
        PlannedJob(clip("60", "61"), "failed", clips=0, error="range_outside_source", by_key=True),
        PlannedJob(dataclasses.replace(auto), cents=23 + 11, clips=2, by_key=True, priority=Priority.BATCH),
        PlannedJob(clip("3", "3.4"), cents=7, frames=_frames("3", "3.4")),
        PlannedJob(clip("3", "3.5"), "cancelled", clips=0, by_key=True),
        PlannedJob(clip("4", "4.5", destination=chosen), cents=7, frames=_frames("4", "4.5")),
        PlannedJob(clip("5", "5.5", destination=chosen), cents=7, frames=_frames("5", "5.5")),
        # Two shorts and the montage of them: five credits for the job and one for the minute.
        PlannedJob(shorts, cents=6 * 5, clips=3, numbered=False, by_key=True, priority=Priority.SCRIPT),
    )


def _span(start: str, end: str) -> TimeRange:
    return TimeRange(Fraction(start), Fraction(end))


def _frames(start: str, end: str) -> tuple[int, ...]:
    return tuple(range(int(Fraction(start) * RATE), int(Fraction(end) * RATE)))
