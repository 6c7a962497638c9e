"""The payments of a case from everybody who told of them: the victim, the banks' replies, statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from heapq import merge
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.merge import as_counted, counted
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.cases.payments.way_checks import way_kind
from desktop.domain.flow.flow_moves import FlowMove, PaymentSource
from desktop.domain.identifiers.plain import clean_number
from desktop.domain.ids import CaseId
from desktop.domain.money.cash_out import chain_key, is_chain_address
from desktop.domain.money.money_flow import CashOutKind, FlowPayment
from desktop.domain.orders.kinds import FREEZES, STOPS
from desktop.domain.orders.order import Order, OrderKind
from desktop.domain.orders.reply import NextHop

_HOLDING: Final = frozenset({*STOPS, *FREEZES})
_KEPT_BY_PAYEE: Final = frozenset({WayKind.COIN, WayKind.CASH, WayKind.VOUCHER})
"""Ways of which a call-back keeps the money where it is (at an exchange, with a courier, on a card), and brings none of
it back."""
_CASH_OUTS: Final[Mapping[str, CashOutKind]] = MappingProxyType(
    {
        WayKind.COIN: CashOutKind.CRYPTO,
        WayKind.CASH: CashOutKind.CASH,
        WayKind.VOUCHER: CashOutKind.GOODS,
        WayKind.CROSS_BORDER: CashOutKind.ABROAD,
    }
)


def keeps_money(order: Order, transfer: Transfer | None) -> bool:
    """Whether an order holds money where it is: a stop, a freeze, a call-back of what only its receiver can keep."""
    if order.kind is OrderKind.REVOKE:
        return transfer is not None and way_kind(transfer) in _KEPT_BY_PAYEE
    return order.kind in _HOLDING


class ReportedPayment(NamedTuple):
    """A payment with both ends as they were told. A named tuple, as each look at the board makes thousands.

    ``also``: ids of the tellings of it that count no more; ``of``: the payment that came back by it, whole or in part.
    ``cash_out``: how the payee is out of reach by the way it left.
    """

    flow: FlowMove
    payer: Account
    payee: Account
    also: tuple[str, ...] = ()
    of: str = ""
    cash_out: CashOutKind | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """By any of which an order may be about it."""
        return self.flow.move.id, *self.also


def account_key(account: Account, otherwise: str) -> str:
    """By what an account is known again: its number, else holder and bank, else ``otherwise``."""
    number = _number_key(account.number)
    if number:
        return number
    name = " ".join(part for part in (account.name.strip(), account.bank.strip()) if part)
    return name or otherwise


@lru_cache(maxsize=16_384)
def _number_key(number: str) -> str:
    """The same number is asked for by every payment and order about it."""
    written = number.strip()
    return chain_key(written) if is_chain_address(written) else clean_number(written)


def payee_key(transfer: Transfer) -> str:
    """The account a payment went to, as the flow knows it."""
    return account_key(transfer.payee, transfer.order_number or f"transfer/{transfer.id}")


def asked_key(transfers: Mapping[str, Transfer], order: Order) -> str:
    """The account an order is about: that of its payment among ``transfers`` (by subject), which may be known by a name
    alone, else its own."""
    transfer = transfers.get(order.about)
    if transfer is not None:
        return payee_key(transfer)
    return account_key(_named_payee(order.payee, order.order_number), order.about)


def _named_payee(payee: Account, order_number: str) -> Account:
    """Who was paid; a wallet without a number is known by that of the payment."""
    return payee if payee.number or not order_number else replace(payee, number=order_number)


def by_subject(transfers: Iterable[Transfer]) -> dict[str, Transfer]:
    """Payments by what an order about them names."""
    return {f"transfer/{transfer.id}": transfer for transfer in transfers}


def victim_key(case: CaseId) -> str:
    """A victim whose paying account nobody told."""
    return f"victim/{case}"


def _payer_key(payer: Account, case: CaseId) -> str:
    """The account the victim paid from: never known by holder and bank, of which a victim has several."""
    return _number_key(payer.number) or victim_key(case)


def reported_payments(facts: ClockFacts) -> tuple[ReportedPayment, ...]:
    """What the victim and the banks told of a case, each payment once."""
    others: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for again, first in facts.twice.items():
        others[f"transfer/{first}"] += (f"transfer/{again}",)
    revoked = _revoked(facts)
    reported = [
        payment._replace(also=more) if (more := others.get(payment.flow.move.id)) else payment
        for transfer in counted(facts.payments, facts.twice)
        if transfer.gross_fen > 0
        for payment in _reported(facts, transfer, revoked.get(f"transfer/{transfer.id}"))
    ]
    transfers = by_subject(facts.payments)
    asked = [(asked_key(transfers, view.order), view.order) for view in facts.orders]
    known = merged(reported, *(tuple(_replied(facts, *item)) for item in asked if item[1].reply))
    return (*known, *_ordered(facts, asked, known))


def _revoked(facts: ClockFacts) -> dict[str, Order]:
    """Payment → the order by which a bank called most of it back."""
    revoking = [view.order for view in facts.orders if view.order.kind is OrderKind.REVOKE]
    if not revoking:
        return {}
    not_sent_back = {
        f"transfer/{item.id}" for item in facts.payments if way_kind(item) in _KEPT_BY_PAYEE
    }
    found: dict[str, Order] = {}
    for order in (as_counted(order, facts.twice) for order in revoking):
        if order.in_force and order.about not in not_sent_back:
            known = found.get(order.about)
            if known is None or _called_back(known) < _called_back(order):
                found[order.about] = order
    return found


def _called_back(order: Order) -> int:
    return order.reply.amount_fen if order.reply is not None else 0


def _reported(
    facts: ClockFacts, transfer: Transfer, revoked: Order | None
) -> Iterator[ReportedPayment]:
    """The payment, and what came back of it: as the victim tells, and as the bank that called it back."""
    payer = transfer.payer
    if not payer.number and not payer.name:
        payer = replace(payer, name=facts.victim)
    ends = _payer_key(payer, facts.case), payee_key(transfer)
    at = _seconds(transfer.time or facts.accepted_at)
    serial = transfer.serial or transfer.order_number
    gross = transfer.gross_fen
    move = FlowPayment(f"transfer/{transfer.id}", at, *ends, gross)
    payee = _named_payee(transfer.payee, transfer.order_number)
    timed = transfer.time is not None
    yield ReportedPayment(
        FlowMove(move, PaymentSource.REPORT, facts.case, serial, timed), payer, payee,
        cash_out=_CASH_OUTS.get(way_kind(transfer)),
    )  # fmt: skip
    returned = min(transfer.returned_fen, gross)
    backs = [(f"return/{transfer.id}", PaymentSource.REPORT, returned)]
    if revoked is not None:
        called = min(_called_back(revoked), gross - returned)
        # One sum that both tell came back once.
        backs.append(
            (f"revoke/{revoked.id}", PaymentSource.REPLY, called if called != returned else 0)
        )
    for name, source, fen in backs:
        if fen:  # nobody says when; not before it was paid
            back = FlowPayment(name, at + 1, ends[1], ends[0], fen)
            yield ReportedPayment(
                FlowMove(back, source, facts.case, timed=False), payee, payer, of=move.id
            )


def _replied(facts: ClockFacts, payer: str, order: Order) -> Iterator[ReportedPayment]:
    """Where a bank says the money went on."""
    reply = order.reply
    if reply is None or not reply.hops:
        return
    asked = _named_payee(order.payee, order.order_number)
    known = order.transfer_time or reply.replied_at
    for place, hop in enumerate(reply.hops):
        if hop.amount_fen <= 0:
            continue
        at = hop.time or known
        payee = Account(hop.name, hop.account, hop.bank)
        move = FlowPayment(
            f"hop/{order.id}/{place}", _seconds(at), payer, _hop_key(hop, order.id, place),
            hop.amount_fen,
        )  # fmt: skip
        timed = hop.time is not None
        yield ReportedPayment(
            FlowMove(move, PaymentSource.REPLY, facts.case, hop.serial, timed), asked, payee
        )


def _ordered(
    facts: ClockFacts, asked: Iterable[tuple[str, Order]], known: Iterable[ReportedPayment]
) -> Iterator[ReportedPayment]:
    """Payments that only an order tells, which a bank carried out: about an account into which nobody else told one."""
    reached = {item.flow.move.payee for item in known}
    for target, order in asked:
        about_account = order.about.startswith("account/") and order.kind in _HOLDING
        if not about_account or not order.in_force or target in reached:
            continue
        payer = account_key(order.payer, "")
        if not payer:
            continue
        reached.add(target)
        timed = order.transfer_time is not None
        at = _seconds(order.transfer_time or order.issued_at)
        move = FlowPayment(f"order/{order.id}", at, payer, target, order.amount_fen)
        flow = FlowMove(move, PaymentSource.ORDER, facts.case, order.serial, timed)
        if move.amount_fen > 0:
            yield ReportedPayment(flow, order.payer, order.payee)


def _hop_key(hop: NextHop, order: str, place: int) -> str:
    return account_key(Account(hop.name, hop.account, hop.bank), f"hop/{order}/{place}")


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


SAME_TIME: Final = 30 * 60
"""As far as two tellings of one payment may differ in time: what people remember is not to the minute."""


def merged(*lists: Sequence[ReportedPayment]) -> tuple[ReportedPayment, ...]:
    """What several told of one payment once: of each list only what no earlier one has. Two of the same list are two
    payments, as three equal payments to one account are three."""
    if len(lists) == 1:
        return tuple(lists[0])
    distinct = _DistinctPayments()
    for payments in lists:
        again = distinct.again(payments)
        for place, item in enumerate(payments):
            distinct.add(item, again.get(place))
    return tuple(distinct.payments)


_Alike = tuple[str, str, int]
_Slot = tuple[_Alike, bool, int | str]
_UNTIMED: Final = "untimed"
_WHENEVER: Final = "whenever"


def _alike(payment: ReportedPayment) -> _Alike:
    """Ends and sum, without which no two are one payment."""
    move = payment.flow.move
    return move.payer, move.payee, move.amount_fen


class _DistinctPayments:
    """The payments told so far, and where to look for one that is told again: thousands may be of the same ends and
    sum."""

    def __init__(self) -> None:
        self.payments: list[ReportedPayment] = []
        self._ends: set[_Alike] = set()
        self._serials: defaultdict[tuple[_Alike, str], list[int]] = defaultdict(list)
        self._slots: defaultdict[_Slot, list[int]] = defaultdict(list)

    def add(self, item: ReportedPayment, again: int | None) -> None:
        """A payment, or another telling of that at place ``again``."""
        if again is not None:
            known = self.payments[again]
            self.payments[again] = known._replace(also=(*known.also, *item.ids))
            return
        place, ends = len(self.payments), _alike(item)
        self.payments.append(item)
        self._ends.add(ends)
        for when in (_half_hour(item), _WHENEVER):
            self._slots[ends, _is_numbered(item), when].append(place)
        if item.flow.serial:
            self._serials[ends, item.flow.serial].append(place)

    def again(self, payments: Sequence[ReportedPayment]) -> dict[int, int]:
        """Place in the list → place of the payment it tells again. Each tells one again: by its serial first."""
        found: dict[int, int] = {}
        open_ = [place for place, item in enumerate(payments) if _alike(item) in self._ends]
        taken: set[int] = set()
        for candidates in (self._of_serial, self._near) if open_ else ():
            for place in open_:
                if place in found:
                    continue
                free = (at for at in candidates(payments[place]) if at not in taken)
                match = next(free, None)
                if match is not None:
                    found[place] = match
                    taken.add(match)
        return found

    def _of_serial(self, item: ReportedPayment) -> Iterable[int]:
        return self._serials.get((_alike(item), item.flow.serial), ())

    def _near(self, item: ReportedPayment) -> Iterable[int]:
        """Places of payments that the item may be, the first told in front."""
        ends, half_hour = _alike(item), _half_hour(item)
        whens: tuple[int | str, ...] = (_WHENEVER,)
        if isinstance(half_hour, int):
            whens = _UNTIMED, half_hour - 1, half_hour, half_hour + 1
        slots = (
            self._slots.get((ends, numbered, when), ())
            for numbered in ((False,) if _is_numbered(item) else (False, True))
            for when in whens
        )
        return (at for at in merge(*slots) if same_payment(self.payments[at], item))


def _is_numbered(payment: ReportedPayment) -> bool:
    """Whether a bank told its number: of two such payments with different numbers none is the other."""
    return payment.flow.source is PaymentSource.REPLY and bool(payment.flow.serial)


def _half_hour(payment: ReportedPayment) -> int | str:
    """In which it was, where that is known: those of one time are in the same or in neighbouring ones."""
    return payment.flow.move.at // SAME_TIME if payment.flow.timed else _UNTIMED


def same_payment(one: ReportedPayment, other: ReportedPayment) -> bool:
    """The same ends and sum, and the same serial, or about the same time where one of them has none. What a victim
    calls a serial may be another number than the bank's."""
    if _alike(one) != _alike(other):
        return False
    mine, theirs = one.flow, other.flow
    if mine.serial and theirs.serial:
        if mine.serial == theirs.serial:
            return True
        if mine.source is theirs.source is PaymentSource.REPLY:
            return False
    if not mine.timed or not theirs.timed:
        return True
    return abs(mine.move.at - theirs.move.at) <= SAME_TIME
