"""What jobs cost under the hosted policy, against an oracle of whole cents and milliseconds with no code in common.

Every batch is submitted while nothing can go on, so that the oracle knows the balance before each job. Then all go on
and end in their different ways.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import threading
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import ErrorCode, InputError, Refused
from fastclip_desktop.domain.job import DEFAULT_MAX_MOMENTS, AnalyzeRequest, Job, JobRequest, JobState, Priority
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import (
    FetchedMedia,
    FetchMedia,
    Render,
    ResolveSource,
    SelectMoments,
    Transcribe,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.ledger import Account
from tests.api_site import ApiSite, api_site
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import (
    SCRIPT,
    TALK,
    TRANSCRIPT,
    auto_request,
    clip_request,
    rows,
    wait_for_all,
    write_clip,
)

HOUR = 3_600_000
"""Milliseconds."""

LONGEST = 3 * HOUR
AT_ONCE = 25
"""Jobs of a batch."""

CARD = dataclasses.replace(HOSTED, jobs_an_hour=None, requests_a_minute=10**9)
"""The price card, for somebody in a hurry."""

_OUTCOMES = (
    "SELECT jobs.id, amount, outcome, reservations.cost FROM jobs JOIN reservations ON reservation = reservations.id"
)


@dataclass(frozen=True)
class Plan:
    """A job as chance has it.

    Attributes:
        number: its own.
        kind: ``clip``, ``auto``, ``analyze`` or ``transcript``.
        length: milliseconds of the source.
        told: what was known of that when the job was submitted, which need not be true.
        most: clips or moments at most.
        found: moments that there are.
        queries: of ``analyze``.
        fails: the stage that fails, where it comes to that.
        has_key: whether it is a script's, and its key has a budget.
        cancelled: whether somebody thinks better of it.
    """

    number: int
    kind: str
    length: int
    told: int | None
    most: int
    found: int
    queries: int
    fails: type | None
    has_key: bool
    cancelled: bool

    @classmethod
    def by(cls, chance: random.Random, number: int) -> Plan:
        edges = (HOUR - 1, HOUR, HOUR + 1, 2 * HOUR, 2 * HOUR + 1, LONGEST, LONGEST + 1)
        length = chance.choice([*edges, *(chance.randrange(30_000, LONGEST) for _ in edges)])
        stages = [ResolveSource, Transcribe, SelectMoments, FetchMedia, Render]
        return cls(
            number,
            kind=chance.choice(["clip", "auto", "analyze"]),
            length=length,
            told=chance.choice([None, length, length, chance.randrange(1, LONGEST)]),
            most=chance.randrange(1, 7),
            found=chance.randrange(9),
            queries=chance.randrange(1, 4),
            fails=chance.choice(stages) if chance.random() < 0.25 else None,
            has_key=chance.random() < 0.5,
            cancelled=chance.random() < 0.1,
        )

    @property
    def source(self) -> str:
        return f"https://www.youtube.com/watch?v={self.number}"

    @property
    def query(self) -> str:
        return f"words of {self.number}"

    @property
    def reserved(self) -> int:
        """Cents that have to be set aside."""
        hours = started(LONGEST if self.told is None else self.told)
        return {
            "clip": 10,
            "auto": 20 * hours + 10 * (self.most - 1),
            "analyze": 10 * hours * self.queries,
            "transcript": 2,
        }[self.kind]

    @property
    def cost(self) -> int | None:
        """Cents that it has to cost; ``None`` if it comes to nothing, which costs nothing."""
        hours, shown = started(self.length), min(self.found, self.most)
        has_stage = self.fails in STAGES[self.kind]
        if self.cancelled or has_stage or self.length > LONGEST or (self.kind == "auto" and not shown):
            return None
        real = {
            "clip": 10,
            "auto": 20 * hours + 10 * (shown - 1),
            "analyze": 10 * hours * self.queries,
            "transcript": 2,
        }[self.kind]
        return min(real, self.reserved)  # nobody pays for a source that is longer than its site had said

    def request(self, folder: Path) -> JobRequest:
        """What the engine is asked for."""
        if self.kind == "clip":
            return clip_request(folder, source=self.source, policy=CARD)
        if self.kind == "auto":
            return auto_request(folder, source=self.source, policy=CARD, query=self.query, max_clips=self.most)
        queries = tuple(f"{index} {self.query}" for index in range(self.queries))
        return AnalyzeRequest(self.source, queries, max_moments=self.most, policy=CARD)


STAGES = {
    "clip": (ResolveSource, FetchMedia, Render),
    "auto": (ResolveSource, Transcribe, SelectMoments, FetchMedia, Render),
    "analyze": (ResolveSource, Transcribe, SelectMoments),
    "transcript": (ResolveSource, Transcribe),
}


def started(milliseconds: int) -> int:
    """Hours, the last of which need not be whole."""
    return max(1, (milliseconds + HOUR - 1) // HOUR)


class Stages:
    """A runner's script that knows what is planned for each source, and lets nobody on while it is shut.

    Attributes:
        plans: by their numbers.
        is_open: whether anything goes on.
    """

    def __init__(self) -> None:
        self.plans: dict[int, Plan] = {}
        self.is_open = threading.Event()

    @property
    def script(self) -> dict[type, object]:
        answers = (self._resolve, self._transcribe, self._select, self._fetch, self._render)
        return dict(zip(STAGES["auto"], answers, strict=True))

    def _resolve(self, request: ResolveSource, reporter: Reporter) -> object:
        while not self.is_open.wait(0.005):
            reporter.cancel.check()
        plan = self._plan(request.source.rpartition("=")[2], request)
        length = Fraction(plan.length, 1000)
        return dataclasses.replace(TALK, source=request.source, title=f"Talk {plan.number}", duration=length)

    def _transcribe(self, request: Transcribe, _: Reporter) -> object:
        assert request.media is not None
        self._plan(request.media.source.rpartition("=")[2], request)
        return TRANSCRIPT

    def _select(self, request: SelectMoments, _: Reporter) -> object:
        plan = self._plan(request.queries[0].rpartition(" ")[2], request)
        spans = (TimeRange(Fraction(2 * number), Fraction(2 * number + 1)) for number in range(plan.found))
        found = tuple(Moment(span, "", 0.5) for span in spans)[: request.max_moments]
        return tuple(found for _ in request.queries)

    def _fetch(self, request: FetchMedia, _: Reporter) -> object:
        plan = self._plan(request.media.source.rpartition("=")[2], request)
        return FetchedMedia(None, None, bytes_moved=plan.number)  # by which it is known again

    def _render(self, request: Render, reporter: Reporter) -> object:
        self._plan(request.media.bytes_moved, request)
        return write_clip(request, reporter)

    def _plan(self, number: str | int, request: object) -> Plan:
        plan = self.plans[int(number)]
        if plan.fails is type(request):
            raise InputError(ErrorCode.NO_TRANSCRIPT, "It was to fail.")
        return plan


def submitted(engine: Engine, plan: Plan, folder: Path, key: str) -> Job | ErrorCode:
    """The job that came of a plan, or why none did."""
    duration = None if plan.told is None else Fraction(plan.told, 1000)
    try:
        (job,) = engine.jobs.submit((plan.request(folder),), Priority.SCRIPT, key if plan.has_key else "", duration)
    except Refused as error:
        return error.code
    return job


def check_batch(engine: Engine, stages: Stages, plans: list[Plan], folder: Path, available: int, budget: int) -> int:
    """Submit jobs, let them end, and look at every cent.

    Args:
        engine: does them.
        stages: what it gets to see.
        plans: the jobs.
        folder: for clips.
        available: cents of the balance.
        budget: cents of a new key.

    Returns:
        the cents that are available then.
    """
    stages.is_open.clear()
    stages.plans = {plan.number: plan for plan in plans}
    key, _ = engine.keys.create("a script's", budget=Money(budget), policy=CARD)
    jobs: dict[str, tuple[Plan, Job]] = {}
    for plan in plans:
        job = submitted(engine, plan, folder, key.id)
        if plan.has_key and plan.reserved > budget:
            assert job is ErrorCode.BUDGET_SPENT
        elif plan.reserved > available:
            assert job is ErrorCode.BALANCE_TOO_LOW
        else:
            assert isinstance(job, Job)
            assert job.reserved == Money(plan.reserved)
            jobs[job.id] = plan, job
            available -= plan.reserved
            budget -= plan.reserved if plan.has_key else 0
        assert engine.accounts.balance() == Money(available)
    for plan, job in jobs.values():
        if plan.cancelled:
            engine.jobs.cancel(job.id)
            available += plan.reserved
            assert engine.accounts.balance() == Money(available)
    stages.is_open.set()
    wait_for_all(engine, [job for _, job in jobs.values()])
    outcomes = {str(row[0]): row[1:] for row in rows(engine, _OUTCOMES)}
    for job_id, (plan, _) in jobs.items():
        job = engine.jobs.get(job_id)
        paid = 0 if job.result is None else job.result.cost.cents
        assert (job.state, paid) == (
            (JobState.CANCELLED, 0) if plan.cancelled
            else (JobState.FAILED, 0) if plan.cost is None
            else (JobState.COMPLETE, plan.cost)
        ), plan  # fmt: skip
        assert outcomes[job_id] == (plan.reserved, "voided" if plan.cost is None else "settled", plan.cost or 0)
        available += 0 if plan.cancelled else plan.reserved - (plan.cost or 0)
    assert engine.accounts.balance() == Money(available)
    engine.keys.revoke(key.id)
    return available


@pytest.mark.parametrize("batches", [10, pytest.param(400, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_random_jobs_cost_what_the_card_says_to_the_cent(tmp_path: Path, batches: int) -> None:
    chance = random.Random(batches)
    stages = Stages()
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    clips = tmp_path / "clips"
    clips.mkdir()
    numbers = itertools.count(1)
    deposited = available = 0
    with Engine(ScriptedRunner({**SCRIPT, **stages.script}), paths, Database.in_memory()) as engine:
        for _ in range(batches):
            funds = chance.randrange(1, 1200)
            engine.accounts.deposit(Money(funds), "for a test")
            deposited, available = deposited + funds, available + funds
            plans = [Plan.by(chance, next(numbers)) for _ in range(AT_ONCE)]
            available = check_batch(engine, stages, plans, clips, available, chance.randrange(1, 900))
        (paid,) = rows(engine, "SELECT COUNT(*), SUM(cost) FROM jobs WHERE state = 'complete'")
        assert int(str(paid[0])) > batches * AT_ONCE // 4  # most of the rest is refused, fails or is cancelled
        assert engine.accounts.balances() == {
            Account.EXTERNAL: Money(-deposited),
            Account.AVAILABLE: Money(available),
            Account.RESERVED: Money(0),
            Account.SPENT: Money(int(str(paid[1]))),
        }
        assert deposited - available == paid[1]


def over_http(plan: Plan) -> Plan:
    """What of a plan a script can say; a third of the analyses become transcripts."""
    kind = "transcript" if plan.kind == "analyze" and plan.number % 3 == 0 else plan.kind
    told = None if plan.told is None or plan.fails is ResolveSource else plan.length
    return dataclasses.replace(plan, kind=kind, told=told, most=DEFAULT_MAX_MOMENTS, queries=1, cancelled=False)


def asked(site: ApiSite, plan: Plan) -> tuple[float | None, float | None]:
    """The dollars that a script is told its job has cost, if it came to something, and those set aside for it."""
    body: dict[str, str | int] = {"url": plan.source}
    if plan.told is not None:
        assert site.http.get("/v1/clip/info", params=body).status_code == 200
    if plan.kind in ("analyze", "transcript"):
        body |= {"query": plan.query} if plan.kind == "analyze" else {}
        path = f"/v1/clip/{plan.kind}" if plan.kind == "analyze" else "/v1/transcript"
        answer = site.http.post(path, json=body)
        return (answer.json()["cost"] if answer.status_code == 200 else None), None
    body |= {"format": "mp4", "quality": "720p"}
    body |= {"query": plan.query} if plan.kind == "auto" else {"start": 10, "end": 20}
    answer = site.http.post("/v1/clip/auto" if plan.kind == "auto" else "/v1/clip", json=body).json()
    ended = site.ended(answer["job_id"])
    return (ended["cost"] if ended["status"] == "complete" else None), answer.get("reserved")


def test_scripts_are_told_of_every_cent(tmp_path: Path) -> None:
    chance = random.Random(60)
    stages = Stages()
    stages.is_open.set()
    available = 10_000
    changes = {kind.__name__: answer for kind, answer in stages.script.items()}
    with api_site(tmp_path, ServerSettings(CARD), balance=available, **changes) as site:
        for number in range(1, 61):
            plan = over_http(Plan.by(chance, number))
            stages.plans[number] = plan
            cost, aside = asked(site, plan)
            assert aside == (plan.reserved / 100 if plan.kind == "auto" else None)
            assert cost == (None if plan.cost is None else plan.cost / 100), plan
            available -= plan.cost or 0
            assert site.http.get("/v1/balance").json() == {"balance": available / 100}
