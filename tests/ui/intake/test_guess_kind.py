"""Kinds of leads, read from their shape."""

from __future__ import annotations

import pytest

from desktop.ui.intake.guess_kind import KINDS, guess_kind


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("13919364417", "mobile"),
        ("139 1936 4417", "mobile"),
        ("+8615900003321", "displayed_number"),
        ("00441234567", "displayed_number"),
        ("0931-8888888", "landline"),
        ("95533", "service_number"),
        ("4008123123", "service_number"),
        ("96110", "service_number"),
        ("106573210001", "sms_port"),
        ("6230 5200 1003 7788 994", "bank_card"),
        ("6222****1234", "masked_card"),
        ("159****3321", "masked_card"),
        ("wxid_a1b2c3", "wechat"),
        ("chen_laoshi88", "wechat"),
        ("12345678", "qq"),
        ("2088123412341234", "alipay"),
        ("@shuadan_888", "telegram"),
        ("kefu@example.com", "email"),
        ("https://sd-88.example/app", "url"),
        ("sd-88.example.com/down", "url"),
        ("com.tencent.fake", "app"),
        ("共享屏幕会议", "app"),
        ("203.0.113.7", "ip"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "eth"),
        ("TJRabPrwbZy45sbavfcjinPJC18kjpRTv8", "tron"),
        ("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq", "btc"),
        ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "btc"),
        ("62010219680415204X", "resident_id"),
        ("91620100MA71ABCD2T", "uscc"),
        ("490154203237518", "imei"),
        ("甘A12345", "plate"),
        ("SF1234567890123", "parcel"),
        ("4200002301202611241234567890", "order_number"),
        ("?", ""),
        ("", ""),
    ],
)
def test_guesses(value: str, kind: str) -> None:
    assert guess_kind(value) == kind
    assert kind in (*KINDS, "")
