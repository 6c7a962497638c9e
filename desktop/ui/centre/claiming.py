"""Who has an order in hand: shown beside it, taken, let go and handed over by keys. Only where several may be at it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import Officer
from desktop.domain.orders.claim import ClaimState, OrderClaim
from desktop.domain.time.clock import from_wire
from desktop.services.orders.claim_order import (
    claim_order,
    hand_over_claims,
    has_seats,
    receivers_of_claims,
    release_order,
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
        self.claims: Mapping[str, OrderClaim] = {}

    def state(self, order: str) -> ClaimState | None:
        """What the claim on an order is to whoever is signed in; None for none."""
        claim = self.claims.get(order)
        return claim.state(self._session.officer.number) if claim is not None else None

    def hand(self, order: str) -> str:
        """Who has it in hand, for a column; "" for nobody."""
        claim, state = self.claims.get(order), self.state(order)
        if claim is None or state is None:
            return ""
        return self._kit.texts.text(f"centre.claim.column.{state.value}", name=_name(claim))

    def tone(self, order: str) -> Tone | None:
        """How a column shows it."""
        return Tone.WARN if self.state(order) is ClaimState.STALE else None

    def line(self, order: str) -> str:
        """The same with when and why, for whoever looks at the order; "" for nobody."""
        claim, state = self.claims.get(order), self.state(order)
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

    def turn(self, order: str) -> None:
        """Let go one's own; take any other."""
        if self.state(order) is ClaimState.MINE:
            work = work_of(release_order, self._session, order)
            self._run_alone(work, done_key="centre.claim.released")
        else:
            self._take(order, lambda: None, "centre.claim.taken")

    def before(self, order: str, then: Callable[[], None]) -> None:
        """Take an order in hand and go on with it; from somebody who is at it only with a reason."""
        if not self.offered or self.state(order) is ClaimState.MINE:
            then()
        else:
            self._take(order, then, "")

    def hand_over(self) -> None:
        """Ask to whom all goes that one has in hand."""
        work = work_of(receivers_of_claims, self._session)
        self._receivers.start("db", work, self._ask_receiver, self._failed)

    def _take(self, order: str, then: Callable[[], None], done_key: str) -> None:
        claim = self.claims.get(order)
        if claim is None or not claim.needs_reason(self._session.officer.number):
            action = RunningAction(self, None, done_key)
            work = work_of(claim_order, self._session, order)
            self._set_going(action, work, "db", partial(self._taken, then))
            return
        since = moment(self._kit, from_wire(claim.since))
        dialog = ReasonDialog(
            self._kit, self._window, "centre.claim.take", "claim", keeps_open=True,
            name_of=_name(claim), since=since,
        )  # fmt: skip

        def do(reason: object) -> None:
            work = work_of(claim_order, self._session, order, str(reason))
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
    """Who has the order that is shown in hand, above its elements."""

    def __init__(self, kit: Kit, claiming: Claiming) -> None:
        super().__init__(kit, role="small", ink="muted", wrap=True)
        self._claiming = claiming
        self.setObjectName("order_hand")
        self.hide()

    def show_order(self, order: str) -> None:
        """Show it; nothing for an order that nobody has in hand."""
        state = self._claiming.state(order)
        self.setVisible(state is not None)
        if state is not None:
            self.set_ink(_INK[state])
            self.set_text(self._claiming.line(order))


def _name(claim: OrderClaim) -> str:
    return claim.name or claim.officer
