"""What the checks share: a desk and a centre in a temporary folder, and how a check fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from desktop.app.installation import Installation, this_machine
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.services.session import Session

PATIENCE: Final = 60.0
"""Seconds for a process to start and answer."""
OFFICER: Final = "1001"
PASSWORD: Final = "Self-test-2026!"  # noqa: S105 - opens a folder that is deleted a second later


@dataclass(frozen=True, slots=True)
class CheckSetup:
    """What the checks share."""

    folder: Path
    session: Session
    centre: Session


def make_installation(root: Path, role: InstallationRole) -> Installation:
    """A new one under ``root``."""
    installation = Installation(root, replace(this_machine(), counter=None))
    code = "620102540000" if role is InstallationRole.DESK else "620100000000"
    installation.create(FirstRun(role, code, "自检", "A", OFFICER, "自检", PASSWORD))
    return installation


def insist(*, holds: bool, what: str) -> None:
    """Fail the check with ``what`` unless it holds."""
    if not holds:
        raise AssertionError(what)
