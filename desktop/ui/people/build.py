"""Makes the page of persons of a case, or of a series."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.services.session import Session
from desktop.ui.people.pane import PeoplePane
from desktop.ui.people.session_people import SessionPeople
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.port import OrderPort


def people_pane(
    kit: Kit, session: Session, *cases: CaseId, ordering: OrderPort, reveals: bool = False
) -> PeoplePane:
    """The pane of these cases; ``reload`` fills it. ``reveals``: it shows numbers in full by itself, where no page
    around it does."""
    pane = PeoplePane(kit, SessionPeople(session, *cases), session.officer, ordering)
    if reveals:
        pane.add_reveal()
    return pane
