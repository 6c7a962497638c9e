"""The accounts of a money flow: their words, tier, what is held of them, and how long money stayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.flow_sheet import FlowAccount
from desktop.domain.ids import CaseId
from desktop.domain.money_flow import Hold, Trace
from desktop.domain.order import Order
from desktop.domain.order_kinds import FREEZES, STOPS
from desktop.domain.transfer import Account
from desktop.domain.views import CaseFile
from desktop.services.desk import Desk
from desktop.services.flow_moves import Told, account_key


@dataclass(frozen=True, slots=True)
class Accounts:
    desk: Desk
    files: Sequence[CaseFile]
    told: Sequence[Told]
    traces: Iterable[Trace]
    origins: Mapping[str, CaseId]

    def known(self) -> dict[str, FlowAccount]:
        """Every account with its words, tier, holds and sums."""
        found: dict[str, FlowAccount] = {}
        for item in self.told:
            move = item.flow.move
            self._learn(found, move.payer, item.payer)
            self._learn(found, move.payee, item.payee)
        flow, tiers, sums = self.desk.flow, self._tiers(found), _sums(self.told)
        stays = flow.stays(item.flow.move for item in self.told)
        holds = _holds(self.files)
        victims = {item.flow.move.payer for item in self.told if item.flow.move.id in self.origins}
        return {
            key: replace(
                account,
                tier=tiers.get(key, 0 if key in victims else 1),
                exit=None
                if key in victims
                else flow.exit_of(account.number, account.name, account.bank),
                hold=holds.get(key, Hold()),
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

    def _tiers(self, found: Mapping[str, FlowAccount]) -> dict[str, int]:
        """The fewest payments between a victim and an account, by whichever method."""
        tiers: dict[str, int] = {}
        for trace in self.traces:
            for key, tier in trace.tiers.items():
                tiers[key] = min(tier, tiers.get(key, tier))
        return {key: tier for key, tier in tiers.items() if key in found}


def _holds(files: Iterable[CaseFile]) -> dict[str, Hold]:
    """Account → what banks hold of it by their replies; what two orders hold of one payment counts once."""
    stopped: dict[tuple[str, str], int] = {}
    frozen: dict[tuple[str, str], int] = {}
    for file in files:
        for view in file.orders:
            order = view.order
            if order.reply is None or not order.in_force:
                continue
            table = _table(order, stopped, frozen)
            if table is not None:
                place = (_about(order), order.about)
                table[place] = max(table.get(place, 0), order.reply.amount_fen)
    keys = {key for key, _ in (*stopped, *frozen)}
    return {
        key: Hold(
            sum(fen for (about, _), fen in stopped.items() if about == key),
            sum(fen for (about, _), fen in frozen.items() if about == key),
        )
        for key in keys
    }


def _table(
    order: Order, stopped: dict[tuple[str, str], int], frozen: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int] | None:
    if order.kind in FREEZES:
        return frozen
    return stopped if order.kind in STOPS else None


def _about(order: Order) -> str:
    number = order.payee.number or order.order_number
    return account_key(replace(order.payee, number=number), order.about)


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
