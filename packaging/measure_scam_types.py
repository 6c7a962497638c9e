"""How often the type of a story is right: of the shipped program on a test set, and of models on what was held out.

    python packaging/measure_scam_types.py TEST.jsonl

Each line of the test set is a narrative as in ``packaging/scam_types/narratives``. Printed are counts with Wilson's
bounds of 95 % (Journal of the American Statistical Association 22, 1927), by register and type, what was taken for
what, and how much of the texts the corpus has word for word. Nothing of the texts is printed.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from labelled_stories import ROOT, Story, corpus, stories

from desktop.analysis.story_model import chances
from desktop.analysis.suggest import CLOSE, TypeSuggester
from desktop.domain.interview.suggestion import StoryVerdict
from desktop.runtime.packages.cues import load_cues

_NO_TYPES: Final = (StoryVerdict.NOT_FRAUD.value, StoryVerdict.UNSURE.value)
_Z: Final = 1.959964
_RUN: Final = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one story: the two likeliest answers, the chance of the first."""

    story: Story
    ranked: tuple[str, str]
    chance: float

    @property
    def first(self) -> bool:
        """Whether the first answer is the story's."""
        return self.ranked[0] == self.story.label

    @property
    def both(self) -> bool:
        """Whether one of the two is."""
        return self.story.label in self.ranked

    @property
    def fair(self) -> bool:
        """Whether the first answer is the story's, or another that its writer allows."""
        return self.first or self.ranked[0] in self.story.also

    @property
    def verdict(self) -> bool:
        """Whether fraud, no fraud or neither is right."""
        return _kind(self.ranked[0]) == _kind(self.story.label)


def _kind(label: str) -> str:
    return label if label in _NO_TYPES else StoryVerdict.FRAUD.value


def wilson(hits: float, total: float) -> tuple[float, float]:
    """Between which shares the true one lies, 95 times of a hundred."""
    if not total:
        return 0.0, 1.0
    share, square = hits / total, _Z * _Z / total
    middle = (share + square / 2) / (1 + square)
    reach = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return middle - reach, middle + reach


def judged(judgements: Iterable[tuple[Story, Mapping[str, float]]], factor: float) -> list[Answer]:
    """Answers of models by their logits."""
    found = []
    for story, logits in judgements:
        shares = chances({label: factor * value for label, value in logits.items()})
        first, second, *_ = sorted(shares, key=lambda label: -shares[label])
        found.append(Answer(story, (first, second), shares[first]))
    return found


def asked(told: Sequence[Story]) -> list[Answer]:
    """Answers of the program as it is shipped, rules included."""
    suggester = TypeSuggester(load_cues(ROOT / "resources" / "scripts"))
    found = []
    for story in told:
        said = suggester.suggest(story.text, frozenset())
        first, second = said.likeliest
        shares = {item.code: item.score / 100 for item in said.candidates}
        found.append(Answer(story, (first, second), shares.get(first, 0.0)))
    return found


def _figure(hits: int, total: int) -> str:
    low, high = wilson(hits, total)
    return f"{hits} of {total} = {hits / total:.3f} ({low:.3f}–{high:.3f})" if total else "–"


def _by(answers: Sequence[Answer], of: Callable[[Story], str]) -> Iterator[str]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(of(answer.story), []).append(answer)
    for name, group in sorted(groups.items()):
        yield f"| {name} | {_first(group)} | {_both(group)} |"


def _first(answers: Sequence[Answer]) -> str:
    return _figure(sum(answer.first for answer in answers), len(answers))


def _both(answers: Sequence[Answer]) -> str:
    return _figure(sum(answer.both for answer in answers), len(answers))


def figures(answers: Sequence[Answer], by: Sequence[str]) -> Iterator[str]:
    """Lines of Markdown: all together, then by each of the fields ``by`` of a story."""
    yield "| | first right | among the first two |"
    yield "|---|---|---|"
    yield f"| all | {_first(answers)} | {_both(answers)} |"
    for field in by:
        yield from _by(answers, lambda story, field=field: str(getattr(story, field)))  # type: ignore[misc]
    yield ""
    fair, verdict = (
        _figure(sum(map(of, answers)), len(answers))
        for of in (lambda answer: answer.fair, lambda answer: answer.verdict)
    )
    yield f"First right, or another type that the writer allows: {fair}. Fraud, no fraud or unsure right: {verdict}."


def confusion(answers: Sequence[Answer]) -> Iterator[str]:
    """Rows: what a story is; columns: what it was called."""
    labels = sorted({answer.story.label for answer in answers} | {a.ranked[0] for a in answers})
    met = Counter((answer.story.label, answer.ranked[0]) for answer in answers)
    yield "| is \\ called | " + " | ".join(labels) + " |"
    yield "|---" * (len(labels) + 1) + "|"
    for label in labels:
        yield f"| {label} | " + " | ".join(str(met[label, other] or "") for other in labels) + " |"


def certainty(answers: Sequence[Answer]) -> Iterator[str]:
    """How often the first answer is right, by how sure it was."""
    yield "| chance of the first answer | first right |"
    yield "|---|---|"
    edges = (0.0, 0.5, CLOSE, 0.9, 0.97, 1.01)
    for low, high in pairwise(edges):
        group = [answer for answer in answers if low <= answer.chance < high]
        yield f"| {low:.2f}–{min(high, 1.0):.2f} | {_first(group)} |"


def shared(told: Sequence[Story], known: Sequence[Story]) -> tuple[float, float]:
    """Of all runs of four characters of ``told``, the share that stands somewhere in ``known``; and the largest share
    that a single story has of a single one there."""
    holders: dict[str, list[int]] = {}
    for place, story in enumerate(known):
        for run in _runs(story.text):
            holders.setdefault(run, []).append(place)
    runs = [_runs(story.text) for story in told]
    total, met = sum(map(len, runs)), sum(run in holders for own in runs for run in own)
    nearest = 0.0
    for own in filter(None, runs):
        places = Counter(place for run in own for place in holders.get(run, ()))
        nearest = max(nearest, max(places.values(), default=0) / len(own))
    return met / max(total, 1), nearest


def _runs(text: str) -> set[str]:
    return {text[place : place + _RUN] for place in range(len(text) - _RUN + 1)}


def report(
    writers: Sequence[tuple[Story, Mapping[str, float]]],
    registers: Sequence[tuple[Story, Mapping[str, float]]],
    factor: float,
    version: str,
) -> str:
    """The page ``docs/accuracy.md``."""
    by_writer, by_register = judged(writers, factor), judged(registers, factor)
    lines = [
        *_HEAD.format(version=version, count=len(by_writer)).splitlines(),
        "", "## Writers held out", "", *figures(by_writer, ("writer", "register")),
        "", *certainty(by_writer),
        "", "## Registers held out", "", *figures(by_register, ("register",)),
        "", "## Types, writers held out", "", *figures(by_writer, ("label",)),
        "", "## What is taken for what, writers held out", "", *confusion(by_writer), "",
    ]  # fmt: skip
    return "\n".join(lines)


_HEAD: Final = """# How often the type of a story is right

Written by `python packaging/train_scam_types.py --measure docs/accuracy.md`; model {version}. Of the {count} invented
narratives of [packaging/scam_types](../packaging/scam_types/README.md) each is read by a model that has met nothing of
its writer, or nothing in its register. Behind each figure stand Wilson's bounds of 95 %. These are invented stories: of
real police reports none was at hand, and no figure here speaks for them (on 82,210 real ones the best entry of a
Chinese contest, CCL23, reached a macro-F1 of 0.863). The settings of the trainer were chosen by the
same writers, so that the figures lean a little to the bright side; a test set is measured by
`python packaging/measure_scam_types.py TEST.jsonl`, and what came out of a sealed one, at each opening, stands
[beside it](../packaging/scam_types/README.md#second-test-set)."""


def main() -> None:
    """Print the figures of one test set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("test", type=Path)
    told = stories(parser.parse_args().test)
    answers, known = asked(told), corpus()
    whole, nearest = shared(told, known)
    print("\n".join(figures(answers, ("register", "label"))), "\n")
    print("\n".join(confusion(answers)), "\n")
    print(
        f"Runs of four characters that the corpus has too: {whole:.3f}; at most {nearest:.3f} of one story by one."
    )


if __name__ == "__main__":
    main()
