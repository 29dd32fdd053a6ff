"""What work costs, what was set aside for it, and what a key may still spend."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from fastclip_desktop.domain.credits import price_of
from fastclip_desktop.domain.errors import ErrorCode, Refused
from fastclip_desktop.domain.job import (
    MOST_MOMENTS,
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    JobRequest,
    JoinRequest,
    ShortsRequest,
)
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.engine.shorts_needs import most_work
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import Idempotency
from fastclip_desktop.store.keys import Keys
from fastclip_desktop.store.ledger import Account, Ledger


def highest_price(request: JobRequest, duration: Fraction | None = None) -> Money:
    """What a job may cost at most, which is what is set aside for it.

    Args:
        request: the job.
        duration: seconds of its source; where unknown, the longest that the policy allows.
    """
    longest = request.policy.max_source or Fraction(0)
    length = longest if duration is None else duration
    match request:
        case ClipRequest(policy=policy) | JoinRequest(policy=policy):
            return policy.clip_price
        case AutoClipRequest(policy=policy, max_clips=most):
            return policy.auto_price(length, MOST_MOMENTS if most is None else most)
        case AnalyzeRequest(policy=policy, queries=queries):
            return policy.analyze_price(length) * len(queries)
        case ShortsRequest() as shorts:
            return price_of(most_work(shorts, length), shorts.policy)


class _Undone(Exception):  # noqa: N818 - takes a transaction back, and is seen by nobody
    """What was done was only to see whether it could be."""


class Accounts:
    """The ledger as the engine uses it.

    Args:
        database: holds it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def balance(self) -> Money:
        """What may still be spent."""
        with self._database.reading() as connection:
            return Ledger(connection).balance()

    def balances(self) -> dict[Account, Money]:
        """What lies on each account; together they are nothing."""
        with self._database.reading() as connection:
            return Ledger(connection).balances()

    def spent_by(self, key: str) -> Money:
        """What was paid on behalf of a key, and what is set aside for it."""
        with self._database.reading() as connection:
            return Ledger(connection).spent_by(key)

    def deposit(self, amount: Money, memo: str) -> Money:
        """Add funds; what may be spent now."""
        with self._database.transaction() as connection:
            ledger = Ledger(connection)
            ledger.deposit(amount, memo)
            return ledger.balance()

    def reserve(self, amount: Money, key: str) -> int:
        """Set aside what a job may cost; the reservation.

        Raises:
            Refused: ``balance_too_low``, or ``budget_spent`` for a key that may not spend as much.
        """
        with self._database.transaction() as connection:
            ledger = Ledger(connection)
            budget = Keys(connection).budget(key) if key else None
            if budget is not None and ledger.spent_by(key) + amount > budget:
                raise Refused(
                    ErrorCode.BUDGET_SPENT,
                    f"The work may cost {amount}, but of the key's budget of {budget} "
                    f"{ledger.spent_by(key)} are spent or set aside.",
                    "Give the key a larger budget, or use another.",
                )
            return ledger.reserve(amount, key)

    def paid_before(self, amount: Money, key: str, call: NamedCall | None, now: float) -> str | None:
        """What a script was answered when it paid for this before; else make sure that it can, and move nothing.

        See :meth:`pay_once`, which is called when what is to be paid for has been done.

        Raises:
            Refused: as for :meth:`reserve`; ``key_reused``.
        """
        earlier = None
        with suppress(_Undone), self._database.transaction() as connection:
            earlier = None if call is None else call.recall(Idempotency(connection), now)
            if earlier is None:
                self.reserve(amount, key)
            raise _Undone
        return None if earlier is None else earlier.answer

    def pay_once(self, amount: Money, key: str, answer: str, call: NamedCall | None, now: float) -> str:
        """Pay for something that has just been done; what the script is to be answered.

        Args:
            amount: what it costs.
            key: the id of the key that the script showed.
            answer: what was done.
            call: the script's own name for this; if it was paid under that name before, the answer of that time is
                given and nothing is paid.
            now: seconds since 1970.

        Raises:
            Refused: as for :meth:`reserve`; ``key_reused``.
        """
        with self._database.transaction() as connection:
            calls = Idempotency(connection)
            earlier = None if call is None else call.recall(calls, now)
            if earlier is not None:
                return earlier.answer or ""
            self.settle(self.reserve(amount, key), amount)
            if call is not None:
                call.keep(calls, answer)
        return answer

    def settle(self, reservation: int, cost: Money) -> None:
        """Pay what a job has cost out of what was set aside, and give the rest back."""
        with self._database.transaction() as connection:
            Ledger(connection).settle(reservation, cost)

    def void(self, reservation: int) -> None:
        """Give everything back that was set aside."""
        with self._database.transaction() as connection:
            Ledger(connection).void(reservation)
