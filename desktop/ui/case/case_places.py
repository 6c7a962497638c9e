"""From one part of a case to the place in another where something is worked on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.case_file.timeline import EventKind, TimelineEvent
from desktop.domain.ids import EvidenceId, PaperId
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.evidence_tab import EvidenceTab
from desktop.ui.case.papers.tab import PapersTab
from desktop.ui.case.parts.money_tab import MoneyTab
from desktop.ui.case.parts.orders_tab import OrdersTab
from desktop.ui.case.parts.tabs import Tab, TabStrip

_PARTS = {
    EventKind.TRANSFER: Tab.MONEY,
    EventKind.ORDER: Tab.ORDERS,
    EventKind.REPLY: Tab.ORDERS,
    EventKind.EVIDENCE: Tab.EVIDENCE,
}
"""Where an event of the timeline is worked on; the rest is on the overview."""


class CasePlaces(QObject):
    """The ways within ``page``. ``sheet`` is the case that is shown."""

    def __init__(
        self,
        page: QWidget,
        tabs: TabStrip,
        parts: tuple[MoneyTab, OrdersTab, PapersTab, EvidenceTab],
    ) -> None:
        super().__init__(page)
        self._tabs = tabs
        self._money, self._orders, self._papers, self._evidence = parts
        self.sheet: CaseSheet | None = None

    def turn_to(self, tab: Tab) -> None:
        """Chosen by its key: a keyboard left in the search field comes along."""
        focused, page = QApplication.focusWidget(), self.parent()
        if focused is None or not (isinstance(page, QWidget) and page.isAncestorOf(focused)):
            self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tabs.choose(tab)

    def reach(self, part: str) -> None:
        """Stand on an order, by its number, or on a paper, by its id, in the tab that is in front."""
        if self._tabs.value() is Tab.ORDERS:
            self._orders.show_order(part)
        elif self._tabs.value() is Tab.PAPERS:
            self._papers.show_paper(PaperId(part))

    def open_event(self, event: TimelineEvent) -> None:
        """From the timeline to where the event is worked on."""
        tab = _PARTS.get(event.kind, Tab.OVERVIEW)
        self.turn_to(tab)
        if event.kind is EventKind.TRANSFER:
            self._money.table.select_key(event.about)
            self._money.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if tab is Tab.ORDERS and self.sheet is not None:
            views = self.sheet.file.orders
            numbers = [view.order.number for view in views if view.order.id == event.about]
            self._orders.show_order("".join(numbers))

    def open_origin(self, evidence: str) -> None:
        """From a transfer to the item it was read from."""
        self.turn_to(Tab.EVIDENCE)
        self._evidence.show_item(EvidenceId(evidence))

    def begin_paper(self, forms: Sequence[str], subject: str) -> None:
        """A paper about something in the case, open to be written in."""
        if self.sheet is not None:
            self.turn_to(Tab.PAPERS)
            self._papers.begin(self.sheet.form_in_use(forms), subject)
