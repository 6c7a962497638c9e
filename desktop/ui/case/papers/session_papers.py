"""The papers' port, bound to a desk."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import AppError
from desktop.domain.ids import CaseId, PaperId
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form, keep_phrase
from desktop.services.papers.note_print import note_kept
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import read_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import differences, preview_paper, shown_texts
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.case.paper_port import ShownPaper


class SessionPapers:
    """Implements :class:`desktop.ui.case.paper_port.PaperPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def show_paper(self, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
        """A paper to look at."""
        session, found = self._session, read_paper(self._session, paper)
        pdf = preview_paper(session, paper, texts)
        return ShownPaper(
            pdf,
            shown_texts(session, paper),
            differences(session, found.file, found.paper) if found.paper.living else (),
            "" if found.paper.signed else session.papers.template(found.paper.form).problem,
        )

    def draft_paper(self, case: CaseId, form: str, about: str = "") -> PaperId:
        """Begin a paper."""
        return draft_paper(self._session, case, form, about=about).id

    def edit_paper(
        self, paper: PaperId, texts: Mapping[str, str | None], blanks: Mapping[str, str]
    ) -> None:
        """Write into a draft."""
        edit_paper(self._session, paper, texts, blanks)

    def sign_paper(self, paper: PaperId) -> None:
        """Freeze a draft."""
        sign_paper(self._session, paper)

    def replace_paper(self, paper: PaperId, reason: str) -> PaperId:
        """Begin a new version."""
        return replace_paper(self._session, paper, reason).id

    def withdraw_paper(self, paper: PaperId, reason: str) -> None:
        """Take a paper back."""
        withdraw_paper(self._session, paper, reason)

    def preview_form(self, form: str, case: CaseId) -> Pdf:
        """A form as it would be printed."""
        return self._session.papers.render(form, paper_facts(self._session, case))

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        """A form to print or keep."""
        return draw_form(self._session, form, case)

    def keep_phrase(self, form: str, place: str, words: str) -> None:
        """The unit's wording of a place."""
        keep_phrase(self._session, form, place, words)

    def note_kept(self, pdf: Pdf) -> None:
        """Record that a paper was kept as a file."""
        note_kept(self._session, pdf)


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
