"""The officers of a record of extraction, and how the second one's part in it is vouched for."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.documents.case_facts import second_officer
from desktop.documents.custody_facts import confirmed_person
from desktop.documents.form_texts import FormData, FormTexts
from desktop.documents.printable import FormValue
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.item import Evidence


def taking_officers(file: CaseFile, officers: Mapping[str, str], words: FormTexts) -> FormData:
    """``officers``: the one of the case and the second of the evidence, else of its orders. ``vouched``: of which items
    the second confirmed on this computer, of which only a name was typed, and why one officer was alone."""
    recorded = [item.record.second for item in file.evidence if item.record.second]
    second = recorded[-1] if recorded else second_officer(file)
    first = file.case.accepted_by
    told: dict[str, list[int]] = {}
    for number, item in enumerate(file.evidence, 1):
        line = _vouched(item, second, officers, words)
        if line:
            told.setdefault(line, []).append(number)
    everything = len(file.evidence)
    vouched: list[FormValue] = [
        line if len(numbers) == everything else _of_some(line, numbers, words)
        for line, numbers in told.items()
    ]
    people: list[FormValue] = [
        words.person(first, officers.get(first, "")),
        words.person(second, officers.get(second, "")),
    ]
    return {"officers": people, "vouched": vouched}


def _vouched(item: Evidence, second: str, officers: Mapping[str, str], words: FormTexts) -> str:
    record = item.record
    if record.alone and not record.second:
        return words.text("evidence.one_officer", reason=record.alone)
    return confirmed_person(record.second or second, record.seconded_at, officers, words)


def _of_some(line: str, numbers: list[int], words: FormTexts) -> str:
    return words.text("evidence.of_items", line=line, numbers=_ranges(numbers))


def _ranges(numbers: list[int]) -> str:
    """``1–3、7``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
