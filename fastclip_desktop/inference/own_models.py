"""Takes in models that somebody has already, and looks whether models are still what they were."""

from __future__ import annotations

import shutil
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import ModelFile
from fastclip_desktop.domain.model_stages import ImportModel, StagedModel
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.inference.byte_count import ByteCount, Deliver
from fastclip_desktop.inference.content import CheckSpeech, Content, look_into
from fastclip_desktop.inference.staging import check_space, read_through, size_of, staging


def import_model(request: ImportModel, check_speech: CheckSpeech, reporter: Reporter, deliver: Deliver) -> StagedModel:
    """Take in a file or folder, whatever it is.

    Args:
        request: what is wanted.
        check_speech: see :func:`~fastclip_desktop.inference.content.look_into`.
        reporter: gets the part that is done, and says when to stop.
        deliver: gets the bytes.

    Raises:
        InputError: ``source_not_found``, ``source_unreadable``, ``bad_model``, ``disk_full`` or
            ``output_not_writable``.
        UnavailableError: ``model_busy`` while another process works in the folder.
        Cancelled: on request.
    """
    path, folder = request.path, request.folder
    content = look_into(path, check_speech)
    source = path if path.is_dir() else path.parent
    count = ByteCount(sum(size_of(source / name) for name in content.files), reporter, deliver)
    if folder is None:
        return _staged(content, source, _read(source, content.files, None, count))
    with staging(folder, folder.name) as whole:
        shutil.rmtree(whole, ignore_errors=True)
        check_space(folder, count.total)
        files = _read(source, content.files, whole, count)
        copied = look_into(whole, check_speech)  # the original may have become something else meanwhile
    return _staged(copied, whole, files)


def reread(folder: Path, files: tuple[ModelFile, ...], reporter: Reporter) -> tuple[ModelFile, ...]:
    """What the files of a model are now; see :class:`~fastclip_desktop.domain.model_stages.CheckModel`.

    Raises:
        InputError: ``bad_model`` where one cannot be read.
        Cancelled: on request.
    """
    count = ByteCount(sum(file.size for file in files), reporter, lambda _: None)
    try:
        return tuple(read_through(folder, file.name, None, count) for file in files)
    except OSError as error:
        raise InputError(
            ErrorCode.BAD_MODEL,
            f"{error.filename or folder} cannot be read: {error.strerror or error}.",
            "Fetch or import the model again.",
        ) from error


def _read(source: Path, names: tuple[str, ...], copy: Path | None, count: ByteCount) -> tuple[ModelFile, ...]:
    try:
        files = tuple(read_through(source, name, copy, count) for name in names)
    except OSError as error:
        if error.filename is None or not Path(error.filename).is_relative_to(source):
            raise
        raise InputError(
            ErrorCode.SOURCE_UNREADABLE,
            f"{error.filename} cannot be read: {error.strerror or error}.",
            "Make it readable.",
        ) from error
    count.finish()
    return files


def _staged(content: Content, folder: Path, files: tuple[ModelFile, ...]) -> StagedModel:
    return StagedModel(content.kind, folder, content.main, files, content.licence)
