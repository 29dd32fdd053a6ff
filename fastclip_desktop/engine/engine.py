"""The facade: all that a front end needs to know."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.disk_use import Store
from fastclip_desktop.domain.errors import Cancelled, FastClipError, InputError
from fastclip_desktop.domain.events import DeviceGaveUp, EngineStopped
from fastclip_desktop.domain.finding_stages import FindTopics
from fastclip_desktop.domain.job import JobRequest, JobResult, JobState, JoinRequest, Priority, ShortsRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.short_look import ShortLook
from fastclip_desktop.domain.stage import (
    REGISTRY,
    Diagnose,
    Finding,
    LookForRelease,
    MakeSampleTalk,
    Release,
    ResolveSource,
    Resource,
    SampleTalk,
    SitesUpdated,
    TellSites,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.engine import remote_search
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.admission import check_link, check_source
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.disk import Disk
from fastclip_desktop.engine.estimates import Estimates
from fastclip_desktop.engine.event_bus import EventBus, Handler
from fastclip_desktop.engine.finding import MomentFinder
from fastclip_desktop.engine.funding import Funding
from fastclip_desktop.engine.housekeeping import Housekeeping
from fastclip_desktop.engine.job_run import Surroundings
from fastclip_desktop.engine.job_stages import PlainStages
from fastclip_desktop.engine.jobs import Jobs
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.machine import Machine
from fastclip_desktop.engine.models import Models
from fastclip_desktop.engine.pipeline import Pipeline
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.engine.projects import Projects
from fastclip_desktop.engine.quick_find import MOST_QUICK, QuickFinder
from fastclip_desktop.engine.remote_keys import answer_about_keys
from fastclip_desktop.engine.request_limits import RequestLimits
from fastclip_desktop.engine.scarcity import Scarcity, battery_in_use, little_room
from fastclip_desktop.engine.scheduler import Scheduler
from fastclip_desktop.engine.search import LibrarySearch
from fastclip_desktop.engine.slots import Slots
from fastclip_desktop.engine.stand_ins import StandIns
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.engine.uploads import Uploads
from fastclip_desktop.engine.webhooks import Webhooks
from fastclip_desktop.engine.words import Words, WordsWanted
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.settings.own_look import read_own_look
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.left_words import LeftWordsFolder
from fastclip_desktop.store.media_cache import MediaCache
from fastclip_desktop.store.own_secrets import OwnSecrets

if TYPE_CHECKING:  # a command that owns no data folder has no need of what locks one
    from fastclip_desktop.store.data_folder import ClaimedFolder

_log = logging.getLogger(__name__)

_MOST_PREVIEWS = 500_000_000
"""Bytes on disk: some five megabytes go to an hour of video."""

_MOST_INSIGHTS = 500_000_000
"""Bytes on disk: an hour of speech takes some two megabytes, words and meanings together."""

_MOST_STAND_INS = 2_000_000_000
"""Bytes on disk: an hour of video takes some 270 megabytes."""

_LEAST_FREE = 2 * 1024**3
"""Bytes of a disk that nothing is put onto which nobody asked for."""

_MOST_FETCHES = 3
"""Stages at once that wait for servers."""

_MADE_READY = 10
"""Transcripts that are made ready for the search between two looks at what has expired; some seconds' work."""

_SETTLED = 20.0
"""Seconds after the start, which belong to whoever started it."""

MOST_TOPICS = 8
"""Phrases that tell what a recording speaks of."""

_LOOK_AROUND = 0.1
"""Seconds after which whoever waits for a job looks whether to cancel it."""


class Engine:
    """Turns requests into clips.

    Jobs are carried out on threads of the engine's own, and events come on these. Every method may be called from any
    thread.

    Args:
        runner: where stages run; closed with the engine.
        paths: the application's folders.
        database: what is to outlive this engine; closed with it.
        claimed: the data folder that the database lies in, if it lies in one; released with the engine.
        clock: what time it is.
        devices: remembers which devices gave up.

    Attributes:
        jobs: the queue.
        projects: shorts that scripts asked for.
        library: the clips.
        clock: what time it is.
        accounts: what may be spent.
        funding: how it becomes more.
        request_limits: how often scripts ask.
        keys: what scripts show to be let in.
        estimates: what clips will come to.
        streams: links whose source somebody looks at.
        previews: what sources look and sound like at a glance.
        models: what hears, compares, judges and looks.
        machine: what this machine does its work with.
        disk: what is kept on it.
        search: finds what was ever said.
        uploads: the files that scripts send.
        webhooks: whom to tell when jobs of scripts end.
    """

    def __init__(
        self,
        runner: StageRunner,
        paths: Paths,
        database: Database,
        claimed: ClaimedFolder | None = None,
        clock: Clock | None = None,
        devices: DeviceBook | None = None,
    ) -> None:
        self._started = self._closed = False
        self._runner = runner
        self._claimed = claimed
        self._paths = paths
        self._database = database
        self._bus = EventBus()
        clock = clock or Clock()
        self.clock = clock
        self._power = Scarcity(battery_in_use, clock)
        self._room = Scarcity(partial(little_room, paths.cache, _LEAST_FREE), clock)
        self.accounts = Accounts(database)
        self.funding = Funding(database, self.accounts, clock, self._bus)
        self.request_limits = RequestLimits(database, clock)
        self.keys = Keyring(database, clock)
        self._own_secrets = OwnSecrets(database.path)
        self.library = Library(database, clock, self._bus, paths.data)
        self.estimates = Estimates(self.library, runner)
        self.uploads = Uploads(database, clock, paths.uploads)
        self.models = Models(runner, paths, self._bus)
        left = LeftWordsFolder(paths.left_words)
        self.search = LibrarySearch(database, runner, self.models, left if claimed is not None else None)
        devices = devices or DeviceBook()
        devices.on_failure(lambda failure: self._bus.publish(DeviceGaveUp(failure.device, failure.reason)))
        self.machine = Machine(runner, self.models, devices)
        seen = MediaCache(paths.previews, _MOST_PREVIEWS)
        self.streams = Streams(runner, paths.fetched)
        small = MediaCache(paths.stand_ins, _MOST_STAND_INS)
        self.previews = Previews(runner, seen, self.streams, StandIns(runner, small, self._has_better_to_do))
        cores = os.cpu_count() or 1
        slots = Slots({Resource.CPU: max(1, cores // 2), Resource.NETWORK: _MOST_FETCHES, Resource.MODEL: 1})
        self._slots = slots
        known = MediaCache(paths.insights, _MOST_INSIGHTS)
        self.words = Words(database, known, self.models, clock, paths.fetched, left if claimed is None else None)
        self._quick = QuickFinder()
        finder = MomentFinder(known, self.models, self.words)
        around = Surroundings(runner, self.library, database, slots, clock, finder, self.models, paths.fetched)
        self._pipeline = Pipeline(around, paths.work)
        self.jobs = Jobs(database, self.accounts, clock, self._bus, self._pipeline.clear)
        self.projects = Projects(database, self.jobs, self.accounts)
        caches = {Store.PREVIEWS: seen, Store.STAND_INS: small, Store.INSIGHTS: known}
        self.disk = Disk(paths, caches, self._bytes_of_clips, lambda: bool(self.jobs.queue()), self._sweep_ended)
        self.webhooks = Webhooks(database, runner, clock, partial(self.secret, "webhooks"))
        self._bus.subscribe(self.webhooks.hear)
        self._scheduler = Scheduler(self.jobs, self._pipeline, clock, self._tell_of_death)
        self._at_leisure = clock.steady() + _SETTLED
        self._housekeeping = Housekeeping(self.library, database, clock, self._look_after)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Put in order what an earlier run left, and begin to carry out what is in the queue; once is enough.

        Raises:
            InputError: ``disk_full`` or what else keeps the queue from being written; everything is closed then.
        """
        if self._started:
            return
        self._started = True
        try:
            self.jobs.recover()
            self._sweep()
        except BaseException:
            self.close()
            raise
        self._scheduler.start()
        self._housekeeping.start()
        self.webhooks.start()
        if self._claimed is not None:
            self._claimed.reply(self._answer)

    def _answer(self, words: tuple[str, ...]) -> str:
        """What other programs are told that ask the one that has the data folder."""
        if words[:1] == (remote_search.TOPIC,):
            return remote_search.answer_about_search(self.search, words)
        return answer_about_keys(self.keys, words)

    def _sweep(self) -> None:
        running = {job.id for job in self.jobs.queue()}
        try:
            self.library.sweep(running, self._has_ended)
        except FastClipError as error:
            # A full disk, most likely: people must be able to open the library to make room.
            _log.warning("What an earlier run left is removed at the next start: %s", error)
        self._pipeline.sweep(running, self._has_ended)

    def _sweep_ended(self) -> None:
        self._pipeline.sweep({job.id for job in self.jobs.queue()}, self._has_ended)

    def _bytes_of_clips(self) -> int:
        storage = self.library.storage(LOCAL)
        return storage.pinned + storage.passing

    def _has_better_to_do(self) -> bool:
        """Whether what nobody asked for has to wait: for a job, for power from the wall, or for room on the disk."""
        return self._scheduler.is_at_work or self._power.is_scarce() or self._room.is_scarce()

    def _look_after(self) -> None:
        self._expire_uploads()
        if self.clock.steady() >= self._at_leisure:
            self.search.catch_up(_MADE_READY)

    def _expire_uploads(self) -> None:
        needed: set[str] = set()
        for job in self.jobs.queue():
            match job.request:
                case ShortsRequest(source=source, words=words):
                    needed |= {source, str(words.file)}
                case JoinRequest():
                    pass
                case request:
                    needed.add(request.source)
        self.uploads.expire(needed)

    def close(self) -> None:
        """Stop everything and give back what is held; jobs under way go on at the next start."""
        self._closed = True
        with ExitStack() as last_first:  # all of them, whatever one of them raises
            if self._claimed is not None:
                last_first.callback(self._claimed.release)
            last_first.callback(self._database.close)
            last_first.callback(self._let_go)
            last_first.callback(self._runner.close)
            last_first.callback(self.uploads.close)
            last_first.callback(self.previews.close)
            last_first.callback(self.models.close)
            last_first.callback(self.request_limits.close)
            last_first.callback(self.webhooks.close)
            last_first.callback(self._housekeeping.close)
            last_first.callback(self.search.close)
            last_first.callback(self._scheduler.close)

    def _let_go(self) -> None:
        try:
            self.library.let_go()
        except FastClipError as error:
            _log.warning("Clips that were removed go at the next start: %s", error)

    @property
    def is_running(self) -> bool:
        """Whether what is asked of it will be done: it was started, was not closed, and its own threads live."""
        return self._started and not self._closed and self._scheduler.is_running and self._housekeeping.is_running

    def _tell_of_death(self, error: FastClipError) -> None:
        self._bus.publish(EngineStopped(error))

    def subscribe(self, handler: Handler) -> Callable[[], None]:
        """Hand every event to ``handler`` until the returned call is made."""
        return self._bus.subscribe(handler)

    def listen(self, take: Callable[[tuple[str, ...]], None]) -> None:
        """Hand the arguments of later starts to ``take``, on threads of their own."""
        if self._claimed is not None:
            self._claimed.listen(take)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the place where everything is kept."""
        return () if self._claimed is None else self._claimed.warnings

    def run(self, request: JobRequest, cancel: CancelToken | None = None) -> JobResult:
        """Carry out a request and wait for its end.

        Raises:
            InputError: the source, the range or the place to write to is at fault.
            NothingFound: nothing in the source matches the words.
            Cancelled: the token was set, Ctrl-C was pressed, or somebody else cancelled the job.
            InternalError: our fault; the traceback is in the log.
        """
        (job,) = self.jobs.submit((request,))
        try:
            return self.wait(job.id, cancel)
        except KeyboardInterrupt:
            self._cancel(job.id)
            self._wait_for_thread(job.id)
            raise Cancelled from None

    def wait(self, job_id: str, cancel: CancelToken | None = None) -> JobResult:
        """Wait until a job has ended, and cancel it if the token is set meanwhile.

        Raises:
            FastClipError: the job's own error; ``Cancelled`` if it was cancelled.
            InputError: ``unknown_job``.
        """
        while True:
            with self.jobs.changed:
                job = self.jobs.get(job_id)
                if not job.state.is_terminal:
                    self.jobs.changed.wait(_LOOK_AROUND)
            if job.state.is_terminal:
                break
            if cancel is not None and cancel.is_cancelled:
                self._cancel(job_id)
        self._wait_for_thread(job_id)
        if job.error is not None:
            raise job.error
        if job.state is JobState.CANCELLED:
            raise Cancelled
        return job.result or JobResult()

    def _cancel(self, job_id: str) -> None:
        with suppress(InputError):  # it has ended in this very moment
            self.jobs.cancel(job_id)

    def _wait_for_thread(self, job_id: str) -> None:
        """Until its last event is out and its files are gone."""
        with self.jobs.changed:
            while self.jobs.is_under_way(job_id):
                self.jobs.changed.wait()

    def _has_ended(self, job_id: str) -> bool:
        try:
            return self.jobs.get(job_id).state.is_terminal
        except InputError:
            return False  # nobody's, or another process's

    def info(self, source: str, access: Access = BY_A_PERSON, cancel: CancelToken | None = None) -> MediaFile:
        """What a path or a URL is, without fetching its media.

        Raises:
            InputError: it is nothing that clips can come from.
            Cancelled: the token was set.
        """
        return self._runner.run(ResolveSource(source, access), Reporter(cancel=cancel))

    def transcript(
        self,
        source: str,
        language: str = "",
        policy: Policy = LOCAL,
        access: Access = BY_A_PERSON,
        cancel: CancelToken | None = None,
        on_progress: Callable[[str, float], None] = lambda *_: None,
        priority: Priority = Priority.PERSON,
    ) -> tuple[MediaFile, Transcript]:
        """What a source is and what is said in it, by its captions or a model; the library knows it from then on.

        Args:
            source: a path or a link.
            language: a BCP 47 tag of the captions to take; empty for the one that is spoken.
            policy: what may be opened.
            access: who gave the source.
            cancel: stops it.
            on_progress: gets what is being done, for a person, and how much of that is done, 0..1.
            priority: who waits for it.

        Raises:
            InputError: ``no_transcript``, or it is nothing that clips can come from.
            Cancelled: the token was set.
        """
        check_link(source, policy, access)
        media = self.info(source, access, cancel)
        check_source(media, policy)
        with tempfile.TemporaryDirectory(prefix="fastclip-") as folder:
            stages = PlainStages(self._runner, self._slots, cancel or CancelToken(), on_progress, priority)
            transcript = self.words.of(WordsWanted(media, None, Path(folder), access, language), stages)
        return media, transcript

    def read_words(
        self,
        media: MediaFile,
        given: Path | None = None,
        *,
        corrected: bool = True,
        access: Access = BY_A_PERSON,
        cancel: CancelToken | None = None,
        on_progress: Callable[[str, float], None] = lambda *_: None,
        on_words: Callable[[tuple[Segment, ...]], None] = lambda _: None,
    ) -> Transcript:
        """What is said in a source that a person has open; see :meth:`transcript`.

        Args:
            media: as it was resolved.
            given: a subtitle file that overrules everything else.
            corrected: whether what a person corrected goes before what was heard or read.
            access: what its site gets to see.
            cancel: stops it.
            on_progress: gets what is being done, for a person, and how much of that is done, 0..1.
            on_words: gets what is heard, stretch by stretch; nothing where the words come from elsewhere.
        """
        with tempfile.TemporaryDirectory(prefix="fastclip-") as folder:
            stages = PlainStages(self._runner, self._slots, cancel or CancelToken(), on_progress, Priority.PERSON)
            wanted = WordsWanted(media, given, Path(folder), access, corrected=corrected)
            return self.words.of(wanted, stages, on_words)

    def read_captions(
        self, media: MediaFile, access: Access = BY_A_PERSON, cancel: CancelToken | None = None
    ) -> Transcript:
        """What somebody wrote down of what is said in a source; nothing is listened to. See :meth:`read_words`.

        Raises:
            InputError: ``no_transcript`` where nobody did, or it cannot be read.
            Cancelled: it was stopped.
        """
        with tempfile.TemporaryDirectory(prefix="fastclip-") as folder:
            stages = PlainStages(self._runner, self._slots, cancel or CancelToken(), priority=Priority.PERSON)
            return self.words.of(WordsWanted(media, None, Path(folder), access, listens=False), stages)

    def quick_find(self, transcript: Transcript, query: str, most: int = MOST_QUICK) -> tuple[MarkedMoment, ...]:
        """The moments that hold the words of a query that is still being typed, best first; takes some hundredths.

        Args:
            transcript: what is said; told apart from others by identity, so hand in the same one again.
            query: as far as it was typed; the last word may be cut short, and an empty one finds nothing.
            most: how many at most.
        """
        return self._quick.find(transcript, query, most)

    def prepare_quick_find(self, transcript: Transcript) -> None:
        """Have a transcript ready for the first letter that is typed; takes some tenths of a second."""
        self._quick.make_ready(transcript)

    def marks(
        self, transcript: Transcript, query: str, texts: Sequence[str]
    ) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Which characters of texts of a transcript are words that a query asks for, as first and last + 1."""
        return self._quick.marks(transcript, query, texts)

    def sentences(self, transcript: Transcript) -> tuple[TimeRange, ...]:
        """When each sentence of a transcript is said, in order; takes as long as :meth:`prepare_quick_find`."""
        return self._quick.sentences(transcript)

    def topics(
        self, transcript: Transcript, most: int = MOST_TOPICS, cancel: CancelToken | None = None
    ) -> tuple[str, ...]:
        """What a recording speaks of, the weightiest first, as phrases that can be looked for in it.

        Raises:
            Cancelled: the token was set.
        """
        return self._runner.run(FindTopics(transcript, most), Reporter(cancel=cancel))

    @property
    def clips_folder(self) -> Path:
        """Where the clips of scripts go."""
        return self._paths.clips

    def own_look(self) -> ShortLook | None:
        """How the shorts of this machine's owner look, as they saved it; ``None`` where they have not."""
        return read_own_look(self._paths.config)[0]

    def secret(self, name: str) -> bytes:
        """Random bytes that are this data folder's own and stay the same, to sign with; made when first asked for."""
        with self._database.transaction() as connection:
            return self._own_secrets.get(name, connection)

    def diagnose(self) -> tuple[Finding, ...]:
        """Try out what this machine can do."""
        found = self._runner.run(Diagnose((self._paths.data, self._paths.cache)), Reporter())
        return found + self.models.findings()

    def sites_version(self) -> str:
        """The version of yt-dlp that is used."""
        return self._runner.run(TellSites(), Reporter())

    def update_sites(self, index: str = REGISTRY, cancel: CancelToken | None = None) -> SitesUpdated:
        """Fetch the newest yt-dlp and use it from now on, if it is newer and works.

        Raises:
            InputError: there is none that works, or the registry cannot be reached.
            Cancelled: the token was set.
        """
        return self._runner.run(UpdateSites(self._paths.sites, index), Reporter(cancel=cancel))

    def newest_release(self, index: str = REGISTRY, cancel: CancelToken | None = None) -> Release:
        """Ask which FastClip is the newest; nothing is fetched or installed.

        Raises:
            InputError: none is known there, or the registry cannot be reached.
            Cancelled: the token was set.
        """
        return self._runner.run(LookForRelease(index), Reporter(cancel=cancel))

    def try_sites(self, folder: Path) -> SitesUpdated:
        """Put a fetched yt-dlp to the test; this process uses it from then on."""
        return self._runner.run(TrySites(folder), Reporter())

    def make_sample_talk(self, folder: Path, on_progress: Callable[[float], None] | None = None) -> SampleTalk:
        """Make the embedded sample, a short talk with captions, in an existing folder."""
        return self._runner.run(MakeSampleTalk(folder), Reporter(on_progress))
