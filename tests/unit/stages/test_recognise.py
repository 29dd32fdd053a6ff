"""The stage on real sound and a real, tiny model."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, UsageError
from fastclip_desktop.domain.finding_stages import RecogniseSpeech
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.speech import speech_windows
from fastclip_desktop.speech.whisper import Whisper
from fastclip_desktop.stages import perform, recognise
from tests.conftest import MediaMaker
from tests.media_factory import VideoSpec
from tests.synthetic_speech import talk, write_wave
from tests.tiny_whisper import SENTENCE, make_tiny_whisper


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return model_at(make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "english"))


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return model_at(make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "german", language="de"))


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four talks of 4 s."""
    return write_wave(tmp_path_factory.mktemp("speech") / "talk.wav", talk(2, 4, 6, 4, 6, 4, 6, 4, 2))


@pytest.fixture(autouse=True)
def _a_window_for_each_talk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_windows, "_FARTHEST", 8 * speech_windows.RATE)


@pytest.fixture(autouse=True)
def _no_model_kept() -> Iterator[None]:
    yield
    recognise._ears.drop()


def model_at(folder: Path) -> Model:
    return Model("tiny", ModelKind.SPEECH, folder, 3_000_000, folder.name)


def asking(path: Path, model: Model, **options: object) -> RecogniseSpeech:
    return dataclasses.replace(RecogniseSpeech(FetchedMedia(None, path), model, device="cpu"), **options)


def hear(request: RecogniseSpeech, parts: list[object] | None = None, reporter: Reporter | None = None) -> Transcript:
    found = perform(request, reporter or Reporter(), lambda part: None if parts is None else parts.append(part))
    assert isinstance(found, Transcript)
    return found


def test_words_are_heard_where_there_is_speech(speech: Path, english: Model) -> None:
    found = hear(asking(speech, english))
    assert (found.language, found.origin, found.notes) == ("en", TranscriptOrigin.SPEECH_RECOGNITION, ())
    assert [segment.text for segment in found.segments] == [" ".join(SENTENCE)] * 4
    for number, segment in enumerate(found.segments):
        begin = 2 + number * 10
        assert begin - 0.3 <= segment.span.start < segment.span.end <= begin + 4.3
        starts = [word.span.start for word in segment.words]
        assert starts == sorted(starts)
        assert [word.text for word in segment.words] == list(SENTENCE)


def test_parts_come_before_the_end_and_make_up_the_result(speech: Path, english: Model) -> None:
    parts: list[object] = []
    fractions: list[float] = []
    found = hear(asking(speech, english), parts, Reporter(fractions.append))
    assert len(parts) >= 2
    assert tuple(segment for part in parts for segment in part) == found.segments  # type: ignore[attr-defined]
    assert fractions == sorted(fractions)
    assert 0 < max(fractions) <= 1


def test_hearing_goes_on_after_what_is_known(speech: Path, english: Model) -> None:
    whole = hear(asking(speech, english))
    for count in range(len(whole.segments) + 1):
        parts: list[tuple[Segment, ...]] = []
        resumed = hear(asking(speech, english, known=whole.segments[:count]), parts)  # type: ignore[arg-type]
        assert resumed == whole
        assert tuple(segment for part in parts for segment in part) == whole.segments[count:]


def test_the_language_is_found_out_and_stays_the_same_on_a_second_try(speech: Path, german: Model) -> None:
    whole = hear(asking(speech, german))
    assert whole.language == "de"
    assert hear(asking(speech, german, known=whole.segments[:2])) == whole
    assert hear(asking(speech, german, language="jv")).language == "jv"


def test_a_late_track_has_its_words_later(made_media: MediaMaker, speech: Path, english: Model, tmp_path: Path) -> None:
    import av

    path = tmp_path / "late.mkv"
    picture = made_media("p.mkv", VideoSpec(frames=90), ())
    with av.open(str(speech)) as sound, av.open(str(picture)) as pictures, av.open(str(path), "w") as made:
        tracks = {id(given): made.add_stream_from_template(given.streams[0]) for given in (pictures, sound)}
        for given, late in ((pictures, 0), (sound, 10)):
            for packet in given.demux(given.streams[0]):
                if packet.pts is not None:
                    shift = round(late / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, (packet.dts or 0) + shift
                    packet.stream = tracks[id(given)]
                    made.mux(packet)
    plain = hear(asking(speech, english)).segments[0]
    late = hear(asking(path, english)).segments[0]
    assert float(late.span.start - plain.span.start) == pytest.approx(10, abs=0.04)


@pytest.mark.parametrize("seconds", [0.01, 5.0])
def test_nobody_speaking_is_an_answer(tmp_path: Path, english: Model, german: Model, seconds: float) -> None:
    noise = np.random.default_rng(2).normal(0, 0.05, round(seconds * 16_000))
    path = write_wave(tmp_path / "noise.wav", noise)
    parts: list[object] = []
    assert hear(asking(path, english), parts).segments == ()
    assert hear(asking(path, german)).language == ""
    assert hear(asking(path, german, language="fr")) == Transcript((), "fr", TranscriptOrigin.SPEECH_RECOGNITION)
    assert parts == []


def test_a_model_that_hears_nothing_gives_no_words(speech: Path, tmp_path: Path) -> None:
    deaf = model_at(make_tiny_whisper(tmp_path / "deaf", ()))
    assert hear(asking(speech, deaf)).segments == ()


def test_a_person_is_told_that_another_language_is_spoken(speech: Path, german: Model) -> None:
    found = hear(asking(speech, german, language="fr"))
    assert found.language == "fr"
    assert found.notes == ("It sounds like 'de'; the words were written down as 'fr', as was asked for.",)
    assert hear(asking(speech, german, language="de")).notes == ()


def test_a_source_without_sound_is_said_to_have_none(made_media: MediaMaker, english: Model) -> None:
    path = made_media("silent.mp4", VideoSpec(frames=30), ())
    with pytest.raises(InputError) as raised:
        hear(RecogniseSpeech(FetchedMedia(path, None), english))
    assert raised.value.code is ErrorCode.NO_AUDIO


@pytest.mark.parametrize("language", ["de", "tlh"])
def test_a_language_that_the_model_does_not_know_is_refused(speech: Path, english: Model, language: str) -> None:
    with pytest.raises(UsageError) as raised:
        hear(asking(speech, english, language=language))
    assert raised.value.code is ErrorCode.BAD_USAGE


def test_a_model_too_large_for_the_memory_is_refused_before_it_is_loaded(
    speech: Path, english: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Whisper, "_load", lambda *_: pytest.fail("it was loaded"))
    with pytest.raises(InputError) as raised:
        hear(asking(speech, dataclasses.replace(english, size=10**15)))
    assert raised.value.code is ErrorCode.MODEL_TOO_LARGE


@pytest.mark.slow
def test_a_model_that_loops_says_it_once(tmp_path: Path) -> None:
    looping = model_at(make_tiny_whisper(tmp_path / "loop", loops=True))
    found = hear(asking(write_wave(tmp_path / "talk.wav", talk(1, 4, 1)), looping))
    assert len(found.segments) <= 1
    assert all(len(segment.words) <= len(SENTENCE) for segment in found.segments)


def test_the_model_stays_loaded_for_the_next_recording(
    speech: Path, english: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = []
    real = Whisper._load
    monkeypatch.setattr(Whisper, "_load", lambda self, plan: (loads.append(plan), real(self, plan))[1])
    first = hear(asking(speech, english))
    assert hear(asking(speech, english)) == first
    assert len(loads) == 1


def test_a_stop_is_heeded(speech: Path, english: Model) -> None:
    token = CancelToken()
    with pytest.raises(Cancelled):
        perform(asking(speech, english), Reporter(cancel=token), lambda _: token.cancel())
    with pytest.raises(Cancelled):
        hear(asking(speech, english), reporter=Reporter(cancel=token))
