"""What speaks for a time, an account, a bank, a name or a number to be a certain field of a certain payment."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.statements.proposal import BANK, NAME
from desktop.readers.pasted.learned.layout import FieldCandidate, Layout
from desktop.readers.pasted.learned.spans import ACCOUNT, REFERENCE, SUM
from desktop.readers.pasted.learned.sum_features import PatternView, Payment, contexts, runs
from desktop.readers.pasted.learned.symbols import LINE_END
from desktop.readers.pasted.payment_sums import PAYEE_WORDS, PAYER_WORDS

_SIDES: Final = re.compile(
    rf"(?P<payee>{PAYEE_WORDS.pattern})|(?P<payer>{PAYER_WORDS.pattern})|(?P<other>对方|对手|商户|卖家|骗子|他|她)"
    r"|(?P<own>本人|我的?|您|本卡|事主|报警人|报案人|受害人|被害人|当事人|来电人|机主|失主)"
    r"|(?P<kin>老公|老婆|爱人|丈夫|妻子|爸爸?|妈妈?|父亲|母亲|儿子|女儿|哥哥?|姐姐?|弟弟|妹妹|婆婆|室友)|(?P<to>[给至到向往]|→|->)|(?P<by>[从用]|通过)"
)
"""Words that say on which side what follows is."""
_TELLS_BEHIND: Final = re.compile(
    r"[^。;；\n]{0,14}(?:报警|报案|称|来所|来我所|反映|致电|来电|求助|被骗|受骗|被诈骗)"
    r"|[ ,，(（]{1,2}(?:[男女][ ,，)）]|身份证)|[ ,，(（]{0,2}\d{17}[\dXx]"
)
_TELLS_BEFORE: Final = re.compile(
    r"(?:我叫|名叫|我是|本人|事主|报警人|报案人|受害人|被害人|当事人|来电人|失主|户主|机主)[^0-9。;；\n]{0,4}$"
)
"""Words beside the name of who tells the story, who mostly is who paid."""
_AGAIN: Final = re.compile(r"同上|同一|同样|还是|也是|一样|又|再|(?i:same|again|ditto)|[〃″]")
"""Words in the line of a payment that say that it is like the one before."""
_ALONE: Final = 16
"""Symbols at most of a line that is a heading."""
_LASTING: Final = ("payee", "payer", "other", "own")
_BACK: Final = 200
"""Signs before a candidate's line in which such words still count."""
_STEPS: Final = (0, 1, 3, 7, 15, 39)
"""Symbols between, by which the distance of two things is told in seven steps."""
_TITLE: Final = 10
"""Signs before a name that are asked for its title."""
_FAR: Final = 1_000_000
_LETTERS: Final = frozenset(f"STBMRCDNI{LINE_END}")
_MOBILE: Final = 11
_BESIDE: Final = 5
"""Symbols from an account to the name of its holder, at most."""


class FieldFeatures:
    """Of the candidates of one text. What does not depend on the payment is found once."""

    def __init__(self, layout: Layout, view: PatternView) -> None:
        self._layout = layout
        self._view = view
        self._values = {
            kind: len({one.value for one in ones}) for kind, ones in layout.candidates.items()
        }
        self._stretches = [at for at, one in enumerate(layout.symbols.row) if one in _LETTERS]
        self._sums_of: dict[tuple[str, tuple[int, int]], set[int]] = {}
        for start, parts in view.parts.items():
            for name, place in parts.items():
                self._sums_of.setdefault((name, place), set()).add(start)
        self._ranks: dict[tuple[int, int, int, str], str] = {}
        self._in_line = {kind: self._by_line(ones) for kind, ones in layout.candidates.items()}
        self._own: dict[tuple[int, int, str], list[str]] = {}
        self._of_sides: dict[tuple[int, int], list[str]] = {}
        self._again: dict[int, bool] = {}
        self._nth = {
            id(one): at for ones in layout.candidates.values() for at, one in enumerate(ones)
        }
        self._values_in_own: dict[tuple[int, str], set[str]] = {}
        self._holders: dict[tuple[int, int], str] = {}
        self._beside: dict[int, tuple[str, str, str, str, str]] = {}
        self._reporting: set[str] | None = None

    def own(self, one: FieldCandidate) -> list[str]:
        """What speaks of the candidate by itself."""
        key = (one.start, one.end, one.kind)
        found = self._own.get(key)
        if found is None:
            found = self._own[key] = list(self._describe(one))
        return found

    def _describe(self, one: FieldCandidate) -> Iterator[str]:
        layout = self._layout
        others = layout.candidates[one.kind]
        yield from contexts(layout.symbols, one)
        yield from self._sides(one)
        sums = layout.candidates[SUM]
        if sums:
            yield f"all{one.start < sums[0].start}{one.start > sums[-1].start}"
        place = self._nth[id(one)]
        yield f"nth{min(place, 3)}"
        yield f"nthback{min(len(others) - 1 - place, 3)}"
        yield f"src{one.source}"
        yield f"role{one.role}"
        yield f"sp{layout.speakers[one.first]}"
        yield f"col{layout.columns.get(one.first, '')}"
        yield f"values{min(self._values[one.kind], 4)}"
        yield f"often{min(sum(other.value == one.value for other in others), 3)}"
        yield f"shape{_shape(one)}"
        yield f"wide{one.last - one.first}"
        if one.kind == NAME:
            before, behind = self._tells(one)
            yield f"tells{before}{behind}"
            yield f"tells{before}{behind}{min(place, 2)}"
            tellers = self.tellers()
            yield f"teller{one.value in tellers}{min(len(tellers), 2)}"
            yield f"teller{one.value in tellers}{min(len(tellers), 2)}{is_likely(one)}"

    def _tells(self, one: FieldCandidate) -> tuple[bool, bool]:
        """Whether the words before a name say that its bearer reports, and whether those behind it do."""
        text = self._layout.text
        before = _TELLS_BEFORE.search(text[max(0, one.start - _TITLE) : one.start])
        return before is not None, _TELLS_BEHIND.match(text, one.end) is not None

    def tellers(self) -> set[str]:
        """The likely names of which the text says somewhere that they report."""
        if self._reporting is None:
            self._reporting = {
                one.value
                for one in self._layout.candidates[NAME]
                if (is_likely(one) or "teller" in one.source) and any(self._tells(one))
            }
        return self._reporting

    def _sides(self, one: FieldCandidate) -> list[str]:
        """The last words before it that name a side, in its line and anywhere, and the one right behind it."""
        key = (one.start, one.end)
        if key not in self._of_sides:
            self._of_sides[key] = list(self._side_words(one))
        return self._of_sides[key]

    def _side_words(self, one: FieldCandidate) -> Iterator[str]:
        text = self._layout.text
        line = text.rfind("\n", 0, one.start) + 1
        lasting, where, last = "", "", ""
        for match in _SIDES.finditer(text, max(0, line - _BACK), one.start):
            kind = match.lastgroup or ""
            if match.start() >= line:
                last = kind
            if kind in _LASTING:
                apart = text.count("\n", match.end(), one.start)
                lasting, where = f"side{kind}", "l" if match.start() >= line else str(min(apart, 3))
        if lasting:
            yield lasting
            yield f"{lasting}{where}"
        after = _SIDES.match(text, one.end)
        yield f"to{last}"
        yield f"then{after.lastgroup if after else ''}"
        yield f"to{last}{lasting}"

    def pair(self, payment: Payment, one: FieldCandidate) -> list[str]:
        """What speaks of both together, for whichever field."""
        return [
            "",
            *self._places(payment, one),
            *self._in_order(payment, one),
            *self._heading(payment, one),
            *self._words_between(payment, one),
            *self._beside_chosen(payment, one),
            *self._own_or_carried(payment, one),
        ]

    def _places(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        layout, symbols, money, way = self._layout, self._layout.symbols, payment.sum, payment.way
        ahead = one.first < money.first
        side = "<" if ahead else ">"
        begin, stop = _between(one, money)
        between = symbols.row[begin:stop]
        sums = between.count("S")
        near = self._rank(payment, one)
        place = f"{side}{min(sums, 3)}{_step(symbols.lines, one, money)}"
        sentence = _step(symbols.sentences, one, money)
        turn = _step(layout.turn_of, one, money)
        clause = symbols.clauses[one.first] == symbols.clauses[money.first]
        bucket = bisect_right(_STEPS, len(between))
        left, left_two, right, right_two, shape = self._signs_beside(one)
        before, before_two, _, behind_two, _ = self._signs_beside(money)
        who = f"{layout.speakers[one.first]}{layout.speakers[money.first]}"
        yield from (
            f"p{place}", f"p{place}{near}", f"n{near}", f"q{side}{sentence == 0}{clause}{min(sums, 2)}",
            f"d{side}{bucket}", f"d{side}{bucket}{min(sums, 2)}{near}", f"t{turn}", f"t{turn}{who}",
            f"w{way}{place}", f"role{one.role}{way}{near}", f"src{one.source}{near}", f"src{one.source}{place}",
            f"sen{sentence}{min(sums, 2)}", f"Lp{place}{left}", f"Lq{side}{left_two}",
            f"Rq{side}{right_two}", f"Rp{place}{right}", f"Ml{side}{before_two}",
            f"Mr{side}{behind_two}", f"Ml1{side}{before}|{left}",
            f"shape{shape}{near}", f"vals{min(self._values[one.kind], 4)}{near}",
        )  # fmt: skip
        for mark in self._sides(one):
            yield f"{mark}{way}{near}"

    def _own_or_carried(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        """Whether it stands where this payment alone is told, else whether another of its kind does; and whether it
        is of somebody who is named there."""
        own = self._layout.own[payment.sum.start]
        mine = one.first in own
        near = self._rank(payment, one)
        side = "<" if one.first < payment.sum.first else ">"
        others = self._in_own(payment, one.kind) - {one.value}
        yield f"own{mine}{bool(others)}"
        yield f"own{mine}{bool(others)}{side}"
        yield f"own{mine}{bool(others)}{near}"
        if one.kind not in (ACCOUNT, BANK):
            return
        holder = self._holder(one)
        named = self._in_own(payment, NAME)
        of = "-" if not holder else "0" if not named else "=" if holder in named else "!"
        yield f"hold{of}"
        yield f"hold{of}{mine}"
        yield f"hold{of}{mine}{side}"

    def is_another(self, payment: Payment, one: FieldCandidate) -> bool:
        """Whether an account or a bank stands beside a name, and others alone are named where the payment is told."""
        if one.kind not in (ACCOUNT, BANK) or one.first in self._layout.own[payment.sum.start]:
            return False
        holder, named = self._holder(one), self._in_own(payment, NAME)
        return bool(holder and named) and holder not in named

    def _in_own(self, payment: Payment, kind: str) -> set[str]:
        """The values of a kind that stand where the payment alone is told; of names the likely ones."""
        key = (payment.sum.start, kind)
        found = self._values_in_own.get(key)
        if found is None:
            own = self._layout.own[payment.sum.start]
            found = self._values_in_own[key] = {
                one.value
                for one in self._layout.candidates[kind]
                if one.first in own and (kind != NAME or is_likely(one))
            }
        return found

    def _holder(self, one: FieldCandidate) -> str:
        """The likely name right beside an account or a bank, that before it first; empty for none."""
        key = (one.start, one.end)
        if key not in self._holders:
            beside = ""
            for other in self._layout.candidates[NAME]:
                ahead = 0 <= one.first - other.last <= _BESIDE
                behind = 0 <= other.first - one.last <= _BESIDE and not beside
                if is_likely(other) and (ahead or behind):
                    beside = other.value
            self._holders[key] = beside
        return self._holders[key]

    def holder(self, one: FieldCandidate) -> str:
        """The likely name beside an account or a bank in its sentence; of a bank beside an account, that beside the
        account. Empty for none."""
        if one.kind == BANK:
            account = self._nearest(one, self._layout.candidates[ACCOUNT])
            if account is not None and (found := self.holder(account)):
                return found
        name = self._nearest(one, [at for at in self._layout.candidates[NAME] if is_likely(at)])
        return "" if name is None else name.value

    def _nearest(
        self, one: FieldCandidate, others: Sequence[FieldCandidate]
    ) -> FieldCandidate | None:
        """Of those beside it in its sentence, that before it first."""
        sentences = self._layout.symbols.sentences

        def apart(other: FieldCandidate) -> int:
            return max(one.first - other.last, other.first - one.last)

        near = [
            other
            for other in others
            if 0 <= apart(other) <= _BESIDE and sentences[other.first] == sentences[one.first]
        ]
        return min(near, key=apart, default=None)

    def _signs_beside(self, one: FieldCandidate) -> tuple[str, str, str, str, str]:
        """The symbol before it, the two before it, the same behind it, and its own shape."""
        found = self._beside.get(id(one))
        if found is None:
            symbols = self._layout.symbols
            found = self._beside[id(one)] = (
                symbols.left(one.first, 1),
                symbols.left(one.first, 2),
                symbols.right(one.last, 1),
                symbols.right(one.last, 2),
                _shape(one),
            )
        return found

    def _by_line(self, ones: Sequence[FieldCandidate]) -> dict[int, tuple[int, int]]:
        """Of each candidate, by where it starts, its number in its line and how many that line has."""
        lines: dict[int, list[int]] = {}
        for one in ones:
            starts = lines.setdefault(self._layout.symbols.lines[one.first], [])
            if one.start not in starts:
                starts.append(one.start)
        return {
            start: (at, len(starts)) for starts in lines.values() for at, start in enumerate(starts)
        }

    def _in_order(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        """``三笔：1万、2万、3万，时间 10:01、10:05、10:09``: the second of several beside the second of as many."""
        lines, money = self._layout.symbols.lines, payment.sum
        mine, sums = self._in_line[SUM][money.start]
        its, others = self._in_line[one.kind][one.start]
        together = lines[one.first] == lines[money.first]
        side = "<" if one.first < money.first else ">"
        if sums > 1 or others > 1:
            yield f"ord{mine == its}{sums == others}{together}{side}"
            yield f"ord{mine == its}{min(sums, 3)}{min(others, 3)}{together}{side}"
        ordered = self._layout.candidates[one.kind]
        place = self._nth[id(one)]
        yield f"num{payment.number == place}{min(payment.number, 3)}{min(len(ordered), 4)}"
        back = len(ordered) - len(self._layout.candidates[SUM])
        yield f"num{payment.number == place}{back == 0}{side}"

    def _heading(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        """Whether it stands alone on a line, as the last such before the payment: above what it is of."""
        symbols = self._layout.symbols
        number = symbols.lines[one.first]
        if self._in_line[SUM].get(one.start) or len(symbols.line(number)) > _ALONE:
            return
        if one.first > payment.sum.first or any(
            symbols.lines[other.first] == number for other in self._layout.candidates[SUM]
        ):
            return
        later = any(
            one.start < other.start < payment.sum.start
            and len(symbols.line(symbols.lines[other.first])) <= _ALONE
            for other in self._layout.candidates[one.kind]
        )
        yield f"head{later}{len(symbols.line(number)) <= one.last - one.first + 3}"

    def _words_between(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        symbols, money = self._layout.symbols, payment.sum
        ahead = one.first < money.first
        side = "<" if ahead else ">"
        begin, stop = _between(one, money)
        between = symbols.row[begin:stop]
        if len(between) <= 8:
            yield f"b{side}{''.join(between)}"
        if len(between) <= 3:
            yield f"B{side}{''.join(between)}{symbols.left(one.first, 1) if ahead else symbols.right(one.last, 1)}"
        if len(between) <= 30:
            yield from runs(f"g{side}", between)
        first = bisect_left(self._stretches, begin)
        stretches = (symbols.row[at] for at in self._stretches[first : first + 8] if at < stop)
        yield f"k{side}{''.join(stretches)}"

    def _beside_chosen(self, payment: Payment, one: FieldCandidate) -> Iterator[str]:
        """How far it is from what is chosen for the payment already."""
        lines = self._layout.symbols.lines
        for name, other in payment.fields.items():
            behind = one.start > other.start
            apart = one.first - other.last if behind else other.first - one.last
            side = ">" if behind else "<"
            yield f"by{name}{side}{min(apart, 5)}{lines[one.first] == lines[other.first]}"
            yield f"by{name}{side}{apart < 4}"

    def named(
        self, payment: Payment, one: FieldCandidate, name: str, before: Payment | None
    ) -> Iterator[str]:
        """What speaks for the field ``name`` alone: what the patterns say, and what the payment ``before`` has."""
        money = payment.sum
        side = "<" if one.first < money.first else ">"
        near = self._rank(payment, one)
        parts = self._view.parts.get(money.start, {})
        place = (one.start, one.end)
        assigned = next((part for part, span in parts.items() if span == place), "")
        other = name in parts and not assigned
        elsewhere = bool(self._sums_of.get((name, place), set()) - {money.start})
        yield from (
            f"as{assigned}", f"as{assigned}{one.source}", f"as{assigned}{near}", f"ot{other}{assigned == name}",
            f"el{elsewhere}{assigned == name}", f"ot{other}{near}{side}",
            f"shape{self._signs_beside(one)[4]}{payment.way}{assigned}",
        )  # fmt: skip
        if before is None:
            yield "f-"
            return
        former = before.fields.get(name)
        same = "no" if former is None else "same" if former.value == one.value else "other"
        since = "" if former is None else str(one.start > before.sum.start)
        line = self._layout.symbols.lines[money.first]
        again = self._says_again(line)
        yield from (
            f"f{same}{again}",
            f"f{same}{again}{near}",
            f"f{same}",
            f"f{same}{near}",
            f"f{same}{since}{side}",
            f"f{same}{assigned == name}{other}",
        )

    def _says_again(self, line: int) -> bool:
        symbols, text = self._layout.symbols, self._layout.text
        if line not in self._again:
            row = symbols.line(line)
            words = (
                text[symbols.places[row.start] : symbols.places[row.stop - 1] + 1] if row else ""
            )
            self._again[line] = _AGAIN.search(words) is not None
        return self._again[line]

    def _rank(self, payment: Payment, one: FieldCandidate) -> str:
        """Whether it is the nearest of its kind on its side, and whether the other side has a nearer one."""
        key = (payment.sum.start, one.start, one.end, one.kind)
        found = self._ranks.get(key)
        if found is None:
            found = self._ranks[key] = self._ranked(payment.sum, one)
        return found

    def _ranked(self, money: FieldCandidate, one: FieldCandidate) -> str:
        ahead = one.first < money.first
        distance = money.first - one.last if ahead else one.first - money.last
        nearest_there, closer = _FAR, 0
        for other in self._layout.candidates[one.kind]:
            if other.start < one.end and one.start < other.end:
                continue
            before = other.first < money.first
            apart = money.first - other.last if before else other.first - money.last
            if before == ahead:
                closer += apart < distance
            else:
                nearest_there = min(nearest_there, apart)
        there = "-" if nearest_there == _FAR else "n" if nearest_there < distance else "f"
        return f"{'<' if ahead else '>'}{min(closer, 2)}{there}"


def is_likely(name: FieldCandidate) -> bool:
    """Whether a pattern, or the tags of its symbols, say that it is a name; others only may be one."""
    return "tagged" in name.source or "pattern" in name.source


def _between(one: FieldCandidate, money: FieldCandidate) -> tuple[int, int]:
    """The half-open range of the symbols that part them."""
    if one.first < money.first:
        return one.last + 1, money.first
    return money.last + 1, one.first


def _step(numbers: Sequence[int], one: FieldCandidate, money: FieldCandidate) -> int:
    """How many lines, say, it stands behind the sum, three at most."""
    return max(-3, min(3, numbers[one.first] - numbers[money.first]))


def _shape(one: FieldCandidate) -> str:
    value = one.value
    if one.kind == ACCOUNT:
        if "@" in value:
            return "mail"
        if "*" in value:
            return "tail" if value.startswith("*") else "masked"
        return "mobile" if len(value) == _MOBILE else f"{len(value)}{value[0]}"
    if one.kind == NAME:
        sort = "m" if "*" in value else "a" if value.isascii() else "h"
        return f"{sort}{min(len(value), 8)}"
    return str(len(value)) if one.kind == REFERENCE else ""
