"""What a period came to, as a printed sheet and as a workbook of the same tables."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.statistics import Totals
from desktop.domain.cases.dissuasion import Dissuasions
from desktop.domain.money.amounts import format_yuan
from desktop.services.ports.printing.sheets import StatisticsSheetFacts

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_COLUMNS: Final = (
    "name", "reports", "loss", "stopped", "share", "frozen", "returned", "to_order", "to_stop", "to_freeze",
)  # fmt: skip
_SPANS: Final = ("to_order", "to_stop", "to_freeze")
_NUMBERS: Final = (*_COLUMNS, *(f"slow_{name}" for name in _SPANS))
"""The columns of the workbook: there each number has its own."""
_DISSUASIONS: Final = ("count", "calls", "stopped", "open")
_MONEY: Final = frozenset({"loss", "stopped", "frozen", "returned"})


def statistics_sheet(facts: StatisticsSheetFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``statistics_sheet.typ`` prints: each table with its total."""
    return texts.frame(texts.text("form.statistics_sheet"), at) | {
        "period": texts.text("period_sheet.period", period=facts.period),
        "unit": texts.text("period_sheet.unit", name=facts.unit_name),
        "columns": [texts.text(f"period_sheet.column.{name}") for name in _COLUMNS],
        "tables": [
            {"title": title, "rows": list(_table(facts.total, rows, texts))}
            for title, rows in facts.tables
        ],
        "dissuasions": _dissuasions(facts.dissuasions, texts),
        "note": texts.text("period_sheet.note"),
    }


def _dissuasions(apart: Dissuasions, texts: FormTexts) -> str:
    """A sentence of its own: they accuse nobody. "" where there was none."""
    if not apart.count:
        return ""
    saved = format_yuan(apart.saved_fen)
    return texts.text(
        "period_sheet.dissuasions", count=apart.count, calls=apart.calls, stopped=apart.stopped,
        open=apart.open, saved=saved,
    )  # fmt: skip


def _table(
    total: Totals, rows: Iterable[tuple[str, Totals]], texts: FormTexts
) -> Iterable[FormValue]:
    for name, totals in (*rows, (texts.text("period_sheet.column.total"), total)):
        yield [_text(name, totals, column, texts) for column in _COLUMNS]


def _text(name: str, totals: Totals, column: str, texts: FormTexts) -> str:
    if column == "name":
        return name
    if column == "reports":
        return str(totals.reports)
    if column in _MONEY:
        fen: int = getattr(totals, f"{column}_fen")
        return format_yuan(fen)
    if column == "share":
        return f"{totals.share:.1%}" if totals.share is not None else ""
    usual, slow = getattr(totals.pace, column), getattr(totals.slow, column)
    return " / ".join(filter(None, (_span(usual, texts), _span(slow, texts))))


def _span(span: timedelta | None, texts: FormTexts) -> str:
    if span is None:
        return ""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    if minutes >= 60:
        return texts.text("period_sheet.hours", count=minutes // 60, minutes=minutes % 60)
    if minutes:
        return texts.text("period_sheet.minutes", count=minutes)
    return texts.text("period_sheet.seconds", count=seconds)


def statistics_workbook(facts: StatisticsSheetFacts, texts: FormTexts) -> bytes:
    """One sheet a table, amounts as numbers of yuan, times as minutes: to be reckoned with. The last sheet says whose
    numbers they are and of when, as the file may go round without its letter."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - forty modules, for whoever saves one

    target = io.BytesIO()
    book = Workbook(target, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#E8ECF1", "border": 1})
    formats = {
        "money": book.add_format({"num_format": "#,##0.00"}),
        "share": book.add_format({"num_format": "0.0%"}),
        "span": book.add_format({"num_format": "0.0"}),
    }
    for title, rows in facts.tables:
        sheet = book.add_worksheet(title[:31])
        for at, column in enumerate(_NUMBERS):
            sheet.write_string(0, at, _heading(column, texts), head)
            sheet.set_column(at, at, 22 if column == "name" else 14)
        sheet.freeze_panes(1, 1)
        total = (texts.text("period_sheet.column.total"), facts.total)
        for line, (name, totals) in enumerate((*rows, total), 1):
            sheet.write_string(line, 0, name)
            for at, column in enumerate(_NUMBERS[1:], 1):
                value, look = _number(totals, column)
                if value is not None:
                    sheet.write_number(line, at, value, formats.get(look))
    if facts.dissuasions.count:
        _add_dissuasions(book, facts.dissuasions, texts, (head, formats["money"]))
    about = book.add_worksheet(texts.text("period_sheet.about"))
    about.set_column(0, 0, 100)
    for line, text in enumerate(_about(facts, texts)):
        about.write_string(line, 0, text)
    book.close()
    return target.getvalue()


def _add_dissuasions(
    book: Workbook, apart: Dissuasions, texts: FormTexts, formats: tuple[Format, Format]
) -> None:
    head, money = formats
    sheet = book.add_worksheet(texts.text("period_sheet.dissuasion.title"))
    for at, name in enumerate(_DISSUASIONS):
        sheet.write_string(0, at, texts.text(f"period_sheet.dissuasion.{name}"), head)
        sheet.set_column(at, at, 14)
        sheet.write_number(1, at, getattr(apart, name))
    at = len(_DISSUASIONS)
    sheet.write_string(0, at, texts.text("period_sheet.dissuasion.saved"), head)
    sheet.set_column(at, at, 18)
    sheet.write_number(1, at, apart.saved_fen / 100, money)


def _about(facts: StatisticsSheetFacts, texts: FormTexts) -> tuple[str, ...]:
    return (
        texts.text("period_sheet.unit", name=facts.unit_name),
        texts.text("period_sheet.period", period=facts.period),
        texts.text("period_sheet.note"),
    )


def _heading(column: str, texts: FormTexts) -> str:
    """A number of minutes must say that it is one."""
    name = texts.text(f"period_sheet.column.{column}")
    return (
        texts.text("period_sheet.in_minutes", name=name)
        if column.removeprefix("slow_") in _SPANS
        else name
    )


def _number(totals: Totals, column: str) -> tuple[float | None, str]:
    if column == "reports":
        return totals.reports, ""
    if column in _MONEY:
        fen: int = getattr(totals, f"{column}_fen")
        return fen / 100, "money"
    if column == "share":
        return totals.share, "share"
    pace = totals.slow if column.startswith("slow_") else totals.pace
    span: timedelta | None = getattr(pace, column.removeprefix("slow_"))
    return (span.total_seconds() / 60 if span is not None else None), "span"
