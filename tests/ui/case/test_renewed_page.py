"""After an act the page says what it would say if all of the case were read anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind
from desktop.services.case_sheet import CaseSheet, read_sheet
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import add_task
from desktop.services.session import Session
from desktop.ui.case.case_screen import CaseScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.texts.label import ElidedLabel
from tests.services.test_case_sheet import ACTS
from tests.services.test_order_kinds import NUMBERS, issue, request
from tests.support.sessions import a_form, take_seat
from tests.ui.case.fakes import SETUP, Ways

Act = Callable[[Session, CaseId, Path], object]


def _order_of_a_merged_report(session: Session, case: CaseId, _folder: Path) -> None:
    """It hangs on the report that told of its lead."""
    report = _merged(session, case)
    issue(session, report, request(session, report, OrderKind.BLOCK, lead="url"))


def _merged(session: Session, case: CaseId) -> CaseId:
    with session.store.read() as reader:
        (member,) = reader.case_group(case).members
    return member


def _shown_texts(page: QWidget) -> list[tuple[object, ...]]:
    """What stands in every part, in sight or not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found: list[tuple[object, ...]] = []
    for part in page.findChildren(QWidget):
        if isinstance(part, QTableView):
            model = part.model()
            places = [(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())]
            cells = [str(model.index(row, column).data()) for row, column in places]
            found.append((part.objectName(), *cells))
        elif isinstance(part, QLabel | QAbstractButton):
            text = part.whole_text() if isinstance(part, ElidedLabel) else part.text()
            found.append((part.objectName(), part.isHidden(), text, part.accessibleName()))
    return sorted(found, key=repr)


@pytest.mark.parametrize(
    "act", [*ACTS.values(), _order_of_a_merged_report], ids=[*ACTS, "order of a merged report"]
)
def test_it_says_what_it_would_say_anew(kit: Kit, qtbot: QtBot, tmp_path: Path, act: Act) -> None:
    session = take_seat(tmp_path, "A").session
    case = register_report(session, a_form(session)).case
    if act is _order_of_a_merged_report:
        lead = IdentifierText(session.ids.new_id(), "url", NUMBERS["url"])
        again = register_report(session, replace(a_form(session), identifiers=(lead,))).case
        merge_cases(session, case, again)
    screen = CaseScreen(kit, session, Ways(), replace(SETUP, type_name=str))
    qtbot.addWidget(screen)
    late = CaseScreen(kit, session, Ways(), replace(SETUP, type_name=str))
    qtbot.addWidget(late)
    screen.make_whole()
    for page in (screen, late):
        page.open_case(case)
        page.show()
    act(session, case, tmp_path)
    for page in (screen, late):
        page.renew()
    renewed = _shown_texts(screen)
    late.make_whole()
    assert _shown_texts(late) == renewed, "a part made now shows what one made before does"
    screen.reload()
    assert renewed == _shown_texts(screen)


def test_what_could_not_be_read_whole_is_read_whole_after_the_next_act(
    kit: Kit, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came from elsewhere is in no entry of the case; the act must not take the banner away over the old."""
    session = take_seat(tmp_path, "A").session
    case = register_report(session, a_form(session)).case
    screen = CaseScreen(kit, session, Ways(), replace(SETUP, type_name=str))
    qtbot.addWidget(screen)
    screen.open_case(case)
    screen.show()
    answers: list[Exception] = [WorldError("database.server_gone")] * 2
    readings = []

    def read(session: Session, wanted: CaseId) -> CaseSheet:
        readings.append(wanted)
        if answers:
            raise answers.pop()
        return read_sheet(session, wanted)

    monkeypatch.setattr("desktop.ui.case.case_screen.read_sheet", read)
    screen.reload()
    add_task(session, case, "回拨")
    screen.renew()
    assert screen.banner.isVisible()
    kit.texts.set_language("en")
    screen.renew()
    assert not screen.banner.isVisible()
    screen.renew()
    assert readings == [case] * 3, "what was read whole is only renewed"
