"""Every clock of the desk: what starts it, how long it runs, what ends it. Times are China's legal time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.case_file.clocks import ClockFacts, case_clocks, facts_of, is_live
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.holder_objection import HolderObjection, ObjectionDecision
from desktop.domain.cases.payments.transfer import Account, Arrival, Channel, Transfer
from desktop.domain.cases.payments.way import PaymentWay
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import CaseId, ObjectionId, OrderId, StepId, TransferId
from desktop.domain.law.deadlines import AT_ZERO, AtZero, Deadline, article_of
from desktop.domain.law.rules import RulePack
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import Freeze, MoneyTerms, Property, Query, Urgency
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult, Terms
from desktop.domain.time.local_time import CHINA
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.documents.samples import a_file
from tests.support.every_row import every_row
from tests.support.sessions import RULES


def at(text: str) -> datetime:
    """``2026-11-24 10:31`` in legal time, as the UTC instant the journal keeps."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


ACCEPTED = at("2026-11-24 10:31")
PAYEE = Account("陈某某", "6230520010037788996", "农业银行")
BIG = 9_800_000


def transfer(time: str, fen: int = BIG, **more: object) -> Transfer:
    facts = Transfer(
        TransferId("t1"), 1, at(time), fen, Channel.MOBILE_BANK, Arrival.REAL_TIME,
        Account("李秀兰", "6217004230001234569", "建设银行"), PAYEE,
    )  # fmt: skip
    return replace(facts, **more)  # type: ignore[arg-type]  # named fields


def by_way(kind: str, time: str) -> Transfer:
    return transfer(time, way=PaymentWay(TransferId("t1"), kind))


def view(
    kind: OrderKind,
    issued: str = "2026-11-24 10:40",
    *,
    state: OrderState = OrderState.ISSUED,
    starts: str = "",
    ends: str = "",
    terms: Terms | None = None,
    name: str = "o1",
    transfer: str = "t1",
) -> OrderView:
    """An order; with ``starts`` it was carried out then."""
    reply = None
    if starts:
        state = OrderState.DONE
        reply = OrderReply(
            ReplyResult.DONE, BIG, 0, at(starts), at(ends) if ends else None, "农业银行", "", "",
            at(starts),
        )  # fmt: skip
    order = Order(
        OrderId(name), f"1124-A-0017-{name}", kind, TransferId(transfer), Account(), PAYEE, BIG, None,
        None, "", "", "", at(issued), "620134", "王建国", "620102540000", "张掖路派出所",
        reply=reply, terms=terms,
    )  # fmt: skip
    return OrderView(order, CaseId("c1"), "1124-A-0017", "李秀兰", state)


def step(kind: StepKind, time: str, name: str = "") -> ProcedureStep:
    return ProcedureStep(StepId(name or kind.value), kind, at(time))


def facts(
    *,
    accepted: datetime = ACCEPTED,
    transfers: Sequence[Transfer] = (),
    orders: Sequence[OrderView] = (),
    steps: Sequence[ProcedureStep] = (),
    objections: Sequence[HolderObjection] = (),
    state: CaseState = CaseState.NEW,
    visit: Visit = Visit.REPORT,
    registered: bool = False,
) -> ClockFacts:
    return ClockFacts(
        CaseId("c1"), "1124-A-0017", "李秀兰", visit, state, accepted, registered,
        tuple(transfers), tuple(orders), tuple(steps),
        lost_fen=sum(transfer.amount_fen for transfer in transfers), objections=tuple(objections),
    )  # fmt: skip


def ends(found: ClockFacts, name: str, rules: RulePack = RULES) -> list[str]:
    """The ends of the clocks of that name, in legal time."""
    return [
        clock.at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
        for clock in case_clocks(rules, found)
        if clock.name == name
    ]


K, S = OrderKind, StepKind
MAJOR = MoneyTerms(freeze=Freeze(major=True))
SHARES = MoneyTerms(freeze=Freeze(property=Property.SECURITIES))
EQUITY = MoneyTerms(freeze=Freeze(property=Property.EQUITY))
SLOW = NumberTerms(urgency=Urgency.NORMAL)

OBJECTED = HolderObjection(
    ObjectionId("j1"), "陈某某", orders=(OrderId("o1"),), grounds="车款", received_at=at("2026-11-24 15:00"),
    received_by="620134",
)  # fmt: skip


def upheld(objection: HolderObjection, by: str = "620190") -> HolderObjection:
    decision = ObjectionDecision("upheld", by, at("2026-11-25 09:00"), objection.orders)
    return replace(objection, decision=decision)


def by_receiver(objection: HolderObjection) -> HolderObjection:
    """Who received it decided, which counts for nothing."""
    return upheld(objection, objection.received_by)


RUNNING = [
    # 1 golden window, 2 entry duty, 3 revoke window
    ("golden", facts(transfers=[transfer("2026-12-31 23:45")]), "2027-01-01 00:15:00"),
    ("entry", facts(), "2026-11-24 11:01:00"),
    (
        "revoke",
        facts(transfers=[transfer("2026-11-24 23:00", arrival=Arrival.TWO_HOURS)]),
        "2026-11-25 01:00:00",
    ),
    (
        "revoke",
        facts(transfers=[transfer("2028-02-28 12:00", arrival=Arrival.NEXT_DAY)]),
        "2028-02-29 12:00:00",
    ),
    (
        "revoke",
        facts(transfers=[transfer("2027-02-28 12:00", arrival=None, channel=Channel.ATM)]),
        "2027-03-01 12:00:00",
    ),
    # 4 stops, 5 file and freeze
    (
        "stop_end",
        facts(orders=[view(K.STOP, starts="2026-11-24 10:50:07")]),
        "2026-11-26 10:50:07",
    ),
    (
        "stop_end",
        facts(orders=[view(K.STOP, starts="2026-11-24 10:50", ends="2026-11-26 10:00")]),
        "2026-11-26 10:00:00",
    ),
    (
        "stop_end",
        facts(
            orders=[
                view(K.STOP, starts="2026-11-24 10:50"),
                view(K.SECOND_STOP, starts="2026-11-26 09:00", name="o2"),
            ]
        ),
        "2026-11-28 09:00:00",
    ),
    (
        "file_and_freeze",
        facts(orders=[view(K.STOP, starts="2026-11-24 10:50")]),
        "2026-11-26 04:50:00",
    ),
    # 6 filing decision: the first day is not counted, the last one runs to its end
    ("filing", facts(), "2026-11-28 00:00:00"),
    ("filing", facts(accepted=at("2026-11-24 23:59:59")), "2026-11-28 00:00:00"),
    ("filing", facts(accepted=at("2026-11-25 00:00:00")), "2026-11-29 00:00:00"),
    ("filing", facts(steps=[step(S.FILING_LEADS, "2026-11-26 09:00")]), "2026-12-02 00:00:00"),
    (
        "filing",
        facts(
            accepted=at("2028-02-01 08:00"),
            steps=[step(S.FILING_LEADS, "2028-02-03 09:00"), step(S.FILING_MAJOR, "2028-02-05 09:00")],
        ),
        "2028-03-03 00:00:00",  # over 29 February
    ),
    # 7 administrative acceptance
    (
        "acceptance",
        facts(transfers=[transfer("2026-11-24 10:00", 299_999)]),
        "2026-11-25 10:31:00",
    ),
    (
        "acceptance",
        facts(steps=[step(S.ADMINISTRATIVE_COMPLEX, "2026-11-24 15:00")]),
        "2026-11-28 00:00:00",
    ),
    # 8 transfer of jurisdiction, 9 notice of non-filing
    ("jurisdiction", facts(steps=[step(S.NOT_OURS, "2026-12-31 16:20")]), "2027-01-01 16:20:00"),
    ("non_filing", facts(steps=[step(S.NOT_FILED, "2026-11-27 17:00")]), "2026-12-01 00:00:00"),
    # 10 review and second review; a right does not end on a holiday
    (
        "review_apply",
        facts(steps=[step(S.NOTICE_DELIVERED, "2026-11-23 09:00")]),
        "2026-12-01 00:00:00",
    ),
    (
        "review_apply",
        facts(steps=[step(S.NOTICE_DELIVERED, "2026-09-24 09:00")]),
        "2026-10-09 00:00:00",  # 1 October falls into the National Day holidays, which end on the 7th
    ),
    (
        "review_answer",
        facts(steps=[step(S.REVIEW_REQUESTED, "2026-12-01 09:00")]),
        "2027-01-01 00:00:00",
    ),
    (
        "second_apply",
        facts(steps=[step(S.REVIEW_DECIDED, "2026-11-21 09:00")]),
        "2026-12-01 00:00:00",  # the 28th is a Saturday
    ),
    (
        "second_answer",
        facts(steps=[step(S.SECOND_REVIEW_REQUESTED, "2028-02-10 09:00")]),
        "2028-03-12 00:00:00",
    ),
    # 11 freeze: months and years by the calendar
    ("freeze_end", facts(orders=[view(K.FREEZE, starts="2026-08-31 10:00")]), "2027-02-28 10:00:00"),
    ("freeze_end", facts(orders=[view(K.FREEZE, starts="2027-08-31 10:00")]), "2028-02-29 10:00:00"),
    (
        "freeze_end",
        facts(orders=[view(K.FREEZE, starts="2026-11-24 10:00", ends="2027-05-17 10:00")]),
        "2027-05-17 10:00:00",
    ),
    (
        "freeze_end",
        facts(orders=[view(K.FREEZE, starts="2028-02-29 10:00", terms=MAJOR)]),
        "2029-02-28 10:00:00",
    ),
    (
        "freeze_end",
        facts(orders=[view(K.FREEZE, starts="2028-02-29 10:00", terms=SHARES)]),
        "2030-02-28 10:00:00",
    ),
    (
        "freeze_end",
        facts(orders=[view(K.FREEZE, starts="2026-03-31 23:59", terms=EQUITY)]),
        "2026-09-30 23:59:00",
    ),
    (
        "freeze_end",
        facts(
            orders=[
                view(K.FREEZE, starts="2026-11-24 10:00"),
                view(K.EXTEND_FREEZE, "2027-05-20 09:00", starts="2027-05-24 10:00", name="o2"),
            ]
        ),
        "2027-11-24 10:00:00",
    ),
    # 12 unfreeze, 13 return of seized items
    ("unfreeze", facts(steps=[step(S.UNRELATED_FOUND, "2026-12-30 09:00")]), "2027-01-03 00:00:00"),
    (
        "return_seized",
        facts(steps=[step(S.SEIZED_UNRELATED, "2028-02-27 09:00")]),
        "2028-03-02 00:00:00",
    ),
    # 14 data freeze and its extension
    ("data_freeze", facts(steps=[step(S.DATA_FROZEN, "2026-08-30 09:00")]), "2027-02-28 09:00:00"),
    (
        "data_freeze",
        facts(
            steps=[
                step(S.DATA_FROZEN, "2026-08-30 09:00"),
                step(S.DATA_FREEZE_EXTENDED, "2027-02-20 09:00"),
            ]
        ),
        "2027-08-20 09:00:00",
    ),
    # 15 limit of a public-order case and its extension
    (
        "public_order",
        facts(steps=[step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-24 12:00")]),
        "2026-12-25 00:00:00",
    ),
    (
        "public_order",
        facts(
            steps=[
                step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-24 12:00"),
                step(S.LIMIT_EXTENDED, "2026-12-20 12:00"),
            ]
        ),
        "2027-01-24 00:00:00",
    ),
    # 16 bank return in working days: over a weekend, over the National Day, over a worked Saturday
    ("bank_return", facts(steps=[step(S.SENT_TO_BANK, "2026-11-26 15:00")]), "2026-12-02 00:00:00"),
    ("bank_return", facts(steps=[step(S.SENT_TO_BANK, "2026-09-30 15:00")]), "2026-10-11 00:00:00"),
    # 17 reply times the order names, 18 shutdown, 19 evidence hold
    (
        "reply_by",
        facts(
            orders=[
                view(K.QUERY_DETAILS, terms=MoneyTerms(query=Query(reply_by=at("2026-11-27 18:00"))))
            ]
        ),
        "2026-11-27 18:00:00",
    ),
    (
        "reply_by",
        facts(
            orders=[
                view(K.EVIDENCE_REQUEST, terms=EvidenceTerms(due_at=at("2026-12-01 18:00")))
            ]
        ),
        "2026-12-01 18:00:00",
    ),
    ("shutdown", facts(orders=[view(K.SHUTDOWN, terms=SLOW)]), "2026-11-25 10:40:00"),
    ("shutdown", facts(orders=[view(K.SHUTDOWN, terms=NumberTerms())]), "2026-11-24 12:40:00"),
    (
        "evidence_hold",
        facts(steps=[step(S.EVIDENCE_HELD, "2026-12-28 10:00")]),
        "2027-01-04 10:00:00",
    ),
    # objections of account holders: the review, then the release of what was upheld
    ("objection", facts(objections=[OBJECTED]), "2026-11-28 00:00:00"),
    ("objection", facts(objections=[by_receiver(OBJECTED)]), "2026-11-28 00:00:00"),
    (
        "objection_release",
        facts(objections=[upheld(OBJECTED)], orders=[view(K.STOP, starts="2026-11-24 10:50")]),
        "2026-11-25 11:00:00",
    ),
    # ways of payment that are called back
    ("recall", facts(transfers=[by_way("cross_border", "2026-11-24 10:12")]), "2026-11-27 10:12:00"),
    ("recall", facts(transfers=[by_way("cash", "2026-11-24 10:12")]), "2026-11-24 12:12:00"),
    # and the desk's own reminder
    (
        "masked",
        facts(transfers=[transfer("2026-11-24 10:12", payee=Account("", "622202******1234"))]),
        "2026-11-24 10:41:00",
    ),
]  # fmt: skip


@every_row(("name", "found", "end"), RUNNING)
def test_a_clock_runs_from_a_recorded_fact(name: str, found: ClockFacts, end: str) -> None:
    assert ends(found, name) == [end]


ELSEWHERE = {"evidence_check", "onward", "approval"}
"""They run from the custody log (``tests/services/test_completeness.py``), a reply (``test_onward_clock.py``), and at a
centre (``tests/services/test_confirm_order.py``)."""


def test_no_clock_is_left_out_of_the_table() -> None:
    assert {row[0] for row in RUNNING} == set(AT_ZERO) - ELSEWHERE
    for language in LANGUAGES:
        texts = Catalogue.load(language, strict=True)
        assert len({texts.text(f"deadlines.{name}") for name in AT_ZERO}) == len(AT_ZERO)


STOPPED = view(K.STOP, starts="2026-11-24 10:50")
ENDED = [
    ("objection", facts(objections=[upheld(OBJECTED)])),
    ("objection", facts(objections=[replace(OBJECTED, withdrawn="错登")])),
    (
        "objection_release",
        facts(
            objections=[upheld(OBJECTED)],
            orders=[STOPPED, view(K.LIFT, "2026-11-25 09:30", name="o2")],
        ),
    ),
    ("entry", facts(registered=True)),
    ("entry", facts(visit=Visit.ENQUIRY)),
    ("filing", facts(visit=Visit.DISSUASION)),
    ("filing", facts(steps=[step(S.FILED, "2026-11-25 09:00")])),
    ("filing", facts(steps=[step(S.NOT_FILED, "2026-11-25 09:00")])),
    ("filing", facts(steps=[step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-25 09:00")])),
    ("acceptance", facts(transfers=[transfer("2026-11-24 10:00", 300_000)])),
    (
        "acceptance",
        facts(
            transfers=[transfer("2026-11-24 10:00", 200_000)],
            steps=[step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-24 12:00")],
        ),
    ),
    ("revoke", facts(transfers=[transfer("2026-11-24 10:00")])),
    (
        "revoke",
        facts(
            transfers=[transfer("2026-11-24 10:00", arrival=Arrival.NEXT_DAY)],
            orders=[view(K.REVOKE, starts="2026-11-24 10:20")],
        ),
    ),
    ("stop_end", facts(orders=[STOPPED, view(K.FREEZE, starts="2026-11-25 10:00", name="o2")])),
    (
        "file_and_freeze",
        facts(orders=[STOPPED, view(K.FREEZE, starts="2026-11-25 10:00", name="o2")]),
    ),
    (
        "jurisdiction",
        facts(steps=[step(S.NOT_OURS, "2026-11-24 12:00"), step(S.TRANSFERRED, "2026-11-24 12:00")]),
    ),
    (
        "non_filing",
        facts(steps=[step(S.NOT_FILED, "2026-11-27 17:00"), step(S.FILED, "2026-11-28 09:00")]),
    ),
    (
        "review_apply",
        facts(
            steps=[
                step(S.NOTICE_DELIVERED, "2026-11-23 09:00"),
                step(S.REVIEW_REQUESTED, "2026-11-25 09:00"),
            ]
        ),
    ),
    (
        "unfreeze",
        facts(
            steps=[step(S.UNRELATED_FOUND, "2026-11-30 09:00")],
            orders=[view(K.UNFREEZE, "2026-11-30 15:00")],
        ),
    ),
    (
        "data_freeze",
        facts(steps=[step(S.DATA_FROZEN, "2026-08-30 09:00"), step(S.DATA_UNFROZEN, "2026-11-20 09:00")]),
    ),
    (
        "public_order",
        facts(
            steps=[step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-24 12:00"), step(S.CLOSED, "2026-12-01 09:00")]
        ),
    ),
    (
        "bank_return",
        facts(steps=[step(S.SENT_TO_BANK, "2026-11-26 15:00"), step(S.RETURNED, "2026-11-27 15:00")]),
    ),
    ("shutdown", facts(orders=[view(K.SHUTDOWN, starts="2026-11-24 11:00", terms=SLOW)])),
    ("shutdown", facts(orders=[view(K.SHUTDOWN, state=OrderState.PROPOSED, terms=SLOW)])),
    ("filing", facts(state=CaseState.CLOSED)),
]  # fmt: skip


@every_row(("name", "found"), ENDED)
def test_a_clock_ends_by_what_was_done(name: str, found: ClockFacts) -> None:
    assert ends(found, name) == []


def test_an_extension_that_came_too_late_prolongs_nothing() -> None:
    frozen = step(S.DATA_FROZEN, "2026-08-30 09:00")
    late = step(S.DATA_FREEZE_EXTENDED, "2027-03-01 09:00")
    assert ends(facts(steps=[frozen, late]), "data_freeze") == ["2027-02-28 09:00:00"]
    in_time = step(S.DATA_FREEZE_EXTENDED, "2027-02-20 09:00", "first")
    again = step(S.DATA_FREEZE_EXTENDED, "2027-08-20 09:00", "second")
    found = facts(steps=[frozen, in_time, again])
    assert ends(found, "data_freeze") == ["2028-02-20 09:00:00"]
    accepted = step(S.ACCEPTED_ADMINISTRATIVE, "2026-11-24 12:00")
    over = step(S.LIMIT_EXTENDED, "2026-12-25 00:00:01")
    assert ends(facts(steps=[accepted, over]), "public_order") == ["2026-12-25 00:00:00"]


def test_a_payment_that_failed_starts_nothing() -> None:
    masked = replace(PAYEE, number="6230****8996")
    paid = transfer("2026-11-24 10:20", arrival=Arrival.NEXT_DAY, payee=masked)
    names = {clock.name for clock in case_clocks(RULES, facts(transfers=[paid]))}
    assert names >= {"golden", "revoke", "masked"}
    found = facts(transfers=[replace(paid, attempted=True)])
    assert not names & {"golden", "revoke", "masked"} & {c.name for c in case_clocks(RULES, found)}


def test_what_was_lost_leaves_out_a_payment_that_failed() -> None:
    file = a_file()
    (paid,) = file.transfers
    failed = replace(paid, id=TransferId("t2"), attempted=True)
    assert facts_of(replace(file, transfers=(paid, failed))).lost_fen == paid.amount_fen


def test_a_stop_that_lapsed_hides_no_freeze_that_is_still_due() -> None:
    first, second = (
        view(K.STOP, starts=starts, name=name, transfer=name)
        for name, starts in (("o1", "2026-11-24 10:50"), ("o2", "2026-11-26 12:50"))
    )
    found = facts(orders=[first, second])
    assert ends(found, "file_and_freeze") == ["2026-11-26 04:50:00", "2026-11-28 06:50:00"]


def test_a_withdrawn_step_starts_nothing() -> None:
    mistaken = replace(step(S.NOT_OURS, "2026-11-24 12:00"), withdrawn="记错了")
    assert ends(facts(steps=[mistaken]), "jurisdiction") == []


def test_an_unfreeze_that_waits_for_approval_does_not_end_the_duty() -> None:
    waiting = view(K.UNFREEZE, "2026-11-30 15:00", state=OrderState.PROPOSED)
    found = facts(steps=[step(S.UNRELATED_FOUND, "2026-11-30 09:00")], orders=[waiting])
    assert len(ends(found, "unfreeze")) == 1


def test_a_released_account_ends_the_duty_for_no_other() -> None:
    accounts = [
        view(K.FREEZE, "2026-11-25 09:00", starts="2026-11-25 09:00", name=name, transfer=name)
        for name in ("o1", "o2")
    ]
    released = view(
        K.UNFREEZE, "2026-11-30 15:00", name="o3", transfer="o1", state=OrderState.ISSUED
    )
    steps = [step(S.UNRELATED_FOUND, "2026-11-30 09:00")]
    assert len(ends(facts(steps=steps, orders=accounts), "unfreeze")) == 2
    left = case_clocks(RULES, facts(steps=steps, orders=[*accounts, released]))
    assert [clock.subject for clock in left if clock.name == "unfreeze"] == ["order/o2"]


def test_a_freeze_on_its_way_ends_the_duty_to_send_one() -> None:
    stop = view(K.STOP, starts="2026-11-24 10:50", name="o1", transfer="o1")
    freeze = view(K.FREEZE, "2026-11-25 09:00", name="o2", transfer="o1", state=OrderState.ISSUED)
    assert len(ends(facts(orders=[stop]), "file_and_freeze")) == 1
    assert ends(facts(orders=[stop, freeze]), "file_and_freeze") == []
    assert len(ends(facts(orders=[stop, freeze]), "stop_end")) == 1, "it lapses all the same"


def test_holidays_nobody_announced_make_a_clock_uncertain() -> None:
    def clock(sent: str) -> Deadline:
        found = facts(steps=[step(S.SENT_TO_BANK, sent)])
        return next(item for item in case_clocks(RULES, found) if item.name == "bank_return")

    assert clock("2026-12-25 09:00").certain
    assert not clock("2026-12-30 09:00").certain


def test_every_clock_but_a_time_the_order_names_has_an_article() -> None:
    for name, found, _ in RUNNING:
        for clock in case_clocks(RULES, found):
            assert bool(article_of(RULES, clock)) is (clock.rule != ""), name


def test_overdue_is_a_state_and_a_chance_gone_by_is_not() -> None:
    now = at("2026-12-24 10:00")
    late = case_clocks(
        RULES,
        facts(transfers=[transfer("2026-11-24 10:00")], orders=[STOPPED], registered=True),
    )
    assert {clock.name for clock in late if is_live(clock, CaseState.NEW, now)} == {
        "stop_end", "file_and_freeze", "filing",
    }  # fmt: skip
    for state in set(CaseState) - {CaseState.CLOSED}:
        assert any(clock.name == "stop_end" and is_live(clock, state, now) for clock in late)
    assert not [
        clock for clock in late if is_live(clock, CaseState.CLOSED, now) and "stop" in clock.name
    ]
    assert AT_ZERO["golden"] is AtZero.CHANCE


@given(
    st.integers(0, 5 * 365 * 24 * 3600),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.sampled_from([pair for pair in S if pair is not S.CLOSED]),
)
def test_a_later_start_never_ends_earlier(moment: int, later: timedelta, kind: StepKind) -> None:
    def clocks(start: datetime) -> dict[str, datetime]:
        told = facts(
            accepted=ACCEPTED, steps=[ProcedureStep(StepId("s"), kind, start)], registered=True
        )
        return {
            clock.name: clock.at for clock in case_clocks(RULES, told) if clock.subject == "step/s"
        }

    start = at("2025-01-01 00:00") + timedelta(seconds=moment)
    first, second = clocks(start), clocks(start + later)
    assert first.keys() == second.keys()
    for name, end in first.items():
        assert start < end <= second[name]
        assert end.tzinfo is UTC


def test_a_release_is_due_as_long_as_what_prolongs_the_measure_holds() -> None:
    stop = view(K.STOP, starts="2026-11-24 10:50", ends="2026-11-26 10:50")
    second = view(
        K.SECOND_STOP,
        "2026-11-24 16:00",
        starts="2026-11-24 16:00",
        ends="2026-11-28 10:50",
        name="o2",
    )
    for orders, until in (([stop], "2026-11-26 10:50"), ([stop, second], "2026-11-28 10:50")):
        found = case_clocks(RULES, facts(objections=[upheld(OBJECTED)], orders=orders))
        (clock,) = (item for item in found if item.name == "objection_release")
        assert clock.idle_from == at(until)
