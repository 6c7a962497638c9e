"""What takes two officers, done as a station does it: alone while founding, else with a colleague, who is enrolled for
it where there is none."""

from __future__ import annotations

from dataclasses import replace

from desktop.app.officer_slots import KeyFileSlots
from desktop.domain.errors import RuleError
from desktop.domain.exchange import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.officer import Officer, Role
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.desk import Desk
from desktop.services.exchange import revoke_peer as revoking
from desktop.services.exchange import trust
from desktop.services.exchange.replace_centre import replace_centre
from desktop.services.officers.second_officer import SecondOfficer, active, prove_second
from tests.support.held_slots import HeldSlots

COLLEAGUE = Officer("620178", "孙立", (Role.CUSTODIAN,))
"""No approver: a station with one alone records its own orders' approvals."""
THEIR_PASSWORD = "Their-own-Kx7-word"
_WANTS_TWO = {"second.needed", "founding.peer"}


def colleague(desk: Desk, number: str = COLLEAGUE.number) -> SecondOfficer:
    """A second officer who has just proved to be there."""
    with desk.store.read() as reader:
        here = active(desk, reader)
    if number not in here:
        enrol(desk, Officer(number, COLLEAGUE.name, COLLEAGUE.roles))
    return prove_second(desk, number, THEIR_PASSWORD)


def enrol(desk: Desk, officer: Officer, password: str = THEIR_PASSWORD) -> None:
    """``officer`` signs in here with a password of their own, as if the founder had enrolled them long ago."""
    subject = officer_subject(desk.profile.device, officer.number)
    fields = {**officer.to_fields(), "founding": True}
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(OFFICER_ENROLLED, subject, fields))
    own_password(desk, officer.number, password)


def own_password(desk: Desk, number: str, password: str = THEIR_PASSWORD) -> None:
    """That officer has a password nobody else knows."""
    if isinstance(desk.slots, KeyFileSlots):
        keys, unlocked = desk.slots._keys, desk.slots._unlocked
        if number not in keys.officers():
            keys.add_officer(unlocked, number, f"{password}-given")
        keys.set_password(unlocked, number, password)
    else:
        assert isinstance(desk.slots, HeldSlots)
        desk.slots.own(number, password)


def trust_peer(desk: Desk, text: str) -> Peer:
    """Trust the card's owner, with a colleague where it takes one."""
    try:
        return trust.trust_peer(desk, text)
    except RuleError as error:
        if (
            error.code == "centre.another"
        ):  # it lost its keys: a new card without the former signature
            return _replace_centre(desk, text)
        if error.code not in _WANTS_TWO:
            raise
    return trust.trust_peer(desk, text, colleague(desk))


def _replace_centre(desk: Desk, text: str) -> Peer:
    head = replace(desk, officer=replace(desk.officer, roles=(*desk.officer.roles, Role.APPROVER)))
    return replace_centre(head, text, colleague(desk), keep=lambda _record: None).centre


def approve(desk: Desk, text: str) -> str:
    """The approval card for the card's owner."""
    try:
        return trust.approve(desk, text)
    except RuleError as error:
        if error.code not in _WANTS_TWO:
            raise
    return trust.approve(desk, text, colleague(desk))


def revoke_peer(desk: Desk, device: DeviceId, reason: str) -> Peer:
    """Trust it no longer."""
    try:
        return revoking.revoke_peer(desk, device, reason)
    except RuleError as error:
        if error.code not in _WANTS_TWO:
            raise
    return revoking.revoke_peer(desk, device, reason, colleague(desk))
