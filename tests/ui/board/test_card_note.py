"""The note at the foot of a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.step import StepKind
from desktop.domain.law.deadlines import Deadline
from desktop.services.cases.changes.register_report import register_report
from desktop.services.orders.record_step import record_step
from desktop.ui.board.board_item import board_items
from desktop.ui.board.board_work import BoardWork
from desktop.ui.board.card_note import card_note, is_late
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.board import samples
from tests.ui.board.conftest import Bench
from tests.ui.board.samples import asked

CARD = samples.card("1124-A-0017", "李秀兰", "task_rebate", 98_000, "new")
DUE = samples.NOW + timedelta(minutes=10)


@pytest.mark.parametrize(
    ("card", "late", "note"),
    [
        (CARD, False, ("", "")),
        (replace(CARD, open_tasks=2), False, ("待办 2", "text_muted")),
        (replace(CARD, open_tasks=2, conflicts=1), False, ("冲突 1", "amber")),
        (replace(CARD, open_tasks=2, mismatches=1), False, ("指令不符 1", "amber")),
        (replace(CARD, open_tasks=2, unconfirmed=1), False, ("1 条待确认", "amber")),
        (replace(CARD, open_tasks=2, assigned_tasks=1), False, ("中心任务 1", "amber")),
        (replace(CARD, open_tasks=2, conflicts=1), True, ("待办超时", "red")),
    ],
)
def test_the_most_pressing_note_is_shown(
    kit: Kit, card: CaseCard, late: bool, note: tuple[str, str]
) -> None:
    (item,) = board_items((card,), ())
    assert card_note(kit, item, late=late) == note


def test_a_card_turns_late_while_nobody_touches_the_board(bench: Bench) -> None:
    (item,) = board_items((replace(CARD, open_tasks=1, task_due_at=DUE),), ())
    assert not is_late(item, DUE - timedelta(seconds=1))
    assert is_late(item, DUE)
    bench.show((item,))
    before = bench.page.widget.lanes.grab().toImage()
    clock = bench.clock
    clock.advance(minutes=10)
    bench.kit.ticks.tick()
    assert bench.page.widget.lanes.grab().toImage() != before


def test_a_clock_that_ran_out_is_named_unless_a_task_was_due_before(kit: Kit) -> None:
    clock = Deadline("filing", DUE, "filing.ordinary", DUE - timedelta(days=3))
    item = replace(board_items((CARD,), ())[0], clock=clock)
    assert not is_late(item, DUE - timedelta(seconds=1))
    assert is_late(item, DUE)
    assert card_note(kit, item, late=True) == ("逾期 立案审查", "red")
    assert card_note(kit, item, late=True, short=True) == ("! 立案审查", "red")
    earlier = replace(CARD, open_tasks=1, task_due_at=DUE - timedelta(minutes=1))
    both = replace(item, card=earlier)
    assert is_late(both, DUE - timedelta(minutes=1))
    assert card_note(kit, both, late=True) == (zh("board.card.late_task"), "red")


def test_the_board_reads_the_clocks_of_its_cases(tmp_path: Path) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    work = BoardWork(seat.session)
    (item,) = work.load(asked(seat.clock.now())).items
    assert item.clock is not None
    assert item.clock.name == "filing"
    record_step(seat.session, case, StepKind.FILED, seat.clock.now())
    (item,) = work.load(asked(seat.clock.now())).items
    assert item.clock is None
    seat.session.store.close()
