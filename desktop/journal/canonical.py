"""Canonical JSON (RFC 8785): the same value gives the same bytes everywhere, so digests can be compared."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any, Final

import rfc8785

from desktop.domain.errors import TrustError
from desktop.domain.records.fields import Json

_SAFE: Final = 2**53 - 1
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of ``value``; integers must stay within ±(2^53 − 1).

    Python's own encoder writes the same bytes ten times faster wherever keys are ASCII, which ours are; anything
    else, and anything that must be refused, goes to the reference implementation.
    """
    if type(value) is str:  # most values are, and the encoder's own way there is long
        return _octets(encode_basestring(value))
    if _ordinary(value):
        return _octets(_ENCODER.encode(value))
    return rfc8785.dumps(value)


def _octets(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("a lone surrogate has no place in JSON") from error


_PLAIN: Final = frozenset({str, bool, type(None)})


def _ordinary(value: Any) -> bool:
    """The commonest first, and no call for each text: every value of every entry passes here."""
    if type(value) is dict:
        if not {*map(type, value)} <= {str} or not "".join(value).isascii():
            return False
        return all(_ordinary(item) for item in value.values() if type(item) not in _PLAIN)
    if type(value) in _PLAIN:
        return True
    if isinstance(value, int):
        return -_SAFE <= value <= _SAFE
    if isinstance(value, str):
        return True
    return isinstance(value, list | tuple) and all(_ordinary(item) for item in value)


def _no_float(text: str) -> Any:
    raise ValueError(f"a float has no place in the journal ({len(text)} characters)")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


_DECODER: Final = json.JSONDecoder(
    parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_duplicates
)
_OF_A_LINE: Final = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def parse(data: bytes) -> Any:
    """The value of canonical bytes; raises ``TrustError("entry.malformed")`` for anything else."""
    return _parsed(_DECODER, data)


def parse_respelled(data: bytes) -> Any:
    """The same, for those who spell the value again and compare: a key that stands twice shows there, and looking for
    it here would take as long as all the rest."""
    return _parsed(_OF_A_LINE, data)


def _parsed(decoder: json.JSONDecoder, data: bytes) -> Any:
    try:
        return decoder.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise TrustError("entry.malformed") from error
