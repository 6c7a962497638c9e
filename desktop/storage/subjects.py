"""Names of subjects, taken apart."""

from __future__ import annotations


def kind_of(subject_id: str) -> str:
    """``transfer`` of ``transfer/0192…``."""
    return subject_id.partition("/")[0]


def key_of(subject_id: str) -> str:
    """``0192…`` of ``transfer/0192…``."""
    return subject_id.partition("/")[2]
