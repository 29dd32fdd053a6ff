"""``fastclip doctor --report``: a text for whoever helps, to look through and to copy; nothing sends it."""

from __future__ import annotations

import os
from argparse import Namespace

from fastclip_desktop.cli.doctor import as_text
from fastclip_desktop.cli.report import write_json
from fastclip_desktop.diagnostics.crashes import newest_text, reports, versions, watch
from fastclip_desktop.diagnostics.logs import last_lines
from fastclip_desktop.diagnostics.redaction import redacted
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import find_paths

_WIDTH = 100


def write_support(engine: Engine, options: Namespace) -> int:
    """Print versions, what the machine can do, the newest crash report and the end of the log; 0 in any case."""
    paths = find_paths(os.environ)
    watched = watch()
    if watched is not None:
        watched.gather()
    newest = next(iter(reports(paths.crashes)), None)
    parts = {
        "versions": versions(),
        "machine": _machine(engine),
        "crash": newest_text(paths.crashes),
        "log": last_lines(paths.logs),
    }
    parts = {name: redacted(text) for name, text in parts.items()}
    if options.json:
        write_json({**parts})
        return 0
    crash = parts["crash"] or "(no crash was reported)"
    log = parts["log"] or "(nothing was noted)"
    print(f"{parts['versions']}\n\n{parts['machine']}\n\n== Newest crash report ==\n{crash}\n\n== Log ==\n{log}")
    if newest is not None and newest.is_new:
        newest.mark_read()
    return 0


def _machine(engine: Engine) -> str:
    """What was found out; why it could not be is part of what whoever helps wants to know."""
    try:
        found, facts = engine.diagnose(), engine.machine.look()
        return "\n".join(as_text(found, facts, engine.machine.try_devices(), _WIDTH))
    except FastClipError as error:
        return str(error)
