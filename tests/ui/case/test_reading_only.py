"""Where an officer only reads cases, as a centre does, the page offers nothing that writes into one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from tests.ui.case import samples
from tests.ui.case.conftest import Bench, make_bench
from tests.ui.case.test_merge import merged
from tests.ui.case.test_papers_tab import open_papers
from tests.ui.case.test_procedure import STEPS

_WRITING = (
    "case_edit", "case_record_step", "case_official", "case_step_withdraw", "case_task_add", "case_supplement",
    "case_merge_undo",
)  # fmt: skip
_CONTROL = Qt.KeyboardModifier.ControlModifier
_BOTH = _CONTROL | Qt.KeyboardModifier.ShiftModifier
_KEYS = (
    (Qt.Key.Key_E, _CONTROL),
    (Qt.Key.Key_R, _CONTROL),
    (Qt.Key.Key_G, _CONTROL),
    (Qt.Key.Key_T, _CONTROL),
    (Qt.Key.Key_T, _BOTH),
    (Qt.Key.Key_B, _CONTROL),
    (Qt.Key.Key_V, _BOTH),
    (Qt.Key.Key_M, _BOTH),
    (Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier),
)


@pytest.fixture(params=[True, False], ids=["writes", "reads"])
def writes(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("orders", [True, False], ids=["orders", "looks"])
def test_what_orders_is_there_for_who_may_order_only(
    kit: Kit,
    qtbot: QtBot,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    *,
    orders: bool,
) -> None:
    bench = make_bench(kit, qtbot, session, monkeypatch, writes=orders, orders=orders)
    page = bench.page
    QApplication.processEvents()
    assert {name for name in ("case_stop_3", "case_conflict_take") if page.offers(name)} == (
        {"case_stop_3", "case_conflict_take"} if orders else set()
    )
    page.press(Qt.Key.Key_O, _CONTROL)
    assert page.closed("order_new_dialog") is not orders
    for dialog in page.widget.window().findChildren(DialogFrame):
        dialog.close()
    page.go_to("orders")
    QApplication.processEvents()
    ordering = ("case_new_order", "case_order_slip")
    assert {name for name in ordering if page.offers(name)} == (set(ordering) if orders else set())
    assert page.offers("case_order_paper")


@pytest.fixture
def reading(
    kit: Kit, qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> Bench:
    """The page of a case that leads another, has steps and tasks, and to which more could be done."""
    made = make_bench(kit, qtbot, session, monkeypatch, writes=writes)
    sheet = merged()
    made.show(replace(sheet, file=replace(sheet.file, steps=STEPS, tasks=samples.tasks())))
    return made


def test_buttons_that_write_are_there_for_who_writes_only(reading: Bench, *, writes: bool) -> None:
    assert {name for name in _WRITING if reading.page.offers(name)} == (
        set(_WRITING) if writes else set()
    )
    assert reading.page.offers("case_merge_open")


def test_keys_that_write_do_nothing_for_who_reads(reading: Bench, *, writes: bool) -> None:
    opened = 0
    taken = reading.note("case.tasks.card.accept_proposal", answer=None)
    for key, modifier in _KEYS:
        reading.page.press(key, modifier)
        for dialog in reading.page.widget.window().findChildren(DialogFrame):
            opened += dialog.isVisible()
            dialog.close()
    reading.runner.run_all()
    assert (bool(opened), bool(reading.ways.calls), bool(taken)) == (writes,) * 3


def test_a_former_value_is_given_back_by_who_writes_only(reading: Bench, *, writes: bool) -> None:
    reading.page.press(Qt.Key.Key_F11)
    dialog = reading.page.dialog("field_history_dialog")
    assert dialog.find("field_history_give_back").isVisible() is writes
    assert dialog.find("field_history_close").isVisible()


def test_a_task_is_ticked_by_who_writes_only(reading: Bench, *, writes: bool) -> None:
    finished = reading.note("case.tasks.card.finish_task", answer=None)
    reading.page.click("case_task_0")
    reading.runner.run_all()
    assert bool(finished) is writes


def test_papers_are_begun_by_who_writes_and_printed_by_all(reading: Bench, *, writes: bool) -> None:
    page = open_papers(reading)
    assert page.offers("case_paper_draft") is writes
    assert page.offers("case_paper_print")
