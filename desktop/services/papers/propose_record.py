"""What the record of an item most likely says, so that an officer types once what holds for many items."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.step import StepKind
from desktop.domain.errors import RuleError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.occasion import unwritten
from desktop.domain.evidence.record import NOT_RECORDED, EvidenceRecord
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.evidence.record_evidence import TypedRecord, format_of
from desktop.services.papers.draft_paper import draft_paper
from desktop.services.ports import FormSpec
from desktop.services.session import Session

NOTHING: Final = TypedRecord("", AcquisitionMethod.PROVIDED, NOT_RECORDED)
_OF_THE_ITEM: Final = {
    "format": "",
    "taken_at": None,
    "proves": (),
    "unsigned": "",
    "shot": "",
    "frame": 0,
    "seconded_at": None,
}


def propose_record(session: Session, items: Iterable[Evidence], item: Evidence) -> TypedRecord:
    """What is recorded of ``item``; else what was recorded last of another of the case, with what the file itself
    says; else what the case says of its victim and second officer."""
    session.require(Permission.READ_CASES)
    if not item.record.empty:
        return TypedRecord(item.source, item.method, item.record)
    recorded = [other for other in items if not other.record.empty]
    if not recorded:
        return TypedRecord(item.source, item.method, EvidenceRecord(format=format_of(item)))
    last = last_record(session, recorded)
    return replace(last, record=replace(last.record, format=format_of(item)))


def last_record(session: Session, items: Iterable[Evidence]) -> TypedRecord:
    """What was recorded last, without what belongs to that item alone."""
    session.require(Permission.READ_CASES)
    recorded = [item for item in items if not item.record.empty]
    if not recorded:
        return NOTHING
    last = max(recorded, key=lambda item: (item.added_at, item.id))
    shared = replace(last.record, **_OF_THE_ITEM)  # type: ignore[arg-type]  # named fields
    return TypedRecord(last.source, last.method, shared)


def from_case(session: Session, typed: TypedRecord, file: CaseFile) -> TypedRecord:
    """Holder, second officer and place from the case where nobody has said otherwise."""
    session.require(Permission.READ_CASES)
    record, case = typed.record, file.case
    seconds = [view.order.second_officer for view in file.orders if view.order.second_officer]
    return replace(
        typed,
        record=replace(
            record,
            holder=record.holder or case.victim.name,
            second=record.second or (seconds[0] if seconds and not record.alone else ""),
            place=record.place or case.unit_name,
        ),
    )


def is_administrative(file: CaseFile) -> bool:
    """Whether the case was accepted as a public-order case and not filed as a criminal one since."""
    kinds = {step.kind for step in file.steps if not step.withdrawn}
    return StepKind.ACCEPTED_ADMINISTRATIVE in kinds and StepKind.FILED not in kinds


def draft_advised(session: Session, case: CaseId, forms: Iterable[str]) -> int:
    """Begin the papers a way of taking evidence asks for; one that lives already is left as it is, a further occasion
    has one of its own, and what the law does not let be made yet is not begun (扣押 before 立案). How many were begun.
    Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.WRITE_CASES)
    with session.store.read() as reader:
        file = reader.case_file(case)
    known = {spec.id: spec for spec in session.papers.forms()}
    wanted = [
        form for form in dict.fromkeys(forms) if form in known and _is_wanted(file, known[form])
    ]
    begun = 0
    for form in wanted:
        with suppress(RuleError):
            draft_paper(session, case, form)
            begun += 1
    return begun


def _is_wanted(file: CaseFile | None, spec: FormSpec) -> bool:
    papers = file.papers if file is not None else ()
    abouts = {paper.about for paper in papers if paper.form == spec.id and paper.living}
    return not abouts or bool(unwritten(file.evidence if file else (), spec.methods, abouts))
