"""Says in our own sentences what yt-dlp and the network mean.

yt-dlp wraps what happened in up to four layers, and its downloaders drop the cause and keep only the text. So the
whole chain is unrolled first, then asked from the most telling to the least: our own errors, a full disk, the site
module's words about logins and the like, the class and status of the network error, and last the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from yt_dlp.networking.exceptions import CertificateVerifyError, HTTPError, RequestError
from yt_dlp.utils import (
    ContentTooShortError,
    ExtractorError,
    GeoRestrictedError,
    UnsupportedError,
    UserNotLive,
)

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, SeveralMedia, UnavailableError
from fastclip_desktop.domain.media import ListedMedia
from fastclip_desktop.sources.download_room import is_disk_full
from fastclip_desktop.sources.wording import clean_line, host_of, shown

_SIGN_IN = "Sign in to it in your browser and pass its cookies: --cookies-from-browser firefox, or --cookies FILE."
_BY_HAND = "Download it in your browser and give FastClip the file."
_ASKED_FOR = re.compile(r"with url: \S+")
_LATER = "Try again later."


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What some words of yt-dlp mean; ``{}`` in the sentence is the host."""

    words: re.Pattern[str]
    code: ErrorCode
    sentence: str
    hint: str

    def about(self, host: str) -> InputError:
        """The error for one host."""
        kind = UnavailableError if self.code is ErrorCode.SOURCE_UNREACHABLE else InputError
        return kind(self.code, self.sentence.format(host), self.hint)


def _meaning(words: str, code: ErrorCode, sentence: str, hint: str) -> _Meaning:
    return _Meaning(re.compile(words, re.IGNORECASE), code, sentence, hint)


_COUNTRY = _meaning(
    r"in your (?:country|location|region)|geo[- ]?(?:restrict|block)|available from your",
    ErrorCode.SOURCE_REFUSED,
    "{} does not show this video in your country.",
    _BY_HAND,
)
_PREMIERE = _meaning(
    r"premieres? (?:in|will|starts)|premiere has not",
    ErrorCode.LIVE_SOURCE,
    "The premiere on {} has not begun.",
    "Come back when it is over and can be watched as a whole.",
)
_NOT_RUNNING = _meaning(
    r"(?:event|stream) will begin|not started|starts in|not currently live|is offline|upcoming",
    ErrorCode.LIVE_SOURCE,
    "The broadcast on {} is not running yet.",
    "Come back when it has ended and can be watched as a whole.",
)
_OF_SITES = (
    _meaning(
        r"\bDRM\b",
        ErrorCode.SOURCE_REFUSED,
        "The video on {} is locked with DRM, which FastClip does not open.",
        "Choose a source without copy protection.",
    ),
    _meaning(
        r"not a bot|captcha|anti-bot|unusual traffic|rate-limited by",
        ErrorCode.SOURCE_REFUSED,
        "{} takes FastClip for a robot and asks for proof.",
        "Wait a while, pass your browser's cookies (--cookies-from-browser firefox), or run `fastclip update-sites`.",
    ),
    _meaning(
        r"confirm your age|age[- ]restricted|age[- ]gate|inappropriate for some",
        ErrorCode.SOURCE_REFUSED,
        "{} shows this video only to people whose age it knows.",
        _SIGN_IN,
    ),
    _COUNTRY,
    _meaning(
        r"private video|is private|members[- ]only|premium|subscri(?:be|ption|ber)|purchase|requires payment|rental",
        ErrorCode.SOURCE_REFUSED,
        "{} shows this video only to its members or its owner.",
        f"If you are one of them: {_SIGN_IN[0].lower()}{_SIGN_IN[1:]}",
    ),
    _meaning(
        r"log(?:ged)?[- ]?in|sign in|registered users|credentials|--cookies|--username|password|authentication",
        ErrorCode.SOURCE_REFUSED,
        "{} shows this video only to people who are signed in.",
        _SIGN_IN,
    ),
    _PREMIERE,
    _NOT_RUNNING,
    _meaning(
        r"video unavailable|been (?:removed|deleted|terminated)|no longer available|(?:does not|doesn't) exist",
        ErrorCode.SOURCE_NOT_FOUND,
        "The video is no longer on {}.",
        "Check the link.",
    ),
    _meaning(
        r"no video formats|no video could be found|no media|not a valid URL|no longer supported|not be supported",
        ErrorCode.UNSUPPORTED_SITE,
        "FastClip finds no video behind this link on {}.",
        "Open the page of a single video and copy its link.",
    ),
)


_OF_DOWNLOADS = (
    _meaning(
        r"resolve|getaddrinfo|name or service|nodename|no address associated",
        ErrorCode.SOURCE_UNREACHABLE,
        "There is no host called {}.",
        "Check the link and your connection to the internet.",
    ),
    _meaning(
        r"refused",
        ErrorCode.SOURCE_UNREACHABLE,
        "{} does not answer: the connection was refused.",
        "Check the link, or try again later.",
    ),
    _meaning(
        r"timed out|timeout",
        ErrorCode.SOURCE_UNREACHABLE,
        "{} did not answer in time.",
        _LATER,
    ),
    _meaning(
        r"\bSSL|\bTLS",
        ErrorCode.SOURCE_UNREACHABLE,
        "No safe connection to {} could be made.",
        "Check the link; a few old servers answer only to http://.",
    ),
    _meaning(
        r"data blocks|file is empty",
        ErrorCode.SOURCE_EMPTY,
        "{} sent an empty file.",
        "Check the link.",
    ),
    _meaning(
        r"ffmpeg|\bDRM\b",
        ErrorCode.SOURCE_REFUSED,
        "The video on {} is encrypted in a way that FastClip does not open.",
        _BY_HAND,
    ),
    _meaning(
        r"got error|bytes read|downloaded \d|fragment|connection|network|aborted|reset",
        ErrorCode.SOURCE_UNREACHABLE,
        "The connection to {} broke.",
        _LATER,
    ),
)


def full_disk(error: BaseException) -> OSError | None:
    """The refusal of a full disk, if that is what yt-dlp stumbled over."""
    return next((link for link in _chain(error) if isinstance(link, OSError) and is_disk_full(link)), None)


def explain(error: BaseException, url: str) -> FastClipError:
    """Say what happened to a link; the answer is to be raised.

    Returns:
        Our own error where the chain holds one; ``source_refused`` for logins, age, country, robots,
        DRM and the statuses 401, 403 and their like; ``source_not_found`` for 404, 410 and removed videos;
        ``source_unreachable`` for the network, 429 and the statuses from 500; ``live_source``; ``source_empty``; and
        ``unsupported_site`` for the rest.
    """
    chain = _chain(error)
    for ours in chain:
        if isinstance(ours, FastClipError):
            return ours
    # The module's own words, without the id that yt-dlp puts before them: it comes from the link and may say anything.
    said = " ".join(clean_line(str(link.orig_msg)) for link in chain if isinstance(link, ExtractorError))
    return _site_words(chain, said, url) or _network(chain, url) or _by_text(said or str(error), url)


def playlist_error(url: str, count: int, counted_to: int, entries: tuple[ListedMedia, ...] = ()) -> InputError:
    """Say that a link names several videos, which come with the answer, or none."""
    if count == 0:
        return InputError(
            ErrorCode.UNSUPPORTED_SITE,
            f"The list at {shown(url)} is empty.",
            "Open the page of a single video and copy its link.",
        )
    number = f"more than {counted_to}" if count >= counted_to else str(count)
    return SeveralMedia(
        ErrorCode.PLAYLIST_SOURCE,
        f"{shown(url)} is a list of {number} videos.",
        "Choose one of them and give its own link.",
        entries,
    )


def _chain(error: BaseException) -> tuple[BaseException, ...]:
    """The error and everything that led to it, outermost first: Python's links and yt-dlp's two own ones."""
    chain = [error]
    for link in chain:
        kept = getattr(link, "exc_info", None)
        causes = (link.__cause__, getattr(link, "cause", None), kept[1] if kept else None, link.__context__)
        chain += [cause for cause in causes if isinstance(cause, BaseException) and cause not in chain]
    return tuple(chain)


def _site_words(chain: tuple[BaseException, ...], said: str, url: str) -> InputError | None:
    host = host_of(url)
    for error in chain:
        if isinstance(error, UnsupportedError):
            return InputError(
                ErrorCode.UNSUPPORTED_SITE,
                f"FastClip finds no video at {shown(url)}.",
                "Open the page of a single video and copy its link.",
            )
        if isinstance(error, GeoRestrictedError):
            return _COUNTRY.about(host)
        if isinstance(error, UserNotLive):
            return _NOT_RUNNING.about(host)
    # What follows a status is the server's phrase for it, and the status itself says more.
    words = said.partition("HTTP Error")[0]
    return next((meaning.about(host) for meaning in _OF_SITES if meaning.words.search(words)), None)


def _network(chain: tuple[BaseException, ...], url: str) -> InputError | None:
    host = host_of(url)
    for error in chain:
        if isinstance(error, HTTPError):
            if error.redirect_loop:
                return UnavailableError(
                    ErrorCode.SOURCE_UNREACHABLE, f"{host} redirects in a circle.", "Check the link."
                )
            return _by_status(int(error.status), url)
        if isinstance(error, CertificateVerifyError):
            return UnavailableError(
                ErrorCode.SOURCE_UNREACHABLE,
                f"{host} cannot prove that it is {host}: its certificate is not trusted.",
                "Check the link and this machine's clock.",
            )
    for error in chain:
        if isinstance(error, (RequestError, ContentTooShortError)):
            return _by_text(f"network: {error}", url)
    return None


def _by_status(status: int, url: str) -> InputError:
    host = host_of(url)
    try:
        answer = f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        answer = str(status)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return InputError(
            ErrorCode.SOURCE_NOT_FOUND, f"{host} has nothing at {shown(url)}: {answer}.", "Check the link."
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return UnavailableError(
            ErrorCode.SOURCE_UNREACHABLE, f"{host} asks FastClip to slow down: {answer}.", "Try again in some minutes."
        )
    if status >= 500 or status == HTTPStatus.REQUEST_TIMEOUT:
        return UnavailableError(
            ErrorCode.SOURCE_UNREACHABLE, f"{host} has trouble of its own with {shown(url)}: {answer}.", _LATER
        )
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return UnavailableError(
            ErrorCode.SOURCE_UNREACHABLE, f"{host} has less of {shown(url)} than was said: {answer}.", _LATER
        )
    way_out = _SIGN_IN if status == HTTPStatus.UNAUTHORIZED else _BY_HAND
    return InputError(ErrorCode.SOURCE_REFUSED, f"{host} refuses {shown(url)}: {answer}.", way_out)


def _by_text(text: str, url: str) -> InputError:
    """The last resort: what the text of a network or downloader error says."""
    host = host_of(url)
    text = _ASKED_FOR.sub("", text)
    status = re.search(r"HTTP Error (\d{3})\b", text)
    if status:
        return _by_status(int(status[1]), url)
    for meaning in _OF_DOWNLOADS:
        if meaning.words.search(text):
            return meaning.about(host)
    return InputError(
        ErrorCode.UNSUPPORTED_SITE,
        f"FastClip cannot make sense of what {host} answers for {shown(url)}.",
        "The site may have changed: run `fastclip update-sites`, or download the video in your browser.",
    )
