"""The report document of the command line, written from a case; ``read_report`` reads one into the intake form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from operator import attrgetter, truth
from typing import Any, Final

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.call import CALL, CALL_FIELDS, call_of
from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS, Case, Identifier
from desktop.domain.cases.case_holder import CaseHolder
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS, Transfer
from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS, PartyRole
from desktop.domain.records.field_table import FieldRow, Typed
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA


def document_of(file: CaseFile) -> dict[str, Json]:
    """The report document of a case, with what happened to it since."""
    case = file.case
    call = call_of(case.answers)
    answers: dict[str, Json] = {
        name: text for name, text in case.answers if not name.startswith(CALL)
    }
    return {
        "case": case.id,
        "number": case.number,
        "state": case.state.value,
        "accepted_at": to_wire(case.accepted_at),
        "unit_code": case.unit_code,
        "unit_name": case.unit_name,
        **_shown(CASE_FIELDS.rows, case),
        "transfers": [transfer_document(item) for item in file.transfers],
        "identifiers": [identifier_document(item) for item in file.identifiers],
        **_parties(case),
        **({"call": {name: getattr(call, name) for name in CALL_FIELDS}} if call else {}),
        "answers": answers,
        "flags": list(case.flags),
        "circumstances": dict(case.circumstances),
        "charge": holder_document(file.holder),
        **_pieces(file),
        **_since(file),
    }


def _parties(case: Case) -> dict[str, Json]:
    """Who else has to do with it."""
    return {"parties": party_documents(case)[1:]} if case.parties else {}


def party_documents(case: Case) -> list[Json]:
    """Everybody who has to do with it, the first victim in front; whoever reports has that role too."""
    reporter = case.reporter.id
    parties = (
        replace(item, role=" ".join((PartyRole.REPORTER, *item.roles)))
        if item.id == reporter
        else item
        for item in case.everyone
    )
    return [_shown(PARTY_FIELDS.rows, item) for item in parties]


def holder_document(holder: CaseHolder) -> Json:
    """Which desk is in charge of a case, as the journal says it."""
    return holder.to_json()


def _since(file: CaseFile) -> dict[str, Json]:
    """What was told after the report, with the places of the transfers and the leads it brought."""
    if not file.supplements:
        return {}
    places = {item.id: item.position for item in file.transfers}
    leads = {item.id: item.value for item in file.identifiers}
    return {
        "supplements": [
            {
                "source": item.source.value,
                "told_at": to_wire(item.reported_at),
                "made_at": to_wire(item.made_at),
                "made_by": item.made_by,
                "text": item.text,
                "transfers": [places[key] for key in item.transfers if key in places],
                "identifiers": [leads[key] for key in item.identifiers if key in leads],
            }
            for item in file.supplements
        ]
    }


def _pieces(file: CaseFile) -> dict[str, Json]:
    return {
        "read_aloud": [
            {
                "number": item.number,
                "reader": item.reader,
                "officer": item.officer,
                "at": to_wire(item.at),
            }
            for item in file.readings
        ],
        "evidence": [{"id": e.id, "name": e.name, "sha256": e.sha256} for e in file.evidence],
        "orders": [
            {"order": view.order.id, "number": view.order.number, "state": view.state.value}
            for view in file.orders
        ],
    }


def merger_document(merger: Merger) -> dict[str, Json]:
    """``merged_into``: the number of the case that leads this one, or ``merged``: the reports this one leads, each
    with what it brought; nothing for a case that stands alone."""
    if merger.lead is not None:
        return {"merged_into": merger.lead.case.number}
    if not merger.reports:
        return {}
    return {
        "merged": [
            {
                "case": report.file.case.id,
                "number": report.file.case.number,
                "at": to_wire(report.at) if report.at else "",
                "by": report.by,
                "reason": report.reason,
                "narrative": report.file.case.narrative,
                "transfers": [
                    {**transfer_document(item), "told_before": item.id in merger.twice}
                    for item in report.file.transfers
                ],
                **_pieces(report.file),
            }
            for report in merger.reports
        ]
    }


def identifier_document(item: Identifier) -> dict[str, Json]:
    """One lead as the document has it; what nobody said is left out."""
    return _shown(IDENTIFIER_FIELDS.rows, item)


def transfer_document(item: Transfer) -> dict[str, Json]:
    """One transfer as the document has it; times with the zone of China."""
    known = item.payee_masked == item.payee.number
    shown = _shown(TRANSFER_FIELDS.rows, replace(item, payee_masked="") if known else item)
    return {**shown, **_shown(WAY_FIELDS.rows, item.way)}


_MEMBERS: Final[Mapping[Typed, Callable[[Any], Json]]] = {
    Typed.TIME: lambda time: time.astimezone(CHINA).isoformat(timespec="seconds") if time else "",
    Typed.TICK: truth,
}


def _shown(rows: Iterable[FieldRow], record: object) -> dict[str, Json]:
    """What the form can say, as members of the document."""
    found: dict[str, Json] = {}
    parts: dict[str, dict[str, Json]] = {}
    for row in rows:
        if row.typed is None or not row.in_document:
            continue
        write: Callable[[Any], Json] = _MEMBERS.get(row.typed, row.type.write)
        value = write(attrgetter(row.attribute)(record))
        part, _, name = row.document.rpartition(".")
        if value or not row.seldom:
            (parts.setdefault(part, {}) if part else found)[name] = value
    return {**found, **parts}
