"""What a short text has to choose from, and where each of it stands: line, turn of a talk, column of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from desktop.domain.statements.proposal import BANK, NAME
from desktop.readers.pasted.bank_finder import wallet_places
from desktop.readers.pasted.chat_turns import Turn
from desktop.readers.pasted.learned.senses import SenseWords, sense_words, way_words
from desktop.readers.pasted.learned.spans import ACCOUNT, CLOCK, DAY, KINDS, REFERENCE, SUM, Span
from desktop.readers.pasted.learned.symbols import GAP, Symbols, read_symbols
from desktop.readers.pasted.learned.talk import talk_of
from desktop.readers.pasted.name_finder import close_stars
from desktop.readers.pasted.surnames import SINGLE, is_person
from desktop.readers.pasted.token import Token

_QUOTED: Final = re.compile(r"[“\"「『]([^“”\"「」『』\n,，。;；]{1,24})[”\"」』]")
_CELL: Final = re.compile(
    r"(?:^|(?<=\n)|(?<=  )|(?<=\|)|(?<=[:：/,，])) ?"
    r"([^\s0-9|/:：,，。;；][^\n|/:：,，。;；]{0,22}?) ?(?=$|\n|  |\||/|[,，])"
)
_JOINED: Final = r"(?: ?[&-] ?| )?"
_LETTERS: Final = re.compile(
    rf"(?<![A-Za-z0-9@._/-])[A-Z][A-Za-z]+{_JOINED}(?:[A-Z][A-Za-z]*\.?,?{_JOINED}){{0,7}}(?<![ ,&-])(?![A-Za-z0-9@_/])"
)
_CALLED: Final = re.compile(
    rf"(?:{'|'.join(sorted(SINGLE))})(?:某某?|[×xX]{{1,2}}|先生|女士|小姐|同学|老师|阿姨|师傅|老板|大爷|大妈|姐|哥)|[阿小老][\u4e00-\u9fff](?![\u4e00-\u9fff])"
)
_TELLER: Final = re.compile(
    r"(?:^|(?<=[\n ,，。;；:：、人主])|(?<=我叫)|(?<=我是)|(?<=姓名))"
    rf"((?:{'|'.join(sorted(SINGLE))})[\u4e00-\u9fff]{{1,2}}?)"
    r"(?=[称说在被(（]|于[0-9]|报警|报案|来电|致电|来所|反映|求助)"
)
_BEARER: Final = re.compile(
    rf"((?:{'|'.join(sorted(SINGLE))})[\u4e00-\u9fff]{{1,2}})"
    r"(?=[(（,，/、 ]{0,2}(?:[男女](?:性|[,，/、 )）]|$)|[0-9]{2}岁|[\u4e00-\u9fff]{1,4}族[,，/、 )）男女]|身份证)"
    r"|(?:案|家属|家长|本人|他?名下)(?![件发例情底子])|的(?:卡|账户|手机|微信|支付宝|[\u4e00-\u9fff]{2,8}银?行))"
)
"""Before an age, a sex, a people, a case or what somebody owns stands who that is of."""
_IN_ROLE: Final = re.compile(
    r"(?:[被受]害人|受骗人|报[警案]人|来电人|事主|当事人|失主|老人|学生|[村居]民|群众|摊贩|业主|店主|商户|[\u4e00-\u9fff]户|人员|[男女]子"
    r"|[员工师]|籍|卡主|户主|实名(?:是|:)?|名字?叫|我是|本人|姓名[: ]?|人:) ?[\"“]?"
    r"([\u4e00-\u9fff]{2,5}?|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8})(?=[\"”]?(?:[\s(（,，。;；/|0-9]|$)|[称说于在被将因报]|的(?![\u4e00-\u9fff]{0,2}[人事])|[转付打汇](?![\u4e00-\u9fff]?[群]))"
)
"""Behind a word for who reports, or for what somebody does, stands a name, whatever it begins with."""
_SHOP: Final = re.compile(
    r"(?:财付通|支付宝|微信(?:支付)?|某宝|美团|抖音|京东|云闪付|银联|网银在线|拉卡拉|[快代][捷收付]{1,2}(?:支付)?)[-:](?=[^0-9])([^\s()\[\]【】,，。;；:\"“”\n]{2,20})"
)
"""Behind whoever moves the money, in a message of a bank, stands who gets it."""
_BRACKETED: Final = re.compile(
    r"\((?!个体|本人|已|[男女]|[\u4e00-\u9fff]{1,4}族)[\u4e00-\u9fffA-Za-z]{1,10}\)"
)
"""Part of a name; not the verified name of which stars hide a part, behind a nickname."""
_QUOTES: Final = "\"“”「」『』'‘’"
_TOWARDS: Final = re.compile(
    r"[给跟被往把让叫转打付汇](?=[\u4e00-\u9fff*]{2,3}$)|[向从由](?=[\u4e00-\u9fff*]{3}$)"
)
"""What no name begins with, before one."""
_CONTACT: Final = re.compile(r"(?:手机|座机|群|[Qq]{2}|工号|邀请码)(?:号码?)?[: ]{0,2}$")
"""Right before a number that no pattern reads, and that reaches somebody or lets in: more words than
:func:`~desktop.readers.pasted.number_finder.is_no_sum` asks of all numbers, as patterns
know ``手机800元`` for a price."""
_SEPARATORS: Final = (GAP, "|", "/", ",", "，")
_OTHER_SOURCES: Final = (
    *("quoted", "cell", "letters", "called", "teller", "unsure"),
    *("bearer", "role", "shop", "bracketed", "towards"),
)
_NO_NAME: Final = re.compile(r"撤销|撤回|冲正|退款|退回|到账|转账|余额|验证码|金额|时间")
_LONGEST_HEAD: Final = 8
_FEWEST: Final = 3
_MOST_CELLS: Final = 80
_MOST_WALLETS: Final = 12
WALLET: Final = "wallet"
"""Who found a wallet that may hold the money of a side."""

FIELDS: Final = {
    CLOCK: ("clock",),
    DAY: ("day",),
    ACCOUNT: ("payer_account", "payee_account"),
    BANK: ("payer_bank", "payee_bank"),
    NAME: ("payer_name", "payee_name"),
    REFERENCE: ("order_number", "serial"),
}
"""The fields of a payment that each kind may be for; a sum is the payment itself."""


@dataclass(frozen=True, slots=True)
class FieldCandidate:
    """``text[start:end]``, read as ``kind``. ``first`` and ``last`` are its symbols, both in it; ``source`` says who
    found it; ``token`` is what a pattern made of it."""

    kind: str
    value: str
    start: int
    end: int
    first: int
    last: int
    source: str
    role: str = ""
    token: Token | None = None


@dataclass(slots=True)
class Layout:
    """``candidates`` by kind, in the order of the text."""

    text: str
    spans: Sequence[Span]
    symbols: Symbols
    candidates: Mapping[str, Sequence[FieldCandidate]]
    talk: Sequence[Turn]
    speakers: Sequence[str]
    """Of each symbol: ``o`` where the one who reports speaks, ``t`` where another does, ``-`` outside of a talk."""
    turn_of: Sequence[int]
    senses: SenseWords
    ways: SenseWords
    columns: Mapping[int, str] = field(default_factory=dict)
    """The head of the column in which the symbol of a cell stands."""
    line_shapes: Sequence[str] = ()
    """Of each line the letters of its stretches, numbers and sums alike."""
    own: Mapping[int, range] = field(default_factory=dict)
    """Of each sum, by where it starts, the symbols that are said of no other: those between the parts of the sentence
    in which the sums beside it stand."""


def lay_out(text: str, spans: Sequence[Span], names: Iterable[tuple[int, int, str]]) -> Layout:
    """``spans`` without names; ``names`` as (start, end, who found it), of which those that stand first are the
    likelier ones and become a symbol of their own."""
    proposed = list(names)
    placed = _with_names(text, spans, proposed)
    symbols = read_symbols(text, placed)
    found: dict[str, list[FieldCandidate]] = {kind: [] for kind in KINDS}
    for span, place in zip(placed, symbols.of_span, strict=True):
        for kind, value in span.readings:
            if kind == NAME or (kind == SUM and _is_contact(text, span)):
                continue
            token = span.token
            source = token.pattern or token.kind if token else "number"
            role = token.role if token else ""
            found[kind].append(
                FieldCandidate(kind, value, span.start, span.end, place, place, source, role, token)
            )
    found[BANK] = sorted([*found[BANK], *_wallets(text, symbols, spans)], key=lambda one: one.start)
    found[NAME] = sorted(_names(text, symbols, proposed, spans), key=lambda one: one.start)
    talk = talk_of(text)
    speakers, turn_of = _speakers(symbols, talk)
    return Layout(
        text,
        placed,
        symbols,
        found,
        talk,
        speakers,
        turn_of,
        sense_words(text),
        way_words(text),
        _columns(symbols),
        _line_shapes(symbols),
        _own_ranges(symbols, found[SUM]),
    )


def _is_contact(text: str, span: Span) -> bool:
    return span.token is None and bool(
        _CONTACT.search(text, max(0, span.start - _LONGEST_HEAD), span.start)
    )


def _with_names(
    text: str, spans: Sequence[Span], proposed: Sequence[tuple[int, int, str]]
) -> list[Span]:
    taken = [(span.start, span.end) for span in spans]
    found = list(spans)
    for start, end, source in proposed:
        if source in _OTHER_SOURCES:
            continue
        if all(end <= begin or stop <= start for begin, stop in taken):
            taken.append((start, end))
            found.append(Span(start, end, "N", ((NAME, text[start:end]),)))
    return sorted(found, key=lambda span: span.start)


def _names(
    text: str, symbols: Symbols, proposed: Sequence[tuple[int, int, str]], spans: Sequence[Span]
) -> Iterator[FieldCandidate]:
    sources: dict[tuple[int, int], list[str]] = {}
    for start, end, source in proposed:
        sources.setdefault((start, end), []).append(source)
    for (start, end), found in sources.items():
        if any(start < span.end and span.start < end for span in spans if span.letter in "STC"):
            continue
        name = close_stars(text[start:end])
        if "pattern" in found or not _NO_NAME.search(name):
            first, last = symbols.at(start), symbols.at(end - 1)
            yield FieldCandidate(NAME, name, start, end, first, last, "+".join(found))


def _wallets(text: str, symbols: Symbols, spans: Sequence[Span]) -> Iterator[FieldCandidate]:
    """Wallets stay words of the text, as they say more of it than who held the money."""
    for start, end, name in islice(wallet_places(text), _MOST_WALLETS):
        if not any(start < span.end and span.start < end for span in spans):
            first, last = symbols.at(start), symbols.at(end - 1)
            yield FieldCandidate(BANK, name, start, end, first, last, WALLET)


def other_names(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands in quotation marks, or alone in a cell or on a line, or has capitals, may be a name too; the first of
    many."""
    for shape, source in (
        (_QUOTED, "quoted"),
        (_CELL, "cell"),
        (_LETTERS, "letters"),
        (_CALLED, "called"),
        (_TELLER, "teller"),
        (_BEARER, "bearer"),
        (_IN_ROLE, "role"),
        (_SHOP, "shop"),
    ):
        for match in islice(shape.finditer(text), _MOST_CELLS):
            group = 1 if shape.groups else 0
            yield match.start(group), match.end(group), source


def whole_name(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the quotation marks around a name; with the bracket that closes one within it."""
    while start < end - 1 and text[start] in _QUOTES:
        start += 1
    while start < end - 1 and text[end - 1] in _QUOTES:
        end -= 1
    if text.count("(", start, end) > text.count(")", start, end) and text.startswith(")", end):
        end += 1
    return start, end


def kindred_names(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """What a name may be besides: with the words in brackets behind it, without the word before it that says where
    money went."""
    if bracket := _BRACKETED.match(text, end):
        yield start, bracket.end(), "bracketed"
    if (word := _TOWARDS.match(text[start:end])) and is_person(text[start + word.end() : end]):
        yield start + word.end(), end, "towards"


def _speakers(symbols: Symbols, talk: Sequence[Turn]) -> tuple[list[str], list[int]]:
    found, numbers = ["-"] * len(symbols.row), [-1] * len(symbols.row)
    for number, turn in enumerate(talk):
        if turn.head >= turn.end:
            continue
        for place in range(symbols.at(turn.head), symbols.at(turn.end - 1) + 1):
            found[place] = "o" if turn.ours else "t"
            numbers[place] = number
    return found, numbers


def _line_shapes(symbols: Symbols) -> list[str]:
    found = [""] * len(symbols.line_starts)
    for place in symbols.of_span:
        letter = symbols.row[place]
        found[symbols.lines[place]] += "S" if letter == "D" else letter
    return found


def _own_ranges(symbols: Symbols, sums: Sequence[FieldCandidate]) -> dict[int, range]:
    found = {}
    for place, one in enumerate(sums):
        begin, stop = 0, len(symbols.row)
        if place:
            begin = symbols.part_behind(sums[place - 1].last, one.first)
        if place + 1 < len(sums):
            stop = symbols.part_before(sums[place + 1].first, one.last + 1)
        found[one.start] = range(begin, stop)
    return found


def _columns(symbols: Symbols) -> dict[int, str]:
    """Cells of lines below a line without any stretch that has as many cells, by that line's cell."""
    heads: dict[tuple[str, int], list[str]] = {}
    found: dict[int, str] = {}
    marked = frozenset(symbols.of_span)
    for number in range(len(symbols.line_starts)):
        line = symbols.line(number)
        separator, cells = _parted(symbols, line)
        key = (separator, len(cells))
        if key in heads:
            for head, cell in zip(heads[key], cells, strict=True):
                found.update(dict.fromkeys(cell, head))
        elif cells and _is_head(symbols, line, cells, marked):
            heads[key] = ["".join(symbols.row[place] for place in cell) for cell in cells]
    return found


def _is_head(
    symbols: Symbols, line: Sequence[int], cells: Sequence[Sequence[int]], marked: frozenset[int]
) -> bool:
    """Whether a line has short words alone."""
    plain = not any(place in marked or symbols.row[place] == "0" for place in line)
    return plain and max(map(len, cells)) <= _LONGEST_HEAD


def _parted(symbols: Symbols, line: Sequence[int]) -> tuple[str, list[list[int]]]:
    """The cells of a line by the first sign that parts it into enough of them."""
    for separator in _SEPARATORS:
        cells = _cells(symbols, line, separator)
        if len(cells) >= _FEWEST:
            return separator, cells
    return "", []


def _cells(symbols: Symbols, row: Sequence[int], separator: str) -> list[list[int]]:
    cells: list[list[int]] = [[]]
    for place in row:
        if symbols.row[place] == separator:
            cells.append([])
        elif symbols.row[place].strip():
            cells[-1].append(place)
    return cells
