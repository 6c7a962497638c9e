"""What the cells of one answered row say. What cannot be read is refused with its column, never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.order import OrderReply, compared
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop
from desktop.domain.orders.sending.answer import BETWEEN, CLUES, Clues, Trouble, names_in
from desktop.domain.orders.sending.sheet import SheetTexts
from desktop.domain.statements.rounded import damaged
from desktop.readers.statements.cells import amount_of
from desktop.readers.statements.moments import is_serial, moment_of

T = TypeVar("T")

Cells = Mapping[str, str]
"""Column code → text."""


class Unreadable(Exception):  # noqa: N818 - it never leaves the reader
    """A cell that says nothing we understand; ``column`` is its code."""

    def __init__(self, trouble: Trouble, column: str) -> None:
        super().__init__(column)
        self.trouble = trouble
        self.column = column


def read_reply(cells: Cells, texts: SheetTexts, now: datetime) -> OrderReply:
    """The answer; raises :class:`Unreadable`."""
    result = texts.result(cells.get("result", ""))
    if result is None:
        raise Unreadable(Trouble.RESULT, "result")
    balance = _fen(cells, "balance")
    return OrderReply(
        result=result,
        amount_fen=_fen(cells, "amount"),
        balance_fen=balance,
        emptied=not balance and bool(cells.get("balance")),
        starts_at=_instant(cells, "starts"),
        ends_at=_instant(cells, "ends"),
        organisation=cells.get("organisation", ""),
        operator=" ".join(filter(None, (cells.get("operator"), cells.get("phone")))),
        remark=cells.get("remark", ""),
        replied_at=now,
        failure=cells.get("failure", ""),
        account=_account(cells),
        line=LineFacts(
            **{name: cells.get(name, "") for name in ("action", "owner", "agent")},
            done_at=_instant(cells, "done_at"),
            opened_on=_day(cells.get("opened_on", "")),
            location=cells.get("location", ""),
            data=cells.get("data", ""),
        ),
    )


def read_parts(texts: Mapping[str, str], words: SheetTexts, now: datetime) -> OrderReply:
    """Of an answer that cannot be read as a whole everything that can; ``texts``: title → text. What was done is not
    among it: somebody has to say that."""
    codes = {column.title: column.code for columns in words.answered.values() for column in columns}
    cells = {codes[title]: text for title, text in texts.items() if title in codes}
    cells["result"] = next(iter(words.results))
    while True:
        try:
            return read_reply(cells, words, now)
        except Unreadable as error:
            del cells[error.column]


def number_in(cells: Cells, name: str) -> str:
    """A number or key as orders have it; several with a sign between them."""
    return BETWEEN.join(names_in(cells.get(name, "")))


def read_clues(cells: Cells) -> Clues:
    """What the row says of its order; what cannot be read is no clue, nor what several orders say."""
    texts = {
        code: compared(cells[code]) for code in CLUES if len(names_in(cells.get(code, ""))) == 1
    }
    return Clues(
        {code: text for code, text in texts.items() if not damaged(text)},
        _readable(_instant, cells, "transfer_time"),
        _readable(_fen, cells, "asked_amount") or None,
    )


def _readable(read: Callable[[Cells, str], T], cells: Cells, name: str) -> T | None:
    try:
        return read(cells, name)
    except Unreadable:
        return None


def read_hop(cells: Cells) -> NextHop | None:
    """A next payment; None for a row that was only begun. Raises :class:`Unreadable`: a rounded number leads to
    somebody else's account."""
    if not (cells.get("hop_account") or cells.get("hop_amount")):
        return None
    for name in ("hop_account", "hop_serial"):
        if damaged(cells.get(name, "")):
            raise Unreadable(Trouble.DAMAGED, name)
    return NextHop(
        name=cells.get("hop_name", ""),
        account=compared(cells.get("hop_account", "")),
        bank=cells.get("hop_bank", ""),
        amount_fen=_fen(cells, "hop_amount"),
        time=_instant(cells, "hop_time"),
        serial=cells.get("hop_serial", ""),
    )


def _account(cells: Cells) -> AccountFacts:
    for name in ("card", "holder_id", "merchant", "freeze_number"):
        if damaged(cells.get(name, "")):
            raise Unreadable(Trouble.DAMAGED, name)
    return AccountFacts(
        card=cells.get("card", ""),
        holder=cells.get("holder", ""),
        holder_id=cells.get("holder_id", ""),
        phone=cells.get("holder_phone", ""),
        merchant=cells.get("merchant", ""),
        licence_until=_day(cells.get("licence_until", "")),
        pos_terminal=cells.get("pos_terminal", ""),
        freeze_number=cells.get("freeze_number", ""),
        available_fen=_fen(cells, "available"),
        earlier_fen=_fen(cells, "earlier"),
        earlier_until=_instant(cells, "earlier_until"),
        earlier_by=cells.get("earlier_by", ""),
    )


def _fen(cells: Cells, name: str) -> int:
    """Fen; nothing is nothing."""
    text = cells.get(name, "")
    if not text:
        return 0
    amount = amount_of(text)
    if amount is None:
        return _written_out(text, name)
    if amount.unit or not amount.exact or amount.fen < 0:
        raise Unreadable(Trouble.AMOUNT, name)
    return amount.fen


def _written_out(text: str, name: str) -> int:
    """``5.2万元``, as people write sums."""
    try:
        return parse_yuan(text)
    except UserInputError as error:
        raise Unreadable(Trouble.AMOUNT, name) from error


def _day(text: str) -> str:
    """A day as it was written; one that lost its format (``45720``) as a day again."""
    found = moment_of(text, "") if is_serial(text) else None
    return found.date().isoformat() if found is not None else text


def _instant(cells: Cells, name: str) -> datetime | None:
    text = cells.get(name, "")
    if not text:
        return None
    if damaged(text):
        raise Unreadable(Trouble.DAMAGED, name)
    found = _utc(moment_of(text, ""))
    if found is None:
        raise Unreadable(Trouble.TIME, name)
    return found


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant is not None else None
