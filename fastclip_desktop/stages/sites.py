"""Keeping yt-dlp fresh."""

from __future__ import annotations

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import SitesUpdated, TrySites, UpdateSites


def perform(request: UpdateSites | TrySites, reporter: Reporter) -> SitesUpdated:
    """Update yt-dlp, or be the trial of an update.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_update.update_sites` raises.
        Cancelled: if the reporter says so.
    """
    match request:
        case TrySites(folder):
            from fastclip_desktop.sources.site_trial import run_trial

            return SitesUpdated("", run_trial(folder))
        case UpdateSites():
            from fastclip_desktop.sources.site_update import update_sites

            return update_sites(request, reporter)
