"""The passwords of the officers of this installation, as services see them: tried and given, never read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from desktop.domain.errors import RuleError

_Shown = TypeVar("_Shown")


class OfficerSlots(Protocol):
    """One slot for each officer who can sign in. A change is on disk when its call returns."""

    def numbers(self) -> frozenset[str]:
        """The police numbers that have a slot."""
        ...

    def prove(self, number: str, password: str) -> int:
        """Try an officer's own password; a wrong one counts as a failed sign-in. Returns how many wrong ones went
        before that the journal does not hold yet.

        Raises:
            UserInputError: ``officer.unknown``, ``password.wrong``.
            RuleError: ``password.locked``; ``password.initial`` for one that somebody else gave.
            WorldError: as the key file does.
        """
        ...

    def unrecorded(self, number: str) -> int:
        """How many wrong passwords of an officer the journal does not hold yet."""
        ...

    def mark_recorded(self, number: str, count: int) -> None:
        """The journal holds so many more wrong passwords of that officer now."""
        ...

    def give(self, number: str, password: str, name: str) -> None:
        """Give the officer ``name`` an initial password, in a new slot or the present one, and lift a lock; raises
        ``UserInputError`` for what is weak about it."""
        ...

    def remove(self, number: str) -> None:
        """Take an officer's slot away; nothing where there is none."""
        ...

    def change(self, number: str, old: str, new: str, name: str) -> None:
        """Replace the own password of the officer ``name``; a wrong ``old`` one counts as a failed sign-in."""
        ...

    def new_recovery_code(self, show: Callable[[str], _Shown]) -> _Shown:
        """A fresh code as ``show`` makes it to be seen; the former one opens nothing any more."""
        ...


class NoSlots:
    """Where no key file is open: nobody proves anything."""

    def numbers(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def prove(self, number: str, password: str) -> int:
        """Nobody."""
        del number, password
        raise RuleError("rights.missing")

    def unrecorded(self, number: str) -> int:
        """None."""
        del number
        return 0

    def mark_recorded(self, number: str, count: int) -> None:
        """Nothing was counted."""
        del number, count

    def give(self, number: str, password: str, name: str) -> None:
        """Nobody."""
        del number, password, name
        raise RuleError("rights.missing")

    def remove(self, number: str) -> None:
        """Nobody is there."""

    def change(self, number: str, old: str, new: str, name: str) -> None:
        """Nobody."""
        del number, old, new, name
        raise RuleError("rights.missing")

    def new_recovery_code(self, show: Callable[[str], _Shown]) -> _Shown:
        """None."""
        del show
        raise RuleError("rights.missing")
