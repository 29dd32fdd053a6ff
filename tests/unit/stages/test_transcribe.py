from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import Transcribe
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.stages import perform

SRT = "1\n00:00:01,000 --> 00:00:02,000\n{}\n"


def sidecar(folder: Path, name: str, content: str, language: str = "en") -> CaptionTrack:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return CaptionTrack(language, CaptionKind.SIDECAR, path.suffix[1:], str(path))


def media(*captions: CaptionTrack) -> MediaFile:
    return MediaFile("talk.mp4", "A talk", Path("talk.mp4"), captions=captions)


def transcribe(request: Transcribe) -> Transcript:
    transcript = perform(request, Reporter())
    assert isinstance(transcript, Transcript)
    return transcript


def test_a_given_file_overrules_captions(tmp_path: Path) -> None:
    track = sidecar(tmp_path, "talk.srt", SRT.format("from the sidecar"))
    given = tmp_path / "other.srt"
    given.write_text(SRT.format("given"), encoding="utf-8")
    transcript = transcribe(Transcribe(media(track), given, tmp_path))
    assert (transcript.segments[0].text, transcript.origin) == ("given", TranscriptOrigin.GIVEN)


def test_a_given_file_needs_no_source(tmp_path: Path) -> None:
    given = tmp_path / "other.srt"
    given.write_text(SRT.format("given"), encoding="utf-8")
    assert transcribe(Transcribe(None, given, tmp_path)).segments[0].text == "given"


def test_the_first_track_is_read_with_its_language(tmp_path: Path) -> None:
    tracks = [
        sidecar(tmp_path, "talk.nl.srt", SRT.format("eerste"), "nl"),
        sidecar(tmp_path, "talk.en.srt", SRT.format("second")),
    ]
    transcript = transcribe(Transcribe(media(*tracks), None, tmp_path))
    assert transcript.segments[0].text == "eerste"
    assert transcript.language == "nl"
    assert transcript.origin is TranscriptOrigin.SIDECAR


def test_a_chosen_language_wins_over_the_order_of_the_tracks(tmp_path: Path) -> None:
    tracks = [
        sidecar(tmp_path, "talk.nl.srt", SRT.format("eerste"), "nl"),
        sidecar(tmp_path, "talk.en.srt", SRT.format("second"), "en-GB"),
    ]
    assert transcribe(Transcribe(media(*tracks), None, tmp_path, language="en")).segments[0].text == "second"
    with pytest.raises(InputError, match="en-GB, nl") as caught:
        perform(Transcribe(media(*tracks), None, tmp_path, language="de"), Reporter())
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_a_broken_track_gives_way_to_the_next(tmp_path: Path) -> None:
    tracks = [
        CaptionTrack("en", CaptionKind.SIDECAR, "srt", str(tmp_path / "gone.srt")),
        sidecar(tmp_path, "empty.srt", ""),
        sidecar(tmp_path, "good.srt", SRT.format("good")),
    ]
    assert transcribe(Transcribe(media(*tracks), None, tmp_path)).segments[0].text == "good"


def test_only_the_best_tracks_are_tried(tmp_path: Path) -> None:
    tracks = [sidecar(tmp_path, f"{number}.srt", "") for number in range(20)]
    tracks.append(sidecar(tmp_path, "good.srt", SRT.format("good")))
    with pytest.raises(InputError) as caught:
        perform(Transcribe(media(*tracks), None, tmp_path), Reporter())
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_no_captions_are_said_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^A talk has no captions\. .*--transcript FILE") as caught:
        perform(Transcribe(media(), None, tmp_path), Reporter())
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_captions_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    track = sidecar(tmp_path, "talk.srt", "nothing with a time")
    with pytest.raises(InputError, match=r"no captions that can be read: talk\.srt holds no subtitles") as caught:
        perform(Transcribe(media(track), None, tmp_path), Reporter())
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_a_given_file_that_cannot_be_read_is_the_callers_fault(tmp_path: Path) -> None:
    track = sidecar(tmp_path, "talk.srt", SRT.format("fine"))
    with pytest.raises(InputError) as caught:
        perform(Transcribe(media(track), tmp_path / "missing.srt", tmp_path), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_neither_source_nor_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        perform(Transcribe(None, None, tmp_path), Reporter())
    assert caught.value.code is ErrorCode.NO_TRANSCRIPT


def test_a_stop_is_heeded(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(Transcribe(media(), None, tmp_path), Reporter(cancel=token))
