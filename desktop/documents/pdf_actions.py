"""Whether a PDF carries what some readers would run: scripts, programs to start, data to send. Never run."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

_RUN: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|GoToE|RichMedia|XFA)(?![A-Za-z0-9])"
)
"""Of ISO 32000-1, 12.6 and 12.7: what does more than show a place."""
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
"""How a letter of a name may be written (7.3.5)."""
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n.*?endstream", re.DOTALL)
_PACKED: Final = re.compile(rb"/ObjStm\b[^>]{0,400}>>\s{0,4}stream\r?\n")
_MOST_UNPACKED: Final = 16 << 20
"""Octets of all packed objects together."""


def carries_actions(data: bytes) -> bool:
    """By the names in it, also where objects are packed; what is encrypted stays unseen."""
    return _says(_STREAM.sub(b"", data)) or any(map(_says, _unpacked(data)))


def _says(objects: bytes) -> bool:
    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), objects)
    return _RUN.search(plain) is not None


def _unpacked(data: bytes) -> Iterator[bytes]:
    left = _MOST_UNPACKED
    for start in _PACKED.finditer(data):
        try:
            objects = zlib.decompressobj().decompress(data[start.end() :], left)
        except zlib.error:
            continue
        yield objects
        left -= len(objects)
        if left <= 0:
            return
