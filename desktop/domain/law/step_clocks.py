"""Clocks that procedural steps start and end: 受案, 立案, 移送, 告知, 复议, 解除, 发还, 返还, 办案期限."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.law.deadlines import Deadline, counted
from desktop.domain.law.rules import RulePack

_DECIDED: Final = (StepKind.FILED, StepKind.NOT_FILED, StepKind.TRANSFERRED)
_ACCEPTED: Final = (StepKind.ACCEPTED, StepKind.ACCEPTED_ADMINISTRATIVE)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A clock from one step to another; while the end is not recorded after the start, it runs."""

    name: str
    rule: str
    start: StepKind
    ends: tuple[StepKind, ...]


_PAIRS: Final = (
    _Pair("jurisdiction", "jurisdiction.transfer", StepKind.NOT_OURS, (StepKind.TRANSFERRED,)),
    _Pair(
        "non_filing", "non_filing.notice", StepKind.NOT_FILED,
        (StepKind.NOTICE_DELIVERED, StepKind.FILED),
    ),
    _Pair(
        "review_apply", "review.apply", StepKind.NOTICE_DELIVERED,
        (StepKind.REVIEW_REQUESTED, StepKind.FILED),
    ),
    _Pair(
        "review_answer", "review.answer", StepKind.REVIEW_REQUESTED,
        (StepKind.REVIEW_DECIDED, StepKind.FILED),
    ),
    _Pair(
        "second_apply", "review.second_apply", StepKind.REVIEW_DECIDED,
        (StepKind.SECOND_REVIEW_REQUESTED, StepKind.FILED),
    ),
    _Pair(
        "second_answer", "review.second_answer", StepKind.SECOND_REVIEW_REQUESTED,
        (StepKind.SECOND_REVIEW_DECIDED, StepKind.FILED),
    ),
    _Pair(
        "return_seized", "return.seized", StepKind.SEIZED_UNRELATED, (StepKind.SEIZED_RELEASED,),
    ),
    _Pair("evidence_hold", "hold.evidence", StepKind.EVIDENCE_HELD, (StepKind.HOLD_DECIDED,)),
    _Pair("bank_return", "return.bank", StepKind.SENT_TO_BANK, (StepKind.RETURNED,)),
)  # fmt: skip


class Steps:
    """The steps of a case that still count."""

    def __init__(self, steps: Iterable[ProcedureStep]) -> None:
        counting = [step for step in steps if not step.withdrawn]
        self._all = sorted(counting, key=lambda item: (item.at, item.id))
        self._last: dict[StepKind, ProcedureStep] = {step.kind: step for step in self._all}

    def last(self, *kinds: StepKind) -> ProcedureStep | None:
        """The latest step of one of these kinds."""
        found = [self._last[kind] for kind in kinds if kind in self._last]
        return max(found, key=lambda step: step.at, default=None)

    def after(self, step: ProcedureStep, kind: StepKind) -> Iterator[ProcedureStep]:
        """Those of a kind that were recorded at ``step`` or later, oldest first."""
        return (item for item in self._all if item.kind is kind and item.at >= step.at)

    def since(self, step: ProcedureStep, *kinds: StepKind) -> bool:
        """Whether one of these kinds was recorded at ``step`` or later."""
        later = self.last(*kinds)
        return later is not None and later.at >= step.at


def step_clocks(rules: RulePack, recorded: Iterable[ProcedureStep]) -> Iterator[Deadline]:
    """Every running clock that a step started."""
    known = tuple(recorded)
    if not known:
        return
    steps = Steps(known)
    for pair in _PAIRS:
        start = steps.last(pair.start)
        if start is not None and not steps.since(start, *pair.ends):
            yield counted(rules, pair.name, pair.rule, start.at, f"step/{start.id}")
    yield from _data_freeze(rules, steps)
    yield from _public_order(rules, steps)


def _data_freeze(rules: RulePack, steps: Steps) -> Iterator[Deadline]:
    """冻结电子数据: every extension begins the term anew, when it was approved. One that came after the end is none, as
    the freeze had lapsed; one whose freeze nobody recorded stands for it."""
    start = steps.last(StepKind.DATA_FROZEN) or steps.last(StepKind.DATA_FREEZE_EXTENDED)
    if start is None:
        return
    clock = _of_data(rules, start)
    for step in steps.after(start, StepKind.DATA_FREEZE_EXTENDED):
        if step.at <= clock.at:
            clock = _of_data(rules, step)
    if not steps.since(start, StepKind.DATA_UNFROZEN):
        yield clock


def _of_data(rules: RulePack, step: ProcedureStep) -> Deadline:
    return counted(rules, "data_freeze", "data_freeze.term", step.at, f"step/{step.id}")


def _public_order(rules: RulePack, steps: Steps) -> Iterator[Deadline]:
    """治安案件办案期限, from acceptance; an extension that was approved in time is added to the end of the term."""
    start = steps.last(StepKind.ACCEPTED_ADMINISTRATIVE)
    if start is None or steps.since(start, StepKind.CLOSED, StepKind.FILED, StepKind.TRANSFERRED):
        return
    clock = counted(rules, "public_order", "public_order.limit", start.at, f"step/{start.id}")
    if any(step.at <= clock.at for step in steps.after(start, StepKind.LIMIT_EXTENDED)):
        last = clock.at - timedelta(seconds=1)
        longer = counted(rules, "public_order", "public_order.extension", last)
        clock = replace(longer, started_at=start.at, subject=clock.subject)
    yield clock


def filing_decision(
    rules: RulePack, accepted_at: datetime, recorded: Iterable[ProcedureStep]
) -> Deadline | None:
    """立案审查: 3 days, 7 when leads need checking, 30 when major and approved; None once it is decided, and for a
    case that was accepted as an administrative one."""
    known = tuple(recorded)
    if not known:  # so are most, and thousands of them are asked in a row
        return counted(rules, "filing", "filing.ordinary", accepted_at)
    steps = Steps(known)
    accepted = steps.last(*_ACCEPTED)
    administrative = accepted is not None and accepted.kind is StepKind.ACCEPTED_ADMINISTRATIVE
    if steps.last(*_DECIDED) is not None or administrative:
        return None
    rule = "filing.ordinary"
    if steps.last(StepKind.FILING_MAJOR) is not None:
        rule = "filing.major"
    elif steps.last(StepKind.FILING_LEADS) is not None:
        rule = "filing.leads"
    return counted(rules, "filing", rule, accepted_at)


def acceptance_review(
    rules: RulePack, accepted_at: datetime, recorded: Iterable[ProcedureStep], *, small: bool
) -> Deadline | None:
    """受案审查 of an administrative case: 24 hours, 3 days when complex; None once it was accepted or went elsewhere.

    ``small``: less was lost than makes a crime, so the case is likely an administrative one.
    """
    known = tuple(recorded)
    if not (small or known):
        return None
    steps = Steps(known)
    complex_ = steps.last(StepKind.ADMINISTRATIVE_COMPLEX) is not None
    if steps.last(*_ACCEPTED, *_DECIDED) is not None or not (small or complex_):
        return None
    rule = "acceptance.administrative_complex" if complex_ else "acceptance.administrative"
    return counted(rules, "acceptance", rule, accepted_at)
