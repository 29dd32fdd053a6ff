"""Opens the streams that an output needs on a site, so that only the parts that are read get here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastclip_desktop.domain.disk_use import MOST_FETCHED
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.byte_cache import ByteCache
from fastclip_desktop.sources.download_room import download_room
from fastclip_desktop.sources.fragments import Fragments, dash_fragments
from fastclip_desktop.sources.guarded_network import MOST_PAGE_BYTES
from fastclip_desktop.sources.hls_playlist import hls_fragments
from fastclip_desktop.sources.offers import Choice, Offer, choose
from fastclip_desktop.sources.pieces import Pieces
from fastclip_desktop.sources.remote import RemoteFile, open_remote
from fastclip_desktop.sources.remote_answer import Address
from fastclip_desktop.sources.site import check_watchable, downloads, offer_of
from fastclip_desktop.sources.site_fields import extension_of, number_of, text_of
from fastclip_desktop.sources.small_files import Download
from fastclip_desktop.sources.speech_offer import choose_for_speech
from fastclip_desktop.sources.wording import host_of, shown
from fastclip_desktop.sources.ytdlp import SiteSession

_TYPICAL_SHARES = {"picture": 0.9, "sound": 0.1}
"""Of the bytes, where the site doesn't say how large its files are."""


Pick = Callable[[Sequence[Offer], OutputSpec], Choice]
"""Chooses among a site's downloads; see :func:`~fastclip_desktop.sources.offers.choose`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One download that is open.

    Attributes:
        name: what it is called where it is kept.
        source: what brings its bytes, or a file that came whole.
    """

    name: str
    source: RemoteFile | Pieces | Path

    def keep(self, path: Path) -> None:
        """Put what is here to a path, where it stays.

        Raises:
            OSError: if that cannot be done.
        """
        match self.source:
            case RemoteFile() as remote:
                remote.lay_out(path)
            case Pieces() as pieces:
                pieces.path.replace(path)
            case Path() as whole:
                whole.replace(path)


@dataclass(frozen=True, slots=True)
class Streams:
    """What an output needs from a site, open; both are the same part where the site has them together."""

    picture: Part | None
    sound: Part | None
    meter: Meter
    session: SiteSession

    @property
    def parts(self) -> tuple[Part, ...]:
        """Each once, the picture first."""
        both = (self.picture, self.sound if self.sound is not self.picture else None)
        return tuple(part for part in both if part is not None)

    def keep(self, folder: Path) -> FetchedMedia:
        """Put what is here into a folder, where it stays.

        Raises:
            OSError: if that cannot be done.
        """
        for part in self.parts:
            part.keep(folder / part.name)
        return FetchedMedia(
            None if self.picture is None else folder / self.picture.name,
            None if self.sound is None else folder / self.sound.name,
            self.meter.moved + self.session.looked,
        )


@contextmanager
def open_streams(request: FetchMedia, reporter: Reporter, pick: Pick = choose) -> Iterator[Streams]:
    """Open what the output needs; ``pick`` says what that is.

    The parts are called ``picture`` and ``sound`` with the extension of their container. Those that can only be had
    whole are downloaded here. What is not kept by the end is gone, but for what lies in the cache.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    with (
        download_room(request.folder) as room,
        SiteSession(reporter, request.access) as session,
        ExitStack() as stack,
    ):
        find = _Finder(session, request.media.page_url, request.output, pick)
        forms = find()
        cache = ByteCache(request.cache or room / "cache", MOST_FETCHED)
        meter = Meter(reporter, forms)
        opener = _Opener(stack, session, find, cache, room, reporter, meter)
        opened = {name: opener.open(name, form) for name, form in forms.items()}
        picture = opened.get("picture") if find.wants_picture else None
        sound = (opened.get("sound") or opened.get("picture")) if find.wants_sound else None
        yield Streams(picture, sound, meter, session)
        if request.cache is not None:
            cache.tidy()


def fetch_speech(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Download the smallest sound in which the words can be heard, all of it; spans and output play no part.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    return fetch_media(request, reporter, choose_for_speech)


def fetch_media(request: FetchMedia, reporter: Reporter, pick: Pick = choose) -> FetchedMedia:
    """Download what the output needs, all of it.

    Nothing is left in the folder if the download fails or is stopped.

    Raises:
        InputError: all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    with open_streams(request, reporter, pick) as streams:
        for part in streams.parts:
            streams.meter.begin(Path(part.name).stem)
            bring_whole(part, streams.meter)
        return streams.keep(request.folder)


def bring_whole(part: Part, meter: Meter) -> None:
    """Bring what is missing of a part.

    Raises:
        FastClipError: what the network or the server is at fault for.
        Cancelled: if the fetch was stopped.
    """
    match part.source:
        case RemoteFile() as remote:
            meter.expect(remote.missing([(0, remote.size)]))
            remote.fetch([(0, remote.size)])
        case Pieces() as pieces:
            pieces.whole()
        case Path():
            pass


class _Finder:
    """Finds the wanted downloads on a page, again where their addresses have expired."""

    def __init__(self, session: SiteSession, url: str, output: OutputSpec, pick: Pick) -> None:
        self._session = session
        self._url = url
        self._output = output
        self._pick = pick
        self.wants_picture = False
        self.wants_sound = False

    def __call__(self) -> dict[str, dict[str, Any]]:
        """yt-dlp's entries for ``picture`` and ``sound``; that has none of its own where it comes with the picture.

        Raises:
            InputError: all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        """
        info = self._session.extract(self._url)
        check_watchable(info, self._url)
        forms = downloads(info)
        choice = self._pick([offer_of(number, form) for number, form in enumerate(forms)], self._output)
        self.wants_picture, self.wants_sound = choice.picture is not None, choice.sound is not None
        wanted: dict[str, Offer] = {}
        if choice.picture is not None:
            wanted["picture"] = choice.picture
        if choice.sound is not None and choice.sound != choice.picture:
            wanted["sound"] = choice.sound
        return {name: {**info, **forms[offer.number]} for name, offer in wanted.items()}

    def again(self, name: str, form_id: str) -> dict[str, Any]:
        """yt-dlp's entry for one of them as it is now.

        Raises:
            InputError: ``source_not_found`` if the site no longer offers it, and all that :meth:`__call__` raises.
        """
        form = self().get(name)
        if form is None or text_of(form, "format_id") != form_id:
            raise self.gone()
        return form

    def gone(self) -> InputError:
        """Say that what was begun cannot be gone on with."""
        return InputError(
            ErrorCode.SOURCE_NOT_FOUND,
            f"{host_of(self._url)} no longer offers what was begun of {shown(self._url)}.",
            "Try again.",
        )


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens downloads one by one; what it opens is closed by the stack."""

    stack: ExitStack
    session: SiteSession
    find: _Finder
    cache: ByteCache
    room: Path
    reporter: Reporter
    meter: Meter

    def open(self, name: str, form: Mapping[str, Any]) -> Part:
        self.meter.begin(name)
        file_name = f"{name}.{extension_of(form) or 'media'}"
        form_id = text_of(form, "format_id")
        if _is_one_file(form):
            remote = open_remote(
                self.session,
                _address_of(form),
                lambda: _address_of(self.find.again(name, form_id)),
                self.cache,
                _cache_name(form),
                self.reporter,
                self.meter.count,
            )
            if remote is not None:
                return Part(file_name, self.stack.enter_context(remote))
        fragments = self._fragments(form)
        path = self.room / file_name
        if fragments is not None:
            rate = float(number_of(form.get("tbr")) or 0) * 1000 / 8
            # Pieces have no facts of a whole file; how they are cut has to do.
            kept = self.cache.folder(f"{_cache_name(form)} {fragments.duration} {len(fragments.pieces)}")
            download = Download(
                self.session, str(form["url"]), _address_of(form).headers, self.reporter, self.meter.count
            )

            def renew() -> tuple[Fragments, Mapping[str, str]]:
                now = self.find.again(name, form_id)
                found = self._fragments(now)
                if found is None or not found.goes_on(fragments):
                    raise self.find.gone()
                return found, _address_of(now).headers

            return Part(file_name, Pieces(download, fragments, kept, path, rate, self.meter.reach, renew))
        self.session.download(form, path, self.meter.count_file)
        return Part(file_name, path)

    def _fragments(self, form: Mapping[str, Any]) -> Fragments | None:
        if any(form.get(key) for key in _BEYOND_US):
            return None
        protocol = form.get("protocol")
        if protocol == "http_dash_segments":
            return dash_fragments(form)
        if protocol not in ("m3u8", "m3u8_native"):
            return None
        url = str(form["url"])
        said = form.get("hls_media_playlist_data")
        if isinstance(said, str):
            return hls_fragments(said, url)
        found: list[bytes] = []
        download = Download(self.session, str(form["url"]), _address_of(form).headers, self.reporter, self.meter.count)
        try:
            download.together([lambda watch: found.append(download.load(url, 0, None, watch, most=MOST_PAGE_BYTES))])
        except InputError:
            return None  # yt-dlp will find more ways, or the words for it
        return hls_fragments(found[0].decode(errors="replace"), download.landed.get(url, url))


_BEYOND_US = ("extra_param_to_segment_url", "extra_param_to_key_url", "hls_aes", "format_index", "is_live")
"""Orders of yt-dlp's modules to its own downloaders."""


def _is_one_file(form: Mapping[str, Any]) -> bool:
    return form.get("protocol", "https") in ("http", "https") and not form.get("request_data")


def _address_of(form: Mapping[str, Any]) -> Address:
    headers = form.get("http_headers")
    return Address(str(form["url"]), {str(key): str(value) for key, value in dict(headers or {}).items()})


def _cache_name(form: Mapping[str, Any]) -> str:
    """What a download is, whichever signed address it has today: the page's and the format's own names."""
    page = text_of(form, "webpage_url") or text_of(form, "original_url") or str(form["url"])
    return " ".join((page, text_of(form, "id"), text_of(form, "format_id"), extension_of(form)))


class Meter:
    """Counts the bytes of one download after the other and reports how much of all is done.

    Attributes:
        moved: bytes that came over the network.
    """

    def __init__(self, reporter: Reporter, forms: Mapping[str, Mapping[str, Any]]) -> None:
        self._reporter = reporter
        self._shares = _shares(forms)
        self._done = dict.fromkeys(self._shares, 0.0)
        self._name = ""
        self._expected = 0
        self._came = 0
        self._on_disk = 0
        self.moved = 0

    def begin(self, name: str) -> None:
        """What comes from now on is of this download."""
        self._name = name
        self._expected = self._came = self._on_disk = 0

    def expect(self, more: int) -> None:
        """So many bytes are still to come of this download; before that is said nothing counts as done."""
        self._expected = self._came + more

    def count(self, came: int) -> None:
        """So many bytes came."""
        self.moved += came
        self._came += came
        self._report(self._came, self._expected)

    def reach(self, part: float) -> None:
        """Such a part of this download is here, 0..1."""
        self._report(round(part * 1000), 1000)

    def count_file(self, on_disk: int, expected: int | None) -> None:
        """A file that comes whole has so many bytes by now."""
        # After a break that the server couldn't continue from, a file starts again from nothing.
        self.moved += on_disk if on_disk < self._on_disk else on_disk - self._on_disk
        self._on_disk = on_disk
        self._report(on_disk, expected or 0)

    def _report(self, part: int, whole: int) -> None:
        if whole:
            self._done[self._name] = max(self._done[self._name], min(1.0, part / whole))
        self._reporter.report(sum(self._shares[name] * done for name, done in self._done.items()))


def _shares(forms: Mapping[str, Mapping[str, Any]]) -> dict[str, float]:
    sizes = {name: form.get("filesize") or form.get("filesize_approx") for name, form in forms.items()}
    known = {name: float(size) for name, size in sizes.items() if isinstance(size, (int, float)) and size > 0}
    weights = known if len(known) == len(forms) else {name: _TYPICAL_SHARES[name] for name in forms}
    return {name: weight / sum(weights.values()) for name, weight in weights.items()}
