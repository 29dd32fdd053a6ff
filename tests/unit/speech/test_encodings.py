# ruff: noqa: RUF001 - other alphabets are what this is about

from __future__ import annotations

import codecs

import pytest

from fastclip_desktop.speech.encodings import decode_text

RUSSIAN = "1\n00:00:01,000 --> 00:00:03,000\nПривет, мир. Сегодня мы говорим о погоде в Москве.\n\n" * 3
CHINESE = "1\n00:00:01,000 --> 00:00:03,000\n大家好，今天我们来谈谈天气。\n\n" * 3


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, encoding: str) -> None:
    assert decode_text(mark + RUSSIAN.encode(encoding)) == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [RUSSIAN, CHINESE, "1\n00:00:01,000 --> 00:00:03,000\nplain\n"])
def test_zero_bytes_give_wide_encodings_away_without_a_mark(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "language", "text"),
    [
        ("cp1252", "", "L'été dernier, nous étions à la plage. Où êtes-vous allé ?"),
        ("cp1252", "de", "Schöne Grüße aus München, wo ist der Bär?"),
        ("cp1250", "pl", "Zażółć gęślą jaźń, proszę państwa. Dziękuję bardzo."),
        ("cp1251", "ru", RUSSIAN),
        ("koi8-r", "ru", RUSSIAN),
        ("cp1253", "el", "Καλημέρα σε όλους τους φίλους μου στην Αθήνα."),
        ("cp1256", "ar", "صباح الخير يا أصدقائي في القاهرة"),
        ("gb18030", "", CHINESE),
        ("big5", "zh", "大家好，今天我們來談談天氣。"),
        ("cp932", "", "こんにちは。今日は天気がいいですね。散歩に行きましょう。"),
        ("euc_jp", "ja", "こんにちは。今日は天気がいいですね。散歩に行きましょう。"),
        ("cp949", "", "안녕하세요. 오늘 날씨가 좋네요. 산책하러 갑시다."),
    ],
)
def test_code_pages_are_told_apart_by_language_and_guess(encoding: str, language: str, text: str) -> None:
    assert decode_text(text.encode(encoding), language) == text


def test_a_stated_language_that_the_bytes_deny_does_no_harm() -> None:
    assert (
        decode_text("Où êtes-vous allé, été après été ?".encode("cp1252"), "ja") == "Où êtes-vous allé, été après été ?"
    )


def test_utf8_cut_in_the_middle_of_a_letter_stays_utf8() -> None:
    assert decode_text("Où êtes-vous allé ? à Paris, où le café été".encode()[:-1]).startswith(
        "Où êtes-vous allé ? à Paris"
    )


def test_utf8_with_a_few_damaged_bytes_stays_utf8() -> None:
    damaged = RUSSIAN.encode().replace("мир".encode(), b"\xff\xfe")
    assert "Сегодня мы говорим о погоде" in decode_text(damaged, "ru")


def test_every_byte_sequence_decodes() -> None:
    noise = bytes(range(256)) * 300
    assert len(decode_text(noise)) > 0
    assert decode_text(b"") == ""
