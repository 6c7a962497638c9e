"""On which side of a payment somebody stands; which sums of a message were paid or got, and by which words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from desktop.domain.statements.proposal import AMOUNT, BANK, TIME
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.amount_finder import ASKED, PAID, TOTAL
from desktop.readers.pasted.bank_finder import SENDER
from desktop.readers.pasted.direction import Cues, cues_of, direction_of, failed, sentence
from desktop.readers.pasted.name_finder import OTHER, OWN, PAYEE, PAYER
from desktop.readers.pasted.number_finder import ACCOUNT_KINDS
from desktop.readers.pasted.repeated_sums import times_paid
from desktop.readers.pasted.token import Token

PAYEE_WORDS: Final = re.compile(
    r"(?i:beneficiary|payee)|收款|收方|转入|汇入|入账|到账|受款|存入账|存入户口"
)
PAYER_WORDS: Final = re.compile(
    r"(?i:paid with|payment method|all from)|付款|付方|转出|汇出|扣款|支付方式|汇款人|出账|(?<![收开])支账户"
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


CLAUSE: Final = re.compile(r"[。;；!\n]|[，、]|,(?![0-9]{3})")
_CODE: Final = re.compile(
    r"验证码|校验码|动态码|(?i:\botp\b|verification code|passcode|security code)"
)
_SECRET: Final = re.compile(r"泄露|勿|有效|任何人|索取|(?i:share|disclose|valid for|never)")
_ARRIVED: Final = re.compile(r"已到账|放款成功|转账成功|支付成功|已放款")
_AGAIN: Final = re.compile(r"又|再|第[二三四五六2-6]|接着|后来|然后|还")
_LATER: Final = re.compile(r"[0-9][:点时][0-9半]|[0-9]日")
_LISTED: Final = re.compile(r"^\s?(?:元|块钱?)?\s?(?:、|和)\s?$")
"""``5万、5万``: two in a row are two."""
_TOLD_TO_PAY: Final = re.compile(
    r"(?:把|将)[^,，。;；\n#]{0,8}#\s?(?:元|块钱?)?(?:都|全)?(?:转|打|汇|存|付)(?:到|给|至|进|往|入|过去|出去)"
    r"|(?:转|打|汇|付|存)了?#(?:元|块钱?)?(?:过去|到|给|至)"
)
_PAID_ON: Final = re.compile(
    r"(?:又|再|后来|接着|之后|然后|随后|最后)[^,，。;；\n]{0,8}(?:转|打|汇|付|充|交|追加)了|(?:我就|就都|便)(?:转|打|汇|付)(?:了|过去)|照做|已经?(?:转|打|汇|付|充|交|存)(?!账?(?:没|不|失))"
)
_OBEYED: Final = re.compile(
    r"(?:我|便|遂|于是|然后)[^,，。;；\n]{0,10}(?:转|付|交|打|汇|充|给|投|存|买|扫)(?:了|过去|的)|转过去了|照做|被骗|骗走"
)
_REFUSED: Final = re.compile(
    r"[没未不](?:有|敢|肯|再|想|给)?(?:转|付|交|打|汇|充|给|投|存|损失|理|信)|劝阻|拦|幸好|及时"
)
"""Who says that he did as he was asked, and nowhere that he did not, paid what was asked for."""
_NEAR: Final = 10


def paid_sums(
    text: str, begin: int, stop: int, tokens: Sequence[Token]
) -> list[tuple[Token, MoneyDirection]]:
    """The sums that were paid or got; a total only where it stands alone, and each sum once."""
    message = text[begin:stop]
    if _CODE.search(message) and _SECRET.search(message):
        return []
    paid = _sums(message, begin, tokens)
    found: list[tuple[Token, MoneyDirection]] = []
    first_of: dict[str, Token] = {}
    # Somebody who pastes an account, a time or who got it beside a sum speaks of what was paid.
    of_payment = any(
        token.kind == TIME or token.kind in ACCOUNT_KINDS or token.role in (PAYEE, PAYER)
        for token in tokens
    )
    unsaid = MoneyDirection.OUT if of_payment else None
    message_cues: Cues | None = None
    for place, token in enumerate(paid):
        around = words_about(text, paid, place, begin, stop)
        sign = token.value[0] if token.value[0] in "+-" else ""
        way = direction_of(text[slice(*around)], token.start - around[0], sign)
        if way is None:
            message_cues = message_cues or cues_of(message)
            way = direction_of(message, token.start - begin, sign, message_cues) or unsaid
        if way is None and times_paid(text, begin, token.start, token.end, stop) > 1:
            way = MoneyDirection.OUT  # who counts the times tells what was paid
        value = token.value.lstrip("+-")
        if way is not None and not _named_before(text, token, first_of.get(value)):
            found.append((token, way))
            first_of[value] = token
    return found


def _sums(message: str, begin: int, tokens: Sequence[Token]) -> list[Token]:
    """Those said to be paid, and those asked for of which the message shows that they were; else a total; else what was
    only spoken of, where the message says that it arrived."""
    by_role = {
        role: [token for token in tokens if token.kind == AMOUNT and token.role == role]
        for role in (PAID, TOTAL, ASKED)
    }
    arrived = by_role[ASKED] if _ARRIVED.search(message) else []
    done = [token for token in by_role[ASKED] if _was_done(message, token, begin)]
    paid = sorted((*by_role[PAID], *done), key=lambda token: token.start)
    obeyed = by_role[ASKED] if _OBEYED.search(message) and not _REFUSED.search(message) else []
    return paid or by_role[TOTAL] or arrived or obeyed


def _was_done(message: str, token: Token, begin: int) -> bool:
    """``让我把12万8转到…，后来又转了3万``: whoever pays again has paid before."""
    start, end = token.start - begin, token.end - begin
    before, after = message[max(0, start - _NEAR) : start], message[end : end + _NEAR]
    return bool(
        _TOLD_TO_PAY.search(f"{before}#{after}") and _PAID_ON.search(message, end, end + _FAR)
    )


def _named_before(text: str, token: Token, same: Token | None) -> bool:
    """A receipt gives its sum in figures and in capitals; ``又转了5000`` is another payment."""
    if same is None:
        return False
    between = text[same.end : token.start]
    return not any(shape.search(between) for shape in (_AGAIN, _LISTED, _LATER))


def words_about(
    text: str, paid: Sequence[Token], place: int, begin: int, stop: int
) -> tuple[int, int]:
    """The sentence of a sum; less what is said of other sums in it, where only there something failed or came back."""
    token = paid[place]
    start, end = sentence(text, token.start, token.end, begin, stop)
    if place and paid[place - 1].end > start:
        start_own = _clause_between(text, paid[place - 1].end, token.start)
    else:
        start_own = start
    if place + 1 < len(paid) and paid[place + 1].start < end:
        end_own = _clause_between(text, token.end, paid[place + 1].start)
    else:
        end_own = end
    own = (start_own, end_own)
    return own if failed(text[start:end]) and not failed(text[slice(*own)]) else (start, end)


def _clause_between(text: str, end: int, start: int) -> int:
    """Where the clause of the later of two sums begins."""
    marks = [match.end() for match in CLAUSE.finditer(text, end, start)]
    return marks[-1] if marks else start
