"""What people say of two cases, or of a value: entries of the journal, which every later search reads."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from desktop.domain.clock import to_wire
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.fields import Fields
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.domain.series import HUB, Verdict, link_key, link_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import HUB_DECIDED, LINK_DECIDED
from desktop.services.desk import Desk
from desktop.services.form_facts import clean


def decide_link(
    desk: Desk, one: CaseId, other: CaseId, verdict: Verdict | None, reason: str = ""
) -> None:
    """Say that two cases are of one series, or are not, or that nobody knows yet; None takes back what was said.

    Raises:
        UserInputError: ``case.unknown``; ``series.no_reason`` for a "different" without one.
        RuleError: ``series.one_case``.
    """
    desk.require(Permission.WRITE_CASES, at_centre=True)
    decide_links(desk, one, (other,), verdict, reason)


def decide_links(
    desk: Desk,
    case: CaseId,
    others: Sequence[CaseId],
    verdict: Verdict | None,
    reason: str = "",
) -> None:
    """The same of one case and each of several others, all or none."""
    desk.require(Permission.WRITE_CASES, at_centre=True)
    if case in others:
        raise RuleError("series.one_case")
    if verdict is Verdict.DIFFERENT and not clean(reason):
        raise UserInputError("series.no_reason")
    now = to_wire(desk.clock.now())
    with desk.store.write() as transaction:
        for name in (case, *others):
            if transaction.case_card(name) is None:
                raise UserInputError("case.unknown")
        for other in others:
            first, second = sorted((case, other))
            fields: Fields = {
                "first": first,
                "second": second,
                "verdict": verdict.value if verdict else "",
                "reason": clean(reason),
                "by": desk.officer.number,
                "at": now,
            }
            entry = NewEntry(LINK_DECIDED, link_subject(case, other), fields)
            transaction.append(desk.officer.number, entry)


def mark_hub(desk: Desk, normal: str, *, hub: bool) -> None:
    """Say that a value links nothing (a gateway, a public number), or take that back."""
    desk.require(Permission.WRITE_CASES, at_centre=True)
    key = link_key(normal)
    if not key:
        raise UserInputError("series.no_value")
    subject = f"{HUB}/{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    fields: Fields = {
        "normal": normal.strip(),
        "hub": "yes" if hub else "",
        "by": desk.officer.number,
        "at": to_wire(desk.clock.now()),
    }
    with desk.store.write() as transaction:
        transaction.append(desk.officer.number, NewEntry(HUB_DECIDED, subject, fields))
