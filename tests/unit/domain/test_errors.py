from __future__ import annotations

import inspect
import pickle
from fractions import Fraction

import pytest

from fastclip_desktop.domain import errors
from fastclip_desktop.domain.errors import (
    BytesNotFetched,
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    InternalError,
    NothingFound,
    Refused,
    SeveralMedia,
    TooOften,
    UnavailableError,
    UsageError,
    WorkerLost,
)
from fastclip_desktop.domain.media import ListedMedia

ALL = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, FastClipError) and member.__module__ == errors.__name__
]

EXIT_CODES: dict[type[FastClipError], int] = {
    FastClipError: 1,
    UsageError: 2,
    InputError: 3,
    UnavailableError: 3,
    SeveralMedia: 3,
    NothingFound: 4,
    Cancelled: 5,
    Refused: 3,
    TooOften: 3,
    InternalError: 1,
    BytesNotFetched: 1,
    WorkerLost: 1,
}


def test_every_class_has_an_exit_code_here() -> None:
    assert set(EXIT_CODES) == set(ALL)


@pytest.mark.parametrize("kind", ALL)
def test_each_class_ends_the_command_line_with_its_code(kind: type[FastClipError]) -> None:
    assert kind.exit_code == EXIT_CODES[kind]


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_crosses_a_process_border_unchanged(kind: type[FastClipError], protocol: int) -> None:
    error = kind(ErrorCode.NOT_MEDIA, "“notes.txt” is text, not a video.", "Choose a video file.")
    copy = pickle.loads(pickle.dumps(error, protocol))
    assert type(copy) is kind
    assert (copy.code, copy.message, copy.hint) == (error.code, error.message, error.hint)
    assert copy.code is ErrorCode.NOT_MEDIA


def test_the_entries_to_choose_from_cross_a_process_border_too() -> None:
    entries = (ListedMedia("Part 1", "https://example.org/1", Fraction(5, 2)), ListedMedia("", ""))
    error = SeveralMedia(ErrorCode.PLAYLIST_SOURCE, "It is a list.", "Choose one.", entries)
    assert pickle.loads(pickle.dumps(error)).entries == entries


def test_an_error_reads_as_its_sentence_and_the_way_out() -> None:
    assert str(InputError(ErrorCode.NO_AUDIO, "It has no sound.", "Choose gif.")) == "It has no sound. Choose gif."
    assert str(InputError(ErrorCode.NO_AUDIO, "It has no sound.")) == "It has no sound."


def test_a_bare_cancel_says_so() -> None:
    assert (Cancelled().code, str(Cancelled())) == (ErrorCode.CANCELLED, "Cancelled.")


def test_a_transient_fault_is_also_an_input_fault() -> None:
    assert issubclass(UnavailableError, InputError)


def test_a_cancel_and_an_empty_answer_are_no_input_fault() -> None:
    assert not issubclass(Cancelled, InputError)
    assert not issubclass(NothingFound, InputError)


def test_codes_are_their_own_lower_case_names() -> None:
    assert [code for code in ErrorCode if code.value != code.name.lower()] == []


def test_codes_that_scripts_know_keep_their_names() -> None:
    known = {
        "bad_time", "bad_usage", "bad_format", "bad_quality", "bad_range", "bad_query", "clip_too_long",
        "source_too_long", "range_outside_source", "source_not_found", "source_is_folder", "source_unreadable",
        "source_empty", "source_unreachable", "source_refused", "source_too_large", "not_media", "damaged_media",
        "encrypted_media", "unsupported_codec", "unsupported_site", "live_source", "playlist_source", "no_audio",
        "no_video", "no_transcript", "bad_subtitles", "output_not_writable", "disk_full",
        "nothing_found", "cancelled", "internal",
    }  # fmt: skip
    assert known <= set(ErrorCode)


def test_a_limit_tells_when_to_come_back_across_a_process_border_too() -> None:
    error = TooOften(ErrorCode.TOO_OFTEN, "Too many jobs.", "Wait.", retry_after=12.5)
    assert pickle.loads(pickle.dumps(error)).retry_after == 12.5
