"""Addresses on public chains, against the vectors of their specifications."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import CheckVerdict
from desktop.domain.identifiers.money import bech32
from desktop.domain.identifiers.money.wallets import (
    Base58ChecksumError,
    _sponge,
    decode_check,
    encode_check,
    keccak_256,
    segwit_program,
)
from tests.domain.identifiers.conftest import Checking
from tests.support.every_row import every_row

EIP_55 = (
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "0x8617E340B3D01FA5F11F306F4090FD50E238070D",
    "0xde709f2102306220921060314715629080e2fb77",
    "0x27b1fdb04752bbc536007a920d24acb045561c26",
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
)
BIP_173_STRINGS = (
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    f"11{'q' * 82}c8247j",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl",
)
SEGWIT = (
    (
        "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        0,
        "751e76e8199196d454941c45d1b3a323f1433bd6",
    ),
    (
        "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
        0,
        "1863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262",
    ),
    (
        "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
        1,
        "751e76e8199196d454941c45d1b3a323f1433bd6" * 2,
    ),
    ("BC1SW50QGDZ25J", 16, "751e"),
    ("bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", 2, "751e76e8199196d454941c45d1b3a323"),
    (
        "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
        1,
        "000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433",
    ),
    (
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        1,
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
    ),
)
BIP_350_INVALID = (
    "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
    "tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf",
    "BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh",
    "tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47",
    "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
    "BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
    "bc1pw5dgrnzv",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
    "BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
    "tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j",
    "bc1gmk9yu",
)


@pytest.mark.parametrize(
    ("text", "digest"),
    [
        (b"", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
        (b"abc", "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    ],
)
def test_keccak(text: bytes, digest: str) -> None:
    assert keccak_256(text).hex() == digest


@given(st.binary(max_size=600))
def test_the_permutation_is_that_of_sha3(data: bytes) -> None:
    assert _sponge(data, 0x06) == hashlib.sha3_256(data).digest()


@every_row("address", EIP_55)
def test_eip_55(checking: Checking, address: str) -> None:
    found = checking("eth", address)
    assert (found.verdict, found.normal) == (CheckVerdict.VALID, address)
    assert checking("eth", address.lower()).normal == address


@every_row("address", EIP_55[4:])
@every_row("place", [2, 9, 41])
def test_a_wrong_case_is_caught(checking: Checking, address: str, place: int) -> None:
    sign = address[place]
    changed = address[:place] + sign.swapcase() + address[place + 1 :]
    problems = checking("eth", changed).problems
    assert problems == (() if sign.isdigit() else ("checksum",))


@pytest.mark.parametrize("text", BIP_173_STRINGS)
def test_bip_173_strings(text: str) -> None:
    assert bech32.split(text)[2] == bech32.BECH32


@pytest.mark.parametrize(("address", "version", "program"), SEGWIT)
def test_segwit_addresses(checking: Checking, address: str, version: int, program: str) -> None:
    found = segwit_program(address)
    assert found is not None
    assert found[1:] == (version, bytes.fromhex(program))
    expected = CheckVerdict.VALID if found[0] == "bc" else CheckVerdict.WARN
    assert checking("btc", address).verdict is expected


@every_row("address", BIP_350_INVALID)
def test_bip_350_refusals(checking: Checking, address: str) -> None:
    assert checking("btc", address).verdict is CheckVerdict.INVALID


@given(st.binary(min_size=1, max_size=40))
def test_base58_round_trip(payload: bytes) -> None:
    assert decode_check(encode_check(payload)) == payload


@given(st.binary(min_size=21, max_size=21), st.integers(0, 40), st.integers(1, 57))
def test_base58_catches_a_wrong_character(payload: bytes, place: int, shift: int) -> None:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    text = encode_check(payload)
    place %= len(text)
    wrong = alphabet[(alphabet.index(text[place]) + shift) % 58]
    with pytest.raises(Base58ChecksumError):
        decode_check(text[:place] + wrong + text[place + 1 :])


@every_row(
    ("kind", "address", "verdict", "problem"),
    [
        ("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", CheckVerdict.VALID, ""),
        ("btc", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", CheckVerdict.VALID, ""),
        ("btc", "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", CheckVerdict.VALID, ""),
        ("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", CheckVerdict.INVALID, "checksum"),
        ("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN0", CheckVerdict.INVALID, "characters"),
        ("btc", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", CheckVerdict.INVALID, "prefix"),
        ("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", CheckVerdict.VALID, ""),
        ("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6T", CheckVerdict.INVALID, "checksum"),
        ("tron", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", CheckVerdict.INVALID, "prefix"),
        ("tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6l", CheckVerdict.INVALID, "characters"),
        ("eth", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", CheckVerdict.INVALID, "length"),
        ("eth", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", CheckVerdict.INVALID, "characters"),
        ("eth", "0x" + "0" * 40, CheckVerdict.WARN, "repeated"),
        ("tx_hash", "0x" + "Ab" * 32, CheckVerdict.VALID, ""),
        ("tx_hash", "ab" * 31, CheckVerdict.INVALID, "length"),
    ],
)
def test_addresses(
    checking: Checking, kind: str, address: str, verdict: CheckVerdict, problem: str
) -> None:
    found = checking(kind, address)
    assert (found.verdict, found.problems) == (verdict, (problem,) if problem else ())


def test_the_node_form_of_a_tron_address(checking: Checking) -> None:
    found = checking("tron", "41a614f803b6fd780986a42c78ec9c7f77e6ded13c")
    assert found.normal == "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
