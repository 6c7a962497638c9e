"""Two desks of a station and the centre over one shared folder: bundles move by themselves and it comes to rest."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.centre.replies import write_replies
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import TrustError, WorldError
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import resolve_conflict
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.exchange_folder import exchange_folder, mailbox
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.sync_status import sync_status
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.ceremony import revoke_peer
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, seat_at
from tests.support.stations import Station


def test_two_desks_and_the_centre_converge_and_rest(station: Station) -> None:
    case = register_report(station.a, a_form(station.a)).case
    attach_picture(station.a, case, "截图.png", os.urandom(2000))
    other = register_report(station.b, a_form(station.b, "马强")).case
    assert station.until_rest() < 8
    for session in station.all:
        assert {card.id for card in board(session)} == {case, other}
        assert session.vault.has(case_file(station.a, case).evidence[0].sha256)
        assert check_health(session, SILENT) == ()
    for session in (station.a, station.b):
        pending = sync_status(session).pending
        assert pending is not None
        assert (pending.cases, pending.orders, pending.blobs) == (0, 0, 0)
        assert not list(mailbox(station.folder, session.profile.device).glob("*.fzb"))
    assert station.until_rest() == 1, "receipts for receipts would go on for ever"


def test_how_far_an_order_got_is_said_of_the_desk_that_issued_it(station: Station) -> None:
    """Desk B compared the order's place in the journal of A with how far its own journal had got."""
    for name in ("马强", "孙丽", "何平"):
        register_report(station.b, a_form(station.b, name))
    station.until_rest()
    case = issue_stop(station.a, a_form(station.a), 0).case
    station.round(station.a)
    station.round(station.b)

    def far(session: Session) -> tuple[OrderState, int]:
        (view,) = case_file(session, case).orders
        return view.state, next(x.unsent_orders for x in board(session) if x.id == case)

    assert far(station.a) == (OrderState.CARRIED, 0)
    told = {(OrderState.ISSUED, 1), (OrderState.CARRIED, 0)}
    assert far(station.b) in told, (
        "desk A may have told already that it left, nobody that it is there"
    )
    station.until_rest()
    assert far(station.b) == far(station.a) == (OrderState.ACKNOWLEDGED, 0)


def test_both_change_one_case_and_a_person_decides(station: Station) -> None:
    case = register_report(station.a, a_form(station.a)).case
    station.until_rest()
    move_case(station.a, case, CaseState.FROZEN)
    move_case(station.b, case, CaseState.CLOSED)
    station.until_rest()
    shown = {case_file(session, case).case.state for session in station.all}
    assert len(shown) == 1, "the same value everywhere"
    for session in station.all:
        assert [conflict.field for conflict in case_file(session, case).conflicts] == ["state"]
    (conflict,) = case_file(station.b, case).conflicts
    resolve_conflict(station.b, conflict, CaseState.FROZEN.value)
    station.until_rest()
    for session in station.all:
        assert case_file(session, case).conflicts == ()
        assert case_file(session, case).case.state is CaseState.FROZEN


def test_a_colleagues_evidence_is_carried_by_its_own_desk(station: Station) -> None:
    case = register_report(station.a, a_form(station.a)).case
    attach_picture(station.a, case, "截图.png", b"picture")
    stick = station.root / "stick"
    exchange_folder(station.a, station.folder, SILENT)
    exchange_folder(station.b, station.folder, SILENT)
    stick.mkdir()
    made = export_bundle(station.b, stick, SILENT)
    assert (made.blobs, len(made.volumes)) == (0, 1)


@pytest.mark.parametrize("files", [0, 1])
def test_a_lost_bundle_is_written_again_after_a_day(station: Station, files: int) -> None:
    case = register_report(station.a, a_form(station.a)).case
    for _file in range(files):
        attach_picture(station.a, case, "截图.png", b"picture")
    assert station.round(station.a).written
    shutil.rmtree(station.folder)
    station.folder.mkdir()
    assert station.round(station.a).idle, "it is on its way"
    a_day_later(station)
    assert [made.blobs for made in station.round(station.a).written] == [files] * 2
    station.until_rest()
    assert {card.id for card in board(station.centre)} == {case}


def test_who_has_nothing_to_tell_is_silent_for_days(station: Station) -> None:
    register_report(station.a, a_form(station.a))
    station.until_rest()
    for _day in range(3):
        a_day_later(station)
        assert station.until_rest() == 1


def test_a_lost_evidence_volume_is_written_again_though_all_else_rests(station: Station) -> None:
    case = register_report(station.a, a_form(station.a)).case
    attach_picture(station.a, case, "截图.png", b"picture")
    station.round(station.a)
    box = mailbox(station.folder, station.centre.profile.device)
    *_, last = sorted(box.glob("*.fzb"))
    last.unlink()
    for session in (station.a, station.centre, station.a):
        station.round(session)
    (item,) = case_file(station.centre, case).evidence
    assert not station.centre.vault.has(item.sha256)
    assert station.round(station.a).idle, "it is on its way"
    a_day_later(station)
    assert box in [made.folder for made in station.round(station.a).written]
    station.until_rest()
    assert station.centre.vault.has(item.sha256)
    a_day_later(station)
    assert station.until_rest() == 1


def test_a_lost_receipt_is_given_again(station: Station) -> None:
    register_report(station.a, a_form(station.a))
    station.round(station.a)
    station.round(station.centre)
    (receipt,) = mailbox(station.folder, station.a.profile.device).glob("*.fzb")
    receipt.unlink()
    for session in (station.a, station.centre, station.a):
        station.round(session)
    assert board(station.a)[0].sync < 2
    a_day_later(station)
    station.until_rest()
    assert board(station.a)[0].sync == 2
    a_day_later(station)
    assert station.until_rest() == 1


def a_day_later(station: Station) -> None:
    for session in station.all:
        clock = session.clock
        assert isinstance(clock, HandClock)
        clock.advance(hours=25)


def test_what_is_still_being_copied_is_left_and_what_is_bad_is_quarantined(
    station: Station,
) -> None:
    register_report(station.a, a_form(station.a))
    stick = station.root / "stick"
    stick.mkdir()
    made = export_bundle(station.a, stick, SILENT)
    whole = (stick / made.volumes[0].name).read_bytes()
    copied = station.folder / made.volumes[0].name
    copied.write_bytes(whole[:-100])
    done = station.round(station.centre)
    assert (done.waiting, done.received.volumes) == (1, 0)
    assert station.centre.quarantine.rows() == ()
    copied.write_bytes(whole[:-300] + bytes([whole[-300] ^ 1]) + whole[-299:])
    station.round(station.centre)
    assert [row.code for row in station.centre.quarantine.rows()] == ["bundle.damaged"]
    assert (station.folder / "refused" / copied.name).is_file()
    copied.write_bytes(whole)
    assert station.round(station.centre).received.applied == made.entries
    assert (station.folder / "done" / copied.name).read_bytes() == whole
    assert station.round(station.a).received.receipts > 0


def test_others_mail_is_left_alone(station: Station) -> None:
    register_report(station.a, a_form(station.a))
    stick = station.root / "stick"
    stick.mkdir()
    made = export_bundle(station.a, stick, SILENT)
    copied = station.folder / made.volumes[0].name
    shutil.copy(stick / made.volumes[0].name, copied)
    assert not station.round(station.b).received.volumes
    assert copied.is_file()
    assert station.b.quarantine.rows() == ()


def test_a_revoked_colleague_gets_nothing(station: Station) -> None:
    revoke_peer(station.a, station.b.profile.device, "电脑被盗")
    register_report(station.a, a_form(station.a))
    station.round(station.a)
    assert not mailbox(station.folder, station.b.profile.device).exists()
    assert [peer.card.role for peer in receivers(station.a)] == ["centre"]


def test_a_folder_that_went_away_is_reported(station: Station) -> None:
    with pytest.raises(WorldError) as caught:
        exchange_folder(station.a, station.root / "gone", SILENT)
    assert_error(caught.value, "folder.gone")


def test_a_folder_whose_server_fails_is_reported(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_dir = Path.is_dir

    def fails(path: Path) -> bool:
        if path == station.folder:
            raise OSError(errno.EIO, "the network name is no longer available")
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", fails)
    with pytest.raises(WorldError) as caught:
        exchange_folder(station.a, station.folder, SILENT)
    assert_error(caught.value, "folder.gone")


def test_a_volume_that_is_being_read_keeps_nobody_from_his_mail(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    register_report(station.a, a_form(station.a))
    station.round(station.a)
    register_report(station.a, a_form(station.a, "马强"))
    boxes = [mailbox(station.folder, peer.card.device) for peer in receivers(station.a)]
    locked = {path for box in boxes for path in box.glob("*.fzb")}
    unlink = Path.unlink

    def refuses(path: Path, missing_ok: bool = False) -> None:
        if path in locked:
            raise PermissionError(errno.EACCES, "in use")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuses)
    written = station.round(station.a).written
    assert [made.folder for made in written] == boxes
    monkeypatch.undo()
    station.until_rest()
    assert {card.victim for card in board(station.centre)} == {"李秀兰", "马强"}
    assert not any(list(box.glob("*.fzb")) for box in boxes)


@pytest.mark.usefixtures("free_centre")
@pytest.mark.parametrize("written_since", [0, 1, 5])
def test_an_old_backup_is_noticed(station: Station, seat: Seat, written_since: int) -> None:
    """The desk is set back to a copy; what it writes under old numbers is never taken for what the centre holds."""
    register_report(station.a, a_form(station.a))
    station.until_rest()
    seat.session.store.close()
    backup = station.root / "backup"
    shutil.copytree(seat.root, backup)
    seat.reopen()
    station.a = replace(seat.session, quarantine=station.a.quarantine)
    case = register_report(station.a, a_form(station.a, "马强")).case
    station.until_rest()
    restored = seat_at(backup, seat, "77").session
    own = restored.profile.device
    with restored.store.read() as reader:
        common = reader.heads()[own]
    for number in range(written_since):
        register_report(restored, a_form(restored, f"赵敏{number}"))
    assert not sync_status(restored).rolled_back, "nobody told it yet"
    back = station.root / "back"
    back.mkdir()
    move_case(station.centre, case, CaseState.CLOSED)
    write_replies(station.centre, back, SILENT)
    apply_bundle(restored, [back], SILENT)
    assert sync_status(restored).rolled_back
    with restored.store.read() as reader:
        held = reader.acknowledged(station.centre.profile.device).get(own, 0)
    assert held <= common, "what was numbered anew counts as held by nobody"
    register_report(restored, a_form(restored, "丁建军"))
    assert {card.victim: card.sync for card in board(restored)}["丁建军"] == 0
    with pytest.raises(TrustError) as caught:
        export_bundle(restored, back, SILENT)
    assert_error(caught.value, "journal.rolled_back")
    restored.store.close()


def test_the_centre_refuses_a_second_story_of_a_restored_desk(station: Station, seat: Seat) -> None:
    register_report(station.a, a_form(station.a))
    station.until_rest()
    seat.session.store.close()
    backup = station.root / "backup"
    shutil.copytree(seat.root, backup)
    seat.reopen()
    station.a = replace(seat.session, quarantine=station.a.quarantine)
    register_report(station.a, a_form(station.a, "马强"))
    station.until_rest()
    restored = seat_at(backup, seat, "77").session
    register_report(restored, a_form(restored, "赵敏"))
    stick = station.root / "stick"
    stick.mkdir()
    export_bundle(restored, stick, SILENT)
    for path in stick.glob("*.fzb"):
        shutil.copy(path, station.folder)
    done = station.round(station.centre)
    assert [item.error.code for item in done.received.problems] == ["journal.fork"]
    assert [row.code for row in station.centre.quarantine.rows()] == ["journal.fork"]
    restored.store.close()


def test_a_file_that_has_its_length_before_its_content_is_looked_at_again(
    station: Station,
) -> None:
    """As Windows copies to a share: first the length, then the octets."""
    register_report(station.a, a_form(station.a))
    stick = station.root / "stick"
    stick.mkdir()
    made = export_bundle(station.a, stick, SILENT)
    whole = (stick / made.volumes[0].name).read_bytes()
    copied = station.folder / made.volumes[0].name
    now = station.centre.clock.now().timestamp()
    for ready in (0, len(whole) // 2):
        copied.write_bytes(whole[:ready] + bytes(len(whole) - ready))
        os.utime(copied, (now, now))
        done = station.round(station.centre)
        assert (done.waiting, done.refused) == (1, ())
        assert copied.is_file()
        assert station.centre.quarantine.rows() == ()
    copied.write_bytes(whole)
    assert station.round(station.centre).received.volumes == 1
    copied.write_bytes(whole[:-1] + b"?")
    os.utime(copied, (now - 300, now - 300))
    assert [item.error.code for item in station.round(station.centre).refused] == ["bundle.damaged"]
