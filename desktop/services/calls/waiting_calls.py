"""来电: calls that are being taken down, and those that broke off and wait to be called back (待回拨).

A call is the draft it was typed into. So it is on disk while it is typed, several stand side by side, and one that
broke off stays until somebody goes on with it, registers it or gives it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.cases.call import BROKE_OFF, Call, call_of
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.identifiers.plain import digits_of
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.law.deadlines import term_end_if_ruled
from desktop.domain.time.clock import from_wire
from desktop.services.cases.form.drafts import open_drafts
from desktop.services.session import Session

_BACK: Final = "call.back"
"""The rule that says how soon one that broke off is called back."""
_SHORTEST: Final = 7
"""Digits of a number that anybody can be called at."""


@dataclass(frozen=True, slots=True)
class WaitingCall:
    """A call that is not registered yet. ``victim``: as typed so far; ``broke_off``: when the line went, None for one
    that goes on; ``due``: when it is to be called back at the latest, None where no rule says."""

    case: CaseId
    call: Call
    victim: str
    begun_at: datetime
    saved_by: str
    broke_off: datetime | None = None
    due: datetime | None = None


def waiting_calls(session: Session) -> tuple[WaitingCall, ...]:
    """Every draft that is no report yet and that something was typed into: those that broke off first, the longest
    waiting in front."""
    session.require(Permission.READ_CASES)
    drafts = [draft for draft in open_drafts(session) if not draft.form.untouched]
    there = [one for one in drafts if not one.on_pc]
    if there:  # of what only this PC has, nothing is known to be registered
        with session.store.read() as reader:
            registered = {
                one.form.case_id for one in there if reader.current(f"case/{one.form.case_id}")
            }
        drafts = [one for one in drafts if one.form.case_id not in registered]
    found = []
    for draft in drafts:
        call = call_of(draft.form.answers)
        begun_at = _instant(call.at) or _instant(draft.form.begun_at)
        broke_off = _instant(dict(draft.form.answers).get(BROKE_OFF, ""))
        found.append(
                WaitingCall(
                    CaseId(draft.form.case_id), call, draft.form.victim.name.strip(),
                    begun_at or from_wire(draft.saved_at), draft.officer, broke_off, _due(session, broke_off),
                )
            )  # fmt: skip
    return tuple(
        sorted(found, key=lambda one: (one.broke_off is None, one.broke_off or one.begun_at))
    )


def same_caller(session: Session, form: IntakeForm) -> WaitingCall | None:
    """The other call from the same number that is still open: a second call goes on with the first."""
    call = call_of(form.answers)
    numbers = {digits_of(number) for number in (call.caller, call.callback)}
    wanted = {number for number in numbers if len(number) >= _SHORTEST}
    for one in waiting_calls(session) if wanted else ():
        known = {digits_of(one.call.caller), digits_of(one.call.callback)}
        if one.case != form.case_id and known & wanted:
            return one
    return None


def _instant(text: str) -> datetime | None:
    try:
        return from_wire(text)
    except ValueError:
        return None


def _due(session: Session, broke_off: datetime | None) -> datetime | None:
    return term_end_if_ruled(session.rules, _BACK, broke_off) if broke_off is not None else None
