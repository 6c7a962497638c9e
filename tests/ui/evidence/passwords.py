"""How a second officer proves who they are in these tests."""

from __future__ import annotations

from desktop.domain.errors import UserInputError

SECRET = "Lanzhou-2026"


def known_password(_number: str, password: str) -> None:
    """Everybody's password is the same; any other is refused."""
    if password != SECRET:
        raise UserInputError("password.wrong", tries=4)
