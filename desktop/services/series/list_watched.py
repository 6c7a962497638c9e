"""At the centre: the values that two or more cases hold, for the desks to be warned by."""

from __future__ import annotations

from desktop.domain.installation.officer import Permission
from desktop.domain.series.watch_list import Watched, watch_digest
from desktop.services.series.find_series import links_in
from desktop.services.session import Session


def list_watched(session: Session) -> tuple[tuple[str, Watched], ...]:
    """(digest, counts) of every value that links cases; hubs are left out."""
    session.require(Permission.DISPATCH)
    with session.store.read() as reader:
        links, _ = links_in(reader, session)
        every = {case for edge in links for case in edge.cases}
        unit_of = {part.case: part.unit_code for part in reader.series_parts(every)}
    return tuple(
        (
            watch_digest(edge.normal),
            Watched(len(edge.cases), len({unit_of.get(case, "") for case in edge.cases})),
        )
        for edge in links
    )
