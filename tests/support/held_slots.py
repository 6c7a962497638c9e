"""Passwords of officers in memory, for desks without a key file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.domain.errors import RuleError, UserInputError

_Shown = TypeVar("_Shown")
TRIES = 5


class HeldSlots:
    """Implements :class:`desktop.services.ports.exchange.slots.OfficerSlots`; five wrong passwords in a row lock."""

    def __init__(self) -> None:
        self.passwords: dict[str, str] = {}
        self.initial: set[str] = set()
        self.failures: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self.codes = 0

    def own(self, number: str, password: str) -> None:
        """That officer chose a password of their own."""
        self.passwords[number] = password
        self.initial.discard(number)
        self.failures[number] = self.told[number] = 0

    def numbers(self) -> frozenset[str]:
        return frozenset(self.passwords)

    def prove(self, number: str, password: str) -> int:
        if number not in self.passwords:
            raise UserInputError("officer.unknown")
        failed = self.failures.get(number, 0)
        if failed >= TRIES:
            raise RuleError("password.locked", minutes=15)
        if self.passwords[number] != password:
            self.failures[number] = failed + 1
            if failed + 1 >= TRIES:
                raise RuleError("password.locked", minutes=15)
            raise UserInputError("password.wrong", tries=TRIES - failed - 1)
        unrecorded = self.unrecorded(number)
        self.failures[number], self.told[number] = 0, -unrecorded
        if number in self.initial:
            raise RuleError("password.initial")
        return unrecorded

    def unrecorded(self, number: str) -> int:
        return self.failures.get(number, 0) - self.told.get(number, 0)

    def mark_recorded(self, number: str, count: int) -> None:
        self.told[number] = self.told.get(number, 0) + count

    def give(self, number: str, password: str, name: str) -> None:
        self.own(number, password)
        self.initial.add(number)

    def remove(self, number: str) -> None:
        self.passwords.pop(number, None)

    def change(self, number: str, old: str, new: str, name: str) -> None:
        self.prove(number, old)
        self.own(number, new)

    def new_recovery_code(self, show: Callable[[str], _Shown]) -> _Shown:
        self.codes += 1
        return show(f"CODE{self.codes}")
