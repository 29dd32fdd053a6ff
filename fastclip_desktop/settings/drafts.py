"""What is open in the windows, and what was open in them last, kept where a crash cannot reach it.

Each window has a file of its own as long as it is open. A file that a start finds was left by a program that did not
end by itself: its windows are opened again. A window that is closed leaves what it held under the name of its source,
so that whoever opens that source again goes on where they stopped.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.project import Project
from fastclip_desktop.settings.project_file import as_text, explain_unwritten, parse_text, project_fields, project_of
from fastclip_desktop.settings.readable import NonsenseError, from_json
from fastclip_desktop.settings.whole_file import replace_file

_log = logging.getLogger(__name__)

_WINDOWS, _SOURCES = "windows", "worked-on"
_ENDING, _DAMAGED = ".json", ".damaged"
_MOST_SOURCES = 1000
"""Sources of which it is known what was cut in them; beyond that the ones go that nobody opened for longest."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a window holds.

    Attributes:
        project: what is open in it.
        file: where the person keeps the project; ``None`` if they do not.
        geometry: of the window on the screen, as Qt writes it, in Base64.
        tries: how often a start has opened it again without that anything was changed in it since.
    """

    project: Project = field(default_factory=Project)
    file: Path | None = None
    geometry: str = ""
    tries: int = 0


class Drafts:
    """Keeps drafts below the data folder; reads and writes files, so nothing for the GUI thread.

    Args:
        folder: see :attr:`~fastclip_desktop.settings.paths.Paths.data`; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._windows = folder / _WINDOWS
        self._sources = folder / _SOURCES

    def keep(self, window: str, draft: Draft) -> None:
        """Put what a window holds in the place of what it held.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        _write(self._windows / (window + _ENDING), draft)

    def close(self, window: str, draft: Draft) -> None:
        """A window was closed by its person: it is not opened again by itself, but found again by its source.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``; the window is as one that is still open then.
        """
        self.remember(draft)
        self.forget(window)

    def remember(self, draft: Draft) -> None:
        """Keep what was done to a source for the next time that it is opened.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        if draft.project.source:
            _write(self._place_of(draft.project.source), draft)
            self._make_room()

    def forget(self, window: str) -> None:
        """A window holds nothing any more."""
        (self._windows / (window + _ENDING)).unlink(missing_ok=True)

    def recall(self, source: str) -> Draft | None:
        """What was done to a source when it was open last; ``None`` where nothing is known of it."""
        try:
            draft = _read(self._place_of(source))
        except (OSError, ValueError, RecursionError, FastClipError):
            return None
        return draft if draft.project.source == source else None

    def left(self) -> tuple[tuple[str, Draft], ...]:
        """The windows that were open when a program ended that had not closed them, by their names, oldest first.

        What makes no sense is put aside under another name.
        """
        found = []
        for path in self._left_files():
            try:
                found.append((path.name.removesuffix(_ENDING), _read(path)))
            except OSError as error:
                _log.warning("A window that was open cannot be read: %s", error)
            except (ValueError, RecursionError, FastClipError) as error:
                _log.warning("What %s held makes no sense: %s", path, error)
                path.replace(path.with_suffix(_DAMAGED))
        return tuple(found)

    def _left_files(self) -> list[Path]:
        try:
            return sorted(self._windows.glob("*" + _ENDING), key=lambda path: (path.stat().st_mtime_ns, path.name))
        except OSError as error:
            _log.warning("The windows that were open cannot be looked for: %s", error)
            return []

    def _place_of(self, source: str) -> Path:
        import hashlib  # three milliseconds, which the first paint need not wait for

        name = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._sources / (name + _ENDING)

    def _make_room(self) -> None:
        known = list(self._sources.glob("*" + _ENDING))
        if len(known) > _MOST_SOURCES:
            for path in sorted(known, key=lambda each: each.stat().st_mtime_ns)[:-_MOST_SOURCES]:
                path.unlink(missing_ok=True)


def _write(path: Path, draft: Draft) -> None:
    fields: dict[str, object] = {
        "file": "" if draft.file is None else str(draft.file),
        "geometry": draft.geometry,
        "tries": draft.tries,
        "project": project_fields(draft.project),
    }
    try:
        replace_file(path, as_text(fields))
    except OSError as error:
        fault = explain_unwritten(path, error)
        if fault.code is ErrorCode.OUTPUT_NOT_WRITABLE:
            fault = InputError(
                fault.code,
                f"What is open here cannot be kept in {path.parent}: {error.strerror or error}.",
                "Mend the permissions of the folder, or save a project somewhere else.",
            )
        raise fault from error


def _read(path: Path) -> Draft:
    fields = parse_text(path.read_bytes())
    if not isinstance(fields, dict):
        raise NonsenseError("it is no object")
    file = from_json(str, fields.get("file", ""), "file")
    return Draft(
        project_of(cast("dict[str, object]", fields).get("project")),
        Path(file) if file else None,
        from_json(str, fields.get("geometry", ""), "geometry"),
        from_json(int, fields.get("tries", 0), "tries"),
    )
