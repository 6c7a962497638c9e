"""A journal entry in a sentence: what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from desktop.domain.case_file.field_history import replaced
from desktop.domain.case_file.merge import LEADS, REASON
from desktop.domain.case_file.views import HistoryRow, OrderView
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.cases.step import StepKind
from desktop.domain.orders.order import OrderKind
from desktop.journal import kinds
from desktop.services.case_sheet import CaseSheet
from desktop.services.papers.draw_form import STOP_FORM
from desktop.services.ports import FormSpec
from desktop.ui.case.holder.texts import holder_params
from desktop.ui.case.texts.field_texts import HIDDEN, FieldTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text
from desktop.ui.shared.orders.sending_problems import sent_despite_text
from desktop.ui.shared.text.amounts import yuan

_Values = Mapping[str, str]
_Params = dict[str, str]
_OWN_SHEETS = frozenset({"order_sheet", "masked_slip", "people_sheet"})
"""Sheets of the desk itself, which are no forms of a case."""


class EntryDetails:
    """``title`` names a form in the language shown."""

    def __init__(self, kit: Kit, fields: FieldTexts, title: Callable[[str], str]) -> None:
        self._kit = kit
        self._fields = fields
        self._title = title
        self._ways: Mapping[str, Callable[[_Values], _Params]] = {
            "converted": self._converted,
            "moved": self._moved,
            "merged": _merge_reason,
            "unmerged": _merge_reason,
            "offered": _holder,
            "taken_on": _holder,
            "declined": _holder,
            "taken_over": _holder,
            "transfer": self._amount,
            "identifier": self._lead,
            "transfer_withdrawn": self._amount,
            "identifier_withdrawn": self._lead,
            "attached": _name,
            "step": self._step,
            "step_withdrawn": _reason,
            "person": self._person,
            "person_withdrawn": _reason,
            "seal_applied": _sealed,
            "seal_opened": _sealed,
            "custody_passed": _passed,
            "read_aloud": _reader,
            "issued": self._issued,
            "issued_alone": self._issued,
            "replied": self._replied,
            "order_approved": _approval,
            "order_refused": _approval,
            "order_withdrawn": _withdrawal,
            "order_numbered": _official,
            "order_dispatched": _dispatch,
            "amended": self._amended,
            "printed": self._printed,
            "paper_withdrawn": _reason,
        }

    def of(self, sentence: str, values: _Values) -> _Params:
        """What the sentence of that name takes from the fields of an entry."""
        way = self._ways.get(sentence)
        return way(values) if way is not None else {}

    def _moved(self, values: _Values) -> _Params:
        state = values.get("state", "")
        known = state in {item.value for item in CaseState}
        return {"state": self._kit.texts.text(f"board.state.{state}") if known else state}

    def _converted(self, values: _Values) -> _Params:
        def text_of(field: str) -> str:
            return self._fields.value("visit", values.get(field, ""), revealed=False)

        return {"before": text_of("converted_from"), "visit": text_of("visit")}

    def _amount(self, values: _Values) -> _Params:
        return {"amount": _yuan(values.get("amount_fen", ""))}

    def _lead(self, values: _Values) -> _Params:
        return {"kind": self._fields.value("kind", values.get("kind", ""), revealed=False)}

    def _step(self, values: _Values) -> _Params:
        kind = values.get("kind", "")
        known = kind in {item.value for item in StepKind}
        return {"step": self._kit.texts.text(f"steps.kind.{kind}") if known else kind}

    def _person(self, values: _Values) -> _Params:
        role = self._fields.value("role", values.get("role", ""), revealed=False)
        return {"name": values.get("name", ""), "role": role}

    def _issued(self, values: _Values) -> _Params:
        kind, fen = values.get("kind", ""), values.get("amount_fen", "")
        known = kind in {item.value for item in OrderKind}
        name = self._kit.texts.text(f"orders.kind.{kind}") if known else kind
        return {"kind": name, "amount": _yuan(fen) if fen != "0" else ""}

    def _replied(self, values: _Values) -> _Params:
        fen = values.get("reply.amount_fen", "")
        return {
            "result": self._fields.value(
                "reply.result", values.get("reply.result", ""), revealed=True
            ),
            "amount": _yuan(fen) if fen not in {"", "0"} else "",
            "organisation": values.get("reply.organisation", ""),
        }

    def _printed(self, values: _Values) -> _Params:
        form, copies = values.get("form", ""), values.get("copies")
        title = self._sheet_title(form)
        if copies == "0":
            title = self._kit.texts.text("papers.history.as_file", title=title)
        elif copies is None:
            title = self._kit.texts.text("papers.history.drawn", title=title)
        return {"title": title}

    def _sheet_title(self, form: str) -> str:
        if form == STOP_FORM:
            return self._kit.texts.text("case.history.stop_form")
        if form in _OWN_SHEETS:
            return self._kit.texts.text(f"case.history.{form}")
        return self._title(form)

    def _amended(self, values: _Values) -> _Params:
        names = [self._fields.name(name) for name in values if name not in HIDDEN]
        return {"fields": self._kit.texts.text("case.history.comma").join(names)}


def _name(values: _Values) -> _Params:
    return {"name": values.get("name", "")}


def _sealed(values: _Values) -> _Params:
    return {"seal": values.get("number", ""), "reason": values.get("opened_reason", "")}


def _passed(values: _Values) -> _Params:
    return {"taker": " ".join((values.get("taker_unit", ""), values.get("taker", ""))).strip()}


def _reader(values: _Values) -> _Params:
    return {"reader": values.get("reader", "")}


def _reason(values: _Values) -> _Params:
    return {"reason": values.get("withdrawn", "")}


def _approval(values: _Values) -> _Params:
    return {"by": values.get("approval.by", ""), "reason": values.get("approval.refused", "")}


def _withdrawal(values: _Values) -> _Params:
    return {"reason": values.get("withdrawal.reason", "")}


def _dispatch(fields: _Values) -> _Params:
    return {"to": fields.get("dispatch.to", ""), "pack": fields.get("dispatch.pack", "")}


def _official(values: _Values) -> _Params:
    return {"official": values.get("official", "")}


def _merge_reason(values: _Values) -> _Params:
    reason = values.get(REASON) or next((v for k, v in values.items() if k.startswith(LEADS)), "")
    return {"reason": "" if reason == "+" else reason}


def _holder(values: _Values) -> _Params:
    return holder_params(values.get(CHARGE, ""))


def _yuan(text: str) -> str:
    return yuan(int(text)) if text.lstrip("-").isdigit() else ""


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

_ISSUED = frozenset({kinds.ORDER_ISSUED, kinds.ORDER_ISSUED_ALONE})
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
        self._orders: Mapping[str, OrderView] = {}
        self._recorded: Mapping[str, Mapping[str, str]] = {}
        self._before: Mapping[tuple[str, int, str], tuple[str, str]] = {}
        self._details = EntryDetails(kit, fields, self._title)

    def learn(self, sheet: CaseSheet) -> None:
        """Take the titles of papers and the names of evidence from a case."""
        self._forms = {form.id: form for form in sheet.forms}
        self._papers = {f"paper/{paper.id}": paper.form for paper in sheet.file.papers}
        self._names = {f"evidence/{item.id}": item.name for item in sheet.file.evidence}
        self._names |= {f"task/{task.id}": task.text for task in sheet.file.tasks}
        self._names |= {f"person/{tie.id}": tie.typed.name for tie in sheet.file.people}
        self._fields.learn(sheet.forms)
        self._recorded = _recorded(sheet.history)
        facts = (row for row in sheet.history if row.kind not in kinds.EVENTS)
        self._before = {
            place: (sheet.officer(officer), text)
            for place, (officer, text) in replaced(facts).items()
        }
        self._orders = {f"order/{view.order.id}": view for view in sheet.file.orders}

    def sentence(self, row: HistoryRow) -> str:
        """``发起紧急止付 98,000``."""
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
        view = self._orders.get(row.subject)
        params.setdefault("number", view.order.number if view is not None else "")
        if view is not None and view.way and "kind" in params:
            params["kind"] = kind_text(self._kit, view)
        return self._kit.texts.text(f"case.history.{name}", **params).strip()

    def details(self, row: HistoryRow, *, revealed: bool) -> tuple[tuple[str, str], ...]:
        """(field, value) in words, for reading what exactly was set; empty values are left out."""
        changes = []
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
            changes.append((self._fields.name(name), new))
        view = self._orders.get(row.subject) if row.kind in _ISSUED else None
        if view is not None and view.despite is not None:
            reason = sent_despite_text(self._kit, view.despite, revealed=revealed)
            changes.append((self._kit.texts.text("ordering.despite"), reason))
        return tuple((name, value) for name, value in changes if value)

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
