"""Accounts, whole and masked, papers of persons, telephones: numbers told by their check digit, length and label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.money.luhn import luhn_valid
from desktop.domain.reference.directories import Directories, NoDirectories
from desktop.domain.statements.proposal import Confidence
from desktop.readers.pasted.pattern_table import TextPattern, pattern
from desktop.readers.pasted.token import Claims, Token

ACCOUNT_KINDS: Final = frozenset({"bank_card", "bank_account", "masked_card"})
_ACCOUNT_LABEL: Final = re.compile(
    r"(?:账号|帐号|卡号|账户|帐户|卡|户头|银行卡|收款码|钱包编号|钱包|A/C|打到|转到|汇到|存到)[\s:：是为]{0,3}$"
)
_PHONE_LABEL: Final = re.compile(
    r"(?:电话|手机|号码|联系|来电|致电|拨打|打给|短信|显示|热线|接到|座机)[^0-9\n]{0,6}$"
)
_CALLED: Final = re.compile(
    r"(?:来电|显示|接到|打来|打给我|号码|收到|自称|呼入|被叫|主叫|标记)[^\n]{0,8}$"
)
_PAID: Final = re.compile(r"(?:[转付汇充交]|金额|支出|收入)了?[\s:：]{0,2}$")
_NO_SUM_LABEL: Final = re.compile(
    r"(?:(?:识别|識別|验证|驗證|[编編号號])[码碼]|(?:[账卡单單序编編机機]|微信|流水|识别|識別)[号號]|(?:电话|電話)[号號]?|户口"
    r"|(?<![A-Za-z])(?i:(?:fps ?|paypal ?|order ?|user ?)?id|a/c|account(?: no\.?| number)?))[\s:]{0,3}$"
)
"""Before a number that is an account, a telephone or a code, whatever else the line says."""
_GROUP_SIGNS: Final = "0123456789*-"
_FEWEST_JOINTS: Final = 3
"""Dashes in one number: fewer may join a day and a sum."""
_BANK_CODE: Final = re.compile(r"(?:0[0-9]{2}|8[0-2][0-9]|700)")
_CODE_LABEL: Final = re.compile(r"(?:银行|行[库庫]|银行[代码代碼]{2})\s?:?\s?\(?$")
_BANK_BEHIND: Final = re.compile(r"\)?\s?[\u3400-\u9fff]{4}")
_LABEL_REACH: Final = 20
_FEWEST, _MOST_IN_TAIL = 3, 6
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 8, 30
_ANY_DAY: Final = date(2000, 1, 1)


def is_no_sum(text: str, start: int, end: int) -> bool:
    """Whether a bare number of the folded ``text`` can be no sum, by what stands right around it: behind the label of
    an account, a telephone or a code; in a number of four groups or more that dashes join; the three digits by which
    Taiwan knows a bank, between the word for a bank and its name."""
    line = max(text.rfind("\n", max(0, start - _LABEL_REACH), start) + 1, start - _LABEL_REACH, 0)
    before = text[line:start]
    after = text[end : end + _LABEL_REACH]
    head = before[len(before.rstrip(_GROUP_SIGNS)) :]
    tail = after[: len(after) - len(after.lstrip(_GROUP_SIGNS))]
    return bool(
        _NO_SUM_LABEL.search(before)
        or f"{head}{tail}".strip("-").count("-") >= _FEWEST_JOINTS
        or (
            _BANK_CODE.fullmatch(text, start, end)
            and _CODE_LABEL.search(before)
            and _BANK_BEHIND.match(text, end)
        )
    )


def find_papers(claims: Claims) -> Iterator[Token]:
    """Resident identity numbers and codes of companies."""
    person, old, company = map(pattern, ("resident_id", "resident_id_old", "company_code"))
    for match in claims.matches(person.search):
        value = "".join(match.group().split()).upper()
        verdict = _verdict("resident_id", value)
        invalid = verdict is CheckVerdict.INVALID
        card = invalid and value.isdigit() and luhn_valid(value)
        if not card and _plausible_person(value) and claims.take(*match.span()):
            sure = Confidence.DOUBTFUL if invalid else Confidence.SURE
            yield person.token(value, *match.span(), sure)
    for match in claims.matches(old.search, "id"):
        if claims.take(*match.span("id")):
            yield old.token(match["id"], *match.span("id"))
    for match in claims.matches(company.search):
        if _verdict("uscc", match.group()) is not CheckVerdict.INVALID and claims.take(
            *match.span()
        ):
            yield company.token(match.group(), *match.span())


def _plausible_person(value: str) -> bool:
    return value[0] in "12345678" and value[6:8] in ("19", "20") and value[10:12] <= "12"


def find_masked(claims: Claims) -> Iterator[Token]:
    """Accounts of which only some digits are seen: starred, dotted, or a tail."""
    for found in map(pattern, ("masked_number", "dotted_number")):
        for match in claims.matches(found.search):
            start, end = match.start(), match.start() + len(match.group().rstrip(" -"))
            value = _starred(claims.text[start:end])
            if value and claims.take(start, end):
                yield found.token(value, start, end)
    for found in map(
        pattern, ("tail", "crossed_tail", "card_tail", "own_digits", "bank_tail", "own_tail")
    ):
        for match in claims.matches(found.search):
            name = "id" if match["id"] else "starred"
            if claims.take(*match.span(name)):
                yield found.token("*" + match[name], *match.span(name))


def _starred(printed: str) -> str:
    """Without the spaces, a leading run as one star; empty for what shows too few digits, or too many behind stars."""
    value = re.sub(r"[ -]", "", printed)
    digits = sum(sign.isdigit() for sign in value)
    if digits < _FEWEST or (value.startswith("*") and digits > _MOST_IN_TAIL):
        return ""
    return "*" + value.lstrip("*") if value.startswith("*") else value


def find_long(claims: Claims, directories: Directories) -> Iterator[Token]:
    """Cards by check digit or label; accounts by label; grouped digits count as one number."""
    yield from _in_groups(claims)
    uneven, mobile, long = map(pattern, ("uneven_card", "mobile", "long_number"))
    for match in claims.matches(uneven.search):
        digits = match.group().replace(" ", "")
        labelled = bool(_ACCOUNT_LABEL.search(claims.label_before(match.start(), 12)))
        if labelled and _account_kind(digits, directories, labelled=True) == "bank_card":
            sure = Confidence.SURE if luhn_valid(digits) else Confidence.LIKELY
            if claims.take(*match.span()):
                yield uneven.token(digits, *match.span(), sure)
    for match in claims.matches(mobile.search):
        if not _ACCOUNT_LABEL.search(claims.before(match.start(), 12)):
            yield from _phone(claims, match, mobile)
    for match in claims.matches(long.search):
        start, end = match.span()
        digits = re.sub(r"[ -]", "", match.group())
        labelled = bool(_ACCOUNT_LABEL.search(claims.label_before(start, 12)))
        kind = _account_kind(digits, directories, labelled=labelled)
        if kind and claims.take(start, end):
            known = kind == "bank_card" and luhn_valid(digits)
            named = Confidence.LIKELY if labelled else Confidence.DOUBTFUL
            sure = Confidence.SURE if known else named
            yield Token(kind, digits, start, end, sure, pattern=long.name)


def _in_groups(claims: Claims) -> Iterator[Token]:
    """Accounts of Hong Kong and Taiwan, which have no length of their own: only behind their label."""
    for found in map(pattern, ("dashed_account", "fast_payment_code")):
        for match in claims.matches(found.search, "id"):
            if claims.take(*match.span("id")):
                yield found.token(match["id"].replace("-", ""), *match.span("id"))


def _account_kind(digits: str, directories: Directories, *, labelled: bool) -> str:
    if _SHORTEST_CARD <= len(digits) <= _LONGEST_CARD:
        issued = directories.card_issuer(digits) is not None
        if issued or (luhn_valid(digits) and (labelled or digits[0] in "3456")):
            return "bank_card"
        if labelled and digits.startswith("62"):
            return "bank_card"
    return (
        "bank_account" if labelled and _SHORTEST_ACCOUNT <= len(digits) <= _LONGEST_ACCOUNT else ""
    )


def find_phones(claims: Claims, directories: Directories) -> Iterator[Token]:
    """Telephones of the other side. The hotline a bank signs with is nobody's clue; one that *called* may be."""
    for found in map(pattern, ("foreign_number", "landline")):
        for match in claims.matches(found.search):
            if found.kind == "landline" and not (
                _separated(match.group()) or _near_phone(claims, match.start())
            ):
                continue
            yield from _phone(claims, match, found)
    short = pattern("short_number")
    for match in claims.matches(short.search):
        number = re.sub(r"[ -]", "", match.group())
        kind = "sms_port" if number.startswith("106") else "service_number"
        before = claims.before(match.start(), 16)
        known = directories.protected_number(number) is not None
        if kind == "sms_port" or _is_clue(number, before, known=known):
            if claims.take(*match.span()):
                yield Token(kind, number, *match.span(), short.confidence, pattern=short.name)
        elif known and not _PAID.search(before):
            claims.take(*match.span())  # a hotline is of nobody's interest, and no sum either


def _is_clue(number: str, before: str, *, known: bool) -> bool:
    """Whether a short number may be of the other side; ``known``: whether it is somebody's hotline."""
    hotline = number.startswith(("400", "800", "95", "96"))
    return bool(_CALLED.search(before)) or (hotline and not known)


def _phone(claims: Claims, match: re.Match[str], found: TextPattern) -> Iterator[Token]:
    value = re.sub(r"[ ()-]", "", match.group())
    if found.kind == "landline" and match["extension"]:
        main = re.sub(r"[^0-9]", "", match.string[match.start() : match.start("extension")])
        value = f"{main}转{match['extension']}"
    if found.kind == "mobile":
        value = value[-11:]
    if claims.take(*match.span()):
        yield found.token(value, *match.span())


def _separated(text: str) -> bool:
    return any(sign in text for sign in "-() ")


def _near_phone(claims: Claims, place: int) -> bool:
    return bool(_PHONE_LABEL.search(claims.before(place, 14)))


def _verdict(kind: str, value: str) -> CheckVerdict:
    return check(kind, value, NoDirectories(), _ANY_DAY).verdict
