"""Placing an hour of speech as a process of its own: ``python -m tests.benchmarks.embed_job ours|peer MODEL``.

The peer is llama-cpp-python's own way for each text on its own. Prints how many texts there were, and how far the two
ways' first point is from length 1.
"""

from __future__ import annotations

import random
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

from fastclip_desktop.domain.finding_stages import EmbedTranscript
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.media.sample_script import SLIDES
from fastclip_desktop.selection.semantic import texts_to_embed

WORDS_A_MINUTE = 150
SENTENCE_WORDS = (4, 20)


def hour_of_speech() -> Transcript:
    """9000 words in sentences of four to twenty; the words are those of the sample talk, in any order."""
    lines = (
        line for slide in SLIDES for line in (*slide.opening, *(each for point in slide.points for each in point.lines))
    )
    words = [word.strip(".,?!").lower() for line in lines for word in line.split()]
    random_ = random.Random(1)
    segments: list[Segment] = []
    said = 0
    while said < 60 * WORDS_A_MINUTE:
        count = random_.randint(*SENTENCE_WORDS)
        start, said = said, said + count
        span = TimeRange(Fraction(60 * start, WORDS_A_MINUTE), Fraction(60 * said, WORDS_A_MINUTE))
        segments.append(Segment(" ".join(random_.choices(words, k=count)).capitalize() + ".", span))
    return Transcript(tuple(segments), "en", TranscriptOrigin.CAPTIONS)


def main() -> None:
    way, path = sys.argv[1], Path(sys.argv[2])
    transcript = hour_of_speech()
    if way == "ours":
        from fastclip_desktop.stages import embed

        model = Model(path.stem, ModelKind.EMBEDDING, path, path.stat().st_size, "")
        vectors = embed.perform(EmbedTranscript(transcript, model), Reporter())
        points = np.frombuffer(vectors.data, dtype="<f4").reshape(len(vectors), -1)
    else:
        from llama_cpp import Llama

        llama = Llama(str(path), embedding=True, n_threads=None, verbose=False)
        texts = texts_to_embed(transcript)
        points = np.array([llama.create_embedding(text)["data"][0]["embedding"] for text in texts])
    print(len(points), float(np.linalg.norm(points[0])))


if __name__ == "__main__":
    main()
