"""What people write around a number is no part of it, and no other number is made of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.cases.form_facts import clean_account
from desktop.domain.identifiers import CheckVerdict
from desktop.domain.identifiers.labels import number_of, unlabelled
from desktop.domain.identifiers.plain import clean
from tests.domain.identifiers.conftest import Checking
from tests.domain.identifiers.test_every_kind import SAMPLES, TEXTS
from tests.support.every_row import every_row

LABELS = {
    "resident_id": "身份证 身份证号码 居民身份证号 证件号码 公民身份号码 ID",
    "uscc": "统一社会信用代码 信用代码",
    "passport": "护照 护照号码 passport",
    "bank_card": "卡号 银行卡 银行卡号 储蓄卡号 账号 帐号 收款账号 工资卡号 对方的银行卡号 Card",
    "masked_card": "卡号 账号",
    "bank_account": "账号 账户 收款账号 A/C",
    "bank_code": "联行号 行号",
    "mobile": "手机 手机号 手机号码 电话 联系电话 联系方式 机主手机 本人手机号 Tel Mobile phone",
    "landline": "座机 固定电话 电话 传真 TEL",
    "service_number": "客服 客服电话 热线 电话",
    "sms_port": "端口 短信端口号 端口号 发送号码",
    "displayed_number": "来电 来电显示 来电号码 号码 显示号码",
    "wechat": "微信 微信号 微信账号",
    "qq": "QQ qq号 QQ号码",
    "alipay": "支付宝 支付宝账号 Alipay",
    "order_number": "订单号 交易单号 流水号 商户单号",
    "imei": "IMEI imei号 串号",
    "ip": "IP ip地址 登录IP",
    "btc": "BTC 比特币地址 钱包地址",
    "eth": "ETH 以太坊 ERC20 USDT",
    "tron": "TRON 波场地址 TRC20 TRC-20",
    "tx_hash": "交易哈希 哈希 TxID",
    "plate": "车牌 车牌号 号牌",
    "parcel": "快递单号 运单号",
    "email": "邮箱 电子邮箱 电子邮件 注册邮箱 Email E-mail",
    "iccid": "ICCID",
    "imsi": "IMSI",
    "swift": "SWIFT Swift-code",
    "iban": "IBAN",
    "hk_macau_pass": "回乡证 港澳通行证号",
    "taiwan_pass": "台胞证号",
    "residence_permit": "居住证 港澳台居民居住证号码",
    "ecny_wallet": "数字人民币钱包编号 钱包编号",
}
SEPARATORS = ("：", ": ", ":", " ：", "=")
OWN = [
    (kind, label.replace("-", " ")) for kind, labels in LABELS.items() for label in labels.split()
]
ONLY_WITH_COLON = [
    ("wechat", "vx"),
    ("wechat", "WeChat"),
    ("telegram", "TG"),
    ("app", "APP"),
    ("url", "网址"),
]
AFTER = ("", "。", ".", "，", "；", "\u200b", " 。")


@every_row(("kind", "label"), [*OWN, *ONLY_WITH_COLON])
def test_its_own_word_in_front_is_no_part_of_a_number(
    checking: Checking, kind: str, label: str
) -> None:
    plain, wrong = checking(kind, SAMPLES[kind]), []
    for quote, separator, after in product(("", "'", "“"), SEPARATORS, ("", "。", "、", " 。")):
        typed = f"{quote}{label}{separator}{SAMPLES[kind]}{after}"
        found = checking(kind, typed)
        if found != replace(plain, value=typed):
            wrong.append(found)
    assert wrong == []


@every_row(("kind", "label"), OWN)
def test_a_word_needs_no_colon(checking: Checking, kind: str, label: str) -> None:
    for blank in (" ", "\u3000") if label.isascii() else ("", " ", "\n"):
        found = checking(kind, f"{label}{blank}{SAMPLES[kind]}")
        assert (blank, found.normal) == (blank, checking(kind, SAMPLES[kind]).normal)


@every_row("kind", SAMPLES)
def test_quotes_and_the_end_of_a_sentence_are_no_part(checking: Checking, kind: str) -> None:
    normal, wrong = checking(kind, SAMPLES[kind]).normal, []
    for before, after in product(("", "'", "’", "“", '"', " '"), AFTER):
        if after == "." and kind in ("url", "app", "platform_account", "meeting"):
            continue
        typed = f"{before}{SAMPLES[kind]}{after}"
        if checking(kind, typed).normal != normal:
            wrong.append(typed)
    assert wrong == []


@given(TEXTS, st.sampled_from(sorted(LABELS)), st.sampled_from(sorted(LABELS)))
def test_taking_away_twice_takes_no_more(text: str, kind: str, other: str) -> None:
    for label in (text, *(f"{word}：{text}" for word in LABELS[other].split())):
        once = unlabelled(label, kind)
        assert unlabelled(once, kind) == once
        cleaned = number_of(label, kind)
        assert number_of(cleaned, kind) == cleaned


@given(st.sampled_from(OWN), st.sampled_from(["mobile", "bank_card", "resident_id", "qq"]))
def test_a_word_of_another_kind_stays(own: tuple[str, str], kind: str) -> None:
    """It says that something else was meant."""
    if own[1] in LABELS[kind] or unlabelled(f"{own[1]}：1", kind) == "1":
        return  # a word of both
    typed = f"{own[1]}：138"
    assert unlabelled(typed, kind) == typed


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("mobile", "QQ：13993112345"),
        ("bank_card", "支付宝：13993112345"),
        ("wechat", "wx_abc12345"),
        ("wechat", "vx abc12345"),
        ("app", "软件园"),
        ("mobile", "手机："),
        ("base_station", ":。"),
        ("masked_card", "6222..."),
    ],
)
def test_what_may_be_meant_stays(kind: str, typed: str) -> None:
    assert unlabelled(typed, kind) == typed


def test_a_label_does_not_mend_what_is_wrong(checking: Checking) -> None:
    found = checking("mobile", "手机：1399311234。")
    assert (found.verdict, found.problems) == (CheckVerdict.INVALID, ("length",))
    assert found.normal == "1399311234"


@pytest.mark.parametrize("which", ["IMEI1：", "IMEI 2: ", "imei2:", "IMEI ", "IMEI"])
def test_the_first_and_the_second_of_a_telephone(checking: Checking, which: str) -> None:
    for number in ("490154203237518", "123456789012347", "213456789012348"):
        assert checking("imei", which + number).normal == checking("imei", number).normal


@given(st.from_regex(r"[0-9]{1,20}(?:@[a-z]{2,5}\.com)?", fullmatch=True))
def test_letters_right_before_digits_are_part_of_what_has_letters(rest: str) -> None:
    """``account2020@qq.com`` is a wallet's name and ``ORDER2026…`` the number of an order: less is somebody else's."""
    kinds = ("bank_account", "email", "alipay", "order_number", "iban", "tx_hash", "swift")
    words = ("account", "card", "mail", "email", "alipay", "order", "ORDER", "No", "hash", "swift")
    for word in words:
        typed = word + rest
        assert [kind for kind in kinds if unlabelled(typed, kind) != typed] == []
        assert clean_account(typed) == clean(typed)
