"""The persons of a case, or of a series, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.series.people_sheet import PeopleSheet
from desktop.services.desk import Desk
from desktop.services.flow.list_people import list_people
from desktop.services.look_up import officer_names
from desktop.services.ports import Pdf
from desktop.services.ports.sheets import PeopleSheetFacts

FORM: Final = "people_sheet"


def draw_people(desk: Desk, cases: Sequence[CaseId], sheet: PeopleSheet | None = None) -> Pdf:
    """One page: what is known of each target, what is asked, what is missing. ``sheet``: where it was read already.

    Raises ``UserInputError("case.unknown")``.
    """
    desk.require(Permission.READ_CASES)
    shown = sheet if sheet is not None else list_people(desk, cases)
    facts = PeopleSheetFacts(
        unit_name=desk.profile.unit_name,
        officer=(desk.officer.number, desk.officer.name),
        sheet=shown,
        officers=officer_names(desk),
    )
    pdf = desk.papers.people_sheet(facts, desk.clock.now())
    return pdf.about(FORM, *(f"case/{case}" for case in shown.numbers))
