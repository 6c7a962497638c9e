"""Canonical JSON (RFC 8785): the same value gives the same bytes everywhere, so digests can be compared."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

from desktop.domain.errors import TrustError
from desktop.domain.fields import Json


def canonical(value: Json) -> bytes:
    """The RFC 8785 bytes of ``value``; integers must stay within ±(2^53 − 1)."""
    return rfc8785.dumps(value)


def _no_float(text: str) -> Any:
    raise ValueError(f"a float has no place in the journal ({len(text)} characters)")


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key stands twice")
    return result


def parse(data: bytes) -> Any:
    """The value of canonical bytes; raises ``TrustError("entry.malformed")`` for anything else."""
    try:
        value = json.loads(
            data.decode("utf-8"),
            parse_float=_no_float,
            parse_constant=_no_float,
            object_pairs_hook=_no_duplicates,
        )
    except (ValueError, RecursionError) as error:
        raise TrustError("entry.malformed") from error
    return value
