"""One series: its cases, what links them and where it stands, leads, and what people said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from desktop.domain.clock import to_wire
from desktop.domain.fields import number, text
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.rules import Unit
from desktop.domain.series import (
    Group,
    Occurrence,
    SeriesLink,
    SeriesSheet,
    StoryHint,
    occurrences,
)
from desktop.services.desk import Desk
from desktop.services.find_series import decisions_in, group_with, summed
from desktop.services.look_up import file_in
from desktop.services.ports import Reader


def show_series(desk: Desk, case: str) -> SeriesSheet:
    """The series that a case belongs to. Raises ``UserInputError("series.unknown")`` when it belongs to none."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        group = group_with(reader, desk, case)
        cases = reader.series_cases(group.cases)
        where = [item for name in group.cases for item in _occurrences(reader, name)]
        inside = frozenset(group.cases)
        decisions = tuple(
            item for item in decisions_in(reader) if item.first in inside or item.second in inside
        )
        (series,) = summed([group], reader)
        proposed = frozenset(
            item.id for item in cases if _told(reader, item.id) == (len(cases), series.loss_fen)
        )
        hints = tuple(
            hint for hint in _like(desk, reader) if hint.first in inside or hint.second in inside
        )
    return SeriesSheet(
        series,
        tuple(sorted(cases, key=lambda item: (item.accepted_at, item.id))),
        _links(group, where),
        _leads(group, where),
        decisions,
        hints,
        proposed,
    )


def like_cases(desk: Desk) -> tuple[StoryHint, ...]:
    """Narratives of any two cases of late that read alike; a hint to read both, never a link."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        return _like(desk, reader)


def _like(desk: Desk, reader: Reader) -> tuple[StoryHint, ...]:
    today = desk.today
    days = desk.rules.duration("linking.story_window", today)
    since = to_wire(desk.clock.now() - max(days, timedelta(days=1)))
    return desk.linker.like_stories(
        reader.stories(since),
        desk.rules.value("linking.story_alike", today, Unit.PERCENT),
        desk.rules.value("linking.story_shortest", today, Unit.CHARACTERS),
    )


def _occurrences(reader: Reader, case: CaseId) -> Iterable[Occurrence]:
    """Also those of the reports merged into the case."""
    for name in (case, *reader.case_group(case).members):
        file = file_in(reader, name)
        yield from occurrences(case, file.transfers, file.identifiers, file.people)


def _links(group: Group, where: Iterable[Occurrence]) -> tuple[SeriesLink, ...]:
    grouped: dict[str, list[Occurrence]] = {name: [] for name in group.by}
    for item in where:
        if item.normal in grouped:
            grouped[item.normal].append(item)
    links = [
        SeriesLink(name, found[0].kind, tuple(found)) for name, found in grouped.items() if found
    ]
    return tuple(sorted(links, key=lambda link: (-len(link.cases), link.normal)))


def _leads(group: Group, where: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """What one case alone holds: each once, to be asked about."""
    found: dict[str, Occurrence] = {}
    for item in where:
        if item.normal not in group.by:
            found.setdefault(item.normal, item)
    return tuple(sorted(found.values(), key=lambda item: (item.kind, item.normal)))


def _told(reader: Reader, case: CaseId) -> tuple[int, int]:
    fields = reader.current(f"case/{case}")
    if not text(fields, "linked.at"):
        return 0, 0
    return number(fields, "linked.cases"), number(fields, "linked.loss_fen")
