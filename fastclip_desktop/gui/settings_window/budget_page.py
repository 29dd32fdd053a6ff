"""What scripts may use up: prices and limits, the balance, and how it grows."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL, Policy
from fastclip_desktop.gui.approvals import Approvals
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.money_edit import MoneyEdit
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.reload_desk import ReloadDesk
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.settings_window.cards import Cards
from fastclip_desktop.gui.settings_window.page import Page, Section, words
from fastclip_desktop.gui.settings_window.password_row import PasswordRow
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import Preferences

_POLICIES = (LOCAL, HOSTED)

_NOT_READ, _UNKNOWN = "…", "–"


class BudgetPage(Page):
    """Policy, balance, reloads and cards."""

    def __init__(self, bridge: EngineBridge, choices: Choices, desk: ReloadDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._choices = choices
        self.notice = Notice()
        self.add(self.notice)
        self.approvals = Approvals(desk, most=5)
        self.add(self.approvals)
        self._add_policy()
        self._add_balance()
        self._add_reloads()
        cards = self.add_section(
            self.tr("Cards"),
            self.tr(
                "Names that scripts are told when they ask what pays. Nothing is ever charged to them; no money moves."
            ),
        )
        self.cards = Cards(choices)
        cards.add(self.cards)
        choices.changed.connect(self._show)
        desk.changed.connect(self.refresh)
        self._show(choices.now)
        self.keep_looking()

    def refresh(self) -> None:
        """Look again what there is."""
        self._bridge.ask(self, _look, self._show_balance, self._miss_balance)

    def leave(self) -> None:
        """What was typed of a password is nobody's business."""
        self.password.fold()

    def wear(self, palette: Palette) -> None:
        """Repaint the crosses of the notices."""
        self.notice.wear(palette)

    def _add_policy(self) -> None:
        section = self.add_section(
            self.tr("Prices and limits"), self.tr("For scripts; what you do in the window is free.")
        )
        self.policy = Segments(
            self.tr("Policy"),
            (
                (self.tr("Local"), self.tr("This machine is yours: nothing costs anything")),
                (self.tr("Hosted"), self.tr("The prices and limits of the hosted service")),
            ),
        )
        self.policy.setMinimumWidth(200)
        self.policy.changed.connect(lambda index: self._choices.change(policy=_POLICIES[index]))
        section.add_row(self.tr("Policy"), self.policy)
        self.terms = words("")
        section.add(self.terms)

    def _add_balance(self) -> None:
        section = self.add_section(self.tr("Balance"))
        self.amount = MoneyEdit(self.tr("Funds to add"))
        self.amount.setPlaceholderText("5.00")
        self.add_button = QPushButton(self.tr("Add funds"))
        self.add_button.setEnabled(False)
        self.amount.textChanged.connect(
            lambda: self.add_button.setEnabled(bool(self.amount.amount and self.amount.amount.cents))
        )
        self.amount.returnPressed.connect(self._deposit)
        self.add_button.clicked.connect(self._deposit)
        self.balance = words(_NOT_READ, "title")
        section.add(self.balance)
        self.spent = words("")
        section.add(self.spent)
        section.add_row(
            self.tr("Add funds"),
            self.amount,
            self.add_button,
            explanation=self.tr("In dollars. It is a bound for scripts and no money; nothing is charged."),
        )

    def _add_reloads(self) -> None:
        section = self.add_section(
            self.tr("Scripts that add funds"), self.tr("A script may ask for $5 to $500 at a time, ten times an hour.")
        )
        self.reload_allowed = Switch(self.tr("Scripts may ask for funds"))
        self.reload_allowed.clicked.connect(lambda on: self._choices.change(reload_allowed=on))
        section.add_row(
            self.tr("Scripts may ask for funds"),
            self.reload_allowed,
            explanation=self.tr("Off: they are told no at once."),
        )
        self.needs_approval = Switch(self.tr("Ask me first"))
        self.needs_approval.clicked.connect(lambda on: self._choices.change(reload_needs_approval=on))
        section.add_row(
            self.tr("Ask me first"),
            self.needs_approval,
            explanation=self.tr("On: nothing is added before you approve it here. Off: it is added at once."),
        )
        self.password = PasswordRow(self._choices, self._bridge.lane)
        self._fill(section, self.password)

    def _fill(self, section: Section, row: PasswordRow) -> None:
        section.add_row(self.tr("Spending password"), row.change_button, row.remove_button, below=row.state)
        section.add(row)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.policy.take(0 if preferences.policy.name == LOCAL.name else 1)
        self.terms.setText(self._terms(preferences.policy))
        self.reload_allowed.setChecked(preferences.reload_allowed)
        self.needs_approval.setChecked(preferences.reload_needs_approval)
        self.needs_approval.setEnabled(preferences.reload_allowed)

    def _show_balance(self, seen: tuple[Money, Money, Money]) -> None:
        available, reserved, spent = seen
        self.notice.clear()
        self.balance.setText(str(available))
        self.spent.setText(self.tr("{0} set aside for work under way · {1} spent so far").format(reserved, spent))

    def _miss_balance(self, error: FastClipError) -> None:
        if self.balance.text() == _NOT_READ:
            self.balance.setText(_UNKNOWN)
        self.notice.show_error(error)

    @Slot()
    def _deposit(self) -> None:
        amount = self.amount.amount
        if amount is None or not amount.cents:
            return
        self.amount.clear()
        self._bridge.ask(
            self, lambda engine: engine.accounts.deposit(amount, "added in the window"), failed=self._refuse
        )
        self.refresh()

    def _refuse(self, error: FastClipError) -> None:
        self.notice.show_error(error)

    def _terms(self, policy: Policy) -> str:
        if policy.name == LOCAL.name:
            return self.tr(
                "Nothing costs anything, any site and any length will do, and a key may ask {0} times a minute."
            ).format(policy.requests_a_minute)
        return self.tr(
            "A clip costs {0}; by words {1} for each started hour of video and {2} for each further clip; finding "
            "alone {3} an hour. YouTube only, videos of up to {4} hours, {5} requests a minute for each key and {6} "
            "jobs an hour in all."
        ).format(
            policy.clip_price,
            policy.auto_price_per_hour,
            policy.extra_segment_price,
            policy.analyze_price_per_hour,
            int((policy.max_source or 0) // 3600),
            policy.requests_a_minute,
            policy.jobs_an_hour,
        )


def _look(engine: EnginePort) -> tuple[Money, Money, Money]:
    lies = {str(account): money for account, money in engine.accounts.balances().items()}
    return lies["available"], lies["reserved"], lies["spent"]
