"""The rules by which this computer counts: the way to them, and all of them, found, printed, written as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.law.rule_list import ListedRule
from desktop.services.list_rules import rule_name, value_text
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.tables.list_finder import ListFinder
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label


class RulesCard(Card):
    """``show`` opens the list."""

    def __init__(self, kit: Kit, show: Callable[[], None]) -> None:
        super().__init__(kit, "rules_list.title")
        button = Button(kit, "rules_list.open", icon="table", name="rules_open")
        button.clicked.connect(show)
        self.header.addWidget(button)
        self.body.addWidget(Label(kit, "rules_list.explain", role="small", ink="muted", wrap=True))


Rules = tuple[ListedRule, ...]
Print = Callable[[Rules], None]
"""Shows the printed list of these rules."""
Write = Callable[[Rules, Path], None]
"""Writes them as a table."""

_WIDTHS: Final = {"name": 250, "value": 120, "source": 300, "checked": 110, "doubt": 100}
_ROWS: Final = 8
_DETAIL_LINES: Final = 2
_ALL: Final = "all"
_DOUBTFUL: Final = "doubtful"


class RulesDialog(DialogFrame):
    """Opens with the keyboard in the search. Ctrl+P prints what is listed, Ctrl+E writes it as a table."""

    def __init__(
        self, kit: Kit, parent: QWidget, rules: Rules, print_rules: Print, write: Write
    ) -> None:
        super().__init__(kit, parent, "rules_list.title", width="dialog_width_reading")
        self.setObjectName("rules_dialog")
        self._rules = rules
        self._print = print_rules
        self._write = write
        self._file = Path()
        options = [Option(value, key=f"rules_list.show.{value}") for value in (_ALL, _DOUBTFUL)]
        self._which = Segmented(kit, options, "rules_which", "rules_list.which")
        self._which.chosen.connect(self._show)
        self._shown = Label(kit, role="small", ink="muted")
        self._shown.setObjectName("rules_shown")
        self.table = Listing[ListedRule](
            kit, "rules_table", "rules_list.list", self._columns(), _key, _WIDTHS
        )
        space = kit.theme.space
        self.table.setFixedHeight(
            space("table_header") + _ROWS * space("table_row") + space("space_xs")
        )
        self.table.current_changed.connect(self._tell)
        self._search = ListFinder(kit, self.table, _ROWS)
        self._search.setObjectName("rules_search")
        kit.texts.bind(self._search.setPlaceholderText, "rules_list.search")
        kit.texts.bind(self._search.setAccessibleName, "rules_list.search")
        self._search.textChanged.connect(self._show)
        self._nothing = Label(kit, "rules_list.nothing", ink="muted", wrap=True)
        self._build()
        self._show()
        self._search.setFocus()

    def _build(self) -> None:
        kit = self.kit
        self.body.addWidget(Label(kit, "rules_list.explain", role="small", ink="muted", wrap=True))
        head = Row(kit)
        head.addWidget(self._search, 1)
        head.addWidget(self._which)
        head.addWidget(self._shown)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addWidget(self._nothing)
        detail = Card(kit, panel="grey")
        self._name, self._article, self._note = (
            Label(kit, role="strong"),
            Label(kit, wrap=True),
            Label(kit, role="small", ink="muted", wrap=True),
        )
        for name, line in (("name", self._name), ("article", self._article), ("note", self._note)):
            line.setObjectName(f"rules_detail_{name}")
            detail.body.addWidget(line)
        for line in (self._article, self._note):
            # Room for the longest: the window must not jump from rule to rule.
            line.setMinimumHeight(_DETAIL_LINES * line.fontMetrics().lineSpacing())
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(detail)
        for key, name, keys, handler in (
            ("rules_list.print", "rules_print", "Ctrl+P", self._print_shown),
            ("rules_list.export", "rules_export", "Ctrl+E", self._choose_file),
        ):
            button = self.add_button(key, name=name, keys=keys, closes=False)
            button.clicked.connect(handler)
        close = self.add_button(
            "shared.close", variant=Variant.PRIMARY, name="rules_close", keys="Esc"
        )
        self.set_default(close)

    def _columns(self) -> tuple[TableColumn[ListedRule], ...]:
        words = self.kit.texts.text
        column = "rules_list.column"
        return (
            TableColumn("name", f"{column}.name", lambda item: rule_name(item.rule, words)),
            TableColumn("value", f"{column}.value", lambda item: value_text(item.rule, words)),
            TableColumn("source", f"{column}.source", _source, tip=_source),
            TableColumn("article", f"{column}.article", _article, tip=_article),
            TableColumn("checked", f"{column}.checked", _checked, digits=True),
            TableColumn("doubt", f"{column}.doubt", self._doubt, chip=True, tone=_tone),
        )

    def _doubt(self, item: ListedRule) -> str:
        return self.kit.texts.text("rules_list.doubtful") if item.doubtful else ""

    def _listed(self) -> Rules:
        words = self._search.text().split()
        text = self.kit.texts.text
        only = self._which.value() == _DOUBTFUL
        return tuple(
            item
            for item in self._rules
            if (item.doubtful or not only) and item.has(words, rule_name(item.rule, text))
        )

    def _show(self) -> None:
        listed = self._listed()
        self.table.show_rows(listed)
        if listed:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._nothing.setVisible(not listed)
        doubtful = sum(item.doubtful for item in listed)
        self._shown.set_key("rules_list.shown", count=len(listed), doubtful=doubtful)
        self._tell()

    def _tell(self) -> None:
        item = self.table.selected()
        words = self.kit.texts.text
        if item is None:
            for line in (self._name, self._article, self._note):
                line.set_text("")
            return
        rule = item.rule
        self._name.set_text(f"{rule_name(rule, words)} · {value_text(rule, words)}")
        self._article.set_text(rule.article)
        since = words("rules_list.since", day=f"{rule.valid_from}")
        checked = words("rules_list.checked_on", day=f"{rule.checked}")
        self._note.set_text(" · ".join(filter(None, (since, checked, rule.note))))

    def _print_shown(self) -> None:
        self._print(self._listed())

    def _choose_file(self) -> None:
        name = self.kit.texts.text("rules_list.file")
        choose_target(self.kit, self, "rules_list.choose", name, self._chosen)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        self._file = paths[0]
        work = work_of(self._write, self._listed(), self._file)
        self.kit.runner.start("files", work, self._written, self._failed)

    def _written(self, _nothing: None) -> None:
        toast(self.kit, self, "rules_list.exported", file=str(self._file))

    def _failed(self, error: Exception) -> None:
        present(self.kit, self, error)


def _key(item: ListedRule) -> str:
    return f"{item.rule.id} {item.rule.valid_from}"


def _source(item: ListedRule) -> str:
    return item.source


def _article(item: ListedRule) -> str:
    return item.article


def _checked(item: ListedRule) -> str:
    return f"{item.rule.checked}"


def _tone(item: ListedRule) -> Tone | None:
    return Tone.WARN if item.doubtful else None
