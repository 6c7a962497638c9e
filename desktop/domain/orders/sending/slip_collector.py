"""The codes of urgent slips as they are scanned: in any order, as often as anybody likes, until a slip is whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.errors import TrustError

DIGEST_SIZE: Final = 16
"""Octets of SHA-256 over a whole slip that name it on each of its codes."""
_MOST_BEGUN: Final = 8
"""Slips begun and not whole that are kept; with more, the one begun first is forgotten."""


@dataclass(frozen=True, slots=True)
class SlipCode:
    """One code of a slip. ``slip``: the digest of the whole in hex, which all its codes have in common; ``number``
    counts from 1 to ``count``."""

    slip: str
    number: int
    count: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PartialSlip:
    """What is there of one slip. Equal ``slip`` and ``count`` belong together."""

    slip: str
    count: int
    codes: Mapping[int, SlipCode]

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the codes that are still to be scanned."""
        return tuple(n for n in range(1, self.count + 1) if n not in self.codes)

    def whole(self) -> bytes:
        """The slip, once nothing is missing. Raises ``TrustError("slip.mixed")`` when the codes do not make what their
        digest says."""
        whole = b"".join(self.codes[n].data for n in range(1, self.count + 1))
        if slip_digest(whole) != self.slip:
            raise TrustError("slip.mixed", count=self.count)
        return whole


@dataclass(frozen=True, slots=True)
class SlipCollector:
    """What was scanned and does not make a whole slip yet, the slip begun first in front. ``read``: slips that were
    whole before, so that nobody looks for the rest of one of which a page came twice."""

    begun: tuple[PartialSlip, ...] = ()
    read: frozenset[str] = frozenset()

    def put(self, code: SlipCode) -> SlipCollector:
        """The tray with this code in it; the same code once more changes nothing."""
        had = self.of(code)
        codes = {**(had.codes if had else {}), code.number: code}
        now = PartialSlip(code.slip, code.count, codes)
        if had is None:
            return replace(self, begun=(*self.begun, now)[-_MOST_BEGUN:])
        return replace(self, begun=tuple(now if one is had else one for one in self.begun))

    @property
    def lacking(self) -> tuple[PartialSlip, ...]:
        """Slips that were never whole: somebody has to scan the rest of them."""
        return tuple(one for one in self.begun if one.slip not in self.read)

    def of(self, code: SlipCode) -> PartialSlip | None:
        """The slip this code is one of, if it was begun."""
        same = (one for one in self.begun if (one.slip, one.count) == (code.slip, code.count))
        return next(same, None)

    def without(self, done: PartialSlip) -> SlipCollector:
        """The tray once that slip is dealt with."""
        return replace(self, begun=tuple(one for one in self.begun if one != done))

    def having_read(self, done: PartialSlip) -> SlipCollector:
        """The tray that remembers that this slip was whole and could be opened."""
        return replace(self, read=self.read | {done.slip})


def slip_digest(whole: bytes) -> str:
    """What names a slip on its codes."""
    return hashlib.sha256(whole).digest()[:DIGEST_SIZE].hex()
