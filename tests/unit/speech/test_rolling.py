from __future__ import annotations

from fastclip_desktop.speech.cues import Cue, CueWord
from fastclip_desktop.speech.rolling import fold_rolling


def rolling_cues(lines: list[str]) -> list[Cue]:
    """What YouTube makes of lines: each is written under the one before, then shown alone for 10 ms."""
    cues = []
    for number, line in enumerate(lines):
        start = 2000 * number
        above = (lines[number - 1],) if number else ()
        cues.append(Cue(start, start + 1990, (*above, line)))
        cues.append(Cue(start + 1990, start + 2000, (line,)))
    return cues


def test_each_rolling_line_comes_once_at_its_first_showing() -> None:
    lines = ["so today we talk", "about the weather", "and why it rains", "in the mountains"]
    folded = fold_rolling(rolling_cues(lines))
    assert [cue.text for cue in folded] == lines
    assert [cue.start for cue in folded] == [0, 2000, 4000, 6000]
    assert [cue.end for cue in folded] == [1990, 3990, 5990, 7990]


def test_lines_that_grow_word_by_word_come_once() -> None:
    words = ["one", "two", "three", "four", "five", "six"]
    cues = [Cue(1000 * end, 1000 * end + 1000, (" ".join(words[:end]),)) for end in range(1, 7)]
    assert " ".join(cue.text for cue in fold_rolling(cues)) == "one two three four five six"


def test_times_of_words_stay_with_their_words() -> None:
    lines = ["alpha beta gamma", "delta epsilon zeta", "eta theta iota", "kappa lambda mu"]
    cues = []
    for number, line in enumerate(lines):
        start = 3000 * number
        above = lines[number - 1].split() if number else []
        words = [CueWord(word, start - 100 + i, start - 99 + i) for i, word in enumerate(above)]
        words += [CueWord(word, start + 900 * i, start + 900 * i + 900) for i, word in enumerate(line.split())]
        cues.append(Cue(start, start + 2990, (*([" ".join(above)] if above else []), line), tuple(words)))
    folded = fold_rolling(cues)
    assert folded[1].words[0] == CueWord("delta", 3000, 3900)
    assert folded[1].start == 3000


def test_a_chorus_is_not_rolling() -> None:
    texts = ["la la la", "la la la", "and then it rained", "on the hills", "on the town", "we went home", "slowly"]
    cues = [Cue(2000 * number, 2000 * number + 1900, (text,)) for number, text in enumerate(texts)]
    assert fold_rolling(cues) == cues


def test_a_chant_is_not_rolling() -> None:
    cues = [Cue(1000 * number, 1000 * number + 1000, ("one more time",)) for number in range(20)]
    assert fold_rolling(cues) == cues


def test_repeats_after_a_pause_are_not_rolling() -> None:
    lines = [f"the same words again and {number}" for number in range(10)]
    texts = [f"{before.split()[-1]} {line}" for before, line in zip(["", *lines], lines, strict=False) if before]
    cues = [Cue(5000 * number, 5000 * number + 1000, (text,)) for number, text in enumerate(texts)]
    together = [Cue(5000 * number, 5000 * number + 5000, (text,)) for number, text in enumerate(texts)]
    assert fold_rolling(cues) == cues
    assert fold_rolling(together) == together  # one shared word is chance


def test_shared_phrases_across_a_pause_stay() -> None:
    texts = [f"chapter {n} begins right here and chapter {n + 1} begins right here" for n in range(8)]
    apart = [Cue(9000 * n, 9000 * n + 5000, (text,)) for n, text in enumerate(texts)]
    touching = [Cue(9000 * n, 9000 * n + 9000, (text,)) for n, text in enumerate(texts)]
    assert fold_rolling(apart) == apart
    assert [cue.text for cue in fold_rolling(touching)][1] == "and chapter 2 begins right here"


def test_nothing_folds_to_nothing() -> None:
    assert fold_rolling([]) == []
