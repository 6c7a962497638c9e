"""How evidence was obtained, recorded at the window of a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import evidence_pane
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.errors import WorldError
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.look_up import case_evidence, case_file
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.noted import noted
from tests.support.sessions import Seat, a_form, take_seat
from tests.support.texts import zh
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders
from tests.ui.evidence.passwords import SECRET, known_password
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import WindowPage, compose

SECOND = Officer("620135", "马晓燕", (Role.FRONT_DESK,))
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    seat = take_seat(tmp_path / "desk", "A")
    with seat.session.store.write() as transaction:
        subject = officer_subject(seat.session.profile.device, SECOND.number)
        transaction.append("620134", NewEntry(OFFICER_ENROLLED, subject, SECOND.to_fields()))
    return seat


@pytest.fixture
def case(seat: Seat) -> CaseId:
    case = register_report(seat.session, a_form(seat.session)).case
    for name in ("聊天.png", "凭证.png"):
        attach_picture(seat.session, case, name, picture())
    return case


@pytest.fixture
def page(kit: Kit, qtbot: QtBot, seat: Seat, case: CaseId) -> EvidencePage:
    pane = evidence_pane(kit, seat.session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.rest()
    return page


def pick(dialog: WindowPage, name: str, place: int) -> None:
    """Choose by keyboard."""
    combo = dialog.find(name, QComboBox)
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(combo, Qt.Key.Key_Down)


def enter(dialog: WindowPage) -> None:
    """Press Enter where the focus of the dialog is."""
    QTest.keyClick(dialog.widget.focusWidget() or dialog.widget, Qt.Key.Key_Return)


def open_record(page: EvidencePage) -> WindowPage:
    page.grid.setFocus()
    page.press(Qt.Key.Key_E, CTRL_SHIFT)
    return page.dialog("record_dialog")


def explain(dialog: WindowPage) -> None:
    """What the ways of most items ask for beside the officers."""
    dialog.fill("record_no_witness", "深夜无人可请，全程录像")
    dialog.fill("record_reason", "要接回访电话")


def test_four_answers_choose_method_and_paper_and_everything_is_recorded(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = open_record(page)
    for name, place in (("what", 1), ("where", 1), ("keep", 1), ("fades", 2)):
        pick(dialog, f"record_{name}", place)
    assert dialog.text("record_way") == zh("evidence.method.filmed")
    assert "从锁屏、号码主页到逐条记录不间断" in dialog.text("record_advice")
    assert dialog.find("record_category", QComboBox).currentText() == zh(
        "evidence_record.category.communication"
    )
    dialog.fill("record_second", SECOND.number)
    dialog.fill("record_second_password", SECRET)
    dialog.fill("record_witness", "陈社区")
    dialog.fill("record_taken_at", "2026-11-24 10:13")
    dialog.fill("record_reason", "要接回访电话")
    dialog.find("record_proves_0", QCheckBox).click()
    pick(dialog, "record_scope", 2)
    process = dialog.find("record_process")
    process.setFocus()
    dialog.widget.activateWindow()
    page.qtbot.waitUntil(dialog.widget.isActiveWindow)
    QTest.keyClick(process, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    first, second = case_evidence(seat.session, case)
    (transfer,) = case_file(seat.session, case).transfers
    for item in (first, second):
        assert item.method is AcquisitionMethod.FILMED
        assert (item.record.holder, item.record.second) == ("李秀兰", "620135")
        assert item.record.seconded_at == seat.clock.now()
        assert (item.record.what, item.record.fades) == ("screen", "soon")
        assert item.record.proves == (f"transfer/{transfer.id}",)
    assert "持有人 李秀兰" in page.text("evidence_source")
    assert "第二名本人已确认" in page.text("evidence_source")
    assert "见证人 陈社区" in page.text("evidence_source")
    assert zh("evidence.custody.recorded") in page.text("evidence_custody")


def test_a_witness_and_why_nothing_was_seized_are_asked_for_once(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    """Where the way wants them: what was handed in needs neither."""
    dialog = open_record(page)
    for name, place in (("what", 1), ("where", 1), ("keep", 1), ("fades", 2)):
        pick(dialog, f"record_{name}", place)
    enter(dialog)
    for name in ("no_witness", "reason"):
        assert dialog.text(f"record_{name}_hint") == zh("evidence_record.not_explained")
    assert case_evidence(seat.session, case)[0].record.empty
    dialog.fill("record_no_witness", "深夜无人可请，全程录像")
    enter(dialog)
    assert case_evidence(seat.session, case)[0].record.empty, "the reason alone is still missing"
    enter(dialog)
    record = case_evidence(seat.session, case)[0].record
    assert (record.no_witness, record.reason) == ("深夜无人可请，全程录像", "")


def test_who_goes_on_without_the_second_officer_is_warned_once(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = open_record(page)
    dialog.fill("record_second", SECOND.number)
    enter(dialog)
    assert "本人还没有确认" in dialog.text("record_second_password_hint")
    assert case_evidence(seat.session, case)[0].record.empty
    assert dialog.widget.focusWidget() is dialog.find("record_second_password")
    enter(dialog)
    (found, _other) = case_evidence(seat.session, case)
    assert (found.record.second, found.record.seconded_at) == ("620135", None)
    assert "第二名未确认" in page.text("evidence_source")


def test_a_wrong_password_records_nothing_and_is_forgotten(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = open_record(page)
    dialog.fill("record_second", SECOND.number)
    dialog.fill("record_second_password", "not that one")
    explain(dialog)
    enter(dialog)
    assert dialog.text("record_banner_message")
    assert dialog.find("record_second_password", QLineEdit).text() == ""
    assert dialog.widget.focusWidget() is dialog.find("record_second_password", QLineEdit)
    assert case_evidence(seat.session, case)[0].record.empty


def test_a_reason_for_one_officer_is_recorded_at_once(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = open_record(page)
    dialog.fill("record_alone", "夜间一人值班，同步录像")
    explain(dialog)
    enter(dialog)
    assert case_evidence(seat.session, case)[0].record.alone == "夜间一人值班，同步录像"


def test_a_refusal_keeps_what_was_typed_and_enter_waits_for_the_input_method(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = open_record(page)
    dialog.fill("record_reason", "要接回访电话")
    editor = dialog.find("record_witness")
    editor.setFocus()
    compose(editor, "wangjianguo")
    enter(dialog)
    assert case_evidence(seat.session, case)[0].record.empty
    compose(editor, "")
    dialog.fill("record_witness", "王建国")
    enter(dialog)
    assert "民警不能当见证人" in dialog.text("record_banner_message")
    assert case_evidence(seat.session, case)[0].record.empty
    dialog.fill("record_witness", "陈社区")
    dialog.fill("record_taken_at", "昨天的")
    enter(dialog)
    assert case_evidence(seat.session, case)[0].record.empty
    dialog.fill("record_taken_at", "")
    enter(dialog)
    assert case_evidence(seat.session, case)[0].record.witness == "陈社区"


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_dialog_fits(page: EvidencePage, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    dialog = open_record(page)
    for name, place in (("what", 4), ("where", 1), ("keep", 1), ("fades", 1)):
        pick(dialog, f"record_{name}", place)
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    assert dialog.widget.height() <= 768
    QTest.keyClick(dialog.widget, Qt.Key.Key_Escape)


def test_a_failed_read_is_reported_in_the_pane(
    make_page: MakePage, port: EvidenceInHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    port.add("凭证.png", picture())
    page = make_page()
    page.rest()
    noted(
        monkeypatch,
        "desktop.ui.evidence.case_records.propose_record",
        WorldError("file.in_use"),
    )
    page.press(Qt.Key.Key_E, CTRL_SHIFT)
    assert page.banner()
