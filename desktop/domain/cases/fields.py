"""Every fact that is declared in a row, by the kind of subject that entries speak about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desktop.domain.cases.case import CASE_FIELDS, IDENTIFIER_FIELDS, OFFICIAL_FIELDS
from desktop.domain.cases.transfer import TRANSFER_FIELDS
from desktop.domain.field_table import FieldRow

FIELDS: Final[Mapping[str, tuple[FieldRow, ...]]] = {
    "case": (*CASE_FIELDS.rows, *OFFICIAL_FIELDS.rows),
    "transfer": TRANSFER_FIELDS.rows,
    "identifier": IDENTIFIER_FIELDS.rows,
}
ROWS: Final = tuple(row for rows in FIELDS.values() for row in rows)
"""All of them."""
