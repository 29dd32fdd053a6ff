"""The stage that finds faces, as a runner calls it."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import FindFaces
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.stages import perform
from tests.media_factory import VideoSpec, make_media
from tests.tiny_yunet import tiny_yunet


def request(tmp_path: Path) -> FindFaces:
    source = make_media(tmp_path / "a.mp4", VideoSpec(frames=30))
    span = TimeRange(Fraction(0), Fraction(1))
    return FindFaces(FetchedMedia(source, source), (span,), tiny_yunet(tmp_path / "tiny.onnx"))


def test_findings_come_for_each_span(tmp_path: Path) -> None:
    wanted = request(tmp_path)
    told: list[float] = []
    found = perform(wanted, Reporter(told.append))
    assert isinstance(found, tuple)
    (finding,) = found
    assert isinstance(finding, FaceFindings)
    assert finding.span == wanted.spans[0]
    assert len(finding.seen) == 5
    assert told[0] == 0


def test_a_file_that_is_no_network_is_refused_before_native_code_reads_it(tmp_path: Path) -> None:
    wanted = request(tmp_path)
    fake = tmp_path / "fake.onnx"
    fake.write_bytes(b"\x08\xff\xff")
    wanted = dataclasses.replace(wanted, model=dataclasses.replace(wanted.model, path=fake))
    with pytest.raises(InputError) as raised:
        perform(wanted, Reporter())
    assert raised.value.code is ErrorCode.BAD_MODEL
