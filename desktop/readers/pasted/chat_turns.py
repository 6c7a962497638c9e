"""A talk in turns: who says what, which of them is the one who came to report it, and which sums were paid."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from desktop.domain.statements.proposal import AMOUNT
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.amount_finder import ASIDE
from desktop.readers.pasted.direction import direction_of, failed, sentence
from desktop.readers.pasted.token import Token

_TIME: Final = (
    r"[\[(]?(?:(?:20[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}(?:/20[0-9]{2})?日?|[A-Z][a-z]{2} [0-9]{1,2}"
    r"|周[一二三四五六日]|昨天|今天)?[ ,]{0,2}(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?[\])]?"
)
_WHO: Final = r"[^\s:,，。;；!?\[\]\n][^:,，。;；!?\n]{0,18}?"
_SAYS: Final = re.compile(
    rf"^ {{0,4}}{_TIME} {{0,3}}(?P<who>{_WHO}) {{0,2}}(?<![0-9])[:>] {{0,2}}", re.MULTILINE
)
_STANDS_ABOVE: Final = re.compile(
    rf"^ {{0,4}}(?:(?=[\[(0-9]){_TIME} {{1,3}}(?P<who>{_WHO})"
    rf"|(?P<name>{_WHO}) {{1,3}}(?=[\[(0-9昨今]){_TIME}) {{0,2}}$",
    re.MULTILINE,
)
_DATE_LINE: Final = re.compile(
    r"^[\s\-【(\[]{0,4}(?:20[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?(?: [0-9]{1,2}:[0-9]{2})?[\s\-】)\]]{0,4}$",
    re.MULTILINE,
)
"""A line that is nothing but the day of what follows."""
_LABEL: Final = re.compile(
    r"时间|金额|账[号户]|卡号|户名|姓名|银行|行$|单号|流水|方式|编号|电话|手机|身份证|地址|备注|摘要|类型|状态|商户|网址|订单|日期|币|余额|用途|名称|号码|号$"
    r"|[卡]$|[付收][款方]|Status|Time|Amount|ID|No|account|Seller|Payment|Price|Date|Currency|Merchant|^[a-z]{4,5}$|通知|^注"
)
OURS: Final = re.compile(
    r"^(?:我|本人|[Mm]e|事主|报警人|报案人|受害人|群众|[报答乙]|用户.{0,6})$|\((?:我|本人|报警人|事主|受害人)\)"
)
_ELDER: Final = re.compile(r"^(?:大妈|大爷|大嬢|嬢嬢|爸爸|[爸妈])$")
THEIRS: Final = re.compile(
    r"客服|老师|导师|助[理教]|任务|派单|财务|专员|经理|接待|管理|理赔|教授|领导|队长|律师|主任|系统|平台|中介|卖家|对方|骗子|群主|票务|警官|警察|民警|接警|话务"
    r"|柜员|工作人员|催收|班长|官方|审核|主播|兼职|教练|组长|交易员|代购|女儿|儿子|[小]妹|^[他她问接甲]$|[Aa]dmin|[Ss]ervice"
)
_FAMILY: Final = re.compile(r"^(?:我|[爸妈]{1,2}|婆婆|爷爷|奶奶|外婆|老公|老婆)$")
_ASKS: Final = re.compile(r"警官|警察|民警|接警|话务|柜员|女儿|儿子|^[问接]$")
_FEWEST: Final = 3
_START: Final = attrgetter("start")
_BUBBLE: Final = re.compile(
    r"\[[^\[\]\n]{0,8}(?:转账|红包)|【[^【】\n]{0,4}(?:转账|红包)|发出 ?红包"
)
_TAKEN_BACK: Final = re.compile(r"退还|待确认|待收款|撤回|假截图|预计")
_DONE: Final = re.compile(
    r"(?:转|打|付|交|充|汇|投|存|入|加|缴|还|扫|刷|退|做|买|给|借|押)(?:了|过去|过[去了来]?|给|完|好|的|到|出|走)|已(?:转|打|付|交|充|汇|投|存|缴)|也(?:转|付|打|交)|好了|入金|少了|扣了|转你|还你|支出|支付|付款"
    r"|抢到"
)
_GOT: Final = re.compile(r"收到|到账|到了|返了|退了我|提现.{0,8}到|抢到|领了|领到")
_NOT: Final = re.compile(
    r"没(?!到|发|成|收|有到)|不(?!是|知|然|就|敢信|晓)|未|拿不出|我还有|只有|就有|要(?!我|是)|才能|再(?!付了|转了|打了|交了|次)|剩|怎么(?!又?少)|明天|先试|想|准备|吗|多少|一共就|差|可以"
)
_REFUSED: Final = re.compile(r"[,，]?\s?(?:我|但我|我就|还)?(?:没|不|未)")
CONFIRMS: Final = re.compile(
    r"(?<![没不未])(?:转|打|付|交|充|汇|扫|投|缴)(?:了|过去了|完了|好了|给你了)|已(?:转|打|付|交|汇|充)|照做|也(?:转|付|打|交)了"
)
_CLAUSE: Final = re.compile(r"[,，、。;；!?\n]|(?<=[^0-9]) ")
_AGAIN: Final = re.compile(r"又|再|第[二三四五]|也|还有")


@dataclass(frozen=True, slots=True)
class Turn:
    """What ``who`` says in ``text[start:end]``; the line that names him begins at ``head``."""

    who: str
    head: int
    start: int
    end: int
    ours: bool


@dataclass(frozen=True, slots=True)
class SpokenSum:
    """A sum that was paid or got, and the turn that says so; ``bubble``: the program of the chat shows it."""

    token: Token
    way: MoneyDirection
    turn: Turn
    bubble: bool = False


def turns(text: str, begin: int, stop: int) -> tuple[Turn, ...]:
    """The turns of a talk between the one who reports and others; empty where the message is none."""
    if text.count("\n", begin, stop) + 1 < _FEWEST:
        return ()
    heads = _heads(text, begin, stop)
    names = [who for who, _, _ in heads]
    if len(heads) < _FEWEST or len(set(names)) < 2 or len(set(names)) == len(names):
        return ()
    ours = {who for who in names if OURS.search(who)}
    ours = ours or {who for who in names if _ELDER.search(who)}
    if not ours and any(THEIRS.search(who) for who in names):
        ours = {who for who in names if not THEIRS.search(who)}
    if all(_FAMILY.search(who) for who in names) or not ours or len(ours) == len(set(names)):
        return ()
    edges = [*(head for _, head, _ in heads[1:]), stop]
    edges = [
        line.start() if (line := _DATE_LINE.search(text, start, end)) else end
        for (_, _, start), end in zip(heads, edges, strict=True)
    ]
    return tuple(
        Turn(who, head, start, end, who in ours)
        for (who, head, start), end in zip(heads, edges, strict=True)
    )


def _heads(text: str, begin: int, stop: int) -> list[tuple[str, int, int]]:
    found = []
    for shape in (_SAYS, _STANDS_ABOVE):
        for match in shape.finditer(text, begin, stop):
            who = (match["who"] or match.groupdict().get("name") or "").strip('"“”@ ')
            if who and not _LABEL.search(who):
                found.append((who, match.start(), match.end()))
        if len(found) >= _FEWEST:
            break
        found.clear()
    return found


def inside(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    """Those of ``tokens``, which stand in the order of the text, that begin in the range."""
    first = bisect_left(tokens, start, key=_START)
    return tokens[first : bisect_left(tokens, end, first, key=_START)]


def is_asked(talk: Sequence[Turn]) -> bool:
    """Whether the others only ask, as the police and the family do."""
    return all(turn.ours or _ASKS.search(turn.who) for turn in talk)


def spoken_sums(text: str, talk: Sequence[Turn], tokens: Sequence[Token]) -> list[SpokenSum]:
    """What the one who reports says to have paid or got; what the others ask for only where he says that he did."""
    asked: list[Token] = []
    found: list[SpokenSum] = []
    report = is_asked(talk)
    money = [token for token in tokens if token.kind == AMOUNT]
    for turn in talk:
        sums = inside(money, turn.start, turn.end)
        body = text[turn.start : turn.end]
        if turn.ours:
            stated = [*_stated(text, turn, sums, report=report)]
            if not sums and asked and not report and _confirms(body):
                stated = [SpokenSum(asked[-1], MoneyDirection.OUT, turn)]
            found += [one for one in stated if not _is_repeated(body, one, found)]
            asked = [] if stated else [*asked, *sums]
        elif _BUBBLE.search(body) and not _TAKEN_BACK.search(body):
            found += [SpokenSum(token, MoneyDirection.IN, turn, bubble=True) for token in sums[:1]]
        else:
            asked += [token for token in sums if token.role != ASIDE]
    return found


def _confirms(body: str) -> bool:
    found = CONFIRMS.search(body)
    return found is not None and not _NOT.search(body)


def _stated(text: str, turn: Turn, sums: Sequence[Token], *, report: bool) -> Iterator[SpokenSum]:
    body = text[turn.start : turn.end]
    if _BUBBLE.search(body):
        if sums and not _TAKEN_BACK.search(body):
            way = MoneyDirection.IN if "抢到" in body else MoneyDirection.OUT
            yield SpokenSum(sums[0], way, turn, bubble=True)
        return
    for place, token in enumerate(sums):
        start, end = sentence(text, token.start, token.end, turn.start, turn.end)
        after = sums[place + 1].start if place + 1 < len(sums) else end
        before = sums[place - 1].end if place else start
        first, last = max(start, before), min(end, after)
        if _is_refused(text, token, first, last):
            continue
        stated = _way(text[first:last], token, token.start - first, report=report)
        if stated is not None and not failed(text[first:last]):
            yield SpokenSum(token, stated, turn)


def _is_refused(text: str, token: Token, first: int, last: int) -> bool:
    """Whether the clause of the sum, or the one right behind it, says that it was not paid."""
    marks = [match.span() for match in _CLAUSE.finditer(text, first, last)]
    start = max((end for _, end in marks if end <= token.start), default=first)
    end = min((begin for begin, _ in marks if begin >= token.end), default=last)
    return bool(_NOT.search(text, start, end) or _REFUSED.match(text, end, last))


def _way(own: str, token: Token, place: int, *, report: bool) -> MoneyDirection | None:
    if token.role == ASIDE and not _DONE.search(own):
        return None
    if _GOT.search(own) and not _DONE.search(own[:place]):
        return MoneyDirection.IN
    if report:
        return direction_of(own, place, "") or MoneyDirection.OUT
    return MoneyDirection.OUT if _DONE.search(own) else None


def _is_repeated(body: str, one: SpokenSum, found: Sequence[SpokenSum]) -> bool:
    """``收到148`` of what the other's bubble shows already; ``又转了2000`` is another payment."""
    value = one.token.value.lstrip("+-")
    same = [
        other for other in found if other.token.value.lstrip("+-") == value and other.way is one.way
    ]
    return bool(same) and not (one.bubble or _AGAIN.search(body) or same[-1].turn is one.turn)
