"""An opened key file, and what there is to say of the password that opened it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.errors import RuleError


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An opened key file. ``officer`` is empty after recovery.

    ``last_sign_in`` and ``failures_before`` are shown to the officer, who alone can tell whether
    it was them (GB/T 22239-2019 8.1.4.1). ``password_due``: the password is older than the policy
    likes. ``initial``: somebody else gave it, and knows it. ``failures_unrecorded``: those of ``failures_before`` that
    the journal does not hold yet.
    """

    officer: str
    secrets: Mapping[str, bytes] = field(repr=False)
    master: bytes = field(repr=False)
    last_sign_in: datetime | None = None
    failures_before: int = 0
    password_due: bool = False
    initial: bool = False
    failures_unrecorded: int = 0

    def require_own(self) -> None:
        """Raise ``RuleError("password.initial")`` for a password that proves nothing: two people know it."""
        if self.initial:
            raise RuleError("password.initial")
