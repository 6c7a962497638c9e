"""The money flow of a real case: walked by keys, told in the list, followed by each method, written to files."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.flow.flow_moves import FlowScope
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import CashOutKind, TracingMethod
from desktop.readers.transfer_list import read_transfer_list
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.export_flow import FlowFormat, export_flow
from desktop.services.look_up import history
from desktop.services.session import Session
from desktop.ui.flow.build import FlowExport, flow_pane
from desktop.ui.flow.graph import HELD, graph_of
from desktop.ui.flow.pane import FlowPane, ScopeDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.form import OrderFormDialog
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.fields import TextField
from tests.support.flow_cases import (
    CARD,
    SECOND,
    THIRD,
    case_that_goes_round,
    case_with_hops,
    with_analyst,
)
from tests.support.held_runner import HeldRunner
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.pages.flow import take_scope
from tests.ui.pages.window_page import WindowPage, type_text


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return with_analyst(take_seat(tmp_path / "desk", "A").session)


@pytest.fixture
def case(session: Session) -> CaseId:
    return case_with_hops(session)


@pytest.fixture
def pane(kit: Kit, qtbot: QtBot, session: Session, case: CaseId) -> FlowPane:
    return shown(kit, qtbot, flow_pane(kit, session, case))


def shown(kit: Kit, qtbot: QtBot, pane: FlowPane) -> FlowPane:
    qtbot.addWidget(pane)
    pane.resize(1262, 590)
    pane.show()
    pane.reload()
    return pane


def lines(pane: FlowPane) -> list[tuple[str, str]]:
    return [(line.what, line.amount) for line in pane.details.lines.rows.rows]


def turn_to(pane: FlowPane, view: str) -> None:
    """Choose the drawing or the list with the mouse."""
    button = pane.ways.findChild(Button, f"flow_view_{view}")
    assert button is not None
    button.click()


def press(qtbot: QtBot, pane: FlowPane, *keys: Qt.Key) -> str:
    pane.drawing.setFocus()
    for key in keys:
        qtbot.keyClick(pane.drawing, key)
    return pane.drawing.current


def test_arrow_keys_go_with_the_money(qtbot: QtBot, pane: FlowPane) -> None:
    assert pane.drawing.current == "6217004230001234569", "it begins with the victim"
    assert press(qtbot, pane, Qt.Key.Key_Right) == CARD
    assert pane.details.title.whole_text() == "农业银行 6230…8996"
    assert press(qtbot, pane, Qt.Key.Key_Right) == "held/stopped", "the largest sum that left it"
    assert pane.details.title.whole_text() == "农业银行 6230…8996", (
        "held money is told of by its account"
    )
    assert press(qtbot, pane, Qt.Key.Key_Down) == "ATM取现"
    assert press(qtbot, pane, Qt.Key.Key_Home) == "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
    assert press(qtbot, pane, Qt.Key.Key_Left) == SECOND
    assert ("10:25 → 建设银行 0127", "17,000") in lines(pane)
    assert press(qtbot, pane, Qt.Key.Key_Return) == SECOND
    assert "招商银行 5702" in pane.drawing.accessibleDescription() or "…5702" in (
        pane.drawing.accessibleDescription()
    )


def test_a_node_is_chosen_where_it_is_drawn(qtbot: QtBot, pane: FlowPane) -> None:
    drawing = pane.drawing
    across, down = drawing.horizontalScrollBar(), drawing.verticalScrollBar()
    for box in drawing.scene.boxes:
        across.setValue(round(box.x - drawing.width() / 2))
        down.setValue(round(box.y - drawing.height() / 2))
        at = QPointF(box.x + 6 - across.value(), box.y + 2 - down.value())
        qtbot.mouseClick(drawing.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
        assert drawing.current == box.key
    qtbot.mouseClick(drawing.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert drawing.current == drawing.scene.boxes[-1].key


def test_a_line_leads_on_to_its_account(qtbot: QtBot, pane: FlowPane) -> None:
    pane.drawing.choose(SECOND)
    assert pane.details.lines.select_key("return/x") is False
    row = next(line for line in pane.details.lines.rows.rows if line.leads_to == THIRD)
    pane.details.lines.select_key(row.key)
    pane.details.lines.setFocus()
    qtbot.keyClick(pane.details.lines, Qt.Key.Key_Return)
    assert pane.drawing.current == THIRD


def test_the_list_and_the_drawing_stand_on_the_same_account(pane: FlowPane) -> None:
    model = pane.tiers.model()
    told = [model.index(row, 0).data().strip() for row in range(model.rowCount())]
    assert told[:3] == ["建设银行 6217…4569", "农业银行 6230…8996", "招商银行 6222…5702"]
    turn_to(pane, "tiers")
    pane.tiers.select_key(THIRD)
    assert pane.drawing.current == THIRD
    pane.drawing.choose(CARD)
    chosen = pane.tiers.selected()
    assert chosen is not None
    assert chosen.account.key == CARD


def test_every_method_sums_to_the_loss_and_can_be_chosen(pane: FlowPane) -> None:
    rows = pane.dispositions.model.rows
    assert [row.method for row in rows] == list(TracingMethod)
    assert {row.sums.loss_fen for row in rows} == {11_800_000}
    pane.dispositions.table.select_key(TracingMethod.LOWEST)
    assert pane.method is TracingMethod.LOWEST


def test_numbers_are_masked_until_they_are_revealed(pane: FlowPane) -> None:
    pane.drawing.choose(SECOND)
    assert SECOND not in pane.details.title.whole_text()
    pane.show_revealed(revealed=True)
    assert pane.details.title.whole_text() == f"招商银行 {SECOND}"


def test_words_follow_the_language(kit: Kit, pane: FlowPane) -> None:
    kit.texts.set_language("en")
    assert pane.texts.tier(1) == "Tier 1"
    kit.texts.set_language("zh_CN")
    assert pane.texts.tier(12) == "12级账户"


def test_nothing_is_ordered_about_an_address_on_a_chain(
    kit: Kit, qtbot: QtBot, session: Session, case: CaseId
) -> None:
    pane = shown(kit, qtbot, flow_pane(kit, session, case))
    assert pane.sheet is not None
    bar = pane.findChild(Button, "flow_order_stop")
    assert bar is not None
    for key, may in (("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", False), (CARD, True)):
        (place,) = (name for name, found in pane.sheet.accounts.items() if found.number == key)
        pane.drawing.choose(place)
        assert bar.isVisible() is may


def test_without_transfers_it_says_what_to_do(kit: Kit, qtbot: QtBot, session: Session) -> None:
    empty = register_report(session, replace(a_form(session), transfers=())).case
    pane = shown(kit, qtbot, flow_pane(kit, session, empty))
    assert pane.sheet is not None
    assert not pane.drawing.isVisible()


def test_every_format_is_written_and_recorded(
    pane: FlowPane, session: Session, case: CaseId, tmp_path: Path
) -> None:
    export = pane.findChild(FlowExport)
    assert export is not None
    for kind in FlowFormat:
        export.write(kind, (tmp_path,))
    files = {path.name.partition(".")[2]: path.read_bytes() for path in tmp_path.glob("资金流向*")}
    assert set(files) == {"png", "pdf", "csv", "ftm.json", "anx"}
    assert files["png"].startswith(b"\x89PNG")
    assert files["pdf"].startswith(b"%PDF")
    assert files["csv"].decode("utf-8-sig").count("\r\n") == 8
    entities = [json.loads(line) for line in files["ftm.json"].decode().splitlines()]
    assert {item["schema"] for item in entities} == {
        "BankAccount", "CryptoWallet", "LegalEntity", "Ownership", "Payment",
    }  # fmt: skip
    known = {item["id"] for item in entities}
    for payment in (item for item in entities if item["schema"] == "Payment"):
        for end in ("payer", "payerAccount", "beneficiary", "beneficiaryAccount"):
            assert set(payment["properties"][end]) <= known
    chart = ET.fromstring(files["anx"])  # noqa: S314 - written by ourselves a moment ago
    ends = {entity.get("EntityId") for entity in chart.iter("Entity")}
    links = [(link.get("End1Id"), link.get("End2Id")) for link in chart.iter("Link")]
    assert len(links) == 7
    assert {end for link in links for end in link} <= ends
    told = [row for row in history(session, case) if row.kind == "flow.exported"]
    assert [dict(row.fields)["format"] for row in told] == [kind.value for kind in FlowFormat]


def test_of_many_victims_a_heading_names_some_and_the_loss(
    session: Session, kit: Kit, qtbot: QtBot
) -> None:
    cases = [
        register_report(session, a_form(session, name)).case for name in ("甲", "乙", "丙", "丁")
    ]
    pane = shown(kit, qtbot, flow_pane(kit, session, *cases))
    export = pane.findChild(FlowExport)
    assert export is not None
    assert pane.sheet is not None
    told = export._page(pane.sheet).title
    assert told == "资金流向 · 甲 · 乙 · 丙 等 4 案 · 损失 98,000 元"


def test_a_name_that_is_a_formula_stays_a_name(
    session: Session, case: CaseId, kit: Kit, qtbot: QtBot
) -> None:
    form = a_form(session)
    wicked = replace(form.transfers[0], payee_name='=HYPERLINK("x")', id=session.ids.new_id())
    other = register_report(session, replace(form, transfers=(wicked,))).case
    pane = shown(kit, qtbot, flow_pane(kit, session, other))
    assert pane.sheet is not None
    text = export_flow(session, pane.sheet, FlowFormat.CSV, str).decode("utf-8-sig")
    assert "'=HYPERLINK" in text


@pytest.mark.parametrize(
    ("language", "payer", "source"),
    [("zh_CN", "付款账号", {"报案", "反馈"}), ("en", "payer", {"report", "reply"})],
)
def test_the_table_keeps_long_numbers_and_is_read_back(
    pane: FlowPane, kit: Kit, language: str, payer: str, source: set[str]
) -> None:
    """A spreadsheet makes 6.2E+18 of bare digits; cash and whoever else has no number is told by a name."""
    assert pane.sheet is not None
    kit.texts.set_language(language)
    data = export_flow(pane.session, pane.sheet, FlowFormat.CSV, pane.texts.table)
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {row[payer] for row in rows} >= {f'="{CARD}"', f'="{SECOND}"'}
    assert {
        row["来源" if payer == zh("flow.table.column.payer") else "source"] for row in rows
    } == source
    assert not [cell for row in rows for cell in row.values() if len(cell) > 11 and cell.isdigit()]
    read = {move[1:] for move in read_transfer_list(io.BytesIO(data))}
    assert read == {flow.move[1:] for flow in pane.sheet.moves}


def test_a_round_tells_its_payments_and_lights_them(
    kit: Kit, qtbot: QtBot, session: Session
) -> None:
    pane = shown(kit, qtbot, flow_pane(kit, session, case_that_goes_round(session)))
    WindowPage(qtbot, pane).show(1262, 590)
    pane.drawing.choose(SECOND)
    told = lines(pane)
    place = told.index(("回流，3 手一圈", "45,000"))
    assert told[place : place + 5] == [
        ("回流，3 手一圈", "45,000"),
        ("　10:22 8996 → 5702", "50,000"),
        ("　10:32 5702 → 0127", "48,000"),
        ("　10:42 0127 → 8996", "45,000"),
        ("快进快出，10 分 0 秒", "48,000"),
    ]
    way = pane.drawing.drawing().path
    assert len(way) == 4, "the way through the chosen account begins with the victim"
    pane.details.lines.setFocus()
    pane.details.lines.select_key("cycle/0")
    assert pane.drawing.drawing().path == {(CARD, SECOND), (SECOND, THIRD), (THIRD, CARD)}
    pane.drawing.choose(THIRD)
    assert pane.drawing.drawing().path == way


def test_a_period_chosen_while_another_is_read_is_the_one_shown(
    kit: Kit, qtbot: QtBot, session: Session, case: CaseId
) -> None:
    runner = HeldRunner()
    held = replace(kit, runner=runner)
    pane = shown(held, qtbot, flow_pane(held, session, case))
    runner.run_all()
    assert pane.sheet is not None
    whole, early = pane.sheet, pane.sheet.moves[0].move.at
    until = datetime.fromtimestamp(early, UTC)
    pane.reload()
    begun = runner.tasks[-1]
    take_scope(pane, FlowScope(until=until))
    begun.cancelled = False  # it had begun when the period was chosen, and does not stop midway
    runner.run_all()
    assert 0 < len(pane.sheet.moves) < len(whole.moves)


def test_payments_of_several_days_stand_under_their_day(
    kit: Kit, qtbot: QtBot, session: Session
) -> None:
    form = a_form(session)
    second = replace(
        form.transfers[0], id=session.ids.new_id(), time="2026-11-22 23:50:00", serial=""
    )
    both = register_report(session, replace(form, transfers=(*form.transfers, second))).case
    pane = shown(kit, qtbot, flow_pane(kit, session, both))
    pane.drawing.choose(CARD)
    assert [what.partition(" ")[0] for what, _ in lines(pane)] == [
        "2026-11-22", "23:50", "2026-11-24", "10:12",
    ]  # fmt: skip


def test_a_sum_of_millions_is_seen_whole_in_the_list(
    kit: Kit, qtbot: QtBot, session: Session
) -> None:
    form = a_form(session)
    much = replace(form.transfers[0], amount="112,345,678.90")
    case = register_report(session, replace(form, transfers=(much,))).case
    pane = shown(kit, qtbot, flow_pane(kit, session, case))
    turn_to(pane, "tiers")
    header, model = pane.tiers.horizontalHeader(), pane.tiers.model()
    cells = [model.index(1, column) for column in range(model.columnCount())]
    sums = [cell for cell in cells if cell.data() == "112,345,678.90"]
    assert len(sums) == 2
    for cell in sums:
        assert pane.tiers.sizeHintForIndex(cell).width() <= header.sectionSize(cell.column())
    turn_to(pane, "drawing")
    pane.drawing.choose(CARD)
    paid, beside = pane.details.lines.model().index(0, 1), pane.details.lines
    assert paid.data() == "112,345,678.90"
    assert beside.sizeHintForIndex(paid).width() <= beside.horizontalHeader().sectionSize(1)


def test_the_chosen_account_is_stopped_by_a_key(
    qtbot: QtBot, kit: Kit, session: Session, case: CaseId
) -> None:
    pane = shown(kit, qtbot, flow_pane(kit, session, case))
    WindowPage(qtbot, pane).show(1262, 590)
    pane.drawing.choose(THIRD)
    assert pane.sheet is not None
    assert pane.faces(graph_of(pane.sheet, pane.method))[THIRD].state == zh("flow.state.nothing")
    qtbot.keyClick(pane, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    dialog = next(
        w
        for w in QApplication.topLevelWidgets()
        if isinstance(w, OrderFormDialog) and w.isVisible()
    )
    page = WindowPage(qtbot, dialog)
    page.click("order_form_accept")
    if dialog.isVisible():  # a doubt is shown first
        page.click("order_form_accept")
    assert not dialog.isVisible()
    assert pane.drawing.current == THIRD
    assert pane.faces(graph_of(pane.sheet, pane.method))[THIRD].state == zh("flow.state.asked")
    assert any(line.order is not None for line in pane.details.lines.rows.rows)


def test_nothing_is_ordered_about_one_of_several_accounts_nor_about_cash(
    qtbot: QtBot, kit: Kit, session: Session, case: CaseId
) -> None:
    """The node of stopped money lies in two accounts; whoever drew cash has none."""
    pane = shown(kit, qtbot, flow_pane(kit, session, case))
    page = WindowPage(qtbot, pane)
    page.show(1262, 590)
    assert pane.sheet is not None
    (cash,) = (a.key for a in pane.sheet.accounts.values() if a.cash_out is CashOutKind.CASH)
    may = {}
    for key in (THIRD, HELD[Disposition.HELD], cash):
        pane.drawing.choose(key)
        assert pane.drawing.current == key
        may[key] = page.find("flow_order_stop", Button).isVisible()
    assert may == {THIRD: True, HELD[Disposition.HELD]: False, cash: False}


def test_the_scope_is_chosen_and_said(
    qtbot: QtBot, kit: Kit, session: Session, case: CaseId
) -> None:
    pane = shown(kit, qtbot, flow_pane(kit, session, case))
    WindowPage(qtbot, pane).show(1262, 590)
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(pane, Qt.Key.Key_W, control)
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, ScopeDialog) and w.isVisible()
    )
    page = WindowPage(qtbot, dialog)
    minutes = dialog.field("minutes", TextField)
    dialog.field("until", DateTimeField).set_value("2026-11-24 10:13")
    minutes.set_value("x")
    page.click("scope_accept")
    assert dialog.isVisible()
    assert "整数" in minutes.hint.text()
    minutes.line.clear()
    type_text(minutes.line, "5")
    assert not minutes.hint.text(), "what was mended is no longer called wrong"
    page.click("scope_accept")
    assert pane.sheet is not None
    assert (len(pane.sheet.moves), pane.sheet.tolerance) == (1, 300)
    assert "2026-11-24 10:13，未计 6 笔" in pane.texts.scope(pane.sheet)
