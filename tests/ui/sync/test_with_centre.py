"""A real desk and a real centre: cards, a stop as a code, bundles out, replies back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.slip_pictures import scan
from desktop.domain.installation.profile import InstallationRole
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.make_slip import make_slip
from desktop.ui.centre.dispatch_screen import DispatchScreen
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_clock import limits_on
from desktop.ui.shared.widgets.input.drives import Drive
from desktop.ui.sync.sync_screen import SyncScreen
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.pages.centre import DispatchPage, InboxPage
from tests.ui.pages.evidence import files_of
from tests.ui.pages.file_page import FilePage
from tests.ui.pages.sync import SyncPage
from tests.ui.pages.window_page import WindowPage
from tests.ui.sync.samples import CardboardDrives, Papers


def stick(folder: Path) -> CardboardDrives:
    """A drive that is plugged in there."""
    return CardboardDrives(Drive(folder, "STICK", 1 << 30))


def accept_picture(opener: FilePage, picture: Path) -> str:
    """The same with a picture of the card's code."""
    opener.dialog("card_dialog").click("card_open")
    opener.choose_in_dialog(picture)
    return compare(opener)


def accept_card(opener: WindowPage, text: str) -> str:
    """Paste a card, compare its fingerprint, trust; the fingerprint."""
    card = opener.dialog("card_dialog")
    card.find("card_text", QPlainTextEdit).setPlainText(text)
    card.click("card_next")
    return compare(opener)


def compare(opener: WindowPage) -> str:
    """Tick that the fingerprint was compared, and trust; the fingerprint."""
    dialog = opener.dialog("fingerprint_dialog")
    shown = dialog.text("fingerprint")
    QTest.keyClick(dialog.find("fingerprint_compared", QCheckBox), Qt.Key.Key_Space)
    dialog.click("fingerprint_accept")
    return shown


class Town:
    """A desk and the centre with their screens, each over its own files, and two sticks between them."""

    def __init__(self, kit: Kit, qtbot: QtBot, root: Path) -> None:
        self.root = root
        self.seat = take_seat(root / "desk", "A").session
        centre = take_seat(
            root / "centre",
            "C",
            unit_code="620100000000",
            unit_name="兰州市反诈中心",
            role=InstallationRole.CENTRE,
        ).session
        self.out, self.back = root / "out", root / "back"
        self.out.mkdir()
        self.back.mkdir()
        centre = replace(centre, quarantine=Quarantine(root / "quarantine"))
        limits = limits_on(centre.rules, centre.today)
        sync = SyncScreen(kit, self.seat, Papers().open_paper, stick(self.out))
        inbox = InboxScreen(kit, centre, lambda *_: None, limits, scan)
        dispatch = DispatchScreen(kit, centre, stick(self.back), limits)
        self.session, self.inbox = SyncPage(qtbot, sync), InboxPage(qtbot, inbox)
        self.dispatch = DispatchPage(qtbot, dispatch)
        for screen, page in ((sync, self.session), (inbox, self.inbox), (dispatch, self.dispatch)):
            qtbot.addWidget(screen)
            page.show(1294, 692)
            screen.opened()

    def introduce(self) -> None:
        """Two cards, each compared by voice."""
        self.session.click("enrol_own_card")
        own = self.session.dialog("card_sheet_dialog")
        own.click("card_sheet_file")
        self.session.choose_in_dialog(self.root / "card.txt")
        own.click("card_sheet_close")
        self.inbox.click("inbox_enrol")
        fingerprint = accept_card(self.inbox, (self.root / "card.txt").read_text("utf-8"))
        assert fingerprint == self.session.text("enrol_fingerprint")
        approval = self.inbox.dialog("card_sheet_dialog")
        approval.click("card_sheet_picture")
        self.inbox.choose_in_dialog(self.root / "approval.png")
        approval.click("card_sheet_close")
        self.session.click("enrol_approval")
        fingerprint = accept_picture(self.session, self.root / "approval.png")
        assert fingerprint == self.inbox.text("inbox_own_fingerprint")

    def carry_out(self) -> None:
        """Export at the desk, take in at the centre."""
        self.session.widget.opened()
        self.session.click("sync_export")
        assert "可以拔出" in self.session.message("sync_export_banner")
        self.inbox.drop(files_of(self.out))
        self.inbox.dialog("ingest_dialog").click("ingest_accept")

    def carry_back(self) -> None:
        """Write replies at the centre, look into them at the desk."""
        self.dispatch.widget.opened()
        self.dispatch.click("dispatch_write")
        assert "可以拔出" in self.dispatch.message("dispatch_banner")
        self.session.drop(files_of(self.back))


@pytest.fixture
def town(kit: Kit, qtbot: QtBot, tmp_path: Path) -> Town:
    made = Town(kit, qtbot, tmp_path)
    made.introduce()
    return made


def test_a_stop_reaches_the_centre_as_a_code_before_its_bundle(town: Town) -> None:
    order = issue_stop(town.seat, a_form(town.seat), 0, confirmed=True).order
    picture = town.root / "photo.png"
    picture.write_bytes(make_slip(town.seat, order.id).codes[0])
    for note in ("先按下列要素通知银行", "这条指令已随包收到"):
        town.inbox.drop(files_of(picture))
        assert note in town.inbox.dialog_text("slip_found_dialog", "slip_note")
        assert town.inbox.dialog_text("slip_found_dialog", "element_payee_name") == "陈某某"
        town.inbox.dialog("slip_found_dialog").click("slip_close")
        town.carry_out()
    assert "已导入" in town.inbox.message("inbox_banner")


def test_the_banks_answer_comes_back_to_the_desk(town: Town) -> None:
    issue_stop(town.seat, a_form(town.seat), 0, confirmed=True)
    town.carry_out()
    assert "已导入 1 个包" in town.inbox.message("inbox_banner")
    town.dispatch.widget.opened()
    town.dispatch.click("dispatch_reply")
    town.dispatch.dialog("reply_dialog").click("reply_result_done")
    town.dispatch.dialog("reply_dialog").click("reply_accept")
    assert town.dispatch.closed("reply_dialog")
    town.carry_back()
    assert "1 条止付反馈" in town.session.dialog_text("import_dialog", "import_headline")
    town.session.dialog("import_dialog").click("import_accept")
    states = [town.session.cell(row, 5) for row in range(town.session.history.rows.rowCount())]
    assert set(states) == {zh("sync.state.applied"), "今天 10:31 已全部收到"}
    assert town.session.shown("sync_slip_none")
    town.session.drop(files_of(town.back))
    assert "没有新内容" in town.session.dialog_text("import_dialog", "import_headline")


def test_a_check_of_a_tampered_bundle_tells_and_changes_nothing(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    session = take_seat(tmp_path / "desk", "A").session
    screen = SyncScreen(kit, session, Papers().open_paper, CardboardDrives())
    qtbot.addWidget(screen)
    page = SyncPage(qtbot, screen)
    page.show(1294, 692)
    screen.opened()
    broken = tmp_path / "A-000001-1.fzb"
    broken.write_bytes(b"age-encryption.org/v1\n-> X25519 nonsense\n")
    page.check(broken)
    assert page.dialog_text("verdict_dialog", "verdict_headline") == zh("sync.verdict.bad")
    assert page.dialog_text("verdict_dialog", "problem_0").startswith("A-000001-1.fzb：")
