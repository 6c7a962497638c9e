"""Whom we no longer trust: told to everybody, kept out everywhere, and nothing of theirs lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.bundles.volumes.reader import NOTHING
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange.peers import Head, PeerState, SenderCard
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal.authority import peer_subject
from desktop.journal.entry import NewEntry, seal
from desktop.journal.kinds import PARTY_CUT, PARTY_REVOKED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers import revoke_peer as revoking
from desktop.services.exchange.peers.trust import expiring, find_peer, own_card, revoked_unmet
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    apply_bundle,
    release_quarantine,
)
from desktop.services.exchange.take_in.before_the_cut import BeforeCut
from desktop.services.exchange.take_in.verify_origin import verify_origin
from desktop.services.look_up import board, case_file
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.support.ceremony import approve, colleague, revoke_peer, trust_peer
from tests.support.clocks import CountingIds, HandClock
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import KEY, Seat, a_form, take_seat


class Town:
    """Two desks of one station and a centre, each with a quarantine of its own."""

    def __init__(self, first: Session, centre: Session, folder: Path) -> None:
        self.folder = folder
        self.first = with_quarantine(first, folder / "qa")
        self.centre = with_quarantine(centre, folder / "qc")
        self.seat: Seat = take_seat(folder / "second", "B")
        self.second = with_quarantine(self.seat.session, folder / "qb")
        trust_peer(self.second, approve(self.centre, own_card(self.second)))
        self.count = 0

    def stick(self) -> Path:
        self.count += 1
        made = self.folder / f"s{self.count}"
        made.mkdir()
        return made

    def to_centre(self, session: Session) -> AppliedBundle:
        stick = self.stick()
        export_bundle(session, stick, SILENT)
        return self.take_in(stick)

    def take_in(self, stick: Path) -> AppliedBundle:
        return ingest(self.centre, self.centre.quarantine, [stick], SILENT)

    def from_centre(self, session: Session) -> AppliedBundle:
        stick = self.stick()
        write_replies(self.centre, stick, SILENT)
        return apply_bundle(session, [stick], SILENT)


def with_quarantine(session: Session, folder: Path) -> Session:
    return replace(session, quarantine=Quarantine(folder))


@pytest.fixture
def town(session: Session, centre: Session, quick_folder: Path) -> Town:
    return Town(session, centre, quick_folder)


def test_a_stolen_desk_is_kept_out_and_its_bundle_is_released_when_it_is_found(town: Town) -> None:
    device = town.second.profile.device
    peer = revoke_peer(town.centre, device, "电脑被盗")
    assert (peer.state_at(town.centre.clock.now()), peer.reason) == (
        PeerState.REVOKED,
        "电脑被盗",
    )
    register_report(town.second, a_form(town.second))
    for _ in range(2):  # the same stick twice leaves one copy
        refused = town.to_centre(town.second)
        assert_error(refused.problems[0].error, "bundle.revoked_sender")
        assert refused.applied == 0
    again = release_quarantine(town.centre, SILENT)
    assert [item.error.code for item in again.problems] == ["bundle.revoked_sender"] * 2
    assert len(town.centre.quarantine.rows()) == 2, "each export is another file"
    approve(town.centre, own_card(town.second))
    done = release_quarantine(town.centre, SILENT)
    assert not done.problems
    assert done.applied > 0
    assert town.centre.quarantine.rows() == ()


def test_the_centre_tells_every_desk_with_its_next_bundle(town: Town) -> None:
    device = town.second.profile.device
    trust_peer(town.first, own_card(town.second))
    assert find_peer(town.first, device).state_at(town.first.clock.now()) is PeerState.TRUSTED
    revoke_peer(town.centre, device, "电脑被盗")
    assert town.from_centre(town.first).problems == ()
    peer = find_peer(town.first, f"{device[:4]}-{device[4:8]} {device[8:].lower()}")
    assert (peer.revoked, peer.reason) == (True, "电脑被盗")
    with pytest.raises(TrustError) as caught:
        trust_peer(town.first, own_card(town.second))
    assert_error(caught.value, "card.revoked")
    approve(town.centre, own_card(town.second))
    town.from_centre(town.first)
    assert not find_peer(town.first, device).revoked, "found again, and told again"


def test_a_station_enrolled_later_hears_of_earlier_revocations(town: Town) -> None:
    revoke_peer(town.centre, town.second.profile.device, "设备报废")
    other = take_seat(town.folder / "other", "A", unit_code="620102550000", unit_name="雁滩派出所")
    trust_peer(other.session, approve(town.centre, own_card(other.session)))
    town.from_centre(other.session)
    with pytest.raises(TrustError, match=r"card\.revoked"):
        trust_peer(other.session, own_card(town.second))
    assert revoked_unmet(other.session) == (town.second.profile.device,)
    assert revoked_unmet(town.first) == ()
    other.session.store.close()


def stolen_between_two_sticks(town: Town) -> tuple[Path, Path]:
    """Two sticks of the second desk for the first; the centre revoked it between them and told the first desk."""
    trust_peer(town.first, own_card(town.second))
    trust_peer(town.second, own_card(town.first))
    sticks = town.stick(), town.stick()
    register_report(town.second, a_form(town.second))
    export_bundle(town.second, sticks[0], SILENT, receiver=town.first.profile.device)
    register_report(town.second, a_form(town.second))
    town.to_centre(town.second)
    revoke_peer(town.centre, town.second.profile.device, "电脑被盗")
    town.from_centre(town.first)
    register_report(town.second, a_form(town.second))
    export_bundle(town.second, sticks[1], SILENT, receiver=town.first.profile.device)
    return sticks


def test_a_centre_that_never_had_its_journal_takes_nothing_back(town: Town) -> None:
    """A colleague's computer that was stolen before it ever met the centre: what it recorded until then stands."""
    trust_peer(town.first, own_card(town.second))
    trust_peer(town.second, own_card(town.first))
    device, sticks = town.second.profile.device, (town.stick(), town.stick())
    case = register_report(town.second, a_form(town.second)).case
    export_bundle(town.second, sticks[0], SILENT, receiver=town.first.profile.device)
    assert apply_bundle(town.first, [sticks[0]], SILENT).problems == ()
    revoke_peer(town.centre, device, "电脑被盗")
    town.from_centre(town.first)
    assert find_peer(town.first, device).revoked
    assert town.first.store.overreach(SILENT) == ()
    town.first.store.rebuild(SILENT)
    assert case_file(town.first, case).case.number
    register_report(town.second, a_form(town.second))
    export_bundle(town.second, sticks[1], SILENT, receiver=town.first.profile.device)
    before = length(town.first)
    refused = apply_bundle(town.first, [sticks[1]], SILENT)
    assert (refused.applied, len(refused.problems)) == (0, 1)
    assert length(town.first) == before


def test_what_was_written_before_the_cut_is_accepted_from_an_old_stick(town: Town) -> None:
    """The colleague never met the centre's word before the sticks of the stolen desk turned up."""
    device = town.second.profile.device
    early, late = stolen_between_two_sticks(town)
    waits = apply_bundle(town.first, [early], SILENT)
    assert_error(waits.problems[0].error, "bundle.cut_unproven")
    assert waits.applied == 0, "who has the device could have written this alone"
    done = apply_bundle(town.first, [late], SILENT)
    assert_error(done.problems[0].error, "bundle.after_cut")
    assert done.applied > 0
    with town.centre.store.read() as reader:
        cut = reader.heads()[device]
    with town.first.store.read() as reader:
        assert reader.heads()[device] == cut
    assert len(board(town.first)) == 2
    report = verify_origin(town.first, SILENT)
    assert report.faults == ()
    proven = next(item for item in report.devices if item.device == device)
    assert (proven.chained, proven.before) == (cut, 0), "by the head that the revocation names"
    again = apply_bundle(town.first, [late], SILENT)
    assert_error(again.problems[0].error, "bundle.revoked_sender")
    approve(town.centre, own_card(town.second))
    town.from_centre(town.first)
    released = release_quarantine(town.first, SILENT)
    assert released.problems == ()
    assert len(board(town.first)) == 3, "the device was found: nothing of it was lost"
    assert town.first.quarantine.rows() == ()


def test_a_bundle_that_ends_at_the_cut_is_taken_whole(town: Town) -> None:
    """Officers of the first desk revoke it themselves, at the last entry of the bundle that is still on its way."""
    device, own = town.second.profile.device, town.first.profile.device
    trust_peer(town.first, own_card(town.second))
    trust_peer(town.second, own_card(town.first))
    register_report(town.second, a_form(town.second))
    stick = town.stick()
    export_bundle(town.second, stick, SILENT, receiver=own)
    (volume,) = stick.glob("*.fzb")
    manifest = town.first.volumes.read_volume(volume, NOTHING, lambda *_: None, SILENT)
    last = manifest.ranges[device][1]
    with town.second.store.read() as reader:
        (entry,) = reader.entries(device, last, last)
    subject = peer_subject(own, device)
    revoked = {"revoked_at": "2026-11-24T01:00:00.000Z", "revoked_reason": "电脑被盗"}
    cut: dict[str, Json] = {"cut.heads": {device: last}, "cut.tips": {device: entry.hash}}
    with town.first.store.write() as transaction:
        number = town.first.officer.number
        transaction.append(number, NewEntry(PARTY_REVOKED, subject, revoked))
        at: dict[str, Json] = {"cut.revoked_at": revoked["revoked_at"]}
        transaction.append(number, NewEntry(PARTY_CUT, subject, {**cut, **at}))
    done = apply_bundle(town.first, [stick], SILENT)
    assert (done.problems, len(board(town.first))) == ((), 1)
    (signed,) = (
        item for item in verify_origin(town.first, SILENT).devices if item.device == device
    )
    assert signed.signed == last
    again = apply_bundle(town.first, [stick], SILENT)
    assert_error(again.problems[0].error, "bundle.revoked_sender")


def test_a_forged_story_of_before_the_cut_is_refused(town: Town) -> None:
    """Who stole the desk goes back to an old state of it and writes other entries under the old numbers."""
    device = town.second.profile.device
    trust_peer(town.first, own_card(town.second))
    trust_peer(town.second, own_card(town.first))
    before = town.folder / "before.db"
    town.second.store.copy_to(before, SILENT)
    register_report(town.second, a_form(town.second))
    town.to_centre(town.second)
    revoke_peer(town.centre, device, "电脑被盗")
    town.from_centre(town.first)
    stolen = replace(
        town.second,
        store=SqlStore.open(before, KEY, town.second.profile, town.second.clock),
        ids=CountingIds("7e"),
    )
    for _ in range(9):
        register_report(stolen, a_form(stolen))
    stick = town.stick()
    export_bundle(stolen, stick, SILENT, receiver=town.first.profile.device)
    stolen.store.close()
    refused = apply_bundle(town.first, [stick], SILENT)
    assert_error(refused.problems[0].error, "bundle.cut_unproven")
    with town.first.store.read() as reader:
        assert device not in reader.heads()


def test_a_forged_entry_among_genuine_ones_breaks_the_chain_to_the_cut(town: Town) -> None:
    """Who has the device has its genuine last entry too, and can put it behind forged ones."""
    device = town.second.profile.device
    trust_peer(town.first, own_card(town.second))
    register_report(town.second, a_form(town.second))
    export_bundle(town.second, town.stick(), SILENT)
    with town.second.store.read() as reader:
        genuine = list(reader.entries(device, 1, reader.heads()[device]))
    last, old = genuine[-1], genuine[-2]
    forged = seal(
        NewEntry(old.kind, old.subject, old.fields), stream=device, seq=old.seq, lamport=old.lamport,
        wall=old.wall, officer="620199", replaces=old.replaces, prev=old.prev,
    )  # fmt: skip
    manifest = a_manifest(device, last.seq)
    peer = replace(
        find_peer(town.first, device), revoked=True, cut={device: Head(last.seq, last.hash)}
    )
    with town.first.store.read() as reader:
        BeforeCut(peer, manifest).require_proven(reader, genuine)
        with pytest.raises(TrustError, match=r"^bundle\.cut_unproven$"):
            BeforeCut(peer, manifest).require_proven(reader, [*genuine[:-2], forged, last])


def a_manifest(device: DeviceId, last: int) -> VolumeManifest:
    sender = SenderCard(device, "", "", "desk", "", "")
    return VolumeManifest(
        BundleId("b"), "", 1, 1, sender, device, {device: (1, last)}, last, (), "", ""
    )


def test_a_cut_says_nothing_of_a_later_revocation(town: Town) -> None:
    """The device was found, and revoked once more by a program that names no entry."""
    device = town.second.profile.device
    assert revoke_peer(town.centre, device, "电脑被盗").cut is not None
    approve(town.centre, own_card(town.second))
    subject = peer_subject(town.centre.profile.device, device)
    said: dict[str, Json] = {"revoked_at": "2026-12-24T01:00:00.000Z", "revoked_reason": "x"}
    with town.centre.store.write() as transaction:
        number = town.centre.officer.number
        transaction.append(number, NewEntry(PARTY_REVOKED, subject, said))
    peer = find_peer(town.centre, device)
    assert (peer.revoked, peer.cut) == (True, None)


def test_officers_name_the_entry_at_which_it_was_stolen(town: Town) -> None:
    device = town.second.profile.device
    town.to_centre(town.second)
    with town.centre.store.read() as reader:
        honest = reader.heads()[device]
    register_report(town.second, a_form(town.second))
    town.to_centre(town.second)
    second = colleague(town.centre)
    with pytest.raises(UserInputError) as caught:
        revoking.revoke_peer(town.centre, device, "电脑被盗", second, up_to=9999)
    assert_error(caught.value, "trust.cut_unknown")
    peer = revoking.revoke_peer(
        town.centre, device, "电脑被盗", colleague(town.centre), up_to=honest
    )
    assert peer.cut is not None
    assert peer.cut[device].seq == honest
    found = town.centre.store.overreach(SILENT)
    assert {item.error.code for item in found} == {"authority.after_revocation"}, (
        "what was accepted before stands, and is told"
    )


def test_a_revocation_of_before_that_names_no_entry_keeps_everything_out(town: Town) -> None:
    device = town.second.profile.device
    subject = peer_subject(town.centre.profile.device, device)
    said = {"revoked_at": "2026-11-24T01:00:00.000Z", "revoked_reason": "电脑被盗"}
    with town.centre.store.write() as transaction:
        revoked = NewEntry(PARTY_REVOKED, subject, said)
        transaction.append(town.centre.officer.number, revoked)
    register_report(town.second, a_form(town.second))
    refused = town.to_centre(town.second)
    assert_error(refused.problems[0].error, "bundle.revoked_sender")
    assert refused.applied == 0


def test_nobody_is_written_to_once_revoked(town: Town) -> None:
    revoke_peer(town.centre, town.second.profile.device, "电脑被盗")
    stick = town.stick()
    write_replies(town.centre, stick, SILENT)
    assert [item.error.code for item in apply_bundle(town.second, [stick], SILENT).problems] == [
        "bundle.not_for_us"
    ]


def test_one_stick_serves_both_desks_and_comes_back_to_the_centre(town: Town) -> None:
    register_report(town.first, a_form(town.first))
    stick = town.stick()
    for session in (town.first, town.second):
        export_bundle(session, stick, SILENT)
    taken = town.take_in(stick)
    answers = len(write_replies(town.centre, stick, SILENT))
    assert (taken.others, answers) == (0, 2)
    for session in (town.first, town.second):
        done = apply_bundle(session, [stick], SILENT)
        assert (done.problems, done.bundles, done.others) == ((), 1, 3), (
            "others' answer and two bundles"
        )
        assert done.receipts
    again = town.take_in(stick)
    assert (again.problems, again.applied, again.others) == ((), 0, answers)
    assert town.centre.quarantine.rows() == ()


def test_trust_ends_and_is_renewed(town: Town) -> None:
    clock = town.centre.clock
    assert isinstance(clock, HandClock)
    assert expiring(town.centre) == ()
    clock.advance(hours=24 * (3 * 365 - 20))
    assert len(expiring(town.centre)) == 2, "a month before it ends"
    clock.advance(hours=24 * 60)
    register_report(town.first, a_form(town.first))
    refused = town.to_centre(town.first)
    assert_error(refused.problems[0].error, "bundle.expired_sender")
    approve(town.centre, own_card(town.first))
    assert not release_quarantine(town.centre, SILENT).problems
    assert town.centre.quarantine.rows() == ()
    assert [peer.card.device for peer in expiring(town.centre)] == [town.second.profile.device]


def test_a_desk_keeps_what_a_revoked_centre_sent_and_leaves_what_is_for_others(town: Town) -> None:
    town.to_centre(town.first)
    other = town.stick()
    write_replies(town.centre, other, SILENT)
    done = apply_bundle(town.second, [other], SILENT)
    assert (done.problems, done.others) == ((), 1)
    assert town.second.quarantine.rows() == (), "the neighbour's volume is none of our business"
    revoke_peer(town.second, town.centre.profile.device, "中心换机")
    done = apply_bundle(town.second, [other], SILENT)
    assert "bundle.revoked_sender" in {item.error.code for item in done.problems}
    (row,) = town.second.quarantine.rows()
    assert row.code == "bundle.revoked_sender"


def test_a_revocation_needs_a_known_device_and_a_reason(town: Town) -> None:
    with pytest.raises(UserInputError) as caught:
        revoke_peer(town.centre, town.second.profile.device, "  ")
    assert_error(caught.value, "trust.reason_missing")
    with pytest.raises(UserInputError) as caught:
        find_peer(town.centre, "0000-0000")
    assert_error(caught.value, "trust.unknown_party")


def test_a_bundle_of_a_newer_program_is_taken_in_after_the_update(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_report(town.first, a_form(town.first))
    stick = town.stick()
    export_bundle(town.first, stick, SILENT)
    with monkeypatch.context() as old:
        old.setattr("desktop.bundles.volumes.tag_files.FORMAT", 0)
        refused = town.take_in(stick)
    assert_error(refused.problems[0].error, "bundle.newer_version")
    assert release_quarantine(town.centre, SILENT).applied > 0
    assert town.centre.quarantine.rows() == ()


@pytest.mark.parametrize("old", [False, True])
def test_a_damaged_copy_goes_once_the_sound_one_came(town: Town, old: bool) -> None:
    """``old``: kept by a program that did not record what a volume was called."""
    register_report(town.first, a_form(town.first))
    stick, bad = town.stick(), town.stick()
    export_bundle(town.first, stick, SILENT)
    (volume,) = stick.glob("*.fzb")
    data = volume.read_bytes()
    for number, name in enumerate((volume.name, "fanzha-620102540000-A-000009-1of1.fzb")):
        (bad / name).write_bytes(data[: -400 - number])
    town.take_in(bad)
    named = [volume.name, "fanzha-620102540000-A-000009-1of1.fzb"]
    with_quarantine = town.centre.quarantine.rows()
    for row in with_quarantine if old else ():
        reason = town.centre.quarantine.path(f"{row.name}.reason.json")
        reason.write_text(reason.read_text("utf-8").replace('"file": ', '"other": '), "utf-8")
    town.take_in(bad)
    with_quarantine = town.centre.quarantine.rows()
    assert sorted(row.file for row in with_quarantine) == sorted(named)
    assert town.take_in(stick).applied > 0
    (left,) = town.centre.quarantine.rows()
    assert left.file == named[1], "another volume is still missed"


@pytest.mark.parametrize("reason", ["journal.newer", "entry.early", "entry.overreach"])
def test_what_an_earlier_program_refused_whole_is_taken_in_by_this_one(
    town: Town, reason: str
) -> None:
    register_report(town.second, a_form(town.second))
    stick = town.stick()
    export_bundle(town.second, stick, SILENT)
    (volume,) = stick.rglob("*.fzb")
    town.centre.quarantine.keep(volume, TrustError(reason), town.centre.clock.now())
    done = release_quarantine(town.centre, SILENT)
    assert not done.problems
    assert done.applied > 0
    assert town.centre.quarantine.rows() == ()
