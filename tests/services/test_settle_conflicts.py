"""What two desks wrote without knowing of each other: listed with both values, settled by a person's choice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of, resolve_conflict
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.health import check_health
from desktop.services.look_up import case_evidence, case_file, history
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.sessions import a_form

SEALED = TypedSeal(
    "LZ-0017", "华为 P60，黑色", None, "620135", "", "李秀兰", "前后各一张", "扣押后封存"
)


pytestmark = pytest.mark.usefixtures("free_centre")


@pytest.fixture
def sent(session: Session, centre: Session, quick_folder: Path) -> Callable[[], None]:
    """Brings what the desk wrote to the centre."""
    stick = quick_folder / "stick"
    stick.mkdir()

    def bring() -> None:
        export_bundle(session, stick, SILENT)
        assert not ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT).problems

    return bring


@pytest.fixture
def case(session: Session, centre: Session) -> CaseId:
    assert not open_conflicts(centre)
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "手机.png", b"picture")
    seal_evidence(session, case, [case_evidence(session, case)[0].id], SEALED)
    return case


def test_each_value_can_be_chosen(
    session: Session, centre: Session, case: CaseId, sent: Callable[[], None]
) -> None:
    """Texts, amounts, seals and states alike; whatever is not chosen stays in the history."""
    sent()
    for at, state, fen, why in (
        (session, CaseState.FROZEN, "97,000.00", "送检"),
        (centre, CaseState.CLOSED, "0", "发还"),
    ):
        move_case(at, case, state)
        form = form_of(at, case)
        register_report(
            at, replace(form, transfers=(replace(form.transfers[0], amount=fen),), narrative=why)
        )
        open_seal(at, case, case_file(at, case).seals[0].id, TypedSeal(reason=why))
    sent()
    found = open_conflicts(centre)
    fields = {item.conflict.field for item in found}
    assert {"state", "narrative", "amount_fen"} < fields
    assert any(item.conflict.subject.startswith("seal/") for item in found)
    assert open_conflicts(centre, case) == found
    for item in found:
        other = item.conflict.values[1].value
        assert settle_conflict(centre, item.key, 2) == item
        with centre.store.read() as reader:
            ((unreplaced, _),) = reader.unreplaced_values(
                item.conflict.subject, item.conflict.field
            )
        assert unreplaced == other
    assert open_conflicts(centre) == ()
    told = {value for row in history(centre, case) for _, value in row.fields}
    assert {of.value for item in found for of in item.conflict.values} <= told
    assert check_health(centre, SILENT) == ()


def test_a_choice_is_for_the_values_that_were_seen(
    session: Session, centre: Session, case: CaseId, sent: Callable[[], None]
) -> None:
    """Another value that came in between is not overruled unseen."""
    sent()
    move_case(centre, case, CaseState.CLOSED)
    move_case(session, case, CaseState.FROZEN)
    sent()
    (seen,) = open_conflicts(centre)
    with pytest.raises(UserInputError) as caught:
        settle_conflict(centre, seen.key, 3)
    assert_error(caught.value, "conflict.choice")
    move_case(session, case, CaseState.STOPPING)
    sent()
    for key in (seen.key, "x"):
        with pytest.raises(UserInputError) as caught:
            settle_conflict(centre, key, 1)
        assert_error(caught.value, "conflict.unknown")
    with pytest.raises(UserInputError, match=r"^conflict\.unknown$"):
        resolve_conflict(centre, seen.conflict, seen.conflict.values[0].value)
    (now,) = open_conflicts(centre)
    settle_conflict(centre, now.key.upper(), 1)
    assert case_file(centre, case).case.state == now.conflict.values[0].value
