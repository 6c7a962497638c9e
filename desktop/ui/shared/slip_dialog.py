"""The urgent slip on screen: one order as a QR code, to be scanned by the centre or photographed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.make_slip import Slip
from desktop.services.ports import Pdf
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.button import Variant
from desktop.ui.shared.code_picture import CodePicture
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.order_words import target_text


class SlipDialog(DialogFrame):
    """``paper_wanted(pdf, title)``: the slip on paper."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, parent: QWidget, slip: Slip) -> None:
        super().__init__(kit, parent, "orders.slip_title")
        self._slip = slip
        self.setObjectName("slip_dialog")
        order = slip.order
        what = Label(kit, role="strong")
        what.set_key("orders.slip_what", target=target_text(order), amount=yuan(order.amount_fen))
        self.body.addWidget(what, 0, Qt.AlignmentFlag.AlignHCenter)
        code = CodePicture(kit, "orders.slip_code", side="slip_code")
        code.setObjectName("slip_code")
        code.show_png(slip.png)
        self.body.addWidget(code)
        hint = Label(kit, role="hint", ink="muted", wrap=True)
        hint.set_key("orders.slip_hint", number=order.number, size=slip.size)
        self.body.addWidget(hint)
        paper = self.add_button("orders.slip_print", name="slip_print", closes=False)
        paper.clicked.connect(self._want_paper)
        close = self.add_button("shared.close", name="slip_close")
        close.set_variant(Variant.PRIMARY)
        self.set_default(close)

    def _want_paper(self) -> None:
        pdf = Pdf(self._slip.pdf, pages=1)
        self.paper_wanted.emit(pdf, self._slip.order.number)
