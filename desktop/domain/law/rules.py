"""Numbers from law and practice, as dated data: no deadline or threshold is a constant in code."""

from __future__ import annotations

import calendar
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.law.working_days import WEEKENDS, WorkCalendar


class Unit(StrEnum):
    """What a rule's value counts."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"
    FEN = "fen"
    TIMES = "times"
    PERCENT = "percent"
    ITEMS = "items"
    CHARACTERS = "characters"


class Ends(StrEnum):
    """When a term of days, months or years is over (刑事诉讼法 Art. 105, which leaves out the day it starts on)."""

    INSTANT = "instant"
    """To the minute, counted from the start: for what lapses by itself, where an hour too late is too late."""
    DAY = "day"
    """At the end of its last day."""
    WORKING_DAY = "working_day"
    """The same, and if the last day is a holiday, at the end of the next working day."""


_SPANS: Final = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(days=1),
}
_MONTHS: Final = {Unit.MONTHS: 1, Unit.YEARS: 12}


class RuleLookupError(KeyError):
    """A rule that does not exist, is not in force on the day, or is asked for in the wrong unit.

    A programmer's or pack maker's mistake, never the person's; hence no :class:`AppError`.
    """


@dataclass(frozen=True, slots=True)
class LegalRule:
    """One number. ``article`` is its source, ``checked`` when it was last compared with it.

    ``note`` carries doubts: what rests on experience rather than on a text says so. ``valid_until`` is the
    last day the rule held; None while it holds. ``ends`` says how a term of days or longer is closed.
    """

    id: str
    value: int
    unit: Unit
    article: str
    valid_from: date
    checked: date
    note: str = ""
    valid_until: date | None = None
    ends: Ends = Ends.INSTANT

    def in_force(self, on: date) -> bool:
        """Whether the rule held on that day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class RulePack:
    """The rules of one version. Times are counted from the instant they start, in force on its day."""

    __slots__ = ("_fingerprint", "_found", "_rules", "calendar", "version")

    def __init__(
        self, version: str, rules: Iterable[LegalRule], calendar: WorkCalendar = WEEKENDS
    ) -> None:
        self.version = version
        self._fingerprint = ""
        self._found: dict[tuple[str, date], LegalRule] = {}
        self.calendar = calendar
        grouped: defaultdict[str, list[LegalRule]] = defaultdict(list)
        for rule in rules:
            grouped[rule.id].append(rule)
        self._rules: Mapping[str, tuple[LegalRule, ...]] = {
            id_: tuple(versions) for id_, versions in grouped.items()
        }

    @property
    def rules(self) -> tuple[LegalRule, ...]:
        """Every rule, past and future ones included."""
        return tuple(rule for versions in self._rules.values() for rule in versions)

    @property
    def fingerprint(self) -> str:
        """The same for packs that say the same of every day, so that what was reckoned by one can be kept."""
        if not self._fingerprint:
            days = (
                sorted(self.calendar.years),
                sorted(self.calendar.free),
                sorted(self.calendar.worked),
            )
            content = repr((sorted(self.rules, key=repr), days)).encode()
            self._fingerprint = hashlib.sha256(content).hexdigest()
        return self._fingerprint

    def over(self, beneath: RulePack) -> RulePack:
        """These rules and working days, and from ``beneath`` those that are not told here at all."""
        more = (rule for rule in beneath.rules if rule.id not in self._rules)
        calendar = self.calendar.over(beneath.calendar)
        return RulePack(self.version, (*self.rules, *more), calendar)

    def rule(self, id_: str, on: date) -> LegalRule:
        """The rule in force on a day; raises :class:`RuleLookupError` when there is none, or two.

        Before the first version of a rule the first one answers: so old a day is a slip of the keyboard, and
        a slip must show an expired clock rather than close the window.
        """
        known = self._found.get((id_, on))
        if known is None:
            known = self._found[id_, on] = self._find(id_, on)
        return known

    def _find(self, id_: str, on: date) -> LegalRule:
        versions = self._rules.get(id_, ())
        fitting = [rule for rule in versions if rule.in_force(on)]
        if versions and not fitting:
            first = min(versions, key=lambda rule: rule.valid_from)
            fitting = [first] if on < first.valid_from else []
        if len(fitting) != 1:
            raise RuleLookupError(f"{len(fitting)} rules {id_} in force on {on}")
        return fitting[0]

    def value(self, id_: str, on: date, unit: Unit) -> int:
        """The number of a rule, whose unit the caller must know."""
        rule = self.rule(id_, on)
        if rule.unit is not unit:
            raise RuleLookupError(f"{id_} counts {rule.unit}, not {unit}")
        return rule.value

    def fen(self, id_: str, on: date) -> int:
        """An amount of money in fen."""
        return self.value(id_, on, Unit.FEN)

    def times(self, id_: str, on: date) -> int:
        """How often something may be done."""
        return self.value(id_, on, Unit.TIMES)

    def duration(self, id_: str, on: date) -> timedelta:
        """A length of time of fixed size: minutes, hours or days. Calendar terms need :meth:`end`."""
        rule = self.rule(id_, on)
        if rule.unit not in _SPANS:
            raise RuleLookupError(f"{id_} counts {rule.unit}, which has no fixed length")
        return rule.value * _SPANS[rule.unit]

    def end(self, id_: str, start: datetime, on: date) -> datetime:
        """When the rule's term, begun at ``start``, is over. It may count working days, months or years.

        A month ends on the day of the same number, or on the last day of a shorter month. ``start`` should be
        in the zone whose calendar counts, or days near midnight are counted wrongly. Working days are those of
        the calendar; see :meth:`certain`.
        """
        rule = self.rule(id_, on)
        if rule.unit is Unit.WORKING_DAYS:
            return _after(start, self.calendar.plus(start.date(), rule.value))
        if rule.unit in _MONTHS:
            end = _add_months(start, rule.value * _MONTHS[rule.unit])
        else:
            end = start + self.duration(id_, on)
        if rule.ends is Ends.INSTANT:
            return end
        day = end.date()
        return _after(
            start, self.calendar.not_before(day) if rule.ends is Ends.WORKING_DAY else day
        )

    def certain(self, id_: str, end: datetime, on: date) -> bool:
        """Whether the end can be relied on: not when it rests on holidays nobody has announced yet."""
        rule = self.rule(id_, on)
        on_holidays = rule.unit is Unit.WORKING_DAYS or rule.ends is Ends.WORKING_DAY
        return not on_holidays or self.calendar.knows((end - timedelta(seconds=1)).date())


def _after(start: datetime, day: date) -> datetime:
    """The end of ``day`` in the zone of ``start``: the first instant that no longer belongs to it."""
    return datetime.combine(day + timedelta(days=1), time(), start.tzinfo)


def _add_months(start: datetime, months: int) -> datetime:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return start.replace(year=year, month=month + 1, day=min(start.day, last))
