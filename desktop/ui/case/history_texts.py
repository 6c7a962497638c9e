"""A journal entry in a sentence: what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.case_file.field_history import replaced
from desktop.domain.case_file.views import HistoryRow
from desktop.journal import kinds
from desktop.services.ports import FormSpec
from desktop.ui.case.entry_details import EntryDetails
from desktop.ui.case.field_texts import HIDDEN, FieldTexts
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit

_KEYS: Mapping[str, str] = {
    kinds.CASE_REGISTERED: "registered",
    kinds.CASE_AMENDED: "amended",
    kinds.CASE_CONVERTED: "converted",
    kinds.CASE_MOVED: "moved",
    kinds.CASE_MERGED: "merged",
    kinds.CASE_UNMERGED: "unmerged",
    kinds.CASE_OFFERED: "offered",
    kinds.CASE_TAKEN_ON: "taken_on",
    kinds.CASE_DECLINED: "declined",
    kinds.CASE_OFFER_WITHDRAWN: "offer_withdrawn",
    kinds.CASE_TAKEN_OVER: "taken_over",
    kinds.TRANSFER_RECORDED: "transfer",
    kinds.IDENTIFIER_RECORDED: "identifier",
    kinds.TRANSFER_WITHDRAWN: "transfer_withdrawn",
    kinds.IDENTIFIER_WITHDRAWN: "identifier_withdrawn",
    kinds.PART_ORDERED: "part_ordered",
    kinds.EVIDENCE_ATTACHED: "attached",
    kinds.EVIDENCE_DIGESTED: "digested",
    kinds.EVIDENCE_RECORDED: "evidence_recorded",
    kinds.SEAL_APPLIED: "seal_applied",
    kinds.SEAL_OPENED: "seal_opened",
    kinds.SEAL_CONFIRMED: "seal_confirmed",
    kinds.CUSTODY_PASSED: "custody_passed",
    kinds.CUSTODY_TAKEN: "custody_taken",
    kinds.EVIDENCE_VIEWED: "viewed",
    kinds.EVIDENCE_READ: "read_evidence",
    kinds.EVIDENCE_VERIFIED: "verified",
    kinds.EVIDENCE_CITED: "cited",
    kinds.EVIDENCE_HANDED_OVER: "handed_over",
    kinds.SUPPLEMENT_RECORDED: "supplement",
    kinds.STEP_RECORDED: "step",
    kinds.STEP_WITHDRAWN: "step_withdrawn",
    kinds.PERSON_RECORDED: "person",
    kinds.PERSON_WITHDRAWN: "person_withdrawn",
    kinds.TASK_RECORDED: "task",
    kinds.TASK_DONE: "task_done",
    kinds.TASK_REOPENED: "task_reopened",
    kinds.PAPER_DRAFTED: "paper_drafted",
    kinds.PAPER_EDITED: "paper_edited",
    kinds.PAPER_SIGNED: "paper_signed",
    kinds.PAPER_SUPERSEDED: "paper_superseded",
    kinds.PAPER_WITHDRAWN: "paper_withdrawn",
    kinds.NUMBER_READ_ALOUD: "read_aloud",
    kinds.ORDER_ISSUED: "issued",
    kinds.ORDER_ISSUED_ALONE: "issued_alone",
    kinds.ORDER_CONFIRMED: "order_confirmed",
    kinds.ORDER_REPLIED: "replied",
    kinds.ORDER_APPROVED: "order_approved",
    kinds.ORDER_REFUSED: "order_refused",
    kinds.ORDER_WITHDRAWN: "order_withdrawn",
    kinds.ORDER_RELEASED: "order_released",
    kinds.ORDER_NUMBERED: "order_numbered",
    kinds.ORDER_DISPATCHED: "order_dispatched",
    kinds.DOCUMENT_PRINTED: "printed",
    kinds.SLIP_SHOWN: "slip",
    kinds.SLIP_RECEIVED: "slip_received",
    kinds.DATA_REVEALED: "revealed",
    kinds.FLOW_EXPORTED: "flow_exported",
    kinds.SERIES_PROPOSED: "series_proposed",
}

_TAKEN_OUT = frozenset({kinds.TRANSFER_WITHDRAWN, kinds.IDENTIFIER_WITHDRAWN})
_MOST = 600


class HistoryTexts:
    """Sentences for entries; a kind of a newer program is told by its name."""

    def __init__(self, kit: Kit, fields: FieldTexts) -> None:
        self._kit = kit
        self._fields = fields
        self._forms: Mapping[str, FormSpec] = {}
        self._papers: Mapping[str, str] = {}
        self._names: Mapping[str, str] = {}
        self._numbers: Mapping[str, str] = {}
        self._recorded: Mapping[str, Mapping[str, str]] = {}
        self._before: Mapping[tuple[str, int, str], tuple[str, str]] = {}
        self._details = EntryDetails(kit, fields, self._title)

    def learn(self, sheet: CaseSheet) -> None:
        """Take the titles of papers and the names of evidence from a case."""
        self._forms = {form.id: form for form in sheet.forms}
        self._papers = {f"paper/{paper.id}": paper.form for paper in sheet.file.papers}
        self._names = {f"evidence/{item.id}": item.name for item in sheet.file.evidence}
        self._names |= {f"task/{task.id}": task.text for task in sheet.file.tasks}
        self._names |= {f"person/{tie.id}": tie.told.name for tie in sheet.file.people}
        self._fields.learn(sheet.forms)
        self._recorded = _recorded(sheet.history)
        facts = (row for row in sheet.history if row.kind not in kinds.EVENTS)
        self._before = {
            place: (sheet.officer(officer), text)
            for place, (officer, text) in replaced(facts).items()
        }
        self._numbers = {f"order/{v.order.id}": v.order.number for v in sheet.file.orders}

    def sentence(self, row: HistoryRow) -> str:
        """``下达紧急止付 98,000``."""
        name = _KEYS.get(row.kind)
        if name is None:
            return self._kit.texts.text("case.history.other", kind=row.kind)
        values = dict(row.fields)
        if row.kind in _TAKEN_OUT:  # what it was, other entries said
            values = {**self._recorded.get(row.subject, {}), **values}
        name = _turned(name, values)
        params = self._details.of(name, values)
        params.setdefault("name", self._name(row.subject))
        if name.startswith("paper_"):
            return self._kit.texts.text(f"papers.history.{name}", **params).strip()
        params.setdefault("number", self._numbers.get(row.subject, ""))
        return self._kit.texts.text(f"case.history.{name}", **params).strip()

    def details(self, row: HistoryRow, *, revealed: bool) -> tuple[tuple[str, str], ...]:
        """(field, value) in words, for reading what exactly was set; empty values are left out."""
        told = []
        for name, value in row.fields:
            if name in HIDDEN:
                continue
            officer, text = self._before.get((row.stream, row.seq, name), ("", ""))
            both = (_short(text), _short(value))
            old, new = self._fields.values(name, both, revealed=revealed)
            if text:
                new = self._kit.texts.text(
                    "case.history.changed", old=old, officer=officer, new=new
                )
            told.append((self._fields.name(name), new))
        return tuple((name, value) for name, value in told if value)

    def _name(self, subject: str) -> str:
        form = self._papers.get(subject)
        return self._title(form) if form else self._names.get(subject, "")

    def _title(self, form: str) -> str:
        known = self._forms.get(form)
        return known.title(self._kit.texts.language) if known else form


def _turned(name: str, values: Mapping[str, str]) -> str:
    """The key of an entry that says the contrary of what its kind mostly does."""
    if name == "verified" and values.get("ok") == "false":
        return "damaged"
    if name == "order_released" and not values.get("released_at"):
        return "order_stands"
    return name


def _recorded(history: Iterable[HistoryRow]) -> dict[str, dict[str, str]]:
    """Subject → the last that was said of each field, of what was taken out."""
    rows = list(history)
    gone = {row.subject for row in rows if row.kind in _TAKEN_OUT}
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        if row.subject in gone:
            found.setdefault(row.subject, {}).update(row.fields)
    return found


def _short(text: str) -> str:
    """A novel is read on the overview."""
    return text if len(text) <= _MOST else f"{text[:_MOST]} …"
