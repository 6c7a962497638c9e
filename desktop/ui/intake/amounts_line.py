"""Below the transfers: what came back, what was only attempted, what is lost, and the line of the law it reaches."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.cases.case_money import Money
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.settle import Settles
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.tier_texts import tier_ink, tier_texts
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


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
        kit.texts.changed.connect(self._read)

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
        self._totals.setVisible(bool(amounts.gross_fen))  # an empty form has no sum to tell
        self._totals.set_key(key, gross=yuan(amounts.gross_fen), net=yuan(amounts.net_fen))
        line = money.loss or money.attempted
        self._tier.setVisible(line is not None)
        if line is not None:
            self._tier.set_text(tier_texts(self._kit, line, attempted=money.loss is None))
            self._tier.set_ink(tier_ink(line))
