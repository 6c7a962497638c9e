"""The rows in which the fields of a transfer stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from desktop.ui.intake.transfers.rows import Rows
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.field import Field

_MOST: Final = 7


def named(rows: Rows, names: Mapping[str, str]) -> Rows:
    """The rows with the names of fields in the place of those of their boxes."""
    return tuple(tuple((names.get(cell, cell), share) for cell, share in cells) for cells in rows)


class TransferLines(Column):
    """As many rows as a transfer has at most; empty ones take no room."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, gap="space_s")
        self._lines = [Row(kit, gap="space_m") for _line in range(_MOST)]
        for line in self._lines:
            self.addLayout(line)

    def lay_out(self, rows: Rows, shown: Mapping[str, Field], every: Sequence[Field]) -> None:
        """Each of ``shown`` in its place; the rest of ``every`` out of sight."""
        for line in self._lines:
            # Not by takeAt alone: a widget whose old item lives on is measured by that one for ever.
            for field in every:
                line.removeWidget(field)
            while line.count():
                line.takeAt(0)
        for line, cells in zip(self._lines, rows, strict=False):
            for name, share in cells:
                if name:
                    line.addWidget(shown[name], share)
                else:
                    line.addStretch(share)
        visible = set(map(id, shown.values()))
        for field in every:
            field.setVisible(id(field) in visible)
