"""Takes secrets out of texts that are kept or shown to others: logs, crash reports, copies of the database.

Two nets, one behind the other. What secrets look like is known: passwords in links, signed parameters, headers,
cookies, keys of ours and of others. And what this process was given as a secret is registered and taken out
word by word, however it is wrapped. The home folder, which names its owner, becomes ``~``.
"""

from __future__ import annotations

import functools
import json
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote, urlsplit

HIDDEN = "***"
"""What stands where a secret was."""

_SHORTEST = 6
"""Characters of a registered secret: a shorter one would tear holes into every other word."""

_MOST = 2000
"""Registered secrets; the oldest are forgotten."""

_VARIABLES = re.compile(r"(?i)token|secret|passw|api_?key|credential|^FASTCLIP_KEY$")
"""Variables of the environment whose values are secrets by their names."""

_LINKS = re.compile(r"(?i)proxy$|_URL$|_URI$|^FASTCLIP_")
"""Those whose values may be links with a password."""

_WORDS = r"token(?!s|iz)|secret|passw(?:or)?d|passphrase|credential|(?:api|access|private)[_-]?key"

_NAME = (
    rf"(?:[\w.-]{{0,40}}(?:{_WORDS}|signature|session[_-]?id)[\w.-]{{0,40}}"
    r"|auth(?:[_-]?key|orization)?|sig|lsig|hmac|hash|md5|key|pwd|pass|pw|code|sid|session|jwt|ticket|policy"
    r"|key-pair-id|hdn\w+|x-(?:amz|goog|oss|cos)-[\w-]+|wmsauthsign|verify)"
)
"""Parameters of a link that sign it or let somebody in."""

_COOKIE_NAME = r"(?:\b(?:set-)?cookie2?(?:[\"']\s*,|[\"']?\s*[:=])|[\"']cookies[\"']\s*[:=,])\s*"
_COOKIES = r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[^\s\"'][^\r\n\"]*"
_TAB = r"(?:\t|\\t)"
_COOKIE_LINE = (
    rf"(?:^|[\s\"'])\S{{1,250}}{_TAB}(?:TRUE|FALSE){_TAB}\S{{0,250}}?{_TAB}(?:TRUE|FALSE){_TAB}-?[\d.]*{_TAB}"
)

_END = r"\s\"'<>&;,\\)\]}"

_SAID = rf"\"(?:[^\"\\\n]|\\.)+\"|'(?:[^'\\\n]|\\.)+'|\\*[\"']?(?![\s*<])[^{_END}]+"
"""What a word says: all of it in quotes, else up to where a sentence goes on."""

_NETS: tuple[tuple[tuple[str, ...], str, str | None], ...] = (
    # A name and a password before a host.
    (("@",), r"(?<=://)[^\s/?#\"'<>]+@", f"{HIDDEN}@"),
    (("%3a%2f%2f",), r"(?i)(?<=%3A%2F%2F)(?:(?!%2F|%3F|%23)[^\s/?#&;=\"'<>@])+?(?:%40|@)", f"{HIDDEN}%40"),
    # A signed parameter, also one of a link that is itself a parameter.
    (
        ("=", "%3d"),
        rf"(?i)((?:[?&;#]|%3F|%26)(?:amp;)?{_NAME}(?:=|%3D))(?!{re.escape(HIDDEN)})[^\s\"'<>&#;\\]+",
        rf"\1{HIDDEN}",
    ),
    # One that is a part of the path, as in playlists of YouTube.
    (("/sig", "/lsig/", "/hmac/"), r"(?i)(/(?:l?sig|signature|hmac)/)(?!\*)[^\s\"'<>/?#]+", rf"\1{HIDDEN}"),
    # Headers, as they are sent and as Python shows them.
    (("cookie",), rf"(?i)({_COOKIE_NAME})({_COOKIES})", None),
    (
        ("authorization",),  # those of several parts
        r"(?i)((?:proxy-)?authorization(?:[\"']\s*,|[\"']?\s*[:=])\s*[\"']?)(?:digest|oauth|hawk|aws4-[\w-]+)\s[^\r\n]+",
        rf"\1{HIDDEN}",
    ),
    (
        ("authorization",),
        r"(?i)((?:proxy-)?authorization(?:[\"']\s*,|[\"']?\s*[:=])\s*[\"']?)(?!\*)(?:[A-Za-z][\w-]*\s+)?[^\s\"',}]+",
        rf"\1{HIDDEN}",
    ),
    (("bearer", "basic"), r"(?i)\b(Bearer|Basic)\s+(?!\*)[\w.~+/=-]{6,}", rf"\1 {HIDDEN}"),
    (
        ("x-api-key", "x-auth-token", "x-csrf-token"),
        rf"(?i)(x-(?:api-key|auth-token|csrf-token)[\"']?\s*[:=,]\s*[\"']?)(?!\*)[^{_END}]+",
        rf"\1{HIDDEN}",
    ),
    # A line of a cookies.txt.
    (("\ttrue\t", "\tfalse\t", "\\ttrue\\t", "\\tfalse\\t"), rf"({_COOKIE_LINE})[^\r\n]*", rf"\1{HIDDEN}"),
    # A word and what it says: password=…, "api_key": "…".
    (
        ("token", "secret", "passw", "passphrase", "credential", "key"),
        rf"(?i)(\b[\w.-]{{0,40}}(?:{_WORDS})[\w.-]{{0,40}}\\*[\"']?\s*[:=]\s*)({_SAID})",
        None,
    ),
    # Our own keys, secrets of webhooks and protected passwords; those of others by their known beginnings.
    (("sk_live_",), r"\bsk_live_[0-9A-Za-z]{8,}", f"sk_live_{HIDDEN}"),
    (("whsec_",), r"\bwhsec_[0-9A-Za-z]{8,}", f"whsec_{HIDDEN}"),
    (("scrypt$",), r"\bscrypt\$[0-9a-f]+\$[0-9a-f]+", f"scrypt${HIDDEN}"),
    (("hf_",), r"\bhf_[0-9A-Za-z]{8,}", f"hf_{HIDDEN}"),
    (
        ("gh", "glpat-", "xox", "sk-", "aiza"),
        r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|sk-|AIza)[\w-]{12,}",
        HIDDEN,
    ),
    (("akia", "asia"), r"\bA[KS]IA[0-9A-Z]{12,}", HIDDEN),
    (("eyj",), r"\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*", HIDDEN),
    # Addresses whose path is the secret: the doors of chats, and the one by which the player reads a stream.
    (("/bot",), r"(/bot)\d{5,}(?::|%3A)[\w-]{20,}", rf"\1{HIDDEN}"),
    (("slack.com",), r"(?i)(hooks\.slack\.com/(?:services|workflows)/)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (("discord",), r"(?i)(discord(?:app)?\.com/api/webhooks/)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (("://127.0.0.1:", "://localhost:"), r"(://(?:127\.0\.0\.1|localhost):\d+/)[\w-]{32}\b", rf"\1{HIDDEN}"),
)
"""What has to stand in a text for it to be looked through, in small letters; what to look for; and what stays of it."""

_LONGEST_USER = 15
"""Characters of a name before a host that is no token."""

_lock = threading.Lock()
_registered: dict[str, None] = {}
_pattern: list[re.Pattern[str]] = []


def register(*secrets: str) -> None:
    """Take these out of every text from now on, in all the ways in which they may be written.

    Texts of less than six characters are left to what secrets look like.
    """
    with _lock:
        for secret in secrets:
            for form in _forms(secret):
                _registered.pop(form, None)
                _registered[form] = None
        for oldest in list(_registered)[: max(0, len(_registered) - _MOST)]:
            del _registered[oldest]
        _pattern.clear()


def register_link(link: str) -> None:
    """Take the name and the password of a link, such as a proxy's or a cluster's, out of every text from now on."""
    try:
        parts = urlsplit(link)
        known = (parts.username, parts.password)
    except ValueError:
        return
    # A name alone is none; some tokens stand in its place, with an empty password or a filler.
    name, password = known
    register(*filter(None, (password, name if name and len(name) > _LONGEST_USER else "")))


def register_environment(environment: Mapping[str, str]) -> None:
    """Take what the environment says in secret out of every text from now on."""
    for name, value in environment.items():
        if _VARIABLES.search(name):
            register(value)
        elif _LINKS.search(name) and "@" in value:
            register_link(value)


def redacted(text: str) -> str:
    """The text without secrets, and with ``~`` for the home folder; the same text where there is nothing to hide."""
    home = _home()
    text = without_secrets(text)
    return text.replace(home, "~") if home else text


def without_secrets(text: str) -> str:
    """The same with the home folder as it is, for what has to be found again."""
    literal = _literal()
    if literal is not None:
        text = literal.sub(HIDDEN, text)
    small = text.lower()
    for signs, net, instead in _nets():
        if any(sign in small for sign in signs):
            text = net.sub(instead, text)
    return text


def _forms(secret: str) -> Iterable[str]:
    """A secret, and how it stands in a link, in JSON and in what Python shows."""
    plain = secret.strip()
    forms = {
        plain,
        unquote(plain),
        quote(plain, safe=""),
        quote_plus(plain),
        json.dumps(plain)[1:-1],
        repr(plain)[1:-1],
    }
    return (form for form in forms if len(form) >= _SHORTEST and form != HIDDEN)


def _literal() -> re.Pattern[str] | None:
    """What finds all registered secrets; put together anew when there is another one."""
    with _lock:
        if not _pattern and _registered:
            _pattern.append(re.compile("|".join(map(re.escape, sorted(_registered, key=len, reverse=True)))))
        return _pattern[0] if _pattern else None


@functools.cache
def _nets() -> tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    # Made when the first line is written, not when the program starts.
    return tuple((signs, re.compile(net, re.MULTILINE), instead or _header) for signs, net, instead in _NETS)


def _header(found: re.Match[str]) -> str:
    quoted = found[2][0] if found[2][0] in "\"'" else ""
    return f"{found[1]}{quoted}{HIDDEN}{quoted}"


@functools.cache
def _home() -> str:
    try:
        home = str(Path.home())
    except RuntimeError:
        return ""
    return home if len(home) > 1 else ""
