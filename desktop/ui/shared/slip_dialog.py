"""The urgent slip on screen: one order as a QR code, to be scanned by the centre or photographed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.make_slip import Slip
from desktop.services.ports import Pdf
from desktop.ui.shared.amounts import yuan
from desktop.ui.shared.button import Variant
from desktop.ui.shared.dialog_frame import DialogFrame
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.label import Label
from desktop.ui.shared.order_words import target_text


class CodePicture(QWidget):
    """A QR code, black on white in both themes, scaled by whole pixels so that scanners read it."""

    def __init__(self, kit: Kit, png: bytes) -> None:
        super().__init__()
        self._kit = kit
        self._picture = QPixmap()
        self._picture.loadFromData(png)
        self.setObjectName("slip_code")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.words.bind(self.setAccessibleName, "orders.slip_code")

    def sizeHint(self) -> QSize:
        """As wide as a dialog allows, square."""
        side = self._kit.theme.space("dialog_width") - 2 * self._kit.theme.space("space_xl")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White paper, the code in its middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._kit.theme.color("paper"))
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            room = min(self.width(), self.height()) * ratio
            times = max(int(room // self._picture.width()), 1)
            side = min(self._picture.width() * times, room) / ratio
            place = QRectF(0, 0, side, side)
            place.moveCenter(QRectF(self.rect()).center())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()


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
        self.body.addWidget(CodePicture(kit, slip.png))
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
