"""The report document of the command line, written from a case; ``read_report`` reads one into the intake form."""

from __future__ import annotations

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.case_holder import CaseHolder
from desktop.domain.cases.transfer import Account, Transfer
from desktop.domain.clock import to_wire
from desktop.domain.fields import Json
from desktop.domain.local_time import CHINA


def document_of(file: CaseFile) -> dict[str, Json]:
    """The report document of a case, with what happened to it since."""
    case = file.case
    answers: dict[str, Json] = dict(case.answers)
    return {
        "case": case.id,
        "number": case.number,
        "state": case.state.value,
        "accepted_at": to_wire(case.accepted_at),
        "unit_code": case.unit_code,
        "unit_name": case.unit_name,
        "visit": case.visit.value,
        "converted_from": case.converted_from,
        "victim": {
            "name": case.victim.name,
            "id_kind": case.victim.id_kind,
            "id_number": case.victim.id_number,
            "phone": case.victim.phone,
            "address": case.victim.address,
        },
        "type": case.type,
        "narrative": case.narrative,
        "transfers": [transfer_document(item) for item in file.transfers],
        "identifiers": [identifier_document(item) for item in file.identifiers],
        "answers": answers,
        "flags": list(case.flags),
        "circumstances": dict(case.circumstances),
        "returned_fen": case.returned_fen,
        "attempted_fen": case.attempted_fen,
        "charge": holder_document(file.holder),
        **_pieces(file),
        **_since(file),
    }


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
                "told_at": to_wire(item.told_at),
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
    told: dict[str, Json] = {"kind": item.kind, "value": item.value, "note": item.note}
    if item.certainty:
        told["certainty"] = item.certainty.value
    if item.source:
        told["source"] = item.source
    if item.origin:
        told["origin"] = item.origin
    return told


def transfer_document(item: Transfer) -> dict[str, Json]:
    """One transfer as the document has it; times with the zone of China."""
    return {
        "time": item.time.astimezone(CHINA).isoformat(timespec="seconds") if item.time else "",
        "amount_fen": item.amount_fen,
        "channel": item.channel.value if item.channel else "",
        "arrival": item.arrival.value if item.arrival else "",
        "payer": _account(item.payer),
        "payee": _payee(item),
        "order_number": item.order_number,
        "serial": item.serial,
        "certainty": {name: value.value for name, value in sorted(item.certainty.items())},
        **({"returned_fen": item.returned_fen} if item.returned_fen else {}),
        **({"attempted": True} if item.attempted else {}),
        **({"origin": item.origin} if item.origin else {}),
    }


def _payee(item: Transfer) -> dict[str, Json]:
    shown = item.payee_masked
    masked: dict[str, Json] = {"masked": shown} if shown not in ("", item.payee.number) else {}
    return {**_account(item.payee), **masked}


def _account(account: Account) -> dict[str, Json]:
    return {"name": account.name, "account": account.number, "bank": account.bank}
