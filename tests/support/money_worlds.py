"""Cases as they come: several reports, merges, orders of every kind about money, replies in part, corrected ones and
those of the next tier, lifts, and reports amended behind all of it. Everything invented."""

from __future__ import annotations

import random  # noqa: TID251 - worlds that are the same every time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import strategies as st

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId
from desktop.domain.orders.approval import Approval
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases, unmerge_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_orders
from desktop.services.orders.order_request import About, name_target, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.sessions import a_form

KINDS = (
    OrderKind.STOP, OrderKind.FREEZE, OrderKind.REVOKE, OrderKind.QUERY_DETAILS,
    OrderKind.SECOND_STOP, OrderKind.LIFT, OrderKind.UNFREEZE, OrderKind.EXTEND_FREEZE,
)  # fmt: skip
CHANNELS = ("mobile_bank", "wechat", "")
SUMS = ("3,000.00", "5,000.01")
"""Few, so that payments look like each other."""

ACTS = 26
worlds = st.integers(0, 2**32)
"""A seed for :meth:`MoneyWorld.play`: acts drawn one by one are mostly what a rule forbids."""


@dataclass
class MoneyWorld:
    """A desk at which these cases happen; ``mark`` tells their accounts from those of other worlds."""

    session: Session
    mark: int
    cases: list[CaseId] = field(default_factory=list)

    def play(self, seed: int) -> None:
        """Do one thing after another; what a rule forbids is not done."""
        chance = random.Random(seed)  # noqa: S311 - the same every time
        for where in range(1 + seed % 3):
            self._report(where, chance.randrange(4), chance.randrange(12))
        verbs: tuple[Callable[[int, int, int], None], ...] = (
            self._order, self._order, self._order, self._reply, self._reply, self._reply,
            self._reply, self._follow, self._follow, self._merge, self._amend, self._unmerge,
        )  # fmt: skip
        for _ in range(ACTS):
            how, much = chance.randrange(8), chance.randrange(12)
            self.session.clock.advance(minutes=1 + much)  # type: ignore[attr-defined]  # a clock of tests
            try:
                chance.choice(verbs)(chance.randrange(6), how, much)
            except AppError:
                continue

    def _case(self, where: int) -> CaseId:
        return self.cases[where % len(self.cases)]

    def _account(self, number: int) -> str:
        return f"6230{self.mark % 10**9:09d}{number:06d}"

    def _payment(self, how: int, much: int) -> TransferText:
        base = a_form(self.session).transfers[0]
        return replace(
            base,
            id=self.session.ids.new_id(),
            time=f"2026-11-24 {8 + how % 2:02d}:{much:02d}:00" if much % 4 else "",
            amount=SUMS[much % 2],
            channel=CHANNELS[how % 3],
            payer_account=self._account(9) if how % 2 else "",
            payee_account=self._account(how % 2),
            serial="",
            returned="12.34" if much == 5 else "",
            attempted=TICKED if much == 11 else "",
        )

    def _report(self, where: int, how: int, much: int) -> None:
        form = a_form(self.session, f"报案人{where % 2}", type=("T01", "T05")[where % 2])
        paid = tuple(self._payment(how + place, much + place) for place in range(1 + how % 3))
        back = "7.00" if how == 3 else ""
        made = register_report(self.session, replace(form, transfers=paid, returned=back))
        self.cases.append(made.case)

    def _order(self, where: int, how: int, much: int) -> None:
        case, kind = self._case(where), KINDS[how]
        if SPECS[kind].after_filing:
            record_step(self.session, case, StepKind.FILED, self.session.clock.now())
        file = case_file(self.session, case)
        about = name_target(file, kind, 1 + much % max(len(file.transfers), 1))
        self._issue(case, kind, about)

    def _issue(self, case: CaseId, kind: OrderKind, about: About) -> None:
        request = propose_order(self.session, case_file(self.session, case), kind, about)
        given = Approval(by="赵局长", number="1号", at=self.session.clock.now())
        issue_orders(self.session, case, (replace(request, approval=given),), confirmed=True)

    def _reply(self, where: int, how: int, much: int) -> None:
        """The newest order that has no answer, or an answer in place of another one."""
        views = case_file(self.session, self._case(where)).orders
        open_ones = [view for view in views if view.order.reply is None] or list(views)
        if not open_ones:
            return
        order = open_ones[how % len(open_ones)].order
        now, spec = self.session.clock.now(), SPECS[order.kind]
        result = (ReplyResult.DONE, ReplyResult.PARTIAL, ReplyResult.FAILED)[how % 3]
        if result is ReplyResult.PARTIAL and not spec.in_part:
            result = ReplyResult.DONE
        held = 0 if result is ReplyResult.FAILED else order.amount_fen * (much % 4 + 1) // 4
        hops = tuple(
            NextHop("吴某", self._account(2 + (much + place) % 3), "招商银行", 100_000 * (1 + how % 2),
                    START + timedelta(minutes=how) if much % 2 else None)
            for place in range(how % 4)
        )  # fmt: skip
        ends = now + timedelta(days=200) if spec.holds else None
        answer = OrderReply(
            result, held, held, now if ends else None, ends, "银行", "",
            "余额不足" if result is ReplyResult.FAILED else "", now, hops=hops,
        )  # fmt: skip
        record_reply(self.session, order.id, answer)

    def _follow(self, where: int, how: int, much: int) -> None:
        """An order about an account that a reply named."""
        case = self._case(where)
        told = [
            v for v in case_file(self.session, case).orders if v.order.reply and v.order.reply.hops
        ]
        if told:
            order = told[how % len(told)].order
            hops = order.reply.hops if order.reply else ()
            kind = OrderKind.FREEZE if much % 3 == 0 else OrderKind.STOP
            self._issue(case, kind, About(order=order.id, hop=much % len(hops)))

    def _merge(self, where: int, how: int, _much: int) -> None:
        merge_cases(self.session, self._case(where), self._case(where + 1 + how % 2))

    def _unmerge(self, where: int, _how: int, _much: int) -> None:
        unmerge_case(self.session, self._case(where), "弄错了")

    def _amend(self, where: int, how: int, much: int) -> None:
        form = form_of(self.session, self._case(where))
        place = how % max(len(form.transfers), 1)
        changed = list(form.transfers)
        other = self._payment(how, much)
        changed[place] = replace(
            changed[place], amount=other.amount, channel=other.channel, returned=other.returned,
            attempted=other.attempted,
        )  # fmt: skip
        register_report(self.session, replace(form, transfers=tuple(changed)))
