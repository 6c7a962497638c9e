"""Addresses and transactions of coins in a statement; what only looks like one, or is about yuan, is none."""

from __future__ import annotations

from desktop.domain.statements.coin_identifiers import coin_identifiers
from tests.domain.statements.test_packed_rows import row

BTC = "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"
ETH = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
HASH = "0x" + "ab" * 32


def test_what_stands_in_most_rows_comes_first() -> None:
    statement = [
        row(1, currency="CNY", account=ETH, reference=HASH),
        row(2, currency="USDT", account=ETH, reference="26111234567890"),
        row(3, currency="BTC", account=BTC, reference=HASH),
        row(4, currency="BTC", account=BTC, reference=""),
        row(5, currency="BTC", account=BTC[:-1] + "5", reference="T" + "1" * 33),
    ]
    found = coin_identifiers(statement)
    assert [(item.kind, item.value, item.row, item.rows) for item in found] == [
        ("btc", BTC, 3, 2),
        ("eth", ETH, 2, 1),
        ("tx_hash", HASH, 3, 1),
    ]
    assert found[0].normal == BTC.lower()
    assert coin_identifiers(statement, most=1) == found[:1]
    assert coin_identifiers([]) == ()
