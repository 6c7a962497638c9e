"""Where the database of an installation lies: in the file beside the profile, or on the server its key file names.

The address is sealed with the keys: whoever could change it in the plain would have all cases sent elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.profile import ServerChoice, hosts_of, is_plain_name
from desktop.runtime.files.paths import ProfilePaths

if TYPE_CHECKING:
    from desktop.storage.database.server_address import ServerAddress

DATABASE_KEY: Final = "database"
"""The name of the database's key among the secrets of a key file."""
_SERVER: Final = "database.server"
PASSWORD_VARIABLE: Final = "FANZHA_DB_PASSWORD"  # noqa: S105 - a name
"""Goes before the sealed password, so that a changed one can be used at once."""


def server_secret(choice: ServerChoice) -> dict[str, bytes]:
    """What the key file keeps of a server; raises as :func:`server_address` does."""
    document = {
        "address": _address(choice).text,
        "password": choice.password,
        "unsafe": choice.unsafe,
    }
    return {_SERVER: json.dumps(document).encode()}


def is_on_server(secrets: Mapping[str, bytes]) -> bool:
    """Whether the key file names a server."""
    return _SERVER in secrets


def database_place(paths: ProfilePaths, secrets: Mapping[str, bytes]) -> Path | ServerAddress:
    """Where the database lies."""
    if _SERVER not in secrets:
        return paths.database
    return chosen_place(choice_of(server_document(secrets)))


def server_document(secrets: Mapping[str, bytes]) -> str:
    """Where the server is, as another PC of the centre is told; the password is in it."""
    return secrets[_SERVER].decode("utf-8", "replace")


def choice_of(document: str) -> ServerChoice:
    """What such a document says; raises ``WorldError("keyfile.damaged")``."""
    try:
        server = json.loads(document)
        return ServerChoice(server["address"], server["password"], unsafe=server["unsafe"])
    except (ValueError, KeyError, TypeError) as error:
        raise WorldError("keyfile.damaged") from error


def moved_choice(former: ServerChoice, typed: str) -> ServerChoice:
    """The same server where it is by now. ``typed``: other hosts, or a whole address; without a password of its own it
    has the former one.

    Raises:
        UserInputError: ``database.address``, and as :func:`server_secret` does.
    """
    if "://" in typed:
        return ServerChoice(typed.strip(), former.password)
    from desktop.storage.database.server_address import at_hosts  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

    hosts = hosts_of(typed)
    if not hosts or not all(map(is_plain_name, hosts)):
        raise UserInputError("database.address")
    moved = at_hosts(_address(replace(former, unsafe=True)), hosts).text
    return replace(former, address=moved)


def chosen_place(choice: ServerChoice) -> ServerAddress:
    """The database behind a choice, opened with the password of the moment."""
    password = os.environ.get(PASSWORD_VARIABLE, "") or choice.password
    return _address(ServerChoice(choice.address, password, unsafe=choice.unsafe))


def try_place(choice: ServerChoice) -> None:
    """Make everything a new centre needs on the server and take it back; raises what speaks against it."""
    from desktop.storage.database.server_database import try_server_database  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

    try_server_database(chosen_place(choice))


def _address(choice: ServerChoice) -> ServerAddress:
    from desktop.storage.database.server_address import server_address  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

    return server_address(choice.address, choice.password, unsafe=choice.unsafe)
