"""A paper comes back: its code, read by a scanner that types, opens its case, order or paper from any page."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.app.pages.global_search import CasePlace, GlobalSearch
from desktop.app.windows.screens import DeskWindow
from desktop.documents.pages.pictures import render_pdf_page
from desktop.domain.installation.officer import Role
from desktop.domain.papers.paper_code import paper_mark
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draft_paper import draft_paper
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.papers.show_paper import preview_paper
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.kit.kit import Kit
from tests.app.test_shift_briefing_notice import opened, settle
from tests.documents.making import new_papers
from tests.support.clocks import HandClock
from tests.support.sessions import a_form, take_seat


@pytest.fixture
def session(kit: Kit, tmp_path: Path) -> Session:
    clock = kit.ticks.clock
    assert isinstance(clock, HandClock)
    made = take_seat(tmp_path / "desk", "A", clock=clock).session
    return replace(made, papers=new_papers())


def scanned(pdf: Pdf) -> str:
    """What the scanner types."""
    picture = Image.open(io.BytesIO(render_pdf_page(pdf.data, 0, 1728)))
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    return code.text


def typed(window: DeskWindow, text: str) -> None:
    """As a scanner does: figures and Enter in one go, whatever the keyboard is locked to."""
    window.window.show_page("orders")
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def test_the_form_of_an_order_opens_the_orders_of_its_case(
    qtbot: QtBot, kit: Kit, session: Session
) -> None:
    issue_stop(session, a_form(session, "马强"), 0, confirmed=True)
    order = issue_stop(session, a_form(session, "李秀兰"), 0, confirmed=True).order
    window = opened(qtbot, kit, session)
    typed(window, scanned(draw_stop_form(session, order.id)))
    assert window.window.current_page == "case"
    assert window.case.header.tabs.value() is Tab.ORDERS
    shown = [label.text() for label in window.case.findChildren(QLabel)]
    assert next(filter(None, shown)) == "李秀兰"


def test_a_printed_paper_opens_itself(qtbot: QtBot, kit: Kit, session: Session) -> None:
    case = issue_stop(session, a_form(session), 0, confirmed=True).case
    papers = [draft_paper(session, case, form) for form in ("acceptance_receipt", "guidance")]
    window = opened(qtbot, kit, session)
    for paper in papers:
        typed(window, scanned(preview_paper(session, paper.id)))
        chosen = window.case.parts.papers.table.selected()
        assert chosen is not None
        assert chosen.paper is not None
        assert chosen.paper.id == paper.id


def test_a_paper_on_record_is_found_with_its_title(kit: Kit, session: Session) -> None:
    case = issue_stop(session, a_form(session), 0, confirmed=True).case
    paper = draft_paper(session, case, "acceptance_receipt")
    search = GlobalSearch(kit, session, str)
    (hit,) = search(scanned(preview_paper(session, paper.id))).hits
    place = CasePlace(case, Tab.PAPERS, paper.id)
    assert (hit.kind, hit.title, hit.target) == ("document", "李秀兰", place)
    assert "受案回执" in hit.detail


def test_a_hit_says_each_number_once(kit: Kit, session: Session) -> None:
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    found = GlobalSearch(kit, session, str)(scanned(draw_stop_form(session, issued.order.id)))
    (hit,) = found.hits
    assert hit.target == CasePlace(issued.case, Tab.ORDERS, issued.order.number)
    assert hit.detail.count("1124-A-0001") == 1


def test_what_an_input_method_makes_of_it_is_found_too_and_nothing_else(
    kit: Kit, session: Session
) -> None:
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    search = GlobalSearch(kit, session, str)
    mark = paper_mark("620102540000-20261124-A-0001")
    wide = mark.translate({ord("-"): "－"} | {ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789"})
    for text in (mark, wide):
        (hit,) = search(text).hits
        assert hit.target == CasePlace(issued.case)
    assert search(paper_mark("620102540000-20261124-A-0099")).hits == ()
    admin = replace(session, officer=replace(session.officer, roles=(Role.ADMINISTRATOR,)))
    assert GlobalSearch(kit, admin, str)(mark).hits == ()


def test_a_case_says_why_it_was_found_and_no_more_of_a_number_than_was_asked_for(
    kit: Kit, session: Session
) -> None:
    issue_stop(session, a_form(session, type=""), 0, confirmed=True)
    search = GlobalSearch(kit, session, str)
    details = {
        text: search(text).hits[0].detail for text in ("0037788", "6230520010037788996", "李秀兰")
    }
    assert details == {
        "0037788": "98,000 · …0037788…",
        "6230520010037788996": "98,000 · 6230520010037788996",
        "李秀兰": "98,000 · 李秀兰",
    }
