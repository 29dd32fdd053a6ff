"""Further decoders for a picture track, for use beside the one that belongs to its container."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av

from fastclip_desktop.media.container import MAX_PIXELS, open_media
from fastclip_desktop.media.decoding import show_first_packet
from fastclip_desktop.media.probe import codec_name

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

STANDALONE = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg1video", "mpeg2video", "mjpeg", "theora", "vvc"})
"""Codecs whose key frame and extradata say all that a decoder has to know."""


def spare_decoders(
    stack: ExitStack, path: Path, stream: VideoStream, most: int, *, rough: bool, threads: str
) -> list[VideoCodecContext]:
    """Decoders of a track that other threads may use; the track's own is flushed by every seek.

    Args:
        stack: closes what had to be opened for them.
        path: the file of the track.
        stream: the track.
        most: how many are wanted; for some codecs there is one.
        rough: leave out the smoothing of block edges, for pictures that are shown at half their size or less.
        threads: PyAV's word for how a decoder uses threads: ``NONE``, ``SLICE`` within a picture, ``AUTO``. It cannot
            be set later, because some decoders are shown a packet here.
    """
    context = stream.codec_context
    decoders: list[VideoCodecContext] = []
    if codec_name(stream) in STANDALONE:
        for _ in range(most):
            decoder = cast("VideoCodecContext", av.CodecContext.create(context.codec.name, "r"))
            if context.extradata:
                decoder.extradata = context.extradata
            # What only the container says, as it does for VP9.
            decoder.color_range, decoder.colorspace = context.color_range, context.colorspace
            decoder.color_primaries, decoder.color_trc = context.color_primaries, context.color_trc
            decoders.append(decoder)
    else:
        container = stack.enter_context(open_media(path))
        decoders += [twin.codec_context for twin in container.streams.video if twin.index == stream.index]
    for decoder in decoders:
        decoder.options = {"max_pixels": str(MAX_PIXELS)} | ({"skip_loop_filter": "all"} if rough else {})
        decoder.thread_type = threads
        show_first_packet(decoder, stream, path)
    return decoders
