"""Answers that could not be taken: what is wrong with each, what was written, and the two ways to settle it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.orders.sending.answer import QueuedAnswer, Trouble
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty, nothing_listed
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"order": 132}


class AnswerCard(Card):
    """A table, below it the chosen answer as it was written."""

    def __init__(self, kit: Kit, take: Action, assign: Action, aside: Action) -> None:
        super().__init__(kit, "centre.answers.title")
        self._kit = kit
        self._actions = (assign, aside)
        self.header.addWidget(Button.of(kit, take, variant=Variant.PRIMARY, name="answers_take"))
        columns: tuple[TableColumn[QueuedAnswer], ...] = (
            TableColumn("trouble", "centre.answers.trouble", self._trouble, tip=self._trouble),
            TableColumn("order", "centre.answers.order", _number, keeps=Keeps.END, tip=_number),
        )
        self.table = Listing[QueuedAnswer](
            kit, "answer_table", "centre.answers.title", columns, _key, _WIDTHS
        )
        none = nothing_listed(kit, "centre.answers.none")
        self.body.addWidget(ListOrEmpty(self.table, none, self.table.rows), 1)
        self._text = Label(kit, role="small", wrap=True)
        self._text.setObjectName("answer_text")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        content = QWidget()
        column = Column(kit, content)
        column.addWidget(self._text)
        column.addStretch(1)
        self._scroll = ScrollArea(kit, content)
        self.body.addWidget(self._scroll, 1)
        buttons = Row(kit)
        buttons.addWidget(Button.of(kit, assign, name="answers_assign"))
        buttons.addWidget(Button.of(kit, aside, name="answers_aside"))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.table.current_changed.connect(self._show)
        kit.texts.changed.connect(self._show)
        self.show_answers(())

    def show_answers(self, answers: tuple[QueuedAnswer, ...]) -> None:
        """Show what waits."""
        self.table.show_rows(answers, choose=True)
        self._show()

    def _trouble(self, item: QueuedAnswer) -> str:
        return trouble_text(self._kit, item)

    def _show(self) -> None:
        item = self.table.selected()
        self._scroll.setVisible(item is not None)
        for action in self._actions:
            action.set_enabled(enabled=item is not None)
        if item is None:
            return
        texts = self._kit.texts
        place = place_text(self._kit, item)
        lines = [trouble_text(self._kit, item), place, *_lines(self._kit, item.answer.texts)]
        if item.answer.asked and not item.order:
            lines += ["", texts.text("centre.answers.asked")]
            lines += _lines(self._kit, item.answer.asked)
        self._text.set_text("\n".join(lines))


def place_text(kit: Kit, item: QueuedAnswer) -> str:
    """Where the answer stands: the file, its sheet where it has several, the row."""
    sheet, row = item.answer.sheet, item.answer.row
    if not sheet:
        return kit.texts.text("centre.answers.place", file=item.file, row=row)
    return kit.texts.text("centre.answers.place_sheet", file=item.file, sheet=sheet, row=row)


def cells_text(kit: Kit, item: QueuedAnswer) -> str:
    """The cells that answer as they came, in one line."""
    return "　".join(_lines(kit, item.answer.texts))


def asked_text(kit: Kit, item: QueuedAnswer) -> str:
    """What the row says of an order that nobody knows yet, in one line; nothing once it is known."""
    return "" if item.order else "　".join(_lines(kit, item.answer.asked))


def _lines(kit: Kit, texts: Mapping[str, str]) -> list[str]:
    return [
        kit.texts.text("centre.element_line", name=title, value=text)
        for title, text in texts.items()
    ]


def trouble_text(kit: Kit, item: QueuedAnswer) -> str:
    """Why an answer waits: the rule's own sentence, or what could not be read and where."""
    trouble = item.answer.trouble or Trouble.RESULT
    if trouble is Trouble.RULE and item.code:
        return kit.texts.text(f"errors.{item.code}.what")
    name = kit.texts.text(f"centre.trouble.{trouble.value}")
    if not item.answer.column:
        return name
    return kit.texts.text("centre.answers.where", trouble=name, column=item.answer.column)


def _key(item: QueuedAnswer) -> str:
    return item.key


def _number(item: QueuedAnswer) -> str:
    return item.answer.number or item.answer.account
