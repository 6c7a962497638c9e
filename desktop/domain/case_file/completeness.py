"""What the court will look for in each item of evidence and in the case, where its proof is, and what is missing.

最高人民法院刑诉法解释 Art. 110–114: which facts there are is data (:class:`CourtFact`); how each is looked up is here.
A fact of a newer list that this program does not know is left to the officer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.evidence.checks import LastRead
from desktop.domain.evidence.custody import seal_on
from desktop.domain.evidence.guide import CourtFact, EvidenceGuide
from desktop.domain.evidence.item import (
    HELD_ELSEWHERE,
    AcquisitionMethod,
    Evidence,
    wants_reason,
    wants_witness,
)
from desktop.domain.evidence.occasion import tells_of
from desktop.domain.ids import EvidenceId
from desktop.domain.papers.paper import PaperState


class FactState(StrEnum):
    """How a fact stands."""

    PROVED = "proved"
    NOTED = "noted"
    """Not there, and the reason is on record, which cures it (Art. 113)."""
    MISSING = "missing"
    NOT_NEEDED = "not_needed"
    ASK = "ask"
    """A fact this program can not look up."""


OPEN: Final = frozenset({FactState.MISSING, FactState.ASK})


class ProofKind(StrEnum):
    """Where a proof is."""

    RECORD = "record"
    EVIDENCE = "evidence"
    PAPER = "paper"
    SEAL = "seal"
    CHECK = "check"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a fact is proved. ``ref``: a field, an id or a form, by ``kind``; ``words``: data to show."""

    kind: ProofKind
    ref: str = ""
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FactFinding:
    """How a fact stands. ``about``: ``evidence/<id>``, ``transfer/<id>``, ``identifier/<id>``, or empty for the case;
    ``name`` in words."""

    fact: CourtFact
    state: FactState
    proofs: tuple[Proof, ...] = ()
    about: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceRecords:
    """What findings are made from. ``checks``: the last reading of each item; ``overdue``: to be read again."""

    guide: EvidenceGuide
    file: CaseFile
    checks: Mapping[EvidenceId, LastRead] = field(default_factory=dict)
    overdue: frozenset[EvidenceId] = frozenset()


_Outcome = tuple[FactState, tuple[Proof, ...]]
_MISSING: Final[_Outcome] = (FactState.MISSING, ())
_NOT_NEEDED: Final[_Outcome] = (FactState.NOT_NEEDED, ())
_STATEMENTS: Final = ("statement", "administrative_statement")
_LISTS: Final = ("evidence_list", "extraction_list")


def item_findings(known: EvidenceRecords, item: Evidence) -> tuple[FactFinding, ...]:
    """The court's facts for one item, in the order of the list."""
    about = f"evidence/{item.id}"
    return tuple(
        FactFinding(fact, *_ITEM.get(fact.id, _ask)(known, item), about, item.name)
        for fact in known.guide.facts
    )


def case_findings(known: EvidenceRecords) -> tuple[FactFinding, ...]:
    """What the case as a whole has to prove; payments and leads one by one."""
    return tuple(finding for fact in known.guide.case_facts for finding in _of_case(known, fact))


def open_count(findings: tuple[FactFinding, ...]) -> tuple[int, int]:
    """(settled, needed): facts that are proved or noted, and all that apply."""
    needed = [item for item in findings if item.state is not FactState.NOT_NEEDED]
    return sum(item.state not in OPEN for item in needed), len(needed)


def _ask(_known: EvidenceRecords, _item: Evidence) -> _Outcome:
    return FactState.ASK, ()


def _fields(item: Evidence, *names: str) -> tuple[Proof, ...]:
    """The recorded fields that are filled in; none when one of them is empty."""
    values = [item.source if name == "source" else getattr(item.record, name) for name in names]
    if not all(values):
        return ()
    return tuple(
        Proof(ProofKind.RECORD, name, str(value)) for name, value in zip(names, values, strict=True)
    )


def _or_missing(proofs: tuple[Proof, ...], state: FactState = FactState.PROVED) -> _Outcome:
    return (state, proofs) if proofs else _MISSING


def _original(known: EvidenceRecords, item: Evidence) -> _Outcome:
    if item.method in HELD_ELSEWHERE:
        return _NOT_NEEDED
    if item.method is AcquisitionMethod.SEIZED:
        return _seal(known, item)
    wanted = ("original", "reason") if wants_reason(item.method) else ("original",)
    return _or_missing(_fields(item, *wanted))


def _process(_known: EvidenceRecords, item: Evidence) -> _Outcome:
    return _or_missing(_fields(item, "source", "process"))


def _digest(known: EvidenceRecords, item: Evidence) -> _Outcome:
    last = known.checks.get(item.id)
    if (last and not last.sound) or item.id in known.overdue:
        return _MISSING
    at = last.at if last else item.added_at
    return FactState.PROVED, (Proof(ProofKind.CHECK, item.sha256, at=at),)


def _seal(known: EvidenceRecords, item: Evidence) -> _Outcome:
    if item.method is not AcquisitionMethod.SEIZED:
        return _NOT_NEEDED
    seal = seal_on(known.file.seals, item.id)
    return _or_missing((Proof(ProofKind.SEAL, seal.id, seal.number, seal.at),) if seal else ())


def _two_officers(known: EvidenceRecords, item: Evidence) -> _Outcome:
    """A second officer counts who confirmed it here, or signed the paper; a name that somebody typed does not."""
    if item.record.seconded_at is not None:
        at = item.record.seconded_at
        return FactState.PROVED, (Proof(ProofKind.RECORD, "second", item.record.second, at=at),)
    papers = _papers(known, item)
    if item.record.second and papers:
        return FactState.PROVED, (*_fields(item, "second"), *papers)
    return _or_missing(_fields(item, "alone"), FactState.NOTED)


def _signed(known: EvidenceRecords, item: Evidence) -> _Outcome:
    proofs = _papers(known, item)
    return (
        _or_missing(proofs) if proofs else _or_missing(_fields(item, "unsigned"), FactState.NOTED)
    )


def _papers(known: EvidenceRecords, item: Evidence) -> tuple[Proof, ...]:
    """The signed papers that tell of the item."""
    forms = {
        *_LISTS,
        *(form for way in known.guide.ways if way.method is item.method for form in way.papers),
    }
    forms |= {known.guide.twins[form] for form in forms if form in known.guide.twins}
    signed = [
        paper
        for paper in known.file.papers
        if paper.form in forms
        and paper.state is PaperState.SIGNED
        and paper.signed is not None
        and paper.signed.at >= item.added_at
        and tells_of(known.file.evidence, paper.about, item)
    ]
    return tuple(
        Proof(ProofKind.PAPER, paper.form, at=paper.signed.at if paper.signed else None)
        for paper in signed
    )


def _witness(_known: EvidenceRecords, item: Evidence) -> _Outcome:
    if not wants_witness(item.method):
        return _NOT_NEEDED
    witness = _fields(item, "witness")
    if witness:
        return FactState.PROVED, witness
    return _or_missing(_fields(item, "no_witness"), FactState.NOTED)


def _named(_known: EvidenceRecords, item: Evidence) -> _Outcome:
    return _or_missing(_fields(item, "category", "format"))


_ITEM: Final[Mapping[str, Callable[[EvidenceRecords, Evidence], _Outcome]]] = MappingProxyType(
    {
        "original": _original,
        "process": _process,
        "digest": _digest,
        "seal": _seal,
        "two_officers": _two_officers,
        "signed": _signed,
        "witness": _witness,
        "named": _named,
    }
)


def _of_case(known: EvidenceRecords, fact: CourtFact) -> tuple[FactFinding, ...]:
    if fact.id == "transfer":
        return _each(known, fact, [
            (f"transfer/{item.id}", f"{item.position} {item.payee.name or item.payee.number}".strip())
            for item in known.file.transfers
        ])  # fmt: skip
    if fact.id == "tool":
        return _each(known, fact, [
            (f"identifier/{item.id}", item.value) for item in known.file.identifiers
        ])  # fmt: skip
    look = _CASE.get(fact.id)
    return (FactFinding(fact, *(look(known) if look else (FactState.ASK, ()))),)


def _each(
    known: EvidenceRecords, fact: CourtFact, subjects: list[tuple[str, str]]
) -> tuple[FactFinding, ...]:
    """One finding for each subject an item may be named as proof of."""
    found = []
    for subject, name in subjects:
        proofs = tuple(
            Proof(ProofKind.EVIDENCE, item.id, item.name)
            for item in known.file.evidence
            if subject in item.record.proves
        )
        found.append(FactFinding(fact, *_or_missing(proofs), subject, name))
    return tuple(found)


def _identity(known: EvidenceRecords) -> _Outcome:
    victim = known.file.case.victim
    return _or_missing((Proof(ProofKind.CASE, "victim.id_number"),) if victim.id_number else ())


def _contact(known: EvidenceRecords) -> _Outcome:
    return _or_missing(
        tuple(
            Proof(ProofKind.EVIDENCE, item.id, item.name)
            for item in known.file.evidence
            if item.record.category == "communication"
        )
    )


def _statement(known: EvidenceRecords) -> _Outcome:
    return _or_missing(
        tuple(
            Proof(ProofKind.PAPER, paper.form, at=paper.signed.at)
            for paper in known.file.papers
            if paper.form in _STATEMENTS and paper.state is PaperState.SIGNED and paper.signed
        )
    )


_CASE: Final[Mapping[str, Callable[[EvidenceRecords], _Outcome]]] = MappingProxyType(
    {"identity": _identity, "contact": _contact, "statement": _statement}
)
