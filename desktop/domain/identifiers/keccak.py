"""Keccak-256 as Ethereum uses it: the hash before FIPS 202 changed its padding, so not ``hashlib.sha3_256``."""

from __future__ import annotations

from typing import Final

_MASK: Final = (1 << 64) - 1
_RATE: Final = 136
_LANES: Final = 25


def _round_constants() -> tuple[int, ...]:
    """The 24 constants, from the shift register of the specification (x^8 + x^6 + x^5 + x^4 + 1)."""
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << (1 << power) - 1
            register <<= 1
            if register & 0x100:
                register ^= 0x171
        constants.append(constant)
    return tuple(constants)


def _steps() -> tuple[tuple[int, int], ...]:
    """Lane and rotation, in the order in which rho and pi walk."""
    x, y, steps = 1, 0, []
    for turn in range(24):
        x, y = y, (2 * x + 3 * y) % 5
        steps.append((x + 5 * y, (turn + 1) * (turn + 2) // 2 % 64))
    return tuple(steps)


_CONSTANTS: Final = _round_constants()
_STEPS: Final = _steps()


def keccak_256(data: bytes) -> bytes:
    """The digest, 32 bytes."""
    return _sponge(data, 0x01)


def _sponge(data: bytes, domain: int) -> bytes:
    """Absorb and squeeze; ``domain`` is the byte after the data (0x06 would give SHA3-256)."""
    padded = bytearray(data + bytes(_RATE - len(data) % _RATE))
    padded[len(data)] ^= domain
    padded[-1] ^= 0x80
    lanes = [0] * _LANES
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            word = padded[start + 8 * lane : start + 8 * lane + 8]
            lanes[lane] ^= int.from_bytes(word, "little")
        _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permute(lanes: list[int]) -> None:
    for constant in _CONSTANTS:
        columns = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        for x in range(5):
            mixed = columns[x - 1] ^ _rotated(columns[(x + 1) % 5], 1)
            for y in range(0, _LANES, 5):
                lanes[x + y] ^= mixed
        carried = lanes[1]
        for lane, turn in _STEPS:
            lanes[lane], carried = _rotated(carried, turn), lanes[lane]
        for y in range(0, _LANES, 5):
            row = lanes[y : y + 5]
            for x in range(5):
                lanes[x + y] = row[x] ^ (~row[(x + 1) % 5] & _MASK & row[(x + 2) % 5])
        lanes[0] ^= constant


def _rotated(lane: int, turn: int) -> int:
    return (lane << turn | lane >> 64 - turn) & _MASK
