"""Queries that ask for what can be heard beside words: "when the host laughs about the budget", "long silence".

A word for a sound asks for the sound only where it isn't itself what is spoken about: "they talk about music", "what is
the song about" and "music theory" ask for words. So a word counts that comes before any word of speaking or any
"about", in what is no question, and that is the last of its group of words: behind it comes nothing, or a link such as
"at" and "after". What follows the link is what is spoken of nearby.
"""

# ruff: noqa: RUF001 - the words of other alphabets are meant

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from fastclip_desktop.domain.sound import SoundKind
from fastclip_desktop.selection.analysis import words_of
from fastclip_desktop.selection.parts import without_limits
from fastclip_desktop.selection.stop_words import STOP_WORDS

_ACTIONS: dict[SoundKind, str] = {
    SoundKind.LAUGHTER: r"laugh(?:s|ed|ing)?|giggl(?:es?|ed|ing)|chuckl(?:es?|ed|ing)|lol"
    r"|lach(?:t|en|te|ten|end)|gelacht|kicher(?:t|n)|r[ií]en|r[ií]e|riendo|re[ií]rse|rit|rient|rigole(?:nt)?|rigoler"
    r"|rir|rindo|ridono|ridere|ridendo",
    SoundKind.APPLAUSE: r"applaud(?:s|ed|ing)?|clap(?:s|ped|ping)?|cheer(?:s|ed|ing)?"
    r"|applaudier(?:t|en)|klatsch(?:t|en)|jubel(?:t|n)|aplaud(?:e|en|em|ir|iendo|indo)|applaudi(?:t|ssent|r)?|applaud(?:e|ono|ire)|klap(?:t|pen)",
    SoundKind.MUSIC: r"sings?|sang|singing|singt|singen|canta[nmr]?|cant(?:ando|ano|are)|chant(?:e|ent|er)|zingt"
    r"|zingen",
    SoundKind.SILENCE: r"schweig(?:t|en)",
    SoundKind.LOUD: r"shout(?:s|ed|ing)?|scream(?:s|ed|ing)?|yell(?:s|ed|ing)?|schrei(?:t|en)|br[üu]ll(?:t|en)"
    r"|grit(?:a|an|am|ando)|cri(?:e|ent)|hurle(?:nt)?|urla(?:no)?|grida(?:no)?|schreeuw(?:t|en)",
}
"""What somebody does, in English, German, Spanish, French, Portuguese, Italian and Dutch."""

_THINGS: dict[SoundKind, str] = {
    SoundKind.LAUGHTER: r"laughter|laughs|giggles|gel[äa]chter|lacher|risas?|carcajadas?|rires?|risos?|risadas?"
    r"|gargalhadas?|risat[ae]|gelach",
    SoundKind.APPLAUSE: r"applause|claps|clapping|cheers|cheering|ovations?|applaus|beifall|jubel|aplausos?|ovaci[óo]n"
    r"|applaudissements?|palmas|applausi|applauso",
    SoundKind.MUSIC: r"music|songs?|jingles?|singing|musik|gesang|lieder|m[úu]sica|canci[óo]n(?:es)?|musique|chansons?"
    r"|can[çc][ãa]o|can[çc][õo]es|canzon[ei]|muziek|liedjes?",
    SoundKind.SILENCE: r"silences?|stille|silencios?|sil[êe]ncios?|silenzi[o]?|stilte",
    SoundKind.LOUD: r"shouts|screams|bangs?|explosions?|knall|gritos?|urla|grida|cris",
}
"""What can be heard, likewise."""

_MORE: dict[SoundKind, str] = {
    SoundKind.LAUGHTER: r"смех|хохот|сме[её]тся|смеются|śmiech|śmieje|śmieją|skratt(?:ar|et)?|griner|latter"
    r"|gülüyor(?:lar)?|gülme|kahkaha|nevetnek|nauraa|nauru|smích|směje",
    SoundKind.APPLAUSE: r"аплодисменты|аплодируют|хлопают|oklaski|applåder(?:ar)?|klapsalver"
    r"|alkış(?:lar)?|aplodit|potlesk",
    SoundKind.MUSIC: r"музыка|песня|песню|по[её]т|поют|muzyka|piosenka|śpiewa|sång(?:en)?|sjunger|sang(?:en)?|synger"
    r"|müzik|şarkı|zene|musiikki|laulu|hudba|píseň",
    SoundKind.SILENCE: r"тишина|молчание|cisza|tystnad|stilhed|stillhet|sessizlik|csend|hiljaisuus|ticho",
    SoundKind.LOUD: r"кричит|кричат|крик|krzyk|krzyczy|skriker|råber|bağırıyor|kiabál|křičí",
}
"""Both in Russian, Polish, Swedish, Danish, Norwegian, Turkish, Hungarian, Finnish and Czech."""

_SIGNS: dict[SoundKind, str] = {
    SoundKind.LAUGHTER: "笑|웃|웃음",
    SoundKind.APPLAUSE: "拍手|鼓掌|掌声|掌聲|박수",
    SoundKind.MUSIC: "音楽|音乐|音樂|歌|음악|노래",
    SoundKind.SILENCE: "沈黙|沉默|静か|安静|침묵",
    SoundKind.LOUD: "叫ぶ|叫び|大声|大喊|尖叫|소리치|비명",
}
"""Signs that a word holds, in Japanese, Chinese and Korean."""
_ABOUT_SIGNS = re.compile("について|話|説明|关于|關於|谈|談|说|說|讨论|討論|대해|말하|얘기|설명")
"""Signs of speaking about something."""

_PHRASES: dict[SoundKind, str] = {
    SoundKind.LAUGHTER: r"crack(?:s|ed|ing)? up|burst(?:s|ing)? out laughing|fun(?:ny|niest) (?:moments?|parts?|bits?)"
    r"|lustigste[ns]? (?:stellen?|momente?)|(?:p[úu]blico|ele|ela|quando) ri|(?:pubblico|lui|lei|quando) ride",
    SoundKind.APPLAUSE: r"standing ovations?",
    SoundKind.MUSIC: r"(?:das|ein|dem|jedes) lied",
    SoundKind.SILENCE: r"(?:long|awkward|dramatic|uncomfortable) pauses?"
    r"|(?:nobody|no one) (?:speaks?|talks?|says anything)"
    r"|(?:is|are|goes|falls|gets|was|it's) (?:silent|quiet)|lange pausen?|pausas? largas?|longue pause|pausa longa"
    r"|lunga pausa",
    SoundKind.LOUD: r"loud(?:est)? (?:moments?|parts?|places?|noises?|bits?)|gets? (?:really |very )?loud"
    r"|lauteste[ns]? stellen?",
}
"""Several words that only together ask for a sound."""

_SPEAKING = (
    r"about|talk(?:s|ed|ing)?|speak(?:s|ing)?|sa(?:y|ys|id|ying)|mention(?:s|ed|ing)?|discuss(?:es|ed|ing)?"
    r"|expla(?:in|ins|ined|ining)|tell(?:s|ing)?|describ(?:e|es|ed|ing)|definition|meaning"
    r"|[üu]ber|spr(?:icht|echen)|redet|reden|erkl[äa]r(?:t|en)|erw[äa]hn(?:t|en)"
    r"|sobre|acerca|hablan?|dicen?|explican?|mencionan?|parlent?|expliquent?|propos|disent"
    r"|falam?|dizem|explicam?|parlano|spiegan?|over|praat|praten"
)
_VERB_LAST = frozenset({"\u00fcber", "over"})
"""About, where the verb may come last: "wenn er \u00fcber das Budget lacht"."""
_QUESTION = (
    r"how|what|why|which|who|whose|wie|was|warum|wer|c[óo]mo|qu[ée]|por|comment|pourquoi|quoi|como|come|cosa|perch[ée]"
)
_LINKS = (
    r"at|after|before|during|while|near|around|following|because|over|as|when"
    r"|bei|nach|vor|w[äa]hrend|weil|wegen|als|cuando|despu[ée]s|durante|pendant|apr[èe]s|quand|depois|quando|dopo|tijdens"
)
_PEOPLE = (
    r"hosts?|guests?|audience|crowd|people|everyone|everybody|someone|somebody|speakers?|presenters?|narrators?|he"
    r"|she|they|we|fans|viewers|both|publikum|moderator(?:in)?|gast|g[äa]ste|sprecher(?:in)?|zuschauer|leute|alle|er|sie"
    r"|p[úu]blico|audiencia|presentador[a]?|invitad[oa]s?|gente|todos|public|animat(?:eur|rice)|invit[ée]s?|gens"
    r"|plateia|apresentador[a]?|convidad[oa]s?|pubblico|conduttor[ei]|ospit[ei]|tutti|publiek|iedereen"
)
_ASKING = (
    r"please|show|find|give|get|make|cut|clips?|extract|play|search|parts?|moments?|bits?|sections?|scenes?|places?|times?"
    r"|every|all|each|any|best|biggest|longest|first|last|long|loud|hard|loudly|really|hysterically|breaks?|bursts?|starts?"
    r"|begins?|minutes?|seconds?|hours?|everything|sound|sounds|noise|recording|video|there|can|hear|heard|zeig|zeige|finde|stellen?|momente?"
    r"|jede[rsn]?|encuentra|mu[ée]stra(?:me)?|momentos?|partes?|cada|trouve|montre|chaque|encontra|mostra|trova|momenti"
    r"|zoek|toon|momenten"
)


@dataclass(frozen=True, slots=True)
class SoundWish:
    """What a query asks to hear.

    Attributes:
        kinds: any of these; empty where it asks for words alone.
        topic: what is to be spoken of nearby; empty where nothing is.
        who: words that most likely name who makes the sound; empty where there are none.
        words: the words for the sounds.
        is_occasion: it says that somebody makes the sound, as in "when they laugh"; no word can be meant.
    """

    kinds: frozenset[SoundKind] = frozenset()
    topic: str = ""
    who: str = ""
    words: tuple[str, ...] = ()
    is_occasion: bool = False


def sounds_asked_for(query: str) -> frozenset[SoundKind]:
    """The sounds that a query asks for, none where it asks for words alone."""
    return read_sounds(query).kinds


def asks_for_sounds_alone(query: str) -> bool:
    """Whether a query can be answered where nothing is said."""
    wish = read_sounds(query)
    return bool(wish.kinds) and not wish.topic


def read_sounds(query: str) -> SoundWish:
    """Take a query apart into the sounds that it asks for and what is spoken of nearby."""
    words = words_of(without_limits(query))
    if not words or _is(words[0], _QUESTION) or _ABOUT_SIGNS.search(query):
        return SoundWish()
    marks = _marks(words)
    speaking = next((number for number, word in enumerate(words) if _is(word, _SPEAKING) and number not in marks), None)
    head = len(words) if speaking is None else speaking
    heard = [number for number in marks if number < head and _closes(words, number, marks, head)]
    if not heard and speaking is not None and words[speaking] in _VERB_LAST and len(words) - 1 in marks:
        heard = [len(words) - 1]
    if not heard:
        return SoundWish()
    last = max(heard)
    is_occasion = any(_is(word, _PEOPLE) for word in words[:last])
    if head < last:  # German: the verb comes last, what it is about before
        who = " ".join(word for word in words[:head] if not _is_small(word))
        return SoundWish(frozenset({marks[last]}), " ".join(words[head + 1 : last]), who, (words[last],), is_occasion)
    link = next((number for number in range(last + 1, len(words)) if _links(words[number])), len(words))
    kinds = frozenset(marks[number] for number in heard)
    who = " ".join(word for number, word in enumerate(words[:link]) if number not in marks and not _is_small(word))
    topic = " ".join(word for word in words[link + 1 :] if not _is(word, _PEOPLE))
    topic = topic if any(not _is_small(word) for word in words[link + 1 :]) else ""
    return SoundWish(kinds, topic, who, tuple(words[number] for number in heard), is_occasion)


def sound_named(text: str) -> SoundKind | None:
    """The sound that a caption such as "laughter" or "sings" names, without its brackets; the first of several."""
    marks = _marks(words_of(text))
    return marks[min(marks)] if marks else None


def sounds_in(text: str) -> frozenset[SoundKind]:
    """The sounds that a text names, whatever it says of them."""
    return frozenset(_marks(words_of(text)).values())


def _marks(words: list[str]) -> dict[int, SoundKind]:
    """The numbers of words that name a sound."""
    marks: dict[int, SoundKind] = {}
    for number, word in enumerate(words):
        for kind in SoundKind:
            named = _is(word, _ACTIONS[kind]) or _is(word, _THINGS[kind]) or _is(word, _MORE[kind])
            if named or _has_sign(word, kind):
                marks[number] = kind
    text, offsets = " ".join(words), list(_offsets(words))
    for kind, phrases in _PHRASES.items():
        for match in _pattern(phrases).finditer(text):
            numbers = (number for number, at in enumerate(offsets) if match.start() <= at < match.end())
            marks.update(dict.fromkeys(numbers, kind))
    return marks


def _closes(words: list[str], number: int, marks: dict[int, SoundKind], head: int) -> bool:
    """Whether a word ends its group of words; what somebody does may have any words behind it."""
    if _has_sign(words[number], marks[number]):
        return True
    if _is(words[number], _ACTIONS[marks[number]]) and not _is(words[number], _THINGS[marks[number]]):
        return not words[number].endswith("ing") or _ends(words, number, marks, head)
    return _ends(words, number, marks, head)


def _ends(words: list[str], number: int, marks: dict[int, SoundKind], head: int) -> bool:
    behind = words[number + 1] if number + 1 < len(words) else None
    return behind is None or number + 1 in marks or number + 1 == head or _links(behind) or _is_small(behind)


def _has_sign(word: str, kind: SoundKind) -> bool:
    return not word.isascii() and re.search(_SIGNS[kind], word) is not None


def _links(word: str) -> bool:
    return _is(word, _LINKS) or _is(word, _SPEAKING)


def _is_small(word: str) -> bool:
    """Whether a word only helps asking."""
    return _is(word, _PEOPLE) or _is(word, _ASKING) or word.isdigit() or word in _small_words()


@cache
def _small_words() -> frozenset[str]:
    return frozenset().union(*(STOP_WORDS[language] for language in ("en", "de", "es", "fr", "pt", "it", "nl"))) - {
        "of"
    }


def _is(word: str, alternatives: str) -> bool:
    return _pattern(alternatives).fullmatch(word) is not None


@cache
def _pattern(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives})\b")


def _offsets(words: list[str]) -> Iterator[int]:
    at = 0
    for word in words:
        yield at
        at += len(word) + 1
