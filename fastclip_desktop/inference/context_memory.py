"""What a language model takes of memory beside its weights, as its file states its shape."""

from __future__ import annotations

from fastclip_desktop.inference.gguf_header import Array, GgufHeader

_STEP = 64 * 1024**2
"""Bytes for one step of the computation."""
_NUMBER = 2
"""Bytes of a number that is kept."""


def context_memory(header: GgufHeader, tokens: int) -> int:
    """Bytes that a context of so many tokens takes: a key and a value for each head of each layer, and one step.

    Models that keep less for far tokens are counted as if they kept everything.
    """
    layers = header.number("block_count") or 0
    heads = header.number("attention.head_count") or 1
    each = (header.number("embedding_length") or 0) // max(1, heads)
    key = header.number("attention.key_length") or each
    value = header.number("attention.value_length") or each
    kept = header.fields.get(f"{header.architecture}.attention.head_count_kv", heads)
    if isinstance(kept, Array):  # one number a layer
        numbers = [number for number in kept.elements if isinstance(number, int)]
        heads_in_all = sum(numbers) if numbers else layers * heads
    else:
        heads_in_all = layers * (kept if isinstance(kept, int) else heads)
    return tokens * heads_in_all * (key + value) * _NUMBER + _STEP
