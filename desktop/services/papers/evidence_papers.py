"""The lists and records of the evidence of a case, and how far each got."""

from __future__ import annotations

from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import PaperState
from desktop.services.look_up import case_file
from desktop.services.ports import FormSpec
from desktop.services.session import Session

_ALWAYS: Final = (
    "evidence_list", "administrative_evidence_list", "extraction_list", "contact_sheet",
    "sealing_record", "custody_record",
)  # fmt: skip


def evidence_papers(session: Session, case: CaseId) -> tuple[tuple[FormSpec, str], ...]:
    """Forms of evidence this unit prints today, each with the state of its newest living paper (``draft``,
    ``signed``), else ``none``. Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    file = case_file(session, case)
    ways = (form for way in session.scripts.evidence.ways for form in way.papers)
    wanted = dict.fromkeys((*_ALWAYS, *ways))
    sets = session.papers.sets_in_use(session.profile.unit_code, session.today)
    known = {spec.id: spec for spec in session.papers.forms() if spec.form_set in sets}
    states: dict[str, str] = {}
    for paper in file.papers:
        if paper.living and states.get(paper.form) != PaperState.SIGNED:
            states[paper.form] = paper.state.value
    return tuple((known[form], states.get(form, "none")) for form in wanted if form in known)
