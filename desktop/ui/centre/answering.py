"""Opens the reply dialog for an order and records what comes of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError
from desktop.domain.ids import OrderId
from desktop.domain.order import OrderReply
from desktop.domain.progress import Progress
from desktop.domain.views import OrderView
from desktop.services.orders.standing_reply import StandingReply
from desktop.ui.centre.compare_dialog import CompareDialog
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
        self._compare: CompareDialog | None = None
        self._view: OrderView | None = None
        self._said: OrderReply | None = None
        self._order = OrderId("")
        self._seen: OrderReply | None = None
        self._following = False

    def ask(self, view: OrderView) -> None:
        """Open the dialog."""
        self._view = view
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
        self._said = answer
        work = partial(_reply, self._port, self._order, answer, self._seen)
        self._kit.runner.start("db", work, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._close_compare()
        if self._dialog is not None:
            self._dialog.accept()
        self.recorded.emit()
        if self._following:
            self._following = False
            self.follow.emit(self._order)

    def _failed(self, error: Exception) -> None:
        self._close_compare()
        if self._dialog is not None:
            self._dialog.show_error(error)
        if isinstance(error, AppError) and error.code == "reply.meanwhile":
            self.stale.emit()
            work = partial(_standing, self._port, self._order)
            self._kit.runner.start("db", work, self._show_both, self._give_up)
        else:
            self._following = False

    def _show_both(self, standing: StandingReply | None) -> None:
        """What somebody recorded meanwhile beside what was typed; only who saw both may replace the one."""
        if standing is None or self._view is None or self._said is None:
            self._give_up(None)
            return
        typed = self._kit.words.text("centre.compare.typed")
        replies = (standing, self._said)
        over = self._dialog or self._page
        dialog = CompareDialog(self._kit, over, self._view, replies, typed, waits=False)
        dialog.replaced.connect(partial(self._replace, standing.reply))
        dialog.rejected.connect(partial(self._give_up, None))
        self._compare = dialog
        dialog.open()

    def _replace(self, seen: OrderReply) -> None:
        self._seen = seen
        if self._said is not None:
            self._record(self._said)

    def _give_up(self, _error: Exception | None) -> None:
        """What was typed stays in its dialog, with who recorded what."""
        self._following = False

    def _close_compare(self) -> None:
        if self._compare is not None and isValid(self._compare):
            self._compare.accept()
        self._compare = None

    def _closed(self) -> None:
        self._dialog = None


def _standing(port: CentrePort, order: OrderId, _progress: Progress) -> StandingReply | None:
    return port.standing(order)


def _reply(
    port: CentrePort, order: OrderId, answer: OrderReply, seen: OrderReply | None, _progress: Progress
) -> None:  # fmt: skip
    port.reply(order, answer, seen)
