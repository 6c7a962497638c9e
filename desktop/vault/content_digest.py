"""Size and digests of a content while it streams past."""

from __future__ import annotations

from typing import Final

from desktop.sealing.digests import new_sha256, new_sm3

SM3_AT_ONCE: Final = 8 * 1024 * 1024
"""Up to this size SM3 is computed in the same pass; above it, it costs four times SHA-256 and follows later."""
MANY: Final = 100
"""More files than this at once do not wait for SM3, however small they are."""


class ContentDigest:
    """SHA-256 of everything it is given, and SM3 where asked for."""

    def __init__(self, *, with_sm3: bool) -> None:
        self._sha256 = new_sha256()
        self._sm3 = new_sm3() if with_sm3 else None
        self.size = 0

    def update(self, data: bytes | memoryview) -> None:
        """Take the next octets."""
        self._sha256.update(data)
        if self._sm3 is not None:
            self._sm3.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Lower-case hex of what was taken so far."""
        return self._sha256.hexdigest()

    @property
    def sm3(self) -> str:
        """Lower-case hex; empty when not asked for."""
        return self._sm3.hexdigest() if self._sm3 is not None else ""
