"""The list of orders on a real desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

from PySide6.QtCore import Qt

from desktop.domain.cases.case import CaseState
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.ports import OrderChoices
from tests.support.counted_orders import counted, orders_on_clock
from tests.support.sessions import a_form, take_seat
from tests.ui.conftest import BEIJING
from tests.ui.orders.conftest import Bench
from tests.ui.orders.samples import LIMITS


def test_an_order_knows_when_its_report_was_taken_and_how_far_its_case_is(tmp_path: Path) -> None:
    seat = take_seat(tmp_path, "A")
    session = seat.session
    form = a_form(session)
    case = register_report(session, form).case
    seat.clock.advance(minutes=6)
    issue_stop(session, form, 0, confirmed=True)
    (row,) = orders_on_clock(session)
    told = counted((row,), LIMITS, session.clock.now(), BEIJING)
    assert told.median == timedelta(minutes=6)
    assert (told.unreceived, told.unsent) == (0, 1), "nothing has gone to the centre"
    assert not row.settled
    move_case(session, case, CaseState.CLOSED)
    (row,) = orders_on_clock(session)
    assert row.settled
    assert draw_stop_form(session, row.view.order.id).data


def test_what_is_chosen_above_the_list_is_read_from_the_desk(desk: Bench) -> None:
    """By what was typed, by a choice, by neither; and one who finds nothing sees why, and the way back."""
    first, second = desk.stop("李秀兰"), desk.stop("马强")
    desk.read()
    bar, page = desk.page.widget.bar, desk.page
    bar.text.setText("没有的人")
    assert page.victims() == ["李秀兰", "马强"], "what is here stays until the other is"
    desk.runner.run_all()
    assert page.victims() == []
    bar.text.setText("马强")
    desk.runner.run_all()
    assert page.victims() == ["马强"]
    assert page.headings() == ["资金流 · 1 笔"]
    bar.text.clear()
    bar.receiver.setCurrentIndex(1)
    desk.runner.run_all()
    assert len(page.victims()) == 2
    bar.pressure.set_value("overdue")
    bar.changed.emit()
    desk.runner.run_all()
    assert page.victims() == []
    assert not page.widget.table.isVisible()
    assert bar.receiver.toolTip() == bar.receiver.value()
    changes = Mock()
    bar.changed.connect(changes)
    bar.text.setText("马强")
    bar.text.clear()
    changes.reset_mock()
    bar.clear()
    changes.assert_called_once()
    assert bar.receiver.toolTip() == ""
    desk.runner.run_all()
    shown = {row.view.order.id for row in page.widget.table.orders_model.orders}
    assert shown == {first.id, second.id}


def test_esc_leaves_the_text_above_the_list_once_it_is_empty(desk: Bench) -> None:
    """What is chosen beside it has no name but that of the screen, whatever is read anew."""
    desk.stop("李秀兰")
    desk.read()
    page, bar = desk.page, desk.page.widget.bar
    bar.state.setCurrentIndex(1)
    bar.offer(OrderChoices())
    assert (bar.state.toolTip(), bar.state.itemData(1, Qt.ItemDataRole.ToolTipRole)) == ("", None)
    bar.clear()
    page.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    page.type_here("李秀兰")
    desk.runner.run_all()
    page.press(Qt.Key.Key_Escape)
    desk.runner.run_all()
    assert (bar.text.text(), bar.text.hasFocus()) == ("", True)
    page.press(Qt.Key.Key_Escape)
    assert page.widget.table.hasFocus()
