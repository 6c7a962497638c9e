"""The urgent slip on paper: the codes, and the same orders in clear to key in by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_fours,
)
from desktop.documents.printing.printable import FormValue
from desktop.documents.printing.way_words import order_name
from desktop.domain.case_file.views import CaseFile
from desktop.domain.orders.order import Order, target_value

OrderOnSlip = tuple[CaseFile, Order]
_SELDOM: Final = frozenset({"about", "addressee"})
"""What most orders have nothing to say of, and then have no empty line for."""


def urgent_slip(
    one: OrderOnSlip, code: bytes, fingerprint: str, texts: FormTexts, at: datetime
) -> FormData:
    """What ``urgent_slip.typ`` prints: one order and its code."""
    rows: list[FormValue] = [[label, value] for label, value in _rows(one, texts)]
    return _frame(fingerprint, texts, at) | {
        "qr": list(code),
        "scan": texts.text("slip.scan"),
        "rows": rows,
    }


def urgent_slips(
    orders: Sequence[OrderOnSlip],
    codes: Sequence[bytes],
    fingerprint: str,
    texts: FormTexts,
    at: datetime,
) -> FormData:
    """What ``urgent_slips.typ`` prints: numbered codes, then order after order."""
    count = len(codes)
    numbered: list[FormValue] = [
        {"label": texts.text("slip.code", number=number, count=count), "qr": list(code)}
        for number, code in enumerate(codes, 1)
    ]
    tables: list[FormValue] = [
        {
            "title": texts.text("slip.order", number=number, count=len(orders)),
            "rows": [[label, value] for label, value in _rows(one, texts) if value],
        }
        for number, one in enumerate(orders, 1)
    ]
    total = sum(order.amount_fen for _, order in orders)
    return _frame(fingerprint, texts, at) | {
        "codes": numbered,
        "scan": texts.text("slip.scan_all", count=count),
        "summary": texts.text("slip.summary", orders=len(orders), amount=in_figures(total)),
        "orders": tables,
    }


def _frame(fingerprint: str, texts: FormTexts, at: datetime) -> FormData:
    return texts.frame(texts.text("form.urgent_slip"), at) | {
        "sealed": texts.text("slip.sealed"),
        "by_hand": texts.text("slip.by_hand"),
        "fingerprint": texts.text("slip.fingerprint", text=fingerprint) if fingerprint else "",
        "not_official": texts.text("slip.not_official"),
    }


def _rows(one: OrderOnSlip, texts: FormTexts) -> list[tuple[str, str]]:
    file, order = one
    victim = file.case.victim
    way = next((view.way for view in file.orders if view.order.id == order.id), "")
    rows = (
        ("number", order.number),
        ("kind", order_name(order.kind, way, texts)),
        ("about", "" if order.payee.number else target_value(order)),
        ("addressee", order.addressee),
        ("payee_account", in_fours(order.payee.number)),
        ("payee_name", order.payee.name),
        ("payee_bank", order.payee.bank),
        ("amount", f"{in_figures(order.amount_fen)}  {in_capitals(order.amount_fen)}".strip()),
        ("time", texts.second(order.transfer_time)),
        ("channel", texts.text(f"channel.{order.channel.value}") if order.channel else ""),
        ("order_number", order.order_number),
        ("serial", order.serial),
        ("payer_account", in_fours(order.payer.number)),
        ("payer_name", order.payer.name),
        ("payer_bank", order.payer.bank),
        ("victim", " ".join(part for part in (victim.name, victim.id_number) if part)),
        ("phone", victim.phone),
        ("reason", order.reason),
        ("unit", f"{order.unit_name} {order.unit_code}".strip()),
        ("operator", texts.person(order.issued_by, order.operator_name)),
        ("issued", texts.second(order.issued_at)),
    )
    shown = ((name, value) for name, value in rows if value or name not in _SELDOM)
    return [(texts.text(f"slip.row.{name}"), value) for name, value in shown]
