"""What the two tables say of all fields of an entry, worked out once for every entry of a kind with the same names.

It follows from the kinds of the entry and its subject and from the names alone, and most entries of a kind have the
same names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Final, TypeVar

from desktop.domain.cases.holder_objection import decisions_in, receivers_in
from desktop.domain.installation.officer import Permission
from desktop.domain.records.field_types import LONG_TEXT, LONGEST_TEXT, NOT_HELD, TEXT, FieldType
from desktop.domain.records.fields import Fields, text
from desktop.journal.entry_table import ENTRIES
from desktop.journal.subject_rule import Authors
from desktop.journal.subject_table import SUBJECTS

_REMEMBERED: Final = 1024
"""Combinations of names."""
_LONGEST: Final = 2000
"""Characters of all names of an entry whose rules are remembered; a stranger's names may be many and long."""
_ONLY_TEXT: Final = frozenset({str})
_Rule = TypeVar("_Rule")


@dataclass(frozen=True, slots=True)
class FieldRules:
    """``types``: of each field in order; None for one that the entry may not carry. ``alone``: who alone may set one of
    them; ``needs``: what the officer must be allowed to set one, any of each; each once, as they come. ``naming``:
    those whose value names a case; ``named``: cases that stand in their names. ``decisions``, ``receivers``: as
    :mod:`desktop.domain.cases.holder_objection` finds them in a case."""

    types: tuple[FieldType | None, ...]
    alone: tuple[Authors, ...]
    needs: tuple[frozenset[Permission], ...]
    naming: tuple[str, ...]
    named: tuple[str, ...]
    decisions: tuple[str, ...]
    receivers: tuple[tuple[str, str], ...]
    _known: bool
    """Whether the entry may carry all of them."""
    _short: tuple[bool, ...]
    """Which fields are a text, of bounded length."""
    _any_text: tuple[bool, ...]
    """Which are one, of any length."""
    _others: tuple[tuple[str, Callable[[object], object]], ...]
    """What else has to be of its type."""

    def surely_take(self, fields: Fields) -> bool:
        """Whether every field holds what its type takes. False also where that has to be asked one by one."""
        texts = map(type, compress(fields.values(), self._any_text))
        if not self._known or not _ONLY_TEXT.issuperset(texts):
            return False
        lengths = map(len, compress(fields.values(), self._short))  # type: ignore[arg-type]  # texts, as just seen
        if max(lengths, default=0) > LONGEST_TEXT:
            return False
        for name, holds in self._others:
            try:
                if holds(fields[name]) is False:
                    return False
            except NOT_HELD:
                return False
        return True

    def cases_named(self, fields: Fields) -> Collection[str]:
        """The cases that the fields name: the one a part belongs to, and others."""
        if not self.naming:
            return self.named
        return [*filter(None, [text(fields, name) for name in self.naming]), *self.named]


def rules_of(kind: str, subject: str, names: Iterable[str]) -> FieldRules:
    """What holds for fields of these ``names`` in an entry of a kind about a kind of subject. Both kinds have a row."""
    every = tuple(names)
    if sum(map(len, every)) > _LONGEST:
        return _worked_out(kind, subject, every)
    return _remembered(kind, subject, every)


def _worked_out(kind: str, subject: str, names: tuple[str, ...]) -> FieldRules:
    rule, about = ENTRIES[kind], SUBJECTS[subject]
    types = tuple(rule.type_of(subject, name) for name in names)
    counted = () if rule.is_event else names
    of_case = names if subject == "case" else ()
    return FieldRules(
        types,
        _each_once(about.authors_of(name) for name in counted),
        _each_once(about.needed_for(name) for name in counted),
        *about.case_fields(names),
        decisions_in(of_case),
        receivers_in(of_case),
        None not in types,
        tuple(kind is TEXT for kind in types),
        tuple(kind is TEXT or kind is LONG_TEXT for kind in types),
        tuple(
            (name, kind.holds)
            for name, kind in zip(names, types, strict=True)
            if kind is not None and kind is not TEXT and kind is not LONG_TEXT
        ),
    )


def _each_once(rules: Iterable[_Rule | None]) -> tuple[_Rule, ...]:
    return tuple(dict.fromkeys(filter(None, rules)))


_remembered: Final = lru_cache(_REMEMBERED)(_worked_out)
