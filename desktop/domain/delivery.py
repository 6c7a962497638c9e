"""How far what is recorded here has got to another installation, entry by entry and file by file.

The stages follow from what can be proved: the record of a volume that was written and read back, and receipts that
were verified. Nothing reaches :attr:`Stage.ACKNOWLEDGED` before a verified receipt lists it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Stage(Enum):
    """In the order they are passed."""

    HERE = "here"
    """Only here."""
    EXPORTED = "exported"
    """On a medium, written and read back; nobody said that it arrived."""
    CARRIED = "carried"
    """Another part of its bundle arrived, or was refused, but no receipt lists it yet."""
    ACKNOWLEDGED = "acknowledged"
    """A verified receipt lists it."""
    CLOSED = "closed"
    """So is everything else of the bundle that carried it: the medium is needed no more."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the entries of one stream got: up to which sequence each stage was passed."""

    exported: int = 0
    carried: int = 0
    acknowledged: int = 0
    closed: int = 0

    def stage(self, seq: int) -> Stage:
        """The stage of one entry."""
        if seq <= min(self.closed, self.acknowledged):
            return Stage.CLOSED
        if seq <= self.acknowledged:
            return Stage.ACKNOWLEDGED
        if seq <= self.carried:
            return Stage.CARRIED
        return Stage.EXPORTED if seq <= self.exported else Stage.HERE

    def counts(self, head: int) -> Mapping[Stage, int]:
        """How many entries up to ``head`` are at each stage."""
        ends = (
            (Stage.CLOSED, min(self.closed, self.acknowledged)),
            (Stage.ACKNOWLEDGED, self.acknowledged),
            (Stage.CARRIED, self.carried),
            (Stage.EXPORTED, self.exported),
            (Stage.HERE, head),
        )
        found: dict[Stage, int] = {}
        done = 0
        for stage, passed in ends:
            end = min(max(passed, done), head)
            found[stage], done = end - done, end
        return found


@dataclass(frozen=True, slots=True)
class Delivery:
    """``blobs``: the stage of each file that left; ``media``: the stick it was written to last, where one is known;
    ``entries`` and ``files``: the entries and files of this installation at each stage."""

    reach: Reach = Reach()
    blobs: Mapping[str, Stage] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[Stage, int] = field(default_factory=dict)
    files: Mapping[Stage, int] = field(default_factory=dict)

    def blob(self, sha256: str) -> Stage:
        """The stage of one file."""
        return self.blobs.get(sha256, Stage.HERE)

    def count(self, files: Iterable[str]) -> Mapping[Stage, int]:
        """How many of these files are at each stage."""
        return Counter(self.blob(sha256) for sha256 in files)
