"""Opens the reply dialog for an order and records what comes of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.centre.replies import reply
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.term import usual_period
from desktop.services.orders.record_reply import ReplyBaseline
from desktop.services.session import Session
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.dialogs.dialog_actions import RunningAction
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog
from desktop.ui.shared.orders.ordering.reply_clash import ReplyClash, is_clash


class _Recording(RunningAction):
    """A reply on its way into the journal: what was said of which order, and whether its next payments follow."""

    def __init__(
        self, owner: QObject, dialog: ReplyDialog | None, view: OrderView, said: OrderReply, *, follows: bool
    ) -> None:  # fmt: skip
        super().__init__(owner, dialog, "")
        self.view, self.said, self.follows = view, said, follows

    @property
    def form(self) -> ReplyDialog | None:
        """The dialog it was typed in, while it is open."""
        found = self.dialog
        return found if isinstance(found, ReplyDialog) and found.isVisible() else None


class Answering(QObject):
    """``recorded`` when a reply is in the journal; ``stale`` when somebody else recorded one meanwhile;
    ``follow(order)`` after it, when its next payments are to be stopped at once; ``failed(error)`` when it was refused
    after its dialog was closed."""

    recorded = Signal()
    failed = Signal(object)
    stale = Signal()
    follow = Signal(str)

    def __init__(self, kit: Kit, session: Session, page: QWidget, limits: DispatchLimits) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._page = page
        self._limits = limits
        self._dialog: ReplyDialog | None = None
        self._view: OrderView | None = None
        self._following = False
        self._clash = ReplyClash(kit, session, page)
        self._clash.agreed.connect(self._record)
        self._clash.left.connect(self._left)

    def ask(self, view: OrderView) -> None:
        """Open the dialog."""
        self._view, self._following = view, False
        period = usual_period(self._session.rules, view.order, self._kit.ticks.now())
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
        if self._view is None:
            return
        action = _Recording(self, self._dialog, self._view, answer, follows=self._following)
        action.done.connect(self._done)
        action.refused.connect(self._refused)
        order, baseline = self._view.order.id, ReplyBaseline(seen)
        work = work_of(reply, self._session, order, answer, baseline)
        self._kit.runner.start("db", work, action.succeed, action.fail)

    def _done(self, action: _Recording, _nothing: None) -> None:
        """The form of another order may be open by now; it stays."""
        if action.form is not None:
            self._clash.close()
            action.form.accept()
        self.recorded.emit()
        if action.follows and self._dialog is None:
            self.follow.emit(action.view.order.id)

    def _refused(self, action: _Recording, error: Exception) -> None:
        form = action.form
        if form is None:
            self.failed.emit(error)
        else:
            self._clash.close()
            form.show_error(error)
        if is_clash(error):
            self.stale.emit()
            if form is not None:
                self._clash.look(form, action.view, action.said)
        elif form is not None:
            self._following = False

    def _left(self) -> None:
        """What was typed stays in its dialog, with who recorded what."""
        self._following = False

    def _closed(self) -> None:
        self._dialog = None
