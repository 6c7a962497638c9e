"""Reads the rule pack: strictly, because a misread deadline looks like a good one."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from desktop.domain.errors import WorldError
from desktop.domain.law.rules import Ends, LegalRule, RulePack, Unit
from desktop.domain.law.working_days import WorkCalendar
from desktop.runtime.packages.script_tables import text

FILE: Final = "national.toml"
HOLIDAYS: Final = "holidays.toml"
SIGN_IN: Final = "sign_in.toml"

_ID: Final = re.compile(r"[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)+")
_NEEDED: Final = frozenset({"id", "value", "unit", "article", "valid_from", "checked"})
_T = TypeVar("_T")

_ALLOWED: Final = _NEEDED | {"note", "valid_until", "ends"}


def load_rule_pack(folder: Path, own: Path | None = None) -> RulePack:
    """The national rules in ``folder``, with the calendar of working days beside them. What they do not tell those in
    ``own`` do: a rule pack was made before a program learned to ask for more.

    Raises ``WorldError("rules.damaged", file=…)`` when a file is missing, a key is unknown or missing, a
    value has the wrong type, two versions of a rule hold on one day, or a day is holiday and working day.
    """
    calendar = _read(folder, HOLIDAYS, _calendar)
    rule_pack = _read(folder, FILE, lambda document: _rule_pack(document, calendar))
    if own is not None and own != folder:
        return rule_pack.over(load_rule_pack(own))
    return (
        rule_pack.over(_read(folder, SIGN_IN, _sign_in))
        if (folder / SIGN_IN).exists()
        else rule_pack
    )


def _read(folder: Path, file: str, make: Callable[[Mapping[str, Any]], _T]) -> _T:
    try:
        return make(tomllib.loads((folder / file).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WorldError("rules.damaged", file=file) from error


def _rule_pack(document: Mapping[str, Any], calendar: WorkCalendar) -> RulePack:
    if set(document) != {"pack", "rule"}:
        raise ValueError("a rule pack holds [pack] and [[rule]]")
    rules = tuple(_rule(table) for table in document["rule"])
    _no_overlap(rules)
    return RulePack(text(document["pack"], "version"), rules, calendar)


def _sign_in(document: Mapping[str, Any]) -> RulePack:
    """The rules of signing in, which are told here to be listed; passwords.py goes by the same file. A rule pack of an
    earlier program says less of them: what it does not tell whole is listed as the program has it."""
    tables = ({**table, "id": f"sign_in.{name}"} for name, table in document.items())
    return RulePack("", (_rule(table) for table in tables if set(table) >= _NEEDED))


def _calendar(document: Mapping[str, Any]) -> WorkCalendar:
    if set(document) != {"year"}:
        raise ValueError("a calendar holds [[year]]")
    years: list[int] = []
    free: set[date] = set()
    worked: set[date] = set()
    for table in document["year"]:
        if set(table) != {"year", "article", "checked", "free", "worked"}:
            raise ValueError("a year has keys missing or unknown")
        text(table, "article")
        _day(table, "checked")
        years.append(table["year"])
        days = {day for first, last in table["free"] for day in _days(first, last)}
        moved = set(table["worked"])
        if days & moved or any(day.year != table["year"] for day in days | moved):
            raise ValueError(f"{table['year']}: a day is out of place")
        free |= days
        worked |= moved
    if len(set(years)) != len(years) or any(type(year) is not int for year in years):
        raise ValueError("a year stands twice")
    return WorkCalendar(frozenset(years), frozenset(free), frozenset(worked))


def _days(first: date, last: date) -> Iterable[date]:
    if type(first) is not date or type(last) is not date or last < first:
        raise TypeError("free days are pairs of days")
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def _rule(table: Mapping[str, Any]) -> LegalRule:
    if not set(table) >= _NEEDED or not set(table) <= _ALLOWED:
        raise ValueError("a rule has keys missing or unknown")
    id_, value = text(table, "id"), table["value"]
    if not _ID.fullmatch(id_):
        raise ValueError("an id is dotted lower-case words")
    if type(value) is not int or value <= 0:
        raise ValueError(f"{id_}: the value is a positive integer")
    until = _day(table, "valid_until") if "valid_until" in table else None
    rule = LegalRule(
        id=id_,
        value=value,
        unit=Unit(text(table, "unit")),
        article=text(table, "article"),
        valid_from=_day(table, "valid_from"),
        checked=_day(table, "checked"),
        note=text(table, "note") if "note" in table else "",
        valid_until=until,
        ends=Ends(text(table, "ends")) if "ends" in table else Ends.INSTANT,
    )
    if until is not None and until < rule.valid_from:
        raise ValueError(f"{id_}: ends before it begins")
    return rule


def _day(table: Mapping[str, Any], name: str) -> date:
    value = table[name]
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{name} is a day")
    return value


def _no_overlap(rules: Iterable[LegalRule]) -> None:
    ordered = sorted(rules, key=lambda rule: (rule.id, rule.valid_from))
    for earlier, later in itertools.pairwise(ordered):
        if earlier.id == later.id and earlier.in_force(later.valid_from):
            raise ValueError(f"{later.id}: two versions hold on one day")
