"""What the page does about the desk in charge: hand over, take on, refuse, take back, take over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.change_holder import (
    OFFER,
    TAKE_ON,
    TAKE_OVER,
    WITHDRAW,
    change_holder,
)
from desktop.services.session import Session
from desktop.ui.case.holder.card import HolderCard
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.shared.dialogs.form_dialog import Form, FormText, Input, choice
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.widgets.input.line_edit import Option

_AT_ONCE = (TAKE_ON, WITHDRAW)
"""Acts that need no words."""
_KEYED = (TAKE_ON, OFFER, TAKE_OVER)
"""What the key does: the first of these that may be done."""


class HolderActions(SheetActions):
    """Bound to the card; ``sheet`` is the case shown."""

    def __init__(self, kit: Kit, session: Session, window: QWidget, card: HolderCard) -> None:
        super().__init__(kit, session, window)
        self._asked: CaseSheet | None = None
        card.wanted.connect(self._act)
        self.failed.connect(self._may_ask_again)

    def ask(self) -> None:
        """The one act the key stands for."""
        state = self.sheet.holder if self.sheet is not None else None
        may = state.acts if state is not None else frozenset[str]()
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
        desks = [
            Option(peer.card.device, text=self._desk_text(peer))
            for peer in (sheet.holder.colleagues if act == OFFER else ())
        ]
        words = f"case_holder.ask.{act}"
        rows = (
            FormText(f"{words}.question", ink=""),
            Input("desk", "case_holder.ask.offer.desk", choice(desks), when=lambda _: bool(desks)),
            Input("reason", f"{words}.reason", needed=True),
        )
        self._ask_form(
            Form("charge", f"{words}.title", f"{words}.accept", rows, focus="reason"),
            lambda filled: change_holder(
                self._session, case, act, DeviceId(filled["desk"]), filled["reason"]
            ),
            f"case_holder.done.{act}",
        )

    def _desk_text(self, peer: Peer) -> str:
        device = peer.card.device
        return self._kit.texts.text(
            "case_holder.desk.one",
            letter=peer.card.device_letter,
            fingerprint=f"{device[:4]} {device[4:8]} …",
        )

    def _may_ask_again(self, _error: Exception) -> None:
        self._asked = None
