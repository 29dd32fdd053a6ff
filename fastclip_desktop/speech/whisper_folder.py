"""Whether a folder holds a Whisper that CTranslate2 can be given.

CTranslate2 believes what a file says of its sizes, so that a wrong one reads or writes memory that is not its own. All
that it believes is looked at here first; numbers that merely make no sense do no harm. The weights themselves are not
read: that they are what the model's maker published is known from their hash.

``model.bin`` is read as ``ctranslate2.specs.model_spec.ModelSpec`` writes it: a version, the model's kind and its
revision, variables with name, shape, type and bytes, and other names for some of them.
"""

from __future__ import annotations

import io
import json
import math
import os
import re
import struct
from dataclasses import dataclass, field
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

_VERSIONS = range(4, 7)
_ITEM_BYTES = {0: 4, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2}
"""Of CTranslate2's types: float32, int8, int16, int32, float16 and bfloat16."""
_MOST_VARIABLES = 20_000
_MOST_RANK = 4
_LONGEST_NAME = 500
_MOST_WIDTH = 16_384
_MOST_TOKENS = 1_000_000
_MOST_TEXT = 64 * 1024**2
"""Bytes of a tokenizer, a vocabulary or a configuration; those of the largest Whisper have 3 MB."""
_LAST_ACTIVATION = 6
_TIMESTAMPS = 1501
_PLACES = {"encoder": 1500, "decoder": 448}
_MORE = 50 * 1024**2

_FEATURES: dict[str, tuple[object, ...]] = {
    "feature_size": (80, 128),
    "sampling_rate": (16_000,),
    "hop_length": (160,),
    "chunk_length": (30,),
    "n_fft": (400,),
}
"""What every Whisper wants its sound to be like."""

_NEEDED = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|notimestamps|>",
)
_LANGUAGE = re.compile(r"<\|[a-z]{2,3}\|>")
_MULTILINGUAL = ""
"""The token by which CTranslate2 knows a multilingual model."""
_NO_SPEECH = ("<|nospeech|>", "<|nocaptions|>")

_SCALARS = ("num_heads", "activation")


class _UnfitError(Exception):
    """Says why in a person's words."""


@dataclass(frozen=True, slots=True)
class _Variable:
    shape: tuple[int, ...]
    value: int = 0
    """Of a whole number that stands alone."""


@dataclass(slots=True)
class _Contents:
    variables: dict[str, _Variable] = field(default_factory=dict)

    def shape(self, name: str) -> tuple[int, ...]:
        if name not in self.variables:
            raise _UnfitError(f"it has no {name}")
        return self.variables[name].shape

    def layers(self, part: str) -> int:
        return len(
            {name.split("/")[1] for name in self.variables if name.startswith(f"{part}/layer_")} - {"layer_norm"}
        )


def check_whisper_folder(folder: Path, name: str) -> None:
    """Look at all that CTranslate2 and faster-whisper would believe.

    Args:
        folder: of the model.
        name: of the model, for messages.

    Raises:
        InputError: ``bad_model`` if it is no whole Whisper in CTranslate2's format.
    """
    window_memory(folder, name)


def window_memory(folder: Path, name: str) -> int:
    """Bytes of memory that hearing one window takes on a processor beside the weights, in a folder that was checked.

    Args:
        folder: of the model.
        name: of the model, for messages.

    Raises:
        InputError: see :func:`check_whisper_folder`.
    """
    try:
        return _check(folder)
    except _UnfitError as reason:
        raise bad_model(name, str(reason)) from None
    except OSError as error:
        raise bad_model(name, f"{error.filename or folder} cannot be read: {error.strerror or error}") from error


def _check(folder: Path) -> int:
    if not folder.is_dir():
        raise _UnfitError(f"{folder} is no folder")
    contents = _read_model(folder / "model.bin")
    tokens, width = _check_shapes(contents)
    vocabulary = _vocabulary(folder, tokens)
    _check_config(_object(folder / "config.json"), contents, vocabulary)
    _check_tokenizer(_object(folder / "tokenizer.json"), vocabulary)
    _check_features(folder / "preprocessor_config.json", _bands(contents, width))
    # Each head of the encoder weighs every place against every other, and each layer of the decoder keeps two numbers
    # for each place and dimension: 32-bit floats. The rest is small: 8.5 MB a head and 15 MB were measured.
    weighed = contents.variables["encoder/num_heads"].value * _PLACES["encoder"] * 4
    kept = contents.layers("decoder") * width * 8
    return _PLACES["encoder"] * (weighed + kept) + _MORE


def bad_model(name: str, why: str) -> InputError:
    """The error for a model that cannot be used."""
    return InputError(
        ErrorCode.BAD_MODEL,
        f"The speech model {name} cannot be used: {why}.",
        "Remove it and fetch or import it again, or choose another one.",
    )


def _read_model(path: Path) -> _Contents:
    if not path.is_file():
        raise _UnfitError("there is no model.bin in its folder")
    contents = _Contents()
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        try:
            if _number(file, "I") not in _VERSIONS:
                raise _UnfitError("model.bin is in no format of CTranslate2's that is known here")
            if _text(file) != "WhisperSpec":
                raise _UnfitError("it is no Whisper")
            _number(file, "I")
            for _ in range(_count(file)):
                name = _text(file)
                contents.variables[name] = _variable(file, name, size)
            for _ in range(_count(file)):
                alias, name = _text(file), _text(file)
                if name not in contents.variables:
                    raise _UnfitError(f"{alias} stands for {name}, which is not there")
                contents.variables[alias] = contents.variables[name]
        except (struct.error, UnicodeDecodeError) as error:
            raise _UnfitError("model.bin is damaged or was not copied to the end") from error
        if file.tell() != size:
            raise _UnfitError("model.bin goes on where it should end")
    return contents


def _number(file: io.BufferedReader, form: str) -> int:
    value: int = struct.unpack(f"<{form}", file.read(struct.calcsize(form)))[0]
    return value


def _count(file: io.BufferedReader) -> int:
    count = _number(file, "I")
    if count > _MOST_VARIABLES:
        raise _UnfitError("model.bin is damaged")
    return count


def _text(file: io.BufferedReader) -> str:
    length = _number(file, "H")
    data = file.read(length)
    if not 1 <= length <= _LONGEST_NAME or len(data) != length or data[-1] != 0:
        raise _UnfitError("model.bin is damaged or was not copied to the end")
    return data[:-1].decode()


def _variable(file: io.BufferedReader, name: str, size: int) -> _Variable:
    rank = _number(file, "B")
    if rank > _MOST_RANK:
        raise _UnfitError(f"{name} has {rank} dimensions")
    shape = tuple(_number(file, "I") for _ in range(rank))
    item, length = _number(file, "B"), _number(file, "I")
    if item not in _ITEM_BYTES or 0 in shape or math.prod(shape) * _ITEM_BYTES[item] != length:
        raise _UnfitError(f"{name} is not as large as it says")
    if file.tell() + length > size:
        raise _UnfitError("model.bin was not copied to the end")
    if not shape and item in (1, 2, 3):
        return _Variable(shape, int.from_bytes(file.read(length), "little", signed=True))
    file.seek(length, os.SEEK_CUR)
    return _Variable(shape)


def _check_shapes(contents: _Contents) -> tuple[int, int]:
    """Have every matrix fit the next; gives how many tokens there are, and how wide the layers are."""
    embeddings = contents.shape("decoder/embeddings/weight")
    if len(embeddings) != 2 or embeddings[0] > _MOST_TOKENS or embeddings[1] > _MOST_WIDTH:
        raise _UnfitError(f"its vocabulary has the shape {embeddings}")
    tokens, width = embeddings
    for part in ("encoder", "decoder"):
        places = contents.shape(f"{part}/position_encodings/encodings")
        if len(places) != 2 or places[1] != width or places[0] != _PLACES[part]:
            raise _UnfitError(f"its {part} has places of the shape {places}")
        if not contents.layers(part):
            raise _UnfitError(f"its {part} has no layers")
        _is(contents, f"{part}/layer_norm/gamma", (width,))
        _is(contents, f"{part}/layer_norm/beta", (width,))
        for layer in range(contents.layers(part)):
            _check_layer(contents, f"{part}/layer_{layer}", width, crossed=part == "decoder")
    _linear(contents, "decoder/projection", tokens, width)
    for name, variable in contents.variables.items():
        last = name.rpartition("/")[2]
        if last in _SCALARS and variable.shape:
            raise _UnfitError(f"{name} is no single number")
        if last == "num_heads" and not (0 < variable.value <= width and width % variable.value == 0):
            raise _UnfitError(f"{name} is {variable.value}")
        if last == "activation" and not 0 <= variable.value <= _LAST_ACTIVATION:
            raise _UnfitError(f"{name} is {variable.value}")
    for part in ("encoder", "decoder"):
        contents.shape(f"{part}/num_heads")
    return tokens, width


def _check_layer(contents: _Contents, layer: str, width: int, *, crossed: bool) -> None:
    _norm(contents, f"{layer}/self_attention/layer_norm", width)
    _linear(contents, f"{layer}/self_attention/linear_0", 3 * width, width)
    _linear(contents, f"{layer}/self_attention/linear_1", width, width)
    if crossed:
        _norm(contents, f"{layer}/attention/layer_norm", width)
        _linear(contents, f"{layer}/attention/linear_0", width, width)
        _linear(contents, f"{layer}/attention/linear_1", 2 * width, width)
        _linear(contents, f"{layer}/attention/linear_2", width, width)
    inner = contents.shape(f"{layer}/ffn/linear_0/weight")[0]
    _norm(contents, f"{layer}/ffn/layer_norm", width)
    _linear(contents, f"{layer}/ffn/linear_0", inner, width)
    _linear(contents, f"{layer}/ffn/linear_1", width, inner)


def _norm(contents: _Contents, name: str, width: int) -> None:
    _is(contents, f"{name}/gamma", (width,))
    _is(contents, f"{name}/beta", (width,))


def _linear(contents: _Contents, name: str, outputs: int, inputs: int) -> None:
    _is(contents, f"{name}/weight", (outputs, inputs))
    for extra in ("bias", "weight_scale", "weight_zero"):
        shape = contents.variables.get(f"{name}/{extra}", _Variable(())).shape
        if shape not in ((), (outputs,)) or (extra == "bias" and shape == () and f"{name}/bias" in contents.variables):
            raise _UnfitError(f"{name}/{extra} has the shape {shape}")


def _is(contents: _Contents, name: str, shape: tuple[int, ...]) -> None:
    if contents.shape(name) != shape:
        raise _UnfitError(f"{name} has the shape {contents.shape(name)} instead of {shape}")


def _bands(contents: _Contents, width: int) -> int:
    first, second = contents.shape("encoder/conv1/weight"), contents.shape("encoder/conv2/weight")
    if len(first) != 3 or first[0] != width or first[1] not in _FEATURES["feature_size"] or first[2] != 3:
        raise _UnfitError(f"encoder/conv1/weight has the shape {first}")
    if second != (width, width, 3):
        raise _UnfitError(f"encoder/conv2/weight has the shape {second}")
    for number in (1, 2):
        for extra in ("bias", "weight_scale"):
            if (name := f"encoder/conv{number}/{extra}") in contents.variables:
                _is(contents, name, (width,))
    return first[1]


def _check_config(config: dict[str, object], contents: _Contents, vocabulary: list[str]) -> None:
    """Have all that CTranslate2 looks up be there; it reads where it expects something, whatever lies there."""
    for key in ("suppress_ids", "suppress_ids_begin"):
        if key not in config or not _are_numbers(config[key] or [], len(vocabulary)):
            raise _UnfitError(f"config.json has no {key} that are tokens")
    languages = config.get("lang_ids") or []
    if not isinstance(languages, list) or not _are_numbers(languages, len(vocabulary)):
        raise _UnfitError("config.json has lang_ids that are no tokens")
    if not all(_LANGUAGE.fullmatch(vocabulary[number]) for number in languages):
        raise _UnfitError("config.json has lang_ids that are no languages")
    if not languages and _MULTILINGUAL in vocabulary:
        raise _UnfitError("config.json has no lang_ids")
    heads = config.get("alignment_heads")
    layers, most = contents.layers("decoder"), contents.variables["decoder/num_heads"].value
    if (
        not isinstance(heads, list)
        or not heads
        or not all(isinstance(pair, list) and len(pair) == 2 for pair in heads)
        or not _are_numbers([pair[0] for pair in heads], layers)
        or not _are_numbers([pair[1] for pair in heads], most)
    ):
        raise _UnfitError("config.json names no alignment_heads that the model has")


def _are_numbers(value: object, below: int) -> bool:
    return isinstance(value, list) and all(type(item) is int and 0 <= item < below for item in value)


def _vocabulary(folder: Path, tokens: int) -> list[str]:
    if (folder / "vocabulary.json").is_file():
        vocabulary = _json(folder / "vocabulary.json")
        if not isinstance(vocabulary, list) or not all(isinstance(token, str) for token in vocabulary):
            raise _UnfitError("vocabulary.json is no list of tokens")
    elif (folder / "vocabulary.txt").is_file():
        vocabulary = _text_of(folder / "vocabulary.txt").removesuffix("\n").split("\n")
    else:
        raise _UnfitError("there is no vocabulary.json in its folder")
    if len(vocabulary) != tokens:
        raise _UnfitError(f"it has {tokens} tokens, and its vocabulary {len(vocabulary)}")
    return vocabulary


def _check_tokenizer(tokenizer: dict[str, object], vocabulary: list[str]) -> None:
    model, added = tokenizer.get("model"), tokenizer.get("added_tokens")
    ordinary = model.get("vocab") if isinstance(model, dict) else None
    if not isinstance(ordinary, dict) or not isinstance(added, list):
        raise _UnfitError("tokenizer.json is none")
    numbers = dict(ordinary)
    for entry in added:
        if not isinstance(entry, dict) or not isinstance(entry.get("content"), str):
            raise _UnfitError("tokenizer.json is none")
        numbers[entry["content"]] = entry.get("id")
    if not _are_numbers(list(numbers.values()), len(vocabulary)):
        raise _UnfitError("tokenizer.json names tokens that the model hasn't got")
    for token in _NEEDED:
        if token not in numbers or vocabulary[numbers[token]] != token:
            raise _UnfitError(f"tokenizer.json and the vocabulary do not agree on {token}")
    if not any(token in numbers and vocabulary[numbers[token]] == token for token in _NO_SPEECH):
        raise _UnfitError(f"it lacks {_NO_SPEECH[0]}")
    if numbers["<|notimestamps|>"] + _TIMESTAMPS >= len(vocabulary):
        raise _UnfitError("it has no tokens for times")


def _check_features(path: Path, bands: int) -> None:
    if not path.is_file():
        if bands != 80:
            raise _UnfitError("there is no preprocessor_config.json in its folder")
        return
    config = _object(path)
    for key, values in _FEATURES.items():
        if config.get(key, values[0]) not in values or type(config.get(key, values[0])) is not int:
            raise _UnfitError(f"preprocessor_config.json says {key} {str(config[key])[:40]}")
    if config.get("feature_size", 80) != bands:
        raise _UnfitError(f"it hears {bands} bands, and preprocessor_config.json says {config.get('feature_size', 80)}")


def _object(path: Path) -> dict[str, object]:
    value = _json(path)
    if not isinstance(value, dict):
        raise _UnfitError(f"{path.name} is damaged")
    return value


def _json(path: Path) -> object:
    if not path.is_file():
        raise _UnfitError(f"there is no {path.name} in its folder")
    try:
        value: object = json.loads(_text_of(path))
    except (ValueError, RecursionError) as error:
        raise _UnfitError(f"{path.name} is damaged") from error
    return value


def _text_of(path: Path) -> str:
    if path.stat().st_size > _MOST_TEXT:
        raise _UnfitError(f"{path.name} is larger than any Whisper's")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _UnfitError(f"{path.name} is damaged") from error
