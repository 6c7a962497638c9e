"""Who has an order, a case or a batch in hand: shown beside it, taken, let go and handed over by keys. Only where
several may be at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Officer
from desktop.domain.orders.claim import ClaimState, WorkClaim
from desktop.domain.time.clock import from_wire
from desktop.services.orders.claim_work import (
    all_claims,
    claim_work,
    hand_over_claims,
    has_seats,
    receivers_of_claims,
    release_work,
)
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormText, Input, choice
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.tables.list_page import ListPage
from desktop.ui.shared.widgets.texts.label import Label

_INK: Final = {ClaimState.MINE: "muted", ClaimState.LIVE: "", ClaimState.STALE: "amber"}


class Claiming(DialogActions):
    """What the keys of a list do with claims; ``claims``: those of what is shown."""

    def __init__(self, kit: Kit, session: Session, page: QWidget) -> None:
        super().__init__(kit, page)
        self._session = session
        self._receivers = Latest(kit.runner, self)
        self.offered = has_seats(session)
        """Whether anybody else can be at these data."""
        self.claims: Mapping[str, WorkClaim] = {}
        """What is in hand → who has it."""

    def state(self, about: str) -> ClaimState | None:
        """What the claim on it is to whoever is signed in; None for none."""
        claim = self.claims.get(about)
        return claim.state(self._session.officer.number) if claim is not None else None

    def hand(self, about: str) -> str:
        """Who has it in hand, for a column; "" for nobody."""
        claim, state = self.claims.get(about), self.state(about)
        if claim is None or state is None:
            return ""
        return self._kit.texts.text(f"centre.claim.column.{state.value}", name=_name(claim))

    def others(self, about: str) -> str:
        """Which colleague has it in hand, "" for nobody."""
        mine = self.state(about) in (None, ClaimState.MINE)
        return "" if mine else self.hand(about)

    def tone(self, about: str) -> Tone | None:
        """How a column shows it."""
        return Tone.WARN if self.state(about) is ClaimState.STALE else None

    def line(self, about: str) -> str:
        """The same with when and why, for whoever looks at it; "" for nobody."""
        claim, state = self.claims.get(about), self.state(about)
        if claim is None or state is None:
            return ""
        text = self._kit.texts.text
        since = moment(self._kit, from_wire(claim.since))
        parts = [text(f"centre.claim.line.{state.value}", name=_name(claim), since=since)]
        if claim.former and state is not ClaimState.MINE:
            mine = claim.former == self._session.officer.number
            parts.append(text("centre.claim.from_you") if mine else "")
        elif claim.former:
            parts.append(text("centre.claim.from", by=claim.former))
        if claim.reason:
            parts.append(text("centre.claim.reason", reason=claim.reason))
        return " · ".join(filter(None, parts))

    def turn(self, about: str) -> None:
        """Let go one's own; take any other."""
        if self.state(about) is ClaimState.MINE:
            work = work_of(release_work, self._session, about)
            self._run_alone(work, done_key="centre.claim.released")
        else:
            self._take(about, lambda: None, "centre.claim.taken")

    def before(self, about: str, then: Callable[[], None]) -> None:
        """Take it in hand and go on; from somebody who is at it only with a reason."""
        if not self.offered or self.state(about) is ClaimState.MINE:
            then()
        else:
            self._take(about, then, "")

    def hand_over(self) -> None:
        """Ask to whom all goes that one has in hand."""
        work = work_of(receivers_of_claims, self._session)
        self._receivers.start("db", work, self._ask_receiver, self._failed)

    def _take(self, about: str, then: Callable[[], None], done_key: str) -> None:
        claim = self.claims.get(about)
        if claim is None or not claim.needs_reason(self._session.officer.number):
            action = RunningAction(self, None, done_key)
            work = work_of(claim_work, self._session, about)
            self._set_going(action, work, "db", partial(self._taken, then))
            return
        since = moment(self._kit, from_wire(claim.since))
        dialog = ReasonDialog(
            self._kit, self._window, "centre.claim.take", "claim", keeps_open=True,
            name_of=_name(claim), since=since,
        )  # fmt: skip

        def do(reason: object) -> None:
            work = work_of(claim_work, self._session, about, str(reason))
            self._run(work, then=partial(self._taken, then))

        dialog.given.connect(do)
        self._show(dialog, done_key)

    def _taken(self, then: Callable[[], None], action: RunningAction, result: object) -> None:
        self._action_done(action, result)
        then()

    def _ask_receiver(self, officers: Sequence[Officer]) -> None:
        if not officers:
            self._failed(UserInputError("claim.nobody"))
            return
        options = tuple(
            Option(officer.number, text=f"{officer.name} {officer.number}") for officer in officers
        )
        rows = (
            FormText("centre.claim.hand_over.question"),
            Input("to", "centre.claim.hand_over.to", make=choice(options), needed=True),
        )
        form = Form(
            "hand_over_claims", "centre.claim.hand_over.title", "centre.claim.hand_over.accept", rows,
            focus="to",
        )  # fmt: skip

        def act(filled: FilledForm) -> int:
            return hand_over_claims(self._session, filled["to"])

        self._ask_form(form, act, "centre.claim.handed_over")


class ClaimLine(Label):
    """Who has what is shown in hand."""

    def __init__(self, kit: Kit, claiming: Claiming) -> None:
        super().__init__(kit, role="small", ink="muted", wrap=True)
        self._claiming = claiming
        self.setObjectName("order_hand")
        self.hide()

    def show_work(self, about: str) -> None:
        """Show it; nothing for what nobody has in hand."""
        state = self._claiming.state(about)
        self.setVisible(state is not None)
        if state is not None:
            self.set_ink(_INK[state])
            self.set_text(self._claiming.line(about))


class HandLine(QWidget):
    """Above what a page shows: who has it in hand. ``page`` gets the key that takes it and lets it go; hidden where
    nobody has it."""

    def __init__(self, kit: Kit, session: Session, page: ListPage[Any]) -> None:
        super().__init__()
        self.setObjectName("page_hand")
        self._session = session
        self._about = ""
        self._reading = Latest(kit.runner, self)
        self._claiming = claiming = Claiming(kit, session, page)
        self._line = ClaimLine(kit, claiming)
        row = Row(kit, self)
        row.addWidget(self._line, 1)
        self.hide()
        if claiming.offered:
            page.add("centre.claim.turn", "Ctrl+Shift+B", self._turn)
            kit.texts.changed.connect(self._show)
        claiming.changed.connect(self._read)
        self._failed = page.fail
        claiming.failed.connect(page.fail)

    def show_work(self, about: str) -> None:
        """Read who has it in hand; nothing for ""."""
        self._about = about
        self._read()

    def _read(self) -> None:
        if self._about and self._claiming.offered:
            work = work_of(all_claims, self._session)
            self._reading.start("survey", work, self._came, self._failed)

    def _came(self, claims: Mapping[str, WorkClaim]) -> None:
        self._claiming.claims = claims
        self._show()

    def _show(self) -> None:
        self._line.show_work(self._about)
        self.setVisible(not self._line.isHidden())

    def _turn(self) -> None:
        if self._about:
            self._claiming.turn(self._about)


def _name(claim: WorkClaim) -> str:
    return claim.name or claim.officer
