"""Whether a file begins as a recording does, so that the player is given it; how long WeChat's voice messages are."""

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


_STILL = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis", b"crx ")
"""Brands of pictures that use the container of films (ISO/IEC 14496-12)."""
_SIGNS = (
    (0, b"ID3"),
    (0, b"OggS"),
    (0, b"fLaC"),
    (0, b"#!AMR"),
    (0, b"\x1aE\xdf\xa3"),  # Matroska, WebM
    (0, b"FLV\x01"),
    (0, b"0&\xb2u\x8ef\xcf\x11"),  # ASF: wma, wmv
    (0, b"\x00\x00\x01\xba"),  # MPEG program stream
    (4, b"moov"),
    (4, b"mdat"),
    (4, b"wide"),
    (0, b".snd"),
    (0, b"caff"),
)
_FRAMES = (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
"""MPEG audio and ADTS without a header of their own."""


def is_recording(head: bytes) -> bool:
    """By the first octets (200 are enough)."""
    if head[4:8] == b"ftyp":
        return head[8:12] not in _STILL
    if head[:4] == b"RIFF":
        return head[8:12] in (b"WAVE", b"AVI ")
    if head[:4] == b"FORM":
        return head[8:12] in (b"AIFF", b"AIFC")
    if head[:1] == b"G" and head[188:189] == b"G":  # MPEG transport stream
        return True
    return head[:2] in _FRAMES or any(head[at : at + len(sign)] == sign for at, sign in _SIGNS)


def is_silk(head: bytes) -> bool:
    """A voice message of WeChat as it lies in the phone."""
    return head[:10].lstrip(b"\x02").startswith(b"#!SILK")
