"""The first start: what this PC is, its unit, its first officer, the recovery code; or all that from a backup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.installation.profile import (
    FirstRun,
    InstallationRole,
    ServerChoice,
    server_choice,
)
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_file
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, centred, divider
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.step_list import ListStep, StepList, StepState
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.brand import Brand
from desktop.ui.sign_in.calls import SignInCalls
from desktop.ui.sign_in.earlier_data import RestoreCard
from desktop.ui.sign_in.join_card import JoinCard
from desktop.ui.sign_in.quick_look import QuickLook
from desktop.ui.sign_in.setup_steps import (
    GROUPS,
    ChoiceStep,
    OfficerStep,
    RoleStep,
    SetupStep,
    UnitStep,
    database_name_fault,
    group_to_ask,
    groups_of,
    host_fault,
    name_fault,
    plain,
    port_fault,
    same_group,
)

if TYPE_CHECKING:
    from desktop.services.ports import Pdf


_FILE, _SERVER = "file", "server"
_PORT = "5432"
_CERTIFICATES = ("*.crt", "*.pem", "*.cer")


class DatabaseStep(ChoiceStep):
    """``try_wanted``: see whether the server can be used as it stands in the fields."""

    try_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "database", (_FILE, _SERVER))
        self.host = TextField(kit, "database_host", "sign_in.field.database_host")
        self.port = TextField(kit, "database_port", "sign_in.field.database_port", digits=True)
        self.port.set_value(_PORT)
        self.database = TextField(kit, "database_name", "sign_in.field.database_name")
        self.user = TextField(kit, "database_user", "sign_in.field.database_user")
        self.password = PasswordField(kit, "database_password", "sign_in.field.database_password")
        self.root = TextField(kit, "database_root", "sign_in.field.database_root")
        self._choose_root = Button(
            kit, "sign_in.setup.database.root_choose", icon="folder", name="database_root_choose"
        )
        self._choose_root.clicked.connect(self._choose_file)
        self._button = Button(kit, "sign_in.setup.database.try", name="database_try")
        self._button.clicked.connect(self._try)
        self._fields = self._server_fields()
        self.column.addWidget(self._fields)
        self.column.addStretch(1)
        self._explain(_FILE)

    def choice(self) -> ServerChoice | None:
        """The server as typed; None for the file."""
        if self._choice.value() == _FILE:
            return None
        return server_choice(
            plain(self.host.value()), int(plain(self.port.value())), plain(self.database.value()),
            plain(self.user.value()), self.password.value(), self.root.value(),
        )  # fmt: skip

    def fault(self) -> QWidget | None:
        """Nothing about the file; of a server host, port, database, user."""
        if self._choice.value() == _FILE:
            return None
        return (
            self.judge(self.host, host_fault(self.host.value()))
            or self.judge(self.port, port_fault(self.port.value()))
            or self.judge(self.database, database_name_fault(self.database.value()))
            or self.judge(self.user, name_fault(self.user.value()))
        )

    def _server_fields(self) -> QWidget:
        kit = self.kit
        holder = QWidget()
        column = Column(kit, holder, gap="space_m")
        where = Row(kit, gap="field_gap")
        where.addWidget(self.host, 3)
        where.addWidget(self.port, 1)
        which = Row(kit, gap="field_gap")
        for field in (self.database, self.user, self.password):
            which.addWidget(field, 1)
        proof = Row(kit, gap="field_gap")
        proof.addWidget(self.root, 1)
        proof.addWidget(self._choose_root, 0, Qt.AlignmentFlag.AlignBottom)
        trying = Row(kit)
        trying.addWidget(self._button)
        trying.addWidget(
            Label(kit, "sign_in.setup.database.try_note", role="small", ink="muted", wrap=True), 1
        )
        for line in (where, which, proof, trying):
            column.addLayout(line)
        return holder

    def _explain(self, value: str) -> None:
        super()._explain(value)
        set_shown(self._fields, shown=value == _SERVER)

    def _choose_file(self) -> None:
        title = "sign_in.setup.database.root_title"
        choose_file(self.kit, self, title, self._take_root, patterns=_CERTIFICATES)

    def _take_root(self, paths: tuple[Path, ...]) -> None:
        self.root.set_value(str(paths[0]))
        self._button.setFocus()

    def _try(self) -> None:
        fault = self.fault()
        if fault is not None:
            fault.setFocus()
        else:
            self.try_wanted.emit()


class CodeStep(SetupStep):
    """``sheet_ready(Pdf)``: the sheet with the code, to be looked at and printed."""

    sheet_ready = Signal(object)

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__(kit, "code")
        self._calls = calls
        self._code = ""
        panel = Card(kit, panel="blue")
        self._lines = (Label(kit, role="code_large"), Label(kit, role="code_large"))
        for place, line in enumerate(self._lines):
            line.setObjectName(f"recovery_code_{place}")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            panel.body.addWidget(line)
        self.column.addWidget(panel)
        self.banner = Banner(kit, "code_banner")
        self.column.addWidget(self.banner)
        row = Row(kit, gap="space_l")
        self.proof = TextField(
            kit, "code_proof", "sign_in.setup.code.step", digits=True, reserve_hint=True
        )
        row.addWidget(self.proof, 1)
        print_button = Button(kit, "sign_in.setup.code.print", icon="print", name="code_print")
        print_button.clicked.connect(self._draw_sheet)
        row.addWidget(print_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def show_code(self, code: str) -> None:
        """Show a fresh code and ask for one of its groups."""
        self._code = code
        groups = groups_of(code)
        half = GROUPS // 2
        for line, part in zip(self._lines, (groups[:half], groups[half:]), strict=True):
            line.set_text(" - ".join(part))
        self.proof.set_label("sign_in.setup.code.prove", group=group_to_ask(code) + 1)

    def fault(self) -> QWidget | None:
        """The group typed back must be the one shown."""
        wanted = groups_of(self._code)[group_to_ask(self._code)]
        if same_group(self.proof.value(), wanted):
            self.proof.clear_hint()
            return None
        self.proof.set_hint_key(Tone.BAD, "sign_in.setup.code.wrong")
        return self.proof.editor

    def forget(self) -> None:
        """Show the code no longer."""
        self._code = ""
        for line in self._lines:
            line.set_text("")
        self.proof.set_value("")

    def first(self) -> QWidget:
        """The proof."""
        return self.proof.editor

    def show_printed(self) -> None:
        """The sheet went to a printer."""
        self.banner.show_key(Tone.OK, "sign_in.setup.code.printed")

    def _draw_sheet(self) -> None:
        work = work_of(self._calls.recovery_sheet, self._code)
        self.kit.runner.start("files", work, self._drawn, self.banner.show_error)

    def _drawn(self, pdf: Pdf) -> None:
        self.banner.clear()
        self.sheet_ready.emit(pdf)


_NAMES = ("role", "unit", "officer", "code")
_PLACES = (0, 1, 1, 2, 3)
"""Page → its place in the list of steps: where the data lies is asked of a centre alone, as part of its unit."""
_UNIT, _DATABASE, _OFFICER, _CODE = 1, 2, 3, 4


def _try_server(calls: SignInCalls, choice: ServerChoice, _progress: Progress) -> ServerChoice:
    calls.try_server(choice)
    return choice


class SetupWindow(QWidget):
    """``signed_in(result)`` once all is made, the code is proved and the desk is open; ``restored(what)`` instead once
    the installation of a backup is there, or this PC joined a centre, to sign in to as usual."""

    signed_in = Signal(object)
    restored = Signal(object)
    look_chosen = Signal(str, str)

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__()
        self._kit = kit
        self._calls = calls
        self._waiting = False
        self.setObjectName("setup_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "sign_in.setup.window_title")
        self.role = RoleStep(kit)
        self.restore = RestoreCard(kit, calls)
        self.join = JoinCard(kit, calls)
        self._join_others()
        self.unit = UnitStep(kit)
        self.database = DatabaseStep(kit)
        self.database.try_wanted.connect(self._try)
        self._tried: ServerChoice | None = None
        self._goes_on = False
        self.officer = OfficerStep(kit, calls)
        self.code = CodeStep(kit, calls)
        self._steps: tuple[SetupStep, ...] = (
            self.role, self.unit, self.database, self.officer, self.code,
        )  # fmt: skip
        self._list = StepList(
            kit,
            [
                ListStep(name, f"sign_in.setup.{name}.step", f"sign_in.setup.{name}.detail")
                for name in _NAMES
            ],
        )
        self._list.setEnabled(False)  # the steps build on each other; the buttons lead through them
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
        self._lay_out()
        self._go(0)

    def _lay_out(self) -> None:
        kit = self._kit
        look = QuickLook(kit)
        look.chosen.connect(self.look_chosen)
        self.show_letters_only = look.show_letters_only
        whole = Column(kit, self, gap="space_l")
        margin = kit.theme.space("page_margin")
        whole.setContentsMargins(margin, margin, margin, margin)
        whole.addStretch(1)
        self._assistant = self._card()
        for card in (self._assistant, self.restore, self.join):
            whole.addLayout(centred(kit, card))
        whole.addWidget(look)
        whole.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
            return
        super().keyPressEvent(event)

    def go_on(self) -> None:
        """To the next step, if this one is in order."""
        if self._waiting:
            return
        place = self._stack.currentIndex()
        fault = self._steps[place].fault()
        if fault is not None:
            fault.setFocus()
        elif place == _DATABASE and self._server() not in (None, self._tried):
            self._goes_on = True
            self._start_trial()
        elif place < _OFFICER:
            self.unit.suggest_letter(self.role.role())
            self._go(self._after(place))
        elif place == _OFFICER:
            self._make()
        else:
            self._open()

    def go_back(self) -> None:
        """To the step before; not from the code, where all has been made."""
        place = self._stack.currentIndex()
        if not self._waiting and 0 < place < _CODE:
            skips = place == _OFFICER and not self._is_centre()
            self._go(_UNIT if skips else place - 1)

    def _join_others(self) -> None:
        self.restore.hide()
        self.join.hide()
        self.role.join_wanted.connect(self.show_join)
        self.join.back_asked.connect(self._show_steps)
        self.join.joined.connect(self.restored)
        self.role.restore_wanted.connect(self._show_restore)
        self.restore.back_asked.connect(self._show_steps)
        self.restore.restored.connect(self.restored)

    def _show_restore(self) -> None:
        self._assistant.hide()
        self.restore.show()
        self.restore.start()

    def show_join(self) -> None:
        """Another PC of a centre that exists: make its card, or go on with the approval."""
        self._assistant.hide()
        self.join.show()
        self.join.start()

    def _show_steps(self) -> None:
        self.restore.hide()
        self.join.hide()
        self._assistant.show()
        self._go(0)

    def _after(self, place: int) -> int:
        return _OFFICER if place == _UNIT and not self._is_centre() else place + 1

    def _is_centre(self) -> bool:
        return self.role.role() is InstallationRole.CENTRE

    def _server(self) -> ServerChoice | None:
        return self.database.choice() if self._is_centre() else None

    def _try(self) -> None:
        self._goes_on = False
        self._start_trial()

    def _start_trial(self) -> None:
        """See whether a centre could be made there; what works needs no second trial to go on."""
        choice = self._server()
        if choice is None or self._waiting:
            return
        self.banner.clear()
        self._wait(waiting=True)
        work = partial(_try_server, self._calls, choice)
        self._kit.runner.start("db", work, self._works, self._failed)

    def _works(self, choice: ServerChoice) -> None:
        self._wait(waiting=False)
        self._tried = choice
        if self._goes_on:
            self._go(_OFFICER)
        else:
            self.banner.show_key(Tone.OK, "sign_in.setup.database.works")
            self._next.setFocus()

    def _card(self) -> Card:
        kit = self._kit
        card = Card(kit)
        card.setFixedWidth(kit.theme.space("setup_width"))
        card.setMinimumHeight(kit.theme.space("setup_height"))
        card.body.addWidget(Brand(kit))
        card.body.addWidget(divider(kit))
        across = Row(kit, gap="space_xl")
        left = Column(kit)
        left.addWidget(self._list)
        left.addStretch(1)
        across.addLayout(left)
        right = Column(kit)
        self.banner = Banner(kit, "setup_banner")
        right.addWidget(self.banner)
        right.addWidget(self._stack, 1)
        across.addLayout(right, 1)
        card.body.addLayout(across, 1)
        card.body.addWidget(divider(kit))
        buttons = Row(kit)
        self._back = Button(kit, "sign_in.back", name="setup_back")
        self._back.clicked.connect(self.go_back)
        self._next = Button(
            kit, "sign_in.setup.next", variant=Variant.PRIMARY, keys="Return", name="setup_next"
        )
        self._next.clicked.connect(self.go_on)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        card.body.addLayout(buttons)
        return card

    def _go(self, place: int) -> None:
        self.banner.clear()
        for before in range(_PLACES[place]):
            self._list.set_state(before, StepState.DONE)
        self._list.set_current(_PLACES[place])
        self._stack.setCurrentIndex(place)
        self._back.setVisible(0 < place < _CODE)
        self._steps[place].first().setFocus()
        self._label_next()

    def _label_next(self) -> None:
        keys = ("sign_in.setup.next",) * 3 + ("sign_in.setup.make", "sign_in.setup.finish")
        key = "sign_in.setup.making" if self._waiting else keys[self._stack.currentIndex()]
        self._next.set_key(key)
        self._next.setEnabled(not self._waiting)

    def _make(self) -> None:
        self._wait(waiting=True)
        unit_name, unit_code, letter = self.unit.values()
        name, number, password = self.officer.values()
        request = FirstRun(
            self.role.role(), unit_code, unit_name, letter, number, name, password,
            duty_phone=self.unit.duty_phone.value(), server=self._server(),
        )  # fmt: skip
        self._kit.runner.start(
            "db", work_of(self._calls.first_run, request), self._made, self._failed
        )

    def _made(self, code: str) -> None:
        self._wait(waiting=False)
        self.code.show_code(code)
        self._go(_CODE)

    def _open(self) -> None:
        self._wait(waiting=True)
        _name, number, password = self.officer.values()
        self._kit.runner.start(
            "db", partial(self._calls.sign_in, number, password, ""), self._opened, self._failed
        )

    def _opened(self, result: object) -> None:
        self._wait(waiting=False)
        self.code.forget()
        self.officer.password.clear()
        self.signed_in.emit(result)

    def _failed(self, error: Exception) -> None:
        self._wait(waiting=False)
        self.banner.show_error(error)
        self._steps[self._stack.currentIndex()].first().setFocus()

    def _wait(self, *, waiting: bool) -> None:
        self._waiting = waiting
        self._stack.setEnabled(not waiting)
        self._back.setEnabled(not waiting)
        self._label_next()
