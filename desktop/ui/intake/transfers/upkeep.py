"""What follows by itself from what was typed of a transfer: the bank of a card, the receipt's number, the right box."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.cases.form_facts import clean_account
from desktop.domain.cases.way import WayKind
from desktop.domain.cases.way_checks import chain_of, is_address_as_account
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.ui.intake.form.choices import TWO_NUMBERS, WALLETS
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.shared.widgets.input.field import Field


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
