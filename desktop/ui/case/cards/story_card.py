"""The story as it was first told and what was told since; and the dialog that takes what is told later."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.case_file.merge import MergedReport
from desktop.domain.case_file.supplement_papers import PREFIX, brought_with, heard_later
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.supplement import Supplement, SupplementSource, SupplementText
from desktop.domain.masking import masked_account, masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.form_dialog import (
    MOMENT,
    STRETCH,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
    several_lines,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.texts.label import Label

_MOST = 3
"""Transfers one supplement takes; more are another one, or typed in the wizard."""


class TransferRow(QWidget):
    """One new transfer."""

    def __init__(self, kit: Kit, number: int) -> None:
        super().__init__()
        name = f"supplement_{number}"
        self._time = DateTimeField(kit, f"{name}_time", "supplement.dialog.time")
        self._amount = TextField(kit, f"{name}_amount", "supplement.dialog.amount", digits=True)
        self._payee = TextField(kit, f"{name}_payee", "supplement.dialog.payee")
        self._account = TextField(kit, f"{name}_account", "supplement.dialog.account", digits=True)
        self._bank = TextField(kit, f"{name}_bank", "supplement.dialog.bank")
        row = Row(kit, self, gap="space_s")
        widths = (
            (self._time, 5),
            (self._amount, 3),
            (self._payee, 3),
            (self._account, 5),
            (self._bank, 4),
        )
        for field, share in widths:
            row.addWidget(field, share)

    def value(self) -> TransferText:
        """What was typed."""
        return TransferText(
            id="",
            time=self._time.value(),
            amount=self._amount.value(),
            payee_name=self._payee.value(),
            payee_account=self._account.value(),
            payee_bank=self._bank.value(),
        )

    def start(self) -> None:
        """Take the keyboard."""
        self._time.setFocus()


class SupplementDialog(FormDialog):
    """``given(SupplementText)``. Stays open with everything typed until the desk has recorded it."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        sources = [Option(one.value, f"supplement.source.{one.value}") for one in SupplementSource]
        self._transfers = Column(kit, gap="space_xs")
        self._rows = [TransferRow(kit, 1)]
        self._transfers.addWidget(self._rows[0])
        self._more = Button(
            kit, "supplement.dialog.more", size=Size.COMPACT, icon="add", name="supplement_more"
        )
        rows = (
            FormText("supplement.dialog.text"),
            (
                Input("source", "supplement.source.title", choice(sources)),
                Input("told", "supplement.dialog.told_at", MOMENT, kit.ticks.now(), needed=True),
            ),
            Input("story", "supplement.dialog.story", several_lines(4)),
            (
                FormText("supplement.dialog.transfers", role="small_strong", ink=""),
                STRETCH,
                self._more,
            ),
            self._transfers,
            Input("leads", "supplement.dialog.identifiers", several_lines(2)),
        )
        form = Form(
            "supplement", "supplement.dialog.title", "supplement.dialog.accept", rows, focus="story",
            width="dialog_width_wide", keys="Ctrl+Return", group="case.keys.title",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self._more.clicked.connect(self._add_transfer)

    def outcome(self, filled: FilledForm) -> SupplementText:
        """What was told."""
        return SupplementText(
            SupplementSource(filled["source"]),
            filled.moment("told"),
            filled["story"],
            tuple(row.value() for row in self._rows),
            filled["leads"],
        )

    def _add_transfer(self) -> None:
        row = TransferRow(self.kit, len(self._rows) + 1)
        self._rows.append(row)
        self._transfers.addWidget(row)
        self._more.setEnabled(len(self._rows) < _MOST)
        row.start()


STATEMENTS = ("statement", "administrative_statement")
LISTS = ("evidence_list", "administrative_evidence_list")
_SHOWN = 1200
"""Characters of a text that stand on the page; a pasted novel opens in a window of its own."""


class StoryCard(Card):
    """Read anew, it is rebuilt only if something was told meanwhile. ``paper_wanted(forms, subject)``: a paper about
    what was told later, of the one of these forms the unit prints."""

    paper_wanted = Signal(object, str)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "case.story.title")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_story")
        self.add = Button(
            kit, "supplement.key", size=Size.COMPACT, keys="Ctrl+B", name="case_supplement"
        )
        self.header.addWidget(self.add)
        set_shown(self.add, shown=writes)
        self._shown: object = None
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._content = Room(kit)
        self.body.addWidget(self._content)
        kit.texts.changed.connect(self._fill)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the story of a case."""
        case, merger = sheet.file.case, sheet.merger
        self._sheet, self._revealed = sheet, revealed
        facts = (
            case.id, case.narrative, sheet.file.supplements, merger.reports, len(sheet.file.evidence), revealed,
        )  # fmt: skip
        if facts != self._shown:
            self._shown = facts
            self._fill()

    def _fill(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        content = QWidget()
        column = Column(self._kit, content, gap="space_s")
        self._add_text(column, self._shown_text(sheet.file.case.narrative), "case_story_text")
        for number, item in enumerate(sheet.file.supplements, start=1):
            column.addWidget(divider(self._kit))
            self._add_supplement(column, sheet, number, item)
        for report in sheet.merger.reports:
            self._add_report(column, report)
        self._content.hold(content)

    def _add_supplement(
        self, column: Column, sheet: CaseSheet, number: int, item: Supplement
    ) -> None:
        head = Label(self._kit, role="hint", ink="muted", wrap=True)
        head.setObjectName(f"case_supplement_{number}")
        head.set_text(
            self._kit.texts.text(
                "supplement.head",
                number=number,
                at=show_local(item.reported_at, self._kit.zone)[5:16],
                source=self._kit.texts.text(f"supplement.source.{item.source.value}"),
                officer=sheet.officer(item.made_by),
            )
        )
        top = Row(self._kit)
        top.addWidget(head, 1)
        subject = f"{PREFIX}{item.id}"
        if item in heard_later(sheet.file):
            top.addWidget(self._paper_button("statement", STATEMENTS, number, subject))
        if brought_with(sheet.file, subject).evidence:
            top.addWidget(self._paper_button("list", LISTS, number, subject))
        column.addLayout(top)
        if item.text:
            self._add_text(column, self._shown_text(item.text), f"case_supplement_text_{number}")
        brought = [self._transfer(t) for t in sheet.file.transfers if t.id in item.transfers]
        brought += [
            self._shown_text(i.value) for i in sheet.file.identifiers if i.id in item.identifiers
        ]
        for text in brought:
            line = Label(self._kit, role="small", wrap=True)
            line.set_text(f"＋ {text}")
            column.addWidget(line)

    def _paper_button(self, name: str, forms: tuple[str, ...], number: int, subject: str) -> Button:
        button = Button(
            self._kit, f"supplement.{name}", size=Size.COMPACT, icon="document",
            name=f"case_supplement_{name}_{number}",
        )  # fmt: skip
        button.clicked.connect(partial(self.paper_wanted.emit, forms, subject))
        return button

    def _add_report(self, column: Column, report: MergedReport) -> None:
        case = report.file.case
        if not case.narrative:
            return
        column.addWidget(divider(self._kit))
        head = Label(self._kit, role="hint", ink="muted")
        head.set_text(self._kit.texts.text("supplement.merged", number=case.number))
        column.addWidget(head)
        self._add_text(column, self._shown_text(case.narrative), f"case_story_of_{case.id}")

    def _shown_text(self, text: str) -> str:
        """What somebody told, with the numbers and addresses in it masked until they are asked for."""
        return text if self._revealed else masked_text(text)

    def _transfer(self, transfer: Transfer) -> str:
        number = transfer.payee.number or transfer.order_number
        shown = number if self._revealed else masked_account(number)
        parts = (transfer.payee.name, transfer.payee.bank, shown)
        payee = " ".join(part for part in parts if part)
        amount = yuan(transfer.amount_fen)
        return self._kit.texts.text("supplement.transfer", amount=amount, payee=payee)

    def _add_text(self, column: Column, text: str, name: str) -> None:
        label = Label(self._kit, wrap=True, ink="" if text else "faint")
        label.setObjectName(name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not text:
            label.set_key("case.story.none" if self._writes else "case.story.none_told")
        else:
            label.set_text(text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()} …")
        column.addWidget(label)
        if len(text) > _SHOWN:
            whole = Button(
                self._kit, "", size=Size.COMPACT, variant=Variant.QUIET, name=f"{name}_whole"
            )
            whole.set_key("supplement.whole", count=f"{len(text):,}")
            whole.clicked.connect(partial(self._show_whole, text))
            column.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_whole(self, text: str) -> None:
        WholeText(self._kit, self, text).open()


class WholeText(DialogFrame):
    """A long text to be read; it is laid out only where it is looked at."""

    def __init__(self, kit: Kit, parent: QWidget, text: str) -> None:
        super().__init__(kit, parent, "supplement.whole_title", wide=True)
        self.setObjectName("whole_text_dialog")
        view = QPlainTextEdit(text)
        view.setObjectName("whole_text")
        view.setReadOnly(True)
        view.setTabChangesFocus(True)
        view.setFixedHeight(kit.theme.space("dialog_height"))
        kit.texts.bind(view.setAccessibleName, "supplement.whole_title")
        self.body.addWidget(view)
        self.add_button("shared.close", name="whole_text_close")
        view.setFocus()
