"""One order as a row of a table: every field as text, times and amounts as the platform writes them."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.money import Addressing, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order
from desktop.domain.time.local_time import CHINA


def asked_values(view: OrderView) -> dict[str, str]:
    """Column code → text. Codes of the platform stay codes; ``kind``, ``line`` and other words of ours are left to
    whoever writes the table, who knows its language."""
    order = view.order
    found = {
        "key": order.id,
        "number": order.number,
        "official": order.official,
        "case": view.case_number,
        "reason": order.reason,
        "applied_at": moment(order.issued_at),
        "unit_code": order.unit_code,
        "unit_name": order.unit_name,
        "operator_number": order.issued_by,
        "operator_name": order.operator_name,
        "second_officer": order.second_officer
        or (order.confirmation.officer if order.alone and order.confirmation else ""),
    }
    match order.terms:
        case NumberTerms() as terms:
            return found | _number(terms)
        case EvidenceTerms() as terms:
            return found | _evidence(terms)
        case terms:
            return found | _payment(order) | _money(order, terms or MoneyTerms())


def moment(instant: datetime | None) -> str:
    """``20261124101235`` in legal time, as the platform's messages have it; empty when unknown."""
    return instant.astimezone(CHINA).strftime("%Y%m%d%H%M%S") if instant is not None else ""


def yuan(fen: int) -> str:
    """``98000.00``; empty for nothing."""
    return f"{fen // 100}.{fen % 100:02d}" if fen else ""


def _payment(order: Order) -> dict[str, str]:
    return {
        "payer_bank": order.payer.bank,
        "payer_name": order.payer.name,
        "payer_account": order.payer.number,
        "currency": "CNY",
        "asked_amount": yuan(order.amount_fen),
        "transfer_time": moment(order.transfer_time),
        "payee_bank": order.payee.bank,
        "payee_name": order.payee.name,
        "payee_account": order.payee.number,
        "order_number": order.order_number,
        "serial": order.serial,
    }


def _money(order: Order, terms: MoneyTerms) -> dict[str, str]:
    spec = SPECS[order.kind]
    freezes = spec.letter == "D"
    by_key = terms.addressing is not Addressing.ACCOUNT
    return {
        "message": spec.institution_message if terms.institution else spec.bank_message,
        "application": terms.application.value,
        "original": terms.original_application,
        "case_type": terms.case_type,
        "urgency": terms.urgency.value,
        "account_type": terms.account_type.value if terms.account_type else "",
        "addressing": terms.addressing.value if by_key else "",
        "pos_serial": terms.pos_serial,
        "merchant_asked": terms.merchant,
        "holder_id_asked": terms.holder_id_number,
        "freeze_type": terms.freeze.type.value if freezes else "",
        "freeze_amount": yuan(terms.freeze.amount_fen) if freezes else "",
        "query_from": moment(terms.query.from_at),
        "query_to": moment(terms.query.to_at),
        "query_content": terms.query.content.value if order.kind.value == "query_accounts" else "",
        "reply_by": moment(terms.query.reply_by),
        "remark_asked": terms.remark,
        "starts_asked": moment(terms.starts_at),
        "expires_asked": moment(terms.expires_at),
        "attachments": " ".join(terms.evidence),
    }


def _number(terms: NumberTerms) -> dict[str, str]:
    return {
        "raw": terms.raw,
        "normal": terms.normal,
        "line": terms.line.value if terms.line else "",
        "number_kind": terms.number_kind.value,
        "direction": terms.direction.value if terms.direction else "",
        "first_at": moment(terms.first_at),
        "last_at": moment(terms.last_at),
        "seconds": str(terms.seconds or ""),
        "calls": str(terms.calls or ""),
        "text": terms.message,
        "victim_number": terms.victim_number,
        "victim_carrier": terms.victim_carrier,
        "urgency": terms.urgency.value,
        "basis": terms.basis,
        "wants_holder": "1" if terms.wants_holder else "",
        "attachments": " ".join(terms.evidence),
    }


def _evidence(terms: EvidenceTerms) -> dict[str, str]:
    return {
        "about": terms.about,
        "wanted": terms.wanted,
        "reply_by": moment(terms.due_at),
    }
