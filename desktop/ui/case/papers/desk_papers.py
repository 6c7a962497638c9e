"""The papers' port, bound to a desk."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, PaperId
from desktop.services.desk import Desk
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form, keep_phrase
from desktop.services.papers.note_print import note_kept
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import read_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import differences, preview_paper, shown_texts
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.ports import Pdf
from desktop.ui.case.paper_port import ShownPaper


class DeskPapers:
    """Implements :class:`desktop.ui.case.paper_port.PaperPort`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def show_paper(self, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
        """A paper to look at."""
        desk, found = self._desk, read_paper(self._desk, paper)
        pdf = preview_paper(desk, paper, texts)
        return ShownPaper(
            pdf,
            shown_texts(desk, paper),
            differences(desk, found.file, found.paper) if found.paper.living else (),
            "" if found.paper.signed else desk.papers.template(found.paper.form).problem,
        )

    def draft_paper(self, case: CaseId, form: str, about: str = "") -> PaperId:
        """Begin a paper."""
        return draft_paper(self._desk, case, form, about=about).id

    def edit_paper(
        self, paper: PaperId, texts: Mapping[str, str | None], blanks: Mapping[str, str]
    ) -> None:
        """Write into a draft."""
        edit_paper(self._desk, paper, texts, blanks)

    def sign_paper(self, paper: PaperId) -> None:
        """Freeze a draft."""
        sign_paper(self._desk, paper)

    def replace_paper(self, paper: PaperId, reason: str) -> PaperId:
        """Begin a new version."""
        return replace_paper(self._desk, paper, reason).id

    def withdraw_paper(self, paper: PaperId, reason: str) -> None:
        """Take a paper back."""
        withdraw_paper(self._desk, paper, reason)

    def preview_form(self, form: str, case: CaseId) -> Pdf:
        """A form as it would be printed."""
        return self._desk.papers.render(form, paper_facts(self._desk, case))

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        """A form to print or keep."""
        return draw_form(self._desk, form, case)

    def keep_phrase(self, form: str, place: str, words: str) -> None:
        """The unit's wording of a place."""
        keep_phrase(self._desk, form, place, words)

    def note_kept(self, pdf: Pdf) -> None:
        """Record that a paper was kept as a file."""
        note_kept(self._desk, pdf)


def changed_since(desk: Desk, file: CaseFile) -> frozenset[PaperId]:
    """Signed papers that say something else than the case does now. One whose record is not here can not tell."""
    found = set()
    for paper in file.papers:
        try:
            if paper.signed is None or not paper.living:
                continue
            own = read_paper(desk, paper.id)  # of merged reports each paper follows its own
            if differences(desk, own.file, own.paper):
                found.add(paper.id)
        except AppError:
            continue
    return frozenset(found)
