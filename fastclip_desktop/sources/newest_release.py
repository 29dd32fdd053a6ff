"""Whether there is a newer FastClip, asked only when a person asks, or allowed the window to ask.

Nothing is fetched but the registry's list of files, and nothing installed: how FastClip came onto a machine is the
business of whoever brought it there.
"""

from __future__ import annotations

from packaging.version import Version
from yt_dlp.networking.exceptions import HTTPError, RequestError

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import LookForRelease, Release
from fastclip_desktop.sources.registry import check_index, newest_wheel
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.wording import host_of
from fastclip_desktop.sources.ytdlp import SiteSession

_PROJECT = "fastclip-desktop"
_NOT_FOUND = 404


def newest_release(request: LookForRelease, reporter: Reporter) -> Release:
    """Ask the registry which release is the newest.

    Raises:
        InputError: ``bad_update`` where it knows of none or is no registry, ``offline``, and the network's.
        Cancelled: if the reporter says so.
    """
    try:
        check_index(request.index)
        with SiteSession(reporter, link=request.index) as session:
            newest = newest_wheel(session, request.index, _PROJECT).version
    except HTTPError as error:
        if error.status != _NOT_FOUND:
            raise explain(error, request.index) from error
        raise _untold(f"{host_of(request.index)} knows of no release of FastClip.") from error
    except RequestError as error:
        raise explain(error, request.index) from error
    except InputError as error:
        if error.code is not ErrorCode.BAD_UPDATE:
            raise
        raise _untold(error.message) from error  # its hint is about yt-dlp
    return Release(__version__, str(newest), is_newer=newest > Version(__version__))


def _untold(sentence: str) -> InputError:
    return InputError(ErrorCode.BAD_UPDATE, sentence, "Look where you got this one from.")
