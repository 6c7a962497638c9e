"""Record what was answered to an order: by the centre for all its stations, or at the station's own desk.

A bank often answers the station by telephone long before the centre's bundle comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import FREEZES, SPECS, STOPS
from desktop.domain.orders.machine import REPLIES, require_step
from desktop.domain.orders.order import Order, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply_rules import require_likely_period, require_reply
from desktop.domain.orders.term import measure_end
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ORDER_RELEASED, ORDER_REPLIED
from desktop.services.order_reach import in_reach, reached_order
from desktop.services.orders.answers.current_reply import CurrentReply, current_reply
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ReplyBaseline:
    """What stood as the reply of an order when a person began to type theirs; None: nothing did."""

    reply: OrderReply | None


def record_reply(
    session: Session, key: str, answer: OrderReply, baseline: ReplyBaseline | None = None
) -> None:
    """Record a reply that reached the station. ``baseline``: what the person saw; None where nobody looked before.

    Raises:
        UserInputError: ``order.unknown``, ``reply.no_reason`` for a failure without one, ``reply.too_much``,
            ``reply.period``, ``reply.shorter``, ``reply.future``, ``reply.too_long``.
        RuleError: ``reply.not_ours``, ``reply.exists``, ``order.over``, ``order.not_approved``, ``order.no_part``;
            ``reply.meanwhile`` (with ``by`` and ``at``) when another reply was recorded since the person looked.
    """
    session.require(Permission.ISSUE_ORDERS)
    if answer.result is ReplyResult.FAILED and not (answer.remark or answer.failure):
        raise UserInputError("reply.no_reason")
    with session.store.write() as transaction:
        append_reply(session, transaction, key, answer, baseline)


def may_answer(session: Session, order: Order) -> bool:
    """Whether replies to the order are recorded here: at a centre to all, at a station to those it issued itself."""
    return (
        session.profile.role is InstallationRole.CENTRE
        or order.unit_code == session.profile.unit_code
    )


def require_ours(session: Session, order: Order) -> None:
    """Refuse with ``order.not_ours`` to decide about an order of another unit: no centre would take that in."""
    if not may_answer(session, order):
        raise RuleError("order.not_ours")


def as_recorded(session: Session, order: Order, answer: OrderReply) -> OrderReply:
    """The answer as it will stand: with the legal end where a measure's start is known and nobody gave its end,
    without a period for kinds that hold nothing."""
    if not SPECS[order.kind].holds:
        return replace(answer, starts_at=None, ends_at=None)
    if answer.starts_at is not None and answer.ends_at is None:
        return replace(answer, ends_at=measure_end(session.rules, order, answer.starts_at))
    return answer


def append_reply(
    session: Session,
    transaction: Transaction,
    key: str,
    answer: OrderReply,
    baseline: ReplyBaseline | None = None,
) -> None:
    """Record a reply and what it brings to an end; what was answered nobody has in hand any more. See
    :func:`record_reply`."""
    view, answer = require_answer(session, transaction, key, answer, baseline)
    known = view.order.reply
    stream = stream_of(session, transaction, view)
    before = known.to_fields() if known is not None else {}
    unsaid = dict.fromkeys(
        before, ""
    )  # what the reply before told and this one does not is not told any more
    fields = {"case": view.case, **unsaid, **answer.to_fields()}
    subject = f"order/{view.order.id}"
    officer = session.officer.number
    transaction.append(officer, NewEntry(ORDER_REPLIED, subject, fields, stream=stream))
    transaction.drop_claims((view.order.id,))
    done = answer.result is ReplyResult.DONE
    released = {"case": view.case, "released_at": to_wire(answer.replied_at) if done else ""}
    ends = [
        order
        for order in _ended_by(transaction, view, done=done)
        if in_reach(session.directories, session.officer, (order,))
    ]  # what another institution holds, its own answer ends
    for ended in ends:
        entry = NewEntry(ORDER_RELEASED, f"order/{ended.id}", released, stream=stream)
        transaction.append(officer, entry)


def require_answer(
    session: Session,
    transaction: Transaction,
    key: str,
    answer: OrderReply,
    baseline: ReplyBaseline | None = None,
) -> tuple[OrderView, OrderReply]:
    """The order and the reply as it would stand; refuses what :func:`append_reply` refuses, and records nothing."""
    view = reached_order(session, transaction, key)
    if not may_answer(session, view.order):
        raise RuleError("reply.not_ours")
    if baseline is not None and baseline.reply != view.order.reply:
        raise _meanwhile(current_reply(transaction, view))
    if not _held_all_the_same(view, answer):
        require_step(view.order.kind, view.state, REPLIES[answer.result])
    if not SPECS[view.order.kind].holds:
        answer = replace(answer, starts_at=None, ends_at=None)
    followed = transaction.order(view.order.follows) if view.order.follows else None
    require_reply(view.order, answer, followed.order if followed is not None else None)
    if view.order.kind in {*STOPS, *FREEZES} and answer.starts_at is not None:
        legal_end = measure_end(session.rules, view.order, answer.starts_at)
        require_likely_period(answer, legal_end)
    known = view.order.reply
    if known is not None and answer.says_the_same(known):
        raise RuleError("reply.exists")
    return view, answer


def _held_all_the_same(view: OrderView, answer: OrderReply) -> bool:
    """A bank that acted before it heard of the withdrawal: what it holds must stand here, or nobody can set it free.
    The order stays taken back."""
    sent = view.order.level is Level.NONE or view.order.approval.given
    acted = answer.result is not ReplyResult.FAILED or view.order.reply is not None
    holds = SPECS[view.order.kind].holds
    return view.state is OrderState.WITHDRAWN and sent and holds and acted


def _meanwhile(current: CurrentReply | None) -> RuleError:
    """Who recorded the reply that stands, and when. Two clerks at one order must not talk past each other."""
    if current is None:
        return RuleError("reply.meanwhile", by="", at="")
    return RuleError("reply.meanwhile", by=current.by, at=show_time(current.at))


def stream_of(session: Session, reader: Reader, view: OrderView) -> str:
    """Where everything is said that becomes of an order: at a centre the stream of the unit that ordered, or whose case
    it is where the centre ordered. What is said elsewhere that station never hears."""
    unit = view.order.unit_code
    if unit == session.profile.unit_code:
        file = reader.case_file(view.case)
        unit = file.case.unit_code if file is not None else unit
    return session.profile.stream_for(unit)


def _ended_by(transaction: Transaction, view: OrderView, *, done: bool) -> Iterator[Order]:
    """Measures that the reply decides about: those in force, if the order was carried out, and those that the reply
    in its place had ended, which were not if that was a mistake."""
    ends, former = SPECS[view.order.kind].ends, view.order.reply
    before = former is not None and former.result is ReplyResult.DONE and former.replied_at
    file = transaction.case_file(view.case) if ends else None
    for other in file.orders if file is not None else ():
        if other.order.kind not in ends or other.order.about != view.order.about:
            continue
        if (done and other.order.in_force) or (before and other.order.released_at == before):
            yield other.order
