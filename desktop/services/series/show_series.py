"""One series: its cases, what links them and where it stands, leads, and what people said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from desktop.domain.case_file.merge import twice_in
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.rules import Unit
from desktop.domain.progress import SILENT, WHOLE, PartialProgress, Progress
from desktop.domain.records.fields import number, text
from desktop.domain.series.events import events_of
from desktop.domain.series.series import (
    LikePair,
    LinkedCases,
    LinkVerdict,
    Occurrence,
    SeriesLink,
    SeriesSheet,
    StoryHint,
    occurrences,
)
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA
from desktop.services.look_up import file_in
from desktop.services.ports import Reader
from desktop.services.series.find_series import decisions_in, group_with, summed
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

_READ: Final = 700
"""Thousandths of the time after which all narratives are read."""


def show_series(session: Session, case: str, progress: Progress = SILENT) -> SeriesSheet:
    """The series that a case belongs to. Raises ``UserInputError("series.unknown")`` when it belongs to none."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        group = group_with(reader, session, case)
        cases = reader.series_cases(group.cases)
        files = tuple(_files(reader, group.cases))
        where = [item for case, file in files for item in _occurrences(case, file)]
        inside = frozenset(group.cases)
        decisions = tuple(
            item
            for item in decisions_in(reader, session)
            if item.first in inside or item.second in inside
        )
        judged = {name for item in decisions for name in (item.first, item.second)} - inside
        outside = reader.series_cases(sorted(judged))
        series = summed(group, reader)
        proposed = frozenset(
            item.id
            for item in cases
            if _proposals(reader, item.id) == (len(cases), series.loss_fen)
        )
        hints = tuple(
            hint
            for hint in _like(session, reader, progress)
            if hint.first in inside or hint.second in inside
        )
        facts = reader.clock_facts(cases={item.id for item in (*cases, *outside)})
    now = session.clock.now()
    within = [item for item in facts if item.case in inside]
    return SeriesSheet(
        series,
        tuple(sorted(cases, key=lambda item: (item.accepted_at, item.id))),
        _links(group, where),
        _leads(group, where),
        decisions,
        hints,
        outside=tuple(outside),
        proposed=proposed,
        events=events_of(files, _twice(files)),
        sums=money_places(session, within).at(now),
        case_sums={item.case: money_places(session, [item]).at(now) for item in facts},
    )


def like_pairs(session: Session, progress: Progress = SILENT) -> tuple[LikePair, ...]:
    """Any two cases of late whose narratives read alike, the most alike first: a hint to read both, never a link.
    Those that were decided to be different are left out. Stopped, it raises ``Cancelled``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        hints = _like(session, reader, progress)
        every = sorted({case for hint in hints for case in (hint.first, hint.second)})
        lines = {line.id: line for line in reader.series_cases(every)}
        apart = {
            frozenset((item.first, item.second))
            for item in decisions_in(reader, session)
            if item.verdict is LinkVerdict.DIFFERENT
        }
    pairs = [
        LikePair(lines[hint.first], lines[hint.second], hint.percent)
        for hint in hints
        if hint.first in lines
        and hint.second in lines
        and frozenset((hint.first, hint.second)) not in apart
    ]
    return tuple(sorted(pairs, key=lambda pair: (-pair.percent, pair.first.id, pair.second.id)))


def _like(session: Session, reader: Reader, progress: Progress = SILENT) -> tuple[StoryHint, ...]:
    """Of cases that were accepted since the beginning of a day, so that a day long the question stays the same."""
    today = session.today
    days = max(session.rules.duration("linking.story_window", today), timedelta(days=1))
    first = datetime.combine(today, time.min, CHINA) - days
    since = to_wire(first)
    percent = session.rules.value("linking.story_alike", today, Unit.PERCENT)
    shortest = session.rules.value("linking.story_shortest", today, Unit.CHARACTERS)

    def found() -> tuple[StoryHint, ...]:
        return session.linker.like_stories(
            reader.stories(since, PartialProgress(progress, 0, _READ)),
            percent,
            shortest,
            PartialProgress(progress, _READ, WHOLE),
        )

    asked = (since, percent, shortest, frozenset(reader.heads().items()))
    return session.alike.hints(asked, found)


def _files(reader: Reader, cases: Iterable[CaseId]) -> Iterator[tuple[CaseId, CaseFile]]:
    """Also those of the reports merged into a case, each under the case that leads."""
    for case in cases:
        for name in (case, *reader.case_group(case).members):
            yield case, file_in(reader, name)


def _twice(files: Iterable[tuple[CaseId, CaseFile]]) -> frozenset[TransferId]:
    """Payments that another report of the same event has told already."""
    reports: dict[CaseId, list[Sequence[Transfer]]] = {}
    for case, file in files:
        reports.setdefault(case, []).append(file.transfers)
    return frozenset(key for payments in reports.values() for key in twice_in(payments))


def _occurrences(case: CaseId, file: CaseFile) -> Iterable[Occurrence]:
    orders = (view.order for view in file.orders)
    return occurrences(case, file.transfers, file.identifiers, file.people, orders)


def _links(group: LinkedCases, where: Iterable[Occurrence]) -> tuple[SeriesLink, ...]:
    grouped: dict[str, list[Occurrence]] = {name: [] for name in group.by}
    for item in where:
        if item.normal in grouped:
            grouped[item.normal].append(item)
    links = [
        SeriesLink(name, found[0].kind, tuple(found)) for name, found in grouped.items() if found
    ]
    return tuple(sorted(links, key=lambda link: (-len(link.cases), link.normal)))


def _leads(group: LinkedCases, where: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """What one case alone holds: each once, to be asked about. A value of several that links none leads nowhere."""
    found: dict[str, Occurrence] = {}
    holders: dict[str, set[CaseId]] = {}
    for item in where:
        holders.setdefault(item.normal, set()).add(item.case)
        if item.normal not in group.by:
            found.setdefault(item.normal, item)
    alone = (item for item in found.values() if len(holders[item.normal]) == 1)
    return tuple(sorted(alone, key=lambda item: (item.kind, item.normal)))


def _proposals(reader: Reader, case: CaseId) -> tuple[int, int]:
    fields = reader.current(f"case/{case}")
    if not text(fields, "linked.at"):
        return 0, 0
    return number(fields, "linked.cases"), number(fields, "linked.loss_fen")
