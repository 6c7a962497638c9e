"""What orders can be about in a case, and how that is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.masking import masked_account
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.services.orders.number_request import PHONES
from desktop.services.orders.order_request import ACCOUNT_KINDS, QUERIES, About, OrderRequest
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan

_SITES: Final = frozenset({"url", "app", "ip"})
_WITH_ACCOUNTS: Final = QUERIES | {OrderKind.WATCH}
"""Kinds that may be about an account alone, without a payment to it."""


@dataclass(frozen=True, slots=True)
class TargetChoice:
    """Something a kind of order can be about. ``ordered``: there is one of that kind already."""

    about: About
    text: str
    ordered: bool


def about_text(kit: Kit, request: OrderRequest) -> str:
    """``¥ 98,000　陈某某 农业银行 6230…8994``, or the number or site; whole, as it will be sent."""
    if isinstance(request.terms, NumberTerms):
        return request.terms.raw
    if isinstance(request.terms, EvidenceTerms):
        return request.terms.about
    return _payment_text(kit, request.transfer, revealed=True)


def target_choices(
    kit: Kit, file: CaseFile, kind: OrderKind, *, revealed: bool
) -> tuple[TargetChoice, ...]:
    """Everything in the case that an order of this kind could be about."""
    return tuple(_choices(kit, file, kind, revealed=revealed))


def _choices(
    kit: Kit, file: CaseFile, kind: OrderKind, *, revealed: bool
) -> Iterator[TargetChoice]:
    target = SPECS[kind].target
    if target is not OrderTarget.NUMBER:
        for transfer in file.transfers:
            text = _payment_text(kit, transfer, revealed=revealed)
            stands = _stands(file, kind, f"transfer/{transfer.id}")
            yield TargetChoice(About(transfer=transfer.id), text, stands)
    if target is OrderTarget.PAYMENT:
        yield from _hops(kit, file, kind, revealed=revealed)
    for lead in file.identifiers:
        if not _fits(kind, target, lead.kind):
            continue
        names = f"{kit.texts.text(f'intake.kind.{lead.kind}')}　{lead.value}"
        value = lead.normal or lead.value
        prefix = "number" if target is OrderTarget.NUMBER else "account"
        yield TargetChoice(
            About(identifier=lead.id), names, _stands(file, kind, f"{prefix}/{value}")
        )


def _fits(kind: OrderKind, target: OrderTarget, lead: str) -> bool:
    if target is OrderTarget.HOLDER:
        return True
    if target is OrderTarget.PAYMENT:
        return kind in _WITH_ACCOUNTS and lead in ACCOUNT_KINDS
    return lead in PHONES if kind is OrderKind.SHUTDOWN else lead in PHONES | _SITES


def _hops(kit: Kit, file: CaseFile, kind: OrderKind, *, revealed: bool) -> Iterator[TargetChoice]:
    for view in file.orders:
        for place, hop in enumerate(view.order.reply.hops if view.order.reply else ()):
            number = hop.account if revealed else masked_account(hop.account)
            amount = kit.texts.text("case.amount", amount=yuan(hop.amount_fen))
            parts = (amount if hop.amount_fen else "", hop.name, hop.bank, number)
            text = kit.texts.text("ordering.hop", account="　".join(p for p in parts if p))
            about = About(order=view.order.id, hop=place)
            yield TargetChoice(about, text, _stands(file, kind, f"account/{hop.account}"))


def _payment_text(kit: Kit, transfer: Transfer, *, revealed: bool) -> str:
    payee = transfer.payee
    number = payee.number or transfer.order_number
    amount = kit.texts.text("case.amount", amount=yuan(transfer.amount_fen))
    shown = number if revealed else masked_account(number)
    parts = (amount if transfer.amount_fen else "", payee.name, payee.bank, shown)
    return "　".join(part for part in parts if part)


def _stands(file: CaseFile, kind: OrderKind, target: str) -> bool:
    gone = {"failed", "withdrawn", "refused"}
    return any(
        view.order.kind is kind and view.order.about == target and view.state.value not in gone
        for view in file.orders
    )
