"""Fetches models from a hub, and checks every byte before anything is made of it.

What has come of a file lies under the name of the hash that it has to have, so that a try after a break, a kill or a
new commit of the repository goes on from there, and what belongs to something else is never mixed in::

    FOLDER/fetch.lock      held while a process works here
    FOLDER/parts/HASH      what has come of a file
    FOLDER/whole/NAME      files whose hash was right
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO, cast

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.model import KnownModel, ModelFile, ModelOffer, OfferedFile
from fastclip_desktop.domain.model_stages import FetchModel, StagedModel
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.inference.byte_count import ByteCount, Deliver
from fastclip_desktop.inference.content import CheckSpeech, Content, look_into
from fastclip_desktop.inference.hub import HubVisit
from fastclip_desktop.inference.staging import check_space, digests_of, size_of, staging

_TRIES = 5
"""Connections in a row that bring nothing."""

_PAUSE = 1.0
"""Seconds after the first of them; twice as long after each further one."""


def look_up(models: tuple[KnownModel, ...], hub: str, reporter: Reporter) -> tuple[ModelOffer | str, ...]:
    """What a hub offers for lines of the catalogue; see :class:`~fastclip_desktop.domain.model_stages.LookUpModels`.

    Raises:
        UsageError: ``bad_usage`` for an address that is none.
        UnavailableError: ``hub_unreachable``.
        Cancelled: on request.
    """
    offers = []
    with HubVisit(hub) as visit:
        for number, known in enumerate(models):
            reporter.report(number / len(models))
            offers.append(visit.offer(known))
    return tuple(offers)


def fetch_model(request: FetchModel, check_speech: CheckSpeech, reporter: Reporter, deliver: Deliver) -> StagedModel:
    """Bring a model into a folder.

    Args:
        request: what is wanted.
        check_speech: see :func:`~fastclip_desktop.inference.content.look_into`.
        reporter: gets the part that is done, and says when to stop.
        deliver: gets the bytes.

    Raises:
        UsageError: ``bad_usage`` for an address that is none.
        UnavailableError: ``hub_unreachable``, or ``model_busy`` while another process fetches it.
        InputError: ``model_refused``, ``disk_full``, ``output_not_writable``, or ``bad_model``: what came is not what
            was promised, or no model of that kind.
        Cancelled: on request.
    """
    offer, folder = request.offer, request.folder
    with staging(folder, offer.name) as whole:
        _forget_others(folder, offer)
        count = ByteCount(offer.size, reporter, deliver)
        done = {file.name: found for file in offer.files if (found := _already_whole(whole, file, count))}
        missing = [file for file in offer.files if file.name not in done]
        check_space(folder, sum(file.size - size_of(_part_of(folder, file)) for file in missing))
        with HubVisit(request.hub) as visit:
            for file in missing:
                done[file.name] = _fetch_file(visit, offer, file, folder, count)
        count.finish()
        content = _understood(offer, whole, check_speech)
    files = tuple(done[file.name] for file in offer.files)
    return StagedModel(content.kind, whole, content.main, files, content.licence)


def _understood(offer: ModelOffer, whole: Path, check_speech: CheckSpeech) -> Content:
    """What has come; nothing of it is kept where that is no model of its kind."""
    content = None
    try:
        content = look_into(whole, check_speech)
    finally:
        if content is None or content.kind is not offer.kind:
            shutil.rmtree(whole, ignore_errors=True)
    if content.kind is not offer.kind:
        raise InputError(
            ErrorCode.BAD_MODEL,
            f"{offer.repository} holds a model of the kind {content.kind} and not of the kind {offer.kind}.",
            "Choose another model.",
        )
    return content


def _forget_others(folder: Path, offer: ModelOffer) -> None:
    """Remove what earlier tries brought of files that are not part of this offer."""
    parts = {file.promise for file in offer.files}
    names = {file.name for file in offer.files}
    for path in (folder / "parts").glob("*"):
        if path.name not in parts:
            path.unlink()
    whole = folder / "whole"
    for path in whole.rglob("*"):
        if path.is_file() and path.relative_to(whole).as_posix() not in names:
            path.unlink()


def _part_of(folder: Path, file: OfferedFile) -> Path:
    return folder / "parts" / file.promise


def _already_whole(whole: Path, file: OfferedFile, count: ByteCount) -> ModelFile | None:
    path = whole / file.name
    if not path.is_file():
        return None
    found = _checked(path, file, count)
    if found is None:
        path.unlink()
    else:
        count.find(file.size)
    return found


def _checked(path: Path, file: OfferedFile, count: ByteCount) -> ModelFile | None:
    """What a file is if it is the promised one."""
    if size_of(path) != file.size:
        return None
    sha256, git_sha1 = digests_of(path, count, git=not file.sha256)
    if file.promise not in (sha256, git_sha1):
        return None
    return ModelFile(file.name, file.size, sha256, path.stat().st_mtime_ns)


def _fetch_file(visit: HubVisit, offer: ModelOffer, file: OfferedFile, folder: Path, count: ByteCount) -> ModelFile:
    """Bring one file; a wrong hash may be the fault of what an earlier try left, and is given one more chance."""
    part, target = _part_of(folder, file), folder / "whole" / file.name
    for parent in (part.parent, target.parent):
        parent.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        part.touch()
        if size_of(part) > file.size:
            part.write_bytes(b"")
        count.find(size_of(part))
        _complete(visit, offer, file, part, count)
        found = _checked(part, file, count)
        if found is not None:
            part.replace(target)
            return found
        count.find(-size_of(part))
        part.unlink()
    raise InputError(
        ErrorCode.BAD_MODEL,
        f"What came as {file.name} of {offer.repository} is not what the hub promises: it has another hash.",
        "Try again later, or over another network.",
    )


def _complete(visit: HubVisit, offer: ModelOffer, file: OfferedFile, part: Path, count: ByteCount) -> None:
    """Bring what a part lacks, over as many connections as it takes; give up when they bring nothing any more."""
    idle, furthest = 0, size_of(part)
    while (before := size_of(part)) < file.size:
        fault = UnavailableError(
            ErrorCode.HUB_UNREACHABLE,
            f"The hub sends {file.name} of {offer.repository} no further than byte {before} of {file.size}.",
            "Try again later; it goes on from there.",
        )
        try:
            _append(visit, offer, file, part, count)
        except UnavailableError as error:
            fault = error
        # A hub that can't begin in the middle has to get further than it did before.
        idle = 0 if size_of(part) > furthest else idle + 1
        furthest = max(furthest, size_of(part))
        if idle == _TRIES:
            raise fault
        if idle:
            count.cancel.wait(_PAUSE * 2 ** (idle - 1))
            count.cancel.check()


def _append(visit: HubVisit, offer: ModelOffer, file: OfferedFile, part: Path, count: ByteCount) -> None:
    """Write to a part what one connection brings."""
    start = size_of(part)
    # Unbuffered: what has come is in the file, whenever this process is killed.
    with visit.stream(offer, file, start) as stream, part.open("r+b", buffering=0) as raw:
        target = cast("BinaryIO", raw)
        place = stream.start if stream.start <= start else 0
        target.truncate(place)
        target.seek(place)
        count.find(place - start)
        if place != stream.start:
            return
        for block in stream.blocks:
            if place + len(block) > file.size:
                target.truncate(0)
                count.find(-place)
                raise UnavailableError(
                    ErrorCode.HUB_UNREACHABLE,
                    f"The hub sends more of {file.name} of {offer.repository} than it promises.",
                    "Try again later, or over another network.",
                )
            _write(target, block)
            place += len(block)
            count.add(len(block))


def _write(target: BinaryIO, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[target.write(rest) :]
