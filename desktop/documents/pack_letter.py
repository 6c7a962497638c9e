"""The letter that goes with a pack of orders."""

from __future__ import annotations

from datetime import datetime

from desktop.documents.form_words import FormData, FormWords, in_figures
from desktop.documents.printable import FormValue
from desktop.domain.order_target import target_value
from desktop.domain.views import OrderView
from desktop.services.ports.sheets import PackLetterFacts

_COLUMNS = ("number", "kind", "target", "name", "amount", "time", "unit")


def pack_letter(facts: PackLetterFacts, words: FormWords, at: datetime) -> FormData:
    """What ``pack_letter.typ`` prints: one row an order, and how and by when to answer."""
    pack = facts.pack
    return words.frame(words.text("form.pack_letter"), at) | {
        "to": words.text("pack_letter.to", name=pack.receiver),
        "number": words.text("pack_letter.number", number=pack.number),
        "ask": words.text(
            "pack_letter.ask",
            count=len(pack.orders),
            time=words.minute(pack.due_at),
            file=facts.workbook,
        ),
        "columns": [words.text(f"pack_letter.column.{name}") for name in _COLUMNS],
        "orders": [_row(view, words) for view in pack.orders],
        "sender": words.text("pack_letter.sender"),
        "centre": facts.centre,
        "officers": [words.person(number, name) for number, name in facts.officers],
        "day": words.day(pack.made_at),
        "receiver": words.text("pack_letter.receiver"),
        "sign": words.text("sheet.sign"),
        "seal": words.text("sheet.seal"),
        "note": words.text("pack_letter.note"),
    }


def _row(view: OrderView, words: FormWords) -> FormValue:
    order = view.order
    return [
        order.number,
        words.text(f"kind.{order.kind.value}"),
        target_value(order),
        order.payee.name,
        in_figures(order.amount_fen),
        words.second(order.transfer_time),
        order.unit_name,
    ]
