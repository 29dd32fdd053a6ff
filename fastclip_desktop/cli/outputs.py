"""What the options of a command say about the files that it makes."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, parse_size
from fastclip_desktop.settings.file_names import NameTemplate


def output_options(options: Namespace) -> tuple[OutputSpec, Destination]:
    """What clips are to look like, and where they go.

    Raises:
        UsageError: ``bad_format``, ``bad_quality`` or ``bad_usage`` for a size that is none.
    """
    destination = dataclasses.replace(_destination(options.output), template=NameTemplate(options.name).text)
    suffix = Path(destination.file_name).suffix if destination.file_name else ""
    chosen = OutputFormat.parse(options.format or suffix or "mp4")
    if suffix and OutputFormat.parse(suffix) is not chosen:
        raise UsageError(
            ErrorCode.BAD_FORMAT,
            f"{options.output!r} ends in {suffix} but the format asked for is {chosen}.",
            "Leave out --format, or change the name.",
        )
    if destination.file_name and not suffix:
        destination = dataclasses.replace(destination, file_name=f"{destination.file_name}.{chosen}")
    output = OutputSpec.of(chosen, options.quality)
    if options.max_size is not None:
        output = dataclasses.replace(output, max_bytes=parse_size(options.max_size))
    return output, destination


def keep_source(source: str, destination: Destination) -> None:
    """Make sure that a clip does not take the place of its source.

    Raises:
        UsageError: ``bad_usage``.
    """
    if destination.file_name is None:
        return
    target = destination.folder / destination.file_name
    if target.exists() and Path(source).exists() and target.samefile(source):
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"{target} is the source itself.",
            "Give the clip another name; sources are never written to.",
        )


def _destination(output: str | None) -> Destination:
    if output is None:
        return Destination(Path.cwd())
    path = Path(output).expanduser()
    if path.is_dir() or output.endswith(("/", "\\")):
        return Destination(path.absolute())
    return Destination(path.absolute().parent, path.name)
