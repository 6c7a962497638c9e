"""Exports of exchanges and chains: coins keep their unit, never become yuan; addresses and hashes are identifiers."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from desktop.domain.identifiers.money.wallets import eip55, encode_check
from desktop.domain.statements.coin_identifiers import coin_identifiers
from desktop.domain.statements.statement import MoneyDirection, Statement
from desktop.domain.time.local_time import CHINA
from desktop.readers.statements.open_statement import open_statement
from tests.support.every_row import every_row

MINE, SHOP, THIRD = (eip55(pair * 20) for pair in ("a1", "c3", "e5"))
HASHES = [f"0x{number:064x}" for number in range(0xABCDEF01, 0xABCDEF09)]
TRON = [encode_check(bytes([0x41]) + bytes([number]) * 20) for number in (7, 8, 9)]
AT = datetime(2026, 11, 24, 10, 12, 35, tzinfo=CHINA)
UTC = "2026-11-24 02:12:35"
OKX_TRADES = (
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,"
    "Position Change,Position Balance,Balance Change,Balance,Balance Unit"
)


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\r\n".join(lines).encode())).whole()


def test_tokens_of_etherscan_go_by_the_address_whose_export_it_is() -> None:
    found = read(
        '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue","USDValueDayOfTx",'
        '"ContractAddress","TokenName","TokenSymbol"',
        f'"{HASHES[0]}","1","1790000000","{UTC}","{MINE}","{SHOP}","12,500.25","12500",'
        f'"{THIRD}","Tether USD","USDT"',
        f'"{HASHES[1]}","2","1790000001","{UTC}","{SHOP}","{MINE}","0.000001","0","{THIRD}","Tether USD","USDT"',
        f'"{HASHES[2]}","3","1790000002","{UTC}","{MINE}","{THIRD}","7","7","{THIRD}","Tether USD","USDT"',
    )
    assert (found.head.layout, found.head.source) == ("etherscan_token", "Etherscan")
    assert [row.direction for row in found.rows] == [
        MoneyDirection.OUT,
        MoneyDirection.IN,
        MoneyDirection.OUT,
    ]
    assert [row.account for row in found.rows] == [SHOP, SHOP, THIRD]
    first = found.rows[0]
    assert (first.amount_text, first.currency, first.amount_fen) == ("12,500.25", "USDT", None)
    assert first.time == AT, "UTC became legal time"
    assert {finding.code: dict(finding.params) for finding in found.findings} == {
        "zone": {"hours": 8}
    }


def test_ether_has_a_column_for_each_way_and_a_tiny_part_is_no_zero() -> None:
    found = read(
        '"Txhash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(ETH)",'
        '"Value_OUT(ETH)","CurrentValue","TxnFee(ETH)","TxnFee(USD)","$/Eth","Status","ErrCode","Method"',
        f'"{HASHES[0]}","1","1","{UTC}","{SHOP}","{MINE}","","0.000000000000000001","0","","","","","","","Transfer"',
        f'"{HASHES[1]}","2","1","{UTC}","{MINE}","{THIRD}","","0","3.2","","","","","","","Transfer"',
        f'"{HASHES[2]}","3","1","{UTC}","{MINE}","{SHOP}","","0","1","","","","","Error(0)","Reverted","Transfer"',
    )  # fmt: skip
    assert found.head.layout == "etherscan"
    assert [(row.direction, row.amount_text, row.currency) for row in found.rows] == [
        (MoneyDirection.IN, "0.000000000000000001", "ETH"),
        (MoneyDirection.OUT, "3.2", "ETH"),
        (MoneyDirection.OUT, "1", "ETH"),
    ]
    assert [row.effect for row in found.rows] == ["moved", "moved", "undone"]


def test_a_chain_nobody_described_is_read_by_its_columns_and_its_coin_is_not_yuan() -> None:
    found = read(
        "Txn Hash,Block,Time(UTC),From,To,Amount,Result",
        f"{HASHES[0][2:]},1,{UTC},{TRON[0]},{TRON[1]},500000,SUCCESS",
        f"{HASHES[1][2:]},2,{UTC},{TRON[0]},{TRON[2]},20.5,OUT_OF_ENERGY",
    )
    assert found.head.layout == ""
    assert [(row.direction, row.currency, row.amount_fen) for row in found.rows] == [
        (MoneyDirection.OUT, "?", None)
    ] * 2
    assert [row.effect for row in found.rows] == ["moved", "undone"]
    assert [row.account for row in found.rows] == TRON[1:]


@pytest.mark.parametrize(
    ("lines", "layout", "direction", "amount", "currency"),
    [
        (
            ("UID:1,Account Type:Main,Time Zone:UTC+8", "id,Time,Type,Amount,Before Balance,After Balance,Symbol",
             "1,2026-11-24 10:12:35,Withdrawal,-9800.00,9800,0,USDT"),
            "okx_funding", MoneyDirection.OUT, "-9800.00", "USDT",
        ),
        (
            ("UID:1,Account Type:Main,Time Zone:UTC-4", "id,Time,Type,Amount,Before Balance,After Balance,Fee,Symbol",
             "1,2026-11-23 22:12:35,Deposit,0.5,0,0.5,0,BTC"),
            "okx_funding", MoneyDirection.IN, "0.5", "BTC",
        ),
        (
            ("UID:1,Time Zone:UTC+8", OKX_TRADES,
             "1,22,2026-11-24 10:12:35,Spot,BTC-USDT,Sell,0.1,BTC,98000,0,-1,USDT,0,0,9799,9799,USDT"),
            "okx_trading", MoneyDirection.IN, "9799", "USDT",
        ),
        (
            ("User_ID,UTC_Time,Account,Operation,Coin,Change,Remark", f"1,{UTC},Spot,Withdraw,USDT,-9800,x"),
            "binance", MoneyDirection.OUT, "-9800", "USDT",
        ),
        (
            ("Date(UTC+8),Coin,Network,Amount,Fee,Address,TXID,Status",
             f"2026-11-24 10:12:35,USDT,TRX,9800,1,{TRON[0]},{HASHES[0][2:]},Completed"),
            "binance_transfers", MoneyDirection.NEUTRAL, "9800", "USDT",
        ),
    ],
)  # fmt: skip
def test_exchanges(
    lines: tuple[str, ...], layout: str, direction: MoneyDirection, amount: str, currency: str
) -> None:
    found = read(*lines)
    (row,) = found.rows
    assert found.head.layout == layout
    assert (row.direction, row.amount_text, row.currency) == (direction, amount, currency)
    assert (row.amount_fen, row.balance_fen) == (None, None)
    assert row.time == AT


def test_addresses_and_hashes_are_identifiers_once_each_the_busiest_first() -> None:
    rows = [f"{HASHES[n]},1,{UTC},{MINE},{SHOP},5,USDT" for n in range(3)]
    found = read("Transaction Hash,Block,Time(UTC),From,To,Amount,Token Symbol", *rows)
    first, *hashes = coin_identifiers(found.rows)
    assert (first.kind, first.normal, first.row, first.rows) == ("eth", SHOP, 2, 3)
    assert [item.kind for item in hashes] == ["tx_hash"] * 3
    assert hashes[0].normal == HASHES[0][2:]
    assert len(coin_identifiers(found.rows, most=2)) == 2


def test_masked_or_mistyped_addresses_and_yuan_give_no_identifier() -> None:
    wrong = MINE[:-1] + ("0" if MINE[-1] != "0" else "1")
    found = read(
        "Transaction Hash,Block,Time(UTC),From,To,Amount,Token Symbol",
        f"0xdedce3****0177adc9,1,{UTC},{SHOP},{wrong},5,USDT",
        f"{HASHES[0]},1,{UTC},{SHOP},{THIRD},5,CNY",
    )
    assert coin_identifiers(found.rows) == ()


@every_row(
    ("title", "source"),
    [
        ("中国邮政储蓄银行借记账户历史明细", "中国邮政储蓄银行"),
        ("平安银行个人账户交易明细清单", "平安银行"),
        ("兴业银行交易流水", "兴业银行"),
        ("中国光大银行账户明细查询清单", "中国光大银行"),
        ("个人账户对账单 中国民生银行", "中国民生银行"),
        ("中信银行账户交易明细", "中信银行"),
        ("个人账户交易流水证明 广发银行股份有限公司", "广发银行"),
        ("华夏银行个人账户交易流水", "华夏银行"),
        ("上海银行交易明细 Transaction Details", "上海银行"),
        ("甘肃农村商业银行股份有限公司 账户/卡明细信息", "农村商业银行"),
        ("中国工商银行账户明细清单", "中国工商银行"),
        ("中国建设银行账户明细信息", "中国建设银行"),
        ("上海浦东发展银行电子对账单", "上海浦东发展银行"),
    ],
)
def test_banks_known_by_their_title(title: str, source: str) -> None:
    found = read(
        title, "交易日期,交易时间,借方发生额,贷方发生额,余额,对方户名,对方账号",
        "2026-11-24,10:12:35,98000.00,,12.00,陈某某,6230520010037788996",
    )  # fmt: skip
    (row,) = found.rows
    assert (found.head.source, row.direction, row.amount_fen) == (
        source,
        MoneyDirection.OUT,
        9_800_000,
    )
    assert (row.account, row.time) == ("6230520010037788996", AT)
