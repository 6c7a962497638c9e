"""Earlier cases of the same person, found by the keys their visits share."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.domain.case_file.views import CaseCard
from desktop.domain.ids import CaseId
from desktop.storage.case_reader import CaseReader
from desktop.storage.tables import case_card, key_row

_MOST = 50


def same_person(
    connection: Connection, cases: CaseReader, keys: Sequence[str], but: CaseId
) -> tuple[tuple[CaseCard, tuple[str, ...]], ...]:
    """Cases that hold any of the keys, each with those it holds, the newest first; the same event is no other case."""
    group = cases.group(but)
    rows = connection.execute(
        select(key_row.c.case_id, key_row.c.normal)
        .join(case_card, key_row.c.case_id == case_card.c.case_id)
        .where(key_row.c.normal.in_(keys))
        .where(case_card.c.case_id.not_in((but, group.lead, *group.members)))
        .order_by(case_card.c.accepted_at.desc())
        .limit(_MOST)
    )
    shared: dict[str, list[str]] = {}
    for row in rows:
        shared.setdefault(row.case_id, []).append(row.normal)
    cards = ((cases.card(CaseId(case)), tuple(found)) for case, found in shared.items())
    return tuple((card, found) for card, found in cards if card is not None)
