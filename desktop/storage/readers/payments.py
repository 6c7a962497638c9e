"""How money left, of every case at once."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.merge import twice_in
from desktop.domain.case_file.statistics import Payment
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.cases.transfer import Transfer, transfer_from_fields
from desktop.domain.ids import TransferId
from desktop.storage.current_values.subjects import key_of
from desktop.storage.current_values.values import heads, of_field, shown_fields, stands_taken_out
from desktop.storage.database.statements import run
from desktop.storage.dialects import dialect_of

_PAYMENTS: Final = """
SELECT s.subject, c.lead_id, max({channel}), max(CASE WHEN {told} IS NOT NULL THEN {amount} END), max({returned})
FROM subject s JOIN case_card c ON c.case_id = s.case_id
JOIN value v ON v.subject = s.subject
WHERE s.kind = 'transfer' GROUP BY s.subject, c.lead_id
HAVING max({told}) IS NOT NULL AND coalesce(max({attempted}), '""') = '""'
AND (max({taken_out}) IS NULL OR count(CASE WHEN {taken_out} = '""' THEN 1 END) > 0)
"""
"""Where two people disagree, one of the values: a statistic asks nobody to decide."""
_OF_GROUPS: Final = """
SELECT s.subject, c.lead_id, c.case_id FROM subject s JOIN case_card c ON c.case_id = s.case_id
WHERE s.kind = 'transfer' AND c.lead_id IN (SELECT lead_id FROM case_card WHERE lead_id <> case_id)
ORDER BY c.lead_id, c.lead_id <> c.case_id, c.case_id
"""
"""Transfers of reports that were merged, those of the leading one first."""


def payments(connection: Connection) -> tuple[Payment, ...]:
    """What left, and what came back of it as the report says that tells most."""
    twice = repeated_transfers(connection)
    shown = {
        name: of_field(connection, "v.fields", name)
        for name in ("channel", "attempted", "amount_fen", "returned_fen", FIELD)
    }
    whole = dialect_of(connection).whole_number
    query = _PAYMENTS.format(
        channel=shown["channel"], attempted=shown["attempted"], told=shown["amount_fen"],
        taken_out=shown[FIELD], amount=whole(shown["amount_fen"]), returned=whole(shown["returned_fen"]),
    )  # fmt: skip
    rows = [(key_of(subject), *rest) for subject, *rest in run(connection, query)]
    back: dict[str, int] = {}
    for key, *_, returned in rows:
        first = twice.get(TransferId(key), key)
        back[first] = max(back.get(first, 0), returned)
    return tuple(
        Payment(case, key, json.loads(channel) if channel else "", amount, back[key])
        for key, case, channel, amount, _ in rows
        if TransferId(key) not in twice
    )


def repeated_transfers(connection: Connection) -> dict[TransferId, TransferId]:
    """Payments that another report of the same event has told → the telling that counts."""
    rows = run(connection, _OF_GROUPS).fetchall()
    values = heads(connection, [row.subject for row in rows])
    groups: defaultdict[str, defaultdict[str, list[Transfer]]]
    groups = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if stands_taken_out(row.subject, values[row.subject]):
            continue
        transfer = transfer_from_fields(key_of(row.subject), shown_fields(values[row.subject]))
        groups[row.lead_id][row.case_id].append(transfer)
    found: dict[TransferId, TransferId] = {}
    for reports in groups.values():
        found |= twice_in(list(reports.values()))
    return found
