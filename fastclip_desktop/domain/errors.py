"""What can go wrong, as one tree with stable codes.

::

    FastClipError            anything that we raise on purpose
    ├── UsageError           the call is malformed: a time that is no time, an unknown format        (exit 2)
    ├── InputError           the source, the file or the place to write to is at fault               (exit 3)
    │   ├── UnavailableError a transient kind of the same: worth another try later                   (exit 3)
    │   └── SeveralMedia     the source is a list: it carries the entries to choose from             (exit 3)
    ├── NothingFound         the search ran and the source has nothing that matches                  (exit 4)
    ├── Cancelled            a person stopped it; never shown as a failure                           (exit 5)
    ├── Refused              a limit says no: of money, of requests, of storage                      (exit 3)
    │   └── TooOften         the same, and it says when to come back                                 (exit 3)
    └── InternalError        our fault                                                               (exit 1)
        ├── BytesNotFetched  a partly fetched source lacks what is read: to be fetched, then tried again
        └── WorkerLost       the process that did the work died or fell silent: worth another try

A class exists only where a caller branches on it. What exactly happened is the :class:`ErrorCode`, which scripts may
rely on: a code is never renamed and never reused. The message names the input in one sentence, the hint is the way out.
Every error crosses a process boundary by pickle unchanged.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from fastclip_desktop.domain.media import ListedMedia


class ErrorCode(StrEnum):
    """The stable codes that scripts see."""

    BAD_TIME = "bad_time"
    BAD_USAGE = "bad_usage"
    BAD_FORMAT = "bad_format"
    BAD_QUALITY = "bad_quality"
    BAD_RANGE = "bad_range"
    BAD_QUERY = "bad_query"
    BAD_TRANSITION = "bad_transition"
    CLIP_TOO_LONG = "clip_too_long"
    SOURCE_TOO_LONG = "source_too_long"
    NOT_PASSABLE = "not_passable"
    NOT_STREAMABLE = "not_streamable"
    RANGE_OUTSIDE_SOURCE = "range_outside_source"
    SOURCE_NOT_FOUND = "source_not_found"
    SOURCE_IS_FOLDER = "source_is_folder"
    SOURCE_UNREADABLE = "source_unreadable"
    SOURCE_EMPTY = "source_empty"
    SOURCE_UNREACHABLE = "source_unreachable"
    SOURCE_REFUSED = "source_refused"
    SOURCE_TOO_LARGE = "source_too_large"
    PRIVATE_ADDRESS = "private_address"
    BAD_COOKIES = "bad_cookies"
    BAD_UPDATE = "bad_update"
    NOT_MEDIA = "not_media"
    DAMAGED_MEDIA = "damaged_media"
    ENCRYPTED_MEDIA = "encrypted_media"
    UNSUPPORTED_CODEC = "unsupported_codec"
    UNSUPPORTED_SITE = "unsupported_site"
    LIVE_SOURCE = "live_source"
    PLAYLIST_SOURCE = "playlist_source"
    NO_AUDIO = "no_audio"
    NO_VIDEO = "no_video"
    NO_TRANSCRIPT = "no_transcript"
    BAD_SUBTITLES = "bad_subtitles"
    OUTPUT_NOT_WRITABLE = "output_not_writable"
    DISK_FULL = "disk_full"
    WORKER_CRASHED = "worker_crashed"
    WORKER_SILENT = "worker_silent"
    OUT_OF_MEMORY = "out_of_memory"
    CLUSTER_UNREACHABLE = "cluster_unreachable"
    BAD_MODEL = "bad_model"
    UNKNOWN_MODEL = "unknown_model"
    MODEL_TOO_LARGE = "model_too_large"
    MODEL_BUSY = "model_busy"
    MODEL_REFUSED = "model_refused"
    HUB_UNREACHABLE = "hub_unreachable"
    OFFLINE = "offline"
    BALANCE_TOO_LOW = "balance_too_low"
    BUDGET_SPENT = "budget_spent"
    TOO_OFTEN = "too_often"
    STORAGE_FULL = "storage_full"
    KEYS_FULL = "keys_full"
    KEY_REUSED = "key_reused"
    UNKNOWN_JOB = "unknown_job"
    UNKNOWN_CLIP = "unknown_clip"
    UNKNOWN_KEY = "unknown_key"
    JOB_ENDED = "job_ended"
    DATA_IN_USE = "data_in_use"
    DATA_NOT_WRITABLE = "data_not_writable"
    DATA_DAMAGED = "data_damaged"
    DATA_NEWER = "data_newer"
    BAD_PROJECT = "bad_project"
    PROJECT_NEWER = "project_newer"
    NOTHING_FOUND = "nothing_found"
    CANCELLED = "cancelled"
    INTERNAL = "internal"


class FastClipError(Exception):
    """The root of the tree: a code for scripts, a sentence for people, a way out.

    Attributes:
        code: the stable code.
        message: one plain sentence that names the input.
        hint: what to do about it; may be empty.
        exit_code: what the command line ends with.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, code: ErrorCode, message: str, hint: str = "") -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UsageError(FastClipError):
    """The call itself is malformed."""

    exit_code = 2


class InputError(FastClipError):
    """The source or the place to write to is at fault."""

    exit_code = 3


class UnavailableError(InputError):
    """The source or the network is at fault just now; the same call may work later."""


class SeveralMedia(InputError):  # noqa: N818 - a question back
    """The source is a list of media; one of them is to be chosen.

    Attributes:
        entries: the first of the list, in its order.
    """

    def __init__(self, code: ErrorCode, message: str, hint: str = "", entries: tuple[ListedMedia, ...] = ()) -> None:
        super().__init__(code, message, hint)
        self.entries = entries


class NothingFound(FastClipError):  # noqa: N818 - an answer, not a fault
    """The search ran and nothing in the source matches."""

    exit_code = 4


class Cancelled(FastClipError):  # noqa: N818 - an answer, not a fault
    """A person stopped the work."""

    exit_code = 5

    def __init__(self, code: ErrorCode = ErrorCode.CANCELLED, message: str = "Cancelled.", hint: str = "") -> None:
        super().__init__(code, message, hint)


class Refused(FastClipError):  # noqa: N818 - an answer, not a fault
    """A limit in force says no; nothing was done and nothing was charged."""

    exit_code = 3


class TooOften(Refused):
    """A limit on how often says no.

    Attributes:
        retry_after: seconds after which the same call is let through, if nobody else calls meanwhile.
    """

    def __init__(self, code: ErrorCode, message: str, hint: str = "", retry_after: float = 1.0) -> None:
        super().__init__(code, message, hint)
        self.retry_after = retry_after


class InternalError(FastClipError):
    """Our fault: a bug or a broken installation."""


class BytesNotFetched(InternalError):  # noqa: N818 - never an outcome, see below
    """A partly fetched source lacks what is read; whoever fetched it fetches more, and nobody else sees this."""


class WorkerLost(InternalError):  # noqa: N818 - says what happened, like the others
    """The process that did the work died or fell silent; the same work may well succeed in another one."""
