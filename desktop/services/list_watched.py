"""At the centre: the values that two or more cases hold, for the desks to be warned by."""

from __future__ import annotations

from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.watch_list import Watched, watch_digest
from desktop.services.desk import Desk
from desktop.services.find_series import links_in


def list_watched(desk: Desk) -> tuple[tuple[str, Watched], ...]:
    """(digest, counts) of every value that links cases; hubs are left out."""
    desk.require(Permission.DISPATCH)
    with desk.store.read() as reader:
        links, _ = links_in(reader, desk)
        every = sorted({CaseId(case) for edge in links for case in edge.cases})
        unit_of = {line.id: line.unit_code for line in reader.series_cases(every)}
    return tuple(
        (
            watch_digest(edge.normal),
            Watched(len(edge.cases), len({unit_of.get(CaseId(case), "") for case in edge.cases})),
        )
        for edge in links
    )
