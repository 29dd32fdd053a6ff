from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError, Refused, UsageError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.keyring import Keyring
from fastclip_desktop.engine.remote_keys import RemoteKeyring, answer_about_keys
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.data_folder import claim
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.hand_over import ask
from tests.scripted_runner import ScriptedRunner


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(Database.in_memory(), Clock())


@pytest.fixture
def remote(keyring: Keyring) -> RemoteKeyring:
    return RemoteKeyring(partial(answer_about_keys, keyring))


def test_keys_are_made_listed_and_revoked_where_they_are_held(keyring: Keyring, remote: RemoteKeyring) -> None:
    key, secret = remote.create("ägent", scope=Scope.CLIPS, budget=Money(500), expires=4e9, policy=HOSTED)
    assert keyring.find(secret) is not None
    assert remote.all() == keyring.all()
    assert remote.all()[0].name == "ägent"
    assert remote.all()[0].budget == Money(500)
    assert remote.revoke(key.id) == keyring.all()[0]
    assert keyring.find(secret) is None


def test_what_the_holder_refuses_is_refused_here(remote: RemoteKeyring) -> None:
    with pytest.raises(InputError) as unknown:
        remote.revoke("nobody")
    assert unknown.value.code is ErrorCode.UNKNOWN_KEY
    with pytest.raises(UsageError):
        remote.create("two\nlines")
    for number in range(HOSTED.most_keys):
        remote.create(str(number))
    with pytest.raises(Refused) as full:
        remote.create("one more")
    assert full.value.code is ErrorCode.KEYS_FULL
    assert "no more than 10" in full.value.message


def asked_by(call: Callable[[RemoteKeyring], object]) -> tuple[str, ...]:
    """What a call asks for."""
    words: list[tuple[str, ...]] = []
    with pytest.raises(InputError):
        call(RemoteKeyring(words.append))
    return words[0]


@pytest.mark.parametrize("said", [None, "", "AAAA", "no base64", "\x00"])
def test_a_holder_that_says_nothing_of_use_is_in_use(said: str | None) -> None:
    with pytest.raises(InputError) as busy:
        RemoteKeyring(lambda _: said).all()
    assert busy.value.code is ErrorCode.DATA_IN_USE


@pytest.mark.parametrize(
    "words", [(), ("keys",), ("keys", ""), ("keys", "AAAA"), ("clips", "AAAA"), ("keys", "a", "b")]
)
def test_what_is_no_question_about_keys_is_not_answered(keyring: Keyring, words: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of any kind
        answer_about_keys(keyring, words)


def test_a_holder_that_is_closing_does_not_answer(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "fastclip.sqlite")
    keyring = Keyring(database, Clock())
    database.close()
    with pytest.raises(InternalError):
        answer_about_keys(keyring, asked_by(RemoteKeyring.all))


def test_a_kept_engine_answers_whoever_asks_for_its_keys(paths: Paths) -> None:
    database = Database.open(paths.database)
    with claim(paths.data) as claimed, Engine(ScriptedRunner({}), paths, database, claimed) as engine:
        remote = RemoteKeyring(partial(ask, paths.data))
        key, secret = remote.create("script")
        assert engine.keys.find(secret) is not None
        assert engine.keys.all() == remote.all()
        remote.revoke(key.id)
        assert engine.keys.find(secret) is None
