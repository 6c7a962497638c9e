"""Hand a case from one desk of a station to another: offer, take on, decline, take back the offer, take over.

Each is an entry about the case and travels with the next exchange, by stick or shared folder. Nothing is locked: the
board says whose a case is, and every desk can go on writing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Visit
from desktop.domain.cases.case_holder import CHARGE, CaseHolder, HolderNote
from desktop.domain.errors import RuleError
from desktop.domain.exchange.peers import Peer
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, DeviceId, made_by
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.deadlines import term_end_if_ruled
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    CASE_DECLINED,
    CASE_OFFER_WITHDRAWN,
    CASE_OFFERED,
    CASE_TAKEN_ON,
    CASE_TAKEN_OVER,
)
from desktop.services.cases.changes.own_case import is_own
from desktop.services.cases.changes.propose_station import ProposedStation, propose_stations
from desktop.services.exchange.peers.our_centre import receivers, require_receiver
from desktop.services.look_up import file_in
from desktop.services.ports import Transaction
from desktop.services.session import Session

OFFER: Final = "offer"
TAKE_ON: Final = "take_on"
DECLINE: Final = "decline"
WITHDRAW: Final = "withdraw"
TAKE_OVER: Final = "take_over"
ASSIGN: Final = "assign"
TELL: Final = "tell"
DISSUADE: Final = "dissuade"
"""What may be done about who holds a case."""
_ANSWER: Final = "call.accept"
"""The rule that says how soon a station answers."""

_Change: TypeAlias = Callable[[CaseHolder], CaseHolder]


@dataclass(frozen=True, slots=True)
class HolderState:
    """``own``: this desk is in charge; ``offered_here``: another desk waits for our answer; ``alone``: no other
    desk of the station is known and none ever was; ``acts``: what may be done here now; nothing while two answers
    stand side by side. ``stations``: to whom a centre may assign a case of its own, the best first."""

    holder: CaseHolder
    own: bool
    offered_here: bool
    disputed: bool
    alone: bool
    colleagues: tuple[Peer, ...]
    acts: frozenset[str]
    stations: tuple[ProposedStation, ...] = ()
    answer_by: datetime | None = None
    """When a station should have answered the offer of its centre."""


def colleagues(session: Session) -> tuple[Peer, ...]:
    """The other desks of the station, by letter; nobody at a centre."""
    if session.profile.role is InstallationRole.CENTRE:
        return ()
    found = (
        peer for peer in receivers(session) if peer.card.role == InstallationRole.DESK.value
    )  # its own centre may be a receiver, but takes no cases on
    return tuple(sorted(found, key=lambda peer: (peer.card.device_letter, peer.card.device)))


def holder_state(session: Session, file: CaseFile) -> HolderState:
    """Who is in charge of a case, and what this desk may do about it."""
    if session.profile.role is InstallationRole.CENTRE:
        return _at_centre(session, file)
    own, holder = session.profile.device, file.holder
    others = colleagues(session) if session.officer.may(Permission.WRITE_CASES) else ()
    disputed = is_disputed(file)
    acts: set[str] = set()
    to_us = holder.offer is not None and _is_to_us(session, holder.offer)
    if holder.device == own:
        acts |= {WITHDRAW} if holder.offer else {OFFER} if others else set()
        acts |= _calls_out(file)
    elif to_us:
        acts |= {TAKE_ON, DECLINE}
    elif _is_of_station(session, file) and not _is_of_centre(session, holder):
        acts |= {TAKE_OVER}
    may = session.officer.may(Permission.WRITE_CASES) and not disputed
    return HolderState(
        holder=holder,
        own=holder.device == own,
        offered_here=to_us,
        disputed=disputed,
        alone=not others and file.recorded_holder is None and holder.device in ("", own),
        colleagues=others,
        acts=frozenset(acts) if may else frozenset(),
        answer_by=answer_by(session, holder),
    )


def _at_centre(session: Session, file: CaseFile) -> HolderState:
    """A case that the centre made may be assigned until a station took it on."""
    holder, disputed = file.holder, is_disputed(file)
    made_here = made_by(file.case.id, session.profile.device)
    mine = is_own(session, file.case.id, holder)
    may = mine and not disputed and session.officer.may(Permission.WRITE_CASES)
    stations = propose_stations(session, file.case) if may else ()
    acts = {TELL, *((WITHDRAW,) if holder.offer is not None else ()), *_calls_out(file)}
    return HolderState(
        holder=holder,
        own=mine,
        offered_here=False,
        disputed=disputed,
        alone=not made_here and file.recorded_holder is None,
        colleagues=(),
        acts=frozenset(acts | ({ASSIGN} if stations else set())) if may else frozenset(),
        stations=stations,
        answer_by=answer_by(session, holder),
    )


def _calls_out(file: CaseFile) -> set[str]:
    return {DISSUADE} if file.case.visit is Visit.DISSUASION else set()


def answer_by(session: Session, holder: CaseHolder) -> datetime | None:
    """When a station should have answered what its centre offers it; None where nothing waits or no rule says."""
    offer = holder.offer
    if offer is None or not offer.unit or offer.at is None:
        return None
    return term_end_if_ruled(session.rules, _ANSWER, offer.at)


def is_disputed(file: CaseFile) -> bool:
    """Whether two desks decided otherwise without knowing of each other."""
    own = f"case/{file.case.id}"
    return any(item.field == CHARGE and item.subject == own for item in file.conflicts)


def offer_case(session: Session, case: CaseId, to: DeviceId, reason: str) -> CaseHolder:
    """Offer a case to another desk of the station; it stays in charge here until that desk takes it on.

    Raises:
        UserInputError: ``case.unknown``. TrustError: ``receiver.not_ours``.
        RuleError: ``charge.no_reason``; ``charge.elsewhere``: another desk is in charge; ``charge.offered``: an offer
            waits already; ``charge.disputed``.
    """
    session.require(Permission.WRITE_CASES)
    cleaned = _reason(reason)
    card = require_receiver(session, to).card
    if card.role != InstallationRole.DESK.value or session.profile.role is InstallationRole.CENTRE:
        raise RuleError("charge.no_desk")

    def offered(holder: CaseHolder) -> CaseHolder:
        if holder.device != session.profile.device:
            raise RuleError("charge.elsewhere", letter=holder.letter)
        if holder.offer is not None:
            raise RuleError("charge.offered", letter=holder.offer.letter)
        offer = _note(session, card.device, card.device_letter, cleaned)
        return replace(holder, offer=offer, declined=None)

    return _record(session, case, CASE_OFFERED, offered)


def take_on_case(session: Session, case: CaseId) -> CaseHolder:
    """Accept what another desk offered: from now on this desk is in charge.

    Raises:
        UserInputError: ``case.unknown``. RuleError: ``charge.no_offer``, ``charge.disputed``.
    """
    session.require(Permission.WRITE_CASES)
    with session.store.write() as transaction:
        return answer_offer(session, transaction, case)


def decline_case(session: Session, case: CaseId, reason: str) -> CaseHolder:
    """Refuse what another desk offered; that desk stays in charge.

    Raises:
        UserInputError: ``case.unknown``. RuleError: ``charge.no_reason``, ``charge.no_offer``, ``charge.disputed``.
    """
    session.require(Permission.WRITE_CASES)
    cleaned = _reason(reason)
    with session.store.write() as transaction:
        return answer_offer(session, transaction, case, declined=cleaned)


def answer_offer(
    session: Session, transaction: Transaction, case: CaseId, *, declined: str = ""
) -> CaseHolder:
    """The part of taking on, or of declining for a reason, that happens inside a transaction. Raises as they do."""
    session.require(Permission.WRITE_CASES)

    def taken(holder: CaseHolder) -> CaseHolder:
        return _own_holder(session, holder, _offer_to_us(session, holder).reason)

    def refused(holder: CaseHolder) -> CaseHolder:
        _offer_to_us(session, holder)
        own = session.profile
        note = _note(session, own.device, own.device_letter, declined)
        unit = own.unit_code if holder.offer and holder.offer.unit else ""
        return replace(holder, offer=None, declined=replace(note, unit=unit))

    kind, change = (CASE_DECLINED, refused) if declined else (CASE_TAKEN_ON, taken)
    return _change(session, transaction, case, kind, change)


def withdraw_case_offer(session: Session, case: CaseId) -> CaseHolder:
    """Take an offer back that nobody answered yet. Raises as :func:`take_on_case`."""
    session.require(Permission.WRITE_CASES, at_centre=True)

    def withdrawn(holder: CaseHolder) -> CaseHolder:
        if holder.device != session.profile.device or holder.offer is None:
            raise RuleError("charge.no_offer")
        return replace(holder, offer=None)

    return _record(session, case, CASE_OFFER_WITHDRAWN, withdrawn)


def take_over_case(session: Session, case: CaseId, reason: str) -> CaseHolder:
    """Take charge of a case of the station that nobody offered: the other desk is broken, or its officer away.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``charge.no_reason``, ``charge.own``, ``charge.other_unit``, ``charge.disputed``.
    """
    session.require(Permission.WRITE_CASES)
    cleaned = _reason(reason)

    def taken(holder: CaseHolder) -> CaseHolder:
        if holder.device == session.profile.device:
            raise RuleError("charge.own")
        return _own_holder(session, holder, cleaned)

    return _record(session, case, CASE_TAKEN_OVER, taken, of_station=True)


def _record(
    session: Session, case: CaseId, kind: str, change: _Change, *, of_station: bool = False
) -> CaseHolder:
    with session.store.write() as transaction:
        if of_station and not _is_of_station(session, file_in(transaction, case)):
            raise RuleError("charge.other_unit")
        return _change(session, transaction, case, kind, change)


def _change(
    session: Session, transaction: Transaction, case: CaseId, kind: str, change: _Change
) -> CaseHolder:
    file = file_in(transaction, case)
    if is_disputed(file):
        raise RuleError("charge.disputed")
    holder = change(file.holder)
    stream = session.profile.stream_for(file.case.unit_code)
    entry = NewEntry(kind, f"case/{case}", {CHARGE: holder.to_json()}, stream=stream)
    transaction.append(session.officer.number, entry)
    return holder


def _is_of_station(session: Session, file: CaseFile) -> bool:
    own = session.profile
    return own.role is InstallationRole.DESK and file.case.unit_code == own.unit_code


def _offer_to_us(session: Session, holder: CaseHolder) -> HolderNote:
    if holder.offer is None or not _is_to_us(session, holder.offer):
        raise RuleError("charge.no_offer")
    return holder.offer


def _is_to_us(session: Session, offer: HolderNote) -> bool:
    """To this desk; what a centre offers a station any desk of it may answer."""
    own = session.profile
    if own.role is InstallationRole.CENTRE:
        return False
    return offer.is_to(own.device, own.unit_code)


def _is_of_centre(session: Session, holder: CaseHolder) -> bool:
    """Whether a centre has the case: what it offered nobody takes over before somebody of the station took it on."""
    with session.store.read() as reader:
        known = reader.peers()
    centre = InstallationRole.CENTRE.value
    return any(peer.card.role == centre and peer.card.device == holder.device for peer in known)


def _own_holder(session: Session, former: CaseHolder, reason: str) -> CaseHolder:
    own, now = session.profile, session.clock.now()
    return CaseHolder(
        own.device, own.device_letter, session.officer.number, now, reason, former=former.letter
    )


def _note(session: Session, device: str, letter: str, reason: str) -> HolderNote:
    return HolderNote(device, letter, session.officer.number, session.clock.now(), reason)


def _reason(reason: str) -> str:
    cleaned = clean(reason)
    if not cleaned:
        raise RuleError("charge.no_reason")
    return cleaned


def change_holder(
    session: Session, case: CaseId, act: str, to: DeviceId, reason: str
) -> CaseHolder:
    """Do one of the acts by its name; ``to`` and ``reason`` where the act wants them. Raises as the act does."""
    if act == OFFER:
        return offer_case(session, case, to, reason)
    if act == TAKE_ON:
        return take_on_case(session, case)
    if act == WITHDRAW:
        return withdraw_case_offer(session, case)
    action = decline_case if act == DECLINE else take_over_case
    return action(session, case, reason)
