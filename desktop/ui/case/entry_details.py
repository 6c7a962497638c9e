"""What a sentence about an entry names besides what was done: an amount, a reason, the title of a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop.domain.case_file.merge import LEADS, REASON
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.cases.step import StepKind
from desktop.domain.orders.order import OrderKind
from desktop.services.papers.draw_form import STOP_FORM
from desktop.ui.case.field_texts import HIDDEN, FieldTexts
from desktop.ui.case.holder.texts import holder_params
from desktop.ui.shared.kit.kit import Kit
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
        def told(field: str) -> str:
            return self._fields.value("visit", values.get(field, ""), revealed=False)

        return {"before": told("converted_from"), "visit": told("visit")}

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
    told = values.get(REASON) or next((v for k, v in values.items() if k.startswith(LEADS)), "")
    return {"reason": "" if told == "+" else told}


def _holder(values: _Values) -> _Params:
    return holder_params(values.get(CHARGE, ""))


def _yuan(text: str) -> str:
    return yuan(int(text)) if text.lstrip("-").isdigit() else ""
