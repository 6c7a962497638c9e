"""The invented narratives of ``packaging/scam_types``, each with the type its writer gave it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for the program's own modules, in whatever imports this first

CORPUS: Final = ROOT / "packaging" / "scam_types" / "narratives"
LABELS: Final = {"NOT": "not_fraud", "UNSURE": "unsure"}
"""Names of the corpus for what is no type, as ``StoryVerdict`` has them."""


@dataclass(frozen=True, slots=True)
class Story:
    """A narrative of the corpus. ``also``: other types it may as well be called."""

    id: str
    writer: str
    register: str
    text: str
    label: str
    also: tuple[str, ...]


def stories(file: Path) -> list[Story]:
    """The narratives of one file, in its order."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [
        Story(
            str(item.get("id", place)),
            file.stem,
            str(item.get("register", "")),
            item["text"],
            LABELS.get(item["type"], item["type"]),
            tuple(LABELS.get(label, label) for label in item.get("also", ())),
        )
        for place, item in enumerate(lines)
    ]


def corpus() -> list[Story]:
    """The narratives of every writer."""
    return [story for file in sorted(CORPUS.glob("*.jsonl")) for story in stories(file)]
