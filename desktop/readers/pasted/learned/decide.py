"""The payments of a short text as the model sees them: which sums were paid, and what belongs to each."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from desktop.domain.statements.proposal import AMOUNT, BANK, CHANNEL, NAME, TIME, Confidence
from desktop.domain.statements.statement import MoneyDirection
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.amount_finder import ASKED, of_another_currency
from desktop.readers.pasted.amount_finder import PAID as PAID_SUM
from desktop.readers.pasted.learned.field_features import FieldFeatures, is_likely
from desktop.readers.pasted.learned.layout import (
    FIELDS,
    WALLET,
    FieldCandidate,
    Layout,
)
from desktop.readers.pasted.learned.payment_model import INCOMING, PAID, SETTLED, PaymentModel
from desktop.readers.pasted.learned.spans import CLOCK, DAY, SUM
from desktop.readers.pasted.learned.speaking_words import words_for_field, words_for_sum
from desktop.readers.pasted.learned.sum_features import PatternView, Payment, sum_features
from desktop.readers.pasted.learned.sum_words import (
    same_sum_features,
    sense_features,
    size_features,
    way_features,
)
from desktop.readers.pasted.learned.sums_together import mentions, together_features
from desktop.readers.pasted.repeated_sums import times_paid
from desktop.readers.pasted.token import Token
from desktop.readers.pasted.transfer_grouping import PaymentGroup

LEARNED: Final = "learned"
"""What a field that the model chose gives as its pattern."""
_WAYS: Final = {"out": MoneyDirection.OUT, "in": MoneyDirection.IN}
_FAILED: Final = "failed"
_OF_PATTERNS: Final = 4.0
"""How much less has to speak for what the patterns say too."""
_SUM_OF_PATTERNS: Final = 2.2
"""The same of a payment as a whole, which is unsure then."""
_OF_CLOCK: Final = 2.0
"""How much less has to speak for a day where the time of day is known: it was on some day."""
_NEARLY_PAID: Final = -2.0
"""Above it a sum that was not paid is one of which somebody may ask why."""
_ASKED_ABOUT: Final = (PAID_SUM, ASKED)
"""So is one that the patterns take for no balance, price or total."""
_KIND_OF_FIELD: Final = {name: kind for kind, names in FIELDS.items() for name in names}
_OF_HOLDER: Final = ("payee_account", "payee_bank")
"""What is of the payee alone."""
_DAY_LONG: Final = len("2026-11-24")
_MASKED: Final = re.compile(r"[*.]")
_CARD: Final = range(15, 20)


def pattern_view(groups: Sequence[PaymentGroup]) -> PatternView:
    """The payments of the patterns, by where their sums start."""
    ways: dict[int, str] = {}
    parts: dict[int, Mapping[str, tuple[int, int]]] = {}
    for made in groups:
        start = made.parts["amount"].start
        done = made.direction in _WAYS.values() and not made.failed
        ways[start] = made.direction.value if done else _FAILED
        parts[start] = {
            name: (token.start, token.end) for name, token in made.parts.items() if name != "amount"
        }
    return PatternView(ways, parts)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """``score``: how much speaks for it beyond what has to; ``sure``: whether that is enough to take it along."""

    candidate: FieldCandidate
    score: float
    sure: bool = True


class _Scorer:
    """Scores of pairs of a payment and a candidate; what does not depend on the payment is counted once."""

    def __init__(self, layout: Layout, view: PatternView, model: PaymentModel) -> None:
        self.layout = layout
        self._view = view
        self.features = FieldFeatures(layout, view)
        self._table = model.fields
        self._own: dict[tuple[int, int, str, str], list[int]] = {}

    def ranked(
        self, payment: Payment, kind: str, names: Sequence[str], before: Payment | None
    ) -> dict[str, list[_Chosen]]:
        """For each field the candidates that are believed, the likeliest first. What stands beside another's name has
        to be likelier than not, and is never sure."""
        found: dict[str, list[_Chosen]] = {name: [] for name in names}
        table, money = self._table, payment.sum
        for one in self.layout.candidates[kind]:
            if one.start < money.end and money.start < one.end:
                continue
            shared = self._shared(payment, one)
            another = self.features.is_another(payment, one)
            for name in names:
                places = table.places(self.features.named(payment, one, name, before))
                score = table.score(shared, name) + table.score(places, name) - table.least(name)
                favour = table.least(name) if another else self._favour(payment, one, name)
                if score > -favour:
                    sure = not another and score > table.sure(name) - table.least(name)
                    found[name].append(_Chosen(one, score, sure))
        for chosen in found.values():
            chosen.sort(key=lambda one: -one.score)
        return found

    def _favour(self, payment: Payment, one: FieldCandidate, name: str) -> float:
        """How much less has to speak for what the patterns say too, and for the day of a time of day."""
        part = TIME if name in (DAY, CLOCK) else name
        by_patterns = self._view.parts.get(payment.sum.start, {}).get(part)
        if by_patterns == (one.start, one.end):
            return _OF_PATTERNS
        return _OF_CLOCK if name == DAY and CLOCK in payment.fields else 0.0

    def _shared(self, payment: Payment, one: FieldCandidate) -> list[int]:
        key = (one.start, one.end, one.kind, payment.way)
        if key not in self._own:
            own = self.features.own(one)
            self._own[key] = self._table.places([*own, *(f"{payment.way}{mark}" for mark in own)])
        return [*self._own[key], *self._table.places(self.features.pair(payment, one))]


class JudgedSum(NamedTuple):
    """``score``: how much speaks for a sum to have been paid, beside the others of its text; ``way`` it went then."""

    score: float
    way: str


def judge_sums(layout: Layout, view: PatternView, model: PaymentModel) -> list[JudgedSum]:
    """Every sum of a text: first alone, in order, each knowing those that were paid before it; then by all of that."""
    table = model.sums
    described: list[list[int]] = []
    scores: list[float] = []
    ways: list[str] = []
    decided: list[Payment] = []
    for place, one in enumerate(layout.candidates[SUM]):
        features = paid_features(layout, view, place, decided)
        described.append(table.places(features))
        scores.append(table.score(described[-1], PAID))
        ways.append("out")
        towards = table.places({*features, *way_features(layout, one)})
        if table.score(towards, INCOMING) > table.least(INCOMING):
            ways[-1] = "in"
        if scores[-1] > 0:
            decided.append(Payment(one, ways[-1], len(decided)))
    beside = together_features(mentions(layout), scores)
    return [
        JudgedSum(table.score([*known, *table.places(marks)], SETTLED), way)
        for known, marks, way in zip(described, beside, ways, strict=True)
    ]


def paid_features(
    layout: Layout, view: PatternView, place: int, decided: Sequence[Payment]
) -> list[str]:
    """What speaks for the ``place``-th sum to have been paid, by itself; ``decided`` are the payments before it."""
    return [
        *sum_features(layout, view, place, decided),
        *sense_features(layout, layout.candidates[SUM][place]),
        *size_features(layout, view, place, decided),
        *same_sum_features(layout, place),
    ]


class Decided(NamedTuple):
    """``payments`` of a text, in its order. ``unpaid``: sums that look like payments and are none, with the words that
    say so."""

    payments: Sequence[PaymentGroup]
    unpaid: Sequence[Token]


def decide(
    layout: Layout,
    tokens: Sequence[Token],
    groups: Sequence[PaymentGroup],
    now: datetime,
    model: PaymentModel,
) -> Decided:
    """What a text says was paid; those of ``groups`` that failed stay as they are."""
    view = pattern_view(groups)
    scorer = _Scorer(layout, view, model)
    by_sum: dict[int, list[PaymentGroup]] = {}
    for made in groups:
        by_sum.setdefault(made.parts["amount"].start, []).append(made)
    found: list[PaymentGroup] = []
    unpaid: list[Token] = []
    decided: list[_Decision] = []
    judged_sums = judge_sums(layout, view, model)
    for one, judged in zip(layout.candidates[SUM], judged_sums, strict=True):
        former = by_sum.pop(one.start, [])
        way = view.ways.get(one.start, "")
        if any(made.failed for made in former):
            found += former
            continue
        score = judged.score - model.sums.least(SETTLED)
        foreign = not former and of_another_currency(layout.text, one.start, one.end)
        if foreign or score <= (-_SUM_OF_PATTERNS if way in _WAYS else 0.0):
            found += [made for made in former if way == _FAILED]
            if (
                not foreign
                and way != _FAILED
                and (one.role in _ASKED_ABOUT or score > _NEARLY_PAID)
            ):
                unpaid.append(_unpaid(layout, one, model))
            continue
        payment = Payment(one, judged.way, len(decided))
        _choose_fields(payment, scorer, decided[-1].payment if decided else None)
        decided.append(_Decision(payment, former, judged.score > model.sums.sure(SETTLED)))
    _leave_to_officer([made.payment for made in decided if made.sure], scorer)
    for payment, before, sure in decided:
        made_of = _groups(tokens, layout, payment, before, now)
        with_words = _with_words(made_of, layout, payment, model)
        found += with_words if sure else map(_unsure, with_words)
    for left in by_sum.values():
        found += left
    return Decided(sorted(found, key=lambda made: made.parts["amount"].start), unpaid)


class _Decision(NamedTuple):
    """A payment, what the patterns made of its sum, and whether it is taken along."""

    payment: Payment
    former: Sequence[PaymentGroup]
    sure: bool


def _leave_to_officer(payments: Sequence[Payment], scorer: _Scorer) -> None:
    """An account or a bank is of one holder: where that is not whom the payment names as its payee, it is never sure.
    The holder is who is named beside it, else whom the first payment names that has it; what a payment was made from
    is not the payee's of another. ``payments``: those taken along; one that seems only asked for holds no account."""
    holders: dict[tuple[str, int], str] = {}
    out = [made for made in payments if made.way == "out"]
    paid_from = {
        made.fields[name].start
        for made in out
        for name in ("payer_account", "payer_bank")
        if name in made.fields and made.fields[name].source != WALLET
    }
    for payment in out:
        payee = payment.fields.get("payee_name")
        named = payee.value if payee is not None else ""
        for name in _OF_HOLDER:
            one = payment.fields.get(name)
            if one is None:
                continue
            beside = scorer.features.holder(one)
            holder = beside or holders.get((name, one.start), named)
            if (holder != named and not _one_person(holder, named)) or (
                not beside and one.start in paid_from
            ):
                payment.unsure.add(name)
            holders.setdefault((name, one.start), holder)


def _one_person(first: str, second: str) -> bool:
    """Whether both names may be of one person: one is part of the other, or is masked."""
    if not first or not second:
        return False
    if first in second or second in first:
        return True
    masked = "*" in first + second and len(first) == len(second)
    return masked and all(a == b or "*" in a + b for a, b in zip(first, second, strict=True))


def _unsure(made: PaymentGroup) -> PaymentGroup:
    """A payment of which too little is known for any of it to be taken along."""
    parts = {
        name: replace(token, confidence=Confidence.UNSURE) for name, token in made.parts.items()
    }
    return replace(made, parts=parts)


def _unpaid(layout: Layout, one: FieldCandidate, model: PaymentModel) -> Token:
    """A sum with the words that spoke against its having been paid."""

    def weigh(feature: str) -> float:
        return -model.sums.weight(feature, SETTLED)

    return replace(_amount(one), because=words_for_sum(layout, one, weigh))


def _amount(one: FieldCandidate) -> Token:
    if one.token is not None and one.token.kind == AMOUNT:
        return one.token
    return Token(AMOUNT, one.value, one.start, one.end, Confidence.DOUBTFUL, "paid", LEARNED)


def _with_words(
    made: Sequence[PaymentGroup], layout: Layout, payment: Payment, model: PaymentModel
) -> list[PaymentGroup]:
    """The same with the words that spoke for the payment, and for each field that was not a pattern's choice."""
    parts: dict[str, Token] = {}
    for name, token in made[0].parts.items() if made else ():
        if name == "amount":
            weigh = partial(model.sums.weight, output=SETTLED)
            parts[name] = replace(token, because=words_for_sum(layout, payment.sum, weigh))
        elif token.pattern == LEARNED:
            field = (CLOCK if CLOCK in payment.fields else DAY) if name == TIME else name
            weigh = partial(model.fields.weight, output=field)
            words = words_for_field(layout, payment.fields[field], payment.sum, payment.way, weigh)
            parts[name] = replace(token, because=words)
    return [replace(group, parts={**group.parts, **parts}) for group in made]


def _choose_fields(payment: Payment, scorer: _Scorer, before: Payment | None) -> None:
    """For each field the likeliest candidate, none on both sides."""
    for kind, names in FIELDS.items():
        ranked = scorer.ranked(payment, kind, names, before)
        clock = payment.fields.get(CLOCK)
        if kind == DAY and clock is not None and clock.token is None:  # ``1012`` is not both
            ranked = {
                name: [one for one in chosen if one.candidate.start != clock.start]
                for name, chosen in ranked.items()
            }
        if kind == NAME:
            ranked = {name: _glued(payment, scorer, name) or ones for name, ones in ranked.items()}
            ranked["payee_name"] = _named_here(payment, scorer, ranked["payee_name"])
        for name, chosen in _apart(ranked).items():
            payment.fields[name] = chosen.candidate
            if not chosen.sure:
                payment.unsure.add(name)


def _named_here(payment: Payment, scorer: _Scorer, chosen: Sequence[_Chosen]) -> list[_Chosen]:
    """Without those who are named where the next payment is told, if somebody is named where this one alone is."""
    own = scorer.layout.own[payment.sum.start]
    if not any(one.candidate.first in own for one in chosen):
        return list(chosen)
    return [one for one in chosen if one.candidate.first < own.stop]


def _glued(payment: Payment, scorer: _Scorer, name: str) -> list[_Chosen]:
    """``刘小妹工商银行``: whose name runs into the bank of one side is of that side, whatever stands elsewhere."""
    bank = payment.fields.get(name.replace("_name", "_bank"))
    return [
        _Chosen(one, math.inf)
        for one in scorer.layout.candidates[NAME]
        if bank is not None and one.end == bank.start and ("unsure" in one.source or is_likely(one))
    ]


def _apart(ranked: Mapping[str, list[_Chosen]]) -> dict[str, _Chosen]:
    """The best of each; where two fields want the same value, or overlapping words, the surer one has it."""
    found: dict[str, _Chosen] = {}
    left = {name: list(chosen) for name, chosen in ranked.items()}
    while any(left.values()):
        name = max((name for name in left if left[name]), key=lambda one: left[one][0].score)
        found[name] = left.pop(name)[0]
        best = found[name].candidate
        left = {
            other: [
                one
                for one in chosen
                if one.candidate.value != best.value
                and (one.candidate.end <= best.start or best.end <= one.candidate.start)
            ]
            for other, chosen in left.items()
        }
    return found


def _groups(
    tokens: Sequence[Token],
    layout: Layout,
    payment: Payment,
    former: Sequence[PaymentGroup],
    now: datetime,
) -> list[PaymentGroup]:
    one, text = payment.sum, layout.text
    parts: dict[str, Token] = {"amount": _amount(one)}
    known = former[0].parts if former else {}
    for name, candidate in payment.fields.items():
        if name not in (DAY, CLOCK):
            parts[name] = _token(name, candidate, known)
    time = _time(payment, now)
    if time is not None:
        parts[TIME] = time if TIME not in known or known[TIME].value != time.value else known[TIME]
    channel = known.get(CHANNEL) or _channel(tokens, layout, one)
    if channel is not None:
        parts[CHANNEL] = channel
    for name in payment.unsure:
        part = TIME if name in (DAY, CLOCK) else name
        parts[part] = replace(parts[part], confidence=Confidence.UNSURE)
    often = len(former) or times_paid(text, 0, one.start, one.end, len(text))
    if often > 1 and TIME in parts and (len(parts[TIME].value) > _DAY_LONG or _names_hour(payment)):
        del parts[TIME]  # a time of day is of one of them, and nobody said of which
    return [PaymentGroup(_WAYS[payment.way], parts)] * often


def _names_hour(payment: Payment) -> bool:
    """Whether its day stands with a time of day."""
    day = payment.fields.get(DAY)
    return day is not None and day.token is not None and len(day.token.value) > _DAY_LONG


def _token(name: str, one: FieldCandidate, known: Mapping[str, Token]) -> Token:
    if name in known and known[name].value == one.value:
        return known[name]
    kind = _KIND_OF_FIELD[name]
    if one.token is not None and one.kind != NAME:
        return replace(one.token, confidence=Confidence.DOUBTFUL, pattern=LEARNED)
    sort = {"account": _account_kind(one.value), "reference": name, BANK: BANK, NAME: NAME}[kind]
    return Token(sort, one.value, one.start, one.end, Confidence.DOUBTFUL, "", LEARNED)


def _account_kind(value: str) -> str:
    if _MASKED.search(value):
        return "masked_card"
    return "bank_card" if len(value) in _CARD and value[0] in "3456" else "bank_account"


def _channel(tokens: Sequence[Token], layout: Layout, one: FieldCandidate) -> Token | None:
    symbols = layout.symbols
    line = symbols.lines[one.first]
    return next(
        (
            token
            for token in tokens
            if token.kind == CHANNEL and symbols.lines[symbols.at(token.start)] == line
        ),
        None,
    )


def _time(payment: Payment, now: datetime) -> Token | None:
    """The day and the time of day, wherever each stands."""
    day, clock = payment.fields.get(DAY), payment.fields.get(CLOCK)
    if clock is None:
        if day is None:
            return None
        return Token(TIME, day.value, day.start, day.end, Confidence.DOUBTFUL, "", LEARNED)
    if day is not None and day.start == clock.start and day.token is not None:
        return day.token
    if day is not None:
        value = f"{day.value} {clock.value}"
    elif clock.token is not None:
        value = f"{clock.token.value[:_DAY_LONG]} {clock.value}"
    else:
        value = _latest(clock.value, now)
    return Token(TIME, value, clock.start, clock.end, Confidence.DOUBTFUL, "", LEARNED)


def _latest(clock: str, now: datetime) -> str:
    here = now.astimezone(CHINA)
    day = here if f"{here:%H:%M}" >= clock[:5] else here - timedelta(days=1)
    return f"{day:%Y-%m-%d} {clock}"
