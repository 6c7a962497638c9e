"""What is recorded of an item, in a few lines beside its digests."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.clock import from_wire
from desktop.domain.evidence.item import Evidence
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.quantities import size_text


def source_text(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    """Source, method, size; then holder, officers and witness, or that nobody has recorded them."""
    words, record = kit.texts, item.record
    method = words.text(f"evidence.method.{item.method.value}")
    first = (item.source, method, size_text(words, item.size))
    lines = [" · ".join(part for part in first if part)]
    if record.empty:
        return "\n".join((*lines, words.text("evidence_record.none")))
    holder = (
        words.text("evidence_record.of_holder", name=record.holder) if record.holder else "",
        record.device,
    )
    lines.append(" · ".join(part for part in holder if part))
    lines.append(_officers(kit, item, officers))
    lines.append(_witness(kit, item))
    return "\n".join(line for line in lines if line)


def times_text(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    """When it was received and by whom, when it was taken, when the file was last changed."""
    words, zone = kit.texts, kit.zone
    officer = officers.get(item.added_by, item.added_by)
    added = show_local(item.added_at, zone)
    lines = [words.text("evidence.facts.added", time=added, officer=officer)]
    if item.record.taken_at is not None:
        taken = show_local(item.record.taken_at, zone)
        lines.append(words.text("evidence_record.taken", time=taken))
    if item.modified_at:
        modified = show_local(from_wire(item.modified_at), zone)
        lines.append(words.text("evidence.facts.modified", time=modified))
    return "\n".join(lines)


def _officers(kit: Kit, item: Evidence, officers: Mapping[str, str]) -> str:
    second, alone = item.record.second, item.record.alone
    if second:
        names = "、".join(officers.get(number, number) for number in (item.added_by, second))
        confirmed = item.record.seconded_at is not None
        key = "evidence_record.of_officers" if confirmed else "evidence_record.of_officers_typed"
        return " · ".join(filter(None, (kit.texts.text(key, names=names), alone)))
    return kit.texts.text("evidence_record.alone", reason=alone) if alone else ""


def _witness(kit: Kit, item: Evidence) -> str:
    witness, missing = item.record.witness, item.record.no_witness
    if witness:
        return kit.texts.text("evidence_record.of_witness", name=witness)
    return kit.texts.text("evidence_record.no_witness", reason=missing) if missing else ""
