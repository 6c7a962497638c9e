"""The accounts of a money flow: their words, tier, what is held of them, and how long money stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.case_file.account_orders import AccountOrders
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.transfer import Account
from desktop.domain.flow.sheet import FlowAccount, FlowScope
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import Hold, Trace
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS, OrderTarget
from desktop.domain.orders.order import OrderKind
from desktop.services.flow.flow_moves import ReportedPayment, asked_key
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the accounts of a flow are made from. ``every``: the payments with those that lie outside of ``scope``; what
    orders about these hold is held of no money of this flow."""

    session: Session
    files: Sequence[CaseFile]
    reported: Sequence[ReportedPayment]
    traces: Iterable[Trace]
    origins: Mapping[str, CaseId]
    every: Sequence[ReportedPayment]
    scope: FlowScope

    def known(self) -> dict[str, FlowAccount]:
        """Every account with its words, tier, holds and sums."""
        found: dict[str, FlowAccount] = {}
        for item in self.reported:
            move = item.flow.move
            self._learn(found, move.payer, item.payer)
            self._learn(found, move.payee, item.payee)
        flow, tiers, sums = self.session.flow, self._tiers(found), _sums(self.reported)
        dwell_times = flow.dwell_times(item.flow.move for item in self.reported if item.flow.timed)
        stopped, frozen = self._held((*STOPS, *FREEZES)), self._held(FREEZES)
        holders = _holders(self.files)
        payers, victims = self._victims()
        return {
            key: replace(
                account,
                name=holders.get(key) or account.name,
                tier=tiers.get(key, 0 if key in payers else 1),
                cash_out=None
                if key in victims
                else flow.cash_out_of(account.number, account.name, account.bank),
                hold=Hold(stopped.get(key, 0), frozen.get(key, 0)),
                in_fen=sums[key][0],
                out_fen=sums[key][1],
                median_dwell_time=dwell_times.get(key),
                victim=key in victims,
                followed=key in tiers or key in payers,
            )
            for key, account in found.items()
        }

    def _victims(self) -> tuple[frozenset[str], frozenset[str]]:
        """(the accounts that victims paid from, those of them that no other victim paid into): an account that a victim
        lent to the fraud is looked at, and ordered about, like any other."""
        cases: defaultdict[str, set[CaseId]] = defaultdict(set)
        paid = [item.flow for item in self.reported if item.flow.move.id in self.origins]
        for flow in paid:
            cases[flow.move.payer].add(flow.case)
        lent = {f.move.payee for f in paid if cases.get(f.move.payee, {f.case}) - {f.case}}
        return frozenset(cases), frozenset(cases.keys() - lent)

    def _learn(self, found: dict[str, FlowAccount], key: str, account: Account) -> None:
        """The first to name a holder or a bank is believed."""
        known = found.get(key, FlowAccount(key))
        found[key] = replace(
            known,
            name=known.name or account.name,
            number=known.number or account.number,
            bank=known.bank or account.bank,
        )

    def _held(self, kinds: Collection[OrderKind]) -> Mapping[str, int]:
        """Account → what orders of these kinds hold of it by their replies, in fen; what two of them hold of one
        payment counts once, whoever told it. An order about an account as such may hold what another does."""
        known = {name: reported for reported in self.every for name in reported.ids}
        paid: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for case, order in ((file, view.order) for file in self.files for view in file.orders):
            if order.kind not in kinds or not order.in_force or order.reply is None:
                continue
            reported = known.get(order.about)
            if (
                self.scope.holds(reported.flow)
                if reported
                else self.scope.holds_at(order.transfer_time)
            ):
                key = reported.flow.move.payee if reported else asked_key(case, order)
                payment = reported.flow.move.id if reported else str(order.transfer_time or "")
                paid[key][payment] = max(paid[key].get(payment, 0), order.reply.amount_fen)
        return {key: max(sums.pop("", 0), sum(sums.values())) for key, sums in paid.items()}

    def _tiers(self, found: Mapping[str, FlowAccount]) -> dict[str, int]:
        """The fewest payments between a victim and an account, by whichever method."""
        tiers: dict[str, int] = {}
        for trace in self.traces:
            for key, tier in trace.tiers.items():
                tiers[key] = min(tier, tiers.get(key, tier))
        return {key: tier for key, tier in tiers.items() if key in found}


def _holders(files: Iterable[CaseFile]) -> Mapping[str, str]:
    """Account → whose it is by the newest answer of its bank: that goes before what a victim read on a receipt."""
    answers = [
        (order.reply.replied_at, asked_key(file, order), order.reply.account.holder)
        for file in files
        for order in (view.order for view in file.orders)
        if order.reply is not None and order.reply.account.holder
    ]
    return {key: holder for _, key, holder in sorted(answers)}


def orders_by_account(files: Iterable[CaseFile]) -> dict[str, AccountOrders]:
    """Account → the orders about it, newest first."""
    found: defaultdict[str, list[OrderView]] = defaultdict(list)
    for file in files:
        for view in file.orders:
            if SPECS[view.order.kind].target is OrderTarget.PAYMENT:
                found[asked_key(file, view.order)].append(view)
    return {
        key: AccountOrders(tuple(sorted(views, key=lambda v: v.order.issued_at, reverse=True)))
        for key, views in found.items()
    }


def _sums(payments: Iterable[ReportedPayment]) -> dict[str, tuple[int, int]]:
    """Account → (what came in, what left) in fen."""
    sums: dict[str, tuple[int, int]] = {}
    for item in payments:
        move = item.flow.move
        came, left = sums.get(move.payee, (0, 0))
        sums[move.payee] = (came + move.amount_fen, left)
        came, left = sums.get(move.payer, (0, 0))
        sums[move.payer] = (came, left + move.amount_fen)
    return sums
