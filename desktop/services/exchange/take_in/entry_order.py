"""Exactly the announced entries, in order: a bundle can not be silently incomplete."""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import SignedParts
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.journal.entry import Entry, read_line
from desktop.services.ports import BlobWriter


class EntryOrder:
    """The unbroken runs of entries of a volume, in the order they came."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, int, int]] = []

    def note(self, entry: Entry) -> None:
        """The next entry."""
        if self._runs and (self._runs[-1][0], self._runs[-1][2] + 1) == (entry.stream, entry.seq):
            stream, first, _ = self._runs[-1]
            self._runs[-1] = (stream, first, entry.seq)
        else:
            self._runs.append((entry.stream, entry.seq, entry.seq))

    def require(self, manifest: VolumeManifest) -> None:
        """Raises ``TrustError("bundle.incomplete")`` unless they are what ``manifest`` announced."""
        if self._runs != [(stream, *span) for stream, span in sorted(manifest.ranges.items())]:
            raise TrustError("bundle.incomplete")


class CheckingSink:
    """Keeps nothing of a volume, and checks each of its entries by itself and their order."""

    def __init__(self) -> None:
        self._order = EntryOrder()

    def signed(self, parts: SignedParts) -> None:
        """Not kept either."""

    def journal_line(self, line: bytes) -> None:
        """Raises ``TrustError`` for what is no entry."""
        self._order.note(read_line(line))

    def blob(self, ref: BlobRef) -> BlobWriter | None:  # noqa: ARG002 - keeps nothing
        """Not wanted; its octets are checked all the same."""
        return None

    def require(self, manifest: VolumeManifest) -> None:
        """See :meth:`EntryOrder.require`."""
        self._order.require(manifest)
