"""Ways of payment, from the form over the journal and a bundle to the form of another desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.orders.order_mismatch import odd_orders
from desktop.domain.case_file.views import CaseCard, OrderView
from desktop.domain.cases.form_facts import ways_of
from desktop.domain.cases.intake import IntakeForm, TransferText, form_from_json
from desktop.domain.cases.payments.way import WAY_FIELDS, PaymentWay
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, receiver
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.give_back import give_back
from desktop.services.cases.changes.merge_cases import merge_cases, whole_file
from desktop.services.cases.changes.register_report import register_report, unrecorded
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of
from desktop.services.health import check_health
from desktop.services.look_up import board, case_deadlines, case_file, history, search
from desktop.services.orders.issue_order import check_stop, issue_order, issue_stop
from desktop.services.orders.make_slip import make_slip
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.papers.draw_order_sheet import draw_order_sheet
from desktop.services.session import Session
from tests.domain.cases.test_way import CODES, TRON
from tests.support.journals import length
from tests.support.sessions import a_form
from tests.support.stations import Station
from tests.support.sweep import examples

QUICK = settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs"]), max_size=8)
TYPED = {
    row.form: st.sampled_from(["", *CODES[row.attribute], "newer"])
    if CODES[row.attribute]
    else WORDS
    for row in WAY_FIELDS.rows
}
WAYS_TYPED = st.lists(st.fixed_dictionaries(TYPED), max_size=3)
HASH = "ab" * 32


def paid(session: Session, **typed: str) -> TransferText:
    """A payment of ¥500 by a way."""
    facts: dict[str, Any] = {"time": "2026-11-24 10:20:05", "amount": "500", **typed}
    return TransferText(session.ids.new_id(), **facts)


def coin(session: Session) -> TransferText:
    return paid(session, payee_account=TRON, payee_bank="OKX", way_kind="coin", way_hash=HASH)


def the_way(session: Session, case: CaseId) -> PaymentWay:
    return case_file(session, case).transfers[0].way


@QUICK
@given(WAYS_TYPED)
def test_any_ways_reach_the_form_of_another_desk(
    station: Station, several: list[dict[str, str]]
) -> None:
    a, b, centre = station.all
    form = a_form(a, transfers=tuple(paid(a, **typed) for typed in several))
    form = form_from_json(form.to_json())  # as a draft brings it back
    case = register_report(a, form).case
    station.until_rest()
    expected = ways_of(form, a.clock.now())
    for session in (a, b, centre):
        file = case_file(session, case)
        assert file.case.ways == expected
        shown = {item.id: item.way for item in file.transfers if not item.way.is_unsaid}
        assert shown == {way.id: way for way in expected}
        assert not [name for name, _ in file.case.answers if name.startswith("way.")]
    for desk in (a, b):
        again = form_of(desk, case)
        assert ways_of(again, desk.clock.now()) == expected
        assert not unrecorded(desk, again)


@QUICK
@given(WAYS_TYPED)
def test_a_report_document_says_any_way(station: Station, several: list[dict[str, str]]) -> None:
    a = station.a
    known = [
        {name: "" if text == "newer" else text for name, text in typed.items()} for typed in several
    ]
    form = a_form(a, transfers=tuple(paid(a, **typed) for typed in known))
    case = register_report(a, form).case
    document = document_of(case_file(a, case))
    again = form_from_document(a, document)
    assert [_ways(item) for item in again.transfers] == [
        _ways(item) for item in form_of(a, case).transfers
    ]


def _ways(typed: TransferText) -> dict[str, str]:
    return {row.form: getattr(typed, row.form) for row in WAY_FIELDS.rows}


def test_a_report_document_may_call_the_payee_by_its_way(session: Session) -> None:
    document = {
        "transfers": [
            {"way": "coin", "address": TRON, "exchange": "OKX", "chain": "tron", "hash": HASH},
            {"way": "cash", "platform": "滴滴", "order": "DD1", "plate": "甘A12345", "what": "gold",
             "state": "on_the_way", "driver": "王师傅", "place": "东方红广场"},
        ]
    }  # fmt: skip
    one, other = form_from_document(session, document).transfers
    assert (one.payee_account, one.payee_bank, one.way_chain) == (TRON, "OKX", "tron")
    assert (other.payee_bank, other.order_number, other.way_handover) == (
        "滴滴",
        "DD1",
        "on_the_way",
    )


@pytest.mark.parametrize(
    "payment",
    [
        {"way": "coin", "address": TRON, "payee": {"account": "6217"}},
        {"way": "teleport"},
        {"address": TRON},
        {"way": "coin", "address": 5},
        {"way": ["coin"]},
        {"way": "coin", "payee": [], "address": TRON},
    ],
)
def test_what_a_document_cannot_mean_is_refused(session: Session, payment: object) -> None:
    with pytest.raises(
        UserInputError, match=r"^(report\.choice|report\.malformed|report\.unknown_key)$"
    ):
        form_from_document(session, {"transfers": [payment]})


def test_a_report_without_a_word_about_ways_means_what_it_meant(station: Station) -> None:
    a = station.a
    case = register_report(a, a_form(a)).case
    before = length(a)
    register_report(a, form_of(a, case))
    assert length(a) == before
    assert the_way(a, case).is_unsaid
    document: Any = document_of(case_file(a, case))
    assert "way" not in document["transfers"][0]


def test_a_way_is_chosen_taken_back_and_given_again(station: Station) -> None:
    a, b, _ = station.all
    typed = replace(coin(a), way_kind="", way_hash="")
    case = register_report(a, a_form(a, transfers=(typed,))).case
    station.until_rest()
    for kind in ("coin", "", "coin"):
        form = form_of(b, case)
        changed = replace(form.transfers[0], way_kind=kind)
        register_report(b, replace(form, transfers=(changed,)))
        station.until_rest()
        assert the_way(a, case).kind == kind
    field = f"answer.way.{typed.id}.kind"
    values = [value for row in history(a, case) for name, value in row.fields if name == field]
    assert values == ["coin", "", "coin"]
    for session in station.all:
        assert case_file(session, case).conflicts == ()
        assert session.store.digest() == session.store.rebuild(SILENT)
        assert not check_health(session, SILENT)


def test_a_payment_taken_out_keeps_its_way_for_when_it_is_given_back(station: Station) -> None:
    a, b, _ = station.all
    several = (coin(a), paid(a, payee_account="6217004230001234569"))
    case = register_report(a, a_form(a, transfers=several)).case
    station.until_rest()
    form = form_of(b, case)
    left = replace(form, transfers=form.transfers[1:], removed=(several[0].id,))
    register_report(b, left)
    station.until_rest()
    assert len(case_file(a, case).transfers) == 1
    assert [way.kind for way in case_file(a, case).case.ways] == ["coin"]


def test_two_desks_that_say_two_ways_leave_it_to_a_person(station: Station) -> None:
    a, b, _ = station.all
    case = register_report(a, a_form(a, transfers=(paid(a, payee_account="6217"),))).case
    station.until_rest()
    forms = form_of(a, case), form_of(b, case)
    for session, form, kind in zip((a, b), forms, ("cash", "coin"), strict=True):
        typed = replace(form.transfers[0], way_kind=kind)
        register_report(session, replace(form, transfers=(typed,)))
    station.until_rest()
    for session in station.all:
        (conflict,) = case_file(session, case).conflicts
        assert conflict.field.startswith("answer.way.")
        assert conflict.field.endswith(".kind")


def test_a_hash_and_a_plate_of_a_way_find_the_case_and_link_it(station: Station) -> None:
    a = station.a
    courier = paid(
        a, way_kind="cash", payee_bank="滴滴", way_plate="甘A·12345", way_driver="王师傅"
    )
    form: IntakeForm = a_form(a, transfers=(coin(a), courier))
    case = register_report(a, form).case
    for words in (HASH, "甘A·12345", "王师傅"):
        assert [hit.case for hit in search(a, words)[0]] == [case], words
    with a.store.read() as reader:
        for key in (HASH, "甘A12345", TRON):
            found = reader.same_account(key, CaseId("another"))
            assert [item.case for item in found] == [case], key


WAYS_TO_ASK = [
    ("coin", {"payee_account": TRON, "payee_bank": "OKX"}, "OKX", TRON),
    ("cash", {"payee_bank": "滴滴", "order_number": "DD1", "way_plate": "甘A12345"}, "滴滴", "甘A12345"),
    ("voucher", {"payee_bank": "京东", "way_code": "E1234"}, "京东", "E1234"),
    ("cross_border",
     {"payee_account": "GB82WEST12345698765432", "payee_bank": "HSBC", "way_swift": "HSBCHKHH",
      "payer_bank": "中国银行", "payer_account": "6217004230001234569"}, "中国银行", "GB82WEST12345698765432"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "facts", "asked", "about"), WAYS_TO_ASK)
def test_what_no_bank_can_stop_is_called_back_at_once(
    station: Station, kind: str, facts: dict[str, str], asked: str, about: str
) -> None:
    """By one officer, without an approval, and it reaches the centre like any order."""
    a, centre = station.a, station.centre
    form = a_form(a, transfers=(paid(a, way_kind=kind, **facts),))
    order = issue_stop(a, form, 0, confirmed=True).order
    assert (order.kind, order.addressee, order.payee.number) == (OrderKind.REVOKE, asked, about)
    assert make_slip(a, order.id).size
    assert draw_order_sheet(a, order.id).pages
    station.until_rest()
    file = case_file(centre, CaseId(form.case_id))
    (view,) = file.orders
    assert view.order.kind is OrderKind.REVOKE
    assert view.way == the_order(a, order.id).way == kind, "it is called by what it asks for"
    assert not odd_orders(file.orders, file.transfers)
    assert case_card(a, form).mismatches == 0
    with pytest.raises(RuleError, match=r"^order\.exists$"):
        issue_stop(a, form_of(a, file.case.id), 0, confirmed=True)


def the_order(session: Session, order: str) -> OrderView:
    with session.store.read() as reader:
        view = reader.order(order)
    assert view is not None
    return view


def test_an_order_is_called_by_the_way_that_is_known_now(session: Session) -> None:
    """A courier was taken for a coin; and a bank's transfer is called back by no way."""
    form = a_form(session, transfers=(coin(session),))
    issued = issue_stop(session, form, 0, confirmed=True)
    assert the_order(session, issued.order.id).way == "coin"
    form = form_of(session, issued.case)
    changed = replace(form.transfers[0], way_kind="cash")
    register_report(session, replace(form, transfers=(changed,)))
    assert the_order(session, issued.order.id).way == "cash"
    plain = a_form(session, transfers=(replace(a_form(session).transfers[0], arrival="next_day"),))
    case = register_report(session, plain).case
    revoked = issue_order(session, case, OrderKind.REVOKE, 1)
    assert the_order(session, revoked.order.id).way == ""


@pytest.mark.parametrize(
    ("bank", "account", "asked"),
    [("中国银行", "6217004230001234569", "中国银行"), ("", "6217004230001234569", "建设银行"), ("", "", "")],
)  # fmt: skip
def test_a_bank_transfer_that_has_not_arrived_is_revoked_at_the_payer_s_bank(
    session: Session, bank: str, account: str, asked: str
) -> None:
    """Found by the first digits of its card where nobody said it; never sent to the payee's bank instead."""
    session = replace(session, directories=PackedDirectories(resource_path("directories")))
    typed = replace(
        a_form(session).transfers[0], arrival="next_day", payer_bank=bank, payer_account=account
    )
    case = register_report(session, a_form(session, transfers=(typed,))).case
    if not asked:
        with pytest.raises(UserInputError, match=r"order\.blocked"):
            issue_order(session, case, OrderKind.REVOKE, 1)
        return
    order = issue_order(session, case, OrderKind.REVOKE, 1, despite="已核对").order
    assert asked in receiver(order)
    assert order.payee.bank not in receiver(order)
    assert draw_order_sheet(session, order.id).pages


def case_card(session: Session, form: IntakeForm) -> CaseCard:
    with session.store.read() as reader:
        card = reader.case_card(CaseId(form.case_id))
    assert card is not None
    return card


def test_a_late_call_back_is_asked_about_and_not_refused(session: Session) -> None:
    typed = replace(coin(session), time="2026-11-20 10:20:05")
    form = a_form(session, transfers=(typed,))
    assert "recall_late" in {item.code for item in check_stop(session, form, 0)}
    assert issue_stop(session, form, 0, confirmed=True).order.kind is OrderKind.REVOKE


@pytest.mark.parametrize("kind", ["", "bank", "wallet", "teleport"])
def test_an_address_on_a_chain_never_goes_to_a_bank(session: Session, kind: str) -> None:
    typed = paid(session, payee_account=TRON, payee_bank="中国银行", way_kind=kind)
    form = a_form(session, transfers=(typed,))
    with pytest.raises(UserInputError, match=r"^order\.blocked$"):
        issue_stop(session, form, 0, confirmed=True)
    case = register_report(session, form).case
    with pytest.raises(UserInputError, match=r"^order\.blocked$"):
        issue_order(session, case, OrderKind.STOP, 1)


def test_a_stop_of_a_coin_is_refused_and_a_freeze_is_not_for_its_way(session: Session) -> None:
    case = register_report(session, a_form(session, transfers=(coin(session),))).case
    with pytest.raises(UserInputError, match=r"^order\.blocked$"):
        issue_order(session, case, OrderKind.STOP, 1)
    with pytest.raises(RuleError, match="not_filed"):
        issue_order(session, case, OrderKind.FREEZE, 1)


def test_the_time_of_hope_is_a_clock_of_the_case(station: Station) -> None:
    a = station.a
    case = register_report(a, a_form(a, transfers=(coin(a),))).case
    (clock,) = (item for item in case_deadlines(a, case_file(a, case)) if item.name == "recall")
    assert clock.rule == "recall.coin"
    everywhere = [item for item in running_clocks(a) if item.deadline.name == "recall"]
    assert [item.case for item in everywhere] == [case]


def test_no_case_says_how_a_payment_of_another_left(session: Session) -> None:
    """Whichever of the two is read first: the payment of each is still called back, and nothing differs from it."""
    typed = [
        paid(session, way_kind="cash", payee_bank="滴滴", way_plate=plate, time=time)
        for plate, time in (("甘A12345", "10:20:05"), ("甘A54321", "10:25:05"))
    ]
    cases = [issue_stop(session, a_form(session, transfers=(item,)), 0).case for item in typed]
    with session.store.write() as transaction:
        for case, item in zip(cases, reversed(typed), strict=True):
            way = f"answer.way.{item.id}"
            fields = {f"{way}.kind": "voucher", f"{way}.code": "E1"}
            entry = NewEntry(CASE_AMENDED, f"case/{case}", fields)
            transaction.append(session.officer.number, entry)
    clocks = [item for item in running_clocks(session) if item.deadline.name == "recall"]
    rules = {(item.case, item.deadline.rule) for item in clocks}
    assert rules == {(case, "recall.cash") for case in cases}
    merge_cases(session, *cases)
    assert {card.mismatches for card in board(session)} == {0}


def test_a_payment_that_was_called_back_wants_no_stop(session: Session) -> None:
    form = a_form(session, transfers=(coin(session),))
    case = register_report(session, form).case
    now = session.clock.now()
    assert NextKind.STOP in {step.kind for step in next_steps(case_file(session, case), now)}
    issue_stop(session, form_of(session, case), 0, confirmed=True)
    assert NextKind.STOP not in {step.kind for step in next_steps(case_file(session, case), now)}


def test_the_history_gives_a_way_back(station: Station) -> None:
    a, b, _ = station.all
    typed = coin(a)
    case = register_report(a, a_form(a, transfers=(typed,))).case
    before = the_way(a, case)
    form = form_of(a, case)
    nothing: dict[str, Any] = dict.fromkeys(_ways(typed), "")
    bare = replace(form.transfers[0], **nothing)
    register_report(a, replace(form, transfers=(bare,)))
    station.until_rest()
    assert the_way(b, case).is_unsaid
    give_back(b, case, f"answer.way.{typed.id}.kind")
    station.until_rest()
    for session in station.all:
        assert the_way(session, case) == before, "with all that was said of it"


def test_a_joined_case_keeps_the_ways_of_every_report(session: Session) -> None:
    primary = register_report(session, a_form(session, transfers=(coin(session),))).case
    courier = paid(session, way_kind="cash", payee_bank="滴滴", way_plate="甘A12345")
    other = register_report(session, a_form(session, transfers=(courier,))).case
    merge_cases(session, primary, other)
    file, _ = whole_file(session, primary)
    assert [item.way.kind for item in file.transfers] == ["coin", "cash"]
    merged = form_of(session, other)
    assert merged.transfers[0].way_plate == "甘A12345"
