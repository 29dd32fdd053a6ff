"""``/v1/transcript``: what is said in a source."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from fastclip_desktop.api.auth import CallName, FullKey, named_call
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.late_answer import LateAnswer
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import Passage, SpokenWord, TranscriptAnswer, number
from fastclip_desktop.api.v1.requests import SourceBody, source_of
from fastclip_desktop.domain.job import Priority
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.engine.admission import check_link

router = APIRouter(tags=["Clips"])


@router.post(
    "/v1/transcript",
    summary="The words of a source",
    openapi_extra=body_schema(SourceBody),
    response_model=TranscriptAnswer,
    responses=documented(*KEYED, 402, 404, 409, 422),
)
async def create_transcript(
    here: Here, key: FullKey, call: CallName, sent: Annotated[Sent[SourceBody], Depends(body_of(SourceBody))]
) -> Response:
    """What is said in a source and when, as its captions have it, or as a speech model hears it.

    The answer comes when all of it is known; who leaves before stops the work. What fails costs nothing.
    """
    source, access = source_of(sent.content, here)
    policy, accounts, cancel = here.settings.policy, here.engine.accounts, CancelToken()
    name, now = named_call(call, key, "POST /v1/transcript", sent.canonical), here.engine.clock.now()
    price = policy.transcript_price
    check_link(source, policy, access)
    earlier = await run_in_threadpool(accounts.paid_before, price, key.id, name, now)
    if earlier is not None:
        return Response(earlier, media_type="application/json")

    def find() -> Response:
        media, transcript = here.engine.transcript(source, "", policy, access, cancel, priority=Priority.SCRIPT)
        answer = TranscriptAnswer(
            title=media.title,
            language=transcript.language,
            origin=str(transcript.origin),
            segments=[_passage(segment) for segment in transcript.segments],
            cost=price.to_dollars(),
        )
        text = accounts.pay_once(price, key.id, answer.model_dump_json(), name, now)
        return Response(text, media_type="application/json")

    async def work() -> Response:
        # Not among the threads that all other requests share: this one may take as long as the source lasts.
        return await asyncio.to_thread(find)

    return LateAnswer(work, cancel.cancel)


def _passage(segment: Segment) -> Passage:
    words = [
        SpokenWord(text=word.text, start=number(word.span.start), end=number(word.span.end)) for word in segment.words
    ]
    return Passage(text=segment.text, start=number(segment.span.start), end=number(segment.span.end), words=words)
