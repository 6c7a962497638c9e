"""Offer a case that a centre made of a call to a station (移交派出所).

Everything said of the case is said again in the stream of that station, so that the next answer carries it down. Until
a PC of the station takes it on the case is the centre's; what the station may say of it before is yes or no
(:mod:`desktop.journal.authorship`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from desktop.domain.cases.case_holder import CHARGE, CaseHolder, HolderNote, holder_from_fields
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole, device_of, seat_of
from desktop.domain.records.fields import Fields, Json, text
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.entry_table import ENTRIES
from desktop.journal.kinds import (
    CASE_DECLINED,
    CASE_OFFER_WITHDRAWN,
    CASE_OFFERED,
    CASE_TAKEN_ON,
    ORDER_CONFIRMED,
    ORDER_ISSUED,
    ORDER_ISSUED_ALONE,
)
from desktop.services.cases.changes.own_case import require_own
from desktop.services.exchange.peers.trusted_stations import station_cards
from desktop.services.exchange.reads_kind import is_read
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_OF_OFFERS: Final = frozenset({CASE_OFFERED, CASE_TAKEN_ON, CASE_DECLINED, CASE_OFFER_WITHDRAWN})


def assign_case(session: Session, case: CaseId, unit: str, reason: str = "") -> HolderNote:
    """Offer a case of this centre to the station ``unit``; an offer that waits elsewhere is over with it.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``centre.reads_cases`` for a case of a station, ``assign.no_station`` where no PC of the unit is
            trusted here, ``assign.offered`` where it waits there already.
    """
    session.require(Permission.WRITE_CASES, at_centre=True)
    with session.store.write() as transaction:
        return assign_in(session, transaction, case, unit, reason)


def assign_in(
    session: Session, transaction: Transaction, case: CaseId, unit: str, reason: str
) -> HolderNote:
    """The part of it that happens inside a transaction. Raises as :func:`assign_case`."""
    session.require(Permission.WRITE_CASES, at_centre=True)
    own, officer = session.profile, session.officer.number
    fields = require_own(session, transaction, case)
    if not fields or own.role is not InstallationRole.CENTRE:
        raise UserInputError("case.unknown")
    card = _station_card(transaction, unit)
    holder = holder_from_fields(fields) or CaseHolder(
        own.device, own.device_letter, officer, session.clock.now()
    )
    if holder.offer is not None and holder.offer.unit == unit:
        raise RuleError("assign.offered", unit=card.unit_name)
    note = HolderNote(
        card.device, card.device_letter, officer, session.clock.now(), clean(reason), unit
    )
    offer: Fields = {CHARGE: replace(holder, offer=note, declined=None).to_json()}
    stream = own.stream_for(unit)
    news = (
        *_withdrawal(session, case, holder),
        *_copied_entries(session, transaction, case, card),
        NewEntry(CASE_OFFERED, f"case/{case}", offer, stream=stream),
    )
    transaction.append_all(officer, news)
    return note


def _station_card(reader: Reader, unit: str) -> PeerCard:
    """The PC that an offer to a unit names: its first; every other one of it may answer too.

    Raises:
        RuleError: ``assign.no_station``.
    """
    found = [card for card in station_cards(reader) if card.unit_code == unit]
    if not found:
        raise RuleError("assign.no_station", unit=unit)
    return min(found, key=lambda card: (card.device_letter, card.device))


def _withdrawal(session: Session, case: CaseId, holder: CaseHolder) -> Iterator[NewEntry]:
    """For the station where an offer still waits: it hears nothing of what the next one is offered."""
    if holder.offer is not None and holder.offer.unit:
        fields: Fields = {CHARGE: replace(holder, offer=None).to_json()}
        stream = session.profile.stream_for(holder.offer.unit)
        yield NewEntry(CASE_OFFER_WITHDRAWN, f"case/{case}", fields, stream=stream)


def _copied_entries(
    session: Session, transaction: Transaction, case: CaseId, card: PeerCard
) -> Iterator[NewEntry]:
    """What this centre said of the case for whom it had it for so far, in its order, for the station's stream."""
    own = session.profile
    stream = own.stream_for(card.unit_code)
    source = own.stream_for(text(transaction.current(f"case/{case}"), "unit_code"))
    if source == stream:
        return
    marked = is_read(session, transaction, ORDER_ISSUED_ALONE, card.unit_code)
    of_unit: dict[str, Json] = {"unit_code": card.unit_code, "unit_name": card.unit_name}
    words = [entry for entry in transaction.case_words(case) if _of_cases(entry.stream) == source]
    for entry in words:
        if ENTRIES[entry.kind].is_event or entry.kind in _OF_OFFERS:
            continue
        kind, fields = _as_read(entry, marked=marked)
        if kind and entry.subject == f"case/{case}" and "unit_code" in fields:
            fields = {**fields, **of_unit}
        if kind:
            yield NewEntry(kind, entry.subject, fields, stream=stream)


def _of_cases(stream: str) -> str:
    """The stream itself; of a PC of the centre that of the centre, which had the case."""
    return device_of(stream) if seat_of(stream) else stream


def _as_read(entry: Entry, *, marked: bool) -> tuple[str, Fields]:
    """Kind and fields for a station whose programs know the mark of an order of one officer, or do not."""
    if marked or entry.kind not in (ORDER_ISSUED_ALONE, ORDER_CONFIRMED):
        return entry.kind, entry.fields
    if entry.kind == ORDER_CONFIRMED:
        return "", {}
    return ORDER_ISSUED, {name: value for name, value in entry.fields.items() if name != "alone"}
