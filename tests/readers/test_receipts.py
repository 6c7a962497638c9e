"""Receipts: whose a value is, by its label, however the rows of a screen stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import pytest

from desktop.domain.statements.proposal import FOREIGN_SUM, Confidence, ProposedTransfer
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.services.extraction.extraction_document import extraction_document
from tests.readers.measuring import DIRECTORIES

_NOW: Final = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
_TRON: Final = "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"


def payments(text: str) -> tuple[ProposedTransfer, ...]:
    return PastedTextReader(DIRECTORIES).read(text, _NOW).transfers


def only(text: str) -> dict[str, str]:
    (one,) = payments(text)
    return {name: part.value for name, part in one.parts.items()}


_YUAN: Final = "转账成功\n¥5,000.00\n{}\n2026-11-21 10:20:11"
_PAYEE: Final = {
    "payee_name": "施卫东", "payee_account": "6217001234005678907", "payee_bank": "中国农业银行",
}  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        "收款人 施卫东\n收款账号 6217 0012 3400 5678 907\n收款银行 农业银行",
        "收款人施卫东\n收款账号6217001234005678907\n收款银行农业银行",
        "收款方：施卫东\n收款卡号：6217001234005678907\n收款行：农业银行",
        "收款人\n施卫东\n收款账号\n6217001234005678907\n收款银行\n农业银行",
        "收款人 收款银行\n施卫东 农业银行\n收款账号 6217001234005678907",
        "收款方\n施卫东\n农业银行6217001234005678 907",
        "收款人 施卫东 复制\n收款账号 6217001234005678907 复制\n收款银行 农业银行 复制",
        "轉帳對象 施卫东\n轉入帳號 6217001234005678907\n轉入銀行 农业银行",
        "Beneficiary name 施卫东\nBeneficiary account no. 6217001234005678907\nBeneficiary bank 农业银行",
        "Pay to 施卫东\nAccount number 6217-0012-3400-5678-907\nBank 农业银行",
        "收款人 施卫东\n账号 6217001234005678907\n开户行 农业银行",
    ],
)
def test_a_label_says_whose_a_value_is(rows: str) -> None:
    found = only(_YUAN.format(rows))
    assert {name: found.get(name) for name in _PAYEE} == _PAYEE
    assert found["amount"] == "5000.00"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("转账成功\n向施卫东转账\n¥5,000.00", "施卫东"),
        ("转账成功\n付款给施卫东\n¥5,000.00", "施卫东"),
        ("轉賬成功\n已轉賬給\nLEUNG S***\n¥5,000.00", "LEUNG S***"),
        ("Transfer to Golden Trader\n-5,000.00\nStatus Received", "Golden Trader"),
        ("Bill Details\nBrightway Study Consulting\n-5,000.00\nSuccessful", "Brightway Study Consulting"),
        ("支付成功\n云栖阁文玩珠宝商行\n¥5,000.00", "云栖阁文玩珠宝商行"),
        ("支付成功\n待郭晓棠确认收款\n¥5,000.00", "郭晓棠"),
        ("钱多多小店已收款\n¥5,000.00\n已存入对方零钱通", "钱多多小店"),
    ],
)  # fmt: skip
def test_a_heading_says_who_is_paid(head: str, name: str) -> None:
    assert only(f"{head}\n转账时间 2026-11-21 10:20:11")["payee_name"] == name


def test_two_columns_are_two_sides() -> None:
    found = only(
        "电子回单\n户名 欧阳晓峰 户名 深圳市盈科达贸易有限公\n付款人 收款人 司\n"
        "账号 6226967139200179 账号 6226326053813675\n"
        "开户行 中信银行西安高新支行 开户行 华夏银行深圳宝安支行\n金额 CNY250,000.00\n交易时间 2026-11-02 14:08:27"
    )
    assert (found["payer_name"], found["payee_name"]) == ("欧阳晓峰", "深圳市盈科达贸易有限公司")
    assert found["payer_account"] == "6226967139200179"
    assert found["payee_account"] == "6226326053813675"
    assert found["payee_bank"] == "华夏银行深圳宝安支行"


def test_each_side_keeps_the_account_below_its_name() -> None:
    found = only(
        "转账详情\n付款方\n徐秋萍\n江苏银行6221730613040765862\n92,016.88元\n收款方\n佟亚楠\n农业银行"
        "6228489072266833 953\n交易状态 成功\n交易时间 2026-03-30 09:06:18"
    )
    assert (found["payer_name"], found["payer_account"]) == ("徐秋萍", "6221730613040765862")
    assert (found["payee_name"], found["payee_account"]) == ("佟亚楠", "6228489072266833953")


def test_who_pays_is_not_who_is_paid() -> None:
    for label in ("Payer", "付款人", "Sender name", "Remitter"):
        found = only(
            f"Transaction successful\nCNY 5,000.00\n{label} M*** JOHNSON\nDate 15 Oct 2026 17:16:08"
        )
        assert (found.get("payer_name"), found.get("payee_name")) == ("M*** JOHNSON", None)


def test_a_part_of_a_name_or_a_number_is_none() -> None:
    torn = only(_YUAN.format("收款人 深圳市盈科达贸易有限公\n付款方式 零钱"))
    assert "payee_name" not in torn
    wrapped = only(_YUAN.format("收款人 施卫东\n收款账号 6217 0012 3400\n5678 907\n付款方式 零钱"))
    assert wrapped["payee_account"] == "6217001234005678907"


@pytest.mark.parametrize("sum_", ["HKD 35,000.00", "NT$ 48,000", "-$459.99 USD", "US$ 7,850.25"])
def test_a_payment_in_other_money_has_no_amount_and_says_the_sum(sum_: str) -> None:
    found = PastedTextReader(DIRECTORIES).read(
        f"Transfer completed\n{sum_}\nPayee CHEUNG MAN LOK\nPayee account 012-693-2-004518-7\n"
        "Payee bank 中國銀行(香港)\nDate September 5, 2026 at 9:24 PM\nTransaction ID 7KD41936RX528841P",
        _NOW,
    )
    (one,) = found.transfers
    assert {name: part.value for name, part in one.parts.items()} == {
        "payee_name": "CHEUNG MAN LOK", "payee_account": "01269320045187", "payee_bank": "中國銀行(香港)",
        "time": "2026-09-05 21:24", "serial": "7KD41936RX528841P",
    }  # fmt: skip
    assert [part.value for part in found.loose if part.kind == FOREIGN_SUM] == [sum_.lstrip("-")]
    shown: Any = extraction_document(found, DIRECTORIES, _NOW.date())
    assert [row["amount_fen"] for row in shown["transfers"]] == [None]


def test_where_somebody_only_asks_for_it_the_payment_is_a_guess() -> None:
    (one,) = payments("請匯款\n銀行：玉山銀行(808)\n帳號：7079751706356\n戶名：方俊傑\nNT$300,000")
    assert (one.value("payee_name"), one.value("payee_account")) == ("方俊傑", "7079751706356")
    assert {part.confidence for part in one.parts.values()} == {Confidence.DOUBTFUL}
    assert "time" not in one.parts


@pytest.mark.parametrize(
    "text",
    ["DateSeptember 5, 2026 at 9:24 PM\n$459.99", "November8,2026\nPay 480 USDT", "Fee 13.74 TRX\n15 Oct 2026",
     "转账成功\n转入账号 03027476489673\nNT$ 150,000", "收款电话 6461 0477\nHK$3,980.00\n转账成功"],
)  # fmt: skip
def test_neither_a_year_nor_other_money_is_a_sum_in_yuan(text: str) -> None:
    found = PastedTextReader(DIRECTORIES).read(text, _NOW)
    assert [part.value for part in found.proposals if part.kind == "amount"] == []


@pytest.mark.parametrize("shown", [f"To Address{_TRON}", f"To Address {_TRON[:22]}\n{_TRON[22:]}"])
def test_an_address_is_the_payee_and_stays_a_lead(shown: str) -> None:
    found = PastedTextReader(DIRECTORIES).read(
        f"Transaction details\nResult SUCCESSFUL\n{shown}\nAmount 45,000 USDT", _NOW
    )
    (one,) = found.transfers
    assert one.value("payee_account") == _TRON
    assert [part.value for part in found.loose if part.kind == "tron"] == [_TRON]


def test_a_nickname_before_the_verified_name_is_a_guess() -> None:
    (one,) = payments(_YUAN.format("收款方 龙腾商贸(*志明)"))
    assert one.value("payee_name") == "龙腾商贸"
    assert one.parts["payee_name"].confidence is Confidence.DOUBTFUL


@pytest.mark.parametrize(
    "said", ["转给一个网友", "向他转账", "付款给客服说的人", "支付成功\n我的朋友"]
)
def test_what_people_tell_is_no_heading(said: str) -> None:
    for text in (f"{said}\n5000元", f"昨天\n{said}\n转了5000元"):
        for made in payments(text):
            name = made.parts.get("payee_name")
            assert name is None or name.pattern != "receipt"


def test_of_a_nickname_the_verified_name_behind_it_is_no_part() -> None:
    text = (
        "轉賬-轉給李洋国(**国)\n-54036.14\n當前狀態 對方已收錢\n轉賬時間 2026年11月8日09:43:51\n"
        "支付方式 中國農業銀行儲蓄卡(2293)\n轉賬單號 1000050001202611088031928211904"
    )
    assert only(text)["payee_name"] == "李洋国"


def test_the_bank_that_signs_a_message_is_of_no_side_in_it() -> None:
    """The payee's bank would get the order: who signs is the payer's."""
    card = "6230520010037788996"
    for sender in ("工商银行", "中国建设银行"):
        found = only(
            f"您尾号3317卡11月24日10:02支出98,000元，对方户名：马建成，对方账户：{card}。【{sender}】"
        )
        assert found["payee_account"] == card
        assert "payee_bank" not in found or "农业" in found["payee_bank"]
