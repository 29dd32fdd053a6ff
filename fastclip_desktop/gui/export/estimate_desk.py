"""Says what the ticked cuts will come to, before they are made."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.export.output_words import OutputWords
from fastclip_desktop.gui.export.presets import preset_of

_REST = 120
"""Milliseconds that nothing changes before anybody is asked: edges move with every pixel of the mouse."""


class EstimateDesk(QObject):
    """Keeps the estimate in the form, and on the button that exports, in step with the ticked cuts.

    Args:
        bridge: asks the engine.
        output: the form of clips.
        history: the cuts.
        button: gets the estimate as its tool tip.
    """

    def __init__(
        self, bridge: EngineBridge, output: OutputDesk, history: CutHistory, button: QWidget, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._output = output
        self._history = history
        self._button = button
        self._words = OutputWords(self)
        self._media: MediaFile | None = None
        self._asked = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask)
        output.changed.connect(self._wait)
        history.changed.connect(self._wait)

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to clip from."""
        self._media = media
        self._wait()

    @property
    def is_settled(self) -> bool:
        """Whether what changed last was asked about."""
        return not self._rest.isActive()

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self._asked += 1
        number, media, spec = self._asked, self._media, self._output.choice.spec
        spans = [cut.span for cut in self._history.ticked]
        if media is None or not spans:
            self._show("", "")
            return
        longest = preset_of(spec).longest
        too_long = 0 if longest is None else sum(span.duration > longest for span in spans)
        warnings = [self.tr("%n clips are longer than 60 s.", "", too_long)] if too_long else []

        def show(found: object) -> None:
            from fastclip_desktop.engine.estimates import Estimate

            if number != self._asked:
                return
            words = ""
            if isinstance(found, Estimate):
                words = self._words.estimate(found.seconds, found.size, is_limited=found.limited > 0)
                if found.unreachable:
                    warnings.append(self.tr("%n clips are too long for that size.", "", found.unreachable))
            self._show(words, " ".join(warnings))

        def fail(_error: FastClipError) -> None:
            if number == self._asked:
                self._show("", " ".join(warnings))

        self._bridge.ask(self, lambda engine: engine.estimates.of(media, spans, spec), show, fail)

    def _show(self, words: str, warning: str) -> None:
        self._output.show_estimate(words, warning)
        tip = self.tr("Make every ticked clip (Ctrl+E)")
        self._button.setToolTip("\n".join(filter(None, (tip, words, warning))))
