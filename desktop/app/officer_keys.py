"""Who signs in here, and with which password: the key file and the journal changed together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.officer import Officer, Permission, check_officer
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    OFFICER_DISMISSED,
    OFFICER_ENROLLED,
    PASSWORD_CHANGED,
    RECOVERY_RENEWED,
)
from desktop.runtime.key_file import KeyFile
from desktop.runtime.unlocked import Unlocked

if TYPE_CHECKING:
    from desktop.services.desk import Desk

_Shown = TypeVar("_Shown")


class OfficerKeys:
    """What the officer at ``desk``, who opened the key file, may do to it."""

    def __init__(self, desk: Desk, keys: KeyFile, unlocked: Unlocked) -> None:
        self._desk = desk
        self._keys = keys
        self._unlocked = unlocked

    def enrol(self, officer: Officer, password: str) -> None:
        """Let another officer sign in here, who must replace ``password`` by one of their own. A crash in between
        leaves a slot that opens nothing; enrol once more then.

        Raises:
            RuleError: the officer signed in is no administrator.
            UserInputError: ``officer.exists``, ``officer.number``, ``officer.name``, ``officer.roles`` (none), or
                what is weak about the password.
        """
        self._desk.require(Permission.ADMINISTER)
        check_officer(officer.number, officer.name)
        if not officer.roles:
            raise UserInputError("officer.roles")
        with self._desk.store.read() as reader:
            known = reader.officer(officer.number)
        if known is not None and known.roles:
            raise UserInputError("officer.exists")
        if officer.number in self._keys.officers():
            self._keys.set_password(self._unlocked, officer.number, password, initial=True)
        else:
            self._keys.add_officer(self._unlocked, officer.number, password)
        self._note(officer.number, OFFICER_ENROLLED, officer)

    def give_password(self, number: str, password: str) -> None:
        """Give another officer, who forgot the own one, an initial password again, and lift a lock.

        Raises ``RuleError`` ``rights.missing``, ``officer.self``; ``UserInputError`` ``officer.unknown`` or what is
        weak about the password.
        """
        self._require_other(number)
        self._keys.set_password(self._unlocked, number, password, initial=True)
        self._note(number, PASSWORD_CHANGED)

    def dismiss(self, number: str) -> None:
        """Let an officer who left sign in no more; the name stays for what was recorded. First the journal, which alone
        keeps out: a crash in between leaves a slot that opens nothing.

        Raises ``RuleError`` ``rights.missing``, ``officer.self`` (one administrator stays); ``UserInputError``
        ``officer.unknown``.
        """
        self._require_other(number)
        with self._desk.store.read() as reader:
            known = reader.officer(number)
        if known is None:
            raise UserInputError("officer.unknown")
        self._note(number, OFFICER_DISMISSED, replace(known, roles=()))
        if number in self._keys.officers():
            self._keys.remove_officer(self._unlocked, number)

    def new_recovery_code(self, show: Callable[[str], _Shown]) -> _Shown:
        """A fresh code, as ``show`` makes it to be seen; from then on the former one opens nothing any more."""
        self._desk.require(Permission.ADMINISTER)
        shown = self._keys.new_recovery_code(self._unlocked, show)
        self._note(self._desk.officer.number, RECOVERY_RENEWED)
        return shown

    def _require_other(self, number: str) -> None:
        self._desk.require(Permission.ADMINISTER)
        if number == self._desk.officer.number:
            raise RuleError("officer.self")

    def change_password(self, old: str, new: str) -> None:
        """Give the officer signed in a new password of their own; a wrong ``old`` one counts as a failed sign-in."""
        number = self._desk.officer.number
        self._keys.change_password(number, old, new)
        self._note(number, PASSWORD_CHANGED)

    def note_own_password(self) -> None:
        """The officer signed in with a password that was changed on the way."""
        self._note(self._desk.officer.number, PASSWORD_CHANGED)

    def _note(self, number: str, kind: str, officer: Officer | None = None) -> None:
        subject = officer_subject(self._desk.profile.device, number)
        fields = officer.to_fields() if officer is not None else {}
        with self._desk.store.write() as transaction:
            transaction.append(self._desk.officer.number, NewEntry(kind, subject, fields))
