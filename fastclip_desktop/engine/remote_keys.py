"""The keys of a data folder that another program holds: how they are asked for, and how it answers.

One program at a time writes to a data folder, so that a command that is to make a key while the window is open has
the window make it. Questions and answers are records in base64, since the way between the two takes texts.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.store.records import pack, unpack

_TOPIC = "keys"


@dataclass(frozen=True, slots=True)
class _Create:
    name: str
    scope: Scope
    budget: Money | None
    expires: float | None
    policy: Policy


@dataclass(frozen=True, slots=True)
class _List:
    pass


@dataclass(frozen=True, slots=True)
class _Revoke:
    key: str


@dataclass(frozen=True, slots=True)
class _Ask:
    question: _Create | _List | _Revoke


@dataclass(frozen=True, slots=True)
class _Answer:
    keys: tuple[ApiKey, ...] = ()
    secret: str = ""
    error: FastClipError | None = None


class RemoteKeyring:
    """The keys in the hands of the program that holds the data folder; the same calls as of a :class:`Keyring`.

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
            self.all()
        except InputError:
            return False
        return True

    def create(
        self,
        name: str,
        *,
        scope: Scope = Scope.ALL,
        budget: Money | None = None,
        expires: float | None = None,
        policy: Policy = LOCAL,
    ) -> tuple[ApiKey, str]:
        """See :meth:`Keyring.create`."""
        answer = self._answer(_Create(name, scope, budget, expires, policy))
        return answer.keys[0], answer.secret

    def all(self) -> tuple[ApiKey, ...]:
        """See :meth:`Keyring.all`."""
        return self._answer(_List()).keys

    def revoke(self, key_id: str) -> ApiKey:
        """See :meth:`Keyring.revoke`."""
        return self._answer(_Revoke(key_id)).keys[0]

    def _answer(self, question: _Create | _List | _Revoke) -> _Answer:
        said = self._ask((_TOPIC, _text(_Ask(question))))
        if said is None:
            raise _no_answer()
        try:
            answer = unpack(_Answer, b64decode(said))
        except ValueError as error:
            raise _no_answer() from error
        if answer.error is not None:
            raise answer.error
        return answer


def answer_about_keys(keyring: Keyring, words: tuple[str, ...]) -> str:
    """What the program that holds the data folder says to a :class:`RemoteKeyring`.

    Raises:
        ValueError: the words are no question about keys.
        InternalError: it cannot be answered.
    """
    topic, record = words
    if topic != _TOPIC:
        raise ValueError(f"nothing is known of {topic!r:.40}")
    question = unpack(_Ask, b64decode(record)).question
    try:
        return _text(_answer_to(keyring, question))
    except InternalError:  # the database is closed already, most likely; the next one to hold it may answer
        raise
    except FastClipError as error:
        return _text(_Answer(error=error))


def _answer_to(keyring: Keyring, question: _Create | _List | _Revoke) -> _Answer:
    match question:
        case _Create(name, scope, budget, expires, policy):
            key, secret = keyring.create(name, scope=scope, budget=budget, expires=expires, policy=policy)
            return _Answer((key,), secret)
        case _List():
            return _Answer(keyring.all())
        case _Revoke(key_id):
            return _Answer((keyring.revoke(key_id),))


def _text(value: object) -> str:
    return b64encode(pack(value)).decode()


def _no_answer() -> InputError:
    return InputError(
        ErrorCode.DATA_IN_USE,
        "The FastClip that has the data folder did not answer.",
        "Close it first, or start it again if it is of another version.",
    )
