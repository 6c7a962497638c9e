"""A case with a stop that a bank carried out, and a holder who objects to it. Everything invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.order import Order, OrderKind, OrderReply, ReplyResult
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.objections.receive_objection import TypedObjection
from desktop.services.look_up import order
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order
from desktop.services.session import Session
from tests.support.sessions import a_form, signed_in

HEAD = Officer("620190", "周敏", (Role.APPROVER,))
"""Another officer who may approve."""
CLERK = Officer("620191", "马超", (Role.FRONT_DESK,))


def stopped_case(session: Session) -> tuple[CaseId, Order]:
    """A report, and its stop as the bank carried it out."""
    case = register_report(session, a_form(session)).case
    made = issue_order(session, case, OrderKind.STOP, 1).order
    carry_out(session, made)
    return case, order(session, made.id).order


def carry_out(session: Session, made: Order) -> None:
    """The bank did what the order asks for."""
    now = session.clock.now()
    end = now + timedelta(hours=48)
    done = OrderReply(ReplyResult.DONE, 9_800_000, 9_800_000, now, end, "农行", "", "", now)
    record_reply(session, made.id, done)


def typed(*orders: str, **changes: object) -> TypedObjection:
    """As the holder of the account tells it."""
    told = TypedObjection(
        "陈某某",
        "这张卡是我的工资卡，98000 元是卖二手车的车款，有合同和过户登记。",
        orders,
        id_number="620102199001011230",
        phone="13893112233",
    )
    return replace(told, **changes)  # type: ignore[arg-type]  # named fields


def head(session: Session) -> Session:
    """The desk with the other approver at it."""
    return signed_in(session, HEAD)
