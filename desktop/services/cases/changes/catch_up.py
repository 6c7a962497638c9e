"""A draft of a registered case, with what others amended since it was last the same as the journal.

What was typed here stays as it was typed. A fact that nobody touched here shows what stands by now, so that an order or
a call goes by what a colleague put right, not by what the form said last week.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from desktop.domain.cases.intake import IdentifierText, IntakeForm, TransferText
from desktop.domain.cases.people.party import PartyText
from desktop.domain.cases.people.victim import VictimText

Part = TypeVar("Part", IntakeForm, VictimText, TransferText, IdentifierText, PartyText)
Row = TypeVar("Row", TransferText, IdentifierText, PartyText)

_ROWS = ("transfers", "identifiers", "parties")
_OWN = frozenset({"case_id", "victim", *_ROWS, "removed", "page", "focus", "base"})
"""Of a form: what is put together apart, and what is of this draft alone."""


def caught_up(form: IntakeForm, recorded: IntakeForm, now: IntakeForm) -> IntakeForm:
    """``recorded``: what the form's base comes to when it is read back; ``now``: the same of the case as it stands."""
    base = form.base
    if base is None:
        return form
    form, base = _moved(form, base, recorded, now, _OWN)
    victim, victim_base = _moved(form.victim, base.victim, recorded.victim, now.victim)
    rows, rows_base, focus = dict[str, Any](), dict[str, Any](), form.focus
    for name in _ROWS:
        typed, *known = (getattr(one, name) for one in (form, base, recorded, now))
        rows[name], rows_base[name] = _rows(typed, *known, removed=form.removed)
        if not _ids(rows[name]) >= _ids(typed):
            focus = ""  # it counts rows
    base = replace(base, victim=victim_base, **rows_base)
    return replace(form, victim=victim, focus=focus, base=base, **rows)


def _moved(
    form: Part, base: Part, recorded: Part, now: Part, but: Collection[str] = ()
) -> tuple[Part, Part]:
    """Form and base with what changed elsewhere, where nothing was typed here."""
    names = [item.name for item in fields(form) if item.name not in but]
    moved = {
        name: getattr(now, name)
        for name in names
        if getattr(now, name) != getattr(recorded, name)
        and getattr(form, name) == getattr(base, name)
    }
    return replace(form, **moved), replace(base, **moved)


def _rows(
    form: Sequence[Row],
    base: Sequence[Row],
    recorded: Sequence[Row],
    now: Sequence[Row],
    *,
    removed: Collection[str],
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows, and those they are based on; a row that was taken out elsewhere and not touched here goes."""
    bases = {row.id: row for row in base}
    formers = {row.id: row for row in recorded}
    nows = {row.id: row for row in now}
    rows: list[Row] = []
    for row in form:
        known, former, stands = bases.get(row.id), formers.get(row.id), nows.get(row.id)
        if known is None or former is None:  # nothing of it is recorded
            rows.append(row)
        elif stands is not None:
            moved, bases[row.id] = _moved(row, known, former, stands)
            rows.append(moved)
        elif row != known:
            rows.append(row)
        else:
            del bases[row.id]
    known_here = _ids(form) | _ids(recorded) | set(removed)
    news = [row for row in now if row.id not in known_here]
    rows.extend(news)
    based = list(bases.values())
    based.extend(news)
    return tuple(rows), tuple(based)


def _ids(rows: Iterable[Row]) -> set[str]:
    return {row.id for row in rows}
