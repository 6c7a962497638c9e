"""The columns of order tables and their answers, read from ``resources/forms/order_sheets.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.orders.order import ReplyResult
from desktop.domain.orders.sending.sheet import SheetColumn, SheetTexts, plain_name
from desktop.runtime.files.resources import resource_path

FILE: Final = "forms/order_sheets.toml"


@cache
def sheet_words() -> SheetTexts:
    """The shipped words. Raises ``WorldError("install.incomplete")``, also for a file that cannot be read."""
    try:
        return _words(tomllib.loads(resource_path(FILE).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise WorldError("install.incomplete", file=FILE) from error


def _words(document: Mapping[str, Any]) -> SheetTexts:
    return SheetTexts(
        version=document["version"],
        asked=_families(document["asked"]),
        answered=_families(document["answered"]),
        results={
            plain_name(word): ReplyResult(result)
            for result, words in document["results"].items()
            for word in words
        },
        sheets=document["sheets"],
        totals=tuple(map(plain_name, document["written"]["totals"])),
        nothing=frozenset(map(plain_name, document["written"]["nothing"])),
        numbering=frozenset(map(plain_name, document["written"]["numbering"])),
    )


def _families(table: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, tuple[SheetColumn, ...]]:
    return {family: tuple(map(_column, columns)) for family, columns in table.items()}


def _column(spelled: Sequence[str]) -> SheetColumn:
    """``转出时间 transferTime`` is known by the whole and by either part."""
    code, title, *others = spelled
    names = dict.fromkeys(map(plain_name, (title, *title.split(), *others)))
    return SheetColumn(code, title, tuple(names))
