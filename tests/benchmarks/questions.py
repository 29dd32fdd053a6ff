"""How well moments are found: recordings with questions whose answers are known in seconds.

The project ships no such data; a folder is given. For each set it holds two files::

    SET.docs.jsonl.gz    {"doc": name, "segments": [{"s": start, "e": end, "t": text}, …]}, one recording a line
    SET.queries.jsonl    {"doc": name, "query": text, "kind": "question", "spans": [[start, end], …]}, one a line

Each question is put to its own recording and to the one half the set away, as neighbours are often about one thing.
What is printed for each set:

========================  ============================================================================================
Hit@1, Hit@5              The middle of the first moment, of one of the first five, lies in a right answer.
R@1 IoU 0.3, 0.5          The first moment overlaps a right answer by so much of what both cover together.
mIoU@1                    How much of both together the first moment has in common with a right answer, on average.
AUROC                     How often the first moment for an own question is surer than that for another recording's.
ECE                       By how much confidence differs from the share of hits, on average over tenths of the scale, as
                          in Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning" (2015).
                          Questions from other recordings are a third of the weight.
========================  ============================================================================================
"""

from __future__ import annotations

import gzip
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fastclip_desktop.domain.finding_stages import EmbedQueries, EmbedTranscript
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.selection.select import MomentIndex
from fastclip_desktop.selection.semantic import Point, points_of
from tests.benchmarks.measure import Row

MOST = 5
OTHERS_WEIGHT = 1 / 3
TENTHS = 10
LONG_SECONDS = 3 * 3600
INDEX_LIMIT = 1.5
QUERY_LIMIT = 0.05
SURER = 0.93
OFF_BY = 0.08

Span = tuple[float, float]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the recording it belongs to, and its right answers in seconds."""

    text: str
    recording: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Recordings by name, and questions about them."""

    name: str
    recordings: dict[str, Transcript]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what was found in its own recording and in another one."""

    question: Question
    own: tuple[Moment, ...]
    other: tuple[Moment, ...]


def measure_questions(folder: Path | None, embedder: Path | None) -> list[Row]:
    """The table's rows for every set of a folder; says what is missing where there is none."""
    if folder is None:
        return [Row("find moments by words", "", "–", "", None, "pass --questions FOLDER")]
    sets = [_read(folder, path.name.removesuffix(".docs.jsonl.gz")) for path in sorted(folder.glob("*.docs.jsonl.gz"))]
    rows = [row for each in sets for row in _rows(each, "words alone", dict[str, Vectors](), dict[str, Point]())]
    if embedder is not None:
        model = Model(embedder.stem, ModelKind.EMBEDDING, embedder, embedder.stat().st_size, "")
        for each in sets:
            rows += _rows(each, embedder.stem[:20], *_embedded(each, model))
    return [*rows, *_speed(sets)]


def _rows(each: QuestionSet, how: str, vectors: dict[str, Vectors], points: dict[str, Point]) -> list[Row]:
    answered = list(_answer(each, vectors, points))
    hits = [[_is_hit(moment, item.question) for moment in item.own] for item in answered]
    overlaps = np.array([_overlap(item.own[0], item.question) if item.own else 0.0 for item in answered])
    own, other = _sureness([item.own for item in answered]), _sureness([item.other for item in answered])
    surer = _surer(own, other)
    off_by = _off_by(own, other, np.array([any(hit[:1]) for hit in hits], dtype=np.float64))
    figures = {
        "Hit@1": float(np.mean([any(hit[:1]) for hit in hits])),
        "Hit@5": float(np.mean([any(hit) for hit in hits])),
        "R@1 IoU 0.3": float(np.mean(overlaps >= 0.3)),
        "R@1 IoU 0.5": float(np.mean(overlaps >= 0.5)),
        "mIoU@1": float(overlaps.mean()),
    }
    detail = f"{len(answered)} questions, {len(each.recordings)} recordings"
    rows = [Row(f"{each.name}: {name}", how, f"{value:.3f}", "", None, detail) for name, value in figures.items()]
    wanted = f"≥ {SURER}" if vectors else ""
    met = surer >= SURER if vectors else None
    rows.append(Row(f"{each.name}: AUROC", how, f"{surer:.3f}", wanted, met, "against another recording of the set"))
    rows.append(Row(f"{each.name}: ECE", how, f"{off_by:.3f}", f"≤ {OFF_BY}", off_by <= OFF_BY, "first moments"))
    return rows


def _read(folder: Path, name: str) -> QuestionSet:
    with gzip.open(folder / f"{name}.docs.jsonl.gz", "rt", encoding="utf-8") as file:
        recordings = {item["doc"]: _transcript(item["segments"]) for item in map(json.loads, file)}
    with (folder / f"{name}.queries.jsonl").open(encoding="utf-8") as file:
        questions = tuple(
            Question(item["query"], item["doc"], tuple((float(start), float(end)) for start, end in item["spans"]))
            for item in map(json.loads, file)
            if item.get("kind", "question") == "question"
        )
    return QuestionSet(name, recordings, questions)


def _transcript(segments: Sequence[dict[str, str | float]]) -> Transcript:
    cues = (
        Segment(str(segment["t"]), TimeRange(Fraction(str(segment["s"])), Fraction(str(segment["e"]))))
        for segment in segments
        if segment["s"] < segment["e"]  # type: ignore[operator] # both are numbers
    )
    return Transcript(tuple(cues), "en", TranscriptOrigin.GIVEN)


def _embedded(each: QuestionSet, model: Model) -> tuple[dict[str, Vectors], dict[str, Point]]:
    from fastclip_desktop.stages import embed

    vectors = {
        name: embed.perform(EmbedTranscript(transcript, model), Reporter())
        for name, transcript in each.recordings.items()
    }
    texts = tuple(dict.fromkeys(question.text for question in each.questions))
    points = points_of(embed.perform(EmbedQueries(texts, model), Reporter()))
    return vectors, dict(zip(texts, points, strict=True))


def _answer(each: QuestionSet, vectors: dict[str, Vectors], points: dict[str, Point]) -> Iterator[Answered]:
    indexes = {name: MomentIndex(transcript, vectors.get(name)) for name, transcript in each.recordings.items()}
    names = list(indexes)
    for question in each.questions:
        another = names[(names.index(question.recording) + len(names) // 2) % len(names)]
        own, other = (
            indexes[name].select(question.text, MOST, point=points.get(question.text), keeps_unsure=True)
            for name in (question.recording, another)
        )
        yield Answered(question, own, other)


def _is_hit(moment: Moment, question: Question) -> bool:
    middle = float(moment.span.start + moment.span.end) / 2
    return any(start <= middle <= end for start, end in question.spans)


def _overlap(moment: Moment, question: Question) -> float:
    begin, finish = float(moment.span.start), float(moment.span.end)
    best = 0.0
    for start, end in question.spans:
        shared = max(0.0, min(finish, end) - max(begin, start))
        best = max(best, shared / max(1e-9, finish - begin + end - start - shared))
    return best


def _sureness(answers: Sequence[tuple[Moment, ...]]) -> Floats:
    return np.array([moments[0].confidence if moments else 0.0 for moments in answers])


def _surer(own: Floats, other: Floats) -> float:
    """The area under the receiver operating characteristic: how often any own one is surer, a tie counting half."""
    others = np.sort(other)
    below, upto = (np.searchsorted(others, own, side=side) for side in ("left", "right"))
    return float((below + upto).mean() / 2 / len(others))


def _off_by(own: Floats, other: Floats, hits: Floats) -> float:
    sure, right = np.concatenate((own, other)), np.concatenate((hits, np.zeros(len(other))))
    weights = np.concatenate((np.full(len(own), 1 - OTHERS_WEIGHT), np.full(len(other), OTHERS_WEIGHT)))
    tenth = np.minimum((sure * TENTHS).astype(np.int64), TENTHS - 1)
    gaps = np.abs(np.bincount(tenth, weights * (sure - right), minlength=TENTHS))
    return float(gaps.sum() / weights.sum())


def _speed(sets: Sequence[QuestionSet]) -> list[Row]:
    """Three hours of whatever the sets hold, one recording after another."""
    transcripts = [transcript for each in sets for transcript in each.recordings.values()]
    if not transcripts:
        return []
    segments: list[Segment] = []
    offset, turn = Fraction(0), 0
    while offset < LONG_SECONDS:
        own = transcripts[turn % len(transcripts)].segments
        segments += (Segment(cue.text, TimeRange(cue.span.start + offset, cue.span.end + offset)) for cue in own)
        offset, turn = segments[-1].span.end, turn + 1
    transcript = Transcript(tuple(segments), "en", TranscriptOrigin.GIVEN)
    began = time.perf_counter()
    index = MomentIndex(transcript)
    index.select(sets[0].questions[0].text, MOST)
    indexed = time.perf_counter() - began
    times = []
    for question in sets[0].questions[:50]:
        began = time.perf_counter()
        index.select(question.text, MOST)
        times.append(time.perf_counter() - began)
    middle, longest = statistics.median(times), max(times)
    hours = f"{float(offset) / 3600:.1f} hours, {len(segments)} cues"
    return [
        Row("index three hours", "and a first query", f"{indexed:.2f} s", "< 1.5 s", indexed < INDEX_LIMIT, hours),
        Row("", "a query", f"{middle * 1000:.0f} ms", "< 50 ms", middle < QUERY_LIMIT, f"at most {longest * 1000:.0f}"),
    ]
