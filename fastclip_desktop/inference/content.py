"""What a file or folder holds, told by its content and never by its name, and whether it is whole.

Whoever loads a model calls :func:`check_content` before: what passes here has all its parts, none of them outside the
file, and no number that a runtime would take on trust to its harm. Native code may still find fault with it, in the
process of its own in which it runs.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model, ModelKind
from fastclip_desktop.inference.ct2_folder import check_whisper, looks_like_ct2
from fastclip_desktop.inference.gguf_header import MAGIC, read_gguf_header
from fastclip_desktop.inference.onnx_graph import read_onnx
from fastclip_desktop.inference.tflite_model import IDENTIFIER, read_tflite

_YUNET_OUTPUTS = {f"{name}_{stride}" for name in ("cls", "obj", "bbox", "kps") for stride in (8, 16, 32)}
_YAMNET_SAMPLES = 15600
"""0.975 s at 16 kHz: one step of YAMNet."""
_YAMNET_CLASSES = 521
_LONGEST_TITLE = 100

_FORMATS = "A model is a GGUF file, a folder in CTranslate2's format with a Whisper, YuNet as ONNX or YAMNet as TFLite."


@dataclass(frozen=True, slots=True)
class Content:
    """What a model's files hold.

    Attributes:
        kind: what it is for.
        main: the file to load, below the folder; empty where that is the folder itself.
        files: the names of all files that make it up, below the folder.
        title: what it calls itself; may be empty.
        licence: as it states it; may be empty.
    """

    kind: ModelKind
    main: str
    files: tuple[str, ...]
    title: str = ""
    licence: str = ""


def look_into(path: Path) -> Content:
    """Find out what a file is, or what the one model in a folder is, and check it.

    Raises:
        InputError: ``bad_model``, ``source_not_found`` or ``source_unreadable``.
    """
    try:
        if path.is_dir():
            return _look_into_folder(path)
        if not stat.S_ISREG(path.stat().st_mode):
            _refuse(path, "is no file")
        return _look_into_file(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(
            ErrorCode.SOURCE_NOT_FOUND, f"There is no {error.filename or path}.", "Check the path."
        ) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name makes no sense"
        raise InputError(
            ErrorCode.SOURCE_UNREADABLE, f"{path} cannot be read: {reason or error}.", "Make it readable."
        ) from error


def check_content(model: Model) -> Content:
    """Let a model through whose files are what its kind says; takes milliseconds, for no weights are read.

    Raises:
        InputError: ``bad_model``, ``source_not_found`` or ``source_unreadable``.
    """
    content = look_into(model.path)
    if content.kind is not model.kind:
        _refuse(model.path, f"holds a model of the kind {content.kind} and not of the kind {model.kind}")
    return content


def _look_into_folder(folder: Path) -> Content:
    if looks_like_ct2(folder):
        return Content(ModelKind.SPEECH, "", check_whisper(folder), folder.name)
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _format_of(path)]
    if not found:
        _refuse(folder, "holds no model")
    if len(found) > 1:
        _refuse(folder, f"holds several models, such as {found[0].name} and {found[1].name}; name one of them")
    content = _look_into_file(found[0])
    main = found[0].relative_to(folder).as_posix()
    return Content(content.kind, main, (main,), content.title, content.licence)


def _look_into_file(path: Path) -> Content:
    reader = _READERS.get(_format_of(path))
    if reader is None:
        _refuse(path, "is no model for this program")
    return reader(path)


def _gguf(path: Path) -> Content:
    header = read_gguf_header(path)
    if header.fields.get("split.count", 0) not in (0, 1):
        _refuse(path, "is a part of a model; take one that is in one piece")
    kind = ModelKind.EMBEDDING if header.embeds else ModelKind.TEXT
    title, licence = header.text("general.name"), header.text("general.license")
    return Content(kind, path.name, (path.name,), title[:_LONGEST_TITLE], licence[:_LONGEST_TITLE])


def _tflite(path: Path) -> Content:
    shapes = read_tflite(path)
    if shapes.inputs not in (((_YAMNET_SAMPLES,),), ((1, _YAMNET_SAMPLES),)):
        _refuse(path, "takes other sound than YAMNet does")
    if not any(shape and shape[-1] == _YAMNET_CLASSES for shape in shapes.outputs):
        _refuse(path, "tells other sounds apart than YAMNet does")
    return Content(ModelKind.SOUNDS, path.name, (path.name,), "YAMNet")


def _onnx(path: Path) -> Content:
    if not set(read_onnx(path).outputs) >= _YUNET_OUTPUTS:
        _refuse(path, "finds other things than YuNet does")
    return Content(ModelKind.FACES, path.name, (path.name,), "YuNet")


_READERS = {"gguf": _gguf, "tflite": _tflite, "onnx": _onnx}


def _format_of(path: Path) -> str:
    """A key of the readers; empty where there is none for it."""
    with path.open("rb") as file:
        head = file.read(8)
    if head[:4] == MAGIC:
        return "gguf"
    if head[4:8] == IDENTIFIER:
        return "tflite"
    # A protocol buffer has no mark of its own; a model of ONNX begins with its version, a small number.
    return "onnx" if head[:1] == b"\x08" and path.suffix.lower() == ".onnx" else ""


def _refuse(path: Path, what: str) -> NoReturn:
    raise InputError(ErrorCode.BAD_MODEL, f"{path.name} {what}.", _FORMATS)
