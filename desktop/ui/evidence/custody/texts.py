"""The custody log of an item in words, and what it says of the last check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.views import HistoryRow
from desktop.journal.kinds import (
    CUSTODY_PASSED,
    CUSTODY_TAKEN,
    DATA_REVEALED,
    DOCUMENT_PRINTED,
    EVIDENCE_ATTACHED,
    EVIDENCE_CITED,
    EVIDENCE_DIGESTED,
    EVIDENCE_HANDED_OVER,
    EVIDENCE_READ,
    EVIDENCE_RECORDED,
    EVIDENCE_VERIFIED,
    EVIDENCE_VIEWED,
    SEAL_APPLIED,
    SEAL_CONFIRMED,
    SEAL_OPENED,
)
from desktop.ui.evidence.items.item_model import IntegrityState
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import clock_or_day

_KEYS = {
    EVIDENCE_ATTACHED: "attached",
    EVIDENCE_DIGESTED: "digested",
    SEAL_APPLIED: "sealed",
    SEAL_OPENED: "opened",
    SEAL_CONFIRMED: "confirmed",
    CUSTODY_PASSED: "passed",
    CUSTODY_TAKEN: "taken",
    EVIDENCE_RECORDED: "recorded",
    EVIDENCE_VIEWED: "viewed",
    EVIDENCE_CITED: "cited",
    EVIDENCE_HANDED_OVER: "handed_over",
    EVIDENCE_READ: "read",
    DOCUMENT_PRINTED: "printed",
    DATA_REVEALED: "revealed",
}


_DETAILS = {
    SEAL_APPLIED: "number",
    SEAL_OPENED: "opened_reason",
    CUSTODY_PASSED: "taker",
    EVIDENCE_HANDED_OVER: "receiver",
}


@dataclass(frozen=True, slots=True)
class LastCheck:
    """How the newest reading of an item ended; ``at`` is None if it was never read again."""

    check: IntegrityState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One line: when, who, what."""

    at: datetime
    officer: str
    key: str
    count: int = 1
    detail: str = ""
    """The number of a seal, the reason it was opened, who took the item, or who got a copy."""


def last_check(rows: Iterable[HistoryRow]) -> LastCheck:
    """What the newest verification found; before any, when the item was taken in."""
    found = LastCheck(IntegrityState.UNREAD, None)
    for row in rows:
        if row.kind == EVIDENCE_VERIFIED:
            found = LastCheck(IntegrityState.GOOD if _sound(row) else IntegrityState.BAD, row.wall)
        elif row.kind == EVIDENCE_ATTACHED and found.at is None:
            found = LastCheck(IntegrityState.UNREAD, row.wall)
    return found


def custody_lines(rows: Sequence[HistoryRow]) -> tuple[CustodyLine, ...]:
    """The log, oldest first; looks of one officer in a row are counted, not repeated."""
    lines: list[CustodyLine] = []
    for row in rows:
        line = CustodyLine(row.wall, _doer(row), _key(row), detail=_detail(row))
        last = lines[-1] if lines else None
        if last and line.key == "viewed" and (last.key, last.officer) == ("viewed", row.officer):
            lines[-1] = CustodyLine(last.at, last.officer, last.key, last.count + 1)
        else:
            lines.append(line)
    return tuple(lines)


def line_text(kit: Kit, line: CustodyLine, officers: Mapping[str, str]) -> str:
    """``10:31 王建国 接收并计算校验值``."""
    key = "viewed_often" if line.count > 1 else line.key
    if line.detail and key == "handed_over":
        key = "handed_over_to"
    detail = officers.get(line.detail, line.detail)
    act = kit.texts.text(f"evidence.custody.{key}", count=line.count, detail=detail)
    name = officers.get(line.officer, line.officer)
    return f"{clock_or_day(kit, line.at)} {name} {act}"


def _key(row: HistoryRow) -> str:
    if row.kind == EVIDENCE_VERIFIED:
        return "verified" if _sound(row) else "mismatch"
    return _KEYS.get(row.kind, "other")


def _doer(row: HistoryRow) -> str:
    """Who handed over, where whoever took the item recorded it."""
    giver = dict(row.fields).get("giver", "") if row.kind == CUSTODY_PASSED else ""
    return giver or row.officer


def _detail(row: HistoryRow) -> str:
    name = _DETAILS.get(row.kind, "")
    return dict(row.fields).get(name, "") if name else ""


def seal_number(rows: Iterable[HistoryRow]) -> str:
    """The number of the seal the item is under now; empty when it lies open."""
    numbers: dict[str, str] = {}
    for row in rows:
        if row.kind == SEAL_APPLIED:
            numbers[row.subject] = dict(row.fields).get("number", "")
        elif row.kind == SEAL_OPENED:
            numbers.pop(row.subject, None)
    return list(numbers.values())[-1] if numbers else ""


def _sound(row: HistoryRow) -> bool:
    return dict(row.fields).get("ok") == "true"
