"""Digests under a key of the profile: the same text is known again, and nobody else can guess it."""

from __future__ import annotations

from typing import Protocol


class KeyedMarks(Protocol):
    """Digests under a key of the profile."""

    def of(self, purpose: str, text: str) -> str:
        """The mark of ``text`` for one ``purpose``; marks of different purposes can not be compared."""
        ...


class NoMarks:
    """Where no key file is open: every text has the same mark."""

    def of(self, purpose: str, text: str) -> str:  # noqa: ARG002
        """ "" always."""
        return ""
