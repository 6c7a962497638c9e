"""The PCs of a centre on a server: who works in its database, letting another in or new keys of one,
and taking one away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.exchange.peers import PeerCard
from desktop.runtime.files.atomic_file import write_atomic
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.list_devices import unlist_device
from desktop.services.exchange.peers.seats import SeatRow, read_seat_card, seats_of_centre
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.trust.trusting import Trusting
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_target
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.tables.rows_model import RowsModel, TableColumn
from desktop.ui.shared.widgets.tables.table import Table
from desktop.ui.shared.widgets.texts.label import Label

Enrol = Callable[[str, TypedSecond | None, str], tuple[PeerCard, str]]
"""Lets in the PC on a card, in the place of keys that it had so far where a fingerprint is given; its card, and the
approval that goes back to it."""
_WIDTHS: Final = {"state": 132, "since": 108}
_SHOWN: Final = 5
"""Rows without scrolling; a centre has few PCs."""


class SeatsCard(Card):
    """``enrol`` runs in lane ``db``. Only the first PC may change anything; the others see who is who."""

    def __init__(self, kit: Kit, session: Session, enrol: Enrol, parent: QWidget) -> None:
        super().__init__(kit, "settings.seats.title")
        self.setParent(parent)
        self._kit = kit
        self._session = session
        self._enrol = enrol
        self._approval = self._former = ""
        self._card: PeerCard | None = None
        self._two = TwoOfficers(kit, self)
        self._trusting = Trusting(kit, self, session, self._let_in, read_seat_card)
        self._trusting.trusted.connect(self._taken_in)
        self._trusting.failed.connect(self._fail)
        self.body.addWidget(Label(kit, "settings.seats.explain", ink="muted", wrap=True))
        columns = (
            TableColumn("fingerprint", "trust.fingerprint", self._named, digits=True),
            TableColumn("state", "trust.standing", self._state, chip=True, tone=_tone),
            TableColumn("since", "settings.seats.since", self._since),
        )
        self.rows = RowsModel[SeatRow](kit, columns, _fingerprint)
        self.table: Table[SeatRow] = Table(kit, self.rows, "seats_table")
        self.table.set_widths(_WIDTHS, stretch="fingerprint")
        self.table.setFixedHeight(_SHOWN * kit.theme.space("table_row"))
        kit.texts.bind(self.table.setAccessibleName, "settings.seats.title")
        self.body.addWidget(self.table)
        self._add, self._renew, self._remove = self._lay_buttons()
        self.banner = Banner(kit, "seats_banner", closable=True)
        self.body.addWidget(self.banner)
        self.table.current_changed.connect(self._allow)
        kit.texts.changed.connect(self.reload)
        self._allow()
        self.reload()

    def _lay_buttons(self) -> tuple[Button, ...]:
        row, made = Row(self._kit), []
        for name, act in (
            ("add", self._ask_card), ("renew", self._ask_new_card), ("remove", self._ask_removal)
        ):  # fmt: skip
            made.append(Button(self._kit, f"settings.seats.{name}", name=f"seats_{name}"))
            made[-1].clicked.connect(act)
            row.addWidget(made[-1])
        row.addStretch(1)
        self.body.addLayout(row)
        return tuple(made)

    def reload(self) -> None:
        """Read who works here."""
        work = work_of(seats_of_centre, self._session)
        self._kit.runner.start("db", work, self._show, self._fail)

    def _show(self, rows: tuple[SeatRow, ...]) -> None:
        self.rows.set_rows(rows)
        self._allow()

    def _allow(self) -> None:
        row = self.table.selected()
        first_pc = not self._session.profile.seat
        self._add.setEnabled(first_pc)
        for button in (self._renew, self._remove):
            button.setEnabled(first_pc and row is not None and row.is_working_seat)

    def _ask_card(self) -> None:
        self.banner.clear()
        self._former = ""
        self._trusting.ask("settings.seats.card_title", "settings.seats.card_text")

    def _ask_new_card(self) -> None:
        row = self.table.selected()
        if row is not None:
            self.banner.clear()
            self._former = row.fingerprint
            self._trusting.ask("settings.seats.renew_title", "settings.seats.renew_text")

    def _let_in(self, card_text: str, second: TypedSecond | None) -> object:
        return self._enrol(card_text, second, self._former)

    def _taken_in(self, made: tuple[PeerCard, str]) -> None:
        self._card, self._approval = made
        self.reload()
        name = self._kit.texts.text("settings.seats.file")
        choose_target(self._kit, self, "settings.seats.save", name, self._save)

    def _save(self, paths: tuple[Path, ...]) -> None:
        keep = partial(write_atomic, paths[0], self._approval.encode(), mode=0o600)
        self._kit.runner.start("files", work_of(keep), self._saved, self._fail)

    def _saved(self, _nothing: object) -> None:
        self._approval = ""
        done = "settings.seats.renewed" if self._former else "settings.seats.saved"
        self.banner.show_key(Tone.OK, done)

    def _ask_removal(self) -> None:
        row = self.table.selected()
        if row is not None:
            ask(
                self._kit,
                self,
                "settings.seats.removing.title",
                "settings.seats.removing.text",
                "settings.seats.removing.accept",
                self._take_away,
                danger=True,
                fingerprint=grouped(row.fingerprint),
            )

    def _take_away(self) -> None:
        row = self.table.selected()
        if row is not None:
            what = self._kit.texts.text("settings.seats.removing.title")
            act = partial(_remove, self._session, row.fingerprint)
            self._two.do(act, self._taken_away, self._fail, what)

    def _taken_away(self, _list: object) -> None:
        self.banner.show_key(Tone.OK, "settings.seats.removed")
        self.reload()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.banner.show_error(error)

    def _named(self, row: SeatRow) -> str:
        """Which one somebody sits at is said beside it."""
        here = row.fingerprint == self._session.keys.current
        key = "settings.seats.here" if here else "settings.seats.there"
        return self._kit.texts.text(key, fingerprint=_fingerprint(row))

    def _state(self, row: SeatRow) -> str:
        return self._kit.texts.text(f"settings.seats.is.{row.state.value}")

    def _since(self, row: SeatRow) -> str:
        return row.since.astimezone(self._kit.zone).strftime("%Y-%m-%d")


def _remove(session: Session, fingerprint: str, second: TypedSecond | None) -> str:
    return unlist_device(session, fingerprint, proved(session, second))


def _fingerprint(row: SeatRow) -> str:
    return grouped(row.fingerprint)


def _tone(row: SeatRow) -> Tone | None:
    return Tone.BAD if row.is_removed else Tone.OK
