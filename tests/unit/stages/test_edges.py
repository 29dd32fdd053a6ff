from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from fastclip_desktop.domain.edge import Edge, EdgeReason, SettledSpan
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.finding_stages import SettleEdges
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.stages import perform
from tests.unit.media.test_edge_shots import write_shots
from tests.unit.media.test_silence import write_levels


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


def transcript(*spans: TimeRange) -> Transcript:
    return Transcript(tuple(Segment("said", each) for each in spans), "en", TranscriptOrigin.CAPTIONS)


def settle(media: FetchedMedia, *spans: TimeRange, longest: Fraction | None = None) -> tuple[SettledSpan, ...]:
    cues = transcript(*spans)
    request = SettleEdges(media, spans, cues, longest)
    found = perform(request, Reporter())
    assert isinstance(found, tuple)
    return found


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Voices from 0.5 to 2.2 s and from 2.6 to 4.4 s."""
    return write_levels(tmp_path / "talk.wav", "." * 5 + "#" * 17 + "." * 4 + "#" * 18 + "." * 6)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Cuts at 2.4 and at 4 s."""
    path = tmp_path / "talk.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height = 64, 48
        for number in range(50):
            level = 30 if number < 24 else 220 if number < 40 else 120
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), level, np.uint8), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def test_cues_that_are_late_are_set_right_by_the_sound(sound: Path) -> None:
    (found,) = settle(FetchedMedia(None, sound), span(2.75, 4.25))
    assert float(found.span.start) == pytest.approx(2.45, abs=0.05)
    assert float(found.span.end) == pytest.approx(4.55, abs=0.05)
    assert (found.start.reason, found.end.reason) == (EdgeReason.PAUSE, EdgeReason.PAUSE)
    assert found.start.moved == found.span.start - Fraction("2.75")


def test_a_change_of_shot_in_the_pause_is_the_start(sound: Path, picture: Path) -> None:
    (found,) = settle(FetchedMedia(picture, sound), span(2.75, 4.25))
    assert found.span.start == Fraction(12, 5)
    assert found.start == Edge(EdgeReason.SHOT, Fraction(12, 5) - Fraction("2.75"))
    assert found.end.reason is EdgeReason.PAUSE  # the cut at 4 s is in the middle of a word


def test_a_picture_without_sound_is_cut_at_its_shots(tmp_path: Path) -> None:
    silent = write_shots(tmp_path / "silent.mp4", [30, 220, 60, 60])
    (found,) = settle(FetchedMedia(silent, None), span(0.8, 2.3))
    assert (found.span, found.start.reason) == (span(1, 2), EdgeReason.SHOT)


def test_a_span_does_not_grow_beyond_the_length_asked_for(sound: Path) -> None:
    (found,) = settle(FetchedMedia(None, sound), span(2.75, 4.25), longest=Fraction(3, 2))
    assert found.span.duration <= Fraction(3, 2)


def test_edges_of_the_source_stay(sound: Path) -> None:
    (found,) = settle(FetchedMedia(None, sound), span(0, 5))
    assert found.span.start >= 0
    assert found.span.end <= 5


@pytest.mark.parametrize("content", [None, b"no media at all"])
def test_what_cannot_be_read_moves_nothing(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "broken.mp4"
    if content is not None:
        path.write_bytes(content)
    spans = (span(1, 2), span(3, 4))
    assert settle(FetchedMedia(path, path), *spans) == tuple(SettledSpan(each) for each in spans)


def test_nothing_to_settle_gives_nothing(sound: Path) -> None:
    assert settle(FetchedMedia(None, sound)) == ()


def test_a_hundredth_span_and_more_keep_their_places(sound: Path) -> None:
    spans = tuple(span(number, number + 0.5) for number in range(103))
    found = settle(FetchedMedia(None, sound), *spans)
    assert [each.span for each in found[100:]] == list(spans[100:])


def test_a_set_token_stops_it(sound: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(SettleEdges(FetchedMedia(None, sound), (span(1, 2),), transcript()), Reporter(cancel=token))
