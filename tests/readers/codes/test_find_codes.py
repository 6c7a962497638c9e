"""Codes drawn by another library are found again, and told apart by what they are for."""

from __future__ import annotations

import io

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain.errors import UserInputError
from desktop.readers.codes.find_codes import UNKNOWN, find_codes, meaning_of, meanings
from tests.support.every_row import every_row
from tests.support.sweep import EVERY

ETHER = "0x52908400098527886E0F7030069857D2E4169EE7"
SAMPLES = {
    "own_paper": ("620102540000-20261124-01-0017-0026-1", ""),
    "wechat_receive": ("wxp://f2f0AbCdEfGh", "wxp://f2f0AbCdEfGh"),
    "wechat_pay_order": ("weixin://wxpay/bizpayurl?pr=a1B2", "weixin://wxpay/bizpayurl?pr=a1B2"),
    "wechat_payment_code": ("134512345678901234", ""),
    "wechat_contact": ("https://u.wechat.com/EAbC", "https://u.wechat.com/EAbC"),
    "wechat_group": ("https://weixin.qq.com/g/AwYAA", "https://weixin.qq.com/g/AwYAA"),
    "wechat_official": ("http://weixin.qq.com/r/abc", "http://weixin.qq.com/r/abc"),
    "wecom": ("https://work.weixin.qq.com/ca/cawcde", "https://work.weixin.qq.com/ca/cawcde"),
    "alipay_receive": ("https://qr.alipay.com/fkx1a2b", "https://qr.alipay.com/fkx1a2b"),
    "alipay_other": ("https://qr.alipay.com/bax0123", "https://qr.alipay.com/bax0123"),
    "alipay_payment_code": ("2812345678901234567", ""),
    "unionpay_payment_code": ("6212345678901234567", ""),
    "unionpay_receive": ("https://qr.95516.com/48020000/1234", "https://qr.95516.com/48020000/1234"),
    "emv_merchant": ("00020101021226280011com.example5802CN6304A13F", "00020101021226280011com.example5802CN6304A13F"),
    "qq_wallet": ("https://i.qianbao.qq.com/wallet/sqrcode.htm?m=tenpay&f=wallet&a=1&u=123456789&n=x", "123456789"),
    "qq_contact": ("https://qm.qq.com/q/AbC", "https://qm.qq.com/q/AbC"),
    "btc_address": ("bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT?amount=0.1", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
    "eth_address": (f"ethereum:{ETHER}@1", ETHER),
    "tron_address": ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"),
    "telegram": ("https://t.me/abcde", "https://t.me/abcde"),
    "whatsapp": ("https://wa.me/85212345678", "https://wa.me/85212345678"),
    "douyin": ("https://v.douyin.com/AbC/", "https://v.douyin.com/AbC/"),
    "app_download": ("https://a.example.com/x.apk?c=1", "https://a.example.com/x.apk?c=1"),
    "link": ("https://example.com/a", "https://example.com/a"),
    "phone": ("tel:+8613800138000", "+8613800138000"),
    "email": ("mailto:a@example.com?subject=x", "a@example.com"),
    "card_of_a_person": ("BEGIN:VCARD\nFN:王五\nEND:VCARD", ""),
    "wifi": ("WIFI:S:x;T:WPA;P:y;;", ""),
}  # fmt: skip


def drawn(text: str, scale: int = 4) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=scale, border=4)
    return out.getvalue()


def test_every_meaning_has_a_sample() -> None:
    assert set(SAMPLES) == {meaning.id for meaning in meanings()}


@every_row("meaning", SAMPLES)
def test_the_text_of_a_code_is_understood(meaning: str) -> None:
    text, value = SAMPLES[meaning]
    found, understood = meaning_of(text)
    assert (found.id, understood) == (meaning, value)


BOTH = [(meaning, scale) for meaning in SAMPLES for scale in (2, 9)]
SOME = [
    ("own_paper", 2),
    ("own_paper", 9),
    ("eth_address", 2),
    ("qq_wallet", 9),
    ("card_of_a_person", 2),
]


@pytest.mark.parametrize(("meaning", "scale"), BOTH if EVERY else SOME)
def test_a_drawn_code_is_found_and_understood(meaning: str, scale: int) -> None:
    """The shortest in both sizes, the longest small or large, and one that is not ASCII; a sweep has all in both."""
    text, value = SAMPLES[meaning]
    (code,) = find_codes(drawn(text, scale))
    assert (code.text, code.meaning, code.value) == (text, meaning, value)
    (left, top), _, (right, bottom), _ = code.corners
    assert 0 < left < right < 1000
    assert 0 < top < bottom < 1000


def test_a_picture_without_a_code_gives_none_and_another_file_is_refused() -> None:
    blank = io.BytesIO()
    segno.make_qr("x").save(blank, kind="png", light="white", dark="white", scale=4)
    assert find_codes(blank.getvalue()) == ()
    with pytest.raises(UserInputError, match=r"picture\.unknown"):
        find_codes(b"GIF89a")


@given(st.text(max_size=200))
def test_any_text_has_a_meaning(text: str) -> None:
    meaning, value = meaning_of(text)
    assert meaning is UNKNOWN or meaning in meanings()
    assert value in text


def test_a_small_code_beside_a_large_one_is_found_too() -> None:
    """As on a poster: the large one was found at a size at which the small one cannot be seen."""
    poster = Image.new("L", (3000, 4000), 255)
    for text, place, size in (
        ("https://a.example.com/", (300, 300), 1200),
        ("wxp://f2f0AbCdEfGh", (2400, 3400), 100),
    ):
        drawn = io.BytesIO()
        segno.make(text, error="m", micro=False).save(drawn, "png", border=4)
        poster.paste(
            Image.open(drawn).convert("L").resize((size, size), Image.Resampling.NEAREST), place
        )
    out = io.BytesIO()
    poster.save(out, "PNG")
    assert [code.meaning for code in find_codes(out.getvalue())][-1] == "wechat_receive"
