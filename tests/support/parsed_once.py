"""TOML that was parsed before is not parsed again: signing in reads a dozen files, and the tests sign in everywhere."""

from __future__ import annotations

import pickle
import tomllib
from functools import lru_cache
from typing import Any

_parse = tomllib.loads


@lru_cache(maxsize=256)
def _parsed(text: str) -> bytes:
    return pickle.dumps(_parse(text))


def _loads(text: str, /) -> dict[str, Any]:
    """A copy of one's own each time, which may be changed."""
    found: dict[str, Any] = pickle.loads(_parsed(text))  # noqa: S301 - of this very process
    return found


def parse_once() -> None:
    """From now on, in this process and all that are forked from it."""
    tomllib.loads = _loads  # type: ignore[assignment]  # nobody here asks for other numbers than floats
