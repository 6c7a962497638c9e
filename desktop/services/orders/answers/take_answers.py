"""Take a table of answers: each to its order, once; what fits no order, or not as it stands, waits for a person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.case_file.orders.shared_reply import shared_replies
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.orders.sending.answer import AnswerRow, AnswerTable, Trouble
from desktop.services.orders.answers.answer_queue import queue
from desktop.services.orders.answers.known_orders import KnownOrders, RowOrders, waits
from desktop.services.orders.answers.record_reply import (
    append_reply,
    as_recorded,
    require_answer,
)
from desktop.services.ports import Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TakenAnswers:
    """What became of a file. ``already``: answers that were here; ``queued``: that wait for a person since now;
    ``waiting``: that were here and wait still; ``stray``: next payments that go with no answer; ``orders``: those
    answered now; ``hops``: their next payments; ``unread``: columns whose names nobody knows;
    ``rounded``: local numbers of orders answered by their key in rows whose account a spreadsheet had rounded: the
    receiver may have worked on another one."""

    file: str
    taken: int = 0
    already: int = 0
    queued: int = 0
    blank: int = 0
    stray: int = 0
    orders: tuple[str, ...] = ()
    hops: int = 0
    waiting: int = 0
    unread: tuple[str, ...] = ()
    rounded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file and what became of it; ``error`` where it could not be read at all, and then nothing was taken."""

    name: str
    taken: TakenAnswers | None = None
    error: AppError | None = None


def take_answers(session: Session, file: str, table: AnswerTable) -> TakenAnswers:
    """All of one file in one transaction; the same file again changes nothing."""
    session.require(Permission.DISPATCH)
    with session.store.write() as transaction:
        taking = _AnswerIntake(session, transaction, file)
        for answer in table.rows:
            taking.take(answer)
    return replace(taking.done, blank=table.blank, stray=table.stray, unread=table.unread)


class _AnswerIntake:
    def __init__(self, session: Session, transaction: Transaction, file: str) -> None:
        self._session = session
        self._transaction = transaction
        self._orders = KnownOrders(transaction.orders())
        self.done = TakenAnswers(file)

    def take(self, answer: AnswerRow) -> None:
        row = self._orders.of_row(answer)
        if row is not None:
            self._take_row(answer, row)
        else:
            self._take_one(answer)

    def _take_row(self, answer: AnswerRow, row: RowOrders) -> None:
        """An answer to several orders: each gets its own reply, or a person looks at all."""
        first = row.views[0].order.id
        if answer.reply is None:
            self._queue(answer, answer.trouble or Trouble.RESULT, order=first)
            return
        if row.trouble is not None:
            self._queue(answer, row.trouble, order=first)
            return
        session, views = self._session, _to_answer(row.views, answer.reply)
        try:
            shares = shared_replies(views, answer.reply)
            own_replies = [
                (view, as_recorded(session, view.order, shares[view.order.id])) for view in views
            ]
            others = [
                v
                for v, own in own_replies
                if v.order.reply and not own.says_the_same(v.order.reply)
            ]
            if others:
                self._queue(answer, Trouble.DIFFERS, order=others[0].order.id)
                return
            fresh = [(view, own) for view, own in own_replies if view.order.reply is None]
            for view, own in fresh:  # all or none: half an answer would stand for the whole
                require_answer(session, self._transaction, view.order.id, own)
        except (UserInputError, RuleError) as error:
            self._queue(answer, Trouble.RULE, error.code, first)
            return
        for view, own in fresh:
            append_reply(session, self._transaction, view.order.id, own)
            self._count(answer, view, own)
        self.done = replace(self.done, already=self.done.already + len(own_replies) - len(fresh))

    def _take_one(self, answer: AnswerRow) -> None:
        found = self._orders.fitting(answer)
        order = found[0].order.id if len(found) == 1 else ""
        if answer.reply is None:
            self._queue(answer, answer.trouble or Trouble.RESULT, order=order)
        elif not found:
            self._queue(answer, answer.trouble or Trouble.NO_ORDER)
        elif len(found) == 1 and self._orders.names_another(found[0], answer):
            self._queue(answer, Trouble.SEVERAL_ORDERS, order=order)
        elif len(found) > 1:
            self._several(replace(answer, column=""), found, answer.reply)
        else:
            self._answer(replace(answer, column=""), found[0], answer.reply)

    def _several(self, answer: AnswerRow, found: list[OrderView], reply: OrderReply) -> None:
        """Of orders that a row does not tell apart the only one that waits, unless the row may be the answer of
        another once more."""
        open_ones = [view for view in found if waits(view)]
        repeats = any(self._repeats(view, reply) for view in found)
        if repeats and not open_ones:
            self.done = replace(self.done, already=self.done.already + 1)
        elif len(open_ones) == 1 and not repeats:
            self._answer(answer, open_ones[0], reply)
        else:
            self._queue(answer, Trouble.SEVERAL_ORDERS)

    def _repeats(self, view: OrderView, reply: OrderReply) -> bool:
        known = view.order.reply
        return known is not None and as_recorded(self._session, view.order, reply).says_the_same(
            known
        )

    def _answer(self, answer: AnswerRow, view: OrderView, reply: OrderReply) -> None:
        recorded = as_recorded(self._session, view.order, reply)
        known = view.order.reply
        if known is not None and recorded.says_the_same(known):
            self.done = replace(self.done, already=self.done.already + 1)
            return
        if known is not None:
            self._queue(answer, Trouble.DIFFERS, order=view.order.id)
            return
        try:
            append_reply(self._session, self._transaction, view.order.id, recorded)
        except (UserInputError, RuleError) as error:
            self._queue(answer, Trouble.RULE, error.code, view.order.id)
            return
        self._count(answer, view, recorded)

    def _count(self, answer: AnswerRow, view: OrderView, recorded: OrderReply) -> None:
        self._orders.answered(view, recorded)
        orders = (*self.done.orders, view.order.id)
        hops = self.done.hops + len(recorded.hops)
        rounded = self.done.rounded
        if answer.trouble is Trouble.DAMAGED:
            rounded = (*rounded, view.order.number)
        self.done = replace(
            self.done, taken=self.done.taken + 1, orders=orders, hops=hops, rounded=rounded
        )

    def _queue(self, answer: AnswerRow, trouble: Trouble, code: str = "", order: str = "") -> None:
        outcome = queue(
            self._session, self._transaction, self.done.file, answer, trouble, code, order
        )
        count = {outcome.value: getattr(self.done, outcome.value) + 1}
        self.done = replace(self.done, **count)


def _to_answer(views: tuple[OrderView, ...], reply: OrderReply) -> tuple[OrderView, ...]:
    """Those that the reply says something of: where nothing was done, no word is missing of one that was withdrawn."""
    if reply.result is not ReplyResult.FAILED:
        return views
    asked = [v for v in views if v.state is not OrderState.WITHDRAWN or v.order.reply is not None]
    return tuple(asked) or views
