"""Take a volume in: verify while it streams, then blobs, then the entries, at last the receipt.

Of many entries some are written at a time, so that whoever types at the same desk waits for no more than those; few
come in one transaction with the receipt. What refuses a volume by itself is looked for before that.

The receipt is an entry of our own journal about the sender's bundle; it travels back in our next bundle, signed with
it. Receiving the same volume twice changes nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError, TrustError
from desktop.domain.exchange.origin import SignedParts, StoredSignature
from desktop.domain.exchange.peers import Peer, PeerState
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.domain.installation.profile import device_of
from desktop.domain.progress import Progress, Untold
from desktop.domain.records.fields import Fields, Json, number, numbered, text
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import Entry, NewEntry, read_line, reread_line
from desktop.journal.kinds import (
    BUNDLE_RECEIVED,
    BUNDLE_REFUSED,
    CASE_REGISTERED,
    ORDER_ISSUED,
    ORDER_ISSUED_ALONE,
    ORDER_REPLIED,
    QUIET,
    SERIES_PROPOSED,
)
from desktop.journal.schema import MARKS
from desktop.journal.touching import Touched, Touching
from desktop.services.exchange.peers.confirm_founding import confirm_by_centre
from desktop.services.exchange.peers.our_centre import centre
from desktop.services.exchange.peers.peer_keys import note_successors, sender_of
from desktop.services.exchange.peers.take_centre_list import note_list
from desktop.services.exchange.take_in.before_the_cut import BeforeCut
from desktop.services.exchange.take_in.bundle_news import BundleNews, bundle_news
from desktop.services.exchange.take_in.entry_order import EntryOrder
from desktop.services.exchange.take_in.join_parts import held_contents, join_parts, parts_of_whole
from desktop.services.ports import (
    Applied,
    BlobWriter,
    RefusedEntry,
    Transaction,
    all_applied,
)
from desktop.services.session import Session

_AT_ONCE: Final = 1000
_VOLUME: Final = "received.volume."
_BEGINS: Final = frozenset({CASE_REGISTERED, ORDER_ISSUED, ORDER_ISSUED_ALONE})
_MOST_TOLD: Final = 100
"""Refused entries that a receipt names one by one; beyond them the sender is told how many there are."""


@dataclass(frozen=True, slots=True)
class Received:
    """What one volume brought. ``blobs``: evidence files that were new here; one that comes in parts, with the last."""

    manifest: VolumeManifest
    applied: Applied
    blobs: int
    receipts: int
    replies: int
    proposals: int
    behind: int = 0
    """Entries that were left out, as a revocation cuts the sender's journal before them."""
    list_refused: TrustError | None = None
    """Why the centre's list of devices was not taken over."""
    news: BundleNews | None = None
    """What is new, looked for in a dry run alone."""


class _PackedEntries:
    """A volume's entries as they came, packed: a station that was away for a year sends a million of them.

    They may not touch the disk in the plain, and count only once the whole volume was read.
    """

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[bytes] = []

    def add(self, line: bytes) -> None:
        self._open.append(line.rstrip(b"\n"))
        if len(self._open) == _AT_ONCE:
            self._packed.append(zlib.compress(b"\n".join(self._open), 1))
            self._open = []

    def entries(self) -> Iterator[Entry]:
        for packed in self._packed:
            yield from map(reread_line, zlib.decompress(packed).split(b"\n"))
        yield from map(reread_line, self._open)


@dataclass(slots=True)
class _Sink:
    """Collects a volume's entries and takes its blobs. The reader commits a blob once its digest held, and a blob
    without a record is harmless; entries count only after the whole volume was read."""

    session: Session
    keep: bool
    progress: Progress
    lines: _PackedEntries = field(default_factory=_PackedEntries)
    touched: Touched = field(default_factory=Touched)
    order: EntryOrder = field(default_factory=EntryOrder)
    receipts: int = 0
    replies: int = 0
    proposals: int = 0
    unwanted: frozenset[str] = frozenset()
    """Parts of blobs that are whole here."""
    parts: frozenset[str] = frozenset()
    """Contents of the volume that are a part of a blob, and no blob by themselves."""
    contents: int = 0
    """New ones; ``blobs``: those that are a whole file."""
    blobs: int = 0
    parts_signed: SignedParts | None = None
    list_refused: TrustError | None = None
    worth: bool = False
    """Whether the sender waits for an answer: anything but receipts and records of exports."""
    begun: set[str] = field(default_factory=set)
    """Reports and orders that begin in the volume, noted in a dry run."""
    news: BundleNews | None = None

    def signed(self, parts: SignedParts) -> None:
        self.parts_signed = parts

    def journal_line(self, line: bytes) -> None:
        entry = read_line(line)
        self.order.note(entry)
        self.touched.note(entry)
        self.receipts += entry.kind == BUNDLE_RECEIVED
        self.worth |= entry.kind not in QUIET
        if not self.keep and entry.kind in _BEGINS:
            self.begun.add(entry.subject)
        self.replies += entry.kind == ORDER_REPLIED
        self.proposals += entry.kind == SERIES_PROPOSED
        self.lines.add(line)

    def blob(self, ref: BlobRef) -> BlobWriter | None:
        if not self.keep or ref.sha256 in self.unwanted or self._is_here(ref.sha256):
            return None
        self.contents += 1
        self.blobs += ref.sha256 not in self.parts
        return self.session.vault.receive(ref)

    def _is_here(self, sha256: str) -> bool:
        """Whole: a receipt lists it, and who reads a stick once more may do so to mend what went bad."""
        return self.session.vault.has(sha256) and self.session.vault.verify(
            sha256, Untold(self.progress)
        )


class _Gate:
    """Decides about a sender before anything of a volume is read; remembers whom it let in."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.peer: Peer | None = None
        self.manifest: VolumeManifest | None = None
        self.cut: BeforeCut | None = None

    def accept(self, manifest: VolumeManifest, signer: str) -> None:
        """Raises ``TrustError``: for another receiver, from a stranger, from one no longer trusted."""
        if manifest.receiver != self._session.profile.device:
            raise TrustError("bundle.for_another")
        with self._session.store.read() as reader:
            peers = reader.peers()
        peer = self._sender(peers, manifest, signer)
        if peer.listed_by and {*map(device_of, manifest.ranges)} == {peer.listed_by}:
            peer = self._centre_of(peers, peer)
        for stream in manifest.ranges:
            if device_of(stream) != peer.card.device:
                raise TrustError("bundle.foreign_stream")
        if peer.revoked:
            self.cut = BeforeCut(peer, manifest)
            with self._session.store.read() as reader:
                self.cut.require_news(reader)
        self.peer, self.manifest = peer, manifest

    def _centre_of(self, peers: Sequence[Peer], seat: Peer) -> Peer:
        """The centre that a PC on its list signs for, while both are trusted."""
        now = self._session.clock.now()
        root = next((peer for peer in peers if peer.card.device == seat.listed_by), None)
        if root is None or seat.revoked:
            raise TrustError("bundle.revoked_sender")
        if root.state_at(now) is not PeerState.TRUSTED:
            raise TrustError(f"bundle.{root.state_at(now).value}_sender")
        return root

    def _sender(self, peers: Sequence[Peer], manifest: VolumeManifest, signer: str) -> Peer:
        """Who calls itself a centre and is neither ours nor on its list is told so; of one we know, the key is new."""
        try:
            return sender_of(self._session, peers, manifest.sender.device, signer)
        except TrustError as error:
            devices = {device_of(stream) for stream in manifest.ranges}
            known = any(peer.card.device in devices for peer in peers)
            stranger = error.code == "bundle.unknown_sender" and manifest.sender.role == "centre"
            if stranger and not known and centre(self._session) is not None:
                raise TrustError("bundle.unlisted_centre") from error
            raise


def receive_volume(
    session: Session, path: Path, progress: Progress, *, dry_run: bool = False
) -> Received:
    """Verify and apply one volume.

    Raises:
        TrustError: whatever is wrong with it; nothing of it was applied. If the sender is trusted, the refusal is
            recorded so that the reason travels back.
    """
    gate = _Gate(session)
    sink = _Sink(session, not dry_run, progress)

    def accept(manifest: VolumeManifest, signer: str) -> None:
        gate.accept(manifest, signer)
        sink.order = EntryOrder(_held(session, manifest))
        sink.unwanted = parts_of_whole(session, manifest)
        whole = {blob.sha256 for blob in manifest.blobs}
        sink.parts = frozenset(piece.sha256 for piece in manifest.pieces) - whole

    try:
        manifest = session.volumes.read_volume(path, sink, accept, progress)
        sink.order.require(manifest)
        if gate.cut is None:  # else nobody cares for what stands behind the cut
            sink.order.require_sound()
        if not dry_run:
            sink.blobs += join_parts(session, manifest, progress)
        applied = (_looked if dry_run else _apply)(session, manifest, sink, gate)
    except TrustError as error:
        if not dry_run and gate.manifest and gate.peer and not gate.peer.revoked:
            _refuse(session, gate.manifest, gate.peer, error)
        raise
    return Received(
        manifest=manifest,
        applied=applied,
        blobs=sink.blobs,
        receipts=sink.receipts,
        replies=sink.replies,
        proposals=sink.proposals,
        behind=gate.cut.behind if gate.cut else 0,
        list_refused=sink.list_refused,
        news=sink.news,
    )


def _held(session: Session, manifest: VolumeManifest) -> dict[str, tuple[int, str]]:
    """What is here of the volume's streams, by the last place it reaches: another story in any of them refuses the
    volume before something of it is written."""
    with session.store.read() as reader:
        heads = reader.heads()
        places = {
            stream: min(last, heads.get(stream, 0)) for stream, (_, last) in manifest.ranges.items()
        }
        return {
            stream: (seq, entry.hash)
            for stream, seq in places.items()
            for entry in reader.entries(stream, seq, seq)
        }


def _looked(session: Session, manifest: VolumeManifest, sink: _Sink, gate: _Gate) -> Applied:
    """What applying the volume would do; whoever types meanwhile does not wait for it."""
    with session.store.trial() as (reader, transaction):
        if gate.cut is not None:
            gate.cut.require_proven(reader, sink.lines.entries())
        entries = sink.lines.entries()
        applied = transaction.apply(
            gate.cut.accepted(entries) if gate.cut else entries, sink.progress
        )
        station = (manifest.sender.unit_code, manifest.sender.unit_name)
        sink.news = bundle_news(session, reader, transaction, station, applied.cases, sink.begun)
    return applied


def _apply(session: Session, manifest: VolumeManifest, sink: _Sink, gate: _Gate) -> Applied:
    peer, cut = gate.peer, gate.cut
    touching = _touching(session, manifest, sink, peer)
    first, entries = _write_most(session, sink, touching, whole=cut is not None)
    with session.store.write(touching) as transaction:
        if cut is not None:
            cut.require_proven(transaction, sink.lines.entries())
        last = transaction.apply(cut.accepted(entries) if cut else entries, sink.progress)
        applied = all_applied((first, last))
        known = transaction.current(f"bundle/{manifest.bundle}")
        news = applied.applied or sink.contents or _volume_mark(manifest) not in known
        if peer is None or (cut is not None and cut.behind):
            return applied  # not the whole volume: what is left of it waits in quarantine
        if sink.parts_signed is not None and manifest.entries:
            transaction.keep_signature(_signature(session, manifest, peer, sink.parts_signed))
        if cut is None:
            note_successors(session, transaction, peer)
            sink.list_refused = note_list(session, transaction, peer)
            confirm_by_centre(session, transaction, peer.card.device, manifest.number)
        if news:
            _receipt(session, transaction, manifest, peer, applied, worth=sink.worth)
    return applied


def _write_most(
    session: Session, sink: _Sink, touching: Touching | None, *, whole: bool
) -> tuple[Applied, Iterable[Entry]]:
    """What is written before the receipt, nothing where it must be all or nothing; and the entries that are left."""
    entries = sink.lines.entries()
    if whole:
        return all_applied(()), entries
    return session.store.apply(entries, touching, sink.progress)


def _signature(
    session: Session, manifest: VolumeManifest, peer: Peer, parts: SignedParts
) -> StoredSignature:
    at, mark = (
        to_wire(session.clock.now()),
        hashlib.sha256(parts.tags + parts.signature).hexdigest(),
    )
    return StoredSignature(mark, manifest.bundle, peer.card.device, at, 0, parts)


def _touching(
    session: Session, manifest: VolumeManifest, sink: _Sink, peer: Peer | None
) -> Touching | None:
    """The entries of the volume, and our receipt for it."""
    own = {session.profile.stream_for(peer.card.unit_code)} if peer else set()
    streams = frozenset(own | set(manifest.ranges))
    return sink.touched.with_own(streams, f"bundle/{manifest.bundle}")


def received_volumes(fields: Fields) -> set[int]:
    """The volumes that were received of a bundle, of which ``fields`` is what is known."""
    return set(numbered(fields, _VOLUME))


def _volume_mark(manifest: VolumeManifest) -> str:
    """Names the field that says this volume was received. Not that its blobs are here: a crash may have left them
    in the vault before anything was said about them."""
    return f"{_VOLUME}{manifest.volume}"


def _receipt(
    session: Session,
    transaction: Transaction,
    manifest: VolumeManifest,
    peer: Peer,
    applied: Applied,
    *,
    worth: bool,
) -> None:
    known = transaction.current(f"bundle/{manifest.bundle}")
    heads: dict[str, Json] = {
        stream: last
        for stream, last in transaction.heads().items()
        if device_of(stream) == peer.card.device
    }
    fields: dict[str, Json] = {
        "sender": peer.card.device,
        "receiver": session.profile.device,
        "number": manifest.number,
        "received.at": to_wire(session.clock.now()),
        "received.clock": manifest.clock,
        "received.heads": heads,
        "received.tips": {stream: transaction.tip(stream) for stream in heads},
        "received.blobs": [*held_contents(session, manifest), *MARKS],
        _volume_mark(manifest): True,
        "received.held": transaction.held(),
        "received.worth": worth or bool(manifest.contents),
    }
    if number(known, "refused.volume") == manifest.volume:
        fields |= {"refused.at": "", "refused.code": ""}  # a sound copy came after all
    if manifest.volume == 1:
        fields |= {
            "entries": manifest.entries,
            "received.cases": len(applied.cases),
            "volume_count": manifest.volumes,
        }
    if applied.refused:
        rows: list[Json] = [_refusal(item) for item in applied.refused[:_MOST_TOLD]]
        fields |= {"received.refused": rows, "received.refused_count": len(applied.refused)}
    transaction.append(
        session.officer.number,
        NewEntry(
            BUNDLE_RECEIVED,
            f"bundle/{manifest.bundle}",
            fields,
            stream=session.profile.stream_for(peer.card.unit_code),
        ),
    )


def _refusal(item: RefusedEntry) -> Json:
    """What the sender is told of an entry that takes no effect here."""
    return {
        "entry": item.ref,
        "kind": item.kind,
        "rule": item.error.code,
        "outcome": item.outcome.value,
        "facts": {name: str(value) for name, value in item.error.params.items()},
    }


def _refuse(session: Session, manifest: VolumeManifest, peer: Peer, error: AppError) -> None:
    fields: dict[str, Json] = {
        "sender": peer.card.device,
        "receiver": session.profile.device,
        "number": manifest.number,
        "refused.at": to_wire(session.clock.now()),
        "refused.code": error.code,
        "refused.volume": manifest.volume,
    }
    with session.store.write() as transaction:
        known = transaction.current(f"bundle/{manifest.bundle}")
        same_volume = number(known, "refused.volume") == manifest.volume
        if _volume_mark(manifest) in known or (
            same_volume and text(known, "refused.code") == error.code
        ):
            return  # it was received whole before, or the sender is told already
        transaction.append(
            session.officer.number,
            NewEntry(
                BUNDLE_REFUSED,
                f"bundle/{manifest.bundle}",
                fields,
                stream=session.profile.stream_for(peer.card.unit_code),
            ),
        )
