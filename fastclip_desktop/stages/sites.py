"""Keeping yt-dlp fresh."""

from __future__ import annotations

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import SitesUpdated, TellSites, TrySites, UpdateSites


def perform(request: UpdateSites | TrySites | TellSites, reporter: Reporter) -> SitesUpdated | str:
    """Update yt-dlp, be the trial of an update, or say which one is used.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_update.update_sites` raises.
        Cancelled: if the reporter says so.
    """
    match request:
        case TellSites():
            from fastclip_desktop.sources.newest_ytdlp import version_in_use

            return version_in_use()
        case TrySites(folder):
            from fastclip_desktop.sources.site_trial import run_trial

            return SitesUpdated("", run_trial(folder))
        case UpdateSites():
            from fastclip_desktop.sources.site_update import update_sites

            return update_sites(request, reporter)
