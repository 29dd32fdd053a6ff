"""What work costs, what was set aside for it, and what a key may still spend."""

from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.errors import ErrorCode, Refused
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, JobRequest, JoinRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.store.database import Database
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
            return policy.auto_price(length, most)
        case AnalyzeRequest(policy=policy, queries=queries):
            return policy.analyze_price(length) * len(queries)


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

    def settle(self, reservation: int, cost: Money) -> None:
        """Pay what a job has cost out of what was set aside, and give the rest back."""
        with self._database.transaction() as connection:
            Ledger(connection).settle(reservation, cost)

    def void(self, reservation: int) -> None:
        """Give everything back that was set aside."""
        with self._database.transaction() as connection:
            Ledger(connection).void(reservation)
