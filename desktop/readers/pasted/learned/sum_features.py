"""What speaks for a sum to have been paid, and for the way it went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from desktop.readers.pasted.direction import failed
from desktop.readers.pasted.learned.layout import FieldCandidate, Layout
from desktop.readers.pasted.learned.spans import SUM
from desktop.readers.pasted.learned.symbols import LINE_END, Symbols

OTHERS: Final = "~"
"""Before what is said of another sum beside it."""
_NEAR: Final = 6
_AROUND: Final = 20
_BESIDE: Final = 14
_HEAD: Final = 7
_SHORT_TEXT: Final = 140
_FIRST_SIGNS: Final = 13
_LISTED: Final = 6
"""Symbols from one sum of a list to the next, at most."""
_MOST_ADDED: Final = 30
"""Sums of a text that are added up."""
_EXACT: Final = 0.005
"""Yuan by which a sum may differ from that of the others and still be their total."""
_DONE: Final = re.compile(
    r"(?<![没不未])(?:转|打|付|交|充|汇|扫|投|缴|存|发|给|垫|买|刷|还|退)(?:了|过去|完|好|掉|起走|去了|咯|给你|成功)|过去了"
    r"|已(?:转|打|付|交|充|汇|投|存|缴|垫)|(?i:\b(?:done|paid|sent|transferred)\b)|转账截图|支付成功"
)
_UNDONE: Final = re.compile(
    r"没钱|没有|没得|不够|不[转做交付给打了]|没[转做交付给打]|算了|太多|再说|骗子|报警|(?i:\bno\b|can't|not )"
)
_WORDS_OF_TEXT: Final = (
    "验证码", "余额", "转账成功", "单号", "笔录", "事主", "警", "客服", "群", "尊敬", "客户", "USDT", "平台",
    "涉案", "损失", "密码", "未成功", "失败", "拒绝", "限额", "预约", "退回", "撤销", "劝阻", "没有转", "没转", "未转",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PatternView:
    """What the patterns make of a text. ``ways``: of each sum, by where it starts, the way it went, where they see a
    payment; ``parts``: the place of each field of that payment."""

    ways: Mapping[int, str] = field(default_factory=dict)
    parts: Mapping[int, Mapping[str, tuple[int, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Payment:
    """A sum that was paid, with what is decided of it so far, by field. ``way``: ``out`` or ``in``; ``number``: how
    many were paid before it."""

    sum: FieldCandidate
    way: str
    number: int = 0
    fields: dict[str, FieldCandidate] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Fields of which too little is known for them to be taken along."""


def runs(prefix: str, row: Iterable[str]) -> Iterator[str]:
    """Each symbol and each two that stand together, under ``prefix``."""
    before = ""
    for symbol in row:
        yield f"{prefix}{symbol}"
        if before:
            yield f"{prefix}{before}{symbol}"
        before = symbol


def contexts(symbols: Symbols, one: FieldCandidate) -> Iterator[str]:
    """The symbols on both sides, and how the line and the one above it begin."""
    for size in range(1, _NEAR + 1):
        yield f"L{size}{symbols.left(one.first, size)}"
        yield f"R{size}{symbols.right(one.last, size)}"
    yield f"W{symbols.left(one.first, 1)}|{symbols.right(one.last, 1)}"
    yield f"X{symbols.left(one.first, 2)}|{symbols.right(one.last, 2)}"
    number = symbols.lines[one.first]
    start = symbols.line_starts[number]
    yield f"H{''.join(symbols.row[start : min(one.first, start + _HEAD)]).partition(':')[0]}"
    yield f"h{''.join(symbols.row[start : min(one.first, start + 3)])}"
    above = [symbols.row[at] for at in symbols.line(number - 1)]
    if above:
        yield f"A{''.join(above[-8:])}"
        yield f"a{''.join(above[:4])}"


def sum_features(
    layout: Layout, view: PatternView, place: int, decided: Sequence[Payment]
) -> list[str]:
    """Of the ``place``-th sum of a text; ``decided`` are the payments before it."""
    one = layout.candidates[SUM][place]
    way = view.ways.get(one.start, "")
    return [
        "",
        *contexts(layout.symbols, one),
        *_words_around(layout, one),
        *_failing(layout, one, way),
        *_row_shape(layout, one),
        *_form(layout, one, way),
        *_among_sums(layout, view, place),
        *_after_decided(layout, one, decided, way),
        *_turns_beside(layout, one),
        *_mentions(layout, place),
        *_in_list(layout, place, decided),
        *_of_totals(layout, place),
        *_above_rows(layout, one),
        *_answered(layout, one),
        *_text(layout, one),
    ]


def _words_around(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    symbols, row = layout.symbols, layout.symbols.row
    left = range(max(0, one.first - _AROUND), one.first)
    right = range(one.last + 1, min(len(row), one.last + 1 + _AROUND))
    clauses, sentences = symbols.clauses, symbols.sentences
    yield from runs("c<", [row[at] for at in left if clauses[at] == clauses[one.first]])
    yield from runs("c>", [row[at] for at in right if clauses[at] == clauses[one.last]])
    own = layout.own[one.start]
    for prefix, places in (
        ("s<", [at for at in left if sentences[at] == sentences[one.first]]),
        ("s>", [at for at in right if sentences[at] == sentences[one.last]]),
        ("n>", [at for at in right if sentences[at] == sentences[one.last] + 1]),
    ):
        yield from runs(prefix, [row[at] for at in places if at in own])
        yield from runs(f"{prefix}{OTHERS}", [row[at] for at in places if at not in own])
    number = symbols.lines[one.first]
    line = symbols.line(number)
    yield from runs("l<", [row[at] for at in line if at < one.first][-_AROUND:])
    yield from runs("l>", [row[at] for at in line if at > one.last][:_AROUND])
    yield from runs("u<", [row[at] for at in symbols.line(number - 1)][-_BESIDE:])
    yield from runs("u>", [row[at] for at in symbols.line(number + 1)][:_BESIDE])
    if len(row) <= _SHORT_TEXT and len(layout.candidates[SUM]) <= 2:
        yield from runs("m", row)


def _failing(layout: Layout, one: FieldCandidate, way: str) -> Iterator[str]:
    """Whether its line, or the text, says that something failed or came back."""
    text = layout.text
    line = (
        text[text.rfind("\n", 0, one.start) + 1 : one.start] + text[one.start :].partition("\n")[0]
    )
    alone = len(layout.candidates[SUM]) == 1
    yield f"failed{failed(line)}{failed(text)}{alone}"
    yield f"failed{failed(line)}{way}"


def _row_shape(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    """Of which stretches its line is made, and how many lines are made alike, as in a list of payments."""
    own = layout.line_shapes[layout.symbols.lines[one.first]]
    alike = min(layout.line_shapes.count(own), 4) if len(own) > 1 else 0
    before = sum(
        layout.symbols.lines[other.first] == layout.symbols.lines[one.first]
        and other.start < one.start
        for other in layout.candidates[SUM]
    )
    yield f"rows{alike}"
    yield f"rows{alike}{min(before, 3)}"
    yield f"made{own[:8]}"
    yield f"made{own[:8]}{min(before, 3)}"


def _form(layout: Layout, one: FieldCandidate, way: str) -> list[str]:
    """How it is written, who says it, and what the patterns take it for."""
    words = layout.text[one.start : one.end]
    role = one.role if one.token else "none"
    speaker = layout.speakers[one.first]
    sign = one.token.value[0] if one.token and one.token.value[0] in "+-" else ""
    unit = "".join(mark for mark in "元块万." if mark in words)
    size = len(one.value.partition(".")[0])
    return [
        f"way{way}", f"way{way}{role}", f"role{role}", f"way{way}{speaker}", f"src{one.source}", f"sp{speaker}",
        f"sign{sign}", f"unit{unit}", f"len{size}{unit}", f"col{layout.columns.get(one.first, '')}",
        f"chars{words.strip().isdigit()}{len(words)}", f"head{words[:1] if not words[:1].isdigit() else ''}",
        f"talk{bool(layout.talk)}{speaker}",
    ]  # fmt: skip


def _among_sums(layout: Layout, view: PatternView, place: int) -> Iterator[str]:
    sums, lines = layout.candidates[SUM], layout.symbols.lines
    one = sums[place]
    way = view.ways.get(one.start, "")
    role = one.role if one.token else "none"
    values = [other.value for other in sums]
    again = one.value in values[:place]
    in_line = sum(lines[other.first] == lines[one.first] for other in sums)
    yield f"dup{again}{one.value in values[place + 1 :]}"
    yield f"dup{again}{way}"
    yield f"first{place == 0}{way}"
    yield f"count{min(len(sums), 6)}"
    yield f"line{min(in_line, 4)}"
    yield f"only{len(sums) == 1}{role}"
    yield f"paid{min(len(view.ways), 3)}{way}"
    if place:
        before = sums[place - 1]
        yield f"prev{view.ways.get(before.start, '')}{way}"
        yield f"prevrole{before.role if before.token else 'none'}"
    others = [
        float(other.value)
        for other in sums
        if other is not one and view.ways.get(other.start) == "out"
    ]
    yield f"total{abs(sum(others) - float(one.value)) < _EXACT}"


def _after_decided(
    layout: Layout, one: FieldCandidate, decided: Sequence[Payment], way: str
) -> Iterator[str]:
    lines, speakers = layout.symbols.lines, layout.speakers
    if not decided:
        yield "none before"
        return
    last = decided[-1]
    yield f"before{last.way}{min(lines[one.first] - lines[last.sum.first], 3)}"
    yield f"before{last.way}{way}"
    yield f"befores{min(len(decided), 3)}"
    same = next((other for other in reversed(decided) if other.sum.value == one.value), None)
    if same is None:
        yield f"fresh{way}"
        return
    apart = min(lines[one.first] - lines[same.sum.first], 3)
    who = f"{speakers[same.sum.first]}{speakers[one.first]}"
    yield f"again{apart}"
    yield f"again{way}"
    yield f"again{apart}{min((one.first - same.sum.last) // 4, 4)}"
    yield f"again{who}"
    yield f"again{who}{way}{apart}"


def _turns_beside(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    """How the turns before and behind that of a sum begin."""
    number = layout.turn_of[one.first]
    if number < 0:
        return
    for step in (-1, 1, 2):
        if not 0 <= number + step < len(layout.talk):
            continue
        turn = layout.talk[number + step]
        words = layout.text[turn.start : turn.end].strip().replace("\n", LINE_END)
        who = f"turn{step}{'o' if turn.ours else 't'}"
        yield who
        yield f"{who}{words[:2]}"
        yield f"{who}{words[:4]}"
        for first, second in pairwise(words[:_FIRST_SIGNS]):
            yield f"{who}{first}{second}"
    yield f"who{layout.talk[number].who[-2:]}"


def _in_list(layout: Layout, place: int, decided: Sequence[Payment]) -> Iterator[str]:
    """What parts it from the sums beside it, where that is short, and whether the one before was paid."""
    sums, row = layout.candidates[SUM], layout.symbols.row
    one = sums[place]
    if place:
        before = sums[place - 1]
        between = "".join(row[before.last + 1 : one.first])
        paid = bool(decided) and decided[-1].sum is before
        if one.first - before.last <= _LISTED:
            yield f"list<{between}"
            yield f"list<{between}{paid}"
            yield f"list<{paid}"
    if place + 1 < len(sums) and sums[place + 1].first - one.last <= _LISTED:
        yield f"list>{''.join(row[one.last + 1 : sums[place + 1].first])}"


def _of_totals(layout: Layout, place: int) -> Iterator[str]:
    """Whether it is the total of sums that stand in a row, or one of such a row."""
    fen = [round(float(one.value) * 100) for one in layout.candidates[SUM][:_MOST_ADDED]]
    if place >= len(fen):
        return
    wanted = set(fen)
    total = part = False
    for first in range(len(fen)):
        added = fen[first]
        for last in range(first + 1, len(fen)):
            added += fen[last]
            if added in wanted:
                inside = first <= place <= last
                outside = any(
                    value == added and not first <= at <= last for at, value in enumerate(fen)
                )
                part = part or (inside and outside)
                total = total or (not inside and added == fen[place])
    yield f"total of{total}"
    yield f"part of{part}"


def _above_rows(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    """The line above those that are made like its own: of a list, its heading."""
    symbols, shapes = layout.symbols, layout.line_shapes
    number = symbols.lines[one.first]
    above = number - 1
    while above >= 0 and shapes[above] == shapes[number]:
        above -= 1
    if above >= 0 and number > 0:
        yield from runs("top", [symbols.row[at] for at in symbols.line(above)][-_BESIDE:])


def _mentions(layout: Layout, place: int) -> Iterator[str]:
    """Who else names the same sum, before and behind, and how far away the nearest is."""
    sums, speakers, lines = layout.candidates[SUM], layout.speakers, layout.symbols.lines
    one = sums[place]
    own = speakers[one.first]
    for mark, others in (("<", reversed(sums[:place])), (">", sums[place + 1 :])):
        same = next((other for other in others if other.value == one.value), None)
        if same is None:
            yield f"same{mark}-{own}"
            continue
        apart = min(abs(lines[same.first] - lines[one.first]), 3)
        yield f"same{mark}{own}{speakers[same.first]}"
        yield f"same{mark}{own}{speakers[same.first]}{apart}"


def _answered(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    """What the other side of a talk says before and behind it: demands, payments, refusals, and of which sums."""
    number = layout.turn_of[one.first]
    if number < 0:
        return
    ours = layout.talk[number].ours
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(layout.talk) and layout.talk[at].ours == ours:
            at += step
        if not 0 <= at < len(layout.talk):
            yield f"turned{step}{ours}-"
            continue
        turn = layout.talk[at]
        words = layout.text[turn.start : turn.end]
        values = {
            other.value for other in layout.candidates[SUM] if turn.start <= other.start < turn.end
        }
        named = "same" if one.value in values else "other" if values else "none"
        answer = f"{_DONE.search(words) is not None}{_UNDONE.search(words) is not None}"
        yield f"turned{step}{ours}{named}"
        yield f"turned{step}{ours}{named}{answer}"
    own = layout.text[layout.talk[number].start : layout.talk[number].end]
    yield f"turn{ours}{_DONE.search(own) is not None}{_UNDONE.search(own) is not None}"


def _text(layout: Layout, one: FieldCandidate) -> Iterator[str]:
    """What kind of text it is, and what else stands in the line."""
    for word in _WORDS_OF_TEXT:
        if word in layout.text:
            yield f"has{word}"
    lines = layout.symbols.lines
    same = sorted(
        kind
        for kind, others in layout.candidates.items()
        if kind != SUM and any(lines[other.first] == lines[one.first] for other in others)
    )
    for kind in same:
        yield f"in{kind}"
    yield f"ins{'+'.join(same)}"
