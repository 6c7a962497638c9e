"""Who proposes a type of fraud, as services see them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from desktop.domain.interview.suggestion import Feature, StoryReading, StoryVerdict


class Suggester(Protocol):
    """Says what a narrative sounds like, from it and what else is known."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> StoryReading:
        """Always a verdict, and always candidates."""
        ...


class NoSuggester:
    """Knows no types."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> StoryReading:  # noqa: ARG002
        """Unsure, without candidates."""
        return StoryReading(StoryVerdict.UNSURE)
