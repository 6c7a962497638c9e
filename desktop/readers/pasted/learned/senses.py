"""Words by their sense: what pays, demands, promises, denies.

Those of one sense are told alike, so that ``打了`` speaks for a payment where only ``汇了`` was learned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final


def _by_sense(words: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{sense}>{shape})" for sense, shape in words.items()))


_SENSES: Final = _by_sense(
    {
        "done": (
            r"(?:转|打|付|交|充|汇|扫|投|缴|存|发|给|垫|买|刷|还|退|拿|花|扣|划|送|出|加|补|投入|借)"
            r"(?:了|过去|完|好了?|掉|走了?|进去|出去|上了|成功|起走|去了|咯|的是)"
            r"|已(?:经)?[转打付交充汇投存缴垫扣发到入出支退]|过去了|成功|到账|收到|刚[转打付交充汇投]|[支转]出|扣款|付款|支付"
            r"|消费|入账|转入|(?i:\b(?:paid|sent|done|transferred|debited|received|deposited|moved)\b)"
        ),
        "denied": r"没有?|未|不(?!久|过|到|少|多)|别|拒|勿|无法|(?i:\b(?:no|not|declined|failed)\b|n't)",
        "asked": (
            r"要求|需要?|让|叫|喊|得(?=交|付|转|再|先)|必须|(?<![只就主])要|请|麻烦|赶紧|马上|才能|应|最低|起步|至少"
            r"|(?i:\b(?:need|pls|please|must|fee)\b)"
        ),
        "planned": (
            r"准备|打算|想|欲|拟|如果|要是|等|明天|下次|尚|还差|剩下?|考虑|再(?=交|付|转|来|充|打|做|加|汇|投)|尾款"
        ),
        "promised": (
            r"返|赚|收益|利润|盈利|补助|补贴|奖励|佣金|提成|回报|翻倍|提现|出金|理赔|退款|赔|中奖|送|分红|优惠"
        ),
        "held": (
            r"余额|额度|账面|账户里|显示|还有|可借|可用|存款|积蓄|身上|卡里|卡上|工资|每月|月薪|欠|逾期|市值|价|单价|套餐"
            r"|限额|贷款"
        ),
        "failed": r"失败|冻结|拦|止付|劝阻|撤回|驳回|超时|作废|关闭|取消",
        "total": r"共|合计|总|累计|加起来|损失|骗走?了?|前后|涉案",
        "said": r"说|称|告诉|表示|讲|谈好|约定",
        "pays": r"转|打|付|交|充|汇|扫|投|缴|存|垫|刷|还|退|入金|买|给",
        "counted": r"[一二两三四五六七八九十0-9]+[笔次单回期]",
        "own": r"我|本人|事主|报警人|受害人|其|俺",
        "other": r"对方|他|她|客服|老师|骗子|平台|卖家|那边|你",
        "then": r"然后|后来|之后|于是|就|接着|又|最后|第[一二三四五]",
    }
)
_WAYS: Final = _by_sense(
    {
        "got": (
            r"返|退(?:回|款|了|还)|给(?:了|过|回)?我|打给我|转(?:给)?我|收到|进账|入账|到账|转入|存入|\+|提现|出金|赚|佣金"
            r"|领|放款|贷(?:了|款|出|下)|借(?:出|了)|进了|打到我|打我|红包|补贴|提(?:了|出)|(?:回|抢|来)了|收[入:：| ]"
            r"|回[我来]|还我|理赔|到我|付了?我|(?i:\b(?:received|refund\w*|credited|got|back|deposit(?:ed)?|from)\b)"
        ),
        "gave": (
            r"[-−–—→]|转(?:给|出|到|账|走|过去)|打(?:给|到|过去)|支出|支付|付(?:款|给|了)?|给(?:他|她|对方|了)|充|交|投|垫|刷|扣"
            r"|汇|消费|买|押|扫码|存了|(?i:\b(?:paid|sent|debited|to|spent|charged|wired)\b)"
        ),
        "own": r"我|本人|事主|报警人|受害人",
        "other": r"对方|他|她|客服|骗子|平台|卖家|买家|客户",
        "then": r"然后|后来|又|再|接着|后面|第[二三四]",
        "asked": r"让|叫|喊|要",
    }
)


class SenseWords:
    """The senses of the words of a text, in its order."""

    def __init__(self, shape: re.Pattern[str], text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._senses: list[str] = []
        for match in shape.finditer(text):
            self._starts.append(match.start())
            self._ends.append(match.end())
            self._senses.append(match.lastgroup or "")

    def within(self, begin: int, stop: int) -> Sequence[str]:
        """Of those that stand whole in ``text[begin:stop]``."""
        first = bisect_left(self._starts, begin)
        last = bisect_left(self._starts, stop, first)
        if first < last and self._ends[last - 1] > stop:
            last -= 1
        return self._senses[first:last]


def sense_words(text: str) -> SenseWords:
    """What speaks for a payment or against it."""
    return SenseWords(_SENSES, text)


def way_words(text: str) -> SenseWords:
    """What says which way money went."""
    return SenseWords(_WAYS, text)
