from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import BytesNotFetched, ErrorCode
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia, Reach
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.supply import Supply

MISSING = BytesNotFetched(ErrorCode.INTERNAL, "Byte 7 is needed.")


class Source:
    """Remembers how far each fetch reached, and says it in the name of the file."""

    def __init__(self) -> None:
        self.asked: list[Reach] = []
        self.supply = Supply(self.fetch, [FetchMedia(MediaFile("a", "a", None), (), OutputSpec(), Path())])

    def fetch(self, request: FetchMedia) -> FetchedMedia:
        self.asked.append(request.reach)
        return FetchedMedia(Path(request.reach), None, 100)


def needing(reach: Reach, fetched: tuple[FetchedMedia, ...]) -> int:
    (media,) = fetched
    if media.picture != Path(reach):
        raise MISSING
    return media.bytes_moved


@pytest.mark.parametrize(("reach", "moved"), [(Reach.SPANS, 100), (Reach.WIDE, 200), (Reach.WHOLE, 300)])
def test_more_is_fetched_until_it_is_enough(reach: Reach, moved: int) -> None:
    source = Source()
    assert source.supply.use(lambda fetched: needing(reach, fetched)) == moved
    assert source.asked == list(Reach)[: moved // 100]


def test_what_was_enough_once_is_enough_again() -> None:
    source = Source()
    source.supply.use(lambda fetched: needing(Reach.WIDE, fetched))
    source.supply.use(lambda fetched: needing(Reach.WIDE, fetched))
    assert source.asked == [Reach.SPANS, Reach.WIDE]


def test_a_whole_file_that_still_lacks_bytes_is_our_fault() -> None:
    def complain(_: object) -> None:
        raise MISSING

    with pytest.raises(BytesNotFetched):
        Source().supply.use(complain)
