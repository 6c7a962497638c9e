"""What desk and player say to each other; see :mod:`desktop.runtime.processes.talking_helper`."""

from __future__ import annotations

import struct
from typing import Final

NAME: Final = "player"

COMMAND: Final = b"J"
"""Desk: JSON with ``do``: open (size, level), play, pause, seek (ms), speed (percent), room (width, height), ready."""
OCTETS: Final = b"D"
"""Desk: the answer to a want: its number, then the octets; fewer than wanted at the end."""
WANT: Final = b"R"
"""Player: octets are needed: number, place, count."""
FRAME: Final = b"F"
"""Player: a picture: width, height, moment in ms, then rows of RGB32."""
STATE: Final = b"S"
"""Player: JSON: position, duration, playing, video, rate, error."""
WAVE: Final = b"W"
"""Player: JSON: step_ms and peaks, each 0 to 100, of what is heard so far."""

WANT_HEAD: Final = struct.Struct(">IQI")
OCTETS_HEAD: Final = struct.Struct(">I")
FRAME_HEAD: Final = struct.Struct(">IIq")
MOST_WANTED: Final = 4 << 20
MOST_FRAME: Final = 4096 * 4096
"""Pixels of a frame as it is sent."""
