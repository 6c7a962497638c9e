"""Which way money went, by the words around the sum."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.quick_search import QuickSearch
from desktop.readers.pasted.remembered import remembered

_IN: Final = QuickSearch(
    re.compile(
        r"收入|放款|发放至|转入(?!户|账|方|卡|银|到|对方|骗|他|她|指定|余额宝|零钱通|理财|[^,，。;；\n您你我本尾0-9]{2,24}(?:账户|账号|帐户|卡|户头))|存入(?!卡号|账)|汇入(?!账|行|户|卡|银行)|来账|(?<!次日)(?<!方式[\s:]实时)(?<!方式[\s:]普通)到账(?!银行|时间|账|方式)|(?<![转汇存])入账(?!账|户|号)|收到(?!信息|短信|通知|邮件|电话|消息)(?:[^,，。\n]{0,20}?(?:转账|汇款|付款|支付|转来))?|转存|代付|退款|返现|返还|返利到|退回来|退回(?=\s?[0-9])|返了|返(?=[0-9])|退了(?=[0-9一二两三四五六七八九十¥])|退给我|退了?我|退了(?=我)|提出了|提现(?:成功|到账)|成功提现|提现[0-9一二两三四五六七八九十万千百]{1,6}(?:元)?(?:成功|到账|到)|退还(?!单)|还给我|还了我|返给我|返我|贷记|发放|代发|工资|收款(?!:\s?[^0-9¥+\s]|均|都|人(?!民币)|方|账|户|行|卡|码|时间|钱包|二维码|商|单|银)|已收款(?!方)|"
        r"(?:向|给)[您你我](?!的?(?:的)?(?:尾号)?[^,，。\n]{0,10}(?:支出|转出))[^,，。\n]{0,12}(?:转|汇|打|付)|转给我|打给我|利息|"
        r"(?i:credited|received|refund(?:ed)?)|已存入零钱|提现到(?:我|了?账)"
    ),
    least=0,
)
_OUT: Final = QuickSearch(
    re.compile(
        r"支出|转出|转至|转到|汇出|支取|取款|取现|取出|取了|支付(?!宝|方式|时间|密码|机构|单|平台|中心|限额|凭证|奖励|结算)|消费|付款(?!人(?!民币)|方|账|户|行|时间|方式|码)|扣款(?!账|户|卡)|扣费|扣除|扣收|扣划|代扣|划扣|划款|转支|转给(?!我)|转账给|转帐给|打给(?!我)|汇给|"
        r"追加了?|汇款(?!人)|汇至|汇了|转了|转过去|转走|打了|打过去|打到|付了|付掉|付给|给了|充了|充值|还款|借记|已付|实付|转账支取|刷卡|刷走|盗刷|交了|缴|投了|投入|入金|买了|下单|花了|被骗|骗走|损失|少了|"
        r"对方已收|转账成功|转账金额|交易成功|往外转|又转|再转|续转|转账(?!收入|收款|时间|单|说明|方式|失败|记录|类型|用途|电话|功能)|转去|存到|存了|"
        r"(?:转|打|汇|付|充|出)(?=\s?(?:[0-9¥]|人民币|[一二两三四五六七八九十]))|[转汇付打扫]的|被扣|扣了|拿走|取走|"
        r"转入(?=[^,，。;；\n您你我本尾0-9]{2,24}(?:账户|账号|帐户|卡|户头))|(?:转|打|汇|付)(?=[他她它]|对方|骗子)|"
        r"(?i:debited|transferred|spent|paid|sent|remitted|withdrawn|withdrawal|purchase)|"
        r"现金交|发给|发了(?=[^,，。;；\n]{0,8}红包)|微信红包|"
        r"Transfer successful|(?:→|->)\s?(?=[\u3400-\u9fffA-Z]|[0-9]{12})"
    ),
    least=0,
)
_NEUTRAL: Final = re.compile(
    r"提现|转入(?:余额宝|零钱通|理财)|转出到(?:本人|自己)|自己的卡|本人账户互转|零钱通转出"
)
_FAILED: Final = re.compile(
    r"失败|未成功|不成功|冲正|已撤销|被撤销|已退回(?!零钱)|退回(?!零钱|账户|[0-9])|退汇|已拒绝|交易关闭|余额不足|已全额退款|已退还|交易取消|已取消|被取消|交易撤销|"
    r"没(?:有)?(?:转|付|汇|打)成|没(?:有)?成功|未转成|没转出去|未遂|退票|被(?:银行|平台|系统)?拦截"
)
_UNRETURNED: Final = re.compile(
    r"[0-9,.]{1,12}\s?[万千]?(?:元|块)?(?:返(?=\s?[0-9])|[都还就]?没(?:有)?返)"
)
"""``100返120``, ``3000没返``: what was paid for the sake of what came back, or did not."""
_WIDEST: Final = 300
_TO_STOP: Final = re.compile(r"[^。;；!\n]*+[。;；!\n]")


def sentence(text: str, start: int, end: int, begin: int, stop: int) -> tuple[int, int]:
    """The sentence, or line, of ``text[begin:stop]`` around ``text[start:end]``."""
    begin, stop = max(begin, start - _WIDEST), min(stop, end + _WIDEST)
    last = _TO_STOP.match(text[begin:start][::-1])
    first = _TO_STOP.match(text, end, stop)
    return (
        start - last.end() + 1 if last else begin,
        first.end() - 1 if first else stop,
    )


def direction_of(
    around: str, place: int, sign: str, cues: Cues | None = None
) -> MoneyDirection | None:
    """By the cue nearest before ``place`` in ``around``, else the first after it; a minus sign is out, a plus in.

    None where nothing is said. ``cues`` are those of ``around``, for who asks about several places of it.
    """
    if cues.failed if cues else failed(around):
        return MoneyDirection.NEUTRAL
    if sign:
        return MoneyDirection.OUT if sign == "-" else MoneyDirection.IN
    if _UNRETURNED.match(around, place):
        return MoneyDirection.OUT
    return (cues or cues_of(around)).nearest(place)


@dataclass(frozen=True, slots=True)
class Cues:
    """What some words say of where money went: the places of the cues in order, and the way each says."""

    failed: bool
    places: Sequence[int]
    ways: Sequence[MoneyDirection]

    def nearest(self, place: int) -> MoneyDirection | None:
        """What the last cue before ``place`` says, else the first behind it."""
        if not self.places:
            return None
        return self.ways[max(bisect_left(self.places, place) - 1, 0)]


@remembered
def cues_of(around: str) -> Cues:
    """All cues of ``around``."""
    incoming = [match.span() for match in _IN.matches(around)]
    ends = [0, *accumulate((end for _, end in incoming), max)]
    starts = [start for start, _ in incoming]
    cues = [(start, MoneyDirection.IN) for start in starts]
    cues += [
        (match.start(), MoneyDirection.OUT)
        for match in _OUT.matches(around)
        if ends[bisect_right(starts, match.start())] <= match.start()
    ]
    cues += [(match.start(), MoneyDirection.NEUTRAL) for match in _NEUTRAL.finditer(around)]
    cues.sort(key=lambda cue: cue[0])
    return Cues(failed(around), [start for start, _ in cues], [way for _, way in cues])


@remembered
def failed(around: str) -> bool:
    """Whether the words say that the payment did not go through or came back."""
    return bool(_FAILED.search(around))
