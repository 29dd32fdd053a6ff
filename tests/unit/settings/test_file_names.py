from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.settings.file_names import MAX_BYTES, MAX_NAME_BYTES, NameTemplate, safe_file_name

HOSTILE = [
    "../../etc/passwd",
    "..\\..\\Windows\\System32\\drivers",
    "/etc/shadow",
    "C:\\boot.ini",
    "\\\\server\\share",
    "file:///etc/passwd",
    "talk.mp4:hidden",
    "a\x00b",
    "line one\nline two\r\nthree\ttab",
    "\x1b[31mred\x1b[0m",
    "\x7f\x9b31m",
    "invoice \u202egpj.exe",
    "\u2066\u2069\ufeff\u200e\u200f",
    "\ud800 lone surrogate \udfff",
    "CON",
    "con.mp4",
    "NUL .txt",
    "COM¹",
    "LPT9.",
    "aux",
    "$MFT",
    "~$document",
    ".bashrc",
    "...",
    "..",
    ".",
    "",
    "   ",
    "-rf *",
    "--exec=rm",
    "trailing dots...",
    "trailing space ",
    'what? <really> | "yes" *',
    "%2e%2e%2f",
    "$(reboot) `id` ; & |",
    "x" * 5000,
    "é" * 5000,
    "e\u0301" * 300,
    "👩‍👩‍👧‍👦" * 60,
    "👍🏽" * 100,
    "می‌خواهم",
    "\u3000全角\u3000",
    "CON" + " " * 400 + "x",
    "\u0301" * 500,
]
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³"),
}


def check(name: str, most: int = MAX_BYTES) -> None:
    assert name
    assert len(name.encode()) <= most
    assert not set(name) & set('/\\:*?"<>|')
    assert not [c for c in name if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(name) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff")
    assert name[0] not in ". -~$"
    assert name[-1] not in ". "
    assert name.split(".", maxsplit=1)[0].rstrip().lower() not in RESERVED


@pytest.mark.parametrize("title", HOSTILE, ids=ascii)
def test_a_hostile_title_gives_a_harmless_name_inside_its_folder(title: str, tmp_path: Path) -> None:
    name = safe_file_name(title)
    check(name)
    path = tmp_path / f"{name} [0-10_0-20].mp4"
    path.write_bytes(b"clip")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("device", sorted(RESERVED))
@pytest.mark.parametrize("form", ["{}", "{}.txt", "{} .tar.gz", " {}  . ", "{}..x"])
def test_no_device_of_windows_is_named(device: str, form: str) -> None:
    check(safe_file_name(form.format(device)))
    check(safe_file_name(form.format(device.upper())))


@given(st.text(max_size=300))
def test_any_text_gives_a_harmless_name(title: str) -> None:
    check(safe_file_name(title))


@given(st.text(max_size=300) | st.text(alphabet=" .-~$:?*<>|/\\\"'conCON1\u200d\u0301", max_size=12))
def test_a_safe_name_stays_as_it_is(title: str) -> None:
    name = safe_file_name(title)
    assert safe_file_name(name) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("How to price a sponsor slot", "How to price a sponsor slot"),
        ("AC/DC: Live?", "AC-DC - Live"),
        ('The "5:30" talk | part <2>', "The '5-30' talk - part 2"),
        ("Größe & Maß – 100 %", "Größe & Maß – 100 %"),
        ("  two   spaces\n", "two spaces"),
        ("Bees : why ? they dance", "Bees - why they dance"),
        ("CON", "CON_"),
        ("nul.talk", "nul_.talk"),
        ("", "clip"),
        ("...", "clip"),
        ("talk 3.5", "talk 3.5"),
        ("日本語のタイトル", "日本語のタイトル"),
        ("👩‍👧 talk", "👩‍👧 talk"),
    ],
)
def test_names_people_would_expect(title: str, name: str) -> None:
    assert safe_file_name(title) == name


def test_a_long_title_is_cut_between_characters_as_a_reader_sees_them() -> None:
    assert safe_file_name("e\u0301x" * 200) == "\u00e9x" * (MAX_BYTES // 3)
    assert safe_file_name("ab" + "q\u0323" * 200) == "ab" + "q\u0323" * ((MAX_BYTES - 2) // 3)
    family = "👩‍👩‍👧‍👦"
    kept = safe_file_name(family * 60)
    assert kept == family * (len(kept) // len(family))


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize(
    "template",
    ["{title} [{start}_{end}]", "{title}", "{start} {title}", "../{title}/{start}", "C:\\{title}", ".{title}."],
)
def test_a_clip_stays_in_its_folder_by_any_template(tmp_path: Path, template: str, title: str) -> None:
    names = [NameTemplate(template).fill(title, "1-02-10.125", "1-02-20.5", "mp4", number) for number in (1, 2, 10_000)]
    assert len({*names}) == 3
    for name in names:
        assert len(name.encode()) <= MAX_NAME_BYTES
        assert name.endswith(".mp4")
        check(name.removesuffix(".mp4"), MAX_NAME_BYTES)
        path = tmp_path / name
        path.touch()
        assert path.resolve().parent == tmp_path.resolve()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_long_title_gives_way_to_the_times() -> None:
    name = NameTemplate().fill("x" * 500, "1-02-10.125", "1-02-20.5", "mp4", 12)
    assert len(name) == MAX_NAME_BYTES
    assert name.endswith("x [1-02-10.125_1-02-20.5] (12).mp4")


def test_a_template_is_filled_as_it_is_written() -> None:
    assert NameTemplate("{start}-{end} {title}").fill("My: talk", "0-10", "0-20", "gif") == "0-10-0-20 My - talk.gif"
    assert NameTemplate("{{{title}}}").fill("a", "0-10", "0-20", "gif") == "{a}.gif"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "{",
        "{title",
        "}",
        "{}",
        "{0}",
        "{titel}",
        "{title.__class__}",
        "{title[0]}",
        "{title!r}",
        "{title:>900000000}",
    ],
)
def test_what_is_no_template_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        NameTemplate(text)
    assert caught.value.code is ErrorCode.BAD_USAGE
    assert "{title}" in caught.value.hint
