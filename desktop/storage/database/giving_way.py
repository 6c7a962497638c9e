"""What a survey reads stands aside in the middle of a statement as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection

from desktop.domain.surveys import current_survey
from desktop.storage.dialects import dialect_of


@contextmanager
def giving_way(connection: Connection) -> Iterator[None]:
    """For as long as this thread reads by ``connection`` for a survey; nothing where it reads for a person."""
    survey = current_survey()
    if survey is None:
        yield
        return
    dialect = dialect_of(connection)
    dialect.ask_while_reading(connection, survey.stand_aside)
    try:
        yield
    finally:
        dialect.ask_while_reading(connection, None)
