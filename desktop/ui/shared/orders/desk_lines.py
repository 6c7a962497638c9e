"""What a shift of a centre leaves beside its clocks, in lines: for the page of the shift briefing and the handover."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop.services.ports import HandoverDesk
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import moment


@dataclass(frozen=True, slots=True)
class DeskLine:
    """``group``: a code of ``orders.handover.group``; ``at``: by when, None for no time."""

    group: str
    at: datetime | None
    who: str
    what: str


def desk_lines(kit: Kit, desk: HandoverDesk) -> Iterator[DeskLine]:
    """One line of what is open, then one a seat, a call, a task and an institution."""
    parts = parts_text(kit, desk)
    if parts:
        yield DeskLine("open", None, "", parts)
    for seat in desk.seats:
        at = moment(kit, seat.oldest)
        what = kit.texts.text("documents.handover.in_hand", count=seat.count, at=at)
        yield DeskLine("seat", None, f"{seat.name} {seat.number}", what)
    for group, tasks in (("call", desk.calls), ("assigned", desk.tasks)):
        for task in tasks:
            who = f"{task.victim} {task.local_case_number}".strip()
            yield DeskLine(group, task.due_at, who, task.text)
    unknown = kit.texts.text("documents.handover.no_contact")
    for task in desk.to_ring:
        yield DeskLine("to_ring", None, task.victim, task.text or unknown)


def parts_text(kit: Kit, desk: HandoverDesk) -> str:
    """``待派发、待反馈 50 条 · 待催办派发包 6 个``; "" where nothing is open."""
    return " · ".join(
        kit.texts.text(f"documents.handover.part.{name}", count=count)
        for name, count in desk.parts
        if count
    )
