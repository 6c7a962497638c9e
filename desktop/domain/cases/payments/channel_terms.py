"""How people and institutions name the way money went."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.cases.payments.transfer import Channel

CHANNEL_WORDS: Final = (
    (Channel.MOBILE_BANK, re.compile(r"手机银行|掌上银行|手机APP转账")),
    (Channel.ONLINE_BANK, re.compile(r"网上银行|个人网银|企业网银|网银|网上支付|互联网?汇出")),
    (Channel.QUICK_PAY, re.compile(r"快捷支付|快捷付款|网联付款|网联支付|无卡支付|支付机构")),
    (Channel.ATM, re.compile(r"(?i:atm|自助机|自助柜员机|自助取款|取款机)")),
    (Channel.POS, re.compile(r"(?i:pos)(?:机|消费|刷卡)?|刷卡消费")),
    (Channel.COUNTER, re.compile(r"柜台|柜面|银行网点")),
    (Channel.SCAN, re.compile(r"扫码|扫二维码|二维码付款|收款码")),
    (Channel.WECHAT, re.compile(r"微信(?:转账|支付|红包|钱包|零钱)|零钱")),
    (Channel.ALIPAY, re.compile(r"支付宝(?:转账|支付|付款|余额|账户)?|余额宝|花呗")),
)  # fmt: skip
"""The words of each channel; the first that is found says it best."""

_CARD: Final = re.compile(
    r"(?P<bank>[\u4e00-\u9fff]{2,12}?银行|[\u4e00-\u9fff]{2,10}信用社)[^()（）]{0,8}[(（](?P<tail>\d{3,4})[)）]"
)


def channel_in(text: str) -> Channel | None:
    """The channel ``text`` names; None if it names none."""
    return next((channel for channel, shape in CHANNEL_WORDS if shape.search(text)), None)


def card_behind(text: str) -> tuple[str, str]:
    """Account (its tail, ``*4569``) and bank a wallet says it took the money from, both "" where it names none."""
    card = _CARD.search(text)
    return (f"*{card['tail']}", card["bank"]) if card else ("", "")
