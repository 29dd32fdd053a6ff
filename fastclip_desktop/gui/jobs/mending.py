"""Which button mends which fault."""

from __future__ import annotations

from enum import Enum, auto

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError, UnavailableError


class Mend(Enum):
    """What a person can do about a fault, beyond reading what it says."""

    CHOOSE_FOLDER = auto()
    FREE_SPACE = auto()
    FIND_SOURCE = auto()
    CHOOSE_CAPTIONS = auto()
    FETCH_MODEL = auto()
    CHANGE_NETWORK = auto()
    CHANGE_FORM = auto()
    CHANGE_BUDGET = auto()
    TRY_AGAIN = auto()


_BY_CODE = {
    ErrorCode.OUTPUT_NOT_WRITABLE: Mend.CHOOSE_FOLDER,
    ErrorCode.DISK_FULL: Mend.CHOOSE_FOLDER,
    ErrorCode.STORAGE_FULL: Mend.FREE_SPACE,
    ErrorCode.SOURCE_NOT_FOUND: Mend.FIND_SOURCE,
    ErrorCode.SOURCE_IS_FOLDER: Mend.FIND_SOURCE,
    ErrorCode.NO_TRANSCRIPT: Mend.CHOOSE_CAPTIONS,
    ErrorCode.BAD_SUBTITLES: Mend.CHOOSE_CAPTIONS,
    ErrorCode.UNKNOWN_MODEL: Mend.FETCH_MODEL,
    ErrorCode.BAD_MODEL: Mend.FETCH_MODEL,
    ErrorCode.MODEL_TOO_LARGE: Mend.FETCH_MODEL,
    ErrorCode.BAD_COOKIES: Mend.CHANGE_NETWORK,
    ErrorCode.SOURCE_REFUSED: Mend.CHANGE_NETWORK,
    ErrorCode.UNSUPPORTED_SITE: Mend.CHANGE_NETWORK,
    ErrorCode.NOT_PASSABLE: Mend.CHANGE_FORM,
    ErrorCode.BAD_FORMAT: Mend.CHANGE_FORM,
    ErrorCode.BAD_QUALITY: Mend.CHANGE_FORM,
    ErrorCode.CLIP_TOO_LONG: Mend.CHANGE_FORM,
    ErrorCode.NO_VIDEO: Mend.CHANGE_FORM,
    ErrorCode.NO_AUDIO: Mend.CHANGE_FORM,
    ErrorCode.BALANCE_TOO_LOW: Mend.CHANGE_BUDGET,
    ErrorCode.BUDGET_SPENT: Mend.CHANGE_BUDGET,
    ErrorCode.OUT_OF_MEMORY: Mend.TRY_AGAIN,
}


def mend_of(error: FastClipError) -> Mend | None:
    """What mends a fault; ``None`` where only other words or times do."""
    known = _BY_CODE.get(error.code)
    if known is None and isinstance(error, UnavailableError | InternalError):
        return Mend.TRY_AGAIN
    return known
