"""Seals and passings in words, for the papers both sides sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop.documents.case_forms.case_facts import evidence_facts
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.custody import CUSTODY, SEAL, CustodyTransfer, Seal, last_seal, seal_on
from desktop.domain.evidence.item import Evidence
from desktop.services.ports import PaperFacts


def custody_facts(facts: PaperFacts, texts: FormTexts) -> FormData:
    """``seals`` and ``passings``: the one the paper is about, else all of the case."""
    file, officers, about = facts.file, facts.officers, facts.about
    seals = [seal for seal in file.seals if about in {"", f"{SEAL}/{seal.id}"}]
    passings = [item for item in file.custody if about in {"", f"{CUSTODY}/{item.id}"}]
    return {
        "seals": [_seal(seal, file, officers, texts) for seal in seals],
        "passings": [_passing(item, file, officers, texts) for item in passings],
    }


def item_note(item: Evidence, file: CaseFile, officers: Mapping[str, str], texts: FormTexts) -> str:
    """What the list notes beside an item: the seal it is under, who took it, or why there was one officer only."""
    seal = seal_on(file.seals, item.id)
    notes = [texts.text("evidence.sealed", number=seal.number)] if seal else []
    return "\n".join((*notes, *taken_by(item, officers, texts)))


def taken_by(item: Evidence, officers: Mapping[str, str], texts: FormTexts) -> tuple[str, ...]:
    """The two officers, with the time when the second confirmed it by their own password; the reason for one."""
    record, lines = item.record, []
    if record.second:
        first = _person(item.added_by, officers, texts)
        second = _person(record.second, officers, texts)
        if record.seconded_at is None:
            lines.append(texts.text("evidence.seconded_typed", first=first, second=second))
        else:
            at = texts.minute(record.seconded_at)
            lines.append(texts.text("evidence.seconded", first=first, second=second, time=at))
    if record.alone:
        lines.append(texts.text("evidence.alone", reason=record.alone))
    return tuple(lines)


def _seal(seal: Seal, file: CaseFile, officers: Mapping[str, str], texts: FormTexts) -> FormData:
    names = {item.id: item.name for item in file.evidence}
    numbers = {item.id: item.number for item in file.seals}
    first, opener = (_person(who, officers, texts) for who in (seal.by, seal.opened_by))
    second = confirmed_person(seal.second, seal.seconded_at, officers, texts)
    opening = confirmed_person(seal.opened_second, seal.opened_seconded_at, officers, texts)
    return {
        "number": seal.number,
        "what": seal.what,
        "items": "、".join(names.get(item, "") for item in seal.items),
        "at": texts.minute(seal.at),
        "by": _joined((first, second, _alone(seal.alone, texts))),
        "reason": seal.reason,
        "holder": seal.holder,
        "photos": seal.photos,
        "opened_photos": seal.opened_photos,
        "previous": numbers.get(seal.previous, ""),
        "opened": texts.minute(seal.opened_at) if seal.opened_at else "",
        "opened_by": _joined((opener, opening, _alone(seal.opened_alone, texts))),
        "opened_reason": seal.opened_reason,
        "state": seal.opened_state,
    }


def _passing(
    passing: CustodyTransfer, file: CaseFile, officers: Mapping[str, str], texts: FormTexts
) -> FormData:
    known = {item.id: item for item in file.evidence}
    items: list[FormValue] = []
    for name in passing.items:
        if name in known:
            seal = last_seal([seal for seal in file.seals if seal.held_at(passing.at)], [name])
            sealed = seal.number if seal else ""
            items.append({**evidence_facts(known[name], texts), "sealed": sealed})
    return {
        "giver": _joined((passing.giver_unit, _person(passing.giver, officers, texts))),
        "taker": _joined((passing.taker_unit, _person(passing.taker, officers, texts))),
        "at": texts.minute(passing.at),
        "place": passing.place,
        "reason": passing.reason,
        "checked": passing.checked,
        "signed": texts.minute(passing.signed_at) if passing.signed_at else "",
        "items": items,
    }


def confirmed_person(
    number: str, at: datetime | None, officers: Mapping[str, str], texts: FormTexts
) -> str:
    """The second officer, and whether they confirmed here by their own password or only sign on paper."""
    if not number:
        return ""
    who = _person(number, officers, texts)
    if at is None:
        return texts.text("evidence.to_sign", person=who)
    return texts.text("evidence.confirmed", person=who, time=texts.minute(at))


def _alone(reason: str, texts: FormTexts) -> str:
    return texts.text("evidence.one_officer", reason=reason) if reason else ""


def _person(number: str, officers: Mapping[str, str], texts: FormTexts) -> str:
    return texts.person(number, officers[number]) if number in officers else number


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    return "　".join(part for part in parts if part)
