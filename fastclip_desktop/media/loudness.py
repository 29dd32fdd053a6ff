"""How loud a clip is as a whole, measured beside the work on it.

Loudness is the integrated programme loudness of ITU-R BS.1770-4 and EBU R 128, as FFmpeg's ``ebur128`` filter counts
it: from blocks of 400 ms, without those more than 10 LU below the rest.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import av
import av.error
from av.filter import Graph

from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.pipe import AbandonedError, Pipe, Signal

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.filter.context import FilterContext
    from av.packet import Packet

_NOTHING = -70.0
"""LUFS below which BS.1770 counts a block as silence; the filter says so where it heard nothing else."""

_BATCH = 8 * 1024 * 1024
"""Bytes of packets that are handed to the other thread at once: some minutes. In small portions, two threads that run
Python by turns wait for each other longer than the measuring takes."""

_FRAMES_WAITING = 100
"""Frames between two looks at what the filter found; each look costs as much as a frame."""

_BATCHES_WAITING = 1


class LoudnessMeter:
    """Takes decoded sound and says how loud all of it was together.

    Frames of one layout, format and rate; where they change, what follows is not counted.

    Args:
        peaks: look for true peaks, too, which costs as much again.
    """

    def __init__(self, *, peaks: bool = False) -> None:
        self._peaks = peaks
        self._peak = 0.0
        self._ends: tuple[FilterContext, FilterContext] | None = None
        self._graph: Graph | None = None
        self._last = _NOTHING
        self._waiting = 0

    def hear(self, frame: AudioFrame) -> None:
        """Count a frame; gaps between frames are not silence here, they are nothing."""
        # A clip must not fail because its sound cannot be measured: the filter knows no rarer layouts.
        with suppress(av.error.FFmpegError):
            self._ends = self._ends or self._build(frame)
            self._ends[0].push(frame)
        self._waiting += 1
        if self._waiting >= _FRAMES_WAITING:
            self._drain()

    @property
    def integrated(self) -> float | None:
        """LUFS so far; ``None`` where there were fewer than 400 ms of sound above the threshold of silence."""
        self._drain()
        return self._last if self._last > _NOTHING else None

    @property
    def true_peak(self) -> float:
        """The highest peak so far between samples, too, in dBTP; -inf for silence and where nobody looked."""
        self._drain()
        return 20 * math.log10(self._peak) if self._peak > 0 else -math.inf

    def _drain(self) -> None:
        self._waiting = 0
        if self._ends is not None:
            with suppress(av.error.BlockingIOError, av.error.EOFError):
                while True:
                    found = self._ends[1].pull().metadata
                    self._last = float(found.get("lavfi.r128.I", self._last))
                    self._peak = max(self._peak, float(found.get("lavfi.r128.true_peak", 0)))

    def _build(self, frame: AudioFrame) -> tuple[FilterContext, FilterContext]:
        self._graph = graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name, time_base=frame.time_base
        )
        meter = graph.add("ebur128", metadata="1", framelog="quiet", peak="true" if self._peaks else "none")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        return source, sink


class ClipLoudness:
    """Measures a sound track packet by packet, in a thread of its own.

    Args:
        decode: turns a packet into frames; called by that thread alone.
        crew: runs the thread.
    """

    def __init__(self, decode: Callable[[Packet[Any]], Iterable[AudioFrame]], crew: Crew) -> None:
        self._decode = decode
        self._meter = LoudnessMeter()
        self._batch: list[Packet[Any]] = []
        self._size = 0
        self._batches: Pipe[list[Packet[Any]]] = crew.inlet(_BATCHES_WAITING)
        self._done = crew.run("loudness", self._measure(), 1)

    def hear(self, packets: Sequence[Packet[Any]]) -> None:
        """Count packets, which the caller may change and give away afterwards."""
        self._batch += [av.Packet(bytes(packet)) for packet in packets]
        self._size += sum(packet.size for packet in packets)
        if self._size >= _BATCH:
            self._hand_over()

    def close(self) -> None:
        """Say that this was all."""
        self._hand_over()
        self._batches.finish()

    @property
    def integrated(self) -> float | None:
        """See :attr:`LoudnessMeter.integrated`; waits for what is not measured yet, once, after :meth:`close`."""
        with suppress(AbandonedError):
            value = self._done.take()
            return None if isinstance(value, Signal) else value
        return None

    def _hand_over(self) -> None:
        with suppress(AbandonedError):
            self._batches.put(self._batch)
        self._batch, self._size = [], 0

    def _measure(self) -> Iterator[float | None]:
        try:
            for batch in self._batches:
                for packet in batch:
                    # A packet that can't be decoded is the player's silence too.
                    with suppress(av.error.FFmpegError):
                        for frame in self._decode(packet):
                            self._meter.hear(frame)
            yield self._meter.integrated
        finally:
            self._batches.abandon()
