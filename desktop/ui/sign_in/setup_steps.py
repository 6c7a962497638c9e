"""The pages of the first-run assistant that ask for something, and what can be said of what was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.installation.duty_phone import duty_phone_of
from desktop.domain.installation.officer import is_officer_number
from desktop.domain.installation.profile import InstallationRole, hosts_of, is_plain_name
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.new_password import NewPassword
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.calls import SignInCalls

_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LAST_PORT = 65_535
GROUPS = 8
"""Groups in a recovery code, four characters each."""


def plain(text: str) -> str:
    """Half-width and without blanks around it: input methods like to leave full-width digits."""
    return unicodedata.normalize("NFKC", text).strip()


def unit_code_fault(text: str) -> str:
    """A catalogue key for what is wrong with a unit code (GA 380: 12 digits), ``""`` if nothing."""
    code = plain(text)
    if not code.isascii() or not code.isdigit():
        return "sign_in.check.unit_code_digits"
    return "" if len(code) == 12 else "sign_in.check.unit_code_length"


def number_fault(text: str) -> str:
    """A catalogue key for what is wrong with a police number, ``""`` if nothing."""
    return "" if is_officer_number(plain(text)) else "sign_in.check.number"


def letter_fault(text: str) -> str:
    """A catalogue key for what is wrong with a device letter (A to Z), ``""`` if nothing."""
    letter = plain(text).upper()
    sound = len(letter) == 1 and "A" <= letter <= "Z"
    return "" if sound else "sign_in.check.letter"


def duty_phone_fault(text: str) -> str:
    """A catalogue key for what is wrong with a duty telephone, ``""`` if nothing or if none is given."""
    try:
        duty_phone_of(text)
    except UserInputError:
        return "sign_in.check.duty_phone"
    return ""


def name_fault(text: str) -> str:
    """A catalogue key if there is no name, ``""`` if there is."""
    return "" if plain(text) else "sign_in.check.empty"


def host_fault(text: str) -> str:
    """A catalogue key for what is wrong with the name or address of a server or of several, ``""`` if nothing."""
    hosts = hosts_of(plain(text))
    return "" if hosts and all(map(is_plain_name, hosts)) else "sign_in.check.host"


def port_fault(text: str) -> str:
    """A catalogue key for what is wrong with a port, ``""`` if nothing."""
    port = plain(text)
    sound = port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) <= _LAST_PORT
    return "" if sound else "sign_in.check.port"


def database_name_fault(text: str) -> str:
    """A catalogue key for what is wrong with a database's name, ``""`` if nothing."""
    return "" if is_plain_name(plain(text)) else "sign_in.check.database_name"


def groups_of(code: str) -> tuple[str, ...]:
    """The groups of a printed code."""
    return tuple(code.split("-"))


def group_to_ask(code: str) -> int:
    """Which group to type back, from 0: differs from code to code, and never the one at the top."""
    return 1 + sum(code.encode("ascii")) % (len(groups_of(code)) - 1)


def same_group(typed: str, group: str) -> bool:
    """Whether ``typed`` is that group, in any case and with the usual misreadings."""
    return plain(typed).upper().translate(_MISREAD) == group


_LETTERS = {InstallationRole.DESK: "A", InstallationRole.CENTRE: "C"}
"""Device letters offered at first."""


class SetupStep(QWidget):
    """One page: a title, an explanation, fields. ``fault`` shows and returns what is missing."""

    def __init__(self, kit: Kit, name: str) -> None:
        super().__init__()
        self.kit = kit
        self.setObjectName(f"setup_{name}")
        self.column = Column(kit, self, gap="space_m")
        self.column.addWidget(Label(kit, f"sign_in.setup.{name}.title", role="page_title"))
        explain = Label(kit, f"sign_in.setup.{name}.explain", ink="muted", wrap=True)
        self.column.addWidget(explain)

    def fault(self) -> QWidget | None:
        """The first widget that is not in order, marked; ``None`` if all are."""
        return None

    def first(self) -> QWidget:
        """The widget to begin with."""
        raise NotImplementedError

    def judge(self, field: Field, fault: str) -> QWidget | None:
        """Mark ``field`` with the words of ``fault`` until something else is typed, or clear it."""
        if fault:
            field.set_hint_key(Tone.BAD, fault)
            field.edited.connect(field.clear_hint, Qt.ConnectionType.SingleShotConnection)
            return field.editor
        field.clear_hint()
        return None


class ChoiceStep(SetupStep):
    """A step that begins with a switch and says what the chosen side of it means. Words of a ``value`` are
    ``sign_in.setup.<name>.<value>`` and ``…_means``."""

    def __init__(self, kit: Kit, name: str, values: Sequence[str]) -> None:
        super().__init__(kit, name)
        self._words = f"sign_in.setup.{name}"
        options = [Option(value, key=f"{self._words}.{value}") for value in values]
        self._choice = Segmented(kit, options, f"setup_{name}_choice", f"{self._words}.title")
        self._choice.chosen.connect(self._explain)
        row = Row(kit)
        row.addWidget(self._choice)
        row.addStretch(1)
        self.column.addLayout(row)
        self._meaning = Label(kit, wrap=True)
        self.column.addWidget(self._meaning)

    def first(self) -> QWidget:
        """The switch's chosen button."""
        return self._choice.chosen_button()

    def _explain(self, value: str) -> None:
        self._meaning.set_key(f"{self._words}.{value}_means")


class RoleStep(ChoiceStep):
    """A desk of a station, or the centre. ``restore_wanted``: neither, but the one that a backup holds;
    ``join_wanted``: another PC of a centre that exists."""

    restore_wanted = Signal()
    join_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        desk, centre = InstallationRole.DESK.value, InstallationRole.CENTRE.value
        super().__init__(kit, "role", (desk, centre))
        self.column.addStretch(1)
        join = Button(kit, "sign_in.join.offer", name="setup_join")
        join.clicked.connect(self.join_wanted)
        restore = Button(kit, "sign_in.restore.offer", icon="refresh", name="setup_restore")
        restore.clicked.connect(self.restore_wanted)
        for note, button in (
            ("sign_in.join.offer_note", join),
            ("sign_in.restore.offer_note", restore),
        ):
            row = Row(kit, gap="space_m")
            row.addWidget(Label(kit, note, ink="muted", wrap=True), 1)
            row.addWidget(button)
            self.column.addLayout(row)
        self._explain(desk)

    def role(self) -> InstallationRole:
        """What was chosen."""
        return InstallationRole(self._choice.value())


class UnitStep(SetupStep):
    """Which unit, and which of its PCs."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "unit")
        self.unit_name = TextField(
            kit, "unit_name", "sign_in.field.unit_name", placeholder_key="sign_in.hint.unit_name"
        )
        self.unit_code = TextField(
            kit,
            "unit_code",
            "sign_in.field.unit_code",
            placeholder_key="sign_in.hint.unit_code",
            digits=True,
            reserve_hint=True,
        )
        self.letter = TextField(kit, "device_letter", "sign_in.field.letter", reserve_hint=True)
        self.letter.set_value(_LETTERS[InstallationRole.DESK])
        self.letter.set_hint_key(Tone.NEUTRAL, "sign_in.hint.letter")
        self.duty_phone = TextField(
            kit,
            "duty_phone",
            "sign_in.field.duty_phone",
            placeholder_key="sign_in.hint.duty_phone",
            reserve_hint=True,
        )
        self.unit_code.committed.connect(self._check_code)
        row = Row(kit, gap="field_gap")
        row.addWidget(self.unit_code, 2)
        row.addWidget(self.letter, 1)
        self.column.addWidget(self.unit_name)
        self.column.addLayout(row)
        self.column.addWidget(self.duty_phone)
        self.column.addStretch(1)

    def suggest_letter(self, role: InstallationRole) -> None:
        """C for a centre, so that its bundles are told from a station's at a glance; what was typed stays."""
        suggestion = _LETTERS[role]
        if self.letter.value() in _LETTERS.values() and self.letter.value() != suggestion:
            self.letter.set_value(suggestion)

    def values(self) -> tuple[str, str, str]:
        """Name, code, letter."""
        return (
            plain(self.unit_name.value()),
            plain(self.unit_code.value()),
            plain(self.letter.value()).upper(),
        )

    def fault(self) -> QWidget | None:
        """Name, code, letter, then the telephone, which may be left out."""
        return (
            self.judge(self.unit_name, name_fault(self.unit_name.value()))
            or self.judge(self.unit_code, unit_code_fault(self.unit_code.value()))
            or self.judge(self.letter, letter_fault(self.letter.value()))
            or self.judge(self.duty_phone, duty_phone_fault(self.duty_phone.value()))
        )

    def first(self) -> QWidget:
        """The name."""
        return self.unit_name.editor

    def _check_code(self, text: str) -> None:
        fault = unit_code_fault(text)
        if fault:
            self.unit_code.set_hint_key(Tone.BAD, fault)
        else:
            self.unit_code.set_hint_key(Tone.OK, "sign_in.hint.unit_code_good")


class OfficerStep(SetupStep):
    """The first officer: name, number, password twice."""

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__(kit, "officer")
        self.officer_name = TextField(kit, "setup_name", "sign_in.field.officer_name")
        self.number = TextField(kit, "setup_number", "sign_in.field.number", digits=True)
        self.password = NewPassword(kit, calls.password_faults, lambda: plain(self.number.value()))
        row = Row(kit, gap="field_gap")
        row.addWidget(self.officer_name, 1)
        row.addWidget(self.number, 1)
        self.column.addLayout(row)
        self.column.addWidget(self.password)
        self.column.addStretch(1)

    def values(self) -> tuple[str, str, str]:
        """Name, number, password."""
        return (
            plain(self.officer_name.value()),
            plain(self.number.value()),
            self.password.value(),
        )

    def fault(self) -> QWidget | None:
        """Name, number, then the passwords."""
        missing = self.judge(
            self.officer_name, name_fault(self.officer_name.value())
        ) or self.judge(self.number, number_fault(self.number.value()))
        if missing is not None:
            return missing
        field = self.password.fault()
        return None if field is None else field.editor

    def first(self) -> QWidget:
        """The name."""
        return self.officer_name.editor
