"""Makes the page of persons of a case, or of a series."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.cases.person import TypedTie
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.series.people_sheet import Missing, PeopleSheet
from desktop.domain.series.series import LinkVerdict
from desktop.services.audit.open_case import note_looks
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.flow.account_targets import AccountTargets, person_targets
from desktop.services.flow.draw_people import draw_people
from desktop.services.flow.list_people import list_people
from desktop.services.flow.record_person import decide_person, record_person, withdraw_tie
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.people.pane import PeoplePane
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.ordering.port import OrderPort


class SessionPeople:
    """Implements :class:`desktop.ui.people.port.PeoplePort`."""

    def __init__(self, session: Session, *cases: CaseId) -> None:
        self._session = session
        self._cases = cases

    def load(self) -> PeopleSheet:
        """Every target of the cases."""
        note_looks(self._session, self._cases)
        return list_people(self._session, self._cases)

    def record(self, case: CaseId, ties: Sequence[TypedTie]) -> str:
        """Record ties of one person; the person's key."""
        return record_person(self._session, case, ties)[0].person

    def withdraw(self, case: CaseId, tie: PersonId, reason: str) -> None:
        """A tie counts no more."""
        withdraw_tie(self._session, case, tie, reason)

    def decide(self, one: str, other: str, verdict: LinkVerdict | None, reason: str) -> None:
        """Two persons are one, or are not."""
        decide_person(self._session, one, other, verdict, reason)

    def targets(self, sheet: PeopleSheet, missing: Missing) -> AccountTargets:
        """What the order that finds something out is about."""
        return person_targets(self._session, sheet, missing)

    def reveal(self) -> None:
        """Record that the personal numbers of every case were shown in full."""
        for case in self._cases:
            reveal_case(self._session, case)

    def page(self) -> Pdf:
        """The page on paper."""
        return draw_people(self._session, self._cases)


def people_pane(
    kit: Kit, session: Session, *cases: CaseId, ordering: OrderPort, reveals: bool = False
) -> PeoplePane:
    """The pane of these cases; ``reload`` fills it. ``reveals``: it shows numbers in full by itself, where no page
    around it does."""
    pane = PeoplePane(kit, SessionPeople(session, *cases), session.officer, ordering)
    if reveals:
        pane.add_reveal()
    return pane
