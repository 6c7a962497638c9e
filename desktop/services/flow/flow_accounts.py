"""The accounts of a money flow: their words, tier, what is held of them, and how long money stayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.account_orders import AccountOrders
from desktop.domain.flow_sheet import FlowAccount
from desktop.domain.ids import CaseId
from desktop.domain.money_flow import Hold, Trace
from desktop.domain.order import OrderKind
from desktop.domain.order_kinds import FREEZES, SPECS, STOPS, Target
from desktop.domain.transfer import Account
from desktop.domain.views import CaseFile, OrderView
from desktop.services.desk import Desk
from desktop.services.flow.flow_moves import Told, asked_key


@dataclass(frozen=True, slots=True)
class Accounts:
    """What the accounts of a flow are made from. ``left_out``: payments that are not followed; what orders about them
    hold is held of no money of this flow."""

    desk: Desk
    files: Sequence[CaseFile]
    told: Sequence[Told]
    traces: Iterable[Trace]
    origins: Mapping[str, CaseId]
    left_out: frozenset[str] = frozenset()

    def known(self) -> dict[str, FlowAccount]:
        """Every account with its words, tier, holds and sums."""
        found: dict[str, FlowAccount] = {}
        for item in self.told:
            move = item.flow.move
            self._learn(found, move.payer, item.payer)
            self._learn(found, move.payee, item.payee)
        flow, tiers, sums = self.desk.flow, self._tiers(found), _sums(self.told)
        stays = flow.stays(item.flow.move for item in self.told)
        stopped, frozen = self._held(STOPS), self._held(FREEZES)
        holders = _holders(self.files)
        victims = {item.flow.move.payer for item in self.told if item.flow.move.id in self.origins}
        return {
            key: replace(
                account,
                name=holders.get(key) or account.name,
                tier=tiers.get(key, 0 if key in victims else 1),
                exit=None
                if key in victims
                else flow.exit_of(account.number, account.name, account.bank),
                hold=Hold(stopped.get(key, 0), frozen.get(key, 0)),
                in_fen=sums[key][0],
                out_fen=sums[key][1],
                median_stay=stays.get(key),
                victim=key in victims,
            )
            for key, account in found.items()
        }

    def _learn(self, found: dict[str, FlowAccount], key: str, told: Account) -> None:
        """The first to name a holder or a bank is believed."""
        known = found.get(key, FlowAccount(key))
        found[key] = replace(
            known,
            name=known.name or told.name,
            number=known.number or told.number,
            bank=known.bank or told.bank,
        )

    def _held(self, kinds: Collection[OrderKind]) -> Mapping[str, int]:
        """Account → what orders of these kinds hold of it by their replies, in fen; what two of them hold of one
        payment counts once."""
        payments: dict[tuple[str, str], int] = {}
        for told, order in ((file, view.order) for file in self.files for view in file.orders):
            held = order.kind in kinds and order.in_force and order.about not in self.left_out
            if held and order.reply is not None:
                place = (asked_key(told, order), order.about)
                payments[place] = max(payments.get(place, 0), order.reply.amount_fen)
        sums: defaultdict[str, int] = defaultdict(int)
        for (key, _), fen in payments.items():
            sums[key] += fen
        return sums

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
            if SPECS[view.order.kind].target is Target.PAYMENT:
                found[asked_key(file, view.order)].append(view)
    return {
        key: AccountOrders(tuple(sorted(views, key=lambda v: v.order.issued_at, reverse=True)))
        for key, views in found.items()
    }


def _sums(told: Iterable[Told]) -> dict[str, tuple[int, int]]:
    """Account → (what came in, what left) in fen."""
    sums: dict[str, tuple[int, int]] = {}
    for item in told:
        move = item.flow.move
        came, left = sums.get(move.payee, (0, 0))
        sums[move.payee] = (came + move.amount_fen, left)
        came, left = sums.get(move.payer, (0, 0))
        sums[move.payer] = (came, left + move.amount_fen)
    return sums
