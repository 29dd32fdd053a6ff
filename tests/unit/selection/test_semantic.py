from __future__ import annotations

from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.selection.passages import read_passages
from fastclip_desktop.selection.semantic import run_borders, texts_to_embed
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
