"""Who has an order in hand, where several people of a centre work on one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from desktop.centre.replies import reply
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.claim import (
    HEARD_EVERY,
    STALE_AFTER,
    ClaimState,
    work_of_batch,
    work_of_case,
)
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.services.cases.form.drafts import discard_draft, save_draft
from desktop.services.look_up import order as order_of
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.claim_work import (
    claim_work,
    claims_in,
    hand_over_claims,
    hear_of_claims,
    receivers_of_claims,
    release_work,
)
from desktop.services.orders.confirm_order import confirm_order
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.shift.lead_shift import duty_seats
from desktop.services.session import Session
from desktop.storage.store import SqlStore
from tests.support.clocks import START, CountingIds, HandClock
from tests.support.databases import KINDS, some_databases
from tests.support.sessions import KEY, a_form, signed_in, take_seat
from tests.support.sweep import examples


class Centre:
    """Two clerks, each with a program of their own over the same data, and orders."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.clock = HandClock()
        self._databases = some_databases(kind, folder)
        where = self._databases.__enter__().place("centre")
        seat = take_seat(
            folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE, clock=self.clock, where=where,
        )  # fmt: skip
        profile = replace(seat.session.profile, on_server=True)
        first = replace(seat.session, profile=profile)
        officer = replace(first.officer, number="620777", name="王芳")
        store = SqlStore.open(where, KEY, profile, self.clock)
        second = replace(signed_in(first, officer), store=store, ids=CountingIds("d2"))
        self.clerks = (first, second)
        self.orders = tuple(
            issue_stop(first, a_form(first), 0, confirmed=True).order.id for _ in range(3)
        )

    def state(self, clerk: Session, order: str) -> ClaimState | None:
        with clerk.store.read() as reader:
            claim = claims_in(clerk, reader).get(order)
        return claim.state(clerk.officer.number) if claim is not None else None

    def close(self) -> None:
        for clerk in self.clerks:
            clerk.store.close()
        self._databases.__exit__(None, None, None)


@pytest.fixture(params=KINDS)
def centre(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[Centre]:
    made = Centre(request.param, quick_folder)
    yield made
    made.close()


def test_one_takes_it_and_the_other_sees_it(centre: Centre) -> None:
    (first, second), (order, *_) = centre.clerks, centre.orders
    claim_work(first, order)
    assert centre.state(first, order) is ClaimState.MINE
    assert centre.state(second, order) is ClaimState.LIVE
    with pytest.raises(RuleError, match=r"^claim\.held$") as caught:
        claim_work(second, order)
    assert caught.value.params["by"] == first.officer.name
    taken = claim_work(second, order, "李静去接电话了")
    assert (taken.former, taken.reason) == (first.officer.number, "李静去接电话了")
    assert centre.state(first, order) is ClaimState.LIVE
    release_work(first, order)
    assert centre.state(second, order) is ClaimState.MINE
    release_work(second, order)
    assert centre.state(second, order) is None


def test_cases_calls_and_batches_are_taken_and_handed_over_too(centre: Centre) -> None:
    first, second = centre.clerks
    form = a_form(first)
    call = save_draft(first, replace(form, case_id=first.ids.new_id())).form.case_id
    with first.store.read() as reader:
        case = reader.orders_named(centre.orders[:1])[0].case
    (batch,) = batch_orders(first)
    works = (work_of_case(case), work_of_case(call), work_of_batch(batch.number, batch.made_at))
    for work in works:
        claim_work(first, work)
        with pytest.raises(RuleError, match=r"^claim\.held$"):
            claim_work(second, work)
    assert claim_work(second, works[0], "李静去接电话了").former == first.officer.number
    assert [load.claims[0].about for load in duty_seats(second) if load.claims]
    assert hand_over_claims(first, second.officer.number) == len(works) - 1
    assert {centre.state(second, work) for work in works} == {ClaimState.MINE}
    discard_draft(first, CaseId(call))
    assert centre.state(second, works[1]) is None, "there is no such call any more"
    for unknown, code in (
        ("case/nobody", "case.unknown"),
        (work_of_batch("P9", START), "pack.unknown"),
        ("seat/620777", "order.unknown"),
    ):
        with pytest.raises(UserInputError, match=rf"^{code}$"):
            claim_work(first, unknown)
    clerk = replace(
        first.officer, number="620301", roles=(Role.BANK_CLERK,), institutions=("农业银行",)
    )
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        claim_work(signed_in(first, clerk), works[0])


def test_of_two_who_do_the_same_at_once_the_second_is_refused(centre: Centre) -> None:
    """Whatever two windows show: the batch is made once, an order is approved and confirmed once."""
    first, second = centre.clerks
    issuer = signed_in(first, replace(first.officer, number="620700", name="何平"))
    alone = issue_stop(issuer, a_form(issuer), 0, confirmed=True).order
    acts: tuple[tuple[Callable[[Session], object], str], ...] = (
        (lambda clerk: confirm_order(clerk, alone.id), "order.confirmed_already"),
        (batch_orders, "pack.nothing"),
    )
    with ThreadPoolExecutor(2) as pool:
        for act, code in acts:
            tries = [pool.submit(act, clerk) for clerk in centre.clerks]
            failed = [str(one.exception()) for one in tries if one.exception() is not None]
            assert failed == [code]
    with first.store.read() as reader:
        (view,) = reader.orders_named((alone.id,))
        packs = {one.order.dispatch.pack for one in reader.orders_named(centre.orders)}
    assert view.order.confirmation is not None
    assert len(packs) == 1
    for clerk in (first, second):
        with pytest.raises(RuleError, match=r"^order\.confirmed_already$"):
            confirm_order(clerk, alone.id)


def test_two_at_once_never_both_take_the_same_order(centre: Centre) -> None:
    def reach(clerk: Session, order: str) -> bool:
        try:
            return claim_work(clerk, order).officer == clerk.officer.number
        except RuleError:
            return False

    with ThreadPoolExecutor(2) as pool:
        for order in centre.orders:
            tries = [pool.submit(reach, clerk, order) for clerk in centre.clerks]
            assert sorted(item.result() for item in tries) == [False, True]


def test_who_takes_an_order_while_its_holder_hands_over_keeps_it(centre: Centre) -> None:
    first, second = centre.clerks
    third = replace(first.officer, number="620778", name="何平")
    signed_in(first, third)
    with ThreadPoolExecutor(2) as pool:
        for order in centre.orders:
            claim_work(first, order)
            given = pool.submit(hand_over_claims, first, third.number)
            taken = pool.submit(claim_work, second, order, "李静去接电话了")
            assert taken.result().officer == second.officer.number
            assert given.exception() is None or str(given.exception()) == "claim.none"
            assert centre.state(second, order) is ClaimState.MINE


def test_what_was_answered_is_in_nobodys_hand(centre: Centre) -> None:
    (first, _), (by_id, by_number, _) = centre.clerks, centre.orders
    ends = START + timedelta(hours=48)
    answer = OrderReply(ReplyResult.DONE, 100, 0, START, ends, "中国农业银行", "", "", START)
    for order, key in ((by_id, by_id), (by_number, order_of(first, by_number).order.number)):
        claim_work(first, order)
        reply(first, key, answer)
        assert centre.state(first, order) is None


def test_only_a_colleague_who_may_dispatch_gets_what_is_handed_over(centre: Centre) -> None:
    first, second = centre.clerks
    clerk = replace(first.officer, number="620888", roles=(Role.AUDITOR,))
    signed_in(first, clerk)
    with pytest.raises(UserInputError, match=r"^claim\.none$"):
        hand_over_claims(first, second.officer.number)
    claim_work(first, centre.orders[0])
    for number in ("620888", "999999", first.officer.number):
        with pytest.raises(UserInputError, match=r"^claim\.nobody$"):
            hand_over_claims(first, number)
    assert [officer.number for officer in receivers_of_claims(first)] == ["620777"]
    with pytest.raises(UserInputError, match=r"^order\.unknown$"):
        claim_work(first, "no-such-order")


def test_one_person_alone_has_nothing_in_hand(centre: Centre) -> None:
    first, _ = centre.clerks
    claim_work(first, centre.orders[0])
    alone = replace(first, profile=replace(first.profile, on_server=False))
    with alone.store.read() as reader:
        assert claims_in(alone, reader) == {}


CLERK = st.sampled_from([0, 1])
ORDER = st.sampled_from([0, 1, 2])


class InHand(RuleBasedStateMachine):
    """Whose an order is after anything two clerks do, and whether its holder is heard of, against a plain model."""

    @initialize()
    def begin(self) -> None:
        self._folder = TemporaryDirectory()
        self.centre = Centre("sqlite", Path(self._folder.name))
        self.now = timedelta()
        self.heard = [timedelta(), timedelta()]
        self.held: dict[int, int] = {}
        self.given: dict[int, timedelta] = {}

    @rule(clerk=CLERK, order=ORDER, reason=st.sampled_from(["", "理由"]))
    def claim(self, clerk: int, order: int, reason: str) -> None:
        holder = self.held.get(order)
        refused = holder not in (None, clerk) and self._is_live(order) and not reason
        with nullcontext() if not refused else pytest.raises(RuleError, match=r"^claim\.held$"):
            claim_work(self.centre.clerks[clerk], self.centre.orders[order], reason)
        if holder == clerk:
            self._heard(clerk)
        elif not refused:
            self.held[order], self.given[order] = clerk, self.now
        self._compare()

    @rule(clerk=CLERK, order=ORDER)
    def release(self, clerk: int, order: int) -> None:
        release_work(self.centre.clerks[clerk], self.centre.orders[order])
        if self.held.get(order) == clerk:
            del self.held[order]
        self._compare()

    @rule(clerk=CLERK)
    def hand_over(self, clerk: int) -> None:
        other = 1 - clerk
        mine = [order for order, holder in self.held.items() if holder == clerk]
        try:
            count = hand_over_claims(
                self.centre.clerks[clerk], self.centre.clerks[other].officer.number
            )
        except UserInputError:
            count = 0
        assert count == len(mine)
        for order in mine:
            self.held[order], self.given[order] = other, self.now - STALE_AFTER
        self._compare()

    @rule(clerk=CLERK)
    def hear(self, clerk: int) -> None:
        hear_of_claims(self.centre.clerks[clerk])
        self._heard(clerk)
        self._compare()

    @rule(steps=st.integers(1, 4))
    def wait(self, steps: int) -> None:
        self.centre.clock.advance(seconds=int(steps * HEARD_EVERY.total_seconds()))
        self.now += steps * HEARD_EVERY
        self._compare()

    def _heard(self, clerk: int) -> None:
        for order, holder in self.held.items():
            if holder == clerk:
                self.given[order] = self.now

    def _is_live(self, order: int) -> bool:
        return self.now - self.given[order] < STALE_AFTER

    def _compare(self) -> None:
        for order in range(3):
            for clerk in range(2):
                state = self.centre.state(self.centre.clerks[clerk], self.centre.orders[order])
                assert state is self._expected(clerk, order)

    def _expected(self, clerk: int, order: int) -> ClaimState | None:
        holder = self.held.get(order)
        if holder is None:
            return None
        if holder == clerk:
            return ClaimState.MINE
        return ClaimState.LIVE if self._is_live(order) else ClaimState.STALE

    def teardown(self) -> None:
        if hasattr(self, "centre"):
            self.centre.close()
            self._folder.cleanup()


TestInHand = InHand.TestCase
TestInHand.settings = settings(max_examples=examples(8), stateful_step_count=25)
