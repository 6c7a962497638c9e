"""Exactly the announced entries, in order: a bundle can not be silently incomplete."""

from __future__ import annotations

from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import SignedParts
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.journal.entry import Entry, read_line
from desktop.journal.well_formed import well_formed
from desktop.services.ports import BlobWriter


class EntryOrder:
    """The unbroken runs of entries of a volume, in the order they came, and what is wrong with them."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, int, int]] = []
        self._last = ""
        self._fault: TrustError | None = None

    def note(self, entry: Entry) -> None:
        """The next entry."""
        if self._runs and (self._runs[-1][0], self._runs[-1][2] + 1) == (entry.stream, entry.seq):
            stream, first, _ = self._runs[-1]
            self._runs[-1] = (stream, first, entry.seq)
            if entry.prev != self._last:
                self._fault = self._fault or TrustError("journal.chain")
        else:
            self._runs.append((entry.stream, entry.seq, entry.seq))
        self._last = entry.hash
        try:
            well_formed(entry)
        except TrustError as error:
            self._fault = self._fault or error

    def require(self, manifest: VolumeManifest) -> None:
        """Raises ``TrustError("bundle.incomplete")`` unless they are what ``manifest`` announced."""
        if self._runs != [(stream, *span) for stream, span in sorted(manifest.ranges.items())]:
            raise TrustError("bundle.incomplete")

    def require_sound(self) -> None:
        """Raises ``TrustError``: ``journal.chain`` unless each of them names the one before it, ``entry.malformed`` for
        one that no database takes."""
        if self._fault is not None:
            raise self._fault


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
        """See :class:`EntryOrder`."""
        self._order.require(manifest)
        self._order.require_sound()
