"""Whisper through faster-whisper, on the best device that works here.

Windows are heard in batches first, without time stamps and at temperature 0, which is twice as fast as one by one. That
way the model at times stops early or begins to loop; whoever finds that out lets it hear the window again, with time
stamps, at rising temperatures and with what it has just said taken away from it.

Which device works is found by hearing a second of noise on it, for what drivers and libraries promise is no use: a
missing cuBLAS shows with the first matrix. When the graphics card fails in the middle, mostly for want of memory, it
gets one window at a time, and if that fails too the rest is heard on the processor, and so is what comes after it until
the next start.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.devices import CUDA
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.hardware import standing
from fastclip_desktop.speech.heard import Heard, HeardWord
from fastclip_desktop.speech.speech_windows import RATE, Window
from fastclip_desktop.speech.whisper_devices import Plan, device_for, load_cuda_libraries, possible_plans, threads
from fastclip_desktop.speech.whisper_folder import bad_model, window_memory
from fastclip_desktop.speech.whisper_languages import CODES

if TYPE_CHECKING:
    from faster_whisper.transcribe import Segment

    from fastclip_desktop.speech.bounded_whisper import BoundedWhisper

_BEAM = 5
_TEMPERATURES = (0.0, 0.4, 0.8)
"""Every other one of Whisper's own: a window that stays doubtful takes four times as long, not seven times. The first
is tried first here too, for time stamps and no neighbours are often enough."""
_SILENCE = 2.0
"""Seconds without speech beside which faster-whisper looks for hallucinations when it hears again."""
_NO_REPEATS = 1.1
"""By how much a token that was said becomes less likely when a window is heard again."""
_SPACING = 31
"""Whole seconds from one window's beginning to the next in what faster-whisper is given."""
_BATCHES = {"cpu": 4, "cuda": 16}

_OUT_OF_MEMORY = ("out of memory", "bad_alloc", "bad allocation", "CUBLAS_STATUS_ALLOC_FAILED")

_log = logging.getLogger(__name__)

AnswerT = TypeVar("AnswerT")


class Whisper:
    """A Whisper, loaded when it is first used.

    Args:
        model: of the kind ``speech``.
        free: gives the bytes of memory that may be taken now.

    Attributes:
        notes: what a person should know of how it hears, such as a device that could not be used.

    Raises:
        InputError: ``bad_model`` if the model's folder holds none.
    """

    def __init__(self, model: Model, free: Callable[[], int]) -> None:
        self.notes: tuple[str, ...] = ()
        self._of_loading: tuple[str, ...] = ()
        self.plan: Plan | None = None
        self._model = model
        self._asked = ""
        self._loaded: BoundedWhisper | None = None
        self._most = 1
        self._free = free
        self._a_window = window_memory(model.path, model.name)

    def use(self, device: str) -> None:
        """Be ready to hear on a device, or where that cannot be on the processor.

        Args:
            device: ``auto``, ``cpu`` or ``cuda``.

        Raises:
            InputError: ``bad_model``, or ``out_of_memory``.
        """
        wanted = device_for(device)
        failure = standing.failure_of(CUDA)
        if self._loaded is not None and self._asked == wanted:
            standing.use(CUDA if self.plan is not None and self.plan.device == "cuda" else "")
            self.notes = self._of_loading  # what happened in the middle of another recording is no more of interest
            return
        self.close()
        self._asked, self.notes = wanted, ()
        plans = possible_plans(wanted)
        if failure is not None and device == "cpu":
            # Whoever asks so has lost a process to the card.
            self._note(f"The graphics card gave up ({failure.reason}), so the rest is recognised on the processor.")
        if wanted == "cuda" and plans[0].device == "cpu":
            self._note("No graphics card that CTranslate2 can use was found, so speech is recognised on the processor.")
        self._load_one_of(plans)
        self._of_loading = self.notes

    def close(self) -> None:
        """Give the model's memory back."""
        self._loaded = self.plan = None
        self._asked = ""

    @property
    def codes(self) -> frozenset[str]:
        """Whisper's codes of the languages that it knows."""
        model = self._ready()
        if not model.model.is_multilingual:
            return frozenset({"en"})
        return frozenset(code for code in CODES if model.hf_tokenizer.token_to_id(f"<|{code}|>") is not None)

    @property
    def most_windows(self) -> int:
        """How many windows are best heard at once."""
        return self._most

    def languages(self, sound: NDArray[np.float32]) -> dict[str, float]:
        """Whisper's codes of the languages that a window of sound may be in, and how likely each is.

        Raises:
            InputError: as for :meth:`use`.
        """

        def find() -> dict[str, float]:
            model = self._ready()
            if not model.model.is_multilingual:
                return {"en": 1.0}
            likely = model.detect_language(sound, language_detection_threshold=0.0)[2]
            return {code: float(likelihood) for code, likelihood in likely if code in CODES}

        return self._answer(find)

    def hear(self, windows: Sequence[Window], language: str) -> list[Heard]:
        """What is said in each window; quick, and at times wrong.

        Raises:
            InputError: as for :meth:`use`.
        """
        if 1 < len(windows) <= self._most:
            try:
                with self._native():
                    return self._batch(windows, language)
            except _DeviceFailed as failure:
                _log.info("The graphics card gets one window at a time from now on: %s", failure)
                self._most = 1
        return [self._answer(functools.partial(self._single, window, language)) for window in windows]

    def hear_again(self, window: Window, language: str) -> Heard:
        """What is said in a window that the first hearing was in doubt about; slower and more careful.

        Raises:
            InputError: as for :meth:`use`.
        """
        return self._answer(lambda: self._alone(window, language))

    def _single(self, window: Window, language: str) -> Heard:
        return self._batch([window], language)[0]

    def _batch(self, windows: Sequence[Window], language: str) -> list[Heard]:
        from faster_whisper import BatchedInferencePipeline

        # One beside the other on a grid of whole seconds: its sums of floats lose no sample then.
        sound = np.zeros(_SPACING * RATE * len(windows), np.float32)
        for number, window in enumerate(windows):
            sound[number * _SPACING * RATE :][: len(window.sound)] = window.sound
        segments, _ = BatchedInferencePipeline(self._ready()).transcribe(
            sound,
            language=language,
            beam_size=_BEAM,
            temperature=0.0,
            word_timestamps=True,
            batch_size=len(windows),
            clip_timestamps=[
                {"start": float(number * _SPACING), "end": float(number * _SPACING + len(window.sound) / RATE)}
                for number, window in enumerate(windows)
            ],
        )
        found: list[list[_Segment]] = [[] for _ in windows]
        for segment in segments:
            number = min(len(windows) - 1, int(segment.seek / 100) // _SPACING)
            found[number].append(_Segment.of(segment, number * _SPACING))
        return [_heard(each) for each in found]

    def _alone(self, window: Window, language: str) -> Heard:
        from fastclip_desktop.speech.bounded_whisper import PassesSpent

        model = self._ready()
        model.begin()
        segments, _ = model.transcribe(
            window.sound,
            language=language,
            beam_size=_BEAM,
            temperature=list(_TEMPERATURES),
            word_timestamps=True,
            condition_on_previous_text=False,
            repetition_penalty=_NO_REPEATS,
            hallucination_silence_threshold=_SILENCE,
        )
        found: list[_Segment] = []
        with contextlib.suppress(PassesSpent):
            for segment in segments:
                found.append(_Segment.of(segment, 0))  # noqa: PERF401 - what came before the limit stays
        return _heard(found)

    def _ready(self) -> BoundedWhisper:
        if self._loaded is None:
            self._load_one_of(possible_plans("cpu"))
        assert self._loaded is not None  # noqa: S101 - or loading it has raised
        return self._loaded

    def _answer(self, ask: Callable[[], AnswerT]) -> AnswerT:
        """What the model answers, on the processor if the graphics card gives up."""
        try:
            with self._native():
                return ask()
        except _DeviceFailed as failure:
            reason = standing.give_up(CUDA, str(failure)).reason
            self._note(f"The graphics card gave up ({reason}), so the rest is recognised on the processor.")
            self.close()
            self._load_one_of(possible_plans("cpu"))
            self._asked, self._of_loading = "cpu", ()
            with self._native():
                return ask()

    def _load_one_of(self, plans: Sequence[Plan]) -> None:
        failures: list[str] = []
        for plan in plans:
            standing.use(CUDA if plan.device == "cuda" else "")
            try:
                with self._native(plan):
                    self._loaded = self._load(plan)
            except _DeviceFailed as failure:
                _log.warning("%s cannot hear on %s: %s", self._model.name, plan, failure)
                failures.append(str(failure))
                continue
            self.plan, self._most = plan, self._most_on(plan)
            _log.info("%s hears on %s, up to %d windows at once", self._model.name, plan, self._most)
            break
        if failures:
            self._note(f"{failures[0]}: speech is recognised on {self.plan} instead.")

    def _most_on(self, plan: Plan) -> int:
        """How many windows are heard at once: on a processor no more than fit into half of the memory that is free."""
        if plan.device == "cuda":  # which says what it cannot hold
            return _BATCHES["cuda"]
        return max(1, min(_BATCHES["cpu"], self._free() // 2 // self._a_window))

    def _load(self, plan: Plan) -> BoundedWhisper:
        from faster_whisper import transcribe

        from fastclip_desktop.speech.bounded_whisper import BoundedWhisper

        transcribe.tqdm.monitor_interval = 0  # or bars that nobody sees would have a thread watch them
        if plan.device == "cuda":
            load_cuda_libraries()
        model = BoundedWhisper(
            str(self._model.path.absolute()),
            device=plan.device,
            compute_type=plan.compute_type,
            cpu_threads=threads(),
            local_files_only=True,
        )
        if plan.device == "cuda":
            noise = np.random.default_rng(0).normal(0, 0.01, RATE).astype(np.float32)
            for _ in model.transcribe(noise, language="en", beam_size=1, temperature=0.0, max_new_tokens=4)[0]:
                break
        return model

    @contextlib.contextmanager
    def _native(self, plan: Plan | None = None) -> Iterator[None]:
        """Turn what CTranslate2 and the tokenizer raise into our errors.

        Args:
            plan: what is tried; what is in use where it is left out.

        Raises:
            _DeviceFailed: the graphics card could not do it.
            InputError: ``out_of_memory``, or ``bad_model`` for anything else.
        """
        plan = plan or self.plan
        try:
            yield
        except (InputError, _DeviceFailed):
            raise
        except BaseException as error:
            # The tokenizer's panics are no Exceptions.
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            if plan is not None and plan.device == "cuda":
                raise _DeviceFailed(reason.rstrip(".")) from error
            self.close()
            if isinstance(error, MemoryError) or any(sign in reason for sign in _OUT_OF_MEMORY):
                raise InputError(
                    ErrorCode.OUT_OF_MEMORY,
                    f"There is not enough memory to recognise speech with {self._model.name}.",
                    "Close other programs, or choose a smaller model.",
                ) from error
            raise bad_model(self._model.name, reason.rstrip(".")) from error

    def _note(self, text: str) -> None:
        _log.warning("%s: %s", self._model.name, text)
        self.notes = (*self.notes, text)


class _DeviceFailed(Exception):  # noqa: N818 - says what happened, like the others
    """The graphics card could not do something; the processor can."""


@dataclass(frozen=True, slots=True)
class _Segment:
    """What is needed of faster-whisper's own."""

    words: tuple[HeardWord, ...]
    tokens: int
    log_probability: float
    no_speech: float

    @classmethod
    def of(cls, segment: Segment, begin: float) -> _Segment:
        """Copy it, with times from ``begin`` seconds on."""
        words = tuple(
            HeardWord(word.word, float(word.start) - begin, float(word.end) - begin, float(word.probability))
            for word in segment.words or ()
        )
        return cls(words, len(segment.tokens), float(segment.avg_logprob), float(segment.no_speech_prob))


def _heard(segments: Sequence[_Segment]) -> Heard:
    """The segments of one window as one."""
    tokens = sum(segment.tokens for segment in segments)
    words = tuple(word for segment in segments for word in segment.words if math.isfinite(word.start + word.end))
    if not tokens:
        return Heard(words)
    likely = sum(segment.log_probability * segment.tokens for segment in segments) / tokens
    return Heard(words, likely, min(segment.no_speech for segment in segments))
