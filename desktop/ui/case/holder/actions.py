"""What the page does about the desk in charge: hand over, take on, refuse, take back, take over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.exchange import Peer
from desktop.domain.ids import DeviceId
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.change_holder import OFFER, TAKE_ON, TAKE_OVER, WITHDRAW, change_holder
from desktop.services.session import Session
from desktop.ui.case.holder.card import HolderCard
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.line_edit import Option


class HolderDialog(ReasonDialog):
    """``typed(device, reason)``. ``desks`` are offered for choice where there are any. Words are those of
    ``charge.ask.<act>``."""

    typed = Signal(str, str)

    def __init__(self, kit: Kit, parent: QWidget, act: str, desks: Sequence[Peer] = ()) -> None:
        super().__init__(kit, parent, f"case_holder.ask.{act}", "charge", keeps_open=True)
        options = [
            Option(
                peer.card.device,
                text=kit.texts.text(
                    "case_holder.desk.one",
                    letter=peer.card.device_letter,
                    fingerprint=f"{peer.card.device[:4]} {peer.card.device[4:8]} …",
                ),
            )
            for peer in desks
        ]
        self._desk = ComboField(kit, "charge_desk", "case_holder.ask.offer.desk", options)
        self._desk.setVisible(bool(options))
        self.body.insertWidget(self.body.count() - 1, self._desk)
        self.setTabOrder(self._desk.focusProxy() or self._desk, self.focusWidget())
        self.given.connect(self._tell)

    def _tell(self, reason: str) -> None:
        self.typed.emit(self._desk.value(), reason)


_AT_ONCE = (TAKE_ON, WITHDRAW)
"""Acts that need no words."""
_KEYED = (TAKE_ON, OFFER, TAKE_OVER)
"""What the key does: the first of these that may be done."""


class HolderActions(DialogActions):
    """Bound to the card; ``sheet`` is the case shown."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: HolderCard) -> None:
        super().__init__(kit, window)
        self._session = session
        self.sheet: CaseSheet | None = None
        self._asked: CaseSheet | None = None
        card.wanted.connect(self._act)
        self.failed.connect(self._may_ask_again)

    def ask(self) -> None:
        """The one act the key stands for."""
        standing = self.sheet.holder if self.sheet is not None else None
        may = standing.acts if standing is not None else frozenset[str]()
        act = next((act for act in _KEYED if act in may), "")
        if act:
            self._act(act)

    def _act(self, act: str) -> None:
        sheet = self.sheet
        if sheet is None or sheet.holder is None:
            return
        case = sheet.file.case.id
        if act in _AT_ONCE:
            if self._asked is sheet:
                return  # a second press, before the page tells what came of the first
            self._asked = sheet
            work = work_of(change_holder, self._session, case, act, DeviceId(""), "")
            self._run_alone(work, done_key=f"case_holder.done.{act}")
            return
        desks = sheet.holder.colleagues if act == OFFER else ()
        dialog = HolderDialog(self._kit, self._window, act, desks)
        dialog.typed.connect(partial(self._typed_in, sheet, act))
        self._show(dialog, f"case_holder.done.{act}")

    def _may_ask_again(self, _error: Exception) -> None:
        self._asked = None

    def _typed_in(self, sheet: CaseSheet, act: str, device: str, reason: str) -> None:
        case = sheet.file.case.id
        self._do(partial(change_holder, self._session, case, act, DeviceId(device), reason))
