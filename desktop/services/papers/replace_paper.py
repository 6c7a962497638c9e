"""Begin a new version of a signed paper, or take a paper back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.domain.errors import RuleError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import PaperId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import Paper, PaperState
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PAPER_DRAFTED, PAPER_WITHDRAWN
from desktop.services.papers.read_paper import read_paper, spec_of
from desktop.services.session import Session


def replace_paper(session: Session, paper: PaperId, reason: str) -> Paper:
    """A draft that will take the place of a signed paper, with the texts of that one.

    The signed one counts until the new one is signed. A draft that was begun already is taken up again.

    Raises:
        UserInputError: ``paper.unknown``, ``form.unknown``.
        RuleError: ``paper.no_reason``; ``paper.not_signed``: a draft is edited, and what was superseded or withdrawn
            has no new version.
    """
    session.require(Permission.WRITE_CASES)
    if not clean(reason):
        raise RuleError("paper.no_reason")
    found = read_paper(session, paper)
    spec = spec_of(session, found.paper.form)
    now = session.clock.now()
    draft = replace(
        found.paper,
        id=PaperId(session.ids.new_id()),
        form_set=spec.form_set,
        dated=now,
        made_at=now,
        made_by=session.officer.number,
        texts={key: words for key, words in found.paper.texts.items() if key in spec.places},
        blanks={},
        replaces=paper,
        reason=clean(reason),
        signed=None,
    )
    case = found.file.case.id
    with session.store.write() as transaction:
        file = transaction.case_file(case)
        papers = file.papers if file else ()
        for other in papers:
            if other.replaces == paper and other.state is PaperState.DRAFT:
                return other
        current = _one(papers, paper)
        if current is None or current.state is not PaperState.SIGNED:
            raise RuleError("paper.not_signed")
        entry = NewEntry(PAPER_DRAFTED, f"paper/{draft.id}", draft.to_fields(case))
        transaction.append(session.officer.number, entry)
    return draft


def withdraw_paper(session: Session, paper: PaperId, reason: str) -> None:
    """A paper counts no more; what it said and why it was taken back stay on record.

    Raises:
        UserInputError: ``paper.unknown``.
        RuleError: ``paper.no_reason``; ``paper.not_living``: it was withdrawn or superseded before.
    """
    session.require(Permission.WRITE_CASES)
    if not clean(reason):
        raise RuleError("paper.no_reason")
    case = read_paper(session, paper).file.case.id
    with session.store.write() as transaction:
        file = transaction.case_file(case)
        current = _one(file.papers if file else (), paper)
        if current is None or not current.living:
            raise RuleError("paper.not_living")
        entry = NewEntry(PAPER_WITHDRAWN, f"paper/{paper}", {"withdrawn": clean(reason)})
        transaction.append(session.officer.number, entry)


def _one(papers: Iterable[Paper], wanted: PaperId) -> Paper | None:
    return next((paper for paper in papers if paper.id == wanted), None)
