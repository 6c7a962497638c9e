"""Links, wallets and the names people go by on line: whatever has a shape or a label of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from desktop.domain.directories import NoDirectories
from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.statements.proposal import Confidence
from desktop.readers.pattern_table import TextPattern, pattern, patterns
from desktop.readers.token import Claims, Token

_TAIL: Final = re.compile(r"[,.;:!?'()\[\]*]{1,40}$")
_ANY_DAY: Final = date(2000, 1, 1)


def find_links(claims: Claims) -> Iterator[Token]:
    """What is known by its shape alone: links, mail addresses, wallets, addresses of the net, plates."""
    # before all links, else its mail address would be taken for any other
    yield from _labelled(claims, pattern("alipay_label"))
    for found in patterns("link"):
        kind = found.kind
        for match in claims.matches(found.shape):
            start, end = match.span()
            if kind in ("url", "email", "telegram"):
                end = start + len(_trimmed(match.group()))
            verdict = _verdict(kind, claims.text[start:end])
            if verdict is CheckVerdict.INVALID and kind in ("btc", "ip", "tron", "plate"):
                continue
            if claims.take(start, end):
                sure = Confidence.SURE if verdict is CheckVerdict.VALID else Confidence.LIKELY
                yield Token(kind, claims.text[start:end], start, end, sure, pattern=found.name)


def find_labelled(claims: Claims) -> Iterator[Token]:
    """What only its label tells: chat ids, devices, papers, parcels, programs."""
    for found in patterns("contact_label"):
        yield from _labelled(claims, found)


def _labelled(claims: Claims, found: TextPattern) -> Iterator[Token]:
    for match in claims.matches(found.shape, "id"):
        if claims.take(*match.span("id")):
            yield found.token(match["id"], *match.span("id"))


def _trimmed(text: str) -> str:
    """Without the punctuation of the sentence around it; a closing bracket stays where it was opened."""
    while match := _TAIL.search(text):
        cut = text[: match.start()]
        if ")" in match.group() and cut.count("(") > cut.count(")"):
            return text[: match.start() + match.group().index(")") + 1]
        text = cut
    return text


def _verdict(kind: str, value: str) -> CheckVerdict:
    return check(kind, value, NoDirectories(), _ANY_DAY).verdict
