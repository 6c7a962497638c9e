"""How far what is recorded here has got to another installation, entry by entry and file by file.

The stages follow from what can be proved: the record of a volume that was written and read back, and receipts that
were verified. Nothing reaches :attr:`Stage.ACKNOWLEDGED` before a verified receipt lists it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class DeliveryStage(Enum):
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

    def stage(self, seq: int) -> DeliveryStage:
        """The stage of one entry."""
        if seq <= min(self.closed, self.acknowledged):
            return DeliveryStage.CLOSED
        if seq <= self.acknowledged:
            return DeliveryStage.ACKNOWLEDGED
        if seq <= self.carried:
            return DeliveryStage.CARRIED
        return DeliveryStage.EXPORTED if seq <= self.exported else DeliveryStage.HERE

    def counts(self, head: int) -> Mapping[DeliveryStage, int]:
        """How many entries up to ``head`` are at each stage."""
        ends = (
            (DeliveryStage.CLOSED, min(self.closed, self.acknowledged)),
            (DeliveryStage.ACKNOWLEDGED, self.acknowledged),
            (DeliveryStage.CARRIED, self.carried),
            (DeliveryStage.EXPORTED, self.exported),
            (DeliveryStage.HERE, head),
        )
        found: dict[DeliveryStage, int] = {}
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
    blobs: Mapping[str, DeliveryStage] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[DeliveryStage, int] = field(default_factory=dict)
    files: Mapping[DeliveryStage, int] = field(default_factory=dict)

    def blob(self, sha256: str) -> DeliveryStage:
        """The stage of one file."""
        return self.blobs.get(sha256, DeliveryStage.HERE)

    def count(self, files: Iterable[str]) -> Mapping[DeliveryStage, int]:
        """How many of these files are at each stage."""
        return Counter(self.blob(sha256) for sha256 in files)
