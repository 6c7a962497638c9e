"""Files of learned models: packed by zlib, a line of JSON that says what follows, then names and bytes of weights."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

from desktop.domain.errors import WorldError

ZERO: Final = 128
"""The byte of a weight of nothing."""
_BAD: Final = (OSError, ValueError, KeyError, TypeError, zlib.error)
_Model = TypeVar("_Model")


def unpack_model(packed: bytes, most: int) -> tuple[Mapping[str, Any], bytes]:
    """What the line says, and the bytes below it; of ``most`` bytes at most. Raises ``ValueError``, ``zlib.error``."""
    head, _, rest = zlib.decompressobj().decompress(packed, most).partition(b"\n")
    return json.loads(head), rest


def load_model(file: Path, made: Callable[[bytes], _Model]) -> _Model:
    """What ``made`` makes of a file.

    Raises ``WorldError("install.incomplete", file=…)`` where it is missing or damaged.
    """
    try:
        return made(file.read_bytes())
    except _BAD as error:
        raise WorldError("install.incomplete", file=file.name) from error
