"""Which orders a paper carries, and whether there is ground for it at all.

A paper that takes money out of reach names only accounts that an order names, and only where the law lets it:
立案 is recorded before anything is frozen (程序规定 Art. 174), while a query belongs to what may verify a report.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.orders.order_rules import GONE, counts, is_filed
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.way_checks import is_coin_unsaid
from desktop.domain.errors import RuleError
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.order import Order, OrderKind, receiver
from desktop.domain.orders.sending.way_orders import is_called_back

OF_ORDER: Final = "order/"
"""What ``about`` of a paper about one order begins with."""


class PaperGround(StrEnum):
    """What must stand before a paper of its form is made."""

    NONE = ""
    ORDER = "order"
    """An order of the kinds that the form carries."""
    FILING = "filing"
    """The same, and 立案."""
    FREEZE = "freeze"
    """The same, and 立案 or a freeze that runs: what was frozen is released also where the filing was taken back."""
    STOPPABLE = "stoppable"
    """A payment that a bank or a payment institution can stop; or none yet, for a form to be filled in by hand."""
    FILED = "filed"
    """立案 alone: the form carries no order."""
    PAID = "paid"
    """A payment by which money left: where nothing was lost there is nothing to give back."""


_OF_AN_ORDER: Final = frozenset({PaperGround.ORDER, PaperGround.FILING, PaperGround.FREEZE})


def order_about(file: CaseFile, about: str) -> Order | None:
    """The order of the case that ``about`` names; None for a paper about anything else."""
    found = (view.order for view in file.orders if f"{OF_ORDER}{view.order.id}" == about)
    return next(found, None)


def orders_in_effect(
    file: CaseFile, kinds: Collection[OrderKind], about: str = ""
) -> tuple[Order, ...]:
    """Orders of these kinds that did not come to nothing, oldest first; or the one that ``about`` names, whatever
    became of it."""
    ofs = [view for view in file.orders if view.order.kind in kinds]
    one = [view.order for view in ofs if f"{OF_ORDER}{view.order.id}" == about]
    found = one or [view.order for view in ofs if view.state not in GONE]
    return tuple(sorted(found, key=lambda order: (order.issued_at, order.number)))


def noticed_orders(file: CaseFile, kinds: Collection[OrderKind], about: str) -> tuple[Order, ...]:
    """The same as a notice to institutions lists them: the newest to each about each thing, as an extension stands for
    the freeze it prolongs, and none that was ended."""
    newest: dict[tuple[str, str], Order] = {}
    for order in orders_in_effect(file, kinds, about):
        if order.released_at is None or f"{OF_ORDER}{order.id}" == about:
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


def _require_stoppable(file: CaseFile, kinds: Collection[OrderKind]) -> None:
    ordered = any(view.order.kind in kinds for view in file.orders)
    reachable = any(not (is_called_back(item) or is_coin_unsaid(item)) for item in file.paid)
    if file.transfers and not reachable and not ordered:
        raise RuleError("paper.nothing_to_stop")


def require_paper_ground(
    file: CaseFile,
    ground: PaperGround,
    kinds: Collection[OrderKind],
    about: str,
    at: datetime,
) -> None:
    """Refuse a paper that the law does not let be made yet.

    Raises:
        RuleError: ``paper.freeze_not_filed``, ``paper.seizure_not_filed``: 立案 is not recorded; ``paper.no_order``: no
            order that counts names what the paper is about; ``paper.nothing_to_stop``: no money went by a way on which
            it can be stopped; ``paper.nothing_lost``: no payment by which money left is recorded.
    """
    filed = is_filed(file.steps)
    if ground is PaperGround.PAID and not file.paid:
        raise RuleError("paper.nothing_lost")
    if ground is PaperGround.FILED and not filed:
        raise RuleError("paper.seizure_not_filed")
    if ground is PaperGround.STOPPABLE:
        _require_stoppable(file, kinds)
    if ground not in _OF_AN_ORDER:
        return
    runs = ground is PaperGround.FREEZE and bool(freezes_in_force(file, at))
    if ground is not PaperGround.ORDER and not (filed or runs):
        raise RuleError("paper.freeze_not_filed")
    wanted = [view for view in file.orders if view.order.kind in kinds]
    if about.startswith(OF_ORDER):
        wanted = [view for view in wanted if f"{OF_ORDER}{view.order.id}" == about]
    if not any(counts(view) for view in wanted):
        raise RuleError("paper.no_order")
