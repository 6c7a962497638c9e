"""Who signs in at this computer, and the own password. An administrator adds others: some acts want two officers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.installation.officer import CLERKS, Officer, Role
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormDialog, FormText
from desktop.ui.shared.dialogs.two_officers import Act, TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.new_password import Faults, NewPassword
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label


class GivenPasswordDialog(FormDialog):
    """``given(password)`` once it is in order."""

    def __init__(self, kit: Kit, parent: QWidget, faults: Faults, number: str, name: str) -> None:
        self.password = NewPassword(
            kit, faults, lambda: number, "given_", "settings.officers.password"
        )
        words = "settings.officers.renewing"
        params = {"number": number, "name": name}
        rows = (FormText(f"{words}.text", ink="", params=params), self.password)
        form = Form(
            "given", f"{words}.title", f"{words}.accept", rows, closes=True, accept_name="go"
        )
        super().__init__(kit, parent, form)
        self.setObjectName("given_password_dialog")
        self.password.first.setFocus()

    def is_sound(self, _filled: FilledForm) -> bool:
        """Typed twice alike, and nothing speaks against it; else the field that is not in order has the keyboard."""
        second = self.password.second if self.password.waits_for_repetition() else None
        missing = second or self.password.fault()
        if missing is not None:
            missing.setFocus()
        return missing is None

    def outcome(self, _filled: FilledForm) -> str:
        """The password."""
        return self.password.value()


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


@dataclass(frozen=True, slots=True)
class OfficerCalls:
    """What the card needs. The calls run in lane ``db``; ``own``: the number of who is signed in; ``may_add``: whether
    the officer administers others; ``offered``: what a new officer may be, the usual first."""

    known: Callable[[], Sequence[Officer]]
    enrol: Callable[[Officer, str, TypedSecond | None], None]
    give_password: Callable[[str, str, TypedSecond | None], None]
    dismiss: Callable[[str, TypedSecond | None], None]
    faults: Faults
    own: str
    may_add: bool
    offered: tuple[Role, ...]


class OfficersCard(Card):
    """The list, and below it a row to add one more."""

    def __init__(self, kit: Kit, calls: OfficerCalls) -> None:
        super().__init__(kit, "settings.officers.title")
        self.setObjectName("officers_card")
        self._kit = kit
        self._calls = calls
        self._known: tuple[Officer, ...] = ()
        self._sent: tuple[str, ...] = ()
        self._two = TwoOfficers(kit, self)
        self.banner = Banner(kit, "officers_banner", closable=True)
        self.body.addWidget(self.banner)
        self.listed = Label(kit, wrap=True)
        self.listed.setObjectName("officers_listed")
        self.body.addWidget(self.listed)
        self.number = TextField(kit, "officer_number", "settings.officers.number", digits=True)
        self.name = TextField(kit, "officer_name", "settings.officers.name")
        roles = tuple(
            Option(role.value, key=f"settings.officers.role.{role.value}") for role in calls.offered
        )
        self.role = ComboField(kit, "officer_role", "settings.officers.role_label", roles)
        self.institution = TextField(kit, "officer_institution", "settings.officers.institution")
        self.password = NewPassword(
            kit, calls.faults, self.number.value, "officer_", "settings.officers.password"
        )
        self.accept = Button(kit, "settings.officers.add", name="officer_add")
        self.acts = OfficerActs(kit, calls.give_password, calls.dismiss, calls.faults)
        self.acts.setParent(self)
        self.acts.hide()
        if calls.may_add:
            self._add_form()
        else:
            self.body.addWidget(
                Label(kit, "settings.officers.ask_administrator", role="small", ink="muted")
            )
        kit.texts.changed.connect(self._list)
        self._read()

    def _add_form(self) -> None:
        who, secret = Row(self._kit, gap="field_gap"), Row(self._kit, gap="field_gap")
        for field in (self.number, self.name, self.role, self.institution):
            who.addWidget(field, 1)
        self.role.edited.connect(self._ask_institution)
        self._ask_institution()
        secret.addWidget(self.password, 2)
        secret.addWidget(self.accept, 1)
        self.body.addLayout(who)
        self.body.addLayout(secret)
        self.body.addWidget(self.acts)
        self.acts.show()
        self.acts.acted.connect(self._acted)
        self.acts.refused.connect(self.banner.show_error)
        self.accept.clicked.connect(self._add)
        self.password.second.line.returnPressed.connect(self._add)

    def _ask_institution(self) -> None:
        """Of clerks alone."""
        set_shown(self.institution, shown=self.role.value() in CLERKS)

    def _read(self) -> None:
        self._kit.runner.start("db", work_of(self._calls.known), self._show, self.banner.show_error)

    def _show(self, known: Sequence[Officer]) -> None:
        self._known = tuple(known)
        own = self._calls.own
        self.acts.show_officers([one for one in known if one.roles and one.number != own])
        self._list()

    def _list(self) -> None:
        texts = self._kit.texts
        lines = []
        for officer in self._known:
            roles = [
                texts.text(f"settings.officers.role.{role.value}") for role in officer.roles
            ] or [texts.text("settings.officers.gone")]
            parts = " · ".join((*roles, *officer.institutions))
            lines.append(f"{officer.number}  {officer.name}  {parts}")
        self.listed.set_text("\n".join(lines))

    @property
    def _typed(self) -> tuple[Field, ...]:
        return (
            self.number, self.name, self.institution, self.password.first, self.password.second,
        )  # fmt: skip

    def _add(self) -> None:
        if not self.accept.isEnabled():  # pressed again while it is being done
            return
        missing = self.password.fault()
        if missing is not None:
            missing.setFocus()
            return
        role, institution = Role(self.role.value()), self.institution.value().strip()
        named = (institution,) if institution and role in CLERKS else ()
        officer = Officer(self.number.value(), self.name.value(), (role,), named)
        act = partial(self._calls.enrol, officer, self.password.value())
        what = self._kit.texts.text(
            "settings.officers.second.enrol", number=officer.number, name=officer.name,
            role=" ".join((self._kit.texts.text(f"settings.officers.role.{role.value}"), *named)),
        )  # fmt: skip
        self._sent = tuple(field.value() for field in self._typed)
        self.number.setFocus()
        self.accept.setEnabled(False)
        self._two.do(act, self._added, self._refused, what)

    def _refused(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        self.banner.show_error(error)

    def _added(self, _done: None) -> None:
        self.accept.setEnabled(True)
        self.banner.clear()
        for field, sent in zip(self._typed, self._sent, strict=True):
            if field.value() == sent:  # what was typed of the next officer meanwhile stays
                field.set_value("")
        self.password.judge()
        self._read()

    def _acted(self, key: str) -> None:
        self.banner.show_key(Tone.OK, key)
        self._read()


Change = Callable[[str, str], None]
"""Old and new password; in lane ``db``, raises ``AppError``."""


class PasswordCard(Card):
    """Of officer ``number``, who is signed in."""

    def __init__(self, kit: Kit, change: Change, faults: Faults, number: str) -> None:
        super().__init__(kit, "settings.password.title")
        self.setObjectName("password_card")
        self._kit = kit
        self._change = change
        self.banner = Banner(kit, "own_password_banner", closable=True)
        self.body.addWidget(self.banner)
        self.old = PasswordField(kit, "own_old_password", "settings.password.old")
        self.new = NewPassword(kit, faults, lambda: number, "own_")
        self.accept = Button(kit, "settings.password.change", name="own_password_change")
        row = Row(kit, gap="field_gap")
        row.addWidget(self.old, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.new, 2)
        row.addWidget(self.accept)
        self.body.addLayout(row)
        self.accept.clicked.connect(self._start)
        self.new.second.line.returnPressed.connect(self._start)

    def _start(self) -> None:
        if not self.accept.isEnabled():  # pressed again while it is being done
            return
        missing = self.new.fault() if self.old.value() else self.old
        if missing is not None:
            missing.setFocus()
            return
        self.accept.setEnabled(False)
        work = work_of(self._change, self.old.value(), self.new.value())
        self._kit.runner.start("db", work, self._done, self._refused)

    def _done(self, _nothing: None) -> None:
        self.accept.setEnabled(True)
        self.old.set_value("")
        self.new.clear()
        self.banner.show_key(Tone.OK, "settings.password.done")

    def _refused(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        self.banner.show_error(error)
        self.old.setFocus()
