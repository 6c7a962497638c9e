"""Proposes types of fraud: a model learned from stories, beside it the cues that people wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from desktop.analysis.story_model import StoryMarks, StoryModel, chances, shipped_model
from desktop.analysis.story_reasons import reasons
from desktop.analysis.story_text import plain
from desktop.domain.interview.cues import Cue, CueBook, TypeCues
from desktop.domain.interview.suggestion import (
    Feature,
    StoryReading,
    StoryVerdict,
    Suggestion,
    SuggestionReason,
)

CANDIDATES: Final = 2
ENOUGH: Final = 5
"""Below this sum of cues nothing speaks for a type that no model has learned."""
READ: Final = 2_000
"""Characters of a narrative that are looked at; what makes a type known is said before."""
CLOSE: Final = 0.75
"""Below this chance of the likeliest answer a question has to decide: with writers it has not met the model is wrong
there once in three, above it once in twenty-five (``docs/accuracy.md``)."""
_FEATURE: Final = 0.15
"""What one unit of a feature's weight adds to the logit of a type of which the story speaks."""
_BEGUN: Final = 5
"""Known signs and pairs: with fewer of them nothing is said yet."""
_MOST_CERTAIN: Final = 97
"""Of a hundred answers of which the model is surest, with writers it has not met, no more than that were right."""
_AHEAD: Final = 1.0
"""By how much a type that no model has learned leads, or lags, where its cues say more, or less, than all others."""


@dataclass(frozen=True, slots=True)
class _FoundCues:
    """The cues of one type in one story: their sum, where they stand, and the features that count."""

    score: int
    spans: tuple[tuple[int, int], ...]
    features: Mapping[Feature, int]


@dataclass(frozen=True, slots=True)
class TypeSuggester:
    """:class:`~desktop.services.ports.reading.readers.Suggester` over a model and a book of cues. Types that stand
    in the book alone, of a unit or a centre, are known by their cues."""

    book: CueBook
    load: Callable[[], StoryModel] = shipped_model
    """Called with the first story, so that whoever signs in does not wait for the model."""

    def suggest(self, narrative: str, features: AbstractSet[Feature]) -> StoryReading:
        """See the port."""
        text, model = narrative[:READ], self.load()
        marks, narrow = model.read(text), plain(text)
        found = {cues.code: _of_type(cues, narrow, features) for cues in self.book.types}
        logits = self._joined(marks, found, narrow)
        shares = chances(logits)
        ranked = sorted(shares, key=lambda label: -shares[label])
        codes = [label for label in ranked if label not in _NO_TYPES][:CANDIDATES]
        return StoryReading(
            _verdict(ranked[0]),
            tuple(
                Suggestion(
                    code,
                    min(_MOST_CERTAIN, round(100 * shares[code])),
                    _reasons(code, model, marks, found.get(code, _NOTHING), text),
                )
                for code in codes
            ),
            tuple(ranked[:2]),
            shares[ranked[0]] < CLOSE,
            model.version,
        )

    def _joined(
        self, marks: StoryMarks, found: Mapping[str, _FoundCues], narrow: str
    ) -> dict[str, float]:
        logits = dict(marks.logits)
        for code, cues in found.items():
            if code in logits:
                logits[code] += _FEATURE * sum(cues.features.values())
        best = max((cues.score for code, cues in found.items() if code in logits), default=0)
        other = sum(cue.weight for cue in self.book.other if _find(cue, narrow) is not None)
        top = max(logits.values())
        if len(marks.weights) < _BEGUN:
            logits[StoryVerdict.UNSURE.value] = top + _AHEAD
        for code, cues in found.items():
            if code not in logits and cues.score >= ENOUGH:
                logits[code] = top + (_AHEAD if cues.score > max(best, other) else -_AHEAD)
        return logits


def _reasons(
    code: str, model: StoryModel, marks: StoryMarks, cues: _FoundCues, text: str
) -> tuple[SuggestionReason, ...]:
    words = reasons(model, marks, code, text, cues.spans)
    known = (
        SuggestionReason(feature.value, -1, -1, round(100 * _FEATURE * weight))
        for feature, weight in cues.features.items()
    )
    return tuple(sorted((*words, *known), key=lambda reason: (-reason.weight, reason.start)))


_NO_TYPES: Final = frozenset({StoryVerdict.NOT_FRAUD.value, StoryVerdict.UNSURE.value})
_NOTHING: Final = _FoundCues(0, (), {})


def _verdict(label: str) -> StoryVerdict:
    return StoryVerdict(label) if label in _NO_TYPES else StoryVerdict.FRAUD


def _of_type(cues: TypeCues, narrow: str, features: AbstractSet[Feature]) -> _FoundCues:
    words = tuple(_words(cues.cues, narrow))
    # How money went supports a type of which the story speaks; alone it would fit every type.
    known = {
        feature: weight
        for feature, weight in cues.features.items()
        if words and feature in features
    }
    score = sum(weight for _, weight in words) + sum(known.values())
    return _FoundCues(score, tuple(span for span, _ in words), known)


def _words(cues: tuple[Cue, ...], narrow: str) -> Iterator[tuple[tuple[int, int], int]]:
    for cue in cues:
        span = _find(cue, narrow)
        if span is not None:
            yield span, cue.weight


def _find(cue: Cue, narrow: str) -> tuple[int, int] | None:
    for word in cue.words:
        place = narrow.find(word)
        if place >= 0:
            return place, place + len(word)
    for shape in cue.patterns:
        match = shape.search(narrow)
        if match and match.end() > match.start():
            return match.span()
    return None
