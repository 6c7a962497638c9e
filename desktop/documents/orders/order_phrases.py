"""What orders say in the running words of a paper: amounts, terms, scope, what is queried, what is wanted of whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from desktop.documents.printing.form_texts import FormTexts, in_capitals, in_figures
from desktop.domain.case_file.order_rules import GONE
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.amounts import amounts_of
from desktop.domain.cases.transfer import Account
from desktop.domain.law.deadlines import legal_day
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderKind
from desktop.domain.orders.target import receiver
from desktop.domain.orders.term import term_rule
from desktop.domain.orders.totals import held_by_target
from desktop.services.ports import PaperFacts

FREEZES = frozenset({OrderKind.FREEZE, OrderKind.EXTEND_FREEZE})
_QUERIES = (
    OrderKind.QUERY_DETAILS,
    OrderKind.QUERY_HOLDER,
    OrderKind.QUERY_ACCOUNTS,
    OrderKind.WATCH,
)
INFORMATION = (OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE)


def orders_in_effect(
    file: CaseFile, kinds: Collection[OrderKind], about: str = ""
) -> tuple[Order, ...]:
    """Orders of these kinds that did not come to nothing, oldest first; or the one that ``about`` names, whatever
    became of it."""
    ofs = [view for view in file.orders if view.order.kind in kinds]
    one = [view.order for view in ofs if f"order/{view.order.id}" == about]
    found = one or [view.order for view in ofs if view.state not in GONE]
    return tuple(sorted(found, key=lambda order: (order.issued_at, order.number)))


def noticed_orders(
    file: CaseFile, kinds: Collection[OrderKind], about: str = ""
) -> tuple[Order, ...]:
    """The same as a notice to institutions lists them: the newest to each about each thing, as an extension stands for
    the freeze it prolongs, and none that was ended."""
    newest: dict[tuple[str, str], Order] = {}
    for order in orders_in_effect(file, kinds, about):
        if order.released_at is None or f"order/{order.id}" == about:
            key = order.about, receiver(order)
            newest.pop(key, None)
            newest[key] = order
    return tuple(newest.values())


def freezes_in_force(file: CaseFile, at: datetime) -> tuple[Order, ...]:
    """Freezes and extensions that institutions carried out and that were neither ended nor, as they told it, over at
    ``at``, oldest first."""
    ran = [view.order for view in file.orders if view.order.kind in FREEZES and view.order.in_force]
    lasting = {order.about for order in ran if not _is_over(order, at)}
    found = (order for order in ran if order.about in lasting)
    return tuple(sorted(found, key=lambda order: (order.issued_at, order.number)))


def _is_over(order: Order, at: datetime) -> bool:
    reply = order.reply
    return reply is not None and reply.ends_at is not None and reply.ends_at <= at


def order_phrases(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """By name, from the newest order of each sort; empty where there is none and only people can say it."""
    return (
        _freeze(facts, texts)
        | _accounts(facts, texts)
        | _query(facts, texts)
        | _request(facts, texts)
        | {
            "freeze_numbers": "\n".join(
                freeze_paper(order, texts)
                for order in freezes_in_force(facts.file, facts.at)
                or orders_in_effect(facts.file, FREEZES)
            ),
            "frozen": "\n".join(_frozen_lines(freezes_in_force(facts.file, facts.at), texts)),
            "number_receiver": _number_receiver(facts),
            "release_reason": _release_reason(facts),
        }
    )


def frozen_fen(order: Order) -> int:
    """How much an order wants frozen; of any other order, what it is about."""
    terms = order.terms
    limit = terms.freeze.amount_fen if isinstance(terms, MoneyTerms) else 0
    return limit if order.kind in FREEZES and limit else order.amount_fen


def account_line(account: Account) -> str:
    """Bank, holder and number, as far as they are known."""
    return "　".join(part for part in (account.bank, account.name, account.number) if part)


def payment_line(account: Account, order_number: str, texts: FormTexts) -> str:
    """The account; of a wallet that only an order number leads to, that."""
    by_order = "" if account.number or not order_number else order_number
    key = texts.text("phrase.by_order", number=by_order) if by_order else ""
    return "　".join(part for part in (account_line(account), key) if part)


def paid_lines(file: CaseFile, texts: FormTexts) -> str:
    """Accounts the victim paid, each once, in the officer's order."""
    lines = (payment_line(item.payee, item.order_number, texts) for item in file.paid)
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _accounts(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """What is to be queried, frozen or set free by the orders there are, of whichever tier; while there are none, what
    the victim paid into, or what is frozen."""
    freezes = freezes_in_force(facts.file, facts.at)
    paid = paid_lines(facts.file, texts)
    return {
        "query_accounts": _named(facts, _QUERIES, texts) or paid,
        "freeze_accounts": _named(facts, FREEZES, texts) or paid,
        "unfreeze_accounts": _named(facts, (OrderKind.UNFREEZE,), texts)
        or "\n".join(dict.fromkeys(_asked_line(order, texts) for order in freezes)),
    }


def _named(facts: PaperFacts, kinds: Collection[OrderKind], texts: FormTexts) -> str:
    orders = noticed_orders(facts.file, kinds, facts.about)
    return "\n".join(dict.fromkeys(_asked_line(order, texts) for order in orders))


def _asked_line(order: Order, texts: FormTexts) -> str:
    amount = in_figures(frozen_fen(order)) if order.kind in FREEZES else ""
    line = payment_line(order.payee, order.order_number, texts)
    return "　".join(part for part in (line, amount) if part)


def freeze_paper(order: Order, texts: FormTexts) -> str:
    """The freeze as an institution knows it: the official number that was typed, and the day. Never ours."""
    number = order.official or order.approval.number
    return "　".join(part for part in (number, texts.day(order.issued_at), receiver(order)) if part)


def period(start: datetime | None, end: datetime | None, texts: FormTexts) -> str:
    """From when to when; empty unless both are known."""
    if start is None or end is None:
        return ""
    return texts.text("phrase.term", start=texts.day(start), end=texts.day(end))


def _newest(facts: PaperFacts, kinds: Collection[OrderKind]) -> Order | None:
    found = orders_in_effect(facts.file, kinds, facts.about)
    return found[-1] if found else None


def _money(order: Order | None) -> MoneyTerms:
    terms = order.terms if order else None
    return terms if isinstance(terms, MoneyTerms) else MoneyTerms()


def _freeze(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    order = _newest(facts, FREEZES)
    terms = _money(order)
    several = noticed_orders(facts.file, FREEZES, facts.about) or facts.file.paid
    loss = amounts_of(facts.file.transfers).gross_fen
    fen = frozen_fen(order) if order else loss
    amount = f"{in_figures(fen)}（{in_capitals(fen)}）" if fen else ""
    if len(several) > 1:
        amount = texts.text(
            "phrase.each_amount"
        )  # one wording for all notices, and each has its own table
    elif terms.freeze.type is FreezeType.FULL:
        amount = texts.text("phrase.whole_account")
    reply = order.reply if order else None
    term = period(terms.starts_at, terms.expires_at, texts)
    scope = terms.freeze.scope or texts.text(f"phrase.scope.{terms.freeze.type.name.lower()}")
    yields = "yields" if terms.freeze.yield_included else "no_yields"
    return {
        "freeze_amount": amount,
        "freeze_term": term
        or (period(reply.starts_at, reply.ends_at, texts) if reply else "")
        or _usual_term(order, facts, texts),
        "scope": scope + (texts.text("phrase.queued") if terms.freeze.queued else ""),
        "yields": texts.text(f"phrase.{yields}"),
    }


def _usual_term(order: Order | None, facts: PaperFacts, texts: FormTexts) -> str:
    """How long the law lets it last from the day it is carried out (Art. 243–245): a notice must name the term."""
    if facts.rules is None:
        return ""
    rule = facts.rules.rule(term_rule(order) if order else "freeze.deposit", legal_day(facts.at))
    unit = texts.text(f"phrase.unit.{rule.unit.value}")
    return texts.text("phrase.usual_term", value=rule.value, unit=unit)


def _query(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    orders = orders_in_effect(facts.file, _QUERIES, facts.about)
    kinds = [kind for kind in _QUERIES if any(order.kind is kind for order in orders)]
    terms = _money(orders[-1] if orders else None).query
    asked = "；".join(texts.text(f"phrase.query.{kind.value}") for kind in kinds)
    span = period(terms.from_at, terms.to_at, texts)
    return {
        "query_content": asked or texts.text("phrase.query.all"),
        "query_period": span or texts.text("phrase.query.period"),
        "query_until": texts.minute(terms.reply_by) if terms.reply_by else "",
    }


def _request(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    order = _newest(facts, (OrderKind.EVIDENCE_REQUEST,))
    terms = order.terms if order else None
    evidence = terms if isinstance(terms, EvidenceTerms) else EvidenceTerms()
    return {
        "request_to": evidence.holder or (receiver(order) if order else ""),
        "request_address": evidence.address,
        "request_until": texts.minute(evidence.due_at) if evidence.due_at else "",
        "request_wanted": "\n".join(part for part in (evidence.about, evidence.wanted) if part),
    }


def _frozen_lines(freezes: Collection[Order], texts: FormTexts) -> Iterator[str]:
    """One a target: an extension holds the same money as what it extends, under a newer paper."""
    newest = {order.about: order for order in freezes}
    for about, fen in held_by_target(freezes).items():
        yield texts.text(
            "phrase.frozen",
            account=account_line(newest[about].payee),
            amount=in_figures(fen) or texts.text("phrase.unknown"),
            paper=freeze_paper(newest[about], texts),
        )


def _number_receiver(facts: PaperFacts) -> str:
    order = _newest(facts, INFORMATION)
    return receiver(order) if order else ""


def _release_reason(facts: PaperFacts) -> str:
    order = _newest(facts, (OrderKind.UNFREEZE,))
    return order.reason if order else ""
