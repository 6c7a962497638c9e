"""Begin a paper of a case, and write in the places the law leaves free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.occasion import about_occasion, occasions, unwritten
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import BLANK, MAX_TEXT, TEXT, Paper, PaperState, paper_from_fields
from desktop.domain.records.fields import Fields, Json
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PAPER_DRAFTED, PAPER_EDITED
from desktop.services.look_up import file_in
from desktop.services.papers.paper_facts import file_for_papers
from desktop.services.papers.read_paper import read_paper, spec_of
from desktop.services.papers.render_form import require_form
from desktop.services.ports import NO_TEXTS, FormSpec
from desktop.services.session import Session

_SEVERAL: Final = 2


def draft_paper(session: Session, case: CaseId, form: str, about: str = "") -> Paper:
    """Begin a paper that bears the day of today; a draft of this form about the same thing that is open already is
    taken up again.

    A form about the taking of evidence is about the first occasion that has no such paper yet, unless ``about`` names
    an item of another.

    Raises:
        UserInputError: ``form.unknown``, ``case.unknown``.
        RuleError: as :func:`~desktop.services.papers.render_form.require_form`.
    """
    session.require(Permission.WRITE_CASES)
    spec = spec_of(session, form)
    now = session.clock.now()
    paper = Paper(
        id=PaperId(session.ids.new_id()),
        form=form,
        form_set=spec.form_set,
        dated=now,
        made_at=now,
        made_by=session.officer.number,
    )
    with session.store.write() as transaction:
        whole = file_for_papers(transaction, case)
        about = about or _next_occasion(whole, spec)
        for other in file_in(transaction, case).papers:
            same = (other.form, other.about) == (form, about)
            if same and other.state is PaperState.DRAFT:
                return other
        require_form(session, form, whole, about)
        paper = replace(paper, about=about)
        entry = NewEntry(PAPER_DRAFTED, f"paper/{paper.id}", paper.to_fields(case))
        transaction.append(session.officer.number, entry)
    return paper


def _next_occasion(file: CaseFile, spec: FormSpec) -> str:
    """What the next paper of that form is about, where evidence was taken on several occasions."""
    if len(occasions(file.evidence, spec.methods)) < _SEVERAL:
        return ""
    abouts = {paper.about for paper in file.papers if paper.form == spec.id and paper.living}
    waiting = unwritten(file.evidence, spec.methods, abouts)
    return about_occasion(waiting[0]) if waiting else ""


def edit_paper(
    session: Session,
    paper: PaperId,
    texts: Mapping[str, str | None] = NO_TEXTS,
    blanks: Mapping[str, str] = NO_TEXTS,
) -> None:
    """Write into a draft. A text None gives its place back to the form; a reason "" takes a blank back.

    What stands there already records nothing.

    Raises:
        UserInputError: ``paper.unknown``; ``form.place`` for a place the form does not declare;
            ``paper.text_too_long``.
        RuleError: ``paper.not_draft``: what was signed is not written in.
    """
    session.require(Permission.WRITE_CASES)
    found = read_paper(session, paper)
    spec = spec_of(session, found.paper.form)
    if not texts.keys() <= set(spec.editable):
        raise UserInputError("form.place")
    if not blanks.keys() <= set(spec.places):
        raise UserInputError("form.place")
    if any(words is not None and len(words) > MAX_TEXT for words in texts.values()):
        raise UserInputError("paper.text_too_long", limit=MAX_TEXT)
    wanted: dict[str, Json] = {f"{TEXT}{place}": words for place, words in texts.items()}
    wanted |= {f"{BLANK}{place}": clean(why) for place, why in blanks.items()}
    with session.store.write() as transaction:
        known = transaction.current(f"paper/{paper}")
        current = paper_from_fields(paper, known)
        if current is None or current.state is not PaperState.DRAFT:
            raise RuleError("paper.not_draft")
        changed = {name: value for name, value in wanted.items() if not _stands(known, name, value)}
        if changed:
            entry = NewEntry(PAPER_EDITED, f"paper/{paper}", changed)
            transaction.append(session.officer.number, entry)


def _stands(known: Fields, name: str, value: Json) -> bool:
    if name.startswith(BLANK):
        return (known.get(name) or "") == value
    return known.get(name) == value
