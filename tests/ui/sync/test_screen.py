"""History, the urgent code, bundles that come in, and enrolment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPlainTextEdit, QWidget

from desktop.demo.gallery import clipped_texts
from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import Pending
from desktop.domain.ids import CaseId
from desktop.journal.kinds import SLIP_SHOWN
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, BundleVerdict
from desktop.services.exchange.take_in.lacking_volumes import LackingVolumes
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.ui.shared.widgets.input.drives import Drive
from tests.support.ceremony import approve
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.pages.evidence import files_of
from tests.ui.pages.sync import SyncPage
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import NOW, Papers, a_manifest, a_row, refused

TAKEN = AppliedBundle(
    1, 2, 7, 0, 0, 0, 0, frozenset({CaseId("a"), CaseId("b"), CaseId("c")}), 2, 1, ()
)
NOTHING = AppliedBundle(1, 1, 0, 5, 0, 0, 0, frozenset(), 0, 0, ())


def test_states_in_plain_words(make_page: MakePage, desk: SyncDesk) -> None:
    desk.stop()
    exports = desk.note("exporting.export_bundle")
    desk.changed_status["bundles"] = (
        a_row("A-3", "exported"),
        a_row("C-1", "applied", outgoing=False, cases=0, orders=0, blobs=0, entries=7),
        a_row("A-2", "acknowledged"),
        a_row("A-1", "partial", missing=("ab", "cd")),
        a_row("A-0", "refused"),
    )
    page = make_page()
    assert [page.cell(row, 5) for row in range(5)] == [
        zh("sync.state.exported"), zh("sync.state.applied"),
        zh("sync.state.acknowledged", who="中心"), zh("sync.state.missing", who="中心", count=2),
        zh("sync.state.refused"),
    ]  # fmt: skip
    assert page.cell(0, 0) == "↑ A-3"
    assert page.cell(1, 0) == "↓ C-1"
    assert page.cell(0, 2) == "6 案 · 指令 4 · 证据 19"
    assert page.cell(1, 2) == "记录 7"
    page.history.select_key("A-2")
    assert not page.shown("sync_again")
    page.history.select_key("A-1")
    page.click("sync_again")
    assert len(exports) == 1
    QAbstractItemModelTester(page.history.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_what_another_bundle_carries_on_is_no_alarm(make_page: MakePage, desk: SyncDesk) -> None:
    desk.changed_status["bundles"] = (
        a_row("A-4", "exported", peer_letter="B"),
        a_row("A-3", "acknowledged", peer_letter="B", orders=0, blobs=0),
        a_row("A-2", "continued"),
        a_row("A-1", "elsewhere"),
        a_row("A-0", "void"),
    )
    page = make_page()
    assert [page.cell(row, 5) for row in range(5)] == [
        zh("sync.state.exported"), "B 机已全部收到", zh("sync.state.continued"), zh("sync.state.elsewhere"),
        zh("sync.state.void"),
    ]  # fmt: skip
    assert page.cell(1, 2) == "给 B 机 · 6 案"
    for number in ("A-2", "A-1", "A-0"):
        page.history.select_key(number)
        assert not page.shown("sync_again"), "nothing is to be written once more"


def test_receipts_alone_change_no_case(make_page: MakePage, desk: SyncDesk, tmp_path: Path) -> None:
    desk.applied = AppliedBundle(1, 1, 1, 0, 0, 0, 0, frozenset(), 1, 0, ())
    page = make_page()
    page.drop(files_of(tmp_path / "C-1.fzb"))
    assert page.dialog_text("import_dialog", "import_headline") == "不改动案件：1 条回执"


def test_pressed_twice_while_the_desk_is_busy_a_dialog_opens_once(
    slow: tuple[SyncPage, HeldRunner], desk: SyncDesk
) -> None:
    page, runner = slow
    desk.changed_status = {"quarantined": 1}
    page.widget.opened()
    runner.run_all()
    for button, name in (
        ("sync_own_card", "card_sheet_dialog"), ("sync_quarantine", "quarantine_dialog"),
    ):  # fmt: skip
        page.click(button)
        page.click(button)
        runner.run_all()
        page.dialog(name).widget.close()
        assert page.closed(name)


def test_bundles_that_come_while_others_are_taken_in_are_not_passed_over_in_silence(
    slow: tuple[SyncPage, HeldRunner], desk: SyncDesk, tmp_path: Path
) -> None:
    page, runner = slow
    desk.applied = TAKEN
    page.drop(files_of(tmp_path / "C-1.fzb"))
    page.drop(files_of(tmp_path / "C-2.fzb"))
    assert "这些没有处理" in page.text("toast_message")
    runner.run_all()
    assert desk.applies == ["look"]
    page.dialog("import_dialog").click("import_cancel")


def test_what_came_in_before_it_was_stopped_is_shown(
    slow: tuple[SyncPage, HeldRunner], desk: SyncDesk, tmp_path: Path
) -> None:
    """The history is read anew, and it is said where the rest is."""
    page, runner = slow
    desk.applied = TAKEN
    page.drop(files_of(tmp_path / "C-1.fzb"))
    runner.run_all()
    page.dialog("import_dialog").click("import_accept")
    desk.changed_status["bundles"] = (a_row("C-1", "applied", outgoing=False),)
    runner.tasks[0].cancel()
    runner.run_all()
    assert "之前导入的都在" in page.message("sync_banner")
    assert page.cell(0, 0) == "↓ C-1"


def test_traces_of_the_exchange_alone_leave_nothing_to_worry_about(
    make_page: MakePage, desk: SyncDesk
) -> None:
    desk.changed_status["pending"] = Pending(0, 0, 0, 0, 0, NOW, traces=True, quiet=8)
    page = make_page()
    assert "案件、指令和证据均已送达中心；其余 8 条" in page.text("sync_details")
    assert page.enabled("sync_export"), "receipts for replies may go at any time"


def test_the_keyboard_begins_at_what_is_there(make_page: MakePage, desk: SyncDesk) -> None:
    page = make_page()
    assert page.widget.first_focus() is page.find("sync_target")
    desk.changed_status["bundles"] = (a_row("A-3", "exported"),)
    page.widget.opened()
    assert page.widget.first_focus() is page.history


def shown(desk: SyncDesk) -> int:
    """How many orders were shown as codes."""
    device = desk.session.profile.device
    with desk.session.store.read() as reader:
        entries = reader.entries(device, 1, reader.heads()[device])
        return sum(entry.kind == SLIP_SHOWN for entry in entries)


def test_the_code_is_made_once_for_an_order_and_printed_from_its_dialog(
    make_page: MakePage, desk: SyncDesk, papers: Papers
) -> None:
    order = desk.stop()
    page = make_page()
    page.widget.opened()
    page.widget.opened()
    assert shown(desk) == 1
    assert page.text("sync_slip_what") == "李秀兰 · ¥98,000 · 中国农业银行 6230…8996"
    page.click("sync_slip_larger")
    page.dialog("slip_dialog").click("slip_print")
    assert papers.opened == [order.number]
    withdraw_order(desk.session, order.id, "账号抄错")
    page.widget.opened()
    assert page.shown("sync_slip_none")


def test_everything_the_centre_has_not_heard_of_goes_on_one_slip(
    make_page: MakePage, desk: SyncDesk, papers: Papers
) -> None:
    orders = [desk.stop(name) for name in ("李秀兰", "马强", "刘芳")]
    page = make_page()
    page.click("sync_slip_all")
    assert shown(desk) == 4, "the newest alone, and all of them together"
    dialog = page.dialog("slip_dialog")
    assert dialog.text("code_number").startswith("第 1 张 / 共 ")
    dialog.click("slip_print")
    (title,) = papers.opened
    assert title.endswith(" 等 3 条")
    dialog.click("slip_close")
    for order in orders[1:]:
        withdraw_order(desk.session, order.id, "账号抄错")
    page.widget.opened()
    assert not page.shown("sync_slip_all")


def test_receipts_are_looked_at_before_they_are_taken_in(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    desk.applied = TAKEN
    page = make_page()
    page.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page.choose_in_dialog(tmp_path / "C-000871-1.fzb")
    assert desk.applies == ["look"]
    assert (
        page.dialog_text("import_dialog", "import_headline")
        == "将更新 3 案：4 条记录、2 条回执、1 条止付反馈"
    )
    page.dialog("import_dialog").click("import_cancel")
    assert desk.applies == ["look"]
    desk.applied = replace(TAKEN, proposals=3)
    page.drop(files_of(tmp_path))
    assert page.dialog_text("import_dialog", "import_headline").endswith(
        "1 条止付反馈、3 案提示串并"
    )
    page.dialog("import_dialog").click("import_cancel")
    desk.applied = TAKEN
    with page.qtbot.waitSignal(page.widget.changed):
        page.drop(files_of(tmp_path / "C-000871-1.fzb"))
        page.qtbot.waitUntil(lambda: page.focused().objectName() == "import_accept")
        page.press(Qt.Key.Key_Return)
    assert desk.applies == ["look", "look", "look", "apply"]


def test_what_somebody_has_to_choose_stays_said_after_an_import(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    page = make_page()
    for conflicts in (2, 0):
        desk.applied = replace(TAKEN, conflicts=conflicts)
        page.drop(files_of(tmp_path / "C-000871-1.fzb"))
        page.dialog("import_dialog").click("import_accept")
        assert ("2 处与本机的改动不一致" in page.message("sync_banner")) is bool(conflicts)
        assert clipped_texts(page.widget) == []


def test_what_was_exported_is_no_news_once_receipts_came(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    desk.stop()
    desk.applied = TAKEN
    page = make_page()
    page.click("sync_export")
    assert "收到对方回执后才算送达" in page.message("sync_export_banner")
    page.drop(files_of(tmp_path / "C-000871-1.fzb"))
    page.dialog("import_dialog").click("import_accept")
    assert page.message("sync_export_banner") == ""
    assert not page.shown("sync_volumes")


def test_what_brings_nothing_cannot_be_taken_in(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    page = make_page()
    desk.applied = NOTHING
    page.drop(files_of(tmp_path / "a.fzb"))
    assert "没有新内容" in page.dialog_text("import_dialog", "import_headline")
    dialog = page.dialog("import_dialog")
    assert not dialog.find("import_accept", QAbstractButton).isVisible()
    dialog.click("import_cancel")
    desk.applied = replace(
        NOTHING, volumes=0, already=0, problems=(refused("坏.fzb", "bundle.unknown_sender"),)
    )
    page.drop(files_of(tmp_path / "坏.fzb"))
    assert "没有一个可以导入" in page.dialog_text("import_dialog", "import_headline")
    assert page.dialog_text("import_dialog", "problem_0").startswith(
        "坏.fzb：发送这个包的机器没有登记"
    )
    page.dialog("import_dialog").click("import_accept")
    assert "1 卷留在隔离区" in page.message("sync_banner"), "it is not only on the stick any more"
    desk.applied = replace(NOTHING, already=0, problems=(refused("坏.fzb", "bundle.not_a_bundle"),))
    page.drop(files_of(tmp_path / "坏.fzb"))
    dialog = page.dialog("import_dialog")
    assert not dialog.find("import_accept", QAbstractButton).isVisible(), "none of our business"
    dialog.click("import_cancel")
    many = tuple(refused(f"坏{number}.fzb", "bundle.unknown_sender") for number in range(40))
    desk.applied = replace(NOTHING, already=0, problems=many)
    page.drop(files_of(tmp_path))
    assert page.dialog_text("import_dialog", "more_problems") == "另有 34 卷"


def test_gaps_conflicts_and_refusals_are_reported(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    page = make_page()
    desk.applied = AppliedBundle(
        1,
        1,
        4,
        2,
        3,
        1,
        0,
        frozenset({CaseId("a")}),
        0,
        0,
        (refused("2.fzb", "bundle.incomplete"),),
        ahead=90,
        lacking=(LackingVolumes("A-000213", "张掖路派出所", 6, (2, 3, 5)),),
    )
    page.drop(files_of(tmp_path))
    assert page.dialog_text("import_dialog", "import_headline") == "将更新 1 案：4 条记录"
    assert "2 条本机已有" in page.dialog_text("import_dialog", "import_already")
    assert "还晚 90 分钟" in page.dialog_text("import_dialog", "import_ahead")
    assert "A-000213 共 6 卷，第 2–3, 5 卷还没有收到" in page.dialog_text(
        "import_dialog", "import_lacking_volumes_0"
    )
    assert "3 条要等前面的包" in page.dialog_text("import_dialog", "import_held")
    assert "两个值都保留" in page.dialog_text("import_dialog", "import_conflicts")
    page.dialog("import_dialog").click("import_accept")
    assert "另有 1 卷没有导入" in page.message("sync_banner")
    assert page.text("sync_banner_detail").startswith("2.fzb：")


def test_a_check_tells_and_changes_nothing(
    make_page: MakePage, desk: SyncDesk, tmp_path: Path
) -> None:
    sound = BundleVerdict(True, (a_manifest(1), a_manifest(2)), ())
    desk.note("importing.verify_bundle", answer=sound)
    page = make_page()
    page.click("sync_verify")
    page.choose_in_dialog(tmp_path / "a.fzb")
    assert page.dialog_text("verdict_dialog", "verdict_headline") == zh("sync.verdict.good")
    page.dialog("verdict_dialog").click("verdict_close")
    broken = BundleVerdict(False, (), (refused("a.fzb", "bundle.incomplete"),))
    desk.note("importing.verify_bundle", answer=broken)
    page.click("sync_verify")
    page.choose_in_dialog(tmp_path / "a.fzb")
    assert page.dialog_text("verdict_dialog", "verdict_headline") == zh("sync.verdict.bad")
    assert desk.applies == []


def test_looking_can_be_stopped(slow: tuple[SyncPage, HeldRunner], desk: SyncDesk) -> None:
    page, runner = slow
    page.drop(files_of(Path("/media/a.fzb")))
    assert page.shown("sync_work")
    page.click("sync_work_cancel")
    runner.run_all()
    assert not page.shown("sync_work")
    assert page.message("sync_banner") == ""
    assert desk.applies == []


def test_without_a_centre_the_two_steps_are_shown(
    make_page: MakePage, alone: SyncDesk, papers: Papers, stick: Drive, tmp_path: Path
) -> None:
    fingerprint = grouped(alone.session.keys.current)
    page = make_page()
    assert page.text("enrol_fingerprint") == fingerprint
    page.click("enrol_own_card")
    sheet = page.dialog("card_sheet_dialog")
    assert sheet.text("card_sheet_fingerprint") == fingerprint
    for name, button in (("card.txt", "card_sheet_file"), ("card.png", "card_sheet_picture")):
        sheet.click(button)
        page.choose_in_dialog(tmp_path / name)
        assert name in sheet.text("card_sheet_banner_message")
    assert (tmp_path / "card.txt").read_text("utf-8").startswith("Fanzha Desk card")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    sheet.click("card_sheet_print")
    assert papers.opened == ["620102540000-A-enrolment"]
    sheet.click("card_sheet_close")
    page.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert list(stick.root.iterdir()) == []


def test_a_centre_is_trusted_only_after_its_fingerprint_was_compared(
    make_page: MakePage, alone: SyncDesk, centre_seat: Seat
) -> None:
    approval = approve(centre_seat.session, own_card(alone.session))
    fingerprint = grouped(centre_seat.session.keys.current)
    page = make_page()
    page.click("enrol_approval")
    card = page.dialog("card_dialog")
    assert not card.find("card_next", QAbstractButton).isEnabled()
    card.find("card_text", QPlainTextEdit).setPlainText("not a card")
    card.click("card_next")
    assert card.find("card_banner", QWidget).isVisible()
    card.find("card_text", QPlainTextEdit).setPlainText(approval)
    card.click("card_next")
    dialog = page.dialog("fingerprint_dialog")
    assert dialog.text("fingerprint") == fingerprint
    accept = dialog.find("fingerprint_accept", QAbstractButton)
    assert not accept.isEnabled()
    dialog.press(Qt.Key.Key_Return)
    assert peers(alone.session) == ()
    QTest.keyClick(dialog.find("fingerprint_compared", QCheckBox), Qt.Key.Key_Space)
    assert accept.isEnabled()
    accept.click()
    assert [peer.card.device for peer in peers(alone.session)] == [
        centre_seat.session.profile.device
    ]
    assert page.text("sync_centre_fingerprint") == fingerprint


@pytest.mark.parametrize("size", [70_000, 3])
def test_a_file_that_is_no_card_is_refused(make_page: MakePage, tmp_path: Path, size: int) -> None:
    page = make_page()
    page.click("enrol_approval")
    path = tmp_path / "card.txt"
    path.write_bytes(b"\xff\xfe\xfd" * (size // 3))
    page.dialog("card_dialog").click("card_open")
    page.choose_in_dialog(path)
    assert page.dialog("card_dialog").find("card_banner", QWidget).isVisible()


def test_errors_of_the_desk_are_reported(make_page: MakePage, desk: SyncDesk) -> None:
    page = make_page()
    desk.note("sync_screen.sync_status", TrustError("centre.unknown"))
    page.press(Qt.Key.Key_F5)
    assert page.message("sync_banner")


def test_an_export_waits_for_no_reckoning(unread: tuple[SyncPage, HeldRunner]) -> None:
    """Which order is the most urgent is read beside the page, and no card says meanwhile that there is none."""
    page, runner = unread
    for _ in tuple(runner.tasks):
        runner.run_next()
    assert page.enabled("sync_export")
    assert page.text("sync_slip_none") == zh("shared.catching_up")
    page.widget.hide()
    page.widget.show()
    runner.run_all()
    assert page.shown("sync_slip_what"), "who came back is shown what was not waited for"
    assert not page.shown("sync_slip_none")
