"""Judging by a language model that was built here and says what comes into its mind: nothing of that may matter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import gguf
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import JudgeMoments, WriteCopy
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.runners.kinds import kind_of
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.stages import judge
from tests.hostile_talks import QUERIES, hostile_transcript
from tests.tiny_gguf import MISTRAL, write_language_model

TALK = Transcript(
    tuple(
        Segment(f"Sentence number {number} is about cats.", TimeRange(Fraction(3 * number), Fraction(3 * number + 3)))
        for number in range(60)
    ),
    "en",
    TranscriptOrigin.CAPTIONS,
)


def model_at(path: Path) -> Model:
    return Model("tiny", ModelKind.TEXT, path, path.stat().st_size, str(path))


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    yield model_at(write_language_model(tmp_path_factory.mktemp("models") / "model.gguf"))
    judge._language_model.drop()


def some_moments(transcript: Transcript, seed: int = 0) -> tuple[Moment, ...]:
    """Runs of sentences beside one another, best first, as a selection might give them."""
    passages = read_passages(transcript)
    random_ = random.Random(seed)
    moments: list[Moment] = []
    first = 0
    while first < len(passages):
        last = min(len(passages) - 1, first + random_.choice((0, 1, 3, 8)))
        span = passages.span(first, last)
        if not moments or all(span.overlap(moment.span) == 0 for moment in moments):
            moments.append(Moment(span, passages.excerpt(first, last), round(random_.uniform(0.05, 0.95), 4)))
        first = last + 1 + random_.choice((0, 1, 4))
    return tuple(sorted(moments, key=lambda moment: -moment.confidence))


def assert_sound(moments: tuple[Moment, ...], transcript: Transcript, most: int) -> None:
    text = " ".join(segment.text for segment in transcript.segments if segment.text.strip())
    starts = [segment.span.start for segment in transcript.segments]
    ends = [segment.span.end for segment in transcript.segments]
    assert len(moments) <= most
    for moment in moments:
        assert min(starts) <= moment.span.start < moment.span.end <= max(ends)
        assert moment.excerpt in text
        assert 0 <= moment.confidence <= 1
        assert len(moment.reason) <= 100
        assert not set(moment.reason) & set("<>[]{}|/\\:.@=\n\r\0\u202e\u200b")
    assert [moment.confidence for moment in moments] == sorted((m.confidence for m in moments), reverse=True)
    for one, other in combinations(moments, 2):
        assert one.span.overlap(other.span) == 0


@pytest.mark.parametrize("seeds", [range(40), pytest.param(range(40, 240), marks=pytest.mark.slow)])
def test_hostile_transcripts_change_nothing_but_the_order(model: Model, seeds: range) -> None:
    for seed in seeds:
        transcript = hostile_transcript(seed)
        query = QUERIES[seed % len(QUERIES)]
        moments = some_moments(transcript, seed)[:4]
        (judged,) = judge.perform(JudgeMoments(transcript, (query,), (moments,), model, 3), Reporter())
        assert_sound(judged, transcript, 3)
        originals = {moment.span for moment in moments}
        assert all(any(moment.span.overlap(span) > 0 for span in originals) for moment in judged)


def test_markers_that_are_words_to_the_vocabulary_are_no_way_in_either(tmp_path: Path) -> None:
    path = write_language_model(tmp_path / "m.gguf", markers=MISTRAL, marker_kind=gguf.TokenType.USER_DEFINED)
    try:
        for seed in range(10):
            transcript = hostile_transcript(seed)
            moments = some_moments(transcript, seed)[:3]
            (judged,) = judge.perform(JudgeMoments(transcript, ("cats",), (moments,), model_at(path), 3), Reporter())
            assert_sound(judged, transcript, 3)
    finally:
        judge._language_model.drop()


def test_every_query_gets_its_answer_in_order(model: Model) -> None:
    ranked = (some_moments(TALK, 1), (), some_moments(TALK, 2))
    answers = judge.perform(JudgeMoments(TALK, ("cats", "dogs", ""), ranked, model, 5), Reporter())
    assert len(answers) == 3
    assert answers[1] == ()
    for moments in answers:
        assert_sound(moments, TALK, 5)
    assert len(answers[0]) == len(answers[2]) == 5


def test_highlights_keep_their_length_and_get_a_reason(model: Model) -> None:
    moments = some_moments(TALK, 1)
    (judged,) = judge.perform(JudgeMoments(TALK, ("",), (moments,), model, 5), Reporter())
    assert {moment.span for moment in judged} <= {moment.span for moment in moments}
    assert any(moment.reason for moment in judged)


def test_the_same_request_has_the_same_answer(model: Model) -> None:
    request = JudgeMoments(TALK, ("cats", ""), (some_moments(TALK, 1),) * 2, model, 5)
    assert judge.perform(request, Reporter()) == judge.perform(request, Reporter())


def test_the_tail_of_a_long_list_is_not_read_and_not_lost(model: Model) -> None:
    passages = read_passages(TALK)
    moments = tuple(
        Moment(passages.span(number, number), passages.excerpt(number, number), 0.9 - number / 100)
        for number in range(50)
    )
    (judged,) = judge.perform(JudgeMoments(TALK, ("cats",), (moments,), model, 50), Reporter())
    assert len(judged) == 50
    assert_sound(judged, TALK, 50)


def test_a_model_with_too_little_room_leaves_the_moments_as_they_are(tmp_path: Path) -> None:
    path = write_language_model(tmp_path / "short.gguf", context=128)
    moments = some_moments(TALK, 1)
    try:
        (judged,) = judge.perform(JudgeMoments(TALK, ("cats",), (moments,), model_at(path), 3), Reporter())
    finally:
        judge._language_model.drop()
    assert judged == moments[:3]


def test_a_stop_is_heard_between_passages(model: Model) -> None:
    token = CancelToken()

    class StopsAtTheSecond(Reporter):
        def report(self, fraction: float) -> None:
            super().report(fraction)
            if fraction > 0:
                token.cancel()

    with pytest.raises(Cancelled):
        judge.perform(JudgeMoments(TALK, ("cats",), (some_moments(TALK),), model, 5), StopsAtTheSecond(cancel=token))


def test_copy_is_written_for_every_span_and_is_plain(model: Model) -> None:
    for seed in range(12):
        transcript = hostile_transcript(seed)
        spans = tuple(moment.span for moment in some_moments(transcript, seed)[:2])
        copies = judge.perform(WriteCopy(transcript, spans, model), Reporter())
        assert len(copies) == len(spans)
        for copy in copies:
            for line in (copy.hook, copy.call_to_action, copy.reason):
                assert len(line) <= 101
                assert not set(line) & set("<>[]{}|/\\:@=\n\r\0\u202e\u200b")


def test_judging_and_writing_share_the_process_that_holds_the_model(model: Model) -> None:
    assert kind_of(JudgeMoments(TALK, (), (), model, 1)) == kind_of(WriteCopy(TALK, (), model))


def test_a_child_judges_and_keeps_the_model_for_the_next(model: Model, tmp_path: Path) -> None:
    with closing(ProcessRunner(tmp_path / "sites")) as runner:
        moments = some_moments(TALK, 1)
        (judged,) = runner.run(JudgeMoments(TALK, ("cats",), (moments,), model, 3), Reporter())
        assert_sound(judged, TALK, 3)
        (copy,) = runner.run(WriteCopy(TALK, (judged[0].span,), model), Reporter())
        assert copy.hook or copy.call_to_action or copy.reason


def test_a_model_too_large_is_refused_before_it_is_loaded(model: Model) -> None:
    large = replace(model, name="giant", size=10**14)
    with pytest.raises(InputError, match="giant") as caught:
        judge.perform(JudgeMoments(TALK, ("cats",), ((),), large, 3), Reporter())
    assert caught.value.code is ErrorCode.MODEL_TOO_LARGE


def test_a_model_that_is_gone_is_named(model: Model, tmp_path: Path) -> None:
    gone = replace(model, name="gone", path=tmp_path / "gone.gguf")
    with pytest.raises(InputError, match="The model gone cannot be read: No such file") as caught:
        judge.perform(JudgeMoments(TALK, ("cats",), ((),), gone, 3), Reporter())
    assert caught.value.code is ErrorCode.BAD_MODEL
