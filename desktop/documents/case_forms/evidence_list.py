"""接受证据材料清单: what was handed over, with the digests that fix it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from desktop.documents.case_forms.case_facts import second_officer
from desktop.documents.case_forms.custody_facts import taken_by
from desktop.documents.case_forms.form_specs import FormEntry, entry_of
from desktop.documents.case_forms.party_facts import role_words
from desktop.documents.printing.form_texts import FormData, FormTexts, in_groups
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.supplement_papers import brought_with, supplement_of
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.people.party import SELF, PartyRole
from desktop.domain.cases.supplement import SupplementSource
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.list_digest import list_digest
from desktop.domain.evidence.occasion import ABOUT, items_for
from desktop.domain.ids import PartyId
from desktop.runtime.files.atomic_file import size_text
from desktop.runtime.qr_picture import qr_png

EVIDENCE_LIST: Final = "evidence_list"
"""The form of the criminal set, and the template of both."""
_ROWS: Final = 6
"""Rows of the blank form; those not needed are struck out."""


def received(entry: FormEntry, file: CaseFile, about: str) -> CaseFile:
    """The case with what was handed in, on one occasion: what came with a supplement, else what was received on the day
    that the paper is about, else on the first one. What officers extracted, photographed or asked others for stands in
    the lists of those acts; of joined reports each has lists of its own, which whoever handed it in signs."""
    whose = file.of_others.get(about.removeprefix(ABOUT))
    own = tuple(item for item in file.evidence if file.of_others.get(item.id) == whose)
    file = replace(file, evidence=own)
    if supplement_of(file, about) is None:
        return replace(file, evidence=items_for(file.evidence, entry.methods, about))
    brought = brought_with(file, about)
    items = tuple(item for item in brought.evidence if item.method.value in entry.methods)
    return replace(brought, evidence=items)


def count_received(file: CaseFile) -> int:
    """How many items the list of the first occasion has: what the register says of it."""
    return len(received(entry_of(EVIDENCE_LIST), file, "").evidence)


def provider(file: CaseFile, about: str, texts: FormTexts) -> str:
    """提交人, who signs: whoever came with it, and as what where that is not the victim; of a joined report its victim.
    Empty where the supplement it came with is not of whoever reported."""
    whose = file.of_others.get(about.removeprefix(ABOUT))
    if whose is not None:
        return next((party.name for party in file.case.parties if party.id == PartyId(whose)), "")
    later = supplement_of(file, about)
    if later is not None and later.source is not SupplementSource.REPORTER:
        return ""
    came = file.case.reporter
    if came.id == SELF or PartyRole.VICTIM in came.roles:
        return came.name
    roles = "、".join(role_words(came, texts))
    return texts.text("party.as", name=came.name, role=roles) if came.name and roles else came.name


def evidence_list(
    file: CaseFile, officers: Mapping[str, str], texts: FormTexts, at: datetime, who: str
) -> FormData:
    """What ``evidence_list.typ`` prints; ``who``: :func:`provider`. Digests in upper-case groups of eight."""
    case, second = file.case, second_officer(file)
    rows = [_row(item, officers, texts) for item in file.evidence]
    return texts.frame(texts.text("form.evidence_list"), at) | {
        "local_number": case.number,
        "unit": case.unit_name,
        "provider": who,
        "rows": rows,
        "blank_rows": max(0, _ROWS - len(rows)),
        "officer": texts.person(case.accepted_by, officers.get(case.accepted_by, "")),
        "second": texts.person(second, officers.get(second, "")),
    }


def list_code(file: CaseFile) -> FormData:
    """The digest of the whole list, to be read and to be scanned; of an empty list nothing."""
    if not file.evidence:
        return {"digest": "", "code": []}
    digest = list_digest(file.evidence)
    content = f"{file.case.number} {len(file.evidence)} SHA256 {digest}"
    return {"digest": in_groups(digest), "code": list(qr_png(content.encode("ascii", "replace")))}


def _row(item: Evidence, officers: Mapping[str, str], texts: FormTexts) -> FormValue:
    return {
        "name": item.name,
        "size": texts.text("evidence.size", size=size_text(item.size), bytes=f"{item.size:,}"),
        "type": item.record.format or item.media_type,
        "sha256": in_groups(item.sha256),
        "sm3": in_groups(item.sm3),
        "md5": in_groups(item.md5),
        "method": texts.text(f"method.{item.method.value}"),
        "source": item.source,
        "time": texts.minute(item.added_at),
        "officers": list(taken_by(item, officers, texts)),
    }
