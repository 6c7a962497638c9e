"""What orders say in the running words of a paper: amounts, terms, scope, what is queried, what is wanted of whom."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from desktop.documents.orders.frozen_accounts import FrozenAccount, frozen_accounts
from desktop.documents.printing.form_texts import FormTexts, in_figures
from desktop.domain.case_file.orders.order_papers import (
    freezes_in_force,
    noticed_orders,
    orders_in_effect,
)
from desktop.domain.case_file.orders.order_rules import is_filed
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.law.deadlines import legal_day
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, receiver
from desktop.domain.orders.term import term_rule
from desktop.services.ports import PaperFacts

QUERIES = (
    OrderKind.QUERY_DETAILS,
    OrderKind.QUERY_HOLDER,
    OrderKind.QUERY_ACCOUNTS,
    OrderKind.WATCH,
)
INFORMATION = (OrderKind.SHUTDOWN, OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE)


def order_phrases(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """By name, from the newest order of each sort; empty where there is none and only people can say it."""
    return (
        _freeze(facts, texts)
        | _accounts(facts, texts)
        | _query(facts, texts)
        | _request(facts, texts)
        | {
            "freeze_numbers": "\n".join(
                dict.fromkeys(
                    freeze_paper(order, texts)
                    for order in freezes_in_force(facts.file, facts.at)
                    or orders_in_effect(facts.file, FREEZES)
                )
            ),
            "frozen": "\n".join(_frozen_line(item, texts) for item in frozen_accounts(facts)),
            "number_receiver": _number_receiver(facts),
            "release_reason": _release_reason(facts),
        }
    )


def frozen_fen(order: Order) -> int:
    """How much an order wants frozen; of any other order, what it is about."""
    terms = order.terms
    limit = terms.freeze.amount_fen if isinstance(terms, MoneyTerms) else 0
    return limit if order.kind in FREEZES and limit else order.amount_fen


def asked_fen(order: Order, file: CaseFile) -> int:
    """How much an order is about: what ends a freeze is about what that freeze holds."""
    if order.kind is not OrderKind.UNFREEZE:
        return frozen_fen(order)
    freezes = [view.order for view in file.orders if view.order.kind in FREEZES]
    ended = [one for one in freezes if order.follows == one.id] or [
        one for one in freezes if one.about == order.about
    ]
    held = [one.reply.amount_fen or frozen_fen(one) for one in ended if one.reply is not None]
    return held[-1] if held else frozen_fen(ended[-1]) if ended else order.amount_fen


def account_line(account: Account) -> str:
    """Bank, holder and number, as far as they are known."""
    return "　".join(part for part in (account.bank, account.name, account.number) if part)


def own_account(file: CaseFile) -> str:
    """The account in the victim's own name from which the money went; one that nobody can number is none."""
    name = file.case.victim.name
    own = [item.payer for item in file.paid if name and item.payer.name == name]
    return account_line(own[0]) if own and own[0].number else ""


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
    """What is to be queried, frozen or set free: what orders name, of whichever tier, and nothing else."""
    return {
        "query_accounts": _named(facts, QUERIES, texts),
        "freeze_accounts": _named(facts, FREEZES, texts),
        "unfreeze_accounts": _named(facts, (OrderKind.UNFREEZE,), texts),
    }


def _named(facts: PaperFacts, kinds: Collection[OrderKind], texts: FormTexts) -> str:
    orders = noticed_orders(facts.file, kinds, facts.about)
    return "\n".join(dict.fromkeys(_asked_line(order, facts.file, texts) for order in orders))


def _asked_line(order: Order, file: CaseFile, texts: FormTexts) -> str:
    holds = order.kind in FREEZES or order.kind is OrderKind.UNFREEZE
    amount = in_figures(asked_fen(order, file)) if holds else ""
    line = payment_line(order.payee, order.order_number, texts)
    return "　".join(part for part in (line, amount) if part)


def freeze_paper(order: Order, texts: FormTexts) -> str:
    """The freeze as an institution knows it: the official number that was typed, and the day it went out, which is not
    before its approval. Never ours."""
    number = order.official or order.approval.number
    return "　".join(part for part in (number, texts.day(order.sent_at), receiver(order)) if part)


def _by_which(order: Order, texts: FormTexts) -> str:
    """The paper of a freeze behind its account, which names the bank already; whoever else carried it out is told."""
    number, other = order.official or order.approval.number, receiver(order)
    who = "" if other == order.payee.bank else other
    return "，".join(part for part in (number, texts.day(order.sent_at), who) if part)


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
    reply = order.reply if order else None
    term = period(terms.starts_at, terms.expires_at, texts)
    scope = terms.freeze.scope or texts.text(f"phrase.scope.{terms.freeze.type.name.lower()}")
    yields = "yields" if terms.freeze.yield_included else "no_yields"
    return {
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
    orders = orders_in_effect(facts.file, QUERIES, facts.about)
    kinds = [kind for kind in QUERIES if any(order.kind is kind for order in orders)]
    terms = _money(orders[-1] if orders else None).query
    asked = "；".join(texts.text(f"phrase.query.{kind.value}") for kind in kinds)
    span = period(terms.from_at, terms.to_at, texts)
    return {
        "query_law": texts.text(
            f"phrase.query_law.{'filed' if is_filed(facts.file.steps) else 'unfiled'}"
        ),
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
    }


def _frozen_line(item: FrozenAccount, texts: FormTexts) -> str:
    known = item.own_fen is not None and item.own_fen != item.reported_fen
    return texts.text(
        "phrase.frozen_own" if known else "phrase.frozen",
        account=account_line(item.freeze.payee),
        amount=in_figures(item.reported_fen) or texts.text("phrase.unknown"),
        own=in_figures(item.own_fen or 0) or texts.text("phrase.nobody"),
        paper=_by_which(item.freeze, texts),
    )


def _number_receiver(facts: PaperFacts) -> str:
    order = _newest(facts, INFORMATION)
    return receiver(order) if order else ""


def _release_reason(facts: PaperFacts) -> str:
    order = _newest(facts, (OrderKind.UNFREEZE,))
    return order.reason if order else ""
