"""A waiting answer goes to an order: at once where nothing stands there, else a person sees both and chooses. What
could not be read, or breaks a rule as it stands, a person types from the cells that came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.case_file.orders.order_words import words_in
from desktop.domain.errors import AppError
from desktop.domain.orders.order import OrderReply
from desktop.domain.orders.sending.answer import QueuedAnswer, Trouble, names_in
from desktop.domain.orders.term import usual_period
from desktop.domain.progress import Progress
from desktop.services.orders.answers.answer_queue import Comparison, compare_answer, settle_answer
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.page_dispatch import find_orders
from desktop.services.session import Session
from desktop.ui.centre.answering.answer_card import asked_text, cells_text, place_text, trouble_text
from desktop.ui.centre.listed_orders import OrderList, order_columns, view_of_row
from desktop.ui.shared.dialogs.dialog_frame import is_open
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.compare_dialog import CompareRepliesDialog
from desktop.ui.shared.orders.order_reply_dialog import ReplyDialog
from desktop.ui.shared.widgets.input.fields import TextField

_COLUMNS: Final = ("number", "target", "amount", "victim", "unit", "state")
_IN_SIGHT: Final = 5
"""Orders that stand there without scrolling."""
_FindOrders = Callable[[Progress], tuple[OrderRow, ...]]
"""A search for orders, ready to be run."""


class AssignDialog(FormDialog):
    """``given(OrderRow)``. What the answer named is typed already; the order it is known to be about is chosen."""

    def __init__(
        self, kit: Kit, parent: QWidget, item: QueuedAnswer, find: Callable[[str], _FindOrders]
    ) -> None:
        self._find, self._item = find, item
        columns = order_columns(kit, view_of_row, _COLUMNS)
        self.table = OrderList[OrderRow](
            kit, "assign_orders", "centre.answers.assign_orders", columns, view_of_row,
            rows=_IN_SIGHT, widths={"unit": 232},
        )  # fmt: skip
        cells, numbers = asked_text(kit, item), names_in(item.answer.number)
        named = numbers[0] if len(numbers) == 1 else item.answer.account or item.answer.number
        several = max(len(numbers), len(names_in(item.answer.key)))
        asked = FormText(text=cells, name="assign_asked", role="small", ink="")
        shared = FormText("centre.answers.assign_shared", ink="amber", params={"count": several})
        rows: Rows = (
            FormText(text=trouble_text(kit, item)),
            *([asked] if cells else []),
            *([shared] if several > 1 else []),
            Input("field", "centre.answers.assign_field", value=named, then=self._look),
            self.table,
            FormText("centre.answers.assign_note", role="small"),
        )
        form = Form(
            "assign", "centre.answers.assign_title", "centre.answers.assign_accept", rows,
            width="dialog_width_form",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.table.current_changed.connect(self.judge)
        self.table.activated_row.connect(self.given)
        self._finding = Latest(kit.runner, self)
        self._look(self)
        self.field("field", TextField).line.installEventFilter(self)

    def judge(self, _changed: object = None) -> None:
        """Once an order is chosen."""
        self.accept_button.setEnabled(self.table.selected() is not None)

    def outcome(self, _filled: FilledForm) -> OrderRow | None:
        """The order that is chosen."""
        return self.table.selected()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from what is typed into the list; the room around both would scroll."""
        pressed = event.type() is QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _look(self, _dialog: FormDialog) -> None:
        """What was found before stays until that is known."""
        self._finding.start("db", self._find(self.filled()["field"]), self._show, self.show_error)

    def _show(self, found: tuple[OrderRow, ...]) -> None:
        """The order it is known to be about is chosen, or one that fits alone; of several a person chooses."""
        chosen = self.table.selected()
        self.table.rows.set_rows(found)
        if len(found) == 1:
            self.table.selectRow(0)
        elif chosen is None:
            self.table.select_key(self._item.order)
        self.judge()


ReadParts = Callable[[QueuedAnswer], OrderReply]


class Assigning(QObject):
    """``changed`` when the answer was taken; ``set_aside(item)`` when the reply that stands is to stay;
    ``failed(error)`` when the orders could not be read, or the desk refused after the dialog was closed."""

    changed = Signal()
    set_aside = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        page: QWidget,
        parts: ReadParts,
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._session = session
        self._parts = parts
        self._page = page
        self._asked: AssignDialog | CompareRepliesDialog | ReplyDialog | None = None
        self._item: QueuedAnswer | None = None
        self._order = ""
        self._reported: Exception | None = None
        self._busy = False
        self._sent: QueuedAnswer | None = None
        """What the desk is busy with: another answer may be asked about before that is done."""

    def ask(self, item: QueuedAnswer) -> None:
        """Ask to which order it belongs; what it names already stands there."""
        self._item = item
        if is_open(self._asked):
            return
        dialog = AssignDialog(self._kit, self._page, item, self._found_by)
        dialog.given.connect(self._look)
        self._asked = dialog
        dialog.open()

    def _found_by(self, typed: str) -> _FindOrders:
        return partial(find_orders, self._session, words_in(typed))

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
        period = usual_period(self._session.rules, view.order, kit.ticks.now())
        reply = item.answer.reply
        dialog = ReplyDialog(
            kit, self._page, view, period, cells_text=cells_text(kit, item), reply=reply
        )
        if reply is None:
            dialog.fill_parts(self._parts(item))
        dialog.answered.connect(partial(self._take_typed, view.order.reply))
        self._asked = dialog
        dialog.open()

    def _take_typed(self, shown: OrderReply | None, typed: OrderReply) -> None:
        if self._item is None or self._busy:
            return
        self._busy, self._sent = True, self._item
        key, baseline = self._item.key, ReplyBaseline(shown)
        work = work_of(settle_answer, self._session, key, self._order, baseline, typed)
        self._kit.runner.start("db", work, self._took, self._typed_refused)

    def _took(self, _nothing: None) -> None:
        self._answered(None)

    def _typed_refused(self, error: Exception) -> None:
        self._busy = False
        self._say(error)

    def _try(self, shown: OrderReply | None) -> None:
        if self._item is None or self._busy:
            return
        self._busy, self._sent = True, self._item
        work = work_of(_assign, self._session, self._item.key, self._order, shown)
        self._kit.runner.start("db", work, self._answered, self._refused)

    def _answered(self, found: Comparison | None) -> None:
        self._busy = False
        if self._sent is self._item:
            self._close()
        elif found is not None:  # left for another answer; it waits on
            return
        if found is None or found.current is None:
            self.changed.emit()
            return
        self._reported = None
        self._compare(found)

    def _compare(self, found: Comparison) -> None:
        if found.current is None:
            return
        place = place_text(self._kit, found.item)
        replies = (found.current, found.reply)
        dialog = CompareRepliesDialog(self._kit, self._page, found.view, replies, place)
        dialog.replaced.connect(partial(self._try, found.current.reply))
        dialog.set_aside.connect(self._put_away)
        self._asked = dialog
        if self._reported is not None:
            dialog.show_error(self._reported)
        dialog.open()

    def _put_away(self) -> None:
        self._close()
        self.set_aside.emit(self._item)

    def _refused(self, error: Exception) -> None:
        """Somebody else recorded a reply since: what they said is shown beside the answer, and asked anew."""
        self._busy = False
        other = isinstance(error, AppError) and error.code == "answer.other_stands"
        if other and self._item is not None and self._sent is self._item:
            self._reported = error
            work = work_of(compare_answer, self._session, self._item.key, self._order)
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


def _assign(session: Session, key: str, order: str, shown: OrderReply | None) -> Comparison | None:
    """Take the answer; where another reply stands that nobody has seen yet, show it instead."""
    if shown is None:
        found = compare_answer(session, key, order)
        if found.current is not None:
            return found
    settle_answer(session, key, order, ReplyBaseline(shown))
    return None
