"""The letter that goes with a batch of orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.orders.letter_rows import LetterRow, letter_rows
from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, target_value
from desktop.domain.orders.sending.sheet import family_of
from desktop.domain.time.local_time import CHINA
from desktop.services.ports.printing.sheets import BatchLetterFacts

_COLUMNS: Final = {
    "money": ("place", "number", "kind", "target", "name", "amount", "time", "unit"),
    "number": ("place", "number", "kind", "raw", "line", "last_at", "unit"),
    "evidence": ("place", "number", "kind", "about", "wanted", "due", "unit"),
}
"""Family of orders → what the letter tells of each: a bank goes by holder and sum, a carrier must know whether a
number was shown or really called. The place in the batch is what one says on the telephone."""


_APART: Final = ("number", "amount")
"""Columns in which every order of a row has its own line, even where two say the same."""
_TOGETHER: Final = 8
"""Orders of a row that stand on one page; of more the row goes on below, with its place and account again."""


def batch_letter(facts: BatchLetterFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``pack_letter.typ`` prints: a table for every family, one row an account, and how and by when to answer."""
    batch = facts.batch
    rows = letter_rows(batch)
    families = {name: found for name in _COLUMNS if (found := _of_family(name, rows))}
    several = ("several",) if any(len(row.orders) > 1 for row in rows) else ()
    title = "form.reminder_letter" if batch.reminds else "form.pack_letter"
    return texts.frame(texts.text(title), at) | {
        "to": texts.text("pack_letter.to", name=batch.receiver),
        "number": texts.text("pack_letter.number", number=batch.number),
        "ask": texts.text(
            "pack_letter.remind" if batch.reminds else "pack_letter.ask",
            count=len(batch.orders),
            time=texts.minute(batch.due_at),
            file=facts.workbook,
        ),
        "tables": [_table(family, found, texts) for family, found in families.items()],
        "sender": texts.text("pack_letter.sender"),
        "centre": facts.centre,
        "officers": [texts.person(number, name) for number, name in facts.officers],
        "day": texts.day(at if batch.reminds else batch.made_at),
        "phone": [texts.text("sheet.phone"), facts.duty_phone],
        "receiver": texts.text("pack_letter.receiver"),
        "seal": texts.text("sheet.seal"),
        "notes": [texts.text(f"pack_letter.note.{name}") for name in ("all", *several, *families)],
    }


def _of_family(family: str, rows: tuple[LetterRow, ...]) -> list[LetterRow]:
    return [row for row in rows if family_of(row.first) == family]


def _table(family: str, rows: list[LetterRow], texts: FormTexts) -> FormData:
    names = _COLUMNS[family]
    return {
        "family": family,
        "columns": [texts.text(f"pack_letter.column.{name}") for name in names],
        "rows": [part for row in rows for part in _parts(row, names, texts)],
    }


def _parts(row: LetterRow, names: tuple[str, ...], texts: FormTexts) -> Iterator[FormData]:
    """A row, in parts where it is long: of each column one text for all orders, or a line for each."""
    count = len(row.orders)
    for start in range(0, count, _TOGETHER):
        orders = row.orders[start : start + _TOGETHER]
        yield {
            "lines": len(orders),
            "cells": [
                [_place(row, start, texts)]
                if name == "place"
                else _cell(name, LetterRow(row.place, orders), texts, count)
                for name in names
            ],
            "sum": _sum(row, names, texts) if start + _TOGETHER >= count else [],
        }


def _sum(row: LetterRow, names: tuple[str, ...], texts: FormTexts) -> list[FormValue]:
    """What several orders ask for together: the word for it, the sum."""
    if len(row.orders) == 1 or "amount" not in names:
        return []
    once = row.amount_fen < sum(view.order.amount_fen for view in row.orders)
    word = "pack_letter.once" if once else "pack_letter.together"
    return [texts.text(word), in_figures(row.amount_fen)]


def _place(row: LetterRow, start: int, texts: FormTexts) -> str:
    return texts.text("pack_letter.more", place=row.place) if start else str(row.place)


def _cell(name: str, row: LetterRow, texts: FormTexts, count: int) -> list[FormValue]:
    """``count``: orders of the whole row; each of several says when it was issued, for the sum is shared by that."""

    def one(view: OrderView) -> str:
        text = _text(name, view.order, texts)
        if name == "number" and count > 1:
            issued = view.order.issued_at.astimezone(CHINA)
            return texts.text("pack_letter.issued", number=text, time=f"{issued:%m-%d %H:%M}")
        return text

    return [*map(one, row.orders)] if name in _APART else [*row.each(one)]


def _text(name: str, order: Order, texts: FormTexts) -> str:
    of_all: dict[str, Callable[[], str]] = {
        "number": lambda: order.number.replace(f"{order.unit_code}-", f"{order.unit_code}-\n", 1),
        "kind": lambda: _kind(order, texts),
        "unit": lambda: order.unit_name,
    }
    if name in of_all:
        return of_all[name]()
    match order.terms:
        case NumberTerms() as terms:
            line = texts.name("number.line", terms.line.value) if terms.line else ""
            about = {"raw": target_value(order), "line": line}
            return about[name] if name in about else texts.second(terms.last_at)
        case EvidenceTerms() as terms:
            wanted = {"about": target_value(order), "wanted": terms.wanted}
            return wanted[name] if name in wanted else texts.second(terms.due_at)
    paid = {
        "target": target_value(order),
        "name": order.payee.name,
        "amount": in_figures(order.amount_fen),
    }
    return paid[name] if name in paid else texts.second(order.transfer_time)


def _kind(order: Order, texts: FormTexts) -> str:
    kind = texts.text(f"kind.{order.kind.value}")
    return texts.text("pack_letter.alone", kind=kind) if order.unconfirmed else kind
