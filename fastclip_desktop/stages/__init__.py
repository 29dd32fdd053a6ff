"""The code that a runner carries out: one module a stage.

Each module is imported when its first request comes, so that a process which only reads captions never loads FFmpeg.
"""

from __future__ import annotations

from collections.abc import Callable

from fastclip_desktop.domain.device_trial import TryDevices
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.finding_stages import (
    EmbedQueries,
    EmbedTranscript,
    FetchSpeech,
    FindTopics,
    HearSounds,
    JudgeMoments,
    RecogniseSpeech,
    SettleEdges,
    WriteCopy,
)
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.model_stages import CheckModel, FetchModel, ImportModel, LookUpModels
from fastclip_desktop.domain.notices import DeliverNotice
from fastclip_desktop.domain.preview_stages import (
    FetchPicture,
    FindKeyFrames,
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    PrepareStill,
    ReadFacts,
    ShowStill,
    ShrinkPicture,
    WeighMedia,
)
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.short_stages import FindFaces, PaintText, ReadLinkedWords, RenderShort
from fastclip_desktop.domain.stage import (
    Diagnose,
    FetchMedia,
    Join,
    LookForRelease,
    MakeSampleTalk,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    TellSites,
    Transcribe,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.stand_in import MakeStandIns
from fastclip_desktop.domain.stream_stages import StreamMedia


def perform(  # noqa: C901, PLR0911, PLR0912, PLR0915 - one branch a stage
    request: StageRequest[object], reporter: Reporter, deliver: Callable[[object], None] = lambda _: None
) -> object:
    """Carry out one stage in this process.

    Args:
        request: what to do.
        reporter: gets the part that is done, and says when to stop.
        deliver: gets the parts of a :class:`~fastclip_desktop.domain.stage.ProgressiveRequest`, on this thread.

    Raises:
        FastClipError: every failure that the stage foresees.
    """
    match request:
        case ResolveSource():
            from fastclip_desktop.stages import resolve

            return resolve.perform(request, reporter)
        case FetchMedia():
            from fastclip_desktop.stages import fetch

            return fetch.perform(request, reporter)
        case StreamMedia():
            from fastclip_desktop.stages import stream

            stream.perform(request, reporter, deliver)
            return None
        case FetchSpeech():
            from fastclip_desktop.stages import fetch

            return fetch.fetch_sound(request, reporter)
        case Transcribe():
            from fastclip_desktop.stages import transcribe

            return transcribe.perform(request, reporter)
        case ReadLinkedWords():
            from fastclip_desktop.stages import linked_words

            return linked_words.perform(request, reporter)
        case RecogniseSpeech():
            from fastclip_desktop.stages import recognise

            return recognise.perform(request, reporter, deliver)
        case SelectMoments():
            from fastclip_desktop.stages import select

            return select.perform(request, reporter)
        case IndexWords() | FindTopics():
            from fastclip_desktop.stages import index

            return index.perform(request, reporter)
        case Render():
            from fastclip_desktop.stages import render

            return render.perform(request, reporter)
        case Join():
            from fastclip_desktop.stages import join

            return join.perform(request, reporter)
        case RenderShort():
            from fastclip_desktop.stages import short

            return short.perform(request, reporter)
        case FetchPicture() | ShrinkPicture():
            from fastclip_desktop.stages import link_picture

            return link_picture.perform(request, reporter)
        case MakeThumbnails() | MakePoster() | MakeSpriteSheet():
            from fastclip_desktop.stages import stills

            return stills.perform(request, reporter, deliver)
        case ShowStill():
            from fastclip_desktop.stages import still

            return still.perform(request, reporter, deliver)
        case PrepareStill():
            from fastclip_desktop.stages import still

            still.prepare(request, reporter, deliver)
            return None
        case MakeStandIns():
            from fastclip_desktop.stages import stand_ins

            stand_ins.perform(request, reporter, deliver)
            return None
        case ReadFacts():
            from fastclip_desktop.stages import still

            return still.read_facts(request, reporter, deliver)
        case MakeWaveform() | FindSilence():
            from fastclip_desktop.stages import loudness

            return loudness.perform(request, reporter, deliver)
        case FindKeyFrames():
            from fastclip_desktop.stages import key_frames

            return key_frames.perform(request, reporter, deliver)
        case WeighMedia():
            from fastclip_desktop.stages import weigh

            return weigh.perform(request, reporter)
        case FindShots():
            from fastclip_desktop.stages import shots

            return shots.perform(request, reporter, deliver)
        case FindFaces():
            from fastclip_desktop.stages import faces

            return faces.perform(request, reporter)
        case HearSounds():
            from fastclip_desktop.stages import sounds

            return sounds.perform(request, reporter)
        case SettleEdges():
            from fastclip_desktop.stages import edges

            return edges.perform(request, reporter)
        case EmbedTranscript() | EmbedQueries():
            from fastclip_desktop.stages import embed

            return embed.perform(request, reporter)
        case JudgeMoments() | WriteCopy():
            from fastclip_desktop.stages import judge

            return judge.perform(request, reporter)
        case UpdateSites() | TrySites() | TellSites() | LookForRelease():
            from fastclip_desktop.stages import sites

            return sites.perform(request, reporter)
        case DeliverNotice():
            from fastclip_desktop.stages import notice

            return notice.perform(request, reporter)
        case LookUpModels() | FetchModel() | ImportModel() | CheckModel():
            from fastclip_desktop.stages import models

            return models.perform(request, reporter, deliver)
        case PaintText():
            from fastclip_desktop.stages import text

            return text.perform(request, reporter)
        case MakeSampleTalk():
            from fastclip_desktop.stages import sample

            return sample.perform(request, reporter)
        case LookAtMachine() | TryMedia():
            from fastclip_desktop.stages import machine

            return machine.perform(request, reporter)
        case TryDevices():
            from fastclip_desktop.hardware.trials import try_all

            return try_all(request.candidates, deliver, reporter)
        case Diagnose():
            from fastclip_desktop.stages import diagnose

            return diagnose.perform(request, reporter)
        case _:
            raise InternalError(ErrorCode.INTERNAL, f"There is no stage for {type(request).__name__}.")
