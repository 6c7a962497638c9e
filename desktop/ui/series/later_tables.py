"""The lists of a series that are told rather than counted: what happened when, and whose stories read alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.domain.bank_names import short_bank
from desktop.domain.ids import CaseId
from desktop.domain.series.events import SeriesEvent, SeriesEventKind
from desktop.domain.series.series import LikePair, SeriesCase
from desktop.ui.series.tables import Listing
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.rows_model import TableColumn

_TONES = {
    SeriesEventKind.PAID: Tone.BAD,
    SeriesEventKind.ACCEPTED: Tone.INFO,
    SeriesEventKind.ORDERED: Tone.WARN,
    SeriesEventKind.REPLIED: Tone.OK,
}


def event_table(kit: Kit, name: Callable[[CaseId], str]) -> Listing[SeriesEvent]:
    """What happened in all cases; ``name`` tells a case in words."""
    columns: tuple[TableColumn[SeriesEvent], ...] = (
        TableColumn("at", "series.column.when", lambda e: show_local(e.at, kit.zone)),
        TableColumn("kind", "series.column.event", partial(_kind, kit), chip=True, tone=lambda e: _TONES[e.kind]),
        TableColumn("case", "series.column.victim", lambda e: name(e.case)),
        TableColumn("what", "series.column.what", partial(_what, kit), digits=True, tip=partial(_what, kit)),
        TableColumn("amount", "series.column.amount", _amount, align_right=True, digits=True),
    )  # fmt: skip
    table = Listing[SeriesEvent](kit, columns, lambda e: e.key, "series_events")
    table.set_widths({"at": 152, "kind": 96, "case": 110, "amount": 100}, stretch="what")
    kit.texts.bind(table.setAccessibleName, "series.tab.timeline")
    return table


def _kind(kit: Kit, event: SeriesEvent) -> str:
    return kit.texts.text(f"series.event.{event.kind.value}")


def _what(kit: Kit, event: SeriesEvent) -> str:
    order = kit.texts.text(f"orders.kind.{event.order.value}") if event.order else ""
    about = " ".join(part for part in (short_bank(event.bank), event.about) if part)
    return "　".join(part for part in (order, about) if part)


def _amount(event: SeriesEvent) -> str:
    return yuan(event.amount_fen) if event.amount_fen else ""


def story_table(kit: Kit) -> Listing[LikePair]:
    """Pairs of cases whose narratives read alike; a hint to read both."""
    columns: tuple[TableColumn[LikePair], ...] = (
        TableColumn("percent", "series.column.alike", lambda p: f"{p.percent}%", align_right=True),
        TableColumn("first", "series.column.first", lambda p: _line(p.first), tip=lambda p: _line(p.first)),
        TableColumn("second", "series.column.second", lambda p: _line(p.second), tip=lambda p: _line(p.second)),
        TableColumn("loss", "series.column.loss", lambda p: yuan(p.first.loss_fen + p.second.loss_fen),
                    align_right=True, digits=True),
    )  # fmt: skip
    table = Listing[LikePair](kit, columns, lambda p: (p.first.id, p.second.id), "series_stories")
    table.set_widths({"percent": 64, "first": 320, "loss": 100}, stretch="second")
    kit.texts.bind(table.setAccessibleName, "series.tab.stories")
    return table


def _line(case: SeriesCase) -> str:
    return "　".join(part for part in (case.victim, case.unit_name, case.number) if part)
