"""Whether an entry of another device may take effect: the table of entry kinds, applied.

Three outcomes. An entry without an objection is *accepted*. One that breaks a rule is *refused*: it stays in its
stream, so that the chain goes on, but it never takes effect, and neither does what builds on it: later entries apply.
One by an officer who had been dismissed, or by a device behind the entry at which its revocation cuts, is *kept*: it is
not built upon, and a person looks at it. What a newer schema
says is not judged at all; it waits for the upgrade of this side.

The judgement rests on the entry, on the entries before it in its stream, on who made the ids it names, and on where a
revocation cuts the stream. So every
replica comes to the same one, in whatever order bundles arrive. Only ids from before
:func:`desktop.domain.ids.bound_id` belong to the device whose entry about them arrived first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from itertools import chain
from typing import Final

from desktop.domain.cases.holder_objection import read_decision
from desktop.domain.cases.tasks.assigned_task import SAID_BY_CENTRE
from desktop.domain.ids import is_bound, made_by
from desktop.domain.installation.profile import device_of
from desktop.domain.orders.confirmation import CONFIRMATION
from desktop.domain.records.fields import text
from desktop.journal.authorship import IS, NOT, AuthorshipFacts, Claim, holds_case
from desktop.journal.entry import Entry
from desktop.journal.entry_table import ALL, ENTRIES
from desktop.journal.field_rules import rules_of
from desktop.journal.kinds import (
    CASE_AMENDED,
    CASE_REGISTERED,
    ORDER_CONFIRMED,
    ORDER_ISSUED_ALONE,
)
from desktop.journal.objection import AuthorityRule, EntryOutcome, Objection
from desktop.journal.subject_rule import CENTRE_ALONE, HOLDER_ALONE, Author
from desktop.journal.subject_table import SUBJECTS

_LONGEST: Final = 200
"""Characters of an id, an officer's number, or what an entry replaces. No index of a server takes very long ones, and
one of them would keep out all that came with it."""
_TICK: Final = frozenset({"done_at", "done_by"})
"""What a station says of a task itself that a centre made."""
Check = Callable[[Claim], Objection | None]


def judge(entry: Entry, known: AuthorshipFacts) -> Objection | None:
    """The first rule that ``entry`` breaks; None where it may take effect. It is of a schema this program knows."""
    rule = ENTRIES.get(entry.kind)
    if rule is None:
        return Objection(AuthorityRule.KIND_UNKNOWN, facts={"kind": entry.kind})
    subject, _, key = entry.subject.partition("/")
    if subject not in rule.subjects or not 0 < len(key) <= _LONGEST:
        return Objection(
            AuthorityRule.SUBJECT_WRONG, facts={"kind": entry.kind, "subject": subject}
        )
    writer = known.writer(device_of(entry.stream))
    fields = rules_of(entry.kind, subject, entry.fields)
    cases = fields.cases_named(entry.fields)
    claim = Claim(entry, known, rule, SUBJECTS[subject], subject, key, writer, fields, cases)
    for check in _asked(CHECKS, subject):
        found = check(claim)
        if found is not None:
            return found
    return None


def claims(entry: Entry, known: AuthorshipFacts) -> bool:
    """Whether an accepted entry makes its device the owner of its subject, should its id tell nothing itself."""
    rule = ENTRIES.get(entry.kind)
    if rule is None:
        return False
    whole = rule.fields is ALL and entry.kind != CASE_AMENDED
    creates = whole or entry.kind == CASE_REGISTERED
    owned = not rule.is_event and not rule.authors.isdisjoint(_OWNERS)
    return owned and (creates or not known.writer(device_of(entry.stream)).is_centre)


_OWNERS: Final = frozenset({Author.HOLDER, Author.ISSUER, Author.SENDER})


def _fields(claim: Claim) -> Objection | None:
    if claim.fields.surely_take(claim.entry.fields):
        return None
    for (name, value), kind in zip(claim.entry.fields.items(), claim.fields.types, strict=True):
        if kind is None:
            return Objection(
                AuthorityRule.FIELD_UNKNOWN, facts={"kind": claim.entry.kind, "field": name}
            )
        if not kind.accepts(value):
            return Objection(
                AuthorityRule.FIELD_VALUE,
                facts={"kind": claim.entry.kind, "field": name, "type": kind.name},
            )
    return None


def _lengths(claim: Claim) -> Objection | None:
    entry = claim.entry
    for name, words in (
        ("officer", (entry.officer,)),
        ("case", claim.cases),
        ("replaces", chain(entry.replaces, *entry.replaces.values())),
    ):
        if max(map(len, words), default=0) > _LONGEST:
            facts: dict[str, str | int] = {"kind": entry.kind, "field": name, "type": "name"}
            return Objection(AuthorityRule.FIELD_VALUE, facts=facts)
    return None


def _together(claim: Claim) -> Objection | None:
    """An order is never without its kind."""
    fields = claim.entry.fields
    if "issued_at" in fields and "kind" not in fields:
        facts: dict[str, str | int] = {
            "kind": claim.entry.kind,
            "field": "kind",
            "type": "OrderKind",
        }
        return Objection(AuthorityRule.FIELD_VALUE, facts=facts)
    return None


def _replaces(claim: Claim) -> Objection | None:
    if not claim.entry.replaces:
        return None
    unsaid = claim.entry.replaces.keys() - claim.entry.fields.keys()
    if unsaid or claim.rule.is_event:
        name = min(unsaid, default="")
        return Objection(
            AuthorityRule.REPLACES_UNSAID, facts={"kind": claim.entry.kind, "field": name}
        )
    return None


def _lamport(claim: Claim) -> Objection | None:
    before = claim.known.lamport_before(claim.entry.stream)
    if claim.entry.lamport <= before:
        return Objection(
            AuthorityRule.LAMPORT_FELL, facts={"lamport": claim.entry.lamport, "before": before}
        )
    return None


def _builds_on(claim: Claim) -> Objection | None:
    for references in claim.entry.replaces.values():
        for reference in references:
            outcome = claim.known.objection_to(reference)
            if outcome is not None:
                facts: dict[str, str | int] = {"kind": claim.entry.kind, "entry": reference}
                return Objection(AuthorityRule.BUILDS_ON_REFUSED, outcome, facts)
    return None


def _author(claim: Claim) -> Objection | None:
    """Who may write the kind; and of its fields those that only some may set."""
    authors = claim.rule.authors
    if not any(IS[author](claim) for author in authors):
        return _not_by(claim, authors)
    for alone in claim.fields.alone:
        if not any(IS[author](claim) for author in alone):
            return _not_by(claim, alone)
    return None


def _not_by(claim: Claim, authors: Collection[Author]) -> Objection:
    rule = next(rule for author, rule in NOT.items() if author in authors)
    return Objection(rule, facts={"kind": claim.entry.kind, "unit": claim.writer.unit})


def _cases_named(claim: Claim) -> Objection | None:
    """A part goes into no case of another unit, and a case is not merged with one."""
    if claim.writer.is_centre or claim.rule.is_event:
        return None
    for named in claim.cases:
        if not holds_case(claim, named):
            return Objection(AuthorityRule.CASE_OF_ANOTHER, facts={"kind": claim.entry.kind})
    return None


def _unit_named(claim: Claim) -> Objection | None:
    """A case is registered and an order issued for one's own unit."""
    unit = text(claim.entry.fields, "unit_code")
    if unit and unit != claim.writer.unit and not claim.writer.is_centre:
        return Objection(
            AuthorityRule.NAMES_ANOTHER_UNIT, facts={"kind": claim.entry.kind, "unit": unit}
        )
    return None


def _officer(claim: Claim) -> Objection | None:
    """The officer is in the device's own records, active, and may do what the kind needs. A centre tells its stations
    nothing of its officers: there its signature vouches for them."""
    officers = claim.known.officers(claim.writer.device)
    if not officers:
        return None
    facts: dict[str, str | int] = {"kind": claim.entry.kind, "officer": claim.entry.officer}
    officer = officers.get(claim.entry.officer)
    if officer is None:
        return Objection(AuthorityRule.OFFICER_UNKNOWN, facts=facts)
    if not officer.roles:
        return Objection(AuthorityRule.OFFICER_DISMISSED, EntryOutcome.KEPT, facts)
    needed = claim.rule.permissions
    if needed and not any(officer.may(permission) for permission in needed):
        return Objection(AuthorityRule.OFFICER_NOT_ENTITLED, facts=facts)
    for needed in claim.fields.needs:
        if not any(officer.may(permission) for permission in needed):
            return Objection(AuthorityRule.OFFICER_NOT_ENTITLED, facts=facts)
    return None


def _decides(claim: Claim) -> Objection | None:
    """Who receives the objection of an account holder, and who decides about it, does so in the own name, or settles
    which of several values holds; who says again what a colleague's lost PC left names whoever received it there. The
    signature of a centre vouches for its officers."""
    if claim.writer.is_centre or claim.rule.is_event:
        return None
    fields, officer = claim.entry.fields, claim.entry.officer
    decisions = ((name, read_decision(fields[name])) for name in claim.fields.decisions)
    named = {name: decision.by for name, decision in decisions if decision is not None}
    named |= {
        name: text(fields, name)
        for name, made in claim.fields.receivers
        if not is_bound(made) or made_by(made, claim.writer.device)
    }
    for name, by in named.items():
        settles = len(claim.entry.replaces.get(name, ())) > 1
        if by not in ("", officer) and not settles:
            return Objection(AuthorityRule.SECOND_OFFICER, facts={"kind": claim.entry.kind})
    return None


def _second(claim: Claim) -> Objection | None:
    """Where a second officer is named, it is another one, enrolled and active."""
    second = text(claim.entry.fields, "second")
    officers = claim.known.officers(claim.writer.device)
    if not second or not officers:
        return None
    found = officers.get(second)
    if second == claim.entry.officer or found is None or not found.roles:
        return Objection(AuthorityRule.SECOND_OFFICER, facts={"kind": claim.entry.kind})
    return None


def _revoked(claim: Claim) -> Objection | None:
    """What a revoked device wrote behind the entry that its revocation names is not built upon."""
    last = claim.known.cut(claim.entry.stream)
    if last is None or claim.entry.seq <= last:
        return None
    facts: dict[str, str | int] = {"kind": claim.entry.kind, "last": last}
    return Objection(AuthorityRule.AFTER_REVOCATION, EntryOutcome.KEPT, facts)


def _alone(claim: Claim) -> Objection | None:
    """Who issued an order is who writes it. That one officer alone did, and who confirmed it, is said by the entries
    that are for it and by no other: of oneself, and where no second officer took part.

    Who issued it may be another where a desk says again what a colleague's lost PC left, so of an order that PC made;
    and at a centre that says again what a restored database may have lost: its signature vouches for its officers.
    """
    kind, fields, officer = claim.entry.kind, claim.entry.fields, claim.entry.officer
    if claim.rule.is_event:
        return None
    alone = kind == ORDER_ISSUED_ALONE
    honest = {f"{CONFIRMATION}{officer}"} if kind == ORDER_CONFIRMED else set()
    confirmations = {name for name in fields if name.startswith(CONFIRMATION)}
    centre = claim.writer.is_centre
    again = centre or not _made_by_writer(claim)
    issued = alone or "issued_by" in fields
    of_another = issued and text(fields, "issued_by") != officer and not again
    vouched = centre and kind == ORDER_CONFIRMED and len(confirmations) == 1
    by_two = alone and text(fields, "second") != ""
    consistent = fields.get("alone") is True if alone else "alone" not in fields
    rewritten = kind == CASE_AMENDED and "issued_by" in fields
    if (
        (confirmations == honest or vouched)
        and consistent
        and not (of_another or by_two or rewritten)
    ):
        return None
    return Objection(AuthorityRule.SECOND_OFFICER, facts={"kind": kind})


def _made_by_writer(claim: Claim) -> bool:
    """Whether the writing device made what it speaks of. An id of before tells its maker by its first entry only."""
    if is_bound(claim.key):
        return made_by(claim.key, claim.writer.device)
    return claim.known.first_author(claim.entry.subject) == claim.writer.device


def _assigned(claim: Claim) -> Objection | None:
    """Only a centre gives a task to a station and says what became of a request, only a station answers a task and
    asks for one (:data:`SAID_BY_CENTRE`). What a centre said stays as it said it, and no station writes over the
    source of a task of its own."""
    entry, centre = claim.entry, claim.writer.is_centre
    if claim.rule.is_event:
        return None
    source = text(entry.fields, "source")
    by_centre = next(
        (by for begins, by in SAID_BY_CENTRE.items() if source.startswith(begins)), centre
    )
    if by_centre is not centre:
        return _not_by(claim, CENTRE_ALONE if by_centre else HOLDER_ALONE)
    of_centre = any(made_by(claim.key, device) for device in claim.known.centres())
    rewritten = of_centre and not entry.fields.keys() <= _TICK
    again = made_by(claim.key, claim.writer.device) and "source" in entry.replaces
    return _not_by(claim, HOLDER_ALONE) if not centre and (rewritten or again) else None


CHECKS: tuple[Check, ...] = (
    _lengths,
    _fields,
    _together,
    _replaces,
    _lamport,
    _author,
    _cases_named,
    _unit_named,
    _officer,
    _second,
    _revoked,
    _alone,
    _decides,
    _assigned,
    _builds_on,
)
"""In the order in which they are asked; the first objection counts."""
_ONLY_OF: Final[Mapping[Check, frozenset[str]]] = {
    _together: frozenset({"order"}),
    _unit_named: frozenset({"case", "order"}),
    _second: frozenset({"officer", "party", "device", "order"}),
    _alone: frozenset({"order"}),
    _decides: frozenset({"case"}),
    _assigned: frozenset({"task"}),
}
"""Checks that some kinds of subjects alone are asked for."""


@cache
def _asked(checks: tuple[Check, ...], subject: str) -> tuple[Check, ...]:
    """Those of ``checks`` that a kind of subject is asked for."""
    return tuple(check for check in checks if subject in _ONLY_OF.get(check, SUBJECTS))
