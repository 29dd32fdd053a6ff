"""What was fetched for a job's clips, and more of it where a clip turns out to need more."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TypeVar

from fastclip_desktop.domain.errors import BytesNotFetched
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach

ResultT = TypeVar("ResultT")


class Supply:
    """The files that a job's clips are made of.

    A fetch brings what a cut should read. Where a source is odder than its index says, a wrong guess costs time but
    never a wrong clip: what lies around is fetched besides, and at last all of it.

    Args:
        fetch: carries out a request.
        requests: one a source.
    """

    def __init__(self, fetch: Callable[[FetchMedia], FetchedMedia], requests: Sequence[FetchMedia]) -> None:
        self._fetch = fetch
        self._requests = requests
        self._further = iter((Reach.WIDE, Reach.WHOLE))
        self.fetched = tuple(fetch(request) for request in requests)

    def use(self, work: Callable[[tuple[FetchedMedia, ...]], ResultT]) -> ResultT:
        """Do something with the files, again with more of them as long as bytes are missing.

        Raises:
            FastClipError: what the work or a fetch raises.
        """
        while True:
            try:
                return work(self.fetched)
            except BytesNotFetched:
                reach = next(self._further, None)
                if reach is None:
                    raise
                self._fetch_more(reach)

    def _fetch_more(self, reach: Reach) -> None:
        more = [self._fetch(dataclasses.replace(request, reach=reach)) for request in self._requests]
        self.fetched = tuple(
            dataclasses.replace(now, bytes_moved=before.bytes_moved + now.bytes_moved)
            for before, now in zip(self.fetched, more, strict=True)
        )
