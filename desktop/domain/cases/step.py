"""Procedural steps: what the law makes of a report, day by day, and what starts and ends its clocks.

A step is what was decided or done elsewhere (in the case system, by the county head, at the post counter) and is
recorded here with its day, so that the desk can count. It is never the decision itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.ids import StepId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import LONG_TEXT, TIME, loosely
from desktop.domain.records.fields import Fields, text


class StepKind(StrEnum):
    """Every step, in the order a case usually takes them. Articles are those of the rule each one starts."""

    ACCEPTED = "accepted"
    """受理刑事案件。"""
    ACCEPTED_ADMINISTRATIVE = "accepted_administrative"
    """受理行政（治安）案件。"""
    ADMINISTRATIVE_COMPLEX = "administrative_complex"
    """受案审查情况复杂。"""
    FILING_LEADS = "filing_leads"
    """立案审查需查证线索。"""
    FILING_MAJOR = "filing_major"
    """重大、疑难、复杂，立案审查经批准延长。"""
    FILED = "filed"
    """立案。"""
    NOT_FILED = "not_filed"
    """不予立案决定。"""
    NOTICE_DELIVERED = "notice_delivered"
    """不予立案通知书送达控告人。"""
    NOT_OURS = "not_ours"
    """决定不属于本单位管辖。"""
    TRANSFERRED = "transferred"
    """移送有管辖权的机关。"""
    REVIEW_REQUESTED = "review_requested"
    """控告人申请复议。"""
    REVIEW_DECIDED = "review_decided"
    """复议决定送达。"""
    SECOND_REVIEW_REQUESTED = "second_review_requested"
    """控告人申请复核。"""
    SECOND_REVIEW_DECIDED = "second_review_decided"
    """复核决定。"""
    UNRELATED_FOUND = "unrelated_found"
    """查明冻结的财产与案件无关。"""
    SEIZED_UNRELATED = "seized_unrelated"
    """查明扣押的物品与案件无关。"""
    SEIZED_RELEASED = "seized_released"
    """发还扣押物品。"""
    DATA_FROZEN = "data_frozen"
    """批准冻结电子数据。"""
    DATA_FREEZE_EXTENDED = "data_freeze_extended"
    """续冻电子数据。"""
    DATA_UNFROZEN = "data_unfrozen"
    """解除冻结电子数据。"""
    EVIDENCE_HELD = "evidence_held"
    """先行登记保存证据。"""
    HOLD_DECIDED = "hold_decided"
    """对登记保存的证据作出处理决定。"""
    LIMIT_EXTENDED = "limit_extended"
    """治安案件办案期限经批准延长。"""
    RETURN_DECIDED = "return_decided"
    """资金返还决定。"""
    SENT_TO_BANK = "sent_to_bank"
    """返还决定送达银行。"""
    RETURNED = "returned"
    """银行办结返还。"""
    CLOSED = "closed"
    """结案。"""


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """The facts of subject ``step/<id>``.

    ``number`` is the number of the paper it stands on, if any; ``officer`` recorded it; ``withdrawn`` says why a step
    that was recorded by mistake counts no more.
    """

    id: StepId
    kind: StepKind
    at: datetime
    number: str = ""
    note: str = ""
    officer: str = ""
    withdrawn: str = ""

    def to_fields(self, case: str) -> Fields:
        """Journal fields of subject ``step/<id>``."""
        return {"case": case, **STEP_FIELDS.to_fields(self)}


STEP_FIELDS: Final = FieldTable(
    ProcedureStep,
    (
        FieldRow("kind", loosely(StepKind, ""), codes="steps.kind"),
        FieldRow("at", TIME),
        FieldRow("number"),
        FieldRow("note", LONG_TEXT),
        FieldRow("officer"),
        FieldRow("withdrawn", LONG_TEXT, later=True),
    ),
)


def step_from_fields(step_id: str, fields: Fields) -> ProcedureStep | None:
    """The step behind ``step/<id>``; None for a kind of a newer program, and while only its end is known."""
    if not text(fields, "at") or text(fields, "kind") not in _KNOWN:
        return None
    return STEP_FIELDS.from_fields(fields, id=StepId(step_id))


_KNOWN = frozenset(StepKind)
