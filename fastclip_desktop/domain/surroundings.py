"""What surrounds a whole picture in a frame of another shape, for the preview and for the file alike.

Lengths are shares of the frame's shorter side unless they say otherwise; colours are red, green and blue, 0..1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

BLUR = 40 / 1080
"""The standard deviation by which the copy behind the picture is blurred."""

DIMMED = 0.62
"""What is left of its luma: dark enough for the picture to stand out and for white captions to be read."""

AURA_WIDE, AURA_TALL = 0.9, 0.86
"""The shares of the frame's width and height that a picture in the gradient may fill."""

AURA_CORNER = 0.045
"""The radius of that picture's corners."""

ROUND = 24
"""Seconds in which every light comes back to where it was, so that nobody sees a beginning."""

GROUND = (0.07, 0.05, 0.22)
GROUND_WEIGHT = 0.12
"""What is seen where no light reaches, and how strongly it mixes with them."""

REACH = 0.23
"""Where a light has faded to 1/e, as a share of the frame's longer side."""

SHADOW = 0.42
SHADOW_REACH, SHADOW_DOWN = 0.11, 0.025
"""How dark the shadow is right under the picture; how far it reaches, and how much lower than the picture it lies."""


@dataclass(frozen=True, slots=True)
class Light:
    """One of the lights that wander in circles.

    Attributes:
        color: of the light.
        x: the middle of its circle, a share of the frame's width.
        y: likewise down.
        radius: of the circle, a share of both.
        begin: where on it the light begins, 0..1.
        way: 1 or -1, which way round it goes.
    """

    color: tuple[float, float, float]
    x: float
    y: float
    radius: float
    begin: float
    way: int

    def place(self, seconds: float) -> tuple[float, float]:
        """Where it is at a time of the short: shares of the frame's width and height."""
        angle = 2 * math.pi * (self.begin + self.way * seconds / ROUND)
        return self.x + self.radius * math.cos(angle), self.y + self.radius * math.sin(angle)


LIGHTS = (
    Light((0.42, 0.20, 0.92), 0.15, 0.12, 0.22, 0.00, 1),
    Light((0.94, 0.28, 0.62), 0.90, 0.30, 0.20, 0.35, -1),
    Light((0.16, 0.46, 0.98), 0.12, 0.72, 0.22, 0.60, 1),
    Light((0.10, 0.78, 0.80), 0.85, 0.95, 0.20, 0.15, -1),
    Light((0.98, 0.55, 0.36), 0.55, 0.02, 0.16, 0.80, 1),
)
