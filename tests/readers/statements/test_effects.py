"""Whether money moved: by the status of a line, and by what the line is at all."""

from __future__ import annotations

import io

from desktop.domain.ids import EvidenceId
from desktop.domain.statements.statement import Effect, MoneyDirection, Statement
from desktop.readers.statements.open_statement import open_statement
from desktop.services.extraction.statement_transfers import transfer_of_row
from tests.support.every_row import every_row


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@every_row(
    "status",
    ["失败", "转账失败", "处理失败，余额不足", "交易取消", "已撤销", "冲正成功", "退汇", "已退回",
     "已原路退回", "全额退款", "退款成功", "交易关闭（超时）",
     "对方未收款，已退还", "被拒绝"],
)  # fmt: skip
def test_what_failed_or_came_back_is_no_loss(status: str) -> None:
    lines = [
        f"2026-11-24 10:00:0{n},支出,98000.00,王五,{said}"
        for n, said in enumerate((status, "成功"))
    ]
    found = read("交易时间,收支,金额,对方户名,交易状态", *lines)
    assert [row.effect for row in found.rows] == [Effect.UNDONE, Effect.MOVED]
    typed = [transfer_of_row(found.head, row, EvidenceId("e")) for row in found.rows]
    assert [bool(made.attempted) for made in typed] == [True, False]


@every_row(
    "status",
    [
        "成功",
        "处理中",
        "退款失败",
        "冲正失败",
        "部分退款",
        "退款中",
        "等待对方收款",
        "已退款(￥12.00)",
    ],
)
def test_what_may_yet_be_stopped_is_a_payment(status: str) -> None:
    (row,) = read(
        "交易时间,收支,金额,对方户名,交易状态", f"2026-11-24 10:00:00,支出,98000.00,王五,{status}"
    ).rows
    assert row.effect is Effect.MOVED


def test_sums_of_a_day_or_month_are_no_payments_and_no_sums_of_the_file() -> None:
    """They bear a day and a sum, as movements do."""
    header = "交易日期,摘要,借方金额,贷方金额,余额,对方户名"
    sums = [
        f"2026-11-24,{word},50000.00,0.00,100.00,"
        for word in ("本日合计", "本 月 合 计", "本年累计", "承前页", "期末余额")
    ]
    whole = "2026-11-30,合计,50700.00,0.00,100.00,"
    paid = "2026-11-24,转账,50000.00,,100.00,王五"
    usual = "2026-11-25,转账,700.00,,100.00,李会计"
    found = read(header, paid, *sums, usual, whole)
    assert [(row.row, row.amount_fen) for row in found.rows] == [(2, 5_000_000), (8, 70_000)]
    assert [(total.direction, total.amount_fen) for total in found.stated] == [
        (MoneyDirection.IN, 0),
        (MoneyDirection.OUT, 5_070_000),
    ]
    assert {item.code for item in found.findings} == {"unknown_layout", "no_clock"}
