"""Starts the program as a person does and prints what it took: ``start_job.py BEGAN``, as JSON.

``BEGAN`` is the clock's reading when the process was asked for, so that the interpreter's own start counts too. Qt's
own imports are those of every name of PySide6 that our modules take before the first paint: many are made when they are
asked for.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import psutil

import fastclip_desktop

AT_REST = 8.0
"""Seconds after the first paint when everything that is loaded behind it is there."""


def names_of_qt() -> list[tuple[str, str]]:
    """Modules of PySide6 and the names that ours take from them at their top level, as far as they are loaded."""
    found = []
    for module in [module for name, module in sys.modules.items() if name.startswith(fastclip_desktop.__name__)]:
        for node in ast.parse(Path(str(module.__file__)).read_text()).body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
                found += [(str(node.module), name.name) for name in node.names]
    return found


def main() -> None:
    if sys.argv[1] == "names":
        from fastclip_desktop.gui import main  # noqa: F401 - what it loads is looked at

        print(json.dumps(names_of_qt()))
        return
    began = float(sys.argv[1])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for module, name in json.loads(sys.argv[2]):
        getattr(importlib.import_module(module), name)
    import PySide6.QtWidgets
    from PySide6.QtCore import QTimer

    qt_there = time.monotonic()
    from fastclip_desktop.gui import main as program
    from fastclip_desktop.gui.window import Window

    ours_there = time.monotonic()
    figures: dict[str, float] = {"imports": ours_there - qt_there}
    process = psutil.Process()
    first = Window.__init__

    def usable() -> None:
        figures["usable"] = time.monotonic() - began
        QTimer.singleShot(round(AT_REST * 1000), rest)

    def rest() -> None:
        figures["memory"] = process.memory_info().rss / 1e6
        children = process.children(recursive=True)
        figures["with_children"] = figures["memory"] + sum(child.memory_info().rss for child in children) / 1e6
        PySide6.QtWidgets.QApplication.closeAllWindows()

    def watched(window: Window, *arguments: Any, **named: Any) -> None:
        first(window, *arguments, **named)
        window.painted.connect(lambda: QTimer.singleShot(0, usable))

    Window.__init__ = watched  # type: ignore[method-assign]
    program.main([])
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
