"""Seals, passings, MD5 and the completeness meter at the window of a real desk."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import evidence_pane
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.look_up import case_evidence, case_file
from desktop.services.ports import Pdf
from desktop.ui.evidence.checklist.dialog import ChecklistDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.tables.table import Table
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat, a_form, take_seat
from tests.ui.evidence.fakes import fake_decoders
from tests.ui.evidence.passwords import SECRET, known_password
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import WindowPage

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
KEEPER = Officer("620200", "周保管", (Role.CUSTODIAN,))


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    seat = take_seat(tmp_path / "desk", "A")
    with seat.session.store.write() as transaction:
        subject = officer_subject(seat.session.profile.device, KEEPER.number)
        enrolled = NewEntry(OFFICER_ENROLLED, subject, KEEPER.to_fields())
        transaction.append("620134", enrolled)
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


def opened(page: EvidencePage, key: Qt.Key, name: str) -> WindowPage:
    page.grid.setFocus()
    page.press(key, CTRL_SHIFT)
    return page.dialog(name)


def fits(widget: QWidget) -> bool:
    return clipped_texts(widget) + overlaps(widget) == []


def enter(dialog: WindowPage) -> None:
    QTest.keyClick(dialog.widget.focusWidget() or dialog.widget, Qt.Key.Key_Return)


def test_a_seal_is_put_on_opened_and_put_on_again(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    dialog.fill("seal_number", "LZ-0017")
    enter(dialog)
    assert "没有第二名民警" in dialog.text("seal_alone_hint")
    assert dialog.widget.focusWidget() is dialog.find("seal_alone", QWidget)
    dialog.fill("seal_alone", "夜间一人值班")
    enter(dialog)
    assert "没有写明原因" in dialog.text("seal_banner_message")
    dialog.fill("seal_reason", "扣押后封存")
    enter(dialog)
    assert page.text("evidence_sealed") == "已封存 LZ-0017"
    assert "封存 LZ-0017" in page.text("evidence_custody")
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    assert "封存编号 LZ-0017" in dialog.text("seal_about")
    dialog.fill("seal_reason", "送检")
    dialog.fill("seal_photos", "两张")
    enter(dialog)
    assert case_file(seat.session, case).seals[0].holds, "told once that nobody else is named"
    enter(dialog)
    assert page.find("evidence_sealed", QWidget).isHidden()
    assert case_file(seat.session, case).seals[0].opened_photos == "两张"
    assert "解除封存：送检" in page.text("evidence_custody")
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    assert "LZ-0017 已解除，重新封存" in dialog.text("seal_about")
    dialog.fill("seal_number", "LZ-0018")
    dialog.fill("seal_reason", "检查后封存")
    enter(dialog)
    enter(dialog)
    first, second = case_file(seat.session, case).seals
    assert second.previous == first.id


def test_all_that_is_not_sealed_yet_is_sealed_at_once(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    QTest.keyClick(dialog.find("seal_scope"), Qt.Key.Key_Down)
    dialog.fill("seal_number", "LZ-0017")
    dialog.fill("seal_alone", "夜间一人值班")
    dialog.fill("seal_reason", "扣押后封存")
    enter(dialog)
    enter(dialog)
    items = {item.id for item in case_evidence(seat.session, case)}
    assert len(items) == 2
    assert {item for seal in case_file(seat.session, case).seals for item in seal.items} == items


def test_the_second_officer_confirms_a_seal_with_a_password(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    dialog.fill("seal_number", "LZ-0017")
    dialog.fill("seal_reason", "扣押后封存")
    dialog.fill("seal_second", KEEPER.number)
    enter(dialog)
    assert "本人还没有确认" in dialog.text("seal_second_password_hint")
    assert case_file(seat.session, case).seals == ()
    dialog.fill("seal_second_password", "wrong")
    enter(dialog)
    assert dialog.text("seal_banner_message")
    assert case_file(seat.session, case).seals == ()
    dialog.fill("seal_second_password", SECRET)
    enter(dialog)
    (seal,) = case_file(seat.session, case).seals
    assert (seal.second, seal.seconded_at) == (KEEPER.number, seat.clock.now())
    assert "周保管 确认封存" in page.text("evidence_custody")
    dialog = opened(page, Qt.Key.Key_L, "seal_dialog")
    dialog.fill("seal_second", KEEPER.number)
    dialog.fill("seal_reason", "送检")
    enter(dialog)
    enter(dialog)
    (seal,) = case_file(seat.session, case).seals
    assert (seal.opened_second, seal.opened_seconded_at) == (KEEPER.number, None)


def test_the_second_officer_signs_with_a_password_and_both_are_in_the_log(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = opened(page, Qt.Key.Key_G, "pass_dialog")
    dialog.fill("pass_officer", KEEPER.number)
    dialog.fill("pass_password", "wrong")
    dialog.fill("pass_reason", "入库保管")
    enter(dialog)
    assert dialog.text("pass_banner_message")
    assert case_file(seat.session, case).custody == ()
    dialog.fill("pass_password", SECRET)
    enter(dialog)
    (passing,) = case_file(seat.session, case).custody
    assert (passing.giver, passing.taker) == ("620134", KEEPER.number)
    assert passing.signed_at is not None
    assert "移交给 周保管" in page.text("evidence_custody")
    assert "周保管 签收" in page.text("evidence_custody")


def test_somebody_outside_is_named_and_signs_on_paper(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    dialog = opened(page, Qt.Key.Key_G, "pass_dialog")
    dialog.find("pass_way_outside").click()  # type: ignore[attr-defined]  # a button
    dialog.fill("pass_taker", "陈检察官")
    dialog.fill("pass_unit", "城关区人民检察院")
    dialog.fill("pass_reason", "移送审查起诉")
    enter(dialog)
    (passing,) = case_file(seat.session, case).custody
    assert (passing.taker, passing.signed_at) == ("陈检察官", None)


def test_what_another_keeps_is_taken_over_first(
    page: EvidencePage, seat: Seat, case: CaseId, kit: Kit
) -> None:
    dialog = opened(page, Qt.Key.Key_G, "pass_dialog")
    dialog.fill("pass_officer", KEEPER.number)
    dialog.fill("pass_password", SECRET)
    dialog.fill("pass_reason", "入库保管")
    enter(dialog)
    seat.clock.advance(minutes=1)
    for language in ("en", "zh_CN"):
        kit.texts.set_language(language)
        dialog = opened(page, Qt.Key.Key_G, "take_dialog")
        page.qtbot.waitUntil(partial(fits, dialog.widget))
        QTest.keyClick(dialog.widget, Qt.Key.Key_Escape)
    dialog = opened(page, Qt.Key.Key_G, "take_dialog")
    assert "现由 周保管 保管" in dialog.text("take_about")
    dialog.fill("take_password", "wrong")
    dialog.fill("take_reason", "提取聊天记录")
    enter(dialog)
    assert dialog.text("take_banner_message")
    dialog.fill("take_password", SECRET)
    enter(dialog)
    last = case_file(seat.session, case).custody[-1]
    assert (last.giver, last.taker) == (KEEPER.number, "620134")
    assert "周保管 移交给 王建国" in page.text("evidence_custody")
    assert opened(page, Qt.Key.Key_G, "pass_dialog")


def test_who_is_no_officer_gives_back_on_paper(
    page: EvidencePage, seat: Seat, case: CaseId
) -> None:
    item = case_evidence(seat.session, case)[0].id
    lab = TypedPassing("赵鉴定", "物证鉴定所", reason="送检")
    pass_evidence(seat.session, case, [item], lab, SILENT)
    seat.clock.advance(minutes=1)
    dialog = opened(page, Qt.Key.Key_G, "take_dialog")
    assert (
        dialog.find("take_password", QWidget).isHidden()
        or not dialog.find("take_password", QWidget).isVisible()
    )
    dialog.fill("take_reason", "送检交回")
    enter(dialog)
    last = case_file(seat.session, case).custody[-1]
    assert (last.giver, last.giver_unit, last.taker) == ("赵鉴定", "物证鉴定所", "620134")
    assert "赵鉴定 移交给 王建国" in page.text("evidence_custody")


def test_md5_is_shown_once_it_was_asked_for(page: EvidencePage, seat: Seat, case: CaseId) -> None:
    assert not page.find("evidence_md5", QWidget).isVisible()
    page.grid.setFocus()
    page.press(Qt.Key.Key_D, CTRL_SHIFT)
    assert len(page.text("evidence_md5").replace(" ", "").replace("\n", "")) == 32
    assert case_evidence(seat.session, case)[0].md5


def test_the_meter_leads_to_what_is_missing(page: EvidencePage, seat: Seat, case: CaseId) -> None:
    assert page.text("evidence_complete") == "要件 1/7"
    dialog = opened(page, Qt.Key.Key_Y, "meter_dialog")
    assert isinstance(dialog.widget, ChecklistDialog)
    rows = dialog.widget.model.rows
    assert {row.finding.fact.id for row in rows} >= {"statement", "contact", "two_officers"}
    place = next(row.place for row in rows if row.finding.fact.id == "two_officers")
    assert dialog.widget.table.select_key(place)
    assert "只有一人的写明原因" in dialog.text("meter_detail")
    QTest.keyClick(dialog.widget.table, Qt.Key.Key_Return)
    record = page.dialog("record_dialog")
    record.fill("record_second", KEEPER.number)
    record.fill("record_second_password", SECRET)
    enter(record)  # asks for a witness and a reason once
    enter(record)
    assert page.text("evidence_complete") == "要件 2/7"
    assert case_evidence(seat.session, case)[0].method is AcquisitionMethod.SCREENSHOT


def test_an_overdue_check_is_said_and_done(page: EvidencePage, seat: Seat) -> None:
    seat.clock.advance(days=8)
    page.widget.reload()
    assert "2 项证据超过复核期限" in page.text("evidence_overdue_message")
    page.grid.setFocus()
    page.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert page.find("evidence_overdue", QWidget).isHidden()


def test_the_meter_opens_once_though_the_desk_is_busy(
    kit: Kit, qtbot: QtBot, seat: Seat, case: CaseId
) -> None:
    runner = HeldRunner()
    held = replace(kit, runner=runner)
    pane = evidence_pane(held, seat.session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    runner.run_all()
    page.grid.setFocus()
    for _ in range(2):
        page.press(Qt.Key.Key_Y, CTRL_SHIFT)
    runner.run_all()
    page.dialog("meter_dialog").widget.close()
    assert page.closed("meter_dialog")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_every_dialog_fits(page: EvidencePage, kit: Kit, language: str, scheme: Scheme) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    for key, name in (
        (Qt.Key.Key_L, "seal_dialog"),
        (Qt.Key.Key_G, "pass_dialog"),
        (Qt.Key.Key_Y, "meter_dialog"),
    ):
        dialog = opened(page, key, name)
        page.qtbot.waitUntil(partial(fits, dialog.widget))
        assert dialog.widget.height() <= 768
        QTest.keyClick(dialog.widget, Qt.Key.Key_Escape)


def test_a_list_is_shown_from_the_pane(kit: Kit, qtbot: QtBot, seat: Seat, case: CaseId) -> None:
    papers = new_papers()
    session = replace(seat.session, papers=papers)
    pane = evidence_pane(kit, session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    shown: list[tuple[Pdf, str]] = []
    pane.paper_ready.connect(lambda pdf, title: shown.append((pdf, title)))
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.rest()
    dialog = opened(page, Qt.Key.Key_P, "evidence_papers_dialog")
    table = dialog.find("evidence_papers_table", Table)
    assert table.select_key("extraction_list")
    QTest.keyClick(table, Qt.Key.Key_Return)
    ((pdf, title),) = shown
    assert title == "电子数据提取固定清单"
    assert "聊天.png" in all_text(pdf.data)


def test_a_list_has_its_own_title_whatever_is_asked_for_meanwhile(
    held: tuple[Kit, HeldRunner], qtbot: QtBot, seat: Seat, case: CaseId
) -> None:
    kit, runner = held
    session = replace(seat.session, papers=new_papers())
    pane = evidence_pane(kit, session, case, fake_decoders(), known_password)
    qtbot.addWidget(pane)
    shown: list[str] = []
    pane.paper_ready.connect(lambda _pdf, title: shown.append(title))
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    runner.run_all()
    QTest.keyClick(page.grid, Qt.Key.Key_P, CTRL_SHIFT)
    runner.run_all()
    dialog = page.dialog("evidence_papers_dialog")
    table = dialog.find("evidence_papers_table", Table)
    for form in ("extraction_list", "evidence_list"):
        assert table.select_key(form)
        QTest.keyClick(table, Qt.Key.Key_Return)
    runner.run_all()
    assert shown == ["电子数据提取固定清单"]
