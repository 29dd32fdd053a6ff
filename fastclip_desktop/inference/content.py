"""What a file or folder holds, told by its content and never by its name, and whether it is whole.

What passes here has all its parts, none of them outside the file, and no number that a runtime would take on trust to
its harm. Native code may still find fault with it, in the process of its own in which it runs.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.inference.gguf_header import MAGIC, read_gguf_header
from fastclip_desktop.inference.onnx_graph import read_onnx
from fastclip_desktop.inference.tflite_model import IDENTIFIER, read_tflite

_YUNET_OUTPUTS = {f"{name}_{stride}" for name in ("cls", "obj", "bbox", "kps") for stride in (8, 16, 32)}
_YAMNET_SAMPLES = 15600
"""0.975 s at 16 kHz: one step of YAMNet."""
_YAMNET_CLASSES = 521
_LONGEST_LICENCE = 100

_WEIGHTS = "model.bin"
_SPEECH_FILES = (
    _WEIGHTS,
    "config.json",
    "tokenizer.json",
    "vocabulary.json",
    "vocabulary.txt",
    "preprocessor_config.json",
)
"""What faster-whisper reads; whatever else lies in such a folder is not part of the model."""

CheckSpeech = Callable[[Path, str], None]

_FORMATS = "A model is a GGUF file, a folder in CTranslate2's format with a Whisper, YuNet as ONNX or YAMNet as TFLite."


@dataclass(frozen=True, slots=True)
class Content:
    """What a model's files hold.

    Attributes:
        kind: what it is for.
        main: the file to load, below the folder; empty where that is the folder itself.
        files: the names of all files that make it up, below the folder.
        licence: as it states it; may be empty.
    """

    kind: ModelKind
    main: str
    files: tuple[str, ...]
    licence: str = ""


def look_into(path: Path, check_speech: CheckSpeech) -> Content:
    """Find out what a file is, or what the one model in a folder is, and check it.

    Args:
        path: the file or the folder.
        check_speech: raises ``bad_model`` for a folder in CTranslate2's format that is no whole Whisper, which it calls
            by the name that it gets.

    Raises:
        InputError: ``bad_model``, ``source_not_found`` or ``source_unreadable``.
    """
    try:
        if path.is_dir():
            return _look_into_folder(path, check_speech)
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


def _look_into_folder(folder: Path, check_speech: CheckSpeech) -> Content:
    if (folder / _WEIGHTS).is_file():
        check_speech(folder, folder.name)
        return Content(ModelKind.SPEECH, "", _files_of_speech(folder))
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and _format_of(path)]
    if not found:
        _refuse(folder, "holds no model")
    if len(found) > 1:
        _refuse(folder, f"holds several models, such as {found[0].name} and {found[1].name}; name one of them")
    content = _look_into_file(found[0])
    main = found[0].relative_to(folder).as_posix()
    return Content(content.kind, main, (main,), content.licence)


def _files_of_speech(folder: Path) -> tuple[str, ...]:
    names = (path.name for path in sorted(folder.iterdir()) if path.is_file())
    return tuple(name for name in names if name in _SPEECH_FILES)


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
    return Content(kind, path.name, (path.name,), header.text("general.license")[:_LONGEST_LICENCE])


def _tflite(path: Path) -> Content:
    shapes = read_tflite(path)
    if shapes.inputs not in (((_YAMNET_SAMPLES,),), ((1, _YAMNET_SAMPLES),)):
        _refuse(path, "takes other sound than YAMNet does")
    if not any(shape and shape[-1] == _YAMNET_CLASSES for shape in shapes.outputs):
        _refuse(path, "tells other sounds apart than YAMNet does")
    return Content(ModelKind.SOUNDS, path.name, (path.name,))


def _onnx(path: Path) -> Content:
    if not set(read_onnx(path).outputs) >= _YUNET_OUTPUTS:
        _refuse(path, "finds other things than YuNet does")
    return Content(ModelKind.FACES, path.name, (path.name,))


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
