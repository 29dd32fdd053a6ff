"""What the options of ``fastclip shorts`` ask for."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.cli.arguments import parse_arguments
from fastclip_desktop.cli.shorts import request_of, shorts_to_json
from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.job import JobResult, ShortsRequest, SiteCaptions, SiteTry
from fastclip_desktop.domain.short_look import Aspect, Framing, ShortFacts, ShortLook
from fastclip_desktop.domain.short_presets import caption_style, look_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import TranscriptOrigin


def asked(*words: str, own: ShortLook | None = None) -> ShortsRequest:
    return request_of(parse_arguments(["shorts", "talk.mp4", *words]), own)


def test_without_options_the_best_moments_are_chosen_in_the_first_preset() -> None:
    request = asked()
    assert request.source == "talk.mp4"
    assert (request.segments, request.query, request.count, request.joins) == ((), "", None, False)
    assert request.look == look_of("default")
    assert request.destination.folder == Path.cwd()


def test_every_option_has_its_place(tmp_path: Path) -> None:
    words = "--count 4 --about bread --instructions loud --length 0:30 --preset face_track --aspect 4:5 --size 720"
    more = "--style karaoke --hook Hi --cta Bye --hooks --ctas --montage --cut-pauses --cut-fillers --subtitles srt,ASS"
    request = asked(*words.split(), *more.split(), "--to", str(tmp_path), "--title", "T", "--transcript", "a.srt")
    assert (request.count, request.query, request.hint, request.preferred) == (4, "bread", "loud", Fraction(30))
    look = request.look
    assert (look.framing, look.aspect, look.short_side) == (Framing.FACES, Aspect.FEED, 720)
    assert look.captions == caption_style("karaoke")
    assert (look.cuts_pauses, look.cuts_fillers) == (True, True)
    assert (request.hook, request.call_to_action, request.adds_hooks, request.adds_calls) == ("Hi", "Bye", True, True)
    assert (request.joins, request.subtitles, request.title) == (True, ("srt", "ass"), "T")
    assert request.destination.folder == tmp_path
    assert request.words.file == Path("a.srt")
    assert asked("--no-captions", "--style", "pop").look.captions is None
    assert asked("--size", "0").look.short_side == 0  # which is refused with all that no frame can have


def test_ranges_are_shorts_of_their_own() -> None:
    request = asked("--times", "1:15-2:05.5", "--times", "10-20")
    spans = [each.span for each in request.segments]
    assert spans == [TimeRange(Fraction(75), Fraction("125.5")), TimeRange(Fraction(10), Fraction(20))]


def test_the_preset_customised_is_the_persons_own_look() -> None:
    own = ShortLook(short_side=640)
    assert asked("--preset", "customised", own=own).look.short_side == 640


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--times", "1:15"], ErrorCode.BAD_TIME),
        (["--times", "a-b"], ErrorCode.BAD_TIME),
        (["--times", "20-10"], ErrorCode.BAD_RANGE),
        (["--times", "1-2", "--count", "3"], ErrorCode.BAD_USAGE),
        (["--times", "1-2", "--about", "bread"], ErrorCode.BAD_USAGE),
        (["--count", "0"], ErrorCode.BAD_USAGE),
        (["--count", "many"], ErrorCode.BAD_USAGE),
        (["--length", "long"], ErrorCode.BAD_TIME),
        (["--preset", "vivid"], ErrorCode.BAD_USAGE),
        (["--aspect", "round"], ErrorCode.BAD_USAGE),
        (["--size", "huge"], ErrorCode.BAD_USAGE),
        (["--style", "nice"], ErrorCode.BAD_USAGE),
        (["--subtitles", "doc"], ErrorCode.BAD_USAGE),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(words: list[str], code: ErrorCode) -> None:
    with pytest.raises(FastClipError) as caught:
        asked(*words)
    assert caught.value.code is code
    assert caught.value.message.count("\n") == 0


def test_scripts_are_told_of_each_short_and_where_the_words_came_from() -> None:
    span, place = TimeRange(Fraction(10), Fraction(20)), TimeRange(Fraction(0), Fraction(10))
    facts = ShortFacts("c1", span, place, "Hi", "", "Names a number", 87)
    result = JobResult(
        shorts=(facts,),
        montage="c2",
        transcript_origin=TranscriptOrigin.SPEECH_RECOGNITION,
        site_captions=SiteCaptions(SiteTry.FAILED, "There are none."),
    )
    assert shorts_to_json(result) == {
        "clips": [],
        "cost": 0,
        "shorts": [
            {
                "clip": "c1",
                "start": 10,
                "end": 20,
                "output_start": 0,
                "output_end": 10,
                "hook": "Hi",
                "call_to_action": None,
                "reason": "Names a number",
                "score": 87,
            }
        ],
        "montage": "c2",
        "transcript_source": "speech_recognition",
        "site_captions": "failed",
        "site_captions_error": "There are none.",
    }
