"""What the next clips are to be: the look of their files, where they go, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from fastclip_desktop.domain.job import ClipRequest, Destination
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.settings.preferences import Preferences


@cache
def default_folder() -> Path:
    """The ``FastClip`` folder among the person's videos, or in the home folder where there is no place for videos.

    It is looked for once: with every change of a cut somebody asks where clips go.
    """
    videos = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
    return (videos if videos.is_absolute() and videos.is_dir() else Path.home()) / "FastClip"


@dataclass(frozen=True, slots=True)
class OutputChoice:
    """The form of clips.

    Attributes:
        spec: the look of the files.
        folder: where they go.
        template: how they are called, see :class:`~fastclip_desktop.settings.file_names.NameTemplate`.
    """

    spec: OutputSpec
    folder: Path
    template: str

    @classmethod
    def of(cls, preferences: Preferences) -> OutputChoice:
        """What a person has chosen last."""
        return cls(preferences.output, preferences.clips_folder or default_folder(), preferences.name_template)

    @property
    def destination(self) -> Destination:
        """Folder and names."""
        return Destination(self.folder, template=self.template)

    def request_of(self, source: str, span: TimeRange) -> ClipRequest:
        """One clip of a source in this form."""
        return ClipRequest(source, span, self.spec, self.destination)
