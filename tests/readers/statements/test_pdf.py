"""Statements in PDF: every drawn row comes back, with long cells wrapped and over several pages."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.statements.statement import MoneyDirection, Statement
from desktop.readers.statements.open_statement import open_statement
from tests.readers.statements.drawn import Drawing, pdf

MANY = 70


def breakable(number: str, every: int = 14) -> str:
    """A number that wraps in its cell; the break itself leaves no sign."""
    return "\u200b".join(number[at : at + every] for at in range(0, len(number), every))


def wechat_rows() -> list[list[str]]:
    return [
        [
            breakable(f"42000020262026112410{n:012d}"), f"2026-11-24 10:{n % 60:02d}:{n % 59:02d}", "转账",
            "支出" if n % 3 else "收入", "招商银行(1234)", f"{980 + n}.{n % 100:02d}", f"王{n}",
            breakable(f"1000{n:024d}"),
        ]
        for n in range(MANY)
    ]  # fmt: skip


WECHAT = Drawing(
    "微信支付交易明细证明",
    (
        "交易单号",
        "交易时间",
        "交易类型",
        "收/支/其他",
        "交易方式",
        "金额(元)",
        "交易对方",
        "商户单号",
    ),
    (1.5, 1.2, 0.8, 0.9, 1.2, 0.9, 1, 1.6),
    wechat_rows(),
    above=(
        "兹证明：张三（居民身份证：110101199003070337），在其微信号：zhangsan_01 中的交易明细信息如下：",
    ),
    below=("说明：1. 本证明仅供个人对账使用",),
)
ICBC = Drawing(
    "中国工商银行借记账户历史明细（电子版）",
    (
        "交易日期", "账号", "储种", "序号", "币种", "钞汇", "摘要", "地区", "收入/支出金额", "余额", "对方户名",
        "对方账号", "渠道",
    ),
    (1.1, 1.5, 0.6, 0.6, 0.7, 0.5, 0.8, 0.6, 1.2, 1.1, 1, 1.6, 0.9),
    [
        [
            f"2026-11-{1 + n % 28:02d} 10:12:{n % 60:02d}", "6222021234567890123", "活期", f"{n:05d}", "人民币", "钞",
            "跨行汇款", "0200", f"{'-' if n % 2 else '+'}{n + 1},000.50", f"{90 + n},123.45", f"李{n}",
            "6217000010001234567", "手机银行",
        ]
        for n in range(MANY)
    ],
    above=("卡号 6222021234567890123   户名：张三   起止日期：2026-11-01 — 2026-11-28",),
    below=("请扫描二维码 识别明细真伪",),
)  # fmt: skip
ALIPAY = Drawing(
    "支付宝支付科技有限公司 交易流水证明",
    ("收/支", "交易对方", "商品说明", "收/付款方式", "金额", "交易订单号", "商家订单号", "交易时间"),
    (0.6, 1, 1.2, 1.1, 0.8, 1.6, 1.6, 1.2),
    [
        [
            "支出" if n % 2 else "不计收支", f"商户{n}", "转账备注：往来款项和其他很长的说明文字", "余额",
            f"{n + 5}.00", breakable(f"20261124220014{n:014d}"), breakable(f"M{n:020d}"),
            f"2026-11-24 11:{n % 60:02d}:05",
        ]
        for n in range(MANY)
    ],
    above=("编号:2026112400010", "兹证明:张三(证件号码:110101199003070337)在其支付宝账号138******78中明细信息如下:"),
)  # fmt: skip


def read(drawing: Drawing) -> Statement:
    return open_statement(io.BytesIO(pdf(drawing))).whole()


def plain(cell: str) -> str:
    return cell.replace("\u200b", "")


def test_the_proof_of_wechat_pay() -> None:
    found = read(WECHAT)
    assert (found.head.layout, found.head.container) == ("wechat_proof", "pdf")
    assert len(found.rows) == MANY
    for row, drawn in zip(found.rows, WECHAT.rows, strict=True):
        assert row.reference == plain(drawn[0])
        assert row.merchant_reference == plain(drawn[7])
        assert row.time_text == drawn[1]
        assert row.amount_text == drawn[5]
        assert row.counterparty == drawn[6]
        assert row.direction is (MoneyDirection.OUT if drawn[3] == "支出" else MoneyDirection.IN)


def test_the_history_of_icbc() -> None:
    found = read(ICBC)
    assert found.head.layout == "icbc_history"
    assert len(found.rows) == MANY
    for row, drawn in zip(found.rows, ICBC.rows, strict=True):
        assert (row.time_text, row.amount_text) == (drawn[0], drawn[8])
        assert (row.counterparty, row.account) == (drawn[10], drawn[11])
        assert row.direction is (MoneyDirection.IN if drawn[8][0] == "+" else MoneyDirection.OUT)


def test_the_proof_of_alipay() -> None:
    found = read(ALIPAY)
    assert found.head.layout == "alipay_proof"
    assert len(found.rows) == MANY
    for row, drawn in zip(found.rows, ALIPAY.rows, strict=True):
        assert (row.reference, row.merchant_reference) == (plain(drawn[5]), plain(drawn[6]))
        assert (row.time_text, row.amount_text, row.counterparty) == (drawn[7], drawn[4], drawn[1])


def test_a_statement_behind_another_is_reported_and_not_read_by_its_columns() -> None:
    merged = pypdfium2.PdfDocument.new()
    for drawing in (WECHAT, ICBC):
        merged.import_pages(pypdfium2.PdfDocument(pdf(drawing)))
    out = io.BytesIO()
    merged.save(out)
    found = open_statement(out).whole()
    assert found.rows == read(WECHAT).rows
    (told,) = (finding for finding in found.findings if finding.code == "behind")
    assert dict(told.params) == {"n": MANY}


def test_a_pdf_without_a_table_is_reported() -> None:
    letter = Drawing("情况说明", ("一", "二"), (1, 1), [["今天", "没有账单"]])
    with pytest.raises(UserInputError, match=r"statement\.unknown"):
        read(letter)
