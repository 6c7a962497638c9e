"""All kinds of order through the services: asked for, checked, approved, answered, ended, taken back, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.case_file.order_rules import open_hops
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.officer import Officer, Role
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
from desktop.runtime.catalogue import LANGUAGES, Catalogue
from desktop.runtime.directories import PackedDirectories
from desktop.runtime.resources import resource_path
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.exchange.trust import own_card
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history, order
from desktop.services.officers.second_officer import SecondOfficer, prove_second
from desktop.services.orders.approve_order import approve_order, refuse_order
from desktop.services.orders.issue_order import Issued, check_order, issue_order, issue_orders
from desktop.services.orders.order_request import About, OrderRequest, name_target, propose_order
from desktop.services.orders.record_reply import record_reply
from desktop.services.orders.record_step import record_step
from desktop.services.orders.withdraw_order import call_off, set_official_number, withdraw_order
from tests.support.ceremony import THEIR_PASSWORD, colleague, enrol, revoke_peer, trust_peer
from tests.support.desks import Seat, a_form, take_seat
from tests.support.journals import length
from tests.support.told import assert_told

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
    seat.desk = replace(seat.desk, directories=tables)
    return seat


@pytest.fixture
def case(desk: Desk) -> CaseId:
    form = a_form(desk)
    second = replace(
        form.transfers[0], id=desk.ids.new_id(), amount="20,000", channel="wechat",
        payee_account="", payee_bank="财付通", order_number="100004990120261124000123", arrival="real_time",
    )  # fmt: skip
    leads = tuple(IdentifierText(desk.ids.new_id(), kind, value) for kind, value in NUMBERS.items())
    form = replace(form, transfers=(*form.transfers, second), identifiers=leads)
    return register_report(desk, form).case


def request(
    desk: Desk, case: CaseId, kind: OrderKind, position: int = 1, lead: str = ""
) -> OrderRequest:
    file = case_file(desk, case)
    return propose_order(desk, file, kind, name_target(file, kind, position, NUMBERS.get(lead, "")))


def issue(desk: Desk, case: CaseId, made: OrderRequest) -> Issued:
    (done,) = issue_orders(desk, case, [made], confirmed=True)
    return done


def made(desk: Desk, case: CaseId, kind: OrderKind) -> Order:
    return issue(desk, case, request(desk, case, kind)).order


def answer(desk: Desk, about: Order, result: str = "done", fen: int = PAID, **more: object) -> None:
    now = desk.clock.now()
    end = measure_end(desk.rules, about, now)
    reply = OrderReply(ReplyResult(result), fen, fen, now, end, "中国农业银行", "", "余额不足", now)
    record_reply(desk, about.id, replace(reply, **more))  # type: ignore[arg-type]  # named fields


def file_case(desk: Desk, case: CaseId) -> None:
    record_step(desk, case, StepKind.FILED, desk.clock.now(), "兰公（城）立字〔2026〕9号")


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def refused(error: type[AppError], code: str, work: object) -> None:
    assert callable(work)
    with pytest.raises(error) as caught:
        work()
    assert_told(caught.value, code)


def test_from_the_stop_over_the_filing_to_the_freeze_and_its_end(seat: Seat, case: CaseId) -> None:
    desk = seat.desk
    stop = made(desk, case, OrderKind.STOP)
    answer(desk, stop)
    before = length(desk)
    refused(RuleError, "order.not_filed", lambda: made(desk, case, OrderKind.FREEZE))
    assert length(desk) == before, "nothing is frozen before filing (Art. 174)"
    file_case(desk, case)
    freeze = made(desk, case, OrderKind.FREEZE)
    assert order(desk, freeze.id).state is OrderState.PROPOSED
    refused(RuleError, "order.not_approved", lambda: answer(desk, freeze))
    approve_order(desk, freeze.id, "张局长", "兰公（城）冻财字〔2026〕3号")
    assert order(desk, freeze.id).state is OrderState.ISSUED
    answer(desk, freeze)
    told = order(desk, freeze.id).order.reply
    assert told is not None
    assert told.ends_at is not None
    assert told.ends_at.astimezone().date().isoformat() == "2027-05-24", "six months (Art. 243)"
    refused(RuleError, "order.freeze_exists", lambda: made(desk, case, OrderKind.FREEZE))
    file = case_file(desk, case)
    with desk.store.read() as reader:
        card = reader.case_card(case)
    assert card is not None
    assert (card.stopped_fen, card.stop_ends_at) == (PAID, None), "one sum, and the freeze runs on"
    unfreeze = made(desk, case, OrderKind.UNFREEZE)
    assert unfreeze.follows == freeze.id
    approve_order(desk, unfreeze.id, "张局长")
    answer(desk, unfreeze, fen=0)
    states = {view.order.kind: view.state for view in case_file(desk, case).orders}
    assert states[OrderKind.FREEZE] is OrderState.RELEASED
    assert states[OrderKind.STOP] is OrderState.DONE, "a stop is not what an unfreeze ends"
    refused(RuleError, "order.over", lambda: withdraw_order(desk, freeze.id, "误发"))
    assert made(desk, case, OrderKind.FREEZE).kind is OrderKind.FREEZE, "the money is free again"
    refused(RuleError, "order.freeze_exists", lambda: made(desk, case, OrderKind.FREEZE))
    assert [view.order.number[-2:] for view in reversed(file.orders)] == ["Z1", "D2"]
    assert check_health(desk, SILENT) == ()


def test_a_freeze_that_lapsed_can_be_ordered_anew(seat: Seat, case: CaseId) -> None:
    desk = seat.desk
    file_case(desk, case)
    freeze = made(desk, case, OrderKind.FREEZE)
    approve_order(desk, freeze.id, "张局长")
    answer(desk, freeze)
    told = order(desk, freeze.id).order.reply
    assert told is not None
    assert told.ends_at is not None
    seat.clock.advance(seconds=(told.ends_at - desk.clock.now()).total_seconds() + 1)
    refused(RuleError, "order.freeze_over", lambda: made(desk, case, OrderKind.EXTEND_FREEZE))
    again = made(desk, case, OrderKind.FREEZE)
    assert order(desk, again.id).state is OrderState.PROPOSED


def test_an_extension_needs_a_living_freeze_and_ends_later(seat: Seat, case: CaseId) -> None:
    desk = seat.desk
    file_case(desk, case)
    refused(RuleError, "order.no_freeze", lambda: made(desk, case, OrderKind.EXTEND_FREEZE))
    freeze = made(desk, case, OrderKind.FREEZE)
    approve_order(desk, freeze.id, "张局长")
    answer(desk, freeze)
    seat.clock.advance(days=150)
    extension = made(desk, case, OrderKind.EXTEND_FREEZE)
    approve_order(desk, extension.id, "张局长")
    early = desk.clock.now() + timedelta(days=1)
    refused(UserInputError, "reply.shorter", lambda: answer(desk, extension, ends_at=early))
    answer(desk, extension)
    seat.clock.advance(days=300)
    refused(RuleError, "order.freeze_over", lambda: made(desk, case, OrderKind.EXTEND_FREEZE))


@pytest.mark.parametrize(
    ("property_", "major", "months"),
    [(Property.DEPOSIT, False, 6), (Property.DEPOSIT, True, 12), (Property.SECURITIES, False, 24),
     (Property.EQUITY, True, 6), (Property.EQUITY, False, 6)],
)  # fmt: skip
def test_the_term_of_a_freeze_by_what_is_frozen(
    desk: Desk, case: CaseId, property_: Property, major: bool, months: int
) -> None:
    file_case(desk, case)
    asked = request(desk, case, OrderKind.FREEZE)
    freeze = replace(asked.money.freeze, property=property_, major=major)
    done = issue(desk, case, replace(asked, terms=replace(asked.money, freeze=freeze))).order
    end = measure_end(desk.rules, done, desk.clock.now())
    assert end is not None
    years, month = divmod(10 + months, 12)
    assert (end.year, end.month) == (2026 + years, month + 1)
    assert (done.level.value == "city") is (major or property_ is Property.EQUITY)


def test_a_full_freeze_may_hold_more_than_was_paid(desk: Desk, case: CaseId) -> None:
    file_case(desk, case)
    asked = request(desk, case, OrderKind.FREEZE)
    full = replace(asked.money.freeze, type=FreezeType.FULL)
    done = issue(desk, case, replace(asked, terms=replace(asked.money, freeze=full))).order
    approve_order(desk, done.id, "张局长")
    answer(desk, done, fen=PAID * 3)
    limited = made(desk, case, OrderKind.STOP)
    refused(UserInputError, "reply.too_much", lambda: answer(desk, limited, fen=PAID + 1))


def test_a_lift_ends_the_stop_and_nothing_else_of_the_case(desk: Desk, case: CaseId) -> None:
    one, two = made(desk, case, OrderKind.STOP), issue_order(desk, case, OrderKind.STOP, 2).order
    refused(RuleError, "order.no_stop", lambda: made(desk, case, OrderKind.LIFT))
    answer(desk, one)
    answer(desk, two, fen=two.amount_fen)
    lift = made(desk, case, OrderKind.LIFT)
    answer(desk, lift, fen=0)
    assert order(desk, one.id).state is OrderState.RELEASED
    assert order(desk, two.id).state is OrderState.DONE
    told = order(desk, lift.id).order.reply
    assert told is not None
    assert told.ends_at is None


def test_what_was_ended_by_a_mistaken_reply_stands_again(seat: Seat, case: CaseId) -> None:
    desk = seat.desk
    stop = made(desk, case, OrderKind.STOP)
    answer(desk, stop)
    lift = made(desk, case, OrderKind.LIFT)
    answer(desk, lift, fen=0)
    seat.clock.advance(minutes=5)
    answer(desk, lift, fen=0, operator="柜员 7")
    ended = order(desk, stop.id)
    assert ended.order.released_at == desk.clock.now(), "as the corrected reply says"
    seat.clock.advance(minutes=5)
    answer(desk, lift, "failed", fen=0)
    with desk.store.read() as reader:
        card = reader.case_card(case)
    assert card is not None
    assert order(desk, stop.id).state is OrderState.DONE
    assert (card.stopped_fen, card.stop_ends_at is None) == (PAID, False)
    again = made(desk, case, OrderKind.LIFT)
    answer(desk, again, fen=0)
    answer(desk, lift, "failed", fen=0, operator="柜员 7")
    assert order(desk, stop.id).state is OrderState.RELEASED, "by the other lift"


def test_a_second_stop_asks_whether_the_first_one_ran(desk: Desk, case: CaseId) -> None:
    first = made(desk, case, OrderKind.STOP)
    asked = request(desk, case, OrderKind.SECOND_STOP)
    assert codes(check_order(desk, case_file(desk, case), asked)) == ["first_stop_unanswered"]
    answer(desk, first)
    assert codes(check_order(desk, case_file(desk, case), asked)) == []
    assert issue(desk, case, asked).order.follows == first.id


def test_revoking_reaches_only_money_that_is_still_on_its_way(seat: Seat, case: CaseId) -> None:
    desk = seat.desk
    assert made(desk, case, OrderKind.REVOKE).number.endswith("X1")
    instant = request(desk, case, OrderKind.REVOKE, 2)
    refused(RuleError, "order.arrived", lambda: issue(desk, case, instant))
    seat.clock.advance(hours=24)
    refused(RuleError, "order.arrived", lambda: made(desk, case, OrderKind.REVOKE))


def test_queries_are_filled_from_the_payment(desk: Desk, case: CaseId) -> None:
    asked = request(desk, case, OrderKind.QUERY_DETAILS)
    query = asked.money.query
    assert (query.to_at, query.reply_by) == (
        desk.clock.now(),
        desk.clock.now() + timedelta(hours=24),
    )
    assert query.from_at == asked.transfer.time - timedelta(days=1)  # type: ignore[operator]
    backwards = replace(asked.money, query=replace(query, to_at=query.from_at))
    found = check_order(desk, case_file(desk, case), replace(asked, terms=backwards))
    assert "period_backwards" in codes(found)
    done = issue(desk, case, asked).order
    assert order(desk, done.id).state is OrderState.PROPOSED
    refused(RuleError, "order.exists", lambda: made(desk, case, OrderKind.QUERY_DETAILS))
    for kind in (OrderKind.QUERY_HOLDER, OrderKind.QUERY_ACCOUNTS, OrderKind.WATCH):
        assert made(desk, case, kind).level.value == "county"


@pytest.mark.parametrize("told", ["number", "name"])
def test_two_officers_are_two_people(desk: Desk, case: CaseId, told: str) -> None:
    own = f" {getattr(desk.officer, told)} "
    asked = replace(request(desk, case, OrderKind.STOP), second_officer=own)
    assert codes(check_order(desk, case_file(desk, case), asked)) == ["second_is_first"]
    refused(UserInputError, "order.unconfirmed", lambda: issue_orders(desk, case, [asked]))


def test_a_watch_is_called_off(desk: Desk, case: CaseId) -> None:
    watch = made(desk, case, OrderKind.WATCH)
    refused(RuleError, "order.not_in_force", lambda: call_off(desk, watch.id))
    approve_order(desk, watch.id, "张局长")
    answer(desk, watch, fen=0)
    call_off(desk, watch.id)
    assert order(desk, watch.id).state is OrderState.RELEASED
    refused(RuleError, "order.over", lambda: call_off(desk, watch.id))


def test_a_wallet_is_addressed_by_its_order_number(desk: Desk, case: CaseId) -> None:
    terms = request(desk, case, OrderKind.STOP, 2).money
    assert (terms.institution, terms.addressing) == (True, Addressing.ORDER_NUMBER)
    assert request(desk, case, OrderKind.STOP).money.addressing is Addressing.ACCOUNT


def test_where_the_money_went_on_is_stopped_without_typing(desk: Desk, case: CaseId) -> None:
    stop = made(desk, case, OrderKind.STOP)
    hop = NextHop("赵某", "6222021001116245702", "中国工商银行", 5_000_000, desk.clock.now(), "88")
    facts = AccountFacts(holder="陈某某", holder_id="620102199001011234", freeze_number="F1")
    answer(desk, stop, "partial", fen=100, hops=(hop,), account=facts)
    told = order(desk, stop.id).order.reply
    assert told is not None
    assert (told.hops, told.account) == ((hop,), facts)
    about = About(order=stop.id, hop=0)
    asked = propose_order(desk, case_file(desk, case), OrderKind.STOP, about)
    assert (asked.transfer.payee.name, asked.transfer.amount_fen) == ("赵某", 5_000_000)
    assert asked.transfer.payer == stop.payee
    next_stop = issue(desk, case, asked).order
    assert next_stop.about == "account/6222021001116245702"
    refused(RuleError, "order.stop_exists", lambda: issue(desk, case, asked))
    with pytest.raises(UserInputError, match=r"^order\.no_target$"):
        propose_order(desk, case_file(desk, case), OrderKind.STOP, About(order=stop.id, hop=1))


def test_where_no_bank_is_named_the_issuer_is_asked_and_a_chain_nobody(
    desk: Desk, case: CaseId
) -> None:
    stop = made(desk, case, OrderKind.STOP)
    at = desk.clock.now()
    hops = (
        NextHop("", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "", 1, at),
        NextHop("", "0x52908400098527886E0F7030069857D2E4169EE7", "", 1, at),
        NextHop("赵某", "6217004230001234569", "", 5_000_000, at),
    )
    answer(desk, stop, "partial", fen=100, hops=hops)
    file = case_file(desk, case)
    assert open_hops(order(desk, stop.id), file.orders) == (2,)
    known = replace(desk, directories=PackedDirectories(resource_path("directories")))
    asked = propose_order(known, file, OrderKind.STOP, About(order=stop.id, hop=2))
    assert asked.transfer.payee.bank == asked.addressee == "中国建设银行"


def number(
    desk: Desk, case: CaseId, kind: OrderKind, lead: str, line: LineKind | None
) -> OrderRequest:
    asked = request(desk, case, kind, lead=lead)
    assert isinstance(asked.terms, NumberTerms)
    return replace(asked, terms=replace(asked.terms, line=line), addressee="中国移动")


@pytest.mark.parametrize("line", [None, *LineKind])
def test_a_protected_number_is_never_shut_down(
    desk: Desk, case: CaseId, line: LineKind | None
) -> None:
    asked = number(desk, case, OrderKind.SHUTDOWN, "displayed_number", line)
    refused(RuleError, "order.protected", lambda: issue(desk, case, asked))
    for kind in (OrderKind.INTERCEPT, OrderKind.BLOCK, OrderKind.TRACE):
        made = issue(desk, case, number(desk, case, kind, "displayed_number", LineKind.DISPLAYED))
        assert made.order.number[-2] == SPECS[kind].letter


def test_displayed_or_real_must_be_said(desk: Desk, case: CaseId) -> None:
    shown = request(desk, case, OrderKind.TRACE, lead="displayed_number").terms
    assert isinstance(shown, NumberTerms)
    assert (shown.line, shown.anomalies) == (
        LineKind.DISPLAYED, (Anomaly.LEADING_ZEROS.value, Anomaly.IMITATES_OFFICIAL.value),
    )  # fmt: skip
    unsaid = number(desk, case, OrderKind.SHUTDOWN, "mobile", None)
    assert "line_unstated" in codes(check_order(desk, case_file(desk, case), unsaid))
    refused(UserInputError, "order.blocked", lambda: issue(desk, case, unsaid))
    asked = number(desk, case, OrderKind.SHUTDOWN, "mobile", LineKind.DISPLAYED)
    found = check_order(desk, case_file(desk, case), asked)
    assert codes(found) == ["shutdown_displayed", "approval_waits"]
    real = issue(desk, case, number(desk, case, OrderKind.SHUTDOWN, "mobile", LineKind.REAL)).order
    assert isinstance(real.terms, NumberTerms)
    assert (real.terms.number_kind, real.about) == (NumberKind.MOBILE, "number/13893140277")
    refused(RuleError, "order.exists", lambda: issue(desk, case, asked))


def test_a_site_is_blocked_and_not_shut_down(desk: Desk, case: CaseId) -> None:
    asked = replace(request(desk, case, OrderKind.SHUTDOWN, lead="url"), addressee="x")
    assert "shutdown_no_phone" in codes(check_order(desk, case_file(desk, case), asked))
    blocked = issue(desk, case, request(desk, case, OrderKind.BLOCK, lead="url"))
    assert codes(blocked.problems) == ["addressee_missing"]
    answer(desk, blocked.order, fen=0)
    assert order(desk, blocked.order.id).state is OrderState.DONE


def test_a_request_for_evidence_says_from_whom_what_and_until_when(
    desk: Desk, case: CaseId
) -> None:
    asked = request(desk, case, OrderKind.EVIDENCE_REQUEST)
    assert isinstance(asked.terms, EvidenceTerms)
    assert asked.terms.holder == "中国农业银行"
    assert codes(check_order(desk, case_file(desk, case), asked)) == [
        "wanted_missing",
        "approval_waits",
    ]
    whole = replace(asked, terms=replace(asked.terms, wanted="开户资料"))
    late = replace(whole, terms=replace(asked.terms, wanted="x", due_at=desk.clock.now()))
    assert "due_is_over" in codes(check_order(desk, case_file(desk, case), late))
    assert issue(desk, case, whole).order.number.endswith("Q1")


def test_who_may_approve_at_another_unit_hinders_nobody_here(desk: Desk, case: CaseId) -> None:
    """A centre holds the officers of all its stations, and none of them can be asked there."""
    file_case(desk, case)
    freeze = made(desk, case, OrderKind.FREEZE)
    head = Officer("620199", "张敏", (Role.APPROVER,))
    with desk.store.write() as transaction:
        subject = officer_subject("ANOTHERDEVICE123", head.number)
        transaction.append("620134", NewEntry(OFFICER_ENROLLED, subject, head.to_fields()))
    with desk.store.read() as reader:
        assert head not in reader.officers(desk.profile.device)
    approve_order(desk, freeze.id, "张局长", "3号")
    assert order(desk, freeze.id).order.approval.officer == desk.officer.number


def test_who_may_approve_at_a_stolen_desk_hinders_nobody(seat: Seat, tmp_path: Path) -> None:
    desk, other = seat.desk, take_seat(tmp_path / "other", "B").desk
    trust_peer(desk, own_card(other))
    device, head = other.profile.device, Officer("620199", "张敏", (Role.APPROVER,))
    with desk.store.write() as transaction:
        subject = officer_subject(device, head.number)
        transaction.append("620134", NewEntry(OFFICER_ENROLLED, subject, head.to_fields()))
    case = register_report(desk, a_form(desk)).case
    watch = made(desk, case, OrderKind.WATCH)
    refused(RuleError, "order.own_approval", lambda: approve_order(desk, watch.id, "张局长"))
    revoke_peer(desk, device, "电脑被盗")
    approve_order(desk, watch.id, "张局长", "3号")
    assert order(desk, watch.id).order.approval.officer == desk.officer.number


def test_an_approver_who_is_not_the_one_who_ordered(desk: Desk, case: CaseId) -> None:
    file_case(desk, case)
    freeze = made(desk, case, OrderKind.FREEZE)
    head = Officer("620199", "张敏", (Role.APPROVER,))
    clerk = replace(desk, officer=Officer("620150", "赵敏", (Role.FRONT_DESK,)))
    refused(RuleError, "order.no_approver", lambda: approve_order(clerk, freeze.id, "张局长"))
    enrol(desk, head)

    def there() -> SecondOfficer:
        return prove_second(clerk, head.number, THEIR_PASSWORD)

    refused(RuleError, "order.own_approval", lambda: approve_order(desk, freeze.id, "张局长"))
    refused(UserInputError, "approval.no_name", lambda: approve_order(clerk, freeze.id, " "))
    soon = desk.clock.now() + timedelta(seconds=1)
    refused(
        UserInputError,
        "approval.future",
        lambda: approve_order(clerk, freeze.id, "张局长", "", soon, there()),
    )
    approve_order(clerk, freeze.id, "张局长", "3号", witness=there())
    assert order(desk, freeze.id).order.approval.officer == "620199"
    refused(
        RuleError,
        "order.approved_already",
        lambda: approve_order(clerk, freeze.id, "x", witness=there()),
    )
    row = history(desk, case)[-1]
    assert (row.kind, row.officer) == ("order.approved", "620199")


def test_a_refused_order_never_goes_out(desk: Desk, case: CaseId) -> None:
    watch = made(desk, case, OrderKind.WATCH)
    refused(RuleError, "order.no_reason", lambda: refuse_order(desk, watch.id, "张局长", " "))
    refuse_order(desk, watch.id, "张局长", "证据不足")
    assert order(desk, watch.id).state is OrderState.REFUSED
    refused(RuleError, "order.over", lambda: approve_order(desk, watch.id, "张局长"))
    assert made(desk, case, OrderKind.WATCH), "what was refused may be asked for again"


def test_a_withdrawn_order_never_moves_and_counts_for_nothing(desk: Desk, case: CaseId) -> None:
    stop = made(desk, case, OrderKind.STOP)
    refused(RuleError, "order.no_reason", lambda: withdraw_order(desk, stop.id, ""))
    withdraw_order(desk, stop.id, "账号抄错")
    assert order(desk, stop.id).state is OrderState.WITHDRAWN
    assert order(desk, stop.id).order.withdrawal.reason == "账号抄错"
    refused(RuleError, "order.over", lambda: answer(desk, stop, "failed", 0))
    again = made(desk, case, OrderKind.STOP)
    assert again.number.endswith("Z2"), "a number is never given twice"
    answer(desk, again)
    refused(RuleError, "order.answered", lambda: withdraw_order(desk, again.id, "x"))


def test_a_reply_typed_at_the_station(desk: Desk, case: CaseId) -> None:
    stop = made(desk, case, OrderKind.STOP)
    refused(UserInputError, "reply.no_reason", lambda: answer(desk, stop, "failed", 0, remark=""))
    answer(desk, stop, "failed", 0, remark="账户已销户")
    assert order(desk, stop.id).state is OrderState.FAILED
    answer(desk, stop, "partial", 6_132_000)
    assert order(desk, stop.id).state is OrderState.PARTIAL, "banks correct themselves"
    refused(RuleError, "reply.exists", lambda: answer(desk, stop, "partial", 6_132_000))
    lift = made(desk, case, OrderKind.LIFT)
    refused(RuleError, "order.no_part", lambda: answer(desk, lift, "partial", 0))


def test_a_reply_in_the_place_of_another_keeps_nothing_of_it(seat: Seat, case: CaseId) -> None:
    stop = made(seat.desk, case, OrderKind.STOP)
    moved = NextHop("王某", "6217001234567890123", "中国建设银行", 100_00, seat.clock.now())
    holder = AccountFacts(holder="吴某", available_fen=5, earlier_until=seat.clock.now())
    answer(seat.desk, stop, "failed", 0, failure="01", hops=(moved,), account=holder)
    seat.clock.advance(minutes=5)
    answer(seat.desk, stop, "partial", 100_00)
    (view,) = case_file(seat.desk, case).orders
    told = view.order.reply
    assert told is not None
    assert (told.result, told.amount_fen) == (ReplyResult.PARTIAL, 100_00)
    assert (told.failure, told.hops, told.account) == ("", (), AccountFacts())


def test_the_slot_for_the_official_number(desk: Desk, case: CaseId) -> None:
    stop = made(desk, case, OrderKind.STOP)
    set_official_number(desk, stop.id, " 620102540000202611240001 ")
    assert order(desk, stop.id).order.official == "620102540000202611240001"
    answer(desk, stop)
    assert request(desk, case, OrderKind.LIFT).money.original_application.endswith("0001")
    refused(
        UserInputError, "order.official_long", lambda: set_official_number(desk, stop.id, "1" * 37)
    )


def test_several_at_once_or_none(desk: Desk, case: CaseId) -> None:
    both = [request(desk, case, OrderKind.STOP, position) for position in (1, 2)]
    before = length(desk)
    refused(
        RuleError,
        "order.stop_exists",
        lambda: issue_orders(desk, case, [*both, both[0]], confirmed=True),
    )
    assert length(desk) == before
    done = issue_orders(desk, case, both, confirmed=True)
    assert [item.order.number[-2:] for item in done] == ["Z1", "Z2"]
    assert len({item.order.transfer for item in done}) == 2


def test_another_desk_counts_its_own_numbers(desk: Desk, case: CaseId) -> None:
    made(desk, case, OrderKind.STOP)
    other = replace(desk, profile=replace(desk.profile, device_letter="B"))
    done = issue_order(other, case, OrderKind.STOP, 2).order
    assert done.number == "1124-A-0001-BZ1"
    assert made(desk, case, OrderKind.WATCH).number == "1124-A-0001-C2"


@pytest.mark.parametrize("kind", OrderKind)
def test_every_kind_says_what_is_missing_in_words(
    desk: Desk, case: CaseId, kind: OrderKind
) -> None:
    lead = "" if SPECS[kind].target is not OrderTarget.NUMBER else "mobile"
    asked = request(desk, case, kind, lead=lead)
    bare = replace(asked, terms=type(asked.terms)(), addressee="")
    try:
        found = check_order(desk, case_file(desk, case), bare)
    except RuleError as error:
        assert_told(error, error.code)
        return
    for language in LANGUAGES:
        for problem in found:
            assert Catalogue.load(language, strict=True).text(f"problems.{problem.code}")


def test_terms_of_an_order_stand_for_ever(seat: Seat, case: CaseId) -> None:
    """The wire, the projection made anew, another sitting: the same order."""
    desk = seat.desk
    asked = request(desk, case, OrderKind.QUERY_ACCOUNTS)
    terms = replace(
        asked.money, holder_id_kind="resident_id", holder_id_number="620102199001011234"
    )
    by_two = replace(asked, terms=terms, second_officer="620150")
    refused(RuleError, "second.needed", lambda: issue(desk, case, by_two))
    there = colleague(desk, "620150")
    (issued,) = issue_orders(desk, case, [by_two], confirmed=True, second=there)
    done = issued.order
    assert isinstance(done.terms, MoneyTerms)
    seat.reopen()
    assert order(seat.desk, done.id).order == done
