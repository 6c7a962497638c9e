"""Whom a desk trusts: only cards that hold, only those made for it, and only after somebody said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, RuleError, TrustError
from desktop.domain.installation.profile import InstallationRole
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.services.exchange.peers import trust
from desktop.services.exchange.peers.our_centre import centre as centre_of
from desktop.services.exchange.peers.our_centre import name_former_centre, receivers, require_centre
from desktop.services.exchange.peers.trust import own_card, peers, read_card, record_trust
from desktop.services.exchange.sync_status import pending_at_centre
from desktop.services.session import Session
from tests.support.ceremony import approve, colleague, revoke_peer, trust_peer
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import Seat, take_seat


@pytest.fixture
def successor(quick_folder: Path) -> Iterator[Session]:
    """Another centre."""
    made = take_seat(
        quick_folder / "successor", "C", unit_code="620100000000", unit_name="新市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    yield made.session
    made.session.store.close()


def refused(session: Session, text: str, code: str) -> None:
    before = length(session)
    for ask in (read_card, trust_peer):  # before anybody telephones, and after
        with pytest.raises(AppError) as caught:
            ask(session, text)
        assert_error(caught.value, code)
    assert length(session) == before
    assert peers(session) == ()


def test_enrolment_out_approval_back(session: Session, centre_seat: Seat) -> None:
    centre = centre_seat.session
    assert centre_of(session) is None
    assert pending_at_centre(session) is None
    with pytest.raises(TrustError) as caught:
        require_centre(session)
    assert_error(caught.value, "centre.unknown")
    approval = approve(centre, own_card(session))
    (station,) = peers(centre)
    assert (station.card.device, station.card.role) == (session.profile.device, "desk")
    assert (station.card.unit_name, station.trusted_by) == ("张掖路派出所", "620134")
    assert read_card(session, approval).approves == session.profile.device
    assert peers(session) == (), "reading a card trusts nobody"
    peer = trust_peer(session, approval)
    assert peer.card.device == centre.profile.device
    assert require_centre(session) == peer
    assert centre_of(centre) is None, "a centre has nobody above it"


def test_cards_that_are_not_for_us(session: Session, centre_seat: Seat, quick_folder: Path) -> None:
    other = take_seat(quick_folder / "b", "B")
    refused(session, own_card(session), "card.own")
    refused(session, approve(centre_seat.session, own_card(other.session)), "card.for_another")
    refused(session, "nothing", "card.not_a_card")
    other.session.store.close()


def test_no_two_desks_of_a_station_have_one_letter(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    """``desk`` is A of its station, and the centre knows it."""
    twin = take_seat(quick_folder / "twin", "A")
    elsewhere = take_seat(quick_folder / "elsewhere", "A", unit_code="620102560000")
    for place in (session, centre):
        for ask in (read_card, trust_peer):
            with pytest.raises(AppError) as caught:
                ask(place, own_card(twin.session))
            assert_error(caught.value, "card.letter_taken")
    trust_peer(centre, own_card(elsewhere.session))
    trust_peer(centre, own_card(session))  # its own once more
    revoke_peer(centre, session.profile.device, "报废")
    trust_peer(centre, own_card(twin.session))
    for seat in (twin, elsewhere):
        seat.session.store.close()


def test_a_card_that_was_touched_anywhere_holds_no_more(
    session: Session, centre_seat: Seat
) -> None:
    card = own_card(centre_seat.session)
    lines = card.splitlines()
    harmless = 0
    for number, line in enumerate(lines):
        for spoiled in (line[:-1], line.replace("centre", "desk"), line.replace("市", "省")):
            if spoiled == line:
                continue
            text = "\n".join([*lines[:number], spoiled, *lines[number + 1 :]]) + "\n"
            try:
                read = read_card(session, text)
            except TrustError:
                continue
            assert read == read_card(session, card), "a changed card was believed"
            harmless += 1
    assert harmless <= 2, "a frame around the content, no more"


def test_the_centre_is_the_one_that_was_named_never_the_newest(
    seat: Seat, centre: Session, successor: Session
) -> None:
    session = seat.session
    approval = approve(successor, own_card(session))
    for ask in (trust.trust_peer, lambda at, text: trust.trust_peer(at, text, colleague(at))):
        with pytest.raises(AppError) as caught:
            ask(session, approval)
        assert_error(caught.value, "centre.another")
    assert require_centre(session).card.device == centre.profile.device
    revoke_peer(session, centre.profile.device, "中心撤并")
    assert centre_of(session) is None
    with pytest.raises(AppError, match=r"^centre\.another$"):
        trust.trust_peer(session, approval)
    trust_peer(session, own_card(centre))
    assert require_centre(session).card.device == centre.profile.device, "trusted once more"


def test_a_centre_of_before_is_named_once_and_stays(
    seat: Seat, centre: Session, successor: Session
) -> None:
    """An older program named none and took the newest; after the upgrade no newer one takes its place."""
    session = seat.session
    subject = device_subject(session.profile.device)
    with session.store.write() as transaction:
        transaction.append("620134", NewEntry("centre.chosen", subject, {"centre": ""}))
    assert require_centre(session).card.device == centre.profile.device
    name_former_centre(session)
    before = length(session)
    name_former_centre(session)
    assert length(session) == before
    seat.clock.advance(days=1)
    card = session.cards.parse_card(own_card(successor))
    with session.store.write() as transaction:
        known = {peer.card.device: peer for peer in transaction.peers()}
        record_trust(session, transaction, card, known, {})
    assert require_centre(session).card.device == centre.profile.device
    assert successor.profile.device not in {peer.card.device for peer in receivers(session)}


def test_nobody_without_the_right_makes_or_takes_cards(session: Session, centre_seat: Seat) -> None:
    card = own_card(centre_seat.session)
    nobody = replace(session, officer=replace(session.officer, roles=()))
    for act in (own_card, lambda session: trust_peer(session, card)):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            act(nobody)
    assert peers(session) == ()
