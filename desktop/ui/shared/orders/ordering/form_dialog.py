"""Fill in an order before it goes out: what it is about, its form, and what the check has to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.problems import Problem, Severity
from desktop.services.orders.order_request import OrderRequest
from desktop.ui.shared.dialogs.form_dialog import (
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Rows,
    shown_text,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.ordering.about import about_text
from desktop.ui.shared.orders.ordering.form import OrderForm

_SHOWN = 4
"""More payments than this are only counted."""


class OrderFormDialog(FormDialog):
    """``given((requests, confirmed))``. Stays open with everything typed until the desk has recorded the orders."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        requests: tuple[OrderRequest, ...],
        evidence: Sequence[Evidence] = (),
    ) -> None:
        kind, self._confirmed = requests[0].kind, False
        spec = SPECS[kind]
        self._problems = shown_text(kit, FormText(name="order_problems", ink=""))
        self._problems.hide()
        self.form = OrderForm(kit, requests, evidence)
        needs = FormText(
            "ordering.needs_article" if spec.article else "ordering.needs",
            params={
                "level": kit.texts.text(f"ordering.level.{spec.level.value}"),
                "article": spec.article,
            },
        )
        rows: Rows = (
            FormText(text=_about(kit, requests), name="order_about", role="strong", ink=""),
            self._problems,
            self.form,
            *([needs] if spec.level is not Level.NONE else []),
        )
        broad = spec.target is OrderTarget.NUMBER
        form = Form(
            "order_form", f"orders.kind.{kind.value}", "ordering.issue", rows,
            width="dialog_width_form" if broad else "dialog_width_wide",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.body.insertWidget(1, self.banner)  # below what it is about
        self.form.edited.connect(self._reconsider)
        self.form.focus_first()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._problems.hide()
        super().show_error(error)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Beside the fields what is wrong; what is only doubtful may be confirmed by pressing once more."""
        blocked = any(problem.severity is Severity.BLOCK for problem in problems)
        texts = self.kit.texts
        self._problems.set_text(
            "　".join(f"• {texts.text(f'problems.{problem.code}')}" for problem in problems)
        )
        self._problems.set_ink("red" if blocked else "amber")
        self._problems.show()
        self._confirmed = not blocked
        texts.bind(self.accept_button.set_text, "ordering.issue" if blocked else "ordering.anyway")
        for problem in problems:
            field = self.form.field_of(problem.field)
            if field is not None:
                tone = Tone.BAD if problem.severity is Severity.BLOCK else Tone.WARN
                field.set_state(tone)
        first = next((self.form.field_of(p.field) for p in problems), None)
        if blocked and first is not None:
            first.setFocus()

    def _reconsider(self) -> None:
        """After a change the doubts are asked about anew."""
        self._confirmed = False
        self.kit.texts.bind(self.accept_button.set_text, "ordering.issue")

    def outcome(self, _filled: FilledForm) -> tuple[tuple[OrderRequest, ...], bool]:
        """The orders, and whether they are wanted in spite of doubts."""
        self.banner.clear()
        return self.form.requests(), self._confirmed


def _about(kit: Kit, requests: Sequence[OrderRequest]) -> str:
    lines = [about_text(kit, request) for request in requests[:_SHOWN]]
    more = len(requests) - len(lines)
    if more > 0:
        lines.append(kit.texts.text("ordering.more", count=more))
    return "\n".join(lines)
