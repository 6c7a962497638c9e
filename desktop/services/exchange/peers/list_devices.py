"""At a centre: say which other devices are its own, in a list that stations take over without telephoning."""

from __future__ import annotations

import math
from collections.abc import Sequence

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json, number, text
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_LISTED
from desktop.services.exchange.peers.own_keys import key_in_use, take_new_keys
from desktop.services.exchange.peers.seats import (
    read_seat_card,
    require_first_pc,
    seat_taken_away,
    seat_taken_in,
)
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session


def list_device(
    session: Session, card_text: str, second: SecondOfficer | None = None, *, seat: bool = False
) -> str:
    """The new list, with the device on the card; compare the fingerprint first. A device that is listed already is
    listed with this card. Every station hears of it with its next bundle, or takes the text over from a file. ``seat``:
    it is to work in this centre's database, and not in one of its own.

    Raises:
        TrustError: ``card.not_a_card``, ``card.damaged``.
        RuleError: ``centre.not_a_centre``; ``card.own``; ``centre_list.not_of_centre`` for the card of a station or of
            another centre; ``seat.first_pc`` at another PC than the centre's first; ``seat.needs_server`` for a seat
            where the database is a file; what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    _require_centre(session)
    require_first_pc(session)
    if seat and not session.profile.on_server:
        raise RuleError("seat.needs_server")
    card = read_seat_card(session, card_text)
    with session.store.write() as transaction:
        who = require_second(session, transaction, second)
        others = [
            one for one in _cards(session, transaction) if _device(session, one) != card.device
        ]
        if seat:
            transaction.append(session.officer.number, seat_taken_in(session, card, who))
        return _tell(session, transaction, [*others, card_text], who)


def unlist_device(session: Session, fingerprint: str, second: SecondOfficer | None = None) -> str:
    """The new list, without a device: stations trust it no longer from then on. One that works in this database writes
    nothing there behind this, and the centre takes new keys into use with it, as that PC has what opens everything so
    far: both or neither.

    Raises:
        UserInputError: ``centre_list.not_listed``.
        RuleError: ``centre.not_a_centre``, ``seat.first_pc``; what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    _require_centre(session)
    require_first_pc(session)
    with session.store.write() as transaction:
        left, seats = _without(session, transaction, fingerprint)
        if seats:
            session.require(Permission.ADMINISTER)
        who = require_second(session, transaction, second)
        _take_away(session, transaction, seats)
        made = _tell(session, transaction, left, who)
        fresh = take_new_keys(session, transaction) if seats else None
    if fresh is not None:
        session.keys.adopt(fresh)
    return made


def replace_seat(
    session: Session, card_text: str, former: str, second: SecondOfficer | None = None
) -> str:
    """The new list, with the PC on the card in the place of the one that signed by the key ``former``, a fingerprint:
    how a PC of the centre comes to keys of its own anew. Compare the fingerprint on the card first. What the former
    keys signed and wrote until now counts; behind this they sign and write nothing, and the centre takes new keys into
    use, as whoever has the former ones opens everything so far: all of it or nothing.

    Raises:
        TrustError, RuleError: as :func:`list_device` for the card; ``seat.not_working`` where ``former`` is no PC that
            works here, which one that was taken away is not; ``seat.same_keys`` for the card of a PC that works or
            worked here, so that keys that were taken away never come back by this.
    """
    session.require(Permission.EXCHANGE)
    session.require(Permission.ADMINISTER)
    _require_centre(session)
    require_first_pc(session)
    card = read_seat_card(session, card_text)
    with session.store.write() as transaction:
        left, seats = _without(session, transaction, former)
        if not seats:
            raise RuleError("seat.not_working")
        if card.device in {one.card.device for one in transaction.seats()}:
            raise RuleError("seat.same_keys")
        who = require_second(session, transaction, second)
        _take_away(session, transaction, seats)
        transaction.append(session.officer.number, seat_taken_in(session, card, who))
        others = [one for one in left if _device(session, one) != card.device]
        made = _tell(session, transaction, [*others, card_text], who)
        fresh = take_new_keys(session, transaction)
    session.keys.adopt(fresh)
    return made


def listed_devices(session: Session) -> tuple[PeerCard, ...]:
    """The devices on the newest list of this centre."""
    with session.store.read() as reader:
        return tuple(map(session.cards.parse_card, _cards(session, reader)))


def current_list(session: Session) -> str:
    """The newest list as a text; raises ``UserInputError("centre_list.none")`` where none was made."""
    session.require(Permission.EXCHANGE)
    _require_centre(session)
    with session.store.read() as reader:
        content = text(reader.current(device_subject(session.profile.device)), "list.text")
    if not content:
        raise UserInputError("centre_list.none")
    return content


def tell_list(session: Session, transaction: Transaction, unit: str) -> None:
    """A unit that is enrolled later hears of the list."""
    known = transaction.current(device_subject(session.profile.device))
    stream = session.profile.stream_for(unit)
    if text(known, "list.text") and stream != session.profile.device:
        fields = {name: known[name] for name in ("list.number", "list.text")}
        _say(session, transaction, stream, fields)


def _require_centre(session: Session) -> None:
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")


def _cards(session: Session, reader: Reader) -> Sequence[str]:
    content = text(reader.current(device_subject(session.profile.device)), "list.text")
    return session.cards.parse_centre_list(content).texts if content else ()


def _without(
    session: Session, reader: Reader, fingerprint: str
) -> tuple[list[str], tuple[Peer, ...]]:
    """The cards on the list but for one device's, and which PC that works here it is, if it is one; raises
    ``UserInputError("centre_list.not_listed")``."""
    wanted = "".join(mark for mark in fingerprint.upper() if mark.isalnum())
    before = _cards(session, reader)
    left = [
        one
        for one in before
        if wanted not in (_device(session, one), session.cards.parse_card(one).fingerprint)
    ]
    if len(left) == len(before):
        raise UserInputError("centre_list.not_listed")
    gone = {_device(session, one) for one in before} - {_device(session, one) for one in left}
    return left, tuple(one for one in reader.seats() if one.card.device in gone and not one.revoked)


def _take_away(session: Session, transaction: Transaction, seats: Sequence[Peer]) -> None:
    for one in seats:
        news = seat_taken_away(session, transaction, one.card.device)
        transaction.append_all(session.officer.number, news)


def _device(session: Session, card_text: str) -> str:
    return session.cards.parse_card(card_text).device


def _tell(
    session: Session, transaction: Transaction, cards: Sequence[str], who: dict[str, Json]
) -> str:
    """Sign the next list and say it to every unit. Its number is at least the time: a centre that was set back to an
    older backup does not count again what stations have seen."""
    session.keys.follow(key_in_use(transaction, session.profile.device))
    known = transaction.current(device_subject(session.profile.device))
    now = session.clock.now()
    following = max(number(known, "list.number") + 1, math.floor(now.timestamp()))
    made = session.cards.centre_list(session.profile, following, to_wire(now), cards)
    fields: dict[str, Json] = {
        "list.number": following,
        "list.text": made,
        **who,
    }
    _say(session, transaction, session.profile.device, fields)
    units = {peer.card.unit_code for peer in transaction.peers()}
    for stream in sorted({*map(session.profile.stream_for, units)} - {session.profile.device}):
        _say(session, transaction, stream, fields)
    return made


def _say(session: Session, transaction: Transaction, stream: str, fields: dict[str, Json]) -> None:
    subject = device_subject(session.profile.device)
    entry = NewEntry(CENTRE_LISTED, subject, fields, stream=stream)
    transaction.append(session.officer.number, entry)
