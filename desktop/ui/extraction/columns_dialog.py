"""A table nobody knows: the officer says what each column is, once for all tables with the same header."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.statements.column_choice import DAY_ORDERS, missing_columns
from desktop.domain.statements.statement import ColumnChoice, StatementColumn, TablePreview
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, IconButton, Variant
from desktop.ui.shared.widgets.input.line_edit import Combo, Option
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

_SAMPLES: Final = 5
_NONE: Final = "none"


class ColumnsDialog(DialogFrame):
    """``chosen(choice)``: read the table so. A line for each column: its name, its first cells, what it is."""

    chosen = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, item: Evidence, preview: TablePreview) -> None:
        super().__init__(kit, parent, "extraction.columns.title", width="dialog_width_columns")
        self.setObjectName("columns_dialog")
        self._preview = preview
        self._header = preview.header_row
        about = Label(kit, wrap=True, ink="muted")
        about.set_key("extraction.columns.about", name=item.name)
        self.body.addWidget(about)
        self.body.addLayout(self._head())
        self._names: list[ElidedLabel] = []
        self._samples: list[ElidedLabel] = []
        self.choices: list[Combo] = []
        content = QWidget()
        self._grid = QGridLayout(content)
        self._fill()
        area = ScrollArea(kit, content)
        area.setFixedHeight(kit.theme.space("columns_height"))
        self.body.addWidget(area)
        self._missing = Label(kit, role="label")
        self._missing.setObjectName("columns_missing")
        self.body.addWidget(self._missing)
        self._banner = Banner(kit, "columns_banner")
        self.body.addWidget(self._banner)
        self._add_buttons()
        self._show_header()
        self.choices[0].setFocus()

    def choice(self) -> ColumnChoice:
        """What is said; of two columns that are said to be the same the first counts."""
        roles: dict[StatementColumn, int] = {}
        for place, combo in enumerate(self.choices):
            if combo.value() not in ("", _NONE):
                roles.setdefault(StatementColumn(combo.value()), place)
        return ColumnChoice(self._header, roles, self._order.value())

    def show_error(self, error: Exception) -> None:
        """Say why it cannot be read so; the choices stay."""
        self._banner.show_error(error)

    def set_header(self, row: int) -> None:
        """The names stand in that row, from 1; 0 for none."""
        self._header = max(0, min(row, len(self._preview.rows) - 1))
        self._show_header()

    def _head(self) -> Row:
        kit = self.kit
        row = Row(kit, gap="space_s")
        self._at = Label(kit, role="label")
        self._at.setObjectName("columns_header")
        row.addWidget(self._at)
        for name, icon, step in (("up", "chevron_up", -1), ("down", "chevron_down", 1)):
            button = IconButton(kit, f"extraction.columns.{name}", icon, name=f"columns_{name}")
            button.clicked.connect(self._lower if step > 0 else self._higher)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(Label(kit, "extraction.columns.order", role="label", ink="muted"))
        self._order = Combo(kit)
        self._order.setObjectName("columns_order")
        self._order.set_options(
            [Option(order, f"extraction.columns.orders.{order}") for order in DAY_ORDERS]
        )
        kit.texts.bind(self._order.setAccessibleName, "extraction.columns.order")
        row.addWidget(self._order)
        return row

    def _fill(self) -> None:
        kit = self.kit
        options = [Option(_NONE, "extraction.column.none")]
        options += [
            Option(column.value, f"extraction.column.{column.value}") for column in StatementColumn
        ]
        guessed = {place: column for column, place in self._preview.guesses.items()}
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_xs"))
        ring = kit.theme.space("ring")
        self._grid.setContentsMargins(ring, ring, ring, ring)
        for place in range(len(self._preview.rows[0])):
            name, sample, combo = ElidedLabel(kit), ElidedLabel(kit, ink="muted"), Combo(kit)
            combo.set_options(options)
            combo.set_value(guessed[place].value if place in guessed else _NONE)
            combo.setMinimumWidth(kit.theme.space("columns_choice"))
            combo.setObjectName(f"columns_choice_{place + 1}")
            kit.texts.bind(combo.setAccessibleName, "extraction.columns.choice", number=place + 1)
            combo.currentIndexChanged.connect(self._judge)
            number = Label(kit, role="label", ink="muted")
            number.set_text(str(place + 1))
            for column, widget in enumerate((number, name, sample, combo)):
                self._grid.addWidget(widget, place, column)
            self._names.append(name)
            self._samples.append(sample)
            self.choices.append(combo)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 5)
        self._grid.setRowStretch(len(self.choices), 1)

    def _add_buttons(self) -> None:
        kit = self.kit
        self.buttons.insertWidget(
            0, Label(kit, "extraction.columns.keys", role="hint", ink="muted")
        )
        self.add_button("shared.cancel", name="columns_cancel")
        self._read = Action(self, "extraction.columns.read", "Ctrl+Return")
        self._read.triggered.connect(self._say)
        self.buttons.addWidget(
            Button.of(kit, self._read, variant=Variant.PRIMARY, name="columns_read")
        )
        for keys, handler in (
            ("Ctrl+Enter", self._read.trigger),
            ("Ctrl+Down", self._lower),
            ("Ctrl+Up", self._higher),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(handler)

    def _lower(self) -> None:
        self.set_header(self._header + 1)

    def _higher(self) -> None:
        self.set_header(self._header - 1)

    def _show_header(self) -> None:
        rows, header = self._preview.rows, self._header
        key = "extraction.columns.header" if header else "extraction.columns.no_header"
        self._at.set_key(key, row=header)
        below = rows[header : header + _SAMPLES]
        for place, (name, sample) in enumerate(zip(self._names, self._samples, strict=True)):
            name.set_text(rows[header - 1][place] if header else "")
            cells = [row[place] for row in below if row[place]]
            sample.set_text("　".join(cells))
        self._judge()

    def _judge(self) -> None:
        """Say what must still be pointed at."""
        self._banner.clear()
        missing = missing_columns(self.choice().roles)
        if missing:
            words = self.kit.texts.text
            parts = words("extraction.comma").join(
                words(f"extraction.columns.needs.{name}") for name in missing
            )
            self._missing.set_key("extraction.columns.missing", parts=parts)
            self._missing.set_tone(Tone.WARN)
        else:
            self._missing.set_key("extraction.columns.enough")
            self._missing.set_tone(Tone.OK)
        self._read.set_enabled(enabled=not missing)

    def _say(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self.choice())
