import re

import pytest

from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.errors import ErrorCode, Refused, UsageError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.keys import Keys, digest_of, new_key, use_is_news

NOW = 1_790_000_000.0


def made(database: Database, key: ApiKey, most: int = 10) -> str:
    with database.transaction() as connection:
        return Keys(connection).make(key, most)


def found(database: Database, secret: str) -> ApiKey | None:
    digest = digest_of(secret)
    with database.reading() as connection:
        return None if digest is None else Keys(connection).digests().get(digest)


def test_a_secret_opens_its_own_key(memory: Database) -> None:
    agent = new_key(" agent ", NOW, scope=Scope.CLIPS, budget=Money(500), expires=NOW + 60)
    other = new_key("other", NOW)
    secret = made(memory, agent)
    made(memory, other)
    assert re.fullmatch(r"sk_live_[0-9A-Za-z]{43}", secret)
    assert found(memory, secret) == agent
    assert agent.name == "agent"
    with memory.reading() as connection:
        assert Keys(connection).all() == (other, agent)
        assert Keys(connection).get(agent.id) == agent
        assert Keys(connection).budget(agent.id) == Money(500)
        assert Keys(connection).budget(other.id) is None


def test_no_secret_is_kept_and_no_two_are_the_same(memory: Database) -> None:
    secrets = [made(memory, new_key(str(number), NOW)) for number in range(10)]
    assert len(set(secrets)) == 10
    with memory.reading() as connection:
        kept = repr([tuple(row) for row in connection.execute("SELECT * FROM keys")])
    assert not any(secret in kept or secret.removeprefix("sk_live_") in kept for secret in secrets)


def test_what_is_no_key_opens_nothing(memory: Database) -> None:
    secret = made(memory, new_key("a", NOW))
    wrong = [secret[:-1], secret + "a", secret.swapcase(), secret + "\n", "", "sk_live_" + "a" * 43, "\ud800", "Bearer"]
    assert [found(memory, text) for text in wrong] == [None] * len(wrong)


def test_a_revoked_key_opens_nothing_and_is_still_told_of(memory: Database) -> None:
    key = new_key("agent", NOW)
    secret = made(memory, key)
    with memory.transaction() as connection:
        assert Keys(connection).revoke(key.id, NOW + 5)
        assert not Keys(connection).revoke(key.id, NOW + 6)
        assert not Keys(connection).revoke("nobody", NOW)
    assert found(memory, secret) is None
    with memory.reading() as connection:
        revoked = Keys(connection).get(key.id)
        assert revoked is not None
        assert revoked.revoked == NOW + 5


def test_only_live_keys_count(memory: Database) -> None:
    made(memory, new_key("first", NOW, expires=NOW + 60), most=2)
    second = new_key("second", NOW)
    made(memory, second, most=2)
    with pytest.raises(Refused, match="no more than 2") as refused:
        made(memory, new_key("third", NOW + 59), most=2)
    assert refused.value.code is ErrorCode.KEYS_FULL
    made(memory, new_key("third", NOW + 60), most=2)
    with memory.transaction() as connection:
        Keys(connection).revoke(second.id, NOW + 61)
    made(memory, new_key("fourth", NOW + 61), most=2)


@pytest.mark.parametrize(
    "key",
    [
        new_key("  ", NOW),
        new_key("x" * 201, NOW),
        new_key("two\nlines", NOW),
        new_key("\udcff", NOW),
        new_key("poor", NOW, budget=Money(-1)),
        new_key("rich", NOW, budget=Money(10**20)),
    ],
)
def test_a_key_needs_a_name_and_a_budget_that_makes_sense(memory: Database, key: ApiKey) -> None:
    with pytest.raises(UsageError) as refused:
        made(memory, key)
    assert refused.value.message.isprintable()


def test_its_use_is_written_down_now_and_then(memory: Database) -> None:
    key = new_key("agent", NOW)
    secret = made(memory, key)
    assert use_is_news(key, NOW)
    with memory.transaction() as connection:
        Keys(connection).note_use(key.id, NOW)
    used = found(memory, secret)
    assert used is not None
    assert used.used == NOW
    assert not use_is_news(used, NOW + 59)
    assert use_is_news(used, NOW + 60)
    assert use_is_news(used, NOW - 86400)
