"""Questions to a language model, whose answers follow rules."""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.inference.chat_templates import TEMPLATES, template_of
from fastclip_desktop.inference.context_memory import context_memory
from fastclip_desktop.inference.gguf_header import read_gguf_header
from fastclip_desktop.inference.llama import Llama, Tokens, Use
from fastclip_desktop.inference.llama_grammar import FEW

CONTEXT = 4096
"""Tokens of a question and its answer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of an answer.

    Attributes:
        text: what was written; half a letter, as some tokens are, is told with its other half.
        shares: how likely each text was that the rules allowed here, where these are few; empty where they are many.
    """

    text: str
    shares: dict[str, float]


class LanguageModel:
    """A loaded instruct model; used by one thread at a time.

    Args:
        model: of the kind ``text``.
        reporter: says when to stop.

    Attributes:
        template: the name of the chat template that it gets to see.

    Raises:
        InputError: ``bad_model`` for a file that llama.cpp cannot take.
        Cancelled: if the reporter says so.
    """

    def __init__(self, model: Model, reporter: Reporter) -> None:
        self._llama = Llama(model.path, model.name, Use(CONTEXT), reporter.cancel.check)
        markers = {name: self._llama.marker(name) for template in TEMPLATES for name in template.markers}
        self._llama.forbid([token for token in markers.values() if token is not None])
        architecture = self._llama.metadata("general.architecture")
        template = template_of(
            architecture,
            self._llama.metadata("tokenizer.chat_template"),
            lambda marker: self._llama.marker(marker) is not None,
        )
        self.template = template.name
        self._before = [*self._llama.begin, *self._llama.tokens(template.before, markers=True)]
        self._after = self._llama.tokens(template.after, markers=True)

    def close(self) -> None:
        """Give its memory back."""
        self._llama.close()

    @property
    def room(self) -> int:
        """Tokens that a question and its answer may take together."""
        return self._llama.longest - len(self._before) - len(self._after)

    def cost(self, text: str) -> int:
        """Tokens that a text takes."""
        return len(self._llama.tokens(text))

    def answer(self, question: tuple[str, str], rules: str, most: int, reporter: Reporter) -> list[Piece]:
        """The likeliest answer, piece by piece.

        What a question has in common with the last one is not read again. No text in it is taken for a marker.

        Args:
            question: its parts, each of them as it is; only what is too long for the model is cut from the last one.
            rules: what the answer follows, in GBNF.
            most: tokens of the answer.
            reporter: says when to stop.

        Raises:
            InputError: ``bad_model`` where what the model computes are no numbers.
            Cancelled: if the reporter says so.
        """
        asked = [token for part in question for token in self._llama.tokens(part)]
        tokens = [*self._before, *asked[: max(0, self.room - most)], *self._after]
        tokens = tokens[: self._llama.longest - 1]
        return self._written(tokens, rules, min(most, self._llama.longest - len(tokens)), reporter)

    def _written(self, tokens: Tokens, rules: str, most: int, reporter: Reporter) -> list[Piece]:
        pieces: list[Piece] = []
        half = b""
        with self._llama.grammar(rules) as grammar:
            for _ in range(most):
                scores = self._llama.next_token(tokens, reporter.cancel.check)
                allowed, shares = grammar.allowed(scores)
                if not len(allowed):
                    break
                best = int(allowed[shares.argmax()])
                if self._llama.is_control(best):
                    break
                few = len(allowed) <= FEW and not half
                choice = dict[str, float]()
                for token, share in zip(allowed.tolist(), shares.tolist(), strict=True) if few else ():
                    text = self._llama.written(token).decode(errors="replace")
                    choice[text] = choice.get(text, 0.0) + share
                half += self._llama.written(best)
                text, half = _whole(half)
                pieces.append(Piece(text, choice))
                grammar.follow(best)
                tokens = [*tokens, best]
        return pieces


def working_memory(model: Model) -> int:
    """Bytes that a model takes beside its weights, as its file states its shape.

    Raises:
        InputError: ``bad_model`` for a file that states none.
    """
    try:
        return context_memory(read_gguf_header(model.path), CONTEXT)
    except OSError as error:
        raise InputError(
            ErrorCode.BAD_MODEL,
            f"The model {model.name} cannot be read: {error.strerror or error}.",
            "Remove it and fetch it again, or choose another one.",
        ) from error


def _whole(data: bytes) -> tuple[str, bytes]:
    """The letters that are there, and what has begun of one that isn't."""
    for cut in range(min(4, len(data) + 1)):
        try:
            return data[: len(data) - cut].decode(), data[len(data) - cut :]
        except UnicodeDecodeError:
            continue
    return data.decode(errors="replace"), b""
