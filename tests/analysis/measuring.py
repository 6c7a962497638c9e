"""How often the type an officer would choose is among those proposed, on the held-out narratives."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from desktop.analysis.suggest import CueSuggester
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.cues import load_cues

HELD_OUT: Final = Path(__file__).with_name("narratives.jsonl")
SUGGESTER: Final = CueSuggester(load_cues(resource_path("scripts")))


@dataclass(slots=True)
class Accuracy:
    """``first``: the best proposal is the officer's; ``fair``: or their second choice; ``both``: one of the two is the
    officer's. A narrative of no fraud is right where nothing is proposed."""

    total: int = 0
    first: int = 0
    fair: int = 0
    both: int = 0
    misses: list[tuple[str, str, list[str]]] = field(default_factory=list)


def narratives() -> Iterator[dict[str, Any]]:
    """The lines of the held-out set."""
    with HELD_OUT.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def measure() -> Accuracy:
    """Over all narratives."""
    made = Accuracy()
    for item in narratives():
        codes = [found.code for found in SUGGESTER.suggest(item["text"], frozenset())] or [""]
        also = item.get("also") or ""
        accepted = {item["type"], *([also] if isinstance(also, str) else also)} - {""} or {""}
        made.total += 1
        made.first += codes[0] == item["type"]
        made.fair += codes[0] in accepted or codes[0] == item["type"]
        made.both += item["type"] in codes
        if codes[0] != item["type"]:
            made.misses.append((item["text"], item["type"], codes))
    return made


def report(made: Accuracy) -> str:
    """One line."""
    return (
        f"{made.total} narratives: first {made.first / made.total:.3f}, "
        f"first or a fair second choice {made.fair / made.total:.3f}, among two {made.both / made.total:.3f}"
    )


if __name__ == "__main__":
    sys.stdout.write(report(measure()) + "\n")
