"""The newest stop order nobody has acknowledged, as a code to be scanned or photographed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import OrderId
from desktop.services.orders.make_slip import Slip, make_slip
from desktop.services.orders.unheard_orders import UnheardOrders, unheard_orders
from desktop.services.session import Session
from desktop.ui.shared.codes.code_picture import CodePicture
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.handouts import OrderHandouts
from desktop.ui.shared.orders.order_texts import target_text
from desktop.ui.shared.orders.slip_dialog import SlipDialog
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class OrderSlipsCard(Card):
    """Reads by itself. A code is made once for each order: every making is recorded. ``paper_wanted(pdf, title)``
    prints it."""

    paper_wanted = Signal(object, str)
    failed = Signal(object)

    def __init__(self, kit: Kit, session: Session) -> None:
        super().__init__(kit, "sync.slip.title")
        self._kit = kit
        self._session = session
        self._handouts = OrderHandouts(kit, session, self)
        self._handouts.failed.connect(self.failed)
        self._handouts.paper_ready.connect(self.paper_wanted)
        self._view: OrderView | None = None
        self._asked: OrderId | None = None
        self._slip: Slip | None = None
        self._larger = Button(kit, "sync.slip.larger", size=Size.COMPACT, name="sync_slip_larger")
        self._larger.clicked.connect(self._show_larger)
        self._all = Button(kit, "", size=Size.COMPACT, name="sync_slip_all")
        self._all.clicked.connect(self._make_all)
        self._build()
        self._reading = Latest(kit.runner, self)
        self._behind = False
        """Whether it is to be read once more: somebody asked while it was read, or it was left before."""
        self._all.hide()
        self._show()

    def _build(self) -> None:
        kit = self._kit
        self.header.addWidget(self._all)
        self.header.addWidget(self._larger)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._shown = QWidget()
        column = Column(kit, self._shown, gap="space_xs")
        self._code = CodePicture(kit, "sync.slip.code")
        self._code.setObjectName("sync_slip_code")
        column.addWidget(self._code)
        self._what = ElidedLabel(kit, role="small")
        self._what.setObjectName("sync_slip_what")
        self._what.setAlignment(middle)
        column.addWidget(self._what)
        sealed = Label(kit, "sync.slip.sealed", role="small", ink="muted", wrap=True)
        sealed.setAlignment(middle)
        column.addWidget(sealed)
        self.body.addWidget(self._shown)
        self._none = Label(kit, "shared.catching_up", ink="muted", wrap=True)
        self._none.setObjectName("sync_slip_none")
        self.body.addWidget(self._none)

    def reload(self) -> None:
        """Read what nobody has heard of; while that goes on, once more after it."""
        self._behind = self._reading.waits
        if not self._behind:
            work = partial(unheard_orders, self._session)
            self._reading.start("survey", work, self._was_read, self._not_read)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever left waits for nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._behind = self._reading.waits
            self._reading.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """The lock gives back the page as it was."""
        super().showEvent(event)
        if self._behind:
            self.reload()

    def _was_read(self, unheard: UnheardOrders) -> None:
        self._none.set_key("sync.slip.none")
        self._show_orders(unheard)
        if self._behind:
            self.reload()

    def _not_read(self, error: Exception) -> None:
        self.failed.emit(error)

    def _show_orders(self, unheard: UnheardOrders) -> None:
        """Show the code of the most urgent, or that nothing is waiting; all of them on one slip when asked."""
        view = self._view = unheard.urgent
        self._all.set_key("sync.slip.all", count=unheard.count)
        set_shown(self._all, shown=unheard.count > 1)
        if view is None:
            self._asked, self._slip = None, None
        elif self._asked != view.order.id:
            self._asked, self._slip = view.order.id, None
            work = work_of(make_slip, self._session, view.order.id)
            self._kit.runner.start("db", work, self._made, self._fail)
        self._show()

    def _made(self, slip: Slip) -> None:
        if slip.orders[0].id == self._asked:
            self._slip = slip
            self._show()

    def _fail(self, error: Exception) -> None:
        self._asked = None
        self.failed.emit(error)

    def _show(self) -> None:
        view, slip = self._view, self._slip
        for widget, shown in ((self._none, view is None), (self._shown, view is not None)):
            if not shown:  # first what goes: both at once would make the window grow for good
                widget.hide()
        set_shown(self._none, shown=view is None)
        set_shown(self._shown, shown=view is not None)
        self._larger.setEnabled(slip is not None)
        set_shown(self._larger, shown=view is not None)
        self._code.show_png(slip.codes[0] if slip is not None else b"")
        if view is not None:
            order = view.order
            amount = self._kit.texts.text("sync.slip.amount", amount=yuan(order.amount_fen))
            parts = (view.victim, amount, target_text(order))
            self._what.set_text(" · ".join(part for part in parts if part))

    def _show_larger(self) -> None:
        if self._slip is not None:
            dialog = SlipDialog(self._kit, self, self._slip)
            dialog.paper_wanted.connect(self.paper_wanted)
            dialog.open()

    def _make_all(self) -> None:
        self._handouts.show_unheard_slip()
