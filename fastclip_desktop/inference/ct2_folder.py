"""Looks through a folder in CTranslate2's format before native code does.

``model.bin`` is written by CTranslate2's ``model_spec.py``: a version, the kind of model, then each variable with its
shape, type and bytes, then names that stand for others. Its reader in C++ trusts all the numbers in it.
"""

from __future__ import annotations

import json
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from fastclip_desktop.domain.errors import ErrorCode, InputError

WEIGHTS = "model.bin"
CONFIGURATION = "config.json"
TOKENIZER = "tokenizer.json"
SIZES = "preprocessor_config.json"

_NEWEST = 6
_OLDEST = 5
"""Whisper came with version 5."""

_MOST_VARIABLES = 20_000
_MOST_DIMENSIONS = 8
_LONGEST_JSON = 64 * 1024**2
_ITEM_SIZES = (4, 1, 2, 4, 2, 2)
"""Bytes a number of float32, int8, int16, int32, float16 and bfloat16."""

_EMBEDDINGS = "decoder/embeddings/weight"
_WHISPER = "WhisperSpec"


@dataclass(frozen=True, slots=True)
class Variable:
    """A tensor of the file: its shape and the bytes of each of its numbers."""

    shape: tuple[int, ...]
    item_size: int


def looks_like_ct2(folder: Path) -> bool:
    """Whether somebody means a folder to be in this format."""
    return (folder / WEIGHTS).is_file()


def check_whisper(folder: Path) -> tuple[str, ...]:
    """Let a folder through that holds a Whisper; gives the names of the files that make it up.

    Raises:
        InputError: ``bad_model``, with the reason.
        OSError: it cannot be read.
    """
    kind, variables = _read_weights(folder / WEIGHTS)
    if kind != _WHISPER:
        _refuse(folder, f"it is a {kind!r:.40} and no Whisper")
    embeddings = variables.get(_EMBEDDINGS)
    if embeddings is None or len(embeddings.shape) != 2:
        _refuse(folder, "it has no tokens")
    _check_configuration(folder, _object(folder / CONFIGURATION), embeddings.shape[0])
    _object(folder / TOKENIZER)
    names = [WEIGHTS, CONFIGURATION, TOKENIZER]
    vocabularies = sorted(path for path in folder.glob("vocabulary.*") if path.suffix in (".txt", ".json"))
    if not vocabularies:
        _refuse(folder, "it has no vocabulary")
    _check_vocabulary(vocabularies[0], embeddings.shape[0])
    names += [path.name for path in vocabularies]
    if (folder / SIZES).is_file():
        _object(folder / SIZES)
        names.append(SIZES)
    return tuple(names)


def _read_weights(path: Path) -> tuple[str, dict[str, Variable]]:
    with path.open("rb") as file:
        reader = _Reader(file, os.fstat(file.fileno()).st_size, path.parent)
        version = reader.number("I")
        if not _OLDEST <= version <= _NEWEST:
            reader.refuse(f"the version {version} of its weights is none that is known")
        kind = reader.text()
        reader.number("I")
        count = reader.number("I")
        if not 0 < count <= _MOST_VARIABLES:
            reader.refuse(f"it states {count} variables")
        variables = dict(_variable(reader) for _ in range(count))
        if len(variables) < count:
            reader.refuse("two of its variables have the same name")
        for _ in range(reader.number("I")):
            alias, name = reader.text(), reader.text()
            if name not in variables:
                reader.refuse(f"{alias!r:.40} stands for nothing")
        if reader.left:
            reader.refuse("it goes on behind its end")
    return kind, variables


def _variable(reader: _Reader) -> tuple[str, Variable]:
    name = reader.text()
    rank = reader.number("B")
    if rank > _MOST_DIMENSIONS:
        reader.refuse(f"{name!r:.40} has {rank} dimensions")
    shape = tuple(reader.number("I") for _ in range(rank))
    kind, size = reader.number("B"), reader.number("I")
    if kind >= len(_ITEM_SIZES):
        reader.refuse(f"{name!r:.40} has numbers of the unknown type {kind}")
    expected = _ITEM_SIZES[kind]
    for length in shape:
        expected *= length
    if size != expected:
        reader.refuse(f"{name!r:.40} has another size than its shape")
    reader.skip(size)
    return name, Variable(shape, _ITEM_SIZES[kind])


class _Reader:
    """Takes bytes from a file as long as there are any."""

    def __init__(self, file: BinaryIO, size: int, folder: Path) -> None:
        self._file = file
        self._folder = folder
        self.left = size

    def refuse(self, reason: str) -> NoReturn:
        _refuse(self._folder, reason)

    def take(self, count: int) -> bytes:
        data = self._file.read(count) if count <= self.left else b""
        if len(data) < count:
            self.refuse("its weights end too soon")
        self.left -= count
        return data

    def skip(self, count: int) -> None:
        if count > self.left:
            self.refuse("its weights end too soon")
        self._file.seek(count, os.SEEK_CUR)
        self.left -= count

    def number(self, kind: str) -> int:
        (value,) = struct.unpack(f"<{kind}", self.take(struct.calcsize(f"<{kind}")))
        return int(value)

    def text(self) -> str:
        """A name; its last byte is a zero."""
        data = self.take(self.number("H"))
        if not data.endswith(b"\0") or b"\0" in data[:-1]:
            self.refuse("a name in its weights has no end")
        return data[:-1].decode(errors="replace")


def _check_configuration(folder: Path, configuration: dict[str, object], tokens: int) -> None:
    """Numbers of tokens that are suppressed or mark languages are used as indexes."""
    for key in ("suppress_ids", "suppress_ids_begin", "lang_ids"):
        value = configuration.get(key, [])
        if not isinstance(value, list) or not all(_is_token(each, tokens) for each in value):
            _refuse(folder, f"{key} in {CONFIGURATION} are no tokens of it")
    heads = configuration.get("alignment_heads", [])
    if not isinstance(heads, list) or not all(_is_pair(pair) for pair in heads):
        _refuse(folder, f"alignment_heads in {CONFIGURATION} make no sense")


def _is_token(value: object, tokens: int) -> bool:
    # -1 stands for "none" among what is suppressed.
    return isinstance(value, int) and not isinstance(value, bool) and -1 <= value < tokens


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_is_token(each, 1000) for each in value)


def _check_vocabulary(path: Path, tokens: int) -> None:
    if path.suffix == ".json":
        listed = _json(path)
        words = len(listed) if isinstance(listed, list) else tokens + 1
    else:
        if path.stat().st_size > _LONGEST_JSON:
            _refuse(path.parent, f"{path.name} is far too large")
        words = path.read_bytes().rstrip(b"\r\n").count(b"\n") + 1
    if words > tokens:
        _refuse(path.parent, f"{path.name} has {words} words for {tokens} tokens")


def _json(path: Path) -> object:
    try:
        if path.stat().st_size > _LONGEST_JSON:
            _refuse(path.parent, f"{path.name} is far too large")
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        _refuse(path.parent, f"it has no {path.name}")
    except (ValueError, RecursionError):
        _refuse(path.parent, f"{path.name} is no JSON")


def _object(path: Path) -> dict[str, object]:
    value = _json(path)
    if not isinstance(value, dict):
        _refuse(path.parent, f"{path.name} holds no object")
    return value


def _refuse(folder: Path, reason: str) -> NoReturn:
    raise InputError(
        ErrorCode.BAD_MODEL,
        f"{folder.name} is damaged or no model for this program: {reason}.",
        "Fetch it again, or choose another model.",
    )
