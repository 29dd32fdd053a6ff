"""Exact pictures for a hand that moves: one is asked for at a time, and the latest wish wins.

Where the engine has small pictures of the source at hand, the exact one is there at once as one of these. As soon as
the hand rests the same picture takes its place with all its pixels.

While nothing is wished for, the engine decodes where the hand may go next: what lies before the picture that is shown,
since going back there means beginning at the key frame again, and where the mouse rests on the timeline.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.preview import Still

AHEAD, BACK = Fraction(1), Fraction(3, 10)
"""Seconds; a wish that lies so little after the one before, or before it, waits for its picture."""


_REST = 80
"""Milliseconds for which a hand rests before the picture gets all its pixels; no drag halts for so long."""


class Asking(Protocol):
    """A question under way."""

    def stop(self) -> None:
        """Give it up; what was asked for still ends, and says so."""
        ...


AskForStill = Callable[
    [
        Path,
        Fraction,
        tuple[int, int],
        bool,
        Callable[[Still], None],
        Callable[[Still], None],
        Callable[[FastClipError | None], None],
    ],
    Asking,
]
"""Asks for the picture of a file at an instant, to fit into a box: whether fewer pixels will do for now, what gets the
key frame before it, what gets the picture, what gets the error, or ``None`` if it was given up. All calls come on the
GUI thread."""


Prepare = Callable[[Path, Fraction, Callable[[], None]], Asking]
"""Has the picture of a file at an instant decoded ahead, and says when that ended, however it ended."""

_BEHIND = Fraction(21, 20)
"""Seconds before the picture that is shown; what lies nearer needs no decoding any more."""


@dataclass(frozen=True, slots=True)
class _Glance:
    """A picture that nobody waits for, and who gets it."""

    instant: Fraction
    box: tuple[int, int]
    take: Callable[[Still], object]


@dataclass(frozen=True, slots=True)
class _Wish:
    instant: Fraction
    box: tuple[int, int]


def is_on_the_way(asked: Fraction, wished: Fraction) -> bool:
    """Whether the picture that is being decoded is awaited though another is wished for now.

    To go back is quicker for who gives it up: decoding then goes on from where it is, no further than to the new wish.
    """
    return -BACK <= wished - asked <= AHEAD


class Scrubbing(QObject):
    """Turns instants into pictures.

    Signals:
        shown: a :class:`~fastclip_desktop.domain.preview.Still`; a rough one may come before the exact one.
        failed: the ``FastClipError`` for which there is no picture.
    """

    shown = Signal(object)
    failed = Signal(object)

    def __init__(self, ask: AskForStill, prepare: Prepare | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._prepare = prepare
        self._preparing: Asking | None = None
        self._expected: list[Fraction] = []
        self._glances: deque[_Glance] = deque()
        self._path: Path | None = None
        self._asked: _Wish | None = None
        self._asking: Asking | None = None
        self._next: _Wish | None = None
        self._coarse: _Wish | None = None  # shown with few pixels
        self._is_refining = False
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST)
        self._resting.timeout.connect(self._settle)
        self._round = 0

    @property
    def is_waiting(self) -> bool:
        """Whether a picture is on its way."""
        return self._asking is not None or self._next is not None or self._coarse is not None

    def open(self, path: Path | None) -> None:
        """Take another source, or none; pictures of the one before come no more."""
        self._path = path
        self._next = self._coarse = None
        self._resting.stop()
        self._round += 1
        self._expected.clear()
        self._glances.clear()
        for asking in (self._asking, self._preparing):
            if asking is not None:
                asking.stop()
        self._asked = self._asking = self._preparing = None

    def seek(self, instant: Fraction, box: tuple[int, int]) -> None:
        """Wish for the picture at an instant."""
        if self._path is None:
            return
        self._next = _Wish(instant, box)
        self._coarse = None
        self._resting.stop()
        self._expected.clear()
        if self._preparing is not None:
            self._preparing.stop()  # it goes on when that has ended, and finds what was decoded until then
        elif self._asking is None:
            self._go_on()
        elif self._is_refining or (self._asked is not None and not is_on_the_way(self._asked.instant, instant)):
            self._asking.stop()

    def expect(self, instant: Fraction) -> None:
        """Have the picture at an instant made ready as long as none is wished for; the latest expectation counts."""
        self._expected = [max(Fraction(0), instant)]
        if self._preparing is not None:
            self._preparing.stop()
        elif not self.is_waiting:
            self._go_on()

    def glance(self, instants: Iterable[Fraction], box: tuple[int, int], take: Callable[[Still], object]) -> None:
        """Have exact pictures made while none is wished for, one after the other, in place of all asked for before."""
        self._glances = deque(_Glance(instant, box, take) for instant in instants)
        if not self.is_waiting and self._preparing is None:
            self._go_on()

    def _go_on(self) -> None:
        wish, self._next = self._next, None
        if self._path is None:
            return
        if wish is not None:
            self._carry_out(self._path, wish, small_will_do=True)
        elif self._coarse is None:
            self._look_ahead(self._path)
        elif not self._resting.isActive():
            self._carry_out(self._path, self._coarse, small_will_do=False)

    @Slot()
    def _settle(self) -> None:
        """The hand rests."""
        if self._preparing is not None:
            self._preparing.stop()
        elif self._asking is None:
            self._go_on()

    def _carry_out(self, path: Path, wish: _Wish, *, small_will_do: bool) -> None:
        self._asked, self._coarse, self._is_refining = wish, None, not small_will_do
        number = self._round
        self._asking = self._ask(
            path,
            wish.instant,
            wish.box,
            small_will_do,
            lambda still: self._take(number, still),
            lambda still: self._finish(number, still),
            lambda error: self._fail(number, error),
        )

    def _look_ahead(self, path: Path) -> None:
        number = self._round

        def end(_: object = None) -> None:
            if number == self._round:
                self._preparing = None
                self._go_on()

        if self._glances:
            glance = self._glances.popleft()

            def take(still: Still) -> None:
                if number == self._round:
                    glance.take(still)
                end()

            def fail(error: FastClipError | None) -> None:
                if error is None and number == self._round:
                    if self._next is not None or self._expected:
                        self._glances.appendleft(glance)  # it had to make way
                    else:
                        self._glances.clear()  # the window closes, or its engine; nobody would answer
                end()

            self._preparing = self._ask(path, glance.instant, glance.box, True, lambda _: None, take, fail)  # noqa: FBT003 - a protocol
        elif self._prepare is not None and self._expected:
            self._preparing = self._prepare(path, self._expected.pop(0), end)

    def _take(self, number: int, still: Still) -> None:
        if number == self._round and not self._is_refining:  # else what is shown is the very picture already
            self.shown.emit(still)

    def _finish(self, number: int, still: Still) -> None:
        if number == self._round:
            self._asking = None
            self.shown.emit(still)
            if self._next is None and still.is_small:
                self._coarse = self._asked
                self._resting.start()
            elif self._next is None and still.is_exact and still.source > 0:
                self._expected.append(max(Fraction(0), still.source - _BEHIND))
            self._go_on()

    def _fail(self, number: int, error: FastClipError | None) -> None:
        if number != self._round:
            return
        self._asking = None
        if error is not None and self._next is None:
            self.failed.emit(error)
        self._go_on()
