"""Takes secrets out of texts that are kept or shown to others: logs, crash reports, copies of the database.

Two nets, one behind the other. What secrets look like is known: passwords in links, signed parameters, headers,
cookies, keys of ours and of others. And what this process was given as a secret is registered and taken out
word by word, however it is wrapped. The home folder, which names its owner, becomes ``~``.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastclip_desktop.diagnostics.known_secrets import HIDDEN, KnownSecrets, Origin

_VARIABLES = re.compile(r"(?i)token|secret|passw|api_?key|credential|^FASTCLIP_KEY$")
"""Variables of the environment whose values are secrets by their names."""

_LINKS = re.compile(r"(?i)proxy$|_URL$|_URI$|^FASTCLIP_")
"""Those whose values may be links with a password."""

_WORDS = r"token(?!s|iz)|secret|passw(?:or)?d|passphrase|credential|(?:api|access|private|stream)[_-]?key"

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

_OPTION = rf"[\w-]{{0,40}}(?:{_WORDS})[\w-]{{0,40}}|pass|pwd|auth|key"
_PROSE = (
    r"options?|flags?|arguments?|parameters?|values?|and|or|to|for|from|with|in|on|if|is|was|are|of|by|as|at|not|instead"
    r"|can|may|must|has|needs?|again"
)
"""What follows the name of an option in a sentence about it."""

_MADE_UP = r"[^\s\"'<>?#]*?(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16}"
"""A path of which one part looks made up by a machine."""

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
    # An option of a command and what follows it, also as Python shows a list of words.
    (
        ("-token", "-secret", "passw", "-passphrase", "-credential", "key", "--pass", "--pwd", "--auth"),
        rf"(?i)((?<![\w-])--?(?:{_OPTION})(?:\\*[\"']\s*,\s*|[\"']?[ \t]+))(?!--|[\"']--|(?:{_PROSE})\b)({_SAID})",
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
    (("discord",), r"(?i)(discord(?:app)?\.com/api/(?:v\d+/)?webhooks/)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (("slack.com",), r"(?i)(hooks\.slack\.com/(?:services|workflows)/)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (
        ("://hook",),  # Slack's others, Zapier, Make
        r"(?i)(://hooks?\.[\w.-]+(?::\d+)?/(?:services/|workflows/|triggers/|hooks/catch/)?+)(?!\*)[^\s\"'<>]+",
        rf"\1{HIDDEN}",
    ),
    (("ifttt.com",), r"(?i)(maker\.ifttt\.com/trigger/[^\s\"'<>]*/key/)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (
        ("hook/", "hooks/", "hookb2/"),  # Teams, Mattermost, Lark, n8n: what looks like a token in such a path
        rf"(?i)(://[^\s/?#\"'<>]+/(?:[\w.~-]+/){{0,6}}?(?:web)?hook(?:s|b2)?/)(?={_MADE_UP})[^\s\"'<>]+",
        rf"\1{HIDDEN}",
    ),
    # Where a stream is sent to: a server, an application on it, and the key.
    (("rtmp",), r"(?i)(\brtmp(?:te|ts|[est])?://[^\s/\"'<>]+/[^\s/\"'<>]+/)(?!\*)[^\s\"'<>]+", rf"\1{HIDDEN}"),
    (("://127.0.0.1:", "://localhost:"), r"(://(?:127\.0\.0\.1|localhost):\d+/)[\w-]{32}\b", rf"\1{HIDDEN}"),
)
"""What has to stand in a text for it to be looked through, in small letters; what to look for; and what stays of it."""

_LONGEST_USER = 15
"""Characters of a name before a host that is no token."""

_known = KnownSecrets()


def register(*secrets: str, origin: Origin = Origin.PROGRAM) -> None:
    """Take these out of every text from now on, in all the ways in which they may be written.

    Texts of less than six characters are left to what secrets look like.
    """
    _known.add(secrets, origin)


def register_link(link: str, origin: Origin = Origin.PROGRAM) -> None:
    """Take the name and the password of a link, such as a proxy's or a cluster's, out of every text from now on."""
    try:
        parts = urlsplit(link)
        known = (parts.username, parts.password)
    except ValueError:
        return
    # A name alone is none; some tokens stand in its place, with an empty password or a filler.
    name, password = known
    register(*filter(None, (password, name if name and len(name) > _LONGEST_USER else "")), origin=origin)


def register_environment(environment: Mapping[str, str]) -> None:
    """Take what the environment says in secret out of every text from now on."""
    for name, value in environment.items():
        if _VARIABLES.search(name):
            register(value, origin=Origin.ENVIRONMENT)
        elif _LINKS.search(name) and "@" in value:
            register_link(value, Origin.ENVIRONMENT)


def redacted(text: str) -> str:
    """The text without secrets, and with ``~`` for the home folder; the same text where there is nothing to hide."""
    text = without_secrets(text)
    home = _home(_home_folder())
    return home.sub("~", text) if home else text


def without_secrets(text: str) -> str:
    """The same with the home folder as it is, for what has to be found again."""
    text = _known.taken_out(text)
    small = text.lower()
    for signs, net, instead in _nets():
        if any(sign in small for sign in signs):
            text = net.sub(instead, text)
    return text


@functools.cache
def _nets() -> tuple[tuple[tuple[str, ...], re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]:
    # Made when the first line is written, not when the program starts.
    return tuple((signs, re.compile(net, re.MULTILINE), instead or _header) for signs, net, instead in _NETS)


def _header(found: re.Match[str]) -> str:
    quoted = found[2][0] if found[2][0] in "\"'" else ""
    return f"{found[1]}{quoted}{HIDDEN}{quoted}"


def _home_folder() -> str:
    try:
        return str(Path.home())
    except RuntimeError:
        return ""


@functools.lru_cache(maxsize=4)
def _home(folder: str) -> re.Pattern[str] | None:
    """What finds the home folder: as it is, in links, and with as many backslashes as JSON and Python make of one."""
    parts = re.split(r"[\\/]+", folder.rstrip("\\/"))
    if not any(parts[1:]):  # a whole drive, or nothing
        return None
    written = ("|".join(map(re.escape, {part: 0, quote(part): 0, json.dumps(part)[1:-1]: 0})) for part in parts)
    between, flags = (r"[\\/]+", re.IGNORECASE) if "\\" in folder else ("/", 0)
    return re.compile(between.join(f"(?:{part})" for part in written), flags)
