"""Keeping yt-dlp fresh, and knowing of newer releases."""

from __future__ import annotations

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import LookForRelease, Release, SitesUpdated, TellSites, TrySites, UpdateSites


def perform(
    request: UpdateSites | TrySites | TellSites | LookForRelease, reporter: Reporter
) -> SitesUpdated | Release | str:
    """Update yt-dlp, be the trial of an update, say which one is used, or which FastClip is the newest.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_update.update_sites` and
            :func:`~fastclip_desktop.sources.newest_release.newest_release` raise.
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
        case LookForRelease():
            from fastclip_desktop.sources.newest_release import newest_release

            return newest_release(request, reporter)
