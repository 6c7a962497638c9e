"""Orders by everything that a row of answers may still say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from desktop.domain.case_file.orders.dispatch_batch import number_apart
from desktop.domain.case_file.orders.letter_rows import asked_the_same
from desktop.domain.case_file.orders.order_row import asked_values
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import WAITING, OrderReply, compared, target_value
from desktop.domain.orders.sending.answer import CLUES, AnswerRow, Clues, Trouble, names_in
from desktop.domain.orders.sending.sheet import plain_name

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


def waits(view: OrderView) -> bool:
    """Whether nobody has answered it yet."""
    return view.state in WAITING and view.order.reply is None


@dataclass(frozen=True, slots=True)
class RowOrders:
    """Orders that one row names. ``trouble``: why a person has to look; the row is then taken for none of them."""

    views: tuple[OrderView, ...]
    trouble: Trouble | None = None


def is_one_row(views: Iterable[OrderView]) -> bool:
    """Whether a letter asks for all of them in one row: the same measure on one account, of one receiver."""
    asked = {(asked_the_same(view.order), view.order.dispatch.receiver) for view in views}
    return len(asked) == 1


class KnownOrders:
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
            if waits(view) or view.order.reply is not None:
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

    def of_row(self, answer: AnswerRow) -> RowOrders | None:
        """The orders of a row that names several, None of any other. Every number has to be known and all have to
        agree: a sum that was said of two orders is never given to one of them."""
        named = {name: names_in(getattr(answer, name)) for name in ("key", "number", "official")}
        if all(len(texts) < 2 for texts in named.values()):
            return None
        found = {name: [self._called(name, text, answer) for text in named[name]] for name in named}
        first = next((name for name, ids in found.items() if any(ids)), "")
        if not first:
            return None
        chosen = {key for ids in found[first] for key in ids[:1]}
        views = tuple(self._views[key] for key in self._views if key in chosen)
        if any(not ids for ids in found[first]):
            return RowOrders(views, Trouble.NO_ORDER)
        if any(len(ids) > 1 for ids in found[first]) or not self._agree(found, chosen):
            return RowOrders(views, Trouble.SEVERAL_ORDERS)
        if len(views) < 2:
            return None
        if not is_one_row(views) or self._is_about_others(answer, chosen):
            return RowOrders(views, Trouble.SEVERAL_ORDERS)
        return RowOrders(views)

    def _called(self, name: str, text: str, answer: AnswerRow) -> list[str]:
        """The orders of a key or number; of stations that number alike the one whose key or account stands there."""
        if name == "key":
            return [text] if text in self._views else []
        found = self._by[name].get(text, [])
        if len(found) > 1:
            keys = names_in(answer.key)
            own = [key for key in found if key in keys]
            found = own or [key for key in found if self._is_about(key, answer.account)] or found
        return found

    def _is_about_others(self, answer: AnswerRow, chosen: Collection[str]) -> bool:
        """Whether the row bears the account of other orders alone; what is nobody's is a slip of the pen."""
        account = "" if answer.trouble is Trouble.DAMAGED else compared(answer.account)
        others = self._by["account"].get(account, ()) if account else ()
        return bool(others) and not any(self._is_about(key, account) for key in chosen)

    def _agree(self, found: Mapping[str, list[list[str]]], chosen: Collection[str]) -> bool:
        """Whether all that is known of numbers means the same orders; of official numbers some may lack."""
        numbers = {key for ids in found["number"] for key in ids}
        official = {key for ids in found["official"] for key in ids}
        return (not numbers or numbers == chosen) and official <= set(chosen)

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
