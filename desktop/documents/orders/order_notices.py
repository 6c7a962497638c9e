"""协助查询、冻结、解除冻结财产通知书: one notice an institution, with the sum it is asked about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from desktop.documents.orders.order_phrases import asked_fen, freeze_paper
from desktop.documents.printing.form_texts import FormData, FormTexts, in_capitals, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.orders.order_papers import freezes_in_force, noticed_orders
from desktop.domain.case_file.views import CaseFile
from desktop.domain.orders.approval import NOT_APPROVED
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, receiver
from desktop.services.ports import PaperFacts


def order_notices(
    facts: PaperFacts, kinds: Collection[OrderKind], texts: FormTexts
) -> list[FormValue]:
    """One notice an institution; an empty one where no order of these kinds names anything."""
    by_receiver: dict[str, list[Order]] = {}
    for order in noticed_orders(facts.file, kinds, facts.about):
        by_receiver.setdefault(receiver(order), []).append(order)
    return [
        _notice(name, orders, facts, texts) for name, orders in (by_receiver or {"": []}).items()
    ]


def freeze_sum(orders: Sequence[Order], file: CaseFile, texts: FormTexts) -> str:
    """What one institution is to freeze or release in all, in capitals and figures, and how many accounts whole."""
    whole = [order for order in orders if _is_whole(order)]
    fen = sum(asked_fen(order, file) for order in orders if not _is_whole(order))
    total = texts.text("phrase.sum", capitals=in_capitals(fen), figures=in_figures(fen))
    parts = [total] if fen else []
    if whole and not parts:
        return texts.text("phrase.whole_account")
    if whole:
        parts.append(texts.text("phrase.whole_accounts", count=len(whole)))
    return "；".join(parts)


def sums_by_receiver(orders: Sequence[Order], file: CaseFile, texts: FormTexts) -> str:
    """The sum of each institution, a line each; of one alone its sum."""
    names = list(dict.fromkeys(receiver(order) for order in orders))
    sums = {
        name: freeze_sum([order for order in orders if receiver(order) == name], file, texts)
        for name in names
    }
    if len(sums) < 2:
        return "".join(sums.values())
    unknown = texts.text("phrase.unknown")
    return "\n".join(
        texts.text("phrase.sum_of", name=name or unknown, sum=total or unknown)
        for name, total in sums.items()
    )


def _is_whole(order: Order) -> bool:
    terms = order.terms
    full = isinstance(terms, MoneyTerms) and terms.freeze.type is FreezeType.FULL
    return full and order.kind in FREEZES


def _notice(
    institution: str, orders: Sequence[Order], facts: PaperFacts, texts: FormTexts
) -> FormData:
    """``approver`` is whose approval of the newest order was recorded here; the notice's own number is never ours.
    ``papers``: the freezes that are to end."""
    approval = orders[-1].approval if orders else NOT_APPROVED
    file, about = facts.file, {order.about for order in orders}
    freezes = [one for one in freezes_in_force(file, facts.at) if one.about in about]
    return {
        "institution": institution,
        "number": "",
        "accounts": [_row(order, file, texts) for order in orders] or [_empty_row()],
        "sum": freeze_sum(orders, file, texts),
        "papers": "\n".join(dict.fromkeys(freeze_paper(one, texts) for one in freezes)),
        "applications": "、".join(
            dict.fromkeys(order.official for order in orders if order.official)
        ),
        "approver": approval.by if approval.given else "",
        "approved": texts.day(approval.at) if approval.given and approval.at else "",
    }


def _row(order: Order, file: CaseFile, texts: FormTexts) -> FormData:
    fen = 0 if _is_whole(order) else asked_fen(order, file)
    return {
        "name": order.payee.name,
        "account": order.payee.number,
        "bank": order.payee.bank,
        "amount": texts.text("phrase.whole_account") if _is_whole(order) else in_figures(fen),
        "capitals": in_capitals(fen),
        "order_number": order.order_number,
        "serial": order.serial,
    }


def _empty_row() -> FormData:
    names = ("name", "account", "bank", "amount", "capitals", "order_number", "serial")
    return dict.fromkeys(names, "")
