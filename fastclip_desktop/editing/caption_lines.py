"""Where a line of text may end: at the end of a sentence or clause rather than elsewhere, and never after "the"."""

# ruff: noqa: RUF001 - words and marks of other scripts are meant

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from fastclip_desktop.editing.caption_words import CaptionWord
from fastclip_desktop.editing.graphemes import width_of

_SENTENCE = re.compile(r"[.!?…。！？؟۔।॥։።။]['\")\]»”’」』）]*$")
_CLAUSE = re.compile(r"[,;:،؛、，；：–—]['\")\]»”’」』）]*$")
_SHORTENED = re.compile(
    r"(?:^|\()(?:\w|[A-Z]\.[A-Z]|mr|mrs|ms|dr|prof|st|vs|etc|z\.b|d\.h|bzw|ca|nr|sr|sra|m|mme)\.$", re.IGNORECASE
)
"""Words whose point ends no sentence."""

_LEANING = {
    "en": "a an the and or but of in on at to for from with by as if that than my your his her its our their this "
    "these those every each some any is are was were be been i we you he she they it not no very so",
    "de": "ein eine einen einem einer eines der die das den dem des und oder aber von vom in im an am auf zu zum zur "
    "für mit bei nach aus als wenn dass mein dein sein ihr unser ich du er sie es wir nicht kein keine sehr so",
    "fr": "un une le la les l' de du des et ou mais à au aux en dans sur pour par avec sans que qui si mon ma mes ton "
    "ta tes son sa ses notre votre leur ce cet cette ces je tu il elle on nous vous ils ne pas très",
    "es": "un una unos unas el la los las de del y e o u pero a al en con por para sin que si mi tu su nuestro este "
    "esta estos estas yo él ella no muy",
    "it": "un uno una il lo la i gli le di del della dei e o ma a al alla in nel nella con per da su che se mio tuo "
    "suo questo questa io non molto",
    "pt": "um uma o a os as de do da dos das e ou mas em no na nos nas com por para sem que se meu seu este esta eu "
    "ele ela não muito",
    "nl": "een de het en of maar van in op aan te voor met bij naar uit als dat mijn jouw zijn haar ons dit deze ik je "
    "hij zij we niet geen heel",
    "sv": "en ett och eller men av i på till för med vid från om att min din sin vår den det de jag du han hon vi inte",
    "pl": "i oraz lub ale w we na do z ze za od dla po o u przy że nie mój twój jego jej nasz ten ta to",
    "ru": "и или но а в во на к ко с со у о об от до для по за из при что не мой твой его её наш этот эта это",
    "uk": "і й та або але а в у на до з із зі о об від для по за при що не мій твій його її наш цей ця це",
}
"""Articles, prepositions, conjunctions and the like: they belong to the word behind them."""


@lru_cache(maxsize=16)
def _leaning(language: str) -> frozenset[str]:
    return frozenset(_LEANING.get(language.lower().split("-")[0] if language else "en", "").split())


def is_sentence_end(text: str) -> bool:
    """Whether a sentence ends with a word."""
    return bool(_SENTENCE.search(text)) and not _SHORTENED.search(text)


def is_clause_end(text: str) -> bool:
    """Whether a part of a sentence ends with a word."""
    return bool(_CLAUSE.search(text))


def stands_ill(text: str, language: str) -> bool:
    """Whether a word at the end of a line makes the reader wait for the next one."""
    return text.casefold() in _leaning(language)


def lines_needed(words: Sequence[CaptionWord], room: int) -> int:
    """How many lines words take at least.

    Args:
        words: none of them longer than a line.
        room: columns of a line.
    """
    lines, columns, between = 0, room + 1, 0
    for word in words:
        width = width_of(word.text)
        if columns + between + width > room or word.continued:
            lines, columns = lines + 1, width
        else:
            columns += between + width
        between = _space_behind(word)
    return lines


def break_lines(words: Sequence[CaptionWord], room: int, most: int, language: str) -> list[list[CaptionWord]]:
    """Words in as few lines as they need, about equally long, each ending where it should.

    Args:
        words: what is shown at once.
        room: columns of a line; only a single word is ever longer.
        most: lines; they may be more if the words need them.
        language: a BCP 47 tag; empty for not known.
    """
    lines = max(1, min(lines_needed(words, room), max(most, 1)), lines_needed(words, room))
    widths = [width_of(word.text) for word in words]
    total = sum(widths) + sum(_space_behind(word) for word in words[:-1])
    ideal = total / lines
    infinite = float("inf")
    best = [[0.0] + [infinite] * len(words)] + [[infinite] * (len(words) + 1) for _ in range(lines)]
    begins = [[0] * (len(words) + 1) for _ in range(lines + 1)]
    for line in range(1, lines + 1):
        for end in range(1, len(words) + 1):
            columns = 0
            for begin in range(end - 1, -1, -1):
                columns += widths[begin] + (_space_behind(words[begin]) if begin < end - 1 else 0)
                if (columns > room and begin < end - 1) or (begin < end - 1 and words[begin + 1].continued):
                    break
                cost = best[line - 1][begin] + ((columns - ideal) / room) ** 2 * 10
                cost += _end_cost(words[end - 1], language) if end < len(words) else 0.0
                if cost < best[line][end]:
                    best[line][end], begins[line][end] = cost, begin
    broken: list[list[CaptionWord]] = []
    end = len(words)
    for line in range(lines, 0, -1):
        broken.append(list(words[begins[line][end] : end]))
        end = begins[line][end]
    return broken[::-1]


def _end_cost(word: CaptionWord, language: str) -> float:
    if is_sentence_end(word.text) or is_clause_end(word.text):
        return -0.6
    return 2.0 if stands_ill(word.text, language) else 0.0


def _space_behind(word: CaptionWord) -> int:
    """Columns between a word and the next one on its line."""
    return int(word.spaced) if word.joined else 1
