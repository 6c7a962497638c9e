"""Readers of what a victim brings, as services see them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from desktop.domain.proposal import Reading


class TextReader(Protocol):
    """Reads pasted text."""

    def read(self, text: str, now: datetime) -> Reading:
        """All proposals of ``text``; ``昨晚`` and the like count from ``now``. Never raises for any text."""
        ...


class NoReader:
    """Reads nothing; a desk in a test that needs none."""

    def read(self, text: str, now: datetime) -> Reading:  # noqa: ARG002 - the Protocol's shape
        """The text without a proposal."""
        return Reading(text)
