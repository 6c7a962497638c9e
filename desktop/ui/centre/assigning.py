"""A waiting answer goes to an order: at once where nothing stands there, else a person sees both and chooses."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.answer import QueuedAnswer
from desktop.domain.errors import AppError
from desktop.domain.order import OrderReply
from desktop.domain.progress import Progress
from desktop.services.orders.answer_queue import Comparison
from desktop.ui.centre.answer_dialogs import SettleDialog
from desktop.ui.centre.pack_port import PackPort
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.compare_dialog import CompareDialog


class Assigning(QObject):
    """``changed`` when the answer was taken; ``set_aside(item)`` when the reply that stands is to stay."""

    changed = Signal()
    set_aside = Signal(object)

    def __init__(self, kit: Kit, port: PackPort, page: QWidget) -> None:
        super().__init__(page)
        self._kit = kit
        self._port = port
        self._page = page
        self._asked: SettleDialog | CompareDialog | None = None
        self._item: QueuedAnswer | None = None
        self._order = ""
        self._told: Exception | None = None
        self._busy = False

    def ask(self, item: QueuedAnswer) -> None:
        """Ask to which order it belongs; what it names already stands there."""
        self._item = item
        named = item.answer.number or item.order
        dialog = SettleDialog(self._kit, self._page, "assign", item, named)
        dialog.given.connect(self._look)
        self._asked = dialog
        dialog.open()

    def _look(self, order: str) -> None:
        self._order = order.strip()
        self._try(None)

    def _try(self, seen: OrderReply | None) -> None:
        if self._item is None or self._busy:
            return
        self._busy = True
        work = partial(_assign, self._port, self._item.key, self._order, seen)
        self._kit.runner.start("db", work, self._answered, self._refused)

    def _answered(self, found: Comparison | None) -> None:
        self._busy = False
        self._close()
        if found is None or found.standing is None:
            self.changed.emit()
            return
        self._told = None
        self._compare(found)

    def _compare(self, found: Comparison) -> None:
        if found.standing is None:
            return
        answer = found.item.answer
        place = self._kit.words.text("centre.answers.place", file=found.item.file, row=answer.row)
        replies = (found.standing, found.said)
        dialog = CompareDialog(self._kit, self._page, found.view, replies, place)
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
        if other and self._item is not None:
            self._told = error
            work = partial(_compare, self._port, self._item.key, self._order)
            self._kit.runner.start("db", work, self._again, self._say)
        else:
            self._say(error)

    def _again(self, found: Comparison) -> None:
        self._close()
        self._compare(found)

    def _say(self, error: Exception) -> None:
        if self._asked is not None and isValid(self._asked):
            self._asked.show_error(error)

    def _close(self) -> None:
        if self._asked is not None and isValid(self._asked):
            self._asked.accept()
        self._asked = None


def _assign(
    port: PackPort, key: str, order: str, seen: OrderReply | None, _progress: Progress
) -> Comparison | None:
    """Take the answer; where another reply stands that nobody has seen yet, show it instead."""
    if seen is None:
        found = port.compare(key, order)
        if found.standing is not None:
            return found
    port.settle(key, order, seen)
    return None


def _compare(port: PackPort, key: str, order: str, _progress: Progress) -> Comparison:
    return port.compare(key, order)
