"""Find what a printed paper belongs to, by the mark in its corner."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import Paper
from desktop.domain.papers.paper_code import PaperMark, paper_tail
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class MarkedThing:
    """The case of a mark, and of it the order or the paper that the mark names, where it is still there."""

    file: CaseFile
    order: OrderView | None = None
    paper: Paper | None = None


def find_paper(session: Session, mark: PaperMark) -> MarkedThing | None:
    """None for a case that is not known here."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        case = reader.case_by_number(mark.case_number)
        file = reader.case_file(case) if case is not None else None
    if file is None:
        return None
    orders = (view for view in file.orders if view.order.number == mark.order_number)
    papers = (paper for paper in file.papers if paper_tail(paper.id) == mark.paper)
    return MarkedThing(file, next(orders, None), next(papers, None))
