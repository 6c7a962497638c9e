"""Links, wallets and the names people go by on line: whatever has a shape or a label of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.domain.directories import NoDirectories
from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.statements.proposal import Confidence
from desktop.readers.token import Claims, Token

_B58: Final = "[1-9A-HJ-NP-Za-km-z]"
_EDGE: Final = r"(?<![A-Za-z0-9])"
_END: Final = r"(?![A-Za-z0-9])"
_IS: Final = r"[\s:：是为叫\"“「(]{0,4}"
_TLD: Final = (
    "com|cn|net|org|cc|top|xyz|vip|info|shop|club|site|online|app|io|me|tv|co|biz|work|link|live|ltd|fun|pro|mobi|"
    "asia|wang|win|icu|ink|store|tech|world|hk|tw|us|uk|jp|ru|in|la|pw|ws|cyou|sbs|buzz|life|today|bet"
)
_URL_SIGN: Final = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'*+,;=%()]"
_SHAPES: Final = tuple(
    (kind, re.compile(shape))
    for kind, shape in (
        (
            "email",
            rf"{_EDGE}[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,4}}",
        ),
        ("telegram", r"(?:https?://)?(?:t|telegram)\.me/[A-Za-z0-9_+/]{3,64}"),
        ("url", rf"(?i:h(?:tt|xx)ps?)://{_URL_SIGN}{{3,2000}}"),
        ("tx_hash", rf"{_EDGE}(?:0x)?[0-9A-Fa-f]{{64}}{_END}"),
        ("eth", rf"{_EDGE}0x[0-9A-Fa-f]{{40}}{_END}"),
        ("tron", rf"{_EDGE}T{_B58}{{33}}{_END}"),
        ("btc", rf"{_EDGE}(?:(?i:bc1)[A-Za-z0-9]{{11,87}}|[13]{_B58}{{25,34}}){_END}"),
        (
            "app",
            rf"{_EDGE}(?:com|cn|org|net|io|me|app)(?:\.[A-Za-z][A-Za-z0-9_]{{0,30}}){{2,5}}{_END}(?!/)",
        ),
        (
            "url",
            rf"{_EDGE}(?:[A-Za-z0-9-]{{1,63}}(?:\[\.\]|\.)){{1,5}}(?:{_TLD})(?::[0-9]{{2,5}})?(?:[/?#]{_URL_SIGN}{{0,2000}})?(?![A-Za-z0-9@])",
        ),
        ("ip", r"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{2,5})?(?![0-9.])"),
        (
            "ip",
            r"(?<![0-9A-Fa-f:])(?:[0-9A-Fa-f]{1,4}:){3,7}:?[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f:])",
        ),
        (
            "wechat",
            rf"{_EDGE}(?:wxid_[A-Za-z0-9_-]{{4,40}}|gh_[A-Za-z0-9]{{6,30}}|[0-9]{{5,20}}@chatroom)",
        ),
        (
            "plate",
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·.]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])",
        ),
    )
)
_WECHAT: Final = (
    r"(?:微信(?:号码?|账号|帐号|群号)?|(?i:vx|wx|wechat)(?:号|号码)?|[Vv薇威][信❤Xx]|[加＋+][Vv])"
)
_LABELLED: Final = tuple(
    (kind, re.compile(shape))
    for kind, shape in (
        (
            "qq",
            rf"(?:(?:(?i:qq)|扣扣|企鹅)(?:群|号码?|群号|账号|帐号)?|群号){_IS}(?P<id>[1-9][0-9]{{4,10}})(?![0-9@])",
        ),
        (
            "wechat",
            rf"{_WECHAT}{_IS}(?P<id>[A-Za-z][A-Za-z0-9_-]{{5,19}}|1[3-9][0-9]{{9}}(?![0-9]))",
        ),
        (
            "alipay",
            rf"支付宝(?:账号|账户|帐号|号)?{_IS}(?P<id>1[3-9][0-9]{{9}}(?![0-9])|2088[0-9]{{12}}(?![0-9])|[A-Za-z0-9][A-Za-z0-9._-]{{0,40}}@[A-Za-z0-9-]{{1,40}}(?:\.[A-Za-z]{{2,10}}){{1,2}})",
        ),
        (
            "telegram",
            rf"(?:(?i:tg|telegram)|电报|纸飞机|飞机)(?:号|账号|群|频道)?{_IS}(?P<id>@?[A-Za-z][A-Za-z0-9_]{{4,31}})",
        ),
        ("telegram", r"(?<![A-Za-z0-9.])(?P<id>@[A-Za-z][A-Za-z0-9_]{4,31})(?![A-Za-z0-9_.])"),
        ("imei", rf"(?i:imei|串号){_IS}(?P<id>[0-9]{{15}})(?![0-9])"),
        (
            "passport",
            rf"(?:护照|通行证|回乡证|台胞证)(?:号码?)?{_IS}(?P<id>[A-Z]{{1,2}}[0-9]{{7,10}}|[0-9]{{8}}(?![0-9]))",
        ),
        ("bank_code", rf"(?:联行号|行号|大额行号){_IS}(?P<id>[0-9]{{12}})(?![0-9])"),
        (
            "parcel",
            rf"(?:快递|运单|物流|包裹|邮件)(?:单号|号|编号|号码)?{_IS}(?P<id>[A-Za-z]{{0,4}}[0-9]{{9,18}}[A-Z]{{0,2}})(?![0-9A-Za-z])",
        ),
        (
            "parcel",
            rf"{_EDGE}(?P<id>(?:SF|YT|JT|JD|DPK)[A-Z]{{0,3}}[0-9]{{10,18}}|E[A-Z][0-9]{{9}}[A-Z]{{2}}){_END}",
        ),
        ("case_number", rf"{_EDGE}(?P<id>A[0-9]{{22}}){_END}"),
        (
            "app",
            r"(?:名为|名叫|叫做?|下载了?|安装了?|一个|款|使用|登录|打开)\s?[\"“「《【](?P<id>[^\"”」》】\n]{2,20})[\"”」》】]\s?(?:的)?(?i:app|软件|应用|客户端|平台)",
        ),
        (
            "app",
            r"(?:(?i:app)|软件|应用)(?:名称?|名字)?(?:叫做?|是|名为|:)\s?[\"“「《【]?(?P<id>[A-Za-z0-9\u4e00-\u9fff·]{2,15})[\"”」》】]?(?=[\s,，。;；、.]|$)",
        ),
    )
)
_TAIL: Final = re.compile(r"[,.;:!?'()\[\]*]{1,40}$")
_ANY_DAY: Final = date(2000, 1, 1)


def find_links(claims: Claims) -> Iterator[Token]:
    """What is known by its shape alone: links, mail addresses, wallets, addresses of the net, plates."""
    yield from _labelled(claims, "alipay")  # else its mail address would be taken for any other
    for kind, shape in _SHAPES:
        for match in claims.matches(shape):
            start, end = match.start(), match.end()
            if kind in ("url", "email", "telegram"):
                end = start + len(_trimmed(match.group()))
            verdict = _verdict(kind, claims.text[start:end])
            if verdict is CheckVerdict.INVALID and kind in ("btc", "ip", "tron", "plate"):
                continue
            if claims.take(start, end):
                sure = Confidence.SURE if verdict is CheckVerdict.VALID else Confidence.LIKELY
                yield Token(kind, claims.text[start:end], start, end, sure)


def find_labelled(claims: Claims) -> Iterator[Token]:
    """What only its label tells: chat ids, devices, papers, parcels, programs."""
    yield from _labelled(claims)


def _labelled(claims: Claims, only: str = "") -> Iterator[Token]:
    for kind, shape in _LABELLED:
        if only not in ("", kind):
            continue
        for match in claims.matches(shape, "id"):
            start, end = match.span("id")
            if claims.take(start, end):
                yield Token(kind, match["id"], start, end, Confidence.LIKELY)


def _trimmed(text: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays where it was opened."""
    while match := _TAIL.search(text):
        cut = text[: match.start()]
        if ")" in match.group() and cut.count("(") > cut.count(")"):
            return text[: match.start() + match.group().index(")") + 1]
        text = cut
    return text


def _verdict(kind: str, value: str) -> CheckVerdict:
    return check(kind, value, NoDirectories(), _ANY_DAY).verdict
