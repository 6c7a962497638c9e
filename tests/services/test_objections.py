"""The holder of a stopped account objects: received by one officer, decided by another, released by an order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.case_file.orders.objection_release import ObjectionState, ReleaseStep
from desktop.domain.cases.holder_objection import ObjectionOutcome
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.law.alarms import RunningClock
from desktop.domain.orders.order import Order, OrderKind
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.cases.objections import receive_objection as receiving
from desktop.services.cases.objections.decide_objection import (
    TypedDecision,
    decide_objection,
    withdraw_objection,
)
from desktop.services.cases.objections.objections_of_case import (
    ObjectionView,
    list_objections,
    open_objections,
)
from desktop.services.cases.objections.receive_objection import receive_objection
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file, search
from desktop.services.orders.issue_order import issue_order, issue_orders
from desktop.services.orders.order_request import About, propose_order
from desktop.services.orders.shift.list_clocks import running_clocks
from desktop.services.read_statistics import read_figures
from desktop.services.session import Session
from tests.support.ceremony import enrol
from tests.support.clocks import START, HandClock
from tests.support.error_texts import refused
from tests.support.objections import CLERK, HEAD, head, stopped_case, typed
from tests.support.sessions import a_form, signed_in

UPHELD = TypedDecision(ObjectionOutcome.UPHELD, "车款，有合同")


@pytest.fixture
def stopped(session: Session) -> tuple[CaseId, Order]:
    return stopped_case(session)


def only(session: Session, case: CaseId) -> ObjectionView:
    (view,) = list_objections(session, case)
    return view


def clocks(session: Session) -> dict[str, RunningClock]:
    return {c.deadline.name: c for c in running_clocks(session) if "objection" in c.deadline.name}


def lift(session: Session, case: CaseId, order: str) -> Order:
    file = case_file(session, case)
    asked = propose_order(session, file, OrderKind.LIFT, About(again=order))
    (made,) = issue_orders(session, case, [asked], confirmed=True)
    return made.order


def test_from_the_desk_to_a_release(session: Session, stopped: tuple[CaseId, Order]) -> None:
    case, stop = stopped
    made = receive_objection(session, case, typed(stop.id))
    view = only(session, case)
    assert view.objection == made
    assert (view.state, view.number, view.owner) == (ObjectionState.REVIEW, 1, case)
    clock = clocks(session)["objection"]
    assert (clock.deadline.at, clock.deadline.subject) == (view.due, f"objection/{made.id}")
    assert [row[1].objection.id for row in open_objections(session)] == [made.id]
    other = head(session)
    decided = decide_objection(other, case, "1", UPHELD)
    assert decided.decided is not None
    assert (decided.decided.by, decided.to_release) == (HEAD.number, (stop.id,))
    (release,) = only(session, case).releases
    assert (release.step, release.kind) == (ReleaseStep.ORDER, OrderKind.LIFT)
    assert list(clocks(session)) == ["objection_release"]
    lifting = lift(session, case, stop.id)
    assert lifting.reason == UPHELD.reason, "not the story of the fraud"
    view = only(session, case)
    assert (view.releases[0].step, view.releases[0].by) == (ReleaseStep.ORDERED, lifting.number)
    assert view.state is ObjectionState.ANSWER, "the holder has no notice yet"
    (figures,) = read_figures(session).cases
    assert (figures.objections, figures.upheld, figures.undecided) == (1, 1, 0)
    assert clocks(session) == {}


def test_the_clock_of_the_release_ends_with_the_measure(
    session: Session, stopped: tuple[CaseId, Order]
) -> None:
    case, stop = stopped
    receive_objection(session, case, typed(stop.id))
    decide_objection(head(session), case, "1", UPHELD)
    later = replace(session, clock=HandClock(session.clock.now() + timedelta(hours=49)))
    assert "objection_release" not in clocks(later), "the stop lapsed by itself"
    assert only(later, case).releases[0].step is ReleaseStep.OVER


def test_who_received_it_does_not_decide(session: Session, stopped: tuple[CaseId, Order]) -> None:
    """Nor does somebody who may not approve; another approver may at the same desk, by a password of their own."""
    case, stop = stopped
    first = signed_in(session, Officer("620134", "王建国", (Role.APPROVER, Role.FRONT_DESK)))
    receive_objection(first, case, typed(stop.id))
    clerk = signed_in(session, CLERK)
    refused("objection.own_decision", lambda: decide_objection(first, case, "1", UPHELD))
    refused("objection.no_approver", lambda: decide_objection(clerk, case, "1", UPHELD))
    enrol(session, HEAD)
    by_password = replace(UPHELD, witness=HEAD.number, password="Their-own-Kx7-word")
    decided = decide_objection(first, case, "1", by_password)
    assert decided.decided is not None
    assert decided.decided.by == HEAD.number


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": " "}, "objection.no_name"),
        ({"grounds": ""}, "objection.no_grounds"),
        ({"grounds": "长" * 2001}, "objection.long"),
        ({"orders": ()}, "objection.no_order"),
        ({"orders": ("nothing",)}, "objection.no_measure"),
        ({"evidence": ("nothing",)}, "objection.no_evidence"),
        ({"received_at": START + timedelta(minutes=1)}, "objection.future"),
    ],
)
def test_what_can_not_be_received(
    session: Session, stopped: tuple[CaseId, Order], change: dict[str, object], code: str
) -> None:
    case, stop = stopped
    refused(code, lambda: receive_objection(session, case, typed(stop.id, **change)))
    assert list_objections(session, case) == ()


def test_no_more_are_received_than_are_read(
    session: Session, stopped: tuple[CaseId, Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, stop = stopped
    monkeypatch.setattr(receiving, "MOST", 1)
    receive_objection(session, case, typed(stop.id))
    refused("objection.many", lambda: receive_objection(session, case, typed(stop.id)))


def test_a_part_names_some_of_the_measures(session: Session) -> None:
    form = a_form(session)
    more = replace(
        form.transfers[0], id=session.ids.new_id(), payee_account="6217003810012345678", serial="2"
    )
    case = register_report(session, replace(form, transfers=(*form.transfers, more))).case
    first, second = (issue_order(session, case, OrderKind.STOP, place).order for place in (1, 2))
    receive_objection(session, case, typed(first.id, second.id))
    other = head(session)
    for released in ((), (first.id, second.id), ("foreign",)):
        part = TypedDecision(ObjectionOutcome.PART, "一部分", released)
        refused("objection.part", partial(decide_objection, other, case, "1", part))
    unsaid = TypedDecision(ObjectionOutcome.REFUSED, " ")
    refused("objection.no_reason", lambda: decide_objection(other, case, "1", unsaid))
    decide_objection(other, case, "1", TypedDecision(ObjectionOutcome.PART, "车款", (second.id,)))
    (release,) = only(session, case).releases
    assert (release.order, release.step) == (second.id, ReleaseStep.WITHDRAW)


def test_a_decision_is_replaced_until_something_followed(
    session: Session, stopped: tuple[CaseId, Order]
) -> None:
    case, stop = stopped
    receive_objection(session, case, typed(stop.id))
    other = head(session)
    decide_objection(other, case, "1", TypedDecision(ObjectionOutcome.REFUSED, "看错"))
    decide_objection(other, case, "1", UPHELD)
    lift(session, case, stop.id)
    for act in (
        lambda: decide_objection(other, case, "1", UPHELD),
        lambda: withdraw_objection(session, case, "1", "错登"),
    ):
        refused("objection.decided_already", act)


def test_deciding_again_never_gives_more_time_for_the_release(session: Session) -> None:
    form = a_form(session)
    more = replace(
        form.transfers[0], id=session.ids.new_id(), payee_account="6217003810012345678", serial="2"
    )
    case = register_report(session, replace(form, transfers=(*form.transfers, more))).case
    first, second = (issue_order(session, case, OrderKind.STOP, place).order for place in (1, 2))
    receive_objection(session, case, typed(first.id, second.id))
    other = head(session)
    part = TypedDecision(ObjectionOutcome.PART, "车款", (second.id,))
    decided = decide_objection(other, case, "1", part).decided
    later = replace(other, clock=HandClock(session.clock.now() + timedelta(hours=1)))
    again = decide_objection(later, case, "1", replace(part, reason="车款，有合同")).decided
    assert decided is not None
    assert again == replace(decided, reason="车款，有合同")
    refused("objection.release_runs", lambda: decide_objection(later, case, "1", UPHELD))
    refusal = TypedDecision(ObjectionOutcome.REFUSED, "看错")
    stands = decide_objection(later, case, "1", refusal).decided
    assert stands is not None
    assert stands.at == later.clock.now()


def test_one_that_is_taken_back_wants_nobody(
    session: Session, stopped: tuple[CaseId, Order]
) -> None:
    case, stop = stopped
    receive_objection(session, case, typed(stop.id))
    withdraw_objection(session, case, "1", "本人撤回")
    assert only(session, case).state is ObjectionState.WITHDRAWN
    assert (clocks(session), open_objections(session)) == ({}, ())
    refused("objection.withdrawn", lambda: decide_objection(head(session), case, "1", UPHELD))
    refused("objection.unknown", lambda: decide_objection(head(session), case, "2", UPHELD))


def test_a_case_is_found_by_who_objects(session: Session, stopped: tuple[CaseId, Order]) -> None:
    case, stop = stopped
    receive_objection(session, case, typed(stop.id, name="欧阳某", phone="18919990000"))
    for words in ("欧阳某", "18919990000", "卖二手车"):
        assert [hit.case for hit in search(session, words)[0]] == [case]


@pytest.fixture
def carried(session: Session, centre: Session, quick_folder: Path) -> Callable[[], None]:
    """A stick to the centre, and another one back."""
    trips = iter(range(99))

    def go() -> None:
        stick = quick_folder / f"stick{next(trips)}"
        stick.mkdir()
        export_bundle(session, stick, SILENT)
        assert not ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT).problems
        back = quick_folder / f"stick{next(trips)}"
        back.mkdir()
        write_replies(centre, back, SILENT)
        assert not apply_bundle(session, [back], SILENT).problems

    return go


def test_the_centre_decides_and_the_station_hears_it(
    session: Session, centre: Session, carried: Callable[[], None]
) -> None:
    case = register_report(session, a_form(session)).case
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    receive_objection(session, case, typed(stop.id))
    carried()
    assert only(centre, case).objection == only(session, case).objection
    decide_objection(head(centre), case, "1", UPHELD)
    carried()
    assert only(session, case).objection == only(centre, case).objection
    assert only(session, case).state is ObjectionState.RELEASE


def test_two_decisions_never_mix_and_a_person_settles_them(
    session: Session, centre: Session, carried: Callable[[], None]
) -> None:
    case = register_report(session, a_form(session)).case
    stop = issue_order(session, case, OrderKind.STOP, 1).order
    receive_objection(session, case, typed(stop.id))
    carried()
    refused = TypedDecision(ObjectionOutcome.REFUSED, "材料不足")
    decide_objection(head(session), case, "1", UPHELD)
    decide_objection(head(centre), case, "1", refused)
    carried()
    (conflict,) = open_conflicts(session)
    texts = [item.value for item in conflict.conflict.values]
    assert {text.partition("\n")[0] for text in texts} == {"upheld", "refused"}
    wanted = next(place for place, text in enumerate(texts, 1) if text.startswith("refused"))
    with pytest.raises(RuleError, match=r"rights\.missing"):
        settle_conflict(signed_in(session, CLERK), conflict.key, wanted)
    settle_conflict(head(session), conflict.key, wanted)
    carried()
    for at in (session, centre):
        assert open_conflicts(at) == ()
        assert only(at, case).objection.to_release == ()
