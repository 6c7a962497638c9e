"""The port of a case's orders, bound to a desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId, OrderId
from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.domain.orders.term import measure_end
from desktop.domain.problems import Severity
from desktop.services import look_up
from desktop.services.cases.merge_cases import whole_file
from desktop.services.look_up import case_file
from desktop.services.officers.second_officer import (
    SecondOfficer,
    TypedSecond,
    prove_second,
    proved,
)
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.current_reply import CurrentReply, current_reply_of
from desktop.services.orders.issue_order import check_order, issue_orders
from desktop.services.orders.order_options import Options, options_of
from desktop.services.orders.order_request import About, OrderRequest, propose_order
from desktop.services.orders.record_reply import ReplyBaseline, record_reply
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.orders.ordering.port import Ordered, TypedApproval


class SessionOrdering:
    """Implements :class:`desktop.ui.shared.orders.ordering.port.OrderPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def propose(
        self, case: CaseId, kind: OrderKind, abouts: Sequence[About]
    ) -> tuple[OrderRequest, ...]:
        """Requests filled in from the case."""
        origins = whole_file(self._session, case)[1].origins
        return tuple(
            propose_order(
                self._session, case_file(self._session, _owner(origins, about, case)), kind, about
            )
            for about in abouts
        )

    def evidence(self, case: CaseId) -> tuple[Evidence, ...]:
        """What the case has, to attach some of it to an order."""
        return whole_file(self._session, case)[0].evidence

    def order(
        self,
        case: CaseId,
        requests: Sequence[OrderRequest],
        *,
        confirmed: bool,
        second: TypedSecond | None = None,
    ) -> Ordered:
        """Check and issue: all of them or none. An order hangs on the report that told of its payment, so that it
        stays there if a merge is taken back."""
        if second is not None:  # the officer who proves to be there, however they were named before
            requests = [replace(item, second_officer=second.number.strip()) for item in requests]
        origins = whole_file(self._session, case)[1].origins
        asked: dict[CaseId, list[OrderRequest]] = {}
        for item in requests:
            asked.setdefault(origins.get(item.transfer.id, case), []).append(item)
        found = [
            problem
            for owner, some in asked.items()
            for item in some
            for problem in check_order(self._session, case_file(self._session, owner), item)
        ]
        problems = tuple(dict.fromkeys(found))
        blocked = any(problem.severity is Severity.BLOCK for problem in problems)
        if blocked or (problems and not confirmed):
            return Ordered((), problems)
        done = [
            made
            for owner, some in asked.items()
            for made in issue_orders(
                self._session, owner, some, confirmed=True, second=proved(self._session, second)
            )
        ]
        return Ordered(tuple(item.order.id for item in done), ())

    def options(self, case: CaseId, order: OrderId) -> Options:
        """What may be done next with an order."""
        origins = whole_file(self._session, case)[1].origins
        file = case_file(self._session, origins.get(order, case))
        view = next(view for view in file.orders if view.order.id == order)
        return options_of(self._session, file, view)

    def approve(self, order: OrderId, typed: TypedApproval) -> None:
        """Record that an order was approved, or was not."""
        witness = self._witness(typed)
        if typed.refused:
            refuse_order(self._session, order, typed.by, typed.refused, witness)
        else:
            approve_order(self._session, order, typed.by, typed.number, typed.at, witness)

    def _witness(self, typed: TypedApproval) -> SecondOfficer | None:
        """Who confirms it while another stays signed in; None for the officer signed in, who proved it already."""
        if typed.witness in {"", self._session.officer.number}:
            return None
        return prove_second(self._session, typed.witness, typed.password)

    def confirm(self, order: OrderId) -> None:
        """Stand as the second officer for an order that one alone issued."""
        confirm_order(self._session, order)

    def withdraw(self, order: OrderId, reason: str) -> None:
        """Take an order back."""
        withdraw_order(self._session, order, reason)

    def call_off(self, order: OrderId) -> None:
        """End a watch."""
        call_off(self._session, order)

    def set_application(self, order: OrderId, number: str) -> None:
        """Note the platform's own number."""
        set_official_number(self._session, order, number)

    def sheet(self, order: OrderId) -> Pdf:
        """All that waits for the same institution, on one sheet."""
        return draw_order_sheet(self._session, order)

    def usual_period(self, order: OrderId) -> tuple[datetime, datetime]:
        """From now for as long as what was ordered holds."""
        now = self._session.clock.now().replace(microsecond=0)
        made = look_up.order(self._session, order).order
        return now, measure_end(self._session.rules, made, now) or now

    def answer(self, order: OrderId, reply: OrderReply, seen: OrderReply | None) -> None:
        """Record a reply that reached the station; ``seen``: the one that stood when it was begun to be typed."""
        record_reply(self._session, order, reply, ReplyBaseline(seen))

    def standing(self, order: OrderId) -> CurrentReply | None:
        """The reply that stands for an order."""
        return current_reply_of(self._session, order)


def _owner(origins: Mapping[str, CaseId], about: About, case: CaseId) -> CaseId:
    """The report that told of what the order is about."""
    parts = (about.transfer, about.identifier, about.order, about.again)
    return next((origins[part] for part in parts if part in origins), case)
