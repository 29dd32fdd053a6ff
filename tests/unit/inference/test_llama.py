"""What llama.cpp makes of a model that the tests built."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import gguf
import llama_cpp
import numpy as np
import pytest

from fastclip_desktop.domain.devices import DeviceFailure, DeviceRules
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing
from fastclip_desktop.inference.llama import Llama, Use
from tests.tiny_gguf import MISTRAL, write_embedder, write_language_model

POINTS = Use(512, 64, points=True)


def go_on() -> None:
    """Nobody asks for a stop."""


class StopsAt:
    """Asks for the stop when it is asked for the so-manieth time."""

    def __init__(self, time: int) -> None:
        self.left = time

    def __call__(self) -> None:
        self.left -= 1
        if self.left <= 0:
            raise Cancelled


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Llama]:
    llama = Llama(write_embedder(tmp_path_factory.mktemp("models") / "embedder.gguf"), "tiny", POINTS, go_on)
    yield llama
    llama.close()


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Llama]:
    path = write_language_model(tmp_path_factory.mktemp("models") / "writer.gguf")
    llama = Llama(path, "tiny", Use(256), go_on)
    yield llama
    llama.close()


def test_texts_computed_together_give_the_points_that_each_gives_alone(embedder: Llama) -> None:
    texts = [embedder.tokens(text, ends=True) for text in ("the cat sat", "stocks fell", "a", "")]
    together = embedder.points(texts, go_on)
    alone = np.concatenate([embedder.points([text], go_on) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_similar_texts_lie_nearer_than_others(embedder: Llama) -> None:
    cat, cats, other = embedder.points(
        [embedder.tokens(text, ends=True) for text in ("the cat sat", "the cat sits", "zz qq xx 11")], go_on
    )
    assert cat @ cats > cat @ other + 0.05


def test_a_model_that_sums_nothing_up_gives_the_mean(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "none.gguf", pooling=gguf.PoolingType.NONE)
    llama = Llama(path, "tiny", POINTS, go_on)
    whole = Llama(write_embedder(tmp_path / "mean.gguf"), "tiny", POINTS, go_on)
    text = [llama.tokens("hello there", ends=True)]
    np.testing.assert_allclose(llama.points(text, go_on), whole.points(text, go_on), atol=1e-5)


def test_a_language_model_gives_points_too(tmp_path: Path) -> None:
    llama = Llama(write_language_model(tmp_path / "model.gguf"), "tiny", POINTS, go_on)
    texts = [llama.tokens(f"text number {number}", ends=True) for number in range(20)]
    together = llama.points(texts, go_on)
    np.testing.assert_allclose(together[7], llama.points([texts[7]], go_on)[0], atol=1e-2)
    assert together[0] @ together[7] < 1 - 1e-4
    llama.close()


def test_a_model_that_ranks_gives_no_points_and_says_so(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "rank.gguf", pooling=gguf.PoolingType.RANK)
    with pytest.raises(InputError, match="tiny cannot be used") as caught:
        Llama(path, "tiny", POINTS, go_on)
    assert caught.value.code is ErrorCode.BAD_MODEL


def test_what_a_prompt_has_in_common_with_the_last_one_need_not_be_read_again(writer: Llama) -> None:
    first = writer.tokens("one two three four")
    second = [*first[:6], *writer.tokens("something else")]
    fresh = writer.next_token(second, go_on)
    writer.next_token(first, go_on)
    read = StopsAt(10**9)
    np.testing.assert_allclose(writer.next_token(second, read), fresh, atol=1e-3)
    assert writer.next_token(second, go_on).argmax() == fresh.argmax()


def test_a_long_prompt_is_read_to_its_end(writer: Llama) -> None:
    tokens = writer.tokens("word " * 100)[:256]
    assert len(tokens) == 256
    assert np.isfinite(writer.next_token(tokens, go_on)).all()


@pytest.mark.parametrize("time", [1, 2, 5, 20])
def test_a_stop_is_heard_while_it_computes_and_harms_nothing(writer: Llama, time: int) -> None:
    tokens = writer.tokens("the quick brown fox jumps over the lazy dog")
    expected = writer.next_token(tokens, go_on)
    writer.next_token(writer.tokens("x"), go_on)
    with pytest.raises(Cancelled):
        writer.next_token(tokens, StopsAt(time))
    np.testing.assert_allclose(writer.next_token(tokens, go_on), expected, atol=1e-3)


def test_a_stop_is_heard_while_it_loads(tmp_path: Path) -> None:
    path = write_language_model(tmp_path / "model.gguf")
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        Llama(path, "tiny", Use(256), token.check)


def test_what_looks_like_a_control_token_in_a_text_is_only_letters(writer: Llama) -> None:
    tokens = writer.tokens("<|im_end|>\n<|im_start|>system</s><s><unk>")
    assert not any(writer.is_control(token) for token in tokens)
    assert b"".join(map(writer.written, tokens)).lstrip() == b"<|im_end|>\n<|im_start|>system</s><s><unk>"
    assert writer.tokens("<|im_end|>", markers=True) == [writer.marker("<|im_end|>")]


def test_markers_that_a_vocabulary_passes_off_as_words_are_dropped_from_texts(tmp_path: Path) -> None:
    path = write_language_model(tmp_path / "model.gguf", markers=MISTRAL, marker_kind=gguf.TokenType.USER_DEFINED)
    llama = Llama(path, "tiny", Use(256), go_on)
    markers = [token for token in map(llama.marker, MISTRAL) if token is not None]
    assert len(markers) == 2
    assert set(markers) & set(llama.tokens("a [/INST] b"))
    llama.forbid(markers)
    assert not set(markers) & set(llama.tokens("a [/INST] b"))


def test_a_text_that_is_no_marker_has_no_token_of_its_own(writer: Llama) -> None:
    assert writer.marker("hello") is None
    assert writer.marker("<|im_end|><|im_end|>") is None


def test_a_grammar_lets_nothing_else_follow(writer: Llama) -> None:
    said = b""
    tokens = writer.tokens("any")
    with writer.grammar('root ::= ("yes" | "no") " " [1-9] "-" [1-9]') as grammar:
        while True:
            allowed, shares = grammar.allowed(writer.next_token(tokens, go_on))
            assert shares.sum() == pytest.approx(1, abs=1e-4)
            token = int(allowed[shares.argmax()])
            if writer.is_control(token):
                break
            grammar.follow(token)
            tokens.append(token)
            said += writer.written(token)
    label, _, numbers = said.decode().partition(" ")
    assert label in ("yes", "no")
    first, _, last = numbers.partition("-")
    assert (len(first), len(last)) == (1, 1)
    assert (first + last).isdigit()


def test_rules_that_are_none_are_a_bug_and_not_a_crash(writer: Llama) -> None:
    with pytest.raises(ValueError, match="does not take the rules"):
        writer.grammar("root ::= ((")


@pytest.mark.parametrize("content", [b"", b"GGUF", b"not a model at all", b"GGUF\3\0\0\0" + b"\xff" * 64])
def test_a_file_that_is_no_model_is_named_with_a_way_out(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.gguf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"bad\.gguf .+: .+") as caught:
        Llama(path, "Foo", Use(256), go_on)
    assert caught.value.code is ErrorCode.BAD_MODEL
    assert caught.value.hint


def test_a_path_in_any_script_is_opened(tmp_path: Path) -> None:
    path = write_embedder(tmp_path / "модель 模型.gguf")
    with closing(Llama(path, "tiny", POINTS, go_on)) as llama:
        assert llama.tokens("one")


def test_threads_that_wait_let_others_work() -> None:
    assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"


def test_where_the_graphics_processor_fails_the_model_runs_without_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    layers: list[int] = []
    load = llama_cpp.llama_model_load_from_file

    def full(path: bytes, options: llama_cpp.llama_model_params) -> object:
        layers.append(options.n_gpu_layers)
        return None if options.n_gpu_layers else load(path, options)

    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", full)
    llama = Llama(write_embedder(tmp_path / "embedder.gguf"), "tiny", POINTS, go_on)
    assert layers == [2**31 - 1, 0]
    assert not llama.on_gpu
    assert "tiny does not run on the graphics processor" in caplog.text
    assert llama.points([llama.tokens("hello", ends=True)], go_on).shape[0] == 1
    llama.close()


def test_a_stop_while_it_loads_onto_the_graphics_processor_is_no_reason_to_load_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    check = StopsAt(1)
    with pytest.raises(Cancelled):
        Llama(write_embedder(tmp_path / "embedder.gguf"), "tiny", POINTS, check)
    assert check.left == 0


def with_a_card_that_gives_up(monkeypatch: pytest.MonkeyPatch, after: int) -> list[bool]:
    """Have llama.cpp seem to compute on a card, which refuses everything after so many times; which times it did."""
    compute = llama_cpp.llama_decode
    refused: list[bool] = []
    on_card = True
    load = llama_cpp.llama_model_load_from_file

    def loading(path: bytes, options: llama_cpp.llama_model_params) -> object:
        nonlocal on_card
        on_card = options.n_gpu_layers > 0
        return load(path, options)

    def decode(context: object, batch: object) -> int:
        refused.append(on_card and len(refused) >= after)
        return -3 if refused[-1] else compute(context, batch)

    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    monkeypatch.setattr(llama_cpp, "llama_model_load_from_file", loading)
    monkeypatch.setattr(llama_cpp, "llama_decode", decode)
    return refused


def test_a_card_that_gives_up_in_the_middle_leaves_the_rest_to_the_processor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Llama
) -> None:
    told: list[DeviceFailure] = []
    used: list[str] = []
    standing.obey(DeviceRules(), used.append, told.append)
    tokens = writer.tokens("the cat sat on the mat", ends=True)
    wanted = writer.next_token(tokens, go_on)
    refused = with_a_card_that_gives_up(monkeypatch, after=1)
    llama = Llama(write_language_model(tmp_path / "writer.gguf"), "tiny", Use(256), go_on)
    assert llama.on_gpu
    assert used[-1] == "llama"
    standing.obey(DeviceRules(), used.append, told.append)  # another stage, for which the model is there already
    used.clear()
    llama.next_token(tokens[:3], go_on)
    assert used == ["llama"]
    found = llama.next_token(tokens, go_on)  # the first tokens were known to the card alone
    assert refused == [False, True, False]
    np.testing.assert_allclose(found, wanted, atol=1e-4)
    assert not llama.on_gpu
    assert [failure.device for failure in told] == ["llama"]
    assert "-3" in told[0].reason
    llama.close()
    later = Llama(tmp_path / "writer.gguf", "tiny", Use(256), go_on)
    assert not later.on_gpu  # until the next start
    later.close()


def test_what_a_model_cannot_do_on_the_processor_either_is_no_fault_of_the_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[DeviceFailure] = []
    standing.obey(DeviceRules(), on_failure=told.append)
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    llama = Llama(write_embedder(tmp_path / "embedder.gguf"), "tiny", POINTS, go_on)
    monkeypatch.setattr(llama_cpp, "llama_decode", lambda *_: -3)
    with pytest.raises(InputError):
        llama.points([llama.tokens("hello", ends=True)], go_on)
    assert told == []
    llama.close()


@pytest.mark.parametrize(("work", "is_for_points"), [(Work.COMPARE, True), (Work.JUDGE, False)])
def test_a_model_stays_on_the_processor_where_a_person_wishes_it(
    work: Work, is_for_points: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: True)
    standing.obey(DeviceRules(wishes=((work, "processor"),)))
    path = tmp_path / "model.gguf"
    write = write_embedder if is_for_points else write_language_model
    llama = Llama(write(path), "tiny", POINTS if is_for_points else Use(256), go_on)
    assert not llama.on_gpu
    llama.close()
    standing.obey(DeviceRules(wishes=((Work.HEAR, "processor"),)))
    other = Llama(path, "tiny", POINTS if is_for_points else Use(256), go_on)
    assert other.on_gpu
    other.close()


def test_a_card_that_was_wished_for_and_cannot_be_had_is_told_of_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(llama_cpp, "llama_supports_gpu_offload", lambda: False)
    standing.obey(DeviceRules(wishes=((Work.COMPARE, "graphics"),)))
    llama = Llama(write_embedder(tmp_path / "embedder.gguf"), "tiny", POINTS, go_on)
    assert not llama.on_gpu
    assert "tiny runs on the processor" in caplog.text
    llama.close()
