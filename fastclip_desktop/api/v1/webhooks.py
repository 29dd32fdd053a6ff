"""``/v1/webhooks``: addresses that are told when a key's jobs end."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from fastclip_desktop.api.auth import AnyKey, CallName, named_call
from fastclip_desktop.api.json_body import Body, Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import instant
from fastclip_desktop.domain.notices import NoticeKind, Webhook

router = APIRouter(tags=["Webhooks"])


class WebhookBody(Body):
    """What ``POST /v1/webhooks`` takes."""

    url: str = Field(min_length=1, max_length=2048, description="An https address.")
    events: list[str] = Field(
        [str(kind) for kind in NoticeKind],
        min_length=1,
        max_length=10,
        description="One or both of: " + ", ".join(NoticeKind) + ".",
    )


class WebhookAnswer(BaseModel):
    """An address that is told of jobs."""

    id: str
    url: str
    events: list[str]
    created: str


class WebhookMade(WebhookAnswer):
    """Besides, once only, the secret that its notices are signed with."""

    secret: str


class WebhookList(BaseModel):
    """The addresses that are told of this key's jobs."""

    webhooks: list[WebhookAnswer]


class WebhookDeleted(BaseModel):
    """An address that is told no more."""

    id: str
    deleted: bool


@router.get("/v1/webhooks", summary="Webhooks", responses=documented(*KEYED))
async def list_webhooks(here: Here, key: AnyKey) -> WebhookList:
    """The addresses that are told of this key's jobs, the oldest first."""
    found = await run_in_threadpool(here.engine.webhooks.of, key.id)
    return WebhookList(webhooks=[_answer(webhook) for webhook in found])


@router.post(
    "/v1/webhooks",
    summary="Be told of jobs",
    openapi_extra=body_schema(WebhookBody),
    responses=documented(*KEYED, 409, 422),
)
async def create_webhook(
    here: Here, key: AnyKey, call: CallName, sent: Annotated[Sent[WebhookBody], Depends(body_of(WebhookBody))]
) -> WebhookMade:
    """Have an address told, with a POST request, when a job of this key has ended.

    Its body is JSON with id, event, created, job_id, status (complete or failed) and, of a failed job, error.
    Its header FastClip-Signature is t=SECONDS,v1=HEX: an HMAC-SHA256, with the secret of this answer, of the seconds, a
    point and the body. What is not answered with a status of 200 to 299 is sent again, up to five times in 2.6 hours.
    After a crash a notice may come twice, with the same id.
    """
    try:
        kinds = [NoticeKind(event) for event in sent.content.events]
    except ValueError:
        raise HTTPException(400, f"Events are {' and '.join(NoticeKind)}.") from None
    name = named_call(call, key, "POST /v1/webhooks", sent.canonical)
    add = partial(here.engine.webhooks.add, sent.content.url, kinds, key.id, here.settings.access, name)
    webhook, secret = await run_in_threadpool(add)
    return WebhookMade(**_answer(webhook).model_dump(), secret=secret)


@router.delete("/v1/webhooks/{webhook_id}", summary="Be told no more", responses=documented(*KEYED, 404))
async def delete_webhook(webhook_id: str, here: Here, key: AnyKey) -> WebhookDeleted:
    """Have an address told no more."""
    if not await run_in_threadpool(here.engine.webhooks.remove, webhook_id, key.id):
        raise HTTPException(404)
    return WebhookDeleted(id=webhook_id, deleted=True)


def _answer(webhook: Webhook) -> WebhookAnswer:
    return WebhookAnswer(
        id=webhook.id,
        url=webhook.url,
        events=[str(kind) for kind in webhook.kinds],
        created=instant(webhook.created),
    )
