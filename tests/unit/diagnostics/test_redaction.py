"""No secret gets through, however it is written, and what is none stays as it is."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath

import pytest

from fastclip_desktop.diagnostics.known_secrets import HIDDEN
from fastclip_desktop.diagnostics.redaction import (
    redacted,
    register,
    register_environment,
    register_link,
    without_secrets,
)

S = "Qx7vR2mB9kLw4TzN"
"""Sixteen characters that stand nowhere else."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"GET https://mara:{S}@media.example.org/talk.mp4", "GET https://***@media.example.org/talk.mp4"),
        (f"by tcp://{S}@10.0.0.5:8786.", "by tcp://***@10.0.0.5:8786."),
        (f"http://user:p@{S}@proxy:3128 does not answer", "http://***@proxy:3128 does not answer"),
        (f"https://a.b/c?v=dQw4w9WgXcQ&token={S}&t=5", "https://a.b/c?v=dQw4w9WgXcQ&token=***&t=5"),
        (f"https://a.b/c?X-Amz-Signature={S}#x", "https://a.b/c?X-Amz-Signature=***#x"),
        (f"https://a.b/c#access_token={S}", "https://a.b/c#access_token=***"),
        (
            f"https://a.b/?to=https%3A%2F%2Fc.d%2F%3Fsig%3D{S}&n=1",
            "https://a.b/?to=https%3A%2F%2Fc.d%2F%3Fsig%3D***&n=1",
        ),
        (f"https://a.b/c?x=1&amp;key={S}", "https://a.b/c?x=1&amp;key=***"),
        (f"/v1/clips/1/file?expires=17&signature={S}", "/v1/clips/1/file?expires=17&signature=***"),
        (f"Authorization: Bearer {S}", "Authorization: ***"),
        (f"{{'Authorization': 'Basic {S}==', 'Host': 'a.b'}}", "{'Authorization': '***', 'Host': 'a.b'}"),
        (f"('authorization', 'token {S}')", "('authorization', '***')"),
        (f"it said Bearer {S}", "it said Bearer ***"),
        (f"X-Api-Key: {S}", "X-Api-Key: ***"),
        (f"Cookie: a={S}; b=2\nHost: a.b", "Cookie: ***\nHost: a.b"),
        (f"Set-Cookie: SID={S}; Path=/", "Set-Cookie: ***"),
        (f"{{'Cookie': 'SID={S}; b=2', 'n': 1}}", "{'Cookie': '***', 'n': 1}"),
        (f'{{"cookies": "SID={S}"}}', '{"cookies": "***"}'),
        (f".a.b\tTRUE\t/\tTRUE\t1999999999\tSID\t{S}\nnext", ".a.b\tTRUE\t/\tTRUE\t1999999999\t***\nnext"),
        (f"'.a.b\\tTRUE\\t/\\tFALSE\\t0\\tSID\\t{S}'", "'.a.b\\tTRUE\\t/\\tFALSE\\t0\\t***"),
        (f'{{"reload_password": "{S}"}}', '{"reload_password": "***"}'),
        (f"HF_TOKEN={S} python", "HF_TOKEN=*** python"),
        (f"aws_secret_access_key = {S}", "aws_secret_access_key = ***"),
        (f"the key sk_live_{S}{S}abc is new", "the key sk_live_*** is new"),
        (f"whsec_{S}", "whsec_***"),
        (f"hf_{S}", "hf_***"),
        ("scrypt$0011aa$ff00", "scrypt$***"),
        (f"ghp_{S}", HIDDEN),
        (f"eyJhbGciOi.{S}.{S}", HIDDEN),
        (f".a.b\tTRUE\t/\tTRUE\t\tSID\t{S}", ".a.b\tTRUE\t/\tTRUE\t\t***"),  # until the browser is closed
        (f".a.b\tTRUE\t/\tTRUE\t-1\tSID\t{S}", ".a.b\tTRUE\t/\tTRUE\t-1\t***"),
        (f".a.b\tTRUE\t/\tTRUE\t1999999999.5\tSID\t{S}", ".a.b\tTRUE\t/\tTRUE\t1999999999.5\t***"),
        (f"https://a.b/?to=https%3A%2F%2Fmara%3A{S}%40c.d%2F&n=1", "https://a.b/?to=https%3A%2F%2F***%40c.d%2F&n=1"),
        (f'Authorization: Digest username="m", response="{S}"\nHost: a', "Authorization: ***\nHost: a"),
        (f"authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature={S}", "authorization: ***"),
        (f'{{"password": "open {S}", "n": 1}}', '{"password": "***", "n": 1}'),
        (f'{{\\"password\\": \\"{S}\\"}}', '{\\"password\\": ***\\"}'),
        (
            f"https://m.example.org/hls/expire/17/sig/{S}/file.m3u8",
            "https://m.example.org/hls/expire/17/sig/***/file.m3u8",
        ),
        (f"https://api.telegram.org/bot123456:{S}{S}/sendMessage", "https://api.telegram.org/bot***/sendMessage"),
        (f"https://hooks.slack.com/services/T0/B0/{S}", "https://hooks.slack.com/services/***"),
        (f"hooks.slack.com/workflows/T0/B0/{S}", "hooks.slack.com/workflows/***"),
        (f"https://hooks.slack.com/triggers/T0/1/{S}", "https://hooks.slack.com/triggers/***"),
        (f"https://discord.com/api/webhooks/12/{S} said 404", "https://discord.com/api/webhooks/*** said 404"),
        (f"https://canary.discord.com/api/v10/webhooks/12/{S}", "https://canary.discord.com/api/v10/webhooks/***"),
        ("https://hooks.zapier.com/hooks/catch/123456/ab1cd2e/", "https://hooks.zapier.com/hooks/catch/***"),
        (f"https://hook.eu1.make.com/{S}", "https://hook.eu1.make.com/***"),
        (f"https://maker.ifttt.com/trigger/done/with/key/{S}", "https://maker.ifttt.com/trigger/done/with/key/***"),
        (f"https://a.webhook.office.com/webhookb2/{S}@1/x", "https://a.webhook.office.com/webhookb2/***"),
        (f"https://chat.example.org/hooks/{S}", "https://chat.example.org/hooks/***"),
        (f"https://open.feishu.cn/open-apis/bot/v2/hook/{S}-1", "https://open.feishu.cn/open-apis/bot/v2/hook/***"),
        (f"rtmp://live.example.org/app/{S} was opened", "rtmp://live.example.org/app/*** was opened"),
        (f"'rtmps://live.example.org:443/rtmp/{S}?s_bl=1'", "'rtmps://live.example.org:443/rtmp/***'"),
        (f"RTMP://a.example.org/live2/x/{S}", "RTMP://a.example.org/live2/***"),
        (f"stream_key={S}", "stream_key=***"),
        (f"tool --password {S} --verbose", "tool --password *** --verbose"),
        (f"tool --token '{S} and more' talk.mp4", "tool --token '***' talk.mp4"),
        (f'tool --api-key "{S}"', 'tool --api-key "***"'),
        (f"tool --api-key={S} talk.mp4", "tool --api-key=*** talk.mp4"),
        (f"tool --hf-token {S}", "tool --hf-token ***"),
        (f"['tool', '--video-password', '{S}', '-v']", "['tool', '--video-password', '***', '-v']"),
        (f'["tool","--token","{S}"]', '["tool","--token","***"]'),
        (f"http://127.0.0.1:40123/{S}{S} is read", "http://127.0.0.1:40123/*** is read"),
    ],
)
def test_what_a_secret_looks_like_is_known(text: str, told: str) -> None:
    assert redacted(text) == told
    assert redacted(told) == told  # a text may come by twice


@pytest.mark.parametrize(
    "text",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL1&t=42s",
        "Job 01J9 failed: the cookies file cannot be read: Permission denied.",
        "The browser's cookie, which it shows, is old",
        "max_tokens=512, n_ctx: 4096",
        "12:30:05 WARNING engine.jobs: 3 of 4 clips, 16:9, a/b",
        'File "stages/cut.py", line 12, in perform',
        "Two tokens: one begins, one ends",
        "https://a.b/?to=https%3A%2F%2Fc.d%2Fe&mail=x%40y.z",
        "https://a.b/bot/123/signature-of-a-painter",
        '{"password": "", "n": 1}',
        "the task-with-a-rather-long-name ran",
        "Use --username and --password, --netrc-cmd, or --netrc to sign in",
        "use the --video-password option",
        "tool --password --verbose",
        "tool --password\nnext line",
        "serve --key-name mara --tokens 12",
        "rtmp://live.example.org/app does not answer",
        "https://docs.example.org/hooks/how-to-use-them-all/part-2",
        "https://github.com/a/hooks/blob/main/README.md",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_what_was_registered_goes_in_every_way_it_may_be_written() -> None:
    secret = "Zü&9 p/ß-wörter"
    register(secret)
    for form in (
        secret,
        "Z%C3%BC%269%20p%2F%C3%9F-w%C3%B6rter",
        "Z%C3%BC%269+p%2F%C3%9F-w%C3%B6rter",
        "Z\\u00fc&9 p/\\u00df-w\\u00f6rter",
    ):
        assert redacted(f"before {form} after") == "before *** after"


def test_too_short_a_word_is_not_taken_out_of_every_other() -> None:
    register("clip", "")
    assert redacted("a clip of a talk") == "a clip of a talk"


def test_the_environment_s_secrets_are_known_by_their_names() -> None:
    register_environment(
        {
            "HF_TOKEN": "word-of-the-hub",
            "https_proxy": "http://mara:word-of-the-proxy@10.0.0.1:3128",
            "FASTCLIP_KEY": "word-of-the-key",
            "PATH": "/usr/local/bin",
        }
    )
    assert redacted("word-of-the-hub word-of-the-proxy word-of-the-key /usr/local/bin") == "*** *** *** /usr/local/bin"


def test_a_link_without_a_password_registers_nothing_and_a_broken_one_breaks_nothing() -> None:
    register_link("http://proxy.example.org:3128")
    register_link("http://[broken")
    assert redacted("proxy.example.org") == "proxy.example.org"


def test_the_home_folder_does_not_name_its_owner() -> None:
    assert redacted(f"{Path.home()}/Videos/talk.mp4") == "~/Videos/talk.mp4"
    assert without_secrets(f"{Path.home()}/talk.mp4") == f"{Path.home()}/talk.mp4"


@pytest.mark.parametrize(
    "home", ["C:\\People\\Mara Jürgens", "C:\\People\\Mara Jürgens\\"], ids=["folder", "with a backslash at its end"]
)
def test_a_home_folder_of_windows_is_found_however_it_is_written(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.setattr(Path, "home", lambda: PureWindowsPath(home))
    path = "C:\\People\\Mara Jürgens\\Videos\\talk.mp4"
    for written in (
        path,
        path.lower(),
        repr(path),
        json.dumps(path),
        json.dumps(json.dumps(path, ensure_ascii=False)),
        PureWindowsPath(path).as_posix(),
        "file:///C:/People/Mara%20J%C3%BCrgens/Videos/talk.mp4",
    ):
        told = redacted(written)
        assert "mara" not in told.lower(), told
        assert "~" in told
        assert told.lower().rstrip('"\\').rstrip("'").endswith("talk.mp4")


def test_a_whole_drive_is_no_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for home in ("C:\\", "/"):
        monkeypatch.setattr(Path, "home", lambda home=home: home)
        assert redacted("C:\\talks/a.mp4") == "C:\\talks/a.mp4"
