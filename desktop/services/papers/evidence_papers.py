"""The lists and records of the evidence of a case, and how far each got."""

from __future__ import annotations

from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.papers.paper import PaperState
from desktop.services.desk import Desk
from desktop.services.look_up import case_file
from desktop.services.ports import FormSpec

_ALWAYS: Final = (
    "evidence_list", "administrative_evidence_list", "extraction_list", "contact_sheet",
    "sealing_record", "custody_record",
)  # fmt: skip


def evidence_papers(desk: Desk, case: CaseId) -> tuple[tuple[FormSpec, str], ...]:
    """Forms of evidence this unit prints today, each with the state of its newest living paper (``draft``,
    ``signed``), else ``none``. Raises ``UserInputError("case.unknown")``."""
    desk.require(Permission.READ_CASES)
    file = case_file(desk, case)
    ways = (form for way in desk.scripts.evidence.ways for form in way.papers)
    wanted = dict.fromkeys((*_ALWAYS, *ways))
    sets = desk.papers.sets_in_use(desk.profile.unit_code, desk.today)
    known = {spec.id: spec for spec in desk.papers.forms() if spec.form_set in sets}
    states: dict[str, str] = {}
    for paper in file.papers:
        if paper.living and states.get(paper.form) != PaperState.SIGNED:
            states[paper.form] = paper.state.value
    return tuple((known[form], states.get(form, "none")) for form in wanted if form in known)
