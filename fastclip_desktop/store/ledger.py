"""Money by double entry: what comes to one account leaves another, and nothing that was written is ever changed.

There are four accounts. Funds come from ``external`` to ``available``. A reservation moves what a job may cost at most
to ``reserved``; when the job has ended, its cost goes on to ``spent`` and the rest back. A balance is the sum of an
account's entries and stands nowhere else, so it cannot disagree with them. Triggers of the tables refuse a change or
a deletion, and a second end of a reservation.
"""

from __future__ import annotations

import sqlite3
import time
from enum import StrEnum

from fastclip_desktop.domain.errors import ErrorCode, InternalError, Refused, UsageError
from fastclip_desktop.domain.money import Money

MOST_MONEY = Money(10**12)
"""In one deposit or budget; sums of entries stay far below the integers that SQLite can add."""


class Account(StrEnum):
    """Where money can lie."""

    EXTERNAL = "external"
    AVAILABLE = "available"
    RESERVED = "reserved"
    SPENT = "spent"


_NEW_MOVEMENT = "SELECT COALESCE(MAX(movement), 0) + 1 FROM ledger"

_INSERT = "INSERT INTO ledger (movement, account, cents, reservation, memo, created) VALUES (?, ?, ?, ?, ?, ?)"

_RESOLVE = "UPDATE reservations SET outcome = ?, cost = ?, resolved = ? WHERE id = ?"


class Ledger:
    """The ledger and its reservations.

    Args:
        connection: of the transaction in which money moves together with what it pays for; to look at balances, of a
            reading.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def deposit(self, amount: Money, memo: str) -> None:
        """Add funds.

        Raises:
            UsageError: ``bad_usage`` unless the amount is more than nothing and at most ``MOST_MONEY``.
        """
        if not Money(0) < amount <= MOST_MONEY:
            raise UsageError(
                ErrorCode.BAD_USAGE, f"{amount} cannot be added.", f"Add more than $0.00 and at most {MOST_MONEY}."
            )
        self._move({Account.EXTERNAL: -amount.cents, Account.AVAILABLE: amount.cents}, None, memo)

    def reserve(self, amount: Money, key: str = "") -> int:
        """Set aside what a job may cost, which may be nothing; the number of the reservation.

        Args:
            amount: at most.
            key: the id of the key on whose behalf; empty for a person.

        Raises:
            Refused: ``balance_too_low``.
        """
        if amount < Money(0):
            raise InternalError(ErrorCode.INTERNAL, f"{amount} cannot be set aside.")
        balance = self.balance()
        if amount > balance:
            raise Refused(
                ErrorCode.BALANCE_TOO_LOW,
                f"The work may cost {amount}, but the balance is {balance}.",
                "Add funds, or ask for less.",
            )
        added = self._connection.execute(
            "INSERT INTO reservations (amount, key, created) VALUES (?, ?, ?) RETURNING id",
            (amount.cents, key, time.time()),
        )
        (reservation,) = added.fetchone()
        self._move({Account.AVAILABLE: -amount.cents, Account.RESERVED: amount.cents}, reservation, "reserved")
        return int(reservation)

    def settle(self, reservation: int, cost: Money) -> None:
        """Pay what a job has cost out of its reservation, and give the rest back.

        Raises:
            InternalError: there is no such reservation, it was settled or voided before, or the cost is negative or
                more than what was set aside.
        """
        amount = self._unresolved(reservation)
        if not 0 <= cost.cents <= amount:
            raise InternalError(
                ErrorCode.INTERNAL, f"{cost} cannot be paid out of {Money(amount)} (reservation {reservation})."
            )
        self._resolve(reservation, "settled", amount, cost.cents)

    def void(self, reservation: int) -> None:
        """Give all of a reservation back.

        Raises:
            InternalError: there is no such reservation, or it was settled or voided before.
        """
        self._resolve(reservation, "voided", self._unresolved(reservation), 0)

    def balance(self) -> Money:
        """What may still be spent."""
        (cents,) = self._connection.execute(
            "SELECT COALESCE(SUM(cents), 0) FROM ledger WHERE account = ?", (str(Account.AVAILABLE),)
        ).fetchone()
        return Money(cents)

    def balances(self) -> dict[Account, Money]:
        """What lies on each account; their sum is nothing, since what came from outside is negative."""
        rows = self._connection.execute("SELECT account, SUM(cents) FROM ledger GROUP BY account").fetchall()
        return dict.fromkeys(Account, Money(0)) | {Account(account): Money(cents) for account, cents in rows}

    def spent_by(self, key: str) -> Money:
        """What was paid on behalf of a key, and what is set aside for it."""
        (cents,) = self._connection.execute(
            "SELECT COALESCE(SUM(COALESCE(cost, amount)), 0) FROM reservations WHERE key = ?", (key,)
        ).fetchone()
        return Money(cents)

    def _unresolved(self, reservation: int) -> int:
        """The cents of a reservation that nothing has come of yet."""
        row = self._connection.execute(
            "SELECT amount, outcome FROM reservations WHERE id = ?", (reservation,)
        ).fetchone()
        if row is None or row["outcome"] is not None:
            state = "does not exist" if row is None else f"was {row['outcome']} before"
            raise InternalError(ErrorCode.INTERNAL, f"Reservation {reservation} {state}.")
        return int(row["amount"])

    def _resolve(self, reservation: int, outcome: str, amount: int, cost: int) -> None:
        self._connection.execute(_RESOLVE, (outcome, cost, time.time(), reservation))
        shares = {Account.RESERVED: -amount, Account.SPENT: cost, Account.AVAILABLE: amount - cost}
        self._move(shares, reservation, outcome)

    def _move(self, shares: dict[Account, int], reservation: int | None, memo: str) -> None:
        if sum(shares.values()) != 0:
            raise InternalError(ErrorCode.INTERNAL, f"A movement of money does not add up: {shares}.")
        (movement,) = self._connection.execute(_NEW_MOVEMENT).fetchone()
        now = time.time()
        self._connection.executemany(
            _INSERT,
            [(movement, str(account), cents, reservation, memo, now) for account, cents in shares.items() if cents],
        )
