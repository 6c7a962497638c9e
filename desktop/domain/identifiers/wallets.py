"""Addresses and transactions on public chains."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.identifiers.base58 import (
    Base58AlphabetError,
    Base58ChecksumError,
    decode_check,
    encode_check,
)
from desktop.domain.identifiers.keccak import keccak_256
from desktop.domain.identifiers.plain import packed
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, result
from desktop.domain.identifiers.segwit import segwit_program

_BASE58_FORMS: Final = {0x00: "p2pkh", 0x05: "p2sh", 0x6F: "testnet", 0xC4: "testnet"}
_SEGWIT: Final = re.compile(r"(?:bc|tb|bcrt)1", re.IGNORECASE)
_TRON: Final = 0x41
_HEX_ADDRESS: Final = re.compile(r"(?:0x)?([0-9a-f]{40})", re.IGNORECASE)
_TRON_HEX: Final = re.compile(r"(?:0x)?(41[0-9a-f]{40})", re.IGNORECASE)
_HASH: Final = re.compile(r"(?:0x)?([0-9a-f]{64})", re.IGNORECASE)


def check_btc(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """Base58Check (``1…``, ``3…``), bech32 (``bc1q…``) or bech32m (``bc1p…``). Fact ``form``."""
    text = packed(value).removeprefix("bitcoin:").partition("?")[0]
    if not text:
        return result(kind, value, "", invalid=("empty",))
    if _SEGWIT.match(text):
        return _segwit(kind, value, text)
    try:
        payload = decode_check(text)
    except Base58AlphabetError:
        return result(kind, value, text, invalid=("characters",))
    except Base58ChecksumError:
        return result(kind, value, text, invalid=("checksum",))
    form = _BASE58_FORMS.get(payload[0])
    if form is None or len(payload) != 21:
        return result(kind, value, text, invalid=("prefix",))
    warn = ("testnet",) if form == "testnet" else ()
    return result(kind, value, text, warn=warn, facts={"form": form})


def _segwit(kind: str, value: str, text: str) -> IdentifierCheck:
    found = segwit_program(text)
    if found is None:
        return result(kind, value, text, invalid=("checksum",))
    prefix, version, program = found
    forms = {(0, 20): "p2wpkh", (0, 32): "p2wsh", (1, 32): "p2tr"}
    facts = {"form": forms.get((version, len(program)), "witness")}
    warn = () if prefix == "bc" else ("testnet",)
    return result(kind, value, text.lower(), warn=warn, facts=facts)


def eip55(address: str) -> str:
    """40 hex digits in the mixed case that carries a checksum (EIP-55), with ``0x``."""
    lower = address.lower()
    digest = keccak_256(lower.encode("ascii")).hex()
    return "0x" + "".join(
        sign.upper() if int(nibble, 16) > 7 else sign
        for sign, nibble in zip(lower, digest, strict=False)
    )


def check_eth(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``0x`` + 40 hex digits, also of BSC and other chains of the same form. Mixed case must be EIP-55.

    The normal form is EIP-55. Fact ``case`` = ``unchecked``: one case throughout, no checksum to compare.
    """
    text = packed(value)
    if not text:
        return result(kind, value, "", invalid=("empty",))
    match = _HEX_ADDRESS.fullmatch(text)
    if match is None:
        return result(kind, value, text, invalid=(_hex_problem(text),))
    address = match.group(1)
    normal = eip55(address)
    if address in (address.lower(), address.upper()):
        warn = ("repeated",) if len(set(address)) == 1 else ()
        return result(kind, value, normal, warn=warn, facts={"case": "unchecked"})
    invalid = () if f"0x{address}" == normal else ("checksum",)
    return result(kind, value, normal, invalid=invalid)


def _hex_problem(text: str) -> str:
    digits = text.lower().removeprefix("0x")
    return "length" if re.fullmatch(r"[0-9a-f]+", digits) else "characters"


def check_tron(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``T`` + 33 characters in Base58Check, version 0x41. The node's hex form (``41…``) becomes that."""
    text = packed(value)
    if not text:
        return result(kind, value, "", invalid=("empty",))
    raw = _TRON_HEX.fullmatch(text)
    if raw:
        normal = encode_check(bytes.fromhex(raw.group(1)))
        return result(kind, value, normal, facts={"form": "hex"})
    try:
        payload = decode_check(text)
    except Base58AlphabetError:
        return result(kind, value, text, invalid=("characters",))
    except Base58ChecksumError:
        return result(kind, value, text, invalid=("checksum",))
    if payload[0] != _TRON or len(payload) != 21:
        return result(kind, value, text, invalid=("prefix",))
    return result(kind, value, text)


def check_tx_hash(kind: str, value: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """64 hex digits; the normal form is lower case without ``0x``. The chain must be told beside it."""
    text = packed(value)
    if not text:
        return result(kind, value, "", invalid=("empty",))
    match = _HASH.fullmatch(text)
    if match is None:
        return result(kind, value, text, invalid=(_hex_problem(text),))
    normal = match.group(1).lower()
    return result(kind, value, normal, warn=("repeated",) if len(set(normal)) == 1 else ())
