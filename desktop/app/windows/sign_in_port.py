"""The sign-in windows' calls, answered by an installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.installation import Installation
from desktop.app.profile.database_place import try_place
from desktop.domain.backup_summary import BackupSummary
from desktop.domain.errors import AppError, RuleError
from desktop.domain.officer import Officer
from desktop.domain.profile import FirstRun, Profile, ServerChoice
from desktop.domain.progress import Progress
from desktop.runtime.passwords import PasswordPolicy, weaknesses

if TYPE_CHECKING:
    from desktop.services.ports import Pdf
    from desktop.services.session import Session


class InstallationPort:
    """Implements :class:`desktop.ui.sign_in.port.SignInPort`."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._policy = PasswordPolicy.from_rules()
        self._made: tuple[Profile, Officer] | None = None

    def sign_in(self, number: str, password: str, new_password: str = "") -> Session:
        """Open the desk."""
        return self._installation.sign_in(number, password, new_password)

    def first_run(self, request: FirstRun) -> str:
        """Make everything; returns the recovery code."""
        profile, code = self._installation.create(request)
        first = Officer(request.officer_number, request.officer_name.strip(), request.first_roles())
        self._made = profile, first
        return code

    def recovery_sheet(self, code: str) -> Pdf:
        """The sheet with the code; ``RuleError("rights.missing")`` unless the installation was made just now."""
        if self._made is None:
            raise RuleError("rights.missing")
        from desktop.app.typesetting import typesetter  # noqa: PLC0415 - no window waits for it at start

        profile, first = self._made
        _, sheets = typesetter(str)
        return sheets.recovery_sheet(profile, first, code, self._installation.machine.clock.now())

    def try_server(self, choice: ServerChoice) -> None:
        """Whether a new centre could work with this server; nothing of the trial stays there."""
        try_place(choice)

    def look_at_backup(self, file: Path, progress: Progress) -> BackupSummary:
        """What a backup holds, checked."""
        return look_at_backup(file, progress)

    def restore(self, file: Path, progress: Progress) -> BackupSummary:
        """The installation of a backup, in this profile folder."""
        return restore_backup(file, self._installation.paths.root, progress)

    def recover(self, code: str, number: str, new_password: str) -> None:
        """A new password by the printed code."""
        self._installation.recover(code, number, new_password)

    def password_faults(self, password: str, number: str) -> tuple[AppError, ...]:
        """What speaks against a password."""
        return weaknesses(password, number, self._policy)
