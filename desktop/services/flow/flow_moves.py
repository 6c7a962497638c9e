"""The payments of a case from everybody who told of them: the victim, the banks' replies, statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from desktop.domain.case import Case
from desktop.domain.flow_sheet import FlowMove, Source
from desktop.domain.ids import TransferId
from desktop.domain.money_exits import chain_key, is_chain_address
from desktop.domain.money_flow import Move
from desktop.domain.order import Order, OrderKind
from desktop.domain.order_reply import NextHop
from desktop.domain.transfer import Account, Transfer
from desktop.domain.views import CaseFile, OrderView
from desktop.services.form_facts import clean_number

NO_OTHERS: Final[Mapping[TransferId, TransferId]] = MappingProxyType({})
"""No payment was told by two reports."""


@dataclass(frozen=True, slots=True)
class Told:
    """A payment with both ends as they were told. ``also``: ids of the tellings of it that count no more."""

    flow: FlowMove
    payer: Account
    payee: Account
    also: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """By any of which an order may be about it."""
        return self.flow.move.id, *self.also


def account_key(account: Account, otherwise: str) -> str:
    """By what an account is known again: its number, else holder and bank, else ``otherwise``."""
    written = account.number.strip()
    number = chain_key(written) if is_chain_address(written) else clean_number(written)
    if number:
        return number
    name = " ".join(part for part in (account.name.strip(), account.bank.strip()) if part)
    return name or otherwise


def payee_key(transfer: Transfer) -> str:
    """The account a payment went to, as the flow knows it."""
    return account_key(transfer.payee, transfer.order_number or f"transfer/{transfer.id}")


def asked_key(file: CaseFile, order: Order) -> str:
    """The account an order is about: that of its payment, which may be known by a name alone, else its own."""
    transfer = next((t for t in file.transfers if f"transfer/{t.id}" == order.about), None)
    if transfer is not None:
        return payee_key(transfer)
    number = order.payee.number or order.order_number
    return account_key(replace(order.payee, number=number), order.about)


def victim_key(case: Case) -> str:
    """A victim whose paying account nobody told."""
    return f"victim/{case.id}"


def _payer_key(payer: Account, case: Case) -> str:
    """The account the victim paid from: never known by holder and bank, of which a victim has several."""
    return account_key(Account(number=payer.number), victim_key(case))


def told_payments(
    file: CaseFile, twice: Mapping[TransferId, TransferId] = NO_OTHERS
) -> tuple[Told, ...]:
    """What the victim and the banks told, each payment once. ``twice``: transfers another report has told → which."""
    others: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for again, first in twice.items():
        others[f"transfer/{first}"] += (f"transfer/{again}",)
    reported = [
        replace(told, also=others.get(told.flow.move.id, ()))
        for transfer in file.transfers
        if transfer.id not in twice and transfer.gross_fen > 0
        for told in _reported(file.case, transfer)
    ]
    replied = [told for view in file.orders for told in _replied(file, view)]
    return merged(reported, replied)


def _reported(case: Case, transfer: Transfer) -> Iterator[Told]:
    """The payment, and what came back of it."""
    payer = transfer.payer
    if not payer.number and not payer.name:
        payer = replace(payer, name=case.victim.name)
    ends = _payer_key(payer, case), payee_key(transfer)
    at = transfer.time or case.accepted_at
    serial = transfer.serial or transfer.order_number
    move = Move(f"transfer/{transfer.id}", _seconds(at), *ends, transfer.gross_fen)
    payee = transfer.payee
    if not payee.number and transfer.order_number:
        payee = replace(payee, number=transfer.order_number)
    timed = transfer.time is not None
    yield Told(FlowMove(move, Source.REPORT, case.id, serial, timed), payer, payee)
    back = min(transfer.returned_fen, transfer.gross_fen)
    if back:
        returned = Move(f"return/{transfer.id}", _seconds(at), ends[1], ends[0], back)
        yield Told(FlowMove(returned, Source.REPORT, case.id), payee, payer)


def _replied(file: CaseFile, view: OrderView) -> Iterator[Told]:
    """Where a bank says the money went on, and what it called back."""
    order, reply = view.order, view.order.reply
    if reply is None:
        return
    asked = replace(order.payee, number=order.payee.number or order.order_number)
    payer = asked_key(file, order)
    known = order.transfer_time or reply.replied_at
    for place, hop in enumerate(reply.hops):
        if hop.amount_fen <= 0:
            continue
        at = hop.time or known
        payee = Account(hop.name, hop.account, hop.bank)
        move = Move(
            f"hop/{order.id}/{place}", _seconds(at), payer, _hop_key(hop, order.id, place),
            hop.amount_fen,
        )  # fmt: skip
        yield Told(
            FlowMove(move, Source.REPLY, view.case, hop.serial, hop.time is not None), asked, payee
        )
    if order.kind is OrderKind.REVOKE and order.in_force and reply.amount_fen > 0:
        ends = payer, _payer_key(order.payer, file.case)
        move = Move(f"revoke/{order.id}", _seconds(known), *ends, reply.amount_fen)
        yield Told(FlowMove(move, Source.REPLY, view.case), asked, order.payer)


def _hop_key(hop: NextHop, order: str, place: int) -> str:
    return account_key(Account(hop.name, hop.account, hop.bank), f"hop/{order}/{place}")


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


SAME_TIME: Final = 30 * 60
"""As far as two tellings of one payment may differ in time: what people remember is not to the minute."""


def merged(*lists: Sequence[Told]) -> tuple[Told, ...]:
    """What several told of one payment once: of each list only what no earlier one has. Two of the same list are two
    payments, as three equal payments to one account are three; save two replies, which may repeat each other."""
    kept: list[Told] = []
    for told in lists:
        free = list(kept)
        fresh = []
        also: dict[str, tuple[str, ...]] = {}
        for item in told:
            match = next((other for other in free if same_payment(other, item)), None)
            if match is not None:
                free.remove(match)
                also[match.flow.move.id] = item.ids
            else:
                fresh.append(item)
        kept = [replace(item, also=(*item.also, *also.get(item.flow.move.id, ()))) for item in kept]
        kept += _without_echo(fresh)
    return tuple(kept)


def _without_echo(told: Iterable[Told]) -> list[Told]:
    """Of several orders about one account the replies repeat each other: the same payment told by another order."""
    kept: list[Told] = []
    for item in told:
        echoes = (
            other
            for other in kept
            if item.flow.source is Source.REPLY
            and _teller(other) != _teller(item)
            and same_payment(other, item)
        )
        if next(echoes, None) is None:
            kept.append(item)
    return kept


def _teller(told: Told) -> str:
    return told.flow.move.id.rpartition("/")[0]


def same_payment(one: Told, other: Told) -> bool:
    """The same ends and sum, and the same serial, or about the same time where one of them has none."""
    mine, theirs = one.flow.move, other.flow.move
    if (mine.payer, mine.payee, mine.amount_fen) != (theirs.payer, theirs.payee, theirs.amount_fen):
        return False
    if one.flow.serial and other.flow.serial and one.flow.serial == other.flow.serial:
        return True
    if not one.flow.timed or not other.flow.timed:
        return True
    return abs(mine.at - theirs.at) <= SAME_TIME
