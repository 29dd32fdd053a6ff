"""``/api/v1/quota``: what may still be kept and spent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from fastclip_desktop.api.auth import EitherKey
from fastclip_desktop.api.receiving import LARGEST_FILE
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.api.statuses import KEYED
from fastclip_desktop.api.subclip.answers import CamelAnswer
from fastclip_desktop.api.subclip.problems import documented
from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.credits import credits_in

router = APIRouter(tags=["AI clipping"])

UNLIMITED = 1_000_000
"""Stands for as many credits as one likes, to scripts that compare what they have with what they need."""

_UNITS = ("bytes", "KB", "MB", "GB", "TB")


class StorageQuota(CamelAnswer):
    """What clips that are kept take, may take, and what is left of that: in bytes and in words."""

    used_bytes: int
    remaining_bytes: int
    limit_bytes: int
    used: str
    remaining: str
    limit: str


class UploadCheck(CamelAnswer):
    """Whether an upload of a size would be taken now."""

    file_size: int
    allowed: bool


class CreditQuota(CamelAnswer):
    """Credits that may be spent, and whether there is anything left to begin a job with."""

    balance: int
    allowed: bool


class QuotaAnswer(CamelAnswer):
    """What may still be kept and spent."""

    storage: StorageQuota
    upload_check: UploadCheck | None
    ai_credits: CreditQuota


@router.get("/api/v1/quota", summary="Storage and credits", responses=documented(*KEYED))
async def get_quota(
    here: Here,
    key: EitherKey,
    file_size: Annotated[int | None, Query(alias="fileSize", ge=0, le=LARGEST_FILE)] = None,
) -> QuotaAnswer:
    """What may still be kept and spent; with ``fileSize``, whether an upload of so many bytes fits besides.

    Uploads and the clips of jobs go after a day, and do not count as used.
    """
    if key.scope is not Scope.ALL:
        raise HTTPException(403, "This key makes clips and opens nothing else.")
    engine, policy = here.engine, here.settings.policy
    storage = await run_in_threadpool(engine.library.storage, policy)
    credits_left = await run_in_threadpool(_credits, here, key)
    fits = None if file_size is None else await run_in_threadpool(engine.uploads.fits, file_size, policy)
    return QuotaAnswer(
        storage=StorageQuota(
            used_bytes=storage.pinned,
            remaining_bytes=storage.free,
            limit_bytes=storage.quota,
            used=spoken_size(storage.pinned),
            remaining=spoken_size(storage.free),
            limit=spoken_size(storage.quota),
        ),
        upload_check=None if file_size is None or fits is None else UploadCheck(file_size=file_size, allowed=fits),
        ai_credits=CreditQuota(balance=credits_left, allowed=credits_left > 0),
    )


def _credits(here: Services, key: ApiKey) -> int:
    """Credits that a key may still spend: no more than there are, nor than its budget has left."""
    engine, policy = here.engine, here.settings.policy
    balance = engine.projects.balance(policy)
    if balance is None:
        return UNLIMITED
    if key.budget is None:
        return balance
    spent = engine.accounts.spent_by(key.id)
    return min(balance, credits_in(key.budget - spent, policy)) if spent < key.budget else 0


def spoken_size(size: int) -> str:
    """Bytes as people say them, in units of 1024 of the next smaller."""
    value, unit = float(size), 0
    while value >= 1024 and unit < len(_UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f}".removesuffix(".0") + f" {_UNITS[unit]}"
