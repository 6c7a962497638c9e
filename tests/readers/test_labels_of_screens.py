"""What the labels on screens of banks, wallets and chats say of the value behind them, in the scripts of the mainland,
Hong Kong and Taiwan, and in English."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import pytest

from desktop.domain.statements.proposal import AMOUNT, Extraction
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.pasted_text import PastedTextReader
from tests.readers.measuring import DIRECTORIES
from tests.support.every_row import every_row

_NOW: Final = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
_HEADS: Final = ("转账成功\n", "轉賬確認\n收款人WONG SIU FUNG\n", "Transfer successful\n")
_BETWEEN: Final = ("", " ", ":", "：", ": ")


def read(text: str) -> Extraction:
    return PastedTextReader(DIRECTORIES).read(text, _NOW)


def sums(found: Extraction) -> list[str]:
    return [one.value for one in found.proposals if one.kind == AMOUNT]


@every_row("between", _BETWEEN)
@every_row("head", _HEADS)
@every_row(
    "label",
    [
        "轉數快識別碼", "转数快识别码", "FPSID", "FPS ID", "收款帳號", "收款账号", "轉入帳號", "卡号", "對方帳號",
        "交易序號", "訂單單號", "验证码", "聯絡電話", "联系电话", "手机号", "Account No.", "Payee A/C",
    ],
)  # fmt: skip
def test_a_number_behind_a_label_of_no_money_is_no_sum(label: str, head: str, between: str) -> None:
    for number in ("167430925", "48207", "5000"):
        assert sums(read(f"{head}{label}{between}{number}\n2026年10月21日")) == []


@pytest.mark.parametrize("number", ["012-693-2-004518-7", "012-875-1-***226-8"])
@pytest.mark.parametrize("head", _HEADS)
def test_a_group_of_a_long_number_is_no_sum(head: str, number: str) -> None:
    assert sums(read(f"{head}存入户口 {number}\n交易日期 2026/11/13")) == []


@pytest.mark.parametrize("number", ["0371-5587 6210", "0371 5587 6210", "010-8765 4321"])
def test_a_telephone_in_groups_is_one_number(number: str) -> None:
    found = read(f"最近通话\n{number}河南郑州 11月17日14:47")
    assert [one.value for one in found.proposals if one.kind == "landline"] == [
        "".join(sign for sign in number if sign.isdigit())
    ]
    assert sums(found) == []


@every_row("bank", ["(808)玉山銀行", "808 玉山銀行", "（812）台新國際商業銀行", "822 中國信託"])
@every_row("label", ["轉入銀行", "匯款銀行", "轉入行庫", "收款銀行"])
def test_the_code_of_a_bank_is_neither_a_sum_nor_a_card(label: str, bank: str) -> None:
    found = read(f"轉帳成功\n{label} {bank}\n手續費 NT$15")
    assert [one.value for one in found.proposals if one.kind == "masked_card"] == []
    assert not {"808.00", "812.00", "822.00"} & set(sums(found))


def test_what_a_label_of_money_names_stays_a_sum() -> None:
    for label in ("金额", "转账", "收款", "付款", "充值", "转给陈志强"):
        assert sums(read(f"{label} 5000\n2026年11月21日 10:20")) == ["5000.00"]


@every_row("between", _BETWEEN)
@every_row(
    "label",
    [
        "订单编号", "訂單編號", "交易單號", "商戶單號", "交易编号", "交易編號", "交易參考編號", "參考編號", "交易序號",
        "受理编号", "提币编号", "Order ID", "Order No.", "Invoice ID", "Transaction ID", "Reference No.",
    ],
)  # fmt: skip
def test_the_number_of_an_order_has_letters_and_dashes(label: str, between: str) -> None:
    for number in ("BK20261113164320771", "INV-00731945", "AX-20260930-4471825"):
        found = read(f"转账成功\n¥5,000.00\n{label}{between}{number}\n完成")
        wanted = [one for one in found.proposals if one.kind in ("order_number", "serial")]
        assert [one.value for one in wanted] == [number]


@every_row("name", ["YEUNG C** H**", "M*** JOHNSON"])
@every_row("label", ["收款人", "收款方", "收款人名稱", "Payee", "Beneficiary name", "Recipient"])
def test_a_masked_name_in_capitals_is_whole(label: str, name: str) -> None:
    (one,) = read(f"转账成功\n¥5,000.00\n{label} {name}\n2026-11-21 10:20:11").transfers
    assert one.value("payee_name") == name


def test_payer_and_payee_are_kept_apart() -> None:
    for name in ("YEUNG C** H**", "M*** JOHNSON"):
        (one,) = read(
            f"Transaction Successful\nCNY 73,250.00\nPayer {name}\nPayer A/C 6214****8821\n"
            "Payee LIANG YONGKANG\nPayee A/C 6225888848179531\nDate 15 Oct 2026 17:16:08"
        ).transfers
        assert (one.value("payer_name"), one.value("payee_name")) == (name, "LIANG YONGKANG")


@pytest.mark.parametrize("label", ["存入戶口", "收款帳號", "轉入帳號", "收款戶口", "Payee A/C"])
def test_an_account_in_dashed_groups_is_one_account(label: str) -> None:
    for number in ("012-693-2-004518-7", "1355-979-021846"):
        found = read(f"轉賬結果\n{label} {number}\n交易日期 2026/11/13")
        accounts = [one.value for one in found.proposals if one.kind == "bank_account"]
        assert accounts == [number.replace("-", "")]


def test_whose_name_a_receipt_says_is_its_own() -> None:
    (one,) = read(
        "转账支出\n-15,800.00人民币元\n对方户名 闫志勇\n本方户名 *丽华\n交易时间 2026-11-21 10:20:11"
    ).transfers
    assert (one.value("payee_name"), one.value("payer_name")) == ("闫志勇", "*丽华")


@pytest.mark.parametrize(
    "label", ["轉入銀行", "转出银行", "匯款銀行", "扣款银行", "汇入银行", "還款銀行"]
)
def test_a_label_for_a_bank_is_none(label: str) -> None:
    for between, bank in ((" ", "招商银行"), (":", "招商银行"), (" ", "")):
        found = read(f"转账成功\n¥5,000.00\n{label}{between}{bank}\n2026-11-21 10:20:11")
        banks = {one.raw for one in found.proposals if one.kind == "bank"}
        assert banks == ({bank} if bank else set())


@pytest.mark.parametrize("gap", ["\n", "\n收\n", " 收 "])
def test_the_sign_beside_a_side_is_nobodys_name(gap: str) -> None:
    (one,) = read(
        f"转账详情\n转出金额（元)\n50,000.00 已到账\n付 付款方\n薛海涛 民生银行尾号 5586\n收款方{gap}蓝建明 平安银行\n"
        "收款账号 6230580846733792130\n交易时间 2026-11-21 18:29:03"
    ).transfers
    assert one.value("payee_name") == "蓝建明"


@pytest.mark.parametrize(
    "text", ["我转了 {} 给陈大文", "转出金额 {}\n收款人 陳大文", "Amount {}\nTo LI WEI", "金額 {}"]
)
@pytest.mark.parametrize(
    "sum_", ["HKD 35,000.00", "HK$ 4,500.00", "HK$4,500.00", "NT$ 3,000", "USD 120.00", "35000港币", "3万美元",
             "120.00 USD", "4500港幣", "5000 USDT"]
)  # fmt: skip
def test_a_sum_of_another_currency_is_none_in_yuan(text: str, sum_: str) -> None:
    found = read(text.format(sum_))
    assert sums(found) == []
    assert sums(read(text.format("¥ 4,500.00"))) == ["4500.00"]
