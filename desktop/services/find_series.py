"""Find the series: cases that hold the same values, with what people decided about them before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.clock import from_wire
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Fields, text
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.rules import Unit
from desktop.domain.series import (
    HUB,
    LINK,
    Decision,
    Edge,
    Group,
    Hub,
    Series,
    SeriesCase,
    Verdict,
    lead_key,
    link_key,
)
from desktop.services.desk import Desk
from desktop.services.ports import Reader


@dataclass(frozen=True, slots=True)
class FoundSeries:
    """Every series, the largest loss first, and the values that were left out because they link everybody."""

    series: tuple[Series, ...]
    hubs: tuple[Hub, ...]


def find_series(desk: Desk) -> FoundSeries:
    """Search all cases anew."""
    desk.require(Permission.READ_CASES)
    with desk.store.read() as reader:
        groups, hubs = groups_in(reader, desk)
        every = [case for group in groups for case in group.cases]
        lines = {line.id: line for line in reader.series_cases(every)}
    found = [series_of(group, [lines[case] for case in group.cases]) for group in groups]
    return FoundSeries(
        tuple(sorted(found, key=lambda item: (-item.loss_fen, item.group.id))),
        tuple(sorted(hubs, key=lambda hub: (-hub.cases, hub.normal))),
    )


def groups_in(reader: Reader, desk: Desk) -> tuple[list[Group], list[Hub]]:
    """The groups within a transaction, by id, and the hubs."""
    links, hubs = links_in(reader, desk)
    decisions = decisions_in(reader)
    return desk.linker.groups(
        links, _pairs(decisions, Verdict.SAME), _pairs(decisions, Verdict.DIFFERENT)
    ), hubs


def links_in(reader: Reader, desk: Desk) -> tuple[list[Edge], list[Hub]]:
    """Values that cases share within a transaction, and the hubs among them, which link nothing."""
    most = desk.rules.value("linking.hub_degree", desk.today, Unit.ITEMS)
    shortest = desk.rules.value("linking.shortest", desk.today, Unit.CHARACTERS)
    return desk.linker.edges(reader.link_pairs(shortest), most, _chosen_hubs(reader))


def group_with(reader: Reader, desk: Desk, case: str) -> Group:
    """The group that a case belongs to; raises ``UserInputError("series.unknown")``."""
    for group in groups_in(reader, desk)[0]:
        if case in group.cases:
            return group
    raise UserInputError("series.unknown")


def decisions_in(reader: Reader) -> tuple[Decision, ...]:
    """Every verdict that stands, in the order of cases; what was taken back is left out."""
    found = (_decision(fields) for fields in reader.subjects(LINK).values())
    return tuple(item for item in found if item is not None)


def _chosen_hubs(reader: Reader) -> frozenset[str]:
    """Values that a person said link nothing."""
    subjects = reader.subjects(HUB).values()
    typed = [text(fields, "normal") for fields in subjects if text(fields, "hub")]
    return frozenset(key for name in typed for key in (link_key(name), lead_key(name)))


def series_of(group: Group, cases: Sequence[SeriesCase]) -> Series:
    """What the cases of a group sum up to."""
    return Series(
        group,
        sum(case.loss_fen for case in cases),
        sum(case.stopped_fen for case in cases),
        len({case.unit_code for case in cases}),
        min(case.accepted_at for case in cases),
        max(case.accepted_at for case in cases),
    )


def _pairs(decisions: Iterable[Decision], verdict: Verdict) -> frozenset[frozenset[str]]:
    return frozenset(
        frozenset((item.first, item.second)) for item in decisions if item.verdict is verdict
    )


def _decision(fields: Fields) -> Decision | None:
    verdict, at = text(fields, "verdict"), text(fields, "at")
    if verdict not in set(Verdict) or not at:
        return None
    return Decision(
        CaseId(text(fields, "first")),
        CaseId(text(fields, "second")),
        Verdict(verdict),
        text(fields, "reason"),
        text(fields, "by"),
        from_wire(at),
    )
