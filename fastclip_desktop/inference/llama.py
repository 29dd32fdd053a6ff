"""A model of llama.cpp in memory: its tokens, and what it computes of them.

This speaks to llama.cpp's C interface (``llama.h``) through the functions of llama-cpp-python. That library's own
``Llama`` is not used: it compiles the chat template that a file brings along, which is a program by whoever made the
file; it fills batches number by number; and it cannot be stopped while it reads a long prompt.

A file may be made to break llama.cpp, which ends the process: whoever loads one does it in a process for that. Memory
is mapped from the file, so that a second process with the same model costs little.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import logging
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import llama_cpp
import numpy as np
import numpy.typing as npt

from fastclip_desktop.domain.device_choices import GRAPHICS, PROCESSOR
from fastclip_desktop.domain.devices import LLAMA
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing
from fastclip_desktop.inference.gguf_header import read_gguf_header
from fastclip_desktop.inference.llama_asserts import what_llama_asserts
from fastclip_desktop.inference.llama_grammar import Floats, Grammar, pointer_to

Tokens = list[int]
Check = Callable[[], None]
"""Returns if the work is to go on, and raises :class:`~fastclip_desktop.domain.errors.Cancelled` if not."""

_ALL_LAYERS = 2**31 - 1
_SHORTEST_CONTEXT = 16
_SMALL = 4 * 1024**2
"""Bytes of weights below which threads wait for one another longer than they compute."""
_LONGEST_COMPLAINT = 160
_LONGEST_METADATA = 65536
_NO_VOCABULARY = 0
_SPECIAL = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_UNKNOWN
_MARKER = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED
_ERROR_LEVEL = 4
"""``GGML_LOG_LEVEL_ERROR``; the comments of llama-cpp-python have older numbers."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Use:
    """What a model is loaded for.

    Attributes:
        context: tokens that are in memory at a time.
        texts: how many texts they may belong to.
        points: texts become points; else the likelihood of the next token is computed.
    """

    context: int
    texts: int = 1
    points: bool = False


class Llama:
    """A loaded model; used by one thread at a time.

    Args:
        path: a GGUF file.
        name: what people call it.
        use: what for.
        check: asked now and then while it loads.

    Attributes:
        context: tokens that it takes at a time.
        longest: tokens that one text may have.
        texts: how many texts it takes at a time.
        on_gpu: whether it computes on a graphics processor.

    Raises:
        InputError: ``bad_model`` for a file that llama.cpp cannot take.
        Cancelled: if ``check`` says so.
    """

    def __init__(self, path: Path, name: str, use: Use, check: Check) -> None:
        self._path, self._name, self._use = path, name, use
        self._watch = _Watch()
        self._known: Tokens = []
        self.on_gpu = wants_graphics(points=use.points)
        if not has_graphics() and standing.rules().wish(_work(points=use.points)) == GRAPHICS:
            _log.warning("llama.cpp was built without support for graphics cards, so %s runs on the processor.", name)
        self._open = contextlib.ExitStack()
        self._check_header(path)
        try:
            self._load(path, use, check)
        except InputError as error:
            if not self.on_gpu:
                raise
            _log.warning("%s does not run on the graphics processor, so it runs without: %s", name, error)
            self._leave_graphics(check)

    def close(self) -> None:
        """Give its memory back; closing twice does no harm."""
        self._open.close()

    @property
    def begin(self) -> Tokens:
        """What the model wants before every text."""
        return self._around[0]

    def metadata(self, key: str) -> str:
        """What the file says of itself under a key, as far as it can be looked at; empty where it says nothing."""
        buffer = ctypes.create_string_buffer(_LONGEST_METADATA)
        length = llama_cpp.llama_model_meta_val_str(self._model, key.encode(), buffer, len(buffer))
        return buffer.value.decode(errors="replace") if length > 0 else ""

    def tokens(self, text: str, *, markers: bool = False, ends: bool = False) -> Tokens:
        """A text as tokens.

        Args:
            text: anything.
            markers: the text is ours, and what is written like a control token becomes one. Without, the result holds
                no control token, whatever the text and the vocabulary are.
            ends: with the tokens that the model wants around every text.
        """
        data = text.encode(errors="replace")
        room = len(data) + 8
        while True:
            buffer = (llama_cpp.llama_token * room)()
            count = llama_cpp.llama_tokenize(self._vocabulary, data, len(data), buffer, room, False, markers)  # noqa: FBT003 - by position only
            if count >= 0:
                break
            room = -count
        found = buffer[:count]
        if not markers:
            found = [token for token in found if not self.is_control(token)]
        return [*self._around[0], *found, *self._around[1]] if ends else found

    def marker(self, text: str) -> int | None:
        """The token that a text stands for as a whole and by a decision of the model's makers, ``None`` without."""
        found = self.tokens(text, markers=True)
        if len(found) == 1 and llama_cpp.llama_vocab_get_attr(self._vocabulary, found[0]) & _MARKER:
            return found[0]
        return None

    def forbid(self, markers: Sequence[int]) -> None:
        """Count these tokens as control tokens, even though the vocabulary does not."""
        self._control.update(dict.fromkeys(markers, True))

    def is_control(self, token: int) -> bool:
        """Whether a token steers the model, ends its answer or stands for nothing that can be written."""
        known = self._control.get(token)
        if known is None:
            attributes = llama_cpp.llama_vocab_get_attr(self._vocabulary, token)
            known = bool(attributes & _SPECIAL) or bool(llama_cpp.llama_vocab_is_eog(self._vocabulary, token))
            self._control[token] = known
        return known

    def written(self, token: int) -> bytes:
        """What a token adds to a text; nothing for a control token."""
        room = 32
        while True:
            buffer = ctypes.create_string_buffer(room)
            count = llama_cpp.llama_token_to_piece(self._vocabulary, token, buffer, room, 0, False)  # noqa: FBT003 - by position only
            if count >= 0:
                return buffer.raw[:count]
            room = -count

    def points(self, texts: Sequence[Tokens], check: Check) -> Floats:
        """One row a text, of length 1; the texts fit together into :attr:`context`, and none is empty.

        Raises:
            InputError: ``bad_model`` where what comes out are no numbers.
            Cancelled: if ``check`` says so.
        """
        return self._or_without_graphics(lambda: self._points(texts, check), check)

    def _points(self, texts: Sequence[Tokens], check: Check) -> Floats:
        self._forget()
        tokens = list(itertools.chain.from_iterable(texts))
        lengths = np.array([len(text) for text in texts])
        numbers = np.repeat(np.arange(len(texts)), lengths)
        positions = np.concatenate([np.arange(length) for length in lengths])
        self._compute(tokens, positions, numbers, every=True, check=check)
        found = np.empty((len(texts), self._dimensions), dtype=np.float32)
        for number in range(len(texts)):
            row = llama_cpp.llama_get_embeddings_seq(self._context, number)
            if not row:
                raise self._bad("it gives no points")
            found[number] = np.ctypeslib.as_array(row, (self._dimensions,))
        lengths_of_points = np.linalg.norm(found.astype(np.float64), axis=1, keepdims=True)
        if not (np.isfinite(lengths_of_points).all() and (lengths_of_points > 0).all()):
            raise self._bad("the points that it gives are no numbers")
        points: Floats = (found / lengths_of_points).astype(np.float32)
        return points

    def next_token(self, tokens: Tokens, check: Check) -> Floats:
        """The logarithm of how likely each token follows, up to a constant; 1 to :attr:`longest` tokens.

        What these tokens begin with in common with the last ones is not computed again.

        Raises:
            InputError: ``bad_model`` where what comes out are no numbers.
            Cancelled: if ``check`` says so.
        """
        return self._or_without_graphics(lambda: self._next_token(tokens, check), check)

    def _next_token(self, tokens: Tokens, check: Check) -> Floats:
        kept = min(_common(self._known, tokens), len(tokens) - 1)
        memory = llama_cpp.llama_get_memory(self._context)
        if not (kept and llama_cpp.llama_memory_seq_rm(memory, 0, kept, -1)):
            self._forget()
            kept = 0
        self._known = self._known[:kept]
        while len(self._known) < len(tokens):
            begin = len(self._known)
            part = tokens[begin : begin + self._batch]
            positions = np.arange(begin, begin + len(part))
            self._compute(part, positions, np.zeros(len(part), dtype=np.int64), every=False, check=check)
            self._known += part
        row = llama_cpp.llama_get_logits_ith(self._context, -1)
        if not row:
            raise self._bad("it does not say what follows")
        scores = np.ctypeslib.as_array(row, (self._size,)).copy()
        if not np.isfinite(scores.max()):
            raise self._bad("what it computes are no numbers")
        return scores

    def grammar(self, rules: str) -> Grammar:
        """Rules of what may follow, in GBNF, from the rule ``root`` on."""
        sampler = llama_cpp.llama_sampler_init_grammar(self._vocabulary, rules.encode(), b"root")
        if not sampler:
            raise ValueError(f"llama.cpp does not take the rules {rules!r}")
        return Grammar(sampler, self._size)

    def _or_without_graphics(self, compute: Callable[[], Floats], check: Check) -> Floats:
        """What is computed; on the processor where the graphics processor gives up, from then on."""
        standing.use(LLAMA if self.on_gpu else "")
        try:
            return compute()
        except InputError as error:
            if not self.on_gpu:
                raise
            reason = error.message.partition(": ")[2] or error.message
        self._leave_graphics(check)
        found = compute()  # what fails here too was no fault of the graphics processor
        standing.give_up(LLAMA, reason)
        return found

    def _leave_graphics(self, check: Check) -> None:
        self.close()
        self.on_gpu = False
        self._load(self._path, self._use, check)

    def _load(self, path: Path, use: Use, check: Check) -> None:
        standing.use(LLAMA if self.on_gpu else "")
        complaints = _complaints()
        with contextlib.ExitStack() as stack, self._watch.asking(check):
            options = llama_cpp.llama_model_default_params()
            options.n_gpu_layers = _ALL_LAYERS if self.on_gpu else 0
            options.progress_callback = self._watch.while_loading
            self._model = llama_cpp.llama_model_load_from_file(os.fsencode(path), options)
            self._watch.raise_what_was_raised()
            if not self._model:
                raise self._bad(complaints[0] if complaints else "llama.cpp does not take it")
            stack.callback(llama_cpp.llama_model_free, self._model)
            self._read_vocabulary()
            self._make_context(use)
            stack.callback(llama_cpp.llama_free, self._context)
            self._open = stack.pop_all()

    def _check_header(self, path: Path) -> None:
        try:
            why = what_llama_asserts(read_gguf_header(path))
        except OSError as error:
            raise self._bad(error.strerror or str(error)) from error
        if why:
            raise self._bad(why)

    def _read_vocabulary(self) -> None:
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self._size = llama_cpp.llama_vocab_n_tokens(self._vocabulary) if self._vocabulary else 0
        if self._size <= 0 or llama_cpp.llama_vocab_type(self._vocabulary) == _NO_VOCABULARY:
            raise self._bad("it has no vocabulary")
        self._control: dict[int, bool] = {}
        buffer = (llama_cpp.llama_token * 8)()
        count = max(0, llama_cpp.llama_tokenize(self._vocabulary, b"", 0, buffer, 8, True, False))  # noqa: FBT003 - by position only
        begins = bool(llama_cpp.llama_vocab_get_add_bos(self._vocabulary))
        self._around = (buffer[: int(begins and count > 0)], buffer[int(begins and count > 0) : count])

    def _make_context(self, use: Use) -> None:
        made_for = int(llama_cpp.llama_model_n_ctx_train(self._model))
        if made_for < _SHORTEST_CONTEXT:
            raise self._bad(f"it was made for {made_for} tokens")
        self.context = self._batch = use.context if use.points else min(use.context, made_for)
        self.longest = min(self.context, made_for)
        options = llama_cpp.llama_context_default_params()
        options.n_ctx = options.n_batch = self.context
        options.n_ubatch = self.context if use.points else min(512, self.context)
        options.n_seq_max = min(use.texts, int(llama_cpp.llama_max_parallel_sequences()))
        options.n_outputs_max = 0 if use.points else 1  # else it sets 250 MB aside for what nobody asks
        options.kv_unified = True
        options.swa_full = True  # else what is kept of the last prompt is not all there
        options.embeddings = use.points
        options.no_perf = True
        small = llama_cpp.llama_model_size(self._model) < _SMALL
        options.n_threads = options.n_threads_batch = 1 if small else _cores()
        options.abort_callback = self._watch.while_computing
        self._context = llama_cpp.llama_init_from_model(self._model, options)
        if use.points and self._context:
            pooling = llama_cpp.llama_pooling_type(self._context)
            if pooling == llama_cpp.LLAMA_POOLING_TYPE_NONE:
                llama_cpp.llama_free(self._context)
                options.pooling_type = llama_cpp.LLAMA_POOLING_TYPE_MEAN
                self._context = llama_cpp.llama_init_from_model(self._model, options)
            elif pooling == llama_cpp.LLAMA_POOLING_TYPE_RANK:
                llama_cpp.llama_free(self._context)
                raise self._bad("it ranks texts and gives no points")
        if not self._context:
            raise self._bad("llama.cpp finds no way to run it")
        self.texts = int(options.n_seq_max)
        self._dimensions = llama_cpp.llama_model_n_embd_out(self._model)
        self._known = []

    def _compute(
        self,
        tokens: Sequence[int],
        positions: npt.NDArray[np.int64],
        numbers: npt.NDArray[np.int64],
        *,
        every: bool,
        check: Check,
    ) -> None:
        """Let the model read tokens, each at its place in the text of its number."""
        count = len(tokens)
        token_row = np.array(tokens, dtype=np.int32)
        position_row = positions.astype(np.int32)
        ones = np.ones(count, dtype=np.int32)
        number_row = np.ascontiguousarray(numbers, dtype=np.int32)
        pointers = number_row.ctypes.data + 4 * np.arange(count, dtype=np.uint64)
        wanted = np.full(count, every, dtype=np.int8)
        wanted[-1] = 1
        batch = llama_cpp.llama_batch(
            n_tokens=count,
            token=pointer_to(token_row, llama_cpp.llama_token),
            embd=None,
            pos=pointer_to(position_row, llama_cpp.llama_pos),
            n_seq_id=pointer_to(ones, ctypes.c_int32),
            seq_id=pointer_to(pointers, ctypes.POINTER(llama_cpp.llama_seq_id)),
            logits=pointer_to(wanted, ctypes.c_int8),
        )
        check()
        with self._watch.asking(check):
            code = llama_cpp.llama_decode(self._context, batch)
            if code:
                self._forget()
            self._watch.raise_what_was_raised()
        if code:
            raise self._bad(f"llama.cpp gave up with {code}")

    def _forget(self) -> None:
        """Begin with no text in memory."""
        self._known = []
        memory = llama_cpp.llama_get_memory(self._context)
        if memory:
            llama_cpp.llama_memory_clear(memory, True)  # noqa: FBT003 - by position only

    def _bad(self, why: str) -> InputError:
        return InputError(
            ErrorCode.BAD_MODEL,
            f"The model {self._name} cannot be used: {why}.",
            "Remove it and fetch it again, or choose another one.",
        )


class _Watch:
    """Lets llama.cpp ask whether to go on. What that raises is kept meanwhile: nothing may be raised through C."""

    def __init__(self) -> None:
        self._check: Check = _go_on
        self._raised: BaseException | None = None
        self.while_loading = llama_cpp.llama_progress_callback(lambda _fraction, _data: self._goes_on())
        self.while_computing = llama_cpp.ggml_abort_callback(lambda _data: not self._goes_on())

    @contextlib.contextmanager
    def asking(self, check: Check) -> Iterator[None]:
        """Ask this."""
        self._check, self._raised = check, None
        try:
            yield
        finally:
            self._check = _go_on

    def raise_what_was_raised(self) -> None:
        if self._raised is not None:
            raise self._raised

    def _goes_on(self) -> bool:
        if self._raised is None:
            try:
                self._check()
            except BaseException as error:  # noqa: BLE001 - raised again once C has returned
                self._raised = error
        return self._raised is None


def _go_on() -> None:
    """Nobody asks for a stop."""


_said: deque[str] = deque(maxlen=20)
"""The last complaints of llama.cpp, which has one log for all that it does in a process."""


def has_graphics() -> bool:
    """Whether models are computed on a graphics processor, as far as the library says."""
    return bool(llama_cpp.llama_supports_gpu_offload())


def wants_graphics(*, points: bool) -> bool:
    """Whether to begin on a graphics processor, as far as wishes go and what happened since the start.

    Args:
        points: texts are to become points.
    """
    if standing.failure_of(LLAMA) is not None:
        return False
    wish = standing.rules().wish(_work(points=points))
    return wish != PROCESSOR and has_graphics()


def _work(*, points: bool) -> Work:
    return Work.COMPARE if points else Work.JUDGE


def _listen(level: int, text: bytes, _data: object) -> None:
    said = "".join(letter for letter in text.decode(errors="replace") if letter.isprintable()).strip()
    if level == _ERROR_LEVEL and said:
        _said.append(said[:_LONGEST_COMPLAINT].rstrip("."))


_listener = llama_cpp.llama_log_callback(_listen)


def _complaints() -> deque[str]:
    """Begin to listen for complaints; they are to be found in what this returns."""
    llama_cpp.llama_log_set(_listener, ctypes.c_void_p(0))
    _said.clear()
    return _said


def _common(first: Tokens, second: Tokens) -> int:
    """How many tokens two texts begin with in common."""
    return next(
        (place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
