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
from desktop.services.officers.second_officer import TypedSecond

if TYPE_CHECKING:
    from desktop.storage.store import SqlStore

MOVED: Final = ".moved"
"""Ends the names of the files a database was moved out of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """``filled``: the server's database was empty, and holds now what the file held."""

    filled: bool


@dataclass(frozen=True, slots=True)
class _Who:
    """Who moves the data; ``second`` proved to be there, "" for nobody."""

    number: str
    second: str


def move_database(
    installation: Installation,
    number: str,
    password: str,
    choice: ServerChoice,
    progress: Progress,
    second: TypedSecond | None = None,
) -> Moved:
    """Let the centre work with the database at ``choice`` from now on. An empty one is filled from the centre's file;
    one that holds this centre's journal is taken as it is. Whoever runs the server reads what lies on it, so
    ``second``, another officer, says so too; nobody else does while there is only one.

    Raises:
        RuleError: ``centre.not_a_centre``, ``rights.missing`` (no administrator); ``second.needed``, ``second.self``,
            ``second.not_active``.
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
        if second is not None:
            keys.unlock(second.number, second.password).require_own()
        who = _Who(number.strip(), second.number if second is not None else "")
        filled = _settle(installation, profile, key, who, choice, progress)
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
    who: _Who,
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
            _require_two(there, profile, who)
        return False
    here = SqlStore.open(installation.paths.database, key, profile, clock)
    with here.closing():
        _require_two(here, profile, who)
        here.fill(place, key, progress)
    return True


def _require_two(store: SqlStore, profile: Profile, who: _Who) -> None:
    with store.read() as reader:
        officer = reader.officer(who.number)
        active = {one.number for one in reader.officers(profile.device) if one.roles}
    if officer is None or not officer.may(Permission.ADMINISTER):
        raise RuleError("rights.missing")
    if who.second == who.number:
        raise RuleError("second.self")
    if not who.second and active != {who.number}:
        raise RuleError("second.needed")
    if who.second and who.second not in active:
        raise RuleError("second.not_active")
