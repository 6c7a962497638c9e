"""A new PC joins a centre that exists, or one that has joined takes new keys: its card goes to the centre's first PC,
an approval comes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.file_chooser import choose_file, choose_target
from desktop.ui.shared.widgets.input.new_password import NewPassword
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, divider
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.brand import Brand
from desktop.ui.sign_in.calls import SignInCalls
from desktop.ui.sign_in.setup_steps import name_fault, number_fault, plain, unit_code_fault

_LETTER = "C"
_APPROVALS = ("*.approval",)
_JOINING = "sign_in.join.approval_explain", "sign_in.join.server", "sign_in.join.compare"
_RENEWING = "sign_in.renew.explain", "sign_in.renew.server", "sign_in.renew.compare"


class CardPart(QWidget):
    """First: which centre, and what opens the keys of this PC until it has joined."""

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__()
        self.unit_name = TextField(kit, "join_unit_name", "sign_in.field.unit_name")
        self.unit_code = TextField(kit, "join_unit_code", "sign_in.field.unit_code", digits=True)
        self.number = TextField(kit, "join_number", "sign_in.field.number", digits=True)
        self.password = NewPassword(
            kit, calls.password_faults, lambda: plain(self.number.value()), "join_"
        )
        column = Column(kit, self, gap="space_m")
        column.addWidget(Label(kit, "sign_in.join.card_explain", ink="muted", wrap=True))
        row = Row(kit, gap="field_gap")
        row.addWidget(self.unit_name, 2)
        row.addWidget(self.unit_code, 1)
        column.addLayout(row)
        column.addWidget(self.number)
        column.addWidget(self.password)
        column.addStretch(1)

    def fault(self) -> QWidget | None:
        """The first field that is not in order, marked."""
        for field, fault in (
            (self.unit_name, name_fault(self.unit_name.value())),
            (self.unit_code, unit_code_fault(self.unit_code.value())),
            (self.number, number_fault(self.number.value())),
        ):
            if fault:
                _mark(field, fault)
                return field.editor
        found = self.password.fault()
        return None if found is None else found.editor

    def seat(self) -> NewSeat:
        """What was typed."""
        return NewSeat(
            plain(self.unit_code.value()), plain(self.unit_name.value()), _LETTER,
            plain(self.number.value()), self.password.value(),
        )  # fmt: skip


class ApprovalPart(QWidget):
    """Then: the fingerprint of this PC, the approval, and the fingerprint of the centre behind it. ``anew_wanted``: the
    card was wrong."""

    choose_wanted = Signal()
    anew_wanted = Signal()

    def __init__(self, kit: Kit, *, renewing: bool) -> None:
        super().__init__()
        self._renewing = renewing
        explain, server, compare = _RENEWING if renewing else _JOINING
        self.number = TextField(kit, "join_own_number", "sign_in.field.number", digits=True)
        self.password = PasswordField(kit, "join_own_password", "sign_in.field.password")
        ours, theirs = KeyValues(kit, right=False), KeyValues(kit, right=False)
        self._own = ours.add_row("sign_in.join.own", role="digits")
        self._own.setObjectName("join_fingerprint")
        self._centre = theirs.add_row("trust.unit")
        self._theirs = theirs.add_row("sign_in.join.theirs", role="digits")
        self._theirs.setObjectName("join_centre_fingerprint")
        self.server = TextField(kit, "join_server", server)
        self.server.set_hint_key(Tone.NEUTRAL, "sign_in.join.server_hint")
        self._panel = Card(kit, panel="grey")
        self._panel.body.addWidget(theirs)
        self._panel.body.addWidget(Label(kit, compare, wrap=True))
        column = Column(kit, self, gap="space_m")
        column.addWidget(Label(kit, explain, ink="muted", wrap=True))
        self._ours = ours
        column.addWidget(ours)
        row = Row(kit, gap="field_gap")
        row.addWidget(self.number, 1)
        row.addWidget(self.password, 1)
        column.addLayout(row)
        column.addLayout(self._files(kit))
        column.addWidget(self._panel)
        column.addWidget(self.server)
        column.addStretch(1)
        self.show_centre(None)

    def _files(self, kit: Kit) -> Row:
        """A PC that joins has made its card already; one that takes new keys makes it here first."""
        self.choose = Button(kit, "sign_in.join.choose", icon="folder", name="join_choose")
        self.choose.clicked.connect(self.choose_wanted)
        make = "sign_in.renew.make" if self._renewing else "sign_in.join.anew"
        anew = Button(kit, make, name="join_anew")
        anew.clicked.connect(self.anew_wanted)
        line = Row(kit)
        for button in (anew, self.choose) if self._renewing else (self.choose, anew):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def show_own(self, fingerprint: str) -> None:
        """The fingerprint of this PC; "" where none was made just now."""
        set_shown(self._ours, shown=bool(fingerprint))
        self._own.set_text(fingerprint)

    def lacking(self) -> QWidget | None:
        """What is to be typed before a card can be made; None where nothing lacks."""
        empty = (one for one in (self.number, self.password) if not one.value())
        return next((one.editor for one in empty), None)

    def show_centre(self, centre: ApprovingCentre | None) -> None:
        """Whose approval it is; None before one was read."""
        set_shown(self._panel, shown=centre is not None)
        if centre is not None:
            self._centre.set_text(centre.unit_name)
            self._theirs.set_text(centre.fingerprint)


class JoinCard(Card):
    """``joined(centre)`` once this PC works for the centre; ``back_asked`` to do something else instead. ``renewing``:
    it has joined and takes new keys, for whose card number and password are enough."""

    joined = Signal(object)
    back_asked = Signal()

    def __init__(self, kit: Kit, calls: SignInCalls, *, renewing: bool = False) -> None:
        super().__init__(kit)
        self.setObjectName("join_card")
        self._renewing = renewing
        self._kit = kit
        self._calls = calls
        self._busy = False
        self._centre: ApprovingCentre | None = None
        self._approval = ""
        self.card = CardPart(kit, calls)
        self.approval = ApprovalPart(kit, renewing=renewing)
        self.approval.choose_wanted.connect(self._choose)
        self.approval.anew_wanted.connect(self._begin)
        self.banner = Banner(kit, "join_banner")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.card)
        self._stack.addWidget(self.approval)
        self._back = Button(kit, "sign_in.back", keys="Escape", name="join_back")
        self._back.clicked.connect(self.back_asked)
        self._next = Button(kit, "sign_in.join.make", variant=Variant.PRIMARY, name="join_next")
        self._next.clicked.connect(self.go_on)
        self._build()

    def start(self) -> None:
        """Where this PC stands: without a card, or waiting for its approval."""
        self.banner.clear()
        fingerprint = self._calls.seat.waiting()
        if fingerprint or self._renewing:
            self._wait_for_approval(fingerprint)
        else:
            self._begin()

    def go_on(self) -> None:
        """Make the card, or join."""
        if self._busy:
            return
        if self._stack.currentWidget() is self.approval:
            self._join()
            return
        fault = self.card.fault()
        if fault is not None:
            fault.setFocus()
            return
        self._choose_target(self._make)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc back."""
        if event.key() == Qt.Key.Key_Escape and not self._busy:
            self.back_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        else:
            super().keyPressEvent(event)

    def take(self, file: Path) -> None:
        """Look at an approval."""
        self._centre = None
        self.approval.show_centre(None)
        self.banner.clear()
        self._wait()
        work = work_of(self._calls.seat.look, file, *self._opens())
        self._kit.runner.start("db", work, self._looked, self._failed)

    def _begin(self) -> None:
        """Without a card, or with one that was wrong."""
        self._centre = None
        self.approval.show_centre(None)
        self.banner.clear()
        if self._renewing:
            lacking = self.approval.lacking()
            if lacking is not None:
                lacking.setFocus()
            else:
                self._choose_target(self._renew)
            return
        self._next.set_key("sign_in.join.make")
        self._stack.setCurrentWidget(self.card)
        self.card.unit_name.editor.setFocus()
        self._allow()

    def _build(self) -> None:
        kit, title = self._kit, "sign_in.renew.title" if self._renewing else "sign_in.join.title"
        self.setFixedWidth(kit.theme.space("setup_width"))
        self.setMinimumHeight(kit.theme.space("setup_height"))
        self.body.setSpacing(kit.theme.space("space_m"))
        self.body.addWidget(Brand(kit))
        self.body.addWidget(divider(kit))
        self.body.addWidget(Label(kit, title, role="page_title"))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.banner)
        self.body.addWidget(divider(kit))
        buttons = Row(kit)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        self.body.addLayout(buttons)

    def _choose_target(self, then: Callable[[tuple[Path, ...]], None]) -> None:
        name = self._kit.texts.text("sign_in.join.card_file")
        choose_target(self._kit, self, "sign_in.join.make", name, then)

    def _make(self, paths: tuple[Path, ...]) -> None:
        self.banner.clear()
        self._wait()
        work = work_of(self._calls.seat.make, self.card.seat(), paths[0])
        self._kit.runner.start("db", work, self._made, self._failed)

    def _renew(self, paths: tuple[Path, ...]) -> None:
        self._wait()
        work = work_of(self._calls.seat.renew, *self._opens(), paths[0])
        self._kit.runner.start("db", work, self._renewed, self._failed)

    def _renewed(self, fingerprint: str) -> None:
        self._rest()
        self.approval.show_own(fingerprint)
        self.banner.show_key(Tone.OK, "sign_in.join.made")

    def _made(self, fingerprint: str) -> None:
        self._rest()
        self.approval.number.set_value(self.card.number.value())
        self.approval.password.set_value(self.card.password.value())
        self.card.password.clear()
        self._wait_for_approval(fingerprint)
        self.banner.show_key(Tone.OK, "sign_in.join.made")

    def _wait_for_approval(self, fingerprint: str) -> None:
        self.approval.show_own(fingerprint)
        self._stack.setCurrentWidget(self.approval)
        self._next.set_key("sign_in.renew.accept" if self._renewing else "sign_in.join.accept")
        self.approval.number.editor.setFocus()
        self._allow()

    def _choose(self) -> None:
        title = "sign_in.join.choose"
        choose_file(self._kit, self, title, self._chosen, patterns=_APPROVALS)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        self.take(paths[0])

    def _looked(self, found: tuple[ApprovingCentre, str]) -> None:
        centre, self._approval = found
        self._centre = centre
        self.approval.show_centre(centre)
        self._rest()
        self._next.setFocus()

    def _join(self) -> None:
        if self._centre is None:
            self.approval.choose.setFocus()
            return
        self.banner.clear()
        self._wait()
        server = self.approval.server.value().strip()
        work = work_of(self._calls.seat.join, self._approval, *self._opens(), server)
        self._kit.runner.start("db", work, self._over, self._failed)

    def _over(self, centre: ApprovingCentre) -> None:
        self._rest()
        self.approval.password.set_value("")
        self.joined.emit(centre)

    def _opens(self) -> tuple[str, str]:
        return plain(self.approval.number.value()), self.approval.password.value()

    def _failed(self, error: Exception) -> None:
        self._rest()
        self.banner.show_error(error)

    def _wait(self) -> None:
        self._busy = True
        self._allow()

    def _rest(self) -> None:
        self._busy = False
        self._allow()

    def _allow(self) -> None:
        joining = self._stack.currentWidget() is self.approval
        self._stack.setEnabled(not self._busy)
        self._back.setEnabled(not self._busy)
        self._next.setEnabled(not self._busy and not (joining and self._centre is None))


def _mark(field: Field, fault: str) -> None:
    field.set_hint_key(Tone.BAD, fault)
    field.edited.connect(field.clear_hint, Qt.ConnectionType.SingleShotConnection)
