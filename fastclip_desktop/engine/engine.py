"""The facade: all that a front end needs to know."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.events import JobCancelled, JobCompleted, JobFailed, JobQueued
from fastclip_desktop.domain.job import Job, JobRequest, JobResult, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    REGISTRY,
    Diagnose,
    Finding,
    MakeSampleTalk,
    ResolveSource,
    SampleTalk,
    SitesUpdated,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.engine.admission import check_request
from fastclip_desktop.engine.event_bus import EventBus, Handler
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.pipeline import Pipeline
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.media_cache import MediaCache

_MOST_PREVIEWS = 512 * 1024**2
"""Bytes on disk: some five megabytes go to an hour of video."""

_log = logging.getLogger(__name__)


class Engine:
    """Turns requests into clips.

    Jobs run on the calling thread; events come on that thread too. ``run`` may be called from several threads.

    Args:
        runner: where stages run; closed with the engine.
        paths: the application's folders.

    Attributes:
        previews: what sources look and sound like at a glance.
    """

    def __init__(self, runner: StageRunner, paths: Paths) -> None:
        self._runner = runner
        self._paths = paths
        self._bus = EventBus()
        self._pipeline = Pipeline(runner, Library(), paths, self._bus.publish)
        self.previews = Previews(runner, MediaCache(paths.previews, _MOST_PREVIEWS))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop everything and give back what is held."""
        self.previews.close()
        self._runner.close()

    def subscribe(self, handler: Handler) -> Callable[[], None]:
        """Hand every event to ``handler`` until the returned call is made."""
        return self._bus.subscribe(handler)

    def run(self, request: JobRequest, cancel: CancelToken | None = None) -> JobResult:
        """Carry out a request from start to end.

        Raises:
            InputError: the source, the range or the place to write to is at fault.
            NothingFound: nothing in the source matches the words.
            Cancelled: the token was set, or Ctrl-C was pressed.
            InternalError: our fault; the traceback is in the log.
        """
        job = Job(request)
        token = cancel or CancelToken()
        try:
            check_request(request)
            self._bus.publish(JobQueued(job))
            result = self._pipeline.perform(job, token)
        except KeyboardInterrupt:
            self._bus.publish(JobCancelled(job.id))
            raise Cancelled from None
        except Cancelled:
            self._bus.publish(JobCancelled(job.id))
            raise
        except FastClipError as error:
            self._bus.publish(JobFailed(job.id, error))
            raise
        except Exception as error:
            _log.exception("Job %s failed", job.id)
            failure = InternalError(
                ErrorCode.INTERNAL, f"Something went wrong inside FastClip: {type(error).__name__}: {error}."
            )
            self._bus.publish(JobFailed(job.id, failure))
            raise failure from error
        self._bus.publish(JobCompleted(dataclasses.replace(job, state=JobState.COMPLETE, result=result)))
        return result

    def info(self, source: str, access: Access = BY_A_PERSON) -> MediaFile:
        """What a path or a URL is, without fetching its media.

        Raises:
            InputError: it is nothing that clips can come from.
        """
        return self._runner.run(ResolveSource(source, access), Reporter())

    def diagnose(self) -> tuple[Finding, ...]:
        """Try out what this machine can do."""
        return self._runner.run(Diagnose((self._paths.data, self._paths.cache)), Reporter())

    def update_sites(self, index: str = REGISTRY) -> SitesUpdated:
        """Fetch the newest yt-dlp and use it from the next start on, if it is newer and works.

        Raises:
            InputError: there is none that works, or the registry cannot be reached.
        """
        return self._runner.run(UpdateSites(self._paths.sites, index), Reporter())

    def try_sites(self, folder: Path) -> SitesUpdated:
        """Put a fetched yt-dlp to the test; this process uses it from then on."""
        return self._runner.run(TrySites(folder), Reporter())

    def make_sample_talk(self, folder: Path, on_progress: Callable[[float], None] | None = None) -> SampleTalk:
        """Make the embedded sample, a short talk with captions, in an existing folder."""
        return self._runner.run(MakeSampleTalk(folder), Reporter(on_progress))
