"""What the two papers to an account holder who objects say: the receipt, and the notice of the outcome.

They go to somebody who is mostly no party of the case: they name the measure, the own account by its end, and nothing
of the victim or of what was reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.documents.printing.form_texts import FormTexts
from desktop.domain.case_file.orders.objection_release import objection_of
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.holder_objection import (
    HolderObjection,
    ObjectionDecision,
    ObjectionOutcome,
)
from desktop.domain.ids import OrderId
from desktop.domain.orders.kinds import FREEZES
from desktop.domain.orders.order import receiver, target_value
from desktop.services.ports import PaperFacts

_TAIL = 4
"""Signs of an account by which its holder knows it."""

_ANSWERS: Mapping[str, str] = {
    ObjectionOutcome.UPHELD: "objection.upheld",
    ObjectionOutcome.PART: "objection.part",
    ObjectionOutcome.REFUSED: "objection.refused",
}


def objection_phrases(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """``objector``, ``objection_received`` and ``objection_outcome``; of a paper about no objection, the words that
    stand in any receipt and nothing else."""
    file = facts.file
    objection = objection_of(file, facts.about)
    if objection is None or objection.received_at is None:
        blank = texts.text("objection.received_blank")
        return {"objector": "", "objection_received": blank, "objection_outcome": ""}
    received = texts.text(
        "objection.received",
        at=texts.minute(objection.received_at),
        measures=_measures(file, objection.orders, texts),
        evidence=_evidence(file, objection, texts),
    )
    decision = objection.decided
    known = decision is not None and decision.known and not objection.withdrawn
    return {
        "objector": objection.name,
        "objection_received": received,
        "objection_outcome": _outcome(file, objection, decision, texts)
        if known and decision
        else "",
    }


def _outcome(
    file: CaseFile, objection: HolderObjection, decision: ObjectionDecision, texts: FormTexts
) -> str:
    released = objection.to_release
    remaining = tuple(order for order in objection.orders if order not in released)
    reason = decision.reason.rstrip("。")
    lines = [
        texts.text(
            _ANSWERS[decision.outcome],
            at=texts.day(objection.received_at) if objection.received_at else "",
            measures=_measures(file, objection.orders, texts),
            released=_measures(file, released, texts),
            remaining=_measures(file, remaining, texts),
            reason=reason or texts.text("phrase.to_write"),
        )
    ]
    if decision.outcome != ObjectionOutcome.UPHELD:
        frozen = any(view.order.kind in FREEZES for view in _views(file, remaining))
        lines.append(texts.text("objection.remedy_frozen" if frozen else "objection.remedy"))
    return "\n".join(lines)


def _evidence(file: CaseFile, objection: HolderObjection, texts: FormTexts) -> str:
    names = "、".join(item.name for item in file.evidence if item.id in objection.evidence)
    return texts.text("objection.with_evidence", names=names) if names else ""


def _measures(file: CaseFile, orders: Iterable[OrderId], texts: FormTexts) -> str:
    """Each with who carries it out and the end of the account."""
    comma = texts.text("objection.comma")
    return comma.join(
        texts.text(
            "objection.measure",
            receiver=receiver(view.order),
            tail=target_value(view.order)[-_TAIL:],
            kind=texts.text(f"kind.{view.order.kind.value}"),
        )
        for view in _views(file, orders)
    )


def _views(file: CaseFile, orders: Iterable[OrderId]) -> list[OrderView]:
    wanted = set(orders)
    return [view for view in file.orders if view.order.id in wanted]
