"""Serial and order numbers: the keys by which banks and payment institutions find a payment again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.domain.statements.proposal import SERIAL, Confidence
from desktop.readers.token import Claims, Token

ORDER: Final = "order_number"
_VALUE: Final = (
    r"(?P<id>[0-9A-Za-z][0-9A-Za-z_-]{5,63}(?:\s[0-9]{1,12}(?=\s{0,4}(?:\n|$)))?)(?![0-9A-Za-z])"
)
_JOIN: Final = r"(?:号码|编号|号)?[\s:：是为)]{0,4}"
_ORDERS: Final = re.compile(
    r"(?:支付宝交易|微信支付订单|交易订单|商户订单|商家订单|支付订单|交易单|商户单|转账单|提现单|充值单|退款单|订单|支付单)"
    + _JOIN
    + _VALUE
)
_SERIALS: Final = re.compile(
    r"(?:交易流水|银行流水|业务流水|电子回单|核心流水|平台流水|后台流水|流水|电子凭证|凭证|回单|回单编|参考|交易参考|业务参考|检索|"
    r"交易编|交易|业务编|报文标识|支付交易序|交易序列|凭证编|转账编)"
    r"(?:号码|编号|号|序号)[\s:：是为)]{0,4}" + _VALUE
)
_BARE: Final = re.compile(
    r"(?<![0-9A-Za-z*])(?P<id>20[123][0-9]{25}(?:[0-9]{4})?|(?:42|45|10)[0-9]{8}20[0-9]{6}[0-9]{10,14})(?![0-9A-Za-z*])"
)


def find_references(claims: Claims) -> Iterator[Token]:
    """Numbers after their label, and the unmistakable ones of Alipay and WeChat Pay alone."""
    for kind, shape, sure in (
        (ORDER, _ORDERS, Confidence.SURE),
        (SERIAL, _SERIALS, Confidence.SURE),
        (ORDER, _BARE, Confidence.LIKELY),
    ):
        for match in claims.matches(shape, "id"):
            value = "".join(match["id"].split())
            digits = sum(sign.isdigit() for sign in value)
            if digits < 5 or len(value) > 64:
                continue
            if claims.take(*match.span("id")):
                yield Token(kind, value, match.start("id"), match.end("id"), sure)
