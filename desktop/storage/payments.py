"""How money left, of every case at once."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.ids import CaseId

_PAYMENTS: Final = (
    "SELECT c.lead_id, max(ch.value), max(a.value) FROM subject s JOIN case_card c ON c.case_id = s.case_id "
    "JOIN value a ON a.subject = s.subject AND a.field = 'amount_fen' "
    "LEFT JOIN value ch ON ch.subject = s.subject AND ch.field = 'channel' "
    "WHERE s.kind = 'transfer' GROUP BY s.subject"
)
"""Where two people disagree, one of the values: a statistic asks nobody to decide."""


def payments(connection: Connection) -> tuple[tuple[CaseId, str, int], ...]:
    """(case, channel, fen); the channel is empty where nobody said it."""
    rows = connection.exec_driver_sql(_PAYMENTS)
    return tuple(
        (CaseId(case), json.loads(channel) if channel else "", int(json.loads(amount)))
        for case, channel, amount in rows
    )
