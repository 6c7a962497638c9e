"""Words and signs people write around a number: ``手机：138…``, ``IMEI: 49…``, ``'6222…`` of tables, ``138…。``"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from desktop.domain.identifiers.plain import clean_number, plain

_BEHIND: Final = r"(?:\s*(?:号码|账号|帐号|账户|帐户|编号|号|地址|no\.?|number|id|address)){0,2}"
"""What follows the word that names a kind."""
_WHOSE: Final = (
    "(?:(?:机主|对方|本人|嫌疑人|受害人|被害人|报警人|报案人|事主|当事人|收款人?|付款人?|工资|登录|登陆|发送|显示|主叫|被叫|常用|"
    "预留|绑定|注册|单位|公司|家庭|家里|办公)的?)?"
)
"""Whose it is, or what for."""
TELEPHONES: Final = ("mobile", "landline")
"""What a person may give as a telephone."""
NAMING: Final = (
    ("wechat", "微信|weixin|wechat|vx|wx"),
    ("qq", "qq群?"),
    ("alipay", "支付宝|alipay"),
    ("service_number", "客服(?:电话|热线)?"),
    ("mobile", "手机|(?:联系)?电话"),
    ("bank_card", "银行卡|卡"),
    ("bank_account", "银行|收款"),
    ("url", "网址|网站|链接|下载链接"),
    ("app", "app|软件|应用"),
    ("email", "邮箱|电子邮箱|e[- ]?mail"),
    ("telegram", "telegram|电报|飞机|tg"),
    ("meeting", "会议"),
    ("parcel", "快递|快递单"),
    ("resident_id", "(?:居民)?身份证"),
    ("imei", r"串|imei(?:\s?[12](?=\s*[:=]))?"),
    ("ip", "ip"),
    ("landline", "座机|固话|固定电话"),
    ("sms_port", "(?:短信)?端口"),
    ("displayed_number", "来电(?:显示)?"),
    ("order_number", "订单|交易单|商户单|流水"),
    ("bank_code", "联行"),
    ("plate", "车牌|号牌"),
    ("passport", "护照|passport"),
    ("hk_macau_pass", "回乡证|(?:来往)?港澳通行证"),
    ("taiwan_pass", "台胞证"),
    ("residence_permit", "(?:港澳台居民)?居住证"),
    ("foreign_resident", "(?:外国人)?(?:永居|永久居留)(?:身份)?证"),
    ("uscc", "(?:统一)?(?:社会)?信用代码"),
    ("btc", "btc|比特币"),
    ("eth", "eth|以太坊"),
    ("tron", "tron|trx|波场"),
    ("tx_hash", "(?:交易)?哈希|hash|txid"),
    ("ecny_wallet", "(?:数字人民币|数币)(?:钱包)?"),
    ("swift", "swift(?: code)?"),
    ("iban", "iban"),
    ("iccid", "iccid"),
    ("imsi", "imsi"),
)
"""Kind → the words that name it, also where nothing else tells the kind."""
_CARDS: Final = "银行卡|储蓄卡|信用卡|借记卡|(?:收款)?卡|银行|(?:收款|付款|转账)?[账帐][号户]|收款|card|account|a/c"
_CALLS: Final = "(?:联系)?电话|联系方式|号码|tel(?:ephone)?\\.?|(?:tele)?phone"
_PAPERS: Final = "证件|证"
_COINS: Final = "(?:收款|充值|提币)?(?:钱包|地址)|usdt"
_ALSO: Final = {
    "qq": "群|扣扣|企鹅",
    "mobile": rf"{_CALLS}|mobile|cell",
    "landline": rf"{_CALLS}|传真|fax",
    "service_number": rf"{_CALLS}|热线",
    "displayed_number": rf"{_CALLS}|手机|主叫",
    "sms_port": "短信|号码",
    "bank_card": _CARDS,
    "masked_card": _CARDS,
    "bank_account": _CARDS,
    "bank_code": "行",
    "resident_id": rf"{_PAPERS}|公民身份|id(?: card)?",
    "passport": _PAPERS,
    "hk_macau_pass": f"通行证|{_PAPERS}",
    "taiwan_pass": f"通行证|{_PAPERS}",
    "residence_permit": _PAPERS,
    "foreign_resident": _PAPERS,
    "btc": f"{_COINS}|bitcoin",
    "eth": f"{_COINS}|erc[- ]?20|ethereum",
    "tron": f"{_COINS}|trc[- ]?20",
    "order_number": "单|商户订单|账单|order",
    "parcel": "运单|单",
    "url": "域名|url|link",
    "app": "包名",
    "plate": "牌照",
    "email": "(?:电子)?邮件|mail",
    "ecny_wallet": "钱包",
}
"""Words of several kinds, believed only where the kind is known."""
_NAMES: Final = frozenset({"wechat", "telegram", "skype"})
"""Kinds that are words themselves: ``wx abc123`` may be an id written apart."""
_OF_DIGITS: Final = frozenset(
    {
        *TELEPHONES, "service_number", "displayed_number", "sms_port", "qq", "resident_id", "bank_card",
        "imei", "imsi", "ip",
    }
)  # fmt: skip
"""Kinds without letters, so that one right before the digits is none of theirs; ``account2020@qq.com`` and
``ORDER2026…`` are whole."""
_TEXTS: Final = frozenset({"app", "url", "meeting", "platform_account"})
"""Kinds in which Chinese words may begin what is meant, and points end it."""
_QUOTES: Final = "'\"`‘’“”「」『』"
_FRONT: Final = re.compile(f"[{_QUOTES}]+\\s*")
_BACK: Final = re.compile(rf"(?:(?<!\.)\.|[。、,;{_QUOTES}]|\s)+$")
"""One point is the end of a sentence, more are digits that are not shown."""
_BACK_OF_TEXTS: Final = re.compile(r"[。、’”」』\s]+$")
_WIDE_BACK: Final = "，；。．\u3000\xa0 \t\r\n"
"""The end of a Chinese sentence, which no address has, before it is folded into signs that addresses have."""
_LONGEST: Final = 500
"""Characters of the longest text that is looked at."""
_BARE: Final = re.compile(r"[0-9](?:.*[0-9A-Za-z])?")


def unlabelled(text: str, *kinds: str) -> str:
    """``text`` less the words in front that name one of ``kinds``, and less quotes and the end of a sentence.

    What names another kind stays: it says that something else was meant. As it was given where there is nothing of
    that, or nothing else.
    """
    if (text.isascii() and _BARE.fullmatch(text)) or len(text) > _LONGEST:
        return text  # most numbers, of which hundreds are read at once; or a story
    given = plain(text)
    bare = plain(text.rstrip(_WIDE_BACK))
    known, bare = "", bare if _says_something(bare) else given
    while known != bare:
        known = bare
        for kind in kinds:
            bare = _less(bare, kind)
    return bare if bare and bare != given else text


def number_of(text: str, *kinds: str) -> str:
    """``text`` :func:`unlabelled`, as it is compared and sent."""
    return clean_number(unlabelled(text, *kinds))


def _less(text: str, kind: str) -> str:
    back = _BACK_OF_TEXTS if kind in _TEXTS else _BACK
    for rest in _shorter(text, _FRONT, back, _label(kind)):
        if _says_something(rest):
            text = rest
    return text


def _says_something(text: str) -> bool:
    return any(sign.isalnum() or sign == "*" for sign in text)


def _shorter(
    text: str, front: re.Pattern[str], back: re.Pattern[str], label: re.Pattern[str] | None
) -> Iterator[str]:
    quoted = front.match(text)
    bare = back.sub("", text[quoted.end() :] if quoted else text)
    yield bare
    named = label.match(bare) if label else None
    if named:
        yield bare[named.end() :]


@cache
def _label(kind: str) -> re.Pattern[str] | None:
    """Words of ``kind``, and what must stand between them and the number; None for a kind without words."""
    words = "|".join(filter(None, (dict(NAMING).get(kind, ""), _ALSO.get(kind, ""))))
    if not words:
        return None
    between = [r"\s*[:=]\s*(?!//)"]  # tg://… is a link
    if kind in _TEXTS:
        between.append(r"\s*(?=h(?:tt|xx)ps?:)")
    else:
        han = r"(?<=[\u4e00-\u9fff)\]】])"
        begins = "" if kind == "plate" else r"(?=[0-9a-z+*@(])"
        between += [rf"{han}\s*[是为]\s*", rf"{han}\s*{begins}"]
        if kind not in _NAMES:
            between.append(r"(?<=[a-z0-9.])\s+")
        if kind in _OF_DIGITS:
            between.append(r"(?<=[a-z.])(?=[0-9+*(])")
    return re.compile(
        rf"[(\[【]?{_WHOSE}(?:{words}){_BEHIND}[)\]】]?(?:{'|'.join(between)})", re.IGNORECASE
    )


@cache
def naming_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Kind → a word of :data:`NAMING` with a colon behind it, in their order."""
    return tuple(
        (kind, re.compile(rf"(?:{words}){_BEHIND}\s*:\s*", re.IGNORECASE)) for kind, words in NAMING
    )
