"""The people flow: from a bank's reply to a person, over cases, and what is asked and missing about each."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.analysis.case_linker import Linker
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.people.person import (
    PersonRole,
    TieKind,
    TieSource,
    TypedTie,
    identity_key,
)
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, OrderId, PersonId
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.reply import AccountFacts
from desktop.domain.series.hub_list import HubList
from desktop.domain.series.people_sheet import Lack, PeopleSheet, PersonTarget, TargetState
from desktop.domain.series.series import LinkVerdict
from desktop.domain.text.table_cells import yuan_cell
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.cases.changes.register_report import register_report
from desktop.services.flow.account_targets import account_targets, person_targets
from desktop.services.flow.export_flow import FlowFormat, export_flow
from desktop.services.flow.list_people import list_people
from desktop.services.flow.people_proposals import unconfirmed
from desktop.services.flow.record_person import decide_person, record_person, withdraw_tie
from desktop.services.flow.show_flow import show_flow
from desktop.services.look_up import case_file, history, search
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import issue_orders
from desktop.services.orders.order_request import propose_order
from desktop.services.series.find_series import find_series
from desktop.services.series.show_series import show_series
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.flow_cases import CARD, SECOND, THIRD, case_with_hops, with_analyst
from tests.support.sessions import a_form, take_seat

HOLDER_ID = "620102198505050011"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    made = with_analyst(take_seat(tmp_path / "desk", "A").session)
    return replace(made, linker=Linker(HubList(), lambda _number: None))


def by_account(sheet: PeopleSheet, key: str) -> PersonTarget:
    (found,) = (t for t in sheet.targets if any(thing.key == key for thing in t.things))
    return found


def ask_holder(session: Session, case: CaseId, account: str) -> OrderId:
    """The holder is asked about, with the approval it needs."""
    found = account_targets(session, show_flow(session, (case,)), account, OrderKind.QUERY_HOLDER)
    request = propose_order(
        session, case_file(session, case), OrderKind.QUERY_HOLDER, found.abouts[0]
    )
    (issued,) = issue_orders(session, case, (request,), confirmed=True)
    approve_order(session, issued.order.id, "赵局长", "兰公查字〔2026〕1号", session.clock.now())
    return issued.order.id


def test_a_reply_names_the_holder_and_the_officer_confirms(session: Session) -> None:
    case = case_with_hops(session)
    before = by_account(list_people(session, (case,)), SECOND)
    assert before.state is TargetState.PROPOSED, "the hop named 吴某"
    assert (before.name, before.id_number) == ("吴某", "")
    assert Lack.HOLDER in {item.lack for item in before.missing}
    order = ask_holder(session, case, SECOND)
    assert Lack.HOLDER not in {
        item.lack for item in by_account(list_people(session, (case,)), SECOND).missing
    }, "it is asked"
    reply = OrderReply(
        ReplyResult.DONE, 0, 0, None, None, "招商银行", "", "", session.clock.now(),
        account=AccountFacts(holder="吴小明", holder_id=HOLDER_ID, phone="13800138000"),
    )  # fmt: skip
    assert unconfirmed(case_file(session, case)) == 0
    record_reply(session, order, reply)
    assert unconfirmed(case_file(session, case)) == 1, "the page of the case counts it"
    proposed = by_account(list_people(session, (case,)), SECOND)
    assert (proposed.name, proposed.id_number) == ("吴小明", HOLDER_ID)
    assert proposed.others == ("吴某",), "the names do not agree, and both are said"
    assert proposed.proposal is not None
    made = record_person(session, proposed.proposal.case, proposed.proposal.ties)
    assert unconfirmed(case_file(session, case)) == 0
    sheet = list_people(session, (case,))
    (person,) = (t for t in sheet.targets if t.state is TargetState.CONFIRMED)
    assert person.person is not None
    assert person.person.roles == (PersonRole.HOLDER,)
    assert {(thing.kind, thing.number) for thing in person.things} == {
        (TieKind.ACCOUNT, SECOND), (TieKind.PHONE, "13800138000"),
    }  # fmt: skip
    assert (person.in_fen, person.held_fen) == (5_100_000, 800_000)
    assert person.missing[0].lack is Lack.DETAILS
    tie = person.person.ties[0]
    assert (tie.typed.source, tie.typed.certainty, tie.by) == (
        TieSource.REPLY, Certainty.RECEIPT, "620134",
    )  # fmt: skip
    assert tie.typed.ref == f"order/{order}"
    kinds = [row.kind for row in history(session, case)]
    assert kinds.count("person.recorded") == len(made) == 2
    assert len(search(session, "吴小明").hits) == 1


def test_a_name_the_victim_guessed_is_proposed_as_a_guess(session: Session) -> None:
    form = a_form(session)
    guessed = replace(form.transfers[0], certainty=(("payee_name", Certainty.GUESSED.value),))
    case = register_report(session, replace(form, transfers=(guessed,))).case
    proposal = by_account(list_people(session, (case,)), CARD).proposal
    assert proposal is not None
    assert (proposal.first.name, proposal.first.certainty) == ("陈某某", Certainty.GUESSED)


def test_nobody_stands_behind_the_hotline_of_a_bank(session: Session) -> None:
    session = replace(session, directories=PackedDirectories(resource_path("directories")))
    typed = [("service_number", "95588"), ("mobile", "17062048831")]
    leads = tuple(IdentifierText(session.ids.new_id(), kind, value) for kind, value in typed)
    case = register_report(session, replace(a_form(session), identifiers=leads)).case
    numbers = {
        thing.number for target in list_people(session, [case]).targets for thing in target.things
    }
    assert numbers == {CARD, "17062048831"}


def test_one_identity_is_one_person_over_cases_and_links_them(session: Session) -> None:
    first = case_with_hops(session)
    form = a_form(session, "宋涛")
    other_payee = replace(form.transfers[0], payee_account="6228480402564890018", payee_name="钱某")
    second = register_report(session, replace(form, transfers=(other_payee,))).case
    assert find_series(session).series == ()
    for case, account, number in (
        (first, SECOND, "620102 19850505 0011"), (second, "6228480402564890018", HOLDER_ID),
    ):  # fmt: skip
        typed = TypedTie("吴小明", number, PersonRole.HOLDER, TieKind.ACCOUNT, account)
        record_person(session, case, (typed,))
    (series,) = find_series(session).series
    assert set(series.group.cases) == {first, second}
    (link,) = show_series(session, first).links
    assert {(item.kind, item.field) for item in link.where} == {("identity", "person")}
    sheet = list_people(session, series.group.cases)
    (person,) = (t for t in sheet.targets if t.state is TargetState.CONFIRMED)
    assert person.cases == (first, second)
    assert {thing.key for thing in person.things} == {SECOND, "6228480402564890018"}
    alone = list_people(session, (first,))
    (seen,) = (t for t in alone.targets if t.state is TargetState.CONFIRMED)
    assert [item.case for item in seen.elsewhere] == [second]


def test_same_and_different_hold_until_they_are_taken_back(session: Session) -> None:
    case = case_with_hops(session)
    card = TypedTie("吴小明", "", PersonRole.HOLDER, TieKind.ACCOUNT, CARD)
    third = TypedTie("吴小明", "", PersonRole.RUNNER, TieKind.ACCOUNT, THIRD)
    (one,), (other,) = (record_person(session, case, (typed,)) for typed in (card, third))

    def persons() -> list[PersonTarget]:
        return [
            t for t in list_people(session, (case,)).targets if t.state is TargetState.CONFIRMED
        ]

    assert [t.alike for t in persons()] != [(), ()], "the same name is a hint"
    assert len(persons()) == 2, "and no link"
    decide_person(session, one.person, other.person, LinkVerdict.SAME)
    assert len(persons()) == 1
    with pytest.raises(UserInputError) as refused:
        decide_person(session, one.person, other.person, LinkVerdict.DIFFERENT)
    assert_error(refused.value, "person.no_reason")
    decide_person(session, one.person, other.person, LinkVerdict.DIFFERENT, "身份证照片不同")
    assert len(persons()) == 2
    decide_person(session, one.person, other.person, None)
    assert len(persons()) == 2


def test_money_that_a_person_moves_about_came_in_once(session: Session) -> None:
    case = case_with_hops(session)
    card = TypedTie("吴小明", HOLDER_ID, PersonRole.HOLDER, TieKind.ACCOUNT, CARD)
    (tie,) = record_person(session, case, (card,))
    second = replace(card, value=SECOND, person=tie.person)
    record_person(session, case, (second,))
    (person,) = (t for t in list_people(session, (case,)).targets if t.person is not None)
    assert {thing.in_fen for thing in person.things} == {9_800_000, 5_100_000}
    assert person.in_fen == 9_800_000 + 2_000_000, (
        "3.1 million fen of it went from one to the other"
    )


def test_the_last_word_about_two_persons_stands_alone(session: Session) -> None:
    """TerminalOutput of a tie that is not the first of its person by now, as an older one came with a bundle."""
    case = case_with_hops(session)
    card = TypedTie("吴小明", HOLDER_ID, PersonRole.HOLDER, TieKind.ACCOUNT, CARD)
    third = TypedTie("吴小明", "", PersonRole.RUNNER, TieKind.ACCOUNT, THIRD)
    (later,), (other,) = (record_person(session, case, (typed,)) for typed in (card, third))
    decide_person(session, later.person, other.person, LinkVerdict.DIFFERENT, "照片不同")
    session.clock.advance(days=-1)  # type: ignore[attr-defined]  # a clock of tests
    (first,) = record_person(session, case, (replace(card, value=SECOND),))
    sheet = list_people(session, (case,))
    keys = {t.key for t in sheet.targets if t.state is TargetState.CONFIRMED}
    assert keys == {first.person, other.person}
    pair = sheet.pair(first.person, other.person)
    assert set(pair) == {later.person, other.person}
    decide_person(session, *pair, LinkVerdict.SAME)
    (whole,) = (
        t for t in list_people(session, (case,)).targets if t.state is TargetState.CONFIRMED
    )
    (said,) = list_people(session, (case,)).joined(whole.key)
    decide_person(session, *said.ties, None)
    assert {t.key for t in list_people(session, (case,)).targets if t.person} == keys


def test_a_tie_taken_back_counts_no_more_and_stays_in_the_record(session: Session) -> None:
    case = case_with_hops(session)
    typed = TypedTie("马三", HOLDER_ID, PersonRole.WITHDRAWER, note="取现监控辨认")
    (tie,) = record_person(session, case, (typed,))
    with pytest.raises(UserInputError) as refused:
        withdraw_tie(session, case, tie.id, " ")
    assert_error(refused.value, "person.no_reason")
    withdraw_tie(session, case, tie.id, "认错人")
    states = {t.state for t in list_people(session, (case,)).targets}
    assert TargetState.CONFIRMED not in states
    (kept,) = case_file(session, case).people
    assert (kept.withdrawn, kept.typed.name) == ("认错人", "马三")
    with pytest.raises(UserInputError) as nobody:
        withdraw_tie(session, case, PersonId("x"), "认错人")
    assert_error(nobody.value, "person.unknown")


def test_what_says_nothing_is_refused(session: Session) -> None:
    case = case_with_hops(session)
    for typed, code in (
        (TypedTie(), "person.nobody"),
        (TypedTie("马三", kind=TieKind.PHONE), "person.no_value"),
    ):
        with pytest.raises(UserInputError) as refused:
            record_person(session, case, (typed,))
        assert_error(refused.value, code)


def test_the_next_step_is_an_order_about_the_account(session: Session) -> None:
    case = case_with_hops(session)
    far = "6228480402564890018"
    record_person(
        session, case, (TypedTie("孙某", "", PersonRole.HOLDER, TieKind.ACCOUNT, far, "农业银行"),)
    )
    sheet = list_people(session, (case,))
    third = by_account(sheet, THIRD)
    assert [item.lack for item in third.missing][:2] == [Lack.STOP, Lack.HOLDER]
    stop = person_targets(session, sheet, third.missing[0])
    assert (stop.case, len(stop.abouts)) == (case, 1)
    typed = by_account(sheet, far)
    holder = next(item for item in typed.missing if item.lack is Lack.HOLDER)
    (about,) = person_targets(session, sheet, holder).abouts
    request = propose_order(session, case_file(session, case), OrderKind.QUERY_HOLDER, about)
    assert (request.target, request.addressee) == (f"account/{far}", "农业银行")
    issue_orders(session, case, (request,), confirmed=True)
    after = by_account(list_people(session, (case,)), far)
    assert Lack.HOLDER not in {item.lack for item in after.missing}


@pytest.mark.parametrize(
    ("number", "key"),
    [("６２０1０2 1985", "6201021985"), ("62010*********0011", ""), ("12345", ""), ("e-1234567", "E1234567")],
)  # fmt: skip
def test_identity_is_compared_whole_and_plain(number: str, key: str) -> None:
    assert identity_key(number) == key


def test_a_confirmed_person_is_one_entity_with_all_accounts_elsewhere(session: Session) -> None:
    case = case_with_hops(session)
    holder = TypedTie("吴小明", HOLDER_ID, PersonRole.HOLDER, TieKind.ACCOUNT, SECOND)
    (first,) = record_person(session, case, (holder,))
    more = replace(holder, value=THIRD, person=first.person)
    record_person(session, case, (more,))
    lines = (
        export_flow(session, show_flow(session, (case,)), FlowFormat.FTM, str).decode().splitlines()
    )
    entities = [json.loads(line) for line in lines]
    (person,) = (item for item in entities if item["schema"] == "Person")
    assert person["properties"]["idNumber"] == [HOLDER_ID]
    owned = [
        item["properties"]["asset"]
        for item in entities
        if item["schema"] == "Ownership" and item["properties"]["owner"] == [person["id"]]
    ]
    assert len(owned) == 2
    known = {item["id"] for item in entities}
    for payment in (item for item in entities if item["schema"] == "Payment"):
        for end in ("payer", "beneficiary"):
            assert set(payment["properties"][end]) <= known


def test_each_arrow_of_a_chart_says_what_was_paid_and_when(session: Session) -> None:
    sheet = show_flow(session, (case_with_hops(session),))
    chart = ET.fromstring(export_flow(session, sheet, FlowFormat.I2, str))  # noqa: S314 - our own text
    flow = [
        item
        for item in chart.iter("ChartItem")
        if item.find(".//LinkStyle[@Type='Transaction']") is not None
    ]
    assert [(item.get("Label"), item.get("DateTime"), item.get("TimeSet")) for item in flow] == [
        (
            yuan_cell(one.move.amount_fen),
            datetime.fromtimestamp(one.move.at, UTC).strftime("%Y-%m-%dT%H:%M:%S")
            if one.timed
            else None,
            "true" if one.timed else None,
        )
        for one in sheet.moves
    ]


def test_exports_name_holders_couriers_and_suspects_with_their_ties(session: Session) -> None:
    """Who holds an account, who only drew money from it, who is suspected of the case: each with source and
    certainty, in either program; a courier owns no account."""
    case = case_with_hops(session)
    told = {"certainty": Certainty.RECEIPT, "source": TieSource.REPLY}
    holder = TypedTie("吴小明", HOLDER_ID, PersonRole.HOLDER, TieKind.ACCOUNT, SECOND, **told)  # type: ignore[arg-type]  # by name
    courier = TypedTie("马三", "", PersonRole.WITHDRAWER, TieKind.ACCOUNT, SECOND, note="监控辨认")
    suspect = TypedTie("孙某", "", PersonRole.SUSPECT)
    for tie in (holder, courier, suspect):
        record_person(session, case, (tie,))
    sheet = show_flow(session, (case,))
    key = next(account.key for account in sheet.accounts.values() if account.number == SECOND)

    chart = ET.fromstring(export_flow(session, sheet, FlowFormat.I2, str))  # noqa: S314 - our own text
    icons = {
        entity.get("EntityId"): item.get("Label")
        for item in chart.iter("ChartItem")
        for entity in item.iter("Entity")
    }
    ties = {
        icons[link.get("End1Id")]: (icons[link.get("End2Id")], link.get("End2Id"), item.get("Description"))
        for item in chart.iter("ChartItem")
        for link in item.iter("Link")
        if str(link.get("End1Id")).startswith("person/")
    }  # fmt: skip
    assert ties[f"吴小明 {HOLDER_ID}"][1:] == (key, "role=holder; source=reply; certainty=receipt")
    assert ties["马三"][1:] == (key, "role=withdrawer; source=officer; certainty=told; 监控辨认")
    assert ties["孙某"][0] == case_file(session, case).case.number

    lines = export_flow(session, sheet, FlowFormat.FTM, str).decode().splitlines()
    entities = [json.loads(line) for line in lines]
    names = {
        item["id"]: item["properties"]["name"][0] for item in entities if item["schema"] == "Person"
    }
    assert set(names.values()) == {"吴小明", "马三", "孙某"}
    owners = {
        names.get(item["properties"]["owner"][0]): item["properties"]
        for item in entities
        if item["schema"] == "Ownership"
    }
    assert owners["吴小明"]["status"] == ["receipt"]
    assert owners["吴小明"]["publisher"] == ["reply"]
    assert "马三" not in owners
    (link,) = (item["properties"] for item in entities if item["schema"] == "UnknownLink")
    assert (names[link["subject"][0]], link["role"]) == ("马三", ["withdrawer"])
