"""What a card is called: the person, else why there is no name."""

from __future__ import annotations

from desktop.domain.cases.case import Visit
from desktop.ui.board.board_item import BoardItem
from desktop.ui.shared.kit.kit import Kit


def card_name(kit: Kit, item: BoardItem) -> str:
    """A tipster may stay unnamed; anybody else's name is missing."""
    missing = "unnamed" if item.visit == Visit.TIP else "nameless"
    return item.victim or kit.texts.text(f"board.card.{missing}")


def card_type(kit: Kit, item: BoardItem, type_name: str) -> str:
    """The type of fraud; before it, or instead of it, the kind of a visit that is no report."""
    if item.visit == Visit.REPORT:
        return type_name
    kind = kit.texts.text(f"board.visit.{item.visit}")
    return kit.texts.text("board.card.separator").join(part for part in (kind, type_name) if part)
