"""What a recording speaks of, as a few phrases that can be looked for in it.

Candidates are runs of one to three words without a stop word, a number or a mark between them. A phrase counts as often
as it is said by itself, not as a part of a longer one, more for each further word (after the C-value of Frantzi,
Ananiadou and Mima, "Automatic recognition of multi-word terms", 2000), and less the more evenly it is spread: "really"
is said all the time, what a place speaks of is said there. What is said once is no topic.

Scripts that part no words have no topics here: pairs of characters are none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.analysis import Analyzer, is_unparted
from fastclip_desktop.selection.passages import Passages, read_passages
from fastclip_desktop.selection.stop_words import TELLING_WORDS

_PIECE = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")
_TAG = re.compile(r"[\[{(][^\[\](){}]{0,40}[\]})]")
"""What nobody says: ``[Music]``, ``(laughs)``."""
_MOST_WORDS = 3
_WORTH = (1.0, 2.5, 3.5)
"""Of a phrase of one, two and three words: more of them say better what is meant, and are said less often."""
_LEAST_TIMES = 2
_LEAST_TIMES_ALONE = 3
"""Of a single word: most of them are said in passing."""
_SHORTEST_WORD = 3
_SHORTEST_ALONE = 4
"""Letters."""
_PLACES = 40
"""Parts of equal length that a recording is looked at in."""
_LEAST_PLACES = 6
"""In a shorter one nothing can be spread evenly."""
_PLACE_WORDS = 60
_NAME = 1.4
"""What it is worth to be written like a name in the middle of sentences."""
_NAME_SHARE = 0.8
_SAMPLE_CUES = 1000

_SAID_ANYWHERE_IN_ENGLISH = """
actually add added almost already always another answer answered anything applause around ask asked asking back
basically better billion bottom bought bring brings brought buy call called cheap cheering cheers choose chose
chosen clicked closed come comes coming couple course day days different doing done door early easy eight eighty
eleven else empty end enough even evening ever every everybody everyone everything exactly example expensive fact
feel fifteen fifty find first five forty four free friend friends front full gets getting give gives giving goes
going gone gonna good gotta great guess guys half happen happened happening hard hear heard hearing hears held help
here hold holds hour hours hundred idea important interesting just keep keeps kept kid kids kind kinda know known
large last late laughs laughter least leave left less let like line lines listen listened listening little long look
looked looking looks lots loud made make makes making man many matter maybe mean means men might million minute
minutes month months more morning most move moved moving much music name named names need needs never new next nice
night nine ninety nobody nothing number okay old once ones paid part pay pays people percent person piece place
played playing point possible press pressed pretty probably problem put question quiet quite rather read reading
real really right room run running runs said same saying says second seconds see seen send sends sense sent set sets
seven seventy short show showed shown shows side simply since sit sits sitting six sixty small somebody someone
something sometimes sort sound sounded sounds spend spent stand stands start started stay stayed still stop stopped
stuff sure take taken takes taking talk talked talking tell ten thank thanks thing things think thinking third
thirty though thought thousand three time times today together told took top totally tried true try trying turn
twelve twenty understand used uses using usually wanna want wanted wants way ways week weekly weeks well went
whatever whole without woman women word words work working works world would write written wrong wrote yeah year
years yes
"""
"""Words that are no topic by themselves; stop words are none anyway."""
_SAID_ANYWHERE = frozenset(_SAID_ANYWHERE_IN_ENGLISH.split())


@dataclass(slots=True)
class _Phrase:
    """A candidate, its words as stems.

    Attributes:
        spelt: how often it is written in which way.
        inside: how often it is a part of which longer ones.
        places: which parts of the recording it is said in.
        names: how often it is written like a name where no sentence begins.
    """

    times: int = 0
    spelt: Counter[str] = field(default_factory=Counter)
    inside: Counter[tuple[str, ...]] = field(default_factory=Counter)
    places: set[int] = field(default_factory=set)
    names: int = 0
    mid_sentence: int = 0


def find_topics(transcript: Transcript, most: int) -> tuple[str, ...]:
    """Phrases that a recording speaks of, the weightiest first, as its transcript spells them.

    Args:
        transcript: what is said.
        most: how many at most; none where too little is said, or in a script that parts no words.
    """
    passages = read_passages(transcript)
    sample = [segment.text for segment in transcript.segments[:_SAMPLE_CUES]]
    analyzer = Analyzer.for_text(transcript.language, sample)
    words = len(passages.text.split())
    places = max(1, min(_PLACES, words // _PLACE_WORDS))
    phrases = _candidates(passages, analyzer, places)
    ranked = sorted(phrases, key=lambda stems: (-_weight(stems, phrases[stems], places), stems))
    chosen: list[tuple[str, ...]] = []
    for stems in ranked:
        if len(chosen) == most:
            break
        if _is_topic(stems, phrases[stems], analyzer.language) and not any(_share(stems, other) for other in chosen):
            chosen.append(stems)
    return tuple(_spelling(phrases[stems]) for stems in chosen)


def _candidates(passages: Passages, analyzer: Analyzer, places: int) -> dict[tuple[str, ...], _Phrase]:
    found: dict[tuple[str, ...], _Phrase] = defaultdict(_Phrase)
    for number in range(len(passages)):
        place = passages.borders[number] * places // max(1, len(passages.text))
        for run in _runs(passages.sentence(number), analyzer):
            for length in range(1, min(_MOST_WORDS, len(run)) + 1):
                for start in range(len(run) - length + 1):
                    _count(found, run[start : start + length], place)
                    _count_inside(found, run, start, length)
    return found


@dataclass(frozen=True, slots=True)
class _Spelt:
    stem: str
    text: str
    opens: bool


def _runs(sentence: str, analyzer: Analyzer) -> Iterator[list[_Spelt]]:
    """Words that stand side by side, each with its stem; parted where a stop word or a mark stands between."""
    telling = TELLING_WORDS.get(analyzer.language, frozenset())
    run: list[_Spelt] = []
    opens = True
    for piece in _PIECE.finditer(_TAG.sub(" . ", sentence)):
        bare = _EDGES.sub("", piece[0]).replace("\u2019", "'")
        word = bare.removesuffix("'s").casefold()
        fits = (
            len(word) >= _SHORTEST_WORD
            and not any(character.isdigit() for character in word)
            and not is_unparted(word)
            and not analyzer.is_stop_word(word)
            and not analyzer.is_stop_word(bare.casefold())
            and "'" not in word
            and word not in telling
            and word not in _SAID_ANYWHERE
        )
        begins_anew = bool(piece[0]) and not piece[0][0].isalnum()
        if begins_anew or not fits:
            yield run
            run = []
        if fits:
            terms = [term for each in analyzer.words(word) for term in analyzer.terms_of_word(each)]
            run.append(_Spelt(" ".join(terms), bare.removesuffix("'s"), opens))
            if not piece[0][-1].isalnum():
                yield run
                run = []
        opens = False
    yield run


def _count(found: dict[tuple[str, ...], _Phrase], words: list[_Spelt], place: int) -> None:
    phrase = found[tuple(word.stem for word in words)]
    phrase.times += 1
    phrase.spelt[" ".join(word.text for word in words)] += 1
    phrase.places.add(place)
    if not words[0].opens:
        phrase.mid_sentence += 1
        phrase.names += all(word.text[:1].isupper() for word in words)


def _count_inside(found: dict[tuple[str, ...], _Phrase], run: list[_Spelt], start: int, length: int) -> None:
    """Note the phrases of one word more that a phrase is a part of."""
    if length == _MOST_WORDS:
        return
    stems = tuple(word.stem for word in run[start : start + length])
    for begin in (start - 1, start):
        if begin >= 0 and begin + length < len(run):
            found[stems].inside[tuple(word.stem for word in run[begin : begin + length + 1])] += 1


def _weight(stems: tuple[str, ...], phrase: _Phrase, places: int) -> float:
    """How much a phrase is a topic."""
    longer = [times for times in phrase.inside.values() if times >= _LEAST_TIMES]
    alone = phrase.times - (sum(longer) / len(longer) if longer else 0.0)
    weight = _WORTH[len(stems) - 1] * max(0.0, alone)
    if places >= _LEAST_PLACES:
        by_chance = places * (1 - (1 - 1 / places) ** phrase.times)
        weight *= by_chance / len(phrase.places)
    if phrase.mid_sentence and phrase.names / phrase.mid_sentence >= _NAME_SHARE:
        weight *= _NAME
    return weight


def _is_topic(stems: tuple[str, ...], phrase: _Phrase, language: str) -> bool:
    if len(set(stems)) < len(stems):  # "very, very"
        return False
    if len(stems) > 1:
        return phrase.times >= _LEAST_TIMES
    spelling = _spelling(phrase)
    if language == "en" and spelling.endswith("ed") and spelling.islower():  # most likely a verb
        return False
    return phrase.times >= _LEAST_TIMES_ALONE and len(spelling) >= _SHORTEST_ALONE


def _share(stems: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two phrases says what the other does."""
    return bool(set(stems) & set(other))


def _spelling(phrase: _Phrase) -> str:
    """As it is written most; that of the middle of a sentence rather than of its beginning."""
    most = max(phrase.spelt.values())
    usual = sorted(
        (text for text, times in phrase.spelt.items() if times == most), key=lambda text: (-_small(text), text)
    )
    spelling = usual[0]
    return spelling if phrase.names or not phrase.mid_sentence else spelling[:1].lower() + spelling[1:]


def _small(text: str) -> int:
    return sum(character.islower() for character in text)
