"""What a record of taking evidence says of its own occasion: which items, who took them, before whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from desktop.documents.case_forms.form_specs import FormEntry
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.custody import SEAL
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.occasion import items_for
from desktop.services.ports import PaperFacts

SEALS: Final = "sealing_record"
"""The template of the record of seals."""
BY_HAND: Final = "by_hand"
"""Of a form whose data are filled in by hand."""


def on_occasion(entry: FormEntry, facts: PaperFacts) -> PaperFacts:
    """The facts with those items alone that the paper may list; all of them where the form is about no occasion, none
    where the program knows of no item that was got in the way the form is about."""
    if entry.template == SEALS:
        return _sealed(facts)
    by_hand = entry.given.get(BY_HAND, False)
    if not entry.methods and not by_hand:
        return facts
    items = () if by_hand else items_for(facts.file.evidence, entry.methods, facts.about)
    return replace(facts, file=replace(facts.file, evidence=items))


def _sealed(facts: PaperFacts) -> PaperFacts:
    """With the items alone that lie under the seals the paper is about."""
    seals = (seal for seal in facts.file.seals if facts.about in {"", f"{SEAL}/{seal.id}"})
    inside = {item for seal in seals for item in seal.items}
    items = tuple(item for item in facts.file.evidence if item.id in inside)
    return replace(facts, file=replace(facts.file, evidence=items))


def occasion_facts(file: CaseFile, texts: FormTexts) -> FormData:
    """``holder``: who held or provided it; ``unsigned``: why the holder did not sign."""
    items = file.evidence
    return {
        "holder": "、".join(_each(items, "holder")) or file.case.victim.name,
        "unsigned": _reasons(items, "unsigned", texts),
    }


def occasion_phrases(file: CaseFile, texts: FormTexts) -> Mapping[str, str]:
    """What was recorded of the items, each answer once: ``{devices}``, ``{witness}``, ``{remarks}`` …"""
    items = file.evidence
    lines = {plural: "\n".join(_each(items, name)) for plural, name in _RECORDED}
    no_witness = _reasons(items, "no_witness", texts)
    holders, remarks = lines["holders"], list(_remarks(items, texts))
    return lines | {
        "holders": holders or file.case.victim.name,
        "recorded_holders": holders,
        "remarks": "\n".join(remarks),
        "taken_place": lines["places"],
        "witness": lines["witnesses"] or no_witness,
    }


_RECORDED = (
    ("devices", "device"),
    ("holders", "holder"),
    ("originals", "original"),
    ("places", "place"),
    ("processes", "process"),
    ("reasons", "reason"),
    ("witnesses", "witness"),
)


def _remarks(items: Iterable[Evidence], texts: FormTexts) -> Iterator[str]:
    """Why the medium was not seized and where it is, why there was no witness, why the holder did not sign."""
    for name in ("reason", "original", "no_witness", "unsigned"):
        line = _reasons(items, name, texts)
        if line:
            yield line


def _reasons(items: Iterable[Evidence], name: str, texts: FormTexts) -> str:
    """One fact in a sentence; nothing where nobody recorded it."""
    words = "；".join(_each(items, name))
    return texts.text(f"taking.{name}", text=words) if words else ""


def _each(items: Iterable[Evidence], name: str) -> tuple[str, ...]:
    values = (str(getattr(item.record, name)) for item in items)
    return tuple(dict.fromkeys(filter(None, values)))
