"""Makes the page of persons of a case, or of a series."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.services.desk import Desk
from desktop.ui.people.desk_people import DeskPeople
from desktop.ui.people.pane import PeoplePane
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.port import OrderPort


def people_pane(
    kit: Kit, desk: Desk, *cases: CaseId, ordering: OrderPort, reveals: bool = False
) -> PeoplePane:
    """The pane of these cases; ``reload`` fills it. ``reveals``: it shows numbers in full by itself, where no page
    around it does."""
    pane = PeoplePane(kit, DeskPeople(desk, *cases), desk.officer, ordering)
    if reveals:
        pane.add_reveal()
    return pane
