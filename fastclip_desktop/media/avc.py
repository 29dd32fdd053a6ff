"""H.264 headers: parameter sets, the ``avcC`` record of mp4, and slice headers moved onto another stream's sets.

Clause numbers are those of ITU-T H.264 (2021); ``avcC`` is ISO/IEC 14496-15, 5.3.3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from fastclip_desktop.media.bits import BitReader, BitWriter
from fastclip_desktop.media.nal import escape, start_code_units, unescape

_HEADER_BYTES = 160
"""A slice header of ours is far shorter; only so much of a slice is read as bits."""

_CHROMA_PROFILES = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135})


class Unit(IntEnum):
    """The types of unit that matter here (table 7-1)."""

    SLICE = 1
    PARTITION_A = 2
    PARTITION_C = 4
    IDR = 5
    SEI = 6
    SPS = 7
    PPS = 8
    DELIMITER = 9
    END_OF_SEQUENCE = 10
    END_OF_STREAM = 11
    FILLER = 12
    SPS_EXTENSION = 13


@dataclass(frozen=True, slots=True)
class SequenceSet:
    """A sequence parameter set (7.3.2.1.1), as far as slices depend on it; lengths of fields are in bits."""

    id: int
    profile: int
    chroma_format: int
    bit_depth: int
    separate_planes: bool
    scaling_lists: bool
    frame_num_bits: int
    order_type: int
    order_bits: int
    max_references: int
    width_blocks: int
    height_units: int
    frames_only: bool
    crop: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PictureSet:
    """A picture parameter set (7.3.2.2) as x264 writes them: without slice groups."""

    id: int
    sequence: int
    cabac: bool
    bottom_order: bool
    references: tuple[int, int]
    weighted: bool
    weighted_bi: int
    initial_qp: int
    initial_qs: int
    chroma_qp_offset: int
    deblocking: bool
    constrained_intra: bool
    redundant: bool
    transform_8x8: bool
    second_chroma_qp_offset: int

    def moved(self, number: int, sequence: int) -> PictureSet:
        """The same set under another id, for another sequence set."""
        return replace(self, id=number, sequence=sequence)


@dataclass(frozen=True, slots=True)
class DecoderRecord:
    """The ``avcC`` record: five bytes of profile, level and length size, the parameter sets, and what follows them."""

    head: bytes
    sequences: tuple[bytes, ...]
    pictures: tuple[bytes, ...]
    tail: bytes = b""

    @property
    def length_size(self) -> int:
        """Bytes of the length before each unit."""
        return (self.head[4] & 3) + 1

    def with_picture_sets(self, *units: bytes) -> DecoderRecord:
        """The same record with more picture parameter sets."""
        return replace(self, pictures=(*self.pictures, *(unit for unit in units if unit not in self.pictures)))

    def to_bytes(self) -> bytes:
        """The record as mp4 stores it."""
        parts = [self.head, bytes([0xE0 | len(self.sequences)])]
        for unit in self.sequences:
            parts += [len(unit).to_bytes(2, "big"), unit]
        parts.append(bytes([len(self.pictures)]))
        for unit in self.pictures:
            parts += [len(unit).to_bytes(2, "big"), unit]
        return b"".join([*parts, self.tail])


def read_record(extradata: bytes) -> DecoderRecord:
    """Read ``avcC``, or make one from parameter sets with start codes as transport streams carry them.

    Raises:
        ValueError: if it is neither.
    """
    if extradata[:1] != b"\x01":
        return _record_of_units(list(start_code_units(extradata)))
    position, groups = 5, []
    for mask in (0x1F, 0xFF):
        if position >= len(extradata):
            raise ValueError("the decoder record ends early")
        count, units = extradata[position] & mask, []
        position += 1
        for _ in range(count):
            size = int.from_bytes(extradata[position : position + 2], "big")
            units.append(extradata[position + 2 : position + 2 + size])
            position += 2 + size
            if not size or position > len(extradata):
                raise ValueError("the decoder record ends early")
        groups.append(tuple(units))
    if not all(groups):
        raise ValueError("the decoder record has no parameter sets")
    return DecoderRecord(extradata[:5], groups[0], groups[1], extradata[position:])


def _record_of_units(units: list[bytes]) -> DecoderRecord:
    sequences = tuple(dict.fromkeys(unit for unit in units if unit[0] & 31 == Unit.SPS))
    pictures = tuple(dict.fromkeys(unit for unit in units if unit[0] & 31 == Unit.PPS))
    if not sequences or not pictures or len(sequences[0]) < 4:
        raise ValueError("there are no parameter sets")
    tail = b""
    first = read_sequence_set(sequences[0])
    if first.profile in (100, 110, 122, 144):
        depth = 0xF8 | (first.bit_depth - 8)
        tail = bytes([0xFC | first.chroma_format, depth, depth, 0])
    return DecoderRecord(b"\x01" + sequences[0][1:4] + b"\xff", sequences, pictures, tail)


def read_sequence_set(unit: bytes) -> SequenceSet:
    """Read a sequence parameter set.

    Raises:
        ValueError: if it ends early or is no such unit.
    """
    payload = unescape(unit)
    if payload[:1] and payload[0] & 31 != Unit.SPS:
        raise ValueError("not a sequence parameter set")
    bits = BitReader(payload, 8)
    profile = bits.u(8)
    bits.u(16)
    number = bits.ue()
    chroma, planes, depth, scaling = 1, False, 8, False
    if profile in _CHROMA_PROFILES:
        chroma = bits.ue()
        planes = chroma == 3 and bits.flag()
        depth = 8 + bits.ue()
        if 8 + bits.ue() != depth:
            raise ValueError("brightness and colour differ in depth")
        bits.flag()
        scaling = bits.flag()
        if scaling:
            _skip_scaling_lists(bits, 8 if chroma != 3 else 12)
    frame_num_bits = 4 + bits.ue()
    order_type, order_bits = bits.ue(), 0
    if order_type == 0:
        order_bits = 4 + bits.ue()
    elif order_type == 1:
        bits.flag()
        bits.se()
        bits.se()
        for _ in range(bits.ue()):
            bits.se()
    references = bits.ue()
    bits.flag()
    width, height = bits.ue() + 1, bits.ue() + 1
    frames_only = bits.flag()
    if not frames_only:
        bits.flag()
    bits.flag()
    crop = (bits.ue(), bits.ue(), bits.ue(), bits.ue()) if bits.flag() else (0, 0, 0, 0)
    return SequenceSet(
        number, profile, chroma, depth, planes, scaling, frame_num_bits, order_type, order_bits, references,
        width, height, frames_only, crop,
    )  # fmt: skip


def _skip_scaling_lists(bits: BitReader, count: int) -> None:
    for index in range(count):
        if not bits.flag():
            continue
        last = following = 8
        for _ in range(16 if index < 6 else 64):
            if following:
                following = (last + bits.se()) % 256
            last = following or last


def read_picture_set(unit: bytes) -> PictureSet:
    """Read a picture parameter set.

    Raises:
        ValueError: if it ends early, uses slice groups or brings its own scaling lists.
    """
    payload = unescape(unit)
    stop = len(payload.rstrip(b"\x00")) * 8
    bits = BitReader(payload, 8)
    number, sequence = bits.ue(), bits.ue()
    cabac, bottom_order = bits.flag(), bits.flag()
    if bits.ue():
        raise ValueError("slice groups")
    references = bits.ue() + 1, bits.ue() + 1
    weighted, weighted_bi = bits.flag(), bits.u(2)
    initial_qp, initial_qs, chroma_offset = bits.se(), bits.se(), bits.se()
    deblocking, constrained, redundant = bits.flag(), bits.flag(), bits.flag()
    transform, second = False, chroma_offset
    # What is left beyond the stop bit is the extension for the High profiles.
    last = payload.rstrip(b"\x00")[-1]
    if bits.position < stop - 1 - ((last & -last).bit_length() - 1):
        transform = bits.flag()
        if bits.flag():
            raise ValueError("own scaling lists")
        second = bits.se()
    return PictureSet(
        number, sequence, cabac, bottom_order, references, weighted, weighted_bi, initial_qp, initial_qs,
        chroma_offset, deblocking, constrained, redundant, transform, second,
    )  # fmt: skip


def picture_set_ids(unit: bytes) -> tuple[int, int]:
    """The id of any picture parameter set and that of its sequence set.

    Raises:
        ValueError: if it ends early.
    """
    bits = BitReader(unescape(unit[:16]), 8)
    return bits.ue(), bits.ue()


def write_picture_set(pictures: PictureSet, sequence: SequenceSet) -> bytes:
    """Write a picture parameter set that belongs to a sequence set.

    Where the sequence brings scaling lists, flat ones are written into the picture set: x264 quantises by flat ones.
    """
    bits = BitWriter().u(0x60 | Unit.PPS, 8).ue(pictures.id).ue(sequence.id)
    bits.flag(pictures.cabac).flag(pictures.bottom_order).ue(0)
    bits.ue(pictures.references[0] - 1).ue(pictures.references[1] - 1)
    bits.flag(pictures.weighted).u(pictures.weighted_bi, 2)
    bits.se(pictures.initial_qp).se(pictures.initial_qs).se(pictures.chroma_qp_offset)
    bits.flag(pictures.deblocking).flag(pictures.constrained_intra).flag(pictures.redundant)
    if (
        pictures.transform_8x8
        or sequence.scaling_lists
        or pictures.second_chroma_qp_offset != pictures.chroma_qp_offset
    ):
        bits.flag(pictures.transform_8x8).flag(sequence.scaling_lists)
        if sequence.scaling_lists:
            _write_flat_lists(bits, 6 + (6 if sequence.chroma_format == 3 else 2) * pictures.transform_8x8)
        bits.se(pictures.second_chroma_qp_offset)
    return escape(bits.trail().to_bytes())


def _write_flat_lists(bits: BitWriter, count: int) -> None:
    for index in range(count):
        bits.flag(True).se(8)  # 8, where every list begins, and 8 more are 16: flat  # noqa: FBT003
        for _ in range(15 if index < 6 else 63):
            bits.se(0)


@dataclass(frozen=True, slots=True)
class SliceMove:
    """Moves x264's slices from the parameter sets that it wrote onto those of another stream.

    Attributes:
        old: x264's sequence set.
        old_pictures: x264's picture set.
        new: the sequence set of the stream that the slices join.
        number: the id of the picture set that goes with them there.
    """

    old: SequenceSet
    old_pictures: PictureSet
    new: SequenceSet
    number: int

    def move(self, unit: bytes, *, index: int, idr_id: int) -> bytes:
        """Rewrite the header of a slice (7.3.3); the coded blocks stay as they are.

        Args:
            unit: an I or P slice of a frame, with its escapes.
            index: how many frames lie between it and its IDR picture, both in order of decoding and of display.
            idr_id: what distinguishes this IDR picture from its neighbours, 0 .. 65535.

        Raises:
            ValueError: if it isn't a slice of the kind that x264 is told to write.
        """
        payload = unescape(unit)
        kind, reference = payload[0] & 31, payload[0] >> 5 & 3
        bits = BitReader(payload[:_HEADER_BYTES], 8)
        out = BitWriter().u(payload[0], 8).ue(bits.ue())
        slice_type = bits.ue()
        if slice_type % 5 not in (0, 2):
            raise ValueError("neither an I nor a P slice")
        bits.ue()
        bits.u(self.old.frame_num_bits)
        out.ue(slice_type).ue(self.number).u(index % (1 << self.new.frame_num_bits), self.new.frame_num_bits)
        if not self.new.frames_only:
            out.u(0, 1)  # a frame, no field
        if kind == Unit.IDR:
            bits.ue()
            out.ue(idr_id)
        bits.u(self.old.order_bits if self.old.order_type == 0 else 0)
        if self.new.order_type == 0:
            out.u(2 * index % (1 << self.new.order_bits), self.new.order_bits)
        begin = bits.position
        self._skip_rest(bits, kind=kind, reference=reference, intra=slice_type % 5 == 2)
        end, bits.position = bits.position, begin
        out.copy(bits, end - begin)
        if self.old_pictures.cabac:
            # The blocks begin on a byte after one bits (7.3.4).
            return escape(out.align(1).to_bytes() + payload[-(-end // 8) :])
        rest = BitReader(payload, end)
        return escape(out.copy(rest, _coded_bits(payload) - end).trail().to_bytes())

    def _skip_rest(self, bits: BitReader, *, kind: int, reference: int, intra: bool) -> None:
        if not intra:
            if bits.flag():
                bits.ue()
            if bits.flag():  # another order of references (7.3.3.1)
                while bits.ue() != 3:
                    bits.ue()
            if self.old_pictures.weighted:
                raise ValueError("weighted prediction")
        if reference:
            self._skip_marking(bits, kind)
        if self.old_pictures.cabac and not intra:
            bits.ue()
        bits.se()
        if self.old_pictures.deblocking and bits.ue() != 1:
            bits.se()
            bits.se()

    def _skip_marking(self, bits: BitReader, kind: int) -> None:
        if kind == Unit.IDR:
            bits.u(2)
        elif bits.flag():
            raise ValueError("references are marked by hand")


def _coded_bits(payload: bytes) -> int:
    """Where the stop bit of a payload stands."""
    trimmed = payload.rstrip(b"\x00")
    return len(trimmed) * 8 - (trimmed[-1] & -trimmed[-1]).bit_length()


def slice_start(unit: bytes | memoryview) -> tuple[int, int, int]:
    """The first block, type and picture set of a slice (7.3.3).

    Raises:
        ValueError: if it ends early.
    """
    bits = BitReader(unescape(bytes(unit[:24])), 8)
    return bits.ue(), bits.ue(), bits.ue()
