"""Bills for the windows that read them. Every person, number and sum is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from desktop.domain.identifiers.money.wallets import eip55


def chain_export() -> bytes:
    """Two payments of tokens to one address and a third to another, as a chain explorer exports them."""
    mine, theirs, other = (eip55(pair * 20) for pair in ("a1", "c3", "e5"))
    head = (
        "Transaction Hash,Blockno,UnixTimestamp,DateTime (UTC),From,To,TokenValue,USDValueDayOfTx,"
        "ContractAddress,TokenName,TokenSymbol"
    )
    rows = (
        ("24 02:12:35", theirs, "12500.25"),
        ("24 03:40:00", theirs, "8000"),
        ("25 01:00:09", other, "50"),
    )
    lines = [
        f"0x{0xABCDEF00 + number:064x},{number},1,2026-11-{time},{mine},{to},{value},,{mine},Tether USD,USDT"
        for number, (time, to, value) in enumerate(rows)
    ]
    return "\n".join((head, *lines)).encode()


_WECHAT_HEAD = """微信支付账单明细,,,,,,,,,,
微信昵称：[秀兰],,,,,,,,,,
起始时间：[2026-11-01 00:00:00] 终止时间：[2026-11-24 12:00:00],,,,,,,,,,
导出类型：[全部],,,,,,,,,,
共{rows}笔记录,,,,,,,,,,
收入：{came}笔 {came_sum}元,,,,,,,,,,
支出：{went}笔 {went_sum}元,,,,,,,,,,
----------------------微信支付账单明细列表--------------------,,,,,,,,,,
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
"""
WECHAT_ROWS = (
    ("2026-11-24 10:21:07", "转账", "财务王姐", "转账备注:任务保证金", "支出", "¥20000.00", "中国建设银行(4569)",
     "对方已收钱", "1000050001202611240018842311220", "/"),
    ("2026-11-24 10:12:35", "转账", "财务王姐", "转账备注:任务本金", "支出", "¥98000.00", "中国建设银行(4569)",
     "对方已收钱", "1000050001202611240018841100871", "/"),
    ("2026-11-24 09:40:02", "转账", "接待员小林", "转账备注:微信转账", "收入", "¥56.00", "/", "已存入零钱",
     "1000050001202611240018830021466", "/"),
    ("2026-11-23 18:22:40", "扫二维码付款", "城关区鲜果店", "收款方备注:二维码收款", "支出", "¥36.50", "零钱", "已转账",
     "1000050001202611230018811002319", "/"),
    ("2026-11-23 12:05:11", "商户消费", "美团", "美团订单-26112311100400001305876211", "支出", "¥28.90", "零钱",
     "支付成功", "4200002411202611234418820117", "26112311100400001305876211"),
    ("2026-11-22 20:31:55", "转账", "李建军", "转账备注:微信转账", "支出", "¥500.00", "零钱", "已全额退款",
     "1000050001202611220018790044512", "/"),
)  # fmt: skip


def wechat_bill(rows: tuple[tuple[str, ...], ...] = WECHAT_ROWS, *, went_sum: str = "") -> bytes:
    """A bill as WeChat exports it; ``went_sum`` in the place of the true sum makes it disagree."""
    came = [row for row in rows if row[4] == "收入"]
    went = [row for row in rows if row[4] == "支出"]
    head = _WECHAT_HEAD.format(
        rows=len(rows), came=len(came), came_sum=_sum(came), went=len(went), went_sum=went_sum or _sum(went)
    )  # fmt: skip
    lines = [",".join((*row[:8], f"{row[8]}\t", f"{row[9]}\t", "/")) for row in rows]
    return (head + "\n".join(lines) + "\n").encode("utf-8-sig")


def _sum(rows: list[tuple[str, ...]]) -> str:
    return f"{sum(round(float(row[5][1:]) * 100) for row in rows) / 100:.2f}"


def long_statement(rows: int) -> bytes:
    """A bank's statement with the payment of 98,000 yuan in the midst."""
    return "\n".join(_long_lines(rows)).encode("gb18030")


def _long_lines(rows: int) -> Iterator[str]:
    yield "中国农业银行账户明细查询"
    yield "户名：李秀兰  账号：6228480010012345678  起止日期：20260101-20261124"
    yield "交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日志号,交易渠道,交易附言"
    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    for number in range(rows):
        at += timedelta(minutes=1)
        fraud = number == rows // 2
        amount = "-98000.00" if fraud else f"-{number % 900 + 1}.50"
        other = "陈志强" if fraud else f"商户{number % 97}"
        yield (
            f"{at:%Y%m%d},{at:%H%M%S},转支,{amount},1000.00,{other},{900000000 + number},手机银行,"
        )
