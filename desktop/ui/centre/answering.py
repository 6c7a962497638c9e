"""Opens the reply dialog for an order and records what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.order import OrderReply
from desktop.domain.views import OrderView
from desktop.ui.centre.dispatch_order import usual_period
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.centre.port import CentrePort
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog
from desktop.ui.shared.orders.ordering.reply_clash import ReplyClash, is_clash


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
        self._view: OrderView | None = None
        self._said: OrderReply | None = None
        self._following = False
        self._clash = ReplyClash(kit, port.ordering, page)
        self._clash.agreed.connect(self._record)
        self._clash.left.connect(self._left)

    def ask(self, view: OrderView) -> None:
        """Open the dialog."""
        self._view, self._following = view, False
        period = usual_period(view.order, self._limits, self._kit.ticks.now())
        self._dialog = ReplyDialog(self._kit, self._page, view, period, follow=True)
        self._dialog.answered.connect(self._offer)
        self._dialog.followed.connect(self._offer_and_follow)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()

    def _offer_and_follow(self, answer: OrderReply) -> None:
        self._following = True
        self._offer(answer)

    def _offer(self, answer: OrderReply) -> None:
        if self._dialog is not None and self._view is not None:
            self._clash.offer(self._dialog, self._view, answer)

    def _record(self, answer: OrderReply, seen: OrderReply | None) -> None:
        if self._view is not None:
            self._said = answer
            work = work_of(self._port.reply, self._view.order.id, answer, seen)
            self._kit.runner.start("db", work, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._clash.close()
        if self._dialog is not None:
            self._dialog.accept()
        self.recorded.emit()
        if self._following and self._view is not None:
            self._following = False
            self.follow.emit(self._view.order.id)

    def _failed(self, error: Exception) -> None:
        self._clash.close()
        if self._dialog is not None:
            self._dialog.show_error(error)
        if is_clash(error):
            self.stale.emit()
            self._look()
        else:
            self._following = False

    def _look(self) -> None:
        if self._dialog is not None and self._view is not None and self._said is not None:
            self._clash.look(self._dialog, self._view, self._said)

    def _left(self) -> None:
        """What was typed stays in its dialog, with who recorded what."""
        self._following = False

    def _closed(self) -> None:
        self._dialog = None
