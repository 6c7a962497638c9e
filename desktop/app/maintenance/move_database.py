"""A centre's database from its file to a server, or the address of its server changed.

Nothing of the old place is deleted: the file keeps lying in the profile under another name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.app.installation import Installation
from desktop.app.profile.database_place import DATABASE_KEY, chosen_place, server_secret
from desktop.app.profile.profile_file import write_profile
from desktop.domain.errors import RuleError, WorldError
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole, Profile, ServerChoice
from desktop.domain.progress import Progress
from desktop.runtime.keys.unlocked import Unlocked
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.services.officers.second_officer import TypedSecond

if TYPE_CHECKING:
    from desktop.app.profile.bound_profile import OpenedStore
    from desktop.storage.database.server_address import ServerAddress
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
        UserInputError: about the address, see :func:`desktop.storage.database.server_address.server_address`.
        WorldError: about the server, see :mod:`desktop.storage.database.server_database`; ``database.differs`` if the
            copy does not say what the file says: then nothing was changed.
    """
    claimed = installation.claimed()
    if isinstance(claimed, Profile):
        _require_centre(claimed)
    server = server_secret(choice)
    with SingleInstance(installation.paths.lock):
        keys = installation.key_file()
        unlocked = keys.unlock(number.strip(), password)
        unlocked.require_own()
        if second is not None:
            keys.unlock(second.number, second.password).require_own()
        who = _Who(number.strip(), second.number if second is not None else "")
        profile, filled = _settle(_Moving(installation, unlocked, claimed), who, choice, progress)
        keys.replace_secrets(unlocked, {**unlocked.secrets, **server})
        write_profile(installation.paths.root, replace(profile, on_server=True))
        for path in _files(installation.paths.database):
            path.rename(path.with_name(path.name + MOVED))
    return Moved(filled)


def _files(database: Path) -> list[Path]:
    """The database with its sidecar and what SQLite keeps beside it."""
    found = [*database.parent.glob(f"{database.name}*"), database.with_suffix(".json")]
    return [path for path in found if path.is_file() and not path.name.endswith(MOVED)]


@dataclass(frozen=True, slots=True)
class _Moving:
    """Which installation moves; ``claimed``: what its file says it is."""

    installation: Installation
    unlocked: Unlocked
    claimed: Profile | WorldError

    def open(self, where: Path | ServerAddress) -> OpenedStore:
        """The database there, as the device that its journal says this is."""
        from desktop.app.profile.bound_profile import open_at  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

        clock = self.installation.machine.clock
        return open_at(where, self.unlocked.secrets, self.claimed, clock)


def _settle(
    moving: _Moving, who: _Who, choice: ServerChoice, progress: Progress
) -> tuple[Profile, bool]:
    """Who moves, and whether the server's database was empty."""
    place, file = chosen_place(choice), moving.installation.paths.database
    try:
        there = moving.open(place)
    except WorldError as error:
        if error.code != "database.server_empty" or not file.exists():
            raise
    else:
        with there.store.closing():
            _require_mover(there, who)
        return there.profile, False
    here = moving.open(file)
    with here.store.closing():
        _require_mover(here, who)
        here.store.fill(place, moving.unlocked.secrets[DATABASE_KEY], progress)
    return here.profile, True


def _require_centre(profile: Profile) -> None:
    if profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")


def _require_mover(opened: OpenedStore, who: _Who) -> None:
    _require_centre(opened.profile)
    _require_two(opened.store, opened.profile, who)


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
