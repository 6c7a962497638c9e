"""What is read stands aside, and ends, in the middle of a statement as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.domain.surveys import current_survey
from desktop.storage.dialects import dialect_of


@contextmanager
def giving_way(connection: Connection) -> Iterator[None]:
    """For as long as this thread reads by ``connection`` for a survey; nothing where it reads for a person."""
    survey = current_survey()
    if survey is None:
        yield
        return
    with _asking(connection, survey.stand_aside):
        yield


@contextmanager
def stopped_by(connection: Connection, progress: Progress) -> Iterator[None]:
    """For as long as what is read by ``connection`` ends, in the middle of a statement, where ``progress`` says so."""

    def goes_on() -> bool:
        try:
            progress.check()
        except Cancelled:
            return False
        return True

    with _asking(connection, goes_on):
        yield


@contextmanager
def _asking(connection: Connection, goes_on: Callable[[], bool]) -> Iterator[None]:
    dialect = dialect_of(connection)
    dialect.ask_while_reading(connection, goes_on)
    try:
        yield
    finally:
        dialect.ask_while_reading(connection, None)
