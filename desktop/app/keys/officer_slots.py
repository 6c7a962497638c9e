"""The slots of the key file, for services that try and give passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop.runtime.keys.key_file import KeyFile
from desktop.runtime.keys.unlocked import Unlocked

_Shown = TypeVar("_Shown")


class KeyFileSlots:
    """Implements :class:`desktop.services.ports.exchange.slots.OfficerSlots` for whoever opened the key file."""

    def __init__(self, keys: KeyFile, unlocked: Unlocked) -> None:
        self._keys = keys
        self._unlocked = unlocked
        self.changed: Callable[[], None] = lambda: None
        """Called when a password or the printed code is another."""

    def numbers(self) -> frozenset[str]:
        """The police numbers that have a slot."""
        return frozenset(self._keys.officers())

    def prove(self, number: str, password: str) -> int:
        """Try an officer's own password."""
        opened = self._keys.unlock(number, password)
        opened.require_own()
        return opened.failures_unrecorded

    def unrecorded(self, number: str) -> int:
        """Wrong passwords the journal does not hold yet."""
        return self._keys.unrecorded(number)

    def mark_recorded(self, number: str, count: int) -> None:
        """It holds so many more now."""
        self._keys.mark_recorded(number, count)

    def give(self, number: str, password: str, name: str) -> None:
        """Give an officer an initial password; a slot that a crash left is taken over."""
        keys = self._keys.knowing(name)
        if number in keys.officers():
            keys.set_password(self._unlocked, number, password, initial=True)
        else:
            keys.add_officer(self._unlocked, number, password)
        self.changed()

    def remove(self, number: str) -> None:
        """Take an officer's slot away."""
        if number in self._keys.officers():
            self._keys.remove_officer(self._unlocked, number)

    def change(self, number: str, old: str, new: str, name: str) -> None:
        """Replace an officer's own password."""
        self._keys.knowing(name).change_password(number, old, new)
        self.changed()

    def new_recovery_code(self, show: Callable[[str], _Shown]) -> _Shown:
        """A fresh code."""
        shown = self._keys.new_recovery_code(self._unlocked, show)
        self.changed()
        return shown
