"""One short: pieces of a source, reframed, written on and evened out, in one pass over its pictures.

Decoding, the camera with the text, encoding and the sound run in threads of their own, joined by short pipes, as for
any clip that is encoded anew. Nothing is written twice and no picture is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_stages import RenderShort
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.container import new_file
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.encode import FRAMES_WAITING, MUXERS, PACKETS_WAITING, encoded, mux_in_order
from fastclip_desktop.media.encoder_door import add_track, begin, encoding, or_in_software
from fastclip_desktop.media.encoders import VideoEncoder, choose_h264_encoder, device_of
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.gop import DecodeTimes
from fastclip_desktop.media.join_sources import JoinSource, open_sources
from fastclip_desktop.media.render import check_rendered, gone_after_failure
from fastclip_desktop.media.short_camera import Camera
from fastclip_desktop.media.short_pieces import STANDARD, PieceReader, Placing, ShownPicture, place_pieces
from fastclip_desktop.media.short_sound import SETTINGS, ShortSound
from fastclip_desktop.media.short_text import TextLayer, check_overlays

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

    from fastclip_desktop.domain.short import ShortPlan
    from fastclip_desktop.media.pipe import Pipe

_NO_SOUND = "The source has no sound; neither has the short."


def render_short(request: RenderShort, reporter: Reporter) -> RenderedFile:
    """Write a short to ``request.path`` and check it by opening it again.

    Raises:
        InputError: ``no_video``, ``range_outside_source``, and what else the source or the folder is at fault for.
        InternalError: the plan cannot be carried out, or the file is not what it should be.
        Cancelled: if it was stopped.

    After any of them there is no file.
    """
    plan = request.plan
    if request.media.picture is None:
        raise InputError(ErrorCode.NO_VIDEO, "The source has no picture, so no short can be made of it.", "Cut a clip.")
    if min(plan.width, plan.height) < 16 or plan.width % 2 or plan.height % 2:
        raise InternalError(ErrorCode.INTERNAL, f"A short cannot be {plan.width} by {plan.height} pixels.")
    check_overlays(plan.overlays, plan.width, plan.height)
    (source,) = open_sources([request.media])
    placing = place_pieces(source, plan.pieces, reporter.cancel.check)
    with gone_after_failure(request.path):
        rendered = or_in_software(lambda: _ShortRender(request, source, placing, reporter).write())
        check_rendered(rendered)
    reporter.report(1.0)
    return rendered


@dataclass(slots=True)
class _Shown:
    """What came to be shown: how many pictures, and the seconds of the source of the first and the last."""

    pictures: int = 0
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)


@dataclass(slots=True)
class _ShortRender:
    request: RenderShort
    source: JoinSource
    placing: Placing
    reporter: Reporter
    shown: _Shown = field(default_factory=_Shown)

    @property
    def plan(self) -> ShortPlan:
        return self.request.plan

    def write(self) -> RenderedFile:
        path, check = self.request.path, self.reporter.cancel.check
        plan, placing = self.plan, self.placing
        encoder = choose_h264_encoder(plan.width, plan.height)
        sound = ShortSound(self.source, placing, plan.loudness, path.parent, check) if self._is_heard else None
        heard_until = sound.heard_until if sound else Fraction
        reader = PieceReader(self.source, placing, max(plan.width, plan.height), heard_until, check)
        with new_file(path, *MUXERS[OutputFormat.MP4]) as container, Crew() as crew:
            picture = _add_picture(container, encoder, plan, placing.rate)
            voice = self._add_sound(container) if sound else None
            container.start_encoding()
            camera = Camera(reader.frame, plan.width, plan.height, plan.framing, plan.path, placing.rate)
            source_pictures = crew.run("decode pictures", reader.pictures(), FRAMES_WAITING)
            frames = crew.run("frame pictures", self._framed(source_pictures, camera, encoder), FRAMES_WAITING)
            tracks = [crew.run("encode pictures", self._packets(picture, encoder, frames), PACKETS_WAITING)]
            if sound and voice:
                tracks.append(crew.run("sound", encoded(voice.encode, sound.frames()), PACKETS_WAITING))
            mux_in_order(container, tracks, placing.duration, self.reporter)
        return self._rendered(reader, encoder, sound)

    @property
    def _is_heard(self) -> bool:
        return self.source.sound is not None and bool(self.source.sound_tracks)

    def _add_sound(self, container: OutputContainer) -> AudioStream:
        track = cast("AudioStream", container.add_stream(SETTINGS.encoder, rate=SETTINGS.sample_rate))
        track.codec_context.layout = SETTINGS.layout
        track.codec_context.format = SETTINGS.sample_format
        track.codec_context.bit_rate = SETTINGS.bit_rate
        track.codec_context.time_base = Fraction(1, SETTINGS.sample_rate)
        language = self.source.sound_tracks[0].language
        if language:
            track.metadata["language"] = language
        return track

    def _framed(self, pictures: Pipe[ShownPicture], camera: Camera, encoder: VideoEncoder) -> Iterator[VideoFrame]:
        """The pictures of the short, for the encoder."""
        plan, shown = self.plan, self.shown
        frame = Frame(plan.width, plan.height, Fraction(1), "yuv420p", STANDARD)
        text = TextLayer(plan.overlays, frame, encoder.pixel_format, self.placing.rate)
        for picture in pictures:
            made = text.lay(camera.show(picture.frame, picture.number, picture.time))
            made.pts, made.time_base = picture.number, 1 / self.placing.rate
            made.pict_type = 0  # or the encoder would repeat the source's choice of key frames
            shown.first = shown.first if shown.pictures else picture.time
            shown.last = picture.time
            shown.pictures += 1
            yield made

    def _packets(
        self, stream: VideoStream, encoder: VideoEncoder, frames: Pipe[VideoFrame]
    ) -> Iterator[Packet[Stream]]:
        times: DecodeTimes[Packet[Stream]] = DecodeTimes(stream.codec_context.reorder_depth, 1)
        for packet in encoded(encoding(stream, encoder), frames):
            packet.duration = 1
            yield from times.take(packet)
        yield from times.finish(self.shown.pictures)

    def _rendered(self, reader: PieceReader, encoder: VideoEncoder, sound: ShortSound | None) -> RenderedFile:
        plan, shown = self.plan, self.shown
        length = shown.pictures / self.placing.rate
        said = (*self.placing.notes, *reader.said(), *plan.path.notes)
        receipt = Receipt(
            method="reencoded",
            video_encoder=encoder.name,
            audio_encoder=SETTINGS.encoder if sound else "",
            device=device_of(encoder.name),
            frames=shown.pictures,
            first_frame=shown.first,
            last_frame=shown.last,
            bytes_moved=self.request.media.bytes_moved,
            loudness=sound.after if sound else None,
            notes=(*said, *encoder.notes, *(sound.notes if sound else (_NO_SOUND,))),
        )
        size = plan.width, plan.height
        return RenderedFile(self.request.path, OutputFormat.MP4, self.placing.span, length, *size, receipt)


def _add_picture(container: OutputContainer, encoder: VideoEncoder, plan: ShortPlan, rate: Fraction) -> VideoStream:
    stream = add_track(container, encoder, rate)
    stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, encoder.pixel_format
    context = stream.codec_context
    context.time_base = 1 / rate
    context.thread_type = "AUTO"  # PyAV's default, slices, costs a sixth of the speed and some quality
    context.color_range, context.color_primaries = STANDARD.range, STANDARD.primaries
    context.color_trc, context.colorspace = STANDARD.transfer, STANDARD.matrix
    begin(stream, encoder)
    return stream
