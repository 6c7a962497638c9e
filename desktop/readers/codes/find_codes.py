"""Codes in a picture and what each is for."""

from __future__ import annotations

import atexit
from typing import Any, Final

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.found_code import FoundCode
from desktop.readers.codes.meanings import meaning_of
from desktop.readers.codes.orientation import Uprighting, uprighting
from desktop.readers.decoding.decoder import Decoder
from desktop.runtime.gray_pictures import MOST_OCTETS

_SECONDS: Final = 30.0
_DECODER: Final = Decoder(_SECONDS)
"""One for all pictures: a batch of screenshots does not start a process for each."""
atexit.register(_DECODER.close)


def find_codes(data: bytes) -> tuple[FoundCode, ...]:
    """Each code of a PNG, JPEG or PDF once, from the top down.

    Raises ``UserInputError``: ``picture.unknown``, ``picture.too_large``, ``reading.…``.
    """
    if len(data) > MOST_OCTETS:
        raise UserInputError("picture.too_large")
    upright = uprighting(data)
    found = [_found(code, upright) for code in _DECODER.codes(data)]
    return tuple(sorted(found, key=lambda code: code.corners[0][::-1]))


def _found(code: dict[str, Any], upright: Uprighting) -> FoundCode:
    meaning, value = meaning_of(code["text"])
    return FoundCode(
        format=code["format"],
        text=code["text"],
        meaning=meaning.id,
        kind=meaning.kind,
        value=value,
        corners=tuple(upright(x, y) for x, y in code["corners"]),
    )
