"""Refused volumes with their reasons in plain words. They stay sealed and are never lost."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from desktop.services.ports.exchange.quarantine import Quarantined
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty, nothing_listed
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"unit": 124, "at": 96}


class QuarantineList(QWidget):
    """A table, and below it what to do about the chosen volume."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._units: Mapping[str, str] = {}
        columns: tuple[TableColumn[Quarantined], ...] = (
            TableColumn("unit", "trust.unit", self._unit, tip=self._unit_tip, keeps=Keeps.END),
            TableColumn("reason", "trust.quarantine.reason", self._reason, tip=self._reason),
            TableColumn("at", "trust.quarantine.at", self._at),
        )
        self.table = Listing[Quarantined](
            kit, "quarantine_table", "trust.quarantine.title", columns, _name, _WIDTHS
        )
        none = nothing_listed(kit, "trust.quarantine.none")
        column = Column(kit, self)
        column.addWidget(ListOrEmpty(self.table, none, self.table.rows), 1)
        self._detail = Label(kit, role="small", ink="muted", wrap=True)
        self._detail.setObjectName("quarantine_detail")
        column.addWidget(self._detail)
        self.table.current_changed.connect(self._show_detail)
        kit.texts.changed.connect(self._show_detail)
        self.show_rows(())

    def show_rows(
        self, rows: tuple[Quarantined, ...], units: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Show them. ``units``: code → name of those that are known."""
        self._units = units
        self.table.show_rows(rows, choose=True)  # what to do is told without a click
        self._show_detail()

    def _reason(self, row: Quarantined) -> str:
        return self._kit.texts.text(f"errors.{row.code}.what")

    def _unit(self, row: Quarantined) -> str:
        return self._units.get(row.unit_code) or row.unit_code

    def _unit_tip(self, row: Quarantined) -> str:
        unit = self._unit(row)
        return self._kit.texts.text("trust.quarantine.unit", unit=unit) if unit else ""

    def _at(self, row: Quarantined) -> str:
        return moment(self._kit, row.at)

    def _show_detail(self) -> None:
        row = self.table.selected()
        self._detail.setVisible(row is not None)
        if row is not None:
            texts = self._kit.texts
            self._detail.set_text(
                texts.text(
                    "trust.quarantine.detail",
                    name=row.file or row.name,
                    size=size_text(texts, row.size),
                    what=texts.text(f"errors.{row.code}.what"),
                    do=texts.text(f"errors.{row.code}.do"),
                )
            )


def _name(row: Quarantined) -> str:
    return row.name
