from __future__ import annotations

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.lexical import LexicalIndex
from fastclip_desktop.selection.passages import read_passages
from tests.unit.selection.talks import TALK, transcript_of


def index_of(*texts: str, language: str = "en") -> LexicalIndex:
    return LexicalIndex(read_passages(transcript_of(texts, language=language)), Analyzer(language))


def test_counts_follow_the_sentences() -> None:
    index = index_of("Bread is bread.", "No flour here.", "Bread again.")
    assert index.counts(index.positions("bread")).tolist() == [2, 0, 1]
    assert index.counts(index.positions("nothing")).tolist() == [0, 0, 0]
    assert index.borders.tolist() == [0, 3, 6, 8]


def test_a_phrase_is_found_only_in_its_order() -> None:
    index = index_of("to be or not to be", "be to not or")
    assert index.phrase_positions(("to", "be")).tolist() == [0, 4]
    assert index.phrase_positions(("be", "be")).tolist() == [5]
    assert index.phrase_positions(("or", "or")).tolist() == []
    assert index.phrase_positions(("not", "to", "be")).tolist() == [3]
    assert index.phrase_positions(("missing", "be")).tolist() == []
    assert index.phrase_positions(("or", "missing")).tolist() == []


def test_neighbours_are_found_in_either_order_and_within_reach() -> None:
    index = index_of("a b c d e f g a")
    assert index.neighbouring_positions("c", "a", 3).tolist() == [2]
    assert index.neighbouring_positions("a", "c", 3).tolist() == [0]
    assert index.neighbouring_positions("d", "a", 2).tolist() == []
    assert index.neighbouring_positions("a", "a", 3).tolist() == []
    assert index.neighbouring_positions("a", "missing", 3).tolist() == []


def test_terms_that_hold_a_part_are_listed() -> None:
    index = index_of("Krankenversicherung Versicherung versichert Sicherheit", language="xx")
    assert index.terms_holding("versicherung") == ["krankenversicherung"]


def test_a_misspelt_term_is_known_again() -> None:
    assert index_of(*TALK).likeliest_spelling("telesocp") == "telescop"
    assert index_of(*TALK).likeliest_spelling("zebra") is None


def test_a_misspelt_word_never_means_a_stop_word() -> None:
    assert index_of("about the bread").likeliest_spelling("aboutt") is None
    assert index_of("the bread").likeliest_spelling("breat") == "bread"
