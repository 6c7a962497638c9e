"""Page 止付要素: how the money went out. This page alone suffices for a stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.people.victim import VICTIM_FIELDS
from desktop.domain.errors import RuleError
from desktop.domain.evidence.place import place_from_text
from desktop.domain.records.field_table import Typed
from desktop.services.cases.case_money import Money
from desktop.services.cases.form.drafts import blank_transfer
from desktop.services.cases.form.read_form import bank_of
from desktop.services.session import Session
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.masked_numbers import MaskedNumbers
from desktop.ui.intake.form.settle import Settles, id_number, phone
from desktop.ui.intake.leads.same_account import SameAccounts
from desktop.ui.intake.transfers.card import TransferCard
from desktop.ui.intake.transfers.completion import MaskedCompletion
from desktop.ui.intake.transfers.slot import TransferSlot
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.tier_texts import tier_ink, tier_texts
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.layout.card import Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import Label

_KEYS = "intake.keys.money"
_AT_ONCE = 3
"""Transfers whose cards are made at once; of more, those that come into sight."""
_ROW_HEIGHT = 88
"""Pixels that are left for a card where no other says how high it is."""


class TransferRemoval(QObject):
    """``held``: what a transfer is about (``transfer/<id>``) → the number of the order that keeps it."""

    def __init__(
        self, kit: Kit, page: QWidget, model: FormModel, blank: Callable[[], TransferText]
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._model = model
        self._blank = blank
        self._one = ""
        self._all: frozenset[str] = frozenset()
        self.held: Mapping[str, str] = {}

    def ask(self, index: int) -> None:
        """Take out a transfer; what was typed is asked about first. The last one stays."""
        rows = self._model.form.transfers
        leaving = rows[index]
        if len(rows) < 2:
            return
        ordered = self.held.get(f"transfer/{leaving.id}")
        if ordered:
            present(self._kit, self._page, RuleError("part.ordered", number=ordered))
            return
        self._one = leaving.id
        if leaving.is_blank():
            self._remove_one()
            return
        dialog = ask(
            self._kit,
            self._page,
            "intake.money.remove_title",
            "intake.money.remove_text",
            "intake.money.remove",
            self._remove_one,
            danger=True,
            number=index + 1,
        )
        self._offer_all(dialog, of_statement(rows, leaving))

    def _offer_all(self, dialog: DialogFrame, together: Sequence[TransferText]) -> None:
        """A statement that does not belong into the case is taken out in one step."""
        free = [row.id for row in together if f"transfer/{row.id}" not in self.held]
        if len(free) < 2:
            return
        self._all = frozenset(free)
        still_held = len(together) - len(free)
        question = Label(self._kit, wrap=True)
        question.setObjectName("confirm_statement")
        held = "_held" if still_held else ""
        question.set_key(f"intake.money.of_statement{held}", count=len(together), kept=still_held)
        dialog.body.addWidget(question)
        every = dialog.add_button("", variant=Variant.DANGER, name="confirm_all", closes=False)
        every.set_key(f"intake.money.remove_statement{held}", count=len(free))
        every.clicked.connect(self._remove_all)
        every.clicked.connect(dialog.reject)

    def _remove_one(self) -> None:
        self._model.remove_transfers({self._one})

    def _remove_all(self) -> None:
        if all(row.id in self._all for row in self._model.form.transfers):
            self._model.add_transfer(self._blank())
        self._model.remove_transfers(self._all)


def of_statement(rows: Sequence[TransferText], one: TransferText) -> tuple[TransferText, ...]:
    """The transfers read from rows of the same item of evidence as this one; none where it was not read from a row."""
    place = place_from_text(one.origin)
    if place is None or not place.row:
        return ()
    places = ((row, place_from_text(row.origin)) for row in rows)
    return tuple(
        row for row, at in places if at is not None and at.row and at.evidence == place.evidence
    )


class AmountsLine(QWidget):
    """Two fields and what follows from them. The tier is guidance, and says so."""

    def __init__(self, kit: Kit, fields: FormFields, settles: Settles) -> None:
        super().__init__()
        self.setObjectName("amounts_line")
        self._kit = kit
        self._money: Money | None = None
        column = Column(kit, self, gap="space_xs")
        row = Row(kit, gap="space_m")
        self.returned = TextField(kit, "returned", "amounts.returned", digits=True)
        self.attempted = TextField(kit, "attempted", "amounts.attempted", digits=True)
        for field in (self.returned, self.attempted):
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            fields.add(field, field.editor.objectName(), settles.amount)
            row.addWidget(field, 1)
        self._totals = Label(kit, role="strong", wrap=True)
        self._totals.setObjectName("amounts_totals")
        row.addWidget(self._totals, 2)
        column.addLayout(row)
        self._tier = Label(kit, role="hint", wrap=True)
        self._tier.setObjectName("amounts_tier")
        column.addWidget(self._tier)
        kit.texts.changed.connect(self._read)

    def show_money(self, money: Money) -> None:
        """Say what the form amounts to."""
        if money != self._money:
            self._money = money
            self._read()

    def _read(self) -> None:
        money = self._money
        if money is None:
            return
        amounts = money.amounts
        key = "amounts.totals" if amounts.returned_fen else "amounts.total"
        self._totals.setVisible(bool(amounts.gross_fen))  # an empty form has no sum to tell
        self._totals.set_key(key, gross=yuan(amounts.gross_fen), net=yuan(amounts.net_fen))
        line = money.loss or money.attempted
        self._tier.setVisible(line is not None)
        if line is not None:
            self._tier.set_text(tier_texts(self._kit, line, attempted=money.loss is None))
            self._tier.set_ink(tier_ink(line))


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
        self._settles = Settles(kit.ticks.now)
        self._orders: Mapping[str, str] = {}
        self._mismatches: frozenset[str] = frozenset()
        self._removal = TransferRemoval(kit, self, model, partial(blank_transfer, session))
        self._slots: list[TransferSlot] = []
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
        same.found.connect(self._show_appearances)
        masked.found.connect(self._show_possible)
        fields.focused.connect(self._make_neighbours)

    @property
    def cards(self) -> tuple[TransferCard, ...]:
        """The transfers, in their order; each is made."""
        return tuple(slot.card for slot in self._slots)

    def first_focus(self) -> QWidget:
        """The victim's name."""
        return self._name

    def reveal(self, path: str) -> Field | None:
        """Open the transfer if its field does not show."""
        head, _, rest = path.partition(".")
        index, _, name = rest.partition(".")
        if head == "transfers" and index.isdigit() and int(index) < len(self._slots):
            return self._slots[int(index)].card.reveal(name)
        return super().reveal(path)

    def set_orders(
        self, orders: Mapping[str, str], held: Mapping[str, str], mismatches: frozenset[str]
    ) -> None:
        """Numbers of the stops that were ordered, by id of their transfer; ``held``: of every order, by what it is
        about; ``mismatches``: of those that say something else than the case."""
        self._orders, self._removal.held, self._mismatches = orders, held, mismatches
        self._show_orders()

    def add_transfer(self) -> None:
        """Open a new transfer and begin with its time."""
        self._model.add_transfer(blank_transfer(self._session))
        card = self._slots[-1].card
        self._unfold(card)
        card.field("time").setFocus()
        self.shown_wanted.emit(card)

    def toggle_fold(self) -> None:
        """Fold or open the transfer the keyboard is in."""
        card = self._current()
        if card is not None and len(self._slots) > 1:
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
        opened = (slot.card for slot in self._slots if not slot.folded)
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

    def choose_way(self) -> None:
        """Choose how the transfer the keyboard is in left; an address on a chain makes it a coin at once."""
        opened = (slot.card for slot in self._slots if not slot.folded)
        card = self._current() or next(opened, None)
        if card is not None:
            card.ask_way()
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
            field_row = known[name]
            field = TextField(
                kit, field_row.form, field_row.label, digits=field_row.typed is Typed.NUMBER
            )
            field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self.fields.add(field, field_row.form, settle)
            row.addWidget(field, share)
            editors.append(field.editor)
        self._name, self._last_of_victim = editors[0], editors[-1]
        return row

    def _complete(self, card: TransferCard) -> None:
        self._completion.ask(card.index)

    def _completed(self, index: int) -> None:
        self._slots[index].card.field("payee_account").setFocus()

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
            ("ways.choose", "Alt+K", self.choose_way),
        ):
            actions.add(self, name, keys, handler, group_key=_KEYS)
        row = Row(self.kit, gap="space_s")
        self._add = Button.of(self.kit, add, icon="add", name="add_transfer")
        row.addWidget(self._add)
        row.addStretch(1)
        return row

    def _current(self) -> TransferCard | None:
        focused = self.focusWidget()
        within = (slot.made for slot in self._slots if slot.isAncestorOf(focused))
        return next(within, None)

    def _rows_changed(self, part: str) -> None:
        if part == "transfers":
            self._sync()

    def _replaced(self) -> None:
        self._sync()
        for slot in self._slots:
            slot.reread()
        if self._slots and all(slot.folded for slot in self._slots):
            self._unfold(self._slots[0].card)

    def _changed(self, path: str) -> None:
        part, _, rest = path.partition(".")
        index = rest.partition(".")[0]
        if part == "transfers" and index.isdigit() and int(index) < len(self._slots):
            self._slots[int(index)].changed(path)

    def _sync(self) -> None:
        """As many cards as transfers; each reads the one in its place."""
        rows = self._model.form.transfers
        while len(self._slots) > len(rows):
            slot = self._slots.pop()
            self.fields.drop(slot.bounds())
            let_go(self._list, slot)
        first = len(self._slots)
        height = self._height_of_row() if len(rows) > _AT_ONCE else 0
        for place in range(first, len(rows)):
            make = partial(self._make_card, folded=place > 0)
            self._slots.append(TransferSlot(self.kit, make, height))
        for index, (slot, row) in enumerate(zip(self._slots, rows, strict=True)):
            slot.set_transfer(index, row.id)
            slot.set_alone(alone=len(rows) == 1)
        for slot in (*self._slots[first:_AT_ONCE], *self._slots[-1:]):
            slot.make()
        if sum(not slot.folded for slot in self._slots) > 1:
            self._unfold(self._slots[0].card)
        for slot in self._slots[first:]:
            self._list.addWidget(slot)
            slot.show()  # as its card
            slot.grown.connect(self._chain)
        self._chain()
        self._show_orders()
        self._show_appearances()
        self._show_possible()

    def _height_of_row(self) -> int:
        """Pixels of a folded card; a guess where none is made."""
        made = (slot.made for slot in self._slots)
        rows = [card.sizeHint().height() for card in made if card is not None and card.folded]
        return min(rows, default=_ROW_HEIGHT)

    def _make_neighbours(self, path: str) -> None:
        """Tab leads from the keyboard's transfer to the one before it and the one behind."""
        part, _, rest = path.partition(".")
        index = rest.partition(".")[0]
        if part == "transfers" and index.isdigit():
            place = int(index)
            for slot in self._slots[max(place - 1, 0) : place + 2]:
                slot.make()

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
        for slot in self._slots:
            for editor in slot.editors():
                _put_behind(before, editor)
                before = editor
        QWidget.setTabOrder(before, self._add)

    def _unfold(self, opened: TransferCard) -> None:
        for slot in self._slots:
            slot.set_folded(folded=slot.made is not opened)
        opened.show()  # its layout shows what was just added only later, too late to scroll to it

    def _remove_wanted(self, card: TransferCard) -> None:
        self._removal.ask(card.index)

    def _show_orders(self) -> None:
        for slot, transfer in zip(self._slots, self._model.form.transfers, strict=False):
            number = self._orders.get(transfer.id, "")
            slot.set_order(number, mismatches=number in self._mismatches)

    def _show_possible(self) -> None:
        for slot, transfer in zip(self._slots, self._model.form.transfers, strict=False):
            slot.set_possible(len(self._masked.candidates(transfer)))

    def _show_appearances(self) -> None:
        for slot, transfer in zip(self._slots, self._model.form.transfers, strict=False):
            slot.set_appearances(len(self._same.appearances(transfer.payee_account)))


def _put_behind(before: QWidget, editor: QWidget) -> None:
    """Tab goes from ``before`` to the editor. The field around it comes along: left behind among what follows, it led
    Tab back to its editor, round and round the payment. A field stands in front of its first part, wherever that is
    when it gets its editor; and Qt moves nothing that takes no keyboard."""
    field = editor.parentWidget()
    parts = (child for child in field.children() if isinstance(child, QWidget)) if field else ()
    part = next(iter(parts), None)
    if field is None or part is None or part is editor or field.focusProxy() is not editor:
        QWidget.setTabOrder(before, editor)
        return
    policy = part.focusPolicy()
    part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    QWidget.setTabOrder(before, part)
    QWidget.setTabOrder(part, editor)
    part.setFocusPolicy(policy)
    field.setFocusProxy(editor)
