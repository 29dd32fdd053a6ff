from __future__ import annotations

import pytest

from fastclip_desktop.settings.spending_password import MOST, opens, protect

PASSWORD = "correct horse café"


def test_only_the_password_opens_what_was_protected() -> None:
    protected = protect(PASSWORD)
    assert PASSWORD not in protected
    assert opens(PASSWORD, protected)
    assert not any(opens(wrong, protected) for wrong in ("", PASSWORD + " ", PASSWORD.upper(), "\ud800", "x" * 10**6))


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert protect(PASSWORD) != protect(PASSWORD)


def test_an_accent_may_be_typed_in_two_ways() -> None:
    assert opens("correct horse cafe\N{COMBINING ACUTE ACCENT}", protect(PASSWORD))


@pytest.mark.parametrize("protected", ["", "scrypt$", PASSWORD, "scrypt$00$00", f"md5${'0' * 32}${'0' * 64}"])
def test_nothing_opens_what_was_not_protected(protected: str) -> None:
    assert not opens(PASSWORD, protected)
    assert not opens("", protected)


def test_the_longest_password_can_be_used() -> None:
    assert opens("x" * MOST, protect("x" * MOST))
