"""Finding a card by a few typed letters: pinyin initials of the name, or part of name or number."""

from __future__ import annotations

from desktop.domain.pinyin import initials
from desktop.ui.board.board_item import BoardItem


def matches(item: BoardItem, typed: str) -> bool:
    """Whether the letters typed so far lead to this card."""
    wanted = typed.casefold()
    name = item.victim.casefold()
    return (
        name.startswith(wanted)
        or initials(item.victim).startswith(wanted)
        or (any(c.isdigit() for c in wanted) and wanted in item.number.casefold())
    )
