"""Segregated-witness addresses of Bitcoin (BIP 173, BIP 350)."""

from __future__ import annotations

from desktop.domain import bech32


def segwit_program(text: str) -> tuple[str, int, bytes] | None:
    """Human-readable part, witness version and program of an address; None when it is not one."""
    try:
        prefix, values, constant = bech32.split(text)
        program = bytes(bech32.regroup(values[1:], 5, 8, pad=False))
    except ValueError:
        return None
    if not values or values[0] > 16 or not 2 <= len(program) <= 40:
        return None
    version = values[0]
    if version == 0 and len(program) not in (20, 32):
        return None
    if constant != (bech32.BECH32 if version == 0 else bech32.BECH32M):
        return None
    return prefix, version, program
