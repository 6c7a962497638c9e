"""The words of a story that speak for a type: what its signs add, gathered into phrases that stand out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final

from desktop.analysis.story_model import StoryMarks, StoryModel
from desktop.analysis.story_text import NUMBER
from desktop.domain.interview.suggestion import SuggestionReason

REASONS: Final = 5
_LONGEST: Final = 8
_LONGEST_CUE: Final = 12
"""A cue's shape may reach over half a sentence; what speaks in it is found without it, where the type was learned."""
_LEAST: Final = 0.015
"""What a sign has to add to be part of a phrase."""
_CLEAR: Final = 0.12
"""A phrase that adds less, or less than a tenth of the heaviest, says nothing."""
_KNOWN: Final = 1.5
"""How much more a phrase counts that stands in the book of cues: people chose it."""
_EDGES: Final = frozenset(
    "的了我他她你它说就是在也都把被个又还再给让要去来到后前和跟们有那这不一很好上下里吗呢吧啊呀嘛地得着过对向从与及等会能俺咱伊佢唔"
    "嘅咗两三四五六七八九十百千万几元块共每多才即便所其该并"
)
"""Signs with which no phrase of the model's own begins or ends: they say nothing alone."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    worth: float


def reasons(
    model: StoryModel, marks: StoryMarks, label: str, narrative: str, cues: Iterable[Span]
) -> Iterator[SuggestionReason]:
    """At most :data:`REASONS` phrases that do not overlap, the heaviest first, each with what it adds in hundredths of
    a logit. ``cues``: where in ``narrative`` words of the book stand."""
    adds = model.adds(marks, label)
    worth = _worth(marks.read, adds)
    sums = list(accumulate(worth, initial=0.0))
    phrases = []
    for first, last in cues:
        if adds and last - first > _LONGEST_CUE:
            continue
        start, end = bisect_right(marks.places, first) - 1, bisect_left(marks.places, last)
        phrases.append(_Phrase(start, end, _KNOWN * max(sums[end] - sums[start], _CLEAR)))
    phrases += _phrases(model, marks.read, worth, sums)
    chosen: list[_Phrase] = []
    for phrase in sorted(phrases, key=lambda item: (-item.worth, item.start, item.end)):
        if len(chosen) == REASONS or (chosen and phrase.worth < chosen[0].worth / 10):
            break
        if all(phrase.end <= other.start or other.end <= phrase.start for other in chosen):
            chosen.append(phrase)
    for phrase in chosen:
        start, end = marks.places[phrase.start], marks.places[phrase.end]
        yield SuggestionReason(narrative[start:end], start, end, max(1, round(100 * phrase.worth)))


def _worth(read: str, adds: Mapping[str, float]) -> list[float]:
    """What each sign adds: what it adds alone, and half of what the pairs add of which it is part."""
    got = adds.get
    worth = [got(sign, 0.0) for sign in read]
    for place in range(len(read) - 1):
        half = got(read[place : place + 2], 0.0) / 2
        if half:
            worth[place] += half
            worth[place + 1] += half
    return worth


def _phrases(
    model: StoryModel, read: str, worth: Sequence[float], sums: Sequence[float]
) -> Iterator[_Phrase]:
    """Stretches of signs that all add something, cut to words."""
    speaks = [added >= _LEAST and _may_stand(sign) for sign, added in zip(read, worth, strict=True)]
    for adds_something, run in groupby(enumerate(speaks), key=itemgetter(1)):
        if not adds_something:
            continue
        signs = [place for place, _ in run]
        start, end = _best(signs[0], signs[-1] + 1, sums)
        start, end = _whole_words(model, read, start, end)
        while start < end and read[start] in _EDGES:
            start += 1
        while start < end and read[end - 1] in _EDGES:
            end -= 1
        if end - start > 1 and sums[end] - sums[start] >= _CLEAR:
            yield _Phrase(start, end, sums[end] - sums[start])


def _best(start: int, end: int, sums: Sequence[float]) -> Span:
    """The stretch of at most :data:`_LONGEST` signs that adds most."""
    if end - start <= _LONGEST:
        return start, end
    first = max(range(start, end - _LONGEST + 1), key=lambda at: sums[at + _LONGEST] - sums[at])
    return first, first + _LONGEST


def _whole_words(model: StoryModel, read: str, start: int, end: int) -> Span:
    """The stretch with the rest of a word that was cut at its end."""
    if (
        start > 0
        and _may_stand(read[start - 1])
        and model.holds_together(*read[start - 1 : start + 1])
    ):
        start -= 1
    if end < len(read) and _may_stand(read[end]) and model.holds_together(*read[end - 1 : end + 1]):
        end += 1
    return start, end


def _may_stand(sign: str) -> bool:
    """Whether a phrase may hold it: no number, blank or stop."""
    return sign != NUMBER and sign.isalnum()
