"""Names of subjects, taken apart, and which of them make up a case."""

from __future__ import annotations

from typing import Final

from desktop.journal.entry_table import CASE_PARTS

CASE_SUBJECTS: Final = ("case", *CASE_PARTS)


def kind_of(subject_id: str) -> str:
    """``transfer`` of ``transfer/0192…``."""
    return subject_id.partition("/")[0]


def key_of(subject_id: str) -> str:
    """``0192…`` of ``transfer/0192…``."""
    return subject_id.partition("/")[2]
