"""How funds come in on a script's word: at once, or when a person has agreed.

No money moves anywhere. A reload lets keys spend more of this machine; the person at it may want to be asked first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.events import ReloadAsked
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import Policy
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.engine.catalogue import BOUGHT, bought_gigabytes
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import Idempotency
from fastclip_desktop.store.ledger import Ledger
from fastclip_desktop.store.limits import Limits
from fastclip_desktop.store.settings_table import SettingsTable

LEAST_RELOAD = Money(500)
MOST_RELOAD = Money(50_000)

MOST_STORAGE = 10_000
"""Gigabytes that can be bought in all."""

_HOUR = 3600.0
_WAITING = "reloads that wait"


@dataclass(frozen=True, slots=True)
class Reload:
    """Funds that a script asked for.

    Attributes:
        id: sixteen characters of ``[a-z0-9]``.
        key: the id of the key that it showed.
        cents: how much.
        asked: seconds since 1970.
        done: whether the funds are there; a person has still to agree otherwise.
        balance: cents that could be spent when the script was answered.
    """

    id: str
    key: str
    cents: int
    asked: float
    done: bool
    balance: int


class Funding:
    """The reloads of scripts, and those that wait for a person.

    Args:
        database: holds them.
        accounts: get the funds.
        clock: says when.
        bus: told when a reload waits.
    """

    def __init__(self, database: Database, accounts: Accounts, clock: Clock, bus: EventBus | None = None) -> None:
        self._bus = bus or EventBus()
        self._database = database
        self._accounts = accounts
        self._clock = clock

    def reload(
        self, amount: Money, key: str, policy: Policy, *, needs_approval: bool, call: NamedCall | None = None
    ) -> Reload:
        """Add funds, or ask a person to.

        Args:
            amount: how much.
            key: the id of the key that the script showed.
            policy: says how often.
            needs_approval: whether a person has to agree first.
            call: the script's own name for this; what it led to before is given then, and nothing is done.

        Raises:
            InputError: ``bad_usage`` for less than ``LEAST_RELOAD`` or more than ``MOST_RELOAD``.
            TooOften: there were as many in this hour as are allowed.
            Refused: ``key_reused``.
        """
        if not LEAST_RELOAD <= amount <= MOST_RELOAD:
            raise InputError(
                ErrorCode.BAD_USAGE,
                f"A reload is of {LEAST_RELOAD} to {MOST_RELOAD}, not of {amount}.",
                "Give the amount in cents.",
            )
        now = self._clock.now()
        with self._database.transaction() as connection:
            earlier = None if call is None else call.recall(Idempotency(connection), now)
            if earlier is not None:
                return Reload(**json.loads(earlier.answer or ""))
            Limits(connection).visit("reloads", policy.reloads_an_hour, _HOUR, now, "reloads")
            reload_id = new_id()
            if needs_approval:
                balance = Ledger(connection).balance()
            else:
                balance = self._accounts.deposit(amount, f"reload {reload_id}")
            made = Reload(reload_id, key, amount.cents, now, not needs_approval, balance.cents)
            if needs_approval:
                _write(SettingsTable(connection), (*_read(SettingsTable(connection)), made))
            if call is not None:
                call.keep(Idempotency(connection), json.dumps(asdict(made)))
        if needs_approval:
            self._bus.publish(ReloadAsked(made.id, key, amount))
        return made

    def count_wrong_password(self, policy: Policy) -> None:
        """Count a reload that came without the password that it has to bring, so that nobody can try many.

        Raises:
            TooOften: there were as many reloads in this hour as are allowed.
        """
        with self._database.transaction() as connection:
            Limits(connection).visit("reloads", policy.reloads_an_hour, _HOUR, self._clock.now(), "reloads")

    def buy_storage(self, gigabytes: int, policy: Policy, call: NamedCall | None = None) -> int:
        """Raise the quota of pinned clips; the gigabytes that were bought in all. The price card names no price for it.

        Args:
            gigabytes: by how much.
            policy: sets the quota.
            call: the script's own name for this; what it led to before is given then, and nothing is done.

        Raises:
            InputError: ``bad_usage`` where the disk is the quota, for no gigabyte, and for more than ``MOST_STORAGE``
                in all.
            Refused: ``key_reused``.
        """
        if policy.pinned_storage is None:
            raise InputError(
                ErrorCode.BAD_USAGE,
                f"Under the {policy.name} policy pinned clips may fill the disk, so there is no storage to buy.",
                "Make room on the disk.",
            )
        with self._database.transaction() as connection:
            calls, table = Idempotency(connection), SettingsTable(connection)
            earlier = None if call is None else call.recall(calls, self._clock.now())
            if earlier is not None:
                return int(earlier.answer or "")
            total = bought_gigabytes(table) + gigabytes
            if gigabytes < 1 or total > MOST_STORAGE:
                raise InputError(
                    ErrorCode.BAD_USAGE,
                    f"{gigabytes} GB cannot be bought; {total - gigabytes} GB were, and the most is {MOST_STORAGE} GB.",
                    "Ask for less.",
                )
            table.put(BOUGHT, str(total))
            if call is not None:
                call.keep(calls, str(total))
        return total

    def waiting(self) -> tuple[Reload, ...]:
        """The reloads that a person has still to agree to, the oldest first."""
        with self._database.reading() as connection:
            return _read(SettingsTable(connection))

    def answer(self, reload_id: str, *, agreed: bool) -> Money:
        """Let a waiting reload count, or drop it; what may be spent now.

        Raises:
            InputError: ``bad_usage``: no such reload waits.
        """
        with self._database.transaction() as connection:
            table = SettingsTable(connection)
            waiting = _read(table)
            found = [each for each in waiting if each.id == reload_id]
            if not found:
                raise InputError(ErrorCode.BAD_USAGE, f"No reload {reload_id[:40]!r} waits.", "Look at those that do.")
            _write(table, tuple(each for each in waiting if each.id != reload_id))
            if agreed:
                return self._accounts.deposit(Money(found[0].cents), f"reload {reload_id}")
            return Ledger(connection).balance()


def _read(table: SettingsTable) -> tuple[Reload, ...]:
    return tuple(Reload(**fields) for fields in json.loads(table.get(_WAITING) or "[]"))


def _write(table: SettingsTable, waiting: tuple[Reload, ...]) -> None:
    table.put(_WAITING, json.dumps([asdict(each) for each in waiting]))
