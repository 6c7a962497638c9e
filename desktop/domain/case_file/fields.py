"""Every fact that is declared in a row, by the kind of subject that entries speak about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS, OFFICIAL_FIELDS
from desktop.domain.cases.payments.transfer import TRANSFER_FIELDS
from desktop.domain.cases.people.person import PERSON, TIE_FIELDS
from desktop.domain.cases.read_aloud import READ_ALOUD_FIELDS
from desktop.domain.cases.step import STEP_FIELDS
from desktop.domain.cases.supplement import SUPPLEMENT_FIELDS
from desktop.domain.cases.tasks.task import TASK_FIELDS
from desktop.domain.evidence.custody import CUSTODY, CUSTODY_FIELDS, SEAL, SEAL_FIELDS
from desktop.domain.evidence.item import EVIDENCE_FIELDS
from desktop.domain.orders.order import ORDER_FIELDS, REPLY_FIELDS
from desktop.domain.papers.paper import PAPER_FIELDS
from desktop.domain.records.field_table import FieldRow

FIELDS: Final[Mapping[str, tuple[FieldRow, ...]]] = {
    "case": (*CASE_FIELDS.rows, *OFFICIAL_FIELDS.rows),
    "transfer": TRANSFER_FIELDS.rows,
    "identifier": IDENTIFIER_FIELDS.rows,
    "read_aloud": READ_ALOUD_FIELDS.rows,
    "supplement": SUPPLEMENT_FIELDS.rows,
    "evidence": EVIDENCE_FIELDS.rows,
    PERSON: TIE_FIELDS.rows,
    SEAL: SEAL_FIELDS.rows,
    CUSTODY: CUSTODY_FIELDS.rows,
    "step": STEP_FIELDS.rows,
    "task": TASK_FIELDS.rows,
    "paper": PAPER_FIELDS.rows,
    "order": (*ORDER_FIELDS.rows, *REPLY_FIELDS.rows),
}
ROWS: Final = tuple(row for rows in FIELDS.values() for row in rows)
"""All of them."""
