"""The only place that opens media files, for reading and for writing, and that turns FFmpeg's errors into ours.

Media is untrusted. FFmpeg picks a demuxer by looking at the bytes, and some demuxers follow addresses that the file
names: HLS, DASH, concat scripts, SDP. Neither ``protocol_whitelist`` nor ``io_open`` stopped all of them when tried; a
list of allowed demuxers did. Names go in as ``file:`` URLs of absolute paths, because ``concat:`` or ``data:`` at the
start of a plain name is a URL to FFmpeg.
"""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
from av.stream import Disposition

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.media.partial_file import Fill, PartialFile, map_of

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.stream import Stream
    from av.video.codeccontext import VideoCodecContext

DEMUXERS = (
    "aa,aac,aax,ac3,ac4,aiff,amr,amrnb,amrwb,ape,asf,au,av1,avi,caf,dsf,dts,dtshd,dv,eac3,evc,flac,flv,gif,gxf,h261,"
    "h263,h264,hevc,ivf,loas,m4v,matroska,webm,mjpeg,mlp,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,"
    "mxf,nsv,nut,obu,ogg,oma,rm,sox,tak,truehd,tta,voc,vvc,w64,wav,wtv,wv,xwma,yuv4mpegpipe"
)
"""Demuxers that read their own file and nothing else; playlists, scripts, devices and single pictures are left out."""

MAX_STREAMS = 200
"""More tracks than this are an attack. FFmpeg's own ``max_streams`` drops the rest in silence, so it is no use here."""

MAX_PIXELS = 64 * 1024 * 1024
"""Coded pixels of the largest picture that is decoded: 8192 by 8192, or 16:9 at about 10,700 by 6,000."""

_NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_NOT_MEDIA_HINT = "Choose a video or sound file, such as mp4, mkv, webm, mov, mp3 or wav."


def open_media(path: Path, fill: Fill | None = None) -> InputContainer:
    """Open a local file for reading; use it in ``with``.

    Args:
        path: the file. If a map beside it says that only parts of it are here, no other part is read.
        fill: brings the bytes that are missing, as they are read.

    Raises:
        BytesNotFetched: a part that is missing is read and there is no ``fill``; later reads raise it, too.
        InputError: ``source_not_found``, ``source_is_folder``, ``source_unreadable``, ``source_empty``, ``not_media``,
            ``damaged_media``, or ``source_too_large`` for decompression bombs.
    """
    _check_file(path)
    try:
        container = av.open(
            # A file object is no danger where the demuxers are named: none of them opens anything besides.
            file_url(path) if fill is None and map_of(path) is None else PartialFile(path, fill),
            mode="r",
            # FFmpeg decodes a first picture of each track while it opens; the limit reaches those decoders too.
            options={"max_pixels": str(MAX_PIXELS)},
            container_options={"format_whitelist": DEMUXERS, "protocol_whitelist": "file"},
            metadata_errors="replace",
        )
    except (
        av.error.ArgumentError,  # what FFmpeg says for a demuxer outside the list
        av.error.InvalidDataError,
        av.error.DemuxerNotFoundError,
        av.error.EOFError,
    ) as error:
        raise (_damaged(path) if _looks_like_media(path) else _not_media(path)) from error
    except (av.error.FFmpegError, OSError) as error:
        raise translate_read_error(error, path) from error
    try:
        _check_limits(container, path)
    except FastClipError:
        container.close()
        raise
    return container


def open_output(path: Path, container_format: str, options: dict[str, str] | None = None) -> OutputContainer:
    """Open a file for writing; use it in ``with``, inside :func:`writing`.

    Args:
        path: the file to write; its folder exists.
        container_format: FFmpeg's muxer name, such as ``mp4``.
        options: muxer options, such as ``{"movflags": "+faststart"}``.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    with writing(path):
        # PyAV opens the file at the first packet, when the encoders are already running: find out now.
        path.open("wb").close()
        return av.open(file_url(path), mode="w", format=container_format, container_options=options or {})


@contextmanager
def new_file(path: Path, container_format: str, options: dict[str, str] | None = None) -> Iterator[OutputContainer]:
    """Open a file for writing and close it, with its index, at the end; after an error there is no file.

    Args:
        path: the file to write; its folder exists.
        container_format: FFmpeg's muxer name, such as ``mp4``.
        options: muxer options.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
        InternalError: an encoder or muxer refused what it was given.
    """
    with writing(path):
        container = open_output(path, container_format, options)
        try:
            yield container
            container.close()
        except BaseException:
            # PyAV finishes the file even then. Without its name the pass that moves an mp4's index to the front fails
            # at once, instead of copying what nobody wants; where open files keep their names it is removed after.
            with suppress(OSError):
                path.unlink(missing_ok=True)
            with suppress(av.error.FFmpegError, OSError):
                container.close()
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise


def file_url(path: Path) -> str:
    """The name that FFmpeg takes for a local file and nothing else; ``file:`` URLs are not percent-decoded."""
    return f"file:{path.absolute()}"


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what FFmpeg or the system raises while ``path`` is read or decoded into our errors.

    Raises:
        InputError: see :func:`translate_read_error`.
    """
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise translate_read_error(error, path) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what FFmpeg or the system raises while ``path`` is encoded or written into our errors.

    Raises:
        InputError: ``disk_full`` or ``output_not_writable``.
        InternalError: an encoder or muxer refused what it was given.
    """
    try:
        yield
    except (av.error.FFmpegError, OSError) as error:
        raise _translate_write_error(error, path) from error


def translate_read_error(error: Exception, path: Path) -> InputError:
    """Our error for one of FFmpeg's or the system's that came up while ``path`` was read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(ErrorCode.SOURCE_NOT_FOUND, f"There is no file {path.name}.", "Check the path.")
    if isinstance(error, av.error.DecoderNotFoundError | av.error.PatchWelcomeError):
        return InputError(
            ErrorCode.UNSUPPORTED_CODEC,
            f"{path.name} uses a codec that FastClip has no decoder for.",
            "Convert it to H.264 and AAC first.",
        )
    if isinstance(error, MemoryError):
        return InputError(
            ErrorCode.SOURCE_TOO_LARGE,
            f"{path.name} needs more memory than this computer gives.",
            "Close other programs, or use a smaller version of it.",
        )
    # FFmpeg says "Operation not permitted" for some broken streams; only the system's own word is about permissions.
    if isinstance(error, OSError) and not isinstance(error, av.error.FFmpegError | EOFError):
        reason = error.strerror or "the system gives no reason"
        return InputError(
            ErrorCode.SOURCE_UNREADABLE,
            f"{path.name} cannot be read: {reason}.",
            "Check that you may read it and that its disk is connected.",
        )
    return _damaged(path)


def _translate_write_error(error: Exception, path: Path) -> FastClipError:
    code = getattr(error, "errno", None)
    if code in _NO_SPACE:
        return InputError(
            ErrorCode.DISK_FULL,
            f"The disk is full; the clip could not be written to {path.parent}.",
            "Free some space or choose another folder.",
        )
    if isinstance(error, OSError):
        reason = error.strerror or "the system gives no reason"
        return InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The clip cannot be written to {path.parent}: {reason}.",
            "Choose a folder that exists and that you may write to.",
        )
    return InternalError(ErrorCode.INTERNAL, f"The clip could not be encoded: {error}.")


def _check_file(path: Path) -> None:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise InputError(ErrorCode.SOURCE_NOT_FOUND, f"There is no file {path}.", "Check the path.") from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise InputError(
            ErrorCode.SOURCE_UNREADABLE,
            f"{path.name!r} cannot be read: {getattr(error, 'strerror', None) or error}.",
            "Check the name and that you may read it.",
        ) from error
    if stat.S_ISDIR(status.st_mode):
        raise InputError(ErrorCode.SOURCE_IS_FOLDER, f"{path} is a folder.", "Choose a file inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            ErrorCode.SOURCE_UNREADABLE, f"{path} is a device or a pipe, not a file.", "Save it as a file first."
        )
    if status.st_size == 0:
        raise InputError(
            ErrorCode.SOURCE_EMPTY,
            f"{path.name} is empty.",
            "It may not have been downloaded to the end; get it again.",
        )
    head = _head(path)
    if _is_web_page(head):
        raise InputError(
            ErrorCode.NOT_MEDIA,
            f"{path.name} is a web page, not a video.",
            "Give the page's address instead, or download the video itself.",
        )
    if head.startswith((b"#EXTM3U", b"ffconcat", b"[playlist]")) or b"<MPD" in head:
        raise InputError(
            ErrorCode.NOT_MEDIA,
            f"{path.name} is a playlist, not a video.",
            "Give the address it was made for, or a video file.",
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip()
    except OSError as error:
        raise translate_read_error(error, path) from error


def _is_web_page(head: bytes) -> bool:
    text = head.lower()
    return text.startswith((b"<!doctype html", b"<html")) or (text.startswith(b"<") and b"<html" in text)


def _looks_like_media(path: Path) -> bool:
    """Whether the first bytes are those of a common container: then a file that will not open is damaged."""
    head = _head(path)
    return head[4:8] in (b"ftyp", b"moov", b"mdat", b"free", b"styp", b"moof") or head.startswith(
        (b"\x1aE\xdf\xa3", b"RIFF", b"OggS", b"FLV\x01", b"ID3", b"fLaC", b"\x00\x00\x01\xba", b"0&\xb2u")
    )


def _check_limits(container: InputContainer, path: Path) -> None:
    streams = len(container.streams)
    if streams == 0:
        raise _not_media(path)
    if streams > MAX_STREAMS:
        raise InputError(
            ErrorCode.SOURCE_TOO_LARGE,
            f"{path.name} has {streams} tracks; FastClip reads files with up to {MAX_STREAMS}.",
            "Take out the tracks that you don't need.",
        )
    for stream in container.streams.video:
        context: VideoCodecContext | None = stream.codec_context  # None where FFmpeg has no decoder
        # Cover art is never decoded, so its size does no harm.
        still = stream.disposition & Disposition.attached_pic
        if context is not None and not still and context.width * context.height > MAX_PIXELS:
            raise InputError(
                ErrorCode.SOURCE_TOO_LARGE,
                f"{path.name} has pictures of {context.width}x{context.height} pixels, more than FastClip decodes.",
                "Scale it down to 8K or less first.",
            )


def _not_media(path: Path) -> InputError:
    return InputError(
        ErrorCode.NOT_MEDIA, f"{path.name} is not a video or sound file that FastClip can read.", _NOT_MEDIA_HINT
    )


def _damaged(path: Path) -> InputError:
    return InputError(
        ErrorCode.DAMAGED_MEDIA,
        f"{path.name} is damaged and cannot be read.",
        "Download or copy it again; it may not be complete.",
    )


def time_base_of(stream: Stream) -> Fraction:
    """The seconds that one PTS unit of a stream lasts; a microsecond where the container doesn't say."""
    return Fraction(stream.time_base or 0) or Fraction(1, 1_000_000)
