"""Tasks on the case page, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.task_proposals import TaskProposal
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.errors import WorldError
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.tasks.line import TaskLine
from desktop.ui.shared.kit.theme import Scheme, Tone
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import Bench
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.window_page import WindowPage

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
STATEMENT = TaskProposal(TaskSource.STAMPED_STATEMENT)


def line(bench: Bench, place: int) -> TaskLine:
    QApplication.processEvents()  # what was just added becomes visible
    return bench.page.find(f"case_task_{place}", TaskLine)


def enter(dialog: WindowPage, name: str) -> None:
    QTest.keyClick(dialog.find(name), Qt.Key.Key_Return)


def with_unknown_payee() -> CaseSheet:
    hidden = replace(samples.TRANSFERS[0], payee=Account("陈某某", "6230****8994", "农业银行"))
    return samples.sheet(transfers=(hidden,))


def test_a_task_is_typed_without_the_mouse(bench: Bench) -> None:
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    dialog = bench.page.dialog("task_dialog")
    assert dialog.widget.focusWidget() is dialog.find("task_text")
    dialog.fill("task_text", "回电报案人")
    dialog.click("task_kind_promise")
    dialog.fill("task_due", "09:30")  # gone by today, hence tomorrow's
    enter(dialog, "task_due")
    due = samples.NOW.replace(hour=1, minute=30, second=0) + timedelta(days=1)
    (task,) = bench.file().tasks
    assert (task.text, task.due, task.source) == ("回电报案人", due, TaskSource.PROMISE)
    assert not dialog.widget.isVisible()


@pytest.mark.parametrize(
    ("preset", "due"),
    [
        ("ten", timedelta(minutes=10)),
        ("three_days", timedelta(days=3)),
        ("morning", timedelta(hours=22, minutes=28, seconds=53)),
        ("never", None),
    ],
)
def test_a_due_time_is_one_key_away(bench: Bench, preset: str, due: timedelta | None) -> None:
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    dialog = bench.page.dialog("task_dialog")
    dialog.fill("task_text", "取流水")
    dialog.click(f"task_preset_{preset}")
    enter(dialog, "task_text")
    wanted = samples.NOW + due if due is not None else None
    (task,) = bench.file().tasks
    assert (task.text, task.due, task.source) == ("取流水", wanted, TaskSource.OWN)


def test_in_the_night_the_morning_is_the_one_that_comes(bench: Bench) -> None:
    bench.clock.advance(hours=16)  # 02:31
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    dialog = bench.page.dialog("task_dialog")
    dialog.fill("task_text", "取流水")
    dialog.click("task_preset_morning")
    enter(dialog, "task_text")
    (task,) = bench.file().tasks
    assert task.due == samples.NOW + timedelta(hours=22, minutes=28, seconds=53)


def test_what_was_typed_stays_until_the_desk_has_it(bench: Bench) -> None:
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    dialog = bench.page.dialog("task_dialog")
    enter(dialog, "task_text")
    assert dialog.find("task_text_hint").isVisible()
    added = bench.note("case.tasks.card.add_task", WorldError("disk.full", need=1, free=0))
    dialog.fill("task_text", "取流水")
    dialog.fill("task_due", "13:77")
    enter(dialog, "task_due")
    assert dialog.find("task_due_hint").isVisible()
    dialog.fill("task_due", "")
    enter(dialog, "task_due")
    bench.runner.run_all()
    assert dialog.find("task_banner").isVisible()
    enter(dialog, "task_text")
    assert [task.text for task in bench.file().tasks] == ["取流水"]
    assert len(added) == 2
    assert not dialog.widget.isVisible()


def test_lines_say_what_is_late(bench: Bench) -> None:
    bench.show(samples.sheet(tasks=samples.tasks()))
    late, today, later, never, proposed, done = (line(bench, place).face for place in range(6))
    assert (late.tone, late.note) == (Tone.BAD, "超时 06:00")
    assert today.tone is Tone.WARN
    assert today.chip == zh("tasks.promise")
    assert later.tone is Tone.NEUTRAL
    assert later.note == "11-27 08:31 到期"
    assert never.note == ""
    assert proposed.proposed
    assert done.done
    assert "马晓梅" in done.note
    bench.clock.advance(hours=3)
    bench.kit.ticks.tick()
    assert line(bench, 1).face.tone is Tone.BAD


def test_a_double_click_ticks_one_task(bench: Bench) -> None:
    """By the time of the second click another task may stand in the line."""
    finished = bench.note("case.tasks.card.finish_task", answer=None)
    bench.show(samples.sheet(tasks=samples.tasks()))
    place = line(bench, 0)
    QTest.mouseClick(place, Qt.MouseButton.LeftButton)
    bench.sheet = samples.sheet(tasks=samples.tasks()[1:])
    bench.runner.run_all()
    middle = QPointF(place.rect().center())
    for kind, held in (
        (QEvent.Type.MouseButtonDblClick, Qt.MouseButton.LeftButton),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(
            kind, middle, place.mapToGlobal(middle), Qt.MouseButton.LeftButton, held,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(place, event)
    bench.runner.run_all()
    assert finished == [("task-1",)]


def test_keys_tick_off_take_on_and_go_from_line_to_line(bench: Bench) -> None:
    finished = bench.note("case.tasks.card.finish_task", answer=None)
    reopened = bench.note("case.tasks.card.reopen_task", answer=None)
    bench.show(samples.sheet(tasks=samples.tasks()))
    line(bench, 3).setFocus()
    bench.page.press(Qt.Key.Key_Space)
    bench.runner.run_all()
    assert finished == [("task-4",)]
    bench.page.press(Qt.Key.Key_Down)
    bench.page.press(Qt.Key.Key_Return)
    (task,) = bench.file().tasks
    assert (task.text, task.source) == (zh("tasks.proposal.stamped_statement"), STATEMENT.source)
    bench.page.press(Qt.Key.Key_Down)
    bench.page.press(Qt.Key.Key_Return)
    bench.runner.run_all()
    assert reopened == [("task-5",)]
    assert line(bench, 5).hasFocus()


def test_a_proposal_names_its_transfer_and_all_are_taken_by_one_key(bench: Bench) -> None:
    taken = bench.note("case.tasks.card.accept_proposal", answer=None)
    bench.show(with_unknown_payee())
    text = line(bench, 0).face.text
    assert "98,000" in text
    assert "陈某某" in text
    bench.page.press(Qt.Key.Key_T, _CONTROL | _SHIFT)
    bench.runner.run_all()
    assert [proposal for _case, proposal, _words in taken] == [
        TaskProposal(TaskSource.MASKED_NUMBER, "transfer/transfer-1"),
        STATEMENT,
    ]


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_the_dialog_has_room_in_both_languages(bench: Bench, language: str, scheme: Scheme) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    bench.page.press(Qt.Key.Key_T, _CONTROL)
    dialog = bench.page.dialog("task_dialog").widget
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []
