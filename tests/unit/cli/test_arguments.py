"""The command line's grammar and its faults."""

from __future__ import annotations

import json

import pytest

from fastclip_desktop.cli.arguments import parse_arguments
from fastclip_desktop.cli.main import main
from fastclip_desktop.cli.site_access import access_of
from fastclip_desktop.domain.errors import UsageError


def test_every_command_takes_json() -> None:
    for words in (
        ["info", "a.mp4"],
        ["clip", "a.mp4", "--start", "1", "--end", "2"],
        ["join", "a.mp4@1-2", "b.mp4"],
        ["auto", "a.mp4", "pricing"],
        ["analyze", "a.mp4", "pricing"],
        ["serve"],
        ["keys", "create", "agent"],
        ["keys", "list"],
        ["keys", "revoke", "a1"],
        ["models", "list"],
        ["models", "fetch", "whisper-tiny", "yunet"],
        ["models", "import", "a.gguf"],
        ["models", "use", "whisper-tiny"],
        ["models", "remove", "whisper-tiny"],
        ["shorts", "a.mp4"],
        ["doctor"],
        ["demo"],
    ):
        assert parse_arguments([*words, "--json"]).json is True


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["clip", "a.mp4"],
        ["clip", "a.mp4", "--start", "1"],
        ["clip", "a.mp4", "--start", "1", "--end", "2", "--format", "avi"],
        ["clip", "a.mp4", "--start", "1", "--end", "2", "--quality", "9000p"],
        ["join"],
        ["join", "a.mp4", "--gap", "1", "--cross-fade", "1"],
        ["auto", "a.mp4", "pricing", "--max-clips", "0"],
        ["auto", "a.mp4", "pricing", "--max-clips", "many"],
        ["info", "a.mp4", "--limit-rate", "fast"],
        ["info", "a.mp4", "--limit-rate", "0"],
        ["info", "a.mp4", "--limit-rate", "1000"],
        ["info", "a.mp4", "--limit-rate", "-2M"],
        ["info", "a.mp4", "--limit-rate", "nan"],
        ["serve", "--port", "65536"],
        ["serve", "--port", "-1"],
        ["serve", "--port", "٣"],
        ["keys"],
        ["keys", "make"],
        ["keys", "create"],
        ["keys", "create", "agent", "--budget", "5.00"],
        ["keys", "create", "agent", "--budget", "$5.0"],
        ["keys", "create", "agent", "--budget", "-5"],
        ["keys", "create", "agent", "--expires", "0"],
        ["keys", "create", "agent", "--expires", "never"],
        ["keys", "revoke"],
        ["mcp", "--json"],
        ["models"],
        ["models", "eat"],
        ["models", "fetch"],
        ["models", "import"],
    ],
)
def test_a_malformed_command_is_one_sentence(words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        parse_arguments(words)
    assert caught.value.message.endswith(".")
    assert "\n" not in caught.value.message
    assert "--help" in caught.value.hint


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["clip", "a.mp4", "--start", "soon", "--end", "2"], "bad_time"),
        (["clip", "a.mp4", "--start", "nan", "--end", "2"], "bad_time"),
        (["clip", "a.mp4", "--start", "1:75", "--end", "200"], "bad_time"),
        (["clip", "a.mp4", "--start=-5", "--end", "2"], "bad_time"),
        (["clip", "a.mp4", "--start", "1", "--end", "2", "--format", "mp3", "-o", "x.mp4"], "bad_format"),
        (["clip", "a.mp4", "--start", "1", "--end", "2", "-o", "x.avi"], "bad_format"),
        (["clip", "a.mp4", "--start", "1", "--end", "2", "--max-size", "ten"], "bad_usage"),
        (["clip", "a.mp4", "--start", "1", "--end", "2", "--max-size", "2kB"], "bad_usage"),
        (["join", "a.mp4@5:75-6:00"], "bad_time"),
        (["join", "a.mp4@1-2", "--overlap", "90"], "bad_transition"),
        (["fly"], "bad_usage"),
        (["analyze", "only-a-source.mp4"], "bad_usage"),
    ],
)
def test_usage_faults_end_with_2_and_a_json_object(
    words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--json"]) == 2
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "hint"}
    assert err.startswith("fastclip: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for command in ("info", "clip", "join", "auto", "analyze", "doctor", "demo"):
        assert command in text


@pytest.mark.parametrize(
    ("said", "rate"), [("500K", 512_000), ("2M", 2_097_152), ("1.5m", 1_572_864), ("1024", 1024), ("1G", 2**30)]
)
def test_a_rate_is_bytes_a_second(said: str, rate: int) -> None:
    assert parse_arguments(["info", "a.mp4", "--limit-rate", said]).limit_rate == rate
    assert parse_arguments(["info", "a.mp4"]).limit_rate == 0


def test_a_rate_goes_with_the_request() -> None:
    options = parse_arguments(["clip", "a.mp4", "--start", "1", "--end", "2", "--limit-rate", "2M"])
    assert access_of(options).most_a_second == 2 * 1024**2


@pytest.mark.parametrize(("text", "cents"), [("0", 0), ("500", 500), ("$5", 500), ("$5.05", 505)])
def test_a_budget_is_cents_or_dollars(text: str, cents: int) -> None:
    assert parse_arguments(["keys", "create", "agent", "--budget", text]).budget == cents


def test_queries_may_stand_on_both_sides_of_an_option() -> None:
    options = parse_arguments(["analyze", "talk.mp3", "--transcript", "talk.srt", "bread", "--json", "salt"])
    assert options.words == ["talk.mp3", "bread", "salt"]
    assert options.transcript == "talk.srt"


@pytest.mark.parametrize("words", [["analyze", "a.mp4", "x", "--oops"], ["auto", "a.mp4", "x", "--json", "y"]])
def test_what_no_command_knows_is_named(words: list[str]) -> None:
    with pytest.raises(UsageError, match=r"[Uu]nrecognized arguments: (--oops|y)"):
        parse_arguments(words)
