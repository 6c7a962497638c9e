"""How a payment left, in words."""

from __future__ import annotations

from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way import WayKind, facts_of_way
from desktop.domain.records.field_table import FieldRow
from desktop.ui.shared.kit.kit import Kit


def way_text(kit: Kit, transfer: Transfer, *, revealed: bool) -> str:
    """The way as it was said and what only that has; "" while nobody said it. A code of a newer program as it is."""
    way = transfer.way
    kind = kit.texts.text(f"ways.kind.{way.kind}") if way.kind in frozenset(WayKind) else way.kind
    facts = (_fact(kit, row, value, revealed=revealed) for row, value in facts_of_way(way))
    return kit.texts.text("ways.comma").join(part for part in (kind, *facts) if part)


def _fact(kit: Kit, row: FieldRow, value: str, *, revealed: bool) -> str:
    shown = value if revealed or row.mask is None else row.mask(value)
    if value in row.type.codes:
        shown = kit.texts.text(f"{row.codes}.{value}")
    return f"{kit.texts.text(row.label)} {shown}"
