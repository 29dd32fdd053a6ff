"""The stages for which a language model reads passages; it stays loaded from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from fastclip_desktop.domain.finding_stages import ClipCopy, JudgeMoments, WriteCopy
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.inference.kept import Kept
from fastclip_desktop.inference.language_model import LanguageModel, working_memory
from fastclip_desktop.inference.llama import wants_graphics
from fastclip_desktop.selection.copywriting import LONGEST_COPY, question_for_copy, read_copy
from fastclip_desktop.selection.judging import LONGEST_ANSWER, Question, Step, Verdict, question_about, read_answer
from fastclip_desktop.selection.numbered import NumberedText, number_sentences, sentences_of
from fastclip_desktop.selection.passages import Passages, read_passages
from fastclip_desktop.selection.rerank import Judged, reranked

_LEAST_TOKENS, _TOKENS_PER_MINUTE, _MOST_TOKENS = 1200, 20, 4000
"""Of all passages for one query. Two cores read some 50 tokens a second with three thousand million parameters."""
_PASSAGE_TOKENS = 150
"""Of a passage, below which it says too little: rather fewer passages."""
_MOST_PASSAGE_TOKENS = 900
_SPARE_TOKENS = 32

_language_model = Kept(LanguageModel, working_memory, lambda: wants_graphics(points=False))


def perform(
    request: JudgeMoments | WriteCopy, reporter: Reporter
) -> tuple[tuple[Moment, ...], ...] | tuple[ClipCopy, ...]:
    """Choose among the moments of each query, or write about spans; in the order of the request.

    Raises:
        InputError: ``model_too_large``; ``bad_model`` for a file that llama.cpp cannot take.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    passages = read_passages(request.transcript)
    with _language_model.using(request.model, reporter) as model:
        reader = _Reader(model, passages, reporter)
        if isinstance(request, WriteCopy):
            return tuple(reader.copy(request, number) for number in range(len(request.spans)))
        reader.expect(sum(len(moments) + 1 for moments in request.ranked))
        pairs = zip(request.queries, request.ranked, strict=True)
        return tuple(reader.choose(query, moments, request.max_moments) for query, moments in pairs)


class _Reader:
    """A language model with a transcript before it."""

    def __init__(self, model: LanguageModel, passages: Passages, reporter: Reporter) -> None:
        self._model = model
        self._passages = passages
        self._reporter = reporter
        self._done = 0
        self._expected = 1

    def expect(self, steps: int) -> None:
        """So many passages will be read at most."""
        self._expected = max(1, steps)

    def choose(self, query: str, moments: Sequence[Moment], most: int) -> tuple[Moment, ...]:
        """The best moments for a query in the order that they have with the model's verdicts."""
        budget = self._passage_budget(query, len(moments))
        if not moments or not len(self._passages) or budget < _PASSAGE_TOKENS:
            self._step(len(moments) + 1)
            return tuple(moments[:most])
        read = max(1, self._tokens() // _PASSAGE_TOKENS)
        blank = self._verdict(None, query)
        judged = []
        for number, moment in enumerate(moments):
            sentences = sentences_of(self._passages, moment.span)
            verdict = None
            if number < read:
                text = number_sentences(self._passages, sentences, budget, self._model.cost)
                verdict = self._verdict(text, query)
            else:
                self._step()
            judged.append(Judged(moment, sentences, verdict))
        likelihood = 0.5 if blank is None else blank.likelihood
        return reranked(judged, self._passages, most, likelihood, keeps_spans=not query.strip())

    def copy(self, request: WriteCopy, number: int) -> ClipCopy:
        """What to write about a span; empty lines where there is nothing to write about."""
        self._reporter.report(number / len(request.spans))
        if not len(self._passages):
            return ClipCopy("", "", "")
        sentences = sentences_of(self._passages, request.spans[number])
        text = number_sentences(self._passages, sentences, _MOST_PASSAGE_TOKENS, self._model.cost)
        return read_copy("".join(step.text for step in self._answer(question_for_copy(text), LONGEST_COPY)))

    def _verdict(self, text: NumberedText | None, query: str) -> Verdict | None:
        steps = self._answer(question_about(text, query), LONGEST_ANSWER)
        self._step()
        return read_answer(steps, text, query)

    def _answer(self, question: Question, most: int) -> list[Step]:
        pieces = self._model.answer((question.asked, question.quoted), question.rules, most, self._reporter)
        return [Step(piece.text, piece.shares) for piece in pieces]

    def _step(self, count: int = 1) -> None:
        self._done += count
        self._reporter.report(self._done / self._expected)

    def _tokens(self) -> int:
        """What the passages for a query may take together; more in a longer source, where more is alike."""
        minutes = float(self._passages.ends.max()) / 60 if len(self._passages) else 0.0
        return int(min(_MOST_TOKENS, _LEAST_TOKENS + _TOKENS_PER_MINUTE * minutes))

    def _passage_budget(self, query: str, count: int) -> int:
        """What one passage may take: its share of them all, and no more than there is room for."""
        question = question_about(None, query)
        around = self._model.cost(question.asked) + self._model.cost(question.quoted) + LONGEST_ANSWER + _SPARE_TOKENS
        share = self._tokens() // max(1, min(count, self._tokens() // _PASSAGE_TOKENS))
        return min(share, _MOST_PASSAGE_TOKENS, self._model.room - around)
