"""Issue orders: check them, register what is known, record them; one transaction, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from desktop.domain.case_file.orders.order_rules import require_issue
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.form_facts import transfer_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.payments.transfer import Arrival, Transfer
from desktop.domain.cases.sent_despite import sent_despite_fields
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import Deadline, entry_duty, golden, revocable
from desktop.domain.law.urgency import Pressing
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import CONFIRMED_LATER, SPECS, STOPS
from desktop.domain.orders.money import Property
from desktop.domain.orders.order import RAN, Order, OrderKind, asked_of
from desktop.domain.orders.sending.sending_checks import stop_problems
from desktop.domain.orders.sending.way_orders import is_called_back
from desktop.domain.problems import Problem, gravest_first, needs_reason
from desktop.domain.records.fields import Json
from desktop.domain.records.numbers import order_number, short_case_number
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, CASE_MOVED, ORDER_ISSUED, ORDER_ISSUED_ALONE
from desktop.services.cases.changes.register_report import forget_on_pc, record_form
from desktop.services.cases.changes.take_out import keep_in
from desktop.services.exchange.reads_kind import is_read
from desktop.services.look_up import file_in
from desktop.services.officers.second_officer import SecondOfficer
from desktop.services.orders.approve_order import require_approver
from desktop.services.orders.check_order import (
    insist,
    recall_problems,
    request_problems,
    sending_context,
)
from desktop.services.orders.earlier_orders import earlier_orders, orders_of_merged_reports
from desktop.services.orders.order_request import (
    OrderRequest,
    name_target,
    propose_order,
    propose_urgent,
)
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_ALONE: Final[Mapping[str, Json]] = MappingProxyType({})
"""What an order says of a second officer where there was none: a stop never waits for one, it is confirmed later."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An order that stands in the journal, what was warned of, and the clocks that run now."""

    order: Order
    case: CaseId
    problems: tuple[Problem, ...]
    deadlines: tuple[Deadline, ...]


def check_stop(session: Session, form: IntakeForm, index: int) -> tuple[Problem, ...]:
    """What stands between transfer ``index`` of the form and a stop order."""
    context = sending_context(session)
    late = recall_problems(session, transfer_of(form, index, context.now), f"transfers.{index}")
    return gravest_first((*stop_problems(form, index, context), *late))


def pressing_stop(session: Session, form: IntakeForm, index: int) -> Pressing:
    """Transfer ``index`` of the form among what wants somebody: by its golden window; one without a time waits."""
    now = session.clock.now()
    transfer = transfer_of(form, index, now)
    window = golden(session.rules, transfer.time) if transfer.time is not None else None
    return Pressing(
        f"{index:04}",
        transfer.time or now,
        chance=window.at if window is not None else None,
        waits=True,
        amount_fen=transfer.amount_fen,
    )


def issue_stop(
    session: Session, form: IntakeForm, index: int, *, confirmed: bool = False, despite: str = ""
) -> Issued:
    """Register what the form holds and order the stop of transfer ``index``, or the call-back that its way leaves. The
    draft stays open.

    Raises:
        UserInputError: what :func:`insist` raises.
        RuleError: ``order.stop_exists``, ``order.stops_exhausted``; ``order.amended`` when somebody else changed the
            account or the sum since the form was opened: nobody confirmed to stop what stands now.
    """
    session.require(Permission.ISSUE_ORDERS)
    insist(check_stop(session, form, index), confirmed=confirmed, despite=despite)
    with session.store.write() as transaction:
        registered = record_form(session, transaction, form)
        transaction.save_draft(form.recorded(), session.officer.number)
        transaction.project()
        file = file_in(transaction, registered.case)
        shown = transfer_of(form, index, session.clock.now())
        if not all(_as_shown(item, shown) for item in file.transfers if item.id == shown.id):
            raise RuleError("order.amended")
        request = propose_urgent(session, file, shown.id)
        issued = _issue(
            session, transaction, file, request, _ALONE, confirmed=confirmed, despite=despite
        )
    forget_on_pc(session, registered.case)
    return issued


def _as_shown(stands: Transfer, shown: Transfer) -> bool:
    """Whether it says what somebody agreed to stop."""
    return (stands.payee.number, stands.payer.number, stands.amount_fen) == (
        shown.payee.number, shown.payer.number, shown.amount_fen,
    )  # fmt: skip


def check_order(session: Session, file: CaseFile, request: OrderRequest) -> tuple[Problem, ...]:
    """What stands between a request and its order, the rules first.

    Raises:
        RuleError: the rule that forbids it.
    """
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        follows = _allowed(session, reader, file, request)
    return _problems(session, file, request, follows)


def _allowed(
    session: Session, reader: Reader, file: CaseFile, request: OrderRequest
) -> OrderView | None:
    """The order it follows, if it follows one; raises the ``RuleError`` that forbids it."""
    _require_revocable(session, request)
    elsewhere = orders_of_merged_reports(reader, file.case.id, request.target)
    earlier = earlier_orders(session, file, request.target, elsewhere)
    return require_issue(
        request.kind,
        earlier,
        queued=request.money.freeze.queued,
        receiver=asked_of(request.terms, request.addressee),
    )


def _problems(
    session: Session, file: CaseFile, request: OrderRequest, follows: OrderView | None
) -> tuple[Problem, ...]:
    ran = follows is not None and follows.state in RAN
    return gravest_first(request_problems(session, request, file.case.victim, first_ran=ran))


def issue_orders(
    session: Session,
    case: CaseId,
    requests: Sequence[OrderRequest],
    *,
    confirmed: bool = False,
    second: SecondOfficer | None = None,
    despite: str = "",
) -> tuple[Issued, ...]:
    """Issue several orders of one case, such as the stop of every payment: all of them or none. An officer alone may; a
    request that names a second officer needs ``second``, the proof that this one is there.

    Raises:
        UserInputError: ``case.unknown``, what :func:`insist` raises.
        RuleError: the rule that forbids one of them; ``second.needed`` where a request names somebody else than
            ``second``; what :meth:`SecondOfficer.spend` raises.
    """
    session.require(Permission.ISSUE_ORDERS)
    with session.store.write() as transaction:
        who = {"second": second.spend(session, transaction)} if second is not None else {}
        done = []
        for request in requests:
            file = file_in(transaction, case)
            asked = session, transaction, file, request, who
            done.append(_issue(*asked, confirmed=confirmed, despite=despite))
            transaction.project()
    return tuple(done)


def issue_order(
    session: Session,
    case: CaseId,
    kind: OrderKind,
    position: int,
    *,
    despite: str = "",
) -> Issued:
    """Order something about transfer ``position`` (from 1), as the case's facts have it, whatever is warned of.

    Raises:
        UserInputError: ``order.no_transfer``, ``order.no_identifier`` for a kind about numbers, ``order.blocked``.
        RuleError: the rule that forbids it.
    """
    session.require(Permission.ISSUE_ORDERS)
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        request = propose_order(session, file, kind, name_target(file, kind, position))
        return _issue(session, transaction, file, request, _ALONE, confirmed=True, despite=despite)


def stop_transfer(
    session: Session, case: CaseId, shown: Transfer, *, confirmed: bool = False, despite: str = ""
) -> Issued:
    """Order the stop of a recorded transfer that a person was shown as ``shown``, or the call-back that its way leaves.

    Raises:
        UserInputError: what :func:`insist` raises.
        RuleError: the rule that forbids it; ``order.shown_amended`` when it is gone, or its account or sum was changed
            since.
    """
    session.require(Permission.ISSUE_ORDERS)
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        stands = next((item for item in file.transfers if item.id == shown.id), None)
        if stands is None or not _as_shown(stands, shown):
            raise RuleError("order.shown_amended")
        request = propose_urgent(session, file, shown.id)
        return _issue(
            session, transaction, file, request, _ALONE, confirmed=confirmed, despite=despite
        )


def _require_revocable(session: Session, request: OrderRequest) -> None:
    """撤销 of a bank transfer reaches only what has not arrived yet (银发〔2016〕261号)."""
    if request.kind is not OrderKind.REVOKE or is_called_back(request.transfer):
        return
    if request.transfer.arrival is Arrival.REAL_TIME:
        raise RuleError("order.arrived")
    end = revocable(session.rules, request.transfer)
    if end is not None and end.at <= session.clock.now():
        raise RuleError("order.arrived")


def _issue(
    session: Session,
    transaction: Transaction,
    file: CaseFile,
    request: OrderRequest,
    who: Mapping[str, Json],
    *,
    confirmed: bool,
    despite: str,
) -> Issued:
    follows = _allowed(session, transaction, file, request)
    problems = _problems(session, file, request, follows)
    insist(problems, confirmed=confirmed, despite=despite)
    if request.second_officer and request.second_officer != who.get("second"):
        raise RuleError("second.needed")
    order = _order(session, file, request, follows)
    alone = request.kind in CONFIRMED_LATER and not who
    if alone:
        alone = is_read(session, transaction, ORDER_ISSUED_ALONE, file.case.unit_code)
    order = replace(order, alone=alone)
    if order.approval.given:
        require_approver(session, transaction, order)
    officer = session.officer.number
    stream = session.profile.stream_for(file.case.unit_code)
    fields = {**order.to_fields(file.case.id), **who}
    kind = ORDER_ISSUED_ALONE if order.alone else ORDER_ISSUED
    transaction.append(officer, NewEntry(kind, f"order/{order.id}", fields, stream=stream))
    keep_in(transaction, officer, order, stream)
    if needs_reason(problems):
        why = sent_despite_fields(order.id, problems, despite)
        entry = NewEntry(CASE_AMENDED, f"case/{file.case.id}", why, stream=stream)
        transaction.append(officer, entry)
    if request.kind in STOPS and file.case.state is CaseState.NEW:
        state = {"state": CaseState.STOPPING.value}
        move = NewEntry(CASE_MOVED, f"case/{file.case.id}", state, stream=stream)
        transaction.append(officer, move)
    return Issued(order, file.case.id, problems, _deadlines(session, file, request.transfer))


def _order(
    session: Session, file: CaseFile, request: OrderRequest, follows: OrderView | None
) -> Order:
    spec, transfer, profile = SPECS[request.kind], request.transfer, session.profile
    level, approval = _level(request, follows), request.approval
    if level is Level.NONE:
        approval = replace(approval, at=None)
    elif approval.given:
        approval = replace(approval, officer=session.officer.number)
    short = short_case_number(file.case.number)
    taken = [view.order.number for view in file.orders]
    return Order(
        id=OrderId(session.ids.new_id()),
        number=order_number(short, profile.device_letter, spec.letter, taken),
        kind=request.kind,
        transfer=transfer.id,
        payer=transfer.payer,
        payee=transfer.payee,
        amount_fen=_asked(request),
        transfer_time=transfer.time,
        channel=transfer.channel,
        order_number=transfer.order_number,
        serial=transfer.serial,
        reason=request.reason,
        issued_at=session.clock.now(),
        issued_by=session.officer.number,
        operator_name=session.officer.name,
        unit_code=profile.unit_code,
        unit_name=profile.unit_name,
        second_officer=request.second_officer,
        terms=request.terms,
        target=request.target,
        follows=follows.order.id if follows is not None else "",
        addressee=request.addressee,
        level=level,
        approval=approval,
    )


def _level(request: OrderRequest, follows: OrderView | None) -> Level:
    """A major case, and equity or an insurance policy, are frozen with the approval of the city level (Art. 239, 243);
    an extension wants the approval that the freeze had (Art. 240)."""
    level, freeze = SPECS[request.kind].level, request.money.freeze
    if level is not Level.COUNTY:
        return level
    former = follows.order.level if follows is not None else Level.NONE
    higher = freeze.major or freeze.property is Property.EQUITY or former is Level.CITY
    return Level.CITY if higher else level


def _asked(request: OrderRequest) -> int:
    """What the order is for, in fen: the payment, or what a freeze is limited to."""
    return request.money.freeze.amount_fen or request.transfer.amount_fen


def _deadlines(session: Session, file: CaseFile, transfer: Transfer) -> tuple[Deadline, ...]:
    found = [entry_duty(session.rules, file.case.accepted_at), revocable(session.rules, transfer)]
    if transfer.time is not None:
        found.append(golden(session.rules, transfer.time))
    return tuple(sorted((d for d in found if d is not None), key=lambda d: d.at))
