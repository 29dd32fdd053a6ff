"""Notices that scripts ask for: an HTTP request to an address of theirs when a job of theirs has ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.stage import Resource, StageRequest


class NoticeKind(StrEnum):
    """What a script can be told of."""

    COMPLETE = "job.complete"
    FAILED = "job.failed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a script wants to be told, and of what.

    Attributes:
        id: sixteen characters of ``[a-z0-9]``.
        url: the address.
        kinds: what of.
        key: the id of the key whose jobs it is about.
        access: on whose word the address is gone to.
        created: seconds since 1970.
    """

    id: str
    url: str
    kinds: tuple[NoticeKind, ...]
    key: str
    access: Access = BY_A_PERSON
    created: float = 0.0


@dataclass(frozen=True, slots=True)
class DeliverNotice(StageRequest[int]):
    """Send a POST request and give the status of its answer, wherever that may lead further.

    Attributes:
        url: the address.
        headers: besides those that every request has; of printable ASCII.
        body: what to send.
        access: on whose word the address is gone to.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    access: Access = BY_A_PERSON
