"""Content credentials in a picture (C2PA 2.x): that they are there, who says to have made them, if they are signed.

Only shown. Whether a signature is right, and whether it covers this picture, is for a laboratory; nothing here says
that it does.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from cryptography import x509

from desktop.domain.evidence.contents import Fact
from desktop.readers.contents.cbor import NotCborError, read_cbor
from desktop.readers.contents.certificates import any_serial

_DEEPEST: Final = 12
_MOST_BOXES: Final = 5000
_MOST_TEXT: Final = 300
_CHAIN: Final = 33
"""COSE header of the certificates, x5chain (RFC 9360)."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A JUMBF superbox (ISO/IEC 19566-5): its label, what lies in it, the boxes below."""

    label: str
    content: bytes
    below: tuple[_Box, ...]

    def find(self, start: str) -> _Box | None:
        """The first box below whose label begins with ``start``."""
        return next((box for box in self.below if box.label.startswith(start)), None)


def credential_facts(jumbf: bytes) -> tuple[Fact, ...]:
    """Facts of the active manifest, which is the last; none where there is no manifest store. Never raises."""
    store = next((box for box in _superboxes(jumbf, 0) if box.label == "c2pa"), None)
    if store is None or not store.below:
        return ()
    active = store.below[-1]
    claim, signature = _cbor(active.find("c2pa.claim")), _cbor(active.find("c2pa.signature"))
    if not isinstance(claim, dict):
        claim = {}
    assertions = active.find("c2pa.assertions")
    labels = [box.label for box in assertions.below] if assertions else []
    values = (
        ("c2pa_generator", _generator(claim) or "—"),
        ("c2pa_title", _short(claim.get("dc:title"))),
        ("c2pa_signed", "✓" if isinstance(signature, list) else "—"),
        ("c2pa_signer", _signer(signature)),
        ("c2pa_assertions", ", ".join(labels[:20])[:_MOST_TEXT]),
        ("c2pa_manifests", str(len(store.below))),
    )
    return tuple(Fact(name, value) for name, value in values if value)


def _superboxes(data: bytes, depth: int) -> tuple[_Box, ...]:
    if depth > _DEEPEST:
        return ()
    return tuple(_superbox(content, depth) for kind, content in _split(data) if kind == b"jumb")


def _superbox(data: bytes, depth: int) -> _Box:
    label, content = "", b""
    for kind, part in _split(data):
        if kind == b"jumd":
            # 16 octets of type, one of toggles, then the label up to a zero.
            label = part[17:].split(b"\0", 1)[0].decode("utf-8", "replace")
        elif kind == b"cbor" and not content:
            content = part
    return _Box(label, content, _superboxes(data, depth + 1))


def _split(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Boxes of ISO/IEC 14496-12: length, kind, content."""
    at = 0
    for _count in range(_MOST_BOXES):
        if at + 8 > len(data):
            return
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1 and at + 16 <= len(data):
            (length,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        end = len(data) if length == 0 else at + length
        if end < at + head:
            return
        yield kind, data[at + head : end]
        at = end


def _cbor(box: _Box | None) -> Any:
    if box is None or not box.content:
        return None
    try:
        return read_cbor(box.content)
    except NotCborError:
        return None


def _generator(claim: dict[Any, Any]) -> str:
    """``claim_generator`` of the first versions, ``claim_generator_info`` (one or a list) of the later ones."""
    plain = _short(claim.get("claim_generator"))
    info = claim.get("claim_generator_info")
    first = info[0] if isinstance(info, list) and info else info
    if isinstance(first, dict):
        named = " ".join(part for key in ("name", "version") if (part := _short(first.get(key))))
        return named or plain
    return plain


def _signer(signature: Any) -> str:
    """Whom the first certificate names; COSE_Sign1 is a list of protected, unprotected, payload, signature."""
    if not isinstance(signature, list) or len(signature) < 2:
        return ""
    for headers in (_protected(signature[0]), signature[1]):
        chain = headers.get(_CHAIN, headers.get("x5chain")) if isinstance(headers, dict) else None
        der = chain[0] if isinstance(chain, list) and chain else chain
        if isinstance(der, bytes):
            try:
                with any_serial():
                    named = x509.load_der_x509_certificate(der).subject
                return named.rfc4514_string()[:_MOST_TEXT]
            except ValueError:
                return "?"
    return ""


def _protected(raw: Any) -> Any:
    try:
        return read_cbor(raw) if isinstance(raw, bytes) else None
    except NotCborError:
        return None


def _short(value: Any) -> str:
    return " ".join(value.split())[:_MOST_TEXT] if isinstance(value, str) else ""
