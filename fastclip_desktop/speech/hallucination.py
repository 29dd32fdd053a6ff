"""What a speech model wrote that nobody said: loops, text over silence, the ends of other people's videos.

Nothing here looks at the sound; it is judged by what the model says of itself and by where speech was found. Levels
without another source are Whisper's own (openai/whisper, ``transcribe.py``): compression 2.4, mean logarithm -1,
no speech 0.6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from fastclip_desktop.speech.heard import Heard
from fastclip_desktop.speech.speech_windows import RATE, Window
from fastclip_desktop.speech.word_times import PlacedWord, sentences

_REPETITIVE = 2.4
_UNSURE = -1.0
_SILENT = 0.6

_REPEATS = {1: 6, 2: 4, 3: 4}
"""How often in a row so many words have to come to be a loop; more words three times."""
_LONGEST_LOOP = 40
_KEPT = {1: 3}
"""How often they stay when a loop is taken out: some do say "no, no, no"; otherwise once."""

_FASTEST = 40.0
"""Characters a second of speech; auctioneers come to 30."""

_GAP = 4 * RATE
"""Samples of speech without a word: the model stopped before the end."""

_MUTE = 3 * RATE // 2
"""Samples of speech of which some word should have been heard."""

_VOICED_SHARE = 1 / 3
"""Of a sentence's words; with fewer in speech nobody said it."""

_STOCK = frozenset(
    (
        "thank you",
        "thank you very much",
        "thank you for watching",
        "thanks for watching",
        "thank you so much for watching",
        "thanks for watching and see you next time",
        "please subscribe",
        "please subscribe to my channel",
        "please like and subscribe",
        "dont forget to like and subscribe",
        "see you next time",
        "see you in the next video",
        "bye",
        "bye bye",
        "you",
        "subtitles by the amara org community",
        "transcription by castingwords",
        "untertitel der amara org community",
        "untertitel im auftrag des zdf für funk 2017",
        "untertitelung aufgrund der amara org community",
        "vielen dank fürs zuschauen",
        "vielen dank",
        "sous titres réalisés par la communauté d amara org",
        "sous titres réalisés para la communauté d amara org",
        "merci d avoir regardé cette vidéo",
        "subtítulos realizados por la comunidad de amara org",
        "subtítulos por la comunidad de amara org",
        "gracias por ver el video",
        "suscríbete al canal",
        "sottotitoli creati dalla comunità amara org",
        "sottotitoli e revisione a cura di qtss",
        "legendas pela comunidade amara org",
        "obrigado por assistir",
        "ondertitels ingediend door de amara org gemeenschap",
        "ondertiteld door de amara org gemeenschap",
        "napisy stworzone przez społeczność amara org",
        "dziękuję za uwagę",
        "продолжение следует",
        "спасибо за просмотр",
        "субтитры сделал dimatorzok",
        "субтитры создавал dimatorzok",
        "редактор субтитров \u0430 семкин корректор \u0430 егорова",
        "字幕由amara org社区提供",
        "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目",
        "谢谢观看",
        "ご視聴ありがとうございました",
        "チャンネル登録をお願いします",
        "시청해주셔서 감사합니다",
        "구독과 좋아요 부탁드립니다",
        "altyaz\u0131 m k",
        "izlediğiniz için teşekkür ederim",
        "cảm ơn các bạn đã theo dõi",
        "hãy subscribe cho kênh ghiền mì gõ để không bỏ lỡ những video hấp dẫn",
    )
)
"""What Whisper writes where nothing is said, as trackers and papers list it; words alone, without punctuation."""

_NO_WORD = re.compile(r"[\W_]+")


class Doubt(StrEnum):
    """Why a window should be heard again."""

    LOOP = "it repeats itself"
    UNSURE = "the model is unsure of it"
    TOO_FAST = "it is more than anybody says in that time"
    GAP = "there is speech without words"


def doubts(heard: Heard, words: Sequence[PlacedWord], window: Window) -> frozenset[Doubt]:
    """What speaks against a window's words.

    Args:
        heard: what the model says of them.
        words: the same, placed.
        window: where speech was found.
    """
    found = set()
    if heard.compression > _REPETITIVE or find_loop([word.text for word in words]) is not None:
        found.add(Doubt.LOOP)
    if words and heard.log_probability < _UNSURE:
        found.add(Doubt.UNSURE)
    characters = sum(len(word.text.strip()) for word in words)
    if characters > _FASTEST * max(1.0, window.voiced_samples / RATE):
        found.add(Doubt.TOO_FAST)
    if _has_gap(words, window) and not is_silent(heard):
        found.add(Doubt.GAP)
    return frozenset(found)


def is_silent(heard: Heard) -> bool:
    """Whether the model itself takes it that nobody speaks."""
    return heard.no_speech > _SILENT and heard.log_probability < _UNSURE


def _has_gap(words: Sequence[PlacedWord], window: Window) -> bool:
    if not words:
        return window.voiced_samples >= _MUTE
    for voiced in window.voiced:
        position = voiced.start
        for word in words:
            if word.stretch.end <= voiced.start:
                continue
            if min(word.stretch.start, voiced.end) - position >= _GAP:
                return True
            position = max(position, word.stretch.end)
        if voiced.end - position >= _GAP:
            return True
    return False


def find_loop(texts: Sequence[str]) -> tuple[int, int, int] | None:
    """The first run of repetitions: where it begins, how many words are repeated, and how often they come."""
    plain = [_plain(text) for text in texts]
    for start in range(len(plain)):
        for unit in range(1, min(_LONGEST_LOOP, (len(plain) - start) // 3) + 1):
            repeats = 1
            while plain[start : start + unit] == plain[start + repeats * unit : start + (repeats + 1) * unit]:
                repeats += 1
            if repeats >= _REPEATS.get(unit, 3):
                return start, unit, repeats
    return None


def believable(words: Sequence[PlacedWord], heard: Heard) -> list[PlacedWord]:
    """The words that somebody said: loops said once, no sentence without speech below it."""
    if is_silent(heard):
        return []
    kept = without_loops(words)
    return [word for sentence in sentences(kept) if _is_said(sentence, heard) for word in sentence]


def without_loops(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """The words with every loop said once."""
    rest = list(words)
    while (loop := find_loop([word.text for word in rest])) is not None:
        start, unit, repeats = loop
        del rest[start + unit * _KEPT.get(unit, 1) : start + unit * repeats]
    return rest


def _is_said(sentence: Sequence[PlacedWord], heard: Heard) -> bool:
    voiced = sum(word.voiced for word in sentence) / len(sentence)
    if voiced < _VOICED_SHARE:
        return False
    if _plain("".join(word.text for word in sentence)) not in _STOCK:
        return True
    likely = sum(word.probability for word in sentence) / len(sentence)
    return voiced > 0.5 and (heard.no_speech <= _SILENT or likely >= 0.5)


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text.replace("'", "").casefold()).strip()
