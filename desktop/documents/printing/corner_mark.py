"""The small code in the corner of a paper that is about a case."""

from __future__ import annotations

from desktop.documents.printing.form_texts import FormData
from desktop.domain.papers.paper_code import paper_mark
from desktop.runtime.qr_picture import qr_png
from desktop.services.ports import PaperFacts

MARK = "paper_mark"
"""Place of the picture in the data of a form; see ``paper.typ``."""
_DOTS = 4
_ORDER = "order/"


def corner_mark(case_number: str, order_number: str = "", paper: str = "") -> FormData:
    """What ``paper.typ`` draws in the corner; nothing for a case that bears no number of ours."""
    mark = paper_mark(case_number, order_number, paper)
    return {MARK: list(qr_png(mark, _DOTS))} if mark else {}


def mark_of(facts: PaperFacts) -> FormData:
    """Of a paper on record, of a paper about an order, or of the case."""
    file, about = facts.file, facts.about
    orders = (view.order for view in file.orders if f"{_ORDER}{view.order.id}" == about)
    order = next(orders, None)
    number = order.number if order is not None and not facts.paper else ""
    return corner_mark(file.case.number, number, facts.paper)
