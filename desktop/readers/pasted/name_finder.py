"""Names of persons and firms: after a label, beside a verb of paying, or standing with an account."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from desktop.readers.pasted.pattern_table import TextPattern, pattern, patterns
from desktop.readers.pasted.surnames import is_person
from desktop.readers.pasted.token import Claims, Token

PAYEE: Final = "payee"
PAYER: Final = "payer"
OTHER: Final = "other"
OWN: Final = "own"

_COUNT: Final = re.compile(r"(?<![0-9])[0-9]{1,2}$")
"""Before a measure: what follows ``3`` in ``3单返佣`` is nobody's name."""
_STAR_AND_BLANK: Final = re.compile(r"\* (?![A-Z*])")
_REACH: Final = 40
_LONGEST_PERSON: Final = 4
_PRONOUNS: Final = frozenset("您你我他她它本")
_NO_NAME: Final = re.compile(
    r"(?:[您你我他她这那谁别再又先后把被让钱款元块了吗呢吧]|对方|客服|支付|银行|微信|平台|账户|账号|公司账|商家|朋友|骗子|老师|群|一个|指定|银联|手机|本人|自己|都是|都打|来源|陈述|安全|监管|认证|理赔|保证|叫$|队长|经理|专员|主任|助理|导师|教授|今天|昨天|转账|成功|撤销|撤回|冲正|退款|退回)"
)


def find_names(claims: Claims, accounts: Iterable[Token]) -> Iterator[Token]:
    """Names with the role their label gives; ``accounts`` tell where a bare name may stand."""
    for label in patterns("name_label"):
        for match in label.search.matches(claims.text):
            token = _labelled(claims, match, label)
            if token:
                yield token
    yield from _beside_verbs(claims)
    for account in accounts:
        yield from _beside(claims, account)


def _beside_verbs(claims: Claims) -> Iterator[Token]:
    for verb in patterns("name_verb"):
        for match in claims.matches(verb.search, "id"):
            start, end = match.span("id")
            name = match["id"].removesuffix("的")
            end -= len(match["id"]) - len(name)
            if _fits(name) and claims.take(start, end):
                yield verb.token(name, start, end)


def _beside(claims: Claims, account: Token) -> Iterator[Token]:
    """A name that stands alone near an account: ``6217… 建设银行 王某强``."""
    beside = pattern("beside_account")
    offset = max(0, account.start - _REACH)
    for match in beside.shape.finditer(claims.text[offset : account.end + _REACH]):
        start, end = match.start() + offset, match.end() + offset
        if _is_name(claims, match["id"], start, end) and claims.take(start, end):
            yield beside.token(match["id"], start, end)


def _is_name(claims: Claims, name: str, start: int, end: int) -> bool:
    if pattern("masked_name").shape.fullmatch(name):
        return claims.free(start, end)
    return (
        is_person(name)
        and not _NO_NAME.search(name)
        and not pattern("no_name").shape.search(name)
        and not _is_counted(claims, start)
        and claims.free(start, end)
    )


def _is_counted(claims: Claims, start: int) -> bool:
    count = _COUNT.search(claims.text, max(0, start - 3), start)
    return count is not None and claims.free(*count.span())


def _labelled(claims: Claims, match: re.Match[str], label: TextPattern) -> Token | None:
    start, end = match.span("id")
    # behind it a bank, say, has no space before it
    words = match["id"][: claims.free_until(start, end) - start]
    if label.name == "line_above_sum" and words != match["id"]:
        return None  # the line says more than a name
    name = words
    if not pattern("firm").shape.fullmatch(words):
        name = (
            pattern("name_ends").shape.split(words, maxsplit=1)[0].rstrip(" .-(").removesuffix("的")
        )
    if name.count("(") > name.count(")"):
        name += ")" if claims.text.startswith(")", start + len(name)) else ""
    end = start + len(name)
    if (
        not name
        or name[0] in _PRONOUNS
        or pattern("no_name").shape.match(name)
        or not pattern("name_letter").shape.search(name)
    ):
        return None
    if not claims.take(start, end):
        return None
    return label.token(close_stars(name), start, end)


def close_stars(name: str) -> str:
    """Without the blank that a picture's reader puts behind a star; between words of capitals it belongs there."""
    return _STAR_AND_BLANK.sub("*", name)


def _fits(name: str) -> bool:
    shown = ("masked_name", "latin_name")
    if any(pattern(shape).shape.fullmatch(name) for shape in shown) or (
        len(name) > _LONGEST_PERSON and pattern("firm").shape.fullmatch(name)
    ):
        return True
    return (
        is_person(name) and not _NO_NAME.search(name) and not pattern("no_name").shape.search(name)
    )
