"""Objections of account holders in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.case_file.orders.objection_release import MeasureRelease
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.holder_objection import (
    ObjectionDecision,
    ObjectorRelation,
    listed,
    read_decision,
)
from desktop.domain.masking import masked_account, masked_id, masked_phone, masked_text
from desktop.domain.orders.order import receiver, target_value
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.objections.objections_of_case import ObjectionView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment


def outcome_text(kit: Kit, decision: ObjectionDecision) -> str:
    """What was decided; that of a newer program by its code."""
    if not decision.known:
        return kit.texts.text("objection.outcome.newer", code=decision.outcome)
    return kit.texts.text(f"objection.outcome.{decision.outcome}")


def objection_value(kit: Kit, key: str, text: str, names: Mapping[str, str]) -> str | None:
    """A fact of an objection as the history shows it; None for one that is plain text. ``names``: of orders and of
    items of evidence, by id."""
    if key in {"orders", "evidence"}:
        comma = kit.texts.text("case.record.comma")
        return comma.join(names.get(item, item) for item in listed(text))
    decision = read_decision(text) if key == "decision" else None
    if decision is None:
        return None
    released = objection_value(kit, "orders", " ".join(decision.released), names)
    when = show_local(decision.at, kit.zone)
    facts = (outcome_text(kit, decision), released, decision.by, when, decision.reason)
    return " · ".join(fact for fact in facts if fact)


def measure_text(kit: Kit, view: OrderView) -> str:
    """A stop or freeze as people name it; numbers masked."""
    account = masked_account(target_value(view.order))
    fen = view.order.amount_fen
    sum_text = kit.texts.text("case.amount", amount=yuan(fen)) if fen else ""
    named = (kind_text(kit, view), receiver(view.order), account, sum_text, view.order.number)
    return " ".join(part for part in named if part)


class ObjectionTexts:
    """The lines of an objection, of the case ``sheet`` shows."""

    def __init__(self, kit: Kit, sheet: CaseSheet) -> None:
        self._kit = kit
        self._sheet = sheet
        self._orders = {view.order.id: view for view in sheet.file.orders}

    def due(self, view: ObjectionView) -> str:
        """Until when the next step is to be done; "" where no clock runs."""
        if view.due is None:
            return ""
        late = "late" if view.due <= self._kit.ticks.now() else "due"
        return self._kit.texts.text(f"objection.card.{late}", at=moment(self._kit, view.due))

    def came(self, view: ObjectionView) -> str:
        """When it came, who took it, and against what it is."""
        objection, texts = view.objection, self._kit.texts
        at = moment(self._kit, objection.received_at) if objection.received_at else "—"
        officer = self._sheet.officer(objection.received_by)
        head = texts.text("objection.card.came", at=at, officer=officer)
        return f"{head}　{self._measures(objection.orders)}"

    def grounds(self, view: ObjectionView, *, revealed: bool) -> str:
        """Who it is, and why."""
        objection, texts = view.objection, self._kit.texts
        known = objection.relation in set(ObjectorRelation)
        relation = (
            texts.text(f"objection.relation.{objection.relation}") if known else objection.relation
        )
        number = objection.id_number if revealed else masked_id(objection.id_number)
        phone = objection.phone if revealed else masked_phone(objection.phone)
        grounds = objection.grounds if revealed else masked_text(objection.grounds)
        return " · ".join(part for part in (relation, number, phone, grounds) if part)

    def decided(self, view: ObjectionView, *, revealed: bool) -> str:
        """What was decided, by whom and why; or why it counts no more."""
        objection, texts = view.objection, self._kit.texts
        if objection.withdrawn:
            why = objection.withdrawn if revealed else masked_text(objection.withdrawn)
            return texts.text("objection.card.withdrawn", reason=why)
        decision = objection.decision
        if decision is None:
            return ""
        reason = decision.reason if revealed else masked_text(decision.reason)
        at, officer = moment(self._kit, decision.at), self._sheet.officer(decision.by)
        outcome = outcome_text(self._kit, decision)
        head = texts.text("objection.card.decided", outcome=outcome, officer=officer, at=at)
        return " · ".join(part for part in (head, reason) if part)

    def release(self, release: MeasureRelease) -> str:
        """What is next about one measure."""
        texts = self._kit.texts
        kind = texts.text(f"orders.kind.{release.kind.value}") if release.kind else ""
        step = texts.text(f"objection.release.{release.step.value}", kind=kind, number=release.by)
        return f"{self._measures((release.order,))}　{step}"

    def _measures(self, orders: Iterable[str]) -> str:
        comma = self._kit.texts.text("case.record.comma")
        found = (self._orders.get(order) for order in orders)  # type: ignore[call-overload]
        return comma.join(measure_text(self._kit, view) for view in found if view is not None)
