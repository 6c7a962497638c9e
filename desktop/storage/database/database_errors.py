"""What the database's driver says went wrong, in our words where the world caused it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from desktop.domain.errors import Cancelled, WorldError
from desktop.storage.dialects.postgresql_errors import server_code
from desktop.storage.dialects.sqlite_errors import file_code, was_stopped


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn the driver's errors that the world caused into ours, and what a survey was stopped by into ``Cancelled``;
    programming errors pass through."""
    try:
        yield
    except DBAPIError as error:
        original: object = error.orig
        if was_stopped(original):
            raise Cancelled from error
        code = file_code(original) or server_code(original)
        if code:
            raise WorldError(code) from error
        raise
