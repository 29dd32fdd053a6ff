"""The page of the budget, and reloads that wait for the person."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.gui.settings_window.budget_page import BudgetPage
from fastclip_desktop.settings.spending_password import opens
from tests.gui.settings_desk import WAIT, Desk, make_key


def test_the_policy_is_in_force_for_the_next_request(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("script")
    clip = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "start": 1, "end": 2}
    assert desk.ask(secret, "POST", "/v1/clip", **clip).status_code == 200
    desk.press(desk.budget.policy.findChildren(QPushButton)[1])
    assert desk.kept().policy == HOSTED
    assert "$0.10" in desk.budget.terms.text()
    assert desk.ask(secret, "POST", "/v1/clip", **clip).status_code == 402
    desk.press(desk.budget.policy.findChildren(QPushButton)[0])
    assert desk.kept().policy == LOCAL


def test_funds_are_added_and_shown(desk: Desk, qtbot: QtBot) -> None:
    page = desk.budget
    assert page.balance.text() == "$0.00"
    assert not page.add_button.isEnabled()
    qtbot.keyClicks(page.amount, "12.5")
    desk.press(page.add_button)
    assert page.balance.text() == "$12.50"
    assert desk.engine.accounts.balance() == Money(1250)
    reservation = desk.engine.accounts.reserve(Money(200), "")
    desk.engine.accounts.settle(reservation, Money(150))
    desk.engine.accounts.reserve(Money(40), "")
    page.refresh()
    desk.settle()
    assert page.balance.text() == "$10.60"
    assert page.spent.text() == "$0.40 set aside for work under way · $1.50 spent so far"


def test_a_balance_that_is_not_known_is_no_empty_place(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Make room.")

    def refuse() -> dict[str, Money]:
        raise locked

    page = BudgetPage(desk.window._bridge, desk.choices, desk.window.door.desk)
    qtbot.addWidget(page)
    assert page.balance.text() == "…"
    with monkeypatch.context() as disk:
        disk.setattr(desk.engine.accounts, "balances", refuse)
        page.refresh()
        desk.settle()
    assert page.balance.text() == "–"
    page.refresh()
    desk.settle()
    assert page.balance.text() == "$0.00"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_reload_waits_in_the_window_for_an_answer(desk: Desk, qtbot: QtBot, *, agreed: bool) -> None:
    desk.switch_on()
    secret = make_key(desk, qtbot, "<b>bot</b>")
    answer = desk.ask(secret, "POST", "/v1/reload", amount=2500)
    assert answer.json()["status"] == "pending"
    approvals = desk.window.approvals
    qtbot.waitUntil(lambda: bool(approvals.notices), timeout=WAIT)
    (notice,) = approvals.notices
    assert notice.message.text() == "The script with the key “<b>bot</b>” asks for $25.00 more to spend."
    assert notice.message.textFormat() is Qt.TextFormat.PlainText
    assert desk.ask(secret).json() == {"balance": 0.0}
    desk.press(notice.approve_button if agreed else notice.refuse_button)
    assert not approvals.isVisible()
    assert desk.ask(secret).json() == {"balance": 25.0 if agreed else 0.0}
    assert desk.engine.funding.waiting() == ()


def test_reloads_of_an_earlier_time_wait_one_after_another(desk: Desk) -> None:
    key, _ = desk.engine.keys.create("bot")
    for cents in (500, 600, 700):
        desk.engine.funding.reload(Money(cents), key.id, LOCAL, needs_approval=True)
    desk.window.door.start()
    desk.settle()
    approvals = desk.window.approvals
    shown = []
    for left in (2, 1, 0):
        (notice,) = approvals.notices
        shown.append(notice.reload.amount)
        assert (approvals.further.isVisible(), str(left) in approvals.further.text()) == (left > 0, True)
        desk.press(notice.approve_button)
    assert shown == [Money(500), Money(600), Money(700)]
    assert desk.engine.accounts.balance() == Money(1800)


def test_a_reload_that_was_answered_elsewhere_is_gone_without_a_word(desk: Desk) -> None:
    key, _ = desk.engine.keys.create("bot")
    made = desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)
    desk.settle()
    (notice,) = desk.window.approvals.notices
    desk.engine.funding.answer(made.id, agreed=True)
    desk.press(notice.refuse_button)
    assert desk.window.approvals.notices == []
    assert desk.engine.accounts.balance() == Money(500)
    assert desk.window.source_notice.text == ""


def test_an_answer_that_fails_can_be_given_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    key, _ = desk.engine.keys.create("bot")
    desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)
    desk.settle()
    (notice,) = desk.window.approvals.notices
    full = InputError(ErrorCode.DISK_FULL, "The disk is full.", "Make room.")

    def refuse(*_: object, **__: object) -> Money:
        raise full

    with monkeypatch.context() as disk:
        disk.setattr(desk.engine.accounts, "deposit", refuse)
        desk.press(notice.approve_button)
    assert desk.window.source_notice.text == "The disk is full. Make room."
    desk.press(notice.approve_button)
    assert desk.engine.accounts.balance() == Money(500)
    assert desk.window.approvals.notices == []


def test_a_reload_is_told_of_while_the_window_is_busy(desk: Desk, qtbot: QtBot) -> None:
    key, _ = desk.engine.keys.create("bot")
    desk.engine.funding.reload(Money(500), key.id, LOCAL, needs_approval=True)  # no event loop runs meanwhile
    desk.engine.funding.reload(Money(600), key.id, LOCAL, needs_approval=True)
    qtbot.waitUntil(lambda: len(desk.window.door.desk.waiting) == 2, timeout=WAIT)
    assert desk.window.approvals.isVisible()


def test_scripts_reload_as_the_switches_say(desk: Desk) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    page = desk.budget
    desk.press(page.needs_approval)
    assert "status" not in desk.ask(secret, "POST", "/v1/reload", amount=500).json()
    desk.press(page.reload_allowed)
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).status_code == 403
    assert not page.needs_approval.isEnabled()
    kept = desk.kept()
    assert (kept.reload_allowed, kept.reload_needs_approval) == (False, False)
    assert desk.engine.accounts.balance() == Money(500)


def test_a_spending_password_is_set_asked_for_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.choices.change(reload_needs_approval=False)
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    row = desk.budget.password
    desk.press(row.change_button)
    assert row.field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(row.field, "seven77")
    assert not row.set_button.isEnabled()
    qtbot.keyClicks(row.field, " sesame")
    desk.press(row.set_button)
    desk.settle()
    assert opens("seven77 sesame", desk.kept().spending_password)
    assert row.state.text().startswith("Set:")
    assert row.field.text() == ""
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).status_code == 403
    answer = desk.ask(secret, "POST", "/v1/reload", amount=500, reload_password="seven77 sesame")
    assert answer.json()["balance"] == 5.0
    desk.press(row.remove_button)
    assert desk.ask(secret, "POST", "/v1/reload", amount=500).json()["balance"] == 10.0
    assert desk.kept().spending_password == ""


def test_a_typed_password_is_forgotten_when_the_settings_close(desk: Desk, qtbot: QtBot) -> None:
    row = desk.budget.password
    desk.press(row.change_button)
    qtbot.keyClicks(row.field, "open sesame")
    desk.settings.close()
    assert row.field.text() == ""
    assert desk.kept().spending_password == ""


def test_cards_are_named_told_of_and_removed(desk: Desk, qtbot: QtBot) -> None:
    desk.switch_on()
    _, secret = desk.engine.keys.create("bot")
    cards = desk.budget.cards
    qtbot.keyClicks(cards.brand, "visa")
    qtbot.keyClicks(cards.last4, "42a42")
    cards.month.setCurrentIndex(cards.month.findData(11))
    desk.press(cards.add_button)
    (told,) = desk.ask(secret, path="/v1/cards").json()["cards"]
    assert (told["brand"], told["last4"], told["exp_month"]) == ("visa", "4242", 11)
    assert [card.id for card in desk.kept().cards] == [told["id"]]
    desk.press(cards.remove_buttons[0])
    assert desk.ask(secret, path="/v1/cards").json() == {"cards": []}
    assert desk.kept().cards == ()
