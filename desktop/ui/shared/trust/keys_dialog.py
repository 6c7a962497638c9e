"""This installation's own keys: which is in use since when, which before, and the change to new ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange.peers import OwnKey, Peer
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.files.atomic_file import write_atomic
from desktop.sealing.backup_key_file import new_backup_key
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.backup_key import backup_since, choose_backup
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import copy_is_due, own_keys, unaware
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormDialog, Input, switch
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.peers_dialog import day_text
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.spelled import spelled


@dataclass(frozen=True, slots=True)
class OfflineKey:
    """The backup key of a centre, whose secret half lies on paper. ``recipient``: "" where there is none; ``since``:
    None where older records do not tell."""

    recipient: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class KeysView:
    """One reading. ``unaware``: who does not know the newest key yet; ``may_change``: whether the officer may;
    ``copy_is_due``: no safety copy holds the newest keys. ``offline``: at a centre, its offline backup key."""

    keys: tuple[OwnKey, ...]
    unaware: tuple[Peer, ...]
    may_change: bool
    copy_is_due: bool = False
    offline: OfflineKey | None = None


def view_keys(session: Session) -> KeysView:
    """Every key this installation ever used."""
    may_change = session.officer.may(Permission.ADMINISTER)
    waiting = unaware(session, receivers(session))
    offline = None
    if session.profile.role is InstallationRole.CENTRE:
        offline = OfflineKey(*backup_since(session, session.profile.device))
    return KeysView(own_keys(session), waiting, may_change, copy_is_due(session), offline)


def make_offline_key(session: Session, target: Path, second: TypedSecond | None = None) -> str:
    """At a centre: a new offline backup key into a file, in place of the former; its public half."""
    session.require(Permission.ADMINISTER)
    text, recipient = new_backup_key()
    keep = partial(write_atomic, target, text.encode(), mode=0o600)
    choose_backup(session, recipient, proved(session, second), keep)
    return recipient


_WIDTHS: Final = {"since": 112, "until": 112, "state": 150}
_TONES: Final = {"in_use": Tone.OK, "kept": Tone.NEUTRAL, "lost": Tone.BAD, "gone": Tone.NEUTRAL}
_PLANNED: Final = "planned"
_LOST: Final = "lost"


class KeysDialog(DialogFrame):
    """``rotate_wanted()``; ``destroy_wanted(OwnKey)`` for a former pair that is still here; ``offline_wanted()``: a
    centre wants an offline backup key; ``card_wanted()``: our card, which shows the key in use."""

    rotate_wanted = Signal()
    destroy_wanted = Signal(object)
    offline_wanted = Signal()
    card_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(kit, parent, "trust.keys.title", wide=True)
        self.setObjectName("keys_dialog")
        self._may_change = False
        self._busy = False
        self.banner = Banner(kit, "keys_banner")
        self.body.addWidget(self.banner)
        self.work = WorkCard(kit, name="keys_work")
        self.body.addWidget(self.work)
        self.body.addWidget(Label(kit, "trust.keys.what", ink="muted", wrap=True))
        self.rows = RowsModel[OwnKey](kit, self._columns(), _key)
        self.table: Table[OwnKey] = Table(kit, self.rows, "keys_table")
        self.table.set_widths(_WIDTHS, stretch="fingerprint")
        self.table.setFixedHeight(5 * kit.theme.space("table_row"))
        kit.texts.bind(self.table.setAccessibleName, "trust.keys.title")
        self.body.addWidget(self.table)
        self._detail = Label(kit, role="small", ink="muted", wrap=True)
        self._detail.setObjectName("keys_detail")
        self.body.addWidget(self._detail)
        self._unaware = Label(kit, wrap=True)
        self._unaware.setObjectName("keys_unaware")
        self.body.addWidget(self._unaware)
        self._build_notes()
        card = self.add_button("trust.keys.card", name="keys_card", closes=False, keys="Ctrl+P")
        card.clicked.connect(self.card_wanted)
        self._destroy = self.add_button(
            "trust.keys.destroy", name="keys_destroy", closes=False, keys="Delete"
        )
        self._rotate = self.add_button(
            "trust.keys.rotate", name="keys_rotate", closes=False, keys="Ctrl+N"
        )
        self.add_button("shared.close", name="keys_close")
        self._rotate.clicked.connect(self.rotate_wanted)
        self._destroy.clicked.connect(self._ask_destroy)
        self.table.current_changed.connect(self._show_detail)
        self._show_detail()

    def begin_work(self) -> None:
        """Evidence is sealed anew: nothing else about keys meanwhile."""
        self._busy = True
        self.work.begin("trust.keys.resealing")
        self._allow()

    def end_work(self) -> None:
        """It is over, however it ended."""
        self._busy = False
        self.work.finish()
        self._allow()

    def show_view(self, view: KeysView) -> None:
        """The key in use first."""
        self._may_change = view.may_change
        self.rows.set_rows(view.keys)
        if view.keys and self.table.selected() is None:
            self.table.select_key(_key(view.keys[0]))
        names = [self._name(peer.card.unit_name, peer.card.device_letter) for peer in view.unaware]
        self._unaware.setVisible(bool(names))
        self._copy.setVisible(view.copy_is_due)
        self._show_offline(view)
        self._unaware.set_key(
            "trust.keys.unaware", names=self.kit.texts.text("trust.pause").join(names)
        )
        self._show_detail()
        self.table.setFocus()

    def _show_offline(self, view: KeysView) -> None:
        offline = view.offline
        self._offline.setVisible(offline is not None)
        self._make.setEnabled(view.may_change)
        if offline is None:
            return
        if not offline.recipient:
            self._offline_line.set_key("trust.offline.none")
        elif offline.since is None:
            self._offline_line.set_key("trust.offline.there")
        else:
            self._offline_line.set_key("trust.offline.since", day=day_text(self.kit, offline.since))

    def _build_notes(self) -> None:
        """What is to be done about keys besides changing them."""
        kit = self.kit
        self._copy = Label(kit, "trust.keys.copy_is_due", wrap=True)
        self._copy.setObjectName("keys_copy")
        self.body.addWidget(self._copy)
        self._offline = QWidget()
        row = Row(kit, self._offline)
        self._offline_line = Label(kit, wrap=True)
        self._offline_line.setObjectName("keys_offline")
        row.addWidget(self._offline_line, 1)
        self._make = Button(kit, "trust.offline.make", size=Size.COMPACT, name="keys_make_offline")
        self._make.clicked.connect(self.offline_wanted)
        row.addWidget(self._make)
        self.body.addWidget(self._offline)

    def _name(self, unit: str, letter: str) -> str:
        return self.kit.texts.text("trust.party.desk", unit=unit, letter=letter)

    def _columns(self) -> tuple[TableColumn[OwnKey], ...]:
        return (
            TableColumn("fingerprint", "trust.fingerprint", _fingerprint, digits=True),
            TableColumn("since", "trust.keys.since", self._since),
            TableColumn("until", "trust.keys.until", self._until),
            TableColumn("state", "trust.standing", self._state, chip=True, tone=_tone),
        )

    def _since(self, key: OwnKey) -> str:
        return day_text(self.kit, key.since)

    def _until(self, key: OwnKey) -> str:
        return day_text(self.kit, key.until)

    def _state(self, key: OwnKey) -> str:
        return self.kit.texts.text(f"trust.keys.is.{state_of(key)}")

    def _show_detail(self) -> None:
        key = self.table.selected()
        if key is None:
            self._detail.set_text("")
        elif key.until is None:
            self._detail.set_text(spelled(self.kit, key.fingerprint))
        else:
            self._detail.set_key(f"trust.keys.note.{state_of(key)}")
        self._allow()

    def _allow(self) -> None:
        key = self.table.selected()
        former = key is not None and key.until is not None and key.held
        free = self._may_change and not self._busy
        self._rotate.setEnabled(free)
        self._destroy.setEnabled(free and former)

    def _ask_destroy(self) -> None:
        key = self.table.selected()
        if key is not None:
            self.destroy_wanted.emit(key)


class RotateDialog(FormDialog):
    """``given(reason)``: "" for a planned change, else why the former keys may be in other hands."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        options = tuple(Option(name, f"trust.rotate.{name}") for name in (_PLANNED, _LOST))
        self._what = Label(kit, f"trust.rotate.{_PLANNED}_what", wrap=True)
        self._what.setObjectName("rotate_what")
        rows = (
            Input("why", "trust.rotate.title", switch(options), then=lambda _: self._follow_choice()),
            self._what,
            Input(
                "reason", "trust.rotate.reason", needed=True,
                when=lambda filled: filled["why"] == _LOST,
            ),
        )  # fmt: skip
        super().__init__(
            kit,
            parent,
            Form("rotate", "trust.rotate.title", "trust.rotate.accept", rows, closes=True),
        )

    def outcome(self, filled: FilledForm) -> str:
        """The reason."""
        return filled["reason"]

    def _follow_choice(self) -> None:
        why = self.filled()["why"]
        self._what.set_key(f"trust.rotate.{why}_what")
        if why == _LOST:
            self.fields["reason"].setFocus()


def state_of(key: OwnKey) -> str:
    """Names the word for how a key of ours stands."""
    if key.until is None:
        return "in_use"
    if not key.held:
        return "gone"
    return "lost" if key.lost else "kept"


def _key(key: OwnKey) -> str:
    return key.fingerprint


def _fingerprint(key: OwnKey) -> str:
    return grouped(key.fingerprint)


def _tone(key: OwnKey) -> Tone | None:
    return _TONES[state_of(key)]
