"""The price card against an oracle that shares no code with it: whole cents and milliseconds, and nothing else."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.job import AnalyzeRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.engine.accounts import Accounts, highest_price
from fastclip_desktop.store.database import Database
from tests.unit.engine.small_jobs import auto_request, clip_request

HOUR = 3_600_000


def hours(milliseconds: int) -> int:
    return max(1, (milliseconds + HOUR - 1) // HOUR)


@pytest.mark.parametrize("count", [1000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_random_jobs_cost_what_the_card_says(count: int) -> None:
    chance = random.Random(16)
    funds = 10**7
    spent = 0
    with Database.in_memory() as database:
        accounts = Accounts(database)
        accounts.deposit(Money(funds), "for a test")
        for _ in range(count):
            length = chance.choice([0, 1, HOUR - 1, HOUR, HOUR + 1, 3 * HOUR, chance.randrange(3 * HOUR)])
            most, found = chance.randrange(1, 9), chance.randrange(9)
            found = min(found, most)
            duration = Fraction(length, 1000)
            kind = chance.choice(["clip", "auto", "analyze"])
            if kind == "clip":
                request, reserved, cost = clip_request(Path(), policy=HOSTED), 10, 10
                real = HOSTED.clip_price
            elif kind == "auto":
                request = auto_request(Path(), policy=HOSTED, max_clips=most)
                reserved = 20 * hours(length) + 10 * (most - 1)
                cost = 20 * hours(length) + 10 * max(0, found - 1)
                real = HOSTED.auto_price(duration, found)
            else:
                request = AnalyzeRequest("", ("words",), policy=HOSTED)
                reserved = cost = 10 * hours(length)
                real = HOSTED.analyze_price(duration)
            aside = highest_price(request, duration)
            assert (aside.cents, real.cents) == (reserved, cost)
            reservation = accounts.reserve(aside, "key")
            if chance.random() < 0.2:
                accounts.void(reservation)  # it failed, and costs nothing
            else:
                accounts.settle(reservation, real)
                spent += cost
        assert accounts.balance() == Money(funds - spent)
        assert sum(each.cents for each in accounts.balances().values()) == 0


def test_at_home_everything_is_free() -> None:
    for request in (clip_request(Path()), auto_request(Path()), AnalyzeRequest("", ("words",), policy=LOCAL)):
        assert highest_price(request, Fraction(100_000)) == Money(0)
