"""A package as one file: a plain tar of the signed head, its signature and the files it names.

Anybody opens it with ``tar x`` and checks it with ``ssh-keygen -Y verify -n fanzha-pack`` and ``sha256sum``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from desktop.bundles.volumes.tar_format import BLOCK, END, member_header, padding, read_size
from desktop.domain.errors import TrustError
from desktop.domain.exchange.data_package import DataPackage, PackageHead
from desktop.runtime.files.toml_text import parse_toml
from desktop.runtime.packages.package_head import HEAD_FILE, SIGNATURE_FILE, read_head, write_head
from desktop.sealing.fingerprint import device_id
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import public_line, sign, verify

NAMESPACE: Final = "fanzha-pack"
MOST_BYTES: Final = 64 * 1024 * 1024
"""No honest package is larger; all of one is held in memory."""
_MOST_HEAD: Final = 64 * 1024


def write_package(head: PackageHead, files: Mapping[str, bytes], keys: DeviceKeys) -> bytes:
    """The whole file. ``head.digests`` are worked out here, from ``files``."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    head = PackageHead(head.kind, head.version, head.made_at, head.unit, digests)
    text = write_head(head)
    signature = sign(text, keys.signing, NAMESPACE).encode("ascii")
    members = [(HEAD_FILE, text), (SIGNATURE_FILE, signature), *sorted(files.items())]
    return b"".join(_member(name, data) for name, data in members) + END


def read_package(data: bytes) -> DataPackage:
    """The package in ``data``, its signature and every digest verified.

    ``TrustError``: pack.malformed, pack.newer_format, pack.unsigned, pack.altered.
    """
    if len(data) > MOST_BYTES:
        raise TrustError("pack.malformed")
    members = _Members(data)
    try:
        text = members.take(HEAD_FILE, _MOST_HEAD)
    except TrustError:
        raise TrustError("pack.unsigned" if _bare(data) else "pack.malformed") from None
    head = read_head(text)
    try:
        signature = members.take(SIGNATURE_FILE, _MOST_HEAD)
    except TrustError:
        raise TrustError("pack.unsigned") from None
    try:
        signer = verify(text, signature.decode("ascii", "replace"), NAMESPACE)
    except TrustError:
        raise TrustError("pack.altered") from None
    files = {name: members.take(name, MOST_BYTES) for name in sorted(head.digests)}
    members.finish()
    for name, digest in head.digests.items():
        if hashlib.sha256(files[name]).hexdigest() != digest:
            raise TrustError("pack.altered")
    device = device_id(signer)
    return DataPackage(
        head, text, signature.decode("ascii"), files, device, public_line(signer, device)
    )


def _member(name: str, data: bytes) -> bytes:
    return member_header(name, len(data)) + data + padding(len(data))


def _bare(data: bytes) -> bool:
    """Whether somebody hands over the content itself, without the envelope that is signed."""
    try:
        return bool(parse_toml(data.decode("utf-8")))
    except ValueError:
        return False


class _Members:
    """Reads one member after another; ``TrustError("pack.malformed")`` for any other octet than the allowed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, name: str, most: int) -> bytes:
        start = self._at + BLOCK
        try:
            size = read_size(self._data[self._at : start], name)
        except TrustError:
            raise TrustError("pack.malformed") from None
        end = start + size + len(padding(size))
        if size > most or end > len(self._data) or any(self._data[start + size : end]):
            raise TrustError("pack.malformed")
        self._at = end
        return self._data[start : start + size]

    def finish(self) -> None:
        if self._data[self._at :] != END:
            raise TrustError("pack.malformed")
