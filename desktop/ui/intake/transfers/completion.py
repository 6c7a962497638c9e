"""What follows from what was typed of a transfer: the bank of a card, the receipt's number, a masked account whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.form_facts import clean_account
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.cases.payments.way import WayKind
from desktop.domain.cases.payments.way_checks import chain_of, is_address_as_account
from desktop.domain.identifiers.money.masked_number import group_account, read_masked
from desktop.services.cases.form.account_hints import Hint
from desktop.services.cases.form.complete_masked import Candidate, CandidateReason
from desktop.services.session import Session
from desktop.ui.intake.form.choices import TWO_NUMBERS, WALLETS
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.masked_numbers import MaskedNumbers
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label


class TransferUpkeep:
    """Writes into ``transfers.<index>`` of the model; ``bank_of`` names the bank of a card."""

    def __init__(self, model: FormModel, bank_of: Callable[[str], str]) -> None:
        self._model = model
        self._bank_of = bank_of
        self._suggested = {"payer": "", "payee": ""}
        self.index = 0

    def value(self, name: str) -> str:
        """What was typed into a field of it."""
        return self._model.value(f"transfers.{self.index}.{name}")

    def attend(self, name: str, field: Field) -> None:
        """Write what follows once the field of that name is left."""
        if name == "payer_account":
            field.committed.connect(self.suggest_payer_bank)
        elif name == "payee_account":
            field.committed.connect(self.suggest_payee_bank)
            field.committed.connect(self.keep_receipt)

    def follow(self) -> None:
        """A bank that is the card's own, whoever filled it in, follows the card when another is typed."""
        for end in self._suggested:
            bank = self.value(f"{end}_bank")
            if bank and bank == self._bank_of(self.value(f"{end}_account")):
                self._suggested[end] = bank

    def suggest_payer_bank(self) -> None:
        """The bank of the payer's card."""
        self._suggest_bank("payer")

    def suggest_payee_bank(self) -> None:
        """The bank of the payee's card."""
        self._suggest_bank("payee")

    def keep_receipt(self) -> None:
        """What the receipt showed stays when a whole number takes its place."""
        typed = self.value("payee_account")
        if not typed.strip() or read_masked(typed):
            self._put("payee_masked", typed)

    @property
    def is_coin_unsaid(self) -> bool:
        """Whether an address on a chain stands where a bank's account should."""
        return is_address_as_account(self.value("way_kind"), self._address())

    def make_coin(self) -> bool:
        """Say that it is a coin's, and the chain where the address tells it; whether there was an address to go by."""
        if not self.is_coin_unsaid:
            return False
        self._put("way_kind", WayKind.COIN)
        chain = chain_of(self._address())
        if chain and not self.value("way_chain"):
            self._put("way_chain", chain)
        return True

    def _address(self) -> str:
        return clean_account(self.value("payee_account"))

    def numbers(self) -> tuple[str, str]:
        """Which number has the place in the first row, and which a row of its own (or none)."""
        channel = self.value("channel")
        main = "order_number" if channel in WALLETS else "serial"
        other = "serial" if main == "order_number" else "order_number"
        wanted = channel == TWO_NUMBERS or self.value(other)
        return main, other if wanted else ""

    def move_number(self) -> None:
        """What was typed into the box for "the number" stays in it when the box changes its name."""
        main, other = self.numbers()
        stray = self.value(other) if other else ""
        if stray and self.value("channel") != TWO_NUMBERS and not self.value(main):
            self._put(other, "")
            self._put(main, stray)

    def _suggest_bank(self, end: str) -> None:
        """The bank the card's first digits name, unless somebody typed another."""
        bank = self._bank_of(self.value(f"{end}_account"))
        if bank and self.value(f"{end}_bank") in ("", self._suggested[end]):
            self._suggested[end] = bank
            self._put(f"{end}_bank", bank)

    def _put(self, name: str, value: str) -> None:
        self._model.put(f"transfers.{self.index}.{name}", value)


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
    ) -> None:
        super().__init__(kit, parent, "completion.title", wide=True)
        self.setObjectName("masked_dialog")
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
        self._table = Listing[Candidate](
            kit, "masked_candidates", "completion.list", self._columns(), _number, _WIDTHS
        )
        self._table.show_rows(candidates)
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
        return group_account(candidate.number)

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


class MaskedCompletion(QObject):
    """``slip_wanted(form, index)``: the slip for the paying bank, of that form and transfer. ``completed(index)``."""

    slip_wanted = Signal(object, int)
    completed = Signal(int)

    def __init__(
        self,
        page: WizardPage,
        model: FormModel,
        fields: FormFields,
        session: Session,
        masked: MaskedNumbers,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._fields = fields
        self._session = session
        self._masked = masked

    def ask(self, index: int) -> None:
        """Open the candidates of transfer ``index``; nothing where its account is not masked."""
        path = f"transfers.{index}.payee_account"
        shown = self._model.value(path)
        if read_masked(shown) is None:
            return
        transfer = self._model.form.transfers[index]
        dialog = MaskedDialog(
            self._page.kit,
            self._page,
            shown,
            hint=self._fields.hints.get(path),
            candidates=self._masked.candidates(transfer),
        )
        dialog.slip_wanted.connect(partial(self._want_slip, transfer.id))
        dialog.taken.connect(partial(self._take, transfer.id))
        dialog.open()

    def _want_slip(self, transfer: str) -> None:
        form = self._model.form
        ids = [item.id for item in form.transfers]
        if transfer in ids:
            self.slip_wanted.emit(form, ids.index(transfer))

    def _take(self, transfer: str, number: str) -> None:
        """A candidate is a guess until the bank confirms it; what the receipt showed stays beside it."""
        ids = [item.id for item in self._model.form.transfers]
        if transfer not in ids:
            return
        index = ids.index(transfer)
        start = f"transfers.{index}"
        self._model.put(f"{start}.payee_masked", self._model.value(f"{start}.payee_account"))
        self._model.put(f"{start}.payee_account", group_account(number))
        self._model.put_certainty(index, "payee_account", Certainty.GUESSED.value)
        self.completed.emit(index)
