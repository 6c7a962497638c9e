"""Sign a paper: what it says is frozen, in the vault and by digest in the journal.

The files are safe before the entry that names them: a crash in between leaves two unused files, never half a paper.
"""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.errors import RuleError
from desktop.domain.evidence.item import StoredBlob
from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.ids import PaperId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import (
    Paper,
    PaperState,
    Signing,
    next_version,
    paper_from_fields,
)
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.canonical import canonical
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PAPER_SIGNED, PAPER_SUPERSEDED
from desktop.services.papers.paper_facts import file_for_papers
from desktop.services.papers.read_paper import PaperFile, facts_for, read_paper, spec_of
from desktop.services.papers.render_form import render_form
from desktop.services.ports import PaperFacts, Transaction
from desktop.services.session import Session


def sign_paper(session: Session, paper: PaperId) -> Paper:
    """Freeze a draft as it stands now; the version it replaces is superseded.

    Raises:
        UserInputError: ``paper.unknown``.
        RuleError: ``paper.not_draft``; ``paper.places_open`` (count): a place is empty and nobody said why;
            ``paper.changed_meanwhile``: the case or the draft changed while it was drawn; as ``require_form``.
    """
    session.require(Permission.WRITE_CASES)
    found = read_paper(session, paper)
    if found.paper.state is not PaperState.DRAFT:
        raise RuleError("paper.not_draft")
    version = next_version(found.file.papers, found.paper.form, found.paper.about)
    facts = replace(facts_for(session, found), version=version)
    missing = _open_places(session, found, facts)
    if missing:
        raise RuleError("paper.places_open", count=len(missing))
    signing = _freeze(session, found, facts)
    with session.store.write() as transaction:
        subject = f"paper/{paper}"
        unchanged = transaction.current(subject) == found.fields
        if not unchanged or file_for_papers(transaction, found.file.case.id) != found.file:
            raise RuleError("paper.changed_meanwhile")
        signed = NewEntry(PAPER_SIGNED, subject, {"signed": signing.to_json()})
        transaction.append(session.officer.number, signed)
        _supersede(session, transaction, found.paper)
    return replace(found.paper, signed=signing)


def _open_places(session: Session, found: PaperFile, facts: PaperFacts) -> tuple[str, ...]:
    shown = {**session.papers.texts(found.paper.form, facts), **found.paper.texts}
    places = spec_of(session, found.paper.form).editable
    return tuple(
        key for key in places if not shown.get(key, "").strip() and key not in found.paper.blanks
    )


def _freeze(session: Session, found: PaperFile, facts: PaperFacts) -> Signing:
    paper = found.paper
    pdf = render_form(session, paper.form, facts, paper.texts, paper.blanks)
    template = session.papers.template(paper.form).version
    record: dict[str, Json] = {
        "paper": paper.id,
        "form": paper.form,
        "form_set": paper.form_set,
        "template": template,
        "dated": to_wire(paper.dated),
        "signed_at": to_wire(facts.at),
        "version": facts.version,
        "texts": {**session.papers.texts(paper.form, facts), **paper.texts},
        "blanks": dict(paper.blanks),
        "facts": session.papers.printed_facts(paper.form, facts),
    }
    return Signing(
        at=facts.at,
        by=session.officer.number,
        pdf=_ref(session.vault.store_bytes(pdf.data)),
        record=_ref(session.vault.store_bytes(canonical(record))),
        pages=pdf.pages,
        template=template,
        version=facts.version,
    )


def _ref(blob: StoredBlob) -> BlobRef:
    return BlobRef(blob.sha256, blob.size, blob.sm3)


def _supersede(session: Session, transaction: Transaction, paper: Paper) -> None:
    if not paper.replaces:
        return
    subject = f"paper/{paper.replaces}"
    former = paper_from_fields(paper.replaces, transaction.current(subject))
    if former is not None and former.state is PaperState.SIGNED:
        entry = NewEntry(PAPER_SUPERSEDED, subject, {"replaced_by": paper.id})
        transaction.append(session.officer.number, entry)
