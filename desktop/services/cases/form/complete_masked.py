"""What a masked number may be: numbers already on this desk that fit it, and what the check digit leaves open.

Candidates are hints for a person who then asks the paying bank; a stop goes by what the receipt or the bank says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.identifiers.labels import number_of
from desktop.domain.identifiers.money.masked_number import MaskedNumber, read_masked
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.session import Session

FEWEST_VISIBLE: Final = 4
"""Visible digits below which everything fits."""
_MOST: Final = 20


class CandidateReason(StrEnum):
    """Why a number is a candidate."""

    THIS_REPORT = "this_report"
    OTHER_CASE = "other_case"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A whole number that fits. ``case``: the newest other case that holds it; ``cases``: how many do."""

    number: str
    reason: CandidateReason
    case: SameAccount | None = None
    cases: int = 0


def masked_candidates(session: Session, form: IntakeForm, index: int) -> tuple[Candidate, ...]:
    """Candidates for the payee account of transfer ``index``, the likeliest first; empty for a whole number."""
    session.require(Permission.READ_CASES)
    blotted = read_masked(form.transfers[index].payee_account)
    if blotted is None or blotted.visible < FEWEST_VISIBLE:
        return ()
    lengths = blotted.lengths(session.directories)
    found: dict[str, Candidate] = {}
    for number in _numbers_of(form):
        if _fits(blotted, number, lengths):
            found.setdefault(number, Candidate(number, CandidateReason.THIS_REPORT))
    for candidate in _in_other_cases(session, blotted, lengths, CaseId(form.case_id)):
        here = candidate.number in found
        reason = CandidateReason.THIS_REPORT if here else CandidateReason.OTHER_CASE
        found[candidate.number] = replace(candidate, reason=reason)
    for number in blotted.completions():
        found.setdefault(number, Candidate(number, CandidateReason.CHECK_DIGIT))
    return tuple(found.values())[:_MOST]


def _fits(blotted: MaskedNumber, number: str, lengths: tuple[int, ...]) -> bool:
    return number.isdigit() and blotted.fits(number) and (not lengths or len(number) in lengths)


def _numbers_of(form: IntakeForm) -> tuple[str, ...]:
    typed = [transfer.payee_account for transfer in form.transfers]
    typed += [item.value for item in form.identifiers]
    return tuple(number_of(text, "bank_account") for text in typed)


def _in_other_cases(
    session: Session, blotted: MaskedNumber, lengths: tuple[int, ...], own: CaseId
) -> tuple[Candidate, ...]:
    with session.store.read() as reader:
        known = reader.numbers_between(blotted.prefix, blotted.suffix)
    by_number: dict[str, list[SameAccount]] = {}
    for number, case in known:
        if case.case != own and _fits(blotted, number, lengths):
            by_number.setdefault(number, []).append(case)
    return tuple(
        Candidate(number, CandidateReason.OTHER_CASE, cases[0], len(cases))
        for number, cases in by_number.items()
    )
