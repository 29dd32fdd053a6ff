"""H.265 headers: parameter sets with other ids, the ``hvcC`` record of mp4, and slices that follow the new ids.

Clause numbers are those of ITU-T H.265 (2021); ``hvcC`` is ISO/IEC 14496-15, 8.3.3.

Parameter sets and slices of a re-encoded part name each other by id. A slice's header can only be made longer by
knowing where it ends, for the coded blocks after it begin on a byte; but where a picture set's id grows by exactly
eight bits, from 0 (one bit) to 15 .. 30 (nine bits), everything behind it moves by a whole byte and stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from fastclip_desktop.media.bits import BitReader, BitWriter
from fastclip_desktop.media.nal import escape, start_code_units, unescape


class Unit(IntEnum):
    """The types of unit that matter here (table 7-1)."""

    RADL_N = 6
    RASL_R = 9
    BLA_W_LP = 16
    BLA_N_LP = 18
    IDR_W_RADL = 19
    IDR_N_LP = 20
    CRA = 21
    LAST_IRAP = 23
    VPS = 32
    SPS = 33
    PPS = 34
    DELIMITER = 35
    END_OF_SEQUENCE = 36
    END_OF_STREAM = 37
    PREFIX_SEI = 39


SETS = (Unit.VPS, Unit.SPS, Unit.PPS)
"""The types of the parameter sets."""

_PICTURE_SETS_OF_NINE_BITS = range(15, 31)


@dataclass(frozen=True, slots=True)
class DecoderRecord:
    """The ``hvcC`` record: 22 bytes of profile, level and format, and arrays of units by type."""

    head: bytes
    arrays: tuple[tuple[int, tuple[bytes, ...]], ...]

    @property
    def length_size(self) -> int:
        """Bytes of the length before each unit."""
        return (self.head[21] & 3) + 1

    def units(self, kind: int) -> tuple[bytes, ...]:
        """The units of a type."""
        return tuple(unit for other, units in self.arrays if other & 63 == kind for unit in units)

    def with_units(self, more: tuple[bytes, ...]) -> DecoderRecord:
        """The same record with more parameter sets, each in the array of its type."""
        arrays = []
        for kind, units in self.arrays:
            own = tuple(unit for unit in more if unit_type(unit) == kind & 63 and unit not in units)
            arrays.append((kind, units + own))
        return replace(self, arrays=tuple(arrays))

    def complete(self) -> DecoderRecord:
        """The same record, saying that no parameter sets stand in the packets."""
        return replace(self, arrays=tuple((kind | 0x80, units) for kind, units in self.arrays))

    def to_bytes(self) -> bytes:
        """The record as mp4 stores it."""
        parts = [self.head, bytes([len(self.arrays)])]
        for kind, units in self.arrays:
            parts += [bytes([kind]), len(units).to_bytes(2, "big")]
            for unit in units:
                parts += [len(unit).to_bytes(2, "big"), unit]
        return b"".join(parts)


def unit_type(unit: bytes | memoryview) -> int:
    """The type of a unit, from its first byte (7.3.1.2)."""
    return unit[0] >> 1 & 63


def is_upper_layer(unit: bytes | memoryview) -> bool:
    """Whether a unit belongs to a layer above the base, such as the other eye's."""
    return unit[0] & 1 == 1 or unit[1] > 7


def temporal_layer(unit: bytes | memoryview) -> int:
    """The temporal layer that a unit belongs to, 0 .. 6."""
    return (unit[1] & 7) - 1


def top_temporal_layer(sequence: bytes) -> int:
    """The highest temporal layer of a sequence parameter set (7.3.2.2.1)."""
    return sequence[2] >> 1 & 7


def slice_start(unit: bytes | memoryview) -> tuple[bool, int]:
    """Whether a slice is the first of its picture, and its picture set (7.3.6.1).

    Raises:
        ValueError: if it ends early.
    """
    bits = BitReader(unescape(bytes(unit[:12])), 16)
    first = bits.flag()
    if Unit.BLA_W_LP <= unit_type(unit) <= Unit.LAST_IRAP:
        bits.flag()
    return first, bits.ue()


def is_about_light(unit: bytes | memoryview) -> bool:
    """Whether a unit tells of mastering display, content light level or transfer (annex D), which HDR needs."""
    return unit_type(unit) == Unit.PREFIX_SEI and len(unit) > 2 and unit[2] in (137, 144, 147)


def read_record(extradata: bytes) -> DecoderRecord:
    """Read ``hvcC``, or make one from parameter sets with start codes as transport streams carry them.

    Raises:
        ValueError: if it is neither.
    """
    if extradata[:3] in (b"\x00\x00\x01", b"\x00\x00\x00"):
        return _record_of_units(list(start_code_units(extradata)))
    if len(extradata) < 23 or extradata[0] > 1:
        raise ValueError("the decoder record ends early")
    position, arrays = 23, []
    for _ in range(extradata[22]):
        kind = extradata[position]
        count = int.from_bytes(extradata[position + 1 : position + 3], "big")
        position += 3
        units = []
        for _ in range(count):
            size = int.from_bytes(extradata[position : position + 2], "big")
            units.append(extradata[position + 2 : position + 2 + size])
            position += 2 + size
            if not size or position > len(extradata):
                raise ValueError("the decoder record ends early")
        arrays.append((kind, tuple(units)))
    record = DecoderRecord(extradata[:22], tuple(arrays))
    if not all(record.units(kind) for kind in SETS):
        raise ValueError("the decoder record has no parameter sets")
    return record


def _record_of_units(units: list[bytes]) -> DecoderRecord:
    arrays = []
    for kind in SETS:
        own = tuple(dict.fromkeys(unit for unit in units if unit_type(unit) == kind))
        if not own:
            raise ValueError("there are no parameter sets")
        arrays.append((0x80 | kind, own))
    return DecoderRecord(_record_head(arrays[1][1][0]), tuple(arrays))


def _record_head(sequence: bytes) -> bytes:
    bits = BitReader(unescape(sequence), 16)
    bits.u(4)
    layers = bits.u(3)
    nesting = bits.u(1)
    general = bits.u(96)
    _skip_layers(bits, layers)
    bits.ue()
    chroma = bits.ue()
    if chroma == 3:
        bits.u(1)
    bits.ue()
    bits.ue()
    if bits.flag():
        for _ in range(4):
            bits.ue()
    luma_depth, chroma_depth = bits.ue(), bits.ue()
    out = BitWriter().u(1, 8).u(general, 96).u(0xF000, 16).u(0xFC, 8)
    out.u(0xFC | chroma, 8).u(0xF8 | luma_depth, 8).u(0xF8 | chroma_depth, 8)
    # No average rate, no constant rate, so many temporal layers, lengths of four bytes.
    return out.u(0, 16).u(0, 2).u(layers + 1, 3).u(nesting, 1).u(3, 2).to_bytes()


def _skip_layers(bits: BitReader, layers: int) -> None:
    present = [(bits.flag(), bits.flag()) for _ in range(layers)]
    if layers:
        bits.u(2 * (8 - layers))
    for profile, level in present:
        bits.u(88 * profile + 8 * level)


def sequence_id(unit: bytes) -> int:
    """The id of a sequence parameter set (7.3.2.2.1)."""
    return _at_sequence_id(BitReader(unescape(unit), 16)).ue()


def _at_sequence_id(bits: BitReader) -> BitReader:
    bits.u(4)
    layers = bits.u(3)
    bits.u(1 + 96)
    _skip_layers(bits, layers)
    return bits


def picture_id(unit: bytes) -> int:
    """The id of a picture parameter set (7.3.2.3.1)."""
    return BitReader(unescape(unit), 16).ue()


def video_id(unit: bytes) -> int:
    """The id of a video parameter set (7.3.2.1)."""
    return unit[2] >> 4


@dataclass(frozen=True, slots=True)
class NewIds:
    """Unused ids for the parameter sets of a re-encoded part, which itself has 0 everywhere, as x265 writes."""

    video: int
    sequence: int
    picture: int

    @classmethod
    def beside(cls, record: DecoderRecord) -> NewIds:
        """Ids that a record does not use.

        Raises:
            ValueError: if it uses them all.
        """
        choices = (
            (range(16), {video_id(unit) for unit in record.units(Unit.VPS)}),
            (range(16), {sequence_id(unit) for unit in record.units(Unit.SPS)}),
            (_PICTURE_SETS_OF_NINE_BITS, {picture_id(unit) for unit in record.units(Unit.PPS)}),
        )
        free = [next((number for number in numbers if number not in used), None) for numbers, used in choices]
        if None in free:
            raise ValueError("every parameter set id is in use")
        return cls(*(number or 0 for number in free))

    def rename(self, unit: bytes) -> bytes:
        """The same unit under these ids: a parameter set, or a slice of x265.

        Raises:
            ValueError: if the unit does not have the id 0 that it should have.
        """
        kind = unit_type(unit)
        payload = unescape(unit)
        if kind == Unit.VPS:
            return escape(payload[:2] + bytes([self.video << 4 | payload[2] & 15]) + payload[3:])
        bits = BitReader(payload, 16)
        out = BitWriter().u(int.from_bytes(payload[:2], "big"), 16)
        if kind == Unit.SPS:
            out.u(self.video, 4)
            bits.u(4)
            begin = bits.position
            bits = _at_sequence_id(BitReader(payload, 16))
            end, bits.position = bits.position, begin
            out.copy(bits, end - begin)
            _expect_zero(bits)
            return _finish(out.ue(self.sequence), bits, payload)
        if kind == Unit.PPS:
            _expect_zero(bits)
            _expect_zero(bits)
            return _finish(out.ue(self.picture).ue(self.sequence), bits, payload)
        return self._rename_slice(payload, kind)

    def _rename_slice(self, payload: bytes, kind: int) -> bytes:
        head = 3 + 1  # bytes that certainly hold what is read here
        bits = BitReader(payload[:head], 16)
        out = BitWriter().u(int.from_bytes(payload[:2], "big"), 16)
        out.copy(bits, 2 if Unit.BLA_W_LP <= kind <= Unit.LAST_IRAP else 1)
        _expect_zero(bits)
        out.ue(self.picture)  # eight bits more than before, see above
        out.copy(bits, bits.left)
        return escape(out.to_bytes() + payload[head:])


def _expect_zero(bits: BitReader) -> None:
    if bits.ue() != 0:
        raise ValueError("an encoder numbered its parameter sets in another way")


def _finish(out: BitWriter, bits: BitReader, payload: bytes) -> bytes:
    trimmed = payload.rstrip(b"\x00")
    stop = len(trimmed) * 8 - (trimmed[-1] & -trimmed[-1]).bit_length()
    return escape(out.copy(bits, stop - bits.position).trail().to_bytes())


def as_broken_link(unit: bytes) -> bytes:
    """A slice of a clean random access picture as one of a broken link: the leading pictures that followed it are gone.

    Only the type changes (BLA_N_LP, 7.4.2.2); the header of both has the same fields.
    """
    if unit_type(unit) != Unit.CRA:
        return unit
    return bytes([unit[0] & 0x81 | Unit.BLA_N_LP << 1]) + unit[1:]
