"""What an officer asks for before it becomes an order, filled in from the case so that nothing is typed twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.case_file.orders.objection_release import ENDING, ground_of_release
from desktop.domain.case_file.orders.order_rules import EarlierOrders
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.payments.transfer import Account, Channel, Transfer
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.errors import UserInputError
from desktop.domain.ids import OrderId, TransferId
from desktop.domain.law.deadlines import term_end
from desktop.domain.law.rules import Unit
from desktop.domain.orders.approval import NOT_APPROVED, Approval
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import FREEZES, SPECS, OrderTarget
from desktop.domain.orders.money import Addressing, Freeze, MoneyTerms, Query
from desktop.domain.orders.order import OrderKind, Terms
from desktop.domain.orders.sending.way_orders import (
    as_asked,
    asked_about,
    asks_payer_side,
    urgent_kind,
)
from desktop.services.cases.form.payment_hints import issuer_of
from desktop.services.orders.earlier_orders import earlier_orders
from desktop.services.orders.number_request import carrier_of, number_terms
from desktop.services.session import Session

QUERIES: Final = frozenset(
    {OrderKind.QUERY_DETAILS, OrderKind.QUERY_HOLDER, OrderKind.QUERY_ACCOUNTS}
)
ACCOUNT_KINDS: Final = frozenset(
    {"bank_card", "masked_card", "bank_account", "alipay", "wechat", "order_number"}
)


@dataclass(frozen=True, slots=True)
class About:
    """What the order is about: a payment, something recorded as an identifier, or a payment that a reply told of.

    Exactly one of ``transfer``, ``identifier``, ``order``, ``again`` and ``transfer_facts`` is given. ``hop`` counts
    the next payments of that order's reply from 0; ``again`` is an order about whose own target another one is wanted;
    ``transfer_facts`` is a payment the case does not record, as a statement told it.
    """

    transfer: str = ""
    identifier: str = ""
    order: str = ""
    hop: int = 0
    again: str = ""
    transfer_facts: Transfer | None = None


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """An order as asked for. ``target`` and the payment stand as they will be sent; ``terms`` may be edited."""

    kind: OrderKind
    target: str
    terms: Terms
    transfer: Transfer
    addressee: str = ""
    reason: str = ""
    second_officer: str = ""
    approval: Approval = NOT_APPROVED

    @property
    def money(self) -> MoneyTerms:
        """The terms of a money order; those of another kind are none."""
        return self.terms if isinstance(self.terms, MoneyTerms) else MoneyTerms()


def propose_order(session: Session, file: CaseFile, kind: OrderKind, about: About) -> OrderRequest:
    """The request as the case's facts have it. Why a measure ends no story of the case says: an objection that was
    upheld against it does, or whoever orders the end. Looks, does not judge: ``check_order`` does.

    Raises:
        UserInputError: ``order.no_target`` when the case holds nothing of that sort.
    """
    reason = file.case.narrative[: _summary_limit(session)]
    target = SPECS[kind].target
    if target is OrderTarget.PAYMENT:
        name, transfer = _payment(session, file, about)
        asked = asked_about(kind, transfer)
        if not asked and asks_payer_side(kind, transfer):
            asked = issuer_of(session, transfer.payer.number)
        if kind in ENDING:
            ground = ground_of_release(file.case.objections, file.orders, kind, name)
            reason = ground[: _summary_limit(session)]
        request = OrderRequest(kind, name, MoneyTerms(), as_asked(transfer), asked, reason)
        return _with_terms(session, file, request)
    if target is OrderTarget.NUMBER:
        identifier = _identifier(file, about)
        terms = number_terms(session, file, identifier)
        name = f"number/{identifier.normal or identifier.value}"
        return OrderRequest(kind, name, terms, _NOTHING, carrier_of(session, terms), reason)
    due = term_end(
        session.rules, "evidence_request.due", session.clock.now().replace(microsecond=0)
    )
    subject, about_kind, holder = _evidence_subject(session, file, about)
    wanted = f"{session.papers.usual_evidence(about_kind)}\n{subject}"
    evidence = EvidenceTerms(holder=holder, wanted=wanted, due_at=due, about=subject)
    return OrderRequest(kind, f"holder/{subject}", evidence, _NOTHING, holder, reason)


def propose_urgent(session: Session, file: CaseFile, transfer: TransferId) -> OrderRequest:
    """What may still save a payment of the case: its stop, or a call-back by its way. The check blocks the stop of a
    payment that none can reach.

    Raises:
        UserInputError: ``order.no_target``.
    """
    paid = next((item for item in file.transfers if item.id == transfer), _NOTHING)
    kind = urgent_kind(paid) or OrderKind.STOP
    return propose_order(session, file, kind, About(transfer=transfer))


def name_target(file: CaseFile, kind: OrderKind, position: int = 1, identifier: str = "") -> About:
    """Transfer ``position`` (from 1), or the identifier with this value, as something to order about.

    Raises:
        UserInputError: ``order.no_transfer``, ``order.no_identifier``.
    """
    if identifier or SPECS[kind].target is OrderTarget.NUMBER:
        wanted = identifier.strip()
        found = (i for i in file.identifiers if wanted in (i.id, i.value, i.normal))
        named = next(found, None) if wanted else None
        if named is None:
            raise UserInputError("order.no_identifier")
        return About(identifier=named.id)
    transfer = next((item for item in file.transfers if item.position == position), None)
    if transfer is None:
        raise UserInputError("order.no_transfer", position=position)
    return About(transfer=transfer.id)


def _evidence_subject(session: Session, file: CaseFile, about: About) -> tuple[str, str, str]:
    """What evidence is asked about, what kind of identifier that is, and who holds it, if the tables know."""
    if about.transfer:
        paid = _payment(session, file, about)[1]
        at_bank = paid.payee.number and paid.way.kind is not WayKind.WALLET
        kind = "bank_account" if at_bank else "order_number"
        return paid.payee.number or paid.order_number, kind, paid.payee.bank
    identifier = _identifier(file, about)
    value = identifier.normal or identifier.value
    issuer = session.directories.card_issuer(value) if identifier.kind == "bank_card" else None
    holder = (
        issuer.bank
        if issuer is not None
        else carrier_of(session, number_terms(session, file, identifier))
    )
    return value, identifier.kind, holder


_NOTHING: Final = Transfer(TransferId(""), 0, None, 0, None, None, Account(), Account())
"""The payment of an order that is about none."""


def _summary_limit(session: Session) -> int:
    return session.rules.value("summary.maximum", session.today, Unit.CHARACTERS)


def _payment(session: Session, file: CaseFile, about: About) -> tuple[str, Transfer]:
    if about.order:
        return _hop(session, file, about)
    if about.again:
        return _same(file, about.again)
    if about.transfer_facts is not None:
        return f"account/{about.transfer_facts.payee.number}", about.transfer_facts
    if about.identifier:
        found = _identifier(file, about)
        if found.kind not in ACCOUNT_KINDS:
            raise UserInputError("order.no_target")
        by_order = found.kind == "order_number"
        payee = Account(number="" if by_order else found.value)
        order_number = found.normal if by_order else ""
        transfer = replace(_NOTHING, payee=payee, order_number=order_number)
        return f"account/{found.normal or found.value}", transfer
    transfer = next((item for item in file.transfers if item.id == about.transfer), _NOTHING)
    if not transfer.id:
        raise UserInputError("order.no_target")
    return f"transfer/{transfer.id}", transfer


def _same(file: CaseFile, key: str) -> tuple[str, Transfer]:
    """What an earlier order was about, as the bank was told then."""
    order = next((view.order for view in file.orders if view.order.id == key), None)
    if order is None or SPECS[order.kind].target is not OrderTarget.PAYMENT:
        raise UserInputError("order.no_target")
    known = next((item for item in file.transfers if item.id == order.transfer), _NOTHING)
    transfer = replace(
        known,
        time=order.transfer_time,
        amount_fen=order.amount_fen,
        channel=order.channel,
        payer=order.payer,
        payee=order.payee,
        order_number=order.order_number,
        serial=order.serial,
    )
    return order.about, transfer


def _hop(session: Session, file: CaseFile, about: About) -> tuple[str, Transfer]:
    """The next payment, as the reply told it: its payer is the account that was asked about. Where no bank is named,
    the card's issuer keeps it: an order that names nobody is sent to nobody."""
    view = next((view for view in file.orders if view.order.id == OrderId(about.order)), None)
    reply = view.order.reply if view is not None else None
    if view is None or reply is None or not 0 <= about.hop < len(reply.hops):
        raise UserInputError("order.no_target")
    hop = reply.hops[about.hop]
    issuer = session.directories.card_issuer(hop.account) if not hop.bank else None
    bank = issuer.bank if issuer is not None and issuer.exact else hop.bank
    transfer = replace(
        _NOTHING,
        id=view.order.transfer,
        time=hop.time,
        amount_fen=hop.amount_fen,
        payer=view.order.payee,
        payee=Account(hop.name, hop.account, bank),
        serial=hop.serial,
    )
    return f"account/{hop.account}", transfer


def _identifier(file: CaseFile, about: About) -> Identifier:
    found = next((item for item in file.identifiers if item.id == about.identifier), None)
    if found is None:
        raise UserInputError("order.no_target")
    return found


def _with_terms(session: Session, file: CaseFile, request: OrderRequest) -> OrderRequest:
    """What the law and the earlier orders about the same money say already."""
    earlier = earlier_orders(session, file, request.target)
    terms = MoneyTerms(
        original_application=_official(earlier, request.kind),
        institution=_at_institution(request.transfer),
        addressing=_addressing(request.transfer),
        freeze=_freeze(earlier, request),
        query=_query(session, request),
    )
    if request.kind is OrderKind.WATCH:
        start = session.clock.now().replace(microsecond=0)
        end = term_end(session.rules, "watch.term", start)
        terms = replace(terms, starts_at=start, expires_at=end)
    return replace(request, terms=terms)


def _official(earlier: EarlierOrders, kind: OrderKind) -> str:
    follows = SPECS[kind].follows
    found = earlier.in_force(*follows) if follows else None
    return found.order.official if found is not None else ""


def _at_institution(transfer: Transfer) -> bool:
    return transfer.channel in {Channel.WECHAT, Channel.ALIPAY, Channel.SCAN} or (
        bool(transfer.order_number) and not transfer.payee.number
    )


def _addressing(transfer: Transfer) -> Addressing:
    """An institution finds money by a key of the payment, since the victim rarely has an account number."""
    if not _at_institution(transfer):
        return Addressing.ACCOUNT
    if transfer.order_number:
        return Addressing.ORDER_NUMBER
    return Addressing.SERIAL if transfer.serial else Addressing.ACCOUNT


def _freeze(earlier: EarlierOrders, request: OrderRequest) -> Freeze:
    """Up to what was paid; an extension or its end repeats the freeze it follows."""
    if request.kind in {OrderKind.EXTEND_FREEZE, OrderKind.UNFREEZE}:
        freeze = earlier.in_force(*FREEZES)
        if freeze is not None and isinstance(freeze.order.terms, MoneyTerms):
            return freeze.order.terms.freeze
    if request.kind is OrderKind.FREEZE:
        return Freeze(amount_fen=request.transfer.amount_fen)
    return Freeze()


def _query(session: Session, request: OrderRequest) -> Query:
    if request.kind not in QUERIES | {OrderKind.WATCH}:
        return Query()
    now, on = session.clock.now().replace(microsecond=0), session.today
    due = term_end(session.rules, "query.reply", now)
    if request.kind is not OrderKind.QUERY_DETAILS:
        return Query(reply_by=due)
    start = (request.transfer.time or now) - session.rules.duration("query.before", on)
    return Query(start, now, reply_by=due)
