"""A payment taken out at one desk and amended at another, neither knowing of the other: a person decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.cases.taken_out import FIELD
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.changes.settle_conflicts import (
    OpenConflict,
    open_conflicts,
    settle_conflict,
)
from desktop.services.look_up import board, case_file, history
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.services.test_take_out import WRONG, counted, two_payments, without
from tests.support.error_texts import assert_error
from tests.support.stations import Station


@pytest.fixture
def case(station: Station) -> CaseId:
    made = register_report(station.a, two_payments(station.a)).case
    station.until_rest()
    return made


def amend(session: Session, case: CaseId, **typed: Any) -> None:
    form = form_of(session, case)
    rows = tuple(replace(t, **typed) if t.id == WRONG else t for t in form.transfers)
    register_report(session, replace(form, transfers=rows))


def take_out(session: Session, case: CaseId) -> None:
    register_report(session, without(form_of(session, case), WRONG))


def contested(session: Session, case: CaseId) -> tuple[OpenConflict, int, int]:
    """The conflict, and the numbers by which it is decided for "out" and for "stays"."""
    (item,) = open_conflicts(session)
    assert (item.conflict.subject, item.conflict.field) == (f"transfer/{WRONG}", FIELD)
    (card,) = board(session)
    assert card.conflicts == 1
    values = [bool(told.value) for told in item.conflict.values]
    return item, values.index(True) + 1, values.index(False) + 1


@pytest.mark.parametrize("first", ["amended", "taken out"])
def test_it_stays_and_is_asked_about_until_somebody_decides(
    station: Station, case: CaseId, first: str
) -> None:
    a, b, _ = station.all
    if first == "amended":  # whose entry has the greater time must not matter
        amend(b, case, amount="5600")
        amend(a, case, payee_name="王某")
        take_out(a, case)
    else:
        take_out(a, case)
        amend(b, case, payee_name="王某")
        amend(b, case, amount="5600")
    assert counted(a, case)[:3] == (1, 1, 9_800_000)
    station.until_rest()
    for session in station.all:
        contested(session, case)
        assert counted(session, case)[0] == 2
        assert session.store.digest() == session.store.rebuild(SILENT)
    item, out, _ = contested(b, case)
    settle_conflict(b, item.key, out)
    station.until_rest()
    for session in station.all:
        assert not open_conflicts(session)
        assert counted(session, case)[:3] == (1, 1, 9_800_000)
        assert history(session, case)[-1].kind == "transfer.withdrawn"


def test_decided_to_stay_it_stays_and_can_be_taken_out_anew(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    take_out(a, case)
    amend(b, case, amount="5600")
    station.until_rest()
    item, _, stays = contested(a, case)
    settle_conflict(a, item.key, stays)
    station.until_rest()
    assert [counted(session, case)[2] for session in station.all] == [10_360_000] * 3
    take_out(b, case)
    station.until_rest()
    assert [counted(session, case)[2] for session in station.all] == [9_800_000] * 3
    assert not open_conflicts(a)


def test_the_wizard_takes_out_what_is_contested(station: Station, case: CaseId) -> None:
    take_out(station.a, case)
    amend(station.b, case, amount="5600")
    station.until_rest()
    take_out(station.a, case)
    station.until_rest()
    assert not open_conflicts(station.b)
    assert counted(station.b, case)[0] == 1


def test_what_an_order_is_about_is_not_decided_out(station: Station, case: CaseId) -> None:
    a, b, _ = station.all
    take_out(a, case)
    amend(b, case, amount="5600")
    issue_stop(b, form_of(b, case), 1, confirmed=True)
    station.until_rest()
    item, out, _ = contested(b, case)
    with pytest.raises(RuleError) as refused:
        settle_conflict(b, item.key, out)
    assert_error(refused.value, "part.ordered")
    contested(b, case)


@pytest.mark.parametrize("first", ["ordered", "taken out"])
def test_ordered_about_at_one_desk_and_taken_out_at_another_a_person_is_asked(
    station: Station, case: CaseId, first: str
) -> None:
    a, b, _ = station.all
    if first == "ordered":
        issue_stop(b, form_of(b, case), 1, confirmed=True)
        take_out(a, case)
    else:
        take_out(a, case)
        issue_stop(b, form_of(b, case), 1, confirmed=True)
    station.until_rest()
    for session in station.all:
        item, out, _ = contested(session, case)
        assert counted(session, case)[0] == 2, "whoever acts on the order finds what it is about"
    with pytest.raises(RuleError, match=r"^part\.ordered$"):
        settle_conflict(a, item.key, out)
    (view,) = case_file(b, case).orders
    withdraw_order(b, view.order.id, "报警人说错了")
    station.until_rest()
    settle_conflict(a, item.key, out)
    station.until_rest()
    for session in station.all:
        assert not open_conflicts(session)
        assert counted(session, case)[0] == 1
        assert session.store.digest() == session.store.rebuild(SILENT)


def test_amended_by_both_it_is_not_asked_about(station: Station, case: CaseId) -> None:
    amend(station.a, case, payee_bank="中国银行")
    amend(station.b, case, payee_bank="招商银行")
    station.until_rest()
    for session in station.all:
        assert [item.conflict.field for item in open_conflicts(session)] == ["payee.bank"]
        assert [card.conflicts for card in board(session)] == [1]
