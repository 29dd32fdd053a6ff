"""Files that scripts send: announced with their size, received at one go or in parts, and gone after a day.

How much of a file is there is what lies on the disk and nothing else: whoever kills the program at any moment can go on
where the file ends.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import re
import shutil
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, Refused
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.engine.publishing import fsync_folder, output_error
from fastclip_desktop.settings.file_names import safe_file_name
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import Idempotency
from fastclip_desktop.store.uploads import Upload, UploadTable

LIFETIME = 24 * 3600.0
"""Seconds that a file is kept from when it was announced; longer while a job needs it."""

MOST_FILES = 250
"""That are announced or there at once."""

_log = logging.getLogger(__name__)


class Uploads:
    """All files that scripts send; may be used from several threads.

    Args:
        database: holds their rows.
        clock: says when they expire.
        folder: for the files, each in a folder of its own, so that none lies beside another.
    """

    def __init__(self, database: Database, clock: Clock, folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._lock = threading.Lock()
        self._receptions: dict[str, Reception] = {}

    def close(self) -> None:
        """Receive nothing more; what has come of a file stays."""
        with self._lock:
            receptions, self._receptions = [*self._receptions.values()], {}
        for reception in receptions:
            reception.close()

    def announce(
        self,
        name: str,
        content_type: str,
        size: int,
        key: str,
        policy: Policy,
        call: NamedCall | None = None,
        purpose: str = "",
    ) -> Upload:
        """Expect a file.

        Args:
            name: the sender's own name for it; what comes before the last slash is passed over.
            content_type: what the sender says that it is; kept, and believed by nobody.
            size: its bytes, exactly.
            key: the id of the sender's key.
            policy: says how much of the disk stays free.
            call: the sender's own name for this; if it led to a file before, that one is given.
            purpose: what the file is to be used as, where only that is allowed.

        Raises:
            Refused: ``storage_full``; ``key_reused`` if the call's name was another's.
        """
        upload_id, now = new_id(), self._clock.now()
        name = name.encode(errors="replace").decode()  # half a character is no text
        file_name = safe_file_name(re.split(r"[/\\]", name.rstrip("/\\"))[-1])
        upload = Upload(
            id=upload_id,
            name=name,
            content_type=content_type,
            size=size,
            path=self._folder / upload_id / file_name,
            key=key,
            created=now,
            expires=self._clock.latest() + LIFETIME,
            purpose=purpose,
        )
        with self._database.transaction() as connection:
            calls, table = Idempotency(connection), UploadTable(connection)
            earlier = None if call is None else call.recall(calls, now)
            known = None if earlier is None else table.find(earlier.answer or "")
            if known is not None:
                return _as_on_disk(known)
            self._check_room(size, table.all(), policy)
            table.add(upload)
            if call is not None:
                call.keep(calls, upload.id)
        return upload

    def find(self, upload_id: str) -> Upload | None:
        """The file of an id, with what has come of it; ``None`` if there is none, or not any more."""
        with self._database.reading() as connection:
            upload = UploadTable(connection).find(upload_id)
        if upload is None or upload.expires <= self._clock.earliest():
            return None
        return _as_on_disk(upload)

    def begin(self, upload: Upload, *, anew: bool) -> Reception | None:
        """Receive a file, from its beginning or from where it ends now; ``None`` if all of it is there.

        Whoever was sending it until now sends no more: a client that has lost its connection comes back long before
        the old one is known to be dead.

        Raises:
            InputError: ``disk_full`` or ``output_not_writable``.
        """
        with self._lock:
            older = self._receptions.pop(upload.id, None)
            if older is not None:
                older.close()
            with self._database.reading() as connection:
                known = UploadTable(connection).find(upload.id)
            if known is None or known.is_ready:
                return None
            reception = Reception(known, anew=anew)
            self._receptions[upload.id] = reception
        return reception

    def end(self, reception: Reception) -> Upload:
        """Write down what has come, unless somebody else sends it by now; the file is ready if that is all of it.

        Raises:
            InputError: ``disk_full`` or ``output_not_writable``.
        """
        upload = reception.upload
        received = reception.save()
        with self._lock:
            reception.close()
            if self._receptions.get(upload.id) is reception:
                del self._receptions[upload.id]
                with self._database.transaction() as connection:  # within the lock, so that nobody begins anew before
                    table = UploadTable(connection)
                    if received == upload.size:
                        table.finish(upload.id)
                    else:
                        table.advance(upload.id, received)
        with self._database.reading() as connection:
            return _as_on_disk(UploadTable(connection).find(upload.id) or upload)

    def expire(self, needed: Collection[str] = ()) -> None:
        """Remove the files whose time has come.

        Args:
            needed: paths of files that jobs are still to be made of; they stay until the next time.
        """
        with self._database.reading() as connection:
            expired = UploadTable(connection).expired(self._clock.earliest())
        for upload in expired:
            if str(upload.path) not in needed:
                self._remove(upload)

    def _remove(self, upload: Upload) -> None:
        with self._lock:
            reception = self._receptions.pop(upload.id, None)
            if reception is not None:
                reception.close()
        try:
            shutil.rmtree(upload.path.parent)
        except FileNotFoundError:
            pass  # nothing has come of it
        except OSError as error:
            _log.warning("An expired upload stays for now: %s", error)
            return
        try:
            with self._database.transaction() as connection:
                UploadTable(connection).remove(upload.id)
        except FastClipError as error:
            _log.warning("The row of an expired upload stays for now: %s", error)

    def fits(self, size: int, policy: Policy) -> bool:
        """Whether a file of so many bytes could be announced now."""
        with self._database.reading() as connection:
            uploads = UploadTable(connection).all()
        try:
            self._check_room(size, uploads, policy)
        except Refused:
            return False
        return True

    def _check_room(self, size: int, uploads: Collection[Upload], policy: Policy) -> None:
        """Refuse what cannot be kept.

        Raises:
            Refused: ``storage_full``.
        """
        if len(uploads) >= MOST_FILES:
            raise Refused(
                ErrorCode.STORAGE_FULL, f"{MOST_FILES} uploads are kept already.", "Wait until some have expired."
            )
        folder = next(each for each in (self._folder, *self._folder.parents) if each.exists())
        promised = sum(each.size - _as_on_disk(each).received for each in uploads if not each.is_ready)
        room = shutil.disk_usage(folder).free - policy.disk_reserve - promised
        if size > room:
            raise Refused(
                ErrorCode.STORAGE_FULL,
                f"A file of {size} bytes does not fit on this machine, which has room for {max(0, room)}.",
                "Make room on its disk.",
            )


class Reception:
    """A file on its way in.

    Attributes:
        upload: as it was announced.
        received: bytes that are there.
    """

    def __init__(self, upload: Upload, *, anew: bool) -> None:
        self.upload = upload
        self._lock = threading.Lock()
        try:
            upload.path.parent.mkdir(parents=True, exist_ok=True)
            upload.path.touch()
            self._file = upload.path.open("r+b", buffering=0)
        except OSError as error:
            raise output_error(error, upload.path.parent) from error
        if anew:
            self._file.truncate(0)
        self.received = self._file.seek(0, os.SEEK_END)

    def write(self, data: bytes) -> bool:
        """Add to the file; ``False`` if somebody else sends it by now.

        Raises:
            InputError: ``disk_full`` or ``output_not_writable``; what did fit is there.
        """
        with self._lock:
            if self._file.closed:
                return False
            left = memoryview(data)
            try:
                while left:
                    written = self._file.write(left)
                    self.received += written
                    left = left[written:]
            except OSError as error:
                raise output_error(error, self.upload.path.parent) from error
            return True

    def cut_back(self, size: int) -> None:
        """Take back what came beyond a size in bytes."""
        with self._lock:
            if not self._file.closed:
                self._file.truncate(size)
                self.received = self._file.seek(0, os.SEEK_END)

    def save(self) -> int:
        """Bring what has come to the disk; how many bytes that is.

        Raises:
            InputError: ``disk_full`` or ``output_not_writable``.
        """
        with self._lock:
            try:
                if not self._file.closed:
                    os.fsync(self._file.fileno())
                    fsync_folder(self.upload.path.parent)
                    fsync_folder(self.upload.path.parent.parent)
            except OSError as error:
                raise output_error(error, self.upload.path.parent) from error
            return self.received

    def close(self) -> None:
        """Write nothing more."""
        with self._lock, suppress(OSError):
            self._file.close()


def _as_on_disk(upload: Upload) -> Upload:
    if upload.is_ready:
        return upload
    try:
        return dataclasses.replace(upload, received=min(upload.path.stat().st_size, upload.size))
    except OSError:
        return dataclasses.replace(upload, received=0)
