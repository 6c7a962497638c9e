"""Find the series: cases that hold the same values, with what people decided about them before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import Any, Final

from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.rules import Unit
from desktop.domain.progress import SILENT, WHOLE, PartialProgress, Progress
from desktop.domain.records.fields import Fields, text
from desktop.domain.series.series import (
    HUB,
    LINK,
    Decision,
    Edge,
    Hub,
    LinkedCases,
    LinkVerdict,
    Series,
    lead_key,
    link_key,
    proposals_of,
)
from desktop.domain.time.clock import from_wire
from desktop.services.ports import Reader
from desktop.services.session import Session

_FREED: Final = 500
_READ: Final = 550
_GROUPED: Final = 800
"""Thousandths of the time after which the values are read, and the cases grouped."""


@dataclass(frozen=True, slots=True)
class FoundSeries:
    """Every series, the largest loss first, and the values that were left out because they link everybody.
    ``left_off``: how many more series there are, of smaller loss."""

    series: tuple[Series, ...]
    hubs: tuple[Hub, ...]
    left_off: int = 0


def find_series(
    session: Session, progress: Progress = SILENT, most: int | None = None
) -> FoundSeries:
    """Search all cases anew. ``most``: how many series are told of, those of largest loss; None: every one. Stopped, it
    raises ``Cancelled``."""
    session.require(Permission.READ_CASES)
    with session.store.read() as reader:
        links, hubs = links_in(reader, session, PartialProgress(progress, 0, _READ))
        decisions = _decisions(reader, session)
        grouping = PartialProgress(progress, _READ, _GROUPED)
        groups = session.linker.groups(links, decisions.together, decisions.apart, grouping)
        let_go(links)
        sums = _Sums.of(groups, reader, PartialProgress(progress, _GROUPED, WHOLE))
    listed = nsmallest(len(groups) if most is None else most, range(len(groups)), sums.by_loss)
    found = FoundSeries(
        tuple(map(sums.series, listed)),
        tuple(sorted(hubs, key=lambda hub: (-hub.cases, hub.normal))),
        len(groups) - len(listed),
    )
    let_go(sums.units)
    let_go(groups)
    return found


def links_in(
    reader: Reader, session: Session, progress: Progress = SILENT
) -> tuple[list[Edge], list[Hub]]:
    """Values that cases share within a transaction, and the hubs among them, which link nothing."""
    limits = _Limits(session)
    return session.linker.edges(
        reader.shared_values(limits.shortest, progress), limits.most, _chosen_hubs(reader, session)
    )


def group_with(reader: Reader, session: Session, case: str) -> LinkedCases:
    """The group that a case belongs to, found by walking from it; raises ``UserInputError("series.unknown")``.

    It is the one that a search of all cases finds: decisions and values of cases that cannot be walked to say nothing
    about it.
    """
    lead = reader.case_group(CaseId(case)).lead
    limits, chosen, decisions = (
        _Limits(session),
        _chosen_hubs(reader, session),
        _decisions(reader, session),
    )
    links: dict[str, Edge] = {}
    visited: set[str] = set()
    waiting = {str(lead)}
    while waiting:
        visited |= waiting
        shared = reader.values_shared_with(sorted(waiting), limits.shortest, limits.most)
        edges, _ = session.linker.edges(shared, limits.most, chosen)
        links.update((edge.normal, edge) for edge in edges)
        reached = {name for edge in edges for name in edge.cases}
        reached.update(*(pair for pair in decisions.together if not pair.isdisjoint(waiting)))
        waiting = reached - visited
    together = [pair for pair in decisions.together if pair <= visited]
    apart = [pair for pair in decisions.apart if pair <= visited]
    for group in session.linker.groups(list(links.values()), together, apart):
        if lead in group.cases:
            return group
    raise UserInputError("series.unknown")


class _Limits:
    """``most``: cases that a value may link; ``shortest``: characters that a value must have."""

    def __init__(self, session: Session) -> None:
        self.most = session.rules.value("linking.hub_degree", session.today, Unit.ITEMS)
        self.shortest = session.rules.value("linking.shortest", session.today, Unit.CHARACTERS)


def decisions_in(reader: Reader, session: Session) -> tuple[Decision, ...]:
    """Every verdict that stands, in the order of cases; what was taken back is left out. A report that was merged since
    stands for the case that leads it; of what was said of one pair through several reports the last counts."""
    found = []
    for pair, by_device in decisions_by_pair(reader, session).items():
        known = [item for item in map(_decision, by_device.values()) if item is not None]
        last = max(known, key=lambda item: (item.at, item.verdict is LinkVerdict.DIFFERENT))
        first, second = sorted(pair)
        found.append(replace(last, first=CaseId(first), second=CaseId(second)))
    return tuple(sorted(found, key=lambda item: (item.first, item.second)))


def unit_here(session: Session) -> str:
    """The unit in whose name links and hubs are proposed here; "" at a centre, which decides them."""
    return "" if session.profile.role is InstallationRole.CENTRE else session.profile.unit_code


def _decided_subjects(reader: Reader, session: Session, kind: str) -> dict[str, Fields]:
    """What counts here of links or hubs: what a centre decided, and at a station what the own unit proposes."""
    found = dict(reader.subjects(kind))
    if unit_here(session):
        found |= reader.subjects(proposals_of(kind, unit_here(session)))
    return found


def decisions_by_pair(reader: Reader, session: Session) -> dict[frozenset[str], dict[str, Fields]]:
    """Pair of leading cases → the subjects by which something was said of it, with what they say. A proposal that was
    taken back takes back with it what the station knew before."""
    every = _decided_subjects(reader, session, LINK)
    taken_back = {
        (text(fields, "first"), text(fields, "second")): text(fields, "at")
        for subject, fields in every.items()
        if not subject.startswith(f"{LINK}/") and not text(fields, "verdict")
    }
    decided = {
        subject: (item, fields)
        for subject, fields in every.items()
        if (item := _decision(fields)) is not None
        and text(fields, "at") > taken_back.get((item.first, item.second), "")
    }
    lead = _leads(
        reader, (case for item, _ in decided.values() for case in (item.first, item.second))
    )
    found: dict[frozenset[str], dict[str, Fields]] = {}
    for subject, (item, fields) in decided.items():
        pair = frozenset(lead.get(case, case) for case in (item.first, item.second))
        if len(pair) == 2:
            found.setdefault(pair, {})[subject] = fields
    return found


def _leads(reader: Reader, cases: Iterable[CaseId]) -> dict[CaseId, CaseId]:
    """Case → the one that leads it, of those that are known here."""
    named = frozenset(cases)
    found = {CaseId(part.case): CaseId(part.case) for part in reader.series_parts(named)}
    for name in named - found.keys():
        lead = reader.case_group(name).lead
        if lead != name:
            found[name] = lead
    return found


def _chosen_hubs(reader: Reader, session: Session) -> frozenset[str]:
    """Values that a person said link nothing; the last word about each counts."""
    words = sorted(
        _decided_subjects(reader, session, HUB).values(), key=lambda fields: text(fields, "at")
    )
    last = {link_key(text(fields, "normal")): fields for fields in words}
    typed = [text(fields, "normal") for fields in last.values() if text(fields, "hub")]
    return frozenset(key for name in typed for key in (link_key(name), lead_key(name)))


def summed(group: LinkedCases, reader: Reader) -> Series:
    """What the cases of a group sum up to."""
    return _Sums.of([group], reader).series(0)


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the cases of each group sum up to, in the order of ``groups``; a city has a hundred thousand of them, and
    few are told of."""

    groups: Sequence[LinkedCases]
    losses: list[int]
    first: list[str]
    last: list[str]
    units: list[set[str]]

    @classmethod
    def of(
        cls, groups: Sequence[LinkedCases], reader: Reader, progress: Progress = SILENT
    ) -> _Sums:
        """Every case is read once, and costs a few look-ups in lists."""
        place: dict[str, int] = {
            case: at for at, group in enumerate(groups) for case in group.cases
        }
        losses = [0] * len(groups)
        first, last = [""] * len(groups), [""] * len(groups)
        units: list[set[str]] = [set() for _ in groups]
        for case, loss, accepted_at, unit in reader.series_parts(place.keys(), progress):
            at = place[case]
            losses[at] += loss
            units[at].add(unit)
            last[at] = max(last[at], accepted_at)
            if not first[at] or accepted_at < first[at]:
                first[at] = accepted_at
        while place:
            place.popitem()
        return cls(groups, losses, first, last, units)

    def by_loss(self, at: int) -> tuple[int, str]:
        """The largest first, equal ones by id."""
        return -self.losses[at], self.groups[at].id

    def series(self, at: int) -> Series:
        return Series(
            self.groups[at],
            self.losses[at],
            len(self.units[at]),
            from_wire(self.first[at]),
            from_wire(self.last[at]),
        )


def let_go(items: list[Any]) -> None:
    """Empty a long list bit by bit: freed at once, it would hold up every other thread."""
    while items:
        del items[-_FREED:]


@dataclass(frozen=True, slots=True)
class _Decisions:
    """Pairs of cases that people called the same, and different."""

    together: frozenset[frozenset[str]]
    apart: frozenset[frozenset[str]]


def _decisions(reader: Reader, session: Session) -> _Decisions:
    """Of cases unknown here nothing is said."""
    decisions = decisions_in(reader, session)
    known = _leads(reader, (name for item in decisions for name in (item.first, item.second)))
    pairs: dict[LinkVerdict, set[frozenset[str]]] = {verdict: set() for verdict in LinkVerdict}
    for item in decisions:
        if item.first in known and item.second in known:
            pairs[item.verdict].add(frozenset((item.first, item.second)))
    return _Decisions(frozenset(pairs[LinkVerdict.SAME]), frozenset(pairs[LinkVerdict.DIFFERENT]))


def _decision(fields: Fields) -> Decision | None:
    verdict, at = text(fields, "verdict"), text(fields, "at")
    if verdict not in set(LinkVerdict) or not at:
        return None
    return Decision(
        CaseId(text(fields, "first")),
        CaseId(text(fields, "second")),
        LinkVerdict(verdict),
        text(fields, "reason"),
        text(fields, "by"),
        from_wire(at),
    )
