"""The labels of receipts, from ``resources/readers/receipt_labels.toml``, and where they stand in a line."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.readers.traditional_signs import LABEL_SIGNS
from desktop.runtime.files.resources import resource_path

FILE: Final = "readers/receipt_labels.toml"
NAME: Final = "name"
ACCOUNT: Final = "account"
BANK: Final = "bank"
TIME: Final = "time"
ASIDE: Final = "aside"
ANY: Final = "any"

_PLAIN: Final = str.maketrans(
    {
        **LABEL_SIGNS,
        **{chr(sign): chr(sign + 32) for sign in range(ord("A"), ord("Z") + 1)},
    }
)


def plain(text: str) -> str:
    """In simplified characters and small letters, sign for sign, as labels are written in their table."""
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class ReceiptLabel:
    """``text[start:end]`` says that ``what`` of ``side`` follows (payee, payer, other, own, any, or "" where the thing
    has no side). ``colon``: a colon says so too."""

    side: str
    what: str
    start: int
    end: int
    colon: bool = False


def find_label(text: str, place: int, stop: int) -> ReceiptLabel | None:
    """The longest label that begins at ``place`` of the plain ``text`` and ends before ``stop``, with the colon, the
    numbers of its form and the blanks behind it."""
    shape = _shapes().get(text[place]) if place < stop else None
    match = shape.match(text, place, stop) if shape is not None else None
    if match is None:
        return None
    side, what = _by_spaceless()[_spaceless(match["label"])]
    return ReceiptLabel(side, what, place, match.end(), match["colon"] is not None)


@cache
def _shapes() -> Mapping[str, re.Pattern[str]]:
    """By their first sign: most signs of a text begin no label, and each asked for all of them takes longer than all
    else that is read."""
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for label in sorted(_meanings(), key=len, reverse=True):
        labels[label[0]].append(label)
    return {first: _shape(some) for first, some in labels.items()}


def _shape(labels: Sequence[str]) -> re.Pattern[str]:
    words = "|".join(map(_spaced, labels))
    return re.compile(
        rf"(?P<label>{words})(?P<form>\s?(?:编号|号码|号|单号))?"
        r"(?:\s?\((?:元|cny|rmb|小写|大写|trc-?20|erc-?20)\))?(?P<colon>\s?:)?\s{0,3}"
    )


def _spaced(label: str) -> str:
    """With or without the spaces that a picture's reader loses or puts in."""
    if label.isascii():
        return r"\s?".join(map(re.escape, label.split()))
    return r"\s?".join(map(re.escape, _spaceless(label)))


@cache
def _meanings() -> Mapping[str, tuple[str, str]]:
    """Side and thing of each label. Raises ``WorldError("install.incomplete")``."""
    try:
        document = tomllib.loads(resource_path(FILE).read_text("utf-8"))
        return dict(_declared(document))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("install.incomplete", file=FILE) from error


@cache
def _by_spaceless() -> Mapping[str, tuple[str, str]]:
    return {_spaceless(label): meaning for label, meaning in _meanings().items()}


def _declared(document: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    without = set(map(plain, document["without"]["labels"]))
    for (side, words), (what, things) in product(
        document["sides"].items(), document["things"].items()
    ):
        for word, thing in product(words, things):
            label = plain(f"{word} {thing}" if word.isascii() and word else word + thing)
            if label not in without:
                yield label, (side, what)
    for name, labels in document["labels"].items():
        side, _, what = name.rpartition("_")
        if what in (NAME, ACCOUNT, BANK):
            side = side or ANY
        for label in labels:
            yield plain(label), (side, what)


def _spaceless(label: str) -> str:
    return "".join(label.split())
