"""The note at the foot of a card: the one thing that most wants doing besides the clock."""

from __future__ import annotations

from datetime import datetime

from desktop.ui.board.board_item import BoardItem
from desktop.ui.shared.kit import Kit


def is_late(item: BoardItem, now: datetime) -> bool:
    """Whether a task of the case should have been done by ``now``."""
    due = item.card.task_due_at if item.card is not None else None
    return due is not None and due <= now


def card_note(kit: Kit, item: BoardItem, *, late: bool) -> tuple[str, str]:
    """(words, ink): a task that is late, a conflict, a draft left open, tasks to be done."""
    card, words = item.card, kit.words
    if card is None:
        return "", ""
    if late:
        return words.text("board.card.late_task"), "red"
    if card.conflicts:
        return words.text("board.card.conflicts", count=card.conflicts), "amber"
    if item.draft:
        return words.text("board.card.unfinished"), "blue"
    if card.open_tasks:
        return words.text("board.card.tasks", count=card.open_tasks), "text_muted"
    return "", ""
