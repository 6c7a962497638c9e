"""A desk that is the centre's, for the commands only a centre has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.cli.context import CommandContext
from desktop.domain.errors import RuleError
from desktop.domain.installation.profile import InstallationRole
from desktop.services.session import Session


@contextmanager
def centre_session(context: CommandContext) -> Iterator[Session]:
    """Signed in at the centre; raises ``RuleError("centre.not_a_centre")`` at a station."""
    with context.session() as session:
        if session.profile.role is not InstallationRole.CENTRE:
            raise RuleError("centre.not_a_centre")
        yield session
