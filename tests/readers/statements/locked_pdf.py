"""A statement in PDF behind a password, as banks mail it (ISO 32000-1, 7.6.3; RC4 of 40 bits)."""

from __future__ import annotations

import hashlib
from typing import Final

from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher

_PAD: Final = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_RIGHTS: Final = (-4).to_bytes(4, "little", signed=True)
_ID: Final = b"0123456789abcdef"
_STREAM: Final = 4
ROWS: Final = (
    ("Date", "Amount (CNY)", "Balance", "Description"),
    ("2026-11-24", "-98000.00", "12.00", "transfer"),
    ("2026-11-25", "-5.00", "7.00", "fee"),
)


def locked_pdf(password: str) -> bytes:
    """``ROWS`` on one page; ``password`` opens it."""
    said = (password.encode() + _PAD)[:32]
    owner = _rc4(_md5(said)[:5], said)
    key = _md5(said + owner + _RIGHTS + _ID)[:5]
    drawn = b"".join(
        b"BT /F1 10 Tf %d %d Td (%s) Tj ET\n" % (40 + 130 * x, 700 - 30 * y, cell.encode())
        for y, row in enumerate(ROWS)
        for x, cell in enumerate(row)
    )
    own_key = _md5(key + _STREAM.to_bytes(3, "little") + bytes(2))[:10]
    objects = (
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), _rc4(own_key, drawn)),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        b"<</Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s>>>"
        % (_hex(owner), _hex(_rc4(key, _PAD))),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    identity = _hex(_ID)
    out += b"trailer\n<</Size %d /Root 1 0 R /Encrypt 6 0 R /ID [<%s> <%s>]>>\n" % (
        len(objects) + 1,
        identity,
        identity,
    )
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _rc4(key: bytes, data: bytes) -> bytes:
    return Cipher(ARC4(key), None).encryptor().update(data)


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _hex(data: bytes) -> bytes:
    return data.hex().encode()
