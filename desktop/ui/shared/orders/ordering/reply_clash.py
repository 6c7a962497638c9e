"""A reply where another one stands already: both are shown, and only who saw both may replace the one by the other."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import AppError
from desktop.domain.orders.order import OrderReply
from desktop.services.orders.current_reply import CurrentReply, current_reply_of
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.compare_dialog import CompareRepliesDialog
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog


def is_clash(error: Exception) -> bool:
    """Whether another reply was recorded while this one was typed."""
    return isinstance(error, AppError) and error.code == "reply.meanwhile"


class ReplyClash(QObject):
    """``agreed(said, seen)``: record what was said; ``seen`` is the reply that stands and that the person saw, or
    None. ``left``: what stands is to stay, and what was typed stays in its dialog."""

    agreed = Signal(object, object)
    left = Signal()

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._over: ReplyDialog | None = None
        self._view: OrderView | None = None
        self._said: OrderReply | None = None
        self._dialog: CompareRepliesDialog | None = None

    def offer(self, over: ReplyDialog, view: OrderView, said: OrderReply) -> None:
        """To be recorded at once where nothing stands; the same words again are for the desk to refuse."""
        known = view.order.reply
        if known is None or said.says_the_same(known):
            self.agreed.emit(said, known)
        else:
            self.look(over, view, said)

    def look(self, over: ReplyDialog, view: OrderView, said: OrderReply) -> None:
        """Ask who recorded what, and show it beside what was typed in ``over``."""
        self._over, self._view, self._said = over, view, said
        work = work_of(current_reply_of, self._session, view.order.id)
        self._kit.runner.start("db", work, self._show, self._give_up)

    def close(self) -> None:
        """It is decided."""
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None

    def _show(self, standing: CurrentReply | None) -> None:
        view, said, over = self._view, self._said, self._over
        if standing is None or view is None or said is None or over is None or not isValid(over):
            self.left.emit()
            return
        typed = self._kit.texts.text("order_reply.compare.typed")
        dialog = CompareRepliesDialog(self._kit, over, view, (standing, said), typed, waits=False)
        dialog.replaced.connect(partial(self.agreed.emit, said, standing.reply))
        dialog.rejected.connect(self.left)
        self._dialog = dialog
        dialog.open()

    def _give_up(self, error: Exception) -> None:
        if self._over is not None and isValid(self._over):
            self._over.show_error(error)
        self.left.emit()
