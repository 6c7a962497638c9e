"""The papers of a case and what was done, as rows of tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.views import HistoryRow, OrderView
from desktop.domain.records.numbers import short_case_number
from desktop.journal.kinds import (
    CASE_AMENDED,
    CASE_CONVERTED,
    CASE_REGISTERED,
    DOCUMENT_PRINTED,
    EVIDENCE_ATTACHED,
    ORDER_ISSUED,
    ORDER_ISSUED_ALONE,
    SLIP_SHOWN,
)
from desktop.services.papers.draw_form import STOP_FORM
from desktop.services.ports import FormSpec
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import second_or_day
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn

_TOLD: Final = frozenset(
    {
        CASE_REGISTERED,
        CASE_AMENDED,
        CASE_CONVERTED,
        ORDER_ISSUED,
        ORDER_ISSUED_ALONE,
        DOCUMENT_PRINTED,
        SLIP_SHOWN,
        EVIDENCE_ATTACHED,
    }
)


class PaperOutput(StrEnum):
    """How a paper left the screen, as far as the journal says."""

    PRINTED = "printed"
    KEPT = "kept"
    """As a file."""
    DRAWN = "drawn"
    """An earlier version of the program noted that it was drawn, and nothing of what became of it."""


_SURE: Final = (PaperOutput.DRAWN, PaperOutput.KEPT, PaperOutput.PRINTED)


@dataclass(frozen=True, slots=True)
class IntakePaperRow:
    """A paper to print: a form of the case, or the application form of one order (``order``
    set). ``left``: how and when it left the screen, a print before a file; None while it did not."""

    id: str
    title: str
    order: OrderView | None
    left: tuple[PaperOutput, datetime] | None


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One thing that was done."""

    id: str
    at: datetime
    kind: str
    detail: str
    left: PaperOutput | None = None


def paper_rows(
    kit: Kit,
    forms: tuple[FormSpec, ...],
    orders: tuple[OrderView, ...],
    history: tuple[HistoryRow, ...],
) -> tuple[IntakePaperRow, ...]:
    """Order forms first: they are what hurries."""
    printed = _printed(history)
    first = tuple(
        IntakePaperRow(
            f"order/{view.order.id}",
            kit.texts.text("intake.papers.stop_form", number=view.order.number),
            view,
            printed.get((f"order/{view.order.id}", STOP_FORM)),
        )
        for view in orders
    )
    rest = tuple(
        IntakePaperRow(
            form.id, form.title(kit.texts.language), None, printed.get(("case", form.id))
        )
        for form in forms
        if form.id != STOP_FORM
    )
    return first + rest


def _printed(
    history: tuple[HistoryRow, ...],
) -> Mapping[tuple[str, str], tuple[PaperOutput, datetime]]:
    """(order or "case", form) → the last print, else the last file, else when it was drawn."""
    found: dict[tuple[str, str], tuple[PaperOutput, datetime]] = {}
    for row in history:
        if row.kind == DOCUMENT_PRINTED:
            subject = row.subject if row.subject.startswith("order/") else "case"
            key, way = (subject, _field(row, "form")), _left(row)
            if key not in found or _SURE.index(way) >= _SURE.index(found[key][0]):
                found[key] = way, row.wall
    return found


def _left(row: HistoryRow) -> PaperOutput:
    copies = _field(row, "copies")
    if not copies:
        return PaperOutput.DRAWN
    return PaperOutput.KEPT if copies == "0" else PaperOutput.PRINTED


def done_rows(history: tuple[HistoryRow, ...]) -> tuple[DoneRow, ...]:
    """What the person at the counter may be told of, newest first."""
    return tuple(
        DoneRow(
            f"{row.stream}:{row.seq}",
            row.wall,
            row.kind,
            _detail(row),
            _left(row) if row.kind == DOCUMENT_PRINTED else None,
        )
        for row in reversed(history)
        if row.kind in _TOLD
    )


def _detail(row: HistoryRow) -> str:
    if row.kind == CASE_REGISTERED:
        return short_case_number(_field(row, "number"))
    names = {
        ORDER_ISSUED: "number",
        ORDER_ISSUED_ALONE: "number",
        EVIDENCE_ATTACHED: "name",
    }
    return _field(row, names.get(row.kind, ""))


def _field(row: HistoryRow, name: str) -> str:
    return dict(row.fields).get(name, "")


def papers_model(kit: Kit) -> RowsModel[IntakePaperRow]:
    """Paper, and when it was printed."""
    return RowsModel(
        kit,
        (
            TableColumn("title", "intake.papers.paper", text=_title),
            TableColumn(
                "printed",
                "intake.papers.printed",
                text=_Words(kit).printed,
                tone=_printed_tone,
            ),
        ),
        key=_paper_id,
    )


def done_model(kit: Kit) -> RowsModel[DoneRow]:
    """Time, and what was done."""
    words = _Words(kit)
    return RowsModel(
        kit,
        (
            TableColumn("time", "intake.papers.time", text=words.time, digits=True),
            TableColumn("what", "intake.papers.what", text=words.what),
        ),
        key=_done_id,
    )


class _Words:
    """Texts of cells in the language shown."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def time(self, row: DoneRow) -> str:
        return second_or_day(self._kit, row.at)

    def what(self, row: DoneRow) -> str:
        key = row.kind.replace(".", "_")
        if row.left is not None:
            key = f"document_{row.left.value}"
        what = self._kit.texts.text(f"intake.done.{key}")
        dot = self._kit.texts.text("intake.dot")
        return f"{what}{dot}{row.detail}" if row.detail else what

    def printed(self, row: IntakePaperRow) -> str:
        if row.left is None:
            return self._kit.texts.text("intake.papers.not_printed")
        way, at = row.left
        time = second_or_day(self._kit, at)
        return self._kit.texts.text(f"intake.papers.left.{way.value}", time=time)


def _title(row: IntakePaperRow) -> str:
    return row.title


def _printed_tone(row: IntakePaperRow) -> Tone:
    return (
        Tone.OK if row.left is not None and row.left[0] is not PaperOutput.DRAWN else Tone.NEUTRAL
    )


def _paper_id(row: IntakePaperRow) -> str:
    return row.id


def _done_id(row: DoneRow) -> str:
    return row.id
