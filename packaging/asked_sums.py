"""The same text with the sum of a payment asked for right before it, so that a model learns which of two was paid."""

from __future__ import annotations

import random  # noqa: TID251 - reproducible by its seed, and no id of ours
import re
from typing import Any, Final

from labelled_texts import ASKED_FIRST, Labelled

from desktop.domain.money.amounts import parse_yuan
from desktop.readers.pasted.learned.read_layout import nameless_spans
from desktop.readers.pasted.learned.spans import SUM

_WHO: Final = ("对方", "骗子", "客服", "他", "她", "老师", "对方说", "那边", "")
_ASKS: Final = ("让我先", "要我", "叫我", "说要", "要求我", "说需要先", "说得先", "喊我", "让我")
_VERBS: Final = ("转", "交", "付", "打", "充", "垫付", "汇", "充值", "缴")
_WHY: Final = (
    "",
    "",
    "保证金",
    "解冻费",
    "，说马上返还",
    "，说做完返利",
    "才能提现",
    "激活",
    "作押金",
)
_PART: Final = re.compile(r"[，,。；;！!？?\n：:]")
_LONGEST: Final = 1500
_MESSAGES: Final = "messages"


def asked_before(one: Labelled, lot: random.Random) -> dict[str, Any] | None:
    """The message with one of its payments asked for in words drawn by ``lot``; None where no payment is named exactly
    once, and of the messages of banks, which ask for nothing."""
    if one.message["kind"] == _MESSAGES or len(one.text) > _LONGEST:
        return None
    sums = [
        (parse_yuan(value), span.start, span.end)
        for span in nameless_spans(one.text, one.tokens, one.now)
        if (value := span.value(SUM))
    ]
    named = [fen for fen, _, _ in sums]
    paid = [
        made["amount_fen"] for made in one.message["transfers"] if made.get("direction") == "out"
    ]
    places = [place for place in sums if named.count(place[0]) == 1 and paid.count(place[0]) == 1]
    if not places:
        return None
    fen, start, end = lot.choice(places)
    part = max((match.end() for match in _PART.finditer(one.text, 0, start)), default=0)
    words = "".join(map(lot.choice, (_WHO, _ASKS, _VERBS)))
    asked = f"{words}{one.text[start:end].strip()}{lot.choice(_WHY)}，"
    text = one.text[:part] + asked + one.text[part:]
    return {**one.message, "text": text, ASKED_FIRST: fen}
