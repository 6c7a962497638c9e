"""Recordings made here: a tone that swells, a film that counts."""

from __future__ import annotations

import io
import math
import wave
from array import array
from pathlib import Path

import cv2
import numpy as np


def made_sound(seconds: float = 2.0, rate: int = 8000) -> bytes:
    """A WAV: silence at first, loud at the end."""
    count = int(seconds * rate)
    samples = array(
        "h",
        (int(30_000 * at / count * math.sin(at * 440 * 2 * math.pi / rate)) for at in range(count)),
    )
    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return whole.getvalue()


def made_film(folder: Path, pictures: int = 50, rate: int = 25) -> bytes:
    """An AVI of ``pictures`` pictures, each a little brighter."""
    path = folder / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (160, 120))
    for at in range(pictures):
        writer.write(np.full((120, 160, 3), at * 4, np.uint8))
    writer.release()
    return path.read_bytes()
