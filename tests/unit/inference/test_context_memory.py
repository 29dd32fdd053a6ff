"""What a context takes."""

from __future__ import annotations

from fastclip_desktop.inference.context_memory import context_memory
from fastclip_desktop.inference.gguf_header import Array, GgufHeader, Value

MEBIBYTE = 1024**2
LLAMA_8B: dict[str, Value] = {
    "llama.block_count": 32,
    "llama.embedding_length": 4096,
    "llama.attention.head_count": 32,
    "llama.attention.head_count_kv": 8,
}


def megabytes(fields: dict[str, Value], tokens: int) -> float:
    return (
        context_memory(GgufHeader("llama", fields, 1), tokens) - context_memory(GgufHeader("x", {}, 1), 0)
    ) / MEBIBYTE


def test_a_key_and_a_value_are_kept_for_each_head_of_each_layer() -> None:
    assert megabytes(LLAMA_8B, 4096) == 512  # 128 KiB a token
    assert megabytes(LLAMA_8B, 0) == 0


def test_stated_lengths_of_keys_and_values_count_before_the_usual_ones() -> None:
    assert megabytes({**LLAMA_8B, "llama.attention.key_length": 256, "llama.attention.value_length": 256}, 4096) == 1024


def test_layers_may_keep_different_numbers_of_heads() -> None:
    assert megabytes({**LLAMA_8B, "llama.attention.head_count_kv": Array(4, 32, (8,) * 16 + (0,) * 16)}, 4096) == 256


def test_a_model_that_states_nothing_takes_one_step() -> None:
    assert context_memory(GgufHeader("llama", {}, 1), 4096) == 64 * MEBIBYTE
