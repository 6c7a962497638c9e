"""Two that write at once on one server: who touches the same waits, whatever it is, and nobody else does.

The second asks with no patience at all, so that a wait is an error at once and no clock decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from desktop.journal.touching import Touching
from desktop.storage.dialects.postgresql_turns import claim_stream, take_turn
from tests.support.databases import server_of_tests

Turn = Callable[[Connection], None]
LOCK_NOT_AVAILABLE = "55P03"


@pytest.fixture
def two() -> Iterator[tuple[Connection, Connection]]:
    """Connections in a transaction each."""
    engine = create_engine(server_of_tests(), poolclass=NullPool)
    with engine.connect() as first, engine.connect() as second:
        second.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")
        yield first, second
    engine.dispose()


def named(streams: str = "", subjects: str = "", cases: str = "") -> Turn:
    scope = Touching(
        frozenset(streams.split()), frozenset(subjects.split()), frozenset(cases.split())
    )
    return lambda connection: take_turn(connection, scope)


def alone(connection: Connection) -> None:
    take_turn(connection, None)


def claimed(stream: str) -> Turn:
    return lambda connection: claim_stream(connection, stream)


def waits(two: tuple[Connection, Connection], first: Turn, second: Turn) -> bool:
    first(two[0])
    try:
        second(two[1])
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
            raise
        return True
    return False


SOME = named("A", "case/1 transfer/1", "1")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (SOME, named("A", "case/2", "2")),
        (SOME, named("B", "transfer/1", "2")),
        (SOME, named("B", "transfer/2", "1")),
        (SOME, named("B", "case/1", "2")),
        (named("B", "case/2"), named("C", "transfer/3", "2")),
        (SOME, alone),
        (alone, SOME),
        (alone, alone),
        (SOME, claimed("A")),
        (claimed("A"), SOME),
        (claimed("A"), claimed("A")),
    ],
)
def test_who_touches_the_same_waits(
    two: tuple[Connection, Connection], first: Turn, second: Turn
) -> None:
    assert waits(two, first, second)


@pytest.mark.parametrize(
    "second",
    [named("B", "case/2 transfer/2", "2"), named("case/1", "A", "A"), claimed("B"), claimed("case/1")],
)  # fmt: skip
def test_who_touches_nothing_of_it_does_not(
    two: tuple[Connection, Connection], second: Turn
) -> None:
    assert not waits(two, SOME, second)


def test_a_turn_ends_with_its_transaction(two: tuple[Connection, Connection]) -> None:
    alone(two[0])
    two[0].rollback()
    alone(two[1])
