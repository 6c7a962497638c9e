"""What the search above every page finds: cases by their words, and what a scanner reads off a paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.case_file.orders.order_papers import OF_ORDER
from desktop.domain.case_file.views import CaseHit
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.alarms import RunningClock
from desktop.domain.papers.paper_code import PaperMark, read_paper_mark
from desktop.domain.records.numbers import short_case_number
from desktop.services.look_up import search
from desktop.services.papers.find_paper import MarkedThing, find_paper
from desktop.services.session import Session
from desktop.ui.case.parts.tabs import Tab
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, state_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.tables.search_results import SearchHit, SearchHits


@dataclass(frozen=True, slots=True)
class CasePlace:
    """Where a hit or a clock leads: a part of the page of a case, and in it an order by its number, a paper by its id
    or what a clock is about (``order/ID``, ``objection/ID``)."""

    case: CaseId
    tab: Tab = Tab.OVERVIEW
    part: str = ""


def place_of(target: object) -> CasePlace:
    """The place of a hit or of what a clock is about, or the page of a case that somebody else names by its id."""
    if isinstance(target, RunningClock):
        subject = target.deadline.subject
        tab = Tab.ORDERS if subject.startswith(OF_ORDER) else Tab.OVERVIEW
        return CasePlace(target.case, tab, subject)
    return target if isinstance(target, CasePlace) else CasePlace(CaseId(str(target)))


@dataclass(frozen=True, slots=True)
class GlobalSearch:
    """``names`` gives the name of a scam type in the language shown."""

    kit: Kit
    session: Session
    names: Callable[[str], str]

    def __call__(self, text: str, only: CaseFilter = ANY_CASE) -> SearchHits:
        """Everything that ``text`` finds for who may read cases; ``only``: of a paper that was scanned, whatever was
        chosen."""
        if not self.session.officer.may(Permission.READ_CASES):
            return SearchHits()
        mark = read_paper_mark(text)
        if mark is not None:
            return SearchHits(self._marked(mark), nothing="shared.search.not_here")
        found = search(self.session, text, only=only)
        return SearchHits(tuple(map(self._hit, found.hits)), found.more)

    def _hit(self, hit: CaseHit) -> SearchHit:
        before = _joined(self.names(hit.type), yuan(hit.loss_fen), "")
        detail = _joined(before, hit.snippet)
        at = len(detail) - len(hit.snippet)
        marks = tuple((at + begin, at + end) for begin, end in hit.marks)
        return SearchHit("case", hit.victim, detail, CasePlace(hit.case), marks)

    def _marked(self, mark: PaperMark) -> tuple[SearchHit, ...]:
        thing = find_paper(self.session, mark)
        if thing is None:
            return ()
        kind, place, parts = self._described(thing)
        return (SearchHit(kind, thing.file.case.victim.name, _joined(*parts), place),)

    def _described(self, thing: MarkedThing) -> tuple[str, CasePlace, tuple[str, ...]]:
        """What it is, where it stands, and what is said of it: the number of an order begins with that of its case."""
        case = thing.file.case
        number = short_case_number(case.number)
        if thing.order is not None:
            order = thing.order.order
            place = CasePlace(case.id, Tab.ORDERS, order.number)
            parts = (
                kind_text(self.kit, thing.order),
                state_text(self.kit, thing.order),
                order.number,
            )
            return "order", place, parts
        if thing.paper is not None:
            place = CasePlace(case.id, Tab.PAPERS, thing.paper.id)
            return "document", place, (self._title(thing.paper.form), number)
        return "case", CasePlace(case.id), (self.names(case.type), number)

    def _title(self, form: str) -> str:
        titles = {spec.id: spec for spec in self.session.papers.forms()}
        return titles[form].title(self.kit.texts.language) if form in titles else form


def _joined(*parts: str) -> str:
    """What is known, side by side: a case without a type yet begins with its loss."""
    return " · ".join(part for part in parts if part)
