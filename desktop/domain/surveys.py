"""A survey reads across cases: a list, a count, the clocks of a station. It gives way to whatever a person typed or
opened, and ends soon after nobody wants it any more.

Whoever starts one says so for its thread (:func:`surveying`); whoever reads for it asks from time to time
(:func:`give_way`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Protocol

from desktop.domain.errors import Cancelled


class Survey(Protocol):
    """One that is under way."""

    def stand_aside(self) -> bool:
        """Wait while a person waits for something else; False once nobody wants the survey any more."""
        ...


_UNDER_WAY: Final[ContextVar[Survey | None]] = ContextVar("survey", default=None)


def current_survey() -> Survey | None:
    """The survey that this thread works for; None where it works for a person."""
    return _UNDER_WAY.get()


@contextmanager
def surveying(survey: Survey | None) -> Iterator[None]:
    """This thread works for ``survey`` to the end of the block; None: for a person, who is not to be kept waiting."""
    token = _UNDER_WAY.set(survey)
    try:
        yield
    finally:
        _UNDER_WAY.reset(token)


def give_way() -> None:
    """Wait while a person waits for something else; raises ``Cancelled`` once nobody wants the survey any more. Nothing
    where the thread works for no survey."""
    survey = _UNDER_WAY.get()
    if survey is not None and not survey.stand_aside():
        raise Cancelled
