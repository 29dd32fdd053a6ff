"""A newer FastClip is looked for at a start once a day, only where that is allowed, and silently where it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.stage import Release
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.release_watch import ReleaseWatch
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.preferences import Preferences, read_preferences
from tests.gui.fake_engine import FakeEngine

NOW = 1_800_000_000.0
HOUR = 3600.0
NEWER = Release("0.1.0", "99.0", is_newer=True)
SAME = Release("0.1.0", "0.1.0", is_newer=False)


@dataclass
class Registry:
    """What is asked, and what it answers."""

    answer: Release | InputError = NEWER
    asked: list[Release | InputError] = field(default_factory=list)

    def newest_release(self, **_: object) -> Release:
        self.asked.append(self.answer)
        if isinstance(self.answer, InputError):
            raise self.answer
        return self.answer


@pytest.fixture
def registry(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Registry:
    registry = Registry()
    monkeypatch.setattr(engine, "newest_release", registry.newest_release, raising=False)
    return registry


Look = Callable[[Preferences], Preferences]


@pytest.fixture
def look(window: Window, tmp_path: Path, qtbot: QtBot) -> Look:
    """Starts with some preferences, and gives what they are when all is said."""

    def look(preferences: Preferences) -> Preferences:
        bridge = window._bridge
        choices = Choices(bridge.lane, tmp_path / "config", preferences)
        ReleaseWatch(bridge, choices, lambda: window.source_notice, window, lambda: NOW).look()
        qtbot.waitUntil(lambda: bridge.wait(0))
        told: list[None] = []
        bridge.lane.do(bridge.lane, lambda: None, told.append)
        qtbot.waitUntil(lambda: bool(told))
        if choices.now != preferences:
            assert read_preferences(tmp_path / "config")[0].updates_checked == choices.now.updates_checked
        return choices.now

    return look


@pytest.mark.parametrize("checked", [0.0, NOW - 25 * HOUR, NOW + HOUR])
def test_a_newer_one_is_told_of_in_the_window(window: Window, registry: Registry, look: Look, checked: float) -> None:
    after = look(Preferences(checks_for_updates=True, updates_checked=checked))
    assert len(registry.asked) == 1
    assert window.source_notice.text.startswith("FastClip 99.0 is available.")
    assert after.updates_checked == NOW


@pytest.mark.parametrize(
    "preferences", [Preferences(), Preferences(checks_for_updates=True, updates_checked=NOW - 23 * HOUR)]
)
def test_nobody_is_asked_without_leave_or_twice_a_day(
    window: Window, registry: Registry, look: Look, preferences: Preferences
) -> None:
    assert look(preferences) == preferences
    assert registry.asked == []
    assert window.source_notice.text == ""


def test_the_newest_one_is_no_news(window: Window, registry: Registry, look: Look) -> None:
    registry.answer = SAME
    assert look(Preferences(checks_for_updates=True)).updates_checked == NOW
    assert window.source_notice.text == ""


def test_what_fails_is_not_told_and_tried_at_the_next_start(window: Window, registry: Registry, look: Look) -> None:
    registry.answer = InputError(ErrorCode.OFFLINE, "pypi.org was not contacted.", "")
    allowed = Preferences(checks_for_updates=True)
    assert look(allowed) == allowed
    assert len(registry.asked) == 1
    assert window.source_notice.text == ""


def test_what_the_window_says_already_is_not_talked_over(window: Window, registry: Registry, look: Look) -> None:
    window.source_notice.show_answer("FastClip ended unexpectedly last time.", "")
    allowed = Preferences(checks_for_updates=True)
    assert look(allowed) == allowed
    assert len(registry.asked) == 1
    assert window.source_notice.text.startswith("FastClip ended unexpectedly")
