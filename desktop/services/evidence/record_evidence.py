"""Record how items of evidence were obtained; what was recorded before stays in the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import PurePath
from typing import Any

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import (
    RECORD,
    EvidenceRecord,
    record_changes,
    still_confirmed,
)
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_RECORDED
from desktop.services.ports import Reader
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class TypedRecord:
    """What an officer says of items: the source in words, the method, and everything else."""

    source: str
    method: AcquisitionMethod
    record: EvidenceRecord


def record_evidence(
    session: Session,
    case: CaseId,
    items: Sequence[EvidenceId],
    typed: TypedRecord,
    second: Officer | None = None,
) -> int:
    """Record the same of each of ``items``; how many changed. Of several, each keeps its format and time.

    ``second``: the other officer, who has just proved who they are; the entry by which they confirm what is recorded
    is theirs. A confirmation holds until something else is recorded of how the item was obtained.

    Raises:
        UserInputError: ``evidence.unknown``; ``evidence.future``: taken at a time that is still to come.
        RuleError: ``evidence.same_officer``: the second officer is the first; ``evidence.police_witness``: officers
            are no witnesses (程序规定 Art. 194); ``evidence.second_may_not``: the second officer's roles do not reach
            evidence.
    """
    session.require(Permission.ADD_EVIDENCE)
    if second is not None:
        typed = _seconded(typed, second)
    with session.store.write() as transaction:
        known = chosen_items(transaction, case, items)
        first = (item.added_by for item in known)
        checked = checked_record(session, typed, transaction.officers(), first)
        entries = [
            NewEntry(EVIDENCE_RECORDED, f"evidence/{item.id}", changed)
            for item in known
            if (changed := _changes(item, checked, several=len(known) > 1))
        ]
        transaction.append_all(session.officer.number, entries)
        if second is not None:
            at: dict[str, Json] = {f"{RECORD}.seconded_at": to_wire(session.clock.now())}
            confirmed = [NewEntry(EVIDENCE_RECORDED, f"evidence/{item.id}", at) for item in known]
            transaction.append_all(second.number, confirmed)
    return len(entries) if second is None else len(known)


def _seconded(typed: TypedRecord, second: Officer) -> TypedRecord:
    if not second.may(Permission.ADD_EVIDENCE):
        raise RuleError("evidence.second_may_not")
    return replace(typed, record=replace(typed.record, second=second.number))


def format_of(item: Evidence) -> str:
    """``JPG · image/jpeg``: what name and media type say, to be corrected by whoever knows better."""
    suffix = PurePath(item.name).suffix.lstrip(".").upper()
    media = "" if item.media_type == "application/octet-stream" else item.media_type
    return " · ".join(part for part in (suffix, media) if part)


def checked_record(
    session: Session, typed: TypedRecord, officers: Sequence[Officer], first: Iterable[str]
) -> TypedRecord:
    """What was typed, tidied; ``first``: who took the items in. Raises as :func:`record_evidence`."""
    record = _tidy(typed.record)
    if record.taken_at is not None and record.taken_at > session.clock.now():
        raise UserInputError("evidence.future")
    _check_persons(record, set(first), officers)
    return replace(typed, source=clean(typed.source), record=record)


def _tidy(record: EvidenceRecord) -> EvidenceRecord:
    texts: dict[str, Any] = {
        item.name: clean(value)
        for item in fields(record)
        if isinstance(value := getattr(record, item.name), str)
    }
    return replace(record, **texts, seconded_at=None)  # nobody types that somebody else confirmed


def chosen_items(transaction: Reader, case: CaseId, wanted: Iterable[EvidenceId]) -> list[Evidence]:
    """The items of the case with these ids, in the order of the case; raises ``UserInputError("evidence.unknown")``."""
    asked = set(wanted)
    found = [item for item in transaction.evidence(case) if item.id in asked]
    if not asked or len(found) != len(asked):
        raise UserInputError("evidence.unknown")
    return found


def _check_persons(record: EvidenceRecord, first: set[str], officers: Sequence[Officer]) -> None:
    """Two officers are two people, and no witness is one of them."""
    own = first | {officer.name for officer in officers if officer.number in first}
    if record.second and record.second in own:
        raise RuleError("evidence.same_officer")
    names = {name for officer in officers for name in (officer.number, officer.name)}
    if record.witness and record.witness in {*names, record.second}:
        raise RuleError("evidence.police_witness")


def _changes(item: Evidence, typed: TypedRecord, *, several: bool) -> dict[str, Json]:
    record = typed.record
    if several:
        record = replace(
            record,
            format=item.record.format or format_of(item),
            taken_at=item.record.taken_at or record.taken_at,
            shot=item.record.shot,
            frame=item.record.frame,
            proves=tuple(dict.fromkeys((*item.record.proves, *record.proves))),
        )
    same = typed.source == item.source and typed.method is item.method
    if same and still_confirmed(item.record, record):
        record = replace(record, seconded_at=item.record.seconded_at)
    changed = record_changes(item.record, record)
    if typed.source != item.source:
        changed["source"] = typed.source
    if typed.method is not item.method:
        changed["method"] = typed.method.value
    return changed
