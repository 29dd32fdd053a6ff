"""Makes GGUF files that llama.cpp runs: an embedder and a language model of some thousand random numbers."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np

WIDTH = 32
HEADS = 2
LAYERS = 2
INNER = 64
CONTEXT = 512

CHATML = ("<|im_start|>", "<|im_end|>")
LLAMA_3 = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>")
GEMMA = ("<start_of_turn>", "<end_of_turn>")
MISTRAL = ("[INST]", "[/INST]")


@dataclass(frozen=True)
class Token:
    text: str
    kind: gguf.TokenType = gguf.TokenType.NORMAL
    score: float = 0.0


def write_embedder(
    path: Path,
    seed: int = 0,
    pooling: gguf.PoolingType = gguf.PoolingType.MEAN,
    instead: Mapping[str, object] | None = None,
) -> Path:
    """A model of the architecture ``bert`` that knows single letters; similar spellings lie near each other.

    Args:
        path: the file to write.
        seed: of its numbers.
        pooling: how it sums a text up.
        instead: values that it states in the place of true ones, by their keys.
    """
    letters = string.ascii_lowercase + string.digits + string.punctuation
    special = [Token(text, gguf.TokenType.CONTROL) for text in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")]
    tokens = [*special, *(Token(f"▁{letter}") for letter in letters), *(Token(letter) for letter in letters)]
    writer = gguf.GGUFWriter(path, "bert")
    writer.add_name("Tiny embedder")
    _add_shape(writer)
    writer.add_layer_norm_eps(1e-5)
    writer.add_causal_attention(value=False)
    writer.add_pooling_type(pooling)
    _add_vocabulary(writer, "bert", tokens)
    writer.add_token_type_count(2)
    writer.add_unk_token_id(1)
    writer.add_bos_token_id(2)
    writer.add_eos_token_id(3)
    writer.add_sep_token_id(3)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(value=True)
    writer.add_add_eos_token(value=True)
    random = np.random.default_rng(seed)
    _add(writer, random, "token_embd.weight", len(tokens), WIDTH)
    _add(writer, random, "position_embd.weight", CONTEXT, WIDTH, scale=0.01)
    _add(writer, random, "token_types.weight", 2, WIDTH, scale=0.01)
    _add_norm(writer, "token_embd_norm", bias=True)
    for layer in range(LAYERS):
        for name, rows, columns in _layer_matrices(("attn_q", "attn_k", "attn_v", "attn_output", "ffn_up", "ffn_down")):
            _add(writer, random, f"blk.{layer}.{name}.weight", rows, columns)
            _add(writer, random, f"blk.{layer}.{name}.bias", rows)
        _add_norm(writer, f"blk.{layer}.attn_output_norm", bias=True)
        _add_norm(writer, f"blk.{layer}.layer_output_norm", bias=True)
    return _written(writer, path, instead or {})


def write_language_model(
    path: Path,
    seed: int = 0,
    *,
    markers: Sequence[str] = CHATML,
    marker_kind: gguf.TokenType = gguf.TokenType.CONTROL,
    extra: Iterable[str] = (),
    template: str = "{{ messages }}",
    context: int = 2048,
    instead: Mapping[str, object] | None = None,
) -> Path:
    """A model of the architecture ``llama`` whose tokens are bytes, and the markers of a chat template.

    Args:
        path: the file to write.
        seed: of its numbers.
        markers: tokens of a chat template.
        marker_kind: what the vocabulary says that they are.
        extra: further tokens.
        template: the program that the file brings along.
        context: tokens that it says it was made for.
        instead: values that it states in the place of true ones, by their keys.
    """
    special = [
        Token("<unk>", gguf.TokenType.UNKNOWN),
        Token("<s>", gguf.TokenType.CONTROL),
        Token("</s>", gguf.TokenType.CONTROL),
    ]
    plain = [Token(f"<0x{byte:02X}>", gguf.TokenType.BYTE) for byte in range(256)]
    letters = [Token(letter, score=-1.0) for letter in ("▁", *string.ascii_letters, *string.digits)]
    words = [Token(word, score=-0.5) for word in extra]
    marks = [Token(marker, marker_kind) for marker in markers]
    tokens = [*special, *plain, *letters, *words, *marks]
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("Tiny language model")
    _add_shape(writer, context)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    _add_vocabulary(writer, "llama", tokens)
    writer.add_unk_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(template)
    random = np.random.default_rng(seed)
    _add(writer, random, "token_embd.weight", len(tokens), WIDTH, scale=1.0)
    _add(writer, random, "output.weight", len(tokens), WIDTH)
    _add_norm(writer, "output_norm")
    names = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    for layer in range(LAYERS):
        for name, rows, columns in _layer_matrices(names):
            _add(writer, random, f"blk.{layer}.{name}.weight", rows, columns)
        _add_norm(writer, f"blk.{layer}.attn_norm")
        _add_norm(writer, f"blk.{layer}.ffn_norm")
    return _written(writer, path, instead or {})


def _add_shape(writer: gguf.GGUFWriter, context: int = CONTEXT) -> None:
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)


def _add_vocabulary(writer: gguf.GGUFWriter, model: str, tokens: Sequence[Token]) -> None:
    writer.add_tokenizer_model(model)
    writer.add_token_list([token.text for token in tokens])
    writer.add_token_types([token.kind for token in tokens])
    writer.add_token_scores([token.score for token in tokens])


def _layer_matrices(names: Iterable[str]) -> Iterable[tuple[str, int, int]]:
    for name in names:
        rows = INNER if name in ("ffn_up", "ffn_gate") else WIDTH
        yield name, rows, INNER if name == "ffn_down" else WIDTH


def _add(writer: gguf.GGUFWriter, random: np.random.Generator, name: str, *shape: int, scale: float = 0.2) -> None:
    writer.add_tensor(name, (scale * random.standard_normal(shape)).astype(np.float32))


def _add_norm(writer: gguf.GGUFWriter, name: str, *, bias: bool = False) -> None:
    writer.add_tensor(f"{name}.weight", np.ones(WIDTH, dtype=np.float32))
    if bias:
        writer.add_tensor(f"{name}.bias", np.zeros(WIDTH, dtype=np.float32))


def _written(writer: gguf.GGUFWriter, path: Path, instead: Mapping[str, object]) -> Path:
    for key, value in instead.items():
        writer.kv_data[0][key].value = value
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path
