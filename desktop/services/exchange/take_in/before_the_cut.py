"""What of a revoked device's bundle is still accepted: its entries up to the one at which the revocation cuts.

Who has the device has its keys, so its signature proves nothing any more. What proves an entry is the hash that the
revocation names: an entry belongs to the story of before if the chain leads from it to exactly that entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.errors import TrustError
from desktop.domain.exchange.peers import Head, Peer
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.journal.entry import Entry, read_line
from desktop.services.ports import Reader


class BeforeCut:
    """One volume of a revoked device, measured by where its journal is cut."""

    def __init__(self, peer: Peer, manifest: VolumeManifest) -> None:
        cut: Mapping[str, Head] = peer.cut or {}
        self._cut = {stream: cut.get(stream, Head(0, "")) for stream in manifest.ranges}
        self._ranges = manifest.ranges

    def require_news(self, reader: Reader) -> None:
        """Raises ``TrustError("bundle.revoked_sender")`` where nothing up to the cut is new here."""
        heads = reader.heads()
        for stream, (first, last) in self._ranges.items():
            end = min(last, self._cut[stream].seq)
            if first <= end and end > heads.get(stream, 0):
                return
        raise TrustError("bundle.revoked_sender")

    def require_proven(self, reader: Reader, entries: Iterable[Entry]) -> None:
        """Raises ``TrustError("bundle.cut_unproven")`` unless the chain leads from the entries to the cut, by the
        volume itself or by what came before it."""
        last: dict[str, Entry] = {}
        for entry in self.accepted(entries):
            _require_link(last.get(entry.stream), entry)
            last[entry.stream] = entry
        for stream, entry in last.items():
            head = self._cut[stream]
            for line in reader.lines(stream, entry.seq + 1, head.seq):
                following = read_line(line)
                _require_link(entry, following)
                entry = following  # noqa: PLW2901 - the walk goes on from there
            if (entry.seq, entry.hash) != (head.seq, head.hash):
                raise TrustError("bundle.cut_unproven")

    def accepted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Those up to the cut."""
        return (entry for entry in entries if entry.seq <= self._cut[entry.stream].seq)

    @property
    def behind(self) -> int:
        """How many of its entries stand behind the cut; they stay in the volume, which is kept."""
        spans = ((span, self._cut[stream].seq) for stream, span in self._ranges.items())
        return sum(max(0, last - max(end, first - 1)) for (first, last), end in spans)


def _require_link(before: Entry | None, entry: Entry) -> None:
    if before is not None and (entry.seq, entry.prev) != (before.seq + 1, before.hash):
        raise TrustError("bundle.cut_unproven")
