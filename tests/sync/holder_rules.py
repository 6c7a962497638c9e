"""Cases handed from desk to desk, and what two decided at once settled by a person: rules for the great machine."""

from __future__ import annotations

import contextlib

from hypothesis import strategies as st
from hypothesis.stateful import rule

from desktop.domain.errors import RuleError, TrustError
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.change_holder import (
    DECLINE,
    OFFER,
    TAKE_ON,
    TAKE_OVER,
    WITHDRAW,
    decline_case,
    holder_state,
    offer_case,
    take_on_case,
    take_over_case,
    withdraw_case_offer,
)
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.look_up import board, case_file
from tests.support.sessions import Seat

ACTS = st.sampled_from((OFFER, TAKE_ON, DECLINE, WITHDRAW, TAKE_OVER))
PICK = st.integers(0, 5)


class ChargeRules:
    """For a machine with ``seats``, the first and the last of one station, and ``centre``."""

    seats: tuple[Seat, Seat, Seat]
    centre: Seat

    @rule(which=st.sampled_from((0, 2)), act=ACTS, pick=PICK)
    def change_holder_of_a_case(self, which: int, act: str, pick: int) -> None:
        """What the page offers goes through, but to a colleague whose trust ran out."""
        session = self.seats[which].session
        cases = [card.id for card in board(session)]
        if not cases:
            return
        case = cases[pick % len(cases)]
        may = act in holder_state(session, case_file(session, case)).acts
        refused = (TrustError,) if may else (RuleError, TrustError)
        with contextlib.suppress(*refused):
            self._act(which, act, case)

    def _act(self, which: int, act: str, case: CaseId) -> None:
        session = self.seats[which].session
        if act == OFFER:
            offer_case(session, case, self.seats[2 - which].session.profile.device, "换班")
        elif act == TAKE_ON:
            take_on_case(session, case)
        elif act == DECLINE:
            decline_case(session, case, "停电")
        elif act == WITHDRAW:
            withdraw_case_offer(session, case)
        else:
            take_over_case(session, case, "那台故障")

    @rule(which=st.sampled_from((0, 1, 2, 3)), pick=PICK, choice=st.integers(1, 2))
    def a_person_settles(self, which: int, pick: int, choice: int) -> None:
        session = (*self.seats, self.centre)[which].session
        found = open_conflicts(session)
        if not found:
            return
        item = found[pick % len(found)]
        settle_conflict(session, item.key, choice)
        assert item.key not in {left.key for left in open_conflicts(session)}
