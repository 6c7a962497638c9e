"""Whom a desk trusts: only cards that hold, only those made for it, and only after somebody said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, RuleError, TrustError
from desktop.domain.profile import InstallationRole
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.services.desk import Desk
from desktop.services.exchange import trust
from desktop.services.exchange.export_bundle import pending
from desktop.services.exchange.our_centre import centre as centre_of
from desktop.services.exchange.our_centre import name_former_centre, receivers, require_centre
from desktop.services.exchange.trust import own_card, peers, read_card, record_trust
from tests.support.ceremony import approve, colleague, revoke_peer, trust_peer
from tests.support.desks import Seat, take_seat
from tests.support.journals import length
from tests.support.told import assert_told


@pytest.fixture
def successor(quick_folder: Path) -> Iterator[Desk]:
    """Another centre."""
    made = take_seat(
        quick_folder / "successor", "C", unit_code="620100000000", unit_name="新市反诈中心",
        role=InstallationRole.CENTRE,
    )  # fmt: skip
    yield made.desk
    made.desk.store.close()


def refused(desk: Desk, text: str, code: str) -> None:
    before = length(desk)
    for ask in (read_card, trust_peer):  # before anybody telephones, and after
        with pytest.raises(AppError) as caught:
            ask(desk, text)
        assert_told(caught.value, code)
    assert length(desk) == before
    assert peers(desk) == ()


def test_enrolment_out_approval_back(desk: Desk, centre_seat: Seat) -> None:
    centre = centre_seat.desk
    assert centre_of(desk) is None
    assert pending(desk) is None
    with pytest.raises(TrustError) as caught:
        require_centre(desk)
    assert_told(caught.value, "centre.unknown")
    approval = approve(centre, own_card(desk))
    (station,) = peers(centre)
    assert (station.card.device, station.card.role) == (desk.profile.device, "desk")
    assert (station.card.unit_name, station.trusted_by) == ("张掖路派出所", "620134")
    assert read_card(desk, approval).approves == desk.profile.device
    assert peers(desk) == (), "reading a card trusts nobody"
    peer = trust_peer(desk, approval)
    assert peer.card.device == centre.profile.device
    assert require_centre(desk) == peer
    assert centre_of(centre) is None, "a centre has nobody above it"


def test_cards_that_are_not_for_us(desk: Desk, centre_seat: Seat, quick_folder: Path) -> None:
    other = take_seat(quick_folder / "b", "B")
    refused(desk, own_card(desk), "card.own")
    refused(desk, approve(centre_seat.desk, own_card(other.desk)), "card.for_another")
    refused(desk, "nothing", "card.not_a_card")
    other.desk.store.close()


def test_no_two_desks_of_a_station_have_one_letter(
    desk: Desk, centre: Desk, quick_folder: Path
) -> None:
    """``desk`` is A of its station, and the centre knows it."""
    twin = take_seat(quick_folder / "twin", "A")
    elsewhere = take_seat(quick_folder / "elsewhere", "A", unit_code="620102560000")
    for place in (desk, centre):
        for ask in (read_card, trust_peer):
            with pytest.raises(AppError) as caught:
                ask(place, own_card(twin.desk))
            assert_told(caught.value, "card.letter_taken")
    trust_peer(centre, own_card(elsewhere.desk))
    trust_peer(centre, own_card(desk))  # its own once more
    revoke_peer(centre, desk.profile.device, "报废")
    trust_peer(centre, own_card(twin.desk))
    for seat in (twin, elsewhere):
        seat.desk.store.close()


def test_a_card_that_was_touched_anywhere_holds_no_more(desk: Desk, centre_seat: Seat) -> None:
    card = own_card(centre_seat.desk)
    lines = card.splitlines()
    harmless = 0
    for number, line in enumerate(lines):
        for spoiled in (line[:-1], line.replace("centre", "desk"), line.replace("市", "省")):
            if spoiled == line:
                continue
            text = "\n".join([*lines[:number], spoiled, *lines[number + 1 :]]) + "\n"
            try:
                read = read_card(desk, text)
            except TrustError:
                continue
            assert read == read_card(desk, card), "a changed card was believed"
            harmless += 1
    assert harmless <= 2, "a frame around the content, no more"


def test_the_centre_is_the_one_that_was_named_never_the_newest(
    seat: Seat, centre: Desk, successor: Desk
) -> None:
    desk = seat.desk
    approval = approve(successor, own_card(desk))
    for ask in (trust.trust_peer, lambda at, text: trust.trust_peer(at, text, colleague(at))):
        with pytest.raises(AppError) as caught:
            ask(desk, approval)
        assert_told(caught.value, "centre.another")
    assert require_centre(desk).card.device == centre.profile.device
    revoke_peer(desk, centre.profile.device, "中心撤并")
    assert centre_of(desk) is None
    with pytest.raises(AppError, match=r"^centre\.another$"):
        trust.trust_peer(desk, approval)
    trust_peer(desk, own_card(centre))
    assert require_centre(desk).card.device == centre.profile.device, "trusted once more"


def test_a_centre_of_before_is_named_once_and_stays(
    seat: Seat, centre: Desk, successor: Desk
) -> None:
    """An older program named none and took the newest; after the upgrade no newer one takes its place."""
    desk = seat.desk
    subject = device_subject(desk.profile.device)
    with desk.store.write() as transaction:
        transaction.append("620134", NewEntry("centre.chosen", subject, {"centre": ""}))
    assert require_centre(desk).card.device == centre.profile.device
    name_former_centre(desk)
    before = length(desk)
    name_former_centre(desk)
    assert length(desk) == before
    seat.clock.advance(days=1)
    card = desk.exchange.parse_card(own_card(successor))
    with desk.store.write() as transaction:
        known = {peer.card.device: peer for peer in transaction.peers()}
        record_trust(desk, transaction, card, known, {})
    assert require_centre(desk).card.device == centre.profile.device
    assert successor.profile.device not in {peer.card.device for peer in receivers(desk)}


def test_nobody_without_the_right_makes_or_takes_cards(desk: Desk, centre_seat: Seat) -> None:
    card = own_card(centre_seat.desk)
    nobody = replace(desk, officer=replace(desk.officer, roles=()))
    for act in (own_card, lambda desk: trust_peer(desk, card)):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            act(nobody)
    assert peers(desk) == ()
