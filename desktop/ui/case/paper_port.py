"""What the papers of a case ask of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from desktop.domain.ids import CaseId, PaperId

if TYPE_CHECKING:
    from desktop.services.papers.show_paper import Difference
    from desktop.services.ports import Pdf


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper to look at. ``texts``: what stands in each editable place."""

    pdf: Pdf
    texts: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    problem: str = ""
    """Why what the unit adapted is not used."""


class PaperPort(Protocol):
    """The services behind the papers. All may be slow, run in lane ``db`` and raise ``AppError``."""

    def show_paper(self, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
        """A draft as it would be printed with ``texts`` not kept yet, or a signed paper; leaves no entry."""
        ...

    def draft_paper(self, case: CaseId, form: str, about: str = "") -> PaperId:
        """Begin a paper, or take up the draft there is; ``about``: a subject within the case."""
        ...

    def edit_paper(
        self, paper: PaperId, texts: Mapping[str, str | None], blanks: Mapping[str, str]
    ) -> None:
        """Write into a draft."""
        ...

    def sign_paper(self, paper: PaperId) -> None:
        """Freeze a draft."""
        ...

    def replace_paper(self, paper: PaperId, reason: str) -> PaperId:
        """Begin a new version of a signed paper."""
        ...

    def withdraw_paper(self, paper: PaperId, reason: str) -> None:
        """Take a paper back."""
        ...

    def preview_form(self, form: str, case: CaseId) -> Pdf:
        """A form as it would be printed; looking leaves no entry."""
        ...

    def draw_form(self, form: str, case: CaseId) -> Pdf:
        """A form to print or keep."""
        ...

    def keep_phrase(self, form: str, place: str, words: str) -> None:
        """The unit's wording of a place, from now on."""
        ...

    def note_kept(self, pdf: Pdf) -> None:
        """Record that a paper was kept as a file."""
        ...
