"""What was answered to an order: asked for, and recorded. Where another reply stands already both are shown, and only
who saw both may replace the one by the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.term import usual_period
from desktop.services.orders.answers.current_reply import CurrentReply, current_reply_of
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.compare_dialog import CompareRepliesDialog
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog

Record = Callable[[Session, str, OrderReply, ReplyBaseline], None]
"""How a reply gets into the journal: a station's own, or the centre's for all its stations."""


@dataclass(frozen=True, slots=True)
class _Clash:
    """Another reply was recorded while this one was typed; None if it is gone again."""

    error: RuleError
    current: CurrentReply | None


class ReplyFlow(DialogActions):
    """``follow(view)``: the reply is recorded, and its next payments are to be stopped at once; not offered where
    nothing ``goes_on``."""

    follow = Signal(object)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        page: QWidget,
        record: Record,
        done_key: str,
        *,
        goes_on: bool = True,
    ) -> None:
        super().__init__(kit, page)
        self._goes_on = goes_on
        self._session = session
        self._record_by = record
        self._done_key = done_key
        self._form: ReplyDialog | None = None
        self._view: OrderView | None = None
        self._reply: OrderReply | None = None
        self._follows = False
        self._reading = Latest(kit.runner, self)
        self._comparison: CompareRepliesDialog | None = None

    def ask(self, view: OrderView) -> None:
        """Open the form."""
        period = usual_period(self._session.rules, view.order, self._kit.ticks.now())
        dialog = ReplyDialog(self._kit, self._window, view, period, follow=self._goes_on)
        dialog.answered.connect(self._offer)
        dialog.followed.connect(self._offer_and_follow)
        self._show(dialog, self._done_key)
        if self._dialog is dialog:
            self._reading.stop()  # what the form before it still asked for is not about this order
            self._form, self._view = dialog, view

    def _offer(self, reply: OrderReply) -> None:
        self._consider(reply, follows=False)

    def _offer_and_follow(self, reply: OrderReply) -> None:
        self._consider(reply, follows=True)

    def _consider(self, reply: OrderReply, *, follows: bool) -> None:
        """Recorded at once where nothing stands; the same words again are for the desk to refuse."""
        if self._view is None:
            return
        self._reply, self._follows = reply, follows
        known = self._view.order.reply
        if known is None or reply.says_the_same(known):
            self._record(known)
        else:
            work = work_of(current_reply_of, self._session, self._view.order.id)
            self._reading.start("db", work, self._compare, self._failed)

    def _record(self, shown: OrderReply | None) -> None:
        """``shown``: the reply that stands and that the person saw."""
        view, reply, follows = self._view, self._reply, self._follows
        if view is None or reply is None:
            return
        work = work_of(
            _recorded, self._session, self._record_by, view.order.id, reply, ReplyBaseline(shown)
        )
        self._run(work, then=partial(self._answered, view, follows=follows))

    def _answered(
        self, view: OrderView, action: RunningAction, clash: _Clash | None, *, follows: bool
    ) -> None:
        """The form of another order may be open by now; it stays."""
        if clash is not None:
            self._action_refused(action, clash.error)
            self.changed.emit()
            if action.dialog is self._form:
                self._compare(clash.current)
            return
        self._close_comparison(action)
        self._action_done(action, None)
        if follows and not is_open(self._form):
            self.follow.emit(view)

    def _action_refused(self, action: RunningAction, error: Exception) -> None:
        self._close_comparison(action)
        super()._action_refused(action, error)

    def _compare(self, current: CurrentReply | None) -> None:
        """Beside what was typed; leaving it keeps both the reply that stands and what was typed."""
        form, view, reply = self._form, self._view, self._reply
        if current is None or form is None or not isValid(form) or view is None or reply is None:
            return
        typed = self._kit.texts.text("order_reply.compare.typed")
        dialog = CompareRepliesDialog(self._kit, form, view, (current, reply), typed, waits=False)
        dialog.replaced.connect(partial(self._record, current.reply))
        self._comparison = dialog
        dialog.open()

    def _close_comparison(self, action: RunningAction) -> None:
        """It is decided; that of another form is not."""
        both = self._comparison
        if action.dialog is self._form and both is not None and is_open(both):
            both.accept()


def _recorded(
    session: Session, record: Record, order: str, reply: OrderReply, baseline: ReplyBaseline
) -> _Clash | None:
    """None: it is recorded."""
    try:
        record(session, order, reply, baseline)
    except RuleError as error:
        if error.code != "reply.meanwhile":
            raise
        return _Clash(error, current_reply_of(session, order))
    return None
