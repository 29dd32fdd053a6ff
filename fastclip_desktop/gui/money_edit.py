"""A field for an amount of dollars."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit, QWidget

from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui.style import restyle

_AMOUNT = re.compile(r"\$?\s*(\d{1,7})(?:[.,](\d{1,2}))?", re.ASCII)


def parse_amount(text: str) -> Money | None:
    """Dollars with up to two digits of cents after a point or a comma; ``None`` if it is no amount."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    return Money(int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")))


class MoneyEdit(QLineEdit):
    """Takes an amount, and shows at once when it is none."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMaxLength(12)
        self.setFixedWidth(108)
        self.textChanged.connect(self._mark)

    @property
    def amount(self) -> Money | None:
        """What it holds; ``None`` if that is no amount, or nothing."""
        return parse_amount(self.text())

    @property
    def is_valid(self) -> bool:
        """Whether it holds an amount or nothing."""
        return not self.text().strip() or self.amount is not None

    def _mark(self) -> None:
        if self.property("invalid") != (not self.is_valid):
            self.setProperty("invalid", not self.is_valid)
            restyle(self)
