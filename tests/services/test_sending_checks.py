"""One list stands against sending: what is red at a field is red before sending, and what is wrong goes out with a
reason only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.cases.intake import IdentifierText, IntakeForm
from desktop.domain.cases.payments.transfer import Channel
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.orders.number import LineKind, NumberTerms
from desktop.domain.orders.order import OrderKind
from desktop.domain.orders.sending.sending_checks import (
    CHECKS_OF_CHANNELS,
    SEVERITIES,
    WALLETS,
    begun_payments,
    is_missing,
)
from desktop.domain.problems import Problem, Severity
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_form import hints
from desktop.services.look_up import case_file
from desktop.services.orders.check_order import is_reason
from desktop.services.orders.issue_order import check_order, check_stop, issue_orders, issue_stop
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.session import Session
from tests.services.test_read_form import FORMS
from tests.support.bad_forms import BAD_FORMS, BadForm, path_of
from tests.support.clocks import START, HandClock
from tests.support.error_texts import assert_error
from tests.support.journals import length, written
from tests.support.sessions import a_form
from tests.support.sweep import examples

TABLES = PackedDirectories(resource_path("directories"))
_BLOCK, _WRONG, _WARN = Severity
REASON = "已与凭证逐项核对，无误"


@pytest.fixture
def desk(session: Session) -> Session:
    """A desk with the real tables."""
    return replace(session, directories=TABLES)


def test_there_are_at_least_forty_of_them() -> None:
    assert len(BAD_FORMS) >= 40
    assert {code for bad in BAD_FORMS for _, code, _ in bad.found} >= {
        code for code, severity in SEVERITIES.items() if severity.red
    } - {"payer_no_account", "number_impossible"}


@pytest.mark.parametrize("bad", BAD_FORMS, ids=str)
def test_the_field_and_the_check_before_sending_say_the_same(desk: Session, bad: BadForm) -> None:
    form = bad.made(a_form(desk))
    expected = tuple(Problem(path_of(at), code, severity) for at, code, severity in bad.found)
    assert check_stop(desk, form, 0) == expected
    shown = hints(desk, form, desk.clock.now(), missing=True)
    assert {path for path, hint in shown.items() if hint.state == "bad"} == {
        problem.field for problem in expected if problem.severity.red
    }
    for problem in expected:
        for language in LANGUAGES:
            assert Catalogue.load(language, strict=True).text(f"problems.{problem.code}")


@pytest.mark.parametrize("bad", BAD_FORMS, ids=str)
def test_registering_asks_for_none_of_it(desk: Session, bad: BadForm) -> None:
    form = bad.made(a_form(desk))
    assert register_report(desk, form).case == form.case_id


@pytest.mark.parametrize("bad", BAD_FORMS, ids=str)
def test_what_goes_out_and_how(desk: Session, bad: BadForm) -> None:
    form, gravest = bad.made(a_form(desk)), bad.found[0][2]
    before = length(desk)
    codes = {_BLOCK: "order.blocked", _WRONG: "order.unexplained", _WARN: "order.unconfirmed"}
    with pytest.raises(UserInputError) as caught:
        issue_stop(desk, form, 0)
    assert_error(caught.value, codes[gravest])
    for confirmed, despite in ((True, ""), (True, " . "), (False, REASON), (True, REASON)):
        sent = gravest is _WARN or (gravest is _WRONG and despite == REASON)
        if not sent:
            with pytest.raises(UserInputError, match=f"^{codes[gravest]}$"):
                issue_stop(desk, form, 0, confirmed=confirmed, despite=despite)
            assert length(desk) == before
            continue
        issued = issue_stop(desk, form, 0, confirmed=confirmed, despite=despite)
        recorded = case_file(desk, issued.case).case.sent_despite
        assert [(item.order, item.reason) for item in recorded] == (
            [(issued.order.id, REASON)] if gravest is _WRONG else []
        )
        wrong = tuple(code for _, code, severity in bad.found if severity is _WRONG)
        assert {item.codes for item in recorded} == ({wrong} if wrong else set())
        return


@settings(max_examples=examples(200), suppress_health_check=list(HealthCheck), deadline=None)
@given(FORMS, st.integers(-(10**6), 10**6))
def test_a_field_is_red_where_the_check_before_sending_is(
    session: Session, form: IntakeForm, minutes: int
) -> None:
    now = START + timedelta(minutes=minutes)
    desk = replace(session, directories=TABLES, clock=HandClock(now))
    red = {
        problem.field
        for place in begun_payments(form)
        for problem in check_stop(desk, form, place)
        if problem.severity.red
    }
    of_order = ("victim.", *(f"transfers.{place}." for place in begun_payments(form)))
    shown = {
        path
        for path, hint in hints(desk, form, now, missing=True).items()
        if hint.state == "bad" and path.startswith(of_order)
    }
    if form.transfers:
        assert shown == red
    while_typing = hints(desk, form, now)
    assert {path for path, hint in while_typing.items() if hint.state == "bad"} <= {
        *shown,
        *(path for path in while_typing if not path.startswith(of_order)),
    }


def test_an_empty_field_says_nothing_before_somebody_wants_to_send(desk: Session) -> None:
    form = a_form(desk)
    form = replace(form, transfers=(replace(form.transfers[0], amount="", payee_name=""),))
    quiet, asked = (hints(desk, form, desk.clock.now(), missing=flag) for flag in (False, True))
    assert {"transfers.0.amount", "transfers.0.payee_name"}.isdisjoint(quiet)
    assert (asked["transfers.0.amount"].state, asked["transfers.0.payee_name"].state) == (
        "bad",
        "warn",
    )
    assert {SEVERITIES[code] for code in SEVERITIES if is_missing(code)} == {_BLOCK, _WARN}


def test_a_reason_is_a_fact_of_its_own_and_no_answer(desk: Session) -> None:
    form = a_form(desk)
    bad = replace(form, victim=replace(form.victim, id_number="620102196804152045"))
    before = length(desk)
    issued = issue_stop(desk, bad, 0, despite=REASON)
    kinds = [entry.kind for entry in written(desk, before)]
    assert kinds.count("case.amended") == 1
    file = case_file(desk, issued.case)
    assert file.case.answers == ()
    (view,) = file.orders
    assert (view.despite,) == file.case.sent_despite, "and every list of orders has it"
    again = form_of(desk, issued.case)
    register_report(desk, replace(again, base=None, narrative="补充"))
    assert case_file(desk, issued.case).case.sent_despite == file.case.sent_despite


@pytest.mark.parametrize("text", ["", "  ", "。", "1", "123", "a"])
def test_a_sign_is_no_reason(text: str) -> None:
    assert not is_reason(text)
    assert is_reason("核对过")


def test_several_payments_go_out_with_one_reason_recorded_with_each(desk: Session) -> None:
    form = a_form(desk)
    second = replace(form.transfers[0], id=desk.ids.new_id(), amount="500", serial="")
    victim = replace(form.victim, phone="1391936441")
    case = register_report(
        desk, replace(form, victim=victim, transfers=(*form.transfers, second))
    ).case
    file = case_file(desk, case)
    asked = [
        propose_order(desk, file, OrderKind.STOP, name_target(file, OrderKind.STOP, place))
        for place in (1, 2)
    ]
    with pytest.raises(UserInputError, match=r"^order\.unexplained$"):
        issue_orders(desk, case, asked, confirmed=True)
    done = issue_orders(desk, case, asked, despite=REASON)
    recorded = case_file(desk, case).case.sent_despite
    assert {item.order for item in recorded} == {item.order.id for item in done}


@pytest.mark.parametrize("line", LineKind)
@pytest.mark.parametrize(
    "number", ["12306", "12123", "12122", "12301", "12315", "12345", "12381", "96110", "95588"]
)
def test_of_an_official_number_only_the_display_is_intercepted(
    desk: Session, number: str, line: LineKind
) -> None:
    form = a_form(desk)
    lead = replace(_lead(desk), value=number)
    case = register_report(desk, replace(form, identifiers=(lead,))).case
    file = case_file(desk, case)

    def against(kind: OrderKind) -> str:
        asked = propose_order(desk, file, kind, name_target(file, kind, identifier=number))
        assert isinstance(asked.terms, NumberTerms)
        try:
            check_order(desk, file, replace(asked, terms=replace(asked.terms, line=line)))
        except RuleError as error:
            return error.code
        return ""

    assert against(OrderKind.SHUTDOWN) == against(OrderKind.BLOCK) == "order.protected"
    real = line is LineKind.REAL
    assert against(OrderKind.INTERCEPT) == ("order.protected" if real else "")
    assert against(OrderKind.TRACE) == ""


def _lead(session: Session) -> IdentifierText:
    return IdentifierText(session.ids.new_id(), "service_number", "")


def test_a_number_nobody_has_is_red_at_the_lead_and_before_an_order(desk: Session) -> None:
    form = a_form(desk)
    lead = replace(_lead(desk), kind="mobile", value="1391936441")
    form = replace(form, identifiers=(lead,))
    assert hints(desk, form, desk.clock.now())["identifiers.0.value"].state == "bad"
    case = register_report(desk, form).case
    file = case_file(desk, case)
    asked = propose_order(
        desk, file, OrderKind.TRACE, name_target(file, OrderKind.TRACE, identifier=lead.value)
    )
    found = check_order(desk, file, asked)
    assert ("order.number", "number_impossible") in {(item.field, item.code) for item in found}


def test_every_channel_with_checks_of_its_own_is_a_row() -> None:
    assert set(CHECKS_OF_CHANNELS) == set(WALLETS) <= set(Channel)
