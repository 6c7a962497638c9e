"""A task of the centre on paper: what is to be done with whom by when, and room for what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.corner_mark import corner_mark
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.cases.tasks.assigned_task import TaskResult
from desktop.services.ports.printing.sheets import TaskSlipFacts

_FILL: Final = ("result", "course", "officer", "done_at", "note")


def task_slip(facts: TaskSlipFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``task_slip.typ`` prints."""
    rows = (
        ("name", facts.name),
        ("phone", facts.phone),
        ("address", facts.address),
        ("words", facts.words),
    )
    named = texts.whole(f"assigned.kind.{facts.kind.value}")
    kind = texts.whole("assigned.urgent", kind=named) if facts.urgent else named
    due = texts.minute(facts.due) if facts.due else texts.whole("assigned.no_due")
    given = texts.minute(facts.given_at) if facts.given_at else ""
    return (
        texts.frame(texts.text("form.task_slip"), at)
        | corner_mark(facts.number)
        | {
            "number": texts.text("guidance.number", number=facts.number),
            "to": facts.unit_name,
            "kind": texts.text("task_slip.kind", kind=kind),
            "due": texts.text("task_slip.due", time=due),
            "given": texts.text("task_slip.given", time=given, officer=facts.given_by),
            "accepted": _accepted(facts, texts),
            "rows": [[texts.text(f"task_slip.row.{name}"), value] for name, value in rows],
            "results": [texts.whole(f"assigned.result.{one.value}") for one in TaskResult],
            **{name: texts.text(f"task_slip.fill.{name}") for name in _FILL},
        }
    )


def _accepted(facts: TaskSlipFacts, texts: FormTexts) -> str:
    return texts.text("task_slip.accepted", officer=facts.accepted_by) if facts.accepted_by else ""
