"""``/v1/transcript``: what is said in a source."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from fastclip_desktop.api.auth import AnyKey, CallName, named_call
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import Passage, SpokenWord, TranscriptAnswer, number
from fastclip_desktop.api.v1.requests import SourceBody, source_of
from fastclip_desktop.domain.transcript import Segment

router = APIRouter(tags=["Clips"])


@router.post(
    "/v1/transcript",
    summary="The words of a source",
    openapi_extra=body_schema(SourceBody),
    response_model=TranscriptAnswer,
    responses=documented(*KEYED, 402, 404, 409, 422),
)
async def create_transcript(
    here: Here, key: AnyKey, call: CallName, sent: Annotated[Sent[SourceBody], Depends(body_of(SourceBody))]
) -> Response:
    """What is said in a source and when, as its captions have it; what has none is refused and costs nothing."""
    source, access = source_of(sent.content, here)
    policy, accounts = here.settings.policy, here.engine.accounts
    name, now = named_call(call, key, "POST /v1/transcript", sent.canonical), here.engine.clock.now()
    price = policy.transcript_price
    earlier = await run_in_threadpool(accounts.paid_before, price, key.id, name, now)
    if earlier is not None:
        return Response(earlier, media_type="application/json")
    media, transcript = await run_in_threadpool(here.engine.transcript, source, "", policy, access)
    answer = TranscriptAnswer(
        title=media.title,
        language=transcript.language,
        origin=str(transcript.origin),
        segments=[_passage(segment) for segment in transcript.segments],
        cost=price.to_dollars(),
    )
    text = await run_in_threadpool(accounts.pay_once, price, key.id, answer.model_dump_json(), name, now)
    return Response(text, media_type="application/json")


def _passage(segment: Segment) -> Passage:
    words = [
        SpokenWord(text=word.text, start=number(word.span.start), end=number(word.span.end)) for word in segment.words
    ]
    return Passage(text=segment.text, start=number(segment.span.start), end=number(segment.span.end), words=words)
