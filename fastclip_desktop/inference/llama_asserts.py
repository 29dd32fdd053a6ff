"""What llama.cpp takes for granted of a model and ends its process over where it is not so."""

from __future__ import annotations

import math

from fastclip_desktop.inference.gguf_header import GgufHeader

_MOST_LAYERS = 512
_MOST_EXPERTS = 512
"""``LLAMA_MAX_LAYERS`` and ``LLAMA_MAX_EXPERTS``"""

_EPSILONS = ("attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon")


def what_llama_asserts(header: GgufHeader) -> str:
    """The first thing that is not as llama.cpp takes it to be, as half a sentence; empty where all is well."""
    layers = header.number("block_count")
    if layers is None or not 0 < layers <= _MOST_LAYERS:
        return f"it has {layers} layers"
    for key in _EPSILONS:
        value = header.fields.get(f"{header.architecture}.{key}")
        if isinstance(value, float) and not (math.isfinite(value) and 0 < value < 1):
            return f"its {key} is {value:g}"
    experts, used = header.number("expert_count") or 0, header.number("expert_used_count") or 0
    if not 0 <= used <= experts <= _MOST_EXPERTS or (experts and not used):
        return f"it uses {used} of {experts} experts"
    return ""
