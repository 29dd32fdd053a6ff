"""What a person has looked for, the newest first, in a small file of their own.

The file is a JSON list of texts. One that is missing or makes no sense is like an empty one: nobody's search waits for
what they typed last week.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

FILE = "prompts.json"
"""Its name in the folder of settings."""

MOST_PROMPTS = 100
_LONGEST = 500
"""Characters; longer ones are looked for, but nobody types them again."""
_MOST_BYTES = 1024 * 1024


def read_prompts(folder: Path) -> tuple[str, ...]:
    """The prompts that a folder of settings holds, the newest first."""
    try:
        with (folder / FILE).open("rb") as file:
            known = json.loads(file.read(_MOST_BYTES + 1)[:_MOST_BYTES])
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(known, list):
        return ()
    texts = (each for each in known if isinstance(each, str) and each.strip() and len(each) <= _LONGEST)
    return tuple(dict.fromkeys(texts))[:MOST_PROMPTS]


def with_prompt(prompts: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The prompts with one more before them, or with one of them brought to the front."""
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return prompts
    return (text, *(each for each in prompts if each != text))[:MOST_PROMPTS]


def keep_prompt(folder: Path, text: str) -> tuple[str, ...]:
    """Put a prompt before those in the file, and give all of them.

    Raises:
        InputError: ``output_not_writable``.
    """
    prompts = with_prompt(read_prompts(folder), text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass") as file:
                json.dump(prompts, file, indent=1)
            Path(name).replace(folder / FILE)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"What was looked for cannot be kept in {folder}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error
    return prompts


def forget_prompts(folder: Path) -> None:
    """Forget all of them.

    Raises:
        InputError: ``output_not_writable``.
    """
    try:
        (folder / FILE).unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"What was looked for cannot be removed from {folder}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error
