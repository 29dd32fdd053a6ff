from __future__ import annotations

import dataclasses
import threading
import time
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.recents import recents_of
from fastclip_desktop.gui.start.recent_card import when_words
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.recent import Recent, change_recent, read_recent
from tests.gui.fake_engine import TALK, FakeEngine

LINK = Recent("https://example.org/a", "A link", 1_790_000_100.0, Fraction(90))


@pytest.fixture
def talk(tmp_path: Path) -> Recent:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"x")
    return Recent(str(path), "A talk", time.time(), Fraction(3661))


def show(window: Window, choices: Choices, qtbot: QtBot, *recent: Recent) -> None:
    change_recent(choices.folder, lambda _: recent)
    window.recents.look()
    qtbot.waitUntil(lambda: len(window.empty.grid.cards) == len(recent))


def test_without_anything_open_before_there_is_only_the_invitation(window: Window) -> None:
    assert window.empty.drop.isVisible()
    assert not window.empty.recent.isVisible()


def test_what_is_opened_is_on_the_list_the_next_time(
    window: Window, engine: FakeEngine, choices: Choices, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"x")
    engine.sources[str(path)] = dataclasses.replace(TALK, source=str(path), path=path)
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source(str(path))
    (item,) = window.recents.items
    assert (item.location, item.title, item.duration) == (str(path), "A talk", TALK.duration)
    qtbot.waitUntil(lambda: [each.location for each in read_recent(choices.folder)] == [str(path)])
    with qtbot.waitSignal(window._bridge.source_failed):
        window.open_source("nowhere.mp4")
    assert len(window.recents.items) == 1


def test_a_card_opens_what_it_shows(
    window: Window, engine: FakeEngine, choices: Choices, qtbot: QtBot, talk: Recent
) -> None:
    engine.sources[talk.location] = dataclasses.replace(TALK, source=talk.location, path=talk.path)
    engine.sources[LINK.location] = dataclasses.replace(TALK, source=LINK.location)
    show(window, choices, qtbot, talk, LINK)
    card, link = window.empty.grid.cards
    assert card.title.whole == "A talk"
    assert card.facts.whole.startswith("1:01:01 · ")
    with qtbot.waitSignal(window._bridge.source_found) as found:
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert found.args[0].source == talk.location
    window.sources.close()
    link = window.empty.grid.cards[1]
    link.setFocus()
    with qtbot.waitSignal(window._bridge.source_found) as found:
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert found.args[0].source == LINK.location


def test_a_file_that_is_gone_says_so_and_can_be_found(
    window: Window,
    engine: FakeEngine,
    choices: Choices,
    qtbot: QtBot,
    talk: Recent,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = dataclasses.replace(talk, location=str(tmp_path / "gone.mp4"))
    show(window, choices, qtbot, gone)
    qtbot.waitUntil(lambda: window.empty.grid.cards[0].is_missing)
    card = window.empty.grid.cards[0]
    assert card.facts.whole == "Gone · find it …"
    assert card.facts.property("kind") == "fault"
    engine.sources[talk.location] = dataclasses.replace(TALK, source=talk.location, path=talk.path)
    asked: list[str] = []

    def answer(_parent: object, title: str, _folder: str) -> tuple[str, str]:
        asked.append(title)
        return talk.location, ""

    monkeypatch.setattr("PySide6.QtWidgets.QFileDialog.getOpenFileName", answer)
    with qtbot.waitSignal(window._bridge.source_found):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert asked == ["Where is gone.mp4 now?"]
    assert [each.location for each in window.recents.items] == [talk.location]


def test_one_is_taken_off_the_list_and_all_are(window: Window, choices: Choices, qtbot: QtBot, talk: Recent) -> None:
    show(window, choices, qtbot, talk, LINK, dataclasses.replace(LINK, location="https://example.org/b"))
    qtbot.mouseClick(window.empty.grid.cards[1].remove_button, Qt.MouseButton.LeftButton)
    assert [card.recent.location for card in window.empty.grid.cards] == [talk.location, "https://example.org/b"]
    window.empty.grid.cards[0].setFocus()
    qtbot.keyClick(window.empty.grid.cards[0], Qt.Key.Key_Delete)
    (left,) = window.empty.grid.cards
    assert left.hasFocus()
    window.recents.clear()
    assert not window.empty.recent.isVisible()
    qtbot.waitUntil(lambda: read_recent(choices.folder) == ())


def fits(window: Window) -> bool:
    """Whether cards are shown, and all of each."""
    shown = [card for card in window.empty.grid.cards if card.isVisible()]
    room = window.empty.grid.rect()
    return bool(shown) and all(room.contains(card.geometry()) for card in shown)


def test_cards_that_have_no_room_are_left_out_and_none_is_cut_off(
    window: Window, choices: Choices, qtbot: QtBot
) -> None:
    many = [dataclasses.replace(LINK, location=f"https://example.org/{number}") for number in range(20)]
    change_recent(choices.folder, lambda _: tuple(many))
    window.recents.look()
    qtbot.waitUntil(lambda: len(window.empty.grid.cards) == 12)
    for size in ((1280, 800), (1024, 640), (880, 560)):
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: window.width() == size[0])
        qtbot.waitUntil(lambda: fits(window))
        assert window.empty.sample_button.isVisible()


def test_the_picture_is_small_only_where_cards_leave_little_room(
    window: Window, choices: Choices, qtbot: QtBot
) -> None:
    picture = window.empty._picture
    heights = []
    for recent in ((), (LINK,)):
        show(window, choices, qtbot, *recent)
        for size in ((1280, 1080), (1280, 640)):
            window.resize(*size)
            qtbot.waitUntil(lambda size=size: window.height() == size[1])
            QApplication.processEvents()
            heights.append(picture.pixmap().deviceIndependentSize().height())
    assert heights == [72, 72, 72, 36]


class Posters:
    """Previews that know one picture, of files that are no pictures at all."""

    def __init__(self, jpeg: bytes) -> None:
        self.asked: list[Path] = []
        self._jpeg = jpeg

    def poster(self, path: Path, _cancel: object, _box: tuple[int, int]) -> Thumbnail:
        self.asked.append(path)
        assert threading.current_thread() is not threading.main_thread()
        return Thumbnail(0, Fraction(0), Fraction(0), 16, 9, self._jpeg)


@pytest.fixture
def jpeg(tmp_path: Path) -> bytes:
    image = QImage(16, 9, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    path = tmp_path / "red.jpg"
    assert image.save(str(path))
    return path.read_bytes()


def test_files_show_a_picture_that_is_asked_for_once(
    window: Window,
    engine: FakeEngine,
    choices: Choices,
    qtbot: QtBot,
    talk: Recent,
    jpeg: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posters = Posters(jpeg)
    monkeypatch.setattr(engine, "previews", posters)
    show(window, choices, qtbot, talk, LINK)
    qtbot.waitUntil(lambda: not window.empty.grid.without_poster)
    card = window.empty.grid.cards[0]
    colour = card.poster.pixmap().toImage().pixelColor(90, 50)
    assert colour.red() > 200
    assert colour.green() < 80
    window.recents.forget(LINK.location)
    assert window.empty.grid.cards[0].poster.pixmap().toImage().pixelColor(90, 50) == colour
    assert posters.asked == [talk.path]


def test_a_file_that_comes_onto_the_list_while_others_are_looked_at_gets_its_picture(
    window: Window,
    engine: FakeEngine,
    choices: Choices,
    qtbot: QtBot,
    talk: Recent,
    jpeg: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(talk.location).with_name("late.mp4")
    path.write_bytes(b"x")
    late = dataclasses.replace(talk, location=str(path))
    begun, gate = threading.Event(), threading.Event()

    class SlowPosters(Posters):
        def poster(self, path: Path, cancel: object, box: tuple[int, int]) -> Thumbnail:
            begun.set()
            gate.wait()
            return super().poster(path, cancel, box)

    monkeypatch.setattr(engine, "previews", SlowPosters(jpeg))
    show(window, choices, qtbot, talk)
    qtbot.waitUntil(begun.is_set)
    window.recents.remember_as(late)
    qtbot.waitUntil(lambda: len(window.empty.grid.cards) == 2)
    gate.set()
    qtbot.waitUntil(lambda: not window.empty.grid.without_poster)


def test_what_cannot_be_written_down_stays_on_the_list_and_is_written_when_it_can(
    choices: Choices, qtbot: QtBot, talk: Recent
) -> None:
    choices.folder.parent.mkdir(parents=True, exist_ok=True)
    choices.folder.write_bytes(b"no folder")
    recents = recents_of(choices)
    recents.remember_as(talk)
    told: list[object] = []
    choices.lane.do(choices, lambda: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert recents.items == (talk,)
    choices.folder.unlink()
    recents.remember_as(LINK)
    qtbot.waitUntil(lambda: read_recent(choices.folder) == (LINK, talk))
    assert recents.items == (LINK, talk)


def test_all_windows_share_the_list(window: Window, choices: Choices) -> None:
    assert recents_of(choices) is window.recents


def test_today_is_a_time_and_another_day_a_date() -> None:
    now = QDateTime.fromString("2026-11-22T18:00:00", Qt.DateFormat.ISODate)
    assert "9" in when_words(now.addSecs(-9 * 3600), now)
    assert when_words(now.addDays(-1), now) != when_words(now, now)
    assert "22" not in when_words(now.addDays(-1), now)


def test_both_menus_offer_what_was_open(
    window: Window, engine: FakeEngine, choices: Choices, qtbot: QtBot, talk: Recent
) -> None:
    engine.sources[LINK.location] = dataclasses.replace(TALK, source=LINK.location)
    odd = dataclasses.replace(talk, location="/nowhere/gone.mp4", title="This & that")
    show(window, choices, qtbot, LINK, odd)
    for menu in (window.menus.recent, window.source_bar.recent):
        menu.aboutToShow.emit()
        link, gone, _, clear = menu.actions()
        assert (link.text(), link.isEnabled()) == ("A link", True)
        assert (gone.text(), gone.isEnabled()) == ("This && that", False)
        assert clear.text() == "Clear this list"
    with qtbot.waitSignal(window._bridge.source_found):
        window.menus.recent.actions()[0].trigger()
    clear.trigger()
    window.source_bar.recent.aboutToShow.emit()
    assert [action.isEnabled() for action in window.source_bar.recent.actions()] == [False]


def test_an_answer_from_before_a_change_undoes_nothing(choices: Choices, qtbot: QtBot) -> None:
    recents = recents_of(choices)
    seen: list[int] = []
    recents.changed.connect(lambda: seen.append(len(recents.items)))
    recents.look()
    recents.remember_as(LINK)
    assert recents.items == (LINK,)
    qtbot.waitUntil(lambda: read_recent(choices.folder) == (LINK,))
    recents.look()
    assert choices.lane.join(5)
    qtbot.wait(0)
    assert recents.items == (LINK,)
    assert 0 not in seen


def test_a_link_shows_the_picture_of_its_site(
    window: Window,
    engine: FakeEngine,
    choices: Choices,
    qtbot: QtBot,
    jpeg: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str]] = []

    class Pictures:
        def link_picture(self, url: str, page: str, *_: object) -> Thumbnail:
            asked.append((url, page))
            return Thumbnail(0, Fraction(0), Fraction(0), 16, 9, jpeg)

    monkeypatch.setattr(engine, "previews", Pictures())
    page, picture = "https://example.org/a", "https://example.org/a.jpg"
    engine.sources[page] = dataclasses.replace(TALK, source=page, path=None, page_url=page, thumbnail=picture)
    assert not window.card.picture.isVisible()
    with qtbot.waitSignal(window._bridge.source_found):
        window.open_source(page)
    qtbot.waitUntil(window.card.picture.isVisible)
    window.sources.close()
    qtbot.waitUntil(lambda: window.empty.grid.cards[0].poster.has_picture)
    window.several.open((page,))
    assert window.several.sheet is not None
    qtbot.waitUntil(lambda: window.several.sheet is not None and window.several.sheet.rows[0].picture.has_picture)
    window.several.sheet.close()
    assert set(asked) == {(picture, page)}
    assert read_recent(choices.folder)[0].picture == picture
