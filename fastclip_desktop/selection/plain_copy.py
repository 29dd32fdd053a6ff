"""What is written about a clip where no language model is: its own strongest sentence, and a plain request."""

from __future__ import annotations

import re

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.highlight_words import Signs, signs_of
from fastclip_desktop.selection.highlights import hook_of
from fastclip_desktop.selection.passages import read_passages

_CALLS = {
    "ar": "تابعنا للمزيد",
    "cs": "Sleduj pro další videa",
    "da": "Følg med for mere",
    "de": "Folge für mehr davon",
    "el": "Ακολούθησε για περισσότερα",  # noqa: RUF001 - Greek
    "en": "Follow for more",
    "es": "Sígueme para ver más",
    "fi": "Seuraa, niin näet lisää",
    "fr": "Abonne-toi pour la suite",
    "he": "עקבו לעוד סרטונים",
    "hi": "और देखने के लिए फ़ॉलो करें",
    "hu": "Kövess további videókért",
    "id": "Ikuti untuk video lainnya",
    "it": "Seguimi per altri video",
    "ja": "フォローして続きを見る",
    "ko": "팔로우하고 더 보기",
    "nl": "Volg voor meer",
    "no": "Følg for mer",
    "pl": "Obserwuj po więcej",
    "pt": "Siga para ver mais",
    "ro": "Urmărește pentru mai mult",
    "ru": "Подпишись, чтобы не пропустить",
    "sv": "Följ för mer",
    "th": "ติดตามเพื่อดูเพิ่มเติม",
    "tr": "Devamı için takip et",  # noqa: RUF001 - Turkish
    "uk": "Підпишись, щоб бачити більше",
    "vi": "Theo dõi để xem thêm",
    "zh": "关注我看更多",
}
"""A request that fits any clip, by two-letter language."""

_LEAST_WORDS, _MOST_CHARACTERS = 4, 60
"""Of a sentence that is read at a glance."""

_EARLY = 0.15
"""What being the first sentence is worth: the hook is shown while it is said."""


def plain_call(language: str) -> str:
    """What to ask of whoever has seen a clip; in English where the language is not known here."""
    return _CALLS.get({"nb": "no", "nn": "no"}.get(_main(language), _main(language)), _CALLS["en"])


def strongest_sentence(transcript: Transcript, span: TimeRange) -> str:
    """The sentence of a span that most makes one listen, without what leans on others; empty where nothing is said.

    Args:
        transcript: what is said.
        span: seconds of the source.
    """
    cues = tuple(cue for cue in transcript.segments if cue.span.overlap(span) >= cue.span.duration / 2)
    passages = read_passages(Transcript(cues, transcript.language, transcript.origin))
    if not len(passages):
        return ""
    language = Analyzer.for_text(transcript.language, [cue.text for cue in cues]).language
    signs = signs_of(language)
    sentences = [_standing(passages.sentence(number), signs) for number in range(len(passages))]
    best = max(range(len(sentences)), key=lambda number: (_worth(sentences[number], number, signs), -number))
    return sentences[best]


def _worth(sentence: str, number: int, signs: Signs) -> float:
    words = len(sentence.split())
    if not sentence or signs.filler.fullmatch(sentence):
        return -1.0
    is_handy = len(sentence) <= _MOST_CHARACTERS and (words >= _LEAST_WORDS or not sentence.isascii())
    return (
        hook_of(sentence, signs)[0]
        + 0.4 * is_handy
        + _EARLY * (number == 0)
        + 0.1 * bool(signs.closing.search(sentence))
    )


def _standing(sentence: str, signs: Signs) -> str:
    """A sentence without the words at its beginning by which it hangs on the one before."""
    rest = sentence
    while (match := signs.hanging.match(rest)) and rest[match.end() : match.end() + 1] in (",", " "):
        shorter = rest[match.end() :].lstrip(" ,")
        if len(shorter.split()) < _LEAST_WORDS or not _JOINING.fullmatch(match[0].strip(" ,\"'").lower()):
            break
        rest = shorter
    return rest[:1].upper() + rest[1:]


_JOINING = re.compile(
    r"and|or|so|but|because|then|also|yeah|yes|no|okay|ok|well|um|uh|right|anyway|sure|oh"
    r"|und|oder|also|aber|weil|denn|dann|ja|nein|okay|äh|ähm|genau|nun|naja"
    r"|y|o|pero|porque|entonces|también|bueno|pues|eh|claro"
    r"|et|ou|donc|mais|car|alors|aussi|oui|non|bon|ben|euh|voilà"
    r"|e|ou|mas|porque|então|também|sim|bom|né|ma|allora|beh|ecco|quindi"
)
"""Of the words that hang, those that a sentence can do without."""


def _main(language: str) -> str:
    return language.partition("-")[0].lower()
