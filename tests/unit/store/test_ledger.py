import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from fastclip_desktop.domain.errors import ErrorCode, InternalError, Refused, UsageError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import MOST_MONEY, Account, Ledger

DIME = Money(10)


def balances(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {str(account): money.cents for account, money in Ledger(connection).balances().items()}


def sums_of_movements(database: Database) -> set[int]:
    with database.reading() as connection:
        return {row[0] for row in connection.execute("SELECT SUM(cents) FROM ledger GROUP BY movement")}


def interrupted(database: Database, work: Callable[[Ledger], object]) -> None:
    with database.transaction() as connection:
        work(Ledger(connection))
        raise InterruptedError


def test_a_reservation_is_paid_in_part_and_the_rest_comes_back(memory: Database) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(100), "gift")
        reservation = ledger.reserve(Money(60))
        assert ledger.balance() == Money(40)
        ledger.settle(reservation, Money(25))
    assert balances(memory) == {"external": -100, "available": 75, "reserved": 0, "spent": 25}
    assert sums_of_movements(memory) == {0}


def test_a_voided_reservation_costs_nothing(memory: Database) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(100), "gift")
        ledger.void(ledger.reserve(Money(100)))
    assert balances(memory) == {"external": -100, "available": 100, "reserved": 0, "spent": 0}


def test_too_low_a_balance_is_refused_with_both_amounts(memory: Database) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(120), "gift")
        with pytest.raises(Refused) as refused:
            ledger.reserve(Money(121))
    assert refused.value.code is ErrorCode.BALANCE_TOO_LOW
    assert "$1.21" in refused.value.message
    assert "$1.20" in refused.value.message
    assert balances(memory)["available"] == 120


def test_a_refused_reservation_leaves_no_row(memory: Database) -> None:
    with memory.transaction() as connection, pytest.raises(Refused):
        Ledger(connection).reserve(Money(10**30))
    with memory.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM reservations").fetchone()[0] == 0


def test_nothing_can_be_reserved_for_nothing(memory: Database) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        settled, voided = ledger.reserve(Money(0)), ledger.reserve(Money(0), "key")
        ledger.settle(settled, Money(0))
        ledger.void(voided)
        with pytest.raises(InternalError):
            ledger.settle(settled, Money(0))
    assert set(balances(memory).values()) == {0}


@pytest.mark.parametrize("first", ["settle", "void"])
@pytest.mark.parametrize("second", ["settle", "void"])
def test_a_reservation_ends_once(memory: Database, first: str, second: str) -> None:
    def end(ledger: Ledger, how: str, reservation: int) -> None:
        ledger.settle(reservation, Money(5)) if how == "settle" else ledger.void(reservation)

    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(50), "gift")
        reservation = ledger.reserve(Money(20))
        end(ledger, first, reservation)
        before = ledger.balances()
        with pytest.raises(InternalError, match="before"):
            end(ledger, second, reservation)
        assert ledger.balances() == before


@pytest.mark.parametrize("cost", [Money(-1), Money(21)])
def test_a_cost_outside_the_reservation_is_refused(memory: Database, cost: Money) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(50), "gift")
        reservation = ledger.reserve(Money(20))
        with pytest.raises(InternalError, match="cannot be paid"):
            ledger.settle(reservation, cost)
        ledger.settle(reservation, Money(20))
    assert balances(memory)["spent"] == 20


def test_an_unknown_reservation_and_a_negative_one_are_refused(memory: Database) -> None:
    with memory.transaction() as connection:
        with pytest.raises(InternalError, match="does not exist"):
            Ledger(connection).void(7)
        with pytest.raises(InternalError):
            Ledger(connection).reserve(Money(-1))


@pytest.mark.parametrize("amount", [Money(0), Money(-5), MOST_MONEY + Money(1)])
def test_a_deposit_is_more_than_nothing_and_less_than_everything(memory: Database, amount: Money) -> None:
    with memory.transaction() as connection, pytest.raises(UsageError):
        Ledger(connection).deposit(amount, "")
    assert set(balances(memory).values()) == {0}


def test_a_key_has_spent_what_was_paid_and_what_is_set_aside(memory: Database) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(500), "gift")
        ledger.settle(ledger.reserve(Money(50), "ours"), Money(30))
        ledger.void(ledger.reserve(Money(70), "ours"))
        ledger.reserve(Money(100), "ours")
        ledger.reserve(Money(40), "another")
        assert ledger.spent_by("ours") == Money(130)
        assert ledger.spent_by("nobody") == Money(0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET cents = cents + 1",
        "DELETE FROM ledger",
        "REPLACE INTO ledger SELECT id, movement, account, 0, reservation, memo, created FROM ledger",
        "UPDATE reservations SET cost = 0",
        "DELETE FROM reservations",
    ],
)
def test_what_was_written_stays(memory: Database, statement: str) -> None:
    with memory.transaction() as connection:
        ledger = Ledger(connection)
        ledger.deposit(Money(50), "gift")
        ledger.settle(ledger.reserve(Money(20)), Money(5))
    before = balances(memory)
    with pytest.raises(sqlite3.IntegrityError), memory.transaction() as connection:
        connection.execute(statement)
    assert balances(memory) == before


def test_a_reservation_goes_with_the_transaction_that_it_was_made_in(memory: Database) -> None:
    with memory.transaction() as connection:
        Ledger(connection).deposit(Money(50), "gift")
    with pytest.raises(InterruptedError):
        interrupted(memory, lambda ledger: ledger.reserve(Money(20)))
    assert balances(memory) == {"external": -50, "available": 50, "reserved": 0, "spent": 0}


class LedgerAgainstArithmetic(RuleBasedStateMachine):
    """The ledger beside four plain numbers."""

    reservations = Bundle("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.database = Database.in_memory()
        self.known = dict.fromkeys(("external", "available", "reserved", "spent"), 0)
        self.amounts: dict[int, int] = {}
        self.keys: dict[int, str] = {}
        self.costs: dict[int, int] = {}

    def teardown(self) -> None:
        self.database.close()

    @rule(cents=st.integers(-10, 2000))
    def deposit(self, cents: int) -> None:
        with self.database.transaction() as connection:
            if cents <= 0:
                with pytest.raises(UsageError):
                    Ledger(connection).deposit(Money(cents), "")
                return
            Ledger(connection).deposit(Money(cents), "")
        self.known["external"] -= cents
        self.known["available"] += cents

    @rule(target=reservations, cents=st.integers(0, 900), key=st.sampled_from(["", "a", "b"]))
    def reserve(self, cents: int, key: str) -> int:
        with self.database.transaction() as connection:
            if cents > self.known["available"]:
                with pytest.raises(Refused):
                    Ledger(connection).reserve(Money(cents), key)
                return -1
            number = Ledger(connection).reserve(Money(cents), key)
        assert number not in self.amounts
        self.amounts[number], self.keys[number] = cents, key
        self.known["available"] -= cents
        self.known["reserved"] += cents
        return number

    @rule(number=reservations, share=st.floats(0, 1), how=st.sampled_from(["settle", "void", "too much", "break off"]))
    def end(self, number: int, share: float, how: str) -> None:
        amount = self.amounts.get(number, 0)
        cost = 0 if how == "void" else round(share * amount)
        settles = how in ("settle", "break off")
        if number not in self.amounts or number in self.costs or how == "too much":
            with pytest.raises(InternalError), self.database.transaction() as connection:
                Ledger(connection).settle(number, Money(amount + 1 if how == "too much" else cost))
            return
        if how == "break off":
            with pytest.raises(InterruptedError):
                interrupted(self.database, lambda ledger: ledger.settle(number, Money(cost)))
            return
        with self.database.transaction() as connection:
            ledger = Ledger(connection)
            ledger.settle(number, Money(cost)) if settles else ledger.void(number)
        self.costs[number] = cost
        self.known["reserved"] -= amount
        self.known["spent"] += cost
        self.known["available"] += amount - cost

    @invariant()
    def the_balances_are_those_of_arithmetic(self) -> None:
        assert balances(self.database) == self.known
        assert sum(self.known.values()) == 0
        assert self.known["available"] >= 0

    @invariant()
    def every_movement_adds_up(self) -> None:
        assert sums_of_movements(self.database) <= {0}

    @invariant()
    def keys_have_spent_what_is_theirs(self) -> None:
        with self.database.reading() as connection:
            for key in ("a", "b"):
                theirs = [number for number, owner in self.keys.items() if owner == key]
                spent = sum(self.costs.get(number, self.amounts[number]) for number in theirs)
                assert Ledger(connection).spent_by(key) == Money(spent)


class TestAFewRuns(LedgerAgainstArithmetic.TestCase):
    settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


@pytest.mark.slow
@pytest.mark.timeout(1200)
class TestTwoThousandRuns(LedgerAgainstArithmetic.TestCase):
    settings = settings(max_examples=2000, stateful_step_count=50, deadline=None)


@pytest.mark.parametrize("tries", [40, pytest.param(500, marks=pytest.mark.slow)])
def test_sixteen_threads_spend_ten_dollars_in_a_hundred_dimes(tmp_path: Path, tries: int) -> None:
    made: list[int] = []
    refused: list[ErrorCode] = []

    with Database.open(tmp_path / "fastclip.sqlite") as database:
        with database.transaction() as connection:
            Ledger(connection).deposit(Money(1000), "ten dollars")

        def spend() -> None:
            for _ in range(tries):
                try:
                    with database.transaction() as connection:
                        made.append(Ledger(connection).reserve(DIME))
                except Refused as refusal:
                    refused.append(refusal.code)

        threads = [threading.Thread(target=spend) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == len(set(made)) == 100
        assert refused == [ErrorCode.BALANCE_TOO_LOW] * (16 * tries - 100)
        assert balances(database) == {"external": -1000, "available": 0, "reserved": 1000, "spent": 0}
        for reservation in made:
            with database.transaction() as connection:
                Ledger(connection).settle(reservation, DIME)
    with Database.open(tmp_path / "fastclip.sqlite") as database:
        assert balances(database) == {"external": -1000, "available": 0, "reserved": 0, "spent": 1000}
        assert set(Account) == set(Ledger(database._connection).balances())
