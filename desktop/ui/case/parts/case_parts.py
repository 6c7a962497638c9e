"""The parts of the page below its header, one of them in front. A part is made when it is first shown, or in a pause
before that; the overview is there from the beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, Protocol, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.journal.kinds import DOCUMENT_PRINTED, EVIDENCE_VERIFIED
from desktop.services.case_sheet import ENTRY, VALUES, CaseSheet
from desktop.services.session import Session
from desktop.ui.case.cards.overview import Overview
from desktop.ui.case.evidence_tab import EvidenceTab
from desktop.ui.case.flow_tab import FlowTab
from desktop.ui.case.history import HistoryTab
from desktop.ui.case.papers.tab import PapersTab
from desktop.ui.case.parts.leads_tab import LeadsTab
from desktop.ui.case.parts.orders_tab import OrdersTab
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.case.setup import CaseSetup
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.case.texts.history_texts import HistoryTexts
from desktop.ui.case.timeline.tab import TimelineTab
from desktop.ui.case.transfers import MoneyTab
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit

_MONEY = frozenset({"case", "transfer", "order", "evidence", "read_aloud"})
_FLOW = frozenset({"case", "transfer", "order", "identifier", "evidence", "person"})
_SUBJECTS: Final[Mapping[Tab, frozenset[str]]] = {
    Tab.TIMELINE: VALUES | {EVIDENCE_VERIFIED},
    Tab.MONEY: _MONEY,
    Tab.FLOW: _FLOW,
    Tab.LEADS: frozenset({"identifier"}),
    Tab.ORDERS: frozenset({"case", "transfer", "order", "step", "task"}),
    Tab.HISTORY: frozenset({ENTRY}),
    Tab.PEOPLE: _FLOW,
}
"""Part → what of a case it tells of. The overview knows it of its own cards; a paper is drawn with all of the case."""
_OF_PAPERS = VALUES - {"task", "read_aloud"} | {DOCUMENT_PRINTED}


class _Masking(Protocol):
    """A part that masks personal numbers."""

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show of a case what it tells of."""
        ...


class FrontStack(QStackedWidget):
    """Qt's own asks for the room of the highest of all, although it is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """What the one in front needs."""
        front = self.currentWidget()
        return front.minimumSizeHint().expandedTo(front.minimumSize()) if front else QSize()


P = TypeVar("P", bound=QWidget)
M = TypeVar("M", TimelineTab, MoneyTab, FlowTab, LeadsTab, OrdersTab, HistoryTab)


class CaseParts(FrontStack):
    """``made(part)``: a part was made, and shows the case that the others show. ``sink`` takes what is read from
    evidence."""

    made = Signal(object)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        setup: CaseSetup,
        texts: FieldTexts,
        overview: Overview,
        sink: ExtractionSink,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._setup = setup
        self._texts = texts
        self._sink = sink
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._overview = overview
        self._made: dict[Tab, QWidget] = {Tab.OVERVIEW: overview}
        self._masking: dict[Tab, _Masking] = {}
        """Of those that are made."""
        self._waiting = QWidget()
        self.addWidget(self._waiting)
        self.addWidget(overview)
        self._makers: Mapping[Tab, Callable[[], QWidget]] = {
            Tab.TIMELINE: lambda: self.timeline,
            Tab.MONEY: lambda: self.money,
            Tab.FLOW: lambda: self.flow,
            Tab.LEADS: lambda: self.leads,
            Tab.EVIDENCE: lambda: self.evidence,
            Tab.ORDERS: lambda: self.orders,
            Tab.PAPERS: lambda: self.papers,
            Tab.HISTORY: lambda: self.history,
            Tab.PEOPLE: lambda: self.people,
        }

    @cached_property
    def timeline(self) -> TimelineTab:
        """What happened, by its time."""
        return self._masked(Tab.TIMELINE, TimelineTab(self._kit, self._setup))

    @cached_property
    def money(self) -> MoneyTab:
        """Every transfer."""
        return self._masked(Tab.MONEY, MoneyTab(self._kit, self._texts, writes=self._setup.writes))

    @cached_property
    def flow(self) -> FlowTab:
        """Where the money went."""
        return self._masked(Tab.FLOW, FlowTab(self._kit, self._setup.flow_factory))

    @cached_property
    def people(self) -> FlowTab:
        """Persons of the case."""
        return self._masked(Tab.PEOPLE, FlowTab(self._kit, self._setup.people_factory))

    @cached_property
    def leads(self) -> LeadsTab:
        """Leads, and the other cases that hold them."""
        return self._masked(Tab.LEADS, LeadsTab(self._kit, self._texts, writes=self._setup.writes))

    @cached_property
    def orders(self) -> OrdersTab:
        """Orders and their replies."""
        return self._masked(Tab.ORDERS, OrdersTab(self._kit, self._setup))

    @cached_property
    def history(self) -> HistoryTab:
        """Every entry."""
        return self._masked(
            Tab.HISTORY, HistoryTab(self._kit, HistoryTexts(self._kit, self._texts))
        )

    @cached_property
    def evidence(self) -> EvidenceTab:
        """Items of evidence."""
        part = EvidenceTab(self._kit, self._setup.evidence_factory, self._sink)
        return self._hold(Tab.EVIDENCE, part)

    @cached_property
    def papers(self) -> PapersTab:
        """Papers, and what is written in them."""
        part = self._hold(Tab.PAPERS, PapersTab(self._kit, self._session, self._setup))
        if self._sheet is not None:
            part.show_sheet(self._sheet)
        return part

    def part(self, tab: Tab) -> QWidget:
        """The part of that name, made if nobody wanted it yet."""
        return self._made[tab] if tab in self._made else self._makers[tab]()

    def make_one(self) -> bool:
        """Make a part that nobody wanted yet; false where all are made."""
        tab = next((tab for tab in Tab if tab not in self._made), None)
        if tab is not None:
            self.part(tab)
        return tab is not None

    def bring(self, tab: Tab) -> None:
        """To the front, with what it reads only then; nothing where no case is shown."""
        part, sheet = self.part(tab), self._sheet
        if isinstance(part, EvidenceTab) and sheet is not None:
            part.look(sheet.file.case.id)
        self.setCurrentWidget(part if sheet is not None else self._waiting)
        if isinstance(part, FlowTab) and sheet is not None:
            part.look()
        if isinstance(part, PapersTab):
            part.show_first()

    def show_papers(self, sheet: CaseSheet) -> None:
        """Show the papers of a case."""
        if Tab.PAPERS in self._made and sheet.touches(_OF_PAPERS):
            self.papers.show_sheet(sheet)

    def show_numbers(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show of a case what masks personal numbers."""
        self._sheet, self._revealed = sheet, revealed
        self._overview.show_sheet(sheet, revealed=revealed)
        for tab, part in self._masking.items():
            if sheet.touches(_SUBJECTS[tab]):
                part.show_sheet(sheet, revealed=revealed)

    def forget(self) -> None:
        """Nothing of the last case may stand under the name of the next one."""
        self._sheet = None
        self.setCurrentWidget(self._waiting)
        for part in self._made.values():
            if isinstance(part, EvidenceTab | FlowTab):
                part.forget()

    def settle(self) -> None:
        """Keep what was typed into a paper now."""
        if Tab.PAPERS in self._made:
            self.papers.settle()

    def _masked(self, tab: Tab, part: M) -> M:
        """Hold ``part``, which shows what the others show."""
        self._masking[tab] = self._hold(tab, part)
        if self._sheet is not None:
            part.show_sheet(self._sheet, revealed=self._revealed)
        return part

    def _hold(self, tab: Tab, part: P) -> P:
        self._made[tab] = part
        self.addWidget(part)
        self.made.emit(part)
        return part
