"""Text for whoever helps: what program on what machine, and nothing of whose machine it is."""

from __future__ import annotations

import getpass
import platform
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from fastclip_desktop import __version__
from fastclip_desktop.domain.machine import MachineFacts
from fastclip_desktop.domain.stage import Finding

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]+://\S+", re.IGNORECASE)
_PATH = re.compile(r"(?:(?<![\w/.])/(?:[^/\s:;,'\"]+/)+|\b[A-Za-z]:\\(?:[^\\\s:;,'\"]+\\)+|~/(?:[^/\s:;,'\"]+/)*)")
_SHORTEST_NAME = 3


class Report:
    """Sections of plain lines."""

    @staticmethod
    def of_program() -> str:
        """Which program this is, and what it runs on."""
        screens = (
            f"{screen.size().width()}x{screen.size().height()} @{screen.devicePixelRatio():g}"
            for screen in QGuiApplication.screens()
        )
        return "\n".join(
            (
                f"FastClip Desktop {__version__}",
                f"Python {platform.python_version()}, Qt {qVersion()} ({QGuiApplication.platformName()})",
                f"{platform.system()} {platform.release()} {platform.machine()}",
                f"Screens: {', '.join(screens)}",
            )
        )

    @staticmethod
    def of_machine(facts: MachineFacts | None, found: Iterable[Finding], lines: Iterable[str]) -> str:
        """The same, and what was found out about the machine."""
        told = [Report.of_program(), ""]
        if facts is not None:
            told.append(f"{facts.cores} cores, {facts.memory / 1000**3:.1f} GB of memory")
        return Report.of_findings("\n".join([*told, *lines]), found)

    @staticmethod
    def of_findings(beginning: str, found: Iterable[Finding]) -> str:
        """The lines of a diagnosis behind a beginning."""
        told = [f"{'ok' if finding.ok else '--'} {finding.subject}: {finding.detail}" for finding in found]
        return "\n".join([beginning, "", *told])


def scrubbed(text: str, home: Path | None = None, user: str | None = None) -> str:
    """The same without links, folders and the name of the person.

    Of a path the last part stays, which tells what kind of file it was about.

    Args:
        text: what is to be shown to others.
        home: the person's folder; found out where it is not given.
        user: what the system calls them, likewise.
    """
    home = home or Path.home()
    if user is None:
        try:
            user = getpass.getuser()
        except (OSError, KeyError, ImportError):  # nobody's account, as in some containers
            user = ""
    text = _LINK.sub("<link>", text).replace(str(home), "~")
    text = _PATH.sub("<folder>/", text)
    if len(user) >= _SHORTEST_NAME and user != "root":
        text = re.sub(rf"\b{re.escape(user)}\b", "<user>", text, flags=re.IGNORECASE)
    return text
