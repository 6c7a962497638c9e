"""A centre's database from its file to a server, or the address of its server changed.

Nothing of the old place is deleted: the file keeps lying in the profile under another name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.app.database_place import DATABASE_KEY, chosen_place, server_secret
from desktop.app.installation import Installation
from desktop.app.profile_file import read_profile, write_profile
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole, Profile, ServerChoice
from desktop.domain.progress import Progress
from desktop.runtime.single_instance import SingleInstance

if TYPE_CHECKING:
    from desktop.storage.store import SqlStore

MOVED: Final = ".moved"
"""Ends the names of the files a database was moved out of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """``filled``: the server's database was empty, and holds now what the file held."""

    filled: bool


def move_database(
    installation: Installation, number: str, password: str, choice: ServerChoice, progress: Progress
) -> Moved:
    """Let the centre work with the database at ``choice`` from now on. An empty one is filled from the centre's file;
    one that holds this centre's journal is taken as it is.

    Raises:
        RuleError: ``centre.not_a_centre``, ``rights.missing`` (no administrator).
        UserInputError: about the address, see :func:`desktop.storage.server_address.server_address`.
        WorldError: about the server, see :mod:`desktop.storage.server_database`; ``database.differs`` if the copy does
            not say what the file says: then nothing was changed.
    """
    profile = read_profile(installation.paths.root)
    if profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")
    kept = server_secret(choice)
    with SingleInstance(installation.paths.lock):
        keys = installation.key_file()
        unlocked = keys.unlock(number.strip(), password)
        unlocked.require_own()
        key = unlocked.secrets[DATABASE_KEY]
        filled = _settle(installation, profile, key, number.strip(), choice, progress)
        keys.replace_secrets(unlocked, {**unlocked.secrets, **kept})
        write_profile(installation.paths.root, replace(profile, on_server=True))
        for path in _files(installation.paths.database):
            path.rename(path.with_name(path.name + MOVED))
    return Moved(filled)


def _files(database: Path) -> list[Path]:
    """The database with its sidecar and what SQLite keeps beside it."""
    found = [*database.parent.glob(f"{database.name}*"), database.with_suffix(".json")]
    return [path for path in found if path.is_file() and not path.name.endswith(MOVED)]


def _settle(
    installation: Installation,
    profile: Profile,
    key: bytes,
    number: str,
    choice: ServerChoice,
    progress: Progress,
) -> bool:
    from desktop.storage.store import SqlStore  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

    place, clock = chosen_place(choice), installation.machine.clock
    try:
        there = SqlStore.open(place, key, profile, clock)
    except WorldError as error:
        if error.code != "database.server_empty" or not installation.paths.database.exists():
            raise
    else:
        with there.closing():
            _require_administrator(there, number)
        return False
    here = SqlStore.open(installation.paths.database, key, profile, clock)
    with here.closing():
        _require_administrator(here, number)
        here.fill(place, key, progress)
    return True


def _require_administrator(store: SqlStore, number: str) -> None:
    with store.read() as reader:
        officer = reader.officer(number)
    if officer is None or not officer.may(Permission.ADMINISTER):
        raise RuleError("rights.missing")
