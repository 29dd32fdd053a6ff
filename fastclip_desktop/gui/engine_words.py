"""What the engine says, in the language of the window.

The engine speaks English: its sentences name the input, and scripts and logs get the same ones. In another language a
fault is first said in the general words of its code, with the engine's own sentence below.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from fastclip_desktop.domain.errors import ErrorCode, FastClipError

STAGES: tuple[object, ...] = (
    QT_TRANSLATE_NOOP("Stages", "Choosing among the moments"),
    QT_TRANSLATE_NOOP("Stages", "Comparing meanings"),
    QT_TRANSLATE_NOOP("Stages", "Fetching the media"),
    QT_TRANSLATE_NOOP("Stages", "Fetching the sound"),
    QT_TRANSLATE_NOOP("Stages", "Finding faces"),
    QT_TRANSLATE_NOOP("Stages", "Finding the edges"),
    QT_TRANSLATE_NOOP("Stages", "Finding the moments"),
    QT_TRANSLATE_NOOP("Stages", "Joining"),
    QT_TRANSLATE_NOOP("Stages", "Listening"),
    QT_TRANSLATE_NOOP("Stages", "Listening to the words"),
    QT_TRANSLATE_NOOP("Stages", "Looking up the source"),
    QT_TRANSLATE_NOOP("Stages", "Painting the words"),
    QT_TRANSLATE_NOOP("Stages", "Publishing"),
    QT_TRANSLATE_NOOP("Stages", "Publishing {0} of {1}"),
    QT_TRANSLATE_NOOP("Stages", "Reading the meaning"),
    QT_TRANSLATE_NOOP("Stages", "Reading the words"),
    QT_TRANSLATE_NOOP("Stages", "Rendering"),
    QT_TRANSLATE_NOOP("Stages", "Rendering {0} of {1}"),
    QT_TRANSLATE_NOOP("Stages", "Writing the lines"),
)
"""The names of the engine's stages."""

FAULTS: dict[ErrorCode, object] = {
    ErrorCode.BAD_TIME: QT_TRANSLATE_NOOP("Faults", "That is no time."),
    ErrorCode.BAD_USAGE: QT_TRANSLATE_NOOP("Faults", "It cannot be done like that."),
    ErrorCode.BAD_FORMAT: QT_TRANSLATE_NOOP("Faults", "There is no such format."),
    ErrorCode.BAD_QUALITY: QT_TRANSLATE_NOOP("Faults", "There is no such quality."),
    ErrorCode.BAD_RANGE: QT_TRANSLATE_NOOP("Faults", "The start and the end do not make a clip."),
    ErrorCode.BAD_QUERY: QT_TRANSLATE_NOOP("Faults", "These words cannot be looked for."),
    ErrorCode.BAD_TRANSITION: QT_TRANSLATE_NOOP("Faults", "There is no such transition."),
    ErrorCode.CLIP_TOO_LONG: QT_TRANSLATE_NOOP("Faults", "The clip is too long."),
    ErrorCode.SOURCE_TOO_LONG: QT_TRANSLATE_NOOP("Faults", "The source is too long."),
    ErrorCode.NOT_PASSABLE: QT_TRANSLATE_NOOP("Faults", "This source cannot be copied without encoding."),
    ErrorCode.NOT_STREAMABLE: QT_TRANSLATE_NOOP("Faults", "This source cannot be played before all of it is here."),
    ErrorCode.RANGE_OUTSIDE_SOURCE: QT_TRANSLATE_NOOP("Faults", "The clip lies outside the source."),
    ErrorCode.SOURCE_NOT_FOUND: QT_TRANSLATE_NOOP("Faults", "The source is not there."),
    ErrorCode.SOURCE_IS_FOLDER: QT_TRANSLATE_NOOP("Faults", "This is a folder, not a file."),
    ErrorCode.SOURCE_UNREADABLE: QT_TRANSLATE_NOOP("Faults", "The source cannot be read."),
    ErrorCode.SOURCE_EMPTY: QT_TRANSLATE_NOOP("Faults", "There is nothing in the source."),
    ErrorCode.SOURCE_UNREACHABLE: QT_TRANSLATE_NOOP("Faults", "The source cannot be reached."),
    ErrorCode.SOURCE_REFUSED: QT_TRANSLATE_NOOP("Faults", "The site does not give the source away."),
    ErrorCode.SOURCE_TOO_LARGE: QT_TRANSLATE_NOOP("Faults", "The source is too large."),
    ErrorCode.PRIVATE_ADDRESS: QT_TRANSLATE_NOOP("Faults", "This address belongs to a private network."),
    ErrorCode.BAD_COOKIES: QT_TRANSLATE_NOOP("Faults", "The cookies cannot be used."),
    ErrorCode.BAD_UPDATE: QT_TRANSLATE_NOOP("Faults", "The update cannot be used."),
    ErrorCode.NOT_MEDIA: QT_TRANSLATE_NOOP("Faults", "This is neither video nor sound."),
    ErrorCode.DAMAGED_MEDIA: QT_TRANSLATE_NOOP("Faults", "The media is damaged."),
    ErrorCode.ENCRYPTED_MEDIA: QT_TRANSLATE_NOOP("Faults", "The media is encrypted."),
    ErrorCode.UNSUPPORTED_CODEC: QT_TRANSLATE_NOOP("Faults", "The media is of a kind that cannot be decoded."),
    ErrorCode.UNSUPPORTED_SITE: QT_TRANSLATE_NOOP("Faults", "Nothing is known of this site."),
    ErrorCode.LIVE_SOURCE: QT_TRANSLATE_NOOP("Faults", "The source is live and has not ended."),
    ErrorCode.PLAYLIST_SOURCE: QT_TRANSLATE_NOOP("Faults", "The link leads to several sources."),
    ErrorCode.NO_AUDIO: QT_TRANSLATE_NOOP("Faults", "The source has no sound."),
    ErrorCode.NO_VIDEO: QT_TRANSLATE_NOOP("Faults", "The source has no picture."),
    ErrorCode.NO_TRANSCRIPT: QT_TRANSLATE_NOOP("Faults", "Nothing is known of what is said."),
    ErrorCode.BAD_SUBTITLES: QT_TRANSLATE_NOOP("Faults", "The subtitles cannot be read."),
    ErrorCode.OUTPUT_NOT_WRITABLE: QT_TRANSLATE_NOOP("Faults", "It cannot be written there."),
    ErrorCode.DISK_FULL: QT_TRANSLATE_NOOP("Faults", "The disk is full."),
    ErrorCode.WORKER_CRASHED: QT_TRANSLATE_NOOP("Faults", "The work broke off."),
    ErrorCode.WORKER_SILENT: QT_TRANSLATE_NOOP("Faults", "The work hung and was ended."),
    ErrorCode.OUT_OF_MEMORY: QT_TRANSLATE_NOOP("Faults", "The memory was not enough."),
    ErrorCode.CLUSTER_UNREACHABLE: QT_TRANSLATE_NOOP("Faults", "The other machines cannot be reached."),
    ErrorCode.BAD_MODEL: QT_TRANSLATE_NOOP("Faults", "The model cannot be used."),
    ErrorCode.UNKNOWN_MODEL: QT_TRANSLATE_NOOP("Faults", "There is no such model."),
    ErrorCode.MODEL_TOO_LARGE: QT_TRANSLATE_NOOP("Faults", "The model is too large for this machine."),
    ErrorCode.MODEL_BUSY: QT_TRANSLATE_NOOP("Faults", "The model is being used."),
    ErrorCode.MODEL_REFUSED: QT_TRANSLATE_NOOP("Faults", "The hub does not give the model away."),
    ErrorCode.OFFLINE: QT_TRANSLATE_NOOP("Faults", "FastClip works offline."),
    ErrorCode.HUB_UNREACHABLE: QT_TRANSLATE_NOOP("Faults", "The hub cannot be reached."),
    ErrorCode.BALANCE_TOO_LOW: QT_TRANSLATE_NOOP("Faults", "The balance is too low."),
    ErrorCode.BUDGET_SPENT: QT_TRANSLATE_NOOP("Faults", "The budget is spent."),
    ErrorCode.TOO_OFTEN: QT_TRANSLATE_NOOP("Faults", "That was asked too often."),
    ErrorCode.STORAGE_FULL: QT_TRANSLATE_NOOP("Faults", "There is no room left for clips."),
    ErrorCode.KEYS_FULL: QT_TRANSLATE_NOOP("Faults", "There are too many keys."),
    ErrorCode.KEY_REUSED: QT_TRANSLATE_NOOP("Faults", "This name was used for something else."),
    ErrorCode.UNKNOWN_JOB: QT_TRANSLATE_NOOP("Faults", "There is no such job."),
    ErrorCode.UNKNOWN_CLIP: QT_TRANSLATE_NOOP("Faults", "There is no such clip."),
    ErrorCode.UNKNOWN_KEY: QT_TRANSLATE_NOOP("Faults", "There is no such key."),
    ErrorCode.JOB_ENDED: QT_TRANSLATE_NOOP("Faults", "The job has ended."),
    ErrorCode.DATA_IN_USE: QT_TRANSLATE_NOOP("Faults", "Another program uses the data."),
    ErrorCode.DATA_NOT_WRITABLE: QT_TRANSLATE_NOOP("Faults", "The data cannot be written."),
    ErrorCode.DATA_DAMAGED: QT_TRANSLATE_NOOP("Faults", "The data is damaged."),
    ErrorCode.DATA_NEWER: QT_TRANSLATE_NOOP("Faults", "The data is of a newer version."),
    ErrorCode.BAD_PROJECT: QT_TRANSLATE_NOOP("Faults", "The project cannot be read."),
    ErrorCode.PROJECT_NEWER: QT_TRANSLATE_NOOP("Faults", "The project comes from a newer FastClip."),
    ErrorCode.NOTHING_FOUND: QT_TRANSLATE_NOOP("Faults", "Nothing in this source matches."),
    ErrorCode.CANCELLED: QT_TRANSLATE_NOOP("Faults", "Stopped."),
    ErrorCode.INTERNAL: QT_TRANSLATE_NOOP("Faults", "Something went wrong inside FastClip."),
}
"""What each code means, whatever the input was."""


def stage_words(stage: str) -> str:
    """The name of a stage for a person; one that nobody knows stays as it is."""
    pattern = re.sub(r"\d+ of \d+", "{0} of {1}", stage)
    if pattern not in STAGES:
        return stage
    return QCoreApplication.translate("Stages", pattern).format(*re.findall(r"\d+", stage))


def fault_words(error: FastClipError, hint: str | None = None) -> tuple[str, str]:
    """What happened in one sentence, and what more there is to be said of it.

    Args:
        error: what happened.
        hint: the way out in the window, where the engine's own speaks of the command line.
    """
    hint = error.hint if hint is None else hint
    meaning = str(FAULTS.get(error.code, ""))
    said = QCoreApplication.translate("Faults", meaning) if meaning else ""
    if said == meaning:
        return error.message, hint
    return said, f"{error.message} {hint}".strip()
