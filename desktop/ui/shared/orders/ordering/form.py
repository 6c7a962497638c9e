"""The form of one kind of order: what its terms hold, who is to act, why, who approved it; and its dialog."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.evidence.item import Evidence
from desktop.domain.installation.officer import Officer
from desktop.domain.orders.approval import Approval, Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.machine import OrderStep
from desktop.domain.orders.money import ApplicationType, MoneyTerms
from desktop.domain.orders.number import NumberTerms
from desktop.domain.orders.sending.way_orders import called_back_way, name_key
from desktop.domain.orders.term_fields import Sort, names_of
from desktop.domain.problems import Problem, is_blocked, needs_reason
from desktop.services.orders.approve_order import TypedApproval
from desktop.services.orders.number_request import PHONES
from desktop.services.orders.order_options import Options
from desktop.services.orders.order_request import OrderRequest
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    MOMENT,
    SECRET,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    Rows,
    shown_text,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.orders.ordering.about import about_text
from desktop.ui.shared.orders.ordering.term_fields import TermFields
from desktop.ui.shared.orders.sending_problems import (
    TONES,
    ClockReason,
    DespiteField,
    problem_text,
)
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import LongTextField, TextField
from desktop.ui.shared.widgets.layout.card import Column, Row


def whom_to_ask(kit: Kit, options: Options) -> str:
    """Whom the rota names, where somebody is still to approve."""
    asks = options.approval is not None or OrderStep.APPROVE in options.steps
    officer = options.approver if asks else None
    if officer is None:
        return ""
    return kit.texts.text("ordering.on_duty", name=officer.name, number=officer.number)


def approval_form(
    kit: Kit, view: OrderView, *, refusing: bool, approver: Officer | None, own: str
) -> Form:
    """The approval itself is on paper; a second person confirms that it is there, or why it was not given. Offered
    first is the ``approver`` of the rota; ``own``: the number of the officer signed in, who needs no password."""
    way = "refuse" if refusing else "approve"
    witness = approver.number if approver is not None and approver.number != own else ""
    level = kit.texts.text(f"ordering.level.{view.order.level.value}")
    paper = (
        Input("number", "ordering.approval_number"),
        Input("at", "ordering.approved_at", MOMENT, kit.ticks.now()),
    )
    rows = (
        order_line(kit, view),
        FormText("ordering.needs", params={"level": level}),
        Input("by", "ordering.approved_by", value=approver.name if approver else "", needed=True),
        Input("reason", "ordering.refuse.reason", needed=True) if refusing else paper,
        FormText("ordering.witness.text"),
        (
            Input("witness", "ordering.witness.number", DIGITS, witness),
            Input("password", "ordering.witness.password", SECRET),
        ),
    )
    title, accept = f"ordering.{way}.title", f"ordering.{way}.accept"
    return Form("approval", title, accept, rows, danger=refusing)


def typed_approval(filled: FilledForm) -> TypedApproval:
    """What was typed of it."""
    return TypedApproval(
        filled["by"], filled["number"], filled.at("at"), filled["reason"], filled["witness"], filled["password"],
    )  # fmt: skip


def order_line(kit: Kit, view: OrderView) -> FormText:
    """Which order a form is about."""
    order = view.order
    text = f"{kind_text(kit, view)}　{target_text(order)}　{order.number}"
    return FormText(text=text, role="strong", ink="")


_A_ROW = 3
_A_BROAD_ROW = 4
"""Numbers and sites have the most fields."""
_AT_INSTITUTION = frozenset({"addressing", "pos_serial", "merchant"})
"""How a payment institution finds the money; a bank goes by the account."""
_OWN = frozenset(
    {
        "freeze.amount_fen", "addressing", "pos_serial", "merchant", "query.from_at",
        "original_application", "account_mark",
    }
)  # fmt: skip
"""What several payments do not share."""
_BY_TYPE = ("original_application", "account_mark")
"""Asked for by some types of application only."""


class OrderForm(QWidget):
    """Filled from the first of the requests; what is typed goes for all of them. ``evidence``: what the case has, to
    attach some of it.

    ``edited`` with every key. Fields carry the names of the problems they can have.
    """

    edited = Signal()

    def __init__(
        self, kit: Kit, requests: tuple[OrderRequest, ...], evidence: Sequence[Evidence]
    ) -> None:
        super().__init__()
        self._kit = kit
        self._first = requests[0]
        self._requests = requests
        self._terms = TermFields(kit, self._first.terms, self._names(), evidence, self)
        self._fields = self._terms.fields
        self.addressee = TextField(kit, "order_addressee", "ordering.addressee")
        self.second = TextField(kit, "order_second", "ordering.second", digits=True)
        self.reason = LongTextField(kit, "order_reason", "ordering.reason", lines=2)
        self.by = TextField(kit, "order_by", "ordering.approved_by")
        self.paper = TextField(kit, "order_paper", "ordering.approval_number")
        self._lay_out()
        self._terms.fill()
        self.addressee.set_value(self._first.addressee)
        self.reason.set_value(self._first.reason)
        self._show_by_type()
        self._terms.edited.connect(self._edited)
        for field in (self.addressee, self.second, self.reason, self.by):
            field.edited.connect(self._edited)

    def requests(self) -> tuple[OrderRequest, ...]:
        """The requests with what was typed.

        Raises:
            UserInputError: an amount or a number that cannot be read.
        """
        return tuple(self._one(request) for request in self._requests)

    def field_of(self, path: str) -> Field | None:
        """The field a problem is about."""
        name = path.removeprefix("order.")
        named = {"addressee": self.addressee, "approval": self.by, "second": self.second}
        if name in named:
            return named[name]
        return next((field for key, field in self._fields.items() if _short(key) == name), None)

    def fields(self) -> tuple[Field, ...]:
        """All of them, in the order of the keyboard."""
        return (*self._fields.values(), self.addressee, self.second, self.by, self.paper)

    def focus_first(self) -> None:
        """The keyboard to the first field, or the reason where there is none."""
        first = next(iter(self._fields.values()), self.reason)
        first.setFocus()

    def _names(self) -> tuple[str, ...]:
        """What is asked of several payments at once is only what they share: sums and keys stay their own."""
        terms, hidden = self._first.terms, set[str]()
        if not self._first.money.institution:
            hidden |= _AT_INSTITUTION
        if len(self._requests) > 1:
            hidden |= _OWN
        if isinstance(terms, NumberTerms) and terms.identifier_kind not in PHONES:
            hidden.add("anomalies")
        return tuple(name for name in names_of(self._first.kind) if name not in hidden)

    def _by_type(self) -> dict[str, Field]:
        """Fields that only some types of application ask for, where the type can be chosen."""
        if "application" not in self._fields:
            return {}
        return {name: self._fields[name] for name in _BY_TYPE if name in self._fields}

    def _show_by_type(self) -> None:
        """An earlier application that is known already stays in sight."""
        if "application" not in self._fields:
            return
        chosen = ApplicationType(self._fields["application"].value())
        needed = {
            "original_application": chosen.follows_bank,
            "account_mark": chosen.other_account,
        }
        for name, field in self._by_type().items():
            set_shown(field, shown=needed[name] or bool(field.value()))

    def _lay_out(self) -> None:
        column = Column(self._kit, self, gap="space_s")
        by_type = tuple(self._by_type().values())
        long = [
            field for name, field in self._fields.items() if self._terms.sort(name) is Sort.LONG
        ]
        apart = (*long, *by_type)
        for row in self._rows([field for field in self._fields.values() if field not in apart]):
            self._row(column, row)
        if by_type:
            self._row(column, by_type)
        for field in (self.addressee, self.by, self.paper):
            if field.parent() is None:
                field.setParent(self)
                field.hide()
        for widget in long:
            column.addWidget(widget)
        if self._terms.ticks:
            self._row(column, [*self._terms.ticks.values()], stretch=True)
        for wide in self._terms.wide.values():
            column.addWidget(wide)
        column.addWidget(self.reason)

    def _rows(self, short: list[Field]) -> list[list[Field]]:
        """Who holds evidence is to hand it over, and several payments go each to its own bank: nobody else is asked."""
        people: list[Field] = [self.second]
        if SPECS[self._first.kind].level is not Level.NONE:
            people += [self.by, self.paper]
        broad = isinstance(self._first.terms, NumberTerms)
        if broad:
            people = [self.addressee, *people]
        elif not isinstance(self._first.terms, EvidenceTerms) and len(self._requests) == 1:
            short = [*short, self.addressee]
        if people == [self.second]:
            short, people = [*short, self.second], []
        wide = _A_BROAD_ROW if broad else _A_ROW
        rows = [short[place : place + wide] for place in range(0, len(short), wide)]
        return [*rows, people] if people else rows

    def _row(self, column: Column, widgets: Sequence[QWidget], *, stretch: bool = False) -> None:
        row = Row(self._kit, gap="field_gap")
        for widget in widgets:
            row.addWidget(widget, 0 if stretch else 1)
        if stretch:
            row.addStretch(1)
        column.addLayout(row)

    def _one(self, request: OrderRequest) -> OrderRequest:
        terms = self._terms.typed_into(request.terms)
        if isinstance(terms, MoneyTerms):
            terms = self._without_unasked(terms)
        alone = len(self._requests) == 1
        addressee = self.addressee.value() if alone else request.addressee
        if isinstance(terms, EvidenceTerms):
            addressee = terms.holder
        return replace(
            request,
            terms=terms,
            addressee=addressee,
            reason=self.reason.value(),
            second_officer=self.second.value(),
            approval=self._approval(),
        )

    def _without_unasked(self, terms: MoneyTerms) -> MoneyTerms:
        """What was typed before the type was changed again does not go out unseen."""
        if "application" not in self._fields or terms.application.other_account:
            return terms
        return replace(terms, account_mark="")

    def _approval(self) -> Approval:
        """Given already when somebody is named; else the order waits for it."""
        if not self.by.value():
            return Approval()
        return Approval(self.by.value(), self.paper.value(), self._kit.ticks.now())

    def _edited(self, _value: object = None) -> None:
        self._show_by_type()
        self.edited.emit()


def _short(name: str) -> str:
    """The field of a problem: ``freeze_amount`` for ``freeze.amount_fen``, else the last part."""
    special = {"freeze.amount_fen": "freeze_amount", "holder_id_number": "holder_id"}
    return special.get(name, name.rpartition(".")[2])


_SHOWN = 4
"""More payments than this are only counted."""


class OrderFormDialog(FormDialog):
    """``given((requests, confirmed, reason))``, the reason for what is wrong and goes out nevertheless. Stays open with
    everything typed until the desk has recorded the orders."""

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        requests: tuple[OrderRequest, ...],
        evidence: Sequence[Evidence] = (),
    ) -> None:
        kind, self._confirmed = requests[0].kind, False
        self._wrong = False
        spec = SPECS[kind]
        self._problems = shown_text(kit, FormText(name="order_problems", ink="red"))
        self._doubts = shown_text(kit, FormText(name="order_doubts", ink="amber"))
        needed = "ordering.despite_needed"
        self.despite = DespiteField(kit, "order_despite", "ordering.despite", needed)
        self._clock = ClockReason(kit, self.despite)
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
            self._doubts,
            self.despite,
            self._clock,
            self.form,
            *([needs] if spec.level is not Level.NONE else []),
        )
        form = Form(
            "order_form", _title_key(requests), "ordering.issue", rows,
            width="dialog_width_form",
        )  # fmt: skip
        super().__init__(kit, parent, form)
        self.body.insertWidget(1, self.banner)  # below what it is about
        self._tell(())
        self.form.edited.connect(self._reconsider)
        self.form.focus_first()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._tell(())
        super().show_error(error)

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Beside the fields what is wrong, which goes out with a reason only; what is only doubtful may be confirmed by
        pressing once more. Enter alone does neither."""
        blocked = is_blocked(problems)
        texts = self.kit.texts
        self._tell(problems)
        self._confirmed = not blocked
        self._wrong = needs_reason(problems) and not blocked
        self.despite.setVisible(self._wrong)
        self._clock.show_for(problems if self._wrong else ())
        self.set_default(self.accept_button if blocked else None)
        texts.bind(self.accept_button.set_text, "ordering.issue" if blocked else "ordering.anyway")
        for problem in problems:
            field = self.form.field_of(problem.field)
            if field is not None:
                field.set_state(TONES[problem.severity])
        first = next(filter(None, (self.form.field_of(p.field) for p in problems)), None)
        back = self.findChild(Button, "order_form_cancel")
        target = first or (self.despite if self._wrong else back)
        if target is not None:
            target.setFocus()

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        """What is wrong apart from what is only doubtful: a doubt beside it is no graver for that."""
        for label, red in ((self._problems, True), (self._doubts, False)):
            own = [f"• {problem_text(self.kit, x)}" for x in problems if x.severity.red is red]
            label.set_text("　".join(own))
            label.setVisible(bool(own))

    def _reconsider(self) -> None:
        """After a change the doubts are asked about anew."""
        self._confirmed = self._wrong = False
        self.despite.hide()
        self._clock.show_for(())
        self.set_default(self.accept_button)
        self.kit.texts.bind(self.accept_button.set_text, "ordering.issue")

    def is_sound(self, filled: FilledForm) -> bool:
        """Once it is said why what is wrong goes out."""
        return super().is_sound(filled) and (not self._wrong or self.despite.is_given())

    def outcome(self, _filled: FilledForm) -> tuple[tuple[OrderRequest, ...], bool, str]:
        """The orders, whether they are wanted in spite of doubts, and why in spite of what is wrong."""
        self.banner.clear()
        reason = self.despite.value() if self._wrong else ""
        return self.form.requests(), self._confirmed, reason


def _title_key(requests: Sequence[OrderRequest]) -> str:
    """What all of them are called, call-backs by what they ask for; several kinds of those by their common name."""
    keys = {name_key(item.kind, called_back_way(item.kind, item.transfer)) for item in requests}
    return keys.pop() if len(keys) == 1 else name_key(requests[0].kind)


def _about(kit: Kit, requests: Sequence[OrderRequest]) -> str:
    lines = [about_text(kit, request) for request in requests[:_SHOWN]]
    more = len(requests) - len(lines)
    if more > 0:
        lines.append(kit.texts.text("ordering.more", count=more))
    return "\n".join(lines)
