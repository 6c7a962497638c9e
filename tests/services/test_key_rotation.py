"""New keys for a desk or a centre: told under the former ones, believed for some time, and never after a loss."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.centre.scan import take_codes
from desktop.centre.slip_pictures import scan
from desktop.domain.errors import Cancelled, RuleError, TrustError, UserInputError
from desktop.domain.exchange.peers import KeyState
from desktop.domain.exchange.volumes import BlobRef, WrittenVolume
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.sending.slip_collector import SlipCollector
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields, Json
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import device_subject, keys_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_MADE, KEYS_ROTATED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.our_centre import centre as centre_of
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import (
    copy_is_due,
    destroy_key,
    own_keys,
    rotate_keys,
    signer_for,
    unaware,
)
from desktop.services.exchange.peers.trust import find_peer, own_card
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    apply_bundle,
    release_quarantine,
)
from desktop.services.health import check_health
from desktop.services.look_up import case_evidence
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.make_slip import make_slip
from desktop.services.ports import Reader
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, signed_in, take_seat
from tests.support.strict import all_of

CHIEF = Officer("620134", "李静", (Role.ADMINISTRATOR, Role.DISPATCHER, Role.APPROVER))


class Line:
    """A desk, its centre, and the stick between them."""

    def __init__(self, session: Session, centre: Session, folder: Path) -> None:
        self.folder = folder
        self.session = replace(session, quarantine=Quarantine(folder / "qd"))
        self.centre = replace(signed_in(centre, CHIEF), quarantine=Quarantine(folder / "qc"))
        self.count = 0

    def stick(self) -> Path:
        self.count += 1
        made = self.folder / f"s{self.count}"
        made.mkdir()
        return made

    def written(self) -> Path:
        stick = self.stick()
        register_report(self.session, a_form(self.session))
        export_bundle(self.session, stick, SILENT, afresh=True)
        return stick

    def ingested(self, stick: Path) -> AppliedBundle:
        return ingest(self.centre, self.centre.quarantine, [stick], SILENT)

    def up(self) -> AppliedBundle:
        return self.ingested(self.written())

    def down(self) -> AppliedBundle:
        stick = self.stick()
        write_replies(self.centre, stick, SILENT)
        return apply_bundle(self.session, [stick], SILENT)

    def known_key(self) -> str:
        return find_peer(self.centre, self.session.profile.device).card.fingerprint

    def pass_days(self, days: int) -> None:
        for side in (self.session, self.centre):
            assert isinstance(side.clock, HandClock)
            side.clock.advance(hours=24 * days)


@pytest.fixture
def line(session: Session, centre: Session, quick_folder: Path) -> Line:
    return Line(session, centre, quick_folder)


def test_a_desk_changes_its_keys_and_nothing_stops(line: Line) -> None:
    assert not line.up().problems
    device = line.session.profile.device
    line.pass_days(1)
    fresh = rotate_keys(line.session)
    assert fresh.fingerprint != device
    assert (line.known_key(), line.session.profile.device) == (device, device)
    assert unaware(line.session, receivers(line.session))
    assert not line.up().problems, "still signed so that the centre can check it"
    assert line.known_key() == fresh.fingerprint
    assert line.down().problems == (), "sealed to the new key, opened with it"
    assert not unaware(line.session, receivers(line.session))
    stick = line.written()
    assert not line.ingested(stick).problems
    peer = find_peer(line.centre, device)
    now = line.centre.clock.now()
    assert [key.state_at(now) for key in peer.keys] == [KeyState.CURRENT, KeyState.OVERLAP]
    assert [key.until for key in own_keys(line.session)] == [None, fresh.since]


def test_a_safety_copy_from_before_the_change_is_not_enough(line: Line) -> None:
    def copied() -> None:
        with line.session.store.write() as transaction:
            fields: dict[str, Json] = {"backup.at": to_wire(line.session.clock.now())}
            said = NewEntry(BACKUP_MADE, device_subject(line.session.profile.device), fields)
            transaction.append(line.session.officer.number, said)

    copied()
    assert not copy_is_due(line.session)
    line.pass_days(1)
    rotate_keys(line.session)
    assert copy_is_due(line.session)
    line.pass_days(1)
    copied()
    assert not copy_is_due(line.session)


def test_several_changes_at_once_are_followed_one_by_one(line: Line) -> None:
    line.up()
    rotate_keys(line.session)
    last = rotate_keys(line.session)
    assert not line.up().problems
    assert line.known_key() == last.fingerprint
    assert len(find_peer(line.centre, line.session.profile.device).keys) == 3
    assert not line.down().problems
    assert not line.up().problems


def test_an_old_stick_is_taken_during_the_overlap_and_kept_after_it(line: Line) -> None:
    line.up()
    late, too_late = line.written(), line.written()
    rotate_keys(line.session)
    line.up()
    line.pass_days(80)
    assert not line.ingested(late).problems
    line.pass_days(11)
    refused = line.ingested(too_late)
    assert_error(refused.problems[0].error, "bundle.retired_key")
    assert len(line.centre.quarantine.rows()) == 1, "kept, not lost"


def test_a_centre_changes_its_keys_and_every_desk_follows(line: Line) -> None:
    line.up()
    old = line.centre.cards.recipient()
    before = line.written()
    fresh = rotate_keys(line.centre)
    assert not line.ingested(before).problems, "what was sealed to the old key still opens"
    assert not line.down().problems, "the desk can not check the new key before it heard of it"
    peer = centre_of(line.session)
    assert peer is not None
    assert peer.card.fingerprint == fresh.fingerprint
    assert peer.card.recipient == line.centre.cards.recipient() != old
    assert not line.up().problems, "sealed to the new key at once"
    assert not line.down().problems
    assert not unaware(line.centre, receivers(line.centre))


def test_a_slip_is_read_on_both_sides_of_a_change(line: Line) -> None:
    line.up()
    line.down()
    rotate_keys(line.centre)
    rotate_keys(line.session)
    for _ in range(2):
        order = issue_stop(line.session, a_form(line.session), 0, confirmed=True).order
        slip = make_slip(line.session, order.id)
        codes = scan(line.centre, slip.codes[0])
        (found,) = take_codes(line.centre, SlipCollector(), codes).slips
        assert found.device == line.session.profile.device
        line.up()
        line.down()


def test_a_lost_key_is_believed_nowhere_and_the_new_one_after_comparing(line: Line) -> None:
    line.up()
    stolen = line.written()
    other = take_seat(line.folder / "other", "B")
    trust_peer(other.session, approve(line.centre, own_card(other.session)))
    trust_peer(other.session, own_card(line.session))
    old_card = own_card(line.session)
    fresh = rotate_keys(line.session, lost="硬盘被复制")
    assert_error(line.up().problems[0].error, "bundle.unknown_sender")
    approval = approve(line.centre, own_card(line.session))
    trust_peer(line.session, approval)
    assert line.known_key() == fresh.fingerprint
    assert_error(line.ingested(stolen).problems[0].error, "bundle.lost_key")
    done = release_quarantine(line.centre, SILENT)
    assert {item.error.code for item in done.problems} == {"bundle.lost_key"}
    assert done.applied > 0, "what the new key signed was waiting"
    with pytest.raises(TrustError) as caught:
        trust_peer(line.centre, old_card)
    assert_error(caught.value, "card.superseded")
    _hears_of_it(line, other, old_card)
    other.session.store.close()


def _hears_of_it(line: Line, other: Seat, old_card: str) -> None:
    """A colleague's desk trusts the lost key no longer once the centre's bundle came."""
    stick = line.stick()
    write_replies(line.centre, stick, SILENT)
    apply_bundle(other.session, [stick], SILENT)
    assert find_peer(other.session, line.session.profile.device).revoked
    with pytest.raises(TrustError) as caught:
        trust_peer(other.session, old_card)
    assert_error(caught.value, "card.key_lost")
    trust_peer(other.session, own_card(line.session))
    assert not find_peer(other.session, line.session.profile.device).revoked


def test_who_holds_only_a_former_key_can_not_name_a_successor(line: Line) -> None:
    """Whatever a replaced key signs, nothing it names is taken over."""
    line.up()
    rotate_keys(line.session)
    line.up()
    known, device = line.known_key(), line.session.profile.device
    forged = line.session.keys.prepare()
    card = line.session.cards.card(
        line.session.profile, to_wire(line.session.clock.now()), key=forged, former=device
    )
    fields: dict[str, Json] = {
        "3.key": forged,
        "3.card": card,
        "3.since": "2026-11-24T02:00:00.000Z",
    }
    with line.session.store.write() as transaction:
        said = NewEntry(KEYS_ROTATED, keys_subject(device), fields)
        transaction.append(line.session.officer.number, said)
    line.up()
    assert line.known_key() == known


def test_a_card_carried_by_hand_does_the_same_as_a_bundle(line: Line) -> None:
    line.up()
    fresh = rotate_keys(line.session)
    approve(line.centre, own_card(line.session))
    peer = find_peer(line.centre, fresh.fingerprint)
    assert peer.keys[1].state_at(line.centre.clock.now()) is KeyState.OVERLAP
    assert not line.up().problems


def test_a_station_enrolled_after_the_change_begins_with_the_new_key(line: Line) -> None:
    fresh = rotate_keys(line.centre)
    other = take_seat(line.folder / "other", "A", unit_code="620102550000", unit_name="雁滩派出所")
    trust_peer(other.session, approve(line.centre, own_card(other.session)))
    peer = centre_of(other.session)
    assert peer is not None
    assert peer.card.fingerprint == fresh.fingerprint
    stick = line.stick()
    write_replies(line.centre, stick, SILENT)
    codes = {item.error.code for item in apply_bundle(other.session, [stick], SILENT).problems}
    assert codes == {"bundle.not_for_us"}
    other.session.store.close()


def test_a_former_key_is_destroyed_only_when_nobody_needs_it(line: Line) -> None:
    line.up()
    first = rotate_keys(line.session)
    rotate_keys(line.session)
    with pytest.raises(RuleError) as caught:
        destroy_key(line.session, first.fingerprint, receivers(line.session))
    assert_error(caught.value, "keys.still_needed")
    line.up()
    line.down()
    gone = destroy_key(line.session, first.fingerprint.lower(), receivers(line.session))
    assert not gone.held
    with pytest.raises(UserInputError) as unknown:
        destroy_key(line.session, first.fingerprint, receivers(line.session))
    assert_error(unknown.value, "keys.unknown")
    with pytest.raises(RuleError) as used:
        destroy_key(line.session, line.session.keys.current, receivers(line.session))
    assert_error(used.value, "keys.in_use")
    assert not line.up().problems


def test_the_first_key_is_destroyed_once_evidence_opens_without_it(line: Line) -> None:
    """Evidence is sealed to the key in use; the device keeps its id, its stream and everybody's trust."""
    session = line.session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "聊天.png", b"evidence of the first key")
    begun = session.vault.receive(BlobRef(sha256(b"begun").hexdigest(), 5))
    begun.write(b"be")
    rotate_keys(session)
    line.up()
    line.down()
    first = session.profile.device
    with pytest.raises(RuleError) as caught:
        destroy_key(session, first, receivers(session))
    assert_error(caught.value, "keys.opens_evidence")
    begun.write(b"gun")
    begun.commit()
    assert not destroy_key(session, first, receivers(session)).held
    assert check_health(session, SILENT) == ()
    assert session.vault.verify(sha256(b"begun").hexdigest(), SILENT)
    attach_picture(session, case, "后来.png", b"evidence of the second key")
    assert not line.up().problems
    with line.centre.store.read() as reader:
        assert len(reader.evidence(case)) == 2
    assert all_of(
        line.centre.vault.verify(item.sha256, SILENT) for item in case_evidence(session, case)
    )
    assert not line.down().problems


def test_evidence_on_a_stick_the_lost_key_signed_is_written_again(line: Line) -> None:
    """The centre refuses that stick, so the next export can not rely on it."""
    line.up()
    case = register_report(line.session, a_form(line.session, "马强")).case
    attach_picture(line.session, case, "截图.png", bytes(range(256)))
    stopped, first, second = Stopped(), line.stick(), line.stick()
    with pytest.raises(Cancelled):
        export_bundle(line.session, first, stopped, volume_size=64, on_volume=stopped.written)
    assert len(list(first.glob("*.fzb"))) == 3
    rotate_keys(line.session, lost="U 盘和电脑一起丢了")
    made = export_bundle(line.session, second, SILENT)
    assert (made.carried, made.blobs) == (0, 1)


class Stopped:
    """Progress of an export whose stick is pulled after its third volume."""

    def __init__(self) -> None:
        self.left = 3

    def written(self, _index: int, _volumes: int, _volume: WrittenVolume) -> None:
        self.left -= 1

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        if self.left <= 0:
            raise Cancelled


class KeyChange:
    """What our journal tells of one change of keys, and how far a receiver has acknowledged it."""

    def __init__(self, new: DeviceId, at: int, held: int, *, lost: bool = False) -> None:
        self._fields: Fields = {
            "2.key": new, "2.since": "2026-11-24T02:31:07.000Z", "2.lost": lost, "2.at.OTHER": 1,
        }  # fmt: skip
        if at:
            self._fields = {**self._fields, "2.at.STREAM": at}
        self._held = held

    def current(self, _subject: str) -> Fields:
        return self._fields

    def acknowledged(self, _device: DeviceId) -> dict[str, int]:
        return {"STREAM": self._held, "OTHER": 9}


@pytest.mark.parametrize(
    ("at", "held", "more", "signs"),
    [
        (0, 0, {}, False), (0, 9, {}, False), (5, 0, {}, False), (5, 4, {}, False), (5, 5, {}, True), (5, 9, {}, True),
        (0, 0, {"lost": True}, True),
    ],
)  # fmt: skip
def test_a_key_signs_only_for_who_learned_of_it_in_their_own_stream(
    line: Line, monkeypatch: pytest.MonkeyPatch, at: int, held: int, more: dict[str, bool], *, signs: bool
) -> None:  # fmt: skip
    new = DeviceId("K8P2V7WQ3H9XM4TD")
    monkeypatch.setattr(Profile, "stream_for", lambda _profile, _unit: "STREAM")
    peer = find_peer(line.session, line.centre.profile.device)
    change = cast("Reader", KeyChange(new, at, held, **more))
    first = line.session.profile.device
    assert signer_for(line.session, change, peer) == (new if signs else first)
    assert signer_for(line.session, change, replace(peer, knows=new)) == new
