"""The case in four lines: the money, the orders, the evidence, and what it wants next."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.orders.order import OrderState
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.layout.card import Card, KeyValues
from desktop.ui.shared.widgets.texts.label import Label

_ROWS = ("next", "money", "orders", "evidence")
_STEPS = 3
_URGENT = frozenset({NextKind.DECIDE, NextKind.ODDS, NextKind.STOP, NextKind.LATE_TASK})


class CaseSummaryCard(Card):
    """The first lines an officer reads who takes over."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_summary.title")
        self._kit = kit
        self.setObjectName("case_glance")
        self._values = KeyValues(kit, right=False)
        self._labels: dict[str, Label] = {}
        for name in _ROWS:
            self._labels[name] = self._values.add_row(f"case_summary.{name}")
            self._labels[name].setObjectName(f"case_glance_{name}")
        self.body.addWidget(self._values)

    def show_sheet(self, sheet: CaseSheet, now: datetime) -> None:
        """Show a case."""
        steps = next_steps(sheet.file, now, sheet.merger)[:_STEPS]
        texts = self._kit.texts
        parts = [
            texts.text(f"case_summary.step.{step.kind.value}", count=step.count) for step in steps
        ]
        self._labels["next"].set_text(
            texts.text("case_summary.comma").join(parts) or texts.text("case_summary.nothing")
        )
        urgent = bool(steps) and steps[0].kind in _URGENT
        self._labels["next"].set_ink("red" if urgent else "" if steps else "green")
        self._labels["money"].set_text(self._money(sheet))
        self._labels["orders"].set_text(self._orders(sheet))
        size = size_text(texts, sum(item.size for item in sheet.file.evidence))
        count = len(sheet.file.evidence)
        self._labels["evidence"].set_text(
            texts.text("case_summary.files", count=count, size=size)
            if count
            else texts.text("case_summary.no_files")
        )

    def _money(self, sheet: CaseSheet) -> str:
        amounts, words = sheet.amounts, self._kit.texts
        parts = [words.text("case_summary.gross", amount=yuan(amounts.gross_fen))]
        if amounts.returned_fen:
            parts.append(words.text("case_summary.returned", amount=yuan(amounts.returned_fen)))
            parts.append(words.text("case_summary.net", amount=yuan(amounts.net_fen)))
        if amounts.attempted_fen:
            parts.append(words.text("case_summary.attempted", amount=yuan(amounts.attempted_fen)))
        if sheet.stopped_fen:
            parts.append(words.text("case_summary.stopped", amount=yuan(sheet.stopped_fen)))
        return words.text("case_summary.comma").join(parts)

    def _orders(self, sheet: CaseSheet) -> str:
        counts = Counter(view.state for view in sheet.file.orders)
        texts = self._kit.texts
        parts = [
            texts.text(f"case_summary.state.{state.value}", count=counts[state])
            for state in OrderState
            if counts[state]
        ]
        return texts.text("case_summary.comma").join(parts) or texts.text("case_summary.no_orders")
