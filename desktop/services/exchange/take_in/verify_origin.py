"""Check again under which signature every entry of another device came, and that it is still what was signed.

A bundle carries the sender's own streams alone, so the signature of the sender is that of the author: nobody passes on
what others wrote. An entry that no kept signature covers is proven by the chain where a signed entry stands behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import (
    DeviceOrigin,
    OriginFault,
    OriginReport,
    SignedJournal,
    StoredSignature,
)
from desktop.domain.exchange.peers import KeyState, Peer, PeerKey
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import device_of
from desktop.domain.progress import Progress
from desktop.domain.records.fields import number, text
from desktop.journal.entry import GENESIS, read_line
from desktop.services.exchange.peers.peer_keys import peer_of, same_key
from desktop.services.ports import Reader
from desktop.services.session import Session

_FIRST_VOLUME = "received.volume.1"


@dataclass(slots=True)
class _Spans:
    """Which entries of one stream are signed: by keys that were never lost, and by lost ones."""

    good: list[tuple[int, int]] = field(default_factory=list)
    lost: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _DeviceSignatures:
    """What is known of the signatures of one device."""

    signatures: int = 0
    former: int = 0
    streams: dict[str, _Spans] = field(default_factory=dict)


def verify_origin(session: Session, progress: Progress) -> OriginReport:
    """Check every kept signature and the entries under it; a fault names the bundle or the entry that does not hold.

    Each fault is an error with its words: ``origin.signature`` for a kept signature that does not hold, ``origin.key``
    for one by a key its device never had, ``origin.lines`` where the entries are not those that were signed,
    ``origin.chain`` where the chain to a signed entry is broken, ``origin.missing`` for a bundle whose signature was
    kept and is gone.
    """
    with session.store.read() as reader:
        return _Check(reader, session, progress).report()


class _Check:
    """One check of a whole journal."""

    def __init__(self, reader: Reader, session: Session, progress: Progress) -> None:
        self._reader = reader
        self._volumes = session.volumes
        self._own = session.profile.device
        self._now = session.clock.now()
        self._progress = progress
        self._peers = reader.peers()
        self._found: dict[DeviceId, _DeviceSignatures] = {}
        self._faults: list[OriginFault] = []

    def report(self) -> OriginReport:
        since: tuple[int, str] | None = None
        bundles = set()
        for signature in self._reader.signatures():
            self._progress.check()
            since = min(
                since or (signature.lamport, signature.at), (signature.lamport, signature.at)
            )
            bundles.add(signature.bundle)
            self._signature(signature)
        if since is not None:
            self._missing(since[0], bundles)
        counted = dict(self._counts())
        return OriginReport(since[1] if since else "", tuple(counted.values()), tuple(self._faults))

    def _signature(self, signature: StoredSignature) -> None:
        place = f"bundle/{signature.bundle}"
        try:
            signed = self._volumes.signed_journal(signature.parts)
        except TrustError:
            self._fault(signature.device, place, "origin.signature")
            return
        peer, key = self._signer(signature, signed)
        if peer is None or key is None:
            self._fault(signature.device, place, "origin.key")
            return
        known = self._found.setdefault(signature.device, _DeviceSignatures())
        known.signatures += 1
        known.former += key.state_at(self._now) in (KeyState.OVERLAP, KeyState.RETIRED)
        wrong = self._wrong_place(signed)
        if wrong is not None:
            self._fault(signature.device, wrong or place, "origin.lines")
            return
        for stream, span in signed.ranges.items():
            spans = known.streams.setdefault(stream, _Spans())
            (spans.lost if key.lost else spans.good).append(span)

    def _signer(
        self, signature: StoredSignature, signed: SignedJournal
    ) -> tuple[Peer | None, PeerKey | None]:
        """Whose key signed, if it is that of the device whose bundle for this one it is, or of a PC on the list of that
        centre, and of its streams."""
        peer, key = peer_of(self._peers, signed.fingerprint)
        if peer is None or key is None or not same_key(key.signing_key, signed.signing_key):
            return None, None
        device = signature.device
        whole = (
            device in (peer.card.device, peer.listed_by)
            and signature.bundle == signed.bundle
            and signed.receiver == self._own
        )
        streams = all(device_of(stream) == device for stream in signed.ranges)
        return (peer, key) if whole and streams else (None, None)

    def _wrong_place(self, signed: SignedJournal) -> str | None:
        """Where the entries are not what was signed: the first that is damaged by itself, "" where only all together
        are; None where they are what was signed."""
        digest = hashlib.sha256()
        first_wrong = ""
        for stream, (first, last) in sorted(signed.ranges.items()):
            seq = first
            for line in self._reader.lines(stream, first, last):
                digest.update(line + b"\n")
                first_wrong = first_wrong or _altered(line, stream, seq)
                seq += 1
        if digest.hexdigest() == signed.sha256:
            return None
        return first_wrong

    def _missing(self, since: int, stored: Iterable[str]) -> None:
        """Since the first signature was kept, every receipt for records stands beside one."""
        here = set(stored)
        for receipt in self._reader.receipts_given():
            bundle = receipt.subject.partition("/")[2]
            carried = receipt.fields.get(_FIRST_VOLUME) and number(receipt.fields, "entries")
            if carried and receipt.lamport > since and bundle not in here:
                here.add(bundle)
                sender = DeviceId(text(receipt.fields, "sender"))
                self._fault(sender, receipt.subject, "origin.missing")

    def _counts(self) -> Iterator[tuple[DeviceId, DeviceOrigin]]:
        heads: dict[DeviceId, dict[str, int]] = {}
        for stream, last in sorted(self._reader.heads().items()):
            if device_of(stream) != self._own:
                heads.setdefault(device_of(stream), {})[stream] = last
        cards = {peer.card.device: peer.card for peer in self._peers}
        for device in sorted({*heads, *self._found}):
            found = self._found.get(device, _DeviceSignatures())
            counts = [self._of_stream(device, *one, found) for one in heads.get(device, {}).items()]
            signed, lost, chained, before = (
                map(sum, zip(*counts, strict=True)) if counts else (0,) * 4
            )
            card = cards.get(device)
            yield device, DeviceOrigin(
                device, card.unit_name if card else "", card.device_letter if card else "",
                signed + lost + chained + before, signed, lost, chained, before, found.signatures, found.former,
            )  # fmt: skip

    def _of_stream(
        self, device: DeviceId, stream: str, last: int, found: _DeviceSignatures
    ) -> tuple[int, int, int, int]:
        """How many entries of the stream are signed, signed by a lost key alone, chained to signed ones, or neither."""
        spans = found.streams.get(stream, _Spans())
        good = _joined(spans.good, last)
        every = _joined([*spans.good, *spans.lost], last)
        signed, both = _size(good), _size(every)
        reach = max(max((end for _, end in good), default=0), self._cut(stream, last))
        if reach and not self._chain_holds(device, stream, reach):
            reach = 0
        covered = _size(_joined([*spans.good, *spans.lost], reach))
        chained = max(reach - covered, 0)
        return signed, both - signed, chained, last - both - chained

    def _cut(self, stream: str, last: int) -> int:
        """The entry at which a revocation cuts the stream, if it is the one here: its hash was named by officers."""
        cuts = (peer.cut or {} for peer in self._peers)
        head = next((cut[stream] for cut in cuts if stream in cut), None)
        if head is None or not 0 < head.seq <= last:
            return 0
        (entry,) = self._reader.entries(stream, head.seq, head.seq)
        return head.seq if entry.hash == head.hash else 0

    def _chain_holds(self, device: DeviceId, stream: str, reach: int) -> bool:
        """Whether each entry up to ``reach`` names the one before it; what does not is a fault."""
        prev, seq = GENESIS, 1
        for line in self._reader.lines(stream, 1, reach):
            if seq % 1000 == 0:
                self._progress.check()
            if _altered(line, stream, seq) or read_line(line).prev != prev:
                self._fault(device, f"{stream}:{seq}", "origin.chain")
                return False
            prev, seq = read_line(line).hash, seq + 1
        return True

    def _fault(self, device: DeviceId, place: str, code: str) -> None:
        self._faults.append(OriginFault(device, place, TrustError(code, place=place)))


def _altered(line: bytes, stream: str, seq: int) -> str:
    """The place, if no sound entry of that place stands on the line."""
    place = f"{stream}:{seq}"
    try:
        return "" if read_line(line).ref == place else place
    except TrustError:
        return place


def _joined(spans: Iterable[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """The spans up to ``last`` in order, those that meet put together."""
    made: list[tuple[int, int]] = []
    for first, end in sorted((first, min(end, last)) for first, end in spans if first <= last):
        if made and first <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((first, end))
    return made


def _size(spans: Iterable[tuple[int, int]]) -> int:
    return sum(end - first + 1 for first, end in spans)
