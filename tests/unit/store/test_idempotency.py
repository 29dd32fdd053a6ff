import pytest

from fastclip_desktop.domain.errors import ErrorCode, Refused
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import CallName, EarlierCall, Idempotency

CALL = CallName("key", "my-name", "/v1/clip")


def remember(database: Database, call: CallName = CALL, body: bytes = b"{}", now: float = 1.0) -> EarlierCall | None:
    with database.transaction() as connection:
        return Idempotency(connection).remember(call, body, now)


def test_the_same_call_gets_the_first_ones_answer(memory: Database) -> None:
    assert remember(memory) is None
    assert remember(memory) == EarlierCall(None, None)
    with memory.transaction() as connection:
        Idempotency(connection).answer(CALL, '{"job_id": "j"}', "j")
    assert remember(memory) == EarlierCall("j", '{"job_id": "j"}')


def test_another_body_under_the_same_name_is_refused(memory: Database) -> None:
    remember(memory)
    with pytest.raises(Refused, match="my-name") as refused:
        remember(memory, body=b"[]")
    assert refused.value.code is ErrorCode.KEY_REUSED


@pytest.mark.parametrize(
    "other", [CallName("x", "my-name", "/v1/clip"), CallName("key", "x", "/v1/clip"), CallName("key", "my-name", "x")]
)
def test_another_key_name_or_route_is_another_call(memory: Database, other: CallName) -> None:
    remember(memory)
    assert remember(memory, other, b"[]") is None


def test_what_is_old_is_forgotten(memory: Database) -> None:
    remember(memory, now=1.0)
    with memory.transaction() as connection:
        Idempotency(connection).forget(1.0)
    assert remember(memory) is not None
    with memory.transaction() as connection:
        Idempotency(connection).forget(1.1)
    assert remember(memory, body=b"[]") is None
