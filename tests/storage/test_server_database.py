"""Ways in which a server's database does not open, each with its own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.pool import NullPool

from desktop.domain.errors import WorldError
from desktop.domain.progress import SILENT
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.database.server_database import try_server_database
from desktop.storage.dialects import dialect_of
from desktop.storage.readers.reader import SqlReader
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile, a_store
from tests.support.clocks import HandClock
from tests.support.databases import (
    Databases,
    server_of_tests,
    some_databases,
    written_past_the_store,
)

USER, PASSWORD = "fanzha_sealed", "Zhang-ye-lu-2026"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Databases]:
    with some_databases("postgresql", tmp_path) as found:
        yield found


@pytest.fixture
def address(server: Databases) -> ServerAddress:
    a_store(server, "AAAA").close()
    place = server.place("AAAA")
    assert isinstance(place, ServerAddress)
    return place


def tell(*statements: str) -> None:
    engine = create_engine(server_of_tests(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def code(address: ServerAddress, key: bytes = KEY) -> str:
    with pytest.raises(WorldError) as caught:
        SqlStore.open(address, key, a_profile("AAAA"), HandClock())
    return caught.value.code


def elsewhere(address: ServerAddress, change: Callable[[URL], URL]) -> ServerAddress:
    return replace(address, url=change(address.url))


def test_gone(address: ServerAddress, tmp_path: Path) -> None:
    def no_socket(url: URL) -> URL:
        return url.set(host="").update_query_dict({"host": str(tmp_path)})

    assert code(elsewhere(address, no_socket)) == "database.server_gone"
    closed = elsewhere(address, lambda url: make_url(f"{url.drivername}://u@127.0.0.1:1/x"))
    assert code(closed) == "database.server_gone"


def test_no_such_database(address: ServerAddress) -> None:
    assert code(elsewhere(address, lambda url: url.set(database="nowhere"))) == (
        "database.server_missing"
    )


def test_another_centres_database(address: ServerAddress) -> None:
    assert code(address, bytes(32)) == "database.server_other"


def test_empty(server: Databases) -> None:
    place = server.place("nothing")
    assert isinstance(place, ServerAddress)
    assert code(place) == "database.server_empty"


def test_taken(server: Databases, address: ServerAddress) -> None:
    with pytest.raises(WorldError, match=r"database\.server_taken"):
        a_store(server, "AAAA")
    SqlStore.open(address, KEY, a_profile("AAAA"), HandClock()).close()


def test_newer(address: ServerAddress) -> None:
    store = SqlStore.open(address, KEY, a_profile("AAAA"), HandClock())
    with written_past_the_store(store) as connection:
        dialect_of(connection).mark_schema(connection, 999)
    store.close()
    assert code(address) == "database.newer"


def test_a_wrong_password_and_too_few_rights(address: ServerAddress) -> None:
    schema = str(address.url.query["options"]).removeprefix("-csearch_path=")
    tell(
        f"DO $$ BEGIN CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
        f'GRANT USAGE ON SCHEMA "{schema}" TO {USER}',
        f'GRANT SELECT ON ALL TABLES IN SCHEMA "{schema}" TO {USER}',
    )
    own = elsewhere(address, lambda url: url.set(username=USER))
    assert code(replace(own, password="wrong")) == "database.server_refused"
    assert code(own) == "database.server_refused"
    reading = SqlStore.open(replace(own, password=PASSWORD), KEY, a_profile("AAAA"), HandClock())
    with pytest.raises(WorldError, match=r"database\.server_rights"), reading.write() as writing:
        writing.append("1", a_case())
    reading.close()


def test_a_server_started_anew_is_no_error_and_one_that_breaks_off_loses_nothing_saved(
    address: ServerAddress,
) -> None:
    store = SqlStore.open(address, KEY, a_profile("AAAA"), HandClock())
    with store.write() as writing:
        writing.append("1", a_case())

    def broken_off() -> None:
        with store.write() as writing:
            writing.append("1", a_case(case="c2", serial=2))
            _cut_off(writing)
            writing.append("1", a_case(case="c3", serial=3))

    with pytest.raises(WorldError, match=r"database\.server_gone"):
        broken_off()
    with store.read() as reader:
        assert [card.id for card in reader.board()] == ["c1"]

    def broken_off_again() -> None:
        with store.read() as reader:
            _cut_off(reader)
            reader.board()

    with pytest.raises(WorldError, match=r"database\.server_gone"):
        broken_off_again()
    with store.write() as writing:
        writing.append("1", a_case(case="c2", serial=2))
    assert store.verify(SILENT) == ()
    store.close()


def _cut_off(reader: SqlReader) -> None:
    """What a server does that is stopped."""
    process = reader._connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    tell(f"SELECT pg_terminate_backend({process})")


def test_a_trial_says_whether_a_centre_could_be_made_and_leaves_nothing(server: Databases) -> None:
    place = server.place("TRY")
    assert isinstance(place, ServerAddress)
    for _ in range(2):
        try_server_database(place)
    a_store(server, "TRY").close()
    with pytest.raises(WorldError) as caught:
        try_server_database(place)
    assert caught.value.code == "database.server_taken"


def test_a_database_in_another_encoding_is_refused(server: Databases) -> None:
    place = server.place("TRY")
    assert isinstance(place, ServerAddress)
    name = "fanzha_ascii"
    tell(
        f"DROP DATABASE IF EXISTS {name}",
        f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    try:
        with pytest.raises(WorldError, match=r"^database\.server_encoding$"):
            try_server_database(elsewhere(place, lambda url: url.set(database=name)))
    finally:
        tell(f"DROP DATABASE {name} WITH (FORCE)")
