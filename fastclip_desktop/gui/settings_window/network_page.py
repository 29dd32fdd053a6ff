"""How FastClip reaches sites: as whom, which way, how fast, and with which yt-dlp."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from fastclip_desktop.domain.access import SLOWEST_RATE, is_proxy_address
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import SitesUpdated
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import Preferences

_NONE, _BROWSER, _FILE = range(3)

_BROWSERS = ("firefox", "chrome", "chromium", "edge", "brave", "opera", "vivaldi", "safari", "whale")
"""Whose cookies yt-dlp can read; Firefox first, as the others lock theirs away on some systems."""

_MEGABYTE = 1_000_000
_FASTEST = 10_000
"""Megabytes a second beyond which nobody has a line."""


class NetworkPage(Page):
    """Cookies, proxy, pace and yt-dlp."""

    def __init__(self, bridge: EngineBridge, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._choices = choices
        self._update: Reading | None = None
        self._version = ""
        self._shown: dict[QLineEdit, str] = {}
        self.notice = Notice()
        self.add(self.notice)
        self._add_cookies()
        self._add_way()
        self._add_sites()
        choices.changed.connect(self._show)
        self._way = self._way_of(choices.now)
        self._show(choices.now)

    def refresh(self) -> None:
        """Ask which yt-dlp is used."""
        self._bridge.ask(self, lambda engine: engine.sites_version(), self._show_version, self._miss_version)

    def leave(self) -> None:
        """Keep what was typed last, unless it makes no sense."""
        self._keep_proxy()
        self._keep_rate()
        self._keep_profile()
        for field, text in self._shown.items():
            if field.property("invalid"):
                field.setText(text)

    def wear(self, palette: Palette) -> None:
        """Repaint the cross of the notice."""
        self.notice.wear(palette)

    def _add_cookies(self) -> None:
        section = self.add_section(
            self.tr("Signed in"),
            self.tr(
                "Some sites show a video only to people whom they know. Your cookies tell them who you are: they go to "
                "the sites of the links that you open yourself, never to scripts."
            ),
        )
        self.cookies = Segments(
            self.tr("Cookies"),
            (
                (self.tr("None"), self.tr("Sites see nobody in particular")),
                (self.tr("Browser"), self.tr("Taken from a browser of this machine at each look-up")),
                (self.tr("File"), self.tr("Taken from a cookies.txt, as browsers’ extensions write it")),
            ),
        )
        self.cookies.setMinimumWidth(276)
        self.cookies.changed.connect(self._choose_way)
        section.add_row(self.tr("Cookies"), self.cookies)
        self.browser = QComboBox()
        self.browser.setAccessibleName(self.tr("Browser"))
        self.browser.addItems([name.capitalize() for name in _BROWSERS])
        self.browser.activated.connect(self._keep_profile)
        self.profile = QLineEdit()
        self.profile.setAccessibleName(self.tr("Profile of the browser"))
        self.profile.setPlaceholderText(self.tr("usual profile"))
        self.profile.setMaxLength(100)
        self.profile.editingFinished.connect(self._keep_profile)
        self._of_browser = QWidget()
        self._of_file = QWidget()
        self.file = of_kind(ElidedLabel(), "caption")
        self.file_button = QPushButton(self.tr("Choose …"))
        self.file_button.setAccessibleName(self.tr("Choose a cookies file"))
        self.file_button.clicked.connect(self._choose_file)
        section.add_fold(self._of_browser, self.tr("Browser"), self.browser, self.profile)
        section.add_fold(self._of_file, self.tr("File"), self.file_button, below=self.file)

    def _add_way(self) -> None:
        section = self.add_section(self.tr("Connection"))
        self.offline = Switch(self.tr("Work offline"))
        self.offline.clicked.connect(lambda on: self._choices.change(offline=on))
        section.add_row(
            self.tr("Work offline"),
            self.offline,
            explanation=self.tr("Nothing leaves this machine, from the next request on; files work as ever."),
        )
        self.proxy = QLineEdit()
        self.proxy.setPlaceholderText(self.tr("as the system says"))
        self.proxy.setMinimumWidth(260)
        self.proxy.textChanged.connect(self._judge_proxy)
        self.proxy.editingFinished.connect(self._keep_proxy)
        self.proxy_meaning = section.add_row(
            self.tr("Proxy"),
            self.proxy,
            explanation=self.tr("For sites, models and updates, from the next request on."),
        )
        self.rate = QLineEdit()
        self.rate.setPlaceholderText(self.tr("no limit"))
        self.rate.setMaxLength(9)
        self.rate.setFixedWidth(120)
        self.rate.textChanged.connect(self._judge_rate)
        self.rate.editingFinished.connect(self._keep_rate)
        self.rate_meaning = section.add_row(
            self.tr("Megabytes a second"),
            self.rate,
            explanation=self.tr("At most, for each download of a link that you open in the window."),
        )

    def _add_sites(self) -> None:
        section = self.add_section(
            self.tr("Sites"),
            self.tr("yt-dlp knows how some 1,800 sites work. Sites change: when links fail, a newer one often helps."),
        )
        self.version = words(self.tr("Looking …"))
        self.update_button = QPushButton(self.tr("Update"))
        self.update_button.setAccessibleName(self.tr("Update yt-dlp"))
        self.update_button.setToolTip(self.tr("Fetches the newest from pypi.org, tries it, and uses it from then on"))
        self.update_button.clicked.connect(self._update_or_stop)
        section.add_row(self.tr("yt-dlp"), self.update_button, below=self.version)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        way = self._way_of(preferences)
        if way != _NONE:
            self._way = way
        self.cookies.take(self._way)
        self._of_browser.setVisible(self._way == _BROWSER)
        self._of_file.setVisible(self._way == _FILE)
        name, _, profile = preferences.cookies_browser.partition(":")
        if name in _BROWSERS:
            self.browser.setCurrentIndex(_BROWSERS.index(name))
        self._put(self.profile, profile)
        self.file.set_whole(
            str(preferences.cookies_file) if preferences.cookies_file else self.tr("None is chosen yet.")
        )
        self.offline.setChecked(preferences.offline)
        self._put(self.proxy, preferences.proxy)
        limit = preferences.most_a_second
        self._put(self.rate, QLocale().toString(limit / _MEGABYTE, "g", 6) if limit else "")

    def _put(self, field: QLineEdit, text: str) -> None:
        """Show what was chosen, unless it is what was shown last: then something else may just be being typed there."""
        if self._shown.get(field) != text:
            self._shown[field] = text
            field.setText(text)

    @staticmethod
    def _way_of(preferences: Preferences) -> int:
        if preferences.cookies_browser:
            return _BROWSER
        return _FILE if preferences.cookies_file else _NONE

    @Slot(int)
    def _choose_way(self, way: int) -> None:
        if way == self._way:
            return
        self._way = way
        browser = self._chosen_browser() if way == _BROWSER else ""
        if self._choices.now.cookies_browser == browser and self._choices.now.cookies_file is None:
            self._show(self._choices.now)
        self._choices.change(cookies_browser=browser, cookies_file=None)

    def _chosen_browser(self) -> str:
        profile = self.profile.text().strip()
        name = _BROWSERS[self.browser.currentIndex()]
        return f"{name}:{profile}" if profile else name

    @Slot()
    def _keep_profile(self) -> None:
        if self._way == _BROWSER:
            self._choices.change(cookies_browser=self._chosen_browser())

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Cookies file"), "", self.tr("Cookies (*.txt);;All files (*)")
        )
        if name:
            self._choices.change(cookies_file=Path(name).absolute(), cookies_browser="")

    @Slot()
    def _judge_proxy(self) -> None:
        text = self.proxy.text().strip()
        is_good = not text or is_proxy_address(text)
        _mark(self.proxy, is_good=is_good)
        of_kind(self.proxy_meaning, "caption" if is_good else "fault").setText(
            self.tr("For sites, models and updates, from the next request on.")
            if is_good
            else self.tr(
                "It has to look like http://proxy.example:3128. A name and password belong into the variable "
                "HTTPS_PROXY instead."
            )
        )

    @Slot()
    def _keep_proxy(self) -> None:
        if not self.proxy.property("invalid"):
            self._choices.change(proxy=self.proxy.text().strip())

    @Slot()
    def _judge_rate(self) -> None:
        _mark(self.rate, is_good=self._typed_rate() is not None)
        of_kind(self.rate_meaning, "caption" if self._typed_rate() is not None else "fault").setText(
            self.tr("At most, for each download of a link that you open in the window.")
            if self._typed_rate() is not None
            else self.tr("A number such as {0}; empty for no limit.").format(QLocale().toString(2.5, "g", 6))
        )

    @Slot()
    def _keep_rate(self) -> None:
        rate = self._typed_rate()
        if rate is not None:
            self._choices.change(most_a_second=rate)

    def _typed_rate(self) -> int | None:
        """Bytes a second; ``None`` for what is no number or too little to go by."""
        text = self.rate.text().strip()
        if not text:
            return 0
        number, is_number = QLocale().toDouble(text)
        if not is_number:
            number, is_number = QLocale.c().toDouble(text)
        if not is_number or not SLOWEST_RATE / _MEGABYTE <= number <= _FASTEST:
            return None
        return round(number * _MEGABYTE)

    def _miss_version(self, error: FastClipError) -> None:
        self.version.setText(self.tr("Which version is in use cannot be told just now."))
        self.notice.show_error(error)

    def _show_version(self, version: str) -> None:
        self._version = version
        if self._update is None:
            self.version.setText(self.tr("Version {0} is in use.").format(version))

    @Slot()
    def _update_or_stop(self) -> None:
        if self._update is not None:
            self._update.stop()
            return
        self.notice.clear()
        self.version.setText(self.tr("Looking for a newer one, and trying it …"))
        self.update_button.setText(self.tr("Stop"))

        def work(engine: EnginePort, cancel: CancelToken, _deliver: object) -> SitesUpdated:
            return engine.update_sites(cancel=cancel)

        self._update = self._bridge.begin_reading(self, work, _ignore, self._tell_updated, self._tell_not_updated)

    def _tell_updated(self, updated: SitesUpdated) -> None:
        self._end_update()
        self._version = updated.now
        self.version.setText(
            self.tr("Version {0} is the newest.").format(updated.now)
            if updated.before == updated.now
            else self.tr("Version {0} is in use now, in the place of {1}.").format(updated.now, updated.before)
        )

    def _tell_not_updated(self, error: FastClipError | None) -> None:
        self._end_update()
        self._show_version(self._version)
        if error is not None:
            self.notice.show_error(error)

    def _end_update(self) -> None:
        self._update = None
        self.update_button.setText(self.tr("Update"))


def _mark(field: QLineEdit, *, is_good: bool) -> None:
    field.setProperty("invalid", not is_good)
    restyle(field)


def _ignore(_: object) -> None:
    pass
