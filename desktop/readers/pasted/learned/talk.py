"""Who speaks in a talk that was pasted in whatever way: what patterns know as turns, else lines that begin alike.

The patterns decide by turns, so that they ask for marks that nothing else has. What is learned only weighs who speaks,
and loses more by a talk that is not seen than by one that is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from desktop.readers.pasted.chat_turns import CONFIRMS, OURS, THEIRS, Turn, turns

_FEWEST: Final = 3
_LEAST_SHARE: Final = 0.3
"""Of the lines of a talk that begin with who speaks: a long answer has several."""
_DAY: Final = (
    r"(?:(?:20)?[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?(?:/(?:20)?[0-9]{2})?"
    r"|[昨今前]天|周[一二三四五六日]"
)
_CLOCK: Final = r"(?:[上下]午 ?)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?"
_MOMENT: Final = rf"[\[(]?(?:(?:{_DAY})(?:[ ,T]{{0,3}}(?:{_CLOCK}))?|{_CLOCK})[\])]?"
_LEAD: Final = (
    rf"^[ #>、*▸◆👤🧓💬|·—-]{{0,4}}(?:[0-9]{{1,3}}[).、 ]{{1,2}})?(?:{_MOMENT})?[ ▸>|-]{{0,4}}"
)
_NAME: Final = r"[^\s:,，。;；!?()\[\]【】「」“”\"|◆▸<>→=][^:,，。;；!?\[\]【】\n◆▸|<>→]{0,16}?"
_HEADS: Final = tuple(
    re.compile(shape, re.MULTILINE)
    for shape in (
        rf"{_LEAD}[\[【◆](?P<who>{_NAME})[\]】◆][ :]{{0,3}}",
        rf"{_LEAD}\((?P<who>{_NAME})\)[ :]{{0,3}}",
        (
            rf"{_LEAD}[“\"「@]{{0,2}}(?P<who>{_NAME})[”\"」]? ?(?:\([^()\n]{{1,16}}\))? {{0,3}}"
            rf"(?:{_MOMENT})? {{0,2}}(?::|--|→|>|「)"
        ),
        rf"{_LEAD}[“\"@]{{0,2}}(?P<who>{_NAME})(?:\([^()\n]{{1,16}}\))? {{1,4}}(?={_MOMENT})",
        rf"^ {{0,3}}(?:{_MOMENT}) {{1,4}}(?P<who>{_NAME})(?: {{1,4}}|$)",
        rf"^(?P<who>{_NAME}) {{1,4}}(?=[^ ])",
        r"^(?P<who>[<>←→]) ",
    )
)
"""The ways in which a line names its speaker, the plainest first."""
_NOBODY: Final = re.compile(
    r"^[0-9./: -]+$|时间|金额|账号|卡号|户名|余额|单号|订单|方式|银行|日期|状态|^(?:https?|TxID|From|To|Amount)$"
)
_SELF: Final = re.compile(
    r"^(?:你|[Yy]ou|来电人?|市民|机主|学生|客户|顾客|学员.?|员工.?|买家.{0,4}|女|母亲|阿?婆婆?|爷爷|>|→)$|^我(?!想|们)|用户|^我想要$"
)
_OTHER: Final = re.compile(
    r"坐席|座席|接线|值班|咨询|派单|专员|工号|骗子|假|领导|公安|检察|卖家|[Ss]eller|[Cc]oach|机器|真人|人工|^96110$|^12|bot|[Dd]r\.?|[Mm]r\.?"
)


class _TurnHead(NamedTuple):
    who: str
    head: int
    start: int


def talk_of(text: str) -> Sequence[Turn]:
    """The turns of ``text``, in order; none where it is no talk."""
    return turns(text, 0, len(text)) or _alike(text)


def _alike(text: str) -> tuple[Turn, ...]:
    lines = text.count("\n") + 1
    if lines < _FEWEST:
        return ()
    for shape in _HEADS:
        heads = _heads(shape, text)
        often = Counter(head.who for head in heads)
        if (
            len(heads) >= max(_FEWEST, lines * _LEAST_SHARE)
            and 1 < len(often) <= len(heads) * 2 / 3
        ):
            break
    else:
        return ()
    edges = [*(head.head for head in heads[1:]), len(text)]
    uttered = dict.fromkeys(often, "")
    for head, end in zip(heads, edges, strict=True):
        uttered[head.who] += text[head.start : end]
    ours = _ours(list(often), uttered)
    return tuple(
        Turn(head.who, head.head, head.start, end, head.who in ours)
        for head, end in zip(heads, edges, strict=True)
    )


def _heads(shape: re.Pattern[str], text: str) -> list[_TurnHead]:
    found = []
    for match in shape.finditer(text):
        who = match["who"].strip(' "“”@.-')
        if who and not _NOBODY.search(who):
            found.append(_TurnHead(who, match.start(), match.end()))
    return found


def _ours(names: Sequence[str], uttered: Mapping[str, str]) -> frozenset[str]:
    """Those who report: by what they are called, else all that are not called the other side, else who says to have
    paid, else who speaks second, as the other side calls first."""
    ours = {who for who in names if OURS.search(who) or _SELF.search(who)}
    theirs = {who for who in names if THEIRS.search(who) or _OTHER.search(who)}
    if 0 < len(ours) < len(names):
        return frozenset(ours)
    if 0 < len(theirs) < len(names):
        return frozenset(set(names) - theirs)
    paid = [len(CONFIRMS.findall(uttered[who])) for who in names]
    return frozenset({names[paid.index(max(paid))] if max(paid) else names[1]})
