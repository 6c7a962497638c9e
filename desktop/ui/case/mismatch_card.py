"""Orders that say something else than the case by now, for a person to settle."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.order_mismatch import OddOrder
from desktop.ui.case.field_texts import FieldTexts
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, state_text
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.label import ElidedLabel, Label


def mismatch_lines(kit: Kit, odd: OddOrder, words: FieldTexts, *, revealed: bool) -> str:
    """Each field that differs, with both values."""
    lines = []
    for item in odd.mismatches:
        name, both = words.name(item.field), (item.ordered, item.stands)
        ordered, stands = words.values(item.field, both, revealed=revealed)
        lines.append(kit.texts.text("case.odds.line", field=name, ordered=ordered, stands=stands))
    return "\n".join(lines)


class MismatchCard(Card):
    """``act_wanted(OrderView)``. Hidden while every order says what the case says."""

    act_wanted = Signal(object)

    def __init__(self, kit: Kit, words: FieldTexts) -> None:
        super().__init__(kit, "case.odds.title", panel="amber")
        self._kit = kit
        self._words = words
        self._rows: list[QWidget] = []
        self.setObjectName("case_odds")
        self.header.addWidget(ElidedLabel(kit, "case.odds.hint", role="hint", ink="muted"), 1)
        self.hide()

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the orders of a case that are at odds with it."""
        let_go(self.body, *self._rows)
        self._rows = [self._row(odd, revealed=revealed) for odd in sheet.odd_orders]
        for row in self._rows:
            self.body.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, odd: OddOrder, *, revealed: bool) -> QWidget:
        kit, view = self._kit, odd.view
        held = QWidget()
        row = Row(kit, held)
        texts = Column(kit, gap="space_xxs")
        head = Label(kit, role="strong")
        head.set_text(
            " · ".join((kind_text(kit, view.order), view.order.number, state_text(kit, view)))
        )
        lines = Label(kit, role="small", wrap=True)
        lines.setObjectName(f"case_odds_{view.order.number}")
        lines.set_text(mismatch_lines(kit, odd, self._words, revealed=revealed))
        texts.addWidget(head)
        texts.addWidget(lines)
        row.addLayout(texts, 1)
        act = Button(
            kit, "ordering.act.button", size=Size.COMPACT, icon="arrow_right",
            name=f"case_odds_act_{view.order.number}",
        )  # fmt: skip
        act.clicked.connect(partial(self.act_wanted.emit, view))
        row.addWidget(act)
        return held
