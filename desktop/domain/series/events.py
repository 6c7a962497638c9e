"""What happened in the cases of a series, in the order of time: the fraud moving on, and the police behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.case_file.views import CaseFile
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.orders.order import OrderKind, OrderState, target_value


class SeriesEventKind(StrEnum):
    """What an event is."""

    PAID = "paid"
    ACCEPTED = "accepted"
    ORDERED = "ordered"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class SeriesEvent:
    """One event. ``about``: an account or a number; ``order`` with its ``way`` as a view has it, and ``state``: of an
    order and its reply."""

    key: str
    at: datetime
    kind: SeriesEventKind
    case: CaseId
    about: str = ""
    bank: str = ""
    amount_fen: int = 0
    order: OrderKind | None = None
    state: OrderState | None = None
    way: str = ""


def events_of(
    files: Iterable[tuple[CaseId, CaseFile]], twice: Collection[TransferId]
) -> tuple[SeriesEvent, ...]:
    """Every event that has a time, the earliest first. The case is the one that leads, its file may be another's;
    ``twice``: payments that an earlier report of the same event has told."""
    found = [event for case, file in files for event in _events(case, file, twice)]
    return tuple(sorted(found, key=lambda event: (event.at, event.key)))


def _events(case: CaseId, file: CaseFile, twice: Collection[TransferId]) -> Iterator[SeriesEvent]:
    key = file.case.id
    yield SeriesEvent(f"case/{key}", file.case.accepted_at, SeriesEventKind.ACCEPTED, case)
    for item in file.transfers:
        if item.time is not None and item.gross_fen and item.id not in twice:
            yield SeriesEvent(
                f"transfer/{item.id}", item.time, SeriesEventKind.PAID, case,
                item.payee.number or item.order_number or item.payee.name, item.payee.bank,
                item.gross_fen,
            )  # fmt: skip
    for view in file.orders:
        order = view.order
        about, bank = target_value(order), order.payee.bank
        yield SeriesEvent(
            f"order/{order.id}", order.issued_at, SeriesEventKind.ORDERED, case, about, bank,
            order.amount_fen, order.kind, view.state, view.way,
        )  # fmt: skip
        if order.reply is not None:
            yield SeriesEvent(
                f"reply/{order.id}", order.reply.replied_at, SeriesEventKind.REPLIED, case, about,
                bank, order.reply.amount_fen, order.kind, view.state, view.way,
            )  # fmt: skip
