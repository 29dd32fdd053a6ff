"""Shorts from the request to the montage, over scripted stages."""

from __future__ import annotations

import dataclasses
import errno
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.events import ClipAdded, JobCompleted
from fastclip_desktop.domain.finding_stages import RecogniseSpeech, WriteCopy
from fastclip_desktop.domain.job import Destination, GivenWords, JobResult, ShortsRequest, SiteCaptions, SiteTry
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile, MediaInfo, VideoStream
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.short import MONTAGE_GAP
from fastclip_desktop.domain.short_look import Framing, ShortLook, WantedShort
from fastclip_desktop.domain.short_stages import FindFaces, PaintText, ReadLinkedWords, RenderShort
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Join, SelectMoments, Transcribe
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.engine import library
from fastclip_desktop.engine.engine import Engine
from tests.scripted_runner import InParts, ScriptedRunner
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import HOSTED_URL, Gate, InTurn, SetClock, wait_for_all, write_short

PICTURE = VideoStream(0, "h264", 1920, 1080, "yuv420p", Fraction(1, 15360), Fraction(30), Fraction(0))
INFO = MediaInfo("mp4", Fraction(600), Fraction(0), (PICTURE,))
TALK = MediaFile("talk.mp4", "My talk", Path("talk.mp4"), duration=Fraction(600), info=INFO)
LINK = MediaFile(HOSTED_URL, "My talk", None, duration=Fraction(600))
FETCHED = FetchedMedia(Path("talk.mp4"), Path("talk.mp4"), 7, INFO, INFO)


def said(*sentences: str, start: int = 0, step: int = 10, origin: TranscriptOrigin = TranscriptOrigin.CAPTIONS):
    """A sentence each ``step`` seconds, one second a word."""
    segments = []
    for number, sentence in enumerate(sentences):
        begin = start + number * step
        words = tuple(
            Word(word, TimeRange(Fraction(begin + n), Fraction(begin + n + 1)))
            for n, word in enumerate(sentence.split())
        )
        segments.append(Segment(sentence, TimeRange(words[0].span.start, words[-1].span.end), words))
    return Transcript(tuple(segments), "en", origin)


WORDS = said(
    "Why did nobody ever taste this bread before?",
    "It is made of flour and water.",
    "And that is all of it, really.",
    "So we bake it for an hour.",
    "That is why it never fails.",
)
MOMENTS = (
    Moment(TimeRange(Fraction(30), Fraction(46)), "So we bake", 0.91, "names a number"),
    Moment(TimeRange(Fraction(0), Fraction(16)), "Why did", 0.5, "opens with a question"),
)
SCRIPT: dict[str, object] = {
    "ResolveSource": TALK,
    "Transcribe": WORDS,
    "SelectMoments": (MOMENTS,),
    "FetchMedia": FETCHED,
}


KindT = TypeVar("KindT")


def exact(*spans: tuple[int, int], **changes: object) -> tuple[WantedShort, ...]:
    return tuple(WantedShort(TimeRange(Fraction(start), Fraction(end)), **changes) for start, end in spans)  # type: ignore[arg-type]


def wish(folder: Path, **changes: object) -> ShortsRequest:
    return ShortsRequest(destination=Destination(folder), **{"source": "talk.mp4", **changes})  # type: ignore[arg-type]


def of(runner: ScriptedRunner, kind: type[KindT]) -> list[KindT]:
    return [each for each in runner.requests if isinstance(each, kind)]


def install(engine: Engine, monkeypatch: pytest.MonkeyPatch, *kinds: ModelKind) -> None:
    models = {kind: Model(str(kind), kind, Path(str(kind)), 1, "d") for kind in kinds}
    monkeypatch.setattr(engine.models, "installed", models.get)


PLAIN = ShortLook(captions=None)


def test_ranges_become_shorts_without_a_word_being_read(build: Build, tmp_path: Path) -> None:
    engine, runner, events = build(**SCRIPT)
    result = engine.run(wish(tmp_path, look=PLAIN, segments=exact((20, 30), (5, 12)), hook="Look"))
    assert not of(runner, Transcribe)
    assert not of(runner, SelectMoments)
    assert [clip.span for clip in result.clips] == [
        TimeRange(Fraction(5), Fraction(12)),
        TimeRange(Fraction(20), Fraction(30)),
    ]
    assert [(clip.width, clip.height) for clip in result.clips] == [(1080, 1920)] * 2
    # The hook of the whole is that of the first range as they were given.
    assert [each.hook for each in result.shorts] == ["", "Look"]
    assert [each.score for each in result.shorts] == [None, None]
    assert [each.clip for each in result.shorts] == [clip.id for clip in result.clips]
    assert result.transcript_origin is None
    assert not of(runner, Join)
    assert [event.clip.id for event in events if isinstance(event, ClipAdded)] == [clip.id for clip in result.clips]
    assert sorted(path.name for path in tmp_path.glob("*.mp4")) == [
        "My talk [0-05_0-12].mp4",
        "My talk [0-20_0-30].mp4",
    ]
    assert list(engine._paths.work.iterdir()) == []


def test_chosen_moments_stand_in_order_of_time_with_score_and_reason(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    result = engine.run(wish(tmp_path, count=2))
    assert [each.span.start for each in result.shorts] == [Fraction(0), Fraction("29.85")]
    assert [each.score for each in result.shorts] == [50, 91]
    assert [each.reason for each in result.shorts] == ["Opens with a question", "Names a number"]
    assert result.transcript_origin is TranscriptOrigin.CAPTIONS
    assert len(result.findings) == 1
    painted = of(runner, PaintText)
    assert [bool(each.cues) for each in painted] == [True, True]
    assert all(
        cue.span.end <= short.duration
        for each, short in zip(painted, [r.plan for r in of(runner, RenderShort)], strict=True)
        for cue in each.cues
    )


def test_the_montage_joins_what_was_published_and_says_where_each_short_lies(build: Build, tmp_path: Path) -> None:
    engine, runner, events = build(**SCRIPT)
    result = engine.run(wish(tmp_path, look=PLAIN, segments=exact((5, 12), (20, 30)), joins=True, title="Best of"))
    (join,) = of(runner, Join)
    first, second, montage = result.clips
    assert [source.picture for source in join.sources] == [first.path, second.path]
    assert result.montage == montage.id
    assert montage.path.name == "Best of - shorts.mp4"
    gap = MONTAGE_GAP
    assert [(each.place.start, each.place.end) for each in result.shorts] == [(0, 7), (7 + gap, 17 + gap)]
    assert len(of(runner, RenderShort)) == 2
    assert isinstance(events[-1], JobCompleted)
    assert engine.jobs.get(events[-1].job.id).result == result


def test_hooks_and_calls_are_those_given_else_the_words_own_and_a_plain_request(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    segments = (*exact((0, 16)), *exact((30, 46), hook="Mine", call_to_action="Buy\u202e it"))
    result = engine.run(wish(tmp_path, segments=segments, adds_hooks=True, adds_calls=True))
    assert [each.hook for each in result.shorts] == ["Why did nobody ever taste this bread before?", "Mine"]
    assert [each.call_to_action for each in result.shorts] == ["Follow for more", "Buy it"]
    first = of(runner, PaintText)[0].banners
    assert [banner.text for banner in first] == ["Why did nobody ever taste this bread before?", "Follow for more"]
    assert first[0].span == TimeRange(Fraction(0), Fraction(3))
    assert first[1].span == TimeRange(Fraction(13), Fraction(16))
    assert not of(runner, WriteCopy)


def test_lines_that_need_no_word_are_written_without_one_being_read(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    lines = {"hook": "Mine", "adds_hooks": True, "adds_calls": True}
    result = engine.run(wish(tmp_path, look=PLAIN, segments=exact((0, 16)), language="de", **lines))
    assert not of(runner, Transcribe)
    assert [(each.hook, each.call_to_action) for each in result.shorts] == [("Mine", "Folge für mehr davon")]
    assert result.transcript_origin is None


def test_a_language_model_writes_the_lines_that_are_missing(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, runner, _ = build(
        **SCRIPT,
    )
    install(engine, monkeypatch, ModelKind.TEXT)
    segments = (*exact((0, 16), hook="Mine"), *exact((30, 46)))
    result = engine.run(wish(tmp_path, segments=segments, adds_hooks=True))
    assert [each.hook for each in result.shorts] == ["Mine", "Hook 0"]
    (request,) = of(runner, WriteCopy)
    assert request.spans == (TimeRange(Fraction(30), Fraction(46)),)


def test_a_model_that_fails_costs_nobody_their_lines(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _, _ = build(**SCRIPT, WriteCopy=InputError(ErrorCode.MODEL_TOO_LARGE, "It is too large."))
    install(engine, monkeypatch, ModelKind.TEXT)
    result = engine.run(wish(tmp_path, segments=exact((0, 16)), adds_hooks=True))
    assert result.shorts[0].hook.startswith("Why did nobody")
    assert any(note.startswith("It is too large.") for note in result.clips[0].receipt.notes)


def test_faces_are_looked_for_in_all_shorts_at_once(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, runner, _ = build(**SCRIPT)
    install(engine, monkeypatch, ModelKind.FACES)
    look = ShortLook(captions=None, framing=Framing.FACES)
    engine.run(wish(tmp_path, look=look, segments=exact((0, 5), (10, 15))))
    (request,) = of(runner, FindFaces)
    assert [span.start for span in request.spans] == [0, 10]


@pytest.mark.parametrize("fault", [None, InputError(ErrorCode.BAD_MODEL, "It is broken.")])
def test_without_a_model_that_finds_faces_the_middle_is_shown_and_that_is_said(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: FastClipError | None
) -> None:
    engine, runner, _ = build(**SCRIPT, **({} if fault is None else {"FindFaces": fault}))
    install(engine, monkeypatch, *([] if fault is None else [ModelKind.FACES]))
    look = ShortLook(captions=None, framing=Framing.FACES)
    result = engine.run(wish(tmp_path, look=look, segments=exact((0, 5))))
    notes = " ".join(result.clips[0].receipt.notes)
    assert "middle of the picture" in notes
    assert (fault is None) == (not of(runner, FindFaces))


@pytest.mark.parametrize(("framing", "lines"), [(Framing.BLUR, 1080), (Framing.AURA, 1080), (Framing.CROP, None)])
def test_no_more_pixels_are_fetched_than_are_seen(
    build: Build, tmp_path: Path, framing: Framing, lines: int | None
) -> None:
    engine, runner, _ = build(**SCRIPT)
    engine.run(wish(tmp_path, look=ShortLook(captions=None, framing=framing), segments=exact((0, 5))))
    assert of(runner, FetchMedia)[0].output.max_height == lines


def test_pauses_and_fillers_are_left_out(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    look = ShortLook(cuts_pauses=True)
    result = engine.run(wish(tmp_path, look=look, segments=exact((0, 17))))
    (render,) = of(runner, RenderShort)
    assert len(render.plan.pieces) == 2
    assert result.clips[0].duration == 8 + Fraction(1, 4) + 7
    assert result.shorts[0].span == TimeRange(Fraction(0), Fraction(17))


def test_files_with_the_captions_lie_beside_each_short_and_replace_nothing(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**SCRIPT)
    (tmp_path / "My talk [0-05_0-12].vtt").write_text("mine", encoding="utf-8")
    wanted = wish(tmp_path, look=PLAIN, segments=exact((5, 12), (30, 46)), subtitles=("srt", "vtt", "ass"))
    engine.run(wanted)
    names = sorted(path.name for path in tmp_path.glob("My talk*") if path.suffix != ".mp4")
    first, second = "My talk [0-05_0-12]", "My talk [0-30_0-46]"
    made = [f"{first} (2).vtt", f"{first}.ass", f"{first}.srt", f"{first}.vtt"]
    assert names == sorted([*made, f"{second}.ass", f"{second}.srt", f"{second}.vtt"])
    assert (tmp_path / f"{first}.vtt").read_text(encoding="utf-8") == "mine"
    assert "So we bake it for an hour." in " ".join((tmp_path / f"{second}.srt").read_text(encoding="utf-8").split())


def test_a_folder_that_takes_no_subtitles_gets_no_short_either(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _, _ = build(**SCRIPT)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("fastclip_desktop.engine.subtitle_files.replace_file", full)
    with pytest.raises(InputError) as caught:
        engine.run(wish(tmp_path, segments=exact((5, 12)), subtitles=("srt",)))
    assert caught.value.code is ErrorCode.DISK_FULL
    assert list(tmp_path.glob("*.mp4")) == []
    assert engine.library.find().total == 0


# Words


def test_given_words_go_before_all_others(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    given = said("Given words are here.", origin=TranscriptOrigin.GIVEN)
    result = engine.run(wish(tmp_path, segments=exact((0, 10)), words=GivenWords(given)))
    assert not of(runner, Transcribe)
    assert "Given" in of(runner, PaintText)[0].cues[0].text
    assert result.transcript_origin is TranscriptOrigin.GIVEN


def test_linked_words_are_fetched_as_strangers_links_are(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT, ReadLinkedWords=said("Linked words are here.", origin=TranscriptOrigin.GIVEN))
    access = Access(Trust.STRANGER, uploaded=True)
    words = GivenWords(link="https://example.org/a.srt")
    engine.run(wish(tmp_path, segments=exact((0, 10)), words=words, access=access))
    (request,) = of(runner, ReadLinkedWords)
    assert request.access == Access(Trust.STRANGER)
    inside = GivenWords(link="http://127.0.0.1/a.srt")
    with pytest.raises(InputError) as caught:
        engine.run(wish(tmp_path, segments=exact((0, 10)), words=inside, access=access))
    assert caught.value.code is ErrorCode.PRIVATE_ADDRESS


@pytest.mark.parametrize(
    ("words", "span", "told"),
    [
        (said("Far behind the end.", "And behind.", "In front.", start=590, step=20), (595, 599), "2 of the 3 cues"),
        (said("Somewhere else than that.", start=100), (0, 10), "No cue of the given transcript"),
    ],
)
def test_words_of_something_else_are_refused(
    build: Build, tmp_path: Path, words: Transcript, span: tuple[int, int], told: str
) -> None:
    engine, _, _ = build(**SCRIPT)
    with pytest.raises(InputError) as caught:
        engine.run(wish(tmp_path, segments=exact(span), words=GivenWords(words)))
    assert caught.value.code is ErrorCode.BAD_SUBTITLES
    assert told in caught.value.message
    assert list(tmp_path.glob("*.mp4")) == []


HEARD = said("Heard words are these.", origin=TranscriptOrigin.SPEECH_RECOGNITION)
TRACKS = (CaptionTrack("en", CaptionKind.MANUAL, "vtt", "https://example.org/en.vtt"),)


def hearing(*answers: object) -> dict[str, object]:
    """A link whose captions are what the first answer says, and a model that hears."""
    captioned = dataclasses.replace(LINK, captions=TRACKS)
    return {**SCRIPT, "ResolveSource": captioned, "Transcribe": InTurn(*answers), "RecogniseSpeech": InParts((), HEARD)}


NONE = InputError(ErrorCode.NO_TRANSCRIPT, "My talk has no captions.")
LATER = UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "The site does not answer.")


@pytest.mark.parametrize(
    ("answers", "asks", "origin", "site"),
    [
        ((WORDS,), True, TranscriptOrigin.CAPTIONS, SiteCaptions(SiteTry.FETCHED)),
        ((NONE,), True, TranscriptOrigin.SPEECH_RECOGNITION, SiteCaptions(SiteTry.FAILED, NONE.message)),
        ((LATER, NONE), True, TranscriptOrigin.SPEECH_RECOGNITION, SiteCaptions(SiteTry.FAILED, LATER.message)),
        ((NONE,), False, TranscriptOrigin.SPEECH_RECOGNITION, None),
    ],
)
def test_a_sites_captions_are_tried_first_and_that_is_told(
    build: Build,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: tuple[object, ...],
    asks: bool,
    origin: TranscriptOrigin,
    site: SiteCaptions | None,
) -> None:
    engine, runner, _ = build(**hearing(*answers))
    install(engine, monkeypatch, ModelKind.SPEECH)
    words = GivenWords(asks_site=asks)
    result = engine.run(wish(tmp_path, segments=exact((0, 10)), words=words))
    assert (result.transcript_origin, result.site_captions) == (origin, site)
    tried = of(runner, Transcribe)
    assert bool(tried[0].media and tried[0].media.captions) == asks
    assert bool(of(runner, RecogniseSpeech)) == (origin is TranscriptOrigin.SPEECH_RECOGNITION)


def test_a_sources_own_captions_in_another_language_than_is_spoken_are_not_its_words(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    captioned = dataclasses.replace(TALK, captions=(CaptionTrack("fr", CaptionKind.EMBEDDED, "mov_text", "0"),))
    engine, runner, _ = build(**{**hearing(NONE), "ResolveSource": captioned})
    install(engine, monkeypatch, ModelKind.SPEECH)
    result = engine.run(wish(tmp_path, segments=exact((0, 10)), language="en"))
    assert result.transcript_origin is TranscriptOrigin.SPEECH_RECOGNITION
    assert of(runner, Transcribe)[0].media == captioned


def test_a_failed_try_is_told_of_while_the_words_are_heard(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(InParts((), HEARD))
    engine, _, _ = build(**{**hearing(NONE), "RecogniseSpeech": gate})
    install(engine, monkeypatch, ModelKind.SPEECH)
    (job,) = engine.jobs.submit((wish(tmp_path, segments=exact((0, 10))),))
    gate.wait()
    now = engine.jobs.get(job.id).result
    assert now == JobResult(site_captions=SiteCaptions(SiteTry.FAILED, NONE.message))
    gate.open()
    wait_for_all(engine, (job,))


def test_where_nobody_hears_words_it_is_said_what_would_help(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**hearing(NONE))
    with pytest.raises(InputError) as caught:
        engine.run(wish(tmp_path, segments=exact((0, 10))))
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT
    assert "without captions" in caught.value.hint


def test_a_silent_source_has_shorts_without_captions_and_costs_no_listening(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = InputError(ErrorCode.NO_AUDIO, "It has no sound.")
    engine, _, _ = build(**{**SCRIPT, "Transcribe": NONE, "FetchSpeech": silent})
    install(engine, monkeypatch, ModelKind.SPEECH)
    engine.accounts.deposit(Money(1000), "")
    result = engine.run(
        wish(tmp_path, source=HOSTED_URL, segments=exact((0, 10)), adds_hooks=True, policy=HOSTED.for_shorts)
    )
    assert result.shorts[0].hook == ""
    assert "Nothing is said in it, so it has no captions." in result.clips[0].receipt.notes
    assert result.cost == Money(5 + 1 + 1)


# Choice


def test_how_to_choose_moves_moments_up_and_never_keeps_the_choice_from_being_made(
    build: Build, tmp_path: Path
) -> None:
    spans = [TimeRange(Fraction(start), Fraction(start + 20)) for start in (0, 100, 200)]
    best = tuple(Moment(span, "", 0.6 - 0.1 * n, "makes a point") for n, span in enumerate(spans))
    engine, runner, _ = build(**{**SCRIPT, "SelectMoments": (best, (Moment(spans[2], "", 0.4),))})
    result = engine.run(wish(tmp_path, count=1, hint="the one about bread", look=PLAIN))
    assert of(runner, SelectMoments)[0].queries == ("", "the one about bread")
    assert [round(each.span.start) for each in result.shorts] == [200]
    engine, _, _ = build(**{**SCRIPT, "SelectMoments": (best, ())})
    result = engine.run(wish(tmp_path, count=1, hint="what nobody says", look=PLAIN))
    assert [each.span.start for each in result.shorts] == [0]


def test_a_liked_length_is_a_hint_for_the_choice(build: Build, tmp_path: Path) -> None:
    engine, runner, _ = build(**SCRIPT)
    engine.run(wish(tmp_path, preferred=Fraction(40)))
    assert of(runner, SelectMoments)[0].lengths == (28, 52)


def test_where_nothing_is_found_there_are_no_shorts(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**{**SCRIPT, "SelectMoments": ((),)})
    with pytest.raises(FastClipError) as caught:
        engine.run(wish(tmp_path, query="whales"))
    assert caught.value.code is ErrorCode.NOTHING_FOUND


# Bad input


@pytest.mark.parametrize(
    ("changes", "media", "fetched", "code"),
    [
        ({"segments": exact((700, 710))}, LINK, FETCHED, ErrorCode.RANGE_OUTSIDE_SOURCE),
        ({"segments": exact((700, 710))}, TALK, FETCHED, ErrorCode.RANGE_OUTSIDE_SOURCE),
        (
            {"query": "bread"},
            dataclasses.replace(TALK, info=MediaInfo("mp3", Fraction(9), Fraction(0))),
            FETCHED,
            ErrorCode.NO_VIDEO,
        ),
        ({"segments": exact((0, 10))}, TALK, FetchedMedia(None, Path("a.mp3")), ErrorCode.NO_VIDEO),
        (
            {"segments": exact((0, 10)), "policy": HOSTED.for_shorts},
            dataclasses.replace(LINK, duration=Fraction(4 * 3600)),
            FETCHED,
            ErrorCode.SOURCE_TOO_LONG,
        ),
    ],
)
def test_what_cannot_be_made_is_said_before_anything_is_rendered(
    build: Build, tmp_path: Path, changes: dict[str, object], media: MediaFile, fetched: FetchedMedia, code: ErrorCode
) -> None:
    engine, runner, _ = build(**{**SCRIPT, "ResolveSource": media, "FetchMedia": fetched})
    engine.accounts.deposit(Money(1000), "")
    with pytest.raises(InputError) as caught:
        engine.run(wish(tmp_path, look=PLAIN, **changes))
    assert caught.value.code is code
    assert not of(runner, Transcribe)
    assert not of(runner, RenderShort)
    assert engine.accounts.balance() == Money(1000)


def test_a_small_source_is_said_to_look_soft(build: Build, tmp_path: Path) -> None:
    small = dataclasses.replace(INFO, video=(dataclasses.replace(PICTURE, width=320, height=180),))
    engine, _, _ = build(**{**SCRIPT, "FetchMedia": dataclasses.replace(FETCHED, picture_info=small)})
    result = engine.run(wish(tmp_path, look=PLAIN, segments=exact((0, 10))))
    assert any("320×180" in note for note in result.clips[0].receipt.notes)


# Money


@pytest.mark.parametrize(
    ("answers", "asks", "cost"),
    [((WORDS,), True, 5 + 1 + 1 + 1), ((NONE,), False, 5 + 1 + 1 + 10)],
    ids=["captions of the site", "heard"],
)
def test_credits_are_paid_for_what_was_done(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: tuple[object, ...], asks: bool, cost: int
) -> None:
    engine, _, _ = build(**hearing(*answers))
    install(engine, monkeypatch, ModelKind.SPEECH)
    engine.accounts.deposit(Money(1000), "")
    request = wish(tmp_path, segments=exact((0, 10)), words=GivenWords(asks_site=asks), policy=HOSTED.for_shorts)
    project = engine.projects.create(dataclasses.replace(request, source=HOSTED_URL), "k", Fraction(600))
    wait_for_all(engine, (project.job,))
    done = engine.projects.find(project.id, "k")
    assert done is not None
    assert engine.projects.used(done) == cost
    assert engine.projects.balance(HOSTED) == 1000 - cost


# Going on, and going away


def test_after_a_restart_only_what_is_missing_is_made(build: Build, tmp_path: Path) -> None:
    gate = Gate(write_short)
    here = tmp_path / "talk.mp4"
    here.touch()
    script = {
        **SCRIPT,
        "ResolveSource": dataclasses.replace(TALK, path=here),
        "FetchMedia": dataclasses.replace(FETCHED, picture=here, sound=here),
    }
    engine, _, _ = build(kept=True, **{**script, "RenderShort": InTurn(write_short, gate)})
    request = wish(tmp_path, segments=exact((0, 16), (30, 46)), joins=True)
    (job,) = engine.jobs.submit((request,))
    gate.wait()
    engine.close()
    engine, runner, events = build(kept=True, **script)
    wait_for_all(engine, (job,))
    assert [type(each) for each in runner.requests] == [PaintText, RenderShort, Join]
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert len(result.shorts) == 2
    assert len({each.clip for each in result.shorts} | {result.montage}) == 3
    assert [clip.id for clip in result.clips] == [*(each.clip for each in result.shorts), result.montage]
    assert sum(isinstance(each, ClipAdded) for each in events) == 2


def test_after_a_restart_the_words_are_still_those_that_were_heard(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, here = Gate(write_short), tmp_path / "talk.mp4"
    here.touch()
    script = {**hearing(NONE, NONE), "FetchMedia": dataclasses.replace(FETCHED, picture=here, sound=here)}
    engine, _, _ = build(kept=True, **{**script, "RenderShort": InTurn(write_short, gate)})
    install(engine, monkeypatch, ModelKind.SPEECH)
    (job,) = engine.jobs.submit((wish(tmp_path, count=2, joins=True),))
    gate.wait()
    told = engine.jobs.get(job.id).result
    engine.close()

    def by_now_captioned(request: Transcribe, _: object) -> Transcript:
        if request.media is None or not request.media.captions:
            raise NONE
        return WORDS

    again = Gate(by_now_captioned)
    engine, runner, _ = build(kept=True, **{**script, "Transcribe": again})
    install(engine, monkeypatch, ModelKind.SPEECH)
    again.wait()
    assert engine.jobs.get(job.id).result == told
    again.open()
    wait_for_all(engine, (job,))
    assert [type(each) for each in runner.requests] == [Transcribe, RenderShort, Join]
    result = engine.jobs.get(job.id).result
    assert result is not None
    assert result.transcript_origin is TranscriptOrigin.SPEECH_RECOGNITION
    assert result.site_captions == SiteCaptions(SiteTry.FAILED, NONE.message)


def test_a_short_whose_job_is_cancelled_while_it_is_published_is_not_listed(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _, _ = build(**SCRIPT)
    seal = library.seal

    def cancel(path: Path) -> tuple[int, str]:
        (job,) = engine.jobs.queue()
        engine.jobs.cancel(job.id)
        return seal(path)

    monkeypatch.setattr(library, "seal", cancel)
    with pytest.raises(Cancelled):
        engine.run(wish(tmp_path, look=PLAIN, segments=exact((5, 12), (20, 30)), subtitles=("srt",)))
    assert engine.library.find().total == 0
    assert list(tmp_path.glob("My talk*")) == []


def test_shorts_and_montage_of_scripts_expire_after_a_day_and_take_no_pinned_room(build: Build, tmp_path: Path) -> None:
    clock = SetClock()
    engine, _, _ = build(**SCRIPT, clock=clock)
    (tmp_path / "out").mkdir()
    project = engine.projects.create(wish(tmp_path / "out", segments=exact((0, 16)), joins=True), "k")
    wait_for_all(engine, (project.job,))
    assert len(list((tmp_path / "out").glob("*.mp4"))) == 2
    storage = engine.library.storage(HOSTED)
    assert storage.pinned == 0
    clock.let_pass(24 * 3600 + 60)
    engine.library.expire()
    assert list((tmp_path / "out").glob("*.mp4")) == []
    assert engine.library.find().total == 0


def test_an_uploaded_subtitle_file_stays_while_a_job_needs_it(build: Build, tmp_path: Path) -> None:
    gate = Gate(TALK)
    engine, _, _ = build(**{**SCRIPT, "ResolveSource": gate})
    upload = engine.uploads.announce("a.srt", "text/plain", 4, "k", HOSTED)
    upload.path.parent.mkdir(parents=True)
    upload.path.write_text("1234")
    (job,) = engine.jobs.submit((wish(tmp_path, segments=exact((0, 16)), words=GivenWords(file=upload.path)),))
    gate.wait()
    with engine._database.transaction() as connection:
        connection.execute("UPDATE uploads SET expires = 1")
    engine._expire_uploads()
    assert upload.path.exists()
    engine.jobs.cancel(job.id)
    gate.open()
    engine._expire_uploads()
    assert not upload.path.exists()
