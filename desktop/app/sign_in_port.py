"""The sign-in windows' calls, answered by an installation."""

from __future__ import annotations

from desktop.app.database_place import try_place
from desktop.app.installation import Installation
from desktop.domain.errors import AppError
from desktop.domain.profile import FirstRun, ServerChoice
from desktop.runtime.passwords import PasswordPolicy, weaknesses
from desktop.services.desk import Desk


class InstallationPort:
    """Implements :class:`desktop.ui.sign_in.port.SignInPort`."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._policy = PasswordPolicy.from_rules()

    def sign_in(self, number: str, password: str) -> Desk:
        """Open the desk."""
        return self._installation.sign_in(number, password)

    def first_run(self, request: FirstRun) -> str:
        """Make everything; returns the recovery code."""
        _, code = self._installation.create(request)
        return code

    def try_server(self, choice: ServerChoice) -> None:
        """Whether a new centre could work with this server; nothing of the trial stays there."""
        try_place(choice)

    def recover(self, code: str, number: str, new_password: str) -> None:
        """A new password by the printed code."""
        self._installation.recover(code, number, new_password)

    def password_faults(self, password: str, number: str) -> tuple[AppError, ...]:
        """What speaks against a password."""
        return weaknesses(password, number, self._policy)
