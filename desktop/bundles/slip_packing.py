"""What a slip says, packed: raw deflate (RFC 1951) with a preset dictionary over canonical JSON in GB 18030, which
spends two octets where UTF-8 spends three."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Final

from desktop.bundles.slip_dictionary import DICTIONARY
from desktop.domain.errors import TrustError
from desktop.domain.fields import Json
from desktop.journal.canonical import canonical, parse

_CODEC: Final = "gb18030"


def pack(payload: Mapping[str, Json]) -> bytes:
    """The packed form."""
    text = canonical(payload).decode("utf-8").encode(_CODEC)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, DICTIONARY)
    return squeezer.compress(text) + squeezer.flush()


def unpack(packed: bytes, most: int) -> dict[str, Json]:
    """What was packed, at most ``most`` octets of it; else ``TrustError("slip.damaged")``."""
    opener = zlib.decompressobj(-15, DICTIONARY)
    try:
        text = opener.decompress(packed, most)
        whole = opener.eof and not opener.unused_data
        payload = parse(text.decode(_CODEC).encode("utf-8")) if whole else None
    except (zlib.error, UnicodeError, TrustError, json.JSONDecodeError):
        payload = None
    if not isinstance(payload, dict):
        raise TrustError("slip.damaged")
    return payload
