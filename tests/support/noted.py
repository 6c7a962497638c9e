"""A service that is watched, or made to fail, in the module of the window that calls it."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import pytest

_REAL: Final = object()


def noted(
    monkeypatch: pytest.MonkeyPatch, place: str, *errors: Exception, answer: object = _REAL
) -> list[tuple[object, ...]]:
    """What the service at ``place`` is called with from now on, without its session. The first calls raise ``errors``;
    the others do what it does, or give ``answer`` where the window shows what no desk holds."""
    module, _, name = place.rpartition(".")
    service = getattr(import_module(module), name)
    calls: list[tuple[object, ...]] = []
    waiting = list(errors)

    def watched(session: object, *given: object, **more: object) -> object:
        calls.append((*given, *more.values()))
        if waiting:
            raise waiting.pop(0)
        return service(session, *given, **more) if answer is _REAL else answer

    monkeypatch.setattr(place, watched)
    return calls
