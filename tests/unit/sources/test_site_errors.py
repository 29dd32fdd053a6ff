"""The words of site modules, as they were found in yt-dlp's own source, and what must not be mistaken for them.

What the network really does is tried on a real server in test_site.py and test_fetch.py.
"""

from __future__ import annotations

import errno

import pytest
from yt_dlp.networking.exceptions import CertificateVerifyError, IncompleteRead, TransportError
from yt_dlp.utils import DownloadError, ExtractorError, GeoRestrictedError, UnsupportedError, UserNotLive

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.sources.site_errors import explain, full_disk, playlist_error

URL = "https://video.example/watch?v=login-drm-geo-restricted"


def wrapped(error: Exception) -> DownloadError:
    """As yt-dlp wraps what a site module raised: with the error as the context, and as text with a colour."""
    outer = DownloadError(f"\x1b[0;31mERROR:\x1b[0m {error}")
    outer.__context__ = error
    return outer


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        ("This video is DRM protected", ErrorCode.SOURCE_REFUSED, "DRM"),
        ("Sign in to confirm you\u2019re not a bot. Use --cookies-from-browser", ErrorCode.SOURCE_REFUSED, "robot"),
        ("Sign in to confirm your age. This video may be inappropriate", ErrorCode.SOURCE_REFUSED, "age"),
        ("Private video. Sign in if you've been granted access", ErrorCode.SOURCE_REFUSED, "members"),
        ("Join this channel to get access to members-only content", ErrorCode.SOURCE_REFUSED, "members"),
        ("This video requires payment to watch", ErrorCode.SOURCE_REFUSED, "members"),
        ("This video is only available for registered users. Use --username", ErrorCode.SOURCE_REFUSED, "signed in"),
        ("You need to log in to watch this", ErrorCode.SOURCE_REFUSED, "signed in"),
        ("The uploader has not made this video available in your country", ErrorCode.SOURCE_REFUSED, "country"),
        ("This live event will begin in 3 hours.", ErrorCode.LIVE_SOURCE, "not running"),
        ("Premieres in 20 minutes", ErrorCode.LIVE_SOURCE, "premiere"),
        ("Video unavailable. This video has been removed by the uploader", ErrorCode.SOURCE_NOT_FOUND, "no longer"),
        ("No video formats found!", ErrorCode.UNSUPPORTED_SITE, "no video"),
        ("'x' is not a valid URL", ErrorCode.UNSUPPORTED_SITE, "no video"),
        ("Unable to extract player data; please report this issue", ErrorCode.UNSUPPORTED_SITE, "make sense"),
    ],
)
def test_the_words_of_site_modules_are_understood(words: str, code: ErrorCode, part: str) -> None:
    error = explain(wrapped(ExtractorError(words, expected=True, video_id="login-drm")), URL)
    assert error.code is code
    assert part in error.message
    assert "video.example" in error.message


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (GeoRestrictedError("Not here", countries=["DE"]), ErrorCode.SOURCE_REFUSED),
        (UserNotLive(), ErrorCode.LIVE_SOURCE),
        (UnsupportedError(URL), ErrorCode.UNSUPPORTED_SITE),
        (CertificateVerifyError("CERTIFICATE_VERIFY_FAILED"), ErrorCode.SOURCE_UNREACHABLE),
        (IncompleteRead(partial=5, expected=9), ErrorCode.SOURCE_UNREACHABLE),
        (TransportError("something new"), ErrorCode.SOURCE_UNREACHABLE),
        (KeyError("formats"), ErrorCode.UNSUPPORTED_SITE),
        (RecursionError(), ErrorCode.UNSUPPORTED_SITE),
    ],
)
def test_classes_of_errors_have_their_codes(error: Exception, code: ErrorCode) -> None:
    explained = explain(wrapped(error), URL)
    assert explained.code is code
    assert isinstance(explained, UnavailableError) == (code is ErrorCode.SOURCE_UNREACHABLE)


def test_an_untrusted_certificate_is_told_apart_from_a_broken_line() -> None:
    assert "certificate" in explain(wrapped(CertificateVerifyError("failed")), URL).message


def test_words_in_the_link_or_the_status_phrase_mean_nothing() -> None:
    message = "Unable to download webpage: HTTP Error 404: Please log in, not a bot, DRM"
    assert explain(wrapped(ExtractorError(message, video_id="private-video")), URL).code is ErrorCode.SOURCE_NOT_FOUND


def test_words_in_the_path_mean_nothing_to_a_broken_connection() -> None:
    text = "HTTPConnectionPool(host='h', port=1): Max retries exceeded with url: /resolve/refused (Caused by timed out)"
    assert "in time" in explain(wrapped(TransportError(text)), URL).message


def test_our_own_errors_come_out_as_they_went_in() -> None:
    for ours in (Cancelled(), InputError(ErrorCode.SOURCE_TOO_LARGE, "Too large.")):
        assert explain(wrapped(ours), URL) is ours


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_found_behind_the_text(number: int) -> None:
    full = OSError(number, "No space left on device")
    assert full_disk(wrapped(full)) is full
    assert full_disk(wrapped(ConnectionResetError(errno.ECONNRESET, "reset"))) is None


def test_a_chain_that_bites_its_tail_ends() -> None:
    first, second = ExtractorError("a", expected=True), ExtractorError("b", expected=True)
    first.cause, second.cause = second, first
    assert isinstance(explain(first, URL), FastClipError)


def test_lists_are_counted() -> None:
    assert "12 videos" in playlist_error(URL, 12, 100).message
    assert "more than 100 videos" in playlist_error(URL, 100, 100).message
    assert playlist_error(URL, 0, 100).code is ErrorCode.UNSUPPORTED_SITE
