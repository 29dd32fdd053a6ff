"""What Qt says of its own work, in the log of the program; and what it dies of, in the report."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from fastclip_desktop.diagnostics.crashes import Watch

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def hear_qt(watch: Watch | None) -> None:
    """Put what Qt says into the log from now on; ``None`` leaves it to Qt again.

    Args:
        watch: is told what Qt dies of, before it does.
    """
    if watch is None:
        qInstallMessageHandler(None)
        return

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        said = message or ""
        if kind is QtMsgType.QtFatalMsg:  # it ends the process as soon as it is back
            watch.note(f"Fatal Qt error: {said}")
            if sys.stderr is not None:
                sys.stderr.write(f"{said}\n")
                sys.stderr.flush()
        category = str(context.category or "default")
        logging.getLogger("qt" if category == "default" else category).log(
            _LEVELS.get(kind, logging.WARNING), "%s", said
        )

    qInstallMessageHandler(hear)
