"""What a source looks and sounds like at a glance, from the cache or made now.

Each call blocks until its result is there; call it on a thread of your own, and draw what ``on_part`` gets meanwhile.
Parts and result come on the calling thread. A result that was kept hands over its parts at once. What was stopped, or
what was made of a source that changed meanwhile, is not kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Generic, TypeVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.preview import (
    POSTER_BOX,
    SHORTEST_SILENCE,
    SILENCE_LEVEL,
    THUMBNAIL_BOX,
    Peaks,
    ShotBoundary,
    SpriteSheet,
    Still,
    Thumbnail,
)
from fastclip_desktop.domain.preview_stages import (
    FetchPicture,
    FindKeyFrames,
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    PrepareStill,
    ReadFacts,
    ShowStill,
    ShrinkPicture,
)
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short_stages import FindFaces
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.stand_in import Attention
from fastclip_desktop.domain.stream_stages import BytesWanted
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.shared_work import SharedWork
from fastclip_desktop.engine.stand_ins import StandIns, is_needless
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.store.fingerprint import fingerprint
from fastclip_desktop.store.media_cache import MediaCache

_EDITION = 1
"""Counts up when a stage makes something else of the same source; what was kept before is then made again."""

_NO_ATTENTION = Attention()

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")

Making = Callable[[Callable[[PartT], None], Reporter], ResultT]


@dataclass(frozen=True, slots=True)
class _Wanted(Generic[ResultT]):
    """What somebody asked for.

    Attributes:
        path: the source.
        source: its fingerprint, ``None`` where it cannot be read.
        name: the kind of preview and all that it depends on beside the source.
        kind: the result's type.
    """

    path: Path
    source: str | None
    name: tuple[object, ...]
    kind: type[ResultT]

    @property
    def key(self) -> str:
        text = f"{_EDITION} {self.name!r} {self.source}"
        return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Previews:
    """Stills, loudness, cuts and silence of local files; may be called from several threads.

    Two callers who ask for the same at the same time share one computation.

    Args:
        runner: where stages run.
        cache: keeps what they made.
        streams: the remote sources that are held open; of these there are stills alone.
        stand_ins: small pictures that are there at once.
    """

    def __init__(self, runner: StageRunner, cache: MediaCache, streams: Streams, stand_ins: StandIns) -> None:
        self._runner = runner
        self._cache = cache
        self._streams = streams
        self._stand_ins = stand_ins
        self._shared = SharedWork()
        self._lonely = threading.Condition()
        self._tokens: set[CancelToken] = set()
        self._is_closed = False

    def close(self) -> None:
        """Stop what is being made and wait for its end."""
        with self._lonely:
            self._is_closed = True
            for token in self._tokens:
                token.cancel()
        self._stand_ins.close()
        self._shared.close()
        with self._lonely:
            self._lonely.wait_for(lambda: not self._tokens)

    def thumbnails(
        self,
        path: Path,
        places: int | Sequence[Fraction],
        on_part: Callable[[Thumbnail], None] | None = None,
        cancel: CancelToken | None = None,
        box: tuple[int, int] = THUMBNAIL_BOX,
    ) -> tuple[Thumbnail, ...]:
        """Small pictures of a source; those that cannot be decoded are left out.

        Args:
            path: a local file.
            places: how many, spread evenly, or the seconds of the source that are wanted.
            on_part: gets each picture as it is made, spread over all places first.
            cancel: stops this call.
            box: width and height in pixels that each fits into.

        Raises:
            UsageError: see :class:`~fastclip_desktop.domain.preview_stages.MakeThumbnails`.
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """
        request = MakeThumbnails(path, places if isinstance(places, int) else tuple(places), box)

        def make(deliver: Callable[[Thumbnail], None], reporter: Reporter) -> tuple[Thumbnail, ...]:
            return self._runner.run_in_parts(request, deliver, reporter)

        wanted = _wanted(path, ("thumbnails", request.places, box), tuple[Thumbnail, ...])
        return self._get(wanted, make, iter, on_part, cancel)

    def still(
        self,
        path: Path,
        instant: Fraction,
        on_part: Callable[[Still], None] | None = None,
        cancel: CancelToken | None = None,
        box: tuple[int, int] = POSTER_BOX,
        *,
        small_will_do: bool = False,
    ) -> Still:
        """The picture that is on screen at an instant; nothing of it is kept, but the source stays open.

        Ask for one after the other: the next one waits until this one is there or was stopped.

        Args:
            path: a local file, or that of a remote source that :class:`~fastclip_desktop.engine.streams.Streams` holds
                open.
            instant: seconds of the source.
            on_part: gets the key frame before it, where that is sooner.
            cancel: stops this call.
            box: width and height in pixels that it fits into.
            small_will_do: give the same picture with fewer pixels where that is sooner, as
                :meth:`prepare_scrubbing` has made it; :attr:`~fastclip_desktop.domain.preview.Still.is_small` says so.

        Raises:
            UsageError: see :class:`~fastclip_desktop.domain.preview_stages.ShowStill`.
            InputError: the source cannot be read, or nothing in it can be seen there.
            Cancelled: the token was set, or the engine closed.
        """
        request = ShowStill(path, instant, box, self._stand_ins.find(path, instant) if small_will_do else None)
        take = on_part or (lambda _: None)

        def work(reporter: Reporter) -> Still:
            def hand_on(part: Still | BytesWanted) -> None:
                if isinstance(part, BytesWanted):
                    self._streams.bring(path, part, reporter.cancel)
                else:
                    take(part)

            return self._runner.run_in_parts(request, hand_on, reporter)

        with self._stand_ins.making_way():
            return self._alone(work, cancel)

    def prepare_still(self, path: Path, instant: Fraction, cancel: CancelToken | None = None) -> None:
        """Decode what :meth:`still` would show at an instant, while nobody waits for another picture.

        Raises:
            UsageError: see :class:`~fastclip_desktop.domain.preview_stages.PrepareStill`.
            InputError: the source cannot be read.
            Cancelled: the token was set, or the engine closed; what was decoded until then is of use.
        """
        request = PrepareStill(path, instant)
        with self._stand_ins.making_way():
            self._alone(
                lambda reporter: self._runner.run_in_parts(
                    request, lambda wanted: self._streams.bring(path, wanted, reporter.cancel), reporter
                ),
                cancel,
            )

    def prepare_scrubbing(
        self,
        path: Path,
        frame: Fraction,
        duration: Fraction,
        where: Callable[[], Fraction],
        on_part: Callable[[TimeRange], None] | None = None,
        cancel: CancelToken | None = None,
        attention: Attention = _NO_ATTENTION,
    ) -> None:
        """Make small pictures of a whole source while nothing else is to be done; none where none are needed.

        Args:
            path: a local file.
            frame: seconds that a picture is shown.
            duration: seconds of the source.
            where: tells where the person is, in seconds; called on this thread.
            on_part: gets spans of the source of which there are small pictures now.
            cancel: stops this call.
            attention: what the person does with it: while it is played, this keeps to one core.

        Raises:
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """
        if not is_needless(self.key_frames(path, cancel=cancel), frame):
            self._stand_ins.prepare(path, duration, where, on_part, cancel, attention)

    def facts(self, path: Path, cancel: CancelToken | None = None) -> MediaInfo:
        """What a file holds, of which not all may be here.

        Args:
            path: a local file, or that of a remote source that :class:`~fastclip_desktop.engine.streams.Streams` holds
                open.
            cancel: stops this call.

        Raises:
            InputError: the source cannot be read.
            Cancelled: the token was set, or the engine closed.
        """
        request = ReadFacts(path)
        return self._alone(
            lambda reporter: self._runner.run_in_parts(
                request, lambda wanted: self._streams.bring(path, wanted, reporter.cancel), reporter
            ),
            cancel,
        )

    def key_frames(
        self,
        path: Path,
        on_part: Callable[[tuple[Fraction, ...]], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> tuple[Fraction, ...]:
        """The instants of a source's key frames in rising order; ``on_part`` gets runs of them as they are found.

        Raises:
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """

        def make(deliver: Callable[[tuple[Fraction, ...]], None], reporter: Reporter) -> tuple[Fraction, ...]:
            return self._runner.run_in_parts(FindKeyFrames(path), deliver, reporter)

        wanted = _wanted(path, ("key frames",), tuple[Fraction, ...])
        return self._get(wanted, make, _at_once, on_part, cancel)

    def poster(self, path: Path, cancel: CancelToken | None = None, box: tuple[int, int] = POSTER_BOX) -> Thumbnail:
        """One picture that stands for a source and fits into a box of pixels; it has no parts.

        Raises:
            UsageError: ``bad_usage`` for an empty box.
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """
        request = MakePoster(path, box)

        def make(_: Callable[[object], None], reporter: Reporter) -> Thumbnail:
            return self._runner.run(request, reporter)

        return self._get(_wanted(path, ("poster", box), Thumbnail), make, _no_parts, None, cancel)

    def link_picture(
        self,
        url: str,
        page: str = "",
        access: Access = BY_A_PERSON,
        cancel: CancelToken | None = None,
        box: tuple[int, int] = THUMBNAIL_BOX,
    ) -> Thumbnail:
        """The picture with which a site shows a source, fitted into a box of pixels; it has no parts.

        Args:
            url: see :attr:`~fastclip_desktop.domain.media.MediaFile.thumbnail`.
            page: the link that the person gave; the picture may lie in the same private network.
            access: which addresses may be asked.
            cancel: stops this call.
            box: width and height in pixels.

        Raises:
            UsageError: ``bad_usage`` for an empty box.
            FastClipError: what the network or the server is at fault for; ``damaged_media`` where it is no picture.
            Cancelled: the token was set, or the engine closed.
        """
        key = _Wanted(Path(), url, ("link picture", box), Thumbnail).key

        def look_or_make(_: Callable[[object], None], token: CancelToken) -> Thumbnail:
            known = self._cache.get(key, Thumbnail)
            if known is not None:
                return known
            data = self._runner.run(FetchPicture(url, page, access), Reporter(cancel=token))
            made = self._runner.run(ShrinkPicture(data, box), Reporter(cancel=token))
            self._cache.put(key, made)
            return made

        return self._shared.do(key, look_or_make, None, cancel)

    def sprite_sheet(
        self,
        path: Path,
        count: int,
        columns: int = 10,
        cancel: CancelToken | None = None,
        box: tuple[int, int] = THUMBNAIL_BOX,
    ) -> SpriteSheet:
        """Evenly spread thumbnails in one picture. It has no parts: ask for the thumbnails, which it is made from.

        Raises:
            UsageError: see :class:`~fastclip_desktop.domain.preview_stages.MakeThumbnails` and ``MakeSpriteSheet``.
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """

        def make(_: Callable[[object], None], reporter: Reporter) -> SpriteSheet:
            thumbnails = self.thumbnails(path, count, None, reporter.cancel, box)
            return self._runner.run(MakeSpriteSheet(thumbnails, columns), reporter)

        wanted = _wanted(path, ("sprite sheet", count, columns, box), SpriteSheet)
        return self._get(wanted, make, _no_parts, None, cancel)

    def waveform(
        self, path: Path, on_part: Callable[[Peaks], None] | None = None, cancel: CancelToken | None = None
    ) -> tuple[Peaks, ...]:
        """How loud a source's first sound track is over time, at several zoom levels, finest first.

        Args:
            path: a local file.
            on_part: gets stretches as they are read, each at every level, coarsest first; see
                :class:`~fastclip_desktop.domain.preview_stages.MakeWaveform`.
            cancel: stops this call.

        Raises:
            InputError: the source cannot be read, or nothing in it can be heard.
            Cancelled: the token was set, or the engine closed.
        """

        def make(deliver: Callable[[Peaks], None], reporter: Reporter) -> tuple[Peaks, ...]:
            return self._runner.run_in_parts(MakeWaveform(path), deliver, reporter)

        return self._get(_wanted(path, _WAVEFORM, tuple[Peaks, ...]), make, reversed, on_part, cancel)

    def shots(
        self,
        path: Path,
        on_part: Callable[[ShotBoundary], None] | None = None,
        cancel: CancelToken | None = None,
        span: TimeRange | None = None,
    ) -> tuple[ShotBoundary, ...]:
        """The cuts of a source or of a span of it, in rising order; ``on_part`` gets each as it is found.

        Raises:
            InputError: the source cannot be read, or nothing in it can be seen.
            Cancelled: the token was set, or the engine closed.
        """

        def make(deliver: Callable[[ShotBoundary], None], reporter: Reporter) -> tuple[ShotBoundary, ...]:
            return self._runner.run_in_parts(FindShots(path, span), deliver, reporter)

        return self._get(_wanted(path, ("shots", span), tuple[ShotBoundary, ...]), make, iter, on_part, cancel)

    def faces(self, path: Path, span: TimeRange, model: Model, cancel: CancelToken | None = None) -> FaceFindings:
        """The faces in a span of a source; it has no parts.

        Args:
            path: a local file.
            span: in seconds of the source.
            model: of the kind ``faces``.
            cancel: stops this call.

        Raises:
            InputError: the source cannot be read, nothing in it can be seen, or the model is none.
            Cancelled: the token was set, or the engine closed.
        """
        request = FindFaces(FetchedMedia(picture=path, sound=None), (span,), model)

        def make(_: Callable[[object], None], reporter: Reporter) -> FaceFindings:
            (findings,) = self._runner.run(request, reporter)
            return findings

        return self._get(_wanted(path, ("faces", span, model.digest), FaceFindings), make, _no_parts, None, cancel)

    def silence(
        self,
        path: Path,
        on_part: Callable[[TimeRange], None] | None = None,
        cancel: CancelToken | None = None,
        level: float = SILENCE_LEVEL,
        shortest: Fraction = SHORTEST_SILENCE,
    ) -> tuple[TimeRange, ...]:
        """The silent spans of a source in rising order; ``on_part`` gets each as it is found.

        Where the waveform was made before, they are read off it at once.

        Args:
            path: a local file.
            on_part: gets each span.
            cancel: stops this call.
            level: decibels below full scale at which silence ends.
            shortest: seconds that a span has to last.

        Raises:
            InputError: the source cannot be read, or nothing in it can be heard.
            Cancelled: the token was set, or the engine closed.
        """
        wanted = _wanted(path, ("silence", level, shortest), tuple[TimeRange, ...])

        def make(deliver: Callable[[TimeRange], None], reporter: Reporter) -> tuple[TimeRange, ...]:
            waveform = _Wanted(path, wanted.source, _WAVEFORM, tuple[Peaks, ...])
            levels = self._cache.get(waveform.key, waveform.kind)
            request = FindSilence(path, level, shortest, levels[0] if levels else None)
            return self._runner.run_in_parts(request, deliver, reporter)

        return self._get(wanted, make, iter, on_part, cancel)

    def _alone(self, work: Callable[[Reporter], ResultT], cancel: CancelToken | None) -> ResultT:
        """Work for one caller, on the thread that asks: a stop reaches it sooner than work that is shared."""
        token = cancel or CancelToken()
        with self._lonely:
            if self._is_closed:
                raise Cancelled
            self._tokens.add(token)
        try:
            return work(Reporter(cancel=token))
        finally:
            with self._lonely:
                self._tokens.discard(token)
                self._lonely.notify_all()

    def _get(
        self,
        wanted: _Wanted[ResultT],
        make: Making[PartT, ResultT],
        parts_of: Callable[[ResultT], Iterable[PartT]],
        on_part: Callable[[PartT], None] | None,
        cancel: CancelToken | None,
    ) -> ResultT:
        """What was kept, else what is made now, which is kept if the source is still the same afterwards."""
        if wanted.source is None:
            # The stage finds the words for what is wrong with it, and there is nothing to share.
            return self._shared.do(
                object(), lambda deliver, token: make(deliver, Reporter(cancel=token)), on_part, cancel
            )

        def look_or_make(deliver: Callable[[PartT], None], token: CancelToken) -> ResultT:
            known = self._cache.get(wanted.key, wanted.kind)
            if known is not None:
                for part in parts_of(known):
                    deliver(part)
                return known
            made = make(deliver, Reporter(cancel=token))
            if fingerprint(wanted.path) == wanted.source:
                self._cache.put(wanted.key, made)
            return made

        return self._shared.do(wanted.key, look_or_make, on_part, cancel)


_WAVEFORM = ("waveform",)


def _wanted(path: Path, name: tuple[object, ...], kind: type[ResultT]) -> _Wanted[ResultT]:
    return _Wanted(path, fingerprint(path), name, kind)


def _at_once(result: ResultT) -> tuple[ResultT, ...]:
    return (result,)


def _no_parts(_: object) -> tuple[object, ...]:
    return ()
