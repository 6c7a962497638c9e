"""What an administrator does about an officer who is enrolled: a new initial password, or no way in any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.officer import Officer
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.settings.given_password import GivenPasswordDialog
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.two_officers import Act, TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.button import Button
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.new_password import Faults


class OfficerActs(QWidget):
    """``give(number, password, second)`` and ``dismiss(number, second)`` run in lane ``db``. ``acted(key)`` names what
    was done, ``refused(error)`` what was not; ``code_wanted`` for a new recovery code."""

    acted = Signal(str)
    refused = Signal(object)
    code_wanted = Signal()

    def __init__(
        self,
        kit: Kit,
        give: Callable[[str, str, TypedSecond | None], None],
        dismiss: Callable[[str, TypedSecond | None], None],
        faults: Faults,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._give = give
        self._dismiss = dismiss
        self._faults = faults
        self._names: dict[str, str] = {}
        self._chosen = ""
        self._done = ""
        self._two = TwoOfficers(kit, self)
        self.who = ComboField(kit, "officer_other", "settings.officers.other")
        self.renew = Button(kit, "settings.officers.renew", name="officer_renew")
        self.end = Button(kit, "settings.officers.end", name="officer_end")
        code = Button(kit, "settings.officers.code", icon="print", name="officer_code")
        self.renew.clicked.connect(self._ask_password)
        self.end.clicked.connect(self._ask_end)
        code.clicked.connect(self.code_wanted)
        row = Row(kit, self, gap="field_gap")
        row.addWidget(self.who, 1)
        for button in (self.renew, self.end, code):
            row.addWidget(button)
        self.show_officers(())

    def show_officers(self, others: Sequence[Officer]) -> None:
        """Those who may be acted on."""
        self._names = {officer.number: officer.name for officer in others}
        self.who.set_options(
            [Option(number, text=f"{number}  {name}") for number, name in self._names.items()]
        )
        self._allow(free=True)

    def _allow(self, *, free: bool) -> None:
        for button in (self.renew, self.end):
            button.setEnabled(free and bool(self._names))

    def _ask_password(self) -> None:
        self._chosen = self.who.value()
        dialog = GivenPasswordDialog(
            self._kit, self, self._faults, self._chosen, self._names[self._chosen]
        )
        dialog.given.connect(self._renew)
        dialog.open()

    def _renew(self, password: str) -> None:
        self._start("renewed", partial(self._give, self._chosen, password))

    def _ask_end(self) -> None:
        self._chosen = self.who.value()
        words = "settings.officers.ending"
        ask(
            self._kit, self, f"{words}.title", f"{words}.text", f"{words}.accept", self._end,
            danger=True, number=self._chosen, name=self._names[self._chosen],
        )  # fmt: skip

    def _end(self) -> None:
        self._start("ended", partial(self._dismiss, self._chosen))

    def _start(self, done: str, act: Act) -> None:
        self._done = f"settings.officers.{done}"
        self._allow(free=False)
        what = self._kit.texts.text(
            f"settings.officers.second.{done}", number=self._chosen, name=self._names[self._chosen]
        )
        self._two.do(act, self._acted, self._failed, what)

    def _acted(self, _nothing: object) -> None:
        self._allow(free=True)
        self.acted.emit(self._done)

    def _failed(self, error: Exception) -> None:
        self._allow(free=True)
        self.refused.emit(error)
