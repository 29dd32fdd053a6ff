"""What would end the process is said before."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from fastclip_desktop.inference.gguf_header import GgufHeader, Value
from fastclip_desktop.inference.llama_asserts import what_llama_asserts

GOOD: Mapping[str, Value] = {"llama.block_count": 2, "llama.attention.layer_norm_rms_epsilon": 1e-5}


def test_a_usual_model_passes() -> None:
    assert what_llama_asserts(GgufHeader("llama", GOOD, 3)) == ""
    mixture = {**GOOD, "llama.expert_count": 8, "llama.expert_used_count": 2}
    assert what_llama_asserts(GgufHeader("llama", mixture, 3)) == ""


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("block_count", 0, "it has 0 layers"),
        ("block_count", 513, "it has 513 layers"),
        ("block_count", "many", "it has None layers"),
        ("attention.layer_norm_rms_epsilon", 0.0, "its attention.layer_norm_rms_epsilon is 0"),
        ("attention.layer_norm_epsilon", float("nan"), "its attention.layer_norm_epsilon is nan"),
        ("attention.layer_norm_epsilon", -1.0, "its attention.layer_norm_epsilon is -1"),
        ("expert_count", 513, "it uses 0 of 513 experts"),
        ("expert_count", 4, "it uses 0 of 4 experts"),
        ("expert_used_count", 4, "it uses 4 of 0 experts"),
    ],
)
def test_what_would_end_the_process_is_said(key: str, value: Value, why: str) -> None:
    assert what_llama_asserts(GgufHeader("llama", {**GOOD, f"llama.{key}": value}, 3)) == why
