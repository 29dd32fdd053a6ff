"""What can be done in the window, as the list of keys shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences
from tests.gui.fake_engine import FakeEngine


def commands_of_a_window() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """The menu, the id, the name and the keys of each command, in the order of the menus."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        bridge = EngineBridge(EngineHost(FakeEngine, lambda: Path(folder)))
        theme = Theme(application)
        window = Window(bridge, theme, Choices(bridge.lane, Path(folder), Preferences(clips_folder=Path(folder))))
        known = window.commands
        found = [
            (known.title(each.group).replace("&", ""), each.id, each.name, known.all_shown_keys(each.id))
            for each in known.all
        ]
        window.close()
        window.deleteLater()
        assert bridge.host.close(5)
    return found
