"""What was found in one message, put together: which sum, time, account and name speak of one payment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from desktop.domain.statements.proposal import AMOUNT, BANK, CHANNEL, NAME, SERIAL, TIME, Confidence
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.chat_turns import SpokenSum, Turn, inside, is_asked, spoken_sums, turns
from desktop.readers.pasted.direction import failed
from desktop.readers.pasted.name_finder import OTHER, OWN, PAYEE, PAYER
from desktop.readers.pasted.number_finder import ACCOUNT_KINDS
from desktop.readers.pasted.payment_sums import (
    CHARGED,
    CLAUSE,
    PAYEE_WORDS,
    PAYER_WORDS,
    paid_sums,
    place_banks,
    side,
    words_about,
)
from desktop.readers.pasted.remembered import remembered
from desktop.readers.pasted.repeated_sums import times_paid
from desktop.readers.pasted.token import Token

_OTHER_WORDS: Final = re.compile(
    r"\bto\b|对方|对手|交易账|骗子|嫌疑人|[他她]的?|向|给|打到|转到|转至|汇到|汇至|存到|这个|这张|指定|提供|往|转账到|转进|打进"
)
_OWN_WORDS: Final = re.compile(
    r"[您你我贵]|(?i:\b(?:your|my|from|with|using)\b)|本人|自己|报警人|受害人|用(?!户)|从|储户"
)
_ACCOUNTS: Final = ACCOUNT_KINDS | {"alipay"}
_LINE: Final = re.compile(r"\n")
_STOP: Final = re.compile(r"[。;；!]")
_BANKS_OWN: Final = re.compile(r"[您【\[]|余额|贵|(?i:\byour\b|\bacct\b|balance)")
_GOES_OUT: Final = re.compile(r"\s?(?:的?卡)?\s?(?:出|转出|支出|扣|往外)")
_REACH: Final = 26
_LABEL: Final = 10
_FAR: Final = 120
_TOWARDS: Final = re.compile(
    r"[到给至往进](?:\s?(?:[他她]的?)?|(?![您你我本自])[^,，。;；\n0-9您你我]{2,20}\(?)(?:账号|账户|卡号|卡上?|户头)?\s?[:：]?\s?$"
    r"|(?:→|[转汇打]的)\s?$"
)
_TO_SELF: Final = re.compile(r"提现|退[回还]?[到给]|还给")
_DAY_ALONE: Final = len("2026-11-24")
_LINE_OF: Final = re.compile(
    r"(?:^|\n)\s?(?:(?P<payee>收款(?:人|方)|转入方)|(?:付款(?:人|方)|汇款人|转出方))\s?[^\n]{0,8}$"
)
"""At the head of a line of a receipt that says on which side all of it is."""
_OTHER_WAY: Final = re.compile(r"微信|支付宝|现金|零钱|花呗|云闪付|抖音|QQ|WeChat|Alipay")
_APART: Final = re.compile(r"[。;；!\n]|又|再|后来|第二|最后|一回|一次|末了|接着")
_TAKEN: Final = re.compile(r"\s?(?:的?账户|的?卡)?(?:里|上|内)?(?:的钱)?(?:被|转出|转走|支出|扣)")
_OF_ALL: Final = re.compile(r"(?:都是|均为|均在|都在|全是|全在)\s?$")
"""Before a time that holds for each of several payments."""
_COUNTED: Final = re.compile(
    r"\s?(?:元|块钱?|块)?\s?[,，、;；和]?\s?(?:另外?|还有)?(?:一笔|第[二三四五六]笔)(?:是|转了?|为)?\s?"
)
_ENDS: Final = ("payer", "payee")
_WHATS: Final = ("account", "name")


@dataclass(frozen=True, slots=True)
class PaymentGroup:
    """A payment in the making: the field each token is for. One of a receipt may have no amount."""

    direction: MoneyDirection
    parts: dict[str, Token]
    failed: bool = False

    @property
    def start(self) -> int:
        """Where its sum stands; without one, where the first of it does."""
        amount = self.parts.get(AMOUNT)
        return min(one.start for one in self.parts.values()) if amount is None else amount.start


def group(text: str, begin: int, stop: int, tokens: Sequence[Token]) -> tuple[PaymentGroup, ...]:
    """The payments of the message ``text[begin:stop]``; ``tokens`` are those inside it, in order."""
    talk = turns(text, begin, stop)
    if talk and not is_asked(talk):
        return _spoken(text, begin, talk, tokens)
    if talk:
        anchors = [(one.token, one.way) for one in spoken_sums(text, talk, tokens)]
    else:
        anchors = paid_sums(text, begin, stop, tokens)
    if not anchors:
        return ()
    alone = len(anchors) == 1
    one_way = not alone and len({way for _, way in anchors}) == 1
    shared = anchors[0][1] if one_way else MoneyDirection.OUT
    common = {} if alone else _common(text, begin, shared, tokens)
    starts = [token.start for token in tokens]
    made: list[PaymentGroup] = []
    reaches: list[tuple[int, int]] = []
    spans = _spans(begin, stop, text, anchors, tokens)
    sums = [anchor for anchor, _ in anchors]
    for place, ((anchor, way), (start, end)) in enumerate(zip(anchors, spans, strict=True)):
        near = tokens[bisect_left(starts, start) : bisect_left(starts, end)]
        around = (begin, stop) if alone else words_about(text, sums, place, begin, stop)
        parts = _parts(text, begin, anchor, way, near)
        if way is shared:
            _share(common, parts, start, end)
        if place and TIME not in parts and made:
            _carry_day(text[sums[place - 1].end : anchor.start], made[-1], parts)
        often = times_paid(text, begin, anchor.start, anchor.end, stop)
        if often > 1 and "time" in parts and len(parts["time"].value) > _DAY_ALONE:
            del parts["time"]  # a time of day is of one of them, and nobody said of which
        made += [PaymentGroup(way, parts, failed(text[slice(*around)]))] * often
        reaches += [(start, end)] * often
    _share_banks(text, made, reaches)
    return tuple(made)


def _spoken(
    text: str, begin: int, talk: Sequence[Turn], tokens: Sequence[Token]
) -> tuple[PaymentGroup, ...]:
    """The payments of a talk: each has what its own turn says, else what was said last of where to pay."""
    found = spoken_sums(text, talk, tokens)
    made: list[PaymentGroup] = []
    reaches: list[tuple[int, int]] = []
    for one in found:
        same = [other.token for other in found if other.turn is one.turn]
        start, end = _reach(text, one, same)
        near = [token for token in inside(tokens, start, end) if token.kind != AMOUNT]
        parts = _parts(text, begin, one.token, one.way, near)
        if TIME not in parts:
            _put_time(parts, inside(tokens, one.turn.head, one.turn.start))
        if TIME not in parts:
            _put_time(parts, [t for t in tokens if t.start < one.turn.head and _is_day(t)])
        if one.way is MoneyDirection.OUT and not _OTHER_WAY.search(text, start, end):
            _fill(parts, _stated_before(talk, one.turn, tokens))
        if one.bubble and len({turn.who for turn in talk}) == 2:
            _name_of_other(parts, talk, one.way)
        often = times_paid(text, one.turn.start, one.token.start, one.token.end, one.turn.end)
        made += [PaymentGroup(one.way, parts)] * often
        reaches += [(start, end)] * often
    _share_banks(text, made, reaches)
    if len(made) == 1:
        ours = [t for turn in talk if turn.ours for t in tokens if turn.start <= t.start < turn.end]
        if TIME not in made[0].parts:
            _put_time(made[0].parts, ours)
    return tuple(made)


def _reach(text: str, one: SpokenSum, same: Sequence[Token]) -> tuple[int, int]:
    """What belongs to one of several sums of a turn."""
    turn = one.turn
    before = max((sum_.end for sum_ in same if sum_.end <= one.token.start), default=turn.start)
    after = min((sum_.start for sum_ in same if sum_.start >= one.token.end), default=turn.end)
    start = turn.start if before == turn.start else _clause_start(text, before, one.token.start)
    end = turn.end if after == turn.end else _clause_start(text, one.token.end, after)
    return (start, end) if start <= one.token.start < end else (turn.start, turn.end)


def _clause_start(text: str, end: int, start: int) -> int:
    marks = [match.end() for match in CLAUSE.finditer(text, end, start)]
    return marks[-1] if marks else start


def _is_day(token: Token) -> bool:
    return token.kind == TIME and len(token.value) <= _DAY_ALONE


def _put_time(parts: dict[str, Token], times: Sequence[Token]) -> None:
    for token in times:
        if token.kind == TIME:
            parts[TIME] = token


def _stated_before(talk: Sequence[Turn], turn: Turn, tokens: Sequence[Token]) -> Sequence[Token]:
    """What the turn before this that names an account, or a later one where none does, says of it."""
    place = talk.index(turn)
    around = [*reversed(talk[:place]), *talk[place + 1 :]]
    for one in around:
        tokens_of_turn = inside(tokens, one.start, one.end)
        if any(token.kind in _ACCOUNTS for token in tokens_of_turn):
            return tokens_of_turn
    for one in around:
        tokens_of_turn = inside(tokens, one.start, one.end)
        if any(token.kind == NAME and token.role != OWN for token in tokens_of_turn):
            return tokens_of_turn
    return []


def _fill(parts: dict[str, Token], stated: Sequence[Token]) -> None:
    """Where to pay, as the other side said."""
    accounts = [token for token in stated if token.kind in _ACCOUNTS]
    if "payee_account" in parts and parts["payee_account"] not in stated:
        return
    for kind, name, found in (
        ("account", "payee_account", accounts),
        (NAME, "payee_name", [t for t in stated if t.kind == NAME and t.role != OWN]),
        (BANK, "payee_bank", [t for t in stated if t.kind == BANK]),
    ):
        if found and (kind != BANK or accounts or f"payee_{NAME}" in parts):
            parts.setdefault(name, replace(found[0], confidence=Confidence.DOUBTFUL))


def _name_of_other(parts: dict[str, Token], talk: Sequence[Turn], way: MoneyDirection) -> None:
    """In a talk of two, what the chat shows as paid went between them."""
    other = next(turn for turn in talk if not turn.ours)
    head = other.head
    name = Token(NAME, other.who, head, other.start, Confidence.DOUBTFUL, OTHER, "paid_to")
    parts.setdefault(f"{side(OTHER, way)}_name", name)


def _carry_day(between: str, before: PaymentGroup, parts: dict[str, Token]) -> None:
    """``昨天打了两笔，一笔两万，一笔一万八``: what is counted with the former was paid on its day."""
    time = before.parts.get(TIME)
    if time is not None and time.value and _COUNTED.fullmatch(between):
        parts[TIME] = replace(time, value=time.value[:_DAY_ALONE], confidence=Confidence.DOUBTFUL)


def _share_banks(text: str, made: Sequence[PaymentGroup], spans: Sequence[tuple[int, int]]) -> None:
    """The bank of an account is its bank in every payment; the only bank of a side holds for those payments that name
    no other account and no other way."""
    known, only = _banks_of(made)
    for one, span in zip(made, spans, strict=True):
        for end in _ENDS:
            account = one.parts.get(f"{end}_account")
            found = known.get(account.value) if account is not None else None
            if (
                account is None
                and len(only.get((one.direction, end), ())) == 1
                and not _OTHER_WAY.search(text, *span)
            ):
                found = known[f"{one.direction}{end}"]
            if found is not None:
                one.parts.setdefault(f"{end}_bank", replace(found, confidence=Confidence.DOUBTFUL))


def _banks_of(
    made: Sequence[PaymentGroup],
) -> tuple[dict[str, Token], dict[tuple[MoneyDirection, str], set[str]]]:
    """The bank by account and by side, and all the banks of each side."""
    known: dict[str, Token] = {}
    only: dict[tuple[MoneyDirection, str], set[str]] = {}
    for one in made:
        for end in _ENDS:
            bank = one.parts.get(f"{end}_bank")
            if bank is not None:
                only.setdefault((one.direction, end), set()).add(bank.value)
                known.setdefault(f"{one.direction}{end}", bank)
                if f"{end}_account" in one.parts:
                    known.setdefault(one.parts[f"{end}_account"].value, bank)
    return known, only


def _spans(
    begin: int,
    stop: int,
    text: str,
    anchors: Sequence[tuple[Token, MoneyDirection]],
    tokens: Sequence[Token],
) -> list[tuple[int, int]]:
    """What belongs to each sum: the text is cut where the line, else the sentence, else the clause of the later one
    begins; where times stand before their sums, before the time of the later one."""
    times = [token.start for token in tokens if token.kind == TIME]
    cuts = [begin]
    for (before, _), (after, _) in pairwise(anchors):
        time = _first(times, cuts[-1], before.start)
        between = _first(times, before.end, after.start)
        apart = between is not None and _APART.search(text, before.end, between)
        limit = after.start if between is None or (time is None and not apart) else between
        gap = text[before.end : limit]
        cuts.append(before.end + _later_begins(gap))
    cuts.append(stop)
    return list(pairwise(cuts))


@remembered
def _later_begins(gap: str) -> int:
    marks = [[match.end() for match in shape.finditer(gap)] for shape in (_LINE, _STOP, CLAUSE)]
    return next((found[-1] for found in marks if found), len(gap))


def _first(places: Sequence[int], start: int, end: int) -> int | None:
    """The first of ``places``, which ascend, that is in the range."""
    at = bisect_left(places, start)
    return places[at] if at < len(places) and places[at] < end else None


def _parts(
    text: str, begin: int, anchor: Token, way: MoneyDirection, near: Sequence[Token]
) -> dict[str, Token]:
    parts = {"amount": anchor}
    times = [token for token in near if token.kind == TIME]
    if times:
        parts["time"] = min(
            times,
            key=lambda token: (
                len(token.value) <= _DAY_ALONE,
                "\n" in text[min(token.end, anchor.end) : max(token.start, anchor.start)],
                abs(token.start - anchor.start),
            ),
        )
    for kind, name in (("order_number", "order_number"), (SERIAL, "serial"), (CHANNEL, "channel")):
        first = next((token for token in near if token.kind == kind), None)
        if first is not None:
            parts[name] = first
    accounts = [token for token in near if token.kind in _ACCOUNTS]
    # What its own words name goes first: the number without words is then the other one.
    for token in sorted(accounts, key=lambda token: not _named_role(text, begin, token)):
        _put(parts, _end(text, begin, token, way), "account", token)
    names = (token for token in near if token.kind == NAME)
    # What a label says is surer than a name that merely stands before a verb.
    for token in sorted(names, key=lambda token: token.confidence is not Confidence.SURE):
        _put(parts, _named_end(text, token, way), "name", token)
    place_banks(text, begin, parts, near, way)
    return parts


def _put(parts: dict[str, Token], end: str, what: str, token: Token) -> None:
    """The first reading stands; a second account that names no side of its own goes to the side still open."""
    name = f"{end}_{what}"
    if name in parts and not token.role:
        other = "payer" if end == "payee" else "payee"
        name = f"{other}_{what}"
    parts.setdefault(name, token)


def _common(
    text: str, begin: int, way: MoneyDirection, tokens: Sequence[Token]
) -> dict[str, list[Token]]:
    """The accounts and names of a message by the part each would be of a payment."""
    found: dict[str, list[Token]] = {f"{end}_{what}": [] for what in _WHATS for end in _ENDS}
    found[TIME] = []
    for token in tokens:
        if token.kind in _ACCOUNTS:
            found[f"{_end(text, begin, token, way)}_account"].append(token)
        elif token.kind == NAME:
            found[f"{_named_end(text, token, way)}_name"].append(token)
        elif token.kind == TIME and _OF_ALL.search(text, max(begin, token.start - 6), token.start):
            found[TIME].append(token)
    return found


def _share(
    common: Mapping[str, Sequence[Token]], parts: dict[str, Token], start: int, end: int
) -> None:
    """What the message says once, outside of this payment's ``start`` to ``end``, holds for each of its payments: the
    account all of it went to, the name."""
    for name, tokens in common.items():
        if name in parts:
            continue
        only: Token | None = None
        for token in tokens:
            if start <= token.start < end:
                continue
            if only is not None and only.value != token.value:
                break
            only = token
        else:
            if only is not None:
                parts[name] = replace(only, confidence=Confidence.DOUBTFUL)


def _end(text: str, begin: int, token: Token, way: MoneyDirection) -> str:
    """Whose account it is, by the words right before it; unnamed, the bank's own customer in a message of a bank, and
    the other side in a chat."""
    return side(_named_role(text, begin, token) or _unnamed(text, begin, token), way)


def _named_role(text: str, begin: int, token: Token) -> str:
    if token.role:
        return token.role
    return _role_before(_before(text, begin, token.start)) or _role_in(
        _above(text, begin, token.start)
    )


@remembered
def _role_before(clause: str) -> str:
    if _TOWARDS.search(clause) and not _TO_SELF.search(clause):
        return PAYEE if PAYEE_WORDS.search(clause) else OTHER
    return _role_in(clause)


def _above(text: str, begin: int, place: int) -> str:
    """The label on the line above, in receipts that put each value below its name."""
    line = text.rfind("\n", max(begin, place - _REACH), place)
    above = text[max(begin, line - _LABEL) : max(line, begin)].rpartition("\n")[2]
    return above if len(above) < _LABEL else ""


@remembered
def _role_in(clause: str) -> str:
    found = []
    for shape, role in (
        (PAYEE_WORDS, PAYEE),
        (PAYER_WORDS, PAYER),
        (_OTHER_WORDS, OTHER),
        (_OWN_WORDS, OWN),
    ):
        last = max((match.end() for match in shape.finditer(clause)), default=-1)
        if last >= 0:
            found.append((last, role))
    return max(found)[1] if found else ""


def _unnamed(text: str, begin: int, token: Token) -> str:
    """Banks write to their customer about a tail; people tell the number they paid to."""
    if token.kind != "masked_card":
        return OWN if _TAKEN.match(text, token.end) else OTHER
    own = (
        _BANKS_OWN.search(text, begin, token.end + _FAR)
        or _GOES_OUT.match(text, token.end)
        or CHARGED.search(text, max(begin, token.start - 2 * _REACH), token.end)
    )
    return OWN if own else OTHER


def _before(text: str, begin: int, place: int) -> str:
    return _last_clause(text[max(begin, place - _REACH) : place])


@remembered
def _last_clause(reach: str) -> str:
    line = reach.rpartition("\n")[2]
    if not line.strip(" :-"):
        reach = reach.rstrip("\n :-")
        line = reach.rpartition("\n")[2]
    cut = [match.end() for match in CLAUSE.finditer(line)]
    return line[cut[-1] :] if cut and line[cut[-1] :].strip() else line


def _named_end(text: str, token: Token, way: MoneyDirection) -> str:
    role = token.role or OTHER
    if role == OTHER and (head := _LINE_OF.search(text, max(0, token.start - _REACH), token.start)):
        role = PAYEE if head["payee"] else PAYER
    return side(role, way)
