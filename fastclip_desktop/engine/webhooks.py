"""Tells scripts that their jobs have ended, as often as it takes and no longer than makes sense.

A notice is written down by :mod:`~fastclip_desktop.engine.outbox` when its job ends, and forgotten when it was taken
with a status of 200 to 299, or when all tries are used up. While a person works offline it waits, and no try is used
up. It says which job it is about and how that ended; whoever
wants to know more asks for the job. It is signed so that nobody else can send one: ``t=SECONDS,v1=HEX``, where the
second is an HMAC (RFC 2104) with SHA-256 of the seconds, a point and the body.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UsageError
from fastclip_desktop.domain.events import Event, JobCancelled, JobCompleted, JobFailed
from fastclip_desktop.domain.notices import DeliverNotice, NoticeKind, Webhook
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.engine.admission import check_link
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.engine.ports import StageRunner
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.idempotency import Idempotency
from fastclip_desktop.store.webhooks import Notice, WebhookTable

PAUSES = (10.0, 60.0, 300.0, 1800.0, 7200.0)
"""Seconds before each try after the first."""

MOST_WEBHOOKS = 10
"""Of one key."""

_OFFLINE_PAUSE = 30.0
"""Seconds until the next look whether a person still works offline."""

_FAULT = 30.0
"""Seconds after which to go on when the disk was full."""

_LONGEST_WAIT = 60.0
"""Seconds between two looks at the clock, which somebody may set."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")

_log = logging.getLogger(__name__)


class Webhooks:
    """All webhooks, and the thread that tells them.

    Args:
        database: holds them.
        runner: sends.
        clock: says when.
        secret: gives what the webhooks' own secrets are made from.
    """

    def __init__(self, database: Database, runner: StageRunner, clock: Clock, secret: Callable[[], bytes]) -> None:
        self._database = database
        self._runner = runner
        self._clock = clock
        self._secret = secret
        self._cancel = CancelToken()
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._tell_all, name="webhooks")

    def start(self) -> None:
        """Begin to tell, first of all what an earlier run has left."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what is still to be told is told after the next start."""
        self._cancel.cancel()
        self._news.set()
        if self._thread.ident is not None:
            self._thread.join()

    def add(
        self, url: str, kinds: Sequence[NoticeKind], key: str, access: Access, call: NamedCall | None = None
    ) -> tuple[Webhook, str]:
        """Tell somebody from now on; the webhook, and the secret that its notices are signed with.

        Args:
            url: an https address; with a person's access, also an http address of this machine.
            kinds: what to tell of.
            key: the id of the key whose jobs it is about.
            access: who gave the address.
            call: the script's own name for this; if it led to a webhook before, that one is given.

        Raises:
            InputError: ``unsupported_site`` or ``private_address`` for an address that may not be gone to.
            UsageError: ``bad_usage``: the key has as many as it may have.
            Refused: ``key_reused``.
        """
        _check_address(url, access)
        webhook = Webhook(new_id(), url, tuple(dict.fromkeys(kinds)), key, access, self._clock.now())
        with self._database.transaction() as connection:
            table, calls = WebhookTable(connection), Idempotency(connection)
            earlier = None if call is None else call.recall(calls, webhook.created)
            known = None if earlier is None else table.find(earlier.answer or "")
            if known is None:
                if len(table.of(key)) >= MOST_WEBHOOKS:
                    raise UsageError(
                        ErrorCode.BAD_USAGE, f"A key has at most {MOST_WEBHOOKS} webhooks.", "Delete one first."
                    )
                table.add(webhook)
                if call is not None:
                    call.keep(calls, webhook.id)
        return known or webhook, self._secret_of(known or webhook)

    def of(self, key: str) -> tuple[Webhook, ...]:
        """Those of a key, the oldest first."""
        with self._database.reading() as connection:
            return WebhookTable(connection).of(key)

    def remove(self, webhook_id: str, key: str) -> bool:
        """Tell somebody no more; whether they were one of this key's."""
        with self._database.transaction() as connection:
            return WebhookTable(connection).remove(webhook_id, key)

    def hear(self, event: Event) -> None:
        """Look what there is to tell when a job has ended; for the event bus."""
        if isinstance(event, JobCompleted | JobFailed | JobCancelled):
            self._news.set()

    def _tell_all(self) -> None:
        """The edge of the thread: whatever goes wrong with one notice is tried again, and keeps no other back."""
        while not self._cancel.is_cancelled:
            self._news.clear()
            wait: float | None
            try:
                wait = self._tell_next()
            except FastClipError as error:
                _log.warning("Notices have to wait: %s", error)
                wait = _FAULT
            except Exception:  # noqa: BLE001 - the edge of the thread
                _log.exception("Telling of jobs failed")
                wait = _FAULT
            if wait != 0 and not self._cancel.is_cancelled:
                self._news.wait(wait)

    def _tell_next(self) -> float | None:
        """Tell what is due first; seconds until the next look, ``None`` until there is news."""
        with self._database.reading() as connection:
            notice = WebhookTable(connection).next()
        if notice is None:
            return None
        early = notice.due - self._clock.now()
        if early > 0:
            return min(early, _LONGEST_WAIT)
        problem = self._deliver(notice)
        if self._cancel.is_cancelled:
            return None
        with self._database.transaction() as connection:
            table = WebhookTable(connection)
            if problem is None:
                table.hold(notice.webhook.id, self._clock.now() + _OFFLINE_PAUSE)
            elif not problem:
                table.drop(notice.id)
            elif notice.attempts < len(PAUSES):
                table.put_off(notice.id, self._clock.now() + PAUSES[notice.attempts])
            else:
                _log.warning("%s is not told any more: %s", notice.webhook.url, problem)
                table.drop(notice.id)
        return 0

    def _deliver(self, notice: Notice) -> str | None:
        """Send a notice; what kept it from being taken, empty if it was, ``None`` while a person works offline."""
        webhook, body, now = notice.webhook, notice.body.encode(), int(self._clock.now())
        headers = (
            ("Content-Type", "application/json"),
            ("User-Agent", "FastClip"),
            ("FastClip-Event", str(notice.kind)),
            ("FastClip-Signature", f"t={now},v1={signature(self._secret_of(webhook), now, body)}"),
        )
        try:
            status = self._runner.run(
                DeliverNotice(webhook.url, headers, body, webhook.access), Reporter(cancel=self._cancel)
            )
        except FastClipError as error:
            return None if error.code is ErrorCode.OFFLINE else error.message
        return "" if 200 <= status < 300 else f"it answered with {status}"

    def _secret_of(self, webhook: Webhook) -> str:
        # Made from the data folder's own, so that there is no list of them that could be read.
        return "whsec_" + hmac.new(self._secret(), webhook.id.encode(), hashlib.sha256).hexdigest()


def signature(secret: str, seconds: int, body: bytes) -> str:
    """What a notice is signed with, in hexadecimal digits.

    Args:
        secret: the webhook's.
        seconds: since 1970, when it is sent.
        body: what is sent.
    """
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


def _check_address(url: str, access: Access) -> None:
    check_link(url, LOCAL, access)
    if not _is_address(url, may_stay_here=access.trust is Trust.PERSON):
        raise InputError(
            ErrorCode.UNSUPPORTED_SITE,
            f"{url[:80]!r} is no address that notices are sent to.",
            "Give one that starts with https://.",
        )


def _is_address(url: str, *, may_stay_here: bool) -> bool:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not (host and url.isascii() and url.isprintable()) or " " in url or "@" in parts.netloc or port == 0:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and may_stay_here and host in _LOOPBACK)
