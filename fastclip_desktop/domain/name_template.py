"""What a person may write for how clips are called."""

from __future__ import annotations

import string

from fastclip_desktop.domain.errors import ErrorCode, UsageError

NAME_FIELDS = ("title", "start", "end")
"""What stands in braces."""


def check_name_template(text: str) -> None:
    """Refuse what can't be filled in, and what would reach into Python's own objects.

    Raises:
        UsageError: ``bad_usage`` for another field, a lone brace, or a template without any field.
    """
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        parts = []
    fields = [field for _, field, *_ in parts if field is not None]
    plain = all(field in NAME_FIELDS and not spec and not conversion for _, field, spec, conversion in parts if field)
    if not fields or "" in fields or not plain:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"{text!r} is no template for names.",
            "Write one with {title}, {start} and {end}, such as '{title} [{start}_{end}]'.",
        )
