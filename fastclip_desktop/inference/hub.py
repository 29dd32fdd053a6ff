"""What a model hub says and sends, asked as nobody: no token, no cookie, nothing about this machine.

``huggingface_hub`` speaks with it: it goes through the proxies that the environment names, trusts the certificates
that the system trusts, and knows the hub's faults. Its own downloads begin anew in every process (2.4.0 gives each
partial file a name of its own), and its transfers in chunks of 10 MiB leave the watchdog without a sign of life on a
slow line. So its session is asked for byte ranges here, and what comes is written by whoever asked. ``HfApi`` is left
alone, for it tells the hub which programs it runs in, after asking the hub for a list of those.
"""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit

import httpx2
from huggingface_hub import ModelInfo, close_session, get_session, hf_hub_url, is_offline_mode, set_client_factory
from huggingface_hub.errors import HFValidationError

from fastclip_desktop import __version__, outside
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError, UsageError
from fastclip_desktop.domain.model import KnownModel, ModelOffer, OfferedFile
from fastclip_desktop.domain.model_hub import is_hub_address

_PATIENCE = httpx2.Timeout(30.0, connect=10.0)
"""Seconds without a byte, and until a connection stands."""

_LATER = (408, 425, 429, 500, 502, 503, 504)
"""Statuses after which the same request may well succeed."""

_NO_SUCH_RANGE = 416

_COMMIT = re.compile(r"[0-9a-f]{40}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NUMBER = re.compile(r"\[Errno -?[0-9]+\] ")
"""What the system calls a fault, which is of no use to a person."""

_NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)

_HINT = "Try again when the network is there; what has come is kept. A model can also be imported from a file."
_CERTIFICATE_HINT = "Behind a company's proxy, add its certificate to the system's, or name its file in SSL_CERT_FILE."

_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)", re.ASCII)
_LONGEST_LICENCE = 100
_LONGEST_ANSWER = 20 * 1000**2


@dataclass(frozen=True, slots=True)
class Stream:
    """Bytes of a file on their way.

    Attributes:
        start: the offset of the first of them; not always the one that was asked for.
        blocks: the bytes from there on, as they come: what waits to fill a block is lost when a connection breaks.
    """

    start: int
    blocks: Iterator[bytes]


class HubVisit:
    """A session with one hub; leave it to close its connections.

    Args:
        address: the hub's.

    Raises:
        UsageError: ``bad_usage`` for an address that is none.
    """

    def __init__(self, address: str) -> None:
        if not is_hub_address(address):
            raise UsageError(
                ErrorCode.BAD_USAGE,
                f"{address!r} is no address of a model hub.",
                "It has to start with https://; look at model_hub in the preferences and at HF_ENDPOINT.",
            )
        self._address = address.rstrip("/")
        self._host = urlsplit(address).hostname or address

    def __enter__(self) -> Self:
        set_client_factory(_anonymous_client)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        close_session()

    def offer(self, known: KnownModel) -> ModelOffer | str:
        """What the hub offers for a line of the catalogue today, or a sentence on why it offers nothing.

        Raises:
            UnavailableError: ``hub_unreachable``.
        """
        with self._explained(known.name):
            try:
                info = self._info(known.repository)
            except httpx2.HTTPStatusError as error:
                if error.response.status_code in _LATER:
                    raise
                return f"{self._host} does not give {known.repository} to everybody any more."
            except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
                raise self._no_hub() from error
            if info.gated or info.private or info.disabled:
                return f"{self._host} gives {known.repository} only to those who have agreed to its terms there."
            return self._understood(known, info)

    def _info(self, repository: str) -> ModelInfo:
        url = f"{self._address}/api/models/{quote(repository)}"
        with get_session().stream("GET", url, params={"blobs": True}, timeout=_PATIENCE) as answer:
            answer.raise_for_status()
            data = b""
            for block in answer.iter_bytes():
                data += block
                if len(data) > _LONGEST_ANSWER:
                    raise ValueError("it answers far too much")
        return ModelInfo(**json.loads(data))  # type: ignore[no-untyped-call]  # the library's own has no types

    @contextlib.contextmanager
    def stream(self, offer: ModelOffer, file: OfferedFile, start: int) -> Iterator[Stream]:
        """The bytes of a file, from ``start`` on where the hub can begin there; none, from 0 on, where it has fewer.

        Raises:
            UnavailableError: ``hub_unreachable``: it does not answer, or breaks off.
            InputError: ``model_refused``: it has no such file for us.
        """
        url = hf_hub_url(offer.repository, file.name, revision=offer.revision, endpoint=self._address)
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with self._explained(offer.name):
            self._check_online()
            with get_session().stream("GET", url, headers=headers, timeout=_PATIENCE) as answer:
                try:
                    answer.raise_for_status()
                except httpx2.HTTPStatusError as error:
                    if error.response.status_code in _LATER:
                        raise
                    if start and error.response.status_code == _NO_SUCH_RANGE:
                        yield Stream(0, iter(()))
                        return
                    raise InputError(
                        ErrorCode.MODEL_REFUSED,
                        f"{self._host} does not give {file.name} of {offer.repository} to everybody.",
                        "Choose another model, or import this one from a file.",
                    ) from error
                yield Stream(_start_of(answer), answer.iter_bytes())

    def _check_online(self) -> None:
        outside.check(self._host)
        if is_offline_mode():
            raise UnavailableError(
                ErrorCode.HUB_UNREACHABLE,
                "HF_HUB_OFFLINE is set, which keeps every program from the model hub.",
                "Unset it, or import the model from a file.",
            )

    @contextlib.contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        try:
            self._check_online()
            yield
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, HFValidationError) as error:
            distrusted = "CERTIFICATE_VERIFY_FAILED" in str(error)
            raise UnavailableError(
                ErrorCode.HUB_UNREACHABLE,
                f"{self._host} cannot be reached for {name}: "
                f"{'its certificate is not trusted' if distrusted else _reason(error)}.",
                _CERTIFICATE_HINT if distrusted else _HINT,
            ) from error

    def _understood(self, known: KnownModel, info: ModelInfo) -> ModelOffer | str:
        if not isinstance(info.sha, str) or not _COMMIT.fullmatch(info.sha):
            raise self._no_hub()
        files = {file.name: file for each in info.siblings or () if (file := _offered(each)) is not None}
        chosen: list[OfferedFile] = []
        for pattern in (*known.files, *known.optional):
            fitting = sorted(name for name in files if fnmatch.fnmatchcase(name, pattern))
            if fitting:
                chosen.append(files[fitting[-1]])
            elif pattern in known.files:
                return f"{self._host} has no {pattern} in {known.repository} any more."
        return ModelOffer(known.name, known.kind, known.repository, info.sha, _licence(info), tuple(chosen))

    def _no_hub(self) -> UnavailableError:
        return UnavailableError(
            ErrorCode.HUB_UNREACHABLE,
            f"{self._host} does not answer as a model hub does.",
            "Look at model_hub in the preferences and at HF_ENDPOINT; behind a login page of a network, log in first.",
        )


def _anonymous_client() -> httpx2.Client:
    return httpx2.Client(event_hooks={"request": [_make_anonymous]}, follow_redirects=True, timeout=_PATIENCE)


def _make_anonymous(request: httpx2.Request) -> None:
    for header in ("Cookie", "Authorization"):
        request.headers.pop(header, None)
    request.headers["User-Agent"] = f"fastclip/{__version__}"


def _start_of(answer: httpx2.Response) -> int:
    if answer.status_code != 206:
        return 0
    match = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", ""))
    if match is None or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise httpx2.RemoteProtocolError("it sent a part of the file without saying which")
    return int(match[1])


def _offered(sibling: object) -> OfferedFile | None:
    """A file of the hub's list, ``None`` where it is none that could be checked and kept."""
    name, size = getattr(sibling, "rfilename", None), getattr(sibling, "size", None)
    lfs, git_sha1 = getattr(sibling, "lfs", None), getattr(sibling, "blob_id", None)
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
        return None
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.search(r'[\\:*?"<>|\x00-\x1f\x7f]', name) or str(path) != name:
        return None
    sha256 = getattr(lfs, "sha256", None)
    if isinstance(sha256, str) and _SHA256.fullmatch(sha256):
        return OfferedFile(name, size, sha256=sha256)
    if lfs is None and isinstance(git_sha1, str) and _COMMIT.fullmatch(git_sha1):
        return OfferedFile(name, size, git_sha1=git_sha1)
    return None


def _licence(info: ModelInfo) -> str:
    stated = [tag.removeprefix("license:") for tag in info.tags or () if str(tag).startswith("license:")]
    card = info.card_data
    names = [getattr(card, "license_name", None)] if stated in ([], ["other"]) else []
    names += [getattr(card, "license", None)] if not stated else []
    words = [str(name) for name in names if isinstance(name, str) and name] or stated
    return "".join(letter for letter in ", ".join(words) if letter.isprintable())[:_LONGEST_LICENCE]


def _reason(error: Exception) -> str:
    """Why, without a dot; what is none of the common reasons, in the library's words."""
    if isinstance(error, httpx2.HTTPStatusError):
        return f"it answers {error.response.status_code}"
    if isinstance(error, httpx2.TimeoutException):
        return "it did not answer in time"
    for fault in _causes(error):
        if isinstance(fault, socket.gaierror):
            return "no name server knows it, or none answers"
        if isinstance(fault, ConnectionRefusedError):
            return "the connection was refused"
        if isinstance(fault, OSError) and fault.errno in _NO_WAY:
            return "this machine has no connection to it"
    text = _NUMBER.sub("", " ".join(str(error).split())) or type(error).__name__
    return "".join(letter for letter in text if letter.isprintable())[:200].rstrip(".")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, the nearest first."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
