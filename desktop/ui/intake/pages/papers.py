"""Page 文书与回执: what is printed, what was done, and the registration itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.heard_as import WITNESS_RIGHTS, has_witness
from desktop.domain.case_file.views import HistoryRow, OrderView
from desktop.domain.cases.visits import REPORT_SCRIPT, VisitScript
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
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
from desktop.services.papers.draw_form import STOP_FORM, draw_form, list_forms
from desktop.services.ports import FormSpec, Pdf
from desktop.services.session import Session
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.intake_actions import IntakeActions
from desktop.ui.intake.stop.order_papers import OrderPapers
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import second_or_day
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

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


def _forms(session: Session, _progress: Progress) -> tuple[FormSpec, ...]:
    return list_forms(session)


def _print(
    session: Session, row: IntakePaperRow, case: CaseId, _progress: Progress
) -> tuple[CaseId, Pdf, str]:
    return case, draw_form(session, row.id, case), row.title


class PapersPage(WizardPage):
    """Registering is at the top, since every paper needs the case; ``open_wanted`` leaves for its
    page."""

    title_key = "intake.papers.title"
    detail_key = "intake.papers.subtitle"

    open_wanted = Signal()

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        session: Session,
        *,
        record: CaseRecord,
        papers: OrderPapers,
        actions: IntakeActions,
    ) -> None:
        super().__init__(kit, fields)
        self._model = model
        self._session = session
        self._record = record
        self._order_papers = papers
        called = session.profile.role is InstallationRole.CENTRE
        self._next_key = "calls.registered" if called else "intake.papers.next"
        self._actions = actions
        self._printing = False
        self._infos: tuple[FormSpec, ...] = ()
        self._script = REPORT_SCRIPT
        self._register = Button.of(
            kit, actions.register, variant=Variant.PRIMARY, icon="save", name="register"
        )
        self._papers = papers_model(kit)
        self._paper_table = Table(kit, self._papers, "papers")
        self._done = done_model(kit)
        self._done_table = Table(kit, self._done, "done")
        self.body.addWidget(self._register_card())
        self.body.addLayout(self._tables(), 1)
        self._paper_table.activated_row.connect(self._print)
        record.changed.connect(self._show)
        kit.texts.changed.connect(self._show)
        self._show()

    def first_focus(self) -> QWidget:
        """Register; once that is done, the papers."""
        return self._paper_table if self._record.registered else self._register

    def entered(self) -> None:
        """Read what was done, and which papers there are."""
        self._record.refresh()
        if not self._infos:
            work = partial(_forms, self._session)
            self.kit.runner.start("db", work, self._forms_read, self._failed)

    def show_visit(self, script: VisitScript) -> None:
        """Offer the papers of a kind of visit."""
        self._script = script
        self._show()

    def offered(self) -> tuple[IntakePaperRow, ...]:
        """The papers in the table."""
        return self._papers.rows

    def _register_card(self) -> Card:
        kit = self.kit
        card = Card(kit, panel="blue")
        self._state_card = card
        row = Row(kit, gap="space_m")
        texts = Column(kit, gap="space_xs")
        self._headline = Label(kit, role="section")
        self._headline.setObjectName("register_state")
        self._number = Label(kit, role="figure")
        self._number.setObjectName("case_number")
        self._explain = Label(kit, ink="muted", wrap=True)
        for label in (self._headline, self._number, self._explain):
            texts.addWidget(label)
        row.addLayout(texts, 1)
        buttons = Column(kit, gap="space_s")
        self._open = Button(kit, "intake.papers.open", icon="arrow_right", name="open_case")
        self._open.clicked.connect(self.open_wanted)
        self._new = Button.of(kit, self._actions.begin, icon="add", name="new_report")
        for button in (self._register, self._open, self._new):
            buttons.addWidget(button)
        row.addLayout(buttons)
        card.body.addLayout(row)
        return card

    def _tables(self) -> Row:
        kit = self.kit
        row = Row(kit, gap="card_gap")
        for title, table, stretch in (
            ("intake.papers.list", self._paper_table, 1),
            ("intake.papers.log", self._done_table, 1),
        ):
            column = Column(kit, gap="space_xs")
            column.addWidget(Label(kit, title, role="section"))
            column.addWidget(table, 1)
            kit.texts.bind(table.setAccessibleName, title)
            row.addLayout(column, stretch)
        self._paper_table.set_widths({"printed": kit.theme.space("column_left")}, stretch="title")
        self._done_table.set_widths({"time": kit.theme.space("column_time")}, stretch="what")
        return row

    def _show(self) -> None:
        registered = self._record.registered
        self._state_card.set_panel("green" if registered else "blue")
        self._headline.set_key(
            "intake.papers.registered" if registered else "intake.papers.not_registered"
        )
        self._number.setVisible(registered)
        self._number.set_text(self._record.number)
        self._register.set_key("intake.papers.amend" if registered else "intake.papers.register")
        self._explain.set_key(self._next_key if registered else "intake.papers.explain")
        self._open.setVisible(registered)
        self._new.setVisible(registered)
        offered = tuple(info for info in self._infos if self._offers(info.id))
        rows = paper_rows(self.kit, offered, self._record.orders, self._record.history)
        self._papers.set_rows(rows)
        self._done.set_rows(done_rows(self._record.history))

    def _offers(self, form: str) -> bool:
        """By the kind of visit; a notice for witnesses only where somebody else than a victim tells of the case."""
        typed = self._model.form
        wanted = form not in WITNESS_RIGHTS or has_witness(typed.victim, typed.parties)
        return wanted and self._script.offers(form)

    def _forms_read(self, infos: tuple[FormSpec, ...]) -> None:
        self._infos = infos
        self._show()

    def _print(self, row: IntakePaperRow) -> None:
        if row.order is not None:
            self._order_papers.print_form(row.order.order)
            return
        if not self._record.registered:
            self._register.setFocus()
            return
        if not self._printing:  # pressed twice, it is one paper
            self._printing = True
            work = partial(_print, self._session, row, CaseId(self._model.form.case_id))
            # behind a registering that was asked for before, or it would tell the facts of before it
            self.kit.runner.start("input", work, self._printed, self._failed)

    def _printed(self, paper: tuple[CaseId, Pdf, str]) -> None:
        self._printing = False
        self._order_papers.open(*paper)
        self._record.refresh()

    def _failed(self, error: Exception) -> None:
        self._printing = False
        present(self.kit, self, error)
