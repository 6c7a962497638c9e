"""Above the rows: whose statement it is, what it covers, whether its sums are right, and what to mind."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.statement import (
    MoneyDirection,
    StatedTotal,
    Statement,
    StatementFinding,
)
from desktop.domain.time.local_time import CHINA
from desktop.services.extraction.statement_transfers import in_other_money
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_SUMS: Final = ("sum_", "count_")
"""Findings that the totals say themselves."""
_LOOKED_AT: Final = 5_000
"""Rows by which it is judged what the whole covers, and whether there are sums that are no yuan, such as coins."""


class StatementHead(QWidget):
    """Two lines and as many warnings as there are."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._statement: Statement | None = None
        self._foreign = False
        column = Column(kit, self, gap="space_xs")
        first = Row(kit, gap="space_s")
        self.source = Label(kit, role="section")
        self.source.setObjectName("reading_source")
        self.holder = ElidedLabel(kit, ink="muted")
        self.holder.setObjectName("reading_holder")
        first.addWidget(self.source)
        first.addWidget(self.holder, 1)
        column.addLayout(first)
        second = Row(kit, gap="space_s")
        self.totals = {
            way: Chip(kit)
            for way in (MoneyDirection.OUT, MoneyDirection.IN, MoneyDirection.NEUTRAL)
        }
        for way, chip in self.totals.items():
            chip.setObjectName(f"reading_total_{way}")
            second.addWidget(chip)
        second.addStretch(1)
        column.addLayout(second)
        self.warnings = Label(kit, role="small", wrap=True)
        self.warnings.setObjectName("reading_warnings")
        self.warnings.set_tone(Tone.WARN)
        column.addWidget(self.warnings)
        kit.texts.changed.connect(self._show)

    def show_statement(self, statement: Statement) -> None:
        """Show what was read."""
        self._statement = statement
        looked_at = statement.rows[:_LOOKED_AT]
        self._foreign = any(map(in_other_money, looked_at))
        self._show()

    def _show(self) -> None:
        statement = self._statement
        if statement is None:
            return
        words = self._kit.texts.text
        self.source.set_text(statement.head.source or words("statement.unnamed"))
        self.holder.set_text(" · ".join(filter(None, self._about(statement))))
        stated = {total.direction: total for total in statement.stated}
        counted = {total.direction: total for total in statement.counted}
        wrong = {finding.code for finding in statement.findings}
        for way, chip in self.totals.items():
            found = counted.get(way)
            chip.setVisible(found is not None or way in stated)
            if chip.isVisibleTo(self):
                bad = any(f"{kind}{way}" in wrong for kind in _SUMS)
                self._show_total(chip, way, found, stated.get(way), bad=bad)
        findings = [item for item in statement.findings if not item.code.startswith(_SUMS)]
        self.warnings.set_text("　".join(self._finding(item) for item in findings))
        self.warnings.setVisible(bool(findings))

    def _about(self, statement: Statement) -> tuple[str, ...]:
        words, head = self._kit.texts.text, statement.head
        looked_at = (*statement.rows[:_LOOKED_AT], statement.rows[-1])  # card bills are in no order
        times = sorted(row.time.astimezone(CHINA) for row in looked_at if row.time is not None)
        period = head.period
        if not period and times:
            period = f"{times[0]:%Y-%m-%d} – {times[-1]:%Y-%m-%d}"
        return (
            words("extraction.holder", name=head.owner) if head.owner else "",
            words("extraction.own_account", account=head.account) if head.account else "",
            period,
            words("extraction.size", rows=len(statement.rows), container=head.container),
        )

    def _show_total(
        self,
        chip: Chip,
        way: MoneyDirection,
        found: StatedTotal | None,
        stated: StatedTotal | None,
        *,
        bad: bool,
    ) -> None:
        words = self._kit.texts.text
        count, fen = (found.count or 0, found.amount_fen or 0) if found else (0, 0)
        name = words(f"extraction.total.{way}")
        if bad and stated is not None:
            chip.set_tone(Tone.BAD)
            chip.set_key(
                "extraction.total.differs",
                way=name,
                count=count,
                amount=format_yuan(fen),
                stated=self._stated(stated),
            )
            return
        chip.set_tone(Tone.OK if stated is not None else Tone.NEUTRAL)
        if count and not fen and self._foreign:
            chip.set_key("extraction.total.foreign", way=name, count=count)
            return
        alone = "partly" if self._foreign else "alone"
        key = "agrees" if stated is not None else alone
        chip.set_key(f"extraction.total.{key}", way=name, count=count, amount=format_yuan(fen))

    def _finding(self, finding: StatementFinding) -> str:
        return self._kit.texts.text(f"statement.finding.{finding.code}", **finding.params)

    def _stated(self, total: StatedTotal) -> str:
        words = self._kit.texts.text
        count = "" if total.count is None else words("extraction.total.rows", count=total.count)
        fen = total.amount_fen
        amount = "" if fen is None else words("extraction.total.sum", amount=format_yuan(fen))
        return " ".join(filter(None, (count, amount)))
