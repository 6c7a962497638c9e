"""Statistics: reports, losses, what was held, how quick; by type, unit, day or channel, over a period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.case_file.statistics import GroupBy, Totals
from desktop.domain.cases.dissuasion import NO_DISSUASIONS
from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.domain.time.local_time import CHINA
from desktop.services.ports import Pdf, StatisticsSheetFacts
from desktop.services.read_register import RegisterWish
from desktop.services.read_statistics import Span, Statistics, read_figures, read_statistics
from desktop.services.session import Session
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    tick,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_folder, choose_target
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.empty_state import EmptyState
from desktop.ui.shared.widgets.pages.tile import Tile
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.measured_time import span_text
from desktop.ui.statistics.bar_chart import BarChart

_WHOLE: Final = "whole"


def ask_register(
    kit: Kit, parent: QWidget, cases: tuple[CaseId, ...], chosen: Callable[[RegisterWish], None]
) -> FormDialog:
    """Ask for the folder, and whether personal numbers are to stand in full."""
    about = FormText("statistics.register_dialog.about", params={"count": len(cases)})
    rows = (about, Input(_WHOLE, "statistics.register_dialog.whole", tick))
    form = Form(
        "register", "statistics.register_dialog.title", "statistics.register_dialog.accept", rows, closes=True
    )  # fmt: skip

    def choose(filled: FilledForm) -> None:
        def give(folders: tuple[Path, ...]) -> None:
            chosen(RegisterWish(cases, folders[0], filled.ticked(_WHOLE)))

        choose_folder(kit, parent, "statistics.register_dialog.folder", give)

    dialog = FormDialog(kit, parent, form)
    dialog.given.connect(choose)
    dialog.open()
    return dialog


_WIDTHS = {
    "reports": 70, "loss": 112, "stopped": 122, "share": 68, "frozen": 112, "returned": 122,
    "to_order": 140, "to_stop": 140, "to_freeze": 140,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatisticsRow:
    """``name`` as shown."""

    key: str
    name: str
    totals: Totals


class StatisticsTable(Listing[StatisticsRow]):
    """One row a type, unit, day or channel."""

    def __init__(self, kit: Kit) -> None:
        column = "documents.period_sheet.column"

        def figure(name: str, text: Callable[[StatisticsRow], str]) -> TableColumn[StatisticsRow]:
            return TableColumn(name, f"{column}.{name}", text, align_right=True, digits=True)

        columns = (
            TableColumn("name", f"{column}.name", _name, tip=_name, keeps=Keeps.END),
            figure("reports", lambda row: str(row.totals.reports)),
            figure("loss", lambda row: _yuan(row.totals.loss_fen)),
            figure("stopped", lambda row: _yuan(row.totals.stopped_fen)),
            figure("share", _share),
            figure("frozen", lambda row: _yuan(row.totals.frozen_fen)),
            figure("returned", lambda row: _yuan(row.totals.returned_fen)),
            figure("to_order", lambda row: self._spans(row, "to_order")),
            figure("to_stop", lambda row: self._spans(row, "to_stop")),
            figure("to_freeze", lambda row: self._spans(row, "to_freeze")),
        )
        super().__init__(kit, "statistics_table", "statistics.table", columns, _key, _WIDTHS)

    def _spans(self, row: StatisticsRow, name: str) -> str:
        """The median and what nine of ten kept."""
        both: tuple[timedelta | None, ...] = (
            getattr(row.totals.pace, name),
            getattr(row.totals.slow, name),
        )
        texts = self._kit.texts
        return " / ".join(span_text(texts, span) for span in both if span is not None)


def _key(row: StatisticsRow) -> str:
    return row.key


def _name(row: StatisticsRow) -> str:
    return row.name


def _yuan(fen: int) -> str:
    return yuan(fen) if fen else ""


def _share(row: StatisticsRow) -> str:
    share = row.totals.share
    return f"{share:.0%}" if share is not None else ""


class Period(StrEnum):
    """``WEEK`` begins on Monday."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    ALL = "all"


def span_of(period: Period, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until before when; None is open."""
    day = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    first = day.replace(day=1)
    match period:
        case Period.TODAY:
            return day, None
        case Period.WEEK:
            return day - timedelta(days=day.weekday()), None
        case Period.MONTH:
            return first, None
        case Period.LAST_MONTH:
            return (first - timedelta(days=1)).replace(day=1), first
        case Period.YEAR:
            return first.replace(month=1), None
        case Period.ALL:
            return None, None


_TILES = ("reports", "loss", "stopped", "returned", "to_order", "to_stop", "to_freeze")
_PACE = ("to_order", "to_stop", "to_freeze")
_UNKNOWN = "—"
"""Until something was read: a nought would be a claim."""


WriteWorkbook = Callable[[Session, StatisticsSheetFacts, Path], None]
WriteRegister = Callable[[Session, RegisterWish, Progress], tuple[Path, ...]]


@dataclass(frozen=True, slots=True)
class StatisticsOfPeriod:
    """What was read for a period, added up."""

    period: Period
    read: Statistics


def _read_period(session: Session, period: Period, progress: Progress) -> StatisticsOfPeriod:
    return StatisticsOfPeriod(period, read_statistics(session, progress, partial(span_of, period)))


class StatisticsScreen(ListPage[StatisticsOfPeriod]):
    """Ctrl+E exports the tables by ``write_workbook``, as xlsx, Ctrl+Shift+E the register of the counted cases by
    ``write_register``; Ctrl+P prints the sheet of the period."""

    of_reckoned_cases = True

    def __init__(
        self,
        kit: Kit,
        session: Session,
        type_name: Callable[[str], str],
        open_paper: Callable[[Pdf, str], None],
        write_workbook: WriteWorkbook,
        write_register: WriteRegister,
    ) -> None:
        super().__init__(kit, "statistics.title", "statistics", "statistics.keys.title")
        self._session = session
        self._write_workbook = write_workbook
        self._write_register = write_register
        self._type_name = type_name
        self._open_paper = open_paper
        self._read: StatisticsOfPeriod | None = None
        self._file = Path()
        self._tiles = {name: Tile(kit, f"statistics.tile.{name}") for name in _TILES}
        self._period = self._choice("period", "statistics.period_label", tuple(Period))
        self._period.set_value(Period.MONTH)
        self._by = self._choice("by", "statistics.by_label", tuple(GroupBy))
        self._export = self.add("statistics.export", "Ctrl+E", self._choose_file)
        self._register = self.add("statistics.register", "Ctrl+Shift+E", self._ask_register)
        self._print = self.add("statistics.print", "Ctrl+P", self._print_sheet)
        self.chart = BarChart(kit)
        self.table = StatisticsTable(kit)
        self._stack = QStackedWidget()
        self._figures, self._unread = Card(kit), QWidget()
        self._alone = Label(kit, role="small")
        self._alone.setObjectName("statistics_alone")
        self._objections = Label(kit, role="small")
        self._objections.setObjectName("statistics_objections")
        self._dissuasions = Label(kit, role="small", ink="muted")
        self._dissuasions.setObjectName("statistics_dissuasions")
        self._none = EmptyState(kit, "table", "statistics.none")
        self._build()
        self._connect()
        self._show()

    def work(self) -> Callable[[Progress], StatisticsOfPeriod]:
        """The figures of the period."""
        period = Period(self._period.value())
        return partial(_read_period, self._session, period)

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def show_view(self, view: StatisticsOfPeriod) -> None:
        """Show a reading."""
        self._read = view
        self._show()

    def _choice(
        self, name: str, label: str, values: tuple[Period, ...] | tuple[GroupBy, ...]
    ) -> Segmented:
        options = [Option(value.value, key=f"statistics.{name}.{value.value}") for value in values]
        return Segmented(self.kit, options, f"statistics_{name}", label)

    def _build(self) -> None:
        kit = self.kit
        choices = Row(kit)
        choices.addWidget(self._period)
        choices.addStretch(1)
        choices.addWidget(Button.of(kit, self._export, icon="table", name="statistics_export"))
        choices.addWidget(Button.of(kit, self._register, icon="table", name="statistics_register"))
        choices.addWidget(Button.of(kit, self._print, icon="print", name="statistics_print"))
        self.body.addLayout(choices)
        self.body.addWidget(self.banner)
        tiles = Row(kit, gap="card_gap")
        for tile in self._tiles.values():
            tiles.addWidget(tile, 1)
        self.body.addLayout(tiles)
        card = self._figures
        head = Row(kit)
        head.addWidget(self._by)
        head.addStretch(1)
        head.addWidget(self._alone)
        head.addWidget(self._objections)
        head.addWidget(self._dissuasions)
        head.addWidget(Label(kit, "statistics.spans", role="small", ink="muted"))
        for ink, name in (("red", "loss"), ("green", "stopped")):
            head.addWidget(Label(kit, "statistics.legend", role="small", ink=ink))
            head.addWidget(Label(kit, f"statistics.tile.{name}", role="small", ink="muted"))
        card.body.addLayout(head)
        card.body.addWidget(self.chart, 2)
        card.body.addWidget(self.table, 3)
        for page in (self._unread, card, self._none):
            self._stack.addWidget(page)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._period.chosen.connect(self.reload)
        self._by.chosen.connect(self._show)
        self.kit.texts.changed.connect(self._show)

    def _rows(self, by: GroupBy) -> tuple[StatisticsRow, ...]:
        return tuple(
            StatisticsRow(key, self._name(by, key), found)
            for key, found in (self._read.read.rows[by] if self._read is not None else ())
        )

    def _show(self) -> None:
        by = GroupBy(self._by.value())
        rows = self._rows(by)
        self._show_tiles()
        self.table.show_rows(rows)
        shown = self._figures if rows else self._none
        self._stack.setCurrentWidget(self._unread if self._read is None else shown)
        for action in (self._export, self._register, self._print):
            action.set_enabled(enabled=bool(rows))
        if rows:
            draw = self.chart.show_days if by is GroupBy.DAY else self.chart.show_rows
            draw([(row.name, row.totals.loss_fen, row.totals.stopped_fen) for row in rows])

    def _show_tiles(self) -> None:
        if self._read is None:
            for tile in self._tiles.values():
                tile.show_figure(_UNKNOWN, share=_UNKNOWN, slow=_UNKNOWN)
            return
        total = self._read.read.total
        self._alone.set_key("statistics.alone", count=total.alone, open=total.unconfirmed)
        self._alone.setVisible(bool(total.alone))
        self._alone.set_ink("amber" if total.unconfirmed else "muted")
        self._objections.set_key(
            "statistics.objections",
            count=total.objections,
            upheld=total.upheld,
            open=total.undecided,
        )
        self._objections.setVisible(bool(total.objections))
        self._objections.set_ink("amber" if total.undecided else "muted")
        apart = self._read.read.dissuasions
        self._dissuasions.set_key(
            "statistics.dissuasions",
            count=apart.count,
            calls=apart.calls,
            stopped=apart.stopped,
            open=apart.open,
            saved=yuan(apart.saved_fen),
        )
        self._dissuasions.setVisible(bool(apart.count))
        share = round((total.share or 0) * 100)
        self._tiles["reports"].show_figure(total.reports)
        self._tiles["loss"].show_figure(yuan(total.loss_fen))
        self._tiles["stopped"].show_figure(yuan(total.stopped_fen), share=share)
        self._tiles["returned"].show_figure(yuan(total.returned_fen))
        for name in _PACE:
            tile, slow = self._tiles[name], getattr(total.slow, name)
            tile.show_figure(
                self._span(getattr(total.pace, name)),
                slow=self._span(slow) if slow is not None else _UNKNOWN,
            )

    def _span(self, span: timedelta | None) -> str:
        if span is None:
            return self.kit.texts.text("statistics.tile.none")
        return span_text(self.kit.texts, span)

    def _name(self, by: GroupBy, key: str) -> str:
        texts = self.kit.texts
        if not key:
            return texts.text("statistics.unknown")
        if by is GroupBy.TYPE:
            return self._type_name(key)
        if by is GroupBy.CHANNEL:
            return texts.text(f"documents.channel.{key}")
        if by is GroupBy.UNIT and self._read is not None:
            return self._read.read.units.get(key, key)
        return key

    def _facts(self) -> StatisticsSheetFacts:
        texts = self.kit.texts
        read = self._read
        own = read.read.unit_name if read is not None else ""
        return StatisticsSheetFacts(
            own,
            self._period_text(),
            read.read.total if read is not None else Totals(),
            tuple(
                (
                    texts.text(f"statistics.by.{by.value}"),
                    tuple((row.name, row.totals) for row in self._rows(by)),
                )
                for by in GroupBy
            ),
            read.read.dissuasions if read is not None else NO_DISSUASIONS,
        )

    def _period_text(self) -> str:
        """With its days: who reads a sheet later does not know what "this month" was."""
        words, shown = self.kit.texts, self._read
        period = shown.period if shown is not None else Period(self._period.value())
        name = words.text(f"statistics.period.{period.value}")
        if shown is None:
            return name
        start, end = span_of(period, shown.read.at)
        last = (end - timedelta(days=1)) if end is not None else shown.read.at
        days = [f"{day.astimezone(CHINA):%Y-%m-%d}" for day in (start, last) if day is not None]
        key = "statistics.days" if start is not None else "statistics.until"
        return words.text(key, name=name, start=days[0], end=days[-1])

    def _choose_file(self) -> None:
        name = self.kit.texts.text("statistics.file")
        choose_target(self.kit, self, "statistics.choose", name, self.export_to)

    def export_to(self, paths: tuple[Path, ...]) -> None:
        """Write the tables there."""
        self._file = paths[0]
        work = partial(_write, self._write_workbook, self._session, self._facts(), self._file)
        self.kit.runner.start("files", work, self._exported, self.fail)

    def _exported(self, _nothing: None) -> None:
        self.banner.show_key(Tone.OK, "statistics.exported", file=str(self._file))

    def _ask_register(self) -> None:
        """The register is of the cases that were counted, by the period shown at its instant."""
        shown = self._read
        if shown is not None:
            span = span_of(shown.period, shown.read.at)
            work = partial(_counted_cases, self._session, span)
            self.kit.runner.start("survey", work, self._ask_folder, self.fail)

    def _ask_folder(self, cases: tuple[CaseId, ...]) -> None:
        ask_register(self.kit, self, cases, self._write_register_to)

    def _write_register_to(self, wish: RegisterWish) -> None:
        self._file = wish.folder
        work = partial(self._write_register, self._session, wish)
        self.kit.runner.start("files", work, self._registered, self.fail)

    def _registered(self, written: tuple[Path, ...]) -> None:
        names = self.kit.texts.text("statistics.and").join(path.name for path in written)
        self.banner.show_key(Tone.OK, "statistics.registered", files=names, folder=str(self._file))

    def _print_sheet(self) -> None:
        if self._read is not None:
            work = work_of(self._session.sheets.sheet, self._facts(), self._read.read.at)
            self.kit.runner.start("files", work, self._printed, self.fail)

    def _printed(self, pdf: Pdf) -> None:
        self._open_paper(pdf, self.kit.texts.text("statistics.title"))


def _counted_cases(session: Session, span: Span, progress: Progress) -> tuple[CaseId, ...]:
    figures = read_figures(session, progress, span)
    return tuple(CaseId(item.case) for item in figures.cases)


def _write(
    write: WriteWorkbook,
    session: Session,
    facts: StatisticsSheetFacts,
    path: Path,
    progress: Progress,
) -> None:
    progress.check()
    write(session, facts, path)
