"""Two imports that make cases findable at the same time never take one number."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from desktop.storage.database.server_address import ServerAddress
from desktop.storage.projections import search
from desktop.storage.projections.search import Findable, index
from tests.storage.test_store import a_store
from tests.support.databases import some_databases

AT = "2026-11-24T02:31:07Z"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Connection, Connection]]:
    """Connections to one server in a transaction each."""
    with some_databases("postgresql", tmp_path) as found:
        a_store(found, "7QK2M9XD41TCZP8A").close()
        place = found.place("7QK2M9XD41TCZP8A")
        assert isinstance(place, ServerAddress)
        engine = create_engine(place.url, poolclass=NullPool)
        with engine.connect() as first, engine.connect() as second:
            yield first, second
        engine.dispose()


def of_one_number() -> tuple[str, str]:
    """Two cases that ask for the same number first."""
    names = [f"c{number}" for number in range(40)]
    asked = {name: zlib.crc32(f"0/{name}".encode()) % 16 for name in names}
    return next(pair for pair in combinations(names, 2) if len({asked[x] for x in pair}) == 1)


def test_a_number_that_was_taken_since_it_was_looked_for_is_not_taken_twice(
    two: tuple[Connection, Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second looks before the first is done, and adds after it."""
    monkeypatch.setattr(search, "_TAKEN", "SELECT id FROM search_row WHERE id AMONG ? AND id < 0")
    for connection, case in zip(two, of_one_number(), strict=True):
        index(connection, {case: Findable(AT, ["李秀兰"], "")})
        connection.commit()
    query = "SELECT count(*) FROM search_row r JOIN search_index i ON i.id = r.id"
    assert two[0].exec_driver_sql(query).scalar() == 2
