"""Facts in which every text, sum and day is told apart from every other, and which of them stand on a print."""

from __future__ import annotations

import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from itertools import count
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Case, Identifier, Visit
from desktop.domain.cases.holder_objection import HolderObjection
from desktop.domain.cases.interview import FIRST, Interview
from desktop.domain.cases.payments.refund import Refund
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.evidence.custody import CustodyTransfer, Seal
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.money.amounts import format_yuan
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.domain.time.local_time import CHINA
from desktop.services.ports import EnquiryGuidanceFacts, PaperFacts
from tests.documents.pdf_text import squeezed
from tests.documents.samples import AT
from tests.support.sessions import RULES

_LEAST_SUM = 1000
"""Whole numbers below are counts, which stand on any paper by chance."""
_TERMS = {
    OrderTarget.PAYMENT: MoneyTerms,
    OrderTarget.NUMBER: NumberTerms,
    OrderTarget.HOLDER: EvidenceTerms,
}
_CODED: Mapping[type, Mapping[str, object]] = {
    PeerCard: {"kind": "approval", "role": "centre", "made_at": "2026-11-20T02:00:00.000Z"}
}
"""What is read by its meaning."""


class Maker:
    """Makes records by their type hints."""

    def __init__(self) -> None:
        self._next = count(1)

    def make(self, kind: Any, /, **known: Any) -> Any:
        """A record of a class; what is ``known`` stands in it as it is."""
        hints, known = _hints(kind), {**_CODED.get(kind, {}), **known}
        made = {
            item.name: self._value(hints[item.name])
            for item in fields(kind)
            if item.init and item.name not in known
        }
        return kind(**made, **known)

    def text(self) -> str:
        """Words that stand nowhere else."""
        return f"K{next(self._next):04d}Z"

    def _value(self, hint: Any) -> Any:
        origin, inner = get_origin(hint), get_args(hint)
        if origin is tuple:
            several = inner[:1] if inner[-1] is Ellipsis else inner
            return tuple(map(self._value, several))
        if origin in (Union, types.UnionType):
            return self._value(next(one for one in inner if one is not type(None)))
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {}
        return self._plain(getattr(hint, "__supertype__", hint))

    def _plain(self, kind: Any) -> Any:
        if is_dataclass(kind):
            return self.make(kind)
        if issubclass(kind, Enum):
            return next(iter(kind))
        number = next(self._next)
        return {
            str: f"K{number:04d}Z",
            bool: False,
            int: 1_000_000 + 137 * number,
            bytes: b"",
            datetime: AT + timedelta(days=number),
        }[kind]


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def marked_facts() -> PaperFacts:
    """A case with one of everything that a form may print."""
    make = Maker()
    case = _case(make)
    items = tuple(_item(make, alone=alone) for alone in (False, True))
    file = CaseFile(
        case=case,
        transfers=(make.make(Transfer, attempted=False),),
        identifiers=tuple(make.make(Identifier, kind=kind) for kind in ("wechat", "url")),
        evidence=items,
        orders=tuple(_order(make, case, kind) for kind in OrderKind),
        conflicts=(),
        steps=tuple(make.make(ProcedureStep, kind=kind, withdrawn="") for kind in StepKind),
        supplements=(make.make(Supplement, source=SupplementSource.REPORTER),),
        seals=tuple(_seal(make, items[0], alone=alone) for alone in (False, True)),
        custody=(make.make(CustodyTransfer, items=(items[0].id,)),),
    )
    refund = make.make(Refund, case=case.id)
    (account,) = refund.accounts
    (share,) = account.shares
    account = replace(account, shares=(replace(share, case=case.id), share))
    facts = PaperFacts(
        file,
        {},
        AT,
        enquiry=make.make(EnquiryGuidanceFacts),
        questions=((make.text(), make.text()),),
        refund=replace(refund, accounts=(account,)),
        rules=RULES,
        missing_shots=(make.text(),),
    )
    # Last, as what is made after it gets other marks than it had.
    objection = make.make(HolderObjection, withdrawn="")
    return replace(facts, file=replace(file, case=replace(case, objections=(objection,))))


def taken_by(facts: PaperFacts, methods: Collection[str]) -> PaperFacts:
    """The same case, whose evidence was all taken on one occasion, in the first of these ways."""
    if not methods:
        return facts
    first = facts.file.evidence[0].record
    method = AcquisitionMethod(next(iter(methods)))
    items = tuple(
        replace(
            item,
            method=method,
            record=replace(item.record, place=first.place, taken_at=first.taken_at),
        )
        for item in facts.file.evidence
    )
    return replace(facts, file=replace(facts.file, evidence=items))


def reported_for(facts: PaperFacts) -> PaperFacts:
    """The same case, reported by somebody else than the victim."""
    case = facts.file.case
    reported = replace(case, reported_by=case.parties[0].id)
    return replace(facts, file=replace(facts.file, case=reported))


def _case(make: Maker) -> Case:
    made: Case = make.make(
        Case, type="T01", visit=Visit.REPORT, flags=(), circumstances=(), objections=()
    )
    victim = replace(made.victim, id_kind="resident_id", id_number="620102196803121528")
    unit = f"{make.text()}公安局{make.text()}派出所"
    return replace(
        made, victim=victim, unit_name=unit, interviews=(make.make(Interview, id=FIRST),)
    )


def _item(make: Maker, *, alone: bool) -> Evidence:
    made: Evidence = make.make(Evidence)
    record = replace(made.record, category="", frame=1)
    lone = {"second": "", "seconded_at": None, "witness": ""}
    paired = {"alone": "", "no_witness": "", "unsigned": ""}
    return replace(made, record=replace(record, **(lone if alone else paired)))


def _seal(make: Maker, item: Evidence, *, alone: bool) -> Seal:
    lone = {"second": "", "opened_second": "", "seconded_at": None, "opened_seconded_at": None}
    paired = {"alone": "", "opened_alone": ""}
    made: Seal = make.make(Seal, items=(item.id,), previous="")
    return replace(made, **(lone if alone else paired))


def _order(make: Maker, case: Case, kind: OrderKind) -> OrderView:
    terms = make.make(_TERMS[SPECS[kind].target])
    made: Order = make.make(Order, kind=kind, terms=terms, released_at=None, target="")
    order = replace(made, approval=replace(made.approval, refused=""))
    return OrderView(order, case.id, make.text(), make.text(), OrderState.DONE)


def facts_in(value: object, path: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Each fact with how a Chinese paper may show it; of several records of a sort each."""
    if is_dataclass(value):
        for item in fields(value):
            place = f"{path}.{item.name}" if path else item.name
            yield from facts_in(getattr(value, item.name), place)
    elif isinstance(value, tuple):
        for one in value:
            yield from facts_in(one, path)
    elif isinstance(value, str) and not isinstance(value, Enum) and value:
        yield path, frozenset({squeezed(value), squeezed(value).upper()})
    elif isinstance(value, datetime):
        day = value.astimezone(CHINA)
        yield path, frozenset({f"{day.year}年{day.month}月{day.day}日"})  # months are not padded
    elif isinstance(value, int) and value >= _LEAST_SUM:
        yield path, frozenset({str(value), f"{value:,}", format_yuan(value)})


def printed(facts: object, text: str) -> set[str]:
    """The facts that the squeezed ``text`` of a paper shows."""
    return {path for path, shown in facts_in(facts) if any(one in text for one in shown)}
