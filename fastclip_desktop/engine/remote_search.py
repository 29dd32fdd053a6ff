"""The search through a library that another program holds: how it is asked, and how that program answers.

It goes the way of :mod:`~fastclip_desktop.engine.remote_keys`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.spoken import FoundSource, KnownTranscript
from fastclip_desktop.engine.search import LibrarySearch
from fastclip_desktop.store.records import pack, unpack

TOPIC = "search"
"""What a question begins with."""


@dataclass(frozen=True, slots=True)
class _Find:
    words: str
    most: int
    each: int
    skip: int
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class _Known:
    most: int


@dataclass(frozen=True, slots=True)
class _Ask:
    question: _Find | _Known


@dataclass(frozen=True, slots=True)
class _Answer:
    found: tuple[FoundSource, ...] = ()
    known: tuple[KnownTranscript, ...] = ()
    error: FastClipError | None = None


class RemoteSearch:
    """The search in the hands of the program that holds the data folder; the same calls as of a `LibrarySearch`.

    Args:
        ask: puts a question to it and gives its answer; ``None`` if there is none.

    Raises:
        InputError: from every call, ``data_in_use`` if it does not answer; else what the call itself raises there.
    """

    def __init__(self, ask: Callable[[tuple[str, ...]], str | None]) -> None:
        self._ask = ask

    def answers(self) -> bool:
        """Whether the program is there and answers."""
        try:
            self.known(1)
        except InputError:
            return False
        return True

    def find(
        self, words: str, most: int = 20, each: int = 3, skip: int = 0, *, by_meaning: bool = True
    ) -> tuple[FoundSource, ...]:
        """See :meth:`LibrarySearch.find`."""
        return self._answer(_Find(words, most, each, skip, by_meaning)).found

    def known(self, most: int = 500) -> tuple[KnownTranscript, ...]:
        """See :meth:`LibrarySearch.known`."""
        return self._answer(_Known(most)).known

    def _answer(self, question: _Find | _Known) -> _Answer:
        said = self._ask((TOPIC, _text(_Ask(question))))
        try:
            answer = unpack(_Answer, b64decode(said)) if said is not None else None
        except ValueError:
            answer = None
        if answer is None:
            raise InputError(
                ErrorCode.DATA_IN_USE,
                "The FastClip that has the library did not answer.",
                "Close it first, or start it again if it is of another version.",
            )
        if answer.error is not None:
            raise answer.error
        return answer


def answer_about_search(search: LibrarySearch, words: tuple[str, ...]) -> str:
    """What the program that holds the data folder says to a :class:`RemoteSearch`.

    Raises:
        ValueError: the words are no question about the library.
        InternalError: it cannot be answered.
    """
    topic, record = words
    if topic != TOPIC:
        raise ValueError(f"nothing is known of {topic!r:.40}")
    question = unpack(_Ask, b64decode(record)).question
    try:
        match question:
            case _Find(text, most, each, skip, by_meaning):
                return _text(_Answer(found=search.find(text, most, each, skip, by_meaning=by_meaning)))
            case _Known(most):
                return _text(_Answer(known=search.known(most)))
    except InternalError:  # the database is closed already, most likely; the next one to hold it may answer
        raise
    except FastClipError as error:
        return _text(_Answer(error=error))


def _text(value: object) -> str:
    return b64encode(pack(value)).decode()
