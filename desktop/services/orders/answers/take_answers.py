"""Take a table of answers: each to its order, once; what fits no order, or not as it stands, waits for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from desktop.domain.case_file.dispatch_batch import number_apart
from desktop.domain.case_file.order_row import asked_values
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.orders.answer import CLUES, AnswerRow, AnswerTable, Clues, Trouble
from desktop.domain.orders.order import WAITING, OrderReply
from desktop.domain.orders.sheet import plain_name
from desktop.domain.orders.target import compared, target_value
from desktop.services.orders.answers.answer_queue import queue
from desktop.services.orders.answers.record_reply import append_reply, as_recorded
from desktop.services.ports import Transaction
from desktop.services.session import Session

_MINUTE: Final = timedelta(minutes=1)
"""Clerks leave the seconds out."""


def narrowed(views: Sequence[OrderView], clues: Clues) -> list[OrderView]:
    """Those that every clue fits, the surest clue first, as far as it takes to find one; none where a clue fits none of
    them, so that a person looks. A single order needs no clue."""
    found = list(views)
    for fits in _tests(clues):
        if len(found) < 2:
            break
        found = [view for view in found if fits(view)]
    return found


def _tests(clues: Clues) -> Iterator[Callable[[OrderView], bool]]:
    for code in CLUES:
        if code in clues.texts:
            yield partial(_says, code, plain_name(clues.texts[code]))
    if clues.paid_at is not None:
        yield lambda view: _paid_at(view, clues)
    if clues.paid_fen is not None:
        yield lambda view: view.order.amount_fen == clues.paid_fen


def _says(code: str, text: str, view: OrderView) -> bool:
    return plain_name(asked_values(view).get(code, "")) == text


def _paid_at(view: OrderView, clues: Clues) -> bool:
    at = view.order.transfer_time
    return at is not None and clues.paid_at is not None and abs(at - clues.paid_at) < _MINUTE


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
        self._orders = _Orders(transaction.orders())
        self.done = TakenAnswers(file)

    def take(self, answer: AnswerRow) -> None:
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
        open_ones = [view for view in found if _waits(view)]
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


def _waits(view: OrderView) -> bool:
    return view.state in WAITING and view.order.reply is None


class _Orders:
    """Orders by everything a row may still say of them. Local numbers of two stations may be alike."""

    def __init__(self, views: Iterable[OrderView]) -> None:
        self._views: dict[str, OrderView] = {view.order.id: view for view in views}
        self._by: dict[str, dict[str, list[str]]] = {
            name: defaultdict(list) for name in ("number", "official", "account")
        }
        for key, view in self._views.items():
            self._by["number"][view.order.number].append(key)
            self._by["number"][number_apart(view.order)].append(key)
            self._by["official"][view.order.official].append(key)
            if _waits(view) or view.order.reply is not None:
                self._by["account"][compared(target_value(view.order))].append(key)

    def answered(self, view: OrderView, reply: OrderReply) -> None:
        """What a later row of the same file has to know."""
        order = replace(view.order, reply=reply)
        self._views[view.order.id] = replace(view, order=order)

    def fitting(self, answer: AnswerRow) -> list[OrderView]:
        """By the key; else by the numbers it still names, as far as they agree; of several those that fit what else it
        says."""
        if answer.key in self._views:
            return [self._views[answer.key]]
        for name, value in (("number", answer.number), ("official", answer.official)):
            found = self._by[name].get(value, []) if value else []
            if len(found) > 1 and answer.account:
                same = [key for key in found if self._is_about(key, answer.account)]
                found = same or found
            if found:
                return self._narrowed(found, answer)
        found = self._by["account"].get(compared(answer.account), []) if answer.account else []
        return self._narrowed(found, answer)

    def names_another(self, view: OrderView, answer: AnswerRow) -> bool:
        """Whether the row bears a number or the account of other orders: somebody copied the row of one and typed over
        what can be seen of it. What is nobody's is a slip of the pen, and says nothing."""
        account = "" if answer.trouble is Trouble.DAMAGED else compared(answer.account)
        named = (("number", answer.number), ("official", answer.official), ("account", account))
        return any(
            value and view.order.id not in self._by[name].get(value, [view.order.id])
            for name, value in named
        )

    def _narrowed(self, keys: Iterable[str], answer: AnswerRow) -> list[OrderView]:
        return narrowed([self._views[key] for key in keys], answer.clues)

    def _is_about(self, key: str, account: str) -> bool:
        return compared(target_value(self._views[key].order)) == compared(account)
