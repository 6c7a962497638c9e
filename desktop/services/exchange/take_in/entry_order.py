"""Exactly the announced entries, in order: a bundle can not be silently incomplete."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.domain.errors import TrustError
from desktop.domain.exchange.origin import SignedParts
from desktop.domain.exchange.volumes import BlobRef, VolumeManifest
from desktop.journal.entry import Entry, read_line
from desktop.journal.well_formed import well_formed
from desktop.services.ports import BlobWriter


class EntryOrder:
    """The unbroken runs of entries of a volume, in the order they came, and what is wrong with them. ``held``: stream →
    the last place of it that is here already, as far as the volume reaches, and the hash of the entry there."""

    def __init__(self, held: Mapping[str, tuple[int, str]] = MappingProxyType({})) -> None:
        self._held = held
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
        self._fault = self._fault or self._another_story(entry)
        try:
            well_formed(entry)
        except TrustError as error:
            self._fault = self._fault or error

    def _another_story(self, entry: Entry) -> TrustError | None:
        """By one place all before it are compared, for each entry names the one before it."""
        seq, digest = self._held.get(entry.stream, (0, ""))
        if entry.seq == seq and entry.hash != digest:
            return TrustError("journal.fork")
        if seq and entry.seq == seq + 1 and entry.prev != digest:
            return TrustError("journal.chain")
        return None

    def require(self, manifest: VolumeManifest) -> None:
        """Raises ``TrustError("bundle.incomplete")`` unless they are what ``manifest`` announced."""
        if self._runs != [(stream, *span) for stream, span in sorted(manifest.ranges.items())]:
            raise TrustError("bundle.incomplete")

    def require_sound(self) -> None:
        """Raises ``TrustError``: ``journal.chain`` unless each of them names the one before it, ``journal.fork`` where
        another entry is held in the place of one, ``entry.malformed`` for one that no database takes."""
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
