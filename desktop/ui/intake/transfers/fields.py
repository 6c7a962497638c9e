"""The fields of a transfer: which there are, how each is typed, and what is checked once it is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QSizePolicy

from desktop.ui.intake.certainty import CertainField
from desktop.ui.intake.choices import arrivals, channels
from desktop.ui.intake.form_fields import Settle
from desktop.ui.intake.settle import Settles
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import ComboField, TextField

ORDER: Final = (
    "time", "amount", "channel", "arrival", "serial", "order_number",
    "payer_account", "payer_name", "payer_bank", "payee_account", "payee_name", "payee_bank",
    "returned",
)  # fmt: skip
"""The fields in the order of Tab: from the money to the payer to the payee."""
CERTAIN: Final = ("payee_account", "payee_name", "payee_bank")
"""Fields that say where they were read."""
_DIGITS: Final = ("amount", "returned", "serial", "order_number", "payer_account", "payee_account")


def make_field(kit: Kit, name: str) -> Field:
    """The field of that name, whose share of its row alone decides its width."""
    field = _field(kit, name)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    # Rows with and without chips beside their labels keep their editors level.
    field.label.setMinimumHeight(kit.theme.space("chip_height"))
    return field


def settle_of(name: str, settles: Settles) -> Settle | None:
    """What is checked when the field is left."""
    found: dict[str, Settle] = {
        "time": settles.time,
        "amount": settles.amount,
        "returned": settles.amount,
        "payer_account": settles.account,
        "payee_account": settles.account,
    }
    return found.get(name)


def _field(kit: Kit, name: str) -> Field:
    label = "amounts.transfer_returned" if name == "returned" else f"intake.money.{name}"
    if name in ("channel", "arrival"):
        return ComboField(kit, name, label, channels() if name == "channel" else arrivals())
    if name == "time":
        return TextField(kit, name, label, placeholder_key="intake.money.time_example")
    if name in CERTAIN:
        return CertainField(kit, name, label, digits=name in _DIGITS)
    return TextField(kit, name, label, digits=name in _DIGITS)
