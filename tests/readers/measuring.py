"""How much of the held-out messages the reader finds, kind by kind."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from desktop.domain.identifiers import KINDS, check
from desktop.domain.local_time import CHINA
from desktop.readers.pasted_text import PastedTextReader
from desktop.runtime.directories import PackedDirectories
from desktop.runtime.resources import resource_path
from desktop.services.extraction.extraction_document import extraction_document

_HERE: Final = Path(__file__).parent
HELD_OUT: Final = _HERE / "messages.jsonl"
SECOND: Final = _HERE / "messages_second.jsonl"
THIRD: Final = _HERE / "messages_third.jsonl"
DIRECTORIES: Final = PackedDirectories(resource_path("directories"))
_ENDS: Final = {
    f"{end}_{what}": (end, what)
    for end in ("payer", "payee")
    for what in ("name", "account", "bank")
}


_ANY_DAY: Final = date(2026, 11, 25)


@dataclass(slots=True)
class Score:
    """``wrong``: offered and not in the text, or another value. ``missed``: in the text and not offered so."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of what was offered."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is in the text."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def messages(held_out: Path = HELD_OUT) -> Iterator[dict[str, Any]]:
    """The lines of a held-out set."""
    with held_out.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def read(message: dict[str, Any]) -> dict[str, Any]:
    """What ``fanzha read -`` would print at the moment the message names."""
    now = datetime.fromisoformat(message["now"])
    now = now.replace(tzinfo=now.tzinfo or CHINA)
    reading = PastedTextReader(DIRECTORIES).read(message["text"], now)
    return dict(extraction_document(reading, DIRECTORIES, now.astimezone(CHINA).date()))


def measure(held_out: Path = HELD_OUT) -> dict[str, Score]:
    """A score for each kind; ``transfers`` counts payments by their sums, ``identifiers`` everything beside them."""
    scores: dict[str, Score] = {}
    for message in messages(held_out):
        for kind, outcome in judge(message, read(message)):
            score = scores.setdefault(kind, Score())
            setattr(score, outcome, getattr(score, outcome) + 1)
    return scores


def judge(message: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(kind, ``right``, ``wrong`` or ``missed``) for everything wanted or offered."""
    left = list(found["transfers"])
    for wanted in message["transfers"]:
        match = next(
            (made for made in left if made["amount_fen"] == wanted.get("amount_fen")), None
        )
        if match is None:
            yield "transfers", "missed"
            yield from (
                (name, "missed") for name in wanted if name != "amount_fen" and wanted[name]
            )
            continue
        left.remove(match)
        yield "transfers", "right"
        yield from _fields(wanted, match)
    yield from (("transfers", "wrong") for _ in left)
    yield from _identifiers(message, found)


def _fields(wanted: dict[str, Any], made: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in wanted.items():
        if name == "amount_fen":
            continue
        offered = plain(
            name, made[_ENDS[name][0]][_ENDS[name][1]] if name in _ENDS else made.get(name)
        )
        meant = plain(name, value)
        if offered == meant:
            if meant:
                yield name, "right"
            continue
        if meant:
            yield name, "missed"
        if offered:
            yield name, "wrong"


def _identifiers(message: dict[str, Any], found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    wanted = [
        (item["kind"], normal(item["kind"], item["value"])) for item in message["identifiers"]
    ]
    offered = [(item["kind"], item["normal"]) for item in found["identifiers"]]
    for item in wanted:
        right = item in offered
        yield f"identifiers.{item[0]}", "right" if right else "missed"
        if right:
            offered.remove(item)
    yield from ((f"identifiers.{kind}", "wrong") for kind, _ in offered)


def normal(kind: str, value: str) -> str:
    """As the program compares it."""
    return check(kind, value, DIRECTORIES, _ANY_DAY).normal if kind in KINDS else value


def plain(name: str, value: object) -> str:
    """Without what two spellings of one value may differ in: seconds of 0, the usual name of a bank, spaces."""
    text = "" if value is None else str(value)
    if name.endswith("_bank"):
        known = DIRECTORIES.hotline(text) if text else None
        return known.name if known else text
    if name == "time":
        text = text.replace("T", " ").removesuffix("+08:00")
        return f"{text}:00" if len(text) == len("2026-11-24 10:12") else text
    return text.replace(" ", "")


def whole(scores: dict[str, Score]) -> Score:
    """All kinds together."""
    told = scores.values()
    return Score(
        sum(score.right for score in told),
        sum(score.wrong for score in told),
        sum(score.missed for score in told),
    )


def report(scores: dict[str, Score]) -> str:
    """One line a kind."""
    return "\n".join(
        f"{kind:28} precision {score.precision:.3f} recall {score.recall:.3f} "
        f"(right {score.right}, wrong {score.wrong}, missed {score.missed})"
        for kind, score in sorted(scores.items())
    )


if __name__ == "__main__":
    for name in (HELD_OUT, SECOND, THIRD):
        found = measure(name)
        sys.stdout.write(f"{report({**found, name.stem: whole(found)})}\n\n")
