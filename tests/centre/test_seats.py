"""What a clerk of an institution reaches: its orders, and nothing of any other."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from desktop.centre.replies import reply
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.services import look_up
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.second_officer import prove_second, require_second
from desktop.services.orders.answers.current_reply import current_reply_of
from desktop.services.orders.answers.dispatch_batches import batch_orders, dispatch_to
from desktop.services.orders.claim_work import (
    claim_work,
    claims_in,
    hand_over_claims,
    receivers_of_claims,
    release_work,
)
from desktop.services.orders.institution_orders import institution_orders, institution_view
from desktop.services.orders.issue_order import issue_stop
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.papers.note_print import PrintRun, note_print
from desktop.services.ports import ANY_ORDER, OnRecord
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.journals import length
from tests.support.sessions import Seat, a_form, signed_in, take_seat
from tests.support.sweep import examples

ABC, CCB = "中国农业银行", "中国建设银行"
CLERKS = ((ABC,), (CCB,), (ABC, CCB))


def a_centre(folder: Path) -> Seat:
    seat = take_seat(
        folder / "centre", "C", unit_code="620100000000", unit_name="市反诈中心", role=InstallationRole.CENTRE,
    )  # fmt: skip
    profile = replace(seat.session.profile, on_server=True)
    ids = seat.session.ids.bound_to(profile.device)
    seat.session = replace(seat.session, profile=profile, ids=ids)
    return seat


def clerk_of(session: Session, number: str, *names: str) -> Session:
    return signed_in(session, Officer(number, "周岚", (Role.BANK_CLERK,), names))


def two_orders(session: Session, *banks: str) -> list[str]:
    """One case with a stop to each of these banks."""
    form = a_form(session)
    (payment,) = form.transfers
    payments = [
        replace(payment, id=session.ids.new_id(), payee_bank=bank, payee_account=f"62305200100377889{place}0")
        for place, bank in enumerate(banks)
    ]  # fmt: skip
    form = replace(form, transfers=tuple(payments))
    found = [issue_stop(session, form, place, confirmed=True).order for place in range(len(banks))]
    return [order.id for order in found]


def an_answer(fen: int = 100) -> OrderReply:
    ends = START + timedelta(hours=48)
    return OrderReply(ReplyResult.DONE, fen, 0, START, ends, "某行", "", "", START)


ORDER = st.integers(0, 3)
ACTS: Final[dict[str, Callable[[Session, str], object]]] = {
    "look": look_up.order,
    "reply": lambda clerk, key: reply(clerk, key, an_answer()),
    "current": current_reply_of,
    "claim": lambda clerk, key: claim_work(clerk, key, "接手"),
    "sheet": draw_order_sheet,
}


class Reach(RuleBasedStateMachine):
    """Whatever clerks ask for, they get and write what goes to their own institutions, and leave no trace elsewhere."""

    @initialize()
    def begin(self) -> None:
        self._folder = TemporaryDirectory()
        self.seat = a_centre(Path(self._folder.name))
        self.first = self.seat.session
        self.clerks = [clerk_of(self.first, f"62030{at}", *of) for at, of in enumerate(CLERKS)]
        self.goes_to: dict[str, str] = {}
        self.case: dict[str, CaseId] = {}
        self.answered: set[str] = set()
        self._report(ABC, CCB)
        self._report("", CCB)
        self.orders = tuple(self.goes_to)

    def _report(self, one: str, other: str) -> None:
        for order, name in zip(two_orders(self.first, one, other), (one, other), strict=True):
            self.goes_to[order] = name
            self.case[order] = look_up.order(self.first, order).case

    @rule(order=ORDER, name=st.sampled_from((ABC, CCB)))
    def name_receiver(self, order: int, name: str) -> None:
        key = self.orders[order]
        if not self.goes_to[key] and key not in self.answered:
            dispatch_to(self.first, (key,), name, "卡号")
            self.goes_to[key] = name

    @rule()
    def pack(self) -> None:
        with suppress(UserInputError):
            batch_orders(self.first)

    @rule(order=ORDER, name=st.sampled_from(sorted(ACTS)), by_number=st.booleans())
    def ask(self, order: int, name: str, *, by_number: bool) -> None:
        """One act of every clerk at one order."""
        key = self.orders[order]
        asked = look_up.order(self.first, key).order.number if by_number else key
        for clerk, institutions in zip(self.clerks, CLERKS, strict=True):
            before, own = length(self.first), self.goes_to[key] in institutions
            refusal = _refusal(lambda: ACTS[name](clerk, asked))  # noqa: B023 - called at once
            assert (refusal == "order.unknown") is not own
            assert own or length(self.first) == before
            if name == "reply" and not refusal:
                self.answered.add(key)

    @rule(order=ORDER)
    def reveal(self, order: int) -> None:
        """Numbers of a case are shown, and its sheet is printed, where one of its orders is the clerk's."""
        case = self.case[self.orders[order]]
        sheet = OnRecord("order_sheet", (f"case/{case}",))
        for clerk, institutions in zip(self.clerks, CLERKS, strict=True):
            names = {self.goes_to[one] for one, of in self.case.items() if of == case}
            own = bool(names & set(institutions))
            before = length(self.first)
            assert bool(_refusal(lambda: reveal_case(clerk, case))) is not own  # noqa: B023
            assert bool(_refusal(lambda: note_print(clerk, sheet, PrintRun(1)))) is not own  # noqa: B023
            assert length(self.first) == before + 2 * own

    @rule(one=st.integers(0, len(CLERKS) - 1), other=st.integers(0, len(CLERKS) - 1))
    def hand_over(self, one: int, other: int) -> None:
        clerk, receiver = self.clerks[one], self.clerks[other].officer.number
        mine = self._held_by(clerk)
        fit = {self.goes_to[order] for order in mine} <= set(CLERKS[other]) and one != other
        offered = {officer.number for officer in receivers_of_claims(clerk)}
        assert (receiver in offered) == fit
        refusal = _refusal(lambda: hand_over_claims(clerk, receiver))
        assert refusal == ("" if fit and mine else "claim.none" if fit else "claim.nobody")

    @rule(order=ORDER, at=st.integers(0, len(CLERKS) - 1))
    def release(self, order: int, at: int) -> None:
        release_work(self.clerks[at], self.orders[order])

    def _held_by(self, clerk: Session) -> set[str]:
        with self.first.store.read() as reader:
            claims = claims_in(self.first, reader)
        return {order for order, held in claims.items() if held.officer == clerk.officer.number}

    @rule()
    def look_at_lists(self) -> None:
        for clerk, own in zip(self.clerks, CLERKS, strict=True):
            reached = {order for order, name in self.goes_to.items() if name in own}
            assert {row.view.order.id for row in institution_orders(clerk)} == reached
            for name in own:
                view = institution_view(clerk, replace(ANY_ORDER, receiver=name))
                to_it = {order for order, to in self.goes_to.items() if to == name}
                assert view.count == len(to_it)
                assert view.waiting == len(to_it - self.answered)
                assert set(view.claims) <= reached

    def teardown(self) -> None:
        if hasattr(self, "seat"):
            self.seat.session.store.close()
            self._folder.cleanup()


def _refusal(act: Callable[[], object]) -> str:
    """Why it was refused; "" where it was done."""
    try:
        act()
    except AppError as error:
        return error.code
    return ""


TestReach = Reach.TestCase
TestReach.settings = settings(max_examples=examples(12), stateful_step_count=25)


@pytest.fixture
def centre(quick_folder: Path) -> Seat:
    return a_centre(quick_folder)


def test_a_clerk_reaches_no_other_institution_by_name_and_no_case(centre: Seat) -> None:
    (order, _) = two_orders(centre.session, ABC, CCB)
    clerk = clerk_of(centre.session, "620301", ABC)
    for name in (CCB, ABC + CCB, "%"):
        with pytest.raises(UserInputError, match=r"^officer\.institution_other$"):
            institution_view(clerk, replace(ANY_ORDER, receiver=name))
    nobody = signed_in(centre.session, Officer("620302", "何平", (Role.CARRIER_CLERK,)))
    with pytest.raises(AppError, match=r"^officer\.institution_other$"):
        institution_view(nobody)
    assert institution_orders(nobody) == ()
    for act in (
        look_up.board,
        look_up.orders,
        lambda one: look_up.case_file(one, look_up.order(one, order).case),
    ):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            act(clerk)


def test_an_answer_of_a_clerk_reaches_the_station_as_any_other(centre: Seat) -> None:
    (order, _) = two_orders(centre.session, ABC, CCB)
    reply(clerk_of(centre.session, "620301", ABC), order, an_answer())
    assert look_up.order(centre.session, order).state is OrderState.DONE


def test_a_clerk_is_enrolled_by_the_name_of_the_head_office_and_stands_for_nothing(
    centre: Seat,
) -> None:
    session = centre.session
    for officer in (
        Officer("620301", "周岚", (Role.BANK_CLERK,)),
        Officer("620301", "周岚", (Role.BANK_CLERK,), (" ",)),
        Officer("620301", "周岚", (Role.DISPATCHER,), (ABC,)),
    ):
        with pytest.raises(UserInputError, match=r"^officer\.institution$"):
            enrol_officer(session, officer, "Another-word-99")
    enrol_officer(session, Officer("620301", "周岚", (Role.BANK_CLERK,), (ABC,)), "Another-word-99")
    with session.store.read() as reader:
        known = reader.officer("620301")
        assert known is not None
        assert known.institutions == (ABC,)
        (fields,) = [
            entry.fields
            for entry in reader.own_words(
                [f"officer/{session.profile.device}/620301"], (OFFICER_ENROLLED,)
            )
        ]
        assert fields["roles"] == [f"bank_clerk:{ABC}"]  # what a program of before knows is no role
        assert require_second(session, reader, None) == {"founding": True}
    with pytest.raises(RuleError, match=r"^second\.not_active$"):
        prove_second(session, "620301", "Another-word-99")
