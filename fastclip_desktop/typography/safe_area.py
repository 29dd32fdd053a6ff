"""Where text may stand in a frame so that no player's buttons cover it."""

from __future__ import annotations

from PySide6.QtCore import QRectF

_TALL = 1.5
"""Height over width from which a frame is shown by apps that lay their own things over it."""

_TOP, _BOTTOM, _SIDE = 0.11, 0.20, 0.10
"""Shares of a tall frame: the widest of what YouTube Shorts, Instagram Reels and TikTok cover at that edge.

TikTok's row of buttons takes 120 of 1080 pixels on the right; text is set in the middle, so both sides are left free.
"""

_MARGIN = 0.05
"""Of any other frame: the action safe area of EBU R 95, rounded up."""


def safe_area(width: int, height: int) -> QRectF:
    """The part of a frame that text may take, in its pixels."""
    if height >= width * _TALL:
        return QRectF(width * _SIDE, height * _TOP, width * (1 - 2 * _SIDE), height * (1 - _TOP - _BOTTOM))
    return QRectF(width * _MARGIN, height * _MARGIN, width * (1 - 2 * _MARGIN), height * (1 - 2 * _MARGIN))
