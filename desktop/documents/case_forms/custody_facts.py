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


def custody_facts(facts: PaperFacts, words: FormTexts) -> FormData:
    """``seals`` and ``passings``: the one the paper is about, else all of the case."""
    file, officers, about = facts.file, facts.officers, facts.about
    seals = [seal for seal in file.seals if about in {"", f"{SEAL}/{seal.id}"}]
    passings = [item for item in file.custody if about in {"", f"{CUSTODY}/{item.id}"}]
    return {
        "seals": [_seal(seal, file, officers, words) for seal in seals],
        "passings": [_passing(item, file, officers, words) for item in passings],
    }


def item_note(item: Evidence, file: CaseFile, officers: Mapping[str, str], words: FormTexts) -> str:
    """What the list notes beside an item: the seal it is under, who took it, or why there was one officer only."""
    seal = seal_on(file.seals, item.id)
    notes = [words.text("evidence.sealed", number=seal.number)] if seal else []
    return "\n".join((*notes, *taken_by(item, officers, words)))


def taken_by(item: Evidence, officers: Mapping[str, str], words: FormTexts) -> tuple[str, ...]:
    """The two officers, with the time when the second confirmed it by their own password; the reason for one."""
    record, told = item.record, []
    if record.second:
        first = _person(item.added_by, officers, words)
        second = _person(record.second, officers, words)
        if record.seconded_at is None:
            told.append(words.text("evidence.seconded_typed", first=first, second=second))
        else:
            at = words.minute(record.seconded_at)
            told.append(words.text("evidence.seconded", first=first, second=second, time=at))
    if record.alone:
        told.append(words.text("evidence.alone", reason=record.alone))
    return tuple(told)


def _seal(seal: Seal, file: CaseFile, officers: Mapping[str, str], words: FormTexts) -> FormData:
    names = {item.id: item.name for item in file.evidence}
    numbers = {item.id: item.number for item in file.seals}
    first, opener = (_person(who, officers, words) for who in (seal.by, seal.opened_by))
    second = confirmed_person(seal.second, seal.seconded_at, officers, words)
    opening = confirmed_person(seal.opened_second, seal.opened_seconded_at, officers, words)
    return {
        "number": seal.number,
        "what": seal.what,
        "items": "、".join(names.get(item, "") for item in seal.items),
        "at": words.minute(seal.at),
        "by": _joined((first, second, _alone(seal.alone, words))),
        "reason": seal.reason,
        "holder": seal.holder,
        "photos": seal.photos,
        "opened_photos": seal.opened_photos,
        "previous": numbers.get(seal.previous, ""),
        "opened": words.minute(seal.opened_at) if seal.opened_at else "",
        "opened_by": _joined((opener, opening, _alone(seal.opened_alone, words))),
        "opened_reason": seal.opened_reason,
        "state": seal.opened_state,
    }


def _passing(
    passing: CustodyTransfer, file: CaseFile, officers: Mapping[str, str], words: FormTexts
) -> FormData:
    known = {item.id: item for item in file.evidence}
    items: list[FormValue] = []
    for name in passing.items:
        if name in known:
            seal = last_seal([seal for seal in file.seals if seal.held_at(passing.at)], [name])
            sealed = seal.number if seal else ""
            items.append({**evidence_facts(known[name], words), "sealed": sealed})
    return {
        "giver": _joined((passing.giver_unit, _person(passing.giver, officers, words))),
        "taker": _joined((passing.taker_unit, _person(passing.taker, officers, words))),
        "at": words.minute(passing.at),
        "place": passing.place,
        "reason": passing.reason,
        "checked": passing.checked,
        "signed": words.minute(passing.signed_at) if passing.signed_at else "",
        "items": items,
    }


def confirmed_person(
    number: str, at: datetime | None, officers: Mapping[str, str], words: FormTexts
) -> str:
    """The second officer, and whether they confirmed here by their own password or only sign on paper."""
    if not number:
        return ""
    who = _person(number, officers, words)
    if at is None:
        return words.text("evidence.to_sign", person=who)
    return words.text("evidence.confirmed", person=who, time=words.minute(at))


def _alone(reason: str, words: FormTexts) -> str:
    return words.text("evidence.one_officer", reason=reason) if reason else ""


def _person(number: str, officers: Mapping[str, str], words: FormTexts) -> str:
    return words.person(number, officers[number]) if number in officers else number


def _joined(parts: tuple[str, ...] | list[str]) -> str:
    return "　".join(part for part in parts if part)
