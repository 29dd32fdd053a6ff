"""What of a window shorts are made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastclip_desktop.gui.choices import Choices
    from fastclip_desktop.gui.cut_history import CutHistory
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.engine_bridge import EngineBridge
    from fastclip_desktop.gui.export.output_desk import OutputDesk
    from fastclip_desktop.gui.export_desk import ExportDesk
    from fastclip_desktop.gui.settings_door import SettingsDoor
    from fastclip_desktop.gui.side_panel import SidePanel
    from fastclip_desktop.gui.source_words import SourceWords
    from fastclip_desktop.gui.style import Theme


@dataclass(frozen=True, slots=True)
class ShortsPlace:
    """The parts of a window that shorts are made with.

    Attributes:
        editor: player and timeline; made when they are first asked for.
    """

    bridge: EngineBridge
    panel: SidePanel
    exporting: ExportDesk
    output: OutputDesk
    history: CutHistory
    words: SourceWords
    theme: Theme
    choices: Choices
    settings: SettingsDoor
    editor: Callable[[], Editor]
