"""The accounts of a money flow: their words, tier, what is held of them, and how long money stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from desktop.domain.case_file.orders.account_orders import AccountOrders
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.flow.money_places import FlowWorld
from desktop.domain.flow.reported_payments import ReportedPayment, asked_key, by_subject
from desktop.domain.flow.sheet import FlowAccount
from desktop.domain.money.dispositions import AccountMoney
from desktop.domain.money.money_flow import Trace
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.services.session import Session


def known_accounts(
    session: Session,
    files: Sequence[CaseFile],
    world: FlowWorld,
    traces: Iterable[Trace],
    now: datetime,
) -> dict[str, FlowAccount]:
    """Every account of a flow with its words, tier, what is held of it at ``now``, and its sums."""
    flow, tiers, sums = session.flow, _tiers(traces), _sums(world.payments)
    moves = (item.flow for item in world.payments)
    dwell_times = flow.dwell_times(item.move for item in moves if item.timed)
    holders = _holders(files)
    found = {}
    for key, account in world.words.items():
        held, frozen = AccountMoney(measures=world.measures.get(key, ())).held_at(now)
        found[key] = FlowAccount(
            key,
            holders.get(key) or account.name,
            account.number,
            account.bank,
            tiers.get(key, 0 if key in world.payers else 1),
            world.cash_out(key),
            held,
            frozen,
            *sums[key],
            dwell_times.get(key),
            victim=key in world.victims,
            followed=key in tiers or key in world.payers,
        )
    return found


def _tiers(traces: Iterable[Trace]) -> dict[str, int]:
    """The fewest payments between a victim and an account, by whichever method."""
    tiers: dict[str, int] = {}
    for trace in traces:
        for key, tier in trace.tiers.items():
            tiers[key] = min(tier, tiers.get(key, tier))
    return tiers


def _holders(files: Iterable[CaseFile]) -> Mapping[str, str]:
    """Account → whose it is by the newest answer of its bank: that goes before what a victim read on a receipt."""
    answers = [
        (
            order.reply.replied_at,
            asked_key(by_subject(file.transfers), order),
            order.reply.account.holder,
        )
        for file in files
        for order in (view.order for view in file.orders)
        if order.reply is not None and order.reply.account.holder
    ]
    return {key: holder for _, key, holder in sorted(answers)}


def orders_by_account(files: Iterable[CaseFile]) -> dict[str, AccountOrders]:
    """Account → the orders about it, newest first."""
    found: defaultdict[str, list[OrderView]] = defaultdict(list)
    for file in files:
        transfers = by_subject(file.transfers)
        for view in file.orders:
            if SPECS[view.order.kind].target is OrderTarget.PAYMENT:
                found[asked_key(transfers, view.order)].append(view)
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
