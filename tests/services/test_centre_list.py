"""The devices of a centre: listed by its root, taken over by stations without a ceremony, struck off again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.exchange.peers import Peer
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.progress import SILENT
from desktop.journal.authority import device_subject, peer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CENTRE_LISTED, PARTY_TRUSTED
from desktop.sealing.age_identity import AgeIdentity
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.backup_key import choose_backup
from desktop.services.exchange.peers.list_devices import (
    current_list,
    list_device,
    listed_devices,
    unlist_device,
)
from desktop.services.exchange.peers.our_centre import require_centre
from desktop.services.exchange.peers.own_keys import rotate_keys
from desktop.services.exchange.peers.replace_centre import replace_centre
from desktop.services.exchange.peers.take_centre_list import take_centre_list
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.peers.vouch_for import vouch_for
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    apply_bundle,
    release_quarantine,
)
from desktop.services.look_up import orders
from desktop.services.officers.trust_changes import unseen_changes
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.readers.sync_marks import SyncMarks
from desktop.storage.store import SqlStore
from tests.support.ceremony import approve, colleague, revoke_peer, trust_peer
from tests.support.error_texts import assert_error, refused
from tests.support.sessions import Seat, a_form, signed_in, take_seat

CHIEF = Officer("620134", "李静", (Role.ADMINISTRATOR, Role.DISPATCHER, Role.APPROVER))


class City:
    """A station, its centre, and a second seat of that centre which enrolled the station by itself."""

    def __init__(self, session: Session, centre: Session, second: Seat, folder: Path) -> None:
        self.session = replace(session, quarantine=Quarantine(folder / "qd"))
        self.centre = replace(signed_in(centre, CHIEF), quarantine=Quarantine(folder / "qc"))
        self.second = replace(second.session, quarantine=Quarantine(folder / "q2"))
        self.folder = folder
        self.count = 0
        approve(self.second, own_card(session))

    def stick(self) -> Path:
        self.count += 1
        made = self.folder / f"s{self.count}"
        made.mkdir()
        return made

    def listed(self) -> str:
        return list_device(self.centre, own_card(self.second), colleague(self.centre))

    def sent(self, of: Session) -> AppliedBundle:
        """What a device of the centre sends to the station."""
        stick = self.stick()
        choose_backup(of, AgeIdentity.generate().recipient.text, colleague(of))
        write_replies(of, stick, SILENT)
        return apply_bundle(self.session, [stick], SILENT)

    def up(self, to: Session) -> AppliedBundle:
        stick = self.stick()
        export_bundle(self.session, stick, SILENT, receiver=to.profile.device)
        return ingest(to, to.quarantine, [stick], SILENT)

    def peer(self) -> Peer:
        device = self.second.profile.device
        return next(one for one in peers(self.session) if one.card.device == device)


@pytest.fixture
def city(session: Session, centre: Session, quick_folder: Path) -> Iterator[City]:
    second = another(quick_folder / "second")
    yield City(session, centre, second, quick_folder)
    second.session.store.close()


def another(folder: Path, unit_code: str = "620100000000") -> Seat:
    return take_seat(
        folder, "D", unit_code=unit_code, unit_name="市反诈中心", role=InstallationRole.CENTRE
    )


def revocation(own: str, device: str) -> NewEntry:
    at = "2026-11-24T01:00:00.000Z"
    fields = {"revoked_at": at, "revoked_reason": "x", "trusted_at": at, "role": "centre"}
    return NewEntry(PARTY_TRUSTED, peer_subject(own, device), fields)


def listing(own: str, text: str) -> NewEntry:
    return NewEntry(CENTRE_LISTED, device_subject(own), {"list.number": 1, "list.text": text})


def codes(done: AppliedBundle) -> list[str]:
    return [item.error.code for item in done.problems]


def test_the_centre_itself_with_keys_nobody_compared_is_no_stranger(city: City) -> None:
    """The list has nothing to do with it: its new fingerprint is to be compared."""
    rotate_keys(city.centre, lost="被盗")
    assert codes(city.sent(city.centre)) == ["bundle.unknown_sender"]


def test_a_station_takes_the_list_over_and_what_the_second_seat_sends(city: City) -> None:
    stranger = city.sent(city.second)
    assert_error(stranger.problems[0].error, "bundle.unlisted_centre")
    city.listed()
    assert city.sent(city.centre).notes == ()
    peer = city.peer()
    assert (peer.listed_by, peer.ceremony) == (city.centre.profile.device, Ceremony.CENTRE)
    assert release_quarantine(city.session, SILENT).problems == (), "what waited is taken now"
    assert require_centre(city.session).card.device == city.centre.profile.device, (
        "written to as before"
    )
    assert peer.card.device in {change.about for change in unseen_changes(city.session)}


def test_an_answer_of_the_second_seat_counts_as_the_centres(city: City) -> None:
    city.listed()
    city.sent(city.centre)
    issued = issue_stop(city.session, a_form(city.session), 0)
    assert city.up(city.second).problems == ()
    assert orders(city.session)[0].state is OrderState.ISSUED, "the root has not heard of it"
    now = city.second.clock.now()
    until = now + timedelta(hours=48)
    word = OrderReply(ReplyResult.DONE, 9_800_000, 0, now, until, "中国农业银行", "", "", now)
    reply(city.second, issued.order.number, word)
    done = city.sent(city.second)
    assert (done.problems, done.refused, done.replies) == ((), (), 1)
    assert orders(city.session)[0].order.reply == word


def test_a_device_that_is_struck_off_is_refused_by_name(city: City) -> None:
    city.listed()
    city.sent(city.centre)
    city.sent(city.second)
    refused("centre_list.not_listed", lambda: unlist_device(city.centre, "0000"))
    unlist_device(city.centre, city.second.profile.device, colleague(city.centre))
    assert listed_devices(city.centre) == ()
    city.sent(city.centre)
    assert city.peer().revoked
    refused("receiver.not_ours", lambda: city.up(city.second))
    assert codes(city.sent(city.second)) == ["bundle.revoked_sender"]
    city.listed()
    city.sent(city.centre)
    assert not city.peer().revoked, "listed once more"
    assert release_quarantine(city.session, SILENT).problems == ()


def test_an_old_list_is_refused_after_a_newer_one(city: City) -> None:
    old = city.listed()
    unlist_device(city.centre, city.second.profile.device, colleague(city.centre))
    new = current_list(city.centre)
    found = take_centre_list(city.session, new)
    assert found.cards == ()
    refused("centre_list.older", lambda: take_centre_list(city.session, old))
    assert take_centre_list(city.session, new) == found, "the same once more says nothing new"
    assert city.second.profile.device not in {one.card.device for one in peers(city.session)}


def test_a_list_by_a_lost_key_is_refused_and_what_it_let_in_is_out(city: City) -> None:
    first = city.listed()
    city.sent(city.centre)
    assert not city.peer().revoked
    stolen = list_device(
        city.centre, own_card(another(city.folder / "x").session), colleague(city.centre)
    )
    rotate_keys(city.centre, lost="被盗")
    trust_peer(city.session, own_card(city.centre))
    assert city.peer().revoked, "whoever had the key could have listed it"
    refused("centre_list.lost_key", lambda: take_centre_list(city.session, stolen))
    assert set(codes(city.sent(city.second))) == {"bundle.revoked_sender"}
    renewed = city.listed()
    assert renewed != first
    take_centre_list(city.session, renewed)
    assert not city.peer().revoked


def test_nobody_but_our_centre_lists(city: City, quick_folder: Path) -> None:
    other = another(quick_folder / "other")
    third = another(quick_folder / "third")
    false = list_device(other.session, own_card(third.session), None)
    refused("centre_list.not_ours", lambda: take_centre_list(city.session, false))
    genuine = city.listed()
    refused("centre_list.not_ours", lambda: take_centre_list(other.session, genuine))
    for spoiled in (
        genuine[:-40],
        genuine.replace('"number":', '"number":1'),
        "",
        "x\n",
        genuine[1:],
    ):
        refused("centre_list.damaged", lambda text=spoiled: take_centre_list(city.session, text))  # type: ignore[misc]
    newer = genuine.replace("centre list 1", "centre list 2")
    refused("centre_list.newer_version", lambda: take_centre_list(city.session, newer))


def test_only_devices_of_the_centre_are_listed(city: City, quick_folder: Path) -> None:
    by = colleague(city.centre)
    elsewhere = another(quick_folder / "elsewhere", "620200000000")
    refused(
        "centre_list.not_of_centre", lambda: list_device(city.centre, own_card(city.session), by)
    )
    card = own_card(elsewhere.session)
    refused("centre_list.not_of_centre", lambda: list_device(city.centre, card, by))
    refused("card.own", lambda: list_device(city.centre, own_card(city.centre), by))
    refused("centre.not_a_centre", lambda: list_device(city.session, card, by))
    refused("centre_list.none", lambda: current_list(city.centre))
    # Whoever holds the centre's key may sign what our program never would.
    cards, own = city.centre.cards, city.centre.profile
    for text in (own_card(city.session), card):
        made = cards.centre_list(own, 1, "2026-11-24T01:00:00.000Z", [text])
        refused("centre_list.card", lambda made=made: take_centre_list(city.session, made))  # type: ignore[misc]


def test_a_listed_device_can_not_lock_its_root_out(city: City) -> None:
    city.listed()
    city.sent(city.centre)
    root = city.centre.profile.device
    with city.second.store.write() as transaction:
        said = revocation(city.second.profile.device, root)
        stream = city.second.profile.stream_for(city.session.profile.unit_code)
        transaction.append(city.second.officer.number, replace(said, stream=stream))
    assert city.sent(city.second).problems == ()
    assert not next(one for one in peers(city.session) if one.card.device == root).revoked


def test_without_its_root_a_desk_has_no_centre(city: City) -> None:
    city.listed()
    city.sent(city.centre)
    store = city.session.store
    assert isinstance(store, SqlStore)
    for expected in (city.centre.profile.device, ""):
        with store._engine.connect() as connection, connection.begin():
            marks = SyncMarks(connection, city.session.profile.device, is_centre=False)
            assert marks.centre == expected
        revoke_peer(city.session, city.centre.profile.device, "中心撤并")
    assert city.peer().revoked


def test_a_unit_enrolled_later_hears_of_the_list(city: City) -> None:
    city.listed()
    late = take_seat(city.folder / "late", "A", unit_code="620102550000", unit_name="雁滩派出所")
    trust_peer(late.session, approve(city.centre, own_card(late.session)))
    stick = city.stick()
    write_replies(city.centre, stick, SILENT)
    assert apply_bundle(
        replace(late.session, quarantine=Quarantine(city.folder / "ql")), [stick], SILENT
    )
    assert city.second.profile.device in {one.card.device for one in peers(late.session)}
    late.session.store.close()


def test_a_replaced_server_takes_the_roots_place_by_the_ceremony(city: City) -> None:
    """Being listed it is believed at once; whom a station writes to its officers decide."""
    city.listed()
    city.sent(city.centre)
    card = vouch_for(city.centre, own_card(city.second), colleague(city.centre))
    replace_centre(city.session, card, colleague(city.session))
    assert require_centre(city.session).card.device == city.second.profile.device
    assert city.peer().listed_by == ""
    revoke_peer(city.session, city.centre.profile.device, "旧服务器报废")
    assert not city.peer().revoked, "it stands by the officers' word now"


def test_a_list_that_a_bundle_brings_and_that_is_refused_is_reported(city: City) -> None:
    city.listed()
    city.sent(city.centre)
    with city.centre.store.write() as transaction:
        made = city.centre.cards.centre_list(
            city.centre.profile, 1, "2026-11-24T01:00:00.000Z", [own_card(city.second)]
        )
        said = listing(city.centre.profile.device, made)
        stream = city.centre.profile.stream_for(city.session.profile.unit_code)
        transaction.append(city.centre.officer.number, replace(said, stream=stream))
    done = city.sent(city.centre)
    assert done.problems == ()
    (note,) = done.notes
    assert note.error is not None
    assert_error(note.error, "centre_list.older")


def test_a_list_is_not_believed_once_the_centre_behind_it_is_trusted_no_more(city: City) -> None:
    listed = city.listed()
    city.session.clock.advance(days=4000)  # type: ignore[attr-defined]
    refused("centre_list.retired_key", lambda: take_centre_list(city.session, listed))
