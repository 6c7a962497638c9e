"""电子证据移送清单: what leaves for prosecutor or court, with the digests that fix it and what proves the sender."""

from __future__ import annotations

from datetime import datetime

from desktop.documents.corner_mark import corner_mark
from desktop.documents.form_texts import FormData, FormTexts, in_groups
from desktop.documents.printable import FormValue
from desktop.domain.evidence.court_handover import CourtHandoverFacts, HandedItem


def court_handover_list(facts: CourtHandoverFacts, words: FormTexts, at: datetime) -> FormData:
    """What ``court_handover_list.typ`` prints. Digests in upper-case groups of eight."""
    size = sum(item.fixed.size for item in facts.items)
    people = [words.person(number, name) for number, name in facts.officers]
    heads = words.frame(words.text("form.hand_over_list"), at) | corner_mark(facts.case_number)
    return heads | {
        "local_number": facts.case_number,
        "official_number": facts.official_number,
        "unit": facts.unit_name,
        "made_at": words.second(facts.made_at),
        "receiver": facts.receiver,
        "reason": facts.reason,
        "fingerprint": facts.fingerprint,
        "verifier": in_groups(facts.verifier),
        "id": facts.id,
        "count": len(facts.items),
        "size": f"{size:,}",
        "rows": [_row(item, words) for item in facts.items],
        "officers": [*people, *[""] * (2 - len(people))],
        "note": words.text("hand_over.note"),
    }


def _row(item: HandedItem, words: FormTexts) -> FormValue:
    evidence, fixed = item.evidence, item.fixed
    return {
        "number": item.number,
        "name": evidence.name,
        "path": fixed.path,
        "size": f"{fixed.size:,}",
        "type": evidence.media_type,
        "method": words.name("method", evidence.method.value),
        "source": evidence.source,
        "holder": evidence.record.holder,
        "device": evidence.record.device,
        "time": words.minute(evidence.added_at),
        "sha256": in_groups(fixed.sha256),
        "sm3": in_groups(fixed.sm3),
        "md5": in_groups(fixed.md5),
    }
