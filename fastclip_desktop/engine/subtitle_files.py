"""Puts files with the captions of a short beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.engine.publishing import free_name_like, output_error
from fastclip_desktop.settings.whole_file import replace_file


def write_beside(
    clip: Path, cues: Sequence[Cue], kinds: Sequence[str], style: CaptionStyle, frame: tuple[int, int]
) -> tuple[Path, ...]:
    """Write a file of each kind under the name of the clip; their paths.

    A file that is there already and holds something else stays, and the new one gets a number behind its name.

    Args:
        clip: the file of the short.
        cues: its captions, in its seconds.
        kinds: ``srt``, ``vtt``, ``ass``.
        style: how the captions look.
        frame: pixels of the short across and down.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    if not kinds:
        return ()
    # Brings a library of its own, which few jobs need.
    from fastclip_desktop.editing.caption_files import CaptionForm, caption_file

    written = []
    for kind in kinds:
        data = caption_file(cues, CaptionForm(kind), style, frame).encode(errors="replace")
        path = clip.with_suffix(f".{kind}")
        try:
            if not _holds(path, data):
                path = free_name_like(path)
                replace_file(path, data)
        except OSError as error:
            raise output_error(error, path.parent) from error
        written.append(path)
    return tuple(written)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
