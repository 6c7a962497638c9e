"""A bill or statement, row by row: the officer picks what belongs to the fraud, one key takes it into the case.

An export of a chain or an exchange has a second page: the addresses and transactions in it, as leads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.cases.intake import IdentifierText
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.money.amounts import format_yuan, parse_yuan
from desktop.domain.progress import Progress
from desktop.domain.statements.coin_identifiers import CoinIdentifier
from desktop.domain.statements.packed_rows import place_of
from desktop.domain.statements.proposal import Extraction
from desktop.domain.statements.statement import MoneyDirection, Statement, StatementRow
from desktop.domain.statements.statement_filter import RowFilter
from desktop.domain.time.local_time import CHINA, read_day
from desktop.services.extraction.coin_leads import CoinLeads, coin_leads
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.mark_rows import RowMark
from desktop.services.extraction.place_proposals import Offer
from desktop.services.extraction.statement_transfers import came_in, in_other_money
from desktop.ui.extraction import row_texts
from desktop.ui.extraction.statement_table import StatementSummary, StatementTable
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.line_edit import LineEdit, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.offers_table import OffersTable
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_WIDTHS: Final = {"mark": 78, "kind": 150, "sure": 84, "target": 150}
_NONE: Final = CoinLeads(Extraction(""), ())


_REST_MS: Final = 120
"""A filter follows when the typing rests: a long statement is not searched at every letter."""
_ALL: Final = "all"


class StatementFilterBar(QWidget):
    """``changed``: ask for :meth:`value`."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._year = 0
        row = Row(kit, self, gap="space_s")
        self.text = self._line("text", 180)
        options = [Option(_ALL, "extraction.filter.all")]
        options += [Option(way, f"extraction.direction.{way}") for way in ("out", "in")]
        self.way = Segmented(kit, options, "reading_way", "extraction.way")
        self.least = self._line("least", 90)
        self.most = self._line("most", 90)
        self.since = self._line("since", 100)
        self.until = self._line("until", 100)
        self.likely = CheckBox(kit, "extraction.filter.likely", name="reading_likely")
        row.addWidget(self.text, 1)
        row.addWidget(self.way)
        for edit in (self.least, self.most, self.since, self.until):
            row.addWidget(edit)
        row.addWidget(self.likely)
        self.problems = CheckBox(kit, "extraction.filter.problems", name="reading_problems")
        self.problems.hide()
        row.addWidget(self.problems)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.changed)
        self.way.chosen.connect(self.changed)
        self.likely.toggled.connect(self.changed)
        self.problems.toggled.connect(self.changed)

    def set_year(self, year: int) -> None:
        """The year a day without one belongs to."""
        self._year = year

    def value(self, marked: frozenset[int]) -> RowFilter:
        """What is asked for; a field that cannot be read asks for nothing and is marked."""
        way = self.way.value()
        return RowFilter(
            text=self.text.text().strip(),
            direction=None if way == _ALL else MoneyDirection(way),
            least_fen=_fen(self.least),
            most_fen=_fen(self.most),
            since=self._day(self.since),
            until=self._day(self.until, days=1),
            marked_only=self.likely.isChecked(),
            problems_only=self.problems.isChecked(),
            marked=marked,
        )

    def _line(self, name: str, width: int) -> LineEdit:
        kit = self._kit
        edit = LineEdit(kit)
        edit.setObjectName(f"reading_{name}")
        edit.setMinimumWidth(width)
        kit.texts.bind(edit.setPlaceholderText, f"extraction.filter.{name}")
        kit.texts.bind(edit.setAccessibleName, f"extraction.filter.{name}")
        edit.textChanged.connect(self._typed)
        return edit

    def _typed(self) -> None:
        self._rest.start()

    def _day(self, edit: LineEdit, *, days: int = 0) -> datetime | None:
        text = edit.text().strip()
        found = read_day(text, self._year)
        set_look(edit, state="red" if text and found is None else "")
        return found + timedelta(days=days) if found is not None else None


def _fen(edit: LineEdit) -> int | None:
    text = edit.text().strip()
    if not text:
        set_look(edit, state="")
        return None
    try:
        fen = parse_yuan(text)
    except UserInputError:
        set_look(edit, state="red")
        return None
    set_look(edit, state="")
    return fen


class StatementLeads(QWidget):
    """``taken(places)``: these offers now. ``chosen_changed``: others are chosen. ``detail_changed(text)``: the line in
    which the current one stands first."""

    taken = Signal(object)
    chosen_changed = Signal()
    detail_changed = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._leads = _NONE
        self._rows: Sequence[StatementRow] = ()
        self.table = OffersTable(kit, records=False, name="reading_leads", widths=_WIDTHS)
        self.table.chosen_changed.connect(self.chosen_changed)
        self.table.taken.connect(self._take_one)
        self.table.current_changed.connect(self._tell)
        Column(kit, self).addWidget(self.table)
        self.setFocusProxy(self.table)

    @property
    def leads(self) -> CoinLeads:
        """What is shown."""
        return self._leads

    def show_leads(
        self, leads: CoinLeads, offers: Sequence[Offer], rows: Sequence[StatementRow]
    ) -> None:
        """Show these; nothing is chosen beforehand, as an export also lists what is no fraud."""
        self._leads = leads
        self._rows = rows
        self.table.show_offers(offers, but=leads.reading.loose)

    def refresh(self, offers: Sequence[Offer]) -> None:
        """The same after the form changed."""
        self.table.refresh(offers)

    def picked(self, item: Evidence, places: Sequence[int]) -> Picked:
        """The leads at ``places``, each with its line."""
        leads = tuple(self._lead(item, self.table.offers[place]) for place in places)
        return Picked(leads[0].source if leads else "", leads=leads)

    def _lead(self, item: Evidence, offer: Offer) -> IdentifierText:
        found = self._leads.of(offer.proposal)
        words = self._kit.texts.text
        source = words("extraction.source_rows", name=item.name, rows=found.row)
        origin = EvidencePlace(item.id, found.row).to_text()
        certainty = Certainty.RECEIPT.value
        return IdentifierText(
            "", found.kind, offer.text, self._note(found), certainty, source, origin
        )

    def _note(self, found: CoinIdentifier) -> str:
        return self._kit.texts.text("statement.of_chain", row=found.row, rows=found.rows)

    def _take_one(self, place: int) -> None:
        self.taken.emit((place,))

    def _tell(self, place: int | None) -> None:
        if place is None or place >= len(self.table.offers):
            self.detail_changed.emit("")
            return
        found = self._leads.of(self.table.offers[place].proposal)
        at = place_of(self._rows, found.row)
        detail = row_texts.whole(self._kit, self._rows[at]) if at >= 0 else ""
        self.detail_changed.emit("　".join(filter(None, (self._note(found), detail))))


_ROWS: Final = "rows"
_LEADS: Final = "leads"


class StatementDialog(DialogFrame):
    """``take_wanted(rows)``: take these into the case. ``columns_wanted``: the columns are to be said by hand.

    ``leads_found(leads)``: other identifiers are to be shown, see :meth:`show_leads`; ``leads_wanted(places)``: take
    these of them.
    """

    take_wanted = Signal(object)
    columns_wanted = Signal()
    leads_found = Signal(object)
    leads_wanted = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, item: Evidence, statement: Statement) -> None:
        super().__init__(kit, parent, "extraction.statement.title", width="dialog_width_reading")
        self.setObjectName("statement_dialog")
        self.title.set_key("extraction.statement.title_of", name=item.name)
        self.statement = statement
        self._marks: Mapping[int, RowMark] = {}
        self._shown = len(statement.rows)
        self._wanted: RowFilter | None = None
        self.head = StatementSummary(kit)
        self.head.show_statement(statement)
        self.body.addWidget(self.head)
        self.filter = StatementFilterBar(kit)
        self.filter.set_year(_last_year(statement))
        damaged = any(finding.code == "damaged" for finding in statement.findings)
        self.filter.problems.setVisible(damaged)
        self.body.addWidget(self.filter)
        self._switch = self._add_switch()
        self.rows = StatementTable(kit)
        self.leads = StatementLeads(kit)
        self._pages = self._add_pages()
        self._detail = ElidedLabel(kit, role="small", ink="muted")
        self._detail.setObjectName("reading_detail")
        self.body.addWidget(self._detail)
        self._banner = Banner(kit, "reading_banner")
        self.body.addWidget(self._banner)
        self._count = Label(kit, role="label")
        self._count.setObjectName("reading_count")
        self._add_buttons()
        self._listen()
        self.rows.hide_empty(statement.rows)
        self.rows.show_rows(statement.rows)
        self._count_picks()
        self.rows.setFocus()

    def _add_pages(self) -> QStackedWidget:
        pages = QStackedWidget()
        pages.addWidget(self.rows)
        pages.addWidget(self.leads)
        pages.setFixedHeight(self.kit.theme.space("reading_rows"))
        self.body.addWidget(pages)
        return pages

    def _listen(self) -> None:
        self.filter.changed.connect(self._filter)
        self.rows.picks_changed.connect(self._count_picks)
        self.rows.current_changed.connect(self._show_detail)
        self.leads.chosen_changed.connect(self._count_picks)
        self.leads.taken.connect(self.leads_wanted)
        self.leads.detail_changed.connect(self._detail.set_text)

    def set_marks(self, marks: Mapping[int, RowMark]) -> None:
        """Which rows look like payments of the case, or are in it."""
        first = not self._marks
        self._marks = marks
        self.rows.set_marks(marks)
        likely = sum(mark is RowMark.LIKELY for mark in marks.values())
        self.filter.likely.setEnabled(likely > 0)
        if first:
            self.rows.go_to_first_likely()
        self._count_picks()

    def show_leads(self, leads: CoinLeads, offers: Sequence[Offer], *, whole: bool = False) -> None:
        """The addresses and transactions of the shown rows; ``whole``: of the whole file. A file that has none has no
        page for them."""
        if whole and leads.found:
            self._switch.show()
            self._pages.setFixedHeight(self.kit.theme.space("reading_rows_switched"))
        self.leads.show_leads(leads, offers, self.statement.rows)

    def show_error(self, error: Exception) -> None:
        """Say why nothing was taken; the picks stay."""
        self._banner.show_error(error)

    def show_taken(self, count: int) -> None:
        """Say what was taken; the window stays for more."""
        self._banner.show_key(Tone.OK, "extraction.taken", count=count)

    def _add_switch(self) -> Segmented:
        options = [Option(_ROWS, "extraction.page.rows"), Option(_LEADS, "extraction.page.leads")]
        switch = Segmented(self.kit, options, "reading_page", "extraction.page.name")
        row = Row(self.kit)
        row.addWidget(switch)
        row.addStretch(1)
        self.body.addLayout(row)
        switch.chosen.connect(self._turn)
        switch.hide()
        turn = QShortcut(QKeySequence("Ctrl+I"), self)
        turn.activated.connect(self._turn_over)
        return switch

    def _turn_over(self) -> None:
        if self._switch.isVisibleTo(self):
            self._switch.set_value(_ROWS if self._on_leads else _LEADS)
            self._turn()

    def _turn(self, _page: str = "") -> None:
        page = self.leads if self._on_leads else self.rows
        self._pages.setCurrentWidget(page)
        self._keys.set_key(
            "extraction.leads.keys" if self._on_leads else "extraction.statement.keys"
        )
        self._take_button.set_key("extraction.leads.take" if self._on_leads else "extraction.take")
        self._banner.clear()
        self._count_picks()
        page.setFocus()

    @property
    def _on_leads(self) -> bool:
        return self._switch.value() == _LEADS

    def _add_buttons(self) -> None:
        kit = self.kit
        self.buttons.insertWidget(0, self._count)
        hint = Row(kit)
        self._keys = Label(kit, "extraction.statement.keys", role="hint", ink="muted")
        hint.addWidget(self._keys)
        self.buttons.insertLayout(1, hint)
        self._columns = Action(self, "extraction.columns.open", "Ctrl+M")
        self._columns.triggered.connect(self.columns_wanted)
        self.buttons.addWidget(Button.of(kit, self._columns, name="reading_columns"))
        self.add_button("shared.close", name="reading_close")
        self._take = Action(self, "extraction.take", "Ctrl+Return")
        self._take.triggered.connect(self._ask_take)
        self._take_button = Button.of(kit, self._take, variant=Variant.PRIMARY, name="reading_take")
        self.buttons.addWidget(self._take_button)
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self)
        keypad.activated.connect(self._take.trigger)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.activated.connect(self._find)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filter)
        down.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        down.activated.connect(self._to_rows)

    def _find(self) -> None:
        self.filter.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.text.selectAll()

    def _to_rows(self) -> None:
        self._pages.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self) -> None:
        likely = frozenset(row for row, mark in self._marks.items() if mark is RowMark.LIKELY)
        wanted = self._wanted = self.filter.value(likely)
        work = partial(_chosen, wanted, self.statement.rows)
        self.kit.runner.start("files", work, self._filtered, self._failed)

    def _filtered(self, found: tuple[RowFilter, Sequence[StatementRow], CoinLeads]) -> None:
        wanted, rows, leads = found
        if wanted is not self._wanted:
            return  # somebody typed on; the next answer is on its way
        self._shown = len(rows)
        self.rows.show_rows(rows)
        self.leads_found.emit(leads)
        self._count_picks()

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)

    def _count_picks(self) -> None:
        if self._on_leads:
            count, chosen = len(self.leads.table.offers), len(self.leads.table.chosen)
            self._count.set_key("extraction.leads.count", count=count, chosen=chosen)
            self._take.set_enabled(enabled=bool(chosen))
            return
        picked = self.rows.picked
        fen = sum(row.amount_fen or 0 for row in picked)
        self._count.set_key(
            "extraction.count",
            shown=self._shown,
            rows=len(self.statement.rows),
            picked=len(picked),
            amount=format_yuan(fen),
        )
        self._take.set_enabled(enabled=bool(picked))

    def _show_detail(self, row: StatementRow | None) -> None:
        if row is None:
            self._detail.set_key("extraction.nothing_shown")
            return
        detail = row_texts.whole(self.kit, row)
        if came_in(row):
            detail += "　" + self.kit.texts.text("extraction.incoming")
        elif in_other_money(row):
            detail = self.kit.texts.text("extraction.other_money") + "　" + detail
        self._detail.set_text(detail)

    def _ask_take(self) -> None:
        self._banner.clear()
        if self._on_leads:
            self.leads_wanted.emit(self.leads.table.chosen)
        else:
            self.take_wanted.emit(self.rows.picked)


def _chosen(
    wanted: RowFilter, rows: Sequence[StatementRow], _progress: Progress
) -> tuple[RowFilter, Sequence[StatementRow], CoinLeads]:
    chosen = wanted.chosen(rows)
    return wanted, chosen, coin_leads(chosen)


def _last_year(statement: Statement) -> int:
    for row in (statement.rows[-1], statement.rows[0]):
        if row.time is not None:
            return row.time.astimezone(CHINA).year
    return 0
