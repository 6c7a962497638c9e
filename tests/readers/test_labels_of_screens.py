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

_NOW: Final = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA)
_HEADS: Final = ("转账成功\n", "轉賬確認\n收款人WONG SIU FUNG\n", "Transfer successful\n")
_BETWEEN: Final = ("", " ", ":", "：", ": ")


def read(text: str) -> Extraction:
    return PastedTextReader(DIRECTORIES).read(text, _NOW)


def sums(found: Extraction) -> list[str]:
    return [one.value for one in found.proposals if one.kind == AMOUNT]


@pytest.mark.parametrize("between", _BETWEEN)
@pytest.mark.parametrize("head", _HEADS)
@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    "bank", ["(808)玉山銀行", "808 玉山銀行", "（812）台新國際商業銀行", "822 中國信託"]
)
@pytest.mark.parametrize("label", ["轉入銀行", "匯款銀行", "轉入行庫", "收款銀行"])
def test_the_code_of_a_bank_is_neither_a_sum_nor_a_card(label: str, bank: str) -> None:
    found = read(f"轉帳成功\n{label} {bank}\n手續費 NT$15")
    assert [one.value for one in found.proposals if one.kind == "masked_card"] == []
    assert not {"808.00", "812.00", "822.00"} & set(sums(found))


def test_what_a_label_of_money_names_stays_a_sum() -> None:
    for label in ("金额", "转账", "收款", "付款", "充值", "转给陈志强"):
        assert sums(read(f"{label} 5000\n2026年11月21日 10:20")) == ["5000.00"]
