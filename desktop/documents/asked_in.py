"""What an order asks for beside its payment, in a few words for the sheet that goes with it."""

from __future__ import annotations

from desktop.documents.form_texts import FormTexts, in_figures
from desktop.documents.order_phrases import period
from desktop.documents.stop_application import application_text
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Terms


def asked_in(terms: Terms | None, words: FormTexts) -> str:
    """Type and urgency of an application, the sum and scope of a freeze, the period of a query, the evidence wanted."""
    if isinstance(terms, MoneyTerms):
        return "　".join(part for part in _money(terms, words) if part)
    if isinstance(terms, EvidenceTerms):
        return terms.wanted
    if isinstance(terms, NumberTerms) and terms.line is not None:
        return words.text(f"number.line.{terms.line.name.lower()}")
    return ""


def _money(terms: MoneyTerms, words: FormTexts) -> tuple[str, ...]:
    freeze = terms.freeze
    scope = freeze.scope
    if not scope and (freeze.amount_fen or freeze.type is FreezeType.FULL):
        scope = words.text(f"phrase.scope.{freeze.type.name.lower()}")
    return (
        application_text(terms, words),
        in_figures(freeze.amount_fen),
        scope,
        period(terms.query.from_at, terms.query.to_at, words),
        period(terms.starts_at, terms.expires_at, words),
        terms.remark,
    )
