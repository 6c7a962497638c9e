"""Which kind of lead a typed value is, so that the officer rarely has to say it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

KINDS: Final = (
    "mobile", "displayed_number", "landline", "service_number", "sms_port",
    "bank_card", "masked_card", "bank_account", "bank_code",
    "wechat", "qq", "alipay", "telegram", "email", "order_number",
    "url", "app", "ip", "btc", "eth", "tron", "tx_hash",
    "resident_id", "passport", "uscc", "imei", "plate", "parcel", "case_number",
)  # fmt: skip
"""Every kind, those of daily use first."""

_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_SHAPES = tuple(
    (kind, re.compile(shape, re.IGNORECASE if kind not in ("btc", "tron") else 0))
    for kind, shape in (
        ("tx_hash", r"(0x)?[0-9a-f]{64}"),
        ("eth", r"0x[0-9a-f]{40}"),
        ("tron", rf"T{_BASE58}{{33}}"),
        ("btc", rf"bc1[a-z0-9]{{11,87}}|[13](?=.*[A-Za-z]){_BASE58}{{25,34}}"),
        ("email", r"[^@\s]+@[^@\s]+\.[a-z]{2,}"),
        ("telegram", r"@\w{5,32}|(https?://)?t\.me/\S+"),
        ("url", r"(https?|hxxps?)://\S+"),
        ("ip", r"(\d{1,3}\.){3}\d{1,3}(:\d+)?|[0-9a-f]{1,4}(:[0-9a-f]{0,4}){3,7}"),
        ("app", r"(com|cn|org|net|io|me)(\.[a-z]\w*){2,}"),
        ("url", r"([\w-]+\.)+[a-z]{2,}(:\d+)?(/\S*)?"),
        ("plate", r"[\u4e00-\u9fff][a-z][·.]?[a-z0-9]{5,6}"),
        ("displayed_number", r"(\+|00)\d{3,15}"),
        ("sms_port", r"106\d{5,17}"),
        ("mobile", r"1[3-9]\d{9}"),
        ("service_number", r"9[56]\d{3}|[48]00\d{7}|1[012]\d{1,3}|12381"),
        ("landline", r"0\d{2,3}-?\d{7,8}"),
        ("alipay", r"2088\d{12}"),
        ("resident_id", r"\d{6}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dx]"),
        ("imei", r"\d{15}"),
        ("masked_card", r"(?=(.*\d){4})\d+\*+\d*"),
        ("bank_card", r"\d{16,19}"),
        ("qq", r"[1-9]\d{4,10}"),
        ("bank_code", r"\d{12}"),
        ("order_number", r"\d{20,40}"),
        ("bank_account", r"\d{8,30}"),
        ("uscc", r"(?=.*[a-z])[0-9a-hj-npqrtuwxy]{18}"),
        ("parcel", r"(sf|yt|zto|jd|ems|yd)\d{9,18}|[a-z]{2}\d{9}cn"),
        ("passport", r"[deghmps][a-z]?\d{7,8}"),
        ("wechat", r"wxid_\w+|\w+@chatroom|[a-z][\w-]{5,19}"),
    )
)


def guess_kind(value: str) -> str:
    """The kind of the first shape that fits; ``app`` for a name in Chinese, ``""`` when nothing
    does."""
    text = unicodedata.normalize("NFKC", value).strip()
    compact = re.sub(r"(?<=\d)[ -](?=[\d*])", "", text)
    for kind, shape in _SHAPES:
        if shape.fullmatch(compact):
            return kind
    return "app" if re.search(r"[\u4e00-\u9fff]", text) else ""
