"""The example that ``report template`` prints: invented facts, every member of a report document, and what each is.

The example stands in ``samples/report.json``; members it leaves out, the words and the codes come from the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS
from desktop.domain.cases.interview import INTERVIEW_FIELDS
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Certainty
from desktop.domain.cases.payments.way import STANDS_FOR, WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.cases.scam_types import in_language
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import load_types
from desktop.runtime.texts.catalogue import Catalogue

_LINES: Final = {
    "parties": PARTY_FIELDS.rows,
    "transfers": (*TRANSFER_FIELDS.rows, *WAY_FIELDS.rows),
    "identifiers": IDENTIFIER_FIELDS.rows,
}
_BLANKS: Final[Mapping[Typed, Any]] = {
    Typed.AMOUNT: 0,
    Typed.TICK: False,
    Typed.CERTAINTIES: {},
}
"""What a member is that says nothing, where that is no empty text."""


def report_template(texts: Catalogue) -> dict[str, Any]:
    """A document that can be registered as it is, explained under ``_`` in the language of ``texts``. The first line of
    each list has every member."""
    sample = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    for name, rows in _LINES.items():
        known = _facts(texts, rows) | (_called_by_way(texts) if name == "transfers" else {})
        sample[name][0] = {"_": known} | _completed(rows, sample[name][0])
    notes = _facts(texts, CASE_FIELDS.rows) | _lists(texts)
    return {"_": {"_": texts.text("cli_template.about")} | notes} | _completed(
        CASE_FIELDS.rows, sample
    )


def _shown(rows: Sequence[FieldRow]) -> Iterator[tuple[FieldRow, Typed]]:
    """What somebody may write, and how it is taken."""
    for row in rows:
        if row.in_document and row.typed is not None and row.typed is not Typed.KEPT:
            yield row, row.typed


def _completed(rows: Sequence[FieldRow], sample: Mapping[str, Any]) -> dict[str, Any]:
    """The sample in the order of the rows, with what it leaves out said to be nothing."""
    found: dict[str, Any] = {}
    for row, typed in _shown(rows):
        part, _, name = row.document.rpartition(".")
        held = sample.get(part, {}) if part else sample
        holder = found.setdefault(part, {}) if part else found
        holder[name] = held.get(name, _BLANKS.get(typed, ""))
    return found | {name: value for name, value in sample.items() if name not in found}


def _facts(texts: Catalogue, rows: Sequence[FieldRow]) -> dict[str, str]:
    """Member → what it is, and the codes it may hold."""
    return {row.document: _explained(texts, row, typed) for row, typed in _shown(rows)}


def _explained(texts: Catalogue, row: FieldRow, typed: Typed) -> str:
    if typed is Typed.CERTAINTIES:
        codes = ((code, texts.text(f"intake.certainty.{code}")) for code in Certainty)
        return texts.text("cli_template.certainties", codes=_named(texts, codes))
    fact = texts.text(row.label or row.history)
    match typed:
        case Typed.AMOUNT:
            return texts.text("cli_template.amount", fact=fact)
        case Typed.TICK:
            return texts.text("cli_template.tick", fact=fact)
        case Typed.CHOICE:
            return texts.text("cli_template.choice", fact=fact, codes=_codes(texts, row))
        case Typed.CODES:
            return texts.text("cli_template.codes", fact=fact, codes=_codes(texts, row))
        case _:
            return fact


def _codes(texts: Catalogue, row: FieldRow) -> str:
    if not row.codes:
        types = load_types(resource_path("scripts"))
        names = ((item.code, in_language(item.names, texts.language).short) for item in types)
        return _named(texts, names)
    offered = row.offered or row.type.codes
    return _named(texts, ((code, texts.text(f"{row.codes}.{code}")) for code in offered))


def _named(texts: Catalogue, codes: Iterator[tuple[str, str]]) -> str:
    """Each code with its words."""
    named = (texts.text("cli_template.code", code=code, name=name) for code, name in codes)
    return texts.text("cli_template.between").join(named)


def _called_by_way(texts: Catalogue) -> dict[str, str]:
    """What ways of payment call a fact of the payment → what that is."""
    found: dict[str, list[str]] = {}
    for way, names in STANDS_FOR.items():
        for name, place in names.items():
            shown = texts.text(f"ways.kind.{way}")
            found.setdefault(name, []).append(
                texts.text("cli_template.by_way", way=shown, place=place)
            )
    return {name: texts.text("cli_template.between").join(meant) for name, meant in found.items()}


def _lists(texts: Catalogue) -> dict[str, str]:
    """What stands in the members that are no facts of the case."""
    of_interview = ((row.document, texts.text(row.label)) for row in INTERVIEW_FIELDS.rows)
    return {
        "parties": texts.text("cli_template.parties"),
        "interviews": texts.text("cli_template.interviews", members=_named(texts, of_interview)),
        "answers": texts.text("cli_template.answers"),
        "flags": texts.text("cli_template.flags"),
        "circumstances": texts.text("cli_template.circumstances"),
    }
