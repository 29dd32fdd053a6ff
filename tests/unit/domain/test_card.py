from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from fastclip_desktop.domain.card import Card

VISA: dict[str, Any] = {"id": "card_1a2b3c", "brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2027}


def test_a_card_is_what_it_was_made_of() -> None:
    assert asdict(Card(**VISA)) == VISA


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("id", value) for value in ("", "card_", "visa", "card_A", "card_1\n", "card_" + "a" * 33)],
        *[("brand", value) for value in ("", "a" * 41, "a\nb", "\ud800")],
        *[("last4", value) for value in ("", "424", "42424", "\uff14242", "4242424242424242")],
        *[("exp_month", value) for value in (0, 13, -1)],
        *[("exp_year", value) for value in (27, 10_000)],
    ],
)
def test_what_is_no_card_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"card|brand"):
        Card(**{**VISA, field: value})
