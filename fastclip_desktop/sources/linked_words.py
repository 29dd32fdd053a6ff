"""Brings a subtitle file to which somebody gave a link."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.site_captions import MOST_BYTES
from fastclip_desktop.sources.small_files import Download
from fastclip_desktop.sources.watched import Watch
from fastclip_desktop.sources.wording import host_of
from fastclip_desktop.sources.ytdlp import SiteSession


def fetch_linked_words(link: str, folder: Path, reporter: Reporter, access: Access = BY_A_PERSON) -> Path:
    """Download a subtitle file into an existing folder, whatever is in it.

    Args:
        link: an address that starts with http:// or https://.
        folder: where to put it.
        reporter: stops it.
        access: which addresses may be asked.

    Raises:
        InputError: ``source_too_large`` above
            :data:`~fastclip_desktop.sources.site_captions.MOST_BYTES`, ``output_not_writable`` or ``disk_full``, and
            all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    data = b""
    with SiteSession(reporter, access, link) as session:
        download = Download(session, link, {}, reporter, lambda _: None)

        def work(watch: Watch) -> None:
            nonlocal data
            data = download.load(link, 0, None, watch, most=MOST_BYTES)

        try:
            download.together([work])
        except InputError as error:
            if error.code is not ErrorCode.SOURCE_TOO_LARGE:
                raise
            raise InputError(
                error.code,
                f"The subtitle file on {host_of(link)} is larger than {MOST_BYTES // 1000**2} MB.",
                "Give the link of an SRT file.",
            ) from error
    path = folder / "given-words"
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Nothing can be written to {folder}: {error.strerror or error}.",
            "Free some space.",
        ) from error
    return path
