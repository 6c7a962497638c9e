"""Why an officer sent an order although the check said that something on it is wrong.

Every program takes and keeps any text among the answers of a case, and refuses an order with a field that it does not
know. So what was said stands beside the order's case, under the order's id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from desktop.domain.identifiers.plain import clean
from desktop.domain.problems import Problem
from desktop.domain.records.field_table import OPEN
from desktop.domain.records.fields import Fields

SENT_DESPITE: Final = f"{OPEN}sent_despite."
"""The beginning of the fields of a case that say it, each ending in the id of an order."""
_LONGEST: Final = 500
_MOST_CODES: Final = 20
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class SentDespite:
    """``codes``: what was wrong, as the check names it; those of a newer program are kept."""

    order: str
    codes: tuple[str, ...]
    reason: str

    @property
    def text(self) -> str:
        """As it is recorded: the codes in the first line, the reason in the second."""
        return f"{' '.join(self.codes)}\n{self.reason}"


def sent_despite_fields(order: str, problems: Iterable[Problem], reason: str) -> Fields:
    """What is recorded of the case."""
    codes = dict.fromkeys(problem.code for problem in problems if problem.severity.red)
    return {f"{SENT_DESPITE}{order}": SentDespite(order, tuple(codes), _words(reason)).text}


def _words(reason: str) -> str:
    """In one line, without signs that nobody sees."""
    return " ".join(clean(reason).split())[:_LONGEST]


def read_sent_despite(field: str, value: object) -> SentDespite | None:
    """What a field says; None for any other field, and for what cannot be read."""
    order = field.removeprefix(SENT_DESPITE)
    if order == field or not isinstance(value, str):
        return None
    codes, _, reason = value.partition("\n")
    named = (code for code in codes.split() if _CODE.fullmatch(code))
    words = _words(reason)
    return SentDespite(order, tuple(islice(named, _MOST_CODES)), words) if words else None


def sent_despite_of(fields: Fields) -> tuple[SentDespite, ...]:
    """What a case's fields say of its orders, in the order of their ids."""
    named = sorted(name for name in fields if name.startswith(SENT_DESPITE))
    read = (read_sent_despite(name, fields[name]) for name in named)
    return tuple(item for item in read if item is not None)
