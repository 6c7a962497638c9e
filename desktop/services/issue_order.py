"""Issue a stop order: check it, register what is known, record the order; one transaction.

银发〔2016〕86号: the bank compares name, number, amount and time, and must not stop when they do not agree. So the
check before sending looks at exactly these; it blocks what makes a stop impossible and warns about the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from desktop.domain.deadlines import Deadline, entry_duty, golden, revocable
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers import check
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.intake import IntakeForm
from desktop.domain.local_time import CHINA
from desktop.domain.numbers import order_number, short_case_number
from desktop.domain.officer import Permission
from desktop.domain.order import Order, OrderKind, OrderState
from desktop.domain.problems import Problem, Severity
from desktop.domain.rules import Unit
from desktop.domain.transfer import Certainty, Transfer
from desktop.domain.views import CaseFile
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_MOVED, ORDER_ISSUED
from desktop.services.desk import Desk
from desktop.services.form_facts import transfer_of
from desktop.services.ports import Transaction
from desktop.services.register_report import record_form

STOP_KINDS: Final = frozenset({OrderKind.STOP, OrderKind.SECOND_STOP})
_WALLETS: Final = frozenset({"wechat", "alipay", "scan", "quick_pay"})
_CLOCK_SLACK: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Issued:
    """An order that stands in the journal, what was warned of, and the clocks that run now."""

    order: Order
    case: CaseId
    problems: tuple[Problem, ...]
    deadlines: tuple[Deadline, ...]


def check_stop(desk: Desk, form: IntakeForm, index: int) -> tuple[Problem, ...]:
    """What stands between transfer ``index`` of the form and a stop order."""
    transfer = transfer_of(form, index, desk.clock.now())
    return tuple(_problems(desk, transfer, form.victim.name.strip(), index))


def _problems(desk: Desk, transfer: Transfer, victim: str, index: int) -> Iterator[Problem]:
    at = f"transfers.{index}"
    if not victim:
        yield Problem("victim.name", "victim_name_missing", Severity.BLOCK)
    yield from _target_problems(desk, transfer, at)
    if transfer.amount_fen <= 0:
        yield Problem(f"{at}.amount", "amount_missing", Severity.BLOCK)
    yield from _time_problems(transfer.time, desk.clock.now(), f"{at}.time")
    if not transfer.payee.name:
        yield Problem(f"{at}.payee_name", "payee_name_missing")
    if not transfer.payer.number:
        yield Problem(f"{at}.payer_account", "payer_account_missing")
    for name, certainty in sorted(transfer.certainty.items()):
        if certainty is Certainty.GUESSED:
            yield Problem(f"{at}.{name}", "only_guessed")


def _target_problems(desk: Desk, transfer: Transfer, at: str) -> Iterator[Problem]:
    account = transfer.payee.number
    by_order = bool(transfer.order_number)
    if not account and not by_order:
        yield Problem(f"{at}.payee_account", "payee_missing", Severity.BLOCK)
        return
    if "*" in account and not by_order:
        yield Problem(f"{at}.payee_account", "payee_masked")
    elif account.isdigit() and 13 <= len(account) <= 19:
        found = check("bank_card", account, desk.directories, _today(desk))
        if "checksum" in found.problems:
            yield Problem(f"{at}.payee_account", "payee_checksum")
    elif account and not by_order and transfer.channel and transfer.channel.value in _WALLETS:
        yield Problem(f"{at}.order_number", "wallet_needs_order_number")


def _time_problems(time: datetime | None, now: datetime, at: str) -> Iterator[Problem]:
    if time is None:
        yield Problem(at, "time_missing", Severity.BLOCK)
    elif time > now + _CLOCK_SLACK:
        yield Problem(
            at, "time_in_future"
        )  # a warning: the PC's own clock may be the one that is wrong


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(CHINA).date()


def issue_stop(desk: Desk, form: IntakeForm, index: int, *, confirmed: bool = False) -> Issued:
    """Register what the form holds and order the stop of transfer ``index``. The draft stays open.

    Raises:
        UserInputError: ``order.blocked`` when the check blocks, ``order.unconfirmed`` when it warns and nobody
            confirmed.
        RuleError: ``order.stop_exists``, ``order.stops_exhausted``.
    """
    desk.require(Permission.ISSUE_ORDERS)
    problems = check_stop(desk, form, index)
    _insist(problems, confirmed=confirmed)
    with desk.store.write() as transaction:
        registered = record_form(desk, transaction, form)
        transaction.save_draft(form, desk.officer.number)
        transaction.project()
        file = _file(transaction, registered.case)
        transfer = next(t for t in file.transfers if t.id == form.transfers[index].id)
        order = _record(desk, transaction, file, transfer, OrderKind.STOP)
    return Issued(order, registered.case, problems, _deadlines(desk, file, transfer))


def issue_order(
    desk: Desk,
    case: CaseId,
    kind: OrderKind,
    position: int,
    *,
    confirmed: bool = True,
    second_officer: str = "",
) -> Issued:
    """Order a stop of transfer ``position`` (from 1) of a registered case.

    Raises:
        UserInputError: ``order.no_transfer``, ``order.blocked``.
        RuleError: ``order.kind_later`` for kinds this version does not issue, and the stop rules above.
    """
    desk.require(Permission.ISSUE_ORDERS)
    if kind not in STOP_KINDS:
        raise RuleError("order.kind_later")
    with desk.store.write() as transaction:
        file = _file(transaction, case)
        transfer = next((t for t in file.transfers if t.position == position), None)
        if transfer is None:
            raise UserInputError("order.no_transfer", position=position)
        problems = tuple(_problems(desk, transfer, file.case.victim.name, position - 1))
        _insist(problems, confirmed=confirmed)
        order = _record(desk, transaction, file, transfer, kind, second_officer)
    return Issued(order, case, problems, _deadlines(desk, file, transfer))


def _insist(problems: tuple[Problem, ...], *, confirmed: bool) -> None:
    if any(problem.severity is Severity.BLOCK for problem in problems):
        raise UserInputError("order.blocked", count=len(problems))
    if problems and not confirmed:
        raise UserInputError("order.unconfirmed", count=len(problems))


def _file(transaction: Transaction, case: CaseId) -> CaseFile:
    file = transaction.case_file(case)
    if file is None:
        raise UserInputError("case.unknown")
    return file


def _record(
    desk: Desk,
    transaction: Transaction,
    file: CaseFile,
    transfer: Transfer,
    kind: OrderKind,
    second_officer: str = "",
) -> Order:
    _allow(desk, file, transfer, kind)
    now = desk.clock.now()
    short = short_case_number(file.case.number)
    order = Order(
        id=OrderId(desk.ids.new_id()),
        number=order_number(short, len(file.orders) + 1),
        kind=kind,
        transfer=transfer.id,
        payer=transfer.payer,
        payee=transfer.payee,
        amount_fen=transfer.amount_fen,
        transfer_time=transfer.time,
        channel=transfer.channel,
        order_number=transfer.order_number,
        serial=transfer.serial,
        reason=file.case.narrative[: _summary_limit(desk)],
        issued_at=now,
        issued_by=desk.officer.number,
        operator_name=desk.officer.name,
        unit_code=desk.profile.unit_code,
        unit_name=desk.profile.unit_name,
        second_officer=second_officer,
    )
    officer = desk.officer.number
    transaction.append(
        officer, NewEntry(ORDER_ISSUED, f"order/{order.id}", order.to_fields(file.case.id))
    )
    if file.case.state.value == "new":
        move = NewEntry(CASE_MOVED, f"case/{file.case.id}", {"state": "stopping"})
        transaction.append(officer, move)
    return order


def _summary_limit(desk: Desk) -> int:
    return desk.rules.value("summary.maximum", _today(desk), Unit.CHARACTERS)


def _allow(desk: Desk, file: CaseFile, transfer: Transfer, kind: OrderKind) -> None:
    """At most two stops (86号), and the second only after the first.

    Counted for each transfer, as orders name one: the bank counts its account over all stations and has the last word.
    """
    stops = [
        view
        for view in file.orders
        if view.order.transfer == transfer.id
        and view.order.kind in STOP_KINDS
        and view.state not in {OrderState.FAILED, OrderState.WITHDRAWN}
    ]
    limit = desk.rules.times("stop.maximum", desk.clock.now().date())
    if len(stops) >= limit:
        raise RuleError("order.stops_exhausted", limit=limit)
    if kind is OrderKind.STOP and stops:
        raise RuleError("order.stop_exists")
    if kind is OrderKind.SECOND_STOP and not stops:
        raise RuleError("order.no_first_stop")


def _deadlines(desk: Desk, file: CaseFile, transfer: Transfer) -> tuple[Deadline, ...]:
    found = [entry_duty(desk.rules, file.case.accepted_at), revocable(desk.rules, transfer)]
    if transfer.time is not None:
        found.append(golden(desk.rules, transfer.time))
    return tuple(sorted((d for d in found if d is not None), key=lambda d: d.at))
