"""All keys at a glance, by menus; what is typed leaves those that it names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.commands import Commands, Group
from fastclip_desktop.gui.style import of_kind

_SIZE = (880, 600)

_STEPS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}


class KeySheet(QDialog):
    """Two columns of keys that Esc closes.

    Signals:
        change_wanted: the person wants other keys.

    Attributes:
        search: what is looked for among them.
    """

    change_wanted = Signal()

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys – FastClip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search names and keys"))
        self.search.setAccessibleName(self.tr("Search names and keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._leave)
        self._rows: list[tuple[_Part, QLabel, QLabel]] = []
        self._parts: list[_Part] = []
        self._nothing = of_kind(QLabel(self.tr("No key does that.")), "muted")
        self._nothing.hide()
        halves = QHBoxLayout()
        halves.setSpacing(tokens.HUGE)
        self._fill(commands, halves)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(tokens.WIDE, tokens.SMALL, tokens.WIDE, tokens.WIDE)
        column.addWidget(self._nothing)
        column.addLayout(halves)
        column.addStretch()
        self._scroll = scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Keys"))
        scroll.setWidget(content)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.WIDE, tokens.LARGE, tokens.WIDE, tokens.SMALL)
        head.setSpacing(tokens.SMALL)
        self.change_button = QPushButton(self.tr("Change keys …"))
        self.change_button.setToolTip(self.tr("Choose other keys in the settings"))
        self.change_button.setAutoDefault(False)
        self.change_button.clicked.connect(self._change)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.search, 1)
        row.addWidget(self.change_button)
        head.addLayout(row)
        head.addWidget(of_kind(QLabel(self.tr("Letters and arrows count while no field has the cursor.")), "caption"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addLayout(head)
        around.addWidget(scroll, 1)
        self.resize(*_SIZE)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """What the field has no use for moves the list."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._scroll.verticalScrollBar().triggerAction(step)

    @property
    def shown(self) -> tuple[str, ...]:
        """The names that are left."""
        return tuple(name.text() for _, _, name in self._rows if not name.isHidden())

    def _fill(self, commands: Commands, halves: QHBoxLayout) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for group in Group:
            rows = [
                (command.name, "  ".join(commands.all_shown_keys(command.id)))
                for command in commands.all
                if command.group is group and commands.keys(command.id)
            ]
            if rows:
                groups[commands.title(group).replace("&", "")] = rows
        groups[self.tr("Mouse")] = [
            (self.tr("Zoom around the mouse"), self.tr("Ctrl+wheel")),
            (self.tr("Free an edge from what it snaps to"), self.tr("Alt, while dragging")),
            (self.tr("Add a clip"), self.tr("Double click on the timeline")),
        ]
        half = sum(len(rows) + 2 for rows in groups.values()) / 2
        columns = [QVBoxLayout(), QVBoxLayout()]
        filled = 0.0
        for name, rows in groups.items():
            part = _Part(name)
            self._parts.append(part)
            self._rows += [(part, *part.add(text, keys)) for text, keys in rows]
            columns[filled + len(rows) / 2 > half].addWidget(part)
            filled += len(rows) + 2
        for column in columns:
            column.setSpacing(tokens.LARGE)
            column.addStretch()
            halves.addLayout(column, 1)

    @Slot()
    def _change(self) -> None:
        self.close()
        self.change_wanted.emit()

    @Slot(str)
    def _leave(self, wanted: str) -> None:
        words = wanted.casefold().split()
        for _, keys, name in self._rows:
            said = f"{name.text()} {keys.text()}".casefold()
            fits = all(word in said for word in words)
            keys.setVisible(fits)
            name.setVisible(fits)
        left = {part for part, _, name in self._rows if not name.isHidden()}
        for part in self._parts:
            part.setVisible(part in left)
        self._nothing.setVisible(not left)


class _Part(QWidget):
    """The keys of one menu."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.TIGHT)
        self._column.addWidget(of_kind(QLabel(title), "lead"))

    def add(self, text: str, keys: str) -> tuple[QLabel, QLabel]:
        """Add a row, and give the labels of the keys and of what they do."""
        name, shown = QLabel(text), of_kind(QLabel(keys), "name")
        name.setWordWrap(True)
        row = QHBoxLayout()  # each its own, so that long keys take no room from the names of others
        row.setSpacing(tokens.LARGE)
        row.addWidget(name, 1)
        row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        return shown, name
