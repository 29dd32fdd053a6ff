from __future__ import annotations

import pytest

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.compounds import parts_of_compound
from fastclip_desktop.selection.select import select_moments
from tests.unit.selection.talks import transcript_of


def parts(language: str, word: str, *said: str) -> list[tuple[str, str]]:
    analyzer = Analyzer(language)
    known = {term for text in said for term in analyzer.terms_of_word(text)}
    return list(parts_of_compound(word, analyzer, known.__contains__))


@pytest.mark.parametrize(
    ("language", "word", "said"),
    [
        ("de", "budgetplanung", ("planung", "budgets")),
        ("de", "arbeitsvertrag", ("vertrag", "arbeit")),
        ("de", "küchentisch", ("tisch", "küche")),
        ("nl", "zonnepaneel", ("zonne", "paneel")),
        ("sv", "fotbollsmatch", ("fotboll", "matchen")),
        ("fi", "kirjakauppa", ("kirja", "kauppa")),
    ],
)
def test_a_compound_is_parted_where_both_parts_are_said(language: str, word: str, said: tuple[str, ...]) -> None:
    assert len(parts(language, word, *said)) == 1


def test_nothing_is_parted_where_a_part_is_missing_or_the_language_does_not_compound() -> None:
    assert parts("de", "budgetplanung", "planung") == []
    assert parts("de", "vater", "va", "ter") == []
    assert parts("en", "budgetplanning", "budget", "planning") == []
    assert parts("de", "") == []
    assert parts("de", "wasserwasser", "wasser") == []


def test_a_compound_is_found_where_its_parts_are_said_together() -> None:
    texts = [
        "Das Budget war schon immer klein.",
        "Wir gehen heute in den Wald.",
        "Nun zur Planung des neuen Budgets.",
        "Es regnet schon seit Stunden.",
        "Die Planung der Reise war schwer.",
    ]
    (moment,) = select_moments(transcript_of(texts, language="de"), "alle Erwähnungen der Budgetplanung", 5)
    assert texts[2] in moment.excerpt
