"""Builds a Whisper of a few kilobytes in CTranslate2's format that hears the same words in every window.

Its layers add nothing to what passes through them, but for the attention on the sound. Each token leads to the one
that follows it in the sentence, and that attention looks half a second further on with each token, so that the real
decoder, its beam search and its word alignment all have something definite to find.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
from ctranslate2.specs import whisper_spec
from numpy.typing import NDArray

SENTENCE = ("the", "red", "fox", "ran", "home.")
"""What it hears in each window."""

SECONDS_A_WORD = 0.5

_CODES = 64
"""Dimensions that say which token comes next."""
_WAVES = 64
"""Dimensions that say when: cosines, sines, and both again upside down, for a mean of nothing."""
_WIDTH = _CODES + _WAVES
_ENCODED = 1500
"""Positions of 20 ms that the encoder gives for 30 seconds."""
_LENGTH = 448
_SURE = 25.0
"""Logits by which the wanted token leads."""
_LANGUAGES = ("en", "de", "fr", "ja", "jw")
_MULTILINGUAL = ""
"""The token by which CTranslate2 knows a multilingual Whisper: OpenAI's have it in their vocabulary."""


def make_tiny_whisper(
    folder: Path,
    sentence: tuple[str, ...] = SENTENCE,
    *,
    language: str = "",
    loops: bool = False,
    quantization: str | None = None,
) -> Path:
    """Write a model.

    Args:
        folder: where to; made if it isn't there.
        sentence: what it hears, perhaps nothing; no word twice.
        language: makes a multilingual model that takes all sound for this one of its few languages.
        loops: it begins again after the last word instead of ending.
        quantization: as CTranslate2 calls it.

    Returns:
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokens = _tokens(sentence, multilingual=bool(language))
    ids = {token: number for number, token in enumerate(tokens)}
    spec = whisper_spec.WhisperSpec(1, 2, 1, 2)
    _fill_encoder(spec.encoder)
    _fill_decoder(spec.decoder, tokens, ids, _chain(sentence, language, loops))
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.alignment_heads = [[0, 0], [0, 1]]
    spec.config.lang_ids = [ids[f"<|{code}|>"] for code in _LANGUAGES] if language else []
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))
    _write_tokenizer(folder / "tokenizer.json", tokens)
    config = {"feature_size": 80, "sampling_rate": 16000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def _tokens(sentence: tuple[str, ...], *, multilingual: bool) -> list[str]:
    text = [*_byte_characters(), *("Ġ" + word for word in sentence)]
    special = [
        "<|endoftext|>",
        "<|startoftranscript|>",
        *(f"<|{code}|>" for code in _LANGUAGES if multilingual),
        "<|translate|>",
        "<|transcribe|>",
        "<|startoflm|>",
        "<|startofprev|>",
        "<|nospeech|>",
        "<|notimestamps|>",
        *(f"<|{step * 0.02:.2f}|>" for step in range(1501)),
    ]
    return [*text, *([_MULTILINGUAL] if multilingual else []), *special]


def _byte_characters() -> list[str]:
    """The characters that stand for the 256 bytes in GPT-2's vocabulary, in order of the byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = iter(range(256, 512))
    return [chr(byte) if byte in plain else chr(next(rest)) for byte in range(256)]


def _chain(sentence: tuple[str, ...], language: str, loops: bool) -> dict[str, str]:
    """The token that follows each."""
    words = [*("Ġ" + word for word in sentence), "<|endoftext|>"]
    follows = dict(pairwise(words))
    if loops:
        follows[words[-2]] = words[0]
    follows["<|notimestamps|>"] = words[0]
    follows |= {f"<|{step * 0.02:.2f}|>": words[0] for step in range(1501)}
    if language:
        follows["<|startoftranscript|>"] = f"<|{language}|>"
    return follows


def _waves(seconds: NDArray[np.float64]) -> NDArray[np.float32]:
    """What is alike where the times are, shape (n, _WAVES)."""
    # A wave longer than any window: of two times the nearer one is always the more alike.
    angles = np.repeat(seconds[:, None] * (2 * np.pi / 64), _WAVES // 4, axis=1)
    waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    return np.concatenate([waves, -waves], axis=1).astype(np.float32)


def _zeros(*shape: int) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)


def _plain_norm(norm: object) -> None:
    norm.gamma, norm.beta = np.ones(_WIDTH, np.float32), _zeros(_WIDTH)  # type: ignore[attr-defined]


def _silent(linear: object, outputs: int, inputs: int = _WIDTH) -> None:
    linear.weight, linear.bias = _zeros(outputs, inputs), _zeros(outputs)  # type: ignore[attr-defined]


def _silent_layer(layer: object) -> None:
    attention, ffn = layer.self_attention, layer.ffn  # type: ignore[attr-defined]
    _plain_norm(attention.layer_norm)
    _silent(attention.linear[0], 3 * _WIDTH)
    _silent(attention.linear[1], _WIDTH)
    _plain_norm(ffn.layer_norm)
    _silent(ffn.linear_0, 4 * _WIDTH)
    _silent(ffn.linear_1, _WIDTH, 4 * _WIDTH)


def _fill_encoder(encoder: whisper_spec.WhisperEncoderSpec) -> None:
    encoder.conv1.weight, encoder.conv1.bias = _zeros(_WIDTH, 80, 3), _zeros(_WIDTH)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(_WIDTH, _WIDTH, 3), _zeros(_WIDTH)
    places = _zeros(_ENCODED, _WIDTH)
    places[:, _CODES:] = _waves(np.arange(_ENCODED) * 0.02)
    encoder.position_encodings.encodings = places
    _plain_norm(encoder.layer_norm)
    _silent_layer(encoder.layer[0])


def _fill_decoder(decoder: object, tokens: list[str], ids: dict[str, int], follows: dict[str, str]) -> None:
    generator = np.random.default_rng(7)
    embeddings, projection = _zeros(len(tokens), _WIDTH), _zeros(len(tokens), _WIDTH)
    codes: dict[str, NDArray[np.float32]] = {}
    for token, following in follows.items():
        # All that lead to the same token are alike.
        if following not in codes:
            codes[following] = generator.choice([-1.0, 1.0], _CODES).astype(np.float32)
            projection[ids[following], :_CODES] = codes[following] * _SURE / _CODES
        embeddings[ids[token], :_CODES] = codes[following]
    places = _zeros(_LENGTH, _WIDTH)
    places[:, _CODES:] = _waves((np.arange(_LENGTH) - 1) * SECONDS_A_WORD)
    decoder.embeddings.weight = embeddings  # type: ignore[attr-defined]
    bias = _zeros(len(tokens))
    # An end that comes second at each word would fill a beam search's list of results with sentences cut short.
    bias[ids["<|endoftext|>"]] = -3 * _SURE
    projection[ids["<|endoftext|>"]] *= 4
    decoder.projection.weight, decoder.projection.bias = projection, bias  # type: ignore[attr-defined]
    decoder.position_encodings.encodings = places  # type: ignore[attr-defined]
    _plain_norm(decoder.layer_norm)  # type: ignore[attr-defined]
    layer = decoder.layer[0]  # type: ignore[attr-defined]
    _silent_layer(layer)
    query, memory, out = layer.attention.linear
    _plain_norm(layer.attention.layer_norm)
    _silent(query, _WIDTH)
    _silent(memory, 2 * _WIDTH)
    _silent(out, _WIDTH)
    for head in (0, 1):  # each sees half of the waves, cosines with their sines
        waves = np.arange(_CODES + head, _WIDTH, 2)
        rows = head * _WIDTH // 2 + np.arange(len(waves))
        query.weight[rows, waves] = 8.0
        memory.weight[rows, waves] = 1.0


def _write_tokenizer(path: Path, tokens: list[str]) -> None:
    special = [
        {"id": number, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
         "special": True}
        for number, token in enumerate(tokens)
        if token.startswith("<|")
    ]  # fmt: skip
    vocabulary = {token: number for number, token in enumerate(tokens) if not token.startswith("<|")}
    bytes_only = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    path.write_text(
        json.dumps(
            {
                "version": "1.0",
                "added_tokens": special,
                "pre_tokenizer": bytes_only,
                "decoder": bytes_only,
                "model": {"type": "BPE", "vocab": vocabulary, "merges": []},
            }
        ),
        encoding="utf-8",
    )
