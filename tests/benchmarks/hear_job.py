"""One run of finding or recognising speech, in a process of its own."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fastclip_desktop.domain.finding_stages import RecogniseSpeech
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.media.speech_sound import SpeechSound
from fastclip_desktop.speech.voice_activity import find_voices, silero
from fastclip_desktop.stages.recognise import perform


def main() -> None:
    job, source = sys.argv[1], Path(sys.argv[2])
    media = FetchedMedia(None, source)
    began = time.perf_counter()
    if job == "voices":
        voices = find_voices(SpeechSound(media).blocks(lambda: None), silero())
        print(sum(1 for _ in voices))
        return
    folder = Path(sys.argv[3])
    size = sum(file.stat().st_size for file in folder.iterdir())
    firsts: list[float] = []
    perform(
        RecogniseSpeech(media, Model(folder.name, ModelKind.SPEECH, folder, size, "")),
        Reporter(),
        lambda _: firsts.append(time.perf_counter() - began),
    )
    spoken = float(SpeechSound(media).duration)
    print(spoken / (time.perf_counter() - began), firsts[0] if firsts else 0.0)


if __name__ == "__main__":
    main()
