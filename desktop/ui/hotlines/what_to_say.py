"""The number in large type, and the words for the telephone: who is upset says what stands there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.directories import Hotline
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.card import Card, Column, Row
from desktop.ui.shared.widgets.label import Chip, Label

_LINES: Final = 5
_BANK: Final = ("revoke", "report")
_PAYMENT: Final = ("complain", "order")


class WhatToSay(QWidget):
    """Changes with the institution."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        whole = Column(kit, self, gap="space_s")
        head = Row(kit, gap="space_m")
        self._number = Label(kit, role="figure_large")
        self._number.setObjectName("hotlines_number")
        self._name = Label(kit, role="strong")
        self._state = Chip(kit)
        head.addWidget(self._number)
        head.addWidget(self._name)
        head.addStretch(1)
        head.addWidget(self._state)
        whole.addLayout(head)
        self._note = Label(kit, role="small", ink="muted", wrap=True)
        whole.addWidget(self._note)
        sides = Row(kit, gap="card_gap")
        self._words = tuple(self._side(sides) for _ in _BANK)
        whole.addLayout(sides)

    def _side(self, sides: Row) -> tuple[Label, Label]:
        card = Card(self._kit, panel="grey")
        title = Label(self._kit, role="small_strong", ink="muted")
        said = Label(self._kit, wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        # Room for the longest words in either language: the window must not jump from bank to bank.
        said.setMinimumHeight(_LINES * said.fontMetrics().lineSpacing())
        card.body.addWidget(title)
        card.body.addWidget(said)
        card.body.addStretch(1)
        sides.addWidget(card, 1)
        return title, said

    def show_hotline(self, item: Hotline, state: str, tone: Tone) -> None:
        """Show ``item``; ``state`` says whether somebody has called the number."""
        if item.numbers:
            self._number.set_text(item.numbers[0])
        else:
            self._number.set_key("hotlines.unknown")
        self._name.set_text(item.name)
        self._note.set_text(item.note)
        self._note.setVisible(bool(item.note))
        self._state.set_text(state)
        self._state.set_tone(tone)
        for (title, said), topic in zip(
            self._words, _PAYMENT if item.payment else _BANK, strict=True
        ):
            title.set_key(f"hotlines.say.{topic}.title")
            said.set_key(f"hotlines.say.{topic}.text")
