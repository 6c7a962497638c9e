"""Rows of a receipt: which words stand behind, or below, which label.

A label begins its line, or stands behind a blank or with a colon further on; its value goes on to the next label.
Where nothing stands behind it the value is on the line below; several labels of one line have theirs there in their
order. Two columns of one receipt, payer and payee, repeat the labels that name no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from desktop.readers.pasted.receipts.labels import (
    ACCOUNT,
    ANY,
    ASIDE,
    NAME,
    ReceiptLabel,
    find_label,
    plain,
)

_ICON: Final = re.compile(r"[\s·•*>|-]{0,3}(?:[\u3400-\u9fffA-Z] )?")
"""What a picture's reader makes of the sign before a line: a dot, one character alone."""
_GAP: Final = re.compile(r"(?<=\s)(?=\S)")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_SIDES: Final = ("payee", "payer")
_TITLES: Final = re.compile(
    r"[收付受汇]款[人方]|[转汇]入方|[转汇]出方|payee|payer|beneficiary|recipient|sender|remitter"
)
_LONGEST: Final = 120
_LONGER: Final = frozenset("式码数状型类处明款行")
"""Behind these a label is part of a longer word, which is none of the table."""
_GLUED: Final = re.compile(r"[0-9*(]")
_HELD: Final = re.compile(
    r"(?:[\u3400-\u9fff]{2,16}(?:银行|信用社|农信|储蓄卡|支行|分行)|(?:[A-Za-z]+ ){1,5}?(?i:bank))?"
    r"[^\u3400-\u9fff]{0,2}(?:卡|尾号)?\s?[(\[]?[0-9*][0-9* -]{3,30}[)\]]?"
)
_MOST_HELD: Final = 2


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """``text[start:end]`` is what a label says of ``what`` of ``side``; ``below``: on the line below; ``named``: the
    label itself names payer or payee, not one before it."""

    side: str
    what: str
    start: int
    end: int
    below: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class _LabelledLine:
    start: int
    end: int
    labels: Sequence[ReceiptLabel]

    def values(self) -> Iterator[tuple[ReceiptLabel, int, int]]:
        for place, label in enumerate(self.labels):
            later = self.labels[place + 1].start if place + 1 < len(self.labels) else self.end
            yield label, label.end, later


def find_rows(text: str, begin: int, stop: int) -> list[ReceiptRow]:
    """All labelled values of ``text[begin:stop]``, each on the side that its label, or one before it, names."""
    shown = plain(text)
    lines = [_line(text, shown, *span) for span in line_spans(text, begin, stop)]
    sides = next((found for line in lines if (found := _columns(line))), ())
    rows: list[ReceiptRow] = []
    side = ""
    place = 0
    while place < len(lines):
        line = lines[place]
        below = lines[place + 1] if place + 1 < len(lines) else None
        made, side = _rows_of(text, line, side, sides)
        if _TITLES.search(shown, line.start, line.end) and not any(
            label.side in _SIDES for label in line.labels
        ):
            side = (
                ""  # it names a side in words that are no label: whose the next lines are is open
            )
        if made and all(row.start >= row.end for row in made) and below and not below.labels:
            made = _from_below(text, made, below)
            place += 1
            if len(made) == 1 and made[0].what == NAME:
                held = _held_below(text, made[0], lines[place + 1 : place + 1 + _MOST_HELD])
                made += held
                place += len(held)
        rows += [row for row in made if row.start < row.end]
        place += 1
    return rows


def line_spans(text: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    """Where the lines of ``text[begin:stop]`` stand that are more than one sign."""
    while begin < stop:
        end = text.find("\n", begin, stop)
        end = stop if end < 0 else end
        if len(text[begin:end].strip()) > 1:  # one sign alone is an icon
            yield begin, end
        begin = end + 1


def _line(text: str, shown: str, start: int, end: int) -> _LabelledLine:
    icon = _ICON.match(text, start, end)
    heads = dict.fromkeys((start, icon.end() if icon else start))
    first = next((found for head in heads if (found := _label(text, shown, head, end))), None)
    labels = [first] if first is not None else []
    place = first.end if first is not None else start + 1
    while place < end:
        found = _label(text, shown, place, end)
        if found is not None and _begins_here(text, found, labels, end):
            labels.append(found)
            place = found.end
        else:
            place += 1
    return _LabelledLine(start, end, labels)


def _begins_here(text: str, found: ReceiptLabel, labels: Sequence[ReceiptLabel], end: int) -> bool:
    """Whether a label inside a line is one: a colon says so, or a label before it and a blank, or a number, between."""
    if found.colon:
        return True
    if not labels:
        return False
    before = text[found.start - 1]
    empty = found.start == labels[-1].end
    return (before.isspace() and (found.end < end or empty)) or (
        found.end < end and (empty or before.isdigit())
    )


def _label(text: str, shown: str, place: int, end: int) -> ReceiptLabel | None:
    """A label at ``place`` behind which its value can begin: no longer word goes on there."""
    found = find_label(shown, place, end)
    if found is None or (place and text[place - 1].isascii() and text[place - 1].isalpha()):
        return None
    last = text[found.end - 1]
    if found.colon or last.isspace() or found.end >= end:
        return None if shown.startswith("of ", found.end) else found
    following = text[found.end]
    if last.isascii() and last.isalpha():
        mail = found.what == ACCOUNT and "@" in text[found.end : end]
        glued = last.islower() and (following.isupper() or following.isdigit() or following == "*")
        return found if glued or mail or _HAN.match(following) else None
    if found.what == ASIDE:
        return found
    if found.side == ANY:
        title = find_label(shown, found.end, end)
        return found if _GLUED.match(following) or (title and title.side in _SIDES) else None
    return None if shown[found.end] in _LONGER else found


def _columns(line: _LabelledLine) -> tuple[str, ...]:
    """The sides of two columns, where a line names both, one after the other."""
    named = [label.side for label in line.labels if label.what == NAME and label.side in _SIDES]
    return tuple(named) if sorted(named) == sorted(_SIDES) else ()


def _rows_of(
    text: str, line: _LabelledLine, side: str, columns: Sequence[str]
) -> tuple[list[ReceiptRow], str]:
    """The rows of a line, and the side that goes on in the next one."""
    made: list[ReceiptRow] = []
    same = [label for label in line.labels if label.side == ANY]
    twice = len(same) == 2 and same[0].what == same[1].what and len(line.labels) == 2
    for place, (label, first, last) in enumerate(line.values()):
        start, end = trimmed(text, first, last)
        mine = label.side
        if mine == ANY:
            mine = (columns[place] if columns else "") if twice else side
            if twice and not columns:
                continue
        elif mine:
            following = line.labels[place + 1 :]
            if label.what == NAME or mine != "own":
                side = mine
            if place and line.labels[place - 1].side == ANY and not following and _is_empty(made):
                # the title of the next part stands between a label and its value
                made[-1] = replace(made[-1], start=start, end=end)
                continue
        if columns and _columns(line) and label.side in _SIDES:
            continue
        named = label.side in _SIDES or bool(columns)
        made.append(ReceiptRow(mine, label.what, start, min(end, start + _LONGEST), named=named))
    return made, side


def _is_empty(made: Sequence[ReceiptRow]) -> bool:
    return bool(made) and made[-1].start >= made[-1].end


def _from_below(text: str, made: Sequence[ReceiptRow], below: _LabelledLine) -> list[ReceiptRow]:
    start, end = trimmed(text, below.start, below.end)
    if len(made) == 1:
        return [replace(made[0], start=start, end=end, below=True)]
    cells = [start, *(match.start() for match in _GAP.finditer(text, start, end)), end]
    if len(cells) - 1 != len(made):
        return []
    return [
        replace(row, start=first, end=first + len(text[first:last].rstrip()), below=True)
        for row, first, last in zip(made, cells[:-1], cells[1:], strict=True)
    ]


def _held_below(text: str, name: ReceiptRow, lines: Sequence[_LabelledLine]) -> list[ReceiptRow]:
    """The bank and account that stand below the name of a side, without labels."""
    held: list[ReceiptRow] = []
    for line in lines:
        start, end = trimmed(text, line.start, line.end)
        if line.labels or not _HELD.fullmatch(text, start, end):
            break
        held.append(ReceiptRow(name.side, ACCOUNT, start, end, below=True, named=name.named))
    return held


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """``text[start:end]`` without the blanks around it."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), max(start, start + len(words.rstrip()))
