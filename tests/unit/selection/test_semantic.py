from __future__ import annotations

import numpy as np
import pytest

from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.semantic import MeaningIndex, points_of, run_borders, texts_to_embed
from tests.unit.selection.talks import TALK, transcript_of


def test_the_texts_are_the_whole_transcript_in_order() -> None:
    texts = texts_to_embed(transcript_of(TALK))
    assert " ".join(texts) == " ".join(TALK)
    assert 1 < len(texts) < len(TALK)


def test_each_text_is_whole_sentences() -> None:
    assert all(text.endswith(".") for text in texts_to_embed(transcript_of(TALK)))


def test_an_empty_transcript_has_no_texts() -> None:
    assert texts_to_embed(Transcript((), "en", TranscriptOrigin.GIVEN)) == ()


def test_borders_hold_every_sentence_once() -> None:
    passages = read_passages(transcript_of(TALK))
    borders = run_borders(passages).tolist()
    assert borders[0] == 0
    assert borders[-1] == len(passages)
    assert borders == sorted(set(borders))


def test_a_very_long_transcript_has_a_bounded_number_of_texts() -> None:
    transcript = transcript_of(
        ["What a fine and sunny day it is today, said the old man to the young one by the sea."] * 50_000
    )
    assert 10_000 < len(texts_to_embed(transcript)) <= 20_001


def test_remarks_are_not_embedded_unless_there_is_nothing_else() -> None:
    texts = texts_to_embed(transcript_of([*TALK[:3], "[applause] Thank you {smiles} all.", *TALK[3:]]))
    assert "Thank you all." in " ".join(texts)
    assert texts_to_embed(transcript_of(["[applause]"])) == ("[applause]",)


def vectors_of(rows: np.ndarray) -> Vectors:
    return Vectors(rows.shape[1], rows.astype("<f4").tobytes())


def test_a_sentence_is_as_near_as_the_run_that_holds_it() -> None:
    passages = read_passages(transcript_of(TALK))
    borders = run_borders(passages)
    rows = np.zeros((len(borders) - 1, 3))
    rows[:, 0] = 1
    rows[2] = (0.6, 0.8, 0)
    index = MeaningIndex.read(vectors_of(rows), passages)
    assert index is not None
    likeness = index.likeness(np.array([0, 1, 0], dtype=np.float32))
    assert np.flatnonzero(likeness.cosines > 0.5).tolist() == list(range(borders[2], borders[3]))
    assert likeness.cosines.max() == pytest.approx(0.8)
    assert likeness.standing_out.mean() == pytest.approx(0)


@pytest.mark.parametrize("count", [0, 1, 40])
def test_points_of_other_texts_are_left_aside(count: int) -> None:
    passages = read_passages(transcript_of(TALK))
    assert MeaningIndex.read(vectors_of(np.ones((count, 3))), passages) is None


def test_no_points_are_no_index() -> None:
    assert MeaningIndex.read(None, read_passages(transcript_of(TALK))) is None


def test_points_that_are_no_numbers_are_far_away() -> None:
    passages = read_passages(transcript_of(TALK))
    rows = np.full((len(run_borders(passages)) - 1, 4), 3e38)
    rows[0] = np.nan
    rows[1] = np.inf
    index = MeaningIndex.read(vectors_of(rows), passages)
    assert index is not None
    likeness = index.likeness(points_of(vectors_of(np.array([[3e38, np.nan, -np.inf, 1]])))[0])
    assert np.isfinite(likeness.cosines).all()
    assert np.isfinite(likeness.standing_out).all()
