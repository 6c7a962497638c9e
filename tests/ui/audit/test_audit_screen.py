"""The auditor's page: questions set the filters, pages come as one goes down, and nothing is clipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.installation.audit import (
    AuditCategory,
    AuditKey,
    AuditPage,
    AuditQuery,
    AuditRow,
    AuditSum,
    SignInStorm,
)
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.records.fields import Fields
from desktop.domain.time.clock import to_wire
from desktop.journal import kinds
from desktop.journal.audited import AUDITED, kinds_of
from desktop.services.audit.audit_questions import QUESTIONS
from desktop.services.audit.list_audit import audit_rows
from desktop.services.audit.note_lock import note_failures, note_lock
from desktop.services.audit.open_case import note_opened
from desktop.services.cases.changes.register_report import register_report
from desktop.services.session import Session
from desktop.ui.audit.audit_screen import AuditRequest, AuditScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from tests.support.clocks import START as NOW
from tests.support.journals import length
from tests.support.sessions import Seat, a_form, signed_in
from tests.ui.pages.file_page import FilePage

PAGE = 4
TOLD: Fields = {
    "count": 3,
    "name": "欧阳阿依古丽·买买提江",
    "about_officer": "62013512345678901234",
    "hits": 12,
}


def always(answer: object) -> Callable[..., object]:
    """A service that answers nothing else."""
    return lambda *_args, **_more: answer


def a_row(number: int, kind: str = "") -> AuditRow:
    every = sorted(AUDITED)
    chosen = kind or every[number % len(every)]
    at = NOW - timedelta(minutes=number)
    return AuditRow(
        AuditKey(to_wire(at), "D", 10_000 - number), at, "620134", chosen,
        AUDITED[chosen].category, "620102540000-20261124-A-0001", "D", TOLD,
    )  # fmt: skip


def says_nothing(screen: AuditScreen) -> bool:
    """Whether a sentence stands where rows would."""
    return any(empty.isVisible() for empty in screen.findChildren(EmptyState))


@pytest.fixture
def screen(qtbot: QtBot, kit: Kit, session: Session) -> AuditScreen:
    signed_in(session, Officer("62013512345678901234", "欧阳阿依古丽·买买提江", (Role.AUDITOR,)))
    made = AuditScreen(kit, session)
    qtbot.addWidget(made)
    made.resize(1294, 690)
    made.show()
    return made


def choose(screen: AuditScreen, name: str) -> None:
    place = [question.name for question in QUESTIONS].index(name)
    screen.questions.setCurrentIndex(screen.questions.rows.index(place, 0))


def shown(screen: AuditScreen) -> list[AuditRow]:
    return list(screen.table.rows.rows)


def test_going_down_reads_on_to_the_end_and_every_line_once(
    qtbot: QtBot, screen: AuditScreen, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.audit.audit_screen._PAGE", PAGE)
    for locked in (True, False) * 4:
        note_lock(seat.session, locked=locked)
        seat.clock.advance(minutes=1)
    screen.opened()
    every = [row.key for row in audit_rows(seat.session, AuditQuery())]
    assert PAGE <= len(shown(screen)) < len(every)
    for _ in range(20):
        qtbot.keyClick(screen.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert [row.key for row in shown(screen)] == every[::-1]
    assert str(len(every)) in screen.shown.text()


def test_a_question_sets_the_filters_and_a_filter_narrows_it(
    screen: AuditScreen, session: Session
) -> None:
    note_failures(session, "620134", 12)
    screen.opened()
    assert screen.filters.asked(NOW) == AuditRequest()
    choose(screen, "failures")
    assert {row.kind for row in shown(screen)} == {kinds.SIGN_IN_FAILED}
    assert screen.filters.asked(NOW).since is not None
    assert "12" in screen.summary.text()
    screen.filters.officer.combo.setCurrentIndex(2)
    assert shown(screen) == [], "nothing of this officer"
    screen.filters.officer.combo.setCurrentIndex(1)
    assert screen.filters.asked(NOW).officer == "620134"
    assert {row.officer for row in shown(screen)} == {"620134"}
    choose(screen, "roles")
    asked = screen.filters.asked(NOW)
    assert asked.kinds == kinds_of(AuditCategory.OFFICERS)
    assert asked.officer == "620134", "who is asked about stays"
    assert asked.since is not None
    assert asked.since <= NOW
    assert {row.kind for row in shown(screen)} == {kinds.OFFICER_ENROLLED}
    screen.filters.category.combo.setCurrentIndex(3)
    assert screen.filters.asked(NOW).kinds == kinds_of(list(AuditCategory)[2])


def test_a_question_about_a_case_waits_for_its_number(
    qtbot: QtBot, screen: AuditScreen, session: Session
) -> None:
    case = register_report(session, a_form(session))
    note_opened(session, [case.case])
    screen.opened()
    before = length(session)
    screen.questions.setFocus()
    choose(screen, "case")
    assert says_nothing(screen)
    assert not FilePage(qtbot, screen).find("audit_export").isEnabled()
    assert screen.window().focusWidget() is screen.questions, "arrows pass it by"
    qtbot.keyClick(screen.questions, Qt.Key.Key_Return)
    assert screen.window().focusWidget() is screen.filters.case.line
    qtbot.keyClicks(screen.filters.case.line, case.number)
    qtbot.keyClick(screen.filters.case.line, Qt.Key.Key_Return)
    assert {row.case for row in shown(screen)} == {case.number}
    assert screen.table.isVisible()
    assert length(session) == before, "that the audit is read is a line once"


def test_nothing_found_says_so_and_errors_are_reported(
    qtbot: QtBot, screen: AuditScreen, tmp_path: Path
) -> None:
    page = FilePage(qtbot, screen)
    screen.opened()
    choose(screen, "alarms")
    assert says_nothing(screen)
    choose(screen, "latest")
    assert screen.table.isVisible()
    screen.export_to((tmp_path / "gone" / "a.json",))
    assert screen.banner.isVisible()
    assert "a.json.sig" not in page.message("audit_banner")
    screen.export_to((tmp_path / "a.json",))
    assert "a.json.sig" in page.message("audit_banner")
    assert json.loads((tmp_path / "a.json").read_text())["format"] == "fanzha-audit-1"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_clipped(
    kit: Kit, screen: AuditScreen, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of every kind, with the longest names."""
    kit.texts.set_language(language)
    storm = (SignInStorm("62013512345678901234", "2026-11-24", 120),)
    page = AuditPage(tuple(map(a_row, range(100))), a_row(99).key)
    for name, answer in (
        ("audit_page", page),
        ("audit_sum", AuditSum(500, True, (("620134", 500),))),
        ("storms", storm),
        ("case_of_number", "case-1"),
    ):
        monkeypatch.setattr(f"desktop.ui.audit.audit_screen.{name}", always(answer))
    screen.opened()
    for question in QUESTIONS:
        choose(screen, question.name)
        assert clipped_texts(screen) == []
        assert overlaps(screen) == []
