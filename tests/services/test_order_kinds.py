"""All kinds of order through the services: asked for, checked, approved, answered, ended, taken back, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import Addressing, FreezeType, MoneyTerms, Property
from desktop.domain.orders.number import Anomaly, LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import AccountFacts, NextHop
from desktop.domain.orders.term import measure_end
from desktop.domain.problems import Problem
from desktop.domain.progress import SILENT
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.peers.trust import own_card
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history, order
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.issue_order import Issued, check_order, issue_order, issue_orders
from desktop.services.orders.order_request import About, OrderRequest, name_target, propose_order
from desktop.services.orders.record_step import record_step
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from desktop.services.session import Session
from tests.support.ceremony import THEIR_PASSWORD, colleague, enrol, revoke_peer, trust_peer
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import Seat, a_form, stopped_fen, take_seat

PAID = 9_800_000
NUMBERS = {
    "mobile": "13893140277",
    "displayed_number": "+86 110",
    "url": "https://bank-safe.example/login",
}


@pytest.fixture
def seat(seat: Seat) -> Seat:
    """With the tables that know official numbers."""
    tables = PackedDirectories(resource_path("directories"))
    seat.session = replace(seat.session, directories=tables)
    return seat


@pytest.fixture
def case(session: Session) -> CaseId:
    form = a_form(session)
    second = replace(
        form.transfers[0], id=session.ids.new_id(), amount="20,000", channel="wechat",
        payee_account="", payee_bank="财付通", order_number="100004990120261124000123", arrival="real_time",
    )  # fmt: skip
    leads = tuple(
        IdentifierText(session.ids.new_id(), kind, value) for kind, value in NUMBERS.items()
    )
    form = replace(form, transfers=(*form.transfers, second), identifiers=leads)
    return register_report(session, form).case


def request(
    session: Session, case: CaseId, kind: OrderKind, position: int = 1, lead: str = ""
) -> OrderRequest:
    file = case_file(session, case)
    return propose_order(
        session, file, kind, name_target(file, kind, position, NUMBERS.get(lead, ""))
    )


def issue(session: Session, case: CaseId, made: OrderRequest) -> Issued:
    (done,) = issue_orders(session, case, [made], confirmed=True)
    return done


def made(session: Session, case: CaseId, kind: OrderKind) -> Order:
    return issue(session, case, request(session, case, kind)).order


def answer(
    session: Session, about: Order, result: str = "done", fen: int = PAID, **more: object
) -> None:
    now = session.clock.now()
    end = measure_end(session.rules, about, now)
    reply = OrderReply(ReplyResult(result), fen, fen, now, end, "中国农业银行", "", "余额不足", now)
    record_reply(session, about.id, replace(reply, **more))  # type: ignore[arg-type]  # named fields


def file_case(session: Session, case: CaseId) -> None:
    record_step(session, case, StepKind.FILED, session.clock.now(), "兰公（城）立字〔2026〕9号")


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def refused(error: type[AppError], code: str, work: object) -> None:
    assert callable(work)
    with pytest.raises(error) as caught:
        work()
    assert_error(caught.value, code)


def test_from_the_stop_over_the_filing_to_the_freeze_and_its_end(seat: Seat, case: CaseId) -> None:
    session = seat.session
    stop = made(session, case, OrderKind.STOP)
    answer(session, stop)
    before = length(session)
    refused(RuleError, "order.not_filed", lambda: made(session, case, OrderKind.FREEZE))
    assert length(session) == before, "nothing is frozen before filing (Art. 174)"
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    assert order(session, freeze.id).state is OrderState.PROPOSED
    refused(RuleError, "order.not_approved", lambda: answer(session, freeze))
    approve_order(session, freeze.id, "张局长", "兰公（城）冻财字〔2026〕3号")
    assert order(session, freeze.id).state is OrderState.ISSUED
    answer(session, freeze)
    told = order(session, freeze.id).order.reply
    assert told is not None
    assert told.ends_at is not None
    assert told.ends_at.astimezone().date().isoformat() == "2027-05-24", "six months (Art. 243)"
    refused(RuleError, "order.freeze_exists", lambda: made(session, case, OrderKind.FREEZE))
    file = case_file(session, case)
    with session.store.read() as reader:
        card = reader.case_card(case)
    assert card is not None
    assert (stopped_fen(session, case), card.stop_ends_at) == (PAID, None), "one sum, in a freeze"
    unfreeze = made(session, case, OrderKind.UNFREEZE)
    assert (unfreeze.follows, unfreeze.reason) == (freeze.id, ""), "no story of fraud ends it"
    approve_order(session, unfreeze.id, "张局长")
    answer(session, unfreeze, fen=0)
    states = {view.order.kind: view.state for view in case_file(session, case).orders}
    assert states[OrderKind.FREEZE] is OrderState.RELEASED
    assert states[OrderKind.STOP] is OrderState.DONE, "a stop is not what an unfreeze ends"
    refused(RuleError, "order.over", lambda: withdraw_order(session, freeze.id, "误发"))
    assert made(session, case, OrderKind.FREEZE).kind is OrderKind.FREEZE, "the money is free again"
    refused(RuleError, "order.freeze_exists", lambda: made(session, case, OrderKind.FREEZE))
    assert [view.order.number[-2:] for view in reversed(file.orders)] == ["Z1", "D2"]
    assert check_health(session, SILENT) == ()


def test_a_freeze_that_lapsed_can_be_ordered_anew(seat: Seat, case: CaseId) -> None:
    session = seat.session
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    approve_order(session, freeze.id, "张局长")
    answer(session, freeze)
    told = order(session, freeze.id).order.reply
    assert told is not None
    assert told.ends_at is not None
    seat.clock.advance(seconds=(told.ends_at - session.clock.now()).total_seconds() + 1)
    refused(RuleError, "order.freeze_over", lambda: made(session, case, OrderKind.EXTEND_FREEZE))
    again = made(session, case, OrderKind.FREEZE)
    assert order(session, again.id).state is OrderState.PROPOSED


def test_an_extension_needs_a_living_freeze_and_ends_later(seat: Seat, case: CaseId) -> None:
    session = seat.session
    file_case(session, case)
    refused(RuleError, "order.no_freeze", lambda: made(session, case, OrderKind.EXTEND_FREEZE))
    freeze = made(session, case, OrderKind.FREEZE)
    approve_order(session, freeze.id, "张局长")
    answer(session, freeze)
    seat.clock.advance(days=150)
    extension = made(session, case, OrderKind.EXTEND_FREEZE)
    approve_order(session, extension.id, "张局长")
    early = session.clock.now() + timedelta(days=1)
    refused(UserInputError, "reply.shorter", lambda: answer(session, extension, ends_at=early))
    answer(session, extension)
    seat.clock.advance(days=300)
    refused(RuleError, "order.freeze_over", lambda: made(session, case, OrderKind.EXTEND_FREEZE))


@pytest.mark.parametrize(
    ("property_", "major", "months"),
    [(Property.DEPOSIT, False, 6), (Property.DEPOSIT, True, 12), (Property.SECURITIES, False, 24),
     (Property.EQUITY, True, 6), (Property.EQUITY, False, 6)],
)  # fmt: skip
def test_the_term_of_a_freeze_by_what_is_frozen(
    session: Session, case: CaseId, property_: Property, major: bool, months: int
) -> None:
    file_case(session, case)
    asked = request(session, case, OrderKind.FREEZE)
    freeze = replace(asked.money.freeze, property=property_, major=major)
    done = issue(session, case, replace(asked, terms=replace(asked.money, freeze=freeze))).order
    end = measure_end(session.rules, done, session.clock.now())
    assert end is not None
    years, month = divmod(10 + months, 12)
    assert (end.year, end.month) == (2026 + years, month + 1)
    assert (done.level.value == "city") is (major or property_ is Property.EQUITY)


def test_a_full_freeze_may_hold_more_than_was_paid(session: Session, case: CaseId) -> None:
    file_case(session, case)
    asked = request(session, case, OrderKind.FREEZE)
    full = replace(asked.money.freeze, type=FreezeType.FULL)
    done = issue(session, case, replace(asked, terms=replace(asked.money, freeze=full))).order
    approve_order(session, done.id, "张局长")
    answer(session, done, fen=PAID * 3)
    limited = made(session, case, OrderKind.STOP)
    refused(UserInputError, "reply.too_much", lambda: answer(session, limited, fen=PAID + 1))


def test_a_lift_ends_the_stop_and_nothing_else_of_the_case(session: Session, case: CaseId) -> None:
    one, two = (
        made(session, case, OrderKind.STOP),
        issue_order(session, case, OrderKind.STOP, 2).order,
    )
    refused(RuleError, "order.no_stop", lambda: made(session, case, OrderKind.LIFT))
    answer(session, one)
    answer(session, two, fen=two.amount_fen)
    lift = made(session, case, OrderKind.LIFT)
    answer(session, lift, fen=0)
    assert order(session, one.id).state is OrderState.RELEASED
    assert order(session, two.id).state is OrderState.DONE
    told = order(session, lift.id).order.reply
    assert told is not None
    assert told.ends_at is None


def test_what_was_ended_by_a_mistaken_reply_stands_again(seat: Seat, case: CaseId) -> None:
    session = seat.session
    stop = made(session, case, OrderKind.STOP)
    answer(session, stop)
    lift = made(session, case, OrderKind.LIFT)
    answer(session, lift, fen=0)
    seat.clock.advance(minutes=5)
    answer(session, lift, fen=0, operator="柜员 7")
    ended = order(session, stop.id)
    assert ended.order.released_at == session.clock.now(), "as the corrected reply says"
    seat.clock.advance(minutes=5)
    answer(session, lift, "failed", fen=0)
    with session.store.read() as reader:
        card = reader.case_card(case)
    assert card is not None
    assert order(session, stop.id).state is OrderState.DONE
    assert (stopped_fen(session, case), card.stop_ends_at is None) == (PAID, False)
    again = made(session, case, OrderKind.LIFT)
    answer(session, again, fen=0)
    answer(session, lift, "failed", fen=0, operator="柜员 7")
    assert order(session, stop.id).state is OrderState.RELEASED, "by the other lift"


def test_a_second_stop_asks_whether_the_first_one_ran(session: Session, case: CaseId) -> None:
    first = made(session, case, OrderKind.STOP)
    asked = request(session, case, OrderKind.SECOND_STOP)
    assert codes(check_order(session, case_file(session, case), asked)) == ["first_stop_unanswered"]
    answer(session, first)
    assert codes(check_order(session, case_file(session, case), asked)) == []
    assert issue(session, case, asked).order.follows == first.id


def test_revoking_reaches_only_money_that_is_still_on_its_way(seat: Seat, case: CaseId) -> None:
    session = seat.session
    assert made(session, case, OrderKind.REVOKE).number.endswith("X1")
    instant = request(session, case, OrderKind.REVOKE, 2)
    refused(RuleError, "order.arrived", lambda: issue(session, case, instant))
    seat.clock.advance(hours=24)
    refused(RuleError, "order.arrived", lambda: made(session, case, OrderKind.REVOKE))


def test_queries_are_filled_from_the_payment(session: Session, case: CaseId) -> None:
    asked = request(session, case, OrderKind.QUERY_DETAILS)
    query = asked.money.query
    assert (query.to_at, query.reply_by) == (
        session.clock.now(),
        session.clock.now() + timedelta(hours=24),
    )
    assert query.from_at == asked.transfer.time - timedelta(days=1)  # type: ignore[operator]
    backwards = replace(asked.money, query=replace(query, to_at=query.from_at))
    found = check_order(session, case_file(session, case), replace(asked, terms=backwards))
    assert "period_backwards" in codes(found)
    done = issue(session, case, asked).order
    assert order(session, done.id).state is OrderState.PROPOSED
    refused(RuleError, "order.exists", lambda: made(session, case, OrderKind.QUERY_DETAILS))
    for kind in (OrderKind.QUERY_HOLDER, OrderKind.QUERY_ACCOUNTS, OrderKind.WATCH):
        assert made(session, case, kind).level.value == "county"


@pytest.mark.parametrize("told", ["number", "name"])
def test_two_officers_are_two_people(session: Session, case: CaseId, told: str) -> None:
    own = f" {getattr(session.officer, told)} "
    asked = replace(request(session, case, OrderKind.STOP), second_officer=own)
    assert codes(check_order(session, case_file(session, case), asked)) == ["second_is_first"]
    refused(UserInputError, "order.unconfirmed", lambda: issue_orders(session, case, [asked]))


def test_a_watch_is_called_off(session: Session, case: CaseId) -> None:
    watch = made(session, case, OrderKind.WATCH)
    refused(RuleError, "order.not_in_force", lambda: call_off(session, watch.id))
    approve_order(session, watch.id, "张局长")
    answer(session, watch, fen=0)
    call_off(session, watch.id)
    assert order(session, watch.id).state is OrderState.RELEASED
    refused(RuleError, "order.over", lambda: call_off(session, watch.id))


def test_a_wallet_is_addressed_by_its_order_number(session: Session, case: CaseId) -> None:
    terms = request(session, case, OrderKind.STOP, 2).money
    assert (terms.institution, terms.addressing) == (True, Addressing.ORDER_NUMBER)
    assert request(session, case, OrderKind.STOP).money.addressing is Addressing.ACCOUNT


def test_where_the_money_went_on_is_stopped_without_typing(session: Session, case: CaseId) -> None:
    stop = made(session, case, OrderKind.STOP)
    hop = NextHop(
        "赵某", "6222021001116245702", "中国工商银行", 5_000_000, session.clock.now(), "88"
    )
    facts = AccountFacts(holder="陈某某", holder_id="620102199001011234", freeze_number="F1")
    answer(session, stop, "partial", fen=100, hops=(hop,), account=facts)
    told = order(session, stop.id).order.reply
    assert told is not None
    assert (told.hops, told.account) == ((hop,), facts)
    about = About(order=stop.id, hop=0)
    asked = propose_order(session, case_file(session, case), OrderKind.STOP, about)
    assert (asked.transfer.payee.name, asked.transfer.amount_fen) == ("赵某", 5_000_000)
    assert asked.transfer.payer == stop.payee
    next_stop = issue(session, case, asked).order
    assert next_stop.about == "account/6222021001116245702"
    refused(RuleError, "order.stop_exists", lambda: issue(session, case, asked))
    with pytest.raises(UserInputError, match=r"^order\.no_target$"):
        propose_order(
            session, case_file(session, case), OrderKind.STOP, About(order=stop.id, hop=1)
        )


def test_where_no_bank_is_named_the_issuer_is_asked_and_a_chain_nobody(
    session: Session, case: CaseId
) -> None:
    stop = made(session, case, OrderKind.STOP)
    at = session.clock.now()
    hops = (
        NextHop("", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "", 1, at),
        NextHop("", "0x52908400098527886E0F7030069857D2E4169EE7", "", 1, at),
        NextHop("赵某", "6217004230001234569", "", 5_000_000, at),
    )
    answer(session, stop, "partial", fen=100, hops=hops)
    file = case_file(session, case)
    assert open_hops(order(session, stop.id), file.orders) == (2,)
    known = replace(session, directories=PackedDirectories(resource_path("directories")))
    asked = propose_order(known, file, OrderKind.STOP, About(order=stop.id, hop=2))
    assert asked.transfer.payee.bank == asked.addressee == "中国建设银行"


def number(
    session: Session, case: CaseId, kind: OrderKind, lead: str, line: LineKind | None
) -> OrderRequest:
    asked = request(session, case, kind, lead=lead)
    assert isinstance(asked.terms, NumberTerms)
    return replace(asked, terms=replace(asked.terms, line=line), addressee="中国移动")


@pytest.mark.parametrize("line", [None, *LineKind])
def test_a_protected_number_is_never_shut_down_or_blocked(
    session: Session, case: CaseId, line: LineKind | None
) -> None:
    for kind in (OrderKind.SHUTDOWN, OrderKind.BLOCK):
        asked = number(session, case, kind, "displayed_number", line)
        refused(RuleError, "order.protected", partial(issue, session, case, asked))
    for kind in (OrderKind.INTERCEPT, OrderKind.TRACE):
        asked = number(session, case, kind, "displayed_number", LineKind.DISPLAYED)
        made = issue(session, case, asked)
        assert made.order.number[-2] == SPECS[kind].letter


def test_displayed_or_real_must_be_said(session: Session, case: CaseId) -> None:
    shown = request(session, case, OrderKind.TRACE, lead="displayed_number").terms
    assert isinstance(shown, NumberTerms)
    assert (shown.line, shown.anomalies) == (
        LineKind.DISPLAYED, (Anomaly.LEADING_ZEROS.value, Anomaly.IMITATES_OFFICIAL.value),
    )  # fmt: skip
    unsaid = number(session, case, OrderKind.SHUTDOWN, "mobile", None)
    assert "line_unstated" in codes(check_order(session, case_file(session, case), unsaid))
    refused(UserInputError, "order.blocked", lambda: issue(session, case, unsaid))
    asked = number(session, case, OrderKind.SHUTDOWN, "mobile", LineKind.DISPLAYED)
    found = check_order(session, case_file(session, case), asked)
    assert codes(found) == ["shutdown_displayed", "approval_waits"]
    real = issue(
        session, case, number(session, case, OrderKind.SHUTDOWN, "mobile", LineKind.REAL)
    ).order
    assert isinstance(real.terms, NumberTerms)
    assert (real.terms.number_kind, real.about) == (NumberKind.MOBILE, "number/13893140277")
    refused(RuleError, "order.exists", lambda: issue(session, case, asked))


def test_a_site_is_blocked_and_not_shut_down(session: Session, case: CaseId) -> None:
    asked = replace(request(session, case, OrderKind.SHUTDOWN, lead="url"), addressee="x")
    assert "shutdown_no_phone" in codes(check_order(session, case_file(session, case), asked))
    blocked = issue(session, case, request(session, case, OrderKind.BLOCK, lead="url"))
    assert codes(blocked.problems) == ["addressee_missing"]
    answer(session, blocked.order, fen=0)
    assert order(session, blocked.order.id).state is OrderState.DONE


def test_a_request_for_evidence_says_from_whom_what_and_until_when(
    session: Session, case: CaseId
) -> None:
    asked = request(session, case, OrderKind.EVIDENCE_REQUEST)
    assert isinstance(asked.terms, EvidenceTerms)
    assert asked.terms.holder == "中国农业银行"
    assert asked.terms.about in asked.terms.wanted
    blank = replace(asked, terms=replace(asked.terms, wanted=""))
    found = codes(check_order(session, case_file(session, case), blank))
    assert found == ["wanted_missing", "approval_waits"]
    whole = replace(asked, terms=replace(asked.terms, wanted="开户资料"))
    late = replace(whole, terms=replace(asked.terms, wanted="x", due_at=session.clock.now()))
    assert "due_is_over" in codes(check_order(session, case_file(session, case), late))
    assert issue(session, case, whole).order.number.endswith("Q1")


def test_who_may_approve_at_another_unit_hinders_nobody_here(
    session: Session, case: CaseId
) -> None:
    """A centre holds the officers of all its stations, and none of them can be asked there."""
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    head = Officer("620199", "张敏", (Role.APPROVER,))
    with session.store.write() as transaction:
        subject = officer_subject("ANOTHERDEVICE123", head.number)
        transaction.append("620134", NewEntry(OFFICER_ENROLLED, subject, head.to_fields()))
    with session.store.read() as reader:
        assert head not in reader.officers(session.profile.device)
    approve_order(session, freeze.id, "张局长", "3号")
    assert order(session, freeze.id).order.approval.officer == session.officer.number


def test_who_may_approve_at_a_stolen_desk_hinders_nobody(seat: Seat, tmp_path: Path) -> None:
    session, other = seat.session, take_seat(tmp_path / "other", "B").session
    trust_peer(session, own_card(other))
    device, head = other.profile.device, Officer("620199", "张敏", (Role.APPROVER,))
    with session.store.write() as transaction:
        subject = officer_subject(device, head.number)
        transaction.append("620134", NewEntry(OFFICER_ENROLLED, subject, head.to_fields()))
    case = register_report(session, a_form(session)).case
    watch = made(session, case, OrderKind.WATCH)
    refused(RuleError, "order.own_approval", lambda: approve_order(session, watch.id, "张局长"))
    revoke_peer(session, device, "电脑被盗")
    approve_order(session, watch.id, "张局长", "3号")
    assert order(session, watch.id).order.approval.officer == session.officer.number


def test_an_approver_who_is_not_the_one_who_ordered(session: Session, case: CaseId) -> None:
    file_case(session, case)
    freeze = made(session, case, OrderKind.FREEZE)
    head = Officer("620199", "张敏", (Role.APPROVER,))
    clerk = replace(session, officer=Officer("620150", "赵敏", (Role.FRONT_DESK,)))
    refused(RuleError, "order.no_approver", lambda: approve_order(clerk, freeze.id, "张局长"))
    enrol(session, head)

    def there() -> SecondOfficer:
        return prove_second(clerk, head.number, THEIR_PASSWORD)

    refused(RuleError, "order.own_approval", lambda: approve_order(session, freeze.id, "张局长"))
    refused(UserInputError, "approval.no_name", lambda: approve_order(clerk, freeze.id, " "))
    soon = session.clock.now() + timedelta(seconds=1)
    refused(
        UserInputError,
        "approval.future",
        lambda: approve_order(clerk, freeze.id, "张局长", "", soon, there()),
    )
    approve_order(clerk, freeze.id, "张局长", "3号", witness=there())
    assert order(session, freeze.id).order.approval.officer == "620199"
    refused(
        RuleError,
        "order.approved_already",
        lambda: approve_order(clerk, freeze.id, "x", witness=there()),
    )
    row = history(session, case)[-1]
    assert (row.kind, row.officer) == ("order.approved", "620199")


def test_a_refused_order_never_goes_out(session: Session, case: CaseId) -> None:
    watch = made(session, case, OrderKind.WATCH)
    refused(RuleError, "order.no_reason", lambda: refuse_order(session, watch.id, "张局长", " "))
    refuse_order(session, watch.id, "张局长", "证据不足")
    assert order(session, watch.id).state is OrderState.REFUSED
    refused(RuleError, "order.over", lambda: approve_order(session, watch.id, "张局长"))
    assert made(session, case, OrderKind.WATCH), "what was refused may be asked for again"


def test_a_withdrawn_order_never_moves_and_counts_for_nothing(
    session: Session, case: CaseId
) -> None:
    stop = made(session, case, OrderKind.STOP)
    refused(RuleError, "order.no_reason", lambda: withdraw_order(session, stop.id, ""))
    withdraw_order(session, stop.id, "账号抄错")
    assert order(session, stop.id).state is OrderState.WITHDRAWN
    assert order(session, stop.id).order.withdrawal.reason == "账号抄错"
    refused(RuleError, "order.over", lambda: answer(session, stop, "failed", 0))
    again = made(session, case, OrderKind.STOP)
    assert again.number.endswith("Z2"), "a number is never given twice"
    answer(session, again)
    refused(RuleError, "order.answered", lambda: withdraw_order(session, again.id, "x"))


def test_a_reply_typed_at_the_station(session: Session, case: CaseId) -> None:
    stop = made(session, case, OrderKind.STOP)
    refused(
        UserInputError, "reply.no_reason", lambda: answer(session, stop, "failed", 0, remark="")
    )
    answer(session, stop, "failed", 0, remark="账户已销户")
    assert order(session, stop.id).state is OrderState.FAILED
    answer(session, stop, "partial", 6_132_000)
    assert order(session, stop.id).state is OrderState.PARTIAL, "banks correct themselves"
    refused(RuleError, "reply.exists", lambda: answer(session, stop, "partial", 6_132_000))
    lift = made(session, case, OrderKind.LIFT)
    refused(RuleError, "order.no_part", lambda: answer(session, lift, "partial", 0))


def test_a_reply_in_the_place_of_another_keeps_nothing_of_it(seat: Seat, case: CaseId) -> None:
    stop = made(seat.session, case, OrderKind.STOP)
    moved = NextHop("王某", "6217001234567890123", "中国建设银行", 100_00, seat.clock.now())
    holder = AccountFacts(holder="吴某", available_fen=5, earlier_until=seat.clock.now())
    answer(seat.session, stop, "failed", 0, failure="01", hops=(moved,), account=holder)
    seat.clock.advance(minutes=5)
    answer(seat.session, stop, "partial", 100_00)
    (view,) = case_file(seat.session, case).orders
    told = view.order.reply
    assert told is not None
    assert (told.result, told.amount_fen) == (ReplyResult.PARTIAL, 100_00)
    assert (told.failure, told.hops, told.account) == ("", (), AccountFacts())


def test_the_slot_for_the_official_number(session: Session, case: CaseId) -> None:
    stop = made(session, case, OrderKind.STOP)
    set_official_number(session, stop.id, " 620102540000202611240001 ")
    assert order(session, stop.id).order.official == "620102540000202611240001"
    answer(session, stop)
    assert request(session, case, OrderKind.LIFT).money.original_application.endswith("0001")
    refused(
        UserInputError,
        "order.official_long",
        lambda: set_official_number(session, stop.id, "1" * 37),
    )


def test_several_at_once_or_none(session: Session, case: CaseId) -> None:
    both = [request(session, case, OrderKind.STOP, position) for position in (1, 2)]
    before = length(session)
    refused(
        RuleError,
        "order.stop_exists",
        lambda: issue_orders(session, case, [*both, both[0]], confirmed=True),
    )
    assert length(session) == before
    done = issue_orders(session, case, both, confirmed=True)
    assert [item.order.number[-2:] for item in done] == ["Z1", "Z2"]
    assert len({item.order.transfer for item in done}) == 2


@pytest.mark.parametrize("kind", OrderKind)
def test_every_kind_says_what_is_missing_in_words(
    session: Session, case: CaseId, kind: OrderKind
) -> None:
    lead = "" if SPECS[kind].target is not OrderTarget.NUMBER else "mobile"
    asked = request(session, case, kind, lead=lead)
    bare = replace(asked, terms=type(asked.terms)(), addressee="")
    try:
        found = check_order(session, case_file(session, case), bare)
    except RuleError as error:
        assert_error(error, error.code)
        return
    for language in LANGUAGES:
        for problem in found:
            assert Catalogue.load(language, strict=True).text(f"problems.{problem.code}")


def test_terms_of_an_order_stand_for_ever(seat: Seat, case: CaseId) -> None:
    """The wire, the projection made anew, another sitting: the same order."""
    session = seat.session
    asked = request(session, case, OrderKind.QUERY_ACCOUNTS)
    terms = replace(
        asked.money, holder_id_kind="resident_id", holder_id_number="620102199001011234"
    )
    by_two = replace(asked, terms=terms, second_officer="620150")
    refused(RuleError, "second.needed", lambda: issue(session, case, by_two))
    there = colleague(session, "620150")
    (issued,) = issue_orders(session, case, [by_two], confirmed=True, second=there)
    done = issued.order
    assert isinstance(done.terms, MoneyTerms)
    seat.reopen()
    assert order(seat.session, done.id).order == done
