"""A masked account: what is certain of it, what it may be, and what to do instead of guessing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.cases.account_hints import Hint
from desktop.services.cases.complete_masked import Candidate, CandidateReason
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.table import Table

_WIDTHS: Final = {"number": 250, "reason": 150}
_MOST_ROWS: Final = 6
_TONES: Final = {
    CandidateReason.THIS_REPORT: Tone.OK,
    CandidateReason.OTHER_CASE: Tone.WARN,
    CandidateReason.CHECK_DIGIT: Tone.NEUTRAL,
}


class MaskedDialog(DialogFrame):
    """``taken(number)``: a candidate was chosen; it stays a guess until the bank confirms it."""

    taken = Signal(str)
    slip_wanted = Signal()
    """The slip for the paying bank."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        shown: str,
        *,
        hint: Hint | None,
        candidates: tuple[Candidate, ...],
        group: Callable[[str], str],
    ) -> None:
        super().__init__(kit, parent, "completion.title", wide=True)
        self.setObjectName("masked_dialog")
        self._group = group
        number = Label(kit, role="figure")
        number.set_text(shown)
        self.body.addWidget(number)
        if hint is not None:
            line = Label(kit, role="body", ink="amber", wrap=True)
            line.set_key(hint.code, **hint.params)
            self.body.addWidget(line)
        self.add_button("shared.close", name="masked_close")
        self._slip = Action(self, "completion.slip", "Ctrl+P")
        self._slip.triggered.connect(self._want_slip)
        slip = Button.of(kit, self._slip, icon="print", name="masked_slip")
        self.buttons.addWidget(slip)
        if not candidates:
            self.body.addWidget(Label(kit, "completion.nothing", ink="muted", wrap=True))
            slip.set_variant(Variant.PRIMARY)
            self.set_default(slip)
            slip.setFocus()
            return
        self._offer(candidates)

    def _offer(self, candidates: tuple[Candidate, ...]) -> None:
        kit = self.kit
        self.body.addWidget(Label(kit, "completion.explain", ink="muted", wrap=True))
        self._model = RowsModel[Candidate](kit, self._columns(), _number, self)
        self._model.set_rows(candidates)
        self._table = Table[Candidate](kit, self._model, "masked_candidates")
        self._table.set_widths(_WIDTHS, stretch="case")
        kit.texts.bind(self._table.setAccessibleName, "completion.list")
        rows = min(len(candidates), _MOST_ROWS)
        space = kit.theme.space
        height = space("table_header") + rows * space("table_row") + space("space_xs")
        self._table.setFixedHeight(height)
        self._table.activated_row.connect(self._take)
        self.body.addWidget(self._table)
        take = self.add_button(
            "completion.take",
            variant=Variant.PRIMARY,
            name="masked_take",
            closes=False,
            keys="Return",
        )
        take.clicked.connect(self._take_selected)
        self.set_default(take)
        self._table.setFocus()

    def _columns(self) -> tuple[TableColumn[Candidate], ...]:
        return (
            TableColumn("number", "completion.number", self._grouped, digits=True),
            TableColumn("reason", "completion.reason", self._reason, chip=True, tone=_tone),
            TableColumn("case", "completion.case", self._case),
        )

    def _grouped(self, candidate: Candidate) -> str:
        return self._group(candidate.number)

    def _reason(self, candidate: Candidate) -> str:
        return self.kit.texts.text(f"completion.reasons.{candidate.reason.value}")

    def _case(self, candidate: Candidate) -> str:
        case = candidate.case
        if case is None:
            return ""
        day = show_local(case.accepted_at, self.kit.zone)[:10]
        return self.kit.texts.text(
            "completion.seen", unit=case.unit_name, day=day, count=candidate.cases
        )

    def _want_slip(self) -> None:
        self.reject()
        self.slip_wanted.emit()

    def _take_selected(self) -> None:
        self._take(self._table.selected())

    def _take(self, candidate: Candidate | None) -> None:
        if candidate is not None:
            self.accept()
            self.taken.emit(candidate.number)


def _number(candidate: Candidate) -> str:
    return candidate.number


def _tone(candidate: Candidate) -> Tone:
    return _TONES[candidate.reason]
