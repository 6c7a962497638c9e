"""Statements that were taken in as evidence, as payments of the money flow.

A statement does not always say whose it is. It is taken for that of the account whose known payments it repeats:
payments the victim or a bank told of, with the same sum at about the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from desktop.domain.cases.payments.transfer import Account
from desktop.domain.errors import UserInputError
from desktop.domain.flow.flow_moves import FlowMove, PaymentSource
from desktop.domain.flow.reported_payments import SAME_TIME, ReportedPayment, account_key
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.domain.identifiers.plain import clean_number
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.money_flow import FlowPayment
from desktop.domain.progress import Progress
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementRow
from desktop.domain.time.local_time import CHINA
from desktop.services.extraction.read_statement import read_statement
from desktop.services.session import Session

_NO_DIRECTION: Final = "statement.cell.direction"
_ROWS_A_LOOK: Final = 50
"""Rows between two looks whether the person asked to stop; each may have many known payments of its sum."""


class FromStatement(NamedTuple):
    """What a statement tells beyond what is known. ``unreckoned``: payments in another currency, which no flow in yuan
    can hold, and those of no known time or direction."""

    payments: tuple[ReportedPayment, ...]
    unreckoned: int


def statement_payments(
    session: Session,
    case: CaseId,
    evidence: EvidenceId,
    known: Sequence[ReportedPayment],
    progress: Progress,
) -> FromStatement:
    """The payments of a statement; read in full, and the reading is in the custody log.

    Raises:
        UserInputError: ``flow_file.no_owner`` when nothing known is repeated in it, or of two accounts alike;
            ``statement.…`` of the reader.
    """
    session.require(Permission.READ_CASES)
    every = [
        row
        for row in read_statement(session, case, evidence, progress).rows
        if row.effect is Effect.MOVED
    ]
    moved = [row for row in every if row.direction is not MoneyDirection.NEUTRAL]
    rows = [row for row in moved if row.amount_fen]
    owner = owner_of(rows, known, progress)
    if owner is None:
        raise UserInputError("flow_file.no_owner")
    key, account = owner
    without = sum(
        row.amount_fen is None or (row.amount_fen > 0 and row.time is None) for row in moved
    ) + sum(_NO_DIRECTION in row.problems for row in every)
    looked = _looked(rows, progress)
    return FromStatement(tuple(_fresh(looked, known, key, account, (case, evidence))), without)


def owner_of(
    rows: Iterable[StatementRow], known: Iterable[ReportedPayment], progress: Progress
) -> tuple[str, Account] | None:
    """The account whose payments the rows repeat most often; None for none, or for two alike."""
    votes: dict[str, int] = {}
    accounts: dict[str, Account] = {}
    of_sum = _by_sum(known)
    for row in _looked(rows, progress):
        number = clean_number(row.other_side[1])
        for payment in of_sum.get(row.amount_fen or 0, ()):
            end = _repeated(row, number, payment)
            if end is not None:
                votes[end[0]] = votes.get(end[0], 0) + 1
                accounts[end[0]] = end[1]
    ranked = sorted(votes, key=lambda name: -votes[name])
    if not ranked or (len(ranked) > 1 and votes[ranked[0]] == votes[ranked[1]]):
        return None
    return ranked[0], accounts[ranked[0]]


def _looked(rows: Iterable[StatementRow], progress: Progress) -> Iterator[StatementRow]:
    """The rows, with an occasion to stop every so often."""
    for place, row in enumerate(rows):
        if place % _ROWS_A_LOOK == 0:
            progress.check()
        yield row


def _by_sum(known: Iterable[ReportedPayment]) -> dict[int, list[ReportedPayment]]:
    """Fen → the payments of that sum: of two long statements each row is compared with few of the other."""
    found: defaultdict[int, list[ReportedPayment]] = defaultdict(list)
    for payment in known:
        found[payment.flow.move.amount_fen].append(payment)
    return dict(found)


def _repeated(
    row: StatementRow, number: str, payment: ReportedPayment
) -> tuple[str, Account] | None:
    """Whose statement it would be if the row told of that payment, which has its sum; ``number``: the other account as
    the row gives it, clean."""
    move = payment.flow.move
    paid = row.direction is MoneyDirection.OUT
    other = move.payee if paid else move.payer
    if number and number != other and other.isdigit() and not _blotted(number, other):
        return None
    if payment.flow.timed and not _same_time(row, move.at):
        return None
    return (move.payer, payment.payer) if paid else (move.payee, payment.payee)


def _same_time(row: StatementRow, at: int) -> bool:
    """Of a row without a clock, the same day."""
    if row.time is None:
        return True
    if row.day_alone:
        return row.time.astimezone(CHINA).date() == datetime.fromtimestamp(at, CHINA).date()
    return abs(row.time.timestamp() - at) <= SAME_TIME


def _blotted(number: str, whole: str) -> bool:
    """Whether a statement shows some digits only (``6230****8996``), and those are of the account."""
    masked = None if number.isdigit() else read_masked(number)
    return masked is not None and masked.fits(whole)


def _is_of(row: StatementRow, number: str, payment: ReportedPayment, key: str) -> bool:
    """Whether the row of the account ``key`` tells of that payment of its sum."""
    end = _repeated(row, number, payment)
    return end is not None and end[0] == key


def _fresh(
    rows: Iterable[StatementRow],
    known: Sequence[ReportedPayment],
    key: str,
    account: Account,
    where: tuple[CaseId, EvidenceId],
) -> Iterator[ReportedPayment]:
    """Rows that no known payment tells of; one known payment explains one row."""
    case, evidence = where
    free = _by_sum(
        payment for payment in known if key in (payment.flow.move.payer, payment.flow.move.payee)
    )
    for row in rows:
        name, written = row.other_side
        same, number = free.get(row.amount_fen or 0, []), clean_number(written)
        match = next((payment for payment in same if _is_of(row, number, payment, key)), None)
        if match is not None:
            same.remove(match)
            continue
        if row.time is None:
            continue  # nobody could say where it stands
        other = Account(name, written, row.bank)
        other_key = account_key(other, f"row/{evidence}/{row.row}")
        paid = row.direction is MoneyDirection.OUT
        ends = (key, other_key) if paid else (other_key, key)
        move = FlowPayment(
            f"row/{evidence}/{row.row}", int(row.time.timestamp()), *ends, row.amount_fen or 0
        )
        flow = FlowMove(move, PaymentSource.STATEMENT, case, row.reference)
        yield (
            ReportedPayment(flow, account, other) if paid else ReportedPayment(flow, other, account)
        )
