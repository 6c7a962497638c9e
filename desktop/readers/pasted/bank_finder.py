"""Banks and payment institutions by their names, short names and the lines they sign with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.domain.cases.payments.channel_terms import CHANNEL_WORDS
from desktop.domain.reference.directories import Directories
from desktop.domain.statements.proposal import BANK, CHANNEL, Confidence
from desktop.readers.pasted.pattern_table import pattern
from desktop.readers.pasted.quick_search import QuickSearch
from desktop.readers.pasted.surnames import is_person
from desktop.readers.pasted.token import Claims, Token

SENDER: Final = "sender"
_HAN: Final = re.compile(r"[\u4e00-\u9fff]{4,4096}")
_WORD: Final = re.compile(r"银行|农商行|农信|信用社|信用联社")
"""One of these is in every match of ``bank_full``, and nothing but such signs."""
_HEAD: Final = re.compile(
    r"(?:请|从|到|在|用|向|的|是|我|他|她|你|您|转|打|给|往|行|户|人|卡|号|为|(?<!经)开(?![封州平阳远])|至|汇(?![融丰])|于|去|和|与|个|张(?!家[口港界])|名下|通过|自(?!贡)|们|了|输"
    r"|绑定|经(?!开|济)|均|单位|(?<![成新江昌丰望])都|[镇街乡村]上|[这那][儿里边]|当地|附近|隔壁|旁边|门口)"
)
_NOISE: Final = frozenset(
    {
        "手机银行",
        "网上银行",
        "个人银行",
        "电话银行",
        "收款银行",
        "付款银行",
        "开户银行",
        "各家银行",
        "对方银行",
        "其他银行",
        "他行银行",
        "企业银行",
        "网络银行",
        "掌上银行",
        "短信银行",
        "假银行",
        "转账银行",
        "所属银行",
        "收方银行",
        "受理银行",
        "到账银行",
        "方银行",
        "入银行",
        "出银行",
        "款银行",
        "户银行",
        "现银行",
        "哪个银行",
        "什么银行",
        "啥银行",
        "说我银行",
        "我银行",
    }
)
_BANK_WORD: Final = re.compile(
    r"[\u4e00-\u9fff](?:银行|信用社|农信|农商行|联社)|^(?:信用社|信用联社|农信社|农商行)"
)
_SHORTEST: Final = 3
_CHANNELS: Final = tuple((channel, QuickSearch(shape)) for channel, shape in CHANNEL_WORDS)
_OTHER_NAMES: Final = {
    "邮政": "中国邮政储蓄银行", "邮政储蓄": "中国邮政储蓄银行", "渝农商": "重庆农村商业银行",
    "工": "中国工商银行", "农": "中国农业银行", "中": "中国银行",
    "建": "中国建设银行", "交": "交通银行", "招": "招商银行",
    "icbc": "中国工商银行", "abc": "中国农业银行",
    "ccb": "中国建设银行", "boc": "中国银行", "bocom": "交通银行",
    "cmb": "招商银行", "citic": "中信银行", "psbc": "中国邮政储蓄银行",
    "cmbc": "中国民生银行", "spdb": "上海浦东发展银行",
    "industrial and commercial bank of china": "中国工商银行",
    "agricultural bank": "中国农业银行",
    "agricultural bank of china": "中国农业银行", "china construction bank": "中国建设银行",
    "bank of china": "中国银行",
    "bank of communications": "交通银行", "china merchants bank": "招商银行", "citic bank": "中信银行",
    "china citic bank": "中信银行", "ping an bank": "平安银行", "postal savings bank": "中国邮政储蓄银行",
    "postal savings bank of china": "中国邮政储蓄银行", "china minsheng bank": "中国民生银行",
    "china everbright bank": "中国光大银行", "hua xia bank": "华夏银行", "industrial bank": "兴业银行",
    "china guangfa bank": "广发银行", "bank of ningbo": "宁波银行", "bank of jiangsu": "江苏银行",
    "bank of shanghai": "上海银行", "bank of beijing": "北京银行", "hsbc": "汇丰银行", "hang seng": "恒生银行",
    "dbs": "星展银行", "standard chartered": "渣打银行", "citibank": "花旗银行", "bank of east asia": "东亚银行",
    "nanyang commercial bank": "南洋商业银行",
}  # fmt: skip
"""What the tables of hotlines do not know them by: letters, and the names that foreign banks print."""
_SHORT_NAMES: Final = {
    "恒丰": "恒丰银行", "渤海": "渤海银行", "浦发": "上海浦东发展银行", "兴业": "兴业银行",
    "民生": "中国民生银行", "光大": "中国光大银行", "中信": "中信银行", "广发": "广发银行",
    "华夏": "华夏银行", "平安": "平安银行", "浙商": "浙商银行", "微众": "微众银行", "网商": "网商银行",
    "邮储": "中国邮政储蓄银行", "邮局": "中国邮政储蓄银行", "邮": "中国邮政储蓄银行", "信用社": "农村信用社",
    "ceb": "中国光大银行", "cebb": "中国光大银行", "ping an": "平安银行", "pab": "平安银行",
    "spd bank": "上海浦东发展银行", "spd": "上海浦东发展银行", "cib": "兴业银行", "cgb": "广发银行", "hxb": "华夏银行",
}  # fmt: skip
"""What people write in a hurry, and what means a bank only beside a payment."""
_IN_SHORT: Final = (
    ("邮储银行", "中国邮政储蓄银行"), ("邮政储蓄银行", "中国邮政储蓄银行"), ("浦发银行", "上海浦东发展银行"),
)  # fmt: skip
_BANK_END: Final = re.compile(r"[\u4e00-\u9fff]{2}(?:银行|农商行|农信|信用社|信用联社)$")
_SIMPLIFIED: Final = str.maketrans(
    "國設農業興華東廣發滬郵儲蓄寧陝蘇連貴", "国设农业兴华东广发沪邮储蓄宁陕苏连贵"
)
"""In names of banks, as phones set to traditional characters write them; a person's name keeps its signs."""
WALLETS: Final = {
    **dict.fromkeys(("支付宝", "支付宝余额", "alipay"), "支付宝"),
    **dict.fromkeys(("微信", "微信支付", "微信零钱", "微信钱包", "财付通", "wechat", "wechat pay"), "微信"),
    **{name: name for name in ("云闪付", "抖音支付", "抖音零钱", "京东支付", "多多钱包", "美团支付", "翼支付")},
    "qq钱包": "QQ钱包",
}  # fmt: skip
"""Wallets by the names they go by, in small letters, with the usual one."""
_WALLET: Final = re.compile(
    r"微信(?:支付|零钱|钱包)?|财付通|支付宝(?:余额)?|云闪付|抖音(?:支付|零钱)|[qQ]{2}钱包|京东支付|多多钱包|美团支付|翼支付"
    r"|(?i:(?<![a-z@.])(?:alipay|wechat(?: ?pay)?)(?![a-z.@]))"
)
_APP_OF: Final = re.compile(
    r"(?:银行|农商行|农信|信用社|信用联社)(?P<app>(?:手机|网上|网络|掌上|电话|企业|个人)银行)$"
)
"""A bank with its app, which is no part of its name."""
_NO_BANK: Final = re.compile(r"(?:[到至从的在往]|到账|账)银行$")


def find_banks(claims: Claims, directories: Directories) -> Iterator[Token]:
    """Names in their official form where the tables know them. A name in a sender's brackets is the sender."""
    signed = pattern("bank_signature")
    for match in claims.matches(signed.search, "id"):
        known = directories.hotline(match["id"]) if len(match["id"]) >= _SHORTEST else None
        name = known.name if known else _unlisted(match["id"])
        if name and claims.take(*match.span("id")):
            yield Token(BANK, name, *match.span("id"), signed.confidence, SENDER, signed.name)
    yield from _full(claims, directories)
    for short in map(pattern, ("bank_short", "bank_word", "bank_letter", "bank_english")):
        for match in claims.matches(short.search, "id"):
            name = _short(match["id"], directories)
            if name and claims.take(*match.span("id")):
                yield short.token(name, *match.span("id"))


def _unlisted(name: str) -> str:
    """A sender that ends as banks do, though the tables do not have it; English ones too."""
    return name if _BANK_END.search(name) else _OTHER_NAMES.get(name.lower(), "")


def _short(name: str, directories: Directories) -> str:
    found = directories.hotline(f"{name}银行")
    return usual_name(name, directories) or (found.name if found else "")


def usual_name(name: str, directories: Directories) -> str:
    """The name of the tables for a bank by any name it is known by; empty for others."""
    found = directories.hotline(name)
    return _OTHER_NAMES.get(name.lower()) or (found.name if found else "")


def bank_meant(name: str, directories: Directories) -> str:
    """One name for a bank or wallet, however a text calls it; the name itself of one that nobody knows."""
    return (
        WALLETS.get(name.lower())
        or usual_name(name, directories)
        or spoken_bank(name)
        or _short(name, directories)
        or name.replace("农商行", "农商银行")
    )


def wallet_places(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a wallet is named, which may hold the money of its side as a bank does: (start, end, its usual name)."""
    for match in _WALLET.finditer(text):
        name = match.group()
        yield match.start(), match.end(), WALLETS.get(name.lower(), name)


def _full(claims: Claims, directories: Directories) -> Iterator[Token]:
    for begin, end in _written(claims):
        start = _begin(claims.text[begin:end], directories) + begin
        name = claims.text[start:end]
        if len(name) < 3 or _NO_BANK.search(name) or any(name.endswith(noise) for noise in _NOISE):
            continue
        found = directories.hotline(name) or directories.hotline(name.translate(_SIMPLIFIED))
        if found is not None and (written := _behind_person(name, found.name)):
            start, name = end - len(written), written
        branch = bool(re.search(r"(?:分行|支行|营业部|营业室|分理处|储蓄所)$", name))
        if claims.take(start, end):
            value = name if branch or found is None else found.name
            sure = Confidence.SURE if found else Confidence.DOUBTFUL
            yield Token(BANK, value, start, end, sure, pattern="bank_full")


def _behind_person(name: str, known: str) -> str:
    """The bank alone of ``陈小东农业银行``, as people write who is paid where, and as a picture's reader loses spaces;
    empty where nobody's name stands before it."""
    forms = (known, known.removeprefix("中国"), *(one for one, of in _IN_SHORT if of == known))
    return next((form for form in forms if is_person(name.removesuffix(form))), "")


def _written(claims: Claims) -> Iterator[tuple[int, int]]:
    """Where ``bank_full`` matches. It tries ten lengths at every sign, so it is shown only words with a bank."""
    for word in _HAN.finditer(claims.text):
        if _WORD.search(word.group()):
            for match in pattern("bank_full").shape.finditer(word.group()):
                begin, end = word.start() + match.start(), word.start() + match.end()
                if app := _APP_OF.search(match.group()):
                    end -= len(app["app"])
                while begin < end and not claims.free(begin, begin + 1):
                    begin += 1  # ``1万是盛京银行``: a sum has its first sign
                if begin < end and claims.free(begin, end):
                    yield begin, end


def find_channels(claims: Claims) -> Iterator[Token]:
    """How money went, by the first word of each kind; not claimed, for the word may be part of another reading."""
    for channel, shape in _CHANNELS:
        for match in shape.matches(claims.text):
            yield Token(CHANNEL, channel.value, *match.span())


def _begin(name: str, directories: Directories) -> int:
    """Where the name begins in what was matched: ``转到中国农业银行`` has a verb before it."""
    best = 0
    for match in _HEAD.finditer(name):
        rest = name[match.end() :]
        if len(rest) >= _SHORTEST and _BANK_WORD.search(rest):
            whole = directories.hotline(name[best:])
            if whole is not None and name[best:].startswith(whole.name):
                break
            best = match.end()
    return best


def spoken_bank(name: str) -> str:
    """The bank by a name that may as well be something else; empty where it is none."""
    return _SHORT_NAMES.get(name.lower()) or _OTHER_NAMES.get(name.lower(), "")
