"""A waiting answer goes to an order: at once where nothing stands there, else a person sees both and chooses. What
could not be read, or breaks a rule as it stands, a person types from the cells that came."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import AppError
from desktop.domain.orders.answer import QueuedAnswer, Trouble
from desktop.domain.orders.order import OrderReply
from desktop.domain.progress import Progress
from desktop.services.orders.answer_queue import Comparison
from desktop.ui.centre.answer_card import cells_text, place_text
from desktop.ui.centre.assign_dialog import AssignDialog
from desktop.ui.centre.batch_port import BatchPort
from desktop.ui.centre.dispatch_order import usual_period
from desktop.ui.centre.limits import DispatchLimits
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.compare_dialog import CompareRepliesDialog
from desktop.ui.shared.orders.order_clock import OrderRow
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog


class Assigning(QObject):
    """``changed`` when the answer was taken; ``set_aside(item)`` when the reply that stands is to stay;
    ``failed(error)`` when the orders could not be read, or the desk refused after the dialog was closed."""

    changed = Signal()
    set_aside = Signal(object)
    failed = Signal(object)

    def __init__(self, kit: Kit, port: BatchPort, page: QWidget, limits: DispatchLimits) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._limits = limits
        self._asked: AssignDialog | CompareRepliesDialog | ReplyDialog | None = None
        self._item: QueuedAnswer | None = None
        self._order = ""
        self._told: Exception | None = None
        self._busy = False
        self._sent: QueuedAnswer | None = None
        """What the desk is busy with: another answer may be asked about before that is done."""

    def ask(self, item: QueuedAnswer) -> None:
        """Ask to which order it belongs; what it names already stands there."""
        self._item = item
        self._kit.runner.start("db", work_of(self._port.orders), self._choose, self._unread)

    def _unread(self, error: Exception) -> None:
        self.failed.emit(error)

    def _choose(self, orders: tuple[OrderRow, ...]) -> None:
        if self._item is None or is_open(self._asked):
            return
        dialog = AssignDialog(self._kit, self._page, self._item, orders)
        dialog.given.connect(self._look)
        self._asked = dialog
        dialog.open()

    def _look(self, row: OrderRow) -> None:
        self._order = row.view.order.id
        if self._item is not None and _needs_typing(self._item):
            self._close()
            self._type(row, self._item)
        else:
            self._try(None)

    def _type(self, row: OrderRow, item: QueuedAnswer) -> None:
        """The form of a reply over the cells as they came; what could be read of them is filled in."""
        view, kit = row.view, self._kit
        period = usual_period(view.order, self._limits, kit.ticks.now())
        said = item.answer.reply
        dialog = ReplyDialog(kit, self._page, view, period, told=cells_text(kit, item), said=said)
        if said is None:
            dialog.fill_parts(self._port.parts(item))
        dialog.answered.connect(partial(self._take_typed, view.order.reply))
        self._asked = dialog
        dialog.open()

    def _take_typed(self, seen: OrderReply | None, typed: OrderReply) -> None:
        if self._item is None or self._busy:
            return
        self._busy, self._sent = True, self._item
        work = work_of(self._port.settle, self._item.key, self._order, seen, typed)
        self._kit.runner.start("db", work, self._took, self._typed_refused)

    def _took(self, _nothing: None) -> None:
        self._answered(None)

    def _typed_refused(self, error: Exception) -> None:
        self._busy = False
        self._say(error)

    def _try(self, seen: OrderReply | None) -> None:
        if self._item is None or self._busy:
            return
        self._busy, self._sent = True, self._item
        work = partial(_assign, self._port, self._item.key, self._order, seen)
        self._kit.runner.start("db", work, self._answered, self._refused)

    def _answered(self, found: Comparison | None) -> None:
        self._busy = False
        if self._sent is self._item:
            self._close()
        elif found is not None:  # left for another answer; it waits on
            return
        if found is None or found.standing is None:
            self.changed.emit()
            return
        self._told = None
        self._compare(found)

    def _compare(self, found: Comparison) -> None:
        if found.standing is None:
            return
        place = place_text(self._kit, found.item)
        replies = (found.standing, found.said)
        dialog = CompareRepliesDialog(self._kit, self._page, found.view, replies, place)
        dialog.replaced.connect(partial(self._try, found.standing.reply))
        dialog.set_aside.connect(self._put_away)
        self._asked = dialog
        if self._told is not None:
            dialog.show_error(self._told)
        dialog.open()

    def _put_away(self) -> None:
        self._close()
        self.set_aside.emit(self._item)

    def _refused(self, error: Exception) -> None:
        """Somebody else recorded a reply since: what they said is shown beside the answer, and asked anew."""
        self._busy = False
        other = isinstance(error, AppError) and error.code == "answer.other_stands"
        if other and self._item is not None and self._sent is self._item:
            self._told = error
            work = partial(_compare, self._port, self._item.key, self._order)
            self._kit.runner.start("db", work, self._again, self._say)
        else:
            self._say(error)

    def _again(self, found: Comparison) -> None:
        if self._sent is not self._item:
            return
        self._close()
        self._compare(found)

    def _say(self, error: Exception) -> None:
        asked, own = self._asked, self._sent is self._item
        if own and asked is not None and isValid(asked) and asked.isVisible():
            asked.show_error(error)
        else:
            self.failed.emit(error)

    def _close(self) -> None:
        if self._asked is not None and isValid(self._asked):
            self._asked.accept()
        self._asked = None


def _needs_typing(item: QueuedAnswer) -> bool:
    return item.answer.reply is None or item.answer.trouble is Trouble.RULE


def _assign(
    port: BatchPort, key: str, order: str, seen: OrderReply | None, _progress: Progress
) -> Comparison | None:
    """Take the answer; where another reply stands that nobody has seen yet, show it instead."""
    if seen is None:
        found = port.compare(key, order)
        if found.standing is not None:
            return found
    port.settle(key, order, seen)
    return None


def _compare(port: BatchPort, key: str, order: str, _progress: Progress) -> Comparison:
    return port.compare(key, order)
