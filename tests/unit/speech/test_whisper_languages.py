from __future__ import annotations

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.speech.whisper_languages import CODES, language_tag, likeliest, whisper_code

SUBCLIP = (
    "af sq am ar hy as az ba eu be bn bs br bg ca zh hr cs da nl en et fo fi fr gl ka de el gu ht ha haw he hi hu is "
    "id it ja jw kn kk km ko lo la lv ln lt lb mk mg ms ml mt mi mr mn my ne no nn oc ps fa pl pt pa ro ru sa sr sn "
    "sd si sk sl so es su sw sv tl tg ta tt te th bo tr tk uk ur uz vi cy yi yo"
)
"""What Subclip's API takes for a language, in the order of its page."""


@pytest.mark.parametrize("code", SUBCLIP.split())
def test_each_language_of_subclip_is_heard(code: str) -> None:
    assert whisper_code(code, CODES, "base") == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("pt-BR", "pt"),
        ("zh-Hans-CN", "zh"),
        ("zh_TW", "zh"),
        ("zh-yue", "yue"),
        ("jv", "jw"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("fil", "tl"),
        (" EN ", "en"),
        ("sr-Latn", "sr"),
        ("", ""),
        ("auto", ""),
        ("und", ""),
    ],
)
def test_a_tag_names_one_of_whispers_languages(tag: str, code: str) -> None:
    assert whisper_code(tag, CODES, "base") == code


def test_cantonese_is_chinese_for_a_model_that_does_not_know_it() -> None:
    assert whisper_code("yue-HK", CODES - {"yue"}, "base") == "zh"


@pytest.mark.parametrize("tag", ["tlh", "english", "x", "../..", "e n", "ÿ"])
def test_a_language_that_nobody_hears_is_said_to_be_one(tag: str) -> None:
    with pytest.raises(UsageError, match="hears no language") as raised:
        whisper_code(tag, CODES, "base")
    assert raised.value.code is ErrorCode.BAD_USAGE


def test_an_english_model_says_so() -> None:
    with pytest.raises(UsageError, match=r"base\.en hears English alone"):
        whisper_code("de", frozenset({"en"}), "base.en")


def test_tags_are_those_of_bcp_47() -> None:
    assert language_tag("jw") == "jv"
    assert language_tag("haw") == "haw"


def test_the_likeliest_language_is_so_over_all_windows() -> None:
    assert likeliest({"en": 0.6, "de": 0.4}, {"de": 0.9, "en": 0.1}) == ("de", pytest.approx(0.65))
    assert likeliest() == ("", 0.0)
    assert likeliest({}) == ("", 0.0)
