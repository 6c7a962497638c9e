"""Reads the rule pack: strictly, because a misread deadline looks like a good one."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from desktop.domain.errors import WorldError
from desktop.domain.rules import Rule, RulePack, Unit

FILE: Final = "national.toml"

_ID: Final = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+")
_NEEDED: Final = frozenset({"id", "value", "unit", "article", "valid_from", "checked"})
_ALLOWED: Final = _NEEDED | {"note", "valid_until"}


def load_rulepack(folder: Path) -> RulePack:
    """The national rules in ``folder``.

    Raises ``WorldError("rules.damaged", file=…)`` when the file is missing, a key is unknown or missing, a
    value has the wrong type, or two versions of a rule hold on one day.
    """
    try:
        return _pack(tomllib.loads((folder / FILE).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("rules.damaged", file=FILE) from error


def _pack(document: Mapping[str, Any]) -> RulePack:
    if set(document) != {"pack", "rule"}:
        raise ValueError("a pack holds [pack] and [[rule]]")
    rules = tuple(_rule(table) for table in document["rule"])
    _no_overlap(rules)
    return RulePack(_text(document["pack"], "version"), rules)


def _rule(table: Mapping[str, Any]) -> Rule:
    if not set(table) >= _NEEDED or not set(table) <= _ALLOWED:
        raise ValueError("a rule has keys missing or unknown")
    id_, value = _text(table, "id"), table["value"]
    if not _ID.fullmatch(id_):
        raise ValueError("an id is dotted lower-case words")
    if type(value) is not int or value <= 0:
        raise ValueError(f"{id_}: the value is a positive integer")
    until = _day(table, "valid_until") if "valid_until" in table else None
    rule = Rule(
        id=id_,
        value=value,
        unit=Unit(_text(table, "unit")),
        article=_text(table, "article"),
        valid_from=_day(table, "valid_from"),
        checked=_day(table, "checked"),
        note=_text(table, "note") if "note" in table else "",
        valid_until=until,
    )
    if until is not None and until < rule.valid_from:
        raise ValueError(f"{id_}: ends before it begins")
    return rule


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"{name} is a text")
    return value


def _day(table: Mapping[str, Any], name: str) -> date:
    value = table[name]
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{name} is a day")
    return value


def _no_overlap(rules: Iterable[Rule]) -> None:
    ordered = sorted(rules, key=lambda rule: (rule.id, rule.valid_from))
    for earlier, later in itertools.pairwise(ordered):
        if earlier.id == later.id and earlier.in_force(later.valid_from):
            raise ValueError(f"{later.id}: two versions hold on one day")
