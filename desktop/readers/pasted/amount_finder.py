"""Sums of money, and what each is: paid, got, left on the account, a fee, a total, or only asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.money.spoken_amounts import LONGEST, read_spoken
from desktop.domain.statements.proposal import AMOUNT, FOREIGN_SUM, Confidence
from desktop.readers.pasted.number_finder import is_no_sum
from desktop.readers.pasted.pattern_table import pattern
from desktop.readers.pasted.remembered import remembered
from desktop.readers.pasted.token import Claims, Token

PAID: Final = "paid"
TOTAL: Final = "total"
ASKED: Final = "asked"
ASIDE: Final = "aside"
"""Balance, fee, limit, price: no payment."""

_COUNTS: Final = re.compile(
    r"\s?(?:[%‰个名人次天年月日号单倍分秒时点届条张位岁期级折笔台部股套只件份页层楼度米斤克吨公]|小时|USDT|usdt|U\b|美元|美金|港币|港元|欧元|积分|金币|像素|粉丝|-[0-3][0-9](?![0-9.,万千百wkWK]))"
)
_PLAIN_CUE: Final = re.compile(
    r"(?:第[一二三四五六七八九十1-9][次笔回]|每(?:一)?[笔次回个](?:都?是)?|[笔次回]都是|[一有]笔|追加了?|金额|支出|收入|转出|转入|转账|转了|转过|转走|转给[^,，。;；\n]{1,8}|打了|打过去|汇了|付了|充了|充值|交了|给了|存了|取了|花了|付款|支付|消费|扣款|支取|存入|汇款|汇出|提现|刷了|投了|投入|"
    r"少了|[一单][次回个]|[费金款税押]|(?<![0-9])[一二两三四五六七八九十0-9][笔次单回]|被骗了?|骗了?|损失|亏了|共计|合计|一共|总共|余额|又转|再转|又打|扫码?|首付|实付|到账|返了|返现|退回?来?了?|收到|人民币|小写|借了|贷了|还了|入金|分别|各|扣了?|拿走|取走|现金|出|先转|再转|返|转|打|汇|付|充|交)"
    r"(?:\([^()\n]{0,20}\))?(?:了|为|是|:|约|大概|他|她|我|对方|过去|去|一笔|[\s:：¥、]){0,4}$"
)
_AFTER_TIME: Final = re.compile(
    r"(?:(?<![0-9])[0-2]?[0-9]:[0-5][0-9](?::[0-9]{2})?|(?<=[0-9])[日号])[,，\s/]{0,3}"
    r"(?:(?:微信|支付宝|现金|扫码|银行卡|云闪付|零钱|转账|手机银行)[,，\s/:]{0,3})?$"
)
"""``11月3日1980``, ``19:20 800``: a number right behind its time, as people note what they paid."""
_CLAUSE_END: Final = re.compile(r"[,，、。;；!?:()\[\]\n]")
_PAYS: Final = re.compile(
    r"(?<![A-Za-z])(?:[转付打充汇投缴刷扫](?!电话|码|字|算|工)|[交给买花扣取退返借贷还收]了|下单|拿|发(?:了|红包)|入金|提现|少了|骗|定金|尾款|押金|保证金|本金|培训|会员|费(?!用|率))"
)
_NO_SUM: Final = re.compile(
    r"(?:码|号|群|时间|编[码号]?|暗号|口令|电话|尾|密码|工号|账户|[A-Za-z@#_/\-])\s?(?:是|为|:)?\s?$"
)
_BARE: Final = re.compile(
    r"[1-9][0-9]{2,5}(?:\.[0-9]{1,2})?|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{2})?"
)
_NO_UNIT: Final = re.compile(
    r"\s?(?:[A-Za-z0-9@#_%/:.×*=\-年月日号个名人次天点时分秒斤条张位岁期级笔台部股套只件份楼多克枚粒米块]|USDT|积分)"
)
_DATE: Final = re.compile(r"(?:0?[1-9]|1[0-2])\.[0-3]?[0-9]|0\.[0-9]{1,6}")
"""Nothing says that it is money, and it may be a day, or a piece of a coin."""
_LIST_CUE: Final = re.compile(r"[0-9万千元块][\s]?(?:、|和|以及|,|，)\s?$")
_BALANCE: Final = re.compile(
    r"(?:余额不足|余额|可用|结余|剩余|额度|限额|授信|"
    r"(?<![其多剩业])余|汇费|[电水气]费|"
    r"(?i:\b(?:avail )?bal\.?|balance|limit|fee|outstanding|due|minimum payment)(?:\ (?:is|of))?|"
    r"欠款|应还|最低还款|账单|手续费|服务费|优惠|立减|积分|红包|年费|利息|单价|原价|月薪|日薪|工资每|佣金|利润|收益|提成|"
    r"价格|售价|起步|门槛|最高|至少|不超过|超过|达到|满)(?:的)?(?:为|是|:|约|人民币|额|[\s:：¥,])?(?:\([^()\n]{0,12}\))?(?:为|是|:|人民币|还有|还剩|每[笔日天]|[\s:：¥]){0,4}$"
)
_TOTAL: Final = re.compile(
    r"(?:涉案(?:总?金额|资金)?|案值|共计|一共|总共|合计|总计|累计|总额|总金额|前前后后|前后|总损失|损失了?|被骗走?了?|骗了我?|骗走|总的|加起来|总数)"
    r"[^,，。;；\n0-9]{0,8}$"
)
_ASKED: Final = re.compile(
    r"(?:需要?|(?<!按)(?<!按照)(?<!按其)(?<!按对方)(?<!照对方)(?<!据)(?<!据其)要求|让我|叫我|要我|必须|还要|要再|再交|先交|得交|要交|要付|要转|要充|才能|可以|能赚|能返|会返|保证|说是|只要|就能|返利|返佣|奖励|贷款|借款|额度|下款|贷|投资|月入|日入|赚|想借|申请|"
    r"喊我|喊我们|准备|正要|打算|剩下的?|索要|仍要|再索|盈利|每[年月天]扣|还差|预计|挽损|补仓|说第二天给我|明天给|给我|送|"
    r"充[0-9]{1,6}[得送]|wanting to (?:wire|pay|send)|demand)"
    r"[^,，。;；\n0-9]{0,8}$"
)
_CODES: Final = "USD|HKD|SGD|EUR|GBP|JPY|AUD|CAD|MOP|TWD|NTD|THB|KRW|MYR|VND|PHP"
_CURRENCIES: Final = "美元|美金|港[币幣元]|澳门币|新?台[币幣]|日[元圓]|[欧歐]元|英[镑鎊]|[韩韓]元"
_FOREIGN: Final = re.compile(
    rf"(?:(?<![A-Za-z])(?:{_CODES}|US|HK|NT|S)\s?\$?|[$€£₩฿₫]|{_CURRENCIES})\s?[:：]?\s?$"
)
"""Before a sum of another currency, which is no sum in yuan."""
_FOREIGN_ROOM: Final = 8
"""Characters in which it stands."""
_COINS: Final = "USDT|USDC|TRX|BTC|ETH|BNB|SOL|DAI|BUSD|DOGE|XRP|LTC"
_FOREIGN_BEHIND: Final = re.compile(
    rf"\s?(?:(?:{_CODES}|{_COINS})(?![A-Za-z])|USDT|澳币|{_CURRENCIES})"
)
_ANY_SUM: Final = re.compile(
    r"(?<![0-9A-Za-z.])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,12})(?:\.[0-9]{1,8})?(?![0-9])"
)
_NO_PAYMENT: Final = re.compile(
    r"(?i:fee|rate|price|balance|minimum|≈)[\s:]{0,2}$|[矿礦]工[费費][\s:]{0,2}$|手[续續][费費][\s:]{0,2}$|≈\s?$"
)
_MONTH: Final = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR: Final = re.compile(
    rf"{_MONTH}\s?[0-3]?[0-9](?:st|nd|rd|th)?,?\s?$|[0-3]?[0-9]\s?{_MONTH},?\s?$"
)
"""Before the year of a day in English, which is no sum."""
_YEAR_ROOM: Final = 20
_A_YEAR: Final = re.compile(r"20[0-9]{2}(?![0-9]|,[0-9]{3}|\.[0-9])")
_NOT_DONE: Final = re.compile(
    r"(?:元|块钱?|块)?[^,，。;；\n0-9]{0,8}[,，]?\s?(?:我|但我|我就|我还|他|她|但|伊)?(?:(?:没有?|未|没敢|不敢|还没)(?:再)?(?:给|交|转|付|打|汇|充|投|理|同意|答应)(?!成|出|通|上)|[不勿]准|当场[拦劝]|银行没让|refused|declined|是?记错)"
)
_LETTER_MULTIPLE: Final = re.compile(r"(?:元|块)?(?=[\s,，。;；、)）再又和还后]|$)")
_GROUPED_ON: Final = re.compile(r",[0-9]{3}")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?|[0-9]{1,9}\.[0-9]{2}")
_VERB_NAME: Final = re.compile(r"[转付汇打]给?\s?[\u3400-\u9fff*]{2,5}\s$")
_LINE_END: Final = re.compile(r"\s{0,3}(?:[,，。;；]|\n|$)")
_THEN_PAID: Final = re.compile(
    r"(?:元|块钱?)?[^,，。;；!\n0-9没未不]{0,6}[,，(]\s?(?:说[^,，。;；\n]{0,12}[,，]\s?)?"
    r"(?:我|就|也|都|后来|于是|[0-9一二两三四五六七八九十月号日点半多钟分上下午晚中早:]|微信|支付宝|现金|,|，|\s){0,22}"
    r"(?:交|付|转|打|给|汇|充|买|扫)(?:了|的|过去|给)"
    r"|(?:元|块钱?)?[^,，。;；!\n0-9没未不]{0,6}我(?:也|就)?(?:交|付|转|打|给|汇|充|买)了"
)
"""Behind a sum that somebody asked for: ``让我交诚信金2000，我交了``."""
_LENT: Final = re.compile(r"(?:贷|借)[^,，。;；\n0-9]{0,8}$")
_PASSED_ON: Final = re.compile(r"(?:元|块钱?)?(?:全|都|也)?(?:转|打|付|汇)(?:过去|了|给了?)")
"""``借了网贷两万转过去``: what was borrowed was paid."""
_NO_FEE: Final = re.compile(r"(?:手续费|服务费|积分|红包|收益|利息)[^,，。;；\n]{0,6}$")
_CAME_BACK: Final = re.compile(r"[,，]?\s?(?:他|对方|就|立马|马上)?返(?:了|给我|还)?(?=\s?[0-9])")
"""Behind a sum for which something came back, so that it was paid, whoever asked for it."""
_TO_NAME: Final = re.compile(r"[转付汇打存充支](?![码号])[^,，。;；\n]{1,20}\s$")
"""``转陈志强 77,800``: what stands between the verb and a sum written as one."""
_SHORTEST: Final = 2
_LARGE: Final = re.compile("[万千仟萬]")
_RETURNED: Final = re.compile(r"返(?=[0-9])|[都还就]?没(?:有)?返")
_PAID_BEHIND: Final = re.compile(
    r"\s?(?:也|都|已|全|我)?(?:转|付|打|交|汇|充|投)(?:了|过去|好)|已?到账|已(?:付|打|转|交)"
)
_FEE: Final = re.compile(r"(?:定金|尾款|押金|费|付款?|交|给了?|充了?|[次回]是?.{0,8}[点钟分来])$")
_TORN: Final = re.compile(r",[0-9]{2}(?![0-9])")
"""``50,00.00`` has lost a digit, and nobody knows which."""
_GIVEN_BACK: Final = re.compile(r"已退款?\s?\($")
"""Of the state of a payment: part of it came back, which is no payment of its own."""
_NUMBERED: Final = re.compile(r"(?:码|号|密码|电话|群|尾|No|ID|id)[\s:]{0,2}$")
_PAY: Final = re.compile(r"转到|打到|汇到|存到|转入|转这|打这|汇这")
_OPEN: Final = re.compile(r"\s?(?:补偿|赔偿|补贴|奖励|佣金)")
_PRICE: Final = re.compile(r"(?:元|块)?(?:的?价格|一[个枚只])")
_SPLIT: Final = re.compile(r"[,，]?\s?分了?[两二三四五六七八九十2-9]")
_DONE: Final = re.compile(
    r"(?:转了|打了|付了|充了|汇了|交了|给了|转过去|已转|已付|存了|返了|支出|转出)[^,，。;；\n]{0,10}$"
)


def find_amounts(claims: Claims) -> Iterator[Token]:
    """Every sum with a unit, a currency sign, or a word beside it that makes it money; ``role`` says what it is."""
    found = pattern("sum")
    for match in claims.matches(found.search, "amount", outside=True):
        if _is_count(match):
            continue
        start, end = _bounds(match)
        fen = _fen(match)
        if fen is None or not fen or not _is_money(claims, match, end):
            continue
        role = (
            PAID
            if match["sign"] and match["sign"] != "−" and _is_listed(match)
            else _role(claims, start, end)
        )
        if not claims.free(start, end):
            start = match.start("amount")
        if not claims.take(start, end):
            continue
        value = format_yuan(fen).replace(",", "")
        sign = match["sign"] or ""
        signed = f"{'-' if sign == '−' else sign}{value}"
        yield Token(AMOUNT, signed, start, end, _sure(match), role, found.name)


def find_bare_sum(claims: Claims) -> Iterator[Token]:
    """``转到这张卡 6217… 建行 王某强 48000``: the only number of a message that names an account to pay to and no sum.
    To be called when nothing else is a sum."""
    if not _PAY.search(claims.text):
        return
    alone = pattern("only_number")
    found = [
        match
        for match in claims.matches(alone.search)
        if not _NUMBERED.search(claims.before(match.start(), 6))
        and not of_another_currency(claims.text, *match.span())
        and not is_year(claims.text, match.start())
        and not _GROUPED_ON.match(claims.text, match.end())
    ]
    if len(found) == 1 and claims.take(*found[0].span()):
        value = format_yuan(int(found[0].group()) * 100).replace(",", "")
        yield Token(AMOUNT, value, *found[0].span(), alone.confidence, PAID, alone.name)


def _is_count(match: re.Match[str]) -> bool:
    """Numerals that nothing makes money, as in ``一个``: most of what is found."""
    numerals = match["chinese"]
    if not numerals or match["unit"] or match["currency"] or "¥" in match.group():
        return False
    return not (match["multiple"] or "").strip() and not _LARGE.search(numerals)


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    text = match.group()
    return match.start() + len(text) - len(text.lstrip()), match.start() + len(text.rstrip())


def _fen(match: re.Match[str]) -> int | None:
    whole = match["amount"].replace(",", "") + (match["unit"] or "") + (match["cents"] or "")
    if len(whole) > LONGEST or _TORN.match(match.string, match.end("amount")):
        return None
    return _fen_of(whole)


@remembered
def _fen_of(whole: str) -> int | None:
    try:
        return parse_yuan(whole)
    except UserInputError:
        return read_spoken(whole)


def of_another_currency(text: str, start: int, end: int) -> bool:
    """Whether the sum at ``text[start:end]`` has the sign or the name of a currency other than yuan beside it."""
    before = text[max(0, start - _FOREIGN_ROOM) : start]
    return bool(_FOREIGN.search(before) or _FOREIGN_BEHIND.match(text, end))


def find_foreign_sums(text: str, begin: int, stop: int) -> Iterator[Token]:
    """The sums of ``text[begin:stop]`` in another currency or in coins, in their words; no fee, rate or balance."""
    for match in _ANY_SUM.finditer(text, begin, stop):
        if not of_another_currency(text, *match.span()):
            continue
        before = text[max(begin, match.start() - 24) : match.start()]
        mark = _FOREIGN.search(before)
        label = before[: mark.start()] if mark else before
        if _named(label.rstrip("-− \n")) == ASIDE or _NO_PAYMENT.search(label):
            continue
        behind = _FOREIGN_BEHIND.match(text, match.end())
        start = match.start() - len(before) + mark.start() if mark else match.start()
        end = behind.end() if behind else match.end()
        words = text[start:end].strip()
        yield Token(FOREIGN_SUM, words, start, start + len(words), Confidence.LIKELY)


def is_year(text: str, start: int) -> bool:
    """Whether the number at ``start`` is the year of a day in English (``September 5, 2026``)."""
    before = text[max(0, start - _YEAR_ROOM) : start]
    return bool(_A_YEAR.match(text, start) and _YEAR.search(before))


def _is_money(claims: Claims, match: re.Match[str], end: int) -> bool:
    if of_another_currency(claims.text, match.start("amount"), end):
        return False
    if is_year(claims.text, match.start("amount")):
        return False
    if match["unit"] or match["currency"] or "¥" in match.group():
        return not (match["chinese"] and len(match["chinese"]) == 1)
    if _COUNTS.match(claims.text, end):
        return False
    multiple = (match["multiple"] or " ").strip()[:1]
    if multiple and multiple in "kK" and _LETTER_MULTIPLE.match(claims.text, end):
        return True
    if multiple and multiple in "万亿wW":
        return not claims.text.startswith(("一", "分"), end)
    return _is_bare_money(claims, match, end)


def _is_bare_money(claims: Claims, match: re.Match[str], end: int) -> bool:
    """Without a unit, a currency or 万: by how it is written and the words before it."""
    before = claims.label_before(match.start("amount"), 24).rstrip("+-− ")
    numbers_day = not match["sign"] and (
        _DATE.fullmatch(match["amount"]) or claims.text.startswith("/", end)
    )
    if numbers_day or is_no_sum(claims.text, *match.span("amount")):
        return False
    if match["chinese"]:
        return _is_spoken_money(claims, match, before, end)
    if _is_paid_number(claims, match, end) or (
        _VERB_NAME.search(f"{before} ") and _LINE_END.match(claims.text, end)
    ):
        return True
    if _GROUPED.fullmatch(match["amount"]) and _TO_NAME.search(f"{before} "):
        return True
    if match["sign"] and _is_listed(match):
        return True
    if end - match.start("amount") < _SHORTEST:
        return False
    return bool(
        _PLAIN_CUE.search(before)
        or _RETURNED.match(claims.text, end)
        or _PAID_BEHIND.match(claims.text, end)
        or (end - match.start("amount") > _SHORTEST and _AFTER_TIME.search(before))
    ) or bool(_LIST_CUE.search(before) and match["sign"] is None and end - match.start() > 3)


def _is_spoken_money(claims: Claims, match: re.Match[str], before: str, end: int) -> bool:
    """``九千八``, and hundreds where the clause speaks of paying."""
    large = re.search("[万千仟萬]", match["chinese"]) or _FEE.search(before)
    small = "百" in match["chinese"] and _PAYS.search(_clause(claims, match.start(), end))
    return bool(large or small) and not claims.text.startswith("火急", end)


def _clause(claims: Claims, start: int, end: int) -> str:
    """The clause of ``text[start:end]``, and its nearest neighbour where it is nothing but the number."""
    before, after = claims.before(start, 18), claims.after(end, 18)
    cuts = [mark.end() for mark in _CLAUSE_END.finditer(before)]
    stop = _CLAUSE_END.search(after)
    head = before[cuts[-1] :] if cuts else before
    tail = after[: stop.start()] if stop else after
    if not head.strip() and not tail.strip() and cuts:
        head = before
    return f"{head}#{tail}"


def _is_paid_number(claims: Claims, match: re.Match[str], end: int) -> bool:
    """A bare number of three digits or more in a clause that speaks of paying, and that nothing calls otherwise."""
    return bool(
        match["amount"]
        and not match["chinese"]
        and _BARE.fullmatch(match["amount"])
        and not _NO_UNIT.match(claims.text, end)
        and not _NO_SUM.search(claims.before(match.start("amount"), 6))
        and _PAYS.search(_clause(claims, match.start("amount"), end))
    )


def _role(claims: Claims, start: int, end: int) -> str:
    role = _named(claims.label_before(start, 24))
    if role == ASIDE or _PRICE.match(claims.text, end):
        return ASIDE
    if role == TOTAL or _SPLIT.match(claims.text, end):
        return TOTAL
    if _OPEN.match(claims.text, end) or _NOT_DONE.match(claims.text, end):
        return ASKED
    returned = (
        _CAME_BACK.match(claims.text, end)
        or _THEN_PAID.match(claims.text, end)
        or (_PASSED_ON.match(claims.text, end) and _LENT.search(claims.before(start, 12)))
    )
    return ASKED if role == ASKED and not returned else PAID


@remembered
def _named(before: str) -> str:
    """What the words before a sum name it; nothing where they say nothing."""
    charged = _NO_FEE.search(before) and _DONE.search(before)
    if (_BALANCE.search(before) and not charged) or _GIVEN_BACK.search(before):
        return ASIDE
    if _TOTAL.search(before):
        return TOTAL
    return ASKED if _ASKED.search(before) and not _DONE.search(before) else ""


def _is_listed(match: re.Match[str]) -> bool:
    """``利息 +0.87``: what a list of movements shows with its sign."""
    return bool(re.search(r"\.[0-9]{2}$", match["amount"]))


def _sure(match: re.Match[str]) -> Confidence:
    if match["about"]:
        return Confidence.DOUBTFUL
    exact = match["currency"] or "." in match["amount"] or "¥" in match.group()
    return Confidence.SURE if exact and not match["multiple"] else Confidence.LIKELY
