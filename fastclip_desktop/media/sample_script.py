"""What is said in the sample talk: a made-up speaker on running a small podcast, one subject a slide.

Each line is one caption. A line is shown for as long as it takes to say it calmly, and the slide's next point lights up
with the first line about it, so the timing of picture and captions follows from the words alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment

TITLE = "Running a small podcast"

_SECONDS_A_WORD = Fraction(36, 100)
_SECONDS_A_LINE = Fraction(8, 10)
_SHORTEST, _LONGEST = Fraction(3), Fraction(6)
_BREATH = Fraction(3, 10)
_SLIDE_PAUSE = Fraction(12, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """One line of a slide and what is said about it."""

    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """A subject: what is said under its title alone, then its points."""

    title: str
    opening: tuple[str, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class TimedSlide:
    """A slide with its times in seconds of the talk.

    Attributes:
        slide: what it shows.
        span: from its first instant to the next slide's.
        reveals: when each point lights up.
        captions: what is said.
    """

    slide: Slide
    span: TimeRange
    reveals: tuple[Fraction, ...]
    captions: tuple[Segment, ...]


SLIDES = (
    Slide(
        TITLE,
        (
            "Good afternoon, and thank you for coming to the small room at the end of the corridor.",
            "My name is Mara Lindqvist, and for six years I have made a weekly show about lighthouses.",
            "It has four thousand listeners, two hosts and no office.",
            "There will be a list of everything at the end, so put the pens down for now.",
            "In the next ten minutes I want to show you how we keep it going without burning out.",
            "Every slide carries a running clock, so you can find your way back to any moment later.",
        ),
        (),
    ),
    Slide(
        "Choosing a microphone",
        (
            "Let us begin with the question I hear most often, which is about microphones.",
            "People expect me to name an expensive one, and I always disappoint them.",
        ),
        (
            Point(
                "Dynamic beats condenser in a kitchen",
                (
                    "In an untreated room, take a dynamic microphone and not a condenser.",
                    "A condenser hears the fridge, the neighbours and the rain on the window.",
                    "A dynamic one hears mostly you, as long as you stay close to it.",
                ),
            ),
            Point(
                "A hand's width from your mouth",
                (
                    "Close means a hand's width from your mouth, a little off to the side.",
                    "Off to the side, because then your breath passes the capsule,",
                    "and the hard p and b sounds stop popping.",
                ),
            ),
            Point(
                "The room matters more than the money",
                (
                    "A wardrobe full of coats will improve your sound more than another three hundred euros.",
                    "I recorded our first forty episodes under a duvet, and nobody ever noticed.",
                    "Clap your hands once; if the room answers, hang something soft on the walls.",
                    "And spend what you have saved on a good stand, since wobble is audible.",
                ),
            ),
        ),
    ),
    Slide(
        "Recording people far away",
        (
            "Most of our guests live on an island, so we hardly ever sit at the same table.",
            "Recording remotely is not difficult, but the obvious way is the wrong one.",
        ),
        (
            Point(
                "Everyone records their own side",
                (
                    "Do not keep the sound of the video call; it is squeezed until it sounds like a phone.",
                    "Ask both people to record themselves on their own computer,",
                    "and use the call only to hear each other.",
                    "Afterwards each side sends its file, and nothing was lost on the way.",
                ),
            ),
            Point(
                "Clap together to line up the tracks",
                (
                    "At the start everybody claps at the same moment, on the count of three.",
                    "That spike is easy to see, and it lines up the two tracks within a second's work.",
                    "Clap again at the end, because cheap clocks drift by half a second in an hour.",
                ),
            ),
            Point(
                "Keep a backup running",
                (
                    "Let the call itself be recorded as well, as a safety net.",
                    "One guest in twenty forgets to press the button, and last spring that guest was me.",
                    "Send a one-page checklist the day before:",
                    "headphones on, notifications off, telephone in another room.",
                ),
            ),
        ),
    ),
    Slide(
        "Editing without losing the weekend",
        (
            "Now to editing, the part that makes most people give up around episode seven.",
            "My rule is that an hour of talk may take two hours at the desk and not a minute more.",
        ),
        (
            Point(
                "Read the transcript first",
                (
                    "I read the transcript before I listen to anything.",
                    "Striking out a paragraph is far quicker than scrubbing through a waveform.",
                    "By the time I open the audio, a third of it has already gone.",
                    "My co-host does the same, and wherever we both strike, we cut.",
                ),
            ),
            Point(
                "Cut ideas, not breaths",
                (
                    "Cut whole ideas rather than every breath and every um.",
                    "A conversation with all its pauses removed sounds like someone running for a bus.",
                    "Leave in the laugh before the answer; it tells the listener how to feel.",
                    "If I have to explain why a story is in there, the story goes out.",
                ),
            ),
            Point(
                "Even out the loudness last",
                (
                    "Loudness comes last: minus sixteen LUFS for stereo, and a limiter one decibel below the top.",
                    "Then I listen once on the cheapest earphones I own, walking along a busy street.",
                    "If I can follow it beside the tram, it is ready to publish.",
                ),
            ),
        ),
    ),
    Slide(
        "Sponsors, and what to charge",
        (
            "Money next, since nobody talks about it and everybody wants to know.",
            "A show of our size can pay for itself, but not in the way you might think.",
        ),
        (
            Point(
                "Price a slot by listeners, not by mood",
                (
                    "Here is how to price a sponsor slot when you have no idea what to ask for.",
                    "Take your downloads after thirty days, divide by a thousand, and multiply by twenty-five euros.",
                    "With four thousand listeners, that makes a hundred euros for one slot in the middle.",
                    "If they say yes at once, raise it next season; if nobody answers, lower it by a fifth.",
                ),
            ),
            Point(
                "Sell a season, never a single slot",
                (
                    "Sell sponsors a whole season and never a single episode.",
                    "Ten slots at once take the same three e-mails as one,",
                    "and a listener needs to hear a name six times before it sticks.",
                    "Read the message yourselves, in your own words, and keep it under forty seconds.",
                ),
            ),
            Point(
                "Say no in writing",
                (
                    "We turned down a betting company, and I still have the polite letter we sent.",
                    "Write down which advertisers you refuse before the first one comes with a cheque.",
                    "Half of our income is not advertising at all but readers who send three euros a month.",
                ),
            ),
        ),
    ),
    Slide(
        "Growing an audience slowly",
        (
            "How does a tiny show find more people? Slowly, and mostly through other shows.",
            "We spent four hundred euros on social media ads once and gained eleven subscribers.",
        ),
        (
            Point(
                "Be a guest before you want guests",
                (
                    "What works is being a guest on a programme whose listeners would like yours.",
                    "After one visit to a sailing podcast we grew by a fifth in a single week.",
                    "Bring a story that stands on its own, and mention your own show exactly once.",
                ),
            ),
            Point(
                "One short clip for each episode",
                (
                    "Publish one short clip from every episode, under a minute, with subtitles burned in.",
                    "Choose the moment where somebody laughs or changes their mind.",
                    "Strangers share a feeling; hardly anyone shares information.",
                ),
            ),
            Point(
                "The same hour every week",
                (
                    "Come out at the same hour every week, even when the episode is only twelve minutes long.",
                    "People build you into their commute or their ironing,",
                    "and a habit is worth more than any algorithm.",
                    "And answer every letter from a listener within a week, even the rude ones.",
                ),
            ),
        ),
    ),
    Slide(
        "Mistakes we made for you",
        (
            "This is my favourite slide, because every line on it was expensive.",
            "You may have all of these mistakes for free.",
        ),
        (
            Point(
                "The interview that was never saved",
                (
                    "In our second year I lost a ninety-minute interview with a keeper who has since died.",
                    "The memory card was full, the red lamp was blinking, and I thought blinking meant recording.",
                    "Since that day, two copies exist before anyone leaves the room.",
                    "Buy a second card today, and write the date on it with a pen.",
                ),
            ),
            Point(
                "Music we had no right to use",
                (
                    "Our first theme tune belonged to somebody else, and a lawyer kindly told us so.",
                    "Replacing it in fifty-two old episodes took the whole of August.",
                    "Commission a jingle from a student; ours cost eighty euros and we own it.",
                ),
            ),
            Point(
                "Two shows a week",
                (
                    "And for one winter we tried to publish twice a week.",
                    "By February we were snapping at each other, and the numbers had not moved at all.",
                    "The schedule you can keep when you have the flu is the right schedule.",
                ),
            ),
        ),
    ),
    Slide(
        "The whole gear list",
        (
            "For those with a notebook, here is everything we own, with nothing left out.",
            "Bought used, the whole bag came to three hundred and forty euros.",
        ),
        (
            Point(
                "Two dynamic mics, two stands, two foam caps",
                (
                    "Two second-hand dynamic mics, with stands that clamp to a table and foam caps.",
                    "Clamps survive a cat; the little tripods do not.",
                ),
            ),
            Point(
                "A recorder with four inputs",
                (
                    "One recorder with four inputs that runs on ordinary double-A batteries.",
                    "A separate recorder never installs an update in the middle of a sentence.",
                    "Beside it lies a kitchen timer, to keep the two hosts honest.",
                ),
            ),
            Point(
                "Closed headphones and a spare cable",
                (
                    "Closed headphones for everyone at the table, so that nothing leaks back in.",
                    "And a spare of every cable, because a cable only ever breaks on a Sunday.",
                    "The laptop is nine years old, and the editing program is free software.",
                    "Everything travels in cloth bags, because a zip can be heard from across the room.",
                ),
            ),
        ),
    ),
    Slide(
        "Questions from the room",
        ("That leaves us about a minute and a half for questions; yes, the gentleman with the umbrella.",),
        (
            Point(
                "How long should an episode be?",
                (
                    "You ask how long an episode should be: as long as the washing-up.",
                    "Our statistics say that most people leave after twenty-six minutes,",
                    "so we aim for twenty-four and let the good ones run over.",
                ),
            ),
            Point(
                "Do I need a video version?",
                (
                    "Somebody at the back wonders whether they also have to film it.",
                    "Not at first; a camera doubles the work and makes shy guests shyer.",
                    "A photograph of the lighthouse has served us perfectly well.",
                    "And a photograph never blinks, never sneezes and never wants a second take.",
                ),
            ),
            Point(
                "When is it time to stop?",
                (
                    "And the last one, when should you stop?",
                    "That is a brave thing to ask in front of people who have just started.",
                    "When you notice that you would not listen to it yourself any more.",
                    "Until then, keep it small, keep it kind, and back up your files. Thank you very much.",
                ),
            ),
        ),
    ),
)


def timed_slides(slides: tuple[Slide, ...] = SLIDES) -> tuple[TimedSlide, ...]:
    """Give every slide, point and line its time; all are whole tenths of a second, as the talk's pictures are."""
    timed = []
    now = Fraction(0)
    for slide in slides:
        begin, at = now, now + _SLIDE_PAUSE
        captions: list[Segment] = []
        reveals: list[Fraction] = []
        for lines, is_point in ((slide.opening, False), *((point.lines, True) for point in slide.points)):
            if is_point:
                reveals.append(at)
            for line in lines:
                spoken = TimeRange(at, at + _time_to_say(line))
                captions.append(Segment(line, spoken))
                at = spoken.end + _BREATH
        now = at + _SLIDE_PAUSE
        timed.append(TimedSlide(slide, TimeRange(begin, now), tuple(reveals), tuple(captions)))
    return tuple(timed)


def _time_to_say(line: str) -> Fraction:
    seconds = _SECONDS_A_LINE + _SECONDS_A_WORD * len(line.split())
    return Fraction(round(min(_LONGEST, max(_SHORTEST, seconds)) * 10), 10)
