"""Which other ways of the law a visit may go, as far as what was typed tells; the officer marks the one it goes."""

from __future__ import annotations

from typing import Final

from desktop.domain.cases.case import BRANCH
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.scam_types import Section
from desktop.domain.identifiers import check
from desktop.services.session import Session

_OF_AGE: Final = 18
_MINORS: Final = "T17"
"""The type of fraud that is aimed at minors."""


def suggested_branches(session: Session, form: IntakeForm) -> frozenset[str]:
    """Ids of the branches to be looked at: by the type, by the age in the identity number, by words that were
    written. Pure and fast; called on every keystroke. Nothing of it is recorded."""
    chosen = session.scripts.type(form.type)
    found = {BRANCH + chosen.branch} if chosen and chosen.branch else set()
    if form.type == _MINORS or _under_age(session, form):
        found.add(f"{BRANCH}minor")
    written = "\n".join((form.narrative, *(answer for _, answer in form.answers)))
    for line in session.scripts.law:
        if line.section is Section.BRANCH and any(cue in written for cue in line.cues):
            found.add(line.id)
    return frozenset(found)


def _under_age(session: Session, form: IntakeForm) -> bool:
    if form.victim.id_kind != "resident_id" or not form.victim.id_number.strip():
        return False
    age = check("resident_id", form.victim.id_number, session.directories, session.today).facts.get(
        "age"
    )
    return age is not None and str(age).isdigit() and int(age) < _OF_AGE
