"""``/v1/storage``, ``/v1/balance``, ``/v1/cards`` and ``/v1/reload``: what may still be used and spent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from fastclip_desktop.api.auth import CallName, FullKey, named_call
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import (
    BalanceAnswer,
    CardAnswer,
    CardList,
    PurchaseAnswer,
    ReloadAnswer,
    StorageAnswer,
)
from fastclip_desktop.api.v1.requests import PurchaseBody, ReloadBody
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.catalogue import Storage
from fastclip_desktop.engine.funding import Reload
from fastclip_desktop.engine.named_calls import NamedCall
from fastclip_desktop.settings.spending_password import opens

router = APIRouter(tags=["Account"])

_KEYED = documented(*KEYED)


@router.get("/v1/storage", summary="Storage", responses=_KEYED)
async def get_storage(here: Here, _: FullKey) -> StorageAnswer:
    """Bytes that pinned clips take, and may take."""
    return _storage(await run_in_threadpool(here.engine.library.storage, here.settings.policy))


@router.post(
    "/v1/storage/purchase",
    summary="More storage",
    openapi_extra=body_schema(PurchaseBody),
    responses=documented(*KEYED, 409),
)
async def purchase_storage(
    here: Here, key: FullKey, call: CallName, sent: Annotated[Sent[PurchaseBody], Depends(body_of(PurchaseBody))]
) -> PurchaseAnswer:
    """Raise the quota of pinned clips, where the policy sets one; it costs nothing here."""
    policy = here.settings.policy
    name = named_call(call, key, "POST /v1/storage/purchase", sent.canonical)
    await run_in_threadpool(here.engine.funding.buy_storage, sent.content.gb, policy, name)
    storage = _storage(await run_in_threadpool(here.engine.library.storage, policy))
    return PurchaseAnswer(success=True, gb=sent.content.gb, cost=0.0, **storage.model_dump())


@router.get("/v1/balance", summary="Balance", responses=_KEYED)
async def get_balance(here: Here, _: FullKey) -> BalanceAnswer:
    """Dollars that may be spent."""
    balance = await run_in_threadpool(here.engine.accounts.balance)
    return BalanceAnswer(balance=balance.to_dollars())


@router.get("/v1/cards", summary="Cards", responses=_KEYED)
async def get_cards(here: Here, _: FullKey) -> CardList:
    """The sources of funds that a person has named; they are no more than names, and no money moves here."""
    return CardList(cards=[CardAnswer(**asdict(card)) for card in here.settings.cards])


@router.post(
    "/v1/reload",
    summary="Add funds",
    openapi_extra=body_schema(ReloadBody),
    responses=documented(*KEYED, 409),
    response_model_exclude_none=True,
)
async def reload(
    here: Here, key: FullKey, call: CallName, sent: Annotated[Sent[ReloadBody], Depends(body_of(ReloadBody))]
) -> ReloadAnswer:
    """Add funds; ``pending`` while a person has still to agree."""
    name = named_call(call, key, "POST /v1/reload", sent.canonical)
    made = await run_in_threadpool(_reload, here, key, sent.content, name)
    return ReloadAnswer(
        success=True,
        payment_intent_id=f"pi_{made.id}",
        amount=made.cents,
        balance=Money(made.balance).to_dollars(),
        status=None if made.done else "pending",
    )


def _reload(here: Services, key: ApiKey, body: ReloadBody, call: NamedCall | None) -> Reload:
    settings, funding = here.settings, here.engine.funding
    if not settings.reload_allowed:
        raise HTTPException(403, "Scripts may not add funds; whoever owns this machine has switched it off.")
    if settings.spending_password and not opens(body.reload_password or "", settings.spending_password):
        funding.count_wrong_password(settings.policy)
        raise HTTPException(403, "The reload_password is missing or wrong.")
    return funding.reload(
        Money(body.amount), key.id, settings.policy, needs_approval=settings.reload_needs_approval, call=call
    )


def _storage(storage: Storage) -> StorageAnswer:
    return StorageAnswer(used=storage.pinned, quota=storage.quota, free=storage.free)
