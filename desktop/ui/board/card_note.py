"""The note at the foot of a card: the one thing that most wants doing besides the clock."""

from __future__ import annotations

from datetime import datetime

from desktop.ui.board.board_item import BoardItem
from desktop.ui.shared.kit.kit import Kit


def late_from(item: BoardItem) -> datetime | None:
    """When the first task or clock of the case is, or was, to be done with."""
    due = item.card.task_due_at if item.card is not None else None
    ends = (due, item.clock.at if item.clock is not None else None)
    return min((end for end in ends if end is not None), default=None)


def is_late(item: BoardItem, now: datetime) -> bool:
    """Whether something of the case should have been done by ``now``."""
    due = late_from(item)
    return due is not None and due <= now


def card_note(kit: Kit, item: BoardItem, *, late: bool, short: bool = False) -> tuple[str, str]:
    """(words, ink): what is late, a conflict, an order at odds with the case, one that a second officer has to confirm,
    tasks of the centre, a draft left open, tasks to be done. ``short``: a clock that ran out by a name that fits the
    narrowest card."""
    card = item.card
    if card is None:
        return "", ""
    if late:
        return _late_words(kit, item, short=short), "red"
    waiting = (
        ("conflicts", card.conflicts, "amber"),
        ("at_odds", card.mismatches, "amber"),
        ("unconfirmed", card.unconfirmed, "amber"),
        ("assigned", card.assigned_tasks, "amber"),
        ("unfinished", int(item.draft), "blue"),
        ("tasks", card.open_tasks, "text_muted"),
    )
    name, count, ink = next((one for one in waiting if one[1]), ("", 0, ""))
    return (kit.texts.text(f"board.card.{name}", count=count), ink) if name else ("", "")


def _late_words(kit: Kit, item: BoardItem, *, short: bool) -> str:
    """The clock by its name, or that a task is late, whichever was due first."""
    if item.clock is None or late_from(item) != item.clock.at:
        return kit.texts.text("board.card.late_task")
    name = item.clock.name
    if short:
        return kit.texts.text("board.card.late_short", name=kit.texts.text(f"board.late.{name}"))
    return kit.texts.text("board.card.late_clock", name=kit.texts.text(f"deadlines.{name}"))
