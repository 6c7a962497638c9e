"""An Android package made here: binary manifest, code with addresses, a signature block. Signs nothing real."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

_ANDROID = "http://schemas.android.com/apk/res/android"
_IDS = {
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "name": 0x01010003,
    "label": 0x01010001,
}
_NONE = 0xFFFFFFFF
PERMISSIONS = ("android.permission.READ_SMS", "android.permission.SYSTEM_ALERT_WINDOW")


def certificate() -> bytes:
    """A self-signed certificate, DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Lucky Invest")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0xC0FFEE)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2051, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


def made_apk(der: bytes, *, package: str = "com.lucky.invest") -> bytes:
    """The package as a file, signed "by" ``der`` in the block of scheme 2."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("AndroidManifest.xml", manifest(package))
        archive.writestr(
            "classes.dex",
            b"dex\n035\0 https://pay.lucky-invest.example:8443/api \0 http://schemas.android.com/x "
            b"https://pay.lucky-invest.example:8443/in",
        )
    return _with_block(whole.getvalue(), _scheme_two(der))


def manifest(package: str) -> bytes:
    """``<manifest package versionCode versionName><uses-permission/>…<application label/></manifest>``."""
    names = ["versionCode", "versionName", "name", "label"]  # those with resource ids come first
    texts = [
        *names, "android", _ANDROID, "manifest", "package", "uses-permission", "application",
        "幸运理财", "3.1.4", package, *PERMISSIONS,
    ]  # fmt: skip
    at = {text: place for place, text in enumerate(texts)}
    body = _start(at, "manifest", [
        ("android", "versionCode", 0x10, 314, _NONE),
        ("android", "versionName", 0x03, at["3.1.4"], at["3.1.4"]),
        ("", "package", 0x03, at[package], at[package]),
    ])  # fmt: skip
    for permission in PERMISSIONS:
        place = at[permission]
        body += _start(at, "uses-permission", [("android", "name", 0x03, place, place)])
        body += _end(at, "uses-permission")
    label = at["幸运理财"]
    body += _start(at, "application", [("android", "label", 0x03, label, label)])
    body += _end(at, "application") + _end(at, "manifest")
    space = struct.pack("<IIII", 1, _NONE, at["android"], at[_ANDROID])
    opened = struct.pack("<HHI", 0x0100, 16, 24) + space
    closed = struct.pack("<HHI", 0x0101, 16, 24) + space
    ids = struct.pack("<HHI", 0x0180, 8, 8 + 4 * len(names))
    ids += b"".join(struct.pack("<I", _IDS[name]) for name in names)
    chunks = _pool(texts) + ids + opened + body + closed
    return struct.pack("<HHI", 0x0003, 8, 8 + len(chunks)) + chunks


def _pool(texts: list[str]) -> bytes:
    data, places = b"", []
    for text in texts:
        places.append(len(data))
        raw = text.encode("utf-16-le")
        data += struct.pack("<H", len(raw) // 2) + raw + b"\0\0"
    data += b"\0" * (-len(data) % 4)
    start = 28 + 4 * len(texts)
    head = struct.pack("<HHIIIIII", 1, 28, start + len(data), len(texts), 0, 0, start, 0)
    return head + struct.pack(f"<{len(texts)}I", *places) + data


def _start(at: dict[str, int], tag: str, attributes: list[tuple[str, str, int, int, int]]) -> bytes:
    body = struct.pack("<IIIIHHHHHH", 1, _NONE, _NONE, at[tag], 20, 20, len(attributes), 0, 0, 0)
    for space, name, kind, value, raw in attributes:
        home = at[_ANDROID] if space else _NONE
        body += struct.pack("<IIIHBBI", home, at[name], raw, 8, 0, kind, value)
    return struct.pack("<HHI", 0x0102, 16, 8 + len(body)) + body


def _end(at: dict[str, int], tag: str) -> bytes:
    return struct.pack("<HHI", 0x0103, 16, 24) + struct.pack("<IIII", 1, _NONE, _NONE, at[tag])


def _sized(*parts: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(part)) + part for part in parts)


def _scheme_two(der: bytes) -> bytes:
    signed = _sized(_sized(b"digest"), _sized(der), b"")
    signer = _sized(signed, b"signatures", b"key")
    return _sized(_sized(signer))


def _with_block(data: bytes, value: bytes) -> bytes:
    end = data.rfind(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", data, end + 16)
    pair = struct.pack("<QI", len(value) + 4, 0x7109871A) + value
    size = struct.pack("<Q", len(pair) + 24)
    block = size + pair + size + b"APK Sig Block 42"
    moved = data[end : end + 16] + struct.pack("<I", directory + len(block)) + data[end + 20 :]
    return data[:directory] + block + data[directory:end] + moved
