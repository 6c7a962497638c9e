"""Damage to a sample, the same for the same seed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random  # noqa: TID251 - reproducible by its seed, and no id of ours
from typing import Final

_TOKENS: Final = (
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b'="', b",", b"\t", b"\r", b"\n",
    b"-", b"E+18", b"9" * 40, b"0.0000000001", b"NaN", b"1e308", b"\xe4\xba\xa4", b"\xb8\xb6", b"\x1e", b"\x1f",
    b"<td>", b"</", b"<!--", b"&#x110000;", b"PK\x03\x04", b"PK\x05\x06", b"stream", b"endobj", b"obj<<", b"/Kids",
    b"/Length 99999999", b"9999-99-99 99:99:99", "二〇二六年".encode(), "￥".encode(), "\u202e".encode(), b"../",
)  # fmt: skip
_MOST: Final = 4 << 20
"""Octets; larger cases only take longer."""


def damaged(samples: Sequence[bytes], random: Random) -> bytes:
    """One of ``samples`` after some damage; within an archive half of the time."""
    sample = random.choice(samples)
    if sample.startswith(b"PK\x03\x04") and random.random() < 0.7:
        sample = _repacked(sample, random)
    data = bytearray(sample)
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        data = random.choice(_WAYS)(data, samples, random)
    return bytes(data[:_MOST])


def _repacked(archive: bytes, random: Random) -> bytes:
    """A member damaged before it is packed: what is inside is reached, not only the envelope."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = [info for info in old.infolist() if not info.flag_bits & 1]
        chosen = random.choice(names) if names else None
        for info in names:
            data: bytes | bytearray = old.read(info)
            if info is chosen:
                for _ in range(random.choice((1, 2, 8))):
                    data = random.choice(_WAYS)(bytearray(data), (bytes(data),), random)
            new.writestr(info.filename, bytes(data))
    return out.getvalue()


def _flipped(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def _overwritten(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    at = random.randrange(len(data) + 1)
    noise = random.randbytes(random.choice((1, 2, 4, 64)))
    data[at : at + len(noise)] = noise
    return data


def _cut(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    at = random.randrange(len(data) + 1)
    if random.random() < 0.3:
        return data[:at]
    del data[at : at + random.choice((1, 8, 256, 4096))]
    return data


def _doubled(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    at = random.randrange(len(data) + 1)
    piece = data[at : at + random.choice((1, 16, 512))]
    data[at:at] = piece * random.choice((1, 2, 50))
    return data


def _token(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    at = random.randrange(len(data) + 1)
    token = random.choice(_TOKENS) * random.choice((1, 1, 1, 3, 1000))
    data[at : at + (len(token) if random.random() < 0.5 else 0)] = token
    return data


def _number(data: bytearray, _: Sequence[bytes], random: Random) -> bytearray:
    """A field of two, four or eight octets gets an extreme value."""
    width = random.choice((2, 4, 8))
    value = random.choice((0, 1, (1 << (8 * width - 1)) - 1, (1 << (8 * width)) - 1))
    at = random.randrange(len(data) + 1)
    data[at : at + width] = value.to_bytes(width, random.choice(("big", "little")))
    return data


def _spliced(data: bytearray, samples: Sequence[bytes], random: Random) -> bytearray:
    other = random.choice(samples)
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


_WAYS: Final[tuple[Callable[[bytearray, Sequence[bytes], Random], bytearray], ...]] = (
    _flipped, _overwritten, _cut, _doubled, _token, _token, _number, _spliced,
)  # fmt: skip
