"""Rows of a table that was pasted from a sheet: which column says the sum, who got it, from which account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.statements.proposal import AMOUNT, NAME, Confidence
from desktop.readers.pasted.amount_finder import ASIDE, PAID
from desktop.readers.pasted.name_finder import OTHER, OWN, PAYEE
from desktop.readers.pasted.token import Claims, Token

_BY_TABLE: Final = "table"
_ORDER: Final = "order_number"
_ACCOUNT: Final = "account"
_COLUMNS: Final = (
    ("time", "", re.compile(r"(?:.{0,4})?(?:时间|日期)|(?i:date|time)")),
    ("balance", "", re.compile(r"(?:账户|当前)?余额|(?i:balance)")),
    ("debit", "", re.compile(r"支出|借方(?:金额)?|付出|转出金额|(?i:debit)")),
    ("credit", "", re.compile(r"收入|存入|贷方(?:金额)?|(?i:credit)")),
    (AMOUNT, "", re.compile(r"(?:交易|转账|支付|发生|付款)?金额(?:\(元\))?|支出/存入|(?i:amount)")),
    (NAME, PAYEE, re.compile(r"收款(?:人|方|户名|单位|方户名)|转入户名|商户(?:名称)?")),
    (NAME, OTHER, re.compile(r"对方(?:户名|名称|姓名)?|户名|对手(?:户名|名称)?|交易(?:对方|对手)")),
    (NAME, OWN, re.compile(r"姓名|付款人|受害人|报案人|事主|付款户名")),
    (_ACCOUNT, PAYEE, re.compile(r"(?:收款|转入|对方|对手)(?:卡号?|账[号户]|方账[号户]|支付宝)")),
    (_ACCOUNT, OWN, re.compile(r"(?:转出|付款|本方|我方)(?:卡号?|账[号户])")),
    (_ORDER, "", re.compile(r"(?:订|交易)?单号|订单编号|交易(?:订单)?号")),
    ("way", "", re.compile(r"收/支|收付(?:标志)?|交易方向|方向|借贷(?:标志)?|收支")),
    ("summary", "", re.compile(r"摘要|交易类型|类型|备注|状态|给没给|说明|(?i:description)")),
    ("", "", re.compile(r"序号|编号|账单编号|方式|渠道|电话|对[方手]行|收款行|对方银行|项目|币种|(?i:no\.?|currency)")),
)  # fmt: skip
_FEWEST: Final = 3
_WIDEST: Final = 160
_DIGIT: Final = re.compile(r"[0-9]")
_OF_SUMS: Final = re.compile(r"金额|支出|[Aa]mount|[Dd]ebit")
"""One of these is in every line of column names, and no figure."""
_RULE: Final = re.compile(r"[|\-: +=]{3,200}")
_SUM: Final = re.compile(
    r"(?P<sign>[-+−])?\s?[¥]?\s?"
    r"(?P<sum>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,2})?)元?"
)
_DAY: Final = re.compile(r"(?:20[0-9]{2}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?|20[0-9]{6}")
_CLOCK: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[0-9]{6}")
_CAPITALS: Final = re.compile(r"[A-Z]{2,20}")
_IN: Final = re.compile(r"收(?!款人)|转入|入账|贷|退|返|利息|(?i:from)")
_VOID: Final = re.compile(r"失败|未支付|没给|未付|拦截|未成功|撤销|关闭|不计|超限|未转")
_WHOLE: Final = re.compile(r"合计|总计|小计|共计")
_DIGITS: Final = re.compile(r"[0-9]{12,30}")
_TAIL: Final = re.compile(r"[0-9]{4}$")
_NUMBER: Final = re.compile(r"[0-9A-Za-z]{10,64}")
_MAIL: Final = re.compile(r"[A-Za-z0-9._-]{1,40}@[A-Za-z0-9.-]{3,40}")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_NAMED: Final = re.compile(r"[^0-9|]*[^0-9|\s]")

_Cell = tuple[int, int]


def find_cells(claims: Claims) -> Iterator[Token]:
    """Sums, names, accounts and order numbers of the rows below a line of column names; times and banks are found by
    themselves."""
    if not _OF_SUMS.search(claims.text):
        return
    lines = _lines(claims.text)
    for place, (start, end) in enumerate(lines):
        head, sign = _head(claims.text, start, end)
        if not head:
            continue
        for first, last in lines[place + 1 :]:
            row = claims.text[first:last]
            if _RULE.fullmatch(row):
                continue
            cells = _cells(claims.text, first, last, sign, head)
            if len(cells) != len(head):
                break
            yield from _row(claims, head, cells)


def _lines(text: str) -> list[_Cell]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _head(text: str, start: int, end: int) -> tuple[list[tuple[str, str]], str]:
    """The meaning of each column, and what parts them; empty for any other line."""
    line = text[start:end]
    if not 6 <= len(line) <= _WIDEST or _DIGIT.search(line) or not _OF_SUMS.search(line):
        return [], ""
    for sign in ("|", ",", ";", " "):
        names = [text[slice(*cell)] for cell in _split(text, start, end, sign)]
        columns = [_column(name) for name in names]
        known = [one for one in columns if one is not None]
        if len(known) >= _FEWEST and len(known) * 3 >= len(names) * 2:
            return [one or ("", "") for one in columns], sign
    return [], ""


def _column(name: str) -> tuple[str, str] | None:
    for kind, role, shape in _COLUMNS:
        if shape.fullmatch(name):
            return kind, role
    return None


def _split(text: str, start: int, end: int, sign: str) -> list[_Cell]:
    """The cells between ``sign``, without the spaces around them; a line of a table may begin and end with it."""
    cells, first = [], start
    for part in text[start:end].split(sign):
        inner = part.strip()
        begin = first + (len(part) - len(part.lstrip()) if inner else 0)
        cells.append((begin, begin + len(inner)))
        first += len(part) + 1
    if sign == " ":
        return [cell for cell in cells if cell[0] < cell[1]]
    if sign == "|":
        cells = cells[1 if cells[0][0] == cells[0][1] else 0 :]
        cells = cells[:-1] if cells and cells[-1][0] == cells[-1][1] else cells
    return cells


def _cells(
    text: str, start: int, end: int, sign: str, head: Sequence[tuple[str, str]]
) -> list[_Cell]:
    cells = _split(text, start, end, sign)
    if sign != " ":
        return cells
    two = sum(kind == "time" for kind, _ in head) > 1
    joined: list[_Cell] = []
    for cell in cells:
        before = text[slice(*joined[-1])] if joined else ""
        after = text[slice(*cell)]
        clock = not two and _DAY.fullmatch(before) and _CLOCK.fullmatch(after)
        if clock or (_CAPITALS.fullmatch(after) and _CAPITALS.fullmatch(before.split(" ")[-1])):
            joined[-1] = (joined[-1][0], cell[1])
        else:
            joined.append(cell)
    return joined


def _row(
    claims: Claims, head: Sequence[tuple[str, str]], cells: Sequence[_Cell]
) -> Iterator[Token]:
    line = claims.text[cells[0][0] : cells[-1][1]]
    words = " ".join(
        claims.text[slice(*cell)]
        for (kind, _), cell in zip(head, cells, strict=True)
        if kind in ("way", "summary")
    )
    void = bool(_VOID.search(line) or _WHOLE.search(line))
    for (kind, role), (start, end) in zip(head, cells, strict=True):
        text = claims.text[start:end]
        if kind in (AMOUNT, "debit", "credit", "balance"):
            incoming = kind == "credit" or (kind == AMOUNT and bool(_IN.search(words)))
            made = _amount(text, start, incoming=incoming, void=void or kind == "balance")
        else:
            made = _other(kind, role, text, start)
        if made is not None and claims.take(made.start, made.end):
            yield made


def _amount(text: str, start: int, *, incoming: bool, void: bool) -> Token | None:
    found = _SUM.fullmatch(text)
    if found is None:
        return None
    fen = parse_yuan(found["sum"].replace(",", ""))
    sign = "-" if found["sign"] == "−" else found["sign"] or ("+" if incoming else "-")
    value = f"{sign}{format_yuan(fen).replace(',', '')}"
    role = ASIDE if void or not fen else PAID
    return Token(AMOUNT, value, start, start + len(text), Confidence.SURE, role, _BY_TABLE)


def _other(kind: str, role: str, text: str, start: int) -> Token | None:
    """A name, an account, the number of an order; no more than the cell shows."""
    if kind == NAME and (named := _NAMED.match(text)):
        name = named.group()
        return Token(NAME, name, start, start + len(name), Confidence.SURE, role, _BY_TABLE)
    if kind == _ORDER and _NUMBER.fullmatch(text):
        return Token(_ORDER, text, start, start + len(text), Confidence.SURE, "", _BY_TABLE)
    if kind != _ACCOUNT:
        return None
    for shape, what in ((_DIGITS, "bank_card"), (_MAIL, "alipay"), (_MOBILE, "alipay")):
        if shape.fullmatch(text):
            return Token(what, text, start, start + len(text), Confidence.SURE, role, _BY_TABLE)
    tail = _TAIL.search(text)
    if tail and not text[: tail.start()].isdigit():
        begin = start + tail.start()
        return Token("masked_card", f"*{tail.group()}", begin, begin + 4, Confidence.SURE, role)
    return None
