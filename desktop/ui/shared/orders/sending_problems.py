"""What stands against sending, in words; the field for why it is sent nevertheless; and the question before it is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.sent_despite import SentDespite
from desktop.domain.masking import masked_text
from desktop.domain.orders.sending.sending_checks import SEVERITIES, TIME_PAST_CLOCK
from desktop.domain.problems import Problem, Severity, needs_reason
from desktop.services.orders.check_order import is_reason
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
)
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import Label

TONES = {Severity.BLOCK: Tone.BAD, Severity.WRONG: Tone.BAD, Severity.WARN: Tone.WARN}
"""Red is what nobody gets past by agreeing."""
_DESPITE = "despite"


def problem_text(kit: Kit, problem: Problem) -> str:
    """One of them."""
    return kit.texts.text(f"problems.{problem.code}", **dict(problem.params))


def codes_text(kit: Kit, codes: Iterable[str]) -> str:
    """What was wrong by its codes; one of a newer program keeps its own."""
    words = (kit.texts.text(f"problems.{code}") if code in SEVERITIES else code for code in codes)
    return kit.texts.text("case.history.comma").join(words)


def sent_despite_text(kit: Kit, sent: SentDespite, *, revealed: bool) -> str:
    """Why an order was sent although something was wrong; numbers in the reason are masked unless ``revealed``."""
    reason = sent.reason if revealed else masked_text(sent.reason)
    return kit.texts.text("ordering.sent_despite", what=codes_text(kit, sent.codes), reason=reason)


class DespiteField(TextField):
    """Why it is sent nevertheless. ``needed``: the key of what is said where nothing stands there."""

    def __init__(self, kit: Kit, name: str, label_key: str, needed: str) -> None:
        super().__init__(kit, name, label_key)
        self._needed = needed
        self.edited.connect(self.clear_hint)
        self.hide()

    def is_given(self) -> bool:
        """Whether a reason stands there; where none does, it is asked for and has the keyboard."""
        if is_reason(self.value()):
            return True
        self.set_hint_key(Tone.BAD, self._needed)
        self.setFocus()
        return False


class ClockReason(QWidget):
    """One key that writes into ``field`` that the clock of this computer is slow, and what to do about it afterwards;
    seen only where the time of a payment is ahead of the clock."""

    def __init__(self, kit: Kit, field: TextField) -> None:
        super().__init__()
        self._kit = kit
        self._field = field
        row = Row(kit, self, gap="space_s")
        self._action = Action(self, "ordering.clock_slow.fill", "Ctrl+T")
        self._action.triggered.connect(self._fill)
        row.addWidget(Button.of(kit, self._action, size=Size.COMPACT, name="clock_slow"))
        row.addWidget(
            Label(kit, "ordering.clock_slow.then", role="hint", ink="muted", wrap=True), 1
        )
        self.show_for(())

    def show_for(self, problems: Iterable[Problem]) -> None:
        """Offer it where one of them says so."""
        offered = any(problem.code == TIME_PAST_CLOCK for problem in problems)
        set_shown(self, shown=offered)
        self._action.set_enabled(enabled=offered)

    def _fill(self) -> None:
        self._field.set_value(self._kit.texts.text("ordering.clock_slow.reason"))
        self._field.clear_hint()
        self._field.setFocus()


class SendDespiteDialog(FormDialog):
    """``given(reason)``, "" where everything is only doubtful. Enter sends nothing: the way back, or the reason, has
    the keyboard."""

    def __init__(
        self, kit: Kit, parent: QWidget, title_key: str, problems: tuple[Problem, ...]
    ) -> None:
        lines = [
            FormText(
                text=f"• {problem_text(kit, item)}", ink="red" if item.severity.red else "amber"
            )
            for item in problems
        ]
        rows: Rows = (
            FormText("case.stop.doubts", params={"count": len(problems)}),
            *lines,
            *(
                [Input(_DESPITE, "ordering.despite", check=_unsaid)]
                if needs_reason(problems)
                else []
            ),
        )
        form = Form("send_despite", title_key, "case.stop.anyway", rows, danger=True, closes=True)
        super().__init__(kit, parent, form)
        self.set_default(None)
        field = self.fields.get(_DESPITE)
        if isinstance(field, TextField):
            clock = ClockReason(kit, field)
            clock.show_for(problems)
            self.body.addWidget(clock)
        else:
            back = self.findChild(Button, "send_despite_cancel")
            if back is not None:
                back.setFocus()

    def outcome(self, filled: FilledForm) -> str:
        """The reason."""
        return filled[_DESPITE]


def _unsaid(filled: FilledForm) -> str:
    return "" if is_reason(filled[_DESPITE]) else "ordering.despite_needed"
