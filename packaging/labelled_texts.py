"""What a labelled text teaches: which signs are names, which sums were paid, and what belongs to each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple

from varied_names import names_of

from desktop.domain.money.amounts import parse_yuan
from desktop.readers.pasted.bank_finder import bank_meant
from desktop.readers.pasted.folded_text import fold
from desktop.readers.pasted.learned.decide import paid_features, pattern_view
from desktop.readers.pasted.learned.field_features import FieldFeatures
from desktop.readers.pasted.learned.layout import FIELDS, WALLET, FieldCandidate, Layout
from desktop.readers.pasted.learned.payment_model import INCOMING, PAID, PaymentModel
from desktop.readers.pasted.learned.read_layout import name_marks, nameless_spans, read_layout
from desktop.readers.pasted.learned.spans import SUM
from desktop.readers.pasted.learned.sum_features import PatternView, Payment
from desktop.readers.pasted.learned.sum_words import way_features
from desktop.readers.pasted.learned.sums_together import Mention, mentions
from desktop.readers.pasted.pasted_text import PastedTextReader, grouped
from desktop.readers.pasted.token import Token
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

ABSENT: Final = 0.6
"""What an example counts that says that a text has no such field: the writers left out what is open to dispute."""
ASKED_FIRST: Final = "asked_first"
"""In a message: the sum in fen that was asked for where it is named first, and paid where it is named next."""
_DAY: Final = 10
_Truth = Mapping[str, Any]


class Example(NamedTuple):
    """Whether ``features`` go with ``output``. ``mention``: the sum, where it is one that may have been paid."""

    output: str
    features: Sequence[str]
    right: bool
    weight: float
    mention: Mention | None = None


@cache
def directories() -> PackedDirectories:
    """The tables of the program."""
    return PackedDirectories(resource_path("directories"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled text, folded, with what the patterns make of it. ``writer`` is who wrote it."""

    writer: str
    message: Mapping[str, Any]
    text: str
    now: datetime
    tokens: Sequence[Token]

    @staticmethod
    def of(writer: str, message: Mapping[str, Any]) -> Labelled:
        """Read by the patterns."""
        now = datetime.fromisoformat(message["now"])
        text = fold(message["text"]).text
        return Labelled(
            writer, message, text, now, PastedTextReader(directories()).tokens(text, now)
        )


def tagged(one: Labelled) -> tuple[list[list[str]], list[int]]:
    """The features of each symbol, and its tag."""
    symbols, features = name_marks(
        one.text, nameless_spans(one.text, one.tokens, one.now), one.tokens
    )
    tags = [0] * len(symbols.row)
    ranges = set()
    for name in names_of(one.message):
        for match in re.finditer(re.escape(fold(name).text), one.text):
            first, last = symbols.at(match.start()), symbols.at(match.end() - 1)
            end = symbols.places[last + 1] if last + 1 < len(symbols.places) else len(one.text)
            if symbols.places[first] == match.start() and end >= match.end():
                ranges.add((first, last + 1))
    done = 0
    for first, stop in sorted(ranges, key=lambda range_: (range_[0], -range_[1])):
        if first < done:
            continue
        done = stop
        tags[first:stop] = [4] if stop - first == 1 else [1, *[2] * (stop - first - 2), 3]
    return features, tags


def examples(
    one: Labelled, names: PaymentModel, judge: PaymentModel | None = None
) -> Iterator[Example]:
    """What the text teaches of payments, its names found by ``names``. ``judge`` is a model that says which of several
    mentions of a sum tells of the payment; without it such sums weigh nothing."""
    view = pattern_view(grouped(one.text, one.tokens))
    layout = read_layout(one.text, one.tokens, one.now, names)
    paid, unknown = _aligned(one.message, layout, view)
    if judge is not None and unknown:
        paid, unknown = _aligned(one.message, layout, view, _scores(layout, view, judge))
    features = FieldFeatures(layout, view)
    decided: list[Payment] = []
    for place, (candidate, mention) in enumerate(
        zip(layout.candidates[SUM], mentions(layout), strict=True)
    ):
        truth = paid.get(place)
        described = paid_features(layout, view, place, decided)
        weight = 0.0 if place in unknown else 1.0
        yield Example(PAID, described, truth is not None, weight, mention)
        if truth is None or truth.get("direction") not in ("out", "in"):
            continue
        towards = [*described, *way_features(layout, candidate)]
        yield Example(INCOMING, towards, truth["direction"] == "in", 1.0)
        payment = Payment(candidate, truth["direction"], len(decided))
        before = decided[-1] if decided else None
        yield from _field_examples(layout, features, payment, before, one.message, truth)
        decided.append(payment)


def _field_examples(
    layout: Layout,
    features: FieldFeatures,
    payment: Payment,
    before: Payment | None,
    message: Mapping[str, Any],
    truth: _Truth,
) -> Iterator[Example]:
    money = payment.sum
    for kind, names in FIELDS.items():
        chosen: dict[str, FieldCandidate] = {}
        for name in names:
            meant = _meant(truth, name)
            if meant is None:
                continue
            for one in layout.candidates[kind]:
                if one.start < money.end and money.start < one.end:
                    continue
                if _is_left_open(one, name, meant, message, features):
                    continue
                right = bool(meant) and _value(one, name) == meant
                own = features.own(one)
                described = [
                    *own,
                    *(f"{payment.way}{mark}" for mark in own),
                    *features.pair(payment, one),
                    *features.named(payment, one, name, before),
                ]
                yield Example(name, described, right, 1.0 if meant else ABSENT)
                if right and (
                    name not in chosen or _apart(one, money) < _apart(chosen[name], money)
                ):
                    chosen[name] = one
        payment.fields.update(chosen)


def _is_left_open(
    one: FieldCandidate,
    name: str,
    meant: str,
    message: Mapping[str, Any],
    features: FieldFeatures,
) -> bool:
    """Whether the writer left open if ``one`` is the field ``name``: the early ones of wallets and of whoever is no
    payee, all of those who report where no payer is given."""
    early = not message.get("wallets")
    if one.source == WALLET:
        return early
    if name != "payer_name" or meant or not (early or one.value in features.tellers()):
        return False
    return all(
        _plain("payee_name", str(made.get("payee_name"))) != _value(one, name)
        for made in message["transfers"]
    )


def _apart(one: FieldCandidate, money: FieldCandidate) -> int:
    return abs(one.start - money.start)


def _scores(layout: Layout, view: PatternView, judge: PaymentModel) -> list[float]:
    """How much speaks for each sum to have been paid."""
    return [
        judge.sums.score(judge.sums.places(paid_features(layout, view, place, [])), PAID)
        for place in range(len(layout.candidates[SUM]))
    ]


def _aligned(
    message: Mapping[str, Any],
    layout: Layout,
    view: PatternView,
    scores: Sequence[float] | None = None,
) -> tuple[dict[int, _Truth], set[int]]:
    """The payment of each sum of the text that was paid, and the sums of which nobody can say which was meant: where a
    text names a sum more often than it was paid, the mentions that the patterns take, or those with the highest of
    ``scores``."""
    sums = layout.candidates[SUM]
    paid: dict[int, _Truth] = {}
    unknown: set[int] = set()
    wanted: dict[int, list[_Truth]] = defaultdict(list)
    for truth in message["transfers"]:
        wanted[truth["amount_fen"]].append(truth)
    for fen, truths in wanted.items():
        places = [at for at, one in enumerate(sums) if parse_yuan(one.value) == fen]
        places = places[message.get(ASKED_FIRST) == fen :]
        taken = [at for at in places if view.ways.get(sums[at].start) in ("out", "in")]
        chosen = places
        if len(places) > len(truths) and scores is not None:
            best = sorted(places, key=lambda at: -scores[at])
            chosen = sorted(best[: len(truths)])
        elif len(places) > len(truths):
            chosen = (taken or places)[: len(truths)]
            if len(taken) != len(truths):
                unknown.update(taken or places)
        for at, one in enumerate(chosen):
            paid[one] = truths[min(at, len(truths) - 1)]
    if any(truth.get("direction") == "neutral" for truth in message["transfers"]):
        unknown.update(range(len(sums)))
    return paid, unknown


def _meant(truth: _Truth, name: str) -> str | None:
    """What the text says of a field; "" for nothing, None where that was left open."""
    if name in ("day", "clock"):
        if "time" not in truth:
            return None
        time = str(truth["time"] or "")
        return time[:_DAY] if name == "day" else time[_DAY + 1 : _DAY + 9].removesuffix(":00")
    return _plain(name, str(truth.get(name) or ""))


def _value(one: FieldCandidate, name: str) -> str:
    if name == "clock":
        return one.value.removesuffix(":00") if len(one.value) > len("10:00") else one.value
    return _plain(name, one.value)


def _plain(name: str, value: str) -> str:
    if name.endswith("_bank") and value:
        return bank_meant(value, directories())
    return fold(value).text.replace(" ", "")
