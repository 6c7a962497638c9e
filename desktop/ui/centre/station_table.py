"""Enrolled devices: how fresh, how much, and whether something is missing in between."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Final

from desktop.centre.inbox import StationRow
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn

_WIDTHS = {
    "last": 132,
    "cases": 52,
    "orders": 64,
    "tasks": 60,
    "gaps": 92,
    "refused": 92,
}
_IN_DAYS: Final = 2
"""From then on the days that passed say more than the date."""


class StationTable(Listing[StationRow]):
    """Unit, newest bundle, cases, unanswered orders, open tasks, gaps, volumes in quarantine."""

    def __init__(self, kit: Kit) -> None:
        self._refused: Counter[tuple[str, str]] = Counter()
        super().__init__(
            kit,
            "station_table",
            "centre.inbox.stations",
            self._columns(),
            _device,
            _WIDTHS,
        )

    def show_stations(
        self, rows: tuple[StationRow, ...], refused: Counter[tuple[str, str]]
    ) -> None:
        """``refused``: volumes in quarantine by the code of the unit and the letter of the device they say they come
        from."""
        self._refused = refused
        self.show_rows(rows)

    def _columns(self) -> tuple[TableColumn[StationRow], ...]:
        return (
            TableColumn("unit", "centre.column.unit", self._unit, tip=self._unit_tip),
            TableColumn(
                "last",
                "centre.column.last",
                self._last,
                chip=True,
                tone=self._fresh,
                tip=self._when,
            ),
            TableColumn("cases", "centre.column.cases", _cases, align_right=True),
            TableColumn("orders", "centre.column.orders", _orders, align_right=True),
            TableColumn("tasks", "centre.column.tasks", _tasks, align_right=True),
            TableColumn(
                "gaps", "centre.column.gaps", self._gaps, tone=_gap_tone, tip=self._gap_tip
            ),
            TableColumn(
                "refused", "centre.column.refused", self._count, align_right=True, tone=self._alarm
            ),
        )

    def _unit(self, row: StationRow) -> str:
        return self._kit.texts.text("trust.party.desk", unit=row.unit_name, letter=row.letter)

    def _unit_tip(self, row: StationRow) -> str:
        """With the fingerprint, which is compared where a device is let in, and here only looked up."""
        return f"{self._unit(row)}\n{grouped(row.fingerprint)}"

    def _last(self, row: StationRow) -> str:
        if row.last_bundle_at is None:
            return self._kit.texts.text("centre.inbox.never")
        days = self._days(row.last_bundle_at)
        if days >= _IN_DAYS:
            return self._kit.texts.text("centre.inbox.days_ago", days=days)
        return moment(self._kit, row.last_bundle_at)

    def _when(self, row: StationRow) -> str:
        if row.last_bundle_at is None:
            return ""
        return show_local(row.last_bundle_at, self._kit.zone)

    def _fresh(self, row: StationRow) -> Tone:
        """Green today, amber since yesterday: nobody is late, but somebody may be asked."""
        if row.last_bundle_at is None:
            return Tone.NEUTRAL
        return Tone.WARN if self._days(row.last_bundle_at) > 0 else Tone.OK

    def _days(self, at: datetime) -> int:
        kit = self._kit
        today = kit.ticks.now().astimezone(kit.zone).date()
        return (today - at.astimezone(kit.zone).date()).days

    def _in_quarantine(self, row: StationRow) -> int:
        """What names no device may be of any."""
        return self._refused[row.unit_code, row.letter] + self._refused[row.unit_code, ""]

    def _count(self, row: StationRow) -> str:
        count = self._in_quarantine(row)
        return str(count) if count else ""

    def _alarm(self, row: StationRow) -> Tone | None:
        return Tone.BAD if self._in_quarantine(row) else None

    def _gaps(self, row: StationRow) -> str:
        texts = self._kit.texts
        if not row.gaps:
            return texts.text("centre.inbox.no_gaps")
        return texts.text("centre.inbox.gaps", count=row.gaps)

    def _gap_tip(self, row: StationRow) -> str:
        texts = self._kit.texts
        return texts.text("centre.inbox.gaps_tip", count=row.gaps) if row.gaps else ""


def _device(row: StationRow) -> str:
    return row.device


def _cases(row: StationRow) -> str:
    return str(row.cases)


def _orders(row: StationRow) -> str:
    return str(row.open_orders)


def _tasks(row: StationRow) -> str:
    return str(row.open_tasks) if row.open_tasks else ""


def _gap_tone(row: StationRow) -> Tone | None:
    return Tone.BAD if row.gaps else None
