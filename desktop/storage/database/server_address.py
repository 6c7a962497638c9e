"""Where a centre's database server is, and how the way to it must be secured.

The address comes from whoever makes the centre: ``postgresql+psycopg://user@host:port/database?sslmode=verify-full``.
It never holds a password; that comes beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from desktop.domain.errors import UserInputError

_DRIVER: Final = "postgresql+psycopg"
_DRIVERS: Final = frozenset({_DRIVER, "postgresql"})
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_SAFE: Final = "verify-full"
_SSLMODE: Final = "sslmode"
_ROOT: Final = "sslrootcert"
_PLACES: Final = frozenset({"host", "hostaddr", "port"})
_PORT: Final = 5432
_OF_THE_SYSTEM: Final = "system"
"""libpq's word for the certificates the operating system trusts."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database on a PostgreSQL server. ``password`` empty: the server asks for none, or libpq's own password file
    knows it."""

    url: URL = field(repr=False)
    password: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The address to keep; without the password."""
        return self.url.render_as_string(hide_password=False)

    @property
    def with_password(self) -> URL:
        """The address to connect to."""
        return self.url.set(password=self.password) if self.password else self.url


def server_address(text: str, password: str = "", *, unsafe: bool = False) -> ServerAddress:
    """The address behind ``text``. Beyond this machine TLS with a verified name is demanded, and chosen where nothing
    is said, as it is wherever a root certificate is named; ``unsafe`` lets somebody who says so do without. A relative
    path of a root certificate is meant from the folder one stands in now, and kept whole.

    Raises:
        UserInputError: ``database.address`` (cannot be read, or no PostgreSQL), ``database.address_password`` (it holds
            a password, which process lists and histories would show), ``database.address_unsafe``.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UserInputError("database.address") from error
    if url.drivername not in _DRIVERS or not all((url.database, url.username, _hosts(url))):
        raise UserInputError("database.address")
    if "service" in url.query:  # it would name another host behind our back
        raise UserInputError("database.address")
    if url.password is not None or "password" in url.query:
        raise UserInputError("database.address_password")
    url = _rooted(url.set(drivername=_DRIVER))
    if _is_beyond_this_machine(url) and not unsafe:
        if _SSLMODE not in url.query:
            url = url.update_query_dict({_SSLMODE: _SAFE})
        if url.query[_SSLMODE] != _SAFE:
            raise UserInputError("database.address_unsafe")
    return ServerAddress(url, password)


def at_hosts(address: ServerAddress, hosts: Sequence[str]) -> ServerAddress:
    """The same database on other hosts, at the same port; several: those the others stand by."""
    url = address.url
    port = url.port or _first_port(url)
    query = {key: value for key, value in url.query.items() if key not in _PLACES}
    one = hosts[0] if len(hosts) == 1 else None
    if one is None:
        query |= {"host": ",".join(hosts), "port": ",".join([str(port)] * len(hosts))}
    moved = URL.create(
        url.drivername, url.username, None, one, port if one else None, url.database, query
    )
    return ServerAddress(moved, address.password)


def _first_port(url: URL) -> int:
    named = url.query.get("port", "")
    first = (named if isinstance(named, str) else named[0]).partition(",")[0]
    return int(first) if first.isdecimal() else _PORT


def _rooted(url: URL) -> URL:
    """With the whole path of the root certificate, and checked against it if nothing else is said."""
    root = url.query.get(_ROOT, "")
    if not isinstance(root, str):
        raise UserInputError("database.address")
    if not root:
        return url
    whole = root if root == _OF_THE_SYSTEM else str(Path(root).absolute())
    return url.update_query_dict({_SSLMODE: url.query.get(_SSLMODE, _SAFE), _ROOT: whole})


def _hosts(url: URL) -> list[str]:
    """Every host the address names; one that begins with a slash is a socket's folder."""
    named = [url.host or ""]
    for key in ("host", "hostaddr"):
        hosts = url.query.get(key, ())
        named += [hosts] if isinstance(hosts, str) else list(hosts)
    return [host for name in named for host in name.split(",") if host]


def _is_beyond_this_machine(url: URL) -> bool:
    """Whether the way to any of the hosts leaves this machine."""
    return any(host not in _LOOPBACK and not host.startswith("/") for host in _hosts(url))
