"""Trials with what is really here: software is in every build, and what is not here says why."""

from __future__ import annotations

import av
import pytest

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.hardware import decoders, encoders
from fastclip_desktop.hardware.candidates import CODECS, H264_ENCODERS, candidates
from fastclip_desktop.hardware.codecs import open_encoder, packets
from fastclip_desktop.hardware.decoders import try_decoder
from fastclip_desktop.hardware.encoders import try_encoder
from fastclip_desktop.hardware.pictures import COUNT, pictures
from fastclip_desktop.hardware.trials import try_all


@pytest.mark.parametrize("codec", CODECS)
def test_software_decodes_every_codec_that_sources_have(codec: str) -> None:
    trial = try_decoder(f"{codec} software")
    assert trial.works, trial.detail
    assert trial.milliseconds > 0


@pytest.mark.parametrize("name", ["libx264", "libx265", "libsvtav1", "libvpx-vp9"])
def test_software_encodes_what_is_encoded_here(name: str) -> None:
    trial = try_encoder(name)
    assert trial.works, trial.detail
    assert trial.milliseconds > 0


def test_all_that_is_tried_works_or_says_why_not() -> None:
    told: list[DeviceTrial] = []
    trials = try_all(candidates(), told.append, Reporter())
    assert tuple(told) == trials
    assert [trial.candidate for trial in trials] == list(candidates())
    for trial in trials:
        assert trial.detail.endswith("."), trial
        assert trial.works == (trial.milliseconds > 0), trial
        assert "Errno" not in trial.detail
    assert {"ctranslate2 cpu", "llama.cpp cpu", "litert cpu", "onnx cpu"} <= {
        trial.candidate.name for trial in trials if trial.works
    }


def test_every_encoder_that_clips_are_made_with_is_tried() -> None:
    assert {Candidate(Part.ENCODER, name) for name in H264_ENCODERS} <= set(candidates())
    assert [each.is_hardware for each in (Candidate(Part.ENCODER, "h264_qsv"), Candidate(Part.ENCODER, "libx264"))] == [
        True,
        False,
    ]


def test_a_decoder_that_shows_other_pictures_than_software_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    real = decoders.decoded

    def nearly(decoder: av.VideoCodecContext, coded: list[object]) -> list[object]:
        found = real(decoder, coded)  # type: ignore[arg-type]  # handed through
        found[3] = found[3].copy()
        found[3][7, 7] ^= 1
        return list(found)

    decoders._stream("h264")
    monkeypatch.setattr(decoders, "decoded", nearly)
    trial = try_decoder("h264 software")
    assert not trial.works
    assert "not exactly" in trial.detail


def test_an_encoder_that_shows_other_pictures_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    def green(encoder: av.VideoCodecContext, frames: list[av.VideoFrame]) -> list[object]:
        blank = [av.VideoFrame(frame.width, frame.height, "yuv420p") for frame in frames]
        for frame, other in zip(blank, frames, strict=True):
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.pts, frame.time_base = other.pts, other.time_base
        return list(packets(encoder, blank))

    monkeypatch.setattr(encoders, "packets", green)
    try_encoder.cache_clear()
    try:
        trial = try_encoder("libx264")
    finally:
        try_encoder.cache_clear()
    assert not trial.works
    assert "not those" in trial.detail


def test_an_encoder_that_is_not_built_in_is_no_fault() -> None:
    trial = try_encoder("h264_nothing")
    assert (trial.works, trial.detail) == (False, "The FFmpeg that FastClip brings was built without it.")


def test_the_pictures_differ_from_one_another() -> None:
    made = packets(open_encoder("libx264", "yuv420p"), pictures("yuv420p"))
    assert len(made) == COUNT
    assert len({bytes(frame.planes[0]) for frame in pictures("yuv420p")}) == COUNT


def test_trials_stop_between_two() -> None:
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        try_all(candidates(), lambda _: cancel.cancel(), Reporter(cancel=cancel))
