"""What an export carries: the records its receiver lacks first, then their evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Final

from desktop.domain.case_file.views import CarriedCase
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import BlobRef, BundleRow, MediumFacts
from desktop.domain.ids import BundleId, DeviceId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Fields, mapping, number, text, texts
from desktop.journal.kinds import ORDER_ISSUED, ORDER_ISSUED_ALONE
from desktop.services.exchange.export.lay_volumes import VolumeContent, items_to_carry, laid_out
from desktop.services.exchange.peers.own_keys import lost_keys, signer_for
from desktop.services.exchange.peers.seats import require_known
from desktop.services.ports import Reader
from desktop.services.session import Session

_UNANSWERED: Final = frozenset({"begun", "continued", "exported", "partial"})


@dataclass(frozen=True, slots=True)
class Resume:
    """How an export goes on where others stopped: what the whole volumes of an interrupted one hold is left out,
    unless ``afresh`` (its stick was lost). With ``since``, what finished exports carried from then on is left out too:
    in a shared folder it is on its way."""

    afresh: bool = False
    since: datetime | None = None


CONTINUE: Final = Resume()


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Everything about a bundle that is decided before it is written. ``skipped``: blobs lost or damaged here;
    ``carried``: contents that an interrupted export before this one wrote, that are not written again, and that nobody
    acknowledged yet."""

    bundle: BundleId
    receiver: DeviceId
    signer: DeviceId
    """The key of ours that the receiver can check."""
    ranges: dict[str, tuple[int, int]]
    volumes: tuple[VolumeContent, ...]
    cases: tuple[CarriedCase, ...]
    orders: int
    previous: str
    skipped: tuple[str, ...]
    carried: int = 0
    number: str = ""
    """What people call it; "" before it has begun."""
    media: tuple[str, ...] = ()
    """The sticks those are on, as far as they have names."""

    @property
    def entries(self) -> int:
        """Entries in volume 1."""
        return sum(last - first + 1 for first, last in self.ranges.values())

    @property
    def blobs(self) -> int:
        """Evidence files in all volumes; one in several pieces counts once."""
        return len(frozenset[str]().union(*(volume.files for volume in self.volumes)))

    @property
    def size(self) -> int:
        """Bytes of evidence."""
        return sum(volume.size for volume in self.volumes)


def make_plan(
    session: Session,
    reader: Reader,
    peer: Peer,
    folder: Path,
    volume_size: int,
    progress: Progress,
    *,
    resume: Resume = CONTINUE,
) -> ExportPlan:
    """What ``peer`` lacks. An export that was interrupted is continued as ``resume`` says.

    Raises:
        UserInputError: ``export.nothing``.
        TrustError: ``journal.rolled_back``, at a centre ``journal.centre_set_back``, see :func:`is_set_back`;
            ``seat.not_known_there`` at a centre's PC that the receiver does not know yet.
    """
    require_known(session, reader, peer)
    receiver = peer.card.device
    stream = session.profile.stream_for(peer.card.unit_code)
    first = reader.acknowledged(receiver).get(stream, 0) + 1
    last = reader.heads().get(stream, 0)
    ranges = {stream: (first, last)} if last >= first else {}
    sends_evidence = stream == session.profile.device
    wanted = owed_blobs(session, reader, peer)
    present = [blob for blob in wanted if session.vault.has(blob.sha256)]
    if is_set_back(session, reader, receiver):
        centre = session.profile.role is InstallationRole.CENTRE
        raise TrustError("journal.centre_set_back" if centre else "journal.rolled_back")
    if not ranges and not present:
        raise UserInputError("export.nothing")
    to_peer = _to_peer(reader.bundles(), receiver)
    there = reader.acknowledged_contents(receiver)
    carried = _on_the_way(session, reader, to_peer, folder, resume)
    carried = {digest: medium for digest, medium in carried.items() if digest not in there}
    done = there | carried.keys()
    damaged: list[str] = []
    items = list(items_to_carry(session, present, volume_size, done, progress, damaged))
    previous = reader.current(f"bundle/{to_peer[0].id}") if to_peer else {}
    return ExportPlan(
        bundle=BundleId(session.ids.new_id()),
        receiver=receiver,
        ranges=ranges,
        volumes=tuple(laid_out(items, volume_size)),
        cases=reader.cases_under_way() if sends_evidence else (),
        orders=_orders(reader, ranges),
        previous=text(previous, "manifest"),
        skipped=(*(b.sha256 for b in wanted if not session.vault.has(b.sha256)), *damaged),
        carried=len(carried),
        media=tuple(sorted({medium for medium in carried.values() if medium})),
        signer=signer_for(session, reader, peer),
    )


def owed_blobs(session: Session, reader: Reader, peer: Peer) -> tuple[BlobRef, ...]:
    """The files that ``peer`` has not proved to hold: of a station all its own, of a centre what goes along with the
    tasks of that station."""
    receiver, unit = peer.card.device, peer.card.unit_code
    if session.profile.stream_for(unit) == session.profile.device:
        return reader.unacknowledged_blobs(receiver)
    return reader.enclosed_blobs(receiver, unit)


def carried_before(session: Session, reader: Reader, receiver: DeviceId) -> frozenset[str]:
    """Contents that an interrupted export left on a stick and that the next one does not write again."""
    to_peer = _to_peer(reader.bundles(), receiver)
    return frozenset(_on_the_way(session, reader, to_peer, None, CONTINUE))


def _to_peer(rows: Iterable[BundleRow], receiver: DeviceId) -> list[BundleRow]:
    """What went to ``receiver``, the last first: by number, for the clock may have been set back."""
    sent = (row for row in rows if row.outgoing and row.peer == receiver)
    return sorted(sent, key=lambda row: row.number, reverse=True)


def _on_the_way(
    session: Session,
    reader: Reader,
    to_peer: Sequence[BundleRow],
    folder: Path | None,
    resume: Resume,
) -> dict[str, str]:
    """Contents that are on their way in earlier exports, and the stick each is on."""
    if resume.afresh:
        return {}
    disowned = lost_keys(reader, session.profile.device)
    rows = [
        row
        for row in _under_way(to_peer, resume.since)
        if _signer(session, reader, row) not in disowned
    ]
    if folder is None or resume.since or not rows:
        return _carried(reader, rows, None)
    return _carried(reader, rows, _Place(folder, session.volumes.medium(folder)))


def is_set_back(session: Session, reader: Reader, receiver: DeviceId) -> bool:
    """Whether somebody proved to hold entries of ours that we lack or have otherwise.

    A desk that was set back writes to nobody until that is healed: two that exchange with it would hold two stories
    under one number. Each station has its own stream at a centre, so that there only ``receiver`` counts.
    """
    telling = reader.disputing()
    if session.profile.role is InstallationRole.CENTRE:
        return receiver in telling
    return any(peer.card.device in telling for peer in reader.peers() if not peer.revoked)


def _signer(session: Session, reader: Reader, row: BundleRow) -> str:
    """The key that signed an export; older records know the first one only."""
    return text(reader.current(f"bundle/{row.id}"), "key") or session.profile.device


def _under_way(to_peer: Sequence[BundleRow], since: datetime | None) -> list[BundleRow]:
    """The exports that were interrupted since the last finished one; with ``since``, every one from then on."""
    if since is not None:
        return [row for row in to_peer if row.at >= since and row.state in _UNANSWERED]
    return list(takewhile(lambda row: row.state == "begun", to_peer))


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder, and the medium that is there now."""

    folder: Path
    medium: MediumFacts

    def lost(self, written: Fields) -> bool:
        """Whether a volume was written into this very folder and is no longer there. Another stick in the same place
        is no sign of that: sticks take turns at one drive letter."""
        if text(written, "folder") != folder_mark(self.folder) or self._is_another(written):
            return False
        path = self.folder / Path(text(written, "name")).name
        return not path.is_file() or path.stat().st_size != number(written, "size")

    def _is_another(self, written: Fields) -> bool:
        then = text(written, "serial"), text(written, "medium")
        known = zip(then, (self.medium.serial, self.medium.label), strict=True)
        return any(before and now and before != now for before, now in known)


def _carried(reader: Reader, rows: Sequence[BundleRow], place: _Place | None) -> dict[str, str]:
    """Contents of the whole volumes of these exports, each with the name of its stick; ``place`` is looked at where it
    is given."""
    found: dict[str, str] = {}
    for row in rows:
        fields = reader.current(f"bundle/{row.id}")
        for name in fields:
            volume = name.removeprefix("blob_list.")
            if volume == name:
                continue
            written = mapping(fields, f"written.{volume}")
            if place is None or not place.lost(written):
                found |= dict.fromkeys(texts(fields, name), text(written, "medium"))
    return found


def folder_mark(folder: Path) -> str:
    """Tells a folder again without writing its name, which may hold a person's, into the journal."""
    return hashlib.sha256(str(folder.absolute()).encode("utf-8", "replace")).hexdigest()[:16]


def _orders(reader: Reader, ranges: dict[str, tuple[int, int]]) -> int:
    return sum(
        1
        for stream, (first, last) in ranges.items()
        for entry in reader.entries(stream, first, last)
        if entry.kind in (ORDER_ISSUED, ORDER_ISSUED_ALONE)
    )
