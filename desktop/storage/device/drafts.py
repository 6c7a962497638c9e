"""Drafts, the working material of this device: encrypted like everything in the database."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from desktop.domain.cases.intake import Draft, IntakeForm, form_from_json
from desktop.domain.ids import CaseId
from desktop.storage.dialects import dialect_of
from desktop.storage.tables import draft


def _draft(row: Any) -> Draft:
    return Draft(form_from_json(json.loads(row.form)), row.officer, row.saved_at, row.revision)


def one(connection: Connection, case: CaseId) -> Draft | None:
    """The draft of a case."""
    row = connection.execute(select(draft).where(draft.c.case_id == case)).first()
    return _draft(row) if row else None


def all_of(connection: Connection) -> tuple[Draft, ...]:
    """Every draft, last saved first."""
    rows = connection.execute(select(draft).order_by(draft.c.saved_at.desc(), draft.c.case_id))
    return tuple(_draft(row) for row in rows)


def save(connection: Connection, form: IntakeForm, officer: str, saved_at: str) -> Draft:
    """Keep this revision of a draft, and when the first thing was typed into it."""
    known = one(connection, CaseId(form.case_id))
    typed = "" if form.untouched else saved_at
    begun_at = (known.form.begun_at if known else "") or form.begun_at or typed
    form = replace(form, begun_at=begun_at)
    revision = known.revision + 1 if known else 1
    values = {
        "officer": officer,
        "saved_at": saved_at,
        "revision": revision,
        "form": json.dumps(
            form.to_json()
        ),  # ASCII: also takes half a character, which UTF-8 does not
    }
    connection.execute(
        dialect_of(connection)
        .upsert(draft)
        .values(case_id=form.case_id, **values)
        .on_conflict_do_update(index_elements=["case_id"], set_=values)
    )
    return Draft(form, officer, saved_at, revision)


def drop(connection: Connection, case: CaseId) -> None:
    """Forget a draft."""
    connection.execute(delete(draft).where(draft.c.case_id == case))
