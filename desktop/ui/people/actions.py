"""What is done on the page of persons: confirm, add, take back, say who is one; and the next step of a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.people.person import PersonRole, TieKind, TypedTie
from desktop.domain.identifiers.documents.resident_id import resident_check_digit
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
from desktop.ui.shared.dialogs.form_dialog import (
    DIGITS,
    FilledForm,
    Form,
    FormDialog,
    FormText,
    Input,
    choice,
)
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.ordering.actions import OrderActions
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option

_RESIDENT: Final = 18
"""Signs of a resident identity number (GB 11643)."""
_OLD: Final = 15
"""Digits it had before 1999; nothing longer that is all digits is another kind of paper."""

_OWNERS: Final = {TieKind.ACCOUNT: PersonRole.HOLDER, TieKind.PHONE: PersonRole.LINE_OWNER}


class PersonDialog(FormDialog):
    """``given((case, TypedTie))``. ``known``: what is filled in beforehand; ``cases``: (case, its number) to which it
    may belong."""

    def __init__(
        self, kit: Kit, parent: QWidget, cases: Sequence[tuple[CaseId, str]], known: TypedTie
    ) -> None:
        self._known = known
        roles = [Option(role.value, f"people.role.{role.value}") for role in PersonRole]
        known_by = [Option(item.value, f"intake.certainty.{item.value}") for item in Certainty]
        kinds = [Option(kind.value, f"people.kind.{kind.value}") for kind in TieKind]
        numbers = [Option(case, text=number) for case, number in cases]
        rows = (
            (
                Input("name", "people.dialog.name", value=known.name),
                Input(
                    "identity", "people.dialog.identity", DIGITS, known.id_number,
                    then=_check_identity,
                ),
            ),
            (
                Input("role", "people.dialog.role", choice(roles), known.role.value),
                Input("certainty", "people.dialog.certainty", choice(known_by), known.certainty.value),
            ),
            (
                Input("kind", "people.dialog.kind", choice(kinds), known.kind.value, then=_follow_kind),
                Input("value", "people.dialog.value", DIGITS, known.value),
            ),
            Input("case", "people.dialog.case", choice(numbers)),
            Input("note", "people.dialog.note"),
        )  # fmt: skip
        form = Form(
            "person", "people.dialog.title", "people.dialog.accept", rows, width="dialog_width_wide"
        )
        super().__init__(kit, parent, form)
        self.fields["case"].setVisible(len(cases) > 1)
        _follow_kind(self)

    def outcome(self, filled: FilledForm) -> tuple[CaseId, TypedTie]:
        """The case, and who is tied to what."""
        known, kind = self._known, TieKind(filled["kind"])
        value = filled["value"] if kind is not TieKind.CASE else ""
        tie = TypedTie(
            name=filled["name"],
            id_number=filled["identity"],
            role=PersonRole(filled["role"]),
            kind=kind,
            value=value,
            bank=known.bank if value == known.value else "",
            certainty=Certainty(filled["certainty"]),
            note=filled["note"],
            person=known.person,
        )
        return CaseId(self.field("case", ComboField).value()), tie


def _follow_kind(dialog: FormDialog) -> None:
    """An account has a holder, a telephone an owner."""
    filled = dialog.filled()
    kind = TieKind(filled["kind"])
    dialog.fields["value"].setEnabled(kind is not TieKind.CASE)
    if kind in _OWNERS and PersonRole(filled["role"]) in _OWNERS.values():
        dialog.put("role", _OWNERS[kind].value)


def _check_identity(dialog: FormDialog) -> None:
    """One wrong digit makes another person of somebody; papers of other kinds have no check digit."""
    field = dialog.field("identity", TextField)
    number = field.value().replace(" ", "").upper()
    digits = number[:-1].isascii() and number[:-1].isdecimal()
    if not digits or len(number) <= _OLD:
        field.clear_hint()
    elif len(number) != _RESIDENT:
        field.set_hint_key(Tone.WARN, "people.dialog.length", digits=len(number))
    elif resident_check_digit(number[:-1]) != number[-1]:
        field.set_hint_key(Tone.WARN, "people.dialog.check_digit")
    else:
        field.clear_hint()


class SameDialog(FormDialog):
    """``others``: (key, name) of the other persons, and of those who were told to be this one."""

    def __init__(
        self, kit: Kit, parent: QWidget, name: str, others: Sequence[tuple[str, str]]
    ) -> None:
        verdicts = [Option(item.value, f"people.verdict.{item.value}") for item in LinkVerdict]
        rows = (
            FormText("people.same.question", ink="", params={"name": name}),
            Input("other", "people.same.other", choice([Option(key, text=text) for key, text in others])),
            Input(
                "verdict", "people.same.verdict",
                choice([*verdicts, Option("", "people.verdict.none")]),
            ),
            Input("reason", "people.same.reason"),
        )  # fmt: skip
        super().__init__(
            kit, parent, Form("person_same", "people.same.title", "people.same.accept", rows)
        )
        combo = self.field("other", ComboField).combo  # a long name is cut, the dialog is not
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


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

    def confirm(self, proposal: TieProposal) -> None:
        """Take on what a reply or the report says."""
        work = work_of(record_person, self._session, proposal.case, proposal.ties)
        self._run_alone(work, done_key="people.done.confirmed")

    def ask_person(self, cases: Sequence[tuple[CaseId, str]], known: TypedTie) -> None:
        """Somebody typed, or another tie of somebody known."""
        dialog = PersonDialog(self._kit, self._window, cases, known)
        self._ask(dialog, partial(_record, self._session), "people.done.recorded")

    def ask_withdraw(self, case: CaseId, tie: PersonId, what: str) -> None:
        """Why a tie counts no more."""
        dialog = ReasonDialog(
            self._kit, self._window, "people.withdraw", "person_withdraw", danger=True, keeps_open=True,
            what=what,
        )  # fmt: skip
        act = partial(withdraw_tie, self._session, case, tie)
        self._ask(dialog, act, "people.done.withdrawn")

    def ask_same(self, name: str, pairs: Sequence[tuple[tuple[str, str], str]]) -> None:
        """With whom somebody is one person, or is not: (the ties it is said of, who that is)."""
        ties = {"+".join(pair): pair for pair, _ in pairs}
        others = [("+".join(pair), other) for pair, other in pairs]
        dialog = SameDialog(self._kit, self._window, name, others)
        self._ask(dialog, partial(_decide, self._session, ties), "people.done.decided")

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


def _record(session: Session, given: tuple[CaseId, TypedTie]) -> None:
    case, tie = given
    record_person(session, case, (tie,))


def _decide(session: Session, ties: Mapping[str, tuple[str, str]], filled: FilledForm) -> None:
    verdict = LinkVerdict(filled["verdict"]) if filled["verdict"] else None
    decide_person(session, *ties[filled["other"]], verdict, filled["reason"])
