"""Page 止付要素: how the money went out. This page alone suffices for a stop."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.victim import VICTIM_FIELDS
from desktop.domain.field_table import Typed
from desktop.services.cases.drafts import blank_transfer
from desktop.services.cases.read_form import bank_of, group_account
from desktop.services.session import Session
from desktop.ui.intake.amounts_line import AmountsLine
from desktop.ui.intake.form_fields import FormFields
from desktop.ui.intake.form_model import FormModel
from desktop.ui.intake.masked_completion import MaskedCompletion
from desktop.ui.intake.masked_numbers import MaskedNumbers
from desktop.ui.intake.same_account import SameAccounts
from desktop.ui.intake.settle import Settles, id_number, phone
from desktop.ui.intake.transfers.card import TransferCard
from desktop.ui.intake.transfers.removal import TransferRemoval
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button
from desktop.ui.shared.widgets.card import Column, Row, let_go
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import TextField

_KEYS = "intake.keys.money"


class MoneyPage(WizardPage):
    """The victim in one row, then the transfers; one of them is open, the others show one row."""

    slip_wanted = Signal(object, int)
    """The slip for the paying bank, of that form and transfer."""

    title_key = "intake.money.title"
    detail_key = "intake.money.subtitle"

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        session: Session,
        same: SameAccounts,
        masked: MaskedNumbers,
    ) -> None:
        super().__init__(kit, fields)
        self._model = model
        self._session = session
        self._same = same
        self._masked = masked
        self._completion = MaskedCompletion(self, model, fields, session, masked)
        self._completion.slip_wanted.connect(self.slip_wanted)
        self._completion.completed.connect(self._completed)
        self._settles = Settles(kit.ticks.now, group_account)
        self._orders: Mapping[str, str] = {}
        self._mismatches: frozenset[str] = frozenset()
        self._removal = TransferRemoval(kit, self, model, partial(blank_transfer, session))
        self._cards: list[TransferCard] = []
        self.body.addLayout(self._victim())
        self._list = Column(kit, gap="space_s")
        self.body.addLayout(self._list)
        actions = self._add_actions()
        self.body.addLayout(actions)
        self.amounts = AmountsLine(kit, fields, self._settles)
        self.body.addWidget(self.amounts)
        self.body.addStretch(1)
        self._sync()
        model.rows_changed.connect(self._rows_changed)
        model.replaced.connect(self._replaced)
        model.changed.connect(self._changed)
        same.found.connect(self._show_seen)
        masked.found.connect(self._show_possible)

    @property
    def cards(self) -> tuple[TransferCard, ...]:
        """The transfers, in their order."""
        return tuple(self._cards)

    def first_focus(self) -> QWidget:
        """The victim's name."""
        return self._name

    def reveal(self, path: str) -> Field | None:
        """Open the transfer if its field does not show."""
        head, _, rest = path.partition(".")
        index, _, name = rest.partition(".")
        if head == "transfers" and index.isdigit() and int(index) < len(self._cards):
            return self._cards[int(index)].reveal(name)
        return super().reveal(path)

    def set_orders(
        self, orders: Mapping[str, str], held: Mapping[str, str], mismatches: frozenset[str]
    ) -> None:
        """Numbers of the stops that were ordered, by id of their transfer; ``held``: of every order, by what it is
        about; ``at_odds``: of those that say something else than the case."""
        self._orders, self._removal.held, self._mismatches = orders, held, mismatches
        self._show_orders()

    def add_transfer(self) -> None:
        """Open a new transfer and begin with its time."""
        self._model.add_transfer(blank_transfer(self._session))
        self._unfold(self._cards[-1])
        self._cards[-1].field("time").setFocus()
        self.shown_wanted.emit(self._cards[-1])

    def toggle_fold(self) -> None:
        """Fold or open the transfer the keyboard is in."""
        card = self._current()
        if card is not None and len(self._cards) > 1:
            card.toggle()
            card.field("time").setFocus()
            self.shown_wanted.emit(card)

    def cycle_certainty(self) -> None:
        """The next answer to where the field with the keyboard was read."""
        card = self._current()
        if card is not None:
            card.cycle_certainty(self.fields.path_of(self.focusWidget()).rpartition(".")[2])

    def current_number(self) -> str:
        """Path of the payee's account, of the transfer the keyboard is in or the one that is open."""
        opened = (card for card in self._cards if not card.folded)
        card = self._current() or next(opened, None)
        return f"transfers.{card.index}.payee_account" if card is not None else ""

    def remove_current(self) -> None:
        """Take out the transfer the keyboard is in."""
        card = self._current()
        if card is not None:
            self._remove_wanted(card)

    def toggle_attempted(self) -> None:
        """Say that the transfer the keyboard is in failed, or take that back."""
        card = self._current()
        if card is not None:
            path = f"transfers.{card.index}.attempted"
            self._model.put(path, "" if self._model.value(path) else TICKED)

    def give_back(self) -> None:
        """Type what came back of the transfer the keyboard is in."""
        card = self._current()
        if card is not None:
            card.ask_returned()
            self.shown_wanted.emit(card)

    def complete_current(self) -> None:
        """Candidates for the masked account of the transfer the keyboard is in."""
        card = self._current()
        if card is not None:
            self._completion.ask(card.index)

    def _victim(self) -> Row:
        kit = self.kit
        row = Row(kit, gap="space_m")
        known = {item.attribute: item for item in VICTIM_FIELDS.rows}
        editors: list[QWidget] = []
        for name, share, settle in (
            ("name", 211, None), ("id_number", 295, id_number), ("phone", 232, phone),
        ):  # fmt: skip
            told = known[name]
            field = TextField(kit, told.form, told.label, digits=told.typed is Typed.NUMBER)
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.fields.add(field, told.form, settle)
            row.addWidget(field, share)
            editors.append(field.editor)
        self._name, self._last_of_victim = editors[0], editors[-1]
        return row

    def _complete(self, card: TransferCard) -> None:
        self._completion.ask(card.index)

    def _completed(self, index: int) -> None:
        self._cards[index].field("payee_account").setFocus()

    def _add_actions(self) -> Row:
        actions = self.kit.actions
        add = actions.add(self, "intake.money.add", "Ctrl++", self.add_transfer, group_key=_KEYS)
        for name, keys, handler in (
            ("intake.money.remove", "Ctrl+-", self.remove_current),
            ("intake.money.fold", "Ctrl+T", self.toggle_fold),
            ("completion.open", "Ctrl+M", self.complete_current),
            ("intake.certainty.cycle", "F7", self.cycle_certainty),
            ("amounts.toggle", "Alt+U", self.toggle_attempted),
            ("amounts.give_back", "Alt+R", self.give_back),
        ):
            actions.add(self, name, keys, handler, group_key=_KEYS)
        row = Row(self.kit, gap="space_s")
        self._add = Button.of(self.kit, add, icon="add", name="add_transfer")
        row.addWidget(self._add)
        row.addStretch(1)
        return row

    def _current(self) -> TransferCard | None:
        focused = self.focusWidget()
        return next((card for card in self._cards if card.isAncestorOf(focused)), None)

    def _rows_changed(self, part: str) -> None:
        if part == "transfers":
            self._sync()

    def _replaced(self) -> None:
        self._sync()
        for card in self._cards:
            card.reread()
        if self._cards and all(card.folded for card in self._cards):
            self._unfold(self._cards[0])

    def _changed(self, path: str) -> None:
        part, _, rest = path.partition(".")
        index = rest.partition(".")[0]
        if part == "transfers" and index.isdigit() and int(index) < len(self._cards):
            self._cards[int(index)].changed(path)

    def _sync(self) -> None:
        """As many cards as transfers; each reads the one in its place."""
        rows = self._model.form.transfers
        while len(self._cards) > len(rows):
            card = self._cards.pop()
            self.fields.drop(card.bounds())
            let_go(self._list, card)
        first = len(self._cards)
        self._cards += [self._make_card(folded=place > 0) for place in range(first, len(rows))]
        for index, (card, row) in enumerate(zip(self._cards, rows, strict=True)):
            card.set_transfer(index, row.id)
            card.set_alone(alone=len(rows) == 1)
        if sum(not card.folded for card in self._cards) > 1:
            self._unfold(self._cards[0])
        for card in self._cards[first:]:
            self._list.addWidget(card)
            card.grown.connect(self._chain)
        self._chain()
        self._show_orders()
        self._show_seen()
        self._show_possible()

    def _make_card(self, *, folded: bool) -> TransferCard:
        card = TransferCard(
            self.kit,
            self._model,
            self.fields,
            self._settles,
            partial(bank_of, self._session),
            folded=folded,
        )
        card.remove_wanted.connect(self._remove_wanted)
        card.unfolded.connect(self._unfold)
        card.completion_wanted.connect(self._complete)
        return card

    def _chain(self) -> None:
        """Tab goes from the victim through the transfers to the button, whenever each was made."""
        before = self._last_of_victim
        for card in self._cards:
            for editor in card.editors():
                QWidget.setTabOrder(before, editor)
                before = editor
        QWidget.setTabOrder(before, self._add)

    def _unfold(self, opened: TransferCard) -> None:
        for card in self._cards:
            card.set_folded(folded=card is not opened)
        opened.show()  # its layout shows what was just added only later, too late to scroll to it

    def _remove_wanted(self, card: TransferCard) -> None:
        self._removal.ask(card.index)

    def _show_orders(self) -> None:
        for card, transfer in zip(self._cards, self._model.form.transfers, strict=False):
            number = self._orders.get(transfer.id, "")
            card.set_order(number, mismatches=number in self._mismatches)

    def _show_possible(self) -> None:
        for card, transfer in zip(self._cards, self._model.form.transfers, strict=False):
            card.set_possible(len(self._masked.candidates(transfer)))

    def _show_seen(self) -> None:
        for card, transfer in zip(self._cards, self._model.form.transfers, strict=False):
            card.set_seen(len(self._same.seen(transfer.payee_account)))
