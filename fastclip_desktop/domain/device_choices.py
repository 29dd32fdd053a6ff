"""What a person may want each kind of work to be done by."""

from __future__ import annotations

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.work import Work

AUTO, PROCESSOR, GRAPHICS = "auto", "processor", "graphics"

CHIPS = {"nvenc": "h264_nvenc", "qsv": "h264_qsv", "amf": "h264_amf", "videotoolbox": "h264_videotoolbox"}
"""Encoders that can be asked for by name, and what FFmpeg calls them."""

CHOICES: dict[Work, tuple[str, ...]] = {
    Work.ENCODE: (AUTO, PROCESSOR, GRAPHICS, *CHIPS),
    Work.HEAR: (AUTO, PROCESSOR, GRAPHICS),
    Work.COMPARE: (AUTO, PROCESSOR, GRAPHICS),
    Work.JUDGE: (AUTO, PROCESSOR, GRAPHICS),
}
"""What may be wished for; the work that is not named is always the processor's."""

DEVICES_VARIABLE = "FASTCLIP_DEVICES"
"""Overrules the preferences for one command; see :func:`parse_devices`."""

Wishes = tuple[tuple[Work, str], ...]


def parse_devices(text: str) -> Wishes:
    """Wishes as they are written in a line: ``processor``, or ``encode=nvenc,hear=processor``.

    Raises:
        UsageError: ``bad_usage`` for a work or a device that there is not.
    """
    wishes: dict[Work, str] = {}
    for part in filter(None, (each.strip().lower() for each in text.split(","))):
        work, has_work, choice = part.rpartition("=")
        try:
            for each in (Work(work.strip()),) if has_work else CHOICES:
                wishes[each] = checked_choice(each, choice.strip())
        except ValueError:
            known = "; ".join(f"{work}={'|'.join(choices)}" for work, choices in CHOICES.items())
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"There is no device {part!r} ({DEVICES_VARIABLE}).",
                f"Write {PROCESSOR!r} for all work, or some of {known}, with commas between them.",
            ) from None
    return tuple(wishes.items())


def checked_choice(work: Work, choice: str) -> str:
    """The choice, if there is one of that name for the work.

    Raises:
        ValueError: there is none.
    """
    if choice not in CHOICES.get(work, ()):
        raise ValueError(f"{work} cannot be done by {choice!r}")
    return choice
