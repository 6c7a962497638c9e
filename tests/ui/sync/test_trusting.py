"""Whom the desk trusts: seen, revoked with a reason, written for; and what everybody has to know above it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.exchange.volumes import Pending
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import InstallationRole
from desktop.services.exchange.peers.our_centre import centre as our_centre
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle
from desktop.services.ports.exchange.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.drives import Drive
from desktop.ui.sync.enrolling import CentreEnrolment
from tests.support.ceremony import COLLEAGUE as COLLEAGUE_HERE
from tests.support.ceremony import THEIR_PASSWORD, approve, enrol, trust_peer
from tests.support.sessions import take_seat
from tests.support.texts import zh
from tests.ui.pages.sync import SyncPage, trust_compared
from tests.ui.pages.window_page import WindowPage
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import (
    NOW,
    CardboardDrives,
    a_party,
    a_row,
    refused,
    what_is_left,
)

COLLEAGUE = Peer(
    PeerCard(
        "enrolment", DeviceId("B0VN0W6R8YEB52KJ"), "620102540000", "张掖路派出所", "B", "desk",
        "ssh-ed25519 AAAA", "age1x", "2026-11-20T02:00:00.000Z",
    ),
    NOW - timedelta(days=4), "620134", revoked=False, valid_until=NOW + timedelta(days=1091),
)  # fmt: skip
CENTRE_PARTY = replace(a_party(), valid_until=NOW + timedelta(days=20))


def opened(make_page: MakePage, desk: SyncDesk) -> tuple[SyncPage, WindowPage]:
    desk.note_trust("peer_actions.peers", answer=(CENTRE_PARTY, COLLEAGUE))
    page = make_page()
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    return page, page.dialog("parties_dialog")


def choose(dialog: WindowPage, device: str) -> None:
    dialog.find("parties_table").select_key(device)  # type: ignore[attr-defined]  # a table of ours


@pytest.fixture
def colleague(desk: SyncDesk, quick_folder: Path) -> DeviceId:
    """The other desk of the station, trusted."""
    other = take_seat(quick_folder / "b", "B").session
    return trust_peer(desk.session, own_card(other)).card.device


def parties(make_page: MakePage) -> tuple[SyncPage, WindowPage]:
    page = make_page()
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    return page, page.dialog("parties_dialog")


def test_a_device_is_revoked_with_a_reason(
    make_page: MakePage, desk: SyncDesk, colleague: DeviceId
) -> None:
    page, dialog = parties(make_page)
    choose(dialog, colleague)
    dialog.click("parties_revoke")
    asked = dialog.dialog("revoke_dialog")
    assert not asked.find("revoke_accept", QAbstractButton).isEnabled()
    asked.fill("revoke_reason", "电脑被盗")
    asked.click("revoke_accept")
    second(page)
    (gone,) = (peer for peer in peers(desk.session) if peer.card.device == colleague)
    assert (gone.revoked, gone.reason) == (True, "电脑被盗")
    choose(dialog, colleague)
    assert "电脑被盗" in dialog.text("parties_detail")
    assert not dialog.find("parties_revoke", QAbstractButton).isEnabled()
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []


def second(page: SyncPage) -> None:
    """The second officer types number and password, where one is asked for."""
    if not page.closed("second_officer_dialog"):
        asked = page.dialog("second_officer_dialog")
        asked.fill("second_number", COLLEAGUE_HERE.number)
        asked.fill("second_password", THEIR_PASSWORD)
        asked.click("second_accept")


def test_a_bundle_is_written_for_a_colleague(
    make_page: MakePage, desk: SyncDesk, centre: Session, colleague: DeviceId, stick: Drive
) -> None:
    desk.stop()
    exports = desk.note("exporting.export_bundle")
    page, dialog = parties(make_page)
    choose(dialog, centre.profile.device)
    assert not dialog.find("parties_export", QAbstractButton).isEnabled(), "the centre has its own"
    choose(dialog, colleague)
    dialog.click("parties_export")
    assert written(exports) == [(stick.root, colleague, False)]
    assert "可以拔出" in page.text("sync_export_banner_message")


def written(exports: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Where to, for whom, and whether afresh."""
    return [(folder, receiver, afresh) for folder, _, receiver, _, afresh in exports]


def test_exporting_again_does_not_rely_on_a_stick_that_may_be_lost(
    make_page: MakePage, desk: SyncDesk, stick: Drive
) -> None:
    desk.stop()
    exports = desk.note("exporting.export_bundle")
    desk.changed_status["bundles"] = (a_row("A-000213", "exported"), a_row("A-000212", "begun"))
    page = make_page()
    page.history.select_key("A-000213")
    page.click("sync_again")
    page.history.select_key("A-000212")
    page.click("sync_again")
    assert written(exports) == [(stick.root, None, True), (stick.root, None, False)]


def test_a_bundle_for_a_colleague_is_written_again_for_them(
    make_page: MakePage, desk: SyncDesk, colleague: DeviceId, stick: Drive
) -> None:
    """Also when the centre has everything."""
    desk.stop()
    exports = desk.note("exporting.export_bundle")
    desk.changed_status = {
        "bundles": (a_row("A-000213", "exported", peer_letter="B", peer=colleague),),
        "pending": Pending(0, 0, 0, 0, 0, NOW),
    }
    page = make_page()
    page.history.select_key("A-000213")
    page.click("sync_again")
    assert written(exports) == [(stick.root, colleague, True)]


def test_what_is_to_be_written_again_waits_for_a_stick(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives, stick: Drive
) -> None:
    desk.stop()
    exports = desk.note("exporting.export_bundle")
    desk.changed_status["bundles"] = (a_row("A-000213", "exported"),)
    drives.drives = ()
    page = make_page()
    page.history.select_key("A-000213")
    assert not page.enabled("sync_again")
    drives.drives = (stick,)
    page.target.refresh()
    page.click("sync_again")
    assert written(exports) == [(stick.root, None, True)]


def test_what_everybody_must_know_stands_above(make_page: MakePage, desk: SyncDesk) -> None:
    desk.changed_status = {"uncopied": 0}
    page = make_page()
    assert not page.shown("sync_standing")
    assert not page.find("sync_quarantine", QAbstractButton).isEnabled()
    desk.changed_status = {"uncopied": 9}
    page.widget.opened()
    assert "9 天" in page.text("sync_standing_message")
    desk.changed_status = {"quarantined": 3, "uncopied": 9}
    page.widget.opened()
    assert "3 卷" in page.text("sync_standing_message")
    desk.changed_status = {"quarantined": 3, "expiring": (CENTRE_PARTY,)}
    page.widget.opened()
    assert "2026-12-14" in page.text("sync_standing_message")
    gone = replace(CENTRE_PARTY, valid_until=NOW - timedelta(days=3))
    desk.changed_status = {"quarantined": 3, "expiring": (gone,)}
    page.widget.opened()
    assert "已在 2026-11-21 到期" in page.text("sync_standing_message")
    assert "本机的日期" in page.text("sync_standing_message")
    desk.changed_status = {"rolled_back": True, "expiring": (CENTRE_PARTY,)}
    page.widget.opened()
    assert "旧" in page.text("sync_standing_message")


def test_the_quarantine_tells_each_reason_and_is_tried_again(
    make_page: MakePage, desk: SyncDesk
) -> None:
    desk.changed_status = {"quarantined": 2}
    rows = (
        Quarantined("C-000045-2.fzb", NOW, "bundle.expired_sender", 412 << 20, "620100000000"),
        Quarantined("x.fzb", NOW, "bundle.damaged", 9),
    )
    desk.monkeypatch.setattr(desk.session.quarantine, "rows", lambda: rows)
    desk.note("importing.peers", answer=(CENTRE_PARTY,))
    page = make_page()
    page.click("sync_quarantine")
    dialog = page.dialog("quarantine_dialog")
    table = dialog.find("quarantine_table", QTableView)
    said = [[str(table.model().index(row, c).data()) for c in range(2)] for row in range(2)]
    assert said[0] == ["兰州市反诈中心", zh("errors.bundle.expired_sender.what")]
    assert "重新登记" in dialog.text("quarantine_detail"), "what to do about the first"
    table.selectRow(1)
    assert zh("sync.again") in dialog.text("quarantine_detail")
    nothing = AppliedBundle(0, 0, 0, 0, 0, 0, 0, frozenset(), 0, 0, ())
    tried = desk.note("importing.release_quarantine", answer=nothing)
    dialog.click("quarantine_release")
    assert len(tried) == 1
    assert "还没有可以导入的" in page.message("sync_banner")
    partly = AppliedBundle(
        1, 1, 3, 0, 0, 0, 0, frozenset(), 1, 0, (refused("C-1.fzb", "bundle.damaged"),)
    )
    desk.note("importing.release_quarantine", answer=partly)
    page.click("sync_quarantine")
    page.dialog("quarantine_dialog").click("quarantine_release")
    assert "还有 1 卷留在隔离区" in page.message("sync_banner")


def test_what_a_gone_desk_left_is_reported_in_its_place(
    make_page: MakePage, desk: SyncDesk
) -> None:
    first, other = what_is_left("B", 12), what_is_left("C", 1)
    desk.changed_status = {"left": (first, other), "quarantined": 3}
    adopted = desk.note("sync_screen.adopt_records", answer=12)
    page = make_page()
    assert "B 机" in page.text("sync_standing_message")
    assert "12 条" in page.text("sync_standing_message")
    desk.changed_status["left"] = (other,)
    page.click("sync_standing_action")
    assert adopted == [(first.peer.card.device,)]
    assert "C 机" in page.text("sync_standing_message"), "the next one follows"
    desk.changed_status["left"] = ()
    page.click("sync_standing_action")
    assert "3 卷" in page.text("sync_standing_message")
    assert not page.shown("sync_standing_action")


def test_a_stick_is_let_go(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives, stick: Drive
) -> None:
    desk.stop()
    drives.drives = (replace(stick, device="/dev/sdb1"),)
    page = make_page()
    assert not page.shown("sync_eject")
    page.click("sync_export")
    page.click("sync_eject")
    assert page.text("sync_export_banner_message") == zh("sync.ejected")
    assert not page.shown("sync_eject")
    assert not drives.carried()
    assert len(list(stick.root.glob("**/*.fzb"))) == 1


def test_of_two_sticks_the_one_that_was_written_is_let_go(
    make_page: MakePage, desk: SyncDesk, drives: CardboardDrives, stick: Drive
) -> None:
    desk.stop()
    written_to = replace(stick, device="/dev/sdb1")
    other = Drive(stick.root.with_name("OTHER"), "OTHER", stick.free, "/dev/sdc1")
    drives.drives = (written_to, other)
    page = make_page()
    page.click("sync_export")
    page.target.set_value(str(other.root))
    page.target.activated.emit(page.target.currentIndex())
    page.click("sync_eject")
    assert drives.carried() == (other,)


def test_the_history_says_on_which_stick_and_when_it_was_acknowledged(
    make_page: MakePage, desk: SyncDesk
) -> None:
    desk.changed_status["bundles"] = (
        a_row("A-000213", "acknowledged", medium="KINGSTON", answered_at=NOW - timedelta(hours=1)),
        a_row("A-000212", "begun", medium="KINGSTON · STICK"),
    )
    page = make_page()
    assert page.cell(0, 3) == "KINGSTON"
    assert page.cell(0, 5) == "今天 09:31 已全部收到"
    assert page.cell(1, 5).startswith("没有写完")


def test_an_enrolment_is_warned_of_before_it_ends(make_page: MakePage, desk: SyncDesk) -> None:
    unmet = (DeviceId("K8P2V7WQ3H9XM4TD"),)
    desk.note_trust("peer_actions.revoked_unmet", answer=unmet)
    _, dialog = opened(make_page, desk)
    choose(dialog, CENTRE_PARTY.card.device)
    model = dialog.find("parties_table").model()  # type: ignore[attr-defined]  # a table of ours
    assert {model.index(row, 2).data() for row in range(2)} == {
        zh("trust.is.ends_soon"),
        zh("trust.is.trusted"),
    }
    assert "2026-12-14" in dialog.text("parties_detail")
    assert "K8P2-V7WQ-3H9X-M4TD" in dialog.text("parties_unmet")
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []


def test_another_centre_takes_the_place_after_a_warning_and_by_two(
    make_page: MakePage, desk: SyncDesk, kit: Kit, qtbot: QtBot, quick_folder: Path
) -> None:
    """What the centre's card leads to once its fingerprint was compared."""
    successor = take_seat(
        quick_folder / "successor",
        "C",
        unit_code="620100000000",
        unit_name="市反诈中心",
        role=InstallationRole.CENTRE,
    ).session
    enrol(desk.session, COLLEAGUE_HERE)
    text = approve(successor, own_card(desk.session))
    page = make_page()
    enrolling = CentreEnrolment(kit, desk.session, page.widget)

    def accept() -> None:
        trust_compared(enrolling, text)
        if not page.closed("second_officer_dialog"):
            second(page)

    accept()
    page.dialog("confirm_dialog").click("confirm_cancel")
    assert centre_of(desk.session) != successor.profile.device
    accept()
    page.dialog("confirm_dialog").click("confirm_accept")
    with qtbot.waitSignal(enrolling.trusted):
        second(page)
    assert centre_of(desk.session) == successor.profile.device


def centre_of(session: Session) -> DeviceId | None:
    peer = our_centre(session)
    return peer.card.device if peer is not None else None
