"""Fill in an order before it goes out: what it is about, its form, and what the check has to say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError
from desktop.domain.evidence.item import Evidence
from desktop.domain.orders.approval import Level
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.problems import Problem, Severity
from desktop.services.orders.order_request import OrderRequest
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.ordering.about import about_text
from desktop.ui.shared.orders.ordering.form import OrderForm
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_SHOWN = 4
"""More payments than this are only counted."""


class OrderFormDialog(DialogFrame):
    """``asked(requests, confirmed)``. Stays open with everything typed until the desk has recorded the orders."""

    asked = Signal(object, bool)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        requests: tuple[OrderRequest, ...],
        evidence: Sequence[Evidence] = (),
    ) -> None:
        kind = requests[0].kind
        broad = SPECS[kind].target is OrderTarget.NUMBER
        width = "dialog_width_form" if broad else "dialog_width_wide"
        super().__init__(kit, parent, f"orders.kind.{kind.value}", width=width)
        self.setObjectName("order_form_dialog")
        self._confirmed = False
        self._show_about(requests)
        self._banner = Banner(kit, "order_form_banner")
        self.body.addWidget(self._banner)
        self._problems = Label(kit, wrap=True)
        self._problems.setObjectName("order_problems")
        self._problems.hide()
        self.body.addWidget(self._problems)
        self.form = OrderForm(kit, requests, evidence)
        self.body.addWidget(self.form)
        spec = SPECS[requests[0].kind]
        if spec.level is not Level.NONE:
            note = Label(kit, ink="muted", wrap=True)
            key = "ordering.needs_article" if spec.article else "ordering.needs"
            level = kit.texts.text(f"ordering.level.{spec.level.value}")
            note.set_key(key, level=level, article=spec.article)
            self.body.addWidget(note)
        self.add_button("shared.cancel", name="order_form_cancel")
        self._accept = self.add_button(
            "ordering.issue", variant=Variant.PRIMARY, name="order_form_accept", closes=False
        )
        self._accept.clicked.connect(self._give)
        self.set_default(self._accept)
        self.form.edited.connect(self._reconsider)
        self.form.focus_first()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._problems.hide()
        self._banner.show_error(error)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Beside the fields what is wrong; what is only doubtful may be confirmed by pressing once more."""
        blocked = any(problem.severity is Severity.BLOCK for problem in problems)
        words = self.kit.texts
        self._problems.set_text(
            "　".join(f"• {words.text(f'problems.{problem.code}')}" for problem in problems)
        )
        self._problems.set_ink("red" if blocked else "amber")
        self._problems.show()
        self._confirmed = not blocked
        words.bind(self._accept.set_text, "ordering.issue" if blocked else "ordering.anyway")
        for problem in problems:
            field = self.form.field_of(problem.field)
            if field is not None:
                tone = Tone.BAD if problem.severity is Severity.BLOCK else Tone.WARN
                field.set_state(tone)
        first = next((self.form.field_of(p.field) for p in problems), None)
        if blocked and first is not None:
            first.setFocus()

    def _show_about(self, requests: tuple[OrderRequest, ...]) -> None:
        lines = [about_text(self.kit, request) for request in requests[:_SHOWN]]
        what = Label(self.kit, role="strong", wrap=True)
        what.setObjectName("order_about")
        more = len(requests) - len(lines)
        if more > 0:
            lines.append(self.kit.texts.text("ordering.more", count=more))
        what.set_text("\n".join(lines))
        self.body.addWidget(what)

    def _reconsider(self) -> None:
        """After a change the doubts are asked about anew."""
        self._confirmed = False
        self.kit.texts.bind(self._accept.set_text, "ordering.issue")

    def _give(self) -> None:
        self._banner.clear()
        try:
            requests = self.form.requests()
        except AppError as error:
            self.show_error(error)
            return
        self.asked.emit(requests, self._confirmed)
