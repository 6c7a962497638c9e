"""Look at a paper: as it would be printed, as it was signed, and what the case says otherwise since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import AppError, WorldError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import Paper, Signing
from desktop.domain.records.fields import Fields, Json, mapping
from desktop.domain.time.local_time import show_time
from desktop.journal.canonical import canonical
from desktop.services.papers.paper_facts import facts_of, paper_facts
from desktop.services.papers.read_paper import facts_for, read_paper
from desktop.services.papers.render_form import render_form
from desktop.services.ports import NO_TEXTS, Pdf, Template
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Difference:
    """A place of a signed paper at which the case now says something else; empty where it says nothing."""

    place: str
    before: str
    now: str


def preview_paper(
    session: Session, paper: PaperId, texts: Mapping[str, str | None] = NO_TEXTS
) -> Pdf:
    """A draft as it would be printed now, a signed paper as it was signed.

    ``texts``: what was typed and not kept yet; None for a place given back to the form. Looking leaves no entry.

    Raises ``UserInputError("paper.unknown")``; as :func:`signed_pdf`.
    """
    found = read_paper(session, paper)
    form, subject = found.paper.form, f"paper/{paper}"
    if found.paper.signed is not None:
        return signed_pdf(session, found.paper.signed).about(form, subject)
    written = {**found.paper.texts, **texts}
    changed = {place: words for place, words in written.items() if words is not None}
    drawn = render_form(session, form, facts_for(session, found), changed, found.paper.blanks)
    return drawn.about(form, subject)


def signed_pdf(session: Session, signing: Signing) -> Pdf:
    """The octets that were signed; raises ``WorldError("paper.not_here")``: it was signed at another desk and its file
    has not come; ``TrustError("vault.damaged")``."""
    session.require(Permission.READ_CASES)
    if not session.vault.has(signing.pdf.sha256):
        raise WorldError("paper.not_here", at=show_time(signing.at))
    with session.vault.open(signing.pdf.sha256) as stream:
        return Pdf(stream.read(), signing.pages)


def shown_texts(session: Session, paper: PaperId) -> Mapping[str, str]:
    """What stands in each editable place: what was written there, else the phrase of the form."""
    found = read_paper(session, paper)
    if found.paper.signed is not None:
        frozen = mapping(_record(session, found.paper.signed), "texts")
        return {place: str(words) for place, words in frozen.items()}
    return {
        **session.papers.texts(found.paper.form, facts_for(session, found)),
        **found.paper.texts,
    }


def differences(session: Session, file: CaseFile, paper: Paper) -> tuple[Difference, ...]:
    """Where the case says something else than the signed paper; nothing for a draft, which follows the case, and
    nothing of what the form does not place: a record of interview says nothing of evidence that came later.

    Raises ``WorldError("vault.missing")`` when the record of what was signed is not here.
    """
    session.require(Permission.READ_CASES)
    if paper.signed is None:
        return ()
    facts = facts_of(session, file, about=paper.about, dated=paper.dated, form=paper.form)
    record = _record(session, paper.signed)
    template = session.papers.template(paper.form)
    then = _read_by(template, mapping(record, "facts"))
    now = _read_by(template, session.papers.printed_facts(paper.form, facts))
    if paper.signed.template == template.version:
        # A wording nobody edited follows the case as well; another template would word it otherwise anyhow.
        then |= _unwritten(mapping(record, "texts"), paper)
        now |= _unwritten(session.papers.texts(paper.form, facts), paper)
    return tuple(
        Difference(place, _words(then.get(place)), _words(now.get(place)))
        for place in (*then, *(place for place in now if place not in then))
        if then.get(place) != now.get(place)
    )


def _read_by(template: Template, facts: Mapping[str, Json]) -> dict[str, Json]:
    reads = template.reads
    return {
        place: fact
        for place, fact in facts.items()
        if reads is None or place.partition(".")[0] in reads
    }


def _unwritten(texts: Mapping[str, Json], paper: Paper) -> dict[str, Json]:
    return {f"texts.{place}": words for place, words in texts.items() if place not in paper.texts}


def _record(session: Session, signing: Signing) -> Fields:
    with session.vault.open(signing.record.sha256) as stream:
        record: Fields = json.loads(stream.read())
    return record


def _words(value: Json) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else canonical(value).decode()


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper to look at. ``texts``: what stands in each editable place."""

    pdf: Pdf
    texts: Mapping[str, str]
    differences: tuple[Difference, ...] = ()
    problem: str = ""
    """Why what the unit adapted is not used."""
    behind: bool = False
    """The shipped wording changed since the unit adapted it."""


def show_paper(session: Session, paper: PaperId, texts: Mapping[str, str | None]) -> ShownPaper:
    """A draft as it would be printed with ``texts`` not kept yet, or a signed paper; leaves no entry."""
    found = read_paper(session, paper)
    pdf = preview_paper(session, paper, texts)
    template = session.papers.template(found.paper.form)
    signed = bool(found.paper.signed)
    return ShownPaper(
        pdf,
        shown_texts(session, paper),
        differences(session, found.file, found.paper) if found.paper.living else (),
        "" if signed else template.problem,
        template.behind and not signed,
    )


def show_form(session: Session, form: str, case: CaseId, about: str = "") -> ShownPaper:
    """A form as it would be printed, of the case or about something in it; looking leaves no entry. Raises as
    :func:`~desktop.services.papers.render_form.require_form`."""
    template = session.papers.template(form)
    pdf = render_form(session, form, paper_facts(session, case, about, form))
    return ShownPaper(pdf, {}, (), template.problem, template.behind)


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
