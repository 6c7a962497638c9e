"""How far what this device recorded has got to another one, from its own exports and that one's receipts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy.engine import Connection

from desktop.domain.exchange.delivery import Delivery, DeliveryStage, Reach
from desktop.domain.ids import CaseId
from desktop.domain.records.fields import Fields, mapping, text, texts
from desktop.storage.database.statements import run

_SEQS = (
    "SELECT e.seq FROM entry e JOIN subject s ON s.subject = e.subject "
    "WHERE s.case_id = ? AND e.stream = ? ORDER BY e.seq"
)
_ORDER = (
    DeliveryStage.HERE,
    DeliveryStage.EXPORTED,
    DeliveryStage.CARRIED,
    DeliveryStage.ACKNOWLEDGED,
    DeliveryStage.CLOSED,
)
_WRITTEN, _FILES, _BLOBS = "written.", "file_list.", "blob_list."


@dataclass(frozen=True, slots=True)
class SentBundle:
    """The fields of a bundle of ours for the receiver, and whether receipts list everything in it."""

    fields: Fields
    closed: bool

    @property
    def arrived(self) -> bool:
        """Whether the receiver said anything of any of its volumes."""
        received = any(name.startswith("received.volume.") for name in self.fields)
        return received or bool(text(self.fields, "refused.at"))

    def last(self, stream: str) -> int:
        """The last entry it carries of a stream."""
        found = mapping(self.fields, "last").get(stream)
        return found if isinstance(found, int) else 0

    @property
    def stage(self) -> DeliveryStage:
        """What may be said of a file in it, besides what receipts say of that file."""
        if self.closed:
            return DeliveryStage.CLOSED
        return DeliveryStage.CARRIED if self.arrived else DeliveryStage.EXPORTED

    def files(self) -> Iterable[tuple[str, str]]:
        """(digest, medium) of each file that stands whole on a medium. Of one that is cut only a finished export tells
        that all of its parts do."""
        for name in self.fields:
            volume = name.removeprefix(_BLOBS)
            if volume == name:
                continue
            medium = text(mapping(self.fields, _WRITTEN + volume), "medium")
            whole = set(texts(self.fields, name))
            if text(self.fields, "exported_at"):
                whole |= set(texts(self.fields, _FILES + volume))
            yield from ((digest, medium) for digest in whole)


@dataclass(slots=True)
class _Tally:
    stages: dict[str, DeliveryStage] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def add(self, digest: str, stage: DeliveryStage, medium: str) -> None:
        before = self.stages.get(digest, DeliveryStage.HERE)
        self.stages[digest] = max(before, stage, key=_ORDER.index)
        if medium:
            self.media[digest] = medium


@dataclass(frozen=True, slots=True)
class Proved:
    """What is known of one receiver: ``acknowledged`` up to where and ``blobs`` by receipts, ``exported`` the last
    entry that left, ``sent`` our bundles for it, oldest first."""

    acknowledged: int
    blobs: frozenset[str]
    exported: int
    sent: tuple[SentBundle, ...]


def delivery_of(proved: Proved, own: str, files: Iterable[str], head: int) -> Delivery:
    """The stage of everything; ``files``: every file of ours, ``head``: our last entry."""
    sent, tally = proved.sent, _Tally()
    for bundle in sent:
        for digest, medium in bundle.files():
            tally.add(digest, bundle.stage, medium)
    for digest in proved.blobs:
        tally.add(digest, DeliveryStage.ACKNOWLEDGED, "")
    reach = Reach(
        exported=proved.exported,
        carried=max((one.last(own) for one in sent if one.arrived), default=0),
        acknowledged=proved.acknowledged,
        closed=max((one.last(own) for one in sent if one.closed), default=0),
    )
    found = Delivery(reach, tally.stages, tally.media)
    return replace(found, entries=reach.counts(head), files=found.count(files))


def seqs_of_case(connection: Connection, case: CaseId, own: str) -> tuple[int, ...]:
    """The entries this device wrote about a case."""
    return tuple(row[0] for row in run(connection, _SEQS, (case, own)))
