"""The payment of a receipt, by what its labels say: they overrule what words and learning made of it.

A receipt is of one payment. Where its sum is no sum in yuan, or none was found, the payment has no amount: who was
paid, and where, is offered all the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.statements.proposal import AMOUNT, SERIAL, TIME, Confidence
from desktop.domain.statements.statement import MoneyDirection
from desktop.readers.pasted.amount_finder import find_foreign_sums
from desktop.readers.pasted.direction import cues_of, failed
from desktop.readers.pasted.folded_text import FoldedText
from desktop.readers.pasted.name_finder import OTHER, OWN, PAYEE, PAYER
from desktop.readers.pasted.payment_sums import side
from desktop.readers.pasted.receipts.heads import named_in_head, towards
from desktop.readers.pasted.receipts.labels import ACCOUNT, ANY, BANK, NAME
from desktop.readers.pasted.receipts.labels import TIME as TIME_ROW
from desktop.readers.pasted.receipts.rows import find_rows
from desktop.readers.pasted.receipts.values import TORN_FIRM, VERIFIED_NAME, ReceiptValues
from desktop.readers.pasted.token import Token
from desktop.readers.pasted.transfer_grouping import PaymentGroup

LONGEST: Final = 2000
"""Signs of the longest text that is looked at for receipts; longer ones are lists and chats."""
_DAY_ALONE: Final = len("2026-11-24")
_FEWEST_LOOSE: Final = 2
"""Things of nobody's side that together are one account somebody names."""
_OF_SIDES: Final = (NAME, ACCOUNT, BANK)
_NAMES: Final = ("payee_name", "payer_name")
_OF_NOBODY: Final = frozenset({AMOUNT, TIME, "channel", "order_number", SERIAL})
_DONE: Final = re.compile(
    r"成功|完成|已被?[转轉付汇支受接送收到]|受理|[转轉]出|(?<!待)付款[时時日]|[电電]子[回收]|回[单單执執]|明[细細]|[详詳]情|(?i:success|completed|sent|receipt|confirmation|accepted|processed|paid)"
    r"|(?m:^\s?[-−])"
)
_ASKED: Final = re.compile(
    r"待[付支汇匯转轉审審]|等待|[审審]核中|应付|應付|[请請][^\n]{0,12}[汇匯转轉付入存]|(?:需|[须須])[^\n]{0,6}[缴繳付交存]|入金[订訂訂]|充值[订訂]|[缴繳][费費]|要[汇匯转轉]"
    r"|(?i:pending|please|deposit address|pay the seller|only send|unpaid|awaiting)"
)


@dataclass(slots=True)
class _Facts:
    """What a message says of each side, by field of the payment; ``times`` in order; ``sure``: what stands behind a
    label that itself names its side."""

    named: dict[tuple[str, str], Token] = field(default_factory=dict)
    times: list[Token] = field(default_factory=list)
    sure: list[Token] = field(default_factory=list)

    def add(self, role: str, read: Mapping[str, Token], *, sure: bool = True) -> None:
        """What stands first of a side is kept."""
        for what, token in read.items():
            if self.named.setdefault((role, what), token) is token and sure:
                self.sure.append(token)

    def holds(self, amount: Token) -> bool:
        """Whether what was taken for a sum is a part of an account, say."""
        accounts = (one for (_, what), one in self.named.items() if what != NAME)
        return any(
            one.start < amount.end and amount.start < one.end for one in (*accounts, *self.times)
        )

    def parts(self, way: MoneyDirection) -> dict[str, Token]:
        """By the fields of a payment that went ``way``."""
        loose = sum(end == ANY for end, _ in self.named)
        found: dict[str, Token] = {}
        for role in (PAYEE, PAYER, OTHER, OWN, ANY):
            end = side(OTHER if role == ANY else role, way)
            for (of, what), token in self.named.items():
                if of == role and (role != ANY or loose >= _FEWEST_LOOSE):
                    found.setdefault(f"{end}_{what}", token)
        return _apart(found)


def _apart(found: dict[str, Token]) -> dict[str, Token]:
    """Without what both sides claim: whose it is is not known then."""
    for what in ("name", "account"):
        one, other = found.get(f"payee_{what}"), found.get(f"payer_{what}")
        if one is not None and other is not None and one.value == other.value:
            del found[f"payee_{what}"], found[f"payer_{what}"]
    return found


def placed(
    folded: FoldedText,
    tokens: Sequence[Token],
    groups: Sequence[PaymentGroup],
    messages: Sequence[tuple[int, int]],
) -> tuple[list[PaymentGroup], list[Token]]:
    """``groups``, the payments of ``messages`` so far, as the labels of receipts correct and complete them, and the
    sums in other currencies of those that have no amount."""
    if len(folded.text) > LONGEST:
        return list(groups), []
    groups = sorted(groups, key=lambda one: one.start)
    starts = [one.start for one in groups]
    places = [token.start for token in tokens]
    made: list[PaymentGroup] = []
    sums: list[Token] = []
    for begin, stop in messages:
        mine = groups[bisect_left(starts, begin) : bisect_left(starts, stop)]
        inside = tokens[bisect_left(places, begin) : bisect_left(places, stop)]
        mine = _of_message(folded, inside, mine, begin, stop)
        if any(AMOUNT not in one.parts for one in mine):
            sums += find_foreign_sums(folded.text, begin, stop)
        made += mine
    return made, sums


def _of_message(
    folded: FoldedText,
    tokens: Sequence[Token],
    groups: Sequence[PaymentGroup],
    begin: int,
    stop: int,
) -> list[PaymentGroup]:
    facts = _facts(folded, tokens, begin, stop)
    if not facts.named:
        return list(map(_whole, groups))
    text = folded.text[begin:stop]
    groups = [one for one in groups if not facts.holds(one.parts[AMOUNT])]
    if not groups:
        if any(one.kind == AMOUNT for one in tokens):
            return []  # a sum in yuan that nobody paid, or that is told of elsewhere
        made = _without_sum(text, tokens, facts)
        return [made] if made is not None else []
    if len({one.parts[AMOUNT].start for one in groups}) > 1:
        return list(groups)
    return [_completed(one, facts) for one in groups]


def _facts(folded: FoldedText, tokens: Sequence[Token], begin: int, stop: int) -> _Facts:
    values = ReceiptValues(folded, tokens)
    facts = _Facts()
    for row in find_rows(folded.text, begin, stop):
        if row.what == TIME_ROW:
            facts.times += filter(None, [values.time(row)])
        elif row.what in _OF_SIDES:
            read = values.read(replace(row, side=row.side or ANY))
            facts.add(row.side or ANY, read, sure=row.named)
    for row in towards(folded.text, begin, stop):
        facts.add(row.side, _held(values.read(row)))
    for token in named_in_head(folded.text, begin, stop, values):
        facts.add(token.role, {NAME: token})
    return facts


def _held(read: dict[str, Token]) -> dict[str, Token]:
    """What a line says of where to; nothing without an account, and no name that may run into a bank no table has."""
    if ACCOUNT not in read:
        return {}
    bank = read.get(BANK)
    if bank is not None and bank.confidence is Confidence.DOUBTFUL:
        return {ACCOUNT: read[ACCOUNT]}
    return read


def _whole(made: PaymentGroup) -> PaymentGroup:
    """Without the name of a firm that goes on somewhere else: a part of it is another firm."""
    torn = [
        name for name in _NAMES if name in made.parts and made.parts[name].value.endswith(TORN_FIRM)
    ]
    if not torn:
        return made
    return replace(made, parts={name: one for name, one in made.parts.items() if name not in torn})


def _completed(made: PaymentGroup, facts: _Facts) -> PaymentGroup:
    """Labels give what is not known, and overrule where they themselves name the side; what they give to one side is
    taken from the other then. Where both read the same place, the longer stands."""
    labelled = facts.parts(made.direction)
    sure = {name: token for name, token in labelled.items() if token in facts.sure}
    unsure = made.parts[AMOUNT].confidence is Confidence.UNSURE
    parts = {
        name: token
        for name, token in made.parts.items()
        if name in sure or name in _OF_NOBODY or not _is_elsewhere(name, token, sure)
    }
    for name, token in labelled.items():
        known = parts.get(name)
        if known is not None and (name not in sure or _is_longer(known, token)):
            continue
        if known is None and name not in sure and _is_elsewhere(name, token, parts):
            continue
        parts[name] = replace(token, confidence=Confidence.UNSURE) if unsure else token
    if facts.times and (TIME not in parts or len(parts[TIME].value) <= _DAY_ALONE):
        best = max(facts.times, key=lambda one: len(one.value) > _DAY_ALONE)
        if TIME not in parts or len(best.value) > _DAY_ALONE:
            parts[TIME] = best
    return _whole(replace(made, parts=parts))


def _is_elsewhere(name: str, token: Token, parts: Mapping[str, Token]) -> bool:
    """Whether what stands as ``name`` is something else by ``parts``."""
    return any(
        _overlap(token, other)
        or (
            field_.rpartition("_")[2] == name.rpartition("_")[2] != BANK
            and other.value == token.value
        )
        for field_, other in parts.items()
    )


def _is_longer(one: Token, other: Token) -> bool:
    """Whether both stand in the same place, of which ``other`` is no more than ``one``; what ``one`` has of a verified
    name behind a nickname does not count."""
    longer = one.end - one.start >= other.end - other.start
    return longer and _overlap(one, other) and not VERIFIED_NAME.search(one.value)


def _overlap(one: Token, other: Token) -> bool:
    return one.start < other.end and other.start < one.end


def _without_sum(text: str, tokens: Sequence[Token], facts: _Facts) -> PaymentGroup | None:
    """The payment without its amount; None where too little is known of who is paid."""
    cues = cues_of(text)
    incoming = cues.ways and all(way is MoneyDirection.IN for way in cues.ways)
    way = MoneyDirection.IN if incoming and not _DONE.search(text) else MoneyDirection.OUT
    labelled = facts.parts(way)
    if "payee_account" not in labelled and not ("payee_name" in labelled and _DONE.search(text)):
        return None
    done = bool(_DONE.search(text)) and not _ASKED.search(text)
    parts = {
        name: token if done else replace(token, confidence=Confidence.DOUBTFUL)
        for name, token in labelled.items()
    }
    if facts.times and done:
        parts[TIME] = max(facts.times, key=lambda one: len(one.value) > _DAY_ALONE)
    for kind in ("order_number", SERIAL):
        first = next((token for token in tokens if token.kind == kind), None)
        if first is not None and done:
            parts[kind] = first
    return PaymentGroup(way, parts, failed(text))
