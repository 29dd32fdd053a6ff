"""Copies of a speech model with something wrong in them, the same ones for the same numbers."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

_TEXTS = ("config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json")
_WILD = (-1, 0, 1, 2**31 - 1, 2**40, 1e308, "", "<|en|>", None, True, [], {}, [[0, 10**9]])


def spoil(model: Path, folder: Path, number: int) -> str:
    """Make the copy of that number.

    Returns:
        What was done to it.
    """
    shutil.copytree(model, folder)
    chance = random.Random(number)
    ways: tuple[Callable[[Path, random.Random], str], ...] = (
        _cut,
        _flip_in_header,
        _flip_anywhere,
        _swap,
        _wild_value,
        _wild_value,
        _noise,
        _repeat,
        _empty,
    )
    return ways[number % len(ways)](folder, chance)


def _any(folder: Path, chance: random.Random) -> Path:
    return folder / chance.choice(("model.bin", "model.bin", *_TEXTS))


def _cut(folder: Path, chance: random.Random) -> str:
    path = _any(folder, chance)
    data = path.read_bytes()
    kept = chance.randrange(len(data))
    path.write_bytes(data[:kept])
    return f"{path.name} cut to {kept} bytes"


def _flip_in_header(folder: Path, chance: random.Random) -> str:
    path = folder / "model.bin"
    data = bytearray(path.read_bytes())
    heads = [at for at in range(len(data)) if data[at : at + 8] in (b"encoder/", b"decoder/")]
    at = chance.choice(heads) + chance.randrange(-4, 64)
    data[at] = chance.randrange(256)
    path.write_bytes(data)
    return f"byte {at} of model.bin's headers changed"


def _flip_anywhere(folder: Path, chance: random.Random) -> str:
    path = _any(folder, chance)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((1, 10, 1000))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data)
    return f"bytes of {path.name} changed"


def _swap(folder: Path, chance: random.Random) -> str:
    one, other = chance.sample(_TEXTS, 2)
    shutil.copy(folder / one, folder / other)
    return f"{other} is {one}"


def _wild_value(folder: Path, chance: random.Random) -> str:
    """One value of a JSON file is another one."""
    path = folder / chance.choice(_TEXTS)
    value = json.loads(path.read_text(encoding="utf-8"))
    place, way = value, path.name
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = chance.choice(keys)
        way += f"/{key}"
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
            break
        place = inner
    place[key] = chance.choice(_WILD)
    path.write_text(json.dumps(value), encoding="utf-8")
    return f"{way} is {place[key]!r}"


def _noise(folder: Path, chance: random.Random) -> str:
    path = _any(folder, chance)
    data = bytearray(path.read_bytes())
    begin = chance.randrange(len(data))
    data[begin : begin + 4096] = chance.randbytes(len(data[begin : begin + 4096]))
    path.write_bytes(data)
    return f"noise in {path.name} from byte {begin} on"


def _repeat(folder: Path, chance: random.Random) -> str:
    path = _any(folder, chance)
    data = path.read_bytes()
    begin = chance.randrange(len(data))
    path.write_bytes(data[:begin] + data[begin : begin + 500] * 3 + data[begin + 500 :])
    return f"a part of {path.name} three times"


def _empty(folder: Path, chance: random.Random) -> str:
    path = _any(folder, chance)
    path.write_bytes(bytes(chance.choice((0, 1, 100))))
    return f"nothing but zeros in {path.name}"
