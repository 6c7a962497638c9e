"""Payments and leads that were recorded by mistake: the journal keeps them, and nothing shows or counts them."""

from __future__ import annotations

from typing import Final

from desktop.domain.fields import Fields, text

KINDS: Final = frozenset({"transfer", "identifier"})
FIELD: Final = "taken_out"


def is_taken_out(kind: str, fields: Fields) -> bool:
    """Whether this part of a case, of which these values are shown, was taken out."""
    return kind in KINDS and bool(text(fields, FIELD))
