"""The local API as long as the window is open: on and off, and where it answers.

The server has a thread of its own, but is started, changed and stopped on the host's lane alone. So two changes never
meet, and whoever closes an engine stops it before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.domain.errors import FastClipError, UsageError
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.settings.preferences import Preferences

if TYPE_CHECKING:  # they bring in what takes longer than the window
    from fastclip_desktop.api.app import Application
    from fastclip_desktop.api.server import ApiServer
    from fastclip_desktop.api.server_settings import ServerSettings
    from fastclip_desktop.engine.engine import Engine

_LOOPBACK = "127.0.0.1"
_PORTS_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class ApiState:
    """How it stands with the API.

    Attributes:
        wanted: the person has switched it on.
        address: where this machine reaches it, without a slash at the end; empty while it answers nobody.
        lan_address: where its network reaches it; empty for nowhere.
        error: why it does not answer as it should.
    """

    wanted: bool = False
    address: str = ""
    lan_address: str = ""
    error: FastClipError | None = None

    @property
    def is_starting(self) -> bool:
        """Whether an answer to the switch is still to come."""
        return self.wanted and not self.address and self.error is None


class ApiSwitch(QObject):
    """Keeps the server as the preferences have it, from :meth:`follow` on until the program ends.

    Signals:
        changed: the ``ApiState``.
    """

    changed = Signal(object)

    def __init__(self, bridge: EngineBridge, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._choices = choices
        self._server: ApiServer | None = None
        self._application: Application | None = None
        self._served: tuple[int, str] | None = None
        self._settings: ServerSettings | None = None
        self._lan_address = ""
        self._problem: FastClipError | None = None
        self.state = ApiState(wanted=choices.now.api_on)
        choices.changed.connect(self.follow)
        bridge.started_anew.connect(self.follow)
        bridge.host.before_close(self._stop)

    def follow(self) -> None:
        """Do as the preferences say; ``changed`` comes when it is done."""
        wanted = self._choices.now
        if wanted.api_on != self.state.wanted or self.state.error is not None:
            self._say(ApiState(wanted=wanted.api_on))
        elif not wanted.api_on:
            return
        self._bridge.ask(
            self,
            lambda engine: self._serve(engine, wanted),
            lambda state: self._tell(wanted, state),
            lambda error: self._tell(wanted, ApiState(wanted=True, error=error)),
        )

    def move_to_free_port(self) -> None:
        """Choose the next port that nobody has."""
        after = self._choices.now.port
        self._bridge.lane.do(self, lambda: _free_port(after), lambda port: self._choices.change(port=port))

    def _serve(self, engine: EnginePort, wanted: Preferences) -> ApiState:
        """On the lane: bring the server where it is wanted; what else was chosen holds from the next request on."""
        if not wanted.api_on:
            self._stop()
            return ApiState()
        from fastclip_desktop.api.server_settings import ServerSettings

        settings = ServerSettings.of(wanted)
        if self._server is not None and self._served == (wanted.port, wanted.lan_address):
            if self._application is not None and settings != self._settings:
                self._application.change(settings)
                self._settings = settings
            return self._running(self._server, self._problem)
        self._stop()
        # The port names all that the settings window asks of an engine; the one that the bridge builds is whole.
        return self._start(cast("Engine", engine), settings, wanted.port)

    def _start(self, engine: Engine, settings: ServerSettings, port: int) -> ApiState:
        from fastclip_desktop.api.app import create_app
        from fastclip_desktop.api.server import ApiServer

        problem = None
        application, lan_address = create_app(engine, settings), settings.lan_address
        try:
            server = ApiServer(application, _LOOPBACK, port, lan_address)
        except UsageError as error:
            if not lan_address:
                raise
            # The machine may be in another network today; its own scripts need not suffer.
            application, lan_address = create_app(engine, replace(settings, lan_address="")), ""
            server = ApiServer(application, _LOOPBACK, port)
            problem = error
        server.start()
        self._server, self._application, self._problem = server, application, problem
        self._settings = settings
        self._served, self._lan_address = (port, settings.lan_address), lan_address
        return self._running(server, problem)

    def _running(self, server: ApiServer, problem: FastClipError | None) -> ApiState:
        name = f"[{self._lan_address}]" if ":" in self._lan_address else self._lan_address
        lan = f"http://{name}:{server.port}" if name else ""
        return ApiState(wanted=True, address=server.address, lan_address=lan, error=problem)

    def _stop(self) -> None:
        """On the lane: answer nobody any more."""
        server, self._server, self._application, self._served = self._server, None, None, None
        if server is not None:
            server.close()

    def _tell(self, wanted: Preferences, state: ApiState) -> None:
        if wanted.api_on == self._choices.now.api_on:  # else another answer is on its way
            self._say(state)

    def _say(self, state: ApiState) -> None:
        self.state = state
        self.changed.emit(state)


def _free_port(after: int) -> int:
    import socket  # nobody waits for a window that has no use for it

    for port in range(after + 1, min(after + _PORTS_LOOKED_AT, 2**16)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            try:
                trial.bind((_LOOPBACK, port))
            except OSError:
                continue
            return port
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        trial.bind((_LOOPBACK, 0))
        return int(trial.getsockname()[1])
