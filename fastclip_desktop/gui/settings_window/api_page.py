"""The local API: on or off, where it answers, and to whom."""

from __future__ import annotations

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QIntValidator
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from fastclip_desktop.domain.errors import FastClipError, UsageError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.api_switch import ApiState, ApiSwitch
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.settings_window.page import Page, words
from fastclip_desktop.gui.settings_window.question import Question
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.switch import Switch
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.preferences import Preferences


class ApiPage(Page):
    """Switches the server of the window's own process."""

    def __init__(self, choices: Choices, api: ApiSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._api = api
        self._port = 0
        self._add_server()
        self._add_sources()
        self._add_network()
        choices.changed.connect(self._show)
        api.changed.connect(self._show_state)
        self._show(choices.now)
        self._show_state(api.state)

    def _add_server(self) -> None:
        server = self.add_section(
            self.tr("Local API"),
            self.tr("Scripts and other programs of this machine can ask for clips, each with a key that you give it."),
        )
        self.switch = Switch(self.tr("Answer scripts"))
        self.switch.clicked.connect(lambda on: self._choices.change(api_on=on))
        self.state = server.add_row(self.tr("Answer scripts"), self.switch, explanation="…")
        self.notice = Notice()
        server.add(self.notice)
        self.address = of_kind(ElidedLabel(), "name")
        self.lan_address = of_kind(QLabel(), "caption")
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy the address"))
        self.copy_button.clicked.connect(self._copy)
        self.docs_button = of_kind(QPushButton(self.tr("Reference")), "quiet")
        self.docs_button.setToolTip(self.tr("What scripts can ask, in the browser"))
        self.docs_button.setAccessibleName(self.tr("Open the reference in the browser"))
        self.docs_button.clicked.connect(self._open_reference)
        self._where = QWidget()
        row = QHBoxLayout(self._where)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.address, 1)
        row.addWidget(self.copy_button)
        row.addWidget(self.docs_button)
        server.add(self._where)
        server.add(self.lan_address)
        self.port = QLineEdit()
        self.port.setValidator(QIntValidator(1, 2**16 - 1, self))
        self.port.setFixedWidth(84)
        self.port.textChanged.connect(self._judge_port)
        self.port.editingFinished.connect(lambda: self._choices.change(port=int(self.port.text())))
        server.add_row(
            self.tr("Port"),
            self.port,
            explanation=self.tr("A number up to 65535, which stands in the address; another one is served at once."),
        )

    def _add_sources(self) -> None:
        sources = self.add_section(self.tr("What scripts may ask for"))
        self.local_sources = Switch(self.tr("Files and addresses of this machine"))
        self.local_sources.clicked.connect(lambda on: self._choices.change(allow_local_sources=on))
        sources.add_row(
            self.tr("Files and addresses of this machine"),
            self.local_sources,
            explanation=self.tr(
                "Off: links to the open internet only. On: whoever has a key can read every file that you can read, "
                "and reach every machine in your network."
            ),
        )

    def _add_network(self) -> None:
        network = self.add_section(self.tr("Who can reach it"))
        self.reach = QComboBox()
        self.reach.setMinimumWidth(200)
        self.reach.activated.connect(self._choose_reach)
        network.add_row(
            self.tr("Reachable from"),
            self.reach,
            explanation=self.tr("An address lets the other machines of that network in as well."),
        )
        self.question = Question()
        self.question.answered.connect(self._decide_reach)
        network.add(self.question)
        self.warning = words(
            self.tr(
                "Everybody in that network can knock here, and whoever has a key can use this machine. Nothing is "
                "encrypted on the way: keys can be read by others in the network."
            ),
            "fault",
        )
        network.add(self.warning)

    def refresh(self) -> None:
        """Look which addresses this machine has now."""
        self._port = 0
        self._show(self._choices.now)

    def wear(self, palette: Palette) -> None:
        """Repaint the cross of the notice."""
        self.notice.wear(palette)

    @Slot(object)
    def _show(self, preferences: Preferences) -> None:
        self.switch.setChecked(preferences.api_on)
        if preferences.port != self._port:  # else a change elsewhere would take away what is being typed
            self._port = preferences.port
            self.port.setText(str(self._port))
        self.local_sources.setChecked(preferences.allow_local_sources)
        self.warning.setVisible(bool(preferences.lan_address))
        here = addresses_of_this_machine()
        self.reach.clear()
        self.reach.addItem(self.tr("This machine only"), "")
        for address in here:
            self.reach.addItem(address, address)
        if preferences.lan_address and preferences.lan_address not in here:
            self.reach.addItem(self.tr("{0} (not there now)").format(preferences.lan_address), preferences.lan_address)
        self.reach.setCurrentIndex(self.reach.findData(preferences.lan_address))

    @Slot(object)
    def _show_state(self, state: ApiState) -> None:
        if not state.wanted:
            text = self.tr("Off: nothing listens.")
        elif state.is_starting:
            text = self.tr("Starting …")
        elif state.address:
            text = self.tr("On for as long as this window is open.")
        else:
            text = self.tr("On, but it cannot answer.")
        self.state.setText(text)
        self.state.show()
        self.address.set_whole(f"{state.address}/v1")
        self.copy_button.setText(self.tr("Copy"))
        self._where.setVisible(bool(state.address))
        self.lan_address.setText(self.tr("From the network: {0}/v1").format(state.lan_address))
        self.lan_address.setVisible(bool(state.lan_address))
        if state.error is None:
            self.notice.clear()
        else:
            self.notice.show_error(state.error, self._remedy(state, state.error))

    def _remedy(self, state: ApiState, error: FastClipError) -> Remedy:
        if state.address:
            return Remedy(self.tr("Keep to this machine"), lambda: self._choices.change(lan_address=""))
        if isinstance(error, UsageError):
            return Remedy(self.tr("Use a free port"), self._api.move_to_free_port)
        return Remedy(self.tr("Try again"), self._api.follow)

    @Slot()
    def _judge_port(self) -> None:
        self.port.setProperty("invalid", not self.port.hasAcceptableInput())
        restyle(self.port)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address.whole)
        self.copy_button.setText(self.tr("Copied"))

    @Slot()
    def _open_reference(self) -> None:
        QDesktopServices.openUrl(QUrl(f"{self._api.state.address}/docs"))

    @Slot(int)
    def _choose_reach(self, _: int) -> None:
        address: str = self.reach.currentData()
        if address in ("", self._choices.now.lan_address):
            self.question.clear()
            self._choices.change(lan_address=address)
            return
        self.question.ask(
            self.tr("Let the machines of this network in, at {0}?").format(address),
            self.tr(
                "Everybody in it can then knock here, and whoever has a key can use this machine. Nothing is "
                "encrypted on the way: keys can be read by others in the network. Do this only in a network that you "
                "trust."
            ),
            yes=self.tr("Let them in"),
            no=self.tr("Keep to this machine"),
            subject=address,
        )

    @Slot(object, bool)
    def _decide_reach(self, address: str, agreed: bool) -> None:  # noqa: FBT001 - Qt's signal
        if agreed:
            self._choices.change(lan_address=address)
        else:
            self.reach.setCurrentIndex(self.reach.findData(self._choices.now.lan_address))


def addresses_of_this_machine() -> tuple[str, ...]:
    """The addresses by which others in the network can reach this machine, without those of a single cable."""
    found = []
    for address in QNetworkInterface.allAddresses():
        is_ours_alone = address.isLoopback() or address.isLinkLocal() or address.isMulticast()
        if not is_ours_alone and address != QHostAddress(QHostAddress.SpecialAddress.Any):
            found.append(
                (address.protocol() is not QAbstractSocket.NetworkLayerProtocol.IPv4Protocol, address.toString())
            )
    return tuple(text for _, text in sorted(found))
