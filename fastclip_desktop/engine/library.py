"""Publishes finished files: fsync, rename, fsync the folder, and only then is there a clip."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.domain.timecode import file_name_timecode
from fastclip_desktop.settings.file_names import NameTemplate


class Library:
    """Puts clips where the person wants them; a name is taken by a whole file or by none."""

    @contextmanager
    def staging(self, destination: Destination, name: str) -> Iterator[Path]:
        """A path beside the destination to render to; whatever still lies there afterwards is removed.

        The destination folder itself is made when only its last part is missing, and removed again if nothing came
        to lie in it.

        Raises:
            InputError: ``output_not_writable``.
        """
        made = self._make_folder(destination.folder)
        path = destination.folder / f".fastclip-{name}.part"
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)
            if made:
                # A folder that is no longer empty, or already gone, is not ours to remove.
                with suppress(OSError):
                    destination.folder.rmdir()

    def publish(self, rendered: RenderedFile, destination: Destination, source_title: str) -> Clip:
        """Give a rendered file its final name and make both durable.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        try:
            with rendered.path.open("rb+") as file:
                os.fsync(file.fileno())
                size = os.fstat(file.fileno()).st_size
            if destination.file_name is not None:
                path = destination.folder / destination.file_name
                rendered.path.replace(path)
            else:
                path = self._rename_to_free_name(rendered, destination, source_title)
            _fsync_folder(destination.folder)
        except OSError as error:
            raise output_error(error, destination.folder) from error
        return Clip(
            path=path,
            span=rendered.span,
            duration=rendered.duration,
            format=rendered.format,
            width=rendered.width,
            height=rendered.height,
            file_size=size,
            source_title=source_title,
            receipt=rendered.receipt,
        )

    @staticmethod
    def _make_folder(folder: Path) -> bool:
        if folder.is_dir():
            return False
        try:
            folder.mkdir()
        except OSError as error:
            raise output_error(error, folder) from error
        return True

    @staticmethod
    def _rename_to_free_name(rendered: RenderedFile, destination: Destination, source_title: str) -> Path:
        template = NameTemplate(destination.template)
        start, end = file_name_timecode(rendered.span.start), file_name_timecode(rendered.span.end)
        number = 1
        while True:
            path = destination.folder / template.fill(source_title, start, end, str(rendered.format), number)
            try:
                # A hard link never replaces: two jobs that want one name get two.
                path.hardlink_to(rendered.path)
            except FileExistsError:
                number += 1
                continue
            except OSError:
                # Some file systems have no hard links; there a look before the rename has to do.
                if path.exists():
                    number += 1
                    continue
                rendered.path.rename(path)
            return path


def output_error(error: OSError, folder: Path) -> InputError:
    """Say in a person's words why nothing could be written to a folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError(
            ErrorCode.DISK_FULL, f"The disk that holds {folder} is full.", "Free some space or choose another folder."
        )
    if error.errno == errno.ENOENT:
        return InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"The folder {folder} does not exist.", "Create it or choose another one."
        )
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"Nothing can be written to {folder}: {error.strerror or error}.",
        "Choose another folder.",
    )


def _fsync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return  # a directory can't be opened there; the rename is journalled by NTFS
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
