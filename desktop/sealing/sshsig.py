"""OpenSSH signatures (PROTOCOL.sshsig), Ed25519 with SHA-512, as ``ssh-keygen -Y`` has it.

A signature is bound to a *namespace*, one per kind of object, so that a signed bundle can never
pass for a signed receipt.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desktop.domain.errors import TrustError

BEGIN: Final = "-----BEGIN SSH SIGNATURE-----"
"""The line that an armored signature begins with."""
_END: Final = "-----END SSH SIGNATURE-----"
_MAGIC: Final = b"SSHSIG"
_VERSION: Final = (1).to_bytes(4, "big")
_KEY_TYPE: Final = b"ssh-ed25519"
_HASH: Final = b"sha512"
_COLUMNS: Final = 70
_MAX_TEXT: Final = 4096
_BLOCK: Final = 1024 * 1024
RAW_KEY_SIZE: Final = 32
"""Octets of a raw Ed25519 public key (RFC 8032)."""


def sign(message: bytes | BinaryIO, key: Ed25519PrivateKey, namespace: str) -> str:
    """The armored signature over ``message``, read to its end when it is a stream."""
    wanted = _signed_data(message, namespace)
    public = _string(_KEY_TYPE) + _string(key.public_key().public_bytes_raw())
    blob = b"".join(
        (
            _MAGIC,
            _VERSION,
            _string(public),
            _string(namespace.encode("ascii")),
            _string(b""),
            _string(_HASH),
            _string(_string(_KEY_TYPE) + _string(key.sign(wanted))),
        )
    )
    text = base64.b64encode(blob).decode("ascii")
    rows = [text[start : start + _COLUMNS] for start in range(0, len(text), _COLUMNS)]
    return "\n".join((BEGIN, *rows, _END, ""))


def verify(message: bytes | BinaryIO, signature_text: str, namespace: str) -> bytes:
    """The raw public key that signed ``message``; whether to trust it is the caller's question.

    ``TrustError``: sshsig.damaged (not such a signature), sshsig.namespace (made for another kind
    of object), sshsig.mismatch (the message is not what was signed).
    """
    blob = _Cursor(_unarmor(signature_text))
    if blob.take(len(_MAGIC)) != _MAGIC or blob.take(4) != _VERSION:
        raise TrustError("sshsig.damaged")
    key = _Cursor(blob.string())
    found_namespace, reserved, algorithm = blob.string(), blob.string(), blob.string()
    signature = _Cursor(blob.string())
    key_type, raw = key.string(), key.string()
    signature_type, mark = signature.string(), signature.string()
    for cursor in (blob, key, signature):
        cursor.finish()
    if (key_type, signature_type, algorithm, reserved) != (_KEY_TYPE, _KEY_TYPE, _HASH, b""):
        raise TrustError("sshsig.damaged")
    if found_namespace != namespace.encode("ascii"):
        raise TrustError("sshsig.namespace")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(mark, _signed_data(message, namespace))
    except (InvalidSignature, ValueError):
        raise TrustError("sshsig.mismatch") from None
    return raw


def public_line(raw: bytes, comment: str) -> str:
    """``ssh-ed25519 AAAA… comment`` as in ``authorized_keys`` and ``allowed_signers``."""
    blob = _string(_KEY_TYPE) + _string(raw)
    return f"ssh-ed25519 {base64.b64encode(blob).decode('ascii')} {comment}".rstrip()


def parse_public_line(line: str) -> bytes:
    """The raw key of a :func:`public_line`; ``ValueError`` when it is not one."""
    words = line.split()
    if len(words) < 2 or words[0] != "ssh-ed25519":
        raise ValueError("not an ssh-ed25519 line")
    blob = binascii.a2b_base64(words[1], strict_mode=True)
    prefix = _string(_KEY_TYPE) + RAW_KEY_SIZE.to_bytes(4, "big")
    if len(blob) != len(prefix) + RAW_KEY_SIZE or not blob.startswith(prefix):
        raise ValueError("not an ssh-ed25519 line")
    return blob[len(prefix) :]


def _signed_data(message: bytes | BinaryIO, namespace: str) -> bytes:
    digest = hashlib.sha512()
    if isinstance(message, bytes):
        digest.update(message)
    else:
        while block := message.read(_BLOCK):
            digest.update(block)
    space = _string(namespace.encode("ascii"))
    return _MAGIC + space + _string(b"") + _string(_HASH) + _string(digest.digest())


def _unarmor(text: str) -> bytes:
    lines = [line.removesuffix("\r") for line in text.strip().split("\n")]
    framed = len(lines) >= 3 and lines[0] == BEGIN and lines[-1] == _END
    if len(text) > _MAX_TEXT or not framed or not text.isascii():
        raise TrustError("sshsig.damaged")
    body = "".join(lines[1:-1])
    try:
        blob = binascii.a2b_base64(body, strict_mode=True)
    except binascii.Error:
        raise TrustError("sshsig.damaged") from None
    if base64.b64encode(blob) != body.encode("ascii"):
        raise TrustError("sshsig.damaged")
    return blob


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


class _Cursor:
    """Reads SSH strings (RFC 4251, section 5) and nothing past the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def take(self, count: int) -> bytes:
        if count > len(self._data):
            raise TrustError("sshsig.damaged")
        head, self._data = self._data[:count], self._data[count:]
        return head

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def finish(self) -> None:
        if self._data:
            raise TrustError("sshsig.damaged")
