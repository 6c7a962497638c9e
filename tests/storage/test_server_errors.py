"""What a server's error is to a person, by its state alone."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors

from desktop.storage.dialects.postgresql_errors import server_code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.DiskFull, "database.server_full"), (errors.TooManyConnections, "database.busy"),
        (errors.ReadOnlySqlTransaction, "database.server_read_only"), (errors.DataCorrupted, "database.server_damaged"),
        (errors.IndexCorrupted, "database.server_damaged"), (errors.InsufficientPrivilege, "database.server_rights"),
        (errors.AdminShutdown, "database.server_gone"), (errors.InvalidCatalogName, "database.server_missing"),
        (errors.UniqueViolation, ""),
    ],
)  # fmt: skip
def test_a_state_is_one_code(error: type[psycopg.Error], code: str) -> None:
    assert server_code(error("no")) == code


def test_a_handshake_that_failed_for_whatever_reason_is_one_of_tls() -> None:
    said = 'connection to server at "10.1.2.3", port 5432 failed: SSL error: certificate'
    assert server_code(psycopg.OperationalError(said)) == "database.server_tls"


def test_an_error_of_ours_is_none_of_the_server() -> None:
    assert server_code(ValueError("no")) == ""
