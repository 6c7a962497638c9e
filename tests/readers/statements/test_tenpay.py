"""Files the payment institution gives the police: money in fen, numbers as text, the other side in four columns."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from desktop.domain.statements.statement import MoneyDirection
from desktop.domain.time.local_time import CHINA
from desktop.readers.statements.open_statement import open_statement

HEADER = (
    "用户ID", "交易单号", "大单号", "用户侧账号名称", "借贷类型", "交易业务类型", "交易用途类型", "交易时间",
    "交易金额(分)", "账户余额(分)", "用户银行卡号",
    "用户侧网银联单号", "网联/银联", "第三方账户名称", "对手方ID", "对手侧账户名称",
    "对手方银行卡号", "对手侧银行名称", "对手侧网银联单号", "基金公司信息", "间联/直联交易", "对手方接收时间",
    "对手方接收金额(分)", "备注1", "备注2",
)  # fmt: skip


def row(
    way: str, fen: str, card: str = "6230520010037788996", *, at: str = "2026-11-24 10:12:35"
) -> tuple[str, ...]:
    order = "1000050001202611240012345678901234"
    return (
        "wxid_abc123def", order, "", "李秀兰", way, "转账", "微信转账", at, fen, "100", "", "", "", "", "wxid_shua888",
        "陈志强", card, "中国农业银行", "", "", "", at, fen, "", "",
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_fen_become_yuan_and_both_directions_are_shown(encoding: str, delimiter: str) -> None:
    rows = (HEADER, row("出", "9800000"), row("入", "5"), row("出", "100", ""))
    text = "TenpayTrades\r\n" + "".join(delimiter.join(cells) + "\r\n" for cells in rows)
    found = open_statement(io.BytesIO(text.encode(encoding))).whole()
    assert (found.head.layout, found.head.source) == ("tenpay_trades", "财付通")
    assert [(item.direction, item.amount_fen) for item in found.rows] == [
        (MoneyDirection.OUT, 9_800_000), (MoneyDirection.IN, 5), (MoneyDirection.OUT, 100),
    ]  # fmt: skip
    first, _, last = found.rows
    assert first.time == datetime(2026, 11, 24, 10, 12, 35, tzinfo=CHINA)
    assert (first.counterparty, first.account, first.bank) == (
        "陈志强", "6230520010037788996", "中国农业银行",
    )  # fmt: skip
    assert last.account == "wxid_shua888", "without a card, the other side's own number"
    assert first.reference == "1000050001202611240012345678901234"
    assert first.balance_fen == 100
    assert found.findings == ()


def test_a_fraction_of_a_fen_is_reported_as_unreadable() -> None:
    text = "\r\n".join("\t".join(cells) for cells in (HEADER, row("出", "98.5")))
    (found,) = open_statement(io.BytesIO(text.encode())).whole().rows
    assert found.amount_fen is None
    assert found.problems == ("statement.cell.amount",)
