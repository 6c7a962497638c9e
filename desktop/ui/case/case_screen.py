"""The page of one case: a header strip and its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.domain.case_file.orders.objection_release import ABOUT
from desktop.domain.case_file.orders.order_papers import OF_ORDER
from desktop.domain.case_file.timeline import EventKind, TimelineEvent
from desktop.domain.ids import CaseId, EvidenceId, PaperId
from desktop.domain.orders.claim import work_of_case
from desktop.domain.progress import Progress
from desktop.domain.time.clock import from_wire
from desktop.journal.kinds import EVIDENCE_VERIFIED
from desktop.services.case_sheet import CaseSheet, read_sheet, renew_sheet
from desktop.services.session import Session
from desktop.ui.case.actions.case_works import CaseWorks
from desktop.ui.case.cards.overview import Overview
from desktop.ui.case.header import CaseHeader
from desktop.ui.case.history import FieldHistoryDialog
from desktop.ui.case.papers.tab import PapersTab
from desktop.ui.case.parts.case_parts import CaseParts
from desktop.ui.case.parts.leads_tab import LeadsTab
from desktop.ui.case.parts.orders_tab import OrdersTab
from desktop.ui.case.parts.tabs import Tab, TabStrip
from desktop.ui.case.setup import CaseNavigator, CaseSetup
from desktop.ui.case.texts.field_texts import FieldTexts, record_names
from desktop.ui.case.timeline.tab import TimelineTab
from desktop.ui.case.transfers import MoneyTab
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.revealing import Revealing
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import HandLine
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.list_page import ListPage

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
        overview: Overview,
        parts: CaseParts,
    ) -> None:
        super().__init__(page)
        self._tabs = tabs
        self._overview = overview
        self._parts = parts
        self.sheet: CaseSheet | None = None

    def turn_to(self, tab: Tab) -> None:
        """Chosen by its key: a keyboard left in the search field comes along."""
        focused, page = QApplication.focusWidget(), self.parent()
        if focused is None or not (isinstance(page, QWidget) and page.isAncestorOf(focused)):
            self._tabs.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._tabs.choose(tab)

    def reach(self, part: str) -> None:
        """Stand on what ``part`` names in the tab in front: an order by its number or ``order/ID``, a paper by its id,
        an objection by ``objection/ID``. Anything else leaves the keyboard where it is."""
        tab = self._tabs.value()
        if tab is Tab.ORDERS:
            self._parts.orders.show_order(self._numbers().get(part, part))
        elif tab is Tab.PAPERS:
            self._parts.papers.show_paper(PaperId(part))
        elif tab is Tab.OVERVIEW and part.startswith(ABOUT):
            self._overview.objections.show_objection(part.removeprefix(ABOUT))

    def _numbers(self) -> dict[str, str]:
        """Numbers of the case's orders by their subjects."""
        views = self.sheet.file.orders if self.sheet is not None else ()
        return {f"{OF_ORDER}{view.order.id}": view.order.number for view in views}

    def open_event(self, event: TimelineEvent) -> None:
        """From the timeline to where the event is worked on."""
        tab = _PARTS.get(event.kind, Tab.OVERVIEW)
        self.turn_to(tab)
        if event.kind is EventKind.TRANSFER:
            self._parts.money.table.select_key(event.about)
            self._parts.money.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if tab is Tab.ORDERS and self.sheet is not None:
            self._parts.orders.show_order(self._numbers().get(f"{OF_ORDER}{event.about}", ""))

    def open_origin(self, evidence: str) -> None:
        """From a transfer to the item it was read from."""
        self.turn_to(Tab.EVIDENCE)
        self._parts.evidence.show_item(EvidenceId(evidence))

    def begin_paper(self, forms: Sequence[str], subject: str) -> None:
        """A paper about something in the case, open to be written in."""
        if self.sheet is not None:
            self.turn_to(Tab.PAPERS)
            self._parts.papers.begin(self.sheet.form_in_use(forms), subject)


class KeyboardPlace:
    """Remembered when it is made; ``keep`` once the page was filled anew. Qt would hand the keyboard on to whatever
    comes next, where Enter means something else. A part that says by its focus proxy what is next in it keeps the
    keyboard when what was pressed in it is done."""

    def __init__(self, page: QWidget) -> None:
        here = page.window().focusWidget()  # of a window behind its dialog too
        self._page = page
        self._here = here if here is not None and page.isAncestorOf(here) else None
        self._names = _names(self._here, page) if self._here is not None else ()
        self._before = self._alike()

    def keep(self, elsewhere: QWidget) -> None:
        """To the same place; where others stand there than before, to ``elsewhere``."""
        here = self._here
        if here is None or not self._names or (isValid(here) and _names(here, self._page)):
            return
        fresh = [widget for widget in self._alike() if widget not in self._before]
        same = len(fresh) == len(self._before)
        target = fresh[self._before.index(here)] if same else self._part() or elsewhere
        target.setFocus()

    def _part(self) -> QWidget | None:
        """What it stood in, if that says what is next."""
        parts = self._named(self._names[1:])
        return parts[0] if len(parts) == 1 and parts[0].focusProxy() is not None else None

    def _alike(self) -> list[QWidget]:
        """Widgets of the same name within parts of the same names."""
        return self._named(self._names)

    def _named(self, names: tuple[str, ...]) -> list[QWidget]:
        if not names:
            return []
        found = self._page.findChildren(QWidget, names[0])
        return [widget for widget in found if _names(widget, self._page) == names]


def _names(widget: QWidget, page: QWidget) -> tuple[str, ...]:
    """Its own name and those of the parts it stands in, inmost first; none where it has no name itself, or was put
    away: what was let go is deleted only later."""
    parts = []
    part: QWidget | None = widget if widget.objectName() else None
    while part is not None and part is not page:
        if part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return ()
        parts.append(part.objectName())
        part = part.parentWidget()
    return tuple(filter(None, parts))


class AmendmentBanner(Banner):
    """Above every part of the case: papers and orders know only what was recorded."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_amendment")

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Say who typed it and when, or nothing."""
        draft = sheet.amendment
        if draft is None:
            self.clear()
            return
        at = moment(self._kit, from_wire(draft.saved_at))
        self.show_key(Tone.WARN, "case.amendment", officer=sheet.officer(draft.officer), at=at)


_OF_HEADER = frozenset(
    {"case", "transfer", "identifier", "order", "evidence", "person", "step", "task"}
) | {EVIDENCE_VERIFIED}


class CaseScreen(ListPage[CaseSheet]):
    """``open_case`` shows a case; personal numbers are masked anew each time the page is opened."""

    follows = True
    lane = "db"  # one case, which somebody waits for

    def __init__(
        self, kit: Kit, session: Session, navigator: CaseNavigator, setup: CaseSetup
    ) -> None:
        super().__init__(kit, "case.title", "case", "case.keys.title")
        self._session = session
        self._navigator = navigator
        self._setup = setup
        self._case: CaseId | None = None
        self._sheet: CaseSheet | None = None
        self._wanted = ""
        self._revealing = Revealing(kit, session, self)
        self._opening = False
        self._whole = False
        self._texts = texts = FieldTexts(kit, setup.type_name, setup.scripts)
        self.header = CaseHeader(kit, setup)
        self._amendment = AmendmentBanner(kit)
        self._hand = HandLine(kit, session, self)
        self.overview = Overview(kit, setup, texts)
        self._works = CaseWorks(kit, session, navigator, self, self.overview)
        self.parts = CaseParts(kit, session, setup, texts, self.overview, self._works.sink)
        self._places = CasePlaces(self, self.header.tabs, self.overview, self.parts)
        self._build()

    @property
    def case(self) -> CaseId | None:
        """The case shown."""
        return self._case

    @property
    def revealed(self) -> bool:
        """Whether personal numbers are shown in full."""
        return self._revealing.on

    def open_case(self, case: CaseId, tab: Tab = Tab.OVERVIEW, part: str = "") -> None:
        """Show a case from the beginning. ``part``: what to stand on (:meth:`CasePlaces.reach`)."""
        self._revealing.begin(case)
        if case != self._case:
            self._forget()
        self._case, self._wanted, self._opening = case, part, True
        self.banner.clear()
        self.header.tabs.choose(tab)
        self.reload()

    def opened(self) -> None:
        """The page comes to the front again: numbers masked, everything read anew, unless that was begun just now."""
        self._revealing.begin(*filter(None, (self._case,)))
        if not self._opening:
            self.reload()

    def make_one(self) -> bool:
        """A part of the page."""
        return self.parts.make_one()

    def first_focus(self) -> QWidget | None:
        """The parts' names, so that arrow keys lead on."""
        return self.header.tabs

    def work(self) -> Callable[[Progress], CaseSheet]:
        """All of the case, or what was recorded in it since."""
        if self._whole or self._sheet is None:
            return work_of(read_sheet, self._session, self._case or CaseId(""))
        return work_of(renew_sheet, self._session, self._sheet)

    def reload(self) -> None:
        """Read the case anew; what is shown stays until it is here."""
        self._whole = True
        if self._case is not None:
            super().reload()

    def renew(self) -> None:
        """Something was done on the page: read what that touched, unless all of it is still to be read."""
        if self._case is not None:
            super().reload()

    def show_view(self, view: CaseSheet) -> None:
        """Show what was read, where it may be another than before."""
        self._sheet = sheet = view
        self._texts.numbers = sheet.case_numbers
        self._texts.records = record_names(sheet.file)
        self._texts.evidence = {item.id: item.name for item in sheet.file.evidence}
        self._works.show(sheet)
        self._places.sheet = sheet
        self._amendment.show_sheet(sheet)
        self._hand.show_work(work_of_case(sheet.file.case.id))
        if sheet.touches(_OF_HEADER):
            self.header.show_sheet(sheet)
        self.parts.show_papers(sheet)
        self._show_numbers(sheet)
        self.parts.bring(self.header.tabs.value())
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._places.reach(wanted)

    def _was_read(self, view: CaseSheet) -> None:
        self._opening = self._whole = False
        super()._was_read(view)

    def _not_read(self, error: Exception) -> None:
        self._opening = False
        super()._not_read(error)

    def show_orders(self) -> None:
        """Bring the orders to the front."""
        self.header.tabs.choose(Tab.ORDERS)

    def _show_numbers(self, sheet: CaseSheet) -> None:
        """Everything that masks personal numbers."""
        place = KeyboardPlace(self)
        self.parts.show_numbers(sheet, revealed=self.revealed)
        place.keep(self.header.tabs)

    def _forget(self) -> None:
        """Nothing of the last case may stand under the name of the next one."""
        self._sheet = None
        self._works.show(None)
        self._places.sheet = None
        self.header.clear()
        self._amendment.clear()
        self.parts.forget()

    def _turn_numbers(self) -> None:
        self.header.show_revealed(revealed=self.revealed)
        if self._sheet is not None:
            self._show_numbers(replace(self._sheet, touched=None))

    def _not_revealed(self, error: Exception) -> None:
        self.header.show_revealed(revealed=False)
        self.fail(error)

    def _edit(self) -> None:
        if self._case is not None:
            self._navigator.edit_case(self._case)

    def _ask_fields(self) -> None:
        """The story of every field, those of the chosen payment or lead first."""
        sheet = self._sheet
        if sheet is None:
            return
        words = (self._texts, self.parts.history.texts)
        subject = self._chosen_subject() or f"case/{sheet.file.case.id}"
        give_back = self._works.case.give_back if self._setup.writes else None
        FieldHistoryDialog(
            self.kit, self, sheet, words, subject, revealed=self.revealed, give_back=give_back
        ).open()

    def _chosen_subject(self) -> str:
        """What the keyboard stands on in the part in front."""
        tab = self.header.tabs.value()
        if tab is Tab.MONEY:
            transfer = self.parts.money.table.selected()
            return f"transfer/{transfer.id}" if transfer is not None else ""
        lead = self.parts.leads.table.selected() if tab is Tab.LEADS else None
        return f"identifier/{lead.id}" if lead is not None else ""

    def _ask_order(self) -> None:
        self._works.ask_order(revealed=self.revealed)

    def _words_changed(self) -> None:
        if self._sheet is not None:
            self.show_view(replace(self._sheet, touched=None))

    def _build(self) -> None:
        for part in (self.header, self._hand, self._amendment):
            self.body.addWidget(part)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.parts, 1)
        self._connect()
        self._add_actions()

    def _connect(self) -> None:
        self.header.tabs.chosen.connect(self.parts.bring)
        self.parts.made.connect(self._join)
        self.header.reveal_wanted.connect(self._revealing.toggle)
        self._revealing.changed.connect(self._turn_numbers)
        self._revealing.recorded.connect(self.renew)
        self._revealing.failed.connect(self._not_revealed)
        self.header.edit_wanted.connect(self._edit)
        self.overview.fields_wanted.connect(self._ask_fields)
        self.overview.story.paper_wanted.connect(self._places.begin_paper)
        works = self._works
        works.changed.connect(self.renew)
        works.failed.connect(self.fail)
        works.objections.paper_wanted.connect(self._places.begin_paper)
        works.ordered.connect(self.show_orders)
        self.kit.texts.changed.connect(self._words_changed)

    def _join(self, part: QWidget) -> None:
        """A part was made: do what it asks for."""
        if isinstance(part, TimelineTab):
            part.opened.connect(self._places.open_event)
        elif isinstance(part, LeadsTab):
            part.opened.connect(self._navigator.open_case)
        elif isinstance(part, MoneyTab):
            part.origin_wanted.connect(self._places.open_origin)
        elif isinstance(part, PapersTab):
            part.paper_ready.connect(self._navigator.open_paper)
            part.failed.connect(self.fail)
            part.changed.connect(self.renew)
            part.tried.connect(self.banner.clear)
        elif isinstance(part, OrdersTab):
            self._join_orders(part)

    def _join_orders(self, part: OrdersTab) -> None:
        works = self._works
        part.slip_wanted.connect(works.handouts.show_slip)
        part.slips_wanted.connect(works.show_slips)
        part.paper_wanted.connect(works.handouts.print_form)
        part.act_wanted.connect(works.ordering.ask_act)
        part.hops_wanted.connect(works.ordering.stop_hops)
        part.new_wanted.connect(self._ask_order)

    def _add_actions(self) -> None:
        add = self.add
        add("case.reveal.toggle", "Ctrl+Shift+H", self._revealing.toggle)
        if self._setup.orders:
            add("ordering.new.button", "Ctrl+O", self._ask_order)
        if self._setup.writes:
            self._amendment.offer(add("case.edit", "Ctrl+E", self._edit))
            for keyed in self._works.keyed():
                add(*keyed)
        elif self._setup.assigns:
            add("case.edit", "Ctrl+E", self._edit)
            add(*self._works.holder_key())
            add(*self._works.call_key())
            add(*self._works.dissuasion_key())
        add("case.fields.key", "F11", self._ask_fields)
        for place, tab in enumerate(Tab, start=1):
            add(f"case.tab.{tab.value}", f"Alt+{place % 10}", partial(self._places.turn_to, tab))
