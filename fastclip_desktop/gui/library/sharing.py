"""Links to the pages of clips; the local API answers them, and so has to be on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.gui.api_switch import ApiState
from fastclip_desktop.gui.library.words import ClipWords
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.settings_door import SettingsDoor


class Sharing(QObject):
    """Puts links on the clipboard, or says what is missing for that."""

    def __init__(self, notice: Notice, door: SettingsDoor, turn_on: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._notice = notice
        self._door = door
        self._turn_on = turn_on
        self._words = ClipWords(self)
        self._waiting: tuple[Clip, ...] = ()
        door.api.changed.connect(self._go_on)

    def share(self, clips: Sequence[Clip]) -> None:
        """Copy the links of clips."""
        state = self._door.api.state
        self._waiting = tuple(clips)
        if state.address:
            self._copy(state)
        elif state.is_starting:
            return
        elif state.wanted:
            self._say_fault(state)
        else:
            self._notice.show_answer(
                self.tr("A link opens a page that plays the clip. The local API answers it, and that is off."),
                self.tr("Nobody but this machine reaches it, unless you let your network in under Settings, API."),
                Remedy(self.tr("Turn it on and copy"), self._switch_on),
            )

    @Slot(object)
    def _go_on(self, state: ApiState) -> None:
        if not self._waiting or state.is_starting or not state.wanted:
            return
        if state.address:
            self._copy(state)
        else:
            self._say_fault(state)

    def _switch_on(self) -> None:
        self._turn_on()

    def _copy(self, state: ApiState) -> None:
        clips, self._waiting = self._waiting, ()
        base = state.lan_address or state.address
        QGuiApplication.clipboard().setText("\n".join(f"{base}/c/{clip.id}" for clip in clips))
        told = self.tr("%n links copied.", "", len(clips))
        if len(clips) == 1:
            told = self.tr("The link to {0} is copied.").format(self._words.name(clips[0]))
        if state.lan_address:
            self._notice.show_answer(told, self.tr("Whoever is in your network can open it while FastClip runs."))
        else:
            self._notice.show_answer(
                told,
                self.tr("It opens on this machine while FastClip runs; for others, let your network in."),
                Remedy(self.tr("API settings …"), self._door.open_api),
            )

    def _say_fault(self, state: ApiState) -> None:
        self._waiting = ()
        if state.error is not None:
            self._notice.show_error(state.error, Remedy(self.tr("API settings …"), self._door.open_api))
