"""Proposes types of fraud: the sum of the cues found, every one of which is shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.domain.interview.cues import Cue, CueBook, TypeCues
from desktop.domain.interview.suggestion import Feature, Suggestion, SuggestionReason

CANDIDATES: Final = 2
ENOUGH: Final = 5
"""Below this sum too little was said to propose anything."""
READ: Final = 20_000
"""Characters of a narrative that are looked at; what makes a type known is said before."""


@dataclass(frozen=True, slots=True)
class CueSuggester:
    """:class:`~desktop.services.ports.reading.suggestion.Suggester` over a book of cues."""

    book: CueBook

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> tuple[Suggestion, ...]:
        """See the port. Equal sums stand in the order of the book."""
        text = _plain(narrative[:READ])
        found = [_of_type(cues, narrative, text, features) for cues in self.book.types]
        best = sorted(
            (item for item in found if item.score >= ENOUGH), key=lambda item: -item.score
        )
        other = sum(cue.weight for cue in self.book.other if _find(cue, text) is not None)
        if not best or other >= best[0].score:
            return ()
        return tuple(best[:CANDIDATES])


def _of_type(
    cues: TypeCues, narrative: str, text: str, features: AbstractSet[Feature]
) -> Suggestion:
    reasons = [*_words(cues.cues, narrative, text)]
    if reasons:
        # How money went supports a type of which the story speaks; alone it would fit every type.
        known = (
            (feature, cues.features[feature]) for feature in cues.features if feature in features
        )
        reasons += [SuggestionReason(feature.value, -1, -1, weight) for feature, weight in known]
    reasons.sort(key=lambda reason: (-reason.weight, reason.start))
    return Suggestion(cues.code, sum(reason.weight for reason in reasons), tuple(reasons))


def _words(cues: tuple[Cue, ...], narrative: str, text: str) -> Iterator[SuggestionReason]:
    for cue in cues:
        span = _find(cue, text)
        if span is not None:
            yield SuggestionReason(narrative[span[0] : span[1]], *span, cue.weight)


def _find(cue: Cue, text: str) -> tuple[int, int] | None:
    for word in cue.words:
        place = text.find(word)
        if place >= 0:
            return place, place + len(word)
    for shape in cue.patterns:
        match = shape.search(text)
        if match and match.end() > match.start():
            return match.span()
    return None


def _plain(text: str) -> str:
    """Full-width letters narrow, capitals small; every sign keeps its place."""
    return "".join(map(_sign, text))


@lru_cache(maxsize=8192)
def _sign(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign).lower()
    return folded if len(folded) == 1 else sign
