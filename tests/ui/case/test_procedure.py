"""Recording steps and official numbers on the case page, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.errors import WorldError
from desktop.domain.ids import StepId
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.theme import Scheme
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import WindowPage, type_text

_CONTROL = Qt.KeyboardModifier.ControlModifier
STEPS = (
    ProcedureStep(StepId("step-1"), StepKind.ACCEPTED, samples.ago(minutes=15), "", "", "620134"),
    ProcedureStep(
        StepId("step-2"), StepKind.FILED, samples.ago(minutes=3),
        "兰公（城）立字〔2026〕1187号", "分管局长已批", "620177",
    ),
)  # fmt: skip


def with_steps(*steps: ProcedureStep, official: OfficialNumbers | None = None) -> CaseSheet:
    sheet = samples.sheet()
    case = replace(sheet.file.case, official=official or OfficialNumbers())
    return replace(sheet, file=replace(sheet.file, case=case, steps=steps))


def enter(dialog: WindowPage, name: str) -> None:
    QTest.keyClick(dialog.find(name), Qt.Key.Key_Return)


def test_a_step_is_recorded_without_the_mouse(bench: Bench) -> None:
    bench.page.press(Qt.Key.Key_R, _CONTROL)
    dialog = bench.page.dialog("step_dialog")
    combo = dialog.find("step_kind", QComboBox)
    assert dialog.widget.focusWidget() is combo
    for _ in range(list(StepKind).index(StepKind.FILED)):
        QTest.keyClick(combo, Qt.Key.Key_Down)
    dialog.fill("step_at", "10:20")
    dialog.fill("step_number", "兰公（城）立字〔2026〕1187号")
    enter(dialog, "step_number")
    at = samples.NOW - timedelta(minutes=11, seconds=7)
    (step,) = bench.file().steps
    assert (step.kind, step.at, step.number) == (
        StepKind.FILED, at, "兰公（城）立字〔2026〕1187号",
    )  # fmt: skip


def test_what_was_typed_stays_until_the_desk_has_it(bench: Bench) -> None:
    full = WorldError("disk.full", need=1, free=0)
    asked = bench.note("case.actions.case_works.set_official_numbers", full)
    bench.page.press(Qt.Key.Key_G, _CONTROL)
    dialog = bench.page.dialog("official_dialog")
    dialog.fill("official_incident", "J620102000000202611240017")
    enter(dialog, "official_incident")
    bench.runner.run_all()
    assert dialog.widget.isVisible()
    assert dialog.find("official_banner").isVisible()
    enter(dialog, "official_incident")
    assert bench.file().case.official == OfficialNumbers("J620102000000202611240017", "", "")
    assert len(asked) == 2
    with pytest.raises(AssertionError):
        bench.page.dialog("official_dialog")


def test_a_time_that_has_not_come_is_said_at_once(bench: Bench) -> None:
    bench.page.press(Qt.Key.Key_R, _CONTROL)
    dialog = bench.page.dialog("step_dialog")
    dialog.fill("step_at", "2026-11-25 09:00")
    enter(dialog, "step_at")
    assert dialog.text("step_at_hint") == zh("steps.dialog.future")
    assert bench.file().steps == ()


def test_the_case_says_it_is_not_registered_until_it_is(bench: Bench) -> None:
    header = bench.page.widget.header
    assert zh("steps.official.none") in bench.page.words(header)
    bench.show(with_steps(official=OfficialNumbers("J6201020017", "", "")))
    words = bench.page.words()
    assert zh("steps.official.none") not in words
    assert "J6201020017" in words


def test_a_step_is_taken_back_with_a_reason(bench: Bench) -> None:
    withdrawn = bench.note("case.actions.case_works.withdraw_step", answer=None)
    bench.show(with_steps(*STEPS))
    bench.page.click("case_step_withdraw")
    dialog = bench.page.dialog("withdraw_dialog")
    enter(dialog, "withdraw_reason")
    bench.runner.run_all()
    assert withdrawn == []
    type_text(dialog.find("withdraw_reason"), "记错案件")
    enter(dialog, "withdraw_reason")
    bench.runner.run_all()
    assert withdrawn == [(samples.CASE, StepId("step-2"), "记错案件")]
    gone = replace(STEPS[1], withdrawn="记错案件")
    bench.show(with_steps(STEPS[0], gone))
    assert "已撤销：记错案件" in bench.page.words()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_cut(bench: Bench, language: str, scheme: Scheme) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    bench.show(with_steps(*STEPS))
    QApplication.processEvents()
    QApplication.processEvents()
    assert not clipped_texts(bench.page.widget)
    assert not overlaps(bench.page.widget)
