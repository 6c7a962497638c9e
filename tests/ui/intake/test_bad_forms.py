"""Forms that should not go out: Enter never sends them, F9 sends what is wrong with a reason only."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.cases.answers import TICKED
from desktop.domain.ids import CaseId
from desktop.domain.problems import Severity
from desktop.services.cases.form.drafts import save_draft
from desktop.services.look_up import case_file
from desktop.services.orders.issue_order import check_stop
from desktop.ui.intake.stop.stop_candidate import StopCandidate
from desktop.ui.intake.stop.stop_flow import StopDialog
from desktop.ui.shared.kit.kit import Kit
from tests.support.bad_forms import BAD_FORMS, BadForm
from tests.support.sessions import Seat, a_form
from tests.ui.pages.intake import IntakePage
from tests.ui.pages.window_page import type_text

SENDABLE = tuple(bad for bad in BAD_FORMS if bad.payment.get("attempted") != TICKED)
REASON = "本人在场核对"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window that a dialog stands over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    return window


@pytest.mark.parametrize("bad", SENDABLE, ids=str)
def test_the_keyboard_is_on_the_way_to_the_gravest_and_nothing_goes_out_by_enter(
    qtbot: QtBot, kit: Kit, host: QWidget, seat: Seat, bad: BadForm
) -> None:
    def press(dialog: StopDialog, key: Qt.Key) -> None:
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(dialog.focusWidget(), key)

    form = bad.made(a_form(seat.session))
    candidate = StopCandidate(0, form.transfers[0], check_stop(seat.session, form, 0))
    dialog = StopDialog(kit, host, (candidate,))
    sent: list[tuple[object, str]] = []
    ways: list[str] = []
    dialog.confirmed.connect(lambda indices, reason: sent.append((indices, reason)))
    dialog.jump.connect(ways.append)
    dialog.open()
    gravest = bad.found[0][2]
    press(dialog, Qt.Key.Key_F9)
    assert bool(sent) is (gravest is Severity.WARN)
    if gravest is Severity.WRONG:
        assert dialog.focusWidget() is dialog.despite.line
        type_text(dialog.despite.line, REASON)
        press(dialog, Qt.Key.Key_Return)
        assert not sent
        press(dialog, Qt.Key.Key_F9)
        assert sent == [((0,), REASON)]
    dialog.close()
    again = StopDialog(kit, host, (candidate,))
    again.confirmed.connect(lambda indices, reason: sent.append((indices, reason)))
    again.jump.connect(ways.append)
    again.open()
    before = list(sent)
    press(again, Qt.Key.Key_Return)
    assert (ways, sent) == ([bad.focus], before)
    assert not again.isVisible()


def _wizard(page: IntakePage, seat: Seat, name: str) -> CaseId:
    bad = next(item for item in BAD_FORMS if item.name == name)
    form = bad.made(a_form(seat.session))
    save_draft(seat.session, form)
    page.screen.resume(CaseId(form.case_id))
    return CaseId(form.case_id)


def test_what_is_missing_is_red_once_somebody_wanted_to_send(page: IntakePage, seat: Seat) -> None:
    _wizard(page, seat, "no sum")
    assert page.state("transfers.0.amount") == ""
    page.stop().press(Qt.Key.Key_Return)
    assert page.focused_path() == "transfers.0.amount"
    assert page.state("transfers.0.amount") == "red"
    assert page.hint("transfers.0.amount")
    page.fill(transfers_0_amount="98000")
    assert page.state("transfers.0.amount") == "green"


def test_what_is_wrong_goes_out_with_its_reason(page: IntakePage, seat: Seat) -> None:
    case = _wizard(page, seat, "an id with another last digit")
    assert page.state("victim.id_number") == "red"
    page.stop().stop()
    line = page.focused()
    assert page.has_dialog("stop_dialog")
    assert not page.screen.pages.record.registered
    type_text(line, REASON)
    page.stop()
    file = case_file(seat.session, case)
    ((order, reason),) = [(item.order, item.reason) for item in file.case.sent_despite]
    assert (order, reason) == (file.orders[0].order.id, REASON)
