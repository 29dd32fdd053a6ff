from __future__ import annotations

import dataclasses
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import BY_A_PERSON
from fastclip_desktop.domain.card import Card
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.work import Work
from fastclip_desktop.settings.preferences import (
    FILE,
    Preferences,
    ThemeChoice,
    change_preferences,
    read_preferences,
    write_preferences,
)

VISA = Card("card_1a2b3c", "visa", "4242", 12, 2027)
CHOSEN = Preferences(
    HOSTED,
    True,
    "192.168.1.7",
    False,
    8080,
    (VISA,),
    api_on=True,
    reload_allowed=False,
    spending_password="scrypt$",
    theme=ThemeChoice.DARK,
    clips_folder=Path("/clips").absolute(),
    name_template="{start} {title}",
    output=OutputSpec(OutputFormat.WEBM, 1080, compatible=True, max_bytes=8_000_000, subtitles=False),
    models=((ModelKind.SPEECH, "whisper-small"), (ModelKind.TEXT, "of-my-own")),
    shortcuts=(("clip.export", ("Ctrl+P", "P")), ("edit.undo", ())),
    model_hub="https://mirror.example/hf",
    cookies_file=Path("/cookies.txt").absolute(),
    cookies_browser="firefox:work",
    most_a_second=2_000_000,
    proxy="http://proxy.example:3128",
    language="de",
    reduced_motion=True,
    welcomed=True,
    notifications=False,
    quick_scrubbing=False,
    devices=((Work.ENCODE, "nvenc"), (Work.HEAR, "processor")),
    jobs_cleared=1_790_000_000.5,
    log_level="debug",
    checks_for_updates=True,
    updates_checked=1_790_000_001.5,
    offline=True,
    plays_on_hover=False,
    side_width=300,
    timeline_height=200,
    window_size=(1280, 800),
)
"""All other than at first."""


def fields(folder: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    return read


def test_without_a_file_everything_is_as_safe_as_can_be(tmp_path: Path) -> None:
    assert read_preferences(tmp_path / "none") == (Preferences(), ())
    assert Preferences().policy.name == "local"
    assert not Preferences().allow_local_sources
    assert Preferences().lan_address == ""
    assert Preferences().reload_needs_approval
    assert not Preferences().api_on
    assert not Preferences().checks_for_updates


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert all(getattr(CHOSEN, each.name) != getattr(Preferences(), each.name) for each in dataclasses.fields(CHOSEN))
    folder = tmp_path / "not" / "there"
    write_preferences(folder, CHOSEN)
    assert read_preferences(folder) == (CHOSEN, ())
    write_preferences(folder, Preferences())
    assert read_preferences(folder) == (Preferences(), ())
    assert [file.name for file in folder.iterdir()] == [FILE]


def test_what_another_version_knows_stays(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"skin": {"dark": true}, "port": 1}', encoding="utf-8")
    write_preferences(tmp_path, CHOSEN)
    assert fields(tmp_path)["skin"] == {"dark": True}
    assert fields(tmp_path)["port"] == 8080


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b'{"port": 1' + b"0" * 10_000 + b"}"]
)
def test_a_damaged_file_is_like_none_and_is_told_of(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    preferences, (warning,) = read_preferences(tmp_path)
    assert preferences == Preferences()
    assert str(tmp_path / FILE) in warning


def test_a_huge_file_and_one_that_is_a_folder_are_told_of(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b" " * 10_000_000 + b"{}")
    assert "bytes" in read_preferences(tmp_path)[1][0]
    (tmp_path / "other" / FILE).mkdir(parents=True)
    preferences, (warning,) = read_preferences(tmp_path / "other")
    assert "cannot be read" in warning
    assert preferences.offline  # which a person may have chosen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("policy", value) for value in ("free", "", None, 1, ["local"])],
        *[("allow_local_sources", value) for value in ("true", 1, None)],
        *[("reload_needs_approval", value) for value in ("no", 0)],
        *[("port", value) for value in (0, -1, 65536, 80.5, "80", True, None, 10**30)],
        *[("cards", value) for value in (None, {}, "visa", ["visa"], [{}], [asdict(VISA)] * 2)],
        *[("cards", [asdict(VISA) | other]) for other in ({"last4": 4242}, {"exp_month": 13}, {"exp_month": True})],
        *[("api_on", value) for value in ("true", 1, None)],
        *[("checks_for_updates", value) for value in ("true", 1, None)],
        *[("updates_checked", value) for value in ("now", -1, True, None)],
        *[("log_level", value) for value in ("loud", "WARNING", 30, None, ["debug"])],
        *[("reload_allowed", value) for value in ("true", 1, None)],
        *[("spending_password", value) for value in (7, None, ["secret"])],
        *[("output", value) for value in (None, [], "mp4", {}, {"format": "mp4"}, {"format": 4, "quality": "720p"})],
        *[("output", {"format": form, "quality": "source"}) for form in ("avi", "")],
        *[("output", {"format": "mp4", "quality": quality}) for quality in ("best", None, 720)],
        *[("output", {"format": "mp4", "quality": "720p", "max_bytes": most}) for most in (0, -1, 9.5, True, "10MB")],
        *[("output", {"format": "mp4", "quality": "720p", name: 1}) for name in ("compatible", "subtitles")],
        *[("theme", value) for value in ("", "DARK", 1, None, ["dark"])],
        *[("clips_folder", value) for value in ("clips", "./clips", "/a\0b", 7, ["/clips"])],
        *[
            ("name_template", value)
            for value in ("", "clip", "{", "{0}", "{title!r}", "{title.upper}", "{who}", 7, None)
        ],
        *[("models", value) for value in (None, [], {"speech": 7}, {"poems": "whisper-small"})],
        *[("model_hub", value) for value in ("http://mirror.example", "mirror.example", "https://a:b@c", 7, None)],
        *[("cookies_file", value) for value in ("cookies.txt", "./c", 7, ["/c"])],
        *[("cookies_browser", value) for value in (7, None, "a\nb", "f" * 201)],
        *[("devices", value) for value in ("processor", ["hear"], {"hear": "nvenc"}, {"bake": "auto"}, {"hear": 1})],
        *[("jobs_cleared", value) for value in (-1, "yesterday", True, None, float("inf"))],
        *[("most_a_second", value) for value in (-1, 1, 1023, 2.5, "2M", True, None)],
        *[
            ("proxy", value)
            for value in (
                "proxy.example:3128",
                "socks5://a:1",
                "http://",
                "http://me:secret@a:1",
                "http://a:x",
                7,
                None,
            )
        ],
        *[("language", value) for value in (7, None, "d" * 201)],
        *[(name, value) for name in ("reduced_motion", "welcomed", "quick_scrubbing") for value in ("true", 1, None)],
        *[("shortcuts", value) for value in ({"edit.undo": "Ctrl+Z"}, {"edit.undo": [7]}, ["Ctrl+Z"], None)],
        *[("lan_address", value) for value in ("home", "0.0.0.0", "::", "127.0.0.1", "224.0.0.1", 7, None)],
    ],
)
def test_a_field_that_makes_no_sense_has_its_default_and_the_others_count(
    tmp_path: Path, name: str, value: object
) -> None:
    write_preferences(tmp_path, CHOSEN)
    (tmp_path / FILE).write_text(json.dumps({**fields(tmp_path), name: value}), encoding="utf-8")
    preferences, (warning,) = read_preferences(tmp_path)
    assert getattr(preferences, name) == getattr(Preferences(), name)
    others = set(Preferences.__dataclass_fields__) - {name}
    assert all(getattr(preferences, each) == getattr(CHOSEN, each) for each in others)
    assert repr(name) in warning


def test_a_change_leaves_what_was_written_meanwhile(tmp_path: Path) -> None:
    write_preferences(tmp_path, Preferences(port=80))
    (tmp_path / FILE).write_text(json.dumps({**fields(tmp_path), "port": 90, "skin": 1}), encoding="utf-8")
    assert change_preferences(tmp_path, theme=ThemeChoice.LIGHT) == Preferences(port=90, theme=ThemeChoice.LIGHT)
    assert fields(tmp_path)["skin"] == 1
    assert read_preferences(tmp_path) == (Preferences(port=90, theme=ThemeChoice.LIGHT), ())


def test_a_damaged_file_takes_nobody_online_who_worked_offline(tmp_path: Path) -> None:
    (tmp_path / "preferences.json").write_text('{"offline": true, "port": 80,}')
    preferences, warnings = read_preferences(tmp_path)
    assert preferences == Preferences(offline=True)
    assert len(warnings) == 1
    write_preferences(tmp_path, preferences)
    assert read_preferences(tmp_path) == (Preferences(offline=True), ())


def test_a_damaged_file_is_set_aside_when_another_is_written(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"port": 80,}', encoding="utf-8")
    write_preferences(tmp_path, CHOSEN)
    assert read_preferences(tmp_path) == (CHOSEN, ())
    assert (tmp_path / "preferences.damaged.json").read_text(encoding="utf-8") == '{"port": 80,}'


def test_a_folder_that_takes_nothing_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as failed:
        write_preferences(tmp_path / "file" / "below", CHOSEN)
    assert failed.value.code is ErrorCode.OUTPUT_NOT_WRITABLE


def test_what_was_chosen_for_sites_is_how_the_persons_own_sources_are_opened() -> None:
    access = CHOSEN.access
    assert (access.cookies, access.browser, access.most_a_second) == (CHOSEN.cookies_file, "firefox:work", 2_000_000)
    assert Preferences().access == BY_A_PERSON
