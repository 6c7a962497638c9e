"""Where the money of a case, or of several together, is: the one source of whatever says so.

What was paid is followed first in, first out through the payments that victims, banks and orders tell
(:mod:`~desktop.domain.flow.tracing`); what rests in an account is parted by what its bank told
(:mod:`~desktop.domain.money.dispositions`). ``docs/money.md`` defines the seven sums with examples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from operator import add, itemgetter, sub
from typing import Final

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.flow.flow_moves import WHOLE, FlowScope
from desktop.domain.flow.reported_payments import (
    ReportedPayment,
    asked_key,
    by_subject,
    keeps_money,
)
from desktop.domain.flow.tracing import KnownMoney, trace
from desktop.domain.ids import CaseId
from desktop.domain.law.rules import RulePack
from desktop.domain.money.dispositions import (
    NOTHING,
    AccountMoney,
    Balance,
    CoverTimeline,
    Measure,
    MoneySums,
    MoneyTimeline,
)
from desktop.domain.money.money_flow import (
    BEYOND_ORDERS,
    CashOutKind,
    FlowPayment,
    Trace,
    TracingMethod,
    VictimAccounts,
)
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.money import FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderReply, ReplyResult
from desktop.domain.orders.term import measure_end

_VICTIM: Final = "transfer/"
_UNTIMED: Final = -1
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_BEFORE: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FlowRules:
    """``cash_out_of``: how money leaves the reach of orders at an account; ``rule_pack``: how long a measure lasts
    where the bank told no end; ``tolerance``: seconds by which the clocks of banks may differ."""

    cash_out_of: Callable[[Account], CashOutKind | None]
    rule_pack: RulePack
    tolerance: int = 0


@dataclass(frozen=True, slots=True)
class MoneyPlaces:
    """Where traced money rests, account by account. ``returned_fen``: what came back of no single payment."""

    trace: Trace
    accounts: Mapping[str, AccountMoney]
    returned_fen: int = 0

    def at(self, instant: datetime) -> MoneySums:
        """The seven sums of all accounts. They sum to the loss at every instant."""
        found = MoneySums.together(account.at(instant) for account in self.accounts.values())
        return found.with_returned(self.returned_fen)

    def of_account(self, key: str, instant: datetime) -> MoneySums:
        """The sums of one account; what came back of no single payment is in none."""
        account = self.accounts.get(key)
        return account.at(instant) if account is not None else NOTHING

    @property
    def changes(self) -> tuple[datetime, ...]:
        """The instants at which the sums may change while nothing is recorded."""
        return tuple(sorted({at for item in self.accounts.values() for at in item.changes}))

    def timeline(self) -> MoneyTimeline:
        """The sums of every instant."""
        fen = [0] * len(NOTHING.seven)
        changes: list[tuple[datetime, tuple[int, ...]]] = []
        for account in self.accounts.values():
            last = account.at(_BEFORE).seven
            fen = [*map(add, fen, last)]
            for instant in account.changes:
                sums = account.at(instant).seven
                if sums != last:
                    changes.append((instant, tuple(map(sub, sums, last))))
                    last = sums
        start, steps = fen, {}
        for instant, change in sorted(changes, key=itemgetter(0)):
            fen = [*map(add, fen, change)]
            steps[instant] = fen
        lines = ((at, self._with_returned(sums)) for at, sums in steps.items())
        return MoneyTimeline(self._with_returned(start), tuple(lines))

    def _with_returned(self, fen: Iterable[int]) -> MoneySums:
        return MoneySums(*fen).with_returned(self.returned_fen)

    def by_payment(self, instant: datetime) -> Mapping[str, MoneySums]:
        """Payment of a victim → the sums of its money, wherever it rests. What a bank holds of an account is held
        of the payments that came first. What came back of no single payment is in none."""
        found: dict[str, MoneySums] = {}
        for rest in self.trace.rests:
            sums = self.accounts[rest.account].at(instant)
            for origin, fen in rest.shares:
                mine = sums.first(fen)
                sums -= mine
                found[origin] = found.get(origin, NOTHING) + mine
        return found


@dataclass(frozen=True)
class FlowWorld:
    """The payments of some cases, each once, and what was told of the accounts between which they went.

    ``payments``: those that are followed; ``every``: with those that lie outside of ``scope``, of which orders may be.
    """

    facts: Sequence[ClockFacts]
    payments: Sequence[ReportedPayment]
    every: Sequence[ReportedPayment]
    rules: FlowRules
    scope: FlowScope = WHOLE

    @cached_property
    def origins(self) -> Mapping[str, CaseId]:
        """Id of each payment of a victim → its case."""
        flows = (item.flow for item in self.payments)
        return {flow.move.id: flow.case for flow in flows if flow.move.id.startswith(_VICTIM)}

    @cached_property
    def amounts(self) -> Mapping[str, int]:
        """Id of each payment of a victim → what he paid, in fen."""
        moves = (item.flow.move for item in self.payments)
        return {move.id: move.amount_fen for move in moves if move.id in self.origins}

    def traced(self, method: TracingMethod) -> Trace:
        """What the victims paid, followed by one method. What a bank holds of a payment stays where it is held."""
        moves = [item.flow.move for item in self.payments]
        known = KnownMoney(self._reserved, self._back)
        return trace(moves, self.amounts, method, self.rules.tolerance, known)

    def places(self, traced: Trace) -> MoneyPlaces:
        """The accounts in which the money of a trace rests, and those of which a bank holds anything."""
        arrived: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for part in traced.parts if self._balances else ():
            if part.move.payee in self._balances:
                arrived[part.move.payee].append((part.move.at, part.fen))
        rests = {rest.account: rest for rest in traced.rests}
        accounts: dict[str, AccountMoney] = {}
        for key in (*rests, *(self.measures.keys() - rests.keys())):
            rest = rests.get(key)
            returned = self._victims.returned(rest, rest.fen) if rest and rest.tier == 0 else 0
            accounts[key] = AccountMoney(
                rest.fen if rest else 0,
                self.measures.get(key, ()),
                self._balances.get(key, ()),
                tuple(arrived[key]) if key in arrived else (),
                returned,
                rest is not None and self.cash_out(key) in BEYOND_ORDERS,
                key in self._named,
            )
        return MoneyPlaces(traced, accounts, self._returned)

    def cash_out(self, key: str) -> CashOutKind | None:
        """How money leaves the reach of orders at an account, which a victim's own never does."""
        account = self.words.get(key)
        if account is None or key in self.victims:
            return None
        return self._by_way.get(key) or self.rules.cash_out_of(account)

    @cached_property
    def _by_way(self) -> Mapping[str, CashOutKind]:
        """Account → what the way says by which a victim's payment left."""
        return {
            item.flow.move.payee: item.cash_out
            for item in self.payments
            if item.cash_out is not None
        }

    @cached_property
    def words(self) -> Mapping[str, Account]:
        """Account → holder, number and bank, each as whoever named it first."""
        found: dict[str, Account] = {}
        for item in self.payments:
            ends = (item.flow.move.payer, item.payer), (item.flow.move.payee, item.payee)
            for key, end in ends:
                known = found.get(key)
                found[key] = end if known is None else _completed(known, end)
        return found

    @cached_property
    def payers(self) -> frozenset[str]:
        """The accounts that victims paid from."""
        return frozenset(m.payer for m in self._victim_moves)

    @cached_property
    def victims(self) -> frozenset[str]:
        """Those of them that no other victim paid into: an account that a victim lent to the fraud is looked at, and
        ordered about, like any other."""
        cases: defaultdict[str, set[CaseId]] = defaultdict(set)
        for move in self._victim_moves:
            cases[move.payer].add(self.origins[move.id])
        lent = {
            move.payee
            for move in self._victim_moves
            if cases.get(move.payee, set()) - {self.origins[move.id]}
        }
        return self.payers - lent

    @property
    def _victim_moves(self) -> Iterator[FlowPayment]:
        moves = (item.flow.move for item in self.payments)
        return (move for move in moves if move.id in self.origins)

    @cached_property
    def _victims(self) -> VictimAccounts:
        """The accounts each victim paid from, and what came back to them."""
        paid_from: defaultdict[CaseId, set[str]] = defaultdict(set)
        back: defaultdict[str, int] = defaultdict(int)
        for item in self.payments:
            move = item.flow.move
            if move.id in self.origins:
                paid_from[item.flow.case].add(move.payer)
            elif item.of:
                back[move.payee] += move.amount_fen
        return VictimAccounts({name: paid_from[case] for name, case in self.origins.items()}, back)

    @cached_property
    def _returned(self) -> int:
        """What came back of no single payment: of each case no more than it lost."""
        lost: defaultdict[CaseId, int] = defaultdict(int)
        for name, fen in self.amounts.items():
            lost[self.origins[name]] += fen
        return sum(min(item.returned_fen, lost[item.case]) for item in self.facts)

    @cached_property
    def _named(self) -> frozenset[str]:
        """The accounts that orders can reach: by a whole number, or by the number of a payment."""
        return frozenset(
            key
            for key, account in self.words.items()
            if account.number and "*" not in account.number
        )

    @cached_property
    def measures(self) -> Mapping[str, tuple[Measure, ...]]:
        """Account → what its bank holds of it, by each of its replies."""
        found: defaultdict[str, list[Measure]] = defaultdict(list)
        ways = {
            name: item for facts in self.facts for name, item in by_subject(facts.payments).items()
        }
        for account, payment, order, reply in self._replies:
            if reply.result is not ReplyResult.FAILED and keeps_money(order, ways.get(order.about)):
                found[account].append(self._measure(payment, order, reply))
        return {key: tuple(items) for key, items in found.items()}

    def _measure(self, payment: str, order: Order, reply: OrderReply) -> Measure:
        since = _since(reply)
        ends = reply.ends_at or measure_end(self.rules.rule_pack, order, since)
        until = min((at for at in (ends, order.released_at) if at is not None), default=None)
        return Measure(payment, reply.amount_fen, order.kind in FREEZES, since, until)

    @cached_property
    def _balances(self) -> Mapping[str, tuple[Balance, ...]]:
        """Account → how much money its bank told to be there."""
        found: defaultdict[str, list[Balance]] = defaultdict(list)
        for account, _, order, reply in self._replies:
            if reply.known_balance is not None:
                found[account].append(Balance(_since(reply), reply.known_balance))
            elif _held_less(order, reply):
                found[account].append(Balance(_since(reply)))
        return {key: tuple(items) for key, items in found.items()}

    @cached_property
    def _replies(self) -> Sequence[tuple[str, str, Order, OrderReply]]:
        """(account, payment, order, its reply) of every order about money that was answered."""
        tellings = {name: item for item in self.every for name in item.ids}
        found = []
        for facts in self.facts:
            transfers = by_subject(facts.payments)
            for order in (view.order for view in facts.orders):
                if order.reply is None or SPECS[order.kind].target is not OrderTarget.PAYMENT:
                    continue
                account = asked_key(transfers, order)
                item = tellings.get(order.about) or self._telling(account, order)
                if item is None:
                    inside = self.scope.holds_at(order.transfer_time)
                    payment = str(order.transfer_time or "")
                else:
                    inside = self.scope.holds(item.flow)
                    account, payment = item.flow.move.payee, item.flow.move.id
                if inside:
                    found.append((account, payment, order, order.reply))
        return found

    def _telling(self, account: str, order: Order) -> ReportedPayment | None:
        """The payment into an account that an order about the account means: of its sum, and of its time where it says
        one."""
        found = self._into.get((account, order.amount_fen), {})
        if order.transfer_time is None:
            return next(iter(found.values()), None)
        return found.get(int(order.transfer_time.timestamp())) or found.get(_UNTIMED)

    @cached_property
    def _into(self) -> Mapping[tuple[str, int], Mapping[int, ReportedPayment]]:
        """Account and sum → second → the first payment of it."""
        found: defaultdict[tuple[str, int], dict[int, ReportedPayment]] = defaultdict(dict)
        for item in self.every:
            move = item.flow.move
            second = move.at if item.flow.timed else _UNTIMED
            found[move.payee, move.amount_fen].setdefault(second, item)
        return found

    def _reserved(self, move: FlowPayment) -> int:
        """What a bank holds of payments that had come to the payer by then: it can not have gone on. What it holds of
        an account as such may be anybody's."""
        if move.payer not in self.measures:
            return 0
        covers = self._covers.get(move.payer)
        if covers is None:
            covers = self._covers[move.payer] = self._cover(self.measures[move.payer])
        return covers.fen(_instant(move.at))

    def _cover(self, measures: Iterable[Measure]) -> CoverTimeline:
        """What is held of payments, each from when it came and no more than it was."""
        held = []
        for item in measures:
            paid = self._moves.get(item.payment)
            if paid is not None:
                most, since = min(item.fen, paid.amount_fen), _instant(paid.at)
                held.append(Measure(item.payment, most, item.frozen, since, item.until))
        return CoverTimeline(held)

    @cached_property
    def _covers(self) -> dict[str, CoverTimeline]:
        """Account → what is held of its payments, as far as it was asked for."""
        return {}

    @cached_property
    def _back(self) -> Mapping[str, str]:
        """Payment by which money came back → the payment that it was; no measure keeps it from its victim."""
        return {item.flow.move.id: item.of for item in self.payments if item.of}

    @cached_property
    def _moves(self) -> Mapping[str, FlowPayment]:
        return {item.flow.move.id: item.flow.move for item in self.payments}


def _completed(known: Account, other: Account) -> Account:
    if known.name and known.number and known.bank:
        return known
    return Account(known.name or other.name, known.number or other.number, known.bank or other.bank)


def _instant(second: int) -> datetime:
    """Of a payment; by adding, as not every system counts back from 1970."""
    return _EPOCH + timedelta(seconds=second)


def _since(reply: OrderReply) -> datetime:
    return reply.starts_at or reply.replied_at


def _held_less(order: Order, reply: OrderReply) -> bool:
    """Whether the bank held all it found: less than it was asked for, or the whole account."""
    if reply.result is ReplyResult.FAILED or not reply.amount_fen:
        return False
    if order.kind in STOPS:
        return reply.amount_fen < order.amount_fen
    if order.kind not in FREEZES or not isinstance(order.terms, MoneyTerms):
        return False
    freeze = order.terms.freeze
    return freeze.type is FreezeType.FULL or reply.amount_fen < freeze.amount_fen
