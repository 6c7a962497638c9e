"""The text header of an age v1 file (C2SP age, "Header"): written plainly, read strictly.

Strict means: canonical base64 only, exact line lengths and ends, bounded size and stanza count.
Stanzas of kinds we do not know are skipped, as the specification asks.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from desktop.domain.errors import TrustError
from desktop.sealing.age_identity import KEY_SIZE, AgeIdentity, AgeRecipient, derive

_INTRO: Final = b"age-encryption.org/v1\n"
_STANZA: Final = b"-> "
_FOOTER: Final = b"---"
_COLUMNS: Final = 64
_MAX_LINE: Final = 4096
_MAX_HEADER: Final = 64 * 1024
_MAX_STANZAS: Final = 64
_SEALED_KEY: Final = 32
FILE_KEY_SIZE: Final = 16
"""Octets of the key that each recipient stanza wraps."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient's part of the header."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """A parsed header; ``signed`` is what its MAC covers."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes

    @property
    def size(self) -> int:
        """Octets the header takes in the file."""
        return len(self.signed) + 1 + 43 + 1


class LineSource(Protocol):
    """Where header lines come from."""

    def line(self, limit: int) -> bytes:
        """The next line with its ``\\n``; without it at the end of data or beyond ``limit``."""
        ...


def write_header(
    file_key: bytes, recipients: Sequence[AgeRecipient], notes: Sequence[Stanza] = ()
) -> bytes:
    """The whole header that seals ``file_key`` to every recipient, after the stanzas ``notes``."""
    if not recipients:
        raise ValueError("a file must be sealed to somebody")
    parts = [_INTRO, *map(_note, notes)]
    for recipient in recipients:
        share, sealed = recipient.wrap(file_key)
        parts.append(_STANZA + b"X25519 " + _encode(share) + b"\n" + _encode(sealed) + b"\n")
    parts.append(_FOOTER)
    signed = b"".join(parts)
    return signed + b" " + _encode(_mac(file_key, signed)) + b"\n"


def header_size(recipients: int, notes: Sequence[Stanza]) -> int:
    """Octets of what :func:`write_header` makes for so many recipients."""
    key = 43  # 32 octets in base64
    size = len(_INTRO) + recipients * (len("-> X25519 \n\n") + 2 * key) + len("--- \n") + key
    return size + sum(len(_note(note)) for note in notes)


def read_header(source: LineSource) -> AgeHeader:
    """Parse up to and including the MAC line.

    ``TrustError``: age.not_age, age.truncated, age.damaged.
    """
    intro = source.line(len(_INTRO))
    if intro != _INTRO:
        short = _INTRO.startswith(intro)
        raise TrustError("age.truncated" if short else "age.not_age")
    signed = bytearray(_INTRO)
    stanzas: list[Stanza] = []
    while True:
        line = _line(source, signed)
        if line.startswith(_FOOTER):
            break
        stanzas.append(_read_stanza(line, source, signed))
        if len(stanzas) > _MAX_STANZAS:
            raise TrustError("age.damaged")
    if not stanzas or not line.startswith(_FOOTER + b" "):
        raise TrustError("age.damaged")
    mac = _decode(line[len(_FOOTER) + 1 :])
    if len(mac) != 32:
        raise TrustError("age.damaged")
    del signed[-len(line) - 1 + len(_FOOTER) :]
    return AgeHeader(tuple(stanzas), bytes(signed), mac)


def find_file_key(header: AgeHeader, identities: Sequence[AgeIdentity]) -> bytes:
    """The file key, from the first stanza that is ours, after the header's MAC was checked.

    ``TrustError``: age.not_for_us (no stanza is ours), age.damaged (a stanza or the MAC is wrong).
    """
    if any(stanza.kind == "scrypt" for stanza in header.stanzas) and len(header.stanzas) > 1:
        raise TrustError("age.damaged")  # a passphrase must be the only recipient
    file_key: bytes | None = None
    for stanza in header.stanzas:
        if stanza.kind == "X25519":
            found = _open_stanza(stanza, identities)
            file_key = file_key if file_key is not None else found
    if file_key is None:
        raise TrustError("age.not_for_us")
    if not hmac.compare_digest(_mac(file_key, header.signed), header.mac):
        raise TrustError("age.damaged")
    return file_key


def _note(note: Stanza) -> bytes:
    if note.body or not all(_is_visible(word.encode()) for word in (note.kind, *note.arguments)):
        raise ValueError("a note has words and no body")
    return _STANZA + " ".join((note.kind, *note.arguments)).encode("ascii") + b"\n\n"


def _open_stanza(stanza: Stanza, identities: Sequence[AgeIdentity]) -> bytes | None:
    if len(stanza.arguments) != 1 or len(stanza.body) != _SEALED_KEY:
        raise TrustError("age.damaged")
    share = _decode(stanza.arguments[0].encode("ascii"))
    if len(share) != KEY_SIZE:
        raise TrustError("age.damaged")
    try:
        opened = (identity.unwrap(share, stanza.body) for identity in identities)
        return next((key for key in opened if key is not None), None)
    except ValueError:
        raise TrustError("age.damaged") from None


def _read_stanza(line: bytes, source: LineSource, signed: bytearray) -> Stanza:
    words = line[len(_STANZA) :].split(b" ")
    if not line.startswith(_STANZA) or not all(_is_visible(word) for word in words):
        raise TrustError("age.damaged")
    body = bytearray()
    while True:
        row = _line(source, signed)
        if len(row) > _COLUMNS:
            raise TrustError("age.damaged")
        body += _decode(row)
        if len(row) < _COLUMNS:
            break
    kind, *arguments = (word.decode("ascii") for word in words)
    return Stanza(kind, tuple(arguments), bytes(body))


def _line(source: LineSource, signed: bytearray) -> bytes:
    """The next line without its end; it is added to ``signed`` with it."""
    line = source.line(_MAX_LINE)
    if not line.endswith(b"\n"):
        raise TrustError("age.damaged" if len(line) >= _MAX_LINE else "age.truncated")
    signed += line
    if len(signed) > _MAX_HEADER:
        raise TrustError("age.damaged")
    return line[:-1]


def _is_visible(word: bytes) -> bool:
    return bool(word) and all(33 <= octet <= 126 for octet in word)


def _encode(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decode(text: bytes) -> bytes:
    """Canonical unpadded base64; anything else is damage."""
    try:
        data = binascii.a2b_base64(text + b"=" * (-len(text) % 4), strict_mode=True)
    except binascii.Error:
        raise TrustError("age.damaged") from None
    if _encode(data) != text:
        raise TrustError("age.damaged")
    return data


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive(file_key, None, b"header"), signed, "sha256")
