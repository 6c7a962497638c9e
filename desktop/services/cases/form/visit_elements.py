"""What must not be missing from a visit: the elements of a stop at a report, else what its script asks for."""

from __future__ import annotations

from desktop.domain.cases.answers import blank_of
from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.domain.identifiers.plain import clean
from desktop.services.cases.form.read_form import Element, stop_elements
from desktop.services.session import Session


def elements(session: Session, form: IntakeForm) -> tuple[Element, ...]:
    """What the panel beside the form lists; it advises and holds nothing up. Pure and fast, as ``stop_elements``.

    A question that was left open for a reason is done: nobody can be made to know.
    """
    if form.visit == Visit.REPORT:
        return stop_elements(session, form)
    script = session.scripts.visit(form.visit)
    answers = dict(form.answers)
    needs = tuple(Element(f"visit.{need}", _there(form, need)) for need in script.needs)
    return (*needs, *(_asked(line, answers) for line in script.questions if line.required))


def _there(form: IntakeForm, need: str) -> bool:
    if need == "asked":
        return bool(clean(form.narrative))
    if need == "lead":
        return any(clean(item.value) for item in form.identifiers)
    return bool(clean(form.victim.phone if need == "phone" else form.victim.name))


def _asked(line: ScriptQuestion, answers: dict[str, str]) -> Element:
    answer = answers.get(line.id, "")
    answered = blank_of(answer) is not None or bool(clean(answer))
    return Element(line.id, answered, line.names or line.texts)
