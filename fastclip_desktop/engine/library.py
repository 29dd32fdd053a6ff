"""The clips: how they come in, how they are found again, and how they go.

A clip's row is written, as one that is being published, before its file gets its name; it is listed once the name is on
the disk. So whatever stops the program in between, the next start knows which files are its own.

A clip that a person removes goes the same way backwards: it is again one that is being published, and its file lies
beside its place under the name from before. It can come back for as long as the program runs; the end of the program,
or the next start, does with it as with every clip that did not get its name.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, Refused
from fastclip_desktop.domain.events import ClipAdded, ClipChanged, ClipRemoved
from fastclip_desktop.domain.job import AnalyzeRequest, Destination, Job
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.engine.catalogue import Catalogue
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.origin import Origin
from fastclip_desktop.engine.publishing import (
    copy_out,
    free_name_like,
    give_name,
    has_name,
    is_gone,
    keep_name,
    leftovers,
    seal,
    take_name_back,
    temporary_path,
)
from fastclip_desktop.store.clips import ClipTable, Publication
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable
from fastclip_desktop.store.sources import SourceTable

_log = logging.getLogger(__name__)


class Library(Catalogue):
    """All published clips.

    Args:
        database: holds their rows.
        clock: says when they expire.
        bus: takes the events.
        home: the folder whose disk holds scripts' clips.
    """

    def __init__(self, database: Database, clock: Clock, bus: EventBus, home: Path) -> None:
        super().__init__(database, clock, home)
        self._bus = bus
        # Held from a file's name to its row: a chosen name is one file's and one row's at a time.
        self._naming = threading.Lock()
        self._aside: set[str] = set()

    def shelve(
        self, rendered: RenderedFile, destination: Destination, origin: Origin, beside: Callable[[Clip], None]
    ) -> Clip:
        """Give a rendered file its name and list it.

        Args:
            rendered: the file.
            destination: where it goes.
            origin: what it is made of and for.
            beside: what is to be written in the same commit as the row; it may refuse by raising, and then the file
                goes again.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        size, digest = seal(rendered.path)
        clip = origin.clip(rendered, origin.path(rendered, destination), size, digest, self._clock)
        publication = Publication(clip, origin.number, rendered.path)
        with self._database.transaction() as connection:
            source = SourceTable(connection).remember(origin.media, self._clock.now()) if origin.media else None
            ClipTable(connection).announce(publication, source)
        with self._naming:
            try:
                while not give_name(rendered.path, publication.clip.path, replace=destination.file_name is not None):
                    publication = self._renamed(publication, rendered, destination, origin, source)
                replaced = self._list(publication, beside)
            except BaseException:
                self._withdraw(publication)
                raise
        self._tell_of_removal(replaced)
        return publication.clip

    def resume(self, job_id: str, number: int, beside: Callable[[Clip], None]) -> Clip | None:
        """Go on with a clip whose publication was cut short; ``None`` if it is to be rendered again.

        Args:
            job_id: the job that makes it.
            number: its place among the job's clips.
            beside: as for :meth:`shelve`.
        """
        with self._database.reading() as connection:
            publication = ClipTable(connection).placed(job_id, number)
        if publication is None:
            return None
        clip = publication.clip
        if publication.listed:
            with self._database.transaction():
                beside(clip)
            keep_name(publication.temporary)
            return clip
        with self._naming:
            if not has_name(publication.temporary, clip.path, clip.file_size, clip.sha256):
                self._withdraw(publication)
                return None
            replaced = self._list(publication, beside)
        self._tell_of_removal(replaced)
        return clip

    def discard(self, job_id: str) -> None:
        """Remove what a job that has ended was about to publish.

        Raises:
            InputError: ``disk_full``; the next sweep removes it.
        """
        with self._database.reading() as connection:
            unfinished = ClipTable(connection).publishing()
        for publication in unfinished:
            if publication.clip.job == job_id and publication.clip.id not in self._aside:
                with self._naming:
                    self._withdraw(publication)

    def rename(self, clip_id: str, name: str, policy: Policy) -> Clip:
        """Give a clip another name; its file keeps its own.

        Raises:
            InputError: ``unknown_clip``; ``bad_usage`` for an empty name or one that is too long.
        """
        name = " ".join(name.split())
        if not name or len(name) > policy.max_name_length:
            raise InputError(
                ErrorCode.BAD_USAGE,
                f"A clip's name has 1 to {policy.max_name_length} characters, not {len(name)}.",
                "Choose another name.",
            )
        return self._change(clip_id, lambda clip: dataclasses.replace(clip, name=name))

    def pin(self, clip_id: str, policy: Policy) -> Clip:
        """Keep a clip until a person deletes it.

        Raises:
            InputError: ``unknown_clip``.
            Refused: ``storage_full``.
        """

        def pinned(clip: Clip) -> Clip:
            room = self.storage(policy).free
            if not clip.pinned and clip.file_size > room:
                raise Refused(
                    ErrorCode.STORAGE_FULL,
                    f"{clip.name!r} takes {clip.file_size} bytes, but pinned clips have only {room} bytes left.",
                    "Unpin or delete another clip.",
                )
            return dataclasses.replace(clip, expires=None)

        return self._change(clip_id, pinned)

    def unpin(self, clip_id: str, policy: Policy) -> Clip:
        """Let a clip expire, a lifetime from now; one that expires anyway keeps its time.

        Raises:
            InputError: ``unknown_clip``.
        """
        expires = self._clock.latest() + policy.clip_lifetime
        return self._change(clip_id, lambda clip: dataclasses.replace(clip, expires=expires) if clip.pinned else clip)

    def delete(self, clip_id: str) -> int:
        """Remove a clip and its file; the bytes that it frees.

        Raises:
            InputError: ``unknown_clip``; ``output_not_writable`` if the file cannot be removed.
        """
        return self._remove(self.get(clip_id), lambda _: True)

    def set_aside(self, clip_id: str) -> None:
        """Remove a clip in such a way that :meth:`bring_back` can undo it; its bytes are freed by :meth:`let_go`.

        Raises:
            InputError: ``unknown_clip``; ``output_not_writable`` if the file cannot be moved.
        """
        clip = self.get(clip_id)
        with self._naming:
            with self._database.transaction() as connection:
                table = ClipTable(connection)
                publication = table.publication(clip_id)
                if publication is None or not publication.listed:
                    return  # somebody else was quicker
                clip = publication.clip
                temporary = temporary_path(clip.path.parent, clip.job or clip.id, publication.number)
                table.take_off(clip_id, temporary)
            try:
                if clip.path.exists():
                    clip.path.replace(temporary)
            except OSError as error:
                with self._database.transaction() as connection:
                    ClipTable(connection).list_as(clip)
                raise _cannot_remove(clip, error) from error
            self._aside.add(clip_id)
        self._bus.publish(ClipRemoved(clip_id))

    def bring_back(self, clip_id: str) -> Clip:
        """List a clip again that was set aside, under its own name or, if that is another's now, one like it.

        Raises:
            InputError: ``unknown_clip`` if it was let go; ``source_not_found`` if its file is gone;
                ``output_not_writable`` or ``disk_full``.
        """
        with self._naming:
            with self._database.reading() as connection:
                publication = ClipTable(connection).publication(clip_id)
            if publication is None or publication.listed or clip_id not in self._aside:
                raise InputError(ErrorCode.UNKNOWN_CLIP, f"There is no clip {clip_id[:40]!r}.", "It was let go.")
            clip, temporary = publication.clip, publication.temporary
            if not temporary.is_file():
                raise InputError(ErrorCode.SOURCE_NOT_FOUND, f"The file {clip.path} is gone.", "Make the clip again.")
            while not give_name(temporary, clip.path, replace=False):
                clip = dataclasses.replace(clip, path=free_name_like(clip.path))
            self._list(dataclasses.replace(publication, clip=clip), lambda _: None)
            self._aside.discard(clip_id)
        self._bus.publish(ClipAdded(clip.job, clip))
        return clip

    def let_go(self) -> int:
        """Remove the files of all clips that were set aside; the bytes that are freed.

        Raises:
            InputError: ``disk_full``; the next start removes them.
        """
        freed = 0
        with self._naming:
            for clip_id in tuple(self._aside):
                with self._database.reading() as connection:
                    publication = ClipTable(connection).publication(clip_id)
                if publication is not None and not publication.listed:
                    with suppress(OSError):
                        freed += publication.temporary.stat().st_size
                    self._withdraw(publication)
                self._aside.discard(clip_id)
        return freed

    def export(self, clip_id: str, path: Path) -> Path:
        """Copy a clip's file.

        Args:
            clip_id: the clip.
            path: a folder, in which nothing is replaced, or a file that is made or replaced.

        Raises:
            InputError: ``unknown_clip``, ``source_not_found``, ``output_not_writable`` or ``disk_full``.
        """
        clip = self.get(clip_id)
        if not clip.path.is_file():
            raise InputError(
                ErrorCode.SOURCE_NOT_FOUND, f"The file {clip.path} is gone.", "Make the clip again, or delete it."
            )
        target = free_name_like(path / clip.path.name) if path.is_dir() else path
        copy_out(clip.path, target)
        return target

    def expire(self) -> None:
        """Remove the clips whose time has come, by the wall clock and by a steady one.

        One whose disk is not there just now is no longer listed, and removed when the disk is back.
        """
        with self._database.reading() as connection:
            expired = ClipTable(connection).expired(self._clock.earliest())
        for clip in filter(lambda clip: clip.path.parent.is_dir(), expired):
            try:
                self._remove(clip, self.has_expired)
            except FastClipError as error:
                _log.warning("An expired clip stays for now: %s", error)

    def sweep(self, running: Collection[str], ended: Callable[[str], bool]) -> None:
        """Remove what a run that was cut short left behind: files that no row has, and rows whose file is gone.

        A file on a disk that is not there just now counts as there.

        Args:
            running: ids of jobs that go on; what they were about to publish is left to them.
            ended: whether an id is that of one of our jobs that has ended.
        """
        with self._database.reading() as connection:
            table, jobs = ClipTable(connection), JobTable(connection)
            unfinished, listed = table.publishing(), tuple(table.each())
            folders = {*table.folders(), *_destinations((*jobs.queue(), *jobs.cancelled()))}
        awaited = []
        for publication in unfinished:
            if publication.clip.job in running:
                awaited.append(publication.temporary)
            else:
                self._withdraw(publication)
        for folder in folders:
            for path, job_id in leftovers(folder, awaited):
                if job_id in running or ended(job_id):
                    with suppress(OSError):
                        path.unlink()
        for clip in listed:
            if is_gone(clip.path):
                self._forget(clip)
                self._bus.publish(ClipRemoved(clip.id))

    def _renamed(
        self,
        publication: Publication,
        rendered: RenderedFile,
        destination: Destination,
        origin: Origin,
        source: int | None,
    ) -> Publication:
        """The same clip under another name, since somebody was quicker."""
        path = origin.path(rendered, destination)
        again = dataclasses.replace(publication, clip=dataclasses.replace(publication.clip, path=path, name=path.stem))
        with self._database.transaction() as connection:
            ClipTable(connection).announce(again, source)
        return again

    def _list(self, publication: Publication, beside: Callable[[Clip], None]) -> Clip | None:
        """List a clip whose file has its name; the clip that had the name before."""
        clip = publication.clip
        with self._database.transaction() as connection:
            table = ClipTable(connection)
            older = table.at(clip.path)
            if older is not None:
                table.remove(older.id)  # the person chose its name for the new one
            table.list_as(clip)
            beside(clip)
        keep_name(publication.temporary)
        return older

    def _tell_of_removal(self, clip: Clip | None) -> None:
        if clip is not None:
            self._bus.publish(ClipRemoved(clip.id))

    def _withdraw(self, publication: Publication) -> None:
        """Remove what there is of a clip that will not be listed."""
        clip = publication.clip
        with self._database.reading() as connection:
            other = ClipTable(connection).at(clip.path)
        is_anothers = other is not None and other.sha256 == clip.sha256
        take_name_back(publication.temporary, clip.path, clip.file_size, clip.sha256, is_anothers=is_anothers)
        with self._database.transaction() as connection:
            ClipTable(connection).remove(clip.id)

    def _change(self, clip_id: str, change: Callable[[Clip], Clip]) -> Clip:
        """Write down what a change makes of a clip as it is now; nothing comes between the look and the commit."""
        with self._bus.turn:
            with self._database.transaction() as connection:
                before = self.get(clip_id)
                clip = change(before)
                ClipTable(connection).change(clip)
            if clip != before:
                self._bus.publish(ClipChanged(clip))
        return clip

    def _remove(self, clip: Clip, is_due: Callable[[Clip], bool]) -> int:
        """Remove a clip that is still there and still to go; the bytes that are freed."""
        with self._naming, self._database.transaction() as connection:
            found = ClipTable(connection).find(clip.id)
            if found is None or not is_due(found):
                return 0  # its name is another clip's by now, or it was pinned
            try:
                freed = clip.path.stat().st_size if clip.path.exists() else 0
                clip.path.unlink(missing_ok=True)
            except OSError as error:
                raise _cannot_remove(clip, error) from error
            self._forget(clip)
        self._bus.publish(ClipRemoved(clip.id))
        return freed

    def _forget(self, clip: Clip) -> None:
        with self._database.transaction() as connection:
            ClipTable(connection).remove(clip.id)


def _cannot_remove(clip: Clip, error: OSError) -> InputError:
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"The file {clip.path} can't be removed: {error.strerror or error}.",
        "Close what has it open, or remove it by hand.",
    )


def _destinations(jobs: Iterable[Job]) -> set[Path]:
    requests = [job.request for job in jobs]
    return {request.destination.folder for request in requests if not isinstance(request, AnalyzeRequest)}
