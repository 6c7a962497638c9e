"""Which steps are done, as far as the form and the record tell."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.services.cases.read_form import Element, Hint
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.paths import PAGES, page_of
from desktop.ui.shared.widgets.step_list import StepState


def step_states(
    form: IntakeForm,
    elements: tuple[Element, ...],
    hints: Mapping[str, Hint],
    record: CaseRecord,
) -> tuple[StepState, ...]:
    """Red where something cannot be right, green where nothing more is needed."""
    states = [StepState.DONE if done else StepState.TODO for done in _done(form, elements, record)]
    for path, hint in hints.items():
        if hint.state == "bad":
            states[page_of(path)] = StepState.BAD
    return tuple(states[:PAGES])


def _done(form: IntakeForm, elements: tuple[Element, ...], record: CaseRecord) -> tuple[bool, ...]:
    if form.visit != Visit.REPORT:
        return _done_at_visit(form, elements, record)
    present = {element.key for element in elements if element.done}
    needed = {element.key for element in elements} - {"story"}
    victim = form.victim
    return (
        bool(record.orders) or (bool(needed) and needed <= present),
        bool(victim.name and victim.id_number and victim.phone and victim.address),
        bool(form.type and form.narrative),
        bool(form.identifiers),
        bool(record.evidence_count),
        record.registered,
    )


def _done_at_visit(
    form: IntakeForm, elements: tuple[Element, ...], record: CaseRecord
) -> tuple[bool, ...]:
    missing = {element.key for element in elements if not element.done}
    who = {"visit.name", "visit.phone"}
    return (
        bool(record.orders),
        not missing & who and bool(form.victim.name),
        not missing - who - {"visit.lead"} and bool(form.narrative),
        any(item.value.strip() for item in form.identifiers),
        bool(record.evidence_count),
        record.registered,
    )
