"""The urgent slip on screen: the code to be photographed, and the same elements in plain words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.local_time import show_time
from desktop.domain.money.amounts import capitals, format_yuan
from desktop.domain.orders.order import Order
from desktop.services.orders.make_slip import Slip
from desktop.ui.shared.codes.code_pages import CodePages
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, KeyValues, Row
from desktop.ui.shared.widgets.label import Label


class SlipView(DialogFrame):
    """As large as the window. ``print_wanted(slip)`` asks for it on paper."""

    print_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, slip: Slip, group: Callable[[str], str]) -> None:
        super().__init__(kit, parent, "intake.slip.title", wide=True)
        self.setObjectName("slip_view")
        self._slip = slip
        self._take_window(parent.window())
        row = Row(kit, gap="space_xl")
        codes = CodePages(kit, slip.codes, "intake.slip.code", side="qr")
        self.picture = codes.picture
        expanding = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(expanding, expanding)
        row.addWidget(codes, 5)
        row.addLayout(self._facts(group), 4)
        self.body.addLayout(row, 1)
        size = Label(kit, role="small", ink="muted")
        size.set_key("intake.slip.size", size=slip.size)
        self.buttons.insertWidget(0, size)
        self._print = Action(self, "intake.slip.print", "Ctrl+P")
        self._print.triggered.connect(self._ask_print)
        self.buttons.addWidget(Button.of(kit, self._print, icon="print", name="slip_print"))
        close = self.add_button("intake.slip.close", variant=Variant.PRIMARY, name="slip_close")
        self.set_default(close)
        close.setFocus()

    def _take_window(self, host: QWidget) -> None:
        """A camera wants the code large: fill the window but for a margin."""
        space = self.kit.theme.space
        layout = self.layout()
        item = layout.itemAt(0) if layout else None
        panel = item.widget() if item else None
        if panel is not None:
            panel.setFixedSize(
                max(host.width() - 2 * space("space_xl"), space("dialog_width_wide")),
                max(host.height() - 2 * space("space_xl"), space("dialog_width")),
            )

    def _facts(self, group: Callable[[str], str]) -> Column:
        kit, order = self.kit, self._slip.orders[0]
        column = Column(kit, gap="space_m")
        column.addWidget(Label(kit, "intake.slip.how", ink="muted", wrap=True))
        number = Label(kit, role="figure", wrap=True)
        number.set_text(order.number)
        column.addWidget(number)
        facts = KeyValues(kit, right=False)
        for key, value, role in _elements(order, group):
            if value:
                facts.add_row(key, value, role=role)
        amount = kit.texts.text("intake.yuan", amount=format_yuan(order.amount_fen))
        facts.add_row("intake.money.amount", amount, role="amount")
        facts.add_row("intake.slip.capitals", capitals(order.amount_fen))
        if order.transfer_time:
            facts.add_row("intake.money.time", show_time(order.transfer_time), role="digits")
        facts.add_row("intake.slip.issued", show_time(order.issued_at), role="digits")
        facts.add_row("intake.slip.by", f"{order.operator_name} {order.issued_by}")
        facts.add_row("intake.slip.unit", order.unit_name)
        column.addWidget(facts)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)
        return column

    def _ask_print(self) -> None:
        self.print_wanted.emit(self._slip)


def _elements(order: Order, group: Callable[[str], str]) -> tuple[tuple[str, str, str], ...]:
    return (
        ("intake.money.payee_account", group(order.payee.number), "amount"),
        ("intake.money.payee_name", order.payee.name, "strong"),
        ("intake.slip.payee_bank", order.payee.bank, "body"),
        ("intake.money.order_number", order.order_number, "digits"),
        ("intake.money.serial", order.serial, "digits"),
        ("intake.money.payer_name", order.payer.name, "body"),
        ("intake.money.payer_account", group(order.payer.number), "digits"),
        ("intake.money.payer_bank", order.payer.bank, "body"),
    )
