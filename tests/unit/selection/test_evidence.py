from __future__ import annotations

import pytest

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.evidence import Evidence, gather_evidence
from fastclip_desktop.selection.lexical import LexicalIndex
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.query import read_query
from tests.unit.selection.talks import BREAD, TALK, transcript_of


def evidence_in(texts: tuple[str, ...], query: str, language: str = "en") -> Evidence | None:
    analyzer = Analyzer(language)
    index = LexicalIndex(read_passages(transcript_of(texts, language=language)), analyzer)
    return gather_evidence(read_query(query, analyzer), index, analyzer)


def found(texts: tuple[str, ...], query: str, language: str = "en") -> list[int]:
    evidence = evidence_in(texts, query, language)
    return [] if evidence is None else [n for n, weight in enumerate(evidence.by_sentence) if weight > 0]


def test_sentences_that_hold_a_term_have_evidence() -> None:
    assert found(TALK, "dough") == [3, 4]


def test_what_the_transcript_lacks_is_no_evidence() -> None:
    assert evidence_in(TALK, "parliament elections") is None


def test_words_of_telling_alone_are_evidence_only_when_nothing_else_is_asked() -> None:
    talk = (*BREAD, "We discuss this later.")
    assert evidence_in(talk, "discussion of parliament") is None
    assert found(talk, "discussion") == [6]


def test_weights_add_up_to_the_share_of_the_query_that_is_said() -> None:
    whole, part = evidence_in(TALK, "dough oven"), evidence_in(TALK, "dough oven parliament")
    assert whole is not None
    assert part is not None
    assert whole.weights.sum() == pytest.approx(1)
    assert 0.3 < part.weights.sum() < 0.7


def test_rare_terms_weigh_more() -> None:
    evidence = evidence_in(TALK, "saturn")
    common = evidence_in(TALK, "saturn telescope")
    assert evidence is not None
    assert common is not None
    by_sentence = common.by_sentence
    assert by_sentence[13] > by_sentence[11]
    assert evidence.weights[0] > common.weights[0]


def test_terms_side_by_side_add_evidence() -> None:
    apart = ("The flat is in a house.", "He has a tyre shop.", "It rained a lot today.")
    near = ("The house has a flat tyre.", "He has a shop.", "It rained a lot today.")
    beside, far = evidence_in(near, "flat tyre"), evidence_in(apart, "flat tyre")
    assert beside is not None
    assert far is not None
    assert len(beside.counts) == 3
    assert len(far.counts) == 2


def test_a_quoted_phrase_is_required_where_it_is_said() -> None:
    evidence = evidence_in(TALK, '"inner tube"')
    assert evidence is not None
    assert evidence.required is not None
    assert evidence.required.nonzero()[0].tolist() == [8]


def test_a_quoted_phrase_that_nobody_says_lowers_the_coverage() -> None:
    evidence = evidence_in(TALK, '"tube inner"')
    assert evidence is not None
    assert evidence.required is None
    assert evidence.weights.sum() < 0.8


@pytest.mark.parametrize(
    ("texts", "query", "language"),
    [
        (("Add an artboard now.", "Then save."), "art board", "en"),
        (("Add an art board now.", "Then save."), "artboard", "en"),
        (("Die Krankenversicherung zahlt.", "Es regnet."), "Versicherung", "de"),
        (("A photo of Mr. Burgundy.", "It rains."), "brugundy", "en"),
        (("東京は大きい。", "雨です。"), "東京", "ja"),
        (("東京は大きい。", "雨です。"), "東", "ja"),
    ],
)
def test_other_ways_of_writing_are_found(texts: tuple[str, ...], query: str, language: str) -> None:
    assert found(texts, query, language) == [0]


def test_respelling_is_tried_only_for_what_is_missing() -> None:
    assert found(("The planet is near.", "The plane is late, the planets wait."), "planet") == [0, 1]
    assert found(("A grape is small.", "The graph is large."), "graph") == [1]
