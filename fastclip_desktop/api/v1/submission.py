"""How a script's request becomes a job."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool

from fastclip_desktop.api.services import Services
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, Job, Priority
from fastclip_desktop.engine.named_calls import NamedCall


async def submitted(
    here: Services, request: ClipRequest | AutoClipRequest | AnalyzeRequest, key: ApiKey, call: NamedCall | None
) -> Job:
    """Accept a request that came with a key; the job, or the one that a call of the same name led to before.

    Raises:
        FastClipError: what :meth:`~fastclip_desktop.engine.jobs.Jobs.submit` raises.
    """
    duration = here.info.duration(request.source)
    (job,) = await run_in_threadpool(here.engine.jobs.submit, (request,), Priority.SCRIPT, key.id, duration, call)
    return job
