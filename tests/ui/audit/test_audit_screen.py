"""The auditor's page: questions set the filters, pages come as one goes down, and nothing is clipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.audit import (
    AuditCategory,
    AuditFile,
    AuditKey,
    AuditPage,
    AuditQuery,
    AuditRow,
    AuditSum,
    SignInStorm,
)
from desktop.domain.clock import to_wire
from desktop.domain.errors import AppError, WorldError
from desktop.domain.fields import Fields
from desktop.journal import kinds
from desktop.journal.audited import AUDITED, kinds_of
from desktop.services.audit.audit_questions import QUESTIONS
from desktop.services.audit.audit_texts import AuditTexts
from desktop.ui.audit.audit_screen import AuditScreen
from desktop.ui.audit.port import Answer, AuditRequest
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps
from tests.ui.centre.fakes import NOW

PAGE = 4
TOLD: Fields = {
    "count": 3,
    "name": "欧阳阿依古丽·买买提江",
    "about_officer": "62013512345678901234",
    "hits": 12,
}


def a_row(number: int, kind: str = "") -> AuditRow:
    every = sorted(AUDITED)
    chosen = kind or every[number % len(every)]
    at = NOW - timedelta(minutes=number)
    return AuditRow(
        AuditKey(to_wire(at), "D", 10_000 - number), at, "620134", chosen,
        AUDITED[chosen].category, "620102540000-20261124-A-0001", "D", TOLD,
    )  # fmt: skip


@dataclass
class MemoryAudit:
    """Implements ``AuditPort`` over so many lines."""

    kit: Kit
    lines: int = 10
    asked: list[AuditRequest] = field(default_factory=list)
    exported: list[AuditQuery] = field(default_factory=list)
    fail_with: AppError | None = None
    storm: tuple[SignInStorm, ...] = ()

    def ask(self, asked: AuditRequest) -> Answer:
        if self.fail_with is not None:
            raise self.fail_with
        self.asked.append(asked)
        query = AuditQuery(asked.officer, asked.case, asked.kinds, asked.since)
        total = AuditSum(self.lines, True, (("620134", self.lines),) if self.lines else ())
        words = AuditTexts(lambda: self.kit.texts, {"620134": "王建国"}, str)
        return Answer(query, self._page(0), total, words, self.storm if asked.storms else ())

    def older(self, query: AuditQuery, after: AuditKey) -> AuditPage:
        return self._page(10_000 - after.seq + 1)

    def export(self, query: AuditQuery, target: Path) -> AuditFile:
        if self.fail_with is not None:
            raise self.fail_with
        self.exported.append(query)
        return AuditFile(
            target, Path(f"{target}.sig"), Path(f"{target}.allowed_signers"), "D", self.lines
        )

    def officers(self) -> tuple[tuple[str, str], ...]:
        return (("620134", "王建国"), ("62013512345678901234", "欧阳阿依古丽·买买提江"))

    def _page(self, first: int) -> AuditPage:
        rows = tuple(a_row(number) for number in range(first, min(first + PAGE, self.lines)))
        return AuditPage(rows, rows[-1].key if rows and first + PAGE < self.lines else None)


@pytest.fixture
def show(qtbot: QtBot, kit: Kit) -> Callable[[MemoryAudit], AuditScreen]:
    def make(port: MemoryAudit) -> AuditScreen:
        screen = AuditScreen(kit, port)
        qtbot.addWidget(screen)
        screen.resize(1294, 690)
        screen.show()
        screen.opened()
        return screen

    return make


def choose(screen: AuditScreen, name: str) -> None:
    place = [question.name for question in QUESTIONS].index(name)
    screen.questions.setCurrentIndex(screen.questions.questions.index(place, 0))


def test_going_down_reads_on_to_the_end_and_every_line_once(
    qtbot: QtBot, kit: Kit, show: Callable[[MemoryAudit], AuditScreen]
) -> None:
    screen = show(MemoryAudit(kit, lines=11))
    assert len(screen.table.lines.rows) >= PAGE
    for _ in range(20):
        qtbot.keyClick(screen.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert [row.key.seq for row in screen.table.lines.rows] == [10_000 - n for n in range(11)]
    assert "11" in screen.shown.text()


def test_a_question_sets_the_filters_and_a_filter_narrows_it(
    kit: Kit, show: Callable[[MemoryAudit], AuditScreen]
) -> None:
    port = MemoryAudit(kit, storm=(SignInStorm("620134", "2026-11-24", 12),))
    screen = show(port)
    assert port.asked[-1] == AuditRequest()
    choose(screen, "failures")
    assert port.asked[-1].kinds == {kinds.SIGN_IN_FAILED}
    assert port.asked[-1].since is not None
    assert "12" in screen.summary.text()
    screen.filters.officer.combo.setCurrentIndex(1)
    assert port.asked[-1].officer == "620134"
    choose(screen, "roles")
    assert port.asked[-1].kinds == kinds_of(AuditCategory.OFFICERS)
    assert port.asked[-1].officer == "620134", "who is asked about stays"
    since = port.asked[-1].since
    assert since is not None
    assert since <= NOW
    screen.filters.category.combo.setCurrentIndex(3)
    assert port.asked[-1].kinds == kinds_of(list(AuditCategory)[2])


def test_a_question_about_a_case_waits_for_its_number(
    qtbot: QtBot, kit: Kit, show: Callable[[MemoryAudit], AuditScreen]
) -> None:
    port = MemoryAudit(kit)
    screen = show(port)
    before = len(port.asked)
    screen.questions.setFocus()
    choose(screen, "case")
    assert len(port.asked) == before
    assert screen._none.isVisible()
    assert not screen._export.enabled
    assert screen.window().focusWidget() is screen.questions, "arrows pass it by"
    qtbot.keyClick(screen.questions, Qt.Key.Key_Return)
    assert screen.window().focusWidget() is screen.filters.case.line
    qtbot.keyClicks(screen.filters.case.line, "0001")
    qtbot.keyClick(screen.filters.case.line, Qt.Key.Key_Return)
    assert port.asked[-1].case == "0001"
    assert screen.table.isVisible()


def test_nothing_found_says_so_and_errors_are_told(
    kit: Kit, show: Callable[[MemoryAudit], AuditScreen], tmp_path: Path
) -> None:
    port = MemoryAudit(kit, lines=0)
    screen = show(port)
    assert screen._none.isVisible()
    port.lines = 2
    screen.ask()
    assert screen.table.isVisible()
    port.fail_with = WorldError("disk.full")
    screen.export_to((tmp_path / "a.json",))
    assert screen.banner.isVisible()
    port.fail_with = None
    screen.export_to((tmp_path / "a.json",))
    assert port.exported == [AuditQuery()]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_clipped(
    kit: Kit, show: Callable[[MemoryAudit], AuditScreen], language: str
) -> None:
    kit.texts.set_language(language)
    storm = (SignInStorm("62013512345678901234", "2026-11-24", 120),)
    screen = show(MemoryAudit(kit, lines=500, storm=storm))
    for question in QUESTIONS:
        choose(screen, question.name)
        assert clipped_texts(screen) == []
        assert overlaps(screen) == []
