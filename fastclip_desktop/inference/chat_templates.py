"""How the makers of instruct models mark who speaks.

A GGUF file brings its template as a program in a language of its own (Jinja). That program is never run: whoever made
the file could have written anything into it. What a model was trained with shows in the markers of its vocabulary;
where there are those of several templates, the file's program is searched for them as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChatTemplate:
    """What stands around a question.

    Attributes:
        name: as its users call it.
        markers: tokens of its own; the vocabulary of a model that was trained with it has them all.
        before: what comes before the question.
        after: what comes after it, up to where the answer begins.
    """

    name: str
    markers: tuple[str, ...]
    before: str
    after: str


CHATML = ChatTemplate(
    "chatml", ("<|im_start|>", "<|im_end|>"), "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"
)
LLAMA_3 = ChatTemplate(
    "llama3",
    ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
    "<|start_header_id|>user<|end_header_id|>\n\n",
    "<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
)
GEMMA = ChatTemplate(
    "gemma", ("<start_of_turn>", "<end_of_turn>"), "<start_of_turn>user\n", "<end_of_turn>\n<start_of_turn>model\n"
)
PHI = ChatTemplate("phi", ("<|user|>", "<|assistant|>", "<|end|>"), "<|user|>\n", "<|end|>\n<|assistant|>\n")
GRANITE = ChatTemplate(
    "granite",
    ("<|start_of_role|>", "<|end_of_role|>"),
    "<|start_of_role|>user<|end_of_role|>",
    "<|end_of_text|>\n<|start_of_role|>assistant<|end_of_role|>",
)
MISTRAL = ChatTemplate("mistral", ("[INST]", "[/INST]"), "[INST]", "[/INST]")
PLAIN = ChatTemplate("plain", (), "### Instruction:\n", "\n### Response:\n")
"""For a model that was trained with none of them, or whose markers are no tokens."""

TEMPLATES = (CHATML, LLAMA_3, GEMMA, PHI, GRANITE, MISTRAL)

_THINKING = ("<think>", "</think>")
_NO_THOUGHTS = "<think>\n\n</think>\n\n"
"""What models that think aloud first write when they have nothing to think about; the rules leave them no room to."""

_BY_ARCHITECTURE = {
    "gemma": GEMMA,
    "gemma2": GEMMA,
    "gemma3": GEMMA,
    "gemma3n": GEMMA,
    "qwen2": CHATML,
    "qwen3": CHATML,
    "qwen2moe": CHATML,
    "qwen3moe": CHATML,
    "phi3": PHI,
    "granite": GRANITE,
    "mistral3": MISTRAL,
}


def template_of(architecture: str, program: str, has_marker: Callable[[str], bool]) -> ChatTemplate:
    """The template that a model was trained with.

    Args:
        architecture: as the file states it; ``llama`` says nothing, for many families are built like that.
        program: the file's own template, read as text.
        has_marker: whether the vocabulary has a token of its own for a marker.
    """
    fitting = [template for template in TEMPLATES if all(map(has_marker, template.markers))]
    mentioned = [template for template in fitting if template.markers[0] in program]
    usual = _BY_ARCHITECTURE.get(architecture)
    chosen = next(iter(mentioned), usual if usual in fitting else next(iter(fitting), PLAIN))
    if chosen is CHATML and all(map(has_marker, _THINKING)):
        return ChatTemplate(chosen.name, chosen.markers, chosen.before, chosen.after + _NO_THOUGHTS)
    return chosen
