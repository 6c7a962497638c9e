"""On which side of a payment somebody stands, and whose bank a bank is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.statements.proposal import BANK
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.bank_finder import SENDER
from desktop.readers.pasted.name_finder import OTHER, OWN, PAYEE, PAYER
from desktop.readers.pasted.token import Token

PAYEE_WORDS: Final = re.compile(r"(?i:beneficiary|payee)|收款|收方|转入|汇入|入账|到账|受款|存入账")
PAYER_WORDS: Final = re.compile(
    r"(?i:paid with|payment method|all from)|付款|付方|转出|汇出|扣款|支付方式|汇款人|出账"
)
_FROM_BANK: Final = re.compile(r"转[^,，。;；0-9\n]{0,8}(?:银行|农信|信用社)")
_INTO_BANK: Final = re.compile(
    r"(?:[至到给往进]|→|->|[转汇]|行转)(?:了)?(?:[他她]的?|对方的?)?\s?$"
)
_BY_BANK: Final = re.compile(r"(?:用|从|通过|刷|登录|我是|我的?|本人的?|其)\s?$")
_PAYS_BEHIND: Final = re.compile(
    r"(?:的|的?卡|账户|[大小]?额|手机|掌上|网上|银行|网银|掌银|APP|app|柜[台面]|网点|那张|信用|储蓄|工资|存折|[里上]|又|一下|直接|短信|\s){0,5}[,，]?"
    r"(?:手机上|柜台)?(?:转[的出了走]?|(?<![,，])汇|付|打|支付|刷|被|少了|扣|→|->|取|出|POS)(?!入|账)"
)
"""Behind a bank from which it was paid."""
_HEADING: Final = re.compile(r"\A[^\n]{0,8}$")
_BESIDE: Final = 12
CHARGED: Final = re.compile(r"盗刷|被刷|刷卡|消费|扣了|扣款|扣走|少了|支出|刷走|被转|转走|POS")
_LABEL: Final = 10
_FAR: Final = 120


def side(role: str, way: MoneyDirection) -> str:
    """Payer or payee, of a role by which words name somebody."""
    if role in (PAYEE, PAYER):
        return role
    incoming = way is MoneyDirection.IN
    return (PAYER if incoming else PAYEE) if role == OTHER else (PAYEE if incoming else PAYER)


def place_banks(
    text: str, begin: int, parts: dict[str, Token], near: Sequence[Token], way: MoneyDirection
) -> None:
    """A label says whose bank it is; else the account or name beside it, else the sender's own customer."""
    banks = [token for token in near if token.kind == BANK]
    labelled = {token: _bank_label(text, token, way) for token in banks if token.role != SENDER}
    for token in banks:
        if labelled.get(token):
            parts.setdefault(f"{labelled[token]}_bank", token)
    beside = {token: _nearest(text, parts, token) for token in banks if not labelled.get(token)}
    for token in sorted(beside, key=lambda token: not beside[token]):
        if token.role == SENDER:
            parts.setdefault(f"{side(OWN, way)}_bank", token)
        elif beside[token]:
            parts.setdefault(f"{beside[token]}_bank", token)
        else:
            _unplaced(text, begin, parts, token, way)


def _unplaced(
    text: str, begin: int, parts: dict[str, Token], token: Token, way: MoneyDirection
) -> None:
    """A bank that nothing is said of: the heading of a voucher, or the card that was charged, is its customer's; else
    it is where the money went, or, where that is known, where it came from."""
    own, other = side(OWN, way), side(OTHER, way)
    sides = (own, other) if _HEADING.search(text, begin, token.start) else (other, own)
    if CHARGED.search(text, max(begin, token.start - _FAR), token.end + _FAR):
        sides = (own, other)
    end = next((side for side in sides if f"{side}_bank" not in parts), "")
    if end and not any(part.value == token.value for part in parts.values()):
        parts[f"{end}_bank"] = token


def _bank_label(text: str, token: Token, way: MoneyDirection) -> str:
    line = text[max(0, token.start - _LABEL) : token.start].rpartition("\n")[2]
    if _FROM_BANK.match(text, token.end):
        return PAYER
    payee = [match.end() for match in PAYEE_WORDS.finditer(line)]
    payer = [match.end() for match in PAYER_WORDS.finditer(line)]
    if _INTO_BANK.search(line):
        return PAYEE
    if payee or payer:
        return PAYEE if max(payee, default=-1) > max(payer, default=-1) else PAYER
    if "开户" in line or "对方" in line:
        return side(OTHER, way)
    if _PAYS_BEHIND.match(text, token.end) or _BY_BANK.search(line):
        return side(OWN, way)
    return ""


def _nearest(text: str, parts: Mapping[str, Token], token: Token) -> str:
    """Whose account or name stands beside it, in the same line."""
    distances = []
    for name, part in parts.items():
        first, last = min(part.end, token.end), max(part.start, token.start)
        if name.endswith(("_account", "_name")) and "\n" not in text[first:last]:
            distances.append((last - first, name.partition("_")[0]))
    distance, end = min(distances, default=(99, ""))
    return end if distance <= _BESIDE else ""
