"""All keys at a glance."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.commands import Command
from fastclip_desktop.gui.style import of_kind


class KeySheet(QDialog):
    """A list in two columns that Esc closes."""

    def __init__(self, commands: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys – FastClip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = [(command.name, command.shown_keys) for command in commands]
        rows += [
            (self.tr("Zoom around the mouse"), self.tr("Ctrl+wheel")),
            (self.tr("Free an edge from what it snaps to"), self.tr("Alt, while dragging")),
            (self.tr("Add a clip"), self.tr("Double click on the timeline")),
            (self.tr("Export"), "Ctrl+E"),
        ]
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.LARGE)
        grid.setVerticalSpacing(tokens.TIGHT)
        half = -(-len(rows) // 2)
        for place, (name, keys) in enumerate(rows):
            column, row = divmod(place, half)
            grid.addWidget(of_kind(QLabel(keys), "name"), row, 3 * column)
            grid.addWidget(QLabel(name), row, 3 * column + 1)
        grid.setColumnMinimumWidth(2, tokens.LARGE)
        around = QVBoxLayout(self)
        around.setContentsMargins(tokens.WIDE, tokens.WIDE, tokens.WIDE, tokens.WIDE)
        around.setSpacing(tokens.LARGE)
        around.addWidget(of_kind(QLabel(self.tr("Keys, while no field has the cursor")), "lead"))
        around.addLayout(grid)
