"""How much of the held-out messages the reader finds, kind by kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from desktop.readers.pasted.corpus_score import CorpusScorer, Score, corpus_messages, whole
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

_HERE: Final = Path(__file__).parent
HELD_OUT: Final = _HERE / "messages.jsonl"
SECOND: Final = _HERE / "messages_second.jsonl"
THIRD: Final = _HERE / "messages_third.jsonl"
DIRECTORIES: Final = PackedDirectories(resource_path("directories"))


def messages(held_out: Path = HELD_OUT) -> Iterator[dict[str, Any]]:
    """The lines of a held-out set."""
    with held_out.open(encoding="utf-8") as lines:
        yield from corpus_messages(lines)


def measure(held_out: Path = HELD_OUT) -> dict[str, Score]:
    """A score for each kind; ``transfers`` counts payments by their sums, ``identifiers`` everything beside them."""
    sums: dict[str, Score] = {}
    for (_, kind), score in CorpusScorer(DIRECTORIES).score(messages(held_out)).items():
        sums.setdefault(kind, Score()).add(score)
    return sums


def precision(score: Score) -> float:
    """The share that is right of what was offered."""
    return score.right / (score.right + score.wrong) if score.right + score.wrong else 1.0


def recall(score: Score) -> float:
    """The share that was offered of what is in the text."""
    return score.right / (score.right + score.missed) if score.right + score.missed else 1.0


def report(scores: dict[str, Score]) -> str:
    """One line a kind."""
    return "\n".join(
        f"{kind:28} precision {precision(score):.3f} recall {recall(score):.3f} "
        f"(right {score.right}, wrong {score.wrong}, missed {score.missed})"
        for kind, score in sorted(scores.items())
    )


if __name__ == "__main__":
    for name in (HELD_OUT, SECOND, THIRD):
        found = measure(name)
        sys.stdout.write(f"{report({**found, name.stem: whole(found.values())})}\n\n")
