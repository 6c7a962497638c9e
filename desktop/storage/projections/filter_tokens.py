"""What a case is chosen by beside its words, as tokens of the same index: so whatever is chosen, words and choices are
looked for in one walk, and how many cases have one of them alone does not matter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from desktop.domain.case_file.case_filter import CaseFilter

_OCTETS: Final = 6
_ASKED: Final[Mapping[str, Callable[[CaseFilter], str]]] = {
    "state": lambda only: only.state,
    "type": lambda only: only.type,
    "visit": lambda only: only.visit,
    "accepted_by": lambda only: only.officer,
    "unit_name": lambda only: only.unit,
}
"""Column of a card → what is asked of it. When it was accepted is the number of a text itself."""


def tokens_of_card(card: Mapping[str, Any]) -> str:
    """By what a card is chosen, with blanks between."""
    return " ".join(_token(column, str(card[column])) for column in _ASKED if card[column])


def tokens_asked(only: CaseFilter) -> set[str]:
    """What every card has that passes, whenever it was accepted."""
    asked = ((column, value(only)) for column, value in _ASKED.items())
    return {_token(column, value) for column, value in asked if value}


def _token(column: str, value: str) -> str:
    """Names may be long and hold anything; a low line before a letter begins no other token of three signs or more."""
    digest = hashlib.blake2b(value.encode(errors="surrogatepass"), digest_size=_OCTETS)
    return f"_{column[0]}{digest.hexdigest()}"
