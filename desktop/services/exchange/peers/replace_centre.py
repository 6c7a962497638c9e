"""Put another centre in the place of the one this desk named; and, at the old centre, sign the card of the new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.domain.errors import RuleError, TrustError
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.services.exchange.peers.our_centre import choose_centre, named_centre
from desktop.services.exchange.peers.trust import card_for_us, record_trust, vouched
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Pdf, Reader
from desktop.services.ports.printing.sheets import CentreChangeFacts
from desktop.services.session import Session

SIGNED: Final = "signed"
"""How a desk came by its centre: the one before signed its card."""
ON_PAPER: Final = "paper"
"""The same: the head of the unit and a second officer put it in the other's place, on a record that both sign."""


@dataclass(frozen=True, slots=True)
class CentreChange:
    """What is about to happen: ``former`` makes way for ``card``. ``signed``: the former centre signed the card."""

    card: PeerCard
    former: Peer
    signed: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """The centre in use now. ``record``: what the two officers sign, None where the former centre signed the card."""

    centre: Peer
    record: Pdf | None


Keep = Callable[[Pdf], object]
"""Prints or writes the record; raises where that fails."""


def look_at_successor(session: Session, text: str) -> CentreChange:
    """What :func:`replace_centre` would do; raises as it does for the card."""
    session.require(Permission.EXCHANGE)
    card, _ = card_for_us(session, text)
    with session.store.read() as reader:
        former = named_centre(session, reader)
        if (
            session.profile.role is InstallationRole.CENTRE
            or card.role != InstallationRole.CENTRE.value
        ):
            raise TrustError("centre.not_its_card")
        if former is None:
            raise RuleError("centre.none_to_replace")
        return CentreChange(card, former, vouched(session, reader, card))


def replace_centre(
    session: Session, text: str, second: SecondOfficer | None = None, keep: Keep | None = None
) -> Replaced:
    """Name the centre on the card in place of the one before, whose bundles that are on their way are still taken.

    With the former centre's signature on the card, two officers do it, a founder alone. Without, it takes an officer
    who may approve for the unit, a second officer, and a record on paper, which ``keep`` gets before anything changes.

    Raises:
        TrustError: as :func:`trust_peer`; ``centre.not_its_card`` for the card of anything else, and at a centre.
        RuleError: ``centre.none_to_replace``; ``centre.not_head`` without the signature where the officer signed in
            may not approve; ``second.needed``, also for a founder where the former centre did not sign;
            ``centre.no_record`` where nothing keeps the record; what :func:`require_second` raises.
    """
    session.require(Permission.EXCHANGE)
    change = look_at_successor(session, text)
    if not change.signed:
        if not session.officer.may(Permission.APPROVE_ORDERS):
            raise RuleError("centre.not_head")
        if second is None:
            raise RuleError("second.needed")
        if keep is None:
            raise RuleError("centre.no_record")
    with session.store.write() as transaction:
        who = require_second(session, transaction, second)
        if change.signed:
            who |= {"by_centre": change.card.vouched_by}
        record = None
        if not change.signed and second is not None and keep is not None:
            record = _record(session, transaction, change, second)
            keep(record)
        known = {peer.card.device: peer for peer in transaction.peers()}
        peer = record_trust(session, transaction, change.card, known, who)
        way = SIGNED if change.signed else ON_PAPER
        choose_centre(session, transaction, change.card.device, way, who)
    return Replaced(peer, record)


def _record(session: Session, reader: Reader, change: CentreChange, second: SecondOfficer) -> Pdf:
    with_them = reader.officer(second.number)
    facts = CentreChangeFacts(
        profile=session.profile,
        head=session.officer,
        second=with_them or session.officer,
        former=change.former.card,
        card=change.card,
    )
    return session.sheets.sheet(facts, session.clock.now())
