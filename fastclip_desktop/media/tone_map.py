"""HDR to standard range, as a table from colours to colours that FFmpeg's ``lut3d`` filter looks up.

FFmpeg's own ways were tried: ``tonemap`` needs linear light, which only ``zscale`` makes and the PyAV wheel has none;
``libswscale`` maps well but takes seconds to begin. This table takes a tenth of one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

PQ, HLG = 16, 18
"""Transfer characteristics of ITU-T H.273, table 3."""

TABLE_SIZE = 33
"""Grid points a side; 33 is what hardware and grading tools use."""

_SOURCE_PEAK = 1000.0
"""Nits: what most HDR video is graded for, and HLG's nominal display."""

_TARGET_PEAK = 300.0
"""Nits that become the white of the standard picture. HDR's own white, 203 nits (ITU-R BT.2408), is then shown at five
sixths of it; taken as white itself, it left skies and windows without any drawing."""

# SMPTE ST 2084.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32

# From BT.2020 to BT.709 primaries, both D65 (ITU-R BT.2407).
_TO_709 = (
    (1.6605, -0.5876, -0.0728),
    (-0.1246, 1.1329, -0.0083),
    (-0.0182, -0.1006, 1.1187),
)

Triple = tuple[float, float, float]


@functools.cache
def cube_file(transfer: int) -> str:
    """The table as the text of an Adobe ``.cube`` file, red running fastest.

    Args:
        transfer: :data:`PQ` or :data:`HLG`.
    """
    rows = "\n".join(f"{red:.5f} {green:.5f} {blue:.5f}" for red, green, blue in _table(transfer))
    return f"LUT_3D_SIZE {TABLE_SIZE}\n{rows}\n"


def to_standard(signal: Triple, transfer: int) -> Triple:
    """The BT.709 signal, 0..1, for an HDR signal in BT.2020 primaries, 0..1."""
    light = _light(signal, transfer)
    brightest = max(light)
    # The strongest channel decides for all three, so that hues stay.
    scale = _roll_off(brightest) / brightest / _TARGET_PEAK if brightest > 0 else 0.0
    red, green, blue = (component * scale for component in light)
    mixed = [row[0] * red + row[1] * green + row[2] * blue for row in _TO_709]
    # BT.1886: displays of the standard range raise the signal to the power of 2.4.
    first, second, third = (min(1.0, max(0.0, component)) ** (1 / 2.4) for component in mixed)
    return first, second, third


def _table(transfer: int) -> Iterator[Triple]:
    steps = [index / (TABLE_SIZE - 1) for index in range(TABLE_SIZE)]
    for blue in steps:
        for green in steps:
            for red in steps:
                yield to_standard((red, green, blue), transfer)


def _light(signal: Triple, transfer: int) -> Triple:
    """Nits on the display that the signal was made for."""
    if transfer == HLG:
        red, green, blue = (_hlg_scene(value) for value in signal)
        # ITU-R BT.2100: the system gamma of a display with a peak of 1000 nits.
        gain = _SOURCE_PEAK * max(1e-9, 0.2627 * red + 0.678 * green + 0.0593 * blue) ** 0.2
        return red * gain, green * gain, blue * gain
    first, second, third = (_pq_to_nits(value) for value in signal)
    return first, second, third


def _pq_to_nits(signal: float) -> float:
    power = signal ** (1 / _M2)
    return float(10_000 * (max(power - _C1, 0.0) / (_C2 - _C3 * power)) ** (1 / _M1))


def _nits_to_pq(nits: float) -> float:
    power = (nits / 10_000) ** _M1
    return float(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)


def _hlg_scene(signal: float) -> float:
    """Inverse OETF of ITU-R BT.2100, hybrid log-gamma."""
    if signal <= 0.5:
        return signal * signal / 3
    return float((2.718281828459045 ** ((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12)


def _roll_off(nits: float) -> float:
    """The tone curve of ITU-R BT.2390, section 5.4: the dark and middle stay, the bright is bent below the peak."""
    top = _nits_to_pq(_SOURCE_PEAK)
    value, peak = min(1.0, _nits_to_pq(nits) / top), _nits_to_pq(_TARGET_PEAK) / top
    knee = 1.5 * peak - 0.5
    if value <= knee:
        return nits
    part = (value - knee) / (1 - knee)
    bent = (
        (2 * part**3 - 3 * part**2 + 1) * knee
        + (part**3 - 2 * part**2 + part) * (1 - knee)
        + (-2 * part**3 + 3 * part**2) * peak
    )
    return _pq_to_nits(bent * top)
