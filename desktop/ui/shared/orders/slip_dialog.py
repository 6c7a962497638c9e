"""The urgent slip on screen: orders as QR codes, to be scanned by the centre or photographed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.orders.make_slip import Slip
from desktop.ui.shared.codes.code_pages import CodePages
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_MOST_NAMED = 9
"""Orders named beside the codes; the paper names all."""


class SlipDialog(DialogFrame):
    """``paper_wanted(pdf, title)``: the slip on paper."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, parent: QWidget, slip: Slip) -> None:
        super().__init__(kit, parent, "orders.slip_title", width="dialog_width_form")
        self._slip = slip
        self.setObjectName("slip_dialog")
        row = Row(kit, gap="space_xl")
        self.codes = CodePages(kit, slip.codes, "orders.slip_code", side="slip_code")
        self.codes.picture.setObjectName("slip_code")
        row.addWidget(self.codes, 5)
        row.addLayout(self._facts(), 4)
        self.body.addLayout(row)
        paper = self.add_button("orders.slip_print", name="slip_print", closes=False)
        paper.clicked.connect(self._want_paper)
        close = self.add_button("shared.close", name="slip_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)
        close.setFocus()

    def _facts(self) -> Column:
        kit, slip = self.kit, self._slip
        column = Column(kit, gap="space_m")
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        what = Label(kit, role="strong", wrap=True)
        if len(slip.orders) == 1:
            order = slip.orders[0]
            what.set_key(
                "orders.slip_what", target=target_text(order), amount=yuan(order.amount_fen)
            )
        else:
            total = sum(order.amount_fen for order in slip.orders)
            what.set_key("orders.slip_whats", count=len(slip.orders), amount=yuan(total))
        column.addWidget(what)
        if len(slip.orders) > 1:
            self._name_orders(column)
        how = "orders.slip_hint" if len(slip.codes) == 1 else "orders.slip_hint_several"
        hint = Label(kit, role="hint", ink="muted", wrap=True)
        number = slip.orders[0].number
        hint.set_key(how, number=number, size=slip.size, count=len(slip.codes))
        column.addWidget(hint)
        column.addStretch(1)
        return column

    def _name_orders(self, column: Column) -> None:
        kit, orders = self.kit, self._slip.orders
        for order in orders[:_MOST_NAMED]:
            line = ElidedLabel(kit, role="small")
            amount = kit.texts.text("orders.amount", amount=yuan(order.amount_fen))
            line.set_text("  ".join((amount, target_text(order))))
            column.addWidget(line)
        if len(orders) > _MOST_NAMED:
            more = Label(kit, role="small", ink="muted")
            more.set_key("orders.slip_more", count=len(orders) - _MOST_NAMED)
            column.addWidget(more)

    def _want_paper(self) -> None:
        slip = self._slip
        title = slip.orders[0].number
        if len(slip.orders) > 1:
            title = self.kit.texts.text("orders.slip_file", number=title, count=len(slip.orders))
        self.paper_wanted.emit(slip.pdf, title)
