"""The journal and its projections in a database on a PostgreSQL server."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import Connection

from desktop.domain.errors import WorldError
from desktop.storage.database.database_errors import database_errors
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.dialects.postgresql import POSTGRESQL
from desktop.storage.dialects.postgresql_turns import take_turn
from desktop.storage.tables import SCHEMA_VERSION, entry, metadata

_MARKS: Final = "fanzha_mark"
_WAIT_S: Final = 10
"""For a server that does not answer; the clock of an order runs."""
_LINE: Final = {
    "keepalives_idle": _WAIT_S,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 1000 * _WAIT_S,
}
"""A server that lost its power says nothing: without these a seat would wait for two hours (RFC 1122, 4.2.3.6)."""
_FOR_WRITING: Final = "; ".join(
    f"SET LOCAL {setting}"
    for setting in ("plan_cache_mode = force_custom_plan", "enable_seqscan = off", "jit = off")
)
"""A plan made for an empty table would be kept while a bundle fills it with a million rows. Nor has the server counted
rows that were written a moment ago: it takes what a batch asks for to be most of a table, and walks all of it."""
_SNAPSHOT: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def _engine(address: ServerAddress) -> Engine:
    engine = create_engine(
        address.with_password,
        pool_size=4,
        pool_pre_ping=True,  # a server that was started anew is no error
        connect_args={
            "client_encoding": "utf8",  # a database of SQL_ASCII would answer in octets
            "connect_timeout": _WAIT_S,
            "application_name": "fanzha",
            "gssencmode": "disable",  # it would go before TLS, whatever sslmode says
            **_LINE,
        },
    )
    # Its driver is loaded where there is a server, and nowhere else.
    from desktop.storage.database.primary_search import PrimarySearch  # noqa: PLC0415

    search = PrimarySearch()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _unnamed: Any, parameters: dict[str, Any]) -> Any:
        return search.connect(parameters)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("write", False):
            connection.exec_driver_sql(_FOR_WRITING)
            take_turn(connection, options.get("touching"))
        else:
            connection.exec_driver_sql(_SNAPSHOT)

    return engine


def _key_check(key: bytes) -> str:
    """Proves that a key file belongs to the database, and nothing else: the server encrypts by itself or not at all."""
    return hmac.new(key, b"fanzha-desk server database check", hashlib.sha256).hexdigest()[:32]


def create_server_database(
    address: ServerAddress, key: bytes, fill: Callable[[Connection], None] = lambda _: None
) -> Engine:
    """Make the tables in an empty database, and let ``fill`` put something in; all of it or nothing.

    Raises:
        WorldError: ``database.server_taken`` (there are tables already), ``database.server_encoding`` (not UTF-8), and
            the errors of :mod:`desktop.storage.dialects.postgresql_errors`.
    """
    engine = _engine(address)
    try:
        with (
            database_errors(),
            engine.connect().execution_options(write=True) as connection,
            connection.begin(),
        ):
            _make(connection, key)
            fill(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


class _Enough(Exception):  # noqa: N818 - control flow: leaves the transaction without committing
    """The trial went well."""


def try_server_database(address: ServerAddress) -> None:
    """Whether :func:`create_server_database` would go well now; raises the same, and leaves nothing there."""

    def leave(_connection: Connection) -> None:
        raise _Enough

    with contextlib.suppress(_Enough):
        create_server_database(address, secrets.token_bytes(32), leave)


def _make(connection: Connection, key: bytes) -> None:
    if connection.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise WorldError("database.server_encoding")
    if inspect(connection).get_table_names():
        raise WorldError("database.server_taken")
    metadata.create_all(connection)
    POSTGRESQL.complete(connection)
    POSTGRESQL.mark_schema(connection, SCHEMA_VERSION)
    POSTGRESQL.set_mark(connection, "key_check", _key_check(key))


def open_server_database(address: ServerAddress, key: bytes) -> Engine:
    """The existing database.

    Raises:
        WorldError: ``database.server_empty`` (no tables of ours), ``database.newer``, ``database.server_other``
            (another centre's), and the errors of :mod:`desktop.storage.dialects.postgresql_errors`.
    """
    engine = _engine(address)
    try:
        with database_errors(), engine.connect() as connection, connection.begin():
            _check(connection, key)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(connection: Connection, key: bytes) -> None:
    if not {_MARKS, entry.name} <= set(inspect(connection).get_table_names()):
        raise WorldError("database.server_empty")
    if POSTGRESQL.schema(connection) > SCHEMA_VERSION:
        raise WorldError("database.newer")
    if not hmac.compare_digest(POSTGRESQL.mark(connection, "key_check"), _key_check(key)):
        raise WorldError("database.server_other")
