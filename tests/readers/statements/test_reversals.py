"""Bookings that were taken back: which two belong together, in whatever order a statement stands, and what stays."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.ids import EvidenceId
from desktop.domain.statements.statement import Effect, MoneyDirection, Statement, StatementRow
from desktop.domain.time.local_time import CHINA
from desktop.readers.statements.open_statement import open_statement
from desktop.services.extraction.statement_transfers import transfer_of_row
from tests.support.every_row import every_row
from tests.support.sweep import examples

HEADER = "交易时间,摘要,借方发生额,贷方发生额,对方户名,对方账号,附言"
BACK = "statement.cell.takes_back"
TAKEN = "statement.cell.taken_back"


def read(*lines: str, header: str = HEADER) -> Statement:
    return open_statement(io.BytesIO("\n".join((header, *lines)).encode())).whole()


def paid(
    clock: str, fen: str = "500.00", name: str = "王五", word: str = "转账", note: str = ""
) -> str:
    return f"2026-11-24 {clock},{word},{fen},,{name},,{note}"


def came(
    clock: str, fen: str = "500.00", name: str = "王五", word: str = "冲正", note: str = ""
) -> str:
    return f"2026-11-24 {clock},{word},,{fen},{name},,{note}"


def effects(*lines: str) -> list[Effect]:
    return [row.effect for row in read(*lines).rows]


def test_neither_of_the_two_moved_money_and_both_say_so() -> None:
    found = read(paid("10:00:00"), came("10:00:30"), paid("10:05:00"))
    first, second, third = found.rows
    assert [row.effect for row in found.rows] == [Effect.UNDONE, Effect.UNDONE, Effect.MOVED]
    assert (first.problems, second.problems, third.problems) == ((TAKEN,), (BACK,), ())
    assert (first.direction, second.direction) == (MoneyDirection.OUT, MoneyDirection.IN)
    assert transfer_of_row(found.head, first, EvidenceId("e")).attempted
    assert ("reversed", {"n": 2, "rows": "2、3"}) in [(it.code, it.params) for it in found.findings]
    assert "damaged" not in {it.code for it in found.findings}


@every_row(
    "word",
    ["冲正", "抹账", "冲账", "退汇", "原交易冲正", "网银转账退汇", "跨行转账退回", "系统自动冲正",
     "RETURN OF FUNDS 退汇", "转账失败退回", "冲正 20261124001234", "消费撤销", "当日冲正(系统)"],
)  # fmt: skip
def test_words_of_banks_say_it_by_themselves(word: str) -> None:
    assert effects(paid("10:00:00"), came("10:00:30", word=word)) == [Effect.UNDONE] * 2
    assert effects(came("10:00:30", word=word)) == [Effect.RETURNED]
    assert effects(came("10:00:30", word="", note=word)) == [Effect.RETURNED]


@pytest.mark.parametrize(
    "note", ["退回", "多转的退回给你", "户名不符", "收款账号户名不符，请核实", "押金退还"]
)
def test_what_people_write_too_counts_beside_the_payment_that_came_back(note: str) -> None:
    back = came("10:20:00", word="转账", note=note)
    assert effects(paid("10:00:00"), back) == [Effect.UNDONE] * 2
    assert effects(back) == [Effect.MOVED]
    assert effects(paid("10:00:00", name="李四"), back) == [Effect.MOVED] * 2
    assert effects(paid("10:00:00", fen="501.00"), back) == [Effect.MOVED] * 2
    assert effects(paid("10:30:00"), back) == [Effect.MOVED] * 2, "it is earlier"


@pytest.mark.parametrize(
    "word", ["冲正失败", "退汇手续费", "未撤销", "退款", "收费", "反冲", "申请撤销"]
)
def test_other_words_leave_all_as_it_is(word: str) -> None:
    assert effects(paid("10:00:00"), came("10:00:30", word=word)) == [Effect.MOVED] * 2


def test_a_payment_that_failed_by_its_own_words_takes_nothing_back() -> None:
    rows = read(came("10:00:00", word="转账存入"), paid("11:00:00", word="转账失败")).rows
    assert [row.effect for row in rows] == [Effect.MOVED, Effect.UNDONE]


def test_a_transfer_sent_again_after_its_reversal_is_a_payment() -> None:
    lines = [paid("10:00:00"), came("10:00:00"), paid("10:00:00")]
    days = [line.replace(" 10:00:00", "") for line in lines]
    undone = [Effect.UNDONE, Effect.UNDONE, Effect.MOVED]
    assert effects(*lines) == effects(*days) == undone
    later = [paid("10:05:00"), came("10:00:30"), paid("10:00:00")]
    assert effects(*later) == undone[::-1]


def test_the_own_account_of_a_bank_does_not_hide_which_payment_came_back() -> None:
    inner = came("15:00:00", name="待处理汇划款项", word="退汇")
    assert effects(paid("10:00:00"), inner) == [Effect.UNDONE] * 2
    nameless = came("15:00:00", name="", word="退汇")
    assert effects(paid("10:00:00"), nameless) == [Effect.UNDONE] * 2
    several = effects(paid("10:00:00"), paid("11:00:00", name="李四"), nameless)
    assert several == [Effect.MOVED, Effect.MOVED, Effect.RETURNED], "either may have come back"


def test_a_red_entry_undoes_the_one_it_takes_back() -> None:
    rows = read(
        paid("10:00:00"), paid("10:00:30", fen="-500.00"), paid("11:00:00", fen="9.00")
    ).rows
    assert [row.effect for row in rows] == [Effect.UNDONE, Effect.RETURNED, Effect.MOVED]
    assert rows[1].problems == ("statement.cell.red",)


def test_a_column_of_its_own_says_it_of_both() -> None:
    lines = [
        paid("10:00:00", word="转账") + ",Y",
        came("10:00:30", word="转账") + ",Y",
        paid("11:00:00") + ",N",
    ]
    rows = read(*lines, header=f"{HEADER},冲正标志").rows
    assert [row.effect for row in rows] == [Effect.UNDONE, Effect.UNDONE, Effect.MOVED]


def test_an_income_that_was_booked_by_mistake_is_none() -> None:
    rows = read(came("10:00:00", word="转账存入"), paid("10:00:30", word="冲正")).rows
    assert [row.effect for row in rows] == [Effect.UNDONE] * 2


def test_dollars_come_back_too() -> None:
    header = "Date,Description,Debit (USD),Credit (USD),Counterparty"
    lines = [
        '2026-11-24,OUTWARD TT,"8,000.00",,OAKMERE',
        '2026-11-25,RETURN OF FUNDS,,"8,000.00",OAKMERE',
    ]
    assert [row.effect for row in read(*lines, header=header).rows] == [Effect.UNDONE] * 2


@settings(max_examples=examples(40), deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["1.00", "2.00"]), st.sampled_from(["甲", "乙", ""]),
                  st.sampled_from(["转账", "冲正", "退汇", "退回"])),
        max_size=30,
    ),
    st.booleans(),
    st.integers(0, 900),
)  # fmt: skip
def test_each_reversal_undoes_one_earlier_booking_of_its_sum(
    drawn: list[tuple[bool, str, str, str]], backwards: bool, between: int
) -> None:
    """Whatever stands between them, and whichever end a statement begins with."""
    drawn[len(drawn) // 2 : len(drawn) // 2] = [(False, "7.00", "丙", "转账")] * between
    start = datetime(2026, 11, 1, tzinfo=CHINA)
    lines = []
    for number, (incoming, yuan, name, word) in enumerate(drawn):
        at = f"{start + timedelta(seconds=number):%Y-%m-%d %H:%M:%S}"
        lines.append(f"{at},{word},{'' if incoming else yuan},{yuan if incoming else ''},{name},,")
    rows = read(*(lines[::-1] if backwards else lines)).rows if lines else ()
    for side in (MoneyDirection.IN, MoneyDirection.OUT):
        for fen in (100, 200):
            backs = [
                row
                for row in rows
                if _is(row, fen, side) and row.problems == (BACK,) and row.effect is Effect.UNDONE
            ]
            other = [
                row
                for row in rows
                if _is(row, fen, side, opposite=True) and row.problems == (TAKEN,)
            ]
            alone = [row for row in other if row.summary in {"冲正", "退汇"}]
            assert len(backs) <= len(other) <= len(backs) + len(alone)
    assert {row.effect for row in rows if not row.problems} <= {Effect.MOVED}
    assert not [row for row in rows if row.summary == "转账" and row.problems == (BACK,)]


def _is(row: StatementRow, fen: int, side: MoneyDirection, *, opposite: bool = False) -> bool:
    return row.amount_fen == fen and (row.direction is side) != opposite


def test_what_was_taken_back_takes_nothing_back() -> None:
    lines = [
        came("10:00:00", word="转账"),
        paid("10:01:00", word="退回"),
        came("10:02:00", word="冲正"),
    ]
    assert effects(*lines[::-1]) == [Effect.UNDONE, Effect.UNDONE, Effect.MOVED]


@every_row(
    ("word", "name", "back", "moved"),
    [
        ("消费", "瑞幸咖啡", "退款", False),
        ("快捷支付", "财付通支付科技有限公司", "退款-快捷支付", False),
        ("转账", "某某商贸有限公司", "退货", False),
        ("转账", "云顶客服08", "退款", True),
        ("转账", "王强", "退款", True),
        ("扫码支付", "王强", "退款", True),
        ("扫码支付", "*强", "退款", True),
        ("消费", "瑞幸咖啡", "退款失败", True),
        ("消费", "瑞幸咖啡", "退款手续费", True),
    ],
)
def test_a_refund_of_a_shop_undoes_the_purchase_and_what_a_person_gives_back_stays(
    word: str, name: str, back: str, *, moved: bool
) -> None:
    found = effects(paid("10:00:00", name=name, word=word), came("11:00:00", name=name, word=back))
    assert found == [Effect.MOVED if moved else Effect.UNDONE] * 2


def test_a_refund_of_another_sum_or_shop_undoes_nothing() -> None:
    bought = paid("10:00:00", name="瑞幸咖啡", word="消费")
    for back in (
        came("11:00:00", name="瑞幸咖啡", word="退款", fen="100.00"),
        came("11:00:00", name="蜜雪冰城", word="退款"),
    ):
        assert effects(bought, back) == [Effect.MOVED] * 2


def test_a_shop_whose_own_row_says_it_was_given_back_has_the_refund_beside_it() -> None:
    header = "交易时间,交易类型,收支方向,交易金额,对方姓名,处理结果"
    found = read(
        "2026-11-24 10:00:00,收款,+,88.00,林娜,已全额退款",
        "2026-11-25 10:00:00,退款,-,88.00,林娜,成功",
        "2026-11-25 11:00:00,付款,-,88.00,林娜,成功",
        header=header,
    )
    assert [row.effect for row in found.rows] == [Effect.UNDONE, Effect.UNDONE, Effect.MOVED]
