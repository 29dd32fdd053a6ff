"""The real faster-whisper on models that the tests build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from faster_whisper import WhisperModel

from fastclip_desktop.domain.devices import NO_RULES, DeviceFailure, DeviceRules
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing
from fastclip_desktop.speech import whisper as whisper_module
from fastclip_desktop.speech.bounded_whisper import MOST_PASSES
from fastclip_desktop.speech.heard import Heard
from fastclip_desktop.speech.speech_windows import RATE, Stretch, Window
from fastclip_desktop.speech.whisper import Whisper
from fastclip_desktop.speech.whisper_devices import Plan, device_for, plans_for
from tests.synthetic_speech import voice
from tests.tiny_whisper import SENTENCE, make_tiny_whisper

CPU = frozenset({"int8", "int8_float32", "float32"})
Load = Callable[[Whisper, Plan], object]


def model_at(folder: Path) -> Model:
    return Model("tiny", ModelKind.SPEECH, folder, 3_000_000, "0" * 64)


def ear_of(folder: Path, free: int = 10**10) -> Whisper:
    return Whisper(model_at(folder), lambda: free)


def window(seconds: float) -> Window:
    stretch = Stretch(5 * RATE, round((5 + seconds) * RATE))
    return Window((stretch,), (stretch,), np.resize(voice(4), stretch.length))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "english")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("whisper") / "german", language="de", quantization="int8")


@pytest.fixture
def ear(english: Path) -> Iterator[Whisper]:
    made = ear_of(english)
    made.use("cpu")
    yield made
    made.close()


def test_each_window_of_a_batch_is_heard_from_its_own_beginning(ear: Whisper) -> None:
    heard = ear.hear([window(29), window(7.123), window(29)], "en")
    assert [tuple(word.text for word in each.words) for each in heard] == [tuple(f" {w}" for w in SENTENCE)] * 3
    for each in heard:
        starts = [word.start for word in each.words]
        assert starts == sorted(starts)
        assert 0 <= starts[0] < starts[-1] < 4
        assert each.log_probability == pytest.approx(0, abs=0.01)
        assert all(0 <= word.probability <= 1 for word in each.words)
    assert all(word.end <= 7.2 for word in heard[1].words)


def test_a_window_is_heard_again_with_time_stamps(ear: Whisper) -> None:
    again = ear.hear_again(window(10), "en")
    assert [word.text for word in again.words][:5] == [f" {word}" for word in SENTENCE]
    assert all(0 <= word.start <= word.end <= 10.1 for word in again.words)


def test_a_window_without_an_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passes = []
    real = WhisperModel.generate_with_fallback
    monkeypatch.setattr(
        WhisperModel, "generate_with_fallback", lambda *given, **options: (passes.append(1), real(*given, **options))[1]
    )
    ear = ear_of(make_tiny_whisper(tmp_path / "deaf", ()))
    ear.use("cpu")
    for _ in range(2):
        assert ear.hear_again(window(29), "en").words == ()
        assert len(passes) == MOST_PASSES
        passes.clear()
    ear.close()


def test_an_english_model_knows_one_language(ear: Whisper) -> None:
    assert ear.codes == {"en"}
    assert ear.languages(voice(4)) == {"en": 1.0}


def test_a_multilingual_model_finds_its_language(german: Path) -> None:
    ear = ear_of(german)
    ear.use("cpu")
    assert ear.codes == {"en", "de", "fr", "ja", "jw"}
    likely = ear.languages(voice(4))
    assert max(likely, key=lambda code: likely[code]) == "de"
    assert sum(likely.values()) == pytest.approx(1, abs=0.01)
    (heard,) = ear.hear([window(5)], "ja")
    assert [word.text.strip() for word in heard.words]
    ear.close()


def test_the_processor_is_said_to_be_used(ear: Whisper) -> None:
    assert ear.plan == Plan("cpu", "int8")
    assert ear.notes == ()
    assert ear.most_windows == 4


@pytest.mark.parametrize(("free", "most"), [(0, 1), (300_000_000, 2), (10**12, 4)])
def test_no_more_is_heard_at_once_than_there_is_memory_for(english: Path, free: int, most: int) -> None:
    ear = ear_of(english, free)
    ear.use("cpu")
    assert ear.most_windows == most
    assert len(ear.hear([window(3)] * 4, "en")) == 4
    ear.close()


def with_a_card(monkeypatch: pytest.MonkeyPatch, load: Callable[[Load, Whisper, Plan], object]) -> None:
    """Have the machine seem to have a graphics card, and every load go through this."""
    real = Whisper._load
    plans = plans_for("cuda", frozenset({"float16", "int8_float16"}), CPU)
    monkeypatch.setattr(whisper_module, "possible_plans", lambda device: plans[-1:] if device == "cpu" else plans)
    monkeypatch.setattr(Whisper, "_load", lambda self, plan: load(real, self, plan))


def test_a_card_that_fails_its_trial_is_passed_over_and_a_person_told(
    english: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def load(real: Load, ear: Whisper, plan: Plan) -> object:
        tried.append(plan.compute_type)
        if plan.device == "cuda":
            raise RuntimeError("Library libcublas.so.12 is not found or cannot be loaded")
        return real(ear, plan)

    with_a_card(monkeypatch, load)
    ear = ear_of(english)
    ear.use("auto")
    assert tried == ["float16", "int8_float16", "int8"]
    assert ear.plan == Plan("cpu", "int8")
    (note,) = ear.notes
    assert "libcublas.so.12" in note
    assert "the processor" in note
    assert note in caplog.text
    assert ear.hear([window(3)], "en")[0].words
    ear.close()


def test_a_card_that_gives_up_in_the_middle_leaves_the_rest_to_the_processor(
    english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullCard:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("CUDA failed with error out of memory")

    with_a_card(monkeypatch, lambda real, ear, plan: FullCard() if plan.device == "cuda" else real(ear, plan))
    ear = ear_of(english)
    ear.use("cuda")
    assert ear.plan == Plan("cuda", "float16")
    assert ear.most_windows > 4
    assert [len(heard.words) for heard in ear.hear([window(3)] * 3, "en")] == [len(SENTENCE)] * 3
    assert ear.plan == Plan("cpu", "int8")
    assert "gave up (CUDA failed with error out of memory)" in ear.notes[0]
    loaded = ear.plan
    ear.use("cuda")  # the next recording
    assert ear.plan is loaded
    assert ear.notes == ()
    standing.obey(NO_RULES)  # the next start, or a self-test: the card may have room again
    ear.use("cuda")
    assert ear.plan == Plan("cuda", "float16")
    ear.close()


def test_a_card_that_took_a_process_along_is_left_alone_and_mentioned(
    english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_card(monkeypatch, lambda real, ear, plan: real(ear, plan))
    standing.obey(DeviceRules(failures=(DeviceFailure("cuda", "its driver ended the process"),)))
    ear = ear_of(english)
    ear.use("cpu")  # as whoever has lost a process asks
    assert ear.plan == Plan("cpu", "int8")
    assert "its driver ended the process" in ear.notes[0]
    ear.close()


def test_hearing_goes_by_what_a_person_wishes() -> None:
    assert device_for("auto") == "auto"
    standing.obey(DeviceRules(wishes=((Work.HEAR, "processor"),)))
    assert device_for("auto") == "cpu"
    standing.obey(DeviceRules(wishes=((Work.HEAR, "graphics"),)))
    assert device_for("auto") == "cuda"
    assert device_for("cpu") == "cpu"
    standing.give_up("cuda", "CUDA failed with error out of memory.")
    assert device_for("auto") == "cpu"


def test_a_card_in_use_is_told_of_before_it_is_touched(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    standing.obey(NO_RULES, told.append)
    with_a_card(
        monkeypatch, lambda real, ear, plan: (told.append(plan.compute_type), real(ear, Plan("cpu", "int8")))[1]
    )
    ear = ear_of(english)
    ear.use("auto")
    ear.use("auto")
    assert told == ["cuda", "float16", "cuda"]
    ear.close()


def test_a_card_too_small_for_a_batch_gets_one_window_at_a_time(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Whisper._batch

    def batch(ear: Whisper, windows: Sequence[Window], language: str) -> list[Heard]:
        if len(windows) > 1:
            raise RuntimeError("CUDA failed with error out of memory")
        return real(ear, windows, language)

    monkeypatch.setattr(Whisper, "_batch", batch)
    with_a_card(monkeypatch, lambda real, ear, _: real(ear, Plan("cpu", "int8")))
    ear = ear_of(english)
    ear.use("cuda")
    assert len(ear.hear([window(3)] * 3, "en")) == 3
    assert ear.plan == Plan("cuda", "float16")
    assert ear.most_windows == 1
    assert ear.notes == ()
    ear.close()


def test_a_card_that_was_asked_for_and_is_not_there_is_mentioned(
    english: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper_module, "possible_plans", lambda _: (Plan("cpu", "int8"),))
    ear = ear_of(english)
    ear.use("cuda")
    assert "No graphics card" in ear.notes[0]
    ear.use("auto")
    assert ear.notes == ()
    ear.close()


def test_a_model_stays_loaded_for_the_same_device(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []
    real = Whisper._load
    monkeypatch.setattr(Whisper, "_load", lambda self, plan: (loads.append(plan), real(self, plan))[1])
    ear = ear_of(english)
    for device in ("cpu", "cpu", "auto"):
        ear.use(device)
    assert len(loads) == 2
    ear.close()


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("std::bad_alloc"), RuntimeError("mkl: out of memory")])
def test_want_of_memory_is_said_to_be_that(english: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object) -> object:
        raise error

    monkeypatch.setattr(Whisper, "_load", fail)
    with pytest.raises(InputError, match="not enough memory to recognise speech with tiny") as raised:
        ear_of(english).use("cpu")
    assert raised.value.code is ErrorCode.OUT_OF_MEMORY


def test_a_panic_of_the_tokenizer_is_a_bad_model(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def fail(*_: object) -> object:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(Whisper, "_load", fail)
    with pytest.raises(InputError, match="cannot be used: index out of bounds") as raised:
        ear_of(english).use("cpu")
    assert raised.value.code is ErrorCode.BAD_MODEL


def test_a_stop_from_the_keyboard_is_no_bad_model(english: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(Whisper, "_load", interrupt)
    with pytest.raises(KeyboardInterrupt):
        ear_of(english).use("cpu")


def test_a_folder_without_a_model_is_a_bad_model(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        ear_of(tmp_path)
    assert raised.value.code is ErrorCode.BAD_MODEL
