"""The persons of a case, or of a series, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.series.people_sheet import PeopleSheet
from desktop.services.flow.list_people import list_people
from desktop.services.look_up import officer_names
from desktop.services.ports import Pdf
from desktop.services.ports.printing.sheets import PeopleSheetFacts
from desktop.services.session import Session

FORM: Final = "people_sheet"


def draw_people(session: Session, cases: Sequence[CaseId], sheet: PeopleSheet | None = None) -> Pdf:
    """One page: what is known of each target, what is asked, what is missing. ``sheet``: where it was read already.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    shown = sheet if sheet is not None else list_people(session, cases)
    facts = PeopleSheetFacts(
        unit_name=session.profile.unit_name,
        officer=(session.officer.number, session.officer.name),
        sheet=shown,
        officers=officer_names(session),
    )
    pdf = session.sheets.sheet(facts, session.clock.now())
    return pdf.about(FORM, *(f"case/{case}" for case in shown.numbers))
