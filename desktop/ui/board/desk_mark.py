"""Whose a case is, where it is not simply ours: another desk's, offered to us, offered away."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.ui.board.board_item import BoardItem
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.assignment_text import assignment_key


@dataclass(frozen=True, slots=True)
class DeskMark:
    """A chip of a few signs, and the same said in full for screen readers and tables."""

    chip: str
    tip: str
    tone: Tone


def is_offered(item: BoardItem, own: str) -> bool:
    """Whether another desk waits for ``own`` to take the case on; what a centre offers, any desk of the station may."""
    holder = item.card.holder if item.card else None
    offer = holder.offer if holder else None
    return bool(own and offer and (offer.unit or offer.device == own))


def is_elsewhere(item: BoardItem, own: str) -> bool:
    """Whether another desk is in charge; of a centre (``own`` "") whether it was ever handed on."""
    card = item.card
    if card is None or not card.desk_letter:
        return False
    return card.desk not in ("", own) if own else card.holder is not None


def desk_mark(kit: Kit, item: BoardItem, own: str) -> DeskMark | None:
    """The mark of a card; None for what this desk simply has."""
    card, words = item.card, kit.texts
    if card is None:
        return None
    letter, offer = card.desk_letter, card.holder.offer if card.holder else None
    assignment = card.holder.assignment if card.holder else None
    if assignment is not None:
        name = assignment_key(assignment, here=bool(own))
        tip = words.text(f"case_holder.waits.{name}")
        return DeskMark(words.text(f"case_holder.mark_{name}"), tip, Tone.WARN)
    if is_offered(item, own):
        tip = words.text("case_holder.waits.offered_here", letter=letter)
        return DeskMark(words.text("case_holder.mark_offered", letter=letter), tip, Tone.WARN)
    if is_elsewhere(item, own):
        mark = words.text("case_holder.mark", letter=letter)
        return DeskMark(mark, words.text("case_holder.there", letter=letter), Tone.NEUTRAL)
    if offer is not None:
        tip = words.text("case_holder.waits.offered", letter=offer.letter)
        return DeskMark(words.text("case_holder.mark_away", letter=offer.letter), tip, Tone.NEUTRAL)
    return None
