"""What takes two officers, done as a station does it: alone while founding, else with a colleague, who is enrolled for
it where there is none."""

from __future__ import annotations

from dataclasses import replace

from desktop.app.keys.officer_slots import KeyFileSlots
from desktop.domain.errors import RuleError
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.exchange.peers import revoke_peer as revoking
from desktop.services.exchange.peers import trust
from desktop.services.exchange.peers.replace_centre import replace_centre
from desktop.services.officers.second_officer import SecondOfficer, enrolled_numbers, prove_second
from desktop.services.session import Session
from tests.support.held_slots import HeldSlots

COLLEAGUE = Officer("620178", "孙立", (Role.CUSTODIAN,))
"""No approver: a station with one alone records its own orders' approvals."""
THEIR_PASSWORD = "Their-own-Kx7-word"
_WANTS_TWO = {"second.needed", "founding.peer"}


def colleague(session: Session, number: str = COLLEAGUE.number) -> SecondOfficer:
    """A second officer who has just proved to be there."""
    with session.store.read() as reader:
        here = enrolled_numbers(session, reader)
    if number not in here:
        enrol(session, Officer(number, COLLEAGUE.name, COLLEAGUE.roles))
    return prove_second(session, number, THEIR_PASSWORD)


def enrol(session: Session, officer: Officer, password: str = THEIR_PASSWORD) -> None:
    """``officer`` signs in here with a password of their own, as if the founder had enrolled them long ago."""
    subject = officer_subject(session.profile.device, officer.number)
    fields = {**officer.to_fields(), "founding": True}
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(OFFICER_ENROLLED, subject, fields))
    own_password(session, officer.number, password)


def own_password(session: Session, number: str, password: str = THEIR_PASSWORD) -> None:
    """That officer has a password nobody else knows."""
    if isinstance(session.slots, KeyFileSlots):
        keys, unlocked = session.slots._keys, session.slots._unlocked
        if number not in keys.officers():
            keys.add_officer(unlocked, number, f"{password}-given")
        keys.set_password(unlocked, number, password)
    else:
        assert isinstance(session.slots, HeldSlots)
        session.slots.own(number, password)


def trust_peer(session: Session, text: str) -> Peer:
    """Trust the card's owner, with a colleague where it takes one."""
    try:
        return trust.trust_peer(session, text)
    except RuleError as error:
        if (
            error.code == "centre.another"
        ):  # it lost its keys: a new card without the former signature
            return _replace_centre(session, text)
        if error.code not in _WANTS_TWO:
            raise
    return trust.trust_peer(session, text, colleague(session))


def _replace_centre(session: Session, text: str) -> Peer:
    head = replace(
        session, officer=replace(session.officer, roles=(*session.officer.roles, Role.APPROVER))
    )
    return replace_centre(head, text, colleague(session), keep=lambda _record: None).centre


def approve(session: Session, text: str) -> str:
    """The approval card for the card's owner."""
    try:
        return trust.approve(session, text)
    except RuleError as error:
        if error.code not in _WANTS_TWO:
            raise
    return trust.approve(session, text, colleague(session))


def revoke_peer(session: Session, device: DeviceId, reason: str) -> Peer:
    """Trust it no longer."""
    try:
        return revoking.revoke_peer(session, device, reason)
    except RuleError as error:
        if error.code not in _WANTS_TWO:
            raise
    return revoking.revoke_peer(session, device, reason, colleague(session))
