from __future__ import annotations

import pytest

from fastclip_desktop.cli.models import _bytes, _left, _Lines, _terms
from fastclip_desktop.domain.model import ModelOffer, OfferedFile
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 kB"), (1499, "1 kB"), (25_285_312, "25.3 MB"), (3_086_912_345, "3.1 GB")]
)
def test_sizes_are_round(size: int, text: str) -> None:
    assert _bytes(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (0.4, "0 s left"), (59.6, "1 min 00 s left"), (3725, "62 min 05 s left")]
)
def test_the_time_left_is_round(seconds: float | None, text: str) -> None:
    assert _left(seconds) == text


def test_terms_name_the_size_the_licence_and_the_commit() -> None:
    files = (OfferedFile("model.bin", 1_000_000, "0" * 64), OfferedFile("config.json", 500_000, git_sha1="0" * 40))
    offer = ModelOffer("whisper-tiny", ModelKind.SPEECH, "owner/tiny", "c0ffee" * 7, "mit", files)

    assert _terms(offer) == "whisper-tiny: 1.5 MB, licence mit, from owner/tiny at commit c0ffeec0ffee"


def test_a_licence_that_nobody_states_is_said_to_be_so() -> None:
    assert "licence not stated" in _terms(ModelOffer("tiny", ModelKind.TEXT, "owner/tiny", "c0ffee", "", ()))


def test_a_log_gets_a_line_for_every_tenth(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _Lines("tiny")
    for done in range(0, 1001, 10):
        lines.show(ModelProgress(done * 1000, 1_000_000, (1000 - done) / 10))

    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 11
    assert shown[0] == "tiny … 0%, 0 kB of 1.0 MB, 1 min 40 s left"
    assert shown[-1] == "tiny … 100%, 1.0 MB of 1.0 MB, 0 s left"


def test_a_model_of_no_bytes_is_there_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    _Lines("tiny").show(ModelProgress(0, 0))

    assert capsys.readouterr().err == "tiny … 100%, 0 kB of 0 kB\n"
