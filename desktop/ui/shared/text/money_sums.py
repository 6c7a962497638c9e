"""Where money is, as one line."""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.money.dispositions import Disposition, MoneySums
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan


def sums_text(kit: Kit, sums: MoneySums, without: Collection[Disposition] = ()) -> str:
    """Each disposition that holds anything, with its sum; "" where there is no money."""
    return " · ".join(
        f"{kit.texts.text(f'flow.disposition.{item.value}')} ¥{yuan(sums.fen(item))}"
        for item in Disposition
        if sums.fen(item) and item not in without
    )
