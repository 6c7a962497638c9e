"""Which way the money went: by words, by signs, by the balance; and what takes an earlier entry back."""

from __future__ import annotations

import io

import pytest

from desktop.domain.ids import EvidenceId
from desktop.domain.statements.statement import Effect, MoneyDirection, Statement, StatementRow
from desktop.readers.statements.open_statement import open_statement
from desktop.services.extraction.statement_transfers import may_be_transfer, transfer_of_row
from tests.support.every_row import every_row
from tests.support.strict import all_of

UNSURE = ("statement.cell.direction",)


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@every_row(
    ("word", "way"),
    [(word, MoneyDirection.OUT) for word in ("借方", "付", "汇出", "支取", "往账", "D", "DR", "出")]
    + [
        (word, MoneyDirection.IN)
        for word in ("贷方", "收", "汇入", "存入", "来账", "C", "CR", "进")
    ]
    + [(word, MoneyDirection.NEUTRAL) for word in ("其他", "不计收支")],
)
def test_banks_have_many_words_for_two_directions(word: str, way: MoneyDirection) -> None:
    (row,) = read("交易时间,收支,金额,对方户名", f"2026-11-24 10:00:00,{word},98000.00,王五").rows
    assert (row.direction, row.problems) == (way, ())


def test_a_word_nobody_knows_is_asked_about_unless_a_sign_tells() -> None:
    lines = [f"2026-11-24 10:00:00,网转,{sum_},王五" for sum_ in ("98000.00", "-98000.00", "+5.00")]
    rows = read("交易时间,收支,金额,对方户名", *lines).rows
    assert [(row.direction, row.problems) for row in rows] == [
        (MoneyDirection.NEUTRAL, UNSURE),
        (MoneyDirection.OUT, ()),
        (MoneyDirection.IN, ()),
    ]


def test_sums_without_any_sign_are_no_income() -> None:
    """Of a bank nobody knows; the payments of the victim could not be picked."""
    lines = [f"2026-11-24 10:0{n}:00,{n}00.00,王五" for n in (1, 2)]
    found = read("交易时间,交易金额,对方户名", *lines)
    assert [(row.direction, row.problems) for row in found.rows] == [
        (MoneyDirection.NEUTRAL, UNSURE)
    ] * 2
    assert all_of(map(may_be_transfer, found.rows))
    assert "damaged" in {item.code for item in found.findings}
    signed = read("交易时间,交易金额,对方户名", *lines, "2026-11-24 10:09:00,-5.00,王五").rows
    assert [row.direction for row in signed] == [
        MoneyDirection.IN,
        MoneyDirection.IN,
        MoneyDirection.OUT,
    ]


def test_the_balance_tells_where_no_sum_bears_a_sign() -> None:
    lines = [
        f"2026-11-24 10:0{n}:00,100.00,{balance},王五"
        for n, balance in ((1, "900.00"), (2, "1000.00"), (3, "900.00"))
    ]
    rows = read("交易时间,交易金额,账户余额,对方户名", *lines).rows
    assert [row.direction for row in rows] == [
        MoneyDirection.NEUTRAL,
        MoneyDirection.IN,
        MoneyDirection.OUT,
    ]


QUERIED = (
    "交易卡号,交易方户名,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,对手户名,"
    "对手开户银行,摘要说明,交易币种,交易是否成功,交易流水号"
)


def test_what_banks_answer_to_a_query_is_read_in_full() -> None:
    start = "6222021111111111111,王某,2026-11-24 10:00:00,98000.00,100.00"
    end = "6217004230001234569,李四,建设银行,转账,人民币"
    rows = read(
        QUERIED, f"{start},出,{end},成功,S1", f"{start},进,{end},成功,S2", f"{start},出,{end},否,S3"
    ).rows
    assert [row.direction for row in rows] == [
        MoneyDirection.OUT,
        MoneyDirection.IN,
        MoneyDirection.OUT,
    ]
    assert [row.effect for row in rows] == [Effect.MOVED, Effect.MOVED, Effect.UNDONE]
    typed = transfer_of_row(
        read(QUERIED, f"{start},出,{end},成功,S1").head, rows[0], EvidenceId("e")
    )
    assert (typed.payee_name, typed.payee_account, typed.payee_bank, typed.serial) == (
        "李四", "6217004230001234569", "建设银行", "S1",
    )  # fmt: skip


def judged(row: StatementRow) -> tuple[MoneyDirection, Effect, tuple[str, ...]]:
    return row.direction, row.effect, row.problems


@every_row("side", [MoneyDirection.OUT, MoneyDirection.IN])
@every_row(
    "header",
    ["交易时间,借贷标志,交易金额,对方户名", "交易时间,收支,交易金额,对方户名",
     "交易时间,借方发生额,贷方发生额,对方户名", "交易时间,支出,收入,对方户名"],
)  # fmt: skip
def test_a_red_entry_takes_an_earlier_one_back(header: str, side: MoneyDirection) -> None:
    """A minus on a side where others bear none; where every one bears it, it says nothing."""

    def rows(*sums: str) -> list[tuple[MoneyDirection, Effect, tuple[str, ...]]]:
        words = {"借贷标志": "借贷", "收支": "支收"}.get(header.split(",")[1], "")
        lines = []
        for text in sums:
            pair = [text, ""] if side is MoneyDirection.OUT else ["", text]
            if words:
                pair = [
                    words[side is MoneyDirection.IN].replace("支", "支出").replace("收", "收入"),
                    text,
                ]
            lines.append(f"2026-11-24 10:00:00,{pair[0]},{pair[1]},李四")
        return [judged(row) for row in read(header, *lines).rows]

    moved = (side, Effect.MOVED, ())
    code = "statement.cell.red" if side is MoneyDirection.OUT else "statement.cell.red_in"
    red = (MoneyDirection.NEUTRAL, Effect.RETURNED, (code,))
    undone = (side, Effect.UNDONE, ("statement.cell.taken_back",))
    assert rows("500.00", "-500.00", "30.00") == [undone, red, moved]
    assert rows("501.00", "-500.00", "30.00") == [moved, red, moved]
    assert rows("-500.00", "0.00", "-30.00")[::2] == [moved, moved], "nought bears no sign"


def test_a_row_that_went_out_and_came_in_is_asked_about() -> None:
    lines = ("2026-11-24 10:00:00,5.00,98000.00,李四", "2026-11-24 10:01:00,0.00,7.00,李四")
    odd, usual = read("交易时间,支出,收入,对方户名", *lines).rows
    assert (odd.direction, odd.amount_fen, odd.amount_text) == (
        MoneyDirection.NEUTRAL,
        None,
        "98000.00 / 5.00",
    )
    assert odd.problems == ("statement.cell.amount",)
    assert judged(usual) == (MoneyDirection.IN, Effect.MOVED, ())


def test_what_is_taken_back_is_no_payment_to_pick() -> None:
    lines = ("2026-11-24 10:00:00,500.00,,李四", "2026-11-24 10:01:00,-500.00,,李四")
    first, red = read("交易时间,支出,收入,对方户名", *lines).rows
    assert (may_be_transfer(first), may_be_transfer(red)) == (True, False)


@pytest.mark.parametrize(
    ("title", "spent", "back", "ways"),
    [
        ("某银行信用卡账单", "96.16", "-100.00", [MoneyDirection.OUT, MoneyDirection.IN]),
        ("某银行信用卡账单", "-96.16", "100.00", [MoneyDirection.OUT, MoneyDirection.IN]),
        ("某银行借记卡明细", "96.16", "-100.00", [MoneyDirection.IN, MoneyDirection.OUT]),
    ],
)
def test_what_a_credit_card_spent_bears_no_sign_unless_the_repayment_bears_none(
    title: str, spent: str, back: str, ways: list[MoneyDirection]
) -> None:
    lines = [f"2026-11-24,财付通-五金店,{spent}", f"2026-11-25,自动还款,{back}"]
    assert [row.direction for row in read(title, "交易日,摘要,人民币金额", *lines).rows] == ways


def test_letters_of_pinyin_are_read_as_such_where_both_occur() -> None:
    """D is 贷 beside J (借), and debit elsewhere."""
    header = "交易时间,借贷标志,交易金额,对方户名"
    lines = [f"2026-11-24 10:0{n}:00,{word},5.00,王五" for n, word in enumerate("DJD")]
    out, in_ = MoneyDirection.OUT, MoneyDirection.IN
    assert [row.direction for row in read(header, *lines).rows] == [in_, out, in_]
    assert [row.direction for row in read(header, lines[0]).rows] == [out]
