"""附表 of 《紧急止付申请表》: every payment that is to be stopped, by payee, the most urgent first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import (
    FormData,
    FormTexts,
    in_capitals,
    in_figures,
    in_ranges,
)
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.orders.order_rules import counts
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.law.deadlines import golden
from desktop.domain.law.rules import RulePack
from desktop.domain.law.urgency import Pressing
from desktop.domain.orders.kinds import STOPS
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.sending.way_orders import urgent_kind
from desktop.services.ports import PaperFacts

_RANGE: Final = re.compile(r"(\d{1,6})(?:\s*[-–—~至到]\s*(\d{1,6}))?")


def payments_offered(file: CaseFile) -> str:
    """``1–3、7``: the payments whose stop was ordered, else all that a stop can reach, as the officer numbered them."""
    return in_ranges(sorted({item.position for item in _offered(file)}))


def payments_chosen(facts: PaperFacts, words: str) -> tuple[Transfer, ...]:
    """The payments that an officer named by number, the most urgent first; those offered where no number of ``words``
    is one of a payment that went out."""
    file = facts.file
    spans = [(int(low), int(high or low)) for low, high in _RANGE.findall(words)]
    named = [item for item in file.paid if any(low <= item.position <= high for low, high in spans)]
    return _urgent_first(named or _offered(file), file, facts.rules, facts.at)


def stop_annex(payments: Sequence[Transfer], texts: FormTexts) -> FormData:
    """``line``: how many payments to how many payees and what they come to; ``groups``: those of one payee together;
    ``named``: whether they say who paid. Empty where one payment is the whole application."""
    if len(payments) < 2:
        return {"line": "", "groups": [], "named": False}
    by_payee: dict[tuple[str, str], list[Transfer]] = {}
    for item in payments:
        by_payee.setdefault(_payee_key(item), []).append(item)
    total = sum(item.amount_fen for item in payments)
    line = texts.text(
        "stop.annex",
        count=len(payments),
        payees=len(by_payee),
        capitals=in_capitals(total),
        figures=in_figures(total),
    )
    several = len({item.payer.name for item in payments}) > 1
    groups: list[FormValue] = [_group(items, texts, named=several) for items in by_payee.values()]
    return {"line": line, "groups": groups, "named": several}


def _offered(file: CaseFile) -> tuple[Transfer, ...]:
    ordered = {
        view.order.transfer for view in file.orders if view.order.kind in STOPS and counts(view)
    }
    stopped = tuple(item for item in file.paid if item.id in ordered)
    return stopped or tuple(item for item in file.paid if urgent_kind(item) is OrderKind.STOP)


def _urgent_first(
    payments: Collection[Transfer], file: CaseFile, rules: RulePack | None, at: datetime
) -> tuple[Transfer, ...]:
    """As everywhere else in the program: by the golden window of each payment, larger sums first among equals."""

    def pressing(item: Transfer) -> Pressing:
        timed = rules is not None and item.time is not None
        chance = golden(rules, item.time).at if timed and rules and item.time else None
        since = item.time or file.case.accepted_at
        return Pressing(item.id, since, chance, waits=True, amount_fen=item.amount_fen)

    return tuple(sorted(payments, key=lambda item: pressing(item).urgency(at)))


def _payee_key(item: Transfer) -> tuple[str, str]:
    """One account is one payee; where there is none, the order number or the name tells."""
    return item.payee.bank, item.payee.number or item.order_number or item.payee.name


def _group(items: Sequence[Transfer], texts: FormTexts, *, named: bool) -> FormValue:
    """``named``: whether it has to say who paid, as not all of them were paid by one."""
    payee, fen = items[0].payee, sum(item.amount_fen for item in items)
    return {
        "name": payee.name,
        "account": payee.number,
        "bank": payee.bank,
        "sum": in_figures(fen),
        "rows": [
            {
                "number": str(item.position),
                "time": texts.second(item.time),
                "amount": in_figures(item.amount_fen),
                "payer": _payer(item.payer, named=named),
                "key": "\n".join(part for part in (item.serial, item.order_number) if part),
            }
            for item in items
        ],
    }


def _payer(payer: Account, *, named: bool) -> str:
    parts = (payer.name if named else "", payer.bank, payer.number)
    return "\n".join(part for part in parts if part)
