"""The list of orders on a real desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from desktop.domain.cases.case import CaseState
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draw_form import draw_stop_form
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
    bar.clear()
    desk.runner.run_all()
    shown = {row.view.order.id for row in page.widget.table.orders_model.orders}
    assert shown == {first.id, second.id}
