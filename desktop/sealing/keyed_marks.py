"""Digests under a key: HMAC-SHA-256 (RFC 2104), shortened to 128 bits."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

_SHOWN: Final = 32
"""Hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class SecretMarks:
    """Implements ``services.ports.marks.KeyedMarks``. The key is one of the profile's secrets; what is under it tells
    nothing of it."""

    key: bytes = field(repr=False)

    def of(self, purpose: str, text: str) -> str:
        """The mark of ``text`` for one ``purpose``."""
        own = hmac.new(self.key, b"fanzha mark " + purpose.encode(), hashlib.sha256).digest()
        return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()[:_SHOWN]
