"""Reads what was pasted: messages of banks and payment institutions, chats, receipts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from desktop.domain.errors import WorldError
from desktop.domain.identifiers import CheckVerdict, check
from desktop.domain.reference.directories import Directories, NoDirectories
from desktop.domain.statements.proposal import (
    AMOUNT,
    CHANNEL,
    Confidence,
    Extraction,
    Proposal,
    ProposedTransfer,
    WeighedWord,
)
from desktop.readers.pasted.amount_finder import find_amounts, find_bare_sum
from desktop.readers.pasted.bank_finder import SENDER, find_banks, find_channels
from desktop.readers.pasted.folded_text import FoldedText, fold
from desktop.readers.pasted.learned.decide import Decided
from desktop.readers.pasted.learned.payment_model import PaymentModel, shipped_payment_model
from desktop.readers.pasted.learned.read_payments import LONGEST_LEARNED, read_payments
from desktop.readers.pasted.name_finder import find_names
from desktop.readers.pasted.number_finder import (
    ACCOUNT_KINDS,
    find_long,
    find_masked,
    find_papers,
    find_phones,
)
from desktop.readers.pasted.pattern_table import TextPattern, pattern, patterns
from desktop.readers.pasted.receipts.placing import placed
from desktop.readers.pasted.receipts.values import COINS
from desktop.readers.pasted.remembered import forget
from desktop.readers.pasted.table_finder import find_cells
from desktop.readers.pasted.time_finder import find_times
from desktop.readers.pasted.token import Claims, Token
from desktop.readers.pasted.transfer_grouping import PaymentGroup, group

_BLANK: Final = re.compile(r"\n[ \-=_*]{0,80}\n")
_LONGEST: Final = 4000
_OPENERS: Final = "【["
_CLOSERS: Final = "】]"


_TAIL: Final = re.compile(r"[,.;:!?'()\[\]*]{1,40}$")
_ANY_DAY: Final = date(2000, 1, 1)


def find_links(claims: Claims) -> Iterator[Token]:
    """What is known by its shape alone: links, mail addresses, wallets, addresses of the net, plates."""
    # before all links, else its mail address would be taken for any other
    yield from _labelled(claims, pattern("alipay_label"))
    for found in patterns("link"):
        kind = found.kind
        for match in claims.matches(found.search):
            start, end = match.span()
            if kind in ("url", "email", "telegram"):
                end = start + len(_trimmed(match.group()))
            value = claims.text[start:end].replace("\n", "")
            verdict = _verdict(kind, value)
            if verdict is CheckVerdict.INVALID and kind in ("btc", "ip", "tron", "plate"):
                continue
            if claims.take(start, end):
                sure = Confidence.SURE if verdict is CheckVerdict.VALID else Confidence.LIKELY
                yield Token(kind, value, start, end, sure, pattern=found.name)


def find_labelled(claims: Claims) -> Iterator[Token]:
    """What only its label tells: chat ids, devices, papers, parcels, programs."""
    for found in patterns("contact_label"):
        yield from _labelled(claims, found)


def _labelled(claims: Claims, found: TextPattern) -> Iterator[Token]:
    more = [pattern for pattern in patterns("contact_list") if pattern.kind == found.kind]
    for match in claims.matches(found.search, "id"):
        if claims.take(*match.span("id")):
            yield found.token(match["id"], *match.span("id"))
            for listed in more:
                yield from _listed(claims, listed, match.end("id"))


def _listed(claims: Claims, found: TextPattern, end: int) -> Iterator[Token]:
    """Those that follow one another from ``end`` on."""
    while (match := found.shape.match(claims.text, end)) and claims.take(*match.span("id")):
        yield found.token(match["id"], *match.span("id"))
        end = match.end()


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


def blocks(text: str, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """The messages of ``text`` as half-open ranges that cover it.

    They part at empty lines, and at the line before which, or at the end of which, a sender signs. A receipt of an app
    is one message, however many lines it has; so is a chat.
    """
    cuts = {match.end() for match in _BLANK.finditer(text)}
    for token in tokens:
        if token.role == SENDER:
            start = text.rfind("\n", 0, token.start) + 1
            stop = text.find("\n", token.end)
            stop = len(text) if stop < 0 else stop + 1
            if text[start : token.start].strip() in ("", *_OPENERS):
                cuts.add(start)
            elif text[token.end : stop].strip() in ("", *_CLOSERS):
                cuts.add(stop)
                cuts.add(start)
    edges = sorted({0, len(text), *cuts})
    return tuple(_bounded(text, edges))


def _bounded(text: str, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Longer ones are cut at a line's end, else anywhere: what is far apart does not belong together."""
    for first, stop in pairwise(edges):
        begin = first
        while stop - begin > _LONGEST:
            cut = text.rfind("\n", begin + _LONGEST // 2, begin + _LONGEST) + 1 or begin + _LONGEST
            yield begin, cut
            begin = cut
        yield begin, stop


def find_references(claims: Claims) -> Iterator[Token]:
    """Numbers after their label, and the unmistakable ones of Alipay and WeChat Pay alone."""
    for found in patterns("reference"):
        for match in claims.matches(found.search, "id"):
            value = "".join(match["id"].split())
            digits = sum(sign.isdigit() for sign in value)
            if digits < 5 or len(value) > 64:
                continue
            if claims.take(*match.span("id")):
                yield found.token(value, *match.span("id"))


@dataclass(frozen=True, slots=True)
class PastedTextReader:
    """:class:`~desktop.services.ports.reading.readers.TextReader` over the packed tables."""

    directories: Directories
    load: Callable[[], PaymentModel] | None = shipped_payment_model
    """Gives what decides short texts beside the patterns, called with the first of them; None: by patterns alone."""

    def read(self, text: str, now: datetime) -> Extraction:
        """All proposals of ``text``; relative times count from ``now``. Never raises for any text; the time taken grows
        with the length of the text, not faster."""
        try:
            return self._read(text, now)
        finally:
            forget()

    def _read(self, text: str, now: datetime) -> Extraction:
        folded = fold(text)
        tokens = self.tokens(folded.text, now)
        (decided, unpaid), lacking = self._payments(folded.text, tokens, now)
        groups, foreign = placed(folded, tokens, decided, blocks(folded.text, tokens))
        used = [token for made in groups for token in made.parts.values()]
        left = [*unpaid, *foreign, *_left_over(tokens, [*used, *unpaid])]
        loose = [_proposal(folded, token) for token in sorted(left, key=lambda one: one.start)]
        transfers = [_transfer(folded, made) for made in groups]
        sender = next((token.value for token in tokens if token.role == SENDER), "")
        warnings = (*(("direction",) if folded.reversed else ()), *lacking)
        return Extraction(text, tuple(transfers), tuple(loose), sender, warnings)

    def _payments(
        self, text: str, tokens: Sequence[Token], now: datetime
    ) -> tuple[Decided, tuple[str, ...]]:
        """With a warning where the patterns had to read alone: without its model a desk still reads most of a text."""
        groups = grouped(text, tokens)
        if self.load is None or len(text) > LONGEST_LEARNED:
            return Decided(groups, ()), ()
        try:
            model = self.load()
        except WorldError:
            return Decided(groups, ()), ("model",)
        return read_payments(text, tokens, groups, now, model), ()

    def tokens(self, text: str, now: datetime) -> list[Token]:
        """All that the patterns find in a folded text, in its order."""
        return sorted(self._found(Claims(text), now), key=lambda token: (token.start, token.end))

    def _found(self, claims: Claims, now: datetime) -> Iterator[Token]:
        rows = list(find_cells(claims))
        yield from rows
        yield from find_links(claims)
        yield from find_references(claims)
        yield from find_labelled(claims)
        yield from find_times(claims, now)
        yield from find_papers(claims)
        yield from find_masked(claims)
        accounts = list(find_long(claims, self.directories))
        yield from accounts
        yield from find_phones(claims, self.directories)
        sums = list(find_amounts(claims))
        yield from sums or (find_bare_sum(claims) if accounts and not rows else ())
        yield from find_banks(claims, self.directories)
        yield from find_names(claims, [token for token in accounts if token.kind != "mobile"])
        yield from find_channels(claims)


def grouped(text: str, tokens: Sequence[Token]) -> list[PaymentGroup]:
    """The payments of each message of ``text``, by patterns alone; ``tokens`` are all, in order."""
    starts = [token.start for token in tokens]
    found: list[PaymentGroup] = []
    for begin, stop in blocks(text, tokens):
        inside = tokens[bisect_left(starts, begin) : bisect_left(starts, stop)]
        found += group(text, begin, stop, inside)
    return found


def _left_over(tokens: Sequence[Token], used: Sequence[Token]) -> Iterator[Token]:
    """Those that no payment has, nor any sign of them, nor the same account elsewhere."""
    taken = sorted({(token.start, token.end) for token in used})
    starts = [start for start, _ in taken]
    accounts = {token.value for token in used if token.kind in ACCOUNT_KINDS}
    for token in tokens:
        before = bisect_left(starts, token.end) - 1
        free = before < 0 or taken[before][1] <= token.start
        again = token.kind in ACCOUNT_KINDS and token.value in accounts
        lead = token.kind in COINS  # an address is a lead, whichever payment has it
        if (free or lead) and not again and token.kind != CHANNEL and token.role != SENDER:
            yield token


def _transfer(folded: FoldedText, made: PaymentGroup) -> ProposedTransfer:
    parts = {name: _proposal(folded, token) for name, token in made.parts.items()}
    return ProposedTransfer(made.direction, parts, made.failed)


def _proposal(folded: FoldedText, token: Token) -> Proposal:
    start, end = folded.source(token.start, token.end)
    value = token.value.lstrip("+-") if token.kind == AMOUNT else token.value
    raw = folded.original[start:end]
    because = tuple(
        WeighedWord(folded.original[first:last], first, last)
        for first, last in (folded.source(*place) for place in token.because)
    )
    return Proposal(token.kind, value, raw, start, end, token.confidence, token.pattern, because)
