"""Opens the reply dialog for an order and records what comes of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.ids import OrderId
from desktop.domain.order import OrderReply
from desktop.domain.progress import Progress
from desktop.domain.views import OrderView
from desktop.ui.centre.dispatch_order import usual_period
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog


class Answering(QObject):
    """``recorded`` when a reply is in the journal; ``stale`` when somebody else recorded one meanwhile;
    ``follow(order)`` after it, when its next payments are to be stopped at once."""

    recorded = Signal()
    stale = Signal()
    follow = Signal(str)

    def __init__(self, kit: Kit, port: CentrePort, page: QWidget, limits: DispatchLimits) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._limits = limits
        self._dialog: ReplyDialog | None = None
        self._order = OrderId("")
        self._seen: OrderReply | None = None
        self._following = False

    def ask(self, view: OrderView) -> None:
        """Open the dialog."""
        self._order, self._following = view.order.id, False
        self._seen = view.order.reply
        period = usual_period(view.order, self._limits, self._kit.ticks.now())
        self._dialog = ReplyDialog(self._kit, self._page, view, period, follow=True)
        self._dialog.answered.connect(self._record)
        self._dialog.followed.connect(self._record_and_follow)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _record_and_follow(self, answer: OrderReply) -> None:
        self._following = True
        self._record(answer)

    def _record(self, answer: OrderReply) -> None:
        work = partial(_reply, self._port, self._order, answer, self._seen)
        self._kit.runner.start("db", work, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self.recorded.emit()
        if self._following:
            self._following = False
            self.follow.emit(self._order)

    def _failed(self, error: Exception) -> None:
        self._following = False
        if self._dialog is not None:
            self._dialog.show_error(error)
        if isinstance(error, AppError) and error.code == "reply.meanwhile":
            self.stale.emit()

    def _closed(self) -> None:
        self._dialog = None


def _reply(
    port: CentrePort, order: OrderId, answer: OrderReply, seen: OrderReply | None, _progress: Progress
) -> None:  # fmt: skip
    port.reply(order, answer, seen)
