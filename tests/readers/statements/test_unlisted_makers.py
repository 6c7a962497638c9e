"""Statements whose headings are in no list: by the words of a heading, by what stands below it, by the balance."""

from __future__ import annotations

import io

import pytest

from desktop.domain.errors import UserInputError
from desktop.domain.statements.statement import Effect, Statement
from desktop.readers.statements.columns.vocabulary import vocabulary
from desktop.readers.statements.open_statement import open_statement
from tests.readers.statements.test_several_tables import workbook

CARD, OTHER = "6217001234005678907", "6222021234005678912"
AT = "2026-11-24 10:12:35"

FILES = {
    "signs in a column of their own, a merchant beside the nickname": (
        "时间,业务,对方昵称/商户,对方账号,+/-,金额,状态",
        f"{AT},收款,王五,{CARD},+,5.00,成功",
        f"{AT},话费,中国电信,,-,34.00,成功",
        [(AT, 500, "in", "王五", CARD), (AT, 3400, "out", "中国电信", "")],
    ),
    "the moment in which the money moved, of four": (
        "下单时间,支付完成时间,清算日期,最后更新时间,订单金额,支付金额,收支类型,对方信息",
        f"2026-11-24 10:11:00,{AT},20261125,2026-11-26 09:00:00,60.00,57.00,支出,王五",
        f"2026-11-24 10:11:00,{AT},20261125,2026-11-26 09:00:00,60.00,57.00,收入,王五",
        [(AT, 5700, "out", "王五", ""), (AT, 5700, "in", "王五", "")],
    ),
    "what signs mean stands in the heading": (
        "时间戳,金额（+收/-支）,对方钱包户名,对方钱包ID",
        f'20261124101235,-￥34.00,王五,"""{CARD}"""',
        f'20261124101235,+￥5.00,王五,"""{CARD}"""',
        [(AT, 3400, "out", "王五", CARD), (AT, 500, "in", "王五", CARD)],
    ),
    "and the other way round": (
        "交易日期,交易金额(正数为支出),商户名称,说明",
        "2026/11/24,34.00,甲店,x",
        "2026/11/24,(5.00),甲店,y",
        [("2026-11-24 00:00:00", 3400, "out", "甲店", ""), ("2026-11-24 00:00:00", 500, "in", "甲店", "")],
    ),
    "direction, account and name known by what stands there": (
        "核算日期,具体时间,标识,发生金额,结存,户名,卡号",
        f"2026年11月24日,10时12分35秒,1-借,34.00,66.00,王五,{CARD}",
        f"2026年11月24日,10时12分35秒,2-贷,5.00,71.00,赵六,{OTHER}",
        [(AT, 3400, "out", "王五", CARD), (AT, 500, "in", "赵六", OTHER)],
    ),
    "a customer of a payment firm and the merchants": (
        "平台订单号,客户姓名,客户卡号,资金方向,金额,提交时间,完成时间,商户名称,商户编号",
        f"1,李明,{CARD},出金,34.00,2026-11-24 10:12:30,{AT},甲店,208129861502443",
        f"2,李明,{CARD},入金,5.00,2026-11-24 10:12:30,{AT},乙店,132784681801781",
        [(AT, 3400, "out", "甲店", "208129861502443"), (AT, 500, "in", "乙店", "132784681801781")],
    ),
    "no heading says which column the balance follows": (
        "办理时刻,甲,乙,丙,摘要",
        f"{AT},1001,34.00,966.00,a\n{AT},1002,5.00,971.00,b\n{AT},1003,70.00,901.00,c",
        f"{AT},1004,1.50,902.50,d",
        [(AT, 3400, "neutral", "", ""), (AT, 500, "in", "", ""), (AT, 7000, "out", "", ""),
         (AT, 150, "in", "", "")],
    ),
    "names of systems behind the counter": (
        "TRAN_DATE|TRAN_TIME|ACCT_NO|DC_FLAG|TRAN_AMT|BAL|OPP_ACCT_NO|OPP_ACCT_NAME|OPP_BANK_NAME",
        f"20261124|101235|{OTHER}|D|34.00|66.00|{CARD}|王五|建行",
        f"20261124|101235|{OTHER}|C|5.00|71.00|{CARD}|赵六|建行",
        [(AT, 3400, "out", "王五", CARD), (AT, 500, "in", "赵六", CARD)],
    ),
    "a day whose cell is merged, and no day behind a line of none": (
        "交易日期,交易时间,提款,存款,收款人/付款人",
        "2026-11-24,10:12:35,34.00,,王五\n,10:12:35,,5.00,赵六\n小计,,34.00,5.00,",
        ",10:12:36,,7.00,孙七",
        [(AT, 3400, "out", "王五", ""), (AT, 500, "in", "赵六", "")],
    ),
    "a header of two rows on each page": (
        "日期,摘要,发生额,,余额,对方,\n,,借方,贷方,,账号,户名",
        f"46350.5,a,34.00,,66.00,{CARD},王五\n日期,摘要,发生额,,余额,对方,\n,,借方,贷方,,账号,户名",
        f"46351,b,,5.00,71.00,{CARD},赵六",
        [("2026-11-24 12:00:00", 3400, "out", "王五", CARD), ("2026-11-25 00:00:00", 500, "in", "赵六", CARD)],
    ),
    "a sum in the column of other money, and a moment without a word for time": (
        "交易创建,付款完成时间,收/支,人民币金额,美元金额,关联方",
        f"2026-11-24 10:12:00,{AT},支出,34.00,,王五",
        f"{AT},,收入,,5.00,赵六",
        [(AT, 3400, "out", "王五", ""), (AT, None, "in", "赵六", "")],
    ),
    "a part of a purchase given back": (
        "交易时间,交易类型,交易对方,商品,收/支,金额(元),当前状态",
        f"{AT},甲店-退款,甲店,鞋,收入,¥5.00,已退款￥5.00",
        f"{AT},商户消费,甲店,鞋,支出,¥34.00,已退款(￥5.00)",
        [(AT, 500, "in", "甲店", ""), (AT, 3400, "out", "甲店", "")],
    ),
    "no headings at all": (
        f"{AT},34.00,966.00,网购",
        f"{AT},5.00,971.00,退款\n{AT},70.00,901.00,取款",
        f"{AT},1.50,902.50,结息",
        [(AT, 3400, "neutral", "", ""), (AT, 500, "in", "", ""), (AT, 7000, "out", "", ""),
         (AT, 150, "in", "", "")],
    ),
}  # fmt: skip


def read(*lines: str) -> Statement:
    return open_statement(io.BytesIO("\n".join(lines).encode())).whole()


@pytest.mark.parametrize("what", FILES)
def test_a_statement_of_a_maker_nobody_listed_is_read(what: str) -> None:
    *lines, expected = FILES[what]
    rows = read(*map(str, lines)).rows
    found = [
        (f"{row.time:%Y-%m-%d %H:%M:%S}", row.amount_fen, row.direction.value, *row.other_side)
        for row in rows
    ]
    assert found == expected
    assert Effect.UNDONE not in {row.effect for row in rows}


def test_columns_known_by_what_stands_in_them_are_named() -> None:
    *lines, _ = FILES["direction, account and name known by what stands there"]
    found = {item.code: dict(item.params) for item in read(*map(str, lines)).findings}
    assert found["by_values"] == {"names": "标识、户名、卡号"}


def test_payers_or_payees_alone_are_the_other_side_unless_they_are_the_holder() -> None:
    head = "交易日期,交易时间,付款卡号,交易金额,结算金额,交易状态"
    cards = ("622202****0001", "621700****0002", "622848****0003", "622848****0004")
    rows = [f"20261124,10:12:35,{card},34.00,33.80,成功" for card in cards]
    came = read(head, *rows).rows
    assert [(row.direction.value, row.other_side[1]) for row in came] == [("in", c) for c in cards]
    went = read(head.replace("付款", "收款"), *rows).rows
    assert [(row.direction.value, row.other_side[1]) for row in went] == [("out", c) for c in cards]
    own = read(head, *(row.replace(row.split(",")[2], cards[0]) for row in rows)).rows
    assert {row.other_side for row in own} == {("", "")}
    holder = read(f"卡号：{cards[1]}", head, *rows).rows
    assert {row.other_side for row in holder} == {("", "")}


def test_words_of_a_remark_are_no_name() -> None:
    remarks = {
        "话费": ("", "银联代付 话费"), "朝朝宝转入": ("", "银联代付 朝朝宝转入"),
        "临沂犇鸿商贸有限公司": ("临沂犇鸿商贸有限公司", "银联代付"),
    }  # fmt: skip
    transfers = {
        "芮凯": ("芮凯", "转账汇款"),
        "孟春燕 货款": ("孟春燕", "转账汇款 货款"),
        "货款": ("", "转账汇款 货款"),
    }
    lines = [f"20261124,10:12:35,,5.00,银联代付,{remark}" for remark in remarks]
    lines += [f"20261124,10:12:35,,5.00,转账汇款,{remark}" for remark in transfers]
    for several in (1, 60):
        rows = read(
            "招商银行交易记录", "交易日期,交易时间,收入,支出,交易类型,交易备注", *lines * several
        ).rows
        found = [(row.other_side[0], row.summary) for row in rows]
        assert found == [*remarks.values(), *transfers.values()] * several


def test_sheets_of_one_account_are_joined_unless_one_may_be_a_copy_or_counts_in_other_money() -> (
    None
):
    names = "交易日期,收入金额,支出金额,对方户名"
    own, yuan, dollar = "账号：6222021111111111111", "币种：人民币", "币种：美元"
    first, second = "2026-11-24,,34.00,甲", "2026-12-01,,5.00,乙"
    months = workbook([own, yuan, names, first], [own, yuan, names, second])
    assert [row.amount_fen for row in months.rows] == [3400, 500]
    for other in ([own, yuan, names, first, second], [own, dollar, names, second]):
        found = workbook([own, yuan, names, first], other)
        assert [row.amount_fen for row in found.rows] == [3400]


def test_a_heading_with_one_unknown_word_says_nothing() -> None:
    odd = [
        "打印时间", "开户日期", "优惠金额", "冻结金额", "授信余额度", "对方经办人手机", "客户经理", "对方行业",
        "付款方式说明书", "手续费金额", "汇率日期", "证件有效日期", "退款金额", "可提现额度", "商户地址", "终端序列",
    ]  # fmt: skip
    assert {name: found for name in odd if (found := vocabulary().roles([name]))} == {}


@pytest.mark.parametrize("order", [1, -1])
def test_a_list_of_accounts_before_the_payments_is_no_statement(order: int) -> None:
    """What counts its lines is no sum, and the day an account was opened no day of a payment."""
    lines = ["序号,客户名称,账号,开户日期,可用余额"]
    lines += [
        f"{number},李明,621700123400567890{number},201{number}-05-10,{number}39.93"
        for number in (1, 2, 3)[::order]
    ]
    with pytest.raises(UserInputError, match=r"statement\.unknown"):
        workbook(lines)
    payments = [
        "查询账号,交易时间,借贷标志,交易金额,对方账号,对方户名",
        f"{OTHER},{AT},借,100.00,{CARD},王五",
    ]
    (row,) = workbook(lines, payments).rows
    assert (row.amount_fen, row.other_side) == (10_000, ("王五", CARD))


def test_holders_of_several_accounts_are_no_other_side() -> None:
    """Each has a balance of its own, which goes on from one of its lines to the next."""
    lines = ["交易时间,户名,卡号,借贷标志,金额,余额,摘要"]
    balances = {"李明": 100, "周洁": 9000, "吴刚": 50_000}
    for number in range(9):
        name = [*balances][number % 3]
        balances[name] -= 10 + number
        card = f"621700123400567890{number % 3}"
        lines.append(
            f"2026-11-2{number} 10:12:35,{name},{card},借,{10 + number}.00,{balances[name]}.00,x"
        )
    rows = workbook(lines).rows
    assert [row.other_side for row in rows] == [("", "")] * 9


@pytest.mark.parametrize(
    "lines",
    [
        ["时间,说明,积分,积分余额", *(f"2026-11-2{n},签到,{n + 1},{n * (n + 1) // 2 + n + 1}" for n in range(6))],
        ["日期,品名,入库,库存", *(f"2026-11-2{n},大米,{n + 1},{n * (n + 1) // 2 + n + 1}" for n in range(6))],
        [f"2026-11-2{n},{n + 1},{n * (n + 1) // 2 + n + 1}" for n in range(6)],
    ],
)  # fmt: skip
def test_what_is_no_money_is_no_sum_though_it_adds_up(lines: list[str]) -> None:
    with pytest.raises(UserInputError, match=r"statement\.unknown"):
        workbook(lines)


def test_cashiers_are_no_payees() -> None:
    """A name alone behind 收款人 does not say which way money went."""
    lines = ["交易时间,收款人,金额,支付方式,状态"]
    lines += [
        f"2026-11-24 1{n}:12:35,{'甲乙丙丁'[n % 4]}某,{n + 1}0.00,现金,成功" for n in range(8)
    ]
    for row in workbook(lines).rows:
        assert (row.direction.value, row.other_side) == ("neutral", ("", ""))
