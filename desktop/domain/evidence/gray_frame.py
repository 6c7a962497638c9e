"""A picture of a moment: rows of grey, as a camera sees them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class GrayFrame:
    """``pixels``: ``width`` × ``height`` octets from the upper left, 0 black to 255 white."""

    width: int
    height: int
    pixels: bytes = field(repr=False)
