"""The page of keys, and what they open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.money import Money
from tests.gui.settings_desk import WAIT, Desk, make_key


def test_a_key_made_in_the_window_opens_until_it_is_revoked(desk: Desk, qtbot: QtBot) -> None:
    desk.switch_on()
    page = desk.keys
    assert page.empty.text() == "There are no keys yet."
    secret = make_key(desk, qtbot, "my script")
    assert secret.startswith("sk_live_")
    assert desk.ask(secret).json() == {"balance": 0.0}
    (row,) = page.rows
    assert row.name.whole == "my script"
    assert "never used" in row.dates.text()
    page.refresh()
    desk.settle()
    (row,) = page.rows
    assert "last used" in row.dates.text()
    desk.press(row.revoke_button)
    assert desk.settings.focusWidget() is row.question.no_button
    desk.press(row.question.no_button)
    assert desk.ask(secret).status_code == 200
    desk.press(row.revoke_button)
    desk.press(row.question.yes_button)
    assert desk.ask(secret).status_code == 401
    (row,) = page.rows
    assert row.state.text() == "Revoked"
    assert not row.revoke_button.isVisible()


def test_a_key_is_shown_once(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    secret = make_key(desk, qtbot, "once")
    desk.press(page.shown.copy_button)
    assert QGuiApplication.clipboard().text() == secret
    assert "not shown again" in page.shown.findChildren(type(page.shown.message))[1].text()
    desk.press(page.shown.done_button)
    shown = [widget.text() for widget in desk.settings.findChildren(QLineEdit)]
    assert secret not in shown
    other = make_key(desk, qtbot, "lost")
    assert other != secret
    desk.settings.close()
    assert other not in [widget.text() for widget in desk.settings.findChildren(QLineEdit)]


def test_a_key_has_the_limits_that_were_asked_for(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    desk.press(page.new_button)
    form = page.form
    assert not form.make_button.isEnabled()
    qtbot.keyClicks(form.name, "bounded")
    form.scope.take(1)
    qtbot.keyClicks(form.budget, "12,5x")
    assert not form.make_button.isEnabled()
    assert "no amount" in form.verdict.text()
    qtbot.keyClick(form.budget, Qt.Key.Key_Backspace)
    form.expires.setCurrentIndex(form.expires.findData(7))
    before = desk.engine.clock.now()
    qtbot.keyClick(form.budget, Qt.Key.Key_Return)
    desk.settle()
    (key,) = desk.engine.keys.all()
    assert (key.name, key.scope, key.budget) == ("bounded", Scope.CLIPS, Money(1250))
    assert key.expires is not None
    assert before + 7 * 86_400 <= key.expires <= desk.engine.clock.now() + 7 * 86_400
    (row,) = page.rows
    assert row.limits.text().startswith("Opens clips and their jobs only · $0.00 of $12.50 spent · until ")


def test_an_eleventh_key_is_refused_in_a_sentence_and_the_form_stays(desk: Desk, qtbot: QtBot) -> None:
    for number in range(10):
        desk.engine.keys.create(f"key {number}")
    page = desk.keys
    desk.press(page.new_button)
    qtbot.keyClicks(page.form.name, "one more")
    desk.press(page.form.make_button)
    assert "10" in page.form.notice.text
    assert page.form.name.text() == "one more"
    assert page.form.make_button.isEnabled()
    qtbot.keyClick(page.form.name, Qt.Key.Key_Escape)
    assert not page.form.isVisible()
    assert desk.settings.isVisible()


def test_keys_made_elsewhere_appear_while_the_page_is_open(desk: Desk, qtbot: QtBot) -> None:
    page = desk.keys
    page._looks.setInterval(10)
    desk.engine.keys.create("from a terminal")
    qtbot.waitUntil(lambda: [row.name.whole for row in page.rows] == ["from a terminal"], timeout=WAIT)
    desk.settings.close()
    assert not page._looks.isActive()


def test_a_question_survives_a_list_that_changes_meanwhile(desk: Desk) -> None:
    desk.engine.keys.create("first")
    page = desk.keys
    desk.press(page.rows[0].revoke_button)
    desk.engine.keys.create("second")
    page.refresh()
    desk.settle()
    asked = [row for row in page.rows if row.question.isVisible()]
    assert [row.name.whole for row in asked] == ["first"]
