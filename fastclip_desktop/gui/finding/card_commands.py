"""What keys and menus do to the chosen card."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.editing.cuts import Side
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Command, Commands, Group
from fastclip_desktop.gui.finding.cut_cards import CutCards
from fastclip_desktop.gui.finding.edge_row import NUDGE_KEYS
from fastclip_desktop.gui.finding.nudges import Unit

_HOVER = "view.hover"


class CardCommands(QObject):
    """The commands of the cards; a bracket typed with Shift is a curly one on some keyboards, and may say both."""

    def __init__(self, cards: CutCards, choices: Choices, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._cards = cards
        self._choices = choices
        self._commands = commands
        choices.changed.connect(self._name_hover)

    def all(self) -> tuple[Command, ...]:
        """Every one of them."""
        cards = self._cards
        return (
            *self._nudging(),
            self._command("rename", self.tr("Rename the clip"), ("F2",), cards.rename, 6),
            self._command("earlier", self.tr("Earlier in the order"), ("Alt+Up",), lambda at: cards.shift(at, -1), 6),
            self._command("later", self.tr("Later in the order"), ("Alt+Down",), lambda at: cards.shift(at, 1), 6),
            self._command("alike", self.tr("Find more like this"), (), cards.find_more, 6),
            Command(_HOVER, self._hover_name(), (), self._turn_hover, Group.VIEW, 5),
        )

    def _hover_name(self) -> str:
        if self._choices.now.plays_on_hover:
            return self.tr("Do not play moments under the pointer")
        return self.tr("Play moments under the pointer")

    def _turn_hover(self) -> None:
        self._choices.change(plays_on_hover=not self._choices.now.plays_on_hover)

    @Slot()
    def _name_hover(self) -> None:
        self._commands.rename(_HOVER, self._hover_name())

    def _nudging(self) -> tuple[Command, ...]:
        names = {
            (Side.START, Unit.WORD, -1): ("start-word-earlier", self.tr("Start a word earlier")),
            (Side.START, Unit.WORD, 1): ("start-word-later", self.tr("Start a word later")),
            (Side.START, Unit.SENTENCE, -1): ("start-sentence-earlier", self.tr("Start a sentence earlier")),
            (Side.START, Unit.SENTENCE, 1): ("start-sentence-later", self.tr("Start a sentence later")),
            (Side.END, Unit.WORD, 1): ("end-word-later", self.tr("End a word later")),
            (Side.END, Unit.WORD, -1): ("end-word-earlier", self.tr("End a word earlier")),
            (Side.END, Unit.SENTENCE, 1): ("end-sentence-later", self.tr("End a sentence later")),
            (Side.END, Unit.SENTENCE, -1): ("end-sentence-earlier", self.tr("End a sentence earlier")),
        }
        commands = []
        for step, (name, text) in names.items():
            keys = NUDGE_KEYS[step]
            with_shift = keys.replace("{", "Shift+{").replace("}", "Shift+}")
            all_keys = tuple(dict.fromkeys((keys, with_shift)))
            commands.append(self._command(name, text, all_keys, partial(self._nudge, step), 5, repeats=True))
        return tuple(commands)

    def _nudge(self, step: tuple[Side, Unit, int], cut_id: str) -> None:
        self._cards.nudge(cut_id, *step)

    def _command(
        self,
        name: str,
        text: str,
        keys: tuple[str, ...],
        act: Callable[[str], object],
        section: int,
        *,
        repeats: bool = False,
    ) -> Command:
        def do() -> None:
            chosen = self._cards.list.unfolded
            if chosen is not None:
                act(chosen)

        return Command(
            f"clip.{name}",
            text,
            keys,
            do,
            Group.CLIP,
            section,
            repeats=repeats,
            needs_source=True,
            in_menu=section > 5,
        )
