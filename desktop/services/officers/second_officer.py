"""A second officer: somebody beside the one signed in who proved with a password of their own to be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, final

from desktop.domain.errors import AppError, RuleError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.records.fields import Json
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import SIGN_IN_FAILED
from desktop.services.ports import Reader
from desktop.services.session import Session

_PROVEN: Final = object()
"""Held by :func:`prove_second` alone."""
_COUNTED: Final = frozenset({"password.wrong", "password.locked"})


@final
class SecondOfficer:
    """The proof that a second officer is there. Good for one act at one device; only :func:`prove_second` makes it."""

    __slots__ = ("_device", "_officer", "_spent")

    def __init__(self, officer: Officer, device: DeviceId, *, proven: object) -> None:
        if proven is not _PROVEN:
            raise TypeError("a second officer proves who they are")
        self._officer = officer
        self._device = device
        self._spent = False

    @property
    def number(self) -> str:
        """Their police number."""
        return self._officer.number

    def may(self, permission: Permission) -> bool:
        """Whether one of their roles grants it."""
        return self._officer.may(permission)

    def spend(self, session: Session, reader: Reader) -> str:
        """Use the proof up; returns the number of the officer.

        Raises:
            RuleError: ``second.used``, ``second.self``; ``second.not_active`` at another device, or where the officer
                was dismissed meanwhile.
        """
        if self._spent:
            raise RuleError("second.used")
        self._spent = True
        if self.number == session.officer.number:
            raise RuleError("second.self")
        if self._device != session.profile.device or self.number not in enrolled_numbers(
            session, reader
        ):
            raise RuleError("second.not_active")
        return self.number


@dataclass(frozen=True, slots=True)
class TypedSecond:
    """What a second officer typed at a window or a terminal; it proves nothing yet."""

    number: str
    password: str = field(repr=False)


def proved(session: Session, typed: TypedSecond | None) -> SecondOfficer | None:
    """The same by what was typed; None where nothing was. Raises as :func:`prove_second`."""
    return None if typed is None else prove_second(session, typed.number, typed.password)


def prove_second(session: Session, number: str, password: str) -> SecondOfficer:
    """Try the password of a second officer. A wrong one counts towards that officer's lock and stands in the journal.

    Raises:
        RuleError: ``second.self`` for the officer signed in, ``second.not_active`` for one who is not enrolled here,
            or no longer; ``password.locked``; ``password.initial``, which two people know.
        UserInputError: ``password.wrong``, ``officer.unknown``.
    """
    number = number.strip()
    if number == session.officer.number:
        raise RuleError("second.self")
    with session.store.read() as reader:
        officer = reader.officer(number)
    if officer is None or not officer.vouches:
        raise RuleError("second.not_active")
    try:
        failures = session.slots.prove(number, password)
    except AppError as error:
        if error.code in _COUNTED:
            _note(session, number, session.slots.unrecorded(number))
        raise
    _note(session, number, failures)
    return SecondOfficer(officer, session.profile.device, proven=_PROVEN)


def enrolled_numbers(session: Session, reader: Reader) -> frozenset[str]:
    """The numbers of the officers who are enrolled on this device and were not dismissed; clerks of institutions
    stand for nothing here."""
    found = reader.officers(session.profile.device)
    return frozenset(officer.number for officer in found if officer.vouches)


def require_second(
    session: Session, reader: Reader, second: SecondOfficer | None
) -> dict[str, Json]:
    """Let an act pass that takes two officers, and use the proof up; returns what its entry says of them: ``second``,
    or ``founding`` while there is only one officer.

    Raises:
        RuleError: ``second.needed``; what :meth:`SecondOfficer.spend` raises; ``officer.not_enrolled`` where the
            officer signed in was dismissed meanwhile.
    """
    here = enrolled_numbers(session, reader)
    if session.officer.number not in here:
        raise RuleError("officer.not_enrolled")
    if second is not None:
        return {"second": second.spend(session, reader), "founding": False}
    if here != {session.officer.number}:
        raise RuleError("second.needed")
    return {"founding": True}


def _note(session: Session, number: str, failures: int) -> None:
    if failures:
        subject = officer_subject(session.profile.device, number)
        entry = NewEntry(SIGN_IN_FAILED, subject, {"count": failures, "as_second": True})
        with session.store.write() as transaction:
            transaction.append(session.officer.number, entry)
        session.slots.mark_recorded(number, failures)
