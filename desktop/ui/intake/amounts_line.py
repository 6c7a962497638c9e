"""Below the transfers: what came back, what was only attempted, what is lost, and the line of the law it reaches."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.amount_tiers import Tier, TierLine
from desktop.services.case_money import Money
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.settle import Settles
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.card import Column, Row
from desktop.ui.shared.fields import TextField
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label

_INKS = {Tier.ADMINISTRATIVE: "muted", Tier.LARGE: "amber", Tier.HUGE: "amber"}


class AmountsLine(QWidget):
    """Two fields and what follows from them. The tier is guidance, and says so."""

    def __init__(self, kit: Kit, fields: FormFields, settles: Settles) -> None:
        super().__init__()
        self.setObjectName("amounts_line")
        self._kit = kit
        self._money: Money | None = None
        column = Column(kit, self, gap="space_xs")
        row = Row(kit, gap="space_m")
        self.returned = TextField(kit, "returned", "amounts.returned", digits=True)
        self.attempted = TextField(kit, "attempted", "amounts.attempted", digits=True)
        for field in (self.returned, self.attempted):
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            fields.add(field, field.editor.objectName(), settles.amount)
            row.addWidget(field, 1)
        self._totals = Label(kit, role="strong", wrap=True)
        self._totals.setObjectName("amounts_totals")
        row.addWidget(self._totals, 2)
        column.addLayout(row)
        self._tier = Label(kit, role="hint", wrap=True)
        self._tier.setObjectName("amounts_tier")
        column.addWidget(self._tier)
        kit.words.changed.connect(self._read)

    def show_money(self, money: Money) -> None:
        """Say what the form amounts to."""
        if money != self._money:
            self._money = money
            self._read()

    def _read(self) -> None:
        money = self._money
        if money is None:
            return
        amounts = money.amounts
        key = "amounts.totals" if amounts.returned_fen else "amounts.total"
        self._totals.set_key(key, gross=yuan(amounts.gross_fen), net=yuan(amounts.net_fen))
        line = money.loss or money.attempted
        self._tier.setVisible(line is not None)
        if line is not None:
            self._tier.set_text(tier_words(self._kit, line, attempted=money.loss is None))
            self._tier.set_ink(_INKS.get(line.tier, "red"))


def tier_words(kit: Kit, line: TierLine, *, attempted: bool = False) -> str:
    """The tier with its article and days, how near the next is, and that it is only guidance."""
    words, rule = kit.words, line.rule
    start = "attempt" if attempted else "reached"
    facts = {"article": rule.article, "valid": f"{rule.valid_from}", "checked": f"{rule.checked}"}
    if line.tier is Tier.ADMINISTRATIVE:
        told = [
            words.text(
                "amounts.below",
                limit=_whole(line.next_rule.value if line.next_rule else 0),
                **facts,
            )
        ]
    else:
        name = words.text(f"amounts.tier.{line.tier}")
        told = [words.text(f"amounts.{start}", tier=name, limit=_whole(rule.value), **facts)]
    if line.near:
        told.append(words.text("amounts.near"))
    told.append(words.text("amounts.guidance"))
    return words.text("intake.dot").join(told)


def _whole(fen: int) -> str:
    return yuan(fen).removesuffix(".00")
