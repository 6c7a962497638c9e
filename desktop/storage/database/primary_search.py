"""Which of the servers that an address names is the one to write to, where some stand by for it.

PostgreSQL gives its log a new *timeline*, a number that only grows, whenever a standby is promoted (its manual, 26.3
and 25.3.5). A former primary that is started again writes to the old one, as if nothing had happened: what was recorded
there would be on no other server. So the highest timeline is taken, and none below one that was worked with before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

import psycopg

from desktop.domain.errors import WorldError

_STATE: Final = (
    "SELECT (SELECT system_identifier::text FROM pg_control_system()), pg_postmaster_start_time()::text, "
    "CASE WHEN pg_is_in_recovery() THEN NULL "
    "ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int END"
)
_FORMER: Final = "database.server_former"
_STANDBY: Final = "database.server_read_only"


@dataclass(frozen=True, slots=True)
class _Server:
    """``system``: the cluster, the same on a primary and its standbys. ``started``: when, by its own words; "" where it
    hides that. ``timeline`` None: it stands by."""

    connection: psycopg.Connection[Any]
    parameters: dict[str, Any]
    system: str
    started: str
    timeline: int | None

    @classmethod
    def reach(cls, parameters: dict[str, Any]) -> Self:
        """Raises ``psycopg.Error``."""
        connection = psycopg.connect(**parameters)
        try:
            row = connection.execute(_STATE).fetchone()
            connection.rollback()
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.UndefinedFunction):
            connection.rollback()  # whoever runs it hides this: then it counts as the primary that it was taken for
            row = None
        except BaseException:
            connection.close()
            raise
        return cls(connection, parameters, *(row or ("", "", 0)))


class PrimarySearch:
    """Connects the seats of one program, and remembers which server they worked with last."""

    def __init__(self) -> None:
        self._used: _Server | None = None

    def connect(self, parameters: Mapping[str, Any]) -> psycopg.Connection[Any]:
        """A connection to the primary. ``parameters``: those of libpq, ``host`` and ``port`` with a comma between
        servers.

        Raises:
            WorldError: ``database.server_former`` (what answers is a primary of before), ``database.server_read_only``
                (of several servers only those that stand by answer).
            psycopg.Error: where none can be reached, what the first one said.
        """
        ways = list(_each_server(parameters))
        if self._used is not None and self._used.parameters in ways:
            ways.remove(self._used.parameters)
            ways.insert(0, self._used.parameters)
        found: list[_Server] = []
        failed: list[psycopg.Error] = []
        for way in ways:
            try:
                found.append(_Server.reach(way))
            except psycopg.Error as error:
                failed.append(error)
                continue
            if self._is_in_use(found[-1]):
                break
        return self._take(found, failed, alone=len(ways) == 1)

    def _is_in_use(self, server: _Server) -> bool:
        """Whether it is the one that was worked with last, and ran ever since: another may have been promoted while it
        did not."""
        used = self._used
        if used is None or server.timeline is None or self._is_former(server):
            return False
        return server.parameters == used.parameters and server.started == used.started

    def _is_former(self, server: _Server) -> bool:
        used = self._used
        if used is None or used.timeline is None or server.timeline is None:
            return False
        return server.system == used.system and server.timeline < used.timeline

    def _take(
        self, found: list[_Server], failed: list[psycopg.Error], *, alone: bool
    ) -> psycopg.Connection[Any]:
        """The connection to the primary with the newest timeline; the others are closed."""
        fit = [server for server in found if server.timeline is not None or alone]
        fit = [server for server in fit if not self._is_former(server)]
        system = self._used.system if self._used is not None else ""
        best = max(fit, key=lambda one: (one.system == system, one.timeline or 0), default=None)
        for server in found:
            if server is not best:
                server.connection.close()
        if best is not None:
            if best.timeline is not None:
                self._used = best
            return best.connection
        if any(self._is_former(server) for server in found):
            raise WorldError(_FORMER)
        if found:
            raise WorldError(_STANDBY)
        raise failed[0]


def _each_server(parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The parameters of each server by itself; as they are where addresses beside the names say where each is."""
    hosts = str(parameters.get("host", "")).split(",")
    if len(hosts) == 1 or "hostaddr" in parameters:
        yield dict(parameters)
        return
    ports = str(parameters.get("port", "")).split(",")
    for place, host in enumerate(hosts):
        port = ports[place if len(ports) == len(hosts) else 0]
        one = {**parameters, "host": host, "port": port}
        yield {name: value for name, value in one.items() if name != "port" or value}
