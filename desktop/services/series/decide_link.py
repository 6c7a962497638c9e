"""What people say of two cases, or of a value: entries of the journal, which every later search reads.

A centre decides. What a station says counts at the station and travels to the centre as a proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import Fields
from desktop.domain.series.series import (
    LINK,
    LinkVerdict,
    hub_subject,
    link_key,
    link_subject,
    proposals_of,
)
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import HUB_DECIDED, HUB_PROPOSED, LINK_DECIDED, LINK_PROPOSED
from desktop.services.ports import Transaction
from desktop.services.series.find_series import decisions_by_pair, unit_here
from desktop.services.session import Session

Before = tuple[tuple[str, Fields], ...]
"""What stood before an act: subject of a decision → its fields, without a verdict where nobody had said anything."""


def decide_link(
    session: Session, one: CaseId, other: CaseId, verdict: LinkVerdict | None, reason: str = ""
) -> Before:
    """Say that two cases are of one series, or are not, or that nobody knows yet; None takes back what was said.

    Raises:
        UserInputError: ``case.unknown``; ``series.no_reason`` for a "different" without one.
        RuleError: ``series.one_case``.
    """
    session.require(Permission.DECIDE_LINKS)
    return decide_links(session, one, (other,), verdict, reason)


def decide_links(
    session: Session,
    case: CaseId,
    others: Sequence[CaseId],
    verdict: LinkVerdict | None,
    reason: str = "",
) -> Before:
    """The same of one case and each of several others, all or none; what stood before, for :func:`take_back`. What was
    said of the same pair through reports that were merged since is overruled."""
    session.require(Permission.DECIDE_LINKS)
    if verdict is LinkVerdict.DIFFERENT and not clean(reason):
        raise UserInputError("series.no_reason")
    verdict_fields: Fields = {
        "verdict": verdict.value if verdict else "",
        "reason": clean(reason),
        "by": session.officer.number,
        "at": to_wire(session.clock.now()),
    }
    before: dict[str, Fields] = {}
    with session.store.write() as transaction:
        for name in (case, *others):
            if transaction.case_card(name) is None:
                raise UserInputError("case.unknown")
        decided, unit = decisions_by_pair(transaction, session), unit_here(session)
        for other in others:
            pair = frozenset(transaction.case_group(name).lead for name in (case, other))
            if len(pair) == 1:
                raise RuleError("series.one_case")
            first, second = sorted(pair)
            own, known = link_subject(first, second, unit), decided.get(pair, {})
            named: Fields = {"first": first, "second": second}
            ours = {name: fields for name, fields in known.items() if _is_ours(name, unit)}
            before |= {own: {**named, "verdict": "", "reason": ""}} | ours
            overruled = {name: {**verdict_fields, "verdict": ""} for name in ours.keys() - {own}}
            _append(session, transaction, {own: {**named, **verdict_fields}} | overruled)
    return tuple(before.items())


def take_back(session: Session, before: Before) -> None:
    """What stood before an act stands again, as it was said then."""
    session.require(Permission.DECIDE_LINKS)
    with session.store.write() as transaction:
        now: Fields = {"by": session.officer.number, "at": to_wire(session.clock.now())}
        _append(session, transaction, {subject: {**now, **fields} for subject, fields in before})


def _append(session: Session, transaction: Transaction, news: Mapping[str, Fields]) -> None:
    kind = LINK_PROPOSED if unit_here(session) else LINK_DECIDED
    for subject, fields in news.items():
        transaction.append(session.officer.number, NewEntry(kind, subject, fields))


def _is_ours(subject: str, unit: str) -> bool:
    """Whether it is this side's to say: at a station not what a centre decided, which the later proposal overrules
    here alone."""
    return not unit or subject.startswith(f"{proposals_of(LINK, unit)}/")


def mark_hub(session: Session, normal: str, *, hub: bool) -> None:
    """Say that a value links nothing (a gateway, a public number), or take that back."""
    session.require(Permission.DECIDE_LINKS)
    key = link_key(normal)
    if not key:
        raise UserInputError("series.no_value")
    subject = hub_subject(key, unit_here(session))
    kind = HUB_PROPOSED if unit_here(session) else HUB_DECIDED
    fields: Fields = {
        "normal": normal.strip(),
        "hub": "yes" if hub else "",
        "by": session.officer.number,
        "at": to_wire(session.clock.now()),
    }
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(kind, subject, fields))
