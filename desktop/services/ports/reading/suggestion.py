"""Who proposes a type of fraud, as services see them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Protocol

from desktop.domain.interview.suggestion import Feature, Suggestion


class Suggester(Protocol):
    """Proposes types from a narrative and what else is known."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> tuple[Suggestion, ...]:
        """At most two, best first; none where too little is said or it sounds like no telecom fraud."""
        ...


class NoSuggester:
    """Proposes nothing."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> tuple[Suggestion, ...]:  # noqa: ARG002
        """None."""
        return ()
