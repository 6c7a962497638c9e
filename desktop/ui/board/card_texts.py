"""A card in words, for screen readers."""

from __future__ import annotations

from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.board_rules import BoardRules
from desktop.ui.board.card_name import card_name, card_type
from desktop.ui.board.card_note import card_note, is_late
from desktop.ui.board.chip_face import chip_face
from desktop.ui.board.desk_mark import desk_mark
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan


class CardTexts:
    """Says everything a card shows, in the language of the moment."""

    def __init__(self, kit: Kit, rules: BoardRules) -> None:
        self._kit = kit
        self._rules = rules

    def __call__(self, item: BoardItem) -> str:
        """The card as one sentence."""
        texts = self._kit.texts
        now = self._kit.ticks.now()
        face = chip_face(self._kit, item, self._rules, now)
        mark = desk_mark(self._kit, item, self._rules.own)
        parts = [
            card_name(self._kit, item),
            card_type(self._kit, item, self._rules.type_name(item.type) if item.type else ""),
            texts.text("board.card.amount", amount=yuan(item.loss_fen)) if item.loss_fen else "",
            face.text if face is not None else "",
            texts.text(f"board.sync.{item.card.sync}") if item.card is not None else "",
            mark.tip if mark is not None else "",
            card_note(self._kit, item, late=is_late(item, now))[0],
            item.number,
        ]
        return texts.text("board.card.separator").join(part for part in parts if part)
