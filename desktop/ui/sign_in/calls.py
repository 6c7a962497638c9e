"""What the sign-in windows have the program do, before anybody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import AppError
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.domain.installation.profile import FirstRun, ServerChoice
from desktop.domain.progress import Progress

if TYPE_CHECKING:
    from desktop.services.ports import Pdf  # no window waits for it at start


@dataclass(frozen=True, slots=True)
class SeatCalls:
    """A PC that joins a centre, or has joined and takes new keys; but for ``waiting`` off the GUI thread, each raises
    ``AppError``."""

    waiting: Callable[[], str]
    """The fingerprint of this PC while it waits for its approval, in groups; "" while it has no card."""
    make: Callable[[NewSeat, Path], str]
    """Makes the keys of this PC and writes its card into a file; returns the fingerprint."""
    renew: Callable[[str, str, Path], str]
    """(number, password, file): the same of new keys for a PC that has joined, which works on by those it has; raises
    ``seat.not_joined``, ``password.wrong``."""
    look: Callable[[Path, str, str], tuple[ApprovingCentre, str]]
    """(file, number, password): whose the approval in it is, and what it says; raises ``seat_keys.…``,
    ``password.wrong``."""
    join: Callable[[str, str, str, str], ApprovingCentre]
    """(approval, number, password, server): joins, or takes the new keys, by what was looked at, whatever the file
    holds by now; ``server``: hosts or address of the database where the approval's is no longer right, else "".
    Raises like ``look``, ``seat.removed``, ``database.…``."""


@dataclass(frozen=True, slots=True)
class SignInCalls:
    """Called off the GUI thread, but for ``password_faults``; each raises ``AppError``."""

    sign_in: Callable[[str, str, str, Progress], object]
    """(number, password, new password): opens the desk, for an officer who has the new password from now on where one
    is given, "" for none; what it returns is handed on untouched. Raises ``password.wrong`` (tries left),
    ``password.locked`` (minutes), ``officer.unknown``, ``password.initial`` while somebody else's is not replaced,
    ``password.used_before``, or what is wrong with the files. It tells its progress where an older version's data are
    made anew, and can be stopped then."""
    first_run: Callable[[FirstRun], str]
    """Makes keys, profile and administrator; returns the recovery code, shown this once."""
    recovery_sheet: Callable[[str], Pdf]
    """The sheet to be sealed, with the code of the installation just made; raises the reasons of the typesetter."""
    try_server: Callable[[ServerChoice], object]
    """Whether a new centre could work with this server, leaving nothing there; raises what speaks against it
    (``database.…``)."""
    look_at_backup: Callable[[Path, Progress], BackupSummary]
    """Checks a backup and tells what it holds; raises ``backup.…`` or as the disk does."""
    restore: Callable[[Path, Progress], BackupSummary]
    """Makes the installation of a backup anew on this PC, all of it or nothing; raises ``profile.exists``,
    ``disk.not_enough`` and like ``look_at_backup``."""
    recover: Callable[[str, str, str], object]
    """(code, number, new password): gives an officer a new password by the printed code."""
    password_faults: Callable[[str, str], tuple[AppError, ...]]
    """What speaks against a password, for a number. Quick and pure: called while one types."""
    seat: SeatCalls
