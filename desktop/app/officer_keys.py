"""Who signs in here, and with which password: the key file and the journal changed together."""

from __future__ import annotations

from desktop.domain.errors import UserInputError
from desktop.domain.officer import Officer, Permission, check_officer
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED, PASSWORD_CHANGED
from desktop.runtime.key_file import KeyFile
from desktop.runtime.unlocked import Unlocked
from desktop.services.desk import Desk


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
            if reader.officer(officer.number) is not None:
                raise UserInputError("officer.exists")
        if officer.number in self._keys.officers():
            self._keys.set_password(self._unlocked, officer.number, password, initial=True)
        else:
            self._keys.add_officer(self._unlocked, officer.number, password)
        self._note(officer.number, OFFICER_ENROLLED, officer)

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
