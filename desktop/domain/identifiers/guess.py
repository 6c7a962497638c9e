"""Which kinds a pasted text may be."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from desktop.domain.identifiers.plain import masked, packed, plain
from desktop.domain.identifiers.registry import check
from desktop.domain.identifiers.result import CheckVerdict
from desktop.domain.reference.directories import NoDirectories

_B58: Final = "[1-9A-HJ-NP-Za-km-z]"
_SHAPES: Final = tuple(
    (kind, re.compile(shape))
    for kind, shape in (
        ("tx_hash", r"(?i:0x)?[0-9A-Fa-f]{64}"),
        ("eth", r"0x[0-9A-Fa-f]{40}"),
        ("tron", rf"T{_B58}{{33}}"),
        ("btc", rf"(?i:bc1)[A-Za-z0-9]{{11,87}}|[13]{_B58}{{25,34}}"),
        ("telegram", r"@[A-Za-z]\w{4,31}|(?:https?://)?(?:t|telegram)\.me/\S+"),
        ("email", r"[^@\s]+@[^@\s]+\.\S{2,}"),
        (
            "ip",
            r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?:[\s,;@(]+20\d\d\D.*)?|\[?[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}\]?\S*",
        ),
        ("app", r"(?:com|cn|org|net|io|me|app)(?:\.[A-Za-z]\w*){2,}"),
        (
            "url",
            r"(?i:h(?:tt|xx)ps?)://\S+|(?:[\w-]+\[?\.\]?)+[A-Za-z\u4e00-\u9fff]{2,}(?::\d+)?(?:[/?#]\S*)?",
        ),
        ("residence_permit", r"8[123]0000\d{11}[\dXx]"),
        ("foreign_resident", r"9\d{16}[\dXx]|[A-Z]{3}\d{12}"),
        ("resident_id", r"\d{17}[\dXx]|\d{15}"),
        ("uscc", r"(?=.*[A-Za-z])[0-9A-Za-z]{18}"),
        ("case_number", r"[Aa]\d{22}"),
        ("mobile", r"(?:(?:\+|00)?86)?1[3-9]\d{9}"),
        ("displayed_number", r"(?:\+|00)\d{3,15}"),
        ("sms_port", r"106\d{5,17}"),
        ("service_number", r"1[012]\d{1,3}|12\d{3}|10\d{3,4}|9[56]\d{3,4}|[48]00\d{7}"),
        ("landline", r"0\d{2,3}-?\d{7,8}"),
        ("alipay", r"2088\d{12}"),
        ("order_number", r"20[123]\d{25}(?:\d{4})?|(?:42|45|10)\d{26,30}"),
        ("iccid", r"8986[0-9A-Fa-f]{15,16}"),
        ("base_station", r"460[-:/,]\d{1,2}[-:/,]\d+[-:/,]\d+|(?i:lac|tac)[:=]?\d+\D{1,4}[:=]?\d+"),
        ("imsi", r"460\d{12}"),
        ("meeting", r"(?:腾讯会议|钉钉|飞书|(?i:zoom)|瞩目)\D{0,6}[\d-]{9,14}"),
        (
            "platform_account",
            r"(?:抖音|快手|小红书|哔哩哔哩|微博|视频号|淘宝|天猫|拼多多|闲鱼|陌陌|探探|(?i:soul|whatsapp)).{2,40}",
        ),
        ("skype", r"(?i:live:|skype:)\S+"),
        ("merchant", r"(?:商户号?|(?i:mid))[:]?[0-9A-Za-z]{15}.*|[0-9A-Za-z]{15}/[0-9A-Za-z]{8}"),
        ("imei", r"\d{15}"),
        ("bank_card", r"\d{13,19}"),
        ("masked_card", r"(?=(?:.*\d){4})\d*\*+\d*[Xx]?"),
        ("bank_code", r"\d{12}"),
        ("plate", r"[\u4e00-\u9fff][A-Za-z][·.]?[A-Za-z0-9]{4,5}[A-Za-z0-9\u4e00-\u9fff]"),
        ("parcel", r"(?i:SF|YT|JT|JD|DPK)[A-Za-z]{0,2}\d{10,18}|[A-Z]{2}\d{9}[A-Z]{2}"),
        ("iban", r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}"),
        ("qq", r"[1-9]\d{4,10}"),
        ("hk_macau_pass", r"[HM]\d{8}(?:\d{2})?"),
        ("passport", r"[A-Z][A-Z0-9]\d{7}|[HM]\d{10}"),
        ("wechat", r"wxid_\w+|gh_\w+|\d+@chatroom|[A-Za-z][A-Za-z0-9_-]{5,19}"),
        ("bank_account", r"\d{8,30}"),
        ("order_number", r"[0-9A-Za-z]{16,40}"),
        ("app", r".*[\u4e00-\u9fff].*"),
    )
)
_ANY_DAY: Final = date(2000, 1, 1)
"""Guesses do not depend on the day: what it decides is a warning, never a refusal."""


def guess_kind(text: str) -> tuple[str, ...]:
    """Kinds whose shape fits and whose arithmetic does not forbid, the likeliest first; may be empty."""
    whole = packed(text)
    if not whole:
        return ()
    spellings = {whole, plain(text), re.sub(r"(?<=\d)-(?=[\d*])", "", whole), masked(text)}
    kinds: dict[str, None] = {}
    for kind, shape in _SHAPES:
        if kind not in kinds and any(shape.fullmatch(spelling) for spelling in spellings):
            found = check(kind, text, NoDirectories(), _ANY_DAY)
            # Where a check digit exists, a number that lacks it is more likely something else.
            if found.verdict is not CheckVerdict.INVALID and "checksum" not in found.problems:
                kinds[kind] = None
    return tuple(kinds)
