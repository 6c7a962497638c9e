"""Voice messages as WeChat keeps them (SILK version 3): told how long they are, without decoding."""

from __future__ import annotations

from typing import Final

_SIGN: Final = b"#!SILK_V3"
_END: Final = 0xFFFF
_PACKET: Final = 0.02
"""Seconds of sound in a packet, as WeChat makes them (SILK SDK, 20 ms)."""


def silk_seconds(data: bytes) -> int | None:
    """Whole seconds of the message, at least 1; None where it is no SILK, or cut before its first packet."""
    start = data.find(_SIGN, 0, 16)
    if start < 0:
        return None
    at, packets = start + len(_SIGN), 0
    while at + 2 <= len(data):
        length = int.from_bytes(data[at : at + 2], "little")
        if length == _END or at + 2 + length > len(data):
            break
        at, packets = at + 2 + length, packets + 1
    return max(1, round(packets * _PACKET)) if packets else None
