"""Find a paper of a case, with what it is filled from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import Paper, paper_from_fields
from desktop.domain.records.fields import Fields, text
from desktop.services.papers.paper_facts import facts_of, file_for_papers
from desktop.services.ports import FormSpec, PaperFacts
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper, its case as papers tell it, and the journal fields it was read from."""

    paper: Paper
    file: CaseFile
    fields: Fields


def spec_of(session: Session, form: str) -> FormSpec:
    """The form; raises ``UserInputError("form.unknown")``."""
    for spec in session.papers.forms():
        if spec.id == form:
            return spec
    raise UserInputError("form.unknown")


def facts_for(session: Session, found: PaperFile) -> PaperFacts:
    """The same for a paper that was begun."""
    paper = found.paper
    facts = facts_of(session, found.file, about=paper.about, dated=paper.dated, form=paper.form)
    return replace(facts, paper=paper.id)


def read_paper(session: Session, paper: PaperId) -> PaperFile:
    """A paper with its case; raises ``UserInputError("paper.unknown")``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        fields = reader.current(f"paper/{paper}")
        found = paper_from_fields(paper, fields)
        case = CaseId(text(fields, "case"))
        if found is None or reader.case_card(case) is None:
            raise UserInputError("paper.unknown")
        return PaperFile(found, file_for_papers(reader, case), fields)
