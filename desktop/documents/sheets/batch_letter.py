"""The letter that goes with a pack of orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.dispatch_batch import DispatchBatch, numbered_apart
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order
from desktop.domain.orders.sheet import family_of
from desktop.domain.orders.target import compared, target_value
from desktop.services.ports.printing.sheets import BatchLetterFacts

_COLUMNS: Final = {
    "money": ("place", "number", "kind", "target", "name", "amount", "time", "unit"),
    "number": ("place", "number", "kind", "raw", "line", "last_at", "unit"),
    "evidence": ("place", "number", "kind", "about", "wanted", "due", "unit"),
}
"""Family of orders → what the letter tells of each: a bank goes by holder and sum, a carrier must know whether a
number was shown or really called. The place in the batch is what one says on the telephone."""


def batch_letter(facts: BatchLetterFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``batch_letter.typ`` prints: a table for every family, one row an order, and how and by when to answer."""
    pack = facts.pack
    families = _by_family(pack)
    title = "form.reminder_letter" if pack.reminds else "form.pack_letter"
    return texts.frame(texts.text(title), at) | {
        "to": texts.text("pack_letter.to", name=pack.receiver),
        "number": texts.text("pack_letter.number", number=pack.number),
        "ask": texts.text(
            "pack_letter.remind" if pack.reminds else "pack_letter.ask",
            count=len(pack.orders),
            time=texts.minute(pack.due_at),
            file=facts.workbook,
        ),
        "tables": [_table(family, orders, texts) for family, orders in families.items()],
        "sender": texts.text("pack_letter.sender"),
        "centre": facts.centre,
        "officers": [texts.person(number, name) for number, name in facts.officers],
        "day": texts.day(at if pack.reminds else pack.made_at),
        "phone": [texts.text("sheet.phone"), facts.duty_phone],
        "receiver": texts.text("pack_letter.receiver"),
        "seal": texts.text("sheet.seal"),
        "notes": [texts.text(f"pack_letter.note.{name}") for name in ("all", *families)],
    }


def _by_family(pack: DispatchBatch) -> dict[str, list[tuple[int, Order]]]:
    found: dict[str, list[tuple[int, Order]]] = {}
    for place, view in enumerate(numbered_apart(pack).orders, 1):
        found.setdefault(family_of(view.order), []).append((place, view.order))
    return {family: found[family] for family in _COLUMNS if family in found}


def _table(family: str, orders: list[tuple[int, Order]], texts: FormTexts) -> FormData:
    names = _COLUMNS[family]
    first: dict[str, int] = {}
    for place, order in orders:
        first.setdefault(compared(target_value(order)), place)
    return {
        "family": family,
        "columns": [texts.text(f"pack_letter.column.{name}") for name in names],
        "orders": [_row(place, order, first, texts) for place, order in orders],
    }


def _row(place: int, order: Order, first: Mapping[str, int], texts: FormTexts) -> list[FormValue]:
    """``first``: account, number or site → the place where the letter names it first; later orders about the same say
    so, for whoever acts looks it up once."""
    kind = texts.text(f"kind.{order.kind.value}")
    if order.unconfirmed:
        kind = texts.text("pack_letter.alone", kind=kind)
    target = target_value(order)
    earlier = first[compared(target)]
    if target and earlier != place:
        target = texts.text("pack_letter.same", target=target, place=earlier)
    number = order.number.replace(f"{order.unit_code}-", f"{order.unit_code}-\n", 1)
    head = (str(place), number, kind, target)
    match order.terms:
        case NumberTerms() as terms:
            line = texts.name("number.line", terms.line.value) if terms.line else ""
            cells = [line, texts.second(terms.last_at)]
        case EvidenceTerms() as terms:
            cells = [terms.wanted, texts.second(terms.due_at)]
        case _:
            cells = [
                order.payee.name,
                in_figures(order.amount_fen),
                texts.second(order.transfer_time),
            ]
    return [*head, *cells, order.unit_name]
