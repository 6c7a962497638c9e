"""What the case page is told by the window around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.ids import CaseId
from desktop.domain.interview.scripts import NO_SCRIPTS, Scripts
from desktop.services.ports import Pdf
from desktop.ui.case.evidence_tab import EvidenceFactory
from desktop.ui.case.flow_tab import FlowFactory, no_flow
from desktop.ui.shared.orders.order_clock import ClockLimits
from desktop.ui.shared.widgets.views.page_view import DrawPage


class CaseNavigator(Protocol):
    """The ways out of the page; the windows of a desk and of a centre implement it."""

    def open_case(self, case: CaseId) -> None:
        """Show another case."""
        ...

    def edit_case(self, case: CaseId) -> None:
        """Open the case in the wizard."""
        ...

    def open_paper(self, pdf: Pdf, title: str) -> None:
        """Show a finished paper to be looked at and printed. ``title`` names the file."""
        ...


@dataclass(frozen=True, slots=True)
class CaseSetup:
    """What the page must know beforehand.

    ``type_name`` names a scam type in the language shown. ``evidence_factory`` makes the pane of a case.
    ``draw_page`` turns a page of a PDF into a picture; never called on the GUI thread. ``limits``: when clocks
    turn red or amber.
    """

    type_name: Callable[[str], str]
    evidence_factory: EvidenceFactory
    draw_page: DrawPage
    limits: ClockLimits
    scripts: Scripts = NO_SCRIPTS
    """The questions behind the answers of a case."""
    flow_factory: FlowFactory = no_flow
    """Makes the money flow of a case."""
    people_factory: FlowFactory = no_flow
    """Makes the page of the persons of a case."""
    writes: bool = True
    """Whether the officer adds to a case here; a centre reads what its stations wrote."""
    orders: bool = True
    """Whether the officer may order a stop and record what was answered."""
    assigns: bool = False
    """Whether the officer of a centre assigns the centre's own cases to stations, and goes on with them."""
