"""Objections of account holders in words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.cases.holder_objection import ObjectionDecision, listed, read_decision
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local


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
