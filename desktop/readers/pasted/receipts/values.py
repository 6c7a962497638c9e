"""What a labelled value of a receipt holds: a name, an account, a bank, often two or three of them in one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.domain.statements.proposal import AMOUNT, BANK, NAME, TIME, Confidence
from desktop.readers.pasted.bank_finder import SENDER
from desktop.readers.pasted.folded_text import FoldedText
from desktop.readers.pasted.name_finder import close_stars
from desktop.readers.pasted.pattern_table import pattern
from desktop.readers.pasted.receipts.labels import ACCOUNT
from desktop.readers.pasted.receipts.labels import BANK as BANK_ROW
from desktop.readers.pasted.receipts.labels import NAME as NAME_ROW
from desktop.readers.pasted.receipts.rows import ReceiptRow
from desktop.readers.pasted.surnames import is_person
from desktop.readers.pasted.token import Token

RECEIPT: Final = "receipt"
"""What a value that a label of a receipt names gives as its pattern."""
COINS: Final = frozenset({"tron", "eth", "btc"})
_MAIL: Final = re.compile(
    r"[A-Za-z0-9*][A-Za-z0-9._%+*-]{0,63}@[A-Za-z0-9*-]{1,40}(?:\.[A-Za-z0-9-]{1,40}){1,3}"
)
_TAIL: Final = re.compile(
    r"(?:尾号|尾号为|(?i:ending(?:\ (?:in|with))?)|(?<![A-Za-z0-9])[xX]{1,16}-?)\s?(?P<id>[0-9]{3,6})(?![0-9])"
    r"|[(\[]\s?\*{0,4}\s?(?P<held>[0-9]{4})\s?[)\]]"
)
_CALLED: Final = re.compile(r"(?:电话|電話|手机|手機|(?i:tel|phone)\.?)\s?:?\s?\Z")
_DOTTED: Final = re.compile(r"(?<![0-9.])[0-9]{3,8}\.{2,8}[0-9]{2,6}(?![0-9.])")
_NUMBER: Final = re.compile(
    r"(?<![0-9A-Za-z*.])\+?[0-9*](?:[ _-]{0,2}[0-9*]){3,40}(?![0-9A-Za-z*]|\.[0-9])"
)
_GLUED: Final = re.compile(r"(?<=[a-z])[0-9]{2,6}\*{3,12}[0-9]{2,6}(?![0-9A-Za-z*])")
"""An account behind a name in letters, from which a picture's reader lost the space."""
_FEWEST, _FEWEST_SHOWN, _MOST = 6, 3, 30
_FEWEST_IN_NAME: Final = 10
"""Digits of an account behind a name, which may have a number of its own."""
_MOST_IN_TAIL: Final = 6
_CARDS: Final = range(15, 20)
_BUTTON: Final = re.compile(r"\s?(?:复制|複製|查看|修改|(?i:copy|edit))$")
_CUT: Final = re.compile(r"[,，。;；!！?？|\[\]【】]|\s(?:复制|複製|已认证|已實名|已实名)|\s{3,}")
_ENDS: Final = " \t.-(（[:·、/"
_OWN_WORD: Final = re.compile(r"的?(?:钱包|錢包|账户|账号|银行卡|微信|支付宝)$")
_NO_NAME: Final = re.compile(
    r"[您你我@\"“”]|^[发转付]给|^对方|[的说]人$|本人|账户|账号|卡号|银行卡|储蓄卡|信用卡|方式|余额|信息|金额|时间|日期|状态|确认|核对|成功|失败|如下|转账|付款|收款|支付|零钱|现金|未知|不详|户口|查看|详情|备注"
    r"|(?i:\b(?:your?|my|own|accounts?|savings?|saver|checking|current|wallet|balance|cards?|visa|mastercard|e-?mail|phone|bank|address|id|details|methods?|number|"
    r"status|amount|currency|completed|pending|success(?:ful)?|date|time|fee|transfer|payment|paynow|fps|name)\b)"
)
_FIRM_ENDS: Final = re.compile(
    r"(?:公司|商行|经营部|店|厂|行|部|中心|工作室|(?i:ltd|limited|inc|llc|co)\.?)$"
)
_CODE: Final = re.compile(
    r"^\s?\(?[0-9]{3}\)?\s?[-]?\s?(?=\D)|\s?\([0-9]{3}\)$|\s?(?:尾号|\(\s?[0-9*])[^\n]{0,12}$"
)
_BANK_WORD: Final = re.compile(
    r"银行|銀行|信用社|农商|农信|邮局|郵局|邮政|合作社|金库|(?i:bank|credit union)"
)
_LETTERS: Final = re.compile(r"(?!(?i:ending))[A-Za-z][A-Za-z&.'()\- ]{2,60}")
_LONGEST_NAME: Final = 40
_LONG_HAN: Final = 16
VERIFIED_NAME: Final = re.compile(r"(?<=.)\s?\([^()]*\*[^()]*\)?$")
"""Behind a nickname, which anybody chooses, the verified name of which stars hide a part."""
TORN_FIRM: Final = ("有限公", "责任公", "股份公")
"""How a firm's name ends that goes on somewhere else."""
_REST_OF_FIRM: Final = re.compile(r"\n[^\n0-9]{0,12}[\s人方]?司(?=\n|$)")
"""Below a firm in two columns, beside the titles of both, the sign that its name lacks."""
_LATIN_WORDS: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")


class ReceiptValues:
    """Reads the rows of one folded text; ``tokens`` are what the patterns found in it."""

    def __init__(self, folded: FoldedText, tokens: Sequence[Token]) -> None:
        self._folded = folded
        self._text = folded.text
        self._tokens = tokens

    def read(self, row: ReceiptRow) -> dict[str, Token]:
        """The name, account and bank of a side that a row holds."""
        found: dict[str, Token] = {}
        bank = self._bank_inside(row)
        account = self._account(row)
        if account is not None and _CUT.search(self._text, row.start, account.start):
            account = None  # a sentence stands between
        if account is not None:
            found[ACCOUNT] = account
        if row.what == BANK_ROW:
            named = self._bank(row, bank, account)
            if named is not None:
                found[BANK] = named
        elif bank is not None:
            found[BANK] = bank
        name = self._name(row, bank, account) if row.what == NAME_ROW else None
        if name is not None:
            found[NAME] = name
        return found

    def time(self, row: ReceiptRow) -> Token | None:
        """The moment it holds."""
        return next((one for one in self._inside(row) if one.kind == TIME), None)

    def name_at(self, start: int, end: int, side: str) -> Token | None:
        """The name that is all of ``text[start:end]``; none where more stands there."""
        row = ReceiptRow(side, NAME_ROW, start, end)
        name = self._name(row, self._bank_inside(row), self._account(row))
        return replace(name, role=side) if name is not None and end - name.end <= 1 else None

    def _inside(self, row: ReceiptRow) -> Iterator[Token]:
        return (one for one in self._tokens if row.start <= one.start and one.end <= row.end)

    def _bank_inside(self, row: ReceiptRow) -> Token | None:
        """Whoever signs a message (``…。【工商银行】``), and what stands in the next sentence, is no bank of a side."""
        banks = (one for one in self._inside(row) if one.kind == BANK and one.role != SENDER)
        bank = next(banks, None)
        if bank is not None and _CUT.search(self._text, row.start, bank.start):
            return None
        return bank

    def _bank(self, row: ReceiptRow, known: Token | None, account: Token | None) -> Token | None:
        """The bank that a label names: by its usual name where nothing more is said of it (``中國銀行(香港)`` is not
        ``中国银行``), else as it is written."""
        end = row.end if account is None or account.start <= row.start else account.start
        words = self._text[row.start : end]
        head = _CODE.match(words)
        start = row.start + (head.end() if head else 0)
        words = _BUTTON.sub("", self._text[start:end].rstrip(_ENDS))
        tail = next((match for match in _CODE.finditer(words) if match.start()), None)
        words = (words[: tail.start()] if tail else words).rstrip(_ENDS)
        end = start + len(words)
        if known is not None and not words.replace(self._text[known.start : known.end], "").strip(
            " ()"
        ):
            return replace(known, pattern=RECEIPT)
        if (
            not words
            or _CUT.search(words)
            or not (_BANK_WORD.search(words) or _LETTERS.fullmatch(words))
        ):
            return known
        return self._token(BANK, self._written(start, end), start, end, Confidence.LIKELY)

    def _account(self, row: ReceiptRow) -> Token | None:
        text = self._text
        for one in self._tokens:
            if (
                one.kind in COINS and row.start <= one.start < row.end
            ):  # it may go on in the next line
                return replace(one, confidence=Confidence.SURE)
        mail = _MAIL.search(
            text, row.start, row.end
        )  # from where its label ends, with a space or without
        if mail is not None:
            return self._mail(mail, row)
        taken = [(one.start, one.end) for one in self._inside(row) if one.kind in (TIME, AMOUNT)]
        numbers = [
            *_NUMBER.finditer(text, row.start, row.end),
            *_GLUED.finditer(text, row.start, row.end),
        ]
        for match in numbers:
            made = self._number(match, row)
            if made is not None and not any(a < made.end and made.start < b for a, b in taken):
                return made
        dotted = _DOTTED.search(text, row.start, row.end)
        if dotted is not None:
            return self._token("masked_card", dotted.group(), *dotted.span(), Confidence.LIKELY)
        tail = _TAIL.search(text, row.start, row.end)
        if tail is None:
            return None
        group = "id" if tail["id"] else "held"
        return self._token("masked_card", f"*{tail[group]}", *tail.span(group), Confidence.SURE)

    def _mail(self, mail: re.Match[str], row: ReceiptRow) -> Token | None:
        """``From: alerts@…`` names who sends a message, not who pays."""
        if row.side == "payer":
            return None
        kind = "masked_card" if "*" in mail.group() else "email"
        return self._token(kind, mail.group(), *mail.span(), Confidence.SURE)

    def _number(self, match: re.Match[str], row: ReceiptRow) -> Token | None:
        if _CALLED.search(self._text, row.start, match.start()):
            return None
        value = re.sub(r"[ _-]", "", match.group())
        digits = sum(sign.isdigit() for sign in value)
        start, end = match.span()
        if "*" in value:
            if digits < _FEWEST_SHOWN or (value.startswith("*") and digits > _MOST_IN_TAIL):
                return None
            value = "*" + value.lstrip("*") if value.startswith("*") else value
            return self._token("masked_card", value, start, end, Confidence.SURE)
        if not (_FEWEST_IN_NAME if row.what == NAME_ROW else _FEWEST) <= digits <= _MOST:
            return None
        rest = self._wrapped(row, end) if value[0] in "3456" else None
        if rest is not None and not (digits in _CARDS and luhn_valid(value)):
            whole = value + "".join(rest.group().split())
            if luhn_valid(whole) and len(whole) in _CARDS:
                return self._token("bank_card", whole, start, rest.end(), Confidence.SURE)
        kind = "bank_card" if digits in _CARDS and value[0] in "3456" else "bank_account"
        sure = kind == "bank_card" and luhn_valid(value)
        return self._token(kind, value, start, end, Confidence.SURE if sure else Confidence.LIKELY)

    def _wrapped(self, row: ReceiptRow, end: int) -> re.Match[str] | None:
        """Digits that stand alone on the line below a number that ends its line."""
        if self._text[end : row.end].strip():
            return None
        return re.compile(r"\s?\n\s?[0-9](?:[ ]?[0-9]){0,12}\s?(?=\n|$)").match(self._text, row.end)

    def _name(self, row: ReceiptRow, bank: Token | None, account: Token | None) -> Token | None:
        start, words, strict = self._words_of_name(row, bank, account)
        written = self._written(start, start + len(words)) if words else ""
        if words.endswith(TORN_FIRM):
            if not _REST_OF_FIRM.match(self._text, row.end):
                return None  # the name goes on somewhere, and a part of it is another firm
            written += "司"
        if not _is_name(words, strict=strict):
            return None
        if account is not None and row.side == "payer" and _LATIN_WORDS.fullmatch(words):
            return None  # the name of an account: ``From Everyday Saver ****6138``
        masked = VERIFIED_NAME.search(words)
        if masked is None:
            end = start + len(words)
            return self._token(NAME, close_stars(written), start, end, Confidence.SURE)
        nickname = words[: masked.start()].rstrip()
        end = start + len(nickname)
        return self._token(NAME, self._written(start, end), start, end, Confidence.DOUBTFUL)

    def _words_of_name(
        self, row: ReceiptRow, bank: Token | None, account: Token | None
    ) -> tuple[int, str, bool]:
        """Where they begin, the words before all else that the row holds, and whether they stand in a sentence."""
        text = self._text
        stops = [one.start for one in self._inside(row) if one.kind in (TIME, AMOUNT)]
        stops += [one.start for one in (bank, account) if one is not None]
        if account is not None and account.kind == "masked_card":  # ``尾号 1234``, ``(1234)``
            stops += [match.start() for match in _TAIL.finditer(text, row.start, row.end)]
        stop = min(stops, default=row.end)
        cut = _CUT.search(text, row.start, stop)
        strict = cut is not None and cut.group()[0] in ",，。;；!！?？"
        stop = cut.start() if cut else stop
        words = _BUTTON.sub("", text[row.start : stop].rstrip(_ENDS)).rstrip(_ENDS)
        words = _OWN_WORD.sub("", words)
        start = row.start
        if words[:2] in ("收 ", "付 ", "转 "):
            words, start = words[2:], start + 2
        if words.count("(") > words.count(")") and text.startswith(")", start + len(words)):
            words += ")"
        return start, words, strict

    def _written(self, start: int, end: int) -> str:
        """As it was written: a name keeps the characters that labels are folded from."""
        first, last = self._folded.source(start, end)
        return " ".join(self._folded.original[first:last].split())

    def _token(self, kind: str, value: str, start: int, end: int, sure: Confidence) -> Token:
        return Token(kind, value, start, end, sure, "", RECEIPT)


def _is_name(words: str, *, strict: bool) -> bool:
    """``strict``: what stands in a sentence has to have the shape of a name."""
    if not words or len(words) > _LONGEST_NAME or not pattern("name_letter").shape.search(words):
        return False
    if strict or (len(words) > _LONG_HAN and not words.isascii()):
        firm = pattern("firm").shape.fullmatch(words) or _FIRM_ENDS.search(words)
        return bool(
            firm or pattern("masked_name").shape.fullmatch(words) or is_person(words)
        ) and not re.search(r"[您你我]", words)
    if pattern("firm").shape.fullmatch(words):
        return True
    return not _NO_NAME.search(words) and not pattern("no_name").shape.match(words)
