"""Reads yt-dlp's answer, which comes from a stranger's page: a field counts only with the type that it should have."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def text_of(info: Mapping[str, Any], key: str) -> str:
    """A text, empty where there is none."""
    value = info.get(key)
    return value if isinstance(value, str) else ""


def codec_of(form: Mapping[str, Any], key: str) -> str:
    """A codec's name, empty where the stream is absent or nobody says."""
    codec = text_of(form, key)
    return "" if codec == "none" else codec


def extension_of(entry: Mapping[str, Any]) -> str:
    """The file extension in lower case without a dot, empty where it is none that a file of ours should get."""
    extension = text_of(entry, "ext").lower()
    return extension if re.fullmatch(r"[a-z0-9]{1,5}", extension) else ""


def number_of(value: object) -> float | int | None:
    """A finite positive number."""
    usable = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value > 0
    return value if usable and isinstance(value, (int, float)) else None


def whole_of(info: Mapping[str, Any], key: str) -> int:
    """A positive whole number, 0 where there is none."""
    return int(number_of(info.get(key)) or 0)


def seconds_of(value: object) -> Fraction | None:
    """Exact seconds by the number's shortest decimal text."""
    number = number_of(value)
    return Fraction(str(number)) if number is not None else None


def web_address_of(value: object) -> str:
    """An http or https URL, else empty."""
    return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else ""
