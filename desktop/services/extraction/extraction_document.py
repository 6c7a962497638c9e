"""A reading as the command line prints it."""

from __future__ import annotations

from datetime import date

from desktop.domain.identifiers import KINDS, CheckVerdict, check
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.records.fields import Fields, Json
from desktop.domain.reference.directories import Directories
from desktop.domain.statements.proposal import AMOUNT, Extraction, Proposal, ProposedTransfer
from desktop.domain.statements.statement import MoneyDirection

_VALID: dict[CheckVerdict, Json] = {
    CheckVerdict.VALID: True,
    CheckVerdict.WARN: "warn",
    CheckVerdict.INVALID: False,
}


def extraction_document(reading: Extraction, directories: Directories, today: date) -> Fields:
    """``counterparty`` and ``account`` are the other side's; ``reference`` the order number, else the serial.

    ``row`` is the line of the sum, from 1, or of the first of what is known of a payment without one, whose
    ``amount_fen`` is null. ``found`` has the words of every field; ``rest`` what is neither part of a
    transfer nor an identifier.
    """
    return {
        "kind": "text",
        "source": reading.sender,
        "transfers": [_transfer(reading.text, item) for item in reading.transfers],
        "identifiers": [
            _identifier(item, directories, today) for item in reading.loose if item.kind in KINDS
        ],
        "rest": [_words(item) for item in reading.loose if item.kind not in KINDS],
        "text": reading.text,
        "warnings": list(reading.warnings),
    }


def _transfer(text: str, made: ProposedTransfer) -> Fields:
    other = "payer" if made.direction is MoneyDirection.IN else "payee"
    amount = made.parts.get(AMOUNT)
    first = amount or min(made.parts.values(), key=lambda part: part.start)
    return {
        "time": made.value("time"),
        "amount_fen": parse_yuan(amount.value) if amount else None,
        "direction": made.direction.value,
        "counterparty": made.value(f"{other}_name"),
        "account": made.value(f"{other}_account"),
        "reference": made.value("order_number") or made.value("serial"),
        "channel": made.value("channel"),
        "status": "failed" if made.failed else "done",
        "row": text.count("\n", 0, first.start) + 1,
        "payer": _end(made, "payer"),
        "payee": _end(made, "payee"),
        "order_number": made.value("order_number"),
        "serial": made.value("serial"),
        "found": {name: _words(part) for name, part in sorted(made.parts.items())},
    }


def _end(made: ProposedTransfer, end: str) -> Fields:
    return {what: made.value(f"{end}_{what}") for what in ("name", "account", "bank")}


def _identifier(found: Proposal, directories: Directories, today: date) -> Fields:
    checked = check(found.kind, found.value, directories, today)
    return {
        **_words(found),
        "normal": checked.normal,
        "valid": _VALID[checked.verdict],
        "note": "",
    }


def _words(found: Proposal) -> Fields:
    return {
        "kind": found.kind,
        "value": found.value,
        "raw": found.raw,
        "start": found.start,
        "end": found.end,
        "confidence": found.confidence.value,
        "pattern": found.pattern,
    }
