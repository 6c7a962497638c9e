"""All a short text has to choose from: the stretches that the patterns find, and the names that the model does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from desktop.domain.statements.proposal import NAME
from desktop.readers.pasted.learned.layout import (
    Layout,
    kindred_names,
    lay_out,
    other_names,
    whole_name,
)
from desktop.readers.pasted.learned.name_tagger import tag_features
from desktop.readers.pasted.learned.payment_model import PaymentModel
from desktop.readers.pasted.learned.spans import Span, find_spans
from desktop.readers.pasted.learned.symbols import Symbols, read_symbols
from desktop.readers.pasted.token import Token

_WHOLE: Final = frozenset({"capital_payee", "english_payer"})


def name_marks(
    text: str, spans: Sequence[Span], tokens: Sequence[Token]
) -> tuple[Symbols, list[list[str]]]:
    """The symbols of a text, its names not among ``spans``, and what speaks for each to be of a name."""
    symbols = read_symbols(text, spans)
    named = [""] * len(symbols.row)
    for token in tokens:
        if token.kind == NAME:
            first, last = symbols.at(token.start), symbols.at(token.end - 1)
            for place in range(first, last + 1):
                named[place] = ("B" if place == first else "I") + token.pattern
    return symbols, tag_features(symbols, text, named)


def nameless_spans(text: str, tokens: Sequence[Token], now: datetime) -> list[Span]:
    """All stretches of ``text`` but names."""
    return find_spans(text, (token for token in tokens if token.kind != NAME), now)


def read_layout(text: str, tokens: Sequence[Token], now: datetime, model: PaymentModel) -> Layout:
    """All there is to choose from."""
    spans = nameless_spans(text, tokens, now)
    symbols, marks = name_marks(text, spans, tokens)
    ranges = _name_ranges(text, tokens, symbols, model.names(marks))
    return lay_out(text, spans, _no_parts(ranges, tokens))


def _no_parts(
    ranges: Iterable[tuple[int, int, str]], tokens: Sequence[Token]
) -> Iterator[tuple[int, int, str]]:
    """Without the parts of names in capitals that a label gives whole: ``H**`` is not who ``YEUNG C** H**`` is."""
    whole = [(token.start, token.end) for token in tokens if token.pattern in _WHOLE]
    for start, end, source in ranges:
        if not any(
            first <= start and end <= last and (first, last) != (start, end)
            for first, last in whole
        ):
            yield start, end, source


def _name_ranges(
    text: str,
    tokens: Sequence[Token],
    symbols: Symbols,
    tagged: tuple[list[tuple[int, int]], list[tuple[int, int]]],
) -> Iterator[tuple[int, int, str]]:
    """Where names are: those that the model is sure of, those of the patterns, and what else may be one."""
    sure, unsure = tagged
    for source, ranges in (("tagged", sure), ("pattern", []), ("unsure", unsure)):
        for first, last in ranges:
            start = symbols.places[first]
            stop = symbols.places[last] if last < len(symbols.places) else len(text)
            begin, end = whole_name(text, start, start + len(text[start:stop].rstrip()))
            yield begin, end, source
            yield from kindred_names(text, begin, end)
        if source == "pattern":
            for token in tokens:
                if token.kind == NAME:
                    yield token.start, token.end, source
                    yield from kindred_names(text, token.start, token.end)
    yield from other_names(text)
