"""Which words of the cards' texts were looked for; the engine says so, and it is said once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.gui.engine_bridge import EngineBridge

_KEPT = 2000

Stretches = tuple[tuple[int, int], ...]


class MatchMarks(QObject):
    """Knows the marks of texts by the query that found them.

    Signals:
        came: more are known.
    """

    came = Signal()

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._transcript: Transcript | None = None
        self._known: OrderedDict[tuple[str, str], Stretches] = OrderedDict()
        self._wanted: dict[str, list[str]] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    def go_by(self, transcript: Transcript | None) -> None:
        """Go by other words from now on."""
        if transcript is not self._transcript:
            self._transcript = transcript
            self._known.clear()
            self._wanted.clear()

    def of(self, query: str, text: str) -> Stretches:
        """First and last + 1 of the characters of each stretch; none where they are still to come."""
        if not query or not text or self._transcript is None:
            return ()
        known = self._known.get((query, text))
        if known is None:
            texts = self._wanted.setdefault(query, [])
            if text not in texts:
                texts.append(text)
            self._soon.start()
            return ()
        self._known.move_to_end((query, text))
        return known

    def _ask(self) -> None:
        transcript, wanted, self._wanted = self._transcript, self._wanted, {}
        if transcript is None:
            return
        for query, texts in wanted.items():
            self._look_up(transcript, query, tuple(texts))

    def _look_up(self, transcript: Transcript, query: str, texts: tuple[str, ...]) -> None:
        def take(found: Sequence[Stretches]) -> None:
            if transcript is not self._transcript:
                return
            for text, marks in zip(texts, found, strict=True):
                self._known[query, text] = marks
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
            self.came.emit()

        self._bridge.begin_reading(
            self,
            lambda engine, _, __: engine.marks(transcript, query, texts),
            lambda _: None,
            take,
            lambda _: None,
        )
