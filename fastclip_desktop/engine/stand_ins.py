"""Small pictures of the sources that somebody has open, made while nobody waits for anything else.

They are made in pieces: where the person is, where cuts begin and end, then outwards from the person; by one child that
the system lets compute last, and on one core while the source is played. It makes way, within a twentieth of a second,
for whoever wants a picture, for jobs, and to save a battery; the source that was opened last comes first. What is kept
is kept by the source's content, so that nobody is shown pictures of a file that has changed since.
"""

from __future__ import annotations

import hashlib
import itertools
import logging
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import Cancelled, FastClipError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stand_in import PIECE, Attention, MakeStandIns, StandIn, piece_at, span_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.store.fingerprint import fingerprint
from fastclip_desktop.store.media_cache import MediaCache

_log = logging.getLogger(__name__)

_EDITION = 1
"""Counts up when pieces are made otherwise; those that were kept before are then made again."""

_RUN = 15
"""Pieces that are made in one go: each first one has to be decoded from the key frame before it."""

_FIRST = 2
"""Pieces that are made where the person is before those with the ends of cuts in them."""

_LONGEST_NEEDLESS = 12
"""Pictures from one key frame to the next that are decoded as soon as anybody could wish."""

_USUAL = 0.9
"""Of all groups so many have to be so short."""

_CALM = 0.5
"""Seconds that nobody has wanted a picture for when it goes on."""

_LOOK = 0.25
"""Seconds between two looks at whether it can go on."""

_AT_HAND = 4
"""Pieces in memory: a hand that drags asks thirty times for the same."""

_NONE = Attention()


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be made of a source.

    Attributes:
        path: the source.
        content: its fingerprint.
        count: pieces in all.
        where: tells where the person is, in seconds.
        attention: what the person does with it.
    """

    path: Path
    content: str
    count: int
    where: Callable[[], Fraction]
    attention: Attention

    @property
    def here(self) -> int:
        """The piece where the person is."""
        return piece_at(self.where())

    def edges_in(self, missing: set[int]) -> set[int]:
        """The missing pieces that have the ends of cuts in them."""
        return missing.intersection(map(piece_at, self.attention.edges()))


class StandIns:
    """Makes and keeps small pictures; may be called from several threads.

    Args:
        runner: where stages run.
        cache: keeps the pieces.
        is_busy: whether the machine has something better to do.
        calm: seconds that nobody has wanted a picture for when it goes on.
    """

    def __init__(
        self, runner: StageRunner, cache: MediaCache, is_busy: Callable[[], bool], calm: float = _CALM
    ) -> None:
        self._runner = runner
        self._cache = cache
        self._is_busy = is_busy
        self._calm = calm
        self._changed = threading.Condition()
        self._lookers = 0
        self._looked = -math.inf
        self._makers: list[CancelToken] = []  # the last of them has its turn
        self._is_closed = False
        self._known: dict[Path, tuple[tuple[int, int], str | None]] = {}
        self._at_hand: OrderedDict[str, StandIn] = OrderedDict()

    def close(self) -> None:
        """Stop what is being made and wait for its end."""
        with self._changed:
            self._is_closed = True
            for maker in self._makers:
                maker.cancel()
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._makers)

    @contextmanager
    def making_way(self) -> Iterator[None]:
        """Make nothing while the block runs, in which somebody waits for a picture, nor right after."""
        with self._changed:
            self._lookers += 1
        try:
            yield
        finally:
            with self._changed:
                self._lookers -= 1
                self._looked = time.monotonic()

    def find(self, path: Path, instant: Fraction) -> StandIn | None:
        """The piece that holds an instant of a source, where it was made, with what that instant takes."""
        content = self._content_of(path)
        if content is None:
            return None
        key = _key(content, piece_at(instant))
        with self._changed:
            known = self._at_hand.get(key)
        if known is None:
            known = self._cache.get(key, StandIn, is_use=False)
        if known is None:
            return None
        with self._changed:
            self._at_hand[key] = known
            self._at_hand.move_to_end(key)
            while len(self._at_hand) > _AT_HAND:
                self._at_hand.popitem(last=False)
        return known.only(instant)

    def prepare(
        self,
        path: Path,
        duration: Fraction,
        where: Callable[[], Fraction],
        on_part: Callable[[TimeRange], None] | None = None,
        cancel: CancelToken | None = None,
        attention: Attention = _NONE,
    ) -> None:
        """Make small pictures of a whole source, those near the person first; blocks for minutes.

        Where the cache has no room for all, those that are farthest are left out; where something cannot be decoded,
        the rest of that minute is.

        Args:
            path: a local file.
            duration: its seconds.
            where: tells, on this thread, where the person is now.
            on_part: gets the spans of the source that are ready, in no order.
            cancel: stops it.
            attention: what the person does with the source.

        Raises:
            Cancelled: the token was set, or the engine closed.
        """
        cancel = cancel or CancelToken()
        content = self._content_of(path)
        if content is None:
            return
        plan = _Plan(path, content, max(1, math.ceil(duration / PIECE)), where, attention)
        with self._at_work(cancel):
            self._make(plan, on_part or (lambda _: None), cancel)

    @contextmanager
    def _at_work(self, cancel: CancelToken) -> Iterator[None]:
        with self._changed:
            if self._is_closed:
                raise Cancelled
            self._makers.append(cancel)
        try:
            yield
        finally:
            with self._changed:
                self._makers.remove(cancel)
                self._changed.notify_all()

    def _make(self, plan: _Plan, on_part: Callable[[TimeRange], None], cancel: CancelToken) -> None:
        keys = {number: _key(plan.content, number) for number in range(plan.count)}
        there = self._cache.use(keys.values())
        missing = {number for number, key in keys.items() if key not in there}
        room = self._cache.limit - sum(there.values())
        for span in _spans(sorted(keys.keys() - missing)):
            on_part(span)
        while missing and room > 0:
            self._wait_for_calm(cancel)
            run = _next_run(missing, plan.here, plan.edges_in(missing))
            request = MakeStandIns(plan.path, run[0], run[-1], is_alone=not plan.attention.is_played())
            made: list[StandIn] = []

            def take(piece: StandIn, made: list[StandIn] = made) -> None:
                if piece.number not in missing:
                    return
                made.append(piece)
                self._cache.put(keys[piece.number], piece)
                missing.discard(piece.number)
                on_part(span_of(piece.number, piece.number))

            def gives_way(run: range = run, request: MakeStandIns = request) -> bool:
                if self._has_to_wait(cancel) or (request.is_alone and plan.attention.is_played()):
                    return True
                here, edges = plan.here, plan.edges_in(missing)
                return here in missing.difference(run) or (bool(edges) and edges.union({here}).isdisjoint(run))

            try:
                self._runner.run_in_parts(request, take, Reporter(cancel=_GivingWay(cancel, gives_way)))
            except Cancelled:
                cancel.check()
            except FastClipError as error:
                _log.info("No small pictures of %s from piece %d on: %s", plan.path.name, run[0], error)
                missing.difference_update(run)
            room -= sum(piece.size for piece in made)
            if self._content_of(plan.path) != plan.content:
                return  # whoever opens what it is now begins anew

    def _wait_for_calm(self, cancel: CancelToken) -> None:
        while self._has_to_wait(cancel):
            cancel.wait(_LOOK)
            cancel.check()
        cancel.check()

    def _has_to_wait(self, maker: CancelToken) -> bool:
        """Whether something comes first: a look, a source that was opened later, or other work."""
        with self._changed:
            looks = self._lookers > 0 or time.monotonic() - self._looked < self._calm
            if looks or self._makers[-1] is not maker:
                return True
        return self._is_busy()

    def _content_of(self, path: Path) -> str | None:
        """The fingerprint of a file, which is read only where the file seems to be another than it was."""
        try:
            status = path.stat()
        except (OSError, ValueError):
            return None
        facts = (status.st_size, status.st_mtime_ns)
        with self._changed:
            known = self._known.get(path)
        if known is None or known[0] != facts:
            known = (facts, fingerprint(path))
            with self._changed:
                self._known[path] = known
        return known[1]


def is_needless(key_frames: Sequence[Fraction], frame: Fraction) -> bool:
    """Whether every picture of a source is decoded at once anyway.

    Args:
        key_frames: their instants in rising order.
        frame: seconds that a picture is shown.
    """
    gaps = sorted(later - earlier for earlier, later in itertools.pairwise(key_frames))
    return bool(gaps) and gaps[int((len(gaps) - 1) * _USUAL)] <= _LONGEST_NEEDLESS * frame


class _GivingWay(CancelToken):
    """Stops work when whoever asked for it wants that, and also when something else comes first."""

    def __init__(self, asked: CancelToken, gives_way: Callable[[], bool]) -> None:
        super().__init__()
        self._asked = asked
        self._gives_way = gives_way

    @property
    def is_cancelled(self) -> bool:
        """Whether it is to stop."""
        return self._asked.is_cancelled or self._gives_way()

    def check(self) -> None:
        """Stop here if asked to.

        Raises:
            Cancelled: for either reason.
        """
        if self.is_cancelled:
            raise Cancelled


def _next_run(missing: set[int], here: int, edges: set[int]) -> range:
    """The missing pieces to make next, as many as lie side by side.

    Those from here on; but for the first few of these the ones with edges in them; or else the nearest.
    """
    most = _RUN
    if edges and here in missing:
        most = _FIRST
    elif edges:
        missing = edges
    nearest = min(missing, key=lambda number: (abs(number - here), number < here))
    step = 1 if nearest >= here else -1
    last = nearest
    while last + step in missing and abs(last + step - nearest) < most:
        last += step
    return range(min(nearest, last), max(nearest, last) + 1)


def _spans(numbers: Sequence[int]) -> Iterator[TimeRange]:
    """The spans of pieces, those side by side as one."""
    begin = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield span_of(numbers[begin], numbers[place - 1])
            begin = place


def _key(content: str, number: int) -> str:
    return hashlib.blake2b(f"{_EDITION} {content} {number}".encode(), digest_size=16).hexdigest()
