"""A paper as it is looked at, and whether the case says something else since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, PaperId
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import read_paper
from desktop.services.papers.show_paper import Difference, differences, preview_paper, shown_texts
from desktop.services.ports import Pdf
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper to look at. ``texts``: what stands in each editable place."""

    pdf: Pdf
    texts: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    problem: str = ""
    """Why what the unit adapted is not used."""


def show_paper(session: Session, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
    """A draft as it would be printed with ``texts`` not kept yet, or a signed paper; leaves no entry."""
    found = read_paper(session, paper)
    pdf = preview_paper(session, paper, texts)
    return ShownPaper(
        pdf,
        shown_texts(session, paper),
        differences(session, found.file, found.paper) if found.paper.living else (),
        "" if found.paper.signed else session.papers.template(found.paper.form).problem,
    )


def show_form(session: Session, form: str, case: CaseId) -> ShownPaper:
    """A form as it would be printed; looking leaves no entry."""
    return ShownPaper(session.papers.render(form, paper_facts(session, case)), {})


def changed_since(session: Session, file: CaseFile) -> frozenset[PaperId]:
    """Signed papers that say something else than the case does now. One whose record is not here can not tell."""
    found = set()
    for paper in file.papers:
        try:
            if paper.signed is None or not paper.living:
                continue
            own = read_paper(session, paper.id)  # of merged reports each paper follows its own
            if differences(session, own.file, own.paper):
                found.add(paper.id)
        except AppError:
            continue
    return frozenset(found)
