"""The second hosted service's curl samples run here after changing only base URL, key and file.

They lie in ``tests/vendor_samples`` as its page prints them; ``shorts_quota`` is of the page about quotas. A file has
an address, an object key and a size, which are changed with it; what ``rproj_...`` stands for is what the answer before
has said. Everything is run twice: over scripted stages in an instant, and from the real file to the real clips.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import httpx
import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import SelectMoments, StageRequest
from tests.api_site import api_site
from tests.conftest import MediaMaker
from tests.integration.test_serve import POLL, serving
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, SubtitleSpec, VideoSpec
from tests.unit.engine.small_jobs import PATIENCE
from tests.unit.engine.test_shorts import FETCHED, LINK, MOMENTS, WORDS, said

SAMPLES = Path(__file__).parent.parent / "vendor_samples"

PATIENTLY = 600.0
"""Seconds for real clips on a slow machine."""

SENTENCES = (
    "Why did nobody ever tell me this before I started?",
    "The best launch we ever had cost us nothing at all.",
    "First, we asked ten people what they were afraid of.",
    "Nobody said price, which surprised every one of us.",
    "They were afraid of looking foolish in front of others.",
    "So we changed one single sentence on the page.",
    "And that is why sales doubled within a week.",
    "The secret is that people never buy the thing itself.",
    "Have you ever wondered why the cheap one stays on the shelf?",
    "It turns out that we trust what others have paid for.",
    "Most teams miss this step and wonder what went wrong.",
    "So before your next launch, ask ten people. It works.",
)
"""One every eleven seconds, for eight of them."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals"),
    pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed"),
    pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed"),
]


@dataclass(frozen=True)
class Script:
    """Runs samples.

    Attributes:
        base: where the server answers.
        key: the secret of a key.
        folder: where they are run.
    """

    base: str
    key: str
    folder: Path

    def run(self, name: str, changes: dict[str, str] | None = None, **variables: str) -> str:
        """What a sample prints."""
        text = (SAMPLES / f"shorts_{name}.sh").read_text(encoding="utf-8").replace("https://www.subclip.app", self.base)
        for printed, own in (changes or {}).items():
            assert printed in text, printed
            text = text.replace(printed, own)
        done = subprocess.run(
            ["bash", "-e"],
            input=text,
            cwd=self.folder,
            env={**os.environ, "SUBCLIP_API_KEY": self.key, **variables},
            capture_output=True,
            text=True,
            timeout=PATIENTLY,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answer(self, name: str, changes: dict[str, str] | None = None) -> dict[str, Any]:
        """The JSON that a sample prints, which tells of nothing that went wrong."""
        printed: dict[str, Any] = json.loads(self.run(name, changes))
        assert "error" not in printed, printed
        return printed

    def uploaded_source(self, file: Path) -> str:
        """The object key of a source that the samples send."""
        shutil.copy(file, self.folder / "interview.mp4")
        size = {"52428800": str(file.stat().st_size)}
        announced = self.answer("upload", size)
        assert self.run("upload_put", size, SOURCE_UPLOAD_URL=announced["uploadUrl"]) == ""
        key: str = announced["sourceObjectKey"]
        return key

    def uploaded_transcript(self, text: str) -> str:
        """The object key of a transcript that the samples send."""
        file = self.folder / "podcast.srt"
        file.write_text(text, encoding="utf-8", newline="\n")
        announced = self.answer("transcript", {"18432": str(file.stat().st_size)})
        assert self.run("transcript_put", TRANSCRIPT_UPLOAD_URL=announced["uploadUrl"]) == ""
        key: str = announced["transcriptSrtObjectKey"]
        return key

    def finished(self, project: str, patience: float) -> dict[str, Any]:
        """The status by its sample once nothing more happens."""
        deadline = time.monotonic() + patience
        while (told := self.answer("status", {"rproj_...": project}))["status"] not in ("completed", "failed"):
            assert time.monotonic() < deadline, told
            time.sleep(POLL)
        assert told["status"] == "completed", told
        return told

    def downloaded(self, project: str) -> Path:
        """The montage as the sample fetches it."""
        self.run("download", {"rproj_...": project})
        return self.folder / "ai-clips.mp4"


def srt(first: int = 0) -> str:
    """An SRT of the sentences, one every eleven seconds."""
    cues = []
    for number, sentence in enumerate(SENTENCES):
        start = first + number * 11
        times = (f"00:{second // 60:02d}:{second % 60:02d},000" for second in (start, start + 8))
        cues.append(f"{number + 1}\n{' --> '.join(times)}\n{sentence}\n")
    return "\n".join(cues)


def the_same_for_each(request: StageRequest[object], _: Reporter) -> tuple[tuple[Moment, ...], ...]:
    """SelectMoments: whatever was looked for."""
    assert isinstance(request, SelectMoments)
    return (MOMENTS,) * len(request.queries)


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[Callable[..., Script]]:
    """``scripted(**changes)``: a server over scripted stages."""
    with ExitStack() as stack:

        def start(**changes: object) -> Script:
            answers = {
                "ResolveSource": LINK,
                "Transcribe": WORDS,
                "SelectMoments": the_same_for_each,
                "FetchMedia": FETCHED,
            }
            site = stack.enter_context(api_site(tmp_path / "server", **{**answers, **changes}))
            return Script(site.server.address, site.key, tmp_path)

        yield start


SOURCE_KEY = "user_.../ai-clipping-api/sources/abc123-interview.mp4"
TRANSCRIPT_KEY = "user_.../ai-clipping-api/transcripts/abc123-podcast.srt"
SIGNED = "https://your-bucket.s3.amazonaws.com/interview.mp4?X-Amz-Signature=..."


def test_the_samples_of_a_youtube_video_run_to_their_montage(scripted: Callable[..., Script]) -> None:
    script = scripted()
    taken = script.answer("job", {"https://www.youtube.com/watch?v=...": "https://www.youtube.com/watch?v=abcdefghijk"})
    assert (taken["status"], taken["statusUrl"]) == ("queued", f"/api/v1/ai-clipping/jobs/{taken['projectId']}")
    done = script.finished(taken["projectId"], PATIENCE)
    assert (done["projectName"], done["youtubeTranscriptStatus"], done["transcriptSource"]) == (
        "Podcast clips",
        "fetched",
        "youtube",
    )
    assert len(done["clips"]) == 2
    assert all(clip["textHook"] and clip["ctaText"] for clip in done["clips"])
    assert script.downloaded(taken["projectId"]).read_bytes() == b"joined"
    assert script.answer("quota")["aiCredits"]["allowed"] is True


def test_the_samples_of_uploads_run_to_their_montage(scripted: Callable[..., Script], plain_mp4: Path) -> None:
    later = said("This changed the whole launch.", "And nobody had seen it coming.", start=84)
    script = scripted(Transcribe=later)
    source, transcript = script.uploaded_source(plain_mp4), script.uploaded_transcript(srt(80))
    chosen = script.answer("upload_job", {SOURCE_KEY: source})
    assert script.finished(chosen["projectId"], PATIENCE)["projectName"] == "interview"
    exact = script.answer("exact", {TRANSCRIPT_KEY: transcript})
    done = script.finished(exact["projectId"], PATIENCE)
    assert (done["aiAnalysis"], done["transcriptSource"]) == (False, "srt_upload")
    (clip,) = done["clips"]
    assert (clip["startTimeSeconds"], clip["endTimeSeconds"]) == (83.2, 126.8)
    assert (clip["outputStartTimeSeconds"], clip["outputEndTimeSeconds"]) == (0, 43.6)
    assert (clip["textHook"], clip["ctaText"]) == ("This changed the whole launch", "Follow for the full breakdown")
    assert script.downloaded(exact["projectId"]).read_bytes() == b"joined"


@pytest.fixture
def interview(made_media: MediaMaker) -> Path:
    """A talk of 132 seconds with its words in it."""
    cues = tuple((Fraction(n * 11), Fraction(n * 11 + 8), sentence) for n, sentence in enumerate(SENTENCES))
    picture = VideoSpec(frames=132 * 5, size=(160, 90), rate=Fraction(5), gop=25)
    return made_media(
        "interview.mp4", picture, (AudioSpec(bit_rate=32_000),), subtitles=(SubtitleSpec("mov_text", cues),)
    )


@pytest.fixture
def served(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Script]:
    """``fastclip serve`` with all that it is made of."""
    assert main(["keys", "create", "samples", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["key"]
    with serving("--allow-local-sources") as running:
        yield Script(running.url, key, tmp_path)
        running.end()


def lasts(path: Path) -> Fraction:
    """Seconds of a file's pictures."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        times = [frame.pts * stream.time_base for frame in container.decode(stream)]
        assert (stream.width, stream.height) == (1080, 1920)
    return times[-1] - times[0] + (times[-1] - times[0]) / (len(times) - 1)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_samples_run_from_a_real_file_to_real_clips(served: Script, interview: Path, local_site: LocalSite) -> None:
    source, transcript = served.uploaded_source(interview), served.uploaded_transcript(srt())
    chosen = served.answer("upload_job", {SOURCE_KEY: source})
    done = served.finished(chosen["projectId"], PATIENTLY)
    clips = done["clips"]
    assert 2 <= len(clips) <= 6
    assert [clip["startTimeSeconds"] for clip in clips] == sorted(clip["startTimeSeconds"] for clip in clips)
    for before, after in itertools.pairwise(clips):
        assert after["outputStartTimeSeconds"] - before["outputEndTimeSeconds"] == pytest.approx(0.8, abs=0.001)
    montage = served.downloaded(chosen["projectId"])
    assert float(lasts(montage)) == pytest.approx(clips[-1]["outputEndTimeSeconds"], abs=0.25)
    assert local_site.folder is not None
    shutil.copy(interview, local_site.folder / "interview.mp4")
    exact = served.answer("exact", {TRANSCRIPT_KEY: transcript, SIGNED: local_site.url("/interview.mp4")})
    (clip,) = served.finished(exact["projectId"], PATIENTLY)["clips"]
    assert (clip["startTimeSeconds"], clip["endTimeSeconds"]) == (83.2, 126.8)
    single = served.folder / "clip.mp4"
    single.write_bytes(httpx.get(clip["downloadUrl"]).raise_for_status().content)
    assert single.stat().st_size == clip["fileSize"]
    assert float(lasts(single)) == pytest.approx(43.6, abs=0.25)
    assert float(lasts(served.downloaded(exact["projectId"]))) == pytest.approx(43.6, abs=0.25)
