"""What is done on the page of persons: confirm, add, take back, say who is one; and the next step of a target."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.cases.person import PersonRole, TieKind, TypedTie
from desktop.domain.cases.transfer import Certainty
from desktop.domain.identifiers.resident_id import resident_check_digit
from desktop.domain.ids import CaseId, PersonId
from desktop.domain.orders.order import OrderKind
from desktop.domain.series.people_sheet import Missing, PeopleSheet, TieProposal
from desktop.domain.series.series import LinkVerdict
from desktop.services.flow.account_targets import AccountTargets, person_targets
from desktop.services.flow.draw_people import draw_people
from desktop.services.flow.record_person import decide_person, record_person, withdraw_tie
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option

_RESIDENT: Final = 18
"""Signs of a resident identity number (GB 11643)."""
_OLD: Final = 15
"""Digits it had before 1999; nothing longer that is all digits is another kind of paper."""

_OWNERS: Final = {TieKind.ACCOUNT: PersonRole.HOLDER, TieKind.PHONE: PersonRole.LINE_OWNER}


class PersonDialog(DialogFrame):
    """``typed(case, TypedTie)``. Stays open with everything typed until the desk has recorded it. ``known``: what is
    filled in beforehand; ``cases``: (case, its number) to which it may belong."""

    typed = Signal(object, object)

    def __init__(
        self, kit: Kit, parent: QWidget, cases: Sequence[tuple[CaseId, str]], known: TypedTie
    ) -> None:
        super().__init__(kit, parent, "people.dialog.title", wide=True)
        self.setObjectName("person_dialog")
        self._known = known
        self._banner = Banner(kit, "person_banner")
        self.name = TextField(kit, "person_name", "people.dialog.name")
        self.identity = TextField(kit, "person_identity", "people.dialog.identity", digits=True)
        self.role = ComboField(
            kit, "person_role", "people.dialog.role",
            [Option(role.value, f"people.role.{role.value}") for role in PersonRole],
        )  # fmt: skip
        self.case = ComboField(
            kit, "person_case", "people.dialog.case",
            [Option(case, text=number) for case, number in cases],
        )  # fmt: skip
        self.kind = ComboField(
            kit, "person_kind", "people.dialog.kind",
            [Option(kind.value, f"people.kind.{kind.value}") for kind in TieKind],
        )  # fmt: skip
        self.value = TextField(kit, "person_value", "people.dialog.value", digits=True)
        self.certainty = ComboField(
            kit, "person_certainty", "people.dialog.certainty",
            [Option(item.value, f"intake.certainty.{item.value}") for item in Certainty],
        )  # fmt: skip
        self.note = TextField(kit, "person_note", "people.dialog.note")
        self._build(many=len(cases) > 1)
        self._fill(known)
        self.kind.edited.connect(self._kind_chosen)
        self.identity.edited.connect(self._check_identity)
        self.name.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _build(self, *, many: bool) -> None:
        self.body.addWidget(self._banner)
        for pair in (
            (self.name, self.identity),
            (self.role, self.certainty),
            (self.kind, self.value),
        ):
            row = Row(self.kit, gap="space_m")
            for field in pair:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.case)
        self.case.setVisible(many)
        self.body.addWidget(self.note)
        self.add_button("shared.cancel", name="person_cancel")
        accept = self.add_button(
            "people.dialog.accept", variant=Variant.PRIMARY, name="person_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)

    def _fill(self, known: TypedTie) -> None:
        self.name.set_value(known.name)
        self.identity.set_value(known.id_number)
        self.role.set_value(known.role.value)
        self.kind.set_value(known.kind.value)
        self.value.set_value(known.value)
        self.certainty.set_value(known.certainty.value)
        self._kind_chosen()

    def _kind_chosen(self, _value: str = "") -> None:
        """An account has a holder, a telephone an owner."""
        kind = TieKind(self.kind.value())
        self.value.setEnabled(kind is not TieKind.CASE)
        if kind in _OWNERS and self.role.value() in {role.value for role in _OWNERS.values()}:
            self.role.set_value(_OWNERS[kind].value)

    def _check_identity(self, _text: str) -> None:
        """One wrong digit makes another person of somebody; papers of other kinds have no check digit."""
        number = self.identity.value().replace(" ", "").upper()
        digits = number[:-1].isascii() and number[:-1].isdecimal()
        if not digits or len(number) <= _OLD:
            self.identity.clear_hint()
        elif len(number) != _RESIDENT:
            self.identity.set_hint_key(Tone.WARN, "people.dialog.length", digits=len(number))
        elif resident_check_digit(number[:-1]) != number[-1]:
            self.identity.set_hint_key(Tone.WARN, "people.dialog.check_digit")
        else:
            self.identity.clear_hint()

    def _give(self) -> None:
        known = self._known
        kind = TieKind(self.kind.value())
        value = self.value.value() if kind is not TieKind.CASE else ""
        tie = TypedTie(
            name=self.name.value(),
            id_number=self.identity.value(),
            role=PersonRole(self.role.value()),
            kind=kind,
            value=value,
            bank=known.bank if value == known.value else "",
            certainty=Certainty(self.certainty.value()),
            note=self.note.value(),
            person=known.person,
        )
        self.typed.emit(CaseId(self.case.value()), tie)


class SameDialog(DialogFrame):
    """``given(key, Verdict | None, reason)``. ``others``: (key, name) of the other persons, and of those who were told
    to be this one."""

    given = Signal(str, object, str)

    def __init__(
        self, kit: Kit, parent: QWidget, name: str, others: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(kit, parent, "people.same.title")
        self.setObjectName("person_same_dialog")
        self._banner = Banner(kit, "person_same_banner")
        sentence = Label(kit, wrap=True)
        sentence.set_key("people.same.question", name=name)
        self._other = ComboField(
            kit,
            "person_other",
            "people.same.other",
            [Option(key, text=text) for key, text in others],
        )
        combo = self._other.combo  # a long name is cut, the dialog is not
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choices = [
            Option(verdict.value, f"people.verdict.{verdict.value}") for verdict in LinkVerdict
        ]
        self._verdict = ComboField(
            kit,
            "person_verdict",
            "people.same.verdict",
            [*choices, Option("", "people.verdict.none")],
        )
        self._reason = TextField(kit, "person_same_reason", "people.same.reason")
        for widget in (self._banner, sentence, self._other, self._verdict, self._reason):
            self.body.addWidget(widget)
        self.add_button("shared.cancel", name="person_same_cancel")
        accept = self.add_button(
            "people.same.accept", variant=Variant.PRIMARY, name="person_same_accept", closes=False
        )
        accept.clicked.connect(self._give)
        self.set_default(accept)
        self._other.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _give(self) -> None:
        said = self._verdict.value()
        verdict = LinkVerdict(said) if said else None
        self.given.emit(self._other.value(), verdict, self._reason.value())


class PeopleActions(DialogActions):
    """``paper_ready(pdf, title)``: to be shown by the window for printing."""

    paper_ready = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        session: Session,
        cases: Sequence[CaseId],
        window: QWidget,
        ordering: OrderActions | None,
    ) -> None:
        super().__init__(kit, window)
        self._session, self._cases = session, cases
        self._ordering = ordering
        self._kind = OrderKind.QUERY_HOLDER
        self._pairs: dict[str, tuple[str, str]] = {}
        self._tie: tuple[CaseId, PersonId] = (CaseId(""), PersonId(""))

    def confirm(self, proposal: TieProposal) -> None:
        """Take on what a reply or the report says."""
        work = work_of(record_person, self._session, proposal.case, proposal.ties)
        self._run_alone(work, done_key="people.done.confirmed")

    def ask_person(self, cases: Sequence[tuple[CaseId, str]], known: TypedTie) -> None:
        """Somebody typed, or another tie of somebody known."""
        dialog = PersonDialog(self._kit, self._window, cases, known)
        dialog.typed.connect(self._record)
        self._show(dialog, "people.done.recorded")

    def ask_withdraw(self, case: CaseId, tie: PersonId, what: str) -> None:
        """Why a tie counts no more."""
        self._tie = (case, tie)
        dialog = ReasonDialog(
            self._kit,
            self._window,
            "people.withdraw",
            "person_withdraw",
            danger=True,
            keeps_open=True,
            what=what,
        )
        dialog.given.connect(self._withdraw)
        self._show(dialog, "people.done.withdrawn")

    def ask_same(self, name: str, pairs: Sequence[tuple[tuple[str, str], str]]) -> None:
        """With whom somebody is one person, or is not: (the ties it is said of, who that is)."""
        self._pairs = {"+".join(ties): ties for ties, _ in pairs}
        others = [("+".join(ties), other) for ties, other in pairs]
        dialog = SameDialog(self._kit, self._window, name, others)
        dialog.given.connect(self._decide)
        self._show(dialog, "people.done.decided")

    def step(self, sheet: PeopleSheet, missing: Missing) -> None:
        """The form of the order that finds something out, open at once."""
        if missing.kind is None or self._ordering is None:
            return
        self._kind = missing.kind
        work = work_of(person_targets, self._session, sheet, missing)
        self._kit.runner.start("db", work, self._propose, self._failed)

    def print_page(self) -> None:
        """The page on paper."""
        work = work_of(draw_people, self._session, self._cases)
        self._kit.runner.start("db", work, self._made, self._failed)

    def _propose(self, targets: AccountTargets) -> None:
        if self._ordering is not None:
            self._ordering.propose(targets.case, self._kind, targets.abouts)

    def _made(self, pdf: Pdf) -> None:
        self.paper_ready.emit(pdf, self._kit.texts.text("people.title"))

    def _record(self, case: CaseId, tie: TypedTie) -> None:
        self._do(partial(record_person, self._session, case, (tie,)))

    def _withdraw(self, reason: str) -> None:
        self._do(partial(withdraw_tie, self._session, *self._tie, reason))

    def _decide(self, pair: str, verdict: LinkVerdict | None, reason: str) -> None:
        self._do(partial(decide_person, self._session, *self._pairs[pair], verdict, reason))
