"""What a clip is made of and for, and what follows from it: the clip's name and its row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, RenderedFile
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.domain.timecode import file_name_timecode
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.publishing import free_name


@dataclass(frozen=True, slots=True)
class Origin:
    """What a clip is made of and for.

    Attributes:
        media: its source, where it is one.
        title: of the source or the sources.
        job: the id of the job.
        number: its place among the job's clips.
        key: the id of the key that asked for it; empty for a person.
        policy: says how long a script's clips are kept.
        quality: the name of the quality that was asked for.
    """

    media: MediaFile | None
    title: str
    job: str
    number: int
    key: str
    policy: Policy
    quality: str = ""

    def path(self, rendered: RenderedFile, destination: Destination) -> Path:
        """A path that nothing has yet, or the one that the person chose."""
        start, end = file_name_timecode(rendered.span.start), file_name_timecode(rendered.span.end)
        return free_name(destination, self.title, start, end, str(rendered.format))

    def clip(self, rendered: RenderedFile, path: Path, size: int, sha256: str, clock: Clock) -> Clip:
        """The clip that a sealed file becomes.

        Args:
            rendered: the file.
            path: where it will lie.
            size: its bytes.
            sha256: of them.
            clock: says when.
        """
        return Clip(
            path=path,
            span=rendered.span,
            duration=rendered.duration,
            format=rendered.format,
            width=rendered.width,
            height=rendered.height,
            file_size=size,
            source_title=self.title,
            receipt=rendered.receipt,
            sha256=sha256,
            name=path.stem,
            quality=self.quality,
            job=self.job,
            key=self.key,
            created=clock.now(),
            # Born pinned in the window: a person's work never expires.
            expires=clock.latest() + self.policy.clip_lifetime if self.key else None,
        )
