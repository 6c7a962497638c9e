"""Who signed an Android package: certificates of the signature block (schemes 2 and 3) and of META-INF (scheme 1).

Only read: whether a signature is right is for a laboratory, and nothing here says that it is.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from desktop.domain.evidence.contents import Fact
from desktop.readers.contents.certificates import any_serial
from desktop.readers.contents.refusal import ContentsRefused
from desktop.readers.contents.zip_bounds import member_bytes, open_zip

_MAGIC: Final = b"APK Sig Block 42"
_SCHEMES: Final = {0x7109871A: "v2", 0xF05368C0: "v3", 0x1B93AD61: "v3.1"}
"""APK Signature Scheme v2, v3, v3.1 (source.android.com, "APK signing")."""
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_MOST_SIGNATURE: Final = 1 << 20
_MOST_SIGNERS: Final = 8


def signer_facts(data: bytes) -> tuple[Fact, ...]:
    """The schemes and each different certificate; a line that says so where none is found."""
    schemes, found = [], dict[bytes, None]()
    for scheme, certificates in (*_block_certificates(data), ("v1", _jar_certificates(data))):
        if certificates:
            schemes.append(scheme)
            found.update(dict.fromkeys(certificates))
    if not found:
        return (Fact("signed_by", "—"),)
    facts = [Fact("sign_schemes", " ".join(sorted(schemes)))]
    for certificate in list(found)[:_MOST_SIGNERS]:
        facts.extend(_certificate_facts(certificate))
    return tuple(facts)


def _certificate_facts(der: bytes) -> list[Fact]:
    facts = []
    try:
        with any_serial():
            read = x509.load_der_x509_certificate(der)
        facts = [
            Fact("signed_by", _name(read.subject)),
            Fact("sign_issuer", _name(read.issuer)),
            Fact("sign_serial", f"{read.serial_number:x}"),
            Fact("sign_from", f"{read.not_valid_before_utc:%Y-%m-%d}"),
            Fact("sign_until", f"{read.not_valid_after_utc:%Y-%m-%d}"),
        ]
    except ValueError:
        facts = [Fact("signed_by", "?")]
    return [
        *facts,
        Fact("sign_sha256", hashlib.sha256(der).hexdigest()),
        Fact("sign_sha1", hashlib.sha1(der, usedforsecurity=False).hexdigest()),
        Fact("sign_md5", hashlib.md5(der, usedforsecurity=False).hexdigest()),
    ]


def _name(name: x509.Name) -> str:
    return name.rfc4514_string()[:500]


def _jar_certificates(data: bytes) -> tuple[bytes, ...]:
    found: list[bytes] = []
    try:
        with open_zip(data) as archive:
            for name in _signature_files(archive):
                block = member_bytes(archive, name, _MOST_SIGNATURE) or b""
                with any_serial():
                    certificates = pkcs7.load_der_pkcs7_certificates(block)
                found.extend(one.public_bytes(Encoding.DER) for one in certificates)
    except (ContentsRefused, ValueError, TypeError):
        return tuple(found)
    return tuple(found)


def _signature_files(archive: zipfile.ZipFile) -> list[str]:
    ends = (".RSA", ".DSA", ".EC")
    names = archive.namelist()
    return [n for n in names if n.startswith("META-INF/") and n.upper().endswith(ends)][
        :_MOST_SIGNERS
    ]


def _block_certificates(data: bytes) -> list[tuple[str, tuple[bytes, ...]]]:
    try:
        pairs = _pairs(_block(data))
        return [
            (_SCHEMES[number], _scheme_certificates(value))
            for number, value in pairs
            if number in _SCHEMES
        ]
    except (struct.error, ValueError):
        return []


def _block(data: bytes) -> bytes:
    """The block before the central directory, without its sizes and magic; empty where there is none."""
    end = data.rfind(_END_OF_DIRECTORY)
    if end < 0:
        return b""
    (directory,) = struct.unpack_from("<I", data, end + 16)
    if data[directory - 16 : directory] != _MAGIC:
        return b""
    (size,) = struct.unpack_from("<Q", data, directory - 24)
    start = directory - size
    return data[start : directory - 24] if start >= 8 else b""


def _pairs(block: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at + 12 <= len(block):
        (size,) = struct.unpack_from("<Q", block, at)
        (number,) = struct.unpack_from("<I", block, at + 8)
        if not 4 <= size <= len(block) - at - 8:
            break
        found.append((number, block[at + 12 : at + 8 + size]))
        at += 8 + size
    return found


def _scheme_certificates(value: bytes) -> tuple[bytes, ...]:
    """signers → signer → signed data → digests, certificates; each a length and what follows."""
    found: list[bytes] = []
    for signer in _split(_take(value)[0])[:_MOST_SIGNERS]:
        signed, _rest = _take(signer)
        _digests, rest = _take(signed)
        certificates, _rest = _take(rest)
        found.extend(_split(certificates)[:1])
    return tuple(found)


def _take(data: bytes) -> tuple[bytes, bytes]:
    (size,) = struct.unpack_from("<I", data)
    if size > len(data) - 4:
        raise ValueError("length")
    return data[4 : 4 + size], data[4 + size :]


def _split(data: bytes) -> list[bytes]:
    found = []
    while data:
        part, data = _take(data)
        found.append(part)
    return found
