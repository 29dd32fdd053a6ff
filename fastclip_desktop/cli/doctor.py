"""``fastclip doctor``: what is here, what each kind of work is done with, and what came of trying every device."""

from __future__ import annotations

import shutil
import textwrap
from argparse import Namespace
from collections.abc import Iterable, Iterator

from fastclip_desktop.cli.report import Json, write_json
from fastclip_desktop.domain.device_trial import DeviceTrial, Part
from fastclip_desktop.domain.machine import Device, MachineFacts
from fastclip_desktop.domain.stage import Finding
from fastclip_desktop.domain.work import Work
from fastclip_desktop.engine.engine import Engine

NEEDED = ("h264 software", "libx264")
"""Without these no clip can be made."""

_WIDEST = 100
_NARROWEST = 50
_MARK_WIDTH = 7
_NAME_WIDTH = 19
_TIME_WIDTH = 9

_WORK = {
    Work.DECODE: "reading pictures",
    Work.ENCODE: "making pictures",
    Work.HEAR: "hearing words",
    Work.COMPARE: "comparing meanings",
    Work.JUDGE: "judging moments",
    Work.FACES: "finding faces",
}
_PARTS = {Part.DECODER: "Decoders", Part.ENCODER: "Encoders", Part.MODEL: "Model libraries"}


def doctor(engine: Engine, options: Namespace) -> int:
    """``fastclip doctor``; 0 where clips can be made here, else 1."""
    findings = engine.diagnose()
    facts = engine.machine.look()
    trials = engine.machine.try_devices()
    if options.json:
        write_json(as_plain(findings, facts, trials))
    else:
        width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns - 1))
        print("\n".join(as_text(findings, facts, trials, width)))
    fit = all(finding.ok for finding in findings if finding.needed)
    return 0 if fit and all(trial.works for trial in trials if trial.candidate.name in NEEDED) else 1


def as_plain(findings: Iterable[Finding], facts: MachineFacts, trials: Iterable[DeviceTrial]) -> Json:
    """The same for programs."""
    return {
        "findings": [
            {"subject": each.subject, "ok": each.ok, "detail": each.detail, "needed": each.needed} for each in findings
        ],
        "devices": [
            {"work": str(each.work), "device": str(each.device), "detail": each.detail, "note": each.note}
            for each in facts.uses
        ],
        "trials": [
            {
                "part": str(each.candidate.part),
                "name": each.candidate.name,
                "works": each.works,
                "milliseconds": round(each.milliseconds, 1) if each.works else None,
                "driver": each.driver,
                "detail": each.detail,
                "remedy": each.remedy,
                "needed": each.candidate.name in NEEDED,
            }
            for each in trials
        ],
    }


def as_text(
    findings: Iterable[Finding], facts: MachineFacts, trials: Iterable[DeviceTrial], width: int
) -> Iterator[str]:
    """The same for people, in lines of so many letters at most, except for names of folders that are longer.

    What does not work for the same reason shares it, and what there is on other systems alone is left out.
    """
    for finding in findings:
        mark = "ok" if finding.ok else ("MISSING" if finding.needed else "no")
        yield from _line(mark, f"{finding.subject}: {finding.detail}", _MARK_WIDTH + 2, width)
    yield ""
    yield f"What does the work ({facts.cores} cores, {facts.memory / 1000**3:.1f} GB of memory)"
    for use in facts.uses:
        device = "graphics card" if use.device is Device.GRAPHICS else "processor"
        told = f"{_WORK[use.work]:<{_NAME_WIDTH}} {device}{f' ({use.detail})' if use.detail else ''}"
        yield f"{'':>{_MARK_WIDTH}}  {told}"
        if use.note:
            yield from _line("", use.note, _MARK_WIDTH + 2 + _NAME_WIDTH + 1, width)
    tried = list(trials)
    for part, name in _PARTS.items():
        yield ""
        yield name
        yield from _tried([trial for trial in tried if trial.candidate.part is part], width)


def _tried(trials: list[DeviceTrial], width: int) -> Iterator[str]:
    indent = _MARK_WIDTH + 2
    for trial in filter(lambda each: each.works, trials):
        time = f"{trial.milliseconds:.1f} ms".rjust(_TIME_WIDTH)
        told = f"{trial.candidate.name:<{_NAME_WIDTH}} {time}  {_said(trial)}"
        yield from _line("ok", told, indent + _NAME_WIDTH + _TIME_WIDTH + 3, width, indent)
    alike: dict[tuple[bool, str], list[str]] = {}
    for trial in trials:
        if not trial.works and not trial.is_of_another_system:
            alike.setdefault((trial.candidate.name in NEEDED, _said(trial)), []).append(trial.candidate.name)
    for (is_needed, reason), names in alike.items():
        yield from _line("MISSING" if is_needed else "no", ", ".join(names), indent, width)
        yield from _line("", reason, indent + 2, width)


def _said(trial: DeviceTrial) -> str:
    driver = f"Driver {trial.driver}." if trial.driver else ""
    return " ".join(filter(None, (trial.detail, driver, trial.remedy)))


def _line(mark: str, text: str, indent: int, width: int, first: int | None = None) -> list[str]:
    """Text behind a mark, wrapped; its further lines are indented, and the first one too unless it says how far."""
    before = f"{mark:>{_MARK_WIDTH}}  ".ljust(first or indent)
    return textwrap.wrap(
        text,
        width,
        initial_indent=before,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
