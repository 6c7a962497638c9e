"""What the sign-in windows ask of the program. Calls run off the GUI thread and raise AppErrors."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop.domain.backup_summary import BackupSummary
from desktop.domain.errors import AppError
from desktop.domain.profile import FirstRun, ServerChoice
from desktop.domain.progress import Progress

if TYPE_CHECKING:
    from desktop.services.ports import Pdf


class SignInPort(Protocol):
    """Implemented by the application over the key file and the profile."""

    def sign_in(self, number: str, password: str, new_password: str = "") -> object:
        """Open the desk, for an officer who has ``new_password`` from now on where one is given; what it returns is
        handed on untouched.

        Raises ``password.wrong`` (tries left), ``password.locked`` (minutes), ``officer.unknown``,
        ``password.initial`` while somebody else's is not replaced, ``password.used_before``, or what is wrong with the
        files.
        """
        ...

    def first_run(self, request: FirstRun) -> str:
        """Make keys, profile and administrator; returns the recovery code, shown this once."""
        ...

    def try_server(self, choice: ServerChoice) -> None:
        """Whether a new centre could work with this server, leaving nothing there; raises what speaks against it
        (``database.…``)."""
        ...

    def look_at_backup(self, file: Path, progress: Progress) -> BackupSummary:
        """Check a backup and tell what it holds; raises ``backup.…`` or as the disk does."""
        ...

    def restore(self, file: Path, progress: Progress) -> BackupSummary:
        """Make the installation of a backup anew on this PC, all of it or nothing; raises ``profile.exists``,
        ``disk.not_enough`` and like :meth:`look_at_backup`."""
        ...

    def recovery_sheet(self, code: str) -> Pdf:
        """The sheet to be sealed, with the code of the installation just made. Raises ``WorldError``: the reasons of
        the typesetter."""
        ...

    def recover(self, code: str, number: str, new_password: str) -> None:
        """Give officer ``number`` a new password by the printed code."""
        ...

    def password_faults(self, password: str, number: str) -> tuple[AppError, ...]:
        """What speaks against a password. Quick and pure: called while one types."""
        ...
