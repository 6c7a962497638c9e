"""Draw a form of a case from facts that were read; refused while the law lets none be made."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.case_file.orders.order_papers import require_paper_ground
from desktop.domain.case_file.views import CaseFile
from desktop.domain.installation.officer import Permission
from desktop.services.papers.read_paper import spec_of
from desktop.services.ports import NO_TEXTS, PaperFacts, Pdf
from desktop.services.session import Session


def require_form(session: Session, form: str, file: CaseFile, about: str) -> None:
    """Refuse a paper that has no ground yet.

    Raises:
        UserInputError: ``form.unknown``.
        RuleError: ``paper.freeze_not_filed``, ``paper.seizure_not_filed``, ``paper.no_order``,
            ``paper.nothing_to_stop``, ``paper.nothing_lost``.
    """
    session.require(Permission.READ_CASES)
    spec = spec_of(session, form)
    require_paper_ground(file, spec.ground, spec.orders, about, session.clock.now())


def render_form(
    session: Session,
    form: str,
    facts: PaperFacts,
    texts: Mapping[str, str] = NO_TEXTS,
    blanks: Mapping[str, str] = NO_TEXTS,
) -> Pdf:
    """The form as it would be printed; raises as :func:`require_form`."""
    session.require(Permission.READ_CASES)
    require_form(session, form, facts.file, facts.about)
    return session.papers.render(form, facts, texts, blanks)
