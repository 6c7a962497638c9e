"""Hand a case from one desk of a station to another: offer, take on, decline, take back the offer, take over.

Each is an entry about the case and travels with the next exchange, by stick or shared folder. Nothing is locked: the
board says whose a case is, and every desk can go on writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.charge import CHARGE, Charge, ChargeNote
from desktop.domain.errors import RuleError
from desktop.domain.exchange import Party
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.officer import Permission
from desktop.domain.profile import InstallationRole
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    CASE_DECLINED,
    CASE_OFFER_WITHDRAWN,
    CASE_OFFERED,
    CASE_TAKEN_ON,
    CASE_TAKEN_OVER,
)
from desktop.services.desk import Desk
from desktop.services.exchange.our_centre import receivers, require_receiver
from desktop.services.form_facts import clean
from desktop.services.look_up import file_in

OFFER: Final = "offer"
TAKE_ON: Final = "take_on"
DECLINE: Final = "decline"
WITHDRAW: Final = "withdraw"
TAKE_OVER: Final = "take_over"
"""What may be done about the charge of a case."""

_Change: TypeAlias = Callable[[Charge], Charge]


@dataclass(frozen=True, slots=True)
class ChargeStanding:
    """``own``: this desk is in charge; ``offered_here``: another desk waits for our answer; ``alone``: no other
    desk of the station is known and none ever was; ``acts``: what may be done here now; nothing while two answers
    stand side by side."""

    charge: Charge
    own: bool
    offered_here: bool
    disputed: bool
    alone: bool
    colleagues: tuple[Party, ...]
    acts: frozenset[str]


def colleagues(desk: Desk) -> tuple[Party, ...]:
    """The other desks of the station, by letter; nobody at a centre."""
    if desk.profile.role is InstallationRole.CENTRE:
        return ()
    found = (
        party for party in receivers(desk) if party.card.role == InstallationRole.DESK.value
    )  # its own centre may be a receiver, but takes no cases on
    return tuple(sorted(found, key=lambda party: (party.card.device_letter, party.card.device)))


def standing_of(desk: Desk, file: CaseFile) -> ChargeStanding:
    """Who is in charge of a case, and what this desk may do about it."""
    own, charge = desk.profile.device, file.in_charge
    others = colleagues(desk) if desk.officer.may(Permission.WRITE_CASES) else ()
    disputed = is_disputed(file)
    acts: set[str] = set()
    to_us = charge.offer is not None and charge.offer.device == own
    if charge.device == own:
        acts |= {WITHDRAW} if charge.offer else {OFFER} if others else set()
    elif to_us:
        acts |= {TAKE_ON, DECLINE}
    elif _is_of_station(desk, file):
        acts |= {TAKE_OVER}
    may = desk.officer.may(Permission.WRITE_CASES) and not disputed
    return ChargeStanding(
        charge=charge,
        own=charge.device == own,
        offered_here=to_us,
        disputed=disputed,
        alone=not others and file.charge is None and charge.device in ("", own),
        colleagues=others,
        acts=frozenset(acts) if may else frozenset(),
    )


def is_disputed(file: CaseFile) -> bool:
    """Whether two desks decided otherwise without knowing of each other."""
    own = f"case/{file.case.id}"
    return any(item.field == CHARGE and item.subject == own for item in file.conflicts)


def offer_case(desk: Desk, case: CaseId, to: DeviceId, reason: str) -> Charge:
    """Offer a case to another desk of the station; it stays in charge here until that desk takes it on.

    Raises:
        UserInputError: ``case.unknown``. TrustError: ``receiver.not_ours``.
        RuleError: ``charge.no_reason``; ``charge.elsewhere``: another desk is in charge; ``charge.offered``: an offer
            waits already; ``charge.disputed``.
    """
    desk.require(Permission.WRITE_CASES)
    told = _reason(reason)
    card = require_receiver(desk, to).card
    if card.role != InstallationRole.DESK.value or desk.profile.role is InstallationRole.CENTRE:
        raise RuleError("charge.no_desk")

    def offered(charge: Charge) -> Charge:
        if charge.device != desk.profile.device:
            raise RuleError("charge.elsewhere", letter=charge.letter)
        if charge.offer is not None:
            raise RuleError("charge.offered", letter=charge.offer.letter)
        offer = _note(desk, card.device, card.device_letter, told)
        return replace(charge, offer=offer, declined=None)

    return _record(desk, case, CASE_OFFERED, offered)


def take_on_case(desk: Desk, case: CaseId) -> Charge:
    """Accept what another desk offered: from now on this desk is in charge.

    Raises:
        UserInputError: ``case.unknown``. RuleError: ``charge.no_offer``, ``charge.disputed``.
    """
    desk.require(Permission.WRITE_CASES)

    def taken(charge: Charge) -> Charge:
        return _own_charge(desk, charge, _offer_to_us(desk, charge).reason)

    return _record(desk, case, CASE_TAKEN_ON, taken)


def decline_case(desk: Desk, case: CaseId, reason: str) -> Charge:
    """Refuse what another desk offered; that desk stays in charge.

    Raises:
        UserInputError: ``case.unknown``. RuleError: ``charge.no_reason``, ``charge.no_offer``, ``charge.disputed``.
    """
    desk.require(Permission.WRITE_CASES)
    told = _reason(reason)

    def declined(charge: Charge) -> Charge:
        _offer_to_us(desk, charge)
        own = desk.profile
        note = _note(desk, own.device, own.device_letter, told)
        return replace(charge, offer=None, declined=note)

    return _record(desk, case, CASE_DECLINED, declined)


def withdraw_case_offer(desk: Desk, case: CaseId) -> Charge:
    """Take an offer back that nobody answered yet. Raises as :func:`take_on_case`."""
    desk.require(Permission.WRITE_CASES)

    def withdrawn(charge: Charge) -> Charge:
        if charge.device != desk.profile.device or charge.offer is None:
            raise RuleError("charge.no_offer")
        return replace(charge, offer=None)

    return _record(desk, case, CASE_OFFER_WITHDRAWN, withdrawn)


def take_over_case(desk: Desk, case: CaseId, reason: str) -> Charge:
    """Take charge of a case of the station that nobody offered: the other desk is broken, or its officer away.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``charge.no_reason``, ``charge.own``, ``charge.other_unit``, ``charge.disputed``.
    """
    desk.require(Permission.WRITE_CASES)
    told = _reason(reason)

    def taken(charge: Charge) -> Charge:
        if charge.device == desk.profile.device:
            raise RuleError("charge.own")
        return _own_charge(desk, charge, told)

    return _record(desk, case, CASE_TAKEN_OVER, taken, of_station=True)


def _record(
    desk: Desk, case: CaseId, kind: str, change: _Change, *, of_station: bool = False
) -> Charge:
    with desk.store.write() as transaction:
        file = file_in(transaction, case)
        if is_disputed(file):
            raise RuleError("charge.disputed")
        if of_station and not _is_of_station(desk, file):
            raise RuleError("charge.other_unit")
        charge = change(file.in_charge)
        entry = NewEntry(kind, f"case/{case}", {CHARGE: charge.to_json()})
        transaction.append(desk.officer.number, entry)
    return charge


def _is_of_station(desk: Desk, file: CaseFile) -> bool:
    own = desk.profile
    return own.role is InstallationRole.DESK and file.case.unit_code == own.unit_code


def _offer_to_us(desk: Desk, charge: Charge) -> ChargeNote:
    if charge.offer is None or charge.offer.device != desk.profile.device:
        raise RuleError("charge.no_offer")
    return charge.offer


def _own_charge(desk: Desk, former: Charge, reason: str) -> Charge:
    own, now = desk.profile, desk.clock.now()
    return Charge(
        own.device, own.device_letter, desk.officer.number, now, reason, former=former.letter
    )


def _note(desk: Desk, device: str, letter: str, reason: str) -> ChargeNote:
    return ChargeNote(device, letter, desk.officer.number, desk.clock.now(), reason)


def _reason(reason: str) -> str:
    told = clean(reason)
    if not told:
        raise RuleError("charge.no_reason")
    return told


def act_on_charge(desk: Desk, case: CaseId, act: str, to: DeviceId, reason: str) -> Charge:
    """Do one of the acts by its name; ``to`` and ``reason`` where the act wants them. Raises as the act does."""
    if act == OFFER:
        return offer_case(desk, case, to, reason)
    if act == TAKE_ON:
        return take_on_case(desk, case)
    if act == WITHDRAW:
        return withdraw_case_offer(desk, case)
    action = decline_case if act == DECLINE else take_over_case
    return action(desk, case, reason)
