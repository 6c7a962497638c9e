"""What the templates of official forms take beside the facts of the case: orders to institutions, frozen money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from desktop.documents.case_facts import account_facts, case_facts, newest_step
from desktop.documents.form_specs import FormEntry
from desktop.documents.form_words import FormData, FormWords, in_capitals, in_figures
from desktop.documents.phrase_facts import freezes, payees
from desktop.documents.printable import FormValue
from desktop.domain.case import Visit
from desktop.domain.order import Order
from desktop.domain.step import StepKind
from desktop.domain.transfer import Account, Transfer
from desktop.domain.views import CaseFile
from desktop.services.ports import PaperFacts

SOURCES: Final = ("command", "found", "report", "surrender", "handed_over", "seized", "other")
"""案件来源, in the order of the register."""


def official_form(entry: FormEntry, facts: PaperFacts, words: FormWords) -> FormData:
    """Everything the template of an official form may place; the words of the form alone are in ``entry.given``."""
    file = facts.file
    data = case_facts(file, facts.officers, words)
    data |= {"typed": _typed_number(file, entry.given), "decided": _decided(file, entry, words)}
    data["sources"] = source_boxes(file.case.visit, words)
    if entry.template == "money_notice":
        data["notices"] = _notices(facts, entry.given["notice"], words)
    if entry.form_set == "return_2016":
        data |= _frozen(file)
    return data


def source_boxes(visit: Visit, words: FormWords) -> list[FormValue]:
    """案件来源: a report is ticked, anything else is the officer's to tick."""
    source = "report" if visit is Visit.REPORT else ""
    return [{"label": words.text(f"source.{name}"), "on": name == source} for name in SOURCES]


def _typed_number(file: CaseFile, given: Mapping[str, Any]) -> str:
    """The official number of the step that the paper belongs to, as it was typed; empty until then."""
    step = newest_step(file, StepKind(given["step"])) if "step" in given else None
    return step.number if step else ""


def _decided(file: CaseFile, entry: FormEntry, words: FormWords) -> str:
    step = newest_step(file, StepKind(entry.given["step"])) if "step" in entry.given else None
    return words.day(step.at) if step else ""


def _notices(facts: PaperFacts, notice: Mapping[str, Any], words: FormWords) -> list[FormValue]:
    """One notice an institution: of the orders of its kinds, else of the accounts the victim paid."""
    orders = [view.order for view in facts.file.orders if view.order.kind.value in notice["orders"]]
    if facts.about.startswith("order/"):
        orders = [order for order in orders if f"order/{order.id}" == facts.about] or orders
    rows: list[tuple[str, FormData]] = [
        (order.payee.bank, _order_row(order, words))
        for order in sorted(orders, key=lambda order: (order.issued_at, order.number))
    ]
    if not rows:
        rows = [(item.payee.bank, _transfer_row(item, words)) for item in facts.file.transfers]
    if not rows:
        rows = [("", _account_row(Account(), words))]
    return [
        {"institution": bank, "number": "", "accounts": [row for name, row in rows if name == bank]}
        for bank in dict.fromkeys(name for name, _ in rows)
    ]


def _order_row(order: Order, words: FormWords) -> FormData:
    return _account_row(
        order.payee, words, order.amount_fen, order.order_number, order.serial, tier=False
    )


def _transfer_row(item: Transfer, words: FormWords) -> FormData:
    return _account_row(item.payee, words, item.amount_fen, item.order_number, item.serial)


def _account_row(
    account: Account,
    words: FormWords,
    fen: int = 0,
    order_number: str = "",
    serial: str = "",
    *,
    tier: bool = True,
) -> FormData:
    """``tier``: the account the victim paid is of the first tier; what an order names may be of any."""
    return account_facts(account) | {
        "amount": in_figures(fen),
        "capitals": in_capitals(fen),
        "order_number": order_number,
        "serial": serial,
        "tier": words.text("phrase.first_tier") if tier else "",
    }


def _frozen(file: CaseFile) -> FormData:
    """What stands frozen: accounts, banks and the sum the institutions reported."""
    orders = freezes(file)
    caught = sum(order.reply.amount_fen for order in orders if order.reply)
    filed = newest_step(file, StepKind.FILED)
    official = file.case.official
    return {
        "frozen_accounts": _accounts(order.payee for order in orders),
        "frozen_banks": "、".join(dict.fromkeys(o.payee.bank for o in orders if o.payee.bank)),
        "frozen_amount": in_figures(caught),
        "frozen_capitals": in_capitals(caught),
        "freeze_number": "",
        "case_accounts": _accounts(payees(file)),
        "filing_number": (filed.number if filed else "") or official.case or official.acceptance,
    }


def _accounts(accounts: Iterable[Account]) -> str:
    lines = (
        "　".join(part for part in (one.bank, one.name, one.number) if part) for one in accounts
    )
    return "\n".join(dict.fromkeys(line for line in lines if line))
