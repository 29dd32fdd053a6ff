"""The engine's order of stages, its events and its manners, with a runner that answers from a table."""

from __future__ import annotations

import _thread
import dataclasses
import itertools
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.edge import Edge, EdgeReason, SettledSpan
from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    InternalError,
    NothingFound,
)
from fastclip_desktop.domain.events import (
    ClipAdded,
    Event,
    JobAdvanced,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobQueued,
)
from fastclip_desktop.domain.finding_stages import SETTLE_REACH, SettleEdges
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, Destination
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    FetchedMedia,
    FetchMedia,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    Transcribe,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.editing.boundaries import AIR
from fastclip_desktop.settings.paths import Paths
from tests.unit.engine.small_jobs import HOSTED_URL, MOMENTS, SPAN, TALK, auto_request, clip_request


def test_a_clip_by_times_goes_through_its_stages_in_order(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    result = engine.run(clip_request(tmp_path))
    assert [type(request) for request in runner.requests] == [ResolveSource, FetchMedia, Render]
    (clip,) = result.clips
    assert clip.path == tmp_path / "My - talk [0-10_0-20].mp4"
    assert clip.path.read_bytes() == b"clip"
    assert clip.receipt.bytes_moved == 7
    assert [stage.stage for stage in clip.receipt.stages] == ["resolve", "fetch", "render"]
    assert len(clip.id) == 16


def test_what_nobody_asked_for_waits_while_a_job_is_under_way(build, tmp_path: Path) -> None:
    waits: list[bool] = []

    def resolve(*_: object) -> MediaFile:
        waits.append(engine._has_better_to_do())
        return TALK

    engine, _, _ = build(ResolveSource=resolve)
    engine.run(clip_request(tmp_path))
    assert waits == [True]
    assert not engine._scheduler.is_at_work


def test_clips_by_words_are_rendered_in_rank_order_from_one_fetch(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    result = engine.run(auto_request(tmp_path))
    assert [type(request) for request in runner.requests] == [
        ResolveSource,
        Transcribe,
        SelectMoments,
        FetchMedia,
        SettleEdges,
        Render,
        Render,
    ]
    fetch, settle = runner.requests[3:5]
    assert isinstance(fetch, FetchMedia)
    assert isinstance(settle, SettleEdges)
    assert len(fetch.spans) == len(settle.spans) == 2
    for wide, span in zip(fetch.spans, settle.spans, strict=True):
        assert (wide.start, wide.end) == (span.start - SETTLE_REACH, span.end + SETTLE_REACH)
    assert [clip.span.start < 150 for clip in result.clips] == [True, False]
    assert result.findings[0].moments == MOMENTS
    assert result.findings[0].transcript_source == "sidecar"
    for clip in result.clips:
        assert [stage.stage for stage in clip.receipt.stages] == [
            "resolve",
            "transcribe",
            "select",
            "fetch",
            "settle",
            "render",
        ]


def test_the_edges_of_found_moments_are_rendered_where_they_settle(build, tmp_path: Path) -> None:
    def move(request: StageRequest[object], _: Reporter) -> tuple[SettledSpan, ...]:
        assert isinstance(request, SettleEdges)
        return tuple(SettledSpan(TimeRange(span.start - SETTLE_REACH, span.end)) for span in request.spans)

    engine, runner, _ = build(SettleEdges=move)
    policy = dataclasses.replace(LOCAL, max_clip=Fraction(30))
    result = engine.run(auto_request(tmp_path, policy=policy))
    (settle,) = (request for request in runner.requests if isinstance(request, SettleEdges))
    assert settle.longest == 30
    assert [clip.span.start for clip in result.clips] == [span.start - SETTLE_REACH for span in settle.spans]


def test_a_clip_by_times_lies_where_it_was_put(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    engine.run(clip_request(tmp_path))
    (fetch,) = (request for request in runner.requests if isinstance(request, FetchMedia))
    assert fetch.spans == (SPAN,)
    assert not any(isinstance(request, SettleEdges) for request in runner.requests)


def test_a_chosen_name_gets_a_number_for_each_of_several_clips(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    result = engine.run(auto_request(tmp_path, "price.mp4"))
    assert [clip.path.name for clip in result.clips] == ["price-1.mp4", "price-2.mp4"]


def test_analysis_answers_every_query_over_one_transcript(build) -> None:
    engine, runner, _ = build(SelectMoments=(MOMENTS, ()))
    result = engine.run(AnalyzeRequest("talk.mp4", ("pricing", "giraffes")))
    assert [found.query for found in result.findings] == ["pricing", "giraffes"]
    assert [len(found.moments) for found in result.findings] == [2, 0]
    assert sum(isinstance(request, Transcribe) for request in runner.requests) == 1


def test_nobody_who_does_not_ask_waits_for_the_edges_of_moments(build) -> None:
    engine, runner, _ = build()
    (found,) = engine.run(AnalyzeRequest("talk.mp4", ("pricing",))).findings
    assert found.settled == ()
    assert not any(isinstance(request, SettleEdges | FetchMedia) for request in runner.requests)


def test_analysis_says_where_the_edges_of_each_moment_come_to_rest(build, tmp_path: Path) -> None:
    def move(request: StageRequest[object], _: object) -> tuple[SettledSpan, ...]:
        assert isinstance(request, SettleEdges)
        edge = Edge(EdgeReason.PAUSE, -SETTLE_REACH)
        return tuple(
            SettledSpan(TimeRange(span.start - SETTLE_REACH, span.end), start=edge, end=Edge())
            for span in request.spans
        )

    here = dataclasses.replace(TALK, path=tmp_path / "talk.mp4")
    engine, runner, _ = build(ResolveSource=here, SelectMoments=(MOMENTS, (), MOMENTS[1:]), SettleEdges=move)
    result = engine.run(AnalyzeRequest("talk.mp4", ("pricing", "giraffes", "two"), settles=True))
    (settle,) = (request for request in runner.requests if isinstance(request, SettleEdges))
    assert [span.duration for span in settle.spans] == [
        moment.span.duration + 2 * AIR for moment in (*MOMENTS, MOMENTS[1])
    ]
    assert [len(found.settled) for found in result.findings] == [2, 0, 1]
    assert [each.span.start for each in result.findings[0].settled] == [
        moment.span.start - AIR - SETTLE_REACH for moment in MOMENTS
    ]
    assert result.findings[2].settled[0].start.reason is EdgeReason.PAUSE
    assert result.findings[0].moments == MOMENTS


def test_what_comes_closest_is_settled_too(build, tmp_path: Path) -> None:
    faint = tuple(dataclasses.replace(moment, confidence=0.001) for moment in MOMENTS)
    engine, _, _ = build(ResolveSource=dataclasses.replace(TALK, path=tmp_path / "a.mp4"), SelectMoments=(faint,))
    (found,) = engine.run(AnalyzeRequest("talk.mp4", ("pricing",), settles=True)).findings
    assert found.moments == ()
    assert [each.span.start for each in found.settled] == [moment.span.start - AIR for moment in found.closest]


def test_nothing_of_a_link_is_fetched_to_settle_edges(build) -> None:
    engine, runner, _ = build()
    (found,) = engine.run(AnalyzeRequest("talk.mp4", ("pricing",), settles=True)).findings
    assert [each.span.start for each in found.settled] == [moment.span.start - AIR for moment in MOMENTS]
    assert not any(isinstance(request, SettleEdges | FetchMedia) for request in runner.requests)


def test_a_given_transcript_needs_no_source(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    engine.run(AnalyzeRequest("", ("pricing",), transcript=tmp_path / "talk.srt"))
    assert not any(isinstance(request, ResolveSource) for request in runner.requests)
    assert runner.requests[0] == Transcribe(None, tmp_path / "talk.srt", runner.requests[0].folder)  # type: ignore[attr-defined]


def test_events_tell_the_story_and_progress_never_falls_within_a_stage(build, tmp_path: Path) -> None:
    engine, _, events = build()
    engine.run(auto_request(tmp_path))
    kinds = [type(event) for event in events if not isinstance(event, JobAdvanced)]
    assert kinds == [JobQueued, ClipAdded, ClipAdded, JobCompleted]
    advanced = [event for event in events if isinstance(event, JobAdvanced)]
    assert "Rendering 2 of 2" in {event.stage for event in advanced}
    for earlier, later in itertools.pairwise(advanced):
        assert later.stage != earlier.stage or later.fraction >= earlier.fraction


def test_the_file_has_its_final_name_before_the_event(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    seen: list[bool] = []
    engine.subscribe(lambda event: seen.append(event.clip.path.is_file()) if isinstance(event, ClipAdded) else None)
    engine.run(clip_request(tmp_path))
    assert seen == [True]


def test_a_name_of_ours_never_replaces_a_file(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    first = engine.run(clip_request(tmp_path)).clips[0].path
    second = engine.run(clip_request(tmp_path)).clips[0].path
    assert first != second
    assert second.name.endswith(" (2).mp4")


def test_a_name_that_a_person_chose_replaces_the_older_file_once_the_new_one_is_whole(build, tmp_path: Path) -> None:
    (tmp_path / "out.mp4").write_bytes(b"old")
    engine, _, _ = build(Render=InputError(ErrorCode.DAMAGED_MEDIA, "Damaged."))
    with pytest.raises(InputError):
        engine.run(clip_request(tmp_path, "out.mp4"))
    assert (tmp_path / "out.mp4").read_bytes() == b"old"
    engine, _, _ = build()
    engine.run(clip_request(tmp_path, "out.mp4"))
    assert (tmp_path / "out.mp4").read_bytes() == b"clip"


@pytest.mark.parametrize("stage", ["ResolveSource", "FetchMedia", "Render"])
def test_a_failing_stage_leaves_nothing_behind_and_says_so(build, tmp_path: Path, paths: Paths, stage: str) -> None:
    error = InputError(ErrorCode.DAMAGED_MEDIA, "Damaged.", "Get another copy.")
    engine, _, events = build(**{stage: error})
    target = tmp_path / "new folder"
    with pytest.raises(InputError) as caught:
        engine.run(clip_request(target))
    assert str(caught.value) == str(error)
    assert not target.exists()
    assert list(paths.work.iterdir()) == []
    assert isinstance(events[-1], JobFailed)
    assert events[-1].error is error


def test_a_bug_in_a_stage_comes_out_typed(build, tmp_path: Path) -> None:
    engine, _, events = build(Render=ZeroDivisionError("oops"))
    with pytest.raises(InternalError, match="oops"):
        engine.run(clip_request(tmp_path))
    assert isinstance(events[-1], JobFailed)


def test_a_cancel_between_stages_is_no_failure(build, tmp_path: Path, paths: Paths) -> None:
    token = CancelToken()

    def fetch_then_cancel(_request: StageRequest[object], reporter: Reporter) -> FetchedMedia:
        token.cancel()
        assert reporter.cancel.wait(10)
        return FetchedMedia(None, None)

    engine, runner, events = build(FetchMedia=fetch_then_cancel)
    with pytest.raises(Cancelled):
        engine.run(clip_request(tmp_path), token)
    assert not any(isinstance(request, Render) for request in runner.requests)
    assert isinstance(events[-1], JobCancelled)
    assert not any(isinstance(event, JobFailed) for event in events)
    assert list(paths.work.iterdir()) == []


def test_ctrl_c_is_a_cancel(build, tmp_path: Path) -> None:
    def interrupt(_request: StageRequest[object], reporter: Reporter) -> FetchedMedia:
        _thread.interrupt_main()
        assert reporter.cancel.wait(10)
        return FetchedMedia(None, None)

    engine, _, events = build(FetchMedia=interrupt)
    with pytest.raises(Cancelled):
        engine.run(clip_request(tmp_path))
    assert isinstance(events[-1], JobCancelled)


def test_nothing_found_is_an_answer_and_fetches_nothing(build, tmp_path: Path) -> None:
    engine, runner, _ = build(SelectMoments=((),))
    with pytest.raises(NothingFound, match="pricing"):
        engine.run(auto_request(tmp_path))
    assert not any(isinstance(request, FetchMedia) for request in runner.requests)


def test_a_missing_parent_folder_is_named(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    with pytest.raises(InputError) as caught:
        engine.run(clip_request(tmp_path / "a" / "b"))
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert str(tmp_path / "a" / "b") in caught.value.message


def test_a_range_after_the_end_of_a_remote_source_is_refused_before_the_fetch(build, tmp_path: Path) -> None:
    remote = MediaFile(source="https://a.example/v", title="V", path=None, duration=Fraction(8))
    engine, runner, _ = build(ResolveSource=remote)
    with pytest.raises(InputError) as caught:
        engine.run(clip_request(tmp_path))
    assert caught.value.code is ErrorCode.RANGE_OUTSIDE_SOURCE
    assert [type(request) for request in runner.requests] == [ResolveSource]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"span": TimeRange(Fraction(0), Fraction(601))}, ErrorCode.CLIP_TOO_LONG),
        (
            {"output": OutputSpec(OutputFormat.GIF), "span": TimeRange(Fraction(0), Fraction(31))},
            ErrorCode.CLIP_TOO_LONG,
        ),
        ({"source": "https://vimeo.com/1"}, ErrorCode.UNSUPPORTED_SITE),
        ({"source": "https://notyoutube.com/1"}, ErrorCode.UNSUPPORTED_SITE),
    ],
)
def test_the_hosted_policy_refuses_what_the_hosted_service_refuses(build, tmp_path: Path, change, code) -> None:
    engine, runner, _ = build()
    request = clip_request(tmp_path, **{"source": "https://www.youtube.com/watch?v=1", "policy": HOSTED, **change})
    with pytest.raises(InputError) as caught:
        engine.run(request)
    assert caught.value.code is code
    assert runner.requests == []


def test_the_hosted_policy_charges_the_hosted_price(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    url = "https://www.youtube.com/watch?v=1"
    engine.accounts.deposit(Money(1000), "a gift")
    assert engine.run(clip_request(tmp_path, source=url, policy=HOSTED)).cost == Money(10)
    request = AutoClipRequest(url, "pricing", OutputSpec(), Destination(tmp_path), policy=HOSTED)
    assert engine.run(request).cost == Money(20 * 2 + 10)
    assert engine.run(AnalyzeRequest(url, ("pricing",), policy=HOSTED)).cost == Money(20)
    assert engine.accounts.balance() == Money(1000 - 10 - 50 - 20)


def test_an_endless_query_is_refused(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    with pytest.raises(InputError) as caught:
        engine.run(AutoClipRequest("talk.mp4", "x" * 501, OutputSpec(), Destination(tmp_path)))
    assert caught.value.code is ErrorCode.BAD_QUERY


def test_without_a_query_the_best_moments_are_clipped(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    result = engine.run(AutoClipRequest("talk.mp4", "", OutputSpec(), Destination(tmp_path)))
    assert len(result.clips) == 2
    assert [request.queries for request in runner.requests if isinstance(request, SelectMoments)] == [("",)]


def test_where_too_little_is_said_nothing_is_chosen(build, tmp_path: Path) -> None:
    engine, _, _ = build(SelectMoments=((),))
    with pytest.raises(NothingFound, match="Too little is said"):
        engine.run(AutoClipRequest("talk.mp4", "", OutputSpec(), Destination(tmp_path)))


def test_a_moment_that_is_much_less_sure_is_shown_and_not_clipped(build, tmp_path: Path) -> None:
    moments = (MOMENTS[0], dataclasses.replace(MOMENTS[1], confidence=0.1))
    engine, _, _ = build(SelectMoments=(moments,))
    result = engine.run(auto_request(tmp_path))
    assert result.findings[0].moments == moments
    assert len(result.clips) == 1


def test_what_comes_closest_is_told_where_nothing_matches(build, tmp_path: Path) -> None:
    engine, _, _ = build(SelectMoments=((dataclasses.replace(MOMENTS[0], confidence=0.001),),))
    with pytest.raises(NothingFound) as caught:
        engine.run(auto_request(tmp_path))
    assert "at 1:40.000: “one”" in str(caught.value.hint)


def test_a_sound_is_found_where_nothing_is_said(build, tmp_path: Path) -> None:
    silent = InputError(ErrorCode.NO_TRANSCRIPT, "My: talk? has no captions.", "Pass a file.")
    engine, runner, _ = build(Transcribe=silent, HearSounds=(), FetchSpeech=FetchedMedia(None, tmp_path / "sound"))
    engine.run(auto_request(tmp_path, query="applause"))
    (select,) = (request for request in runner.requests if isinstance(request, SelectMoments))
    assert select.transcript.segments == ()
    with pytest.raises(InputError) as caught:
        engine.run(auto_request(tmp_path, query="laughs about the budget"))
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_a_failing_subscriber_harms_nobody(build, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    engine, _, events = build()

    def fail(_event: Event) -> None:
        raise RuntimeError("broken ear")

    unsubscribe = engine.subscribe(fail)
    engine.run(clip_request(tmp_path))
    assert isinstance(events[-1], JobCompleted)
    assert "broken ear" in caplog.text
    unsubscribe()
    caplog.clear()
    engine.run(clip_request(tmp_path))
    assert "broken ear" not in caplog.text


def test_closing_the_engine_closes_its_runner(build) -> None:
    engine, runner, _ = build()
    with engine:
        assert not runner.closed
    assert runner.closed


def test_info_passes_the_source_through(build) -> None:
    engine, runner, _ = build()
    assert engine.info("talk.mp4") is TALK
    assert runner.requests == [ResolveSource("talk.mp4")]
    engine, _, _ = build(ResolveSource=InputError(ErrorCode.NOT_MEDIA, "No media."))
    with pytest.raises(FastClipError):
        engine.info("talk.mp4")


def test_closing_ends_the_previews_with_the_engine(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    engine.close()
    with pytest.raises(Cancelled):
        engine.previews.poster(tmp_path / "talk.mp4")
    assert runner.requests == []
    assert runner.closed


def test_every_stage_goes_by_the_access_that_was_frozen_into_the_request(build, tmp_path: Path) -> None:
    access = Access(Trust.STRANGER, cookies=tmp_path / "cookies.txt")
    request = dataclasses.replace(auto_request(tmp_path), source=HOSTED_URL, access=access, language="de")
    engine, runner, _ = build()
    engine.run(request)
    asked = [each for each in runner.requests if isinstance(each, (ResolveSource, Transcribe, FetchMedia))]
    assert [type(each) for each in asked] == [ResolveSource, Transcribe, FetchMedia]
    assert {each.access for each in asked} == {access}
    assert [each.language for each in asked if isinstance(each, Transcribe)] == ["de"]


def test_a_person_asks_unless_somebody_says_otherwise(build, tmp_path: Path) -> None:
    engine, runner, _ = build()
    engine.run(clip_request(tmp_path))
    assert [each.access for each in runner.requests if isinstance(each, (ResolveSource, FetchMedia))] == [Access()] * 2
    assert Access().trust is Trust.PERSON


def test_clips_are_called_by_the_destinations_template(build, tmp_path: Path) -> None:
    engine, _, _ = build()
    request = clip_request(tmp_path, destination=Destination(tmp_path, template="{start} of {title}"))
    names = [engine.run(request).clips[0].path.name for _ in range(2)]
    assert names == ["0-10 of My - talk.mp4", "0-10 of My - talk (2).mp4"]


def test_everything_is_closed_though_the_runner_fails_to(build, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, runner, _ = build()

    def fail() -> None:
        raise RuntimeError("it hangs")

    with monkeypatch.context() as broken:
        broken.setattr(runner, "close", fail)
        with pytest.raises(RuntimeError, match="it hangs"):
            engine.close()
    with pytest.raises(InternalError, match="closed"):
        engine.jobs.newest(1)
