"""Accounts, whole and masked, papers of persons, telephones: numbers told by their check digit, length and label."""

# ruff: noqa: E501 - shapes of words stand whole, one line each
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.domain.directories import Directories, NoDirectories
from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.identifiers.luhn import luhn_valid
from desktop.domain.statements.proposal import Confidence
from desktop.readers.token import Claims, Token

ACCOUNT_KINDS: Final = frozenset({"bank_card", "bank_account", "masked_card"})
_PERSON: Final = re.compile(
    r"(?=[0-9]{6})(?<![0-9A-Za-z*])(?:[0-9]{17}[0-9Xx]|[0-9]{6} [0-9]{8} [0-9]{3}[0-9Xx])(?![0-9A-Za-z*])"
)
_PERSON_OLD: Final = re.compile(r"身份证(?:号码?)?[\s:：是为]{0,3}(?P<id>[0-9]{15})(?![0-9])")
_COMPANY: Final = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9]{0,17}[A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Za-z])"
)
_MASKED: Final = re.compile(
    r"(?=[0-9*])(?<![0-9A-Za-z*])(?:[0-9]{1,12}(?:[ -][0-9]{1,4}){0,4}[ -]?)?"
    r"\*{1,32}(?:[ -]\*{1,32}){0,7}(?:[ -]?[0-9]{1,8}(?:[ -][0-9]{1,4}){0,2})?[Xx]?(?![0-9A-Za-z*])"
)
_DOTS: Final = re.compile(r"(?<![0-9.])[0-9]{3,8}(?:\.{2,8}|[Xx×]{2,16})[0-9]{2,6}(?![0-9.])")
_TAIL: Final = re.compile(
    r"(?:尾号|末四位|后四位|末[34五六]位|后[34五六]位|尾数)(?:是|为|:)?\s?\(?\s?\*{0,4}(?P<id>[0-9]{3,6})(?![0-9])"
)
_CARD_TAIL: Final = re.compile(
    r"(?:储蓄卡|借记卡|信用卡|银行卡|银行|卡|账户|帐户|账号|存折|理财卡|一卡通)/?(?:账户)?\s?(?:\(\s?|\[\s?|【\s?)\*{0,4}(?P<id>[0-9]{3,4})\s?[)\]】]"
)
_OWN_TAIL: Final = re.compile(
    r"(?=[\u4e00-\u9fff/]{1,12}+ ?[*0-9])(?:[您你]的?|贵|本人|[的])?(?:[\u4e00-\u9fff]{0,4})(?:储蓄卡|借记卡|信用卡|银行卡|卡/账户|借记卡/账户|账户|帐户|账号|卡|户) ?(?:\*{0,4}(?P<id>[0-9]{4})(?![0-9年月.:/\-*]| [0-9])|\*(?P<starred>[0-9]{4})\*)"
)
_LONG: Final = re.compile(
    r"(?=[0-9]{4})(?:(?<![0-9A-Za-z*.])[0-9]{4,12}(?:[ -][0-9]{3,6}){1,6}(?![0-9A-Za-z*])|(?<![0-9A-Za-z*.])[0-9]{7,40}(?![0-9A-Za-z*]))"
)
_UNEVEN: Final = re.compile(
    r"(?=[0-9]{4})(?<![0-9A-Za-z*.])[0-9]{4,16}(?: [0-9]{3,12}){1,4}(?![0-9A-Za-z*]| [0-9])"
)
"""A card in groups of any length, as it comes out of a picture where its line was wrapped."""
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z*.])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9A-Za-z*]|[ -][0-9]{3})"
)
_LANDLINE: Final = re.compile(
    r"(?<![0-9A-Za-z*.])\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{6,7}(?![0-9A-Za-z*])"
)
_FOREIGN: Final = re.compile(
    r"(?<![0-9A-Za-z*.])(?:\+|00)(?:[0-9][ -]?){4,15}[0-9](?![0-9A-Za-z*])"
)
_SHORT: Final = re.compile(
    r"(?=[0-9]{2})(?<![0-9A-Za-z*.¥])(?:106[0-9]{5,17}|95[0-9]{3}|96[0-9]{3,4}|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}|400[ -]?[0-9]{4}[ -]?[0-9]{3}|1[0-2][0-9]{3}|110|12[0-9]{3})(?![0-9A-Za-z*]|\.[0-9])"
)
_ACCOUNT_LABEL: Final = re.compile(
    r"(?:账号|帐号|卡号|账户|帐户|卡|户头|银行卡|收款码|钱包编号|钱包|A/C|打到|转到|汇到|存到)[\s:：是为]{0,3}$"
)
_PHONE_LABEL: Final = re.compile(
    r"(?:电话|手机|号码|联系|来电|致电|拨打|打给|短信|显示|热线|接到|座机)[^0-9\n]{0,6}$"
)
_CALLED: Final = re.compile(
    r"(?:来电|显示|接到|打来|打给我|号码|收到|自称|呼入|被叫|主叫|标记)[^\n]{0,8}$"
)
_CALL_US: Final = re.compile(r"(?:致电|详询|拨打|咨询|客服|热线|询|电)[^0-9\n]{0,6}$")
_FEWEST, _MOST_IN_TAIL = 3, 6
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 8, 30
_ANY_DAY: Final = date(2000, 1, 1)


def find_papers(claims: Claims) -> Iterator[Token]:
    """Resident identity numbers and codes of companies."""
    for match in claims.matches(_PERSON):
        value = "".join(match.group().split()).upper()
        verdict = _verdict("resident_id", value)
        card = verdict is CheckVerdict.INVALID and luhn_valid(value)
        if not card and _plausible_person(value) and claims.take(*match.span()):
            sure = Confidence.DOUBTFUL if verdict is CheckVerdict.INVALID else Confidence.SURE
            yield Token("resident_id", value, *match.span(), sure)
    for match in claims.matches(_PERSON_OLD, "id"):
        if claims.take(*match.span("id")):
            yield Token("resident_id", match["id"], *match.span("id"))
    for match in claims.matches(_COMPANY):
        if _verdict("uscc", match.group()) is not CheckVerdict.INVALID and claims.take(
            *match.span()
        ):
            yield Token("uscc", match.group(), *match.span(), Confidence.SURE)


def _plausible_person(value: str) -> bool:
    return value[0] in "12345678" and value[6:8] in ("19", "20") and value[10:12] <= "12"


def find_masked(claims: Claims) -> Iterator[Token]:
    """Accounts of which only some digits are seen: starred, dotted, or a tail."""
    for shape in (_MASKED, _DOTS):
        for match in claims.matches(shape):
            start, end = match.start(), match.start() + len(match.group().rstrip(" -"))
            value = _starred(claims.text[start:end])
            if value and claims.take(start, end):
                yield Token("masked_card", value, start, end, Confidence.LIKELY)
    for shape, sure in (
        (_TAIL, Confidence.SURE),
        (_CARD_TAIL, Confidence.SURE),
        (_OWN_TAIL, Confidence.LIKELY),
    ):
        for match in claims.matches(shape):
            name = "id" if match["id"] else "starred"
            if claims.take(*match.span(name)):
                yield Token("masked_card", "*" + match[name], *match.span(name), sure)


def _starred(printed: str) -> str:
    """Without the spaces, a leading run as one star; empty for what shows too few digits, or too many behind stars."""
    value = re.sub(r"[ -]", "", printed)
    digits = sum(sign.isdigit() for sign in value)
    if digits < _FEWEST or (value.startswith("*") and digits > _MOST_IN_TAIL):
        return ""
    return "*" + value.lstrip("*") if value.startswith("*") else value


def find_long(claims: Claims, directories: Directories) -> Iterator[Token]:
    """Cards by check digit or label; accounts by label; grouped digits count as one number."""
    for match in claims.matches(_UNEVEN):
        digits = match.group().replace(" ", "")
        labelled = bool(_ACCOUNT_LABEL.search(claims.label_before(match.start(), 12)))
        if labelled and _account_kind(digits, directories, labelled=True) == "bank_card":
            sure = Confidence.SURE if luhn_valid(digits) else Confidence.LIKELY
            if claims.take(*match.span()):
                yield Token("bank_card", digits, *match.span(), sure)
    for match in claims.matches(_MOBILE):
        if not _ACCOUNT_LABEL.search(claims.before(match.start(), 12)):
            yield from _phone(claims, match, "mobile")
    for match in claims.matches(_LONG):
        start, end = match.span()
        digits = re.sub(r"[ -]", "", match.group())
        labelled = bool(_ACCOUNT_LABEL.search(claims.label_before(start, 12)))
        kind = _account_kind(digits, directories, labelled=labelled)
        if kind and claims.take(start, end):
            known = kind == "bank_card" and luhn_valid(digits)
            named = Confidence.LIKELY if labelled else Confidence.DOUBTFUL
            yield Token(kind, digits, start, end, Confidence.SURE if known else named)


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
    for kind, shape in (("displayed_number", _FOREIGN), ("landline", _LANDLINE)):
        for match in claims.matches(shape):
            if kind == "landline" and not (
                _separated(match.group()) or _near_phone(claims, match.start())
            ):
                continue
            yield from _phone(claims, match, kind)
    for match in claims.matches(_SHORT):
        number = re.sub(r"[ -]", "", match.group())
        before = claims.before(match.start(), 16)
        kind = "sms_port" if number.startswith("106") else "service_number"
        if kind == "service_number":
            known = directories.protected_number(number) is not None
            called, ours = _CALLED.search(before), _CALL_US.search(before)
            hotline = number.startswith(("400", "800", "95", "96"))
            if not called and (known or (ours and not hotline) or not hotline):
                continue
        if claims.take(*match.span()):
            yield Token(kind, number, *match.span(), Confidence.LIKELY)


def _phone(claims: Claims, match: re.Match[str], kind: str) -> Iterator[Token]:
    value = re.sub(r"[ ()-]", "", match.group())
    if kind == "mobile":
        value = value[-11:]
    if claims.take(*match.span()):
        yield Token(
            kind, value, *match.span(), Confidence.SURE if kind == "mobile" else Confidence.LIKELY
        )


def _separated(text: str) -> bool:
    return any(sign in text for sign in "-() ")


def _near_phone(claims: Claims, place: int) -> bool:
    return bool(_PHONE_LABEL.search(claims.before(place, 14)))


def _verdict(kind: str, value: str) -> CheckVerdict:
    return check(kind, value, NoDirectories(), _ANY_DAY).verdict
