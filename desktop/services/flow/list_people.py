"""The persons behind the accounts and numbers of a case, or of a series: what is known, asked and missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.case_file.views import CaseFile, SameAccount
from desktop.domain.cases.people.person import SAMENESS, Person, PersonTie, TieKind, identity_key
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.fields import text
from desktop.domain.series.people_sheet import (
    PeopleSheet,
    PersonDecision,
    PersonTarget,
    TargetState,
    Thing,
    TieProposal,
)
from desktop.domain.series.series import Edge, LinkVerdict
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.flow.people_lacks import missing_of
from desktop.services.flow.people_proposals import proposals_of
from desktop.services.flow.people_things import things_of
from desktop.services.flow.show_flow import show_flow
from desktop.services.ports import Reader
from desktop.services.session import Session


def list_people(session: Session, cases: Sequence[CaseId]) -> PeopleSheet:
    """Every target of these cases. Raises ``UserInputError("case.unknown")``."""
    session.require(Permission.READ_CASES)
    flow = show_flow(session, cases)
    with session.store.read() as reader:
        files = tuple(whole_in(reader, case)[0] for case in cases)
        ties = [tie for file in files for tie in file.people if not tie.withdrawn]
        decisions = _decisions(reader)
        people = _people(session, ties, decisions)
        beyond = _Beyond(reader, frozenset(cases))
        found = _Targets(flow, files, people, beyond, session.directories.protected_number).sheet()
        return replace(found, decisions=tuple(_of_persons(ties, people, decisions)))


_Decision = tuple[str, str, LinkVerdict]
"""What was said of two ties."""


def _decisions(reader: Reader) -> tuple[_Decision, ...]:
    return tuple(
        (text(fields, "first"), text(fields, "second"), LinkVerdict(text(fields, "verdict")))
        for fields in reader.subjects(SAMENESS).values()
        if text(fields, "verdict") in set(LinkVerdict)
    )


def _roots(ties: Iterable[PersonTie]) -> Callable[[str], str]:
    """The first tie of the person whose tie it is. That may be another station's and unknown here: a person is named by
    the first tie that is known, and every name of one leads to the same root."""
    home = {str(tie.id): tie.person for tie in ties}

    def root(key: str) -> str:
        above = home.get(key, key)
        return home.get(above, above)

    return root


def _people(
    session: Session, ties: Sequence[PersonTie], decisions: Iterable[_Decision]
) -> tuple[Person, ...]:
    """By the number of identity and what people said, reckoned as cases of a series are."""
    root = _roots(ties)
    ties_by_person: dict[str, list[PersonTie]] = {}
    same: dict[str, dict[str, None]] = {}
    for tie in ties:
        ties_by_person.setdefault(root(tie.person), []).append(tie)
        identity = identity_key(tie.typed.id_number)
        if identity:
            same.setdefault(identity, {})[root(tie.person)] = None
    edges = [
        Edge(identity, tuple(sorted(keys))) for identity, keys in same.items() if len(keys) > 1
    ]
    pairs: dict[LinkVerdict, set[frozenset[str]]] = {verdict: set() for verdict in LinkVerdict}
    for first, second, verdict in decisions:
        pair = frozenset((root(first), root(second)))
        if len(pair) > 1 and pair <= ties_by_person.keys():
            pairs[verdict].add(pair)
    groups = session.linker.groups(edges, pairs[LinkVerdict.SAME], pairs[LinkVerdict.DIFFERENT])
    joined = {str(key): group.cases for group in groups for key in group.cases}
    return tuple(_person(ties_by_person, keys) for keys in _once(ties_by_person, joined))


def _of_persons(
    ties: Sequence[PersonTie], people: Iterable[Person], decisions: Iterable[_Decision]
) -> Iterator[PersonDecision]:
    """What was said of persons who are known here."""
    root = _roots(ties)
    key_of = {root(tie.person): person.key for person in people for tie in person.ties}
    for first, second, verdict in decisions:
        one, other = key_of.get(root(first)), key_of.get(root(second))
        if one is not None and other is not None:
            yield PersonDecision((first, second), verdict, (one, other))


def _once(
    ties_by_person: Mapping[str, object], joined: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, ...]]:
    """The roots of each person, each person once."""
    seen: set[tuple[str, ...]] = set()
    for key in ties_by_person:
        keys = joined.get(key, (key,))
        if keys not in seen:
            seen.add(keys)
            yield keys


def _person(ties_by_person: Mapping[str, Sequence[PersonTie]], keys: Iterable[str]) -> Person:
    every = (tie for key in keys for tie in ties_by_person.get(key, ()))
    ordered = sorted(every, key=lambda tie: (tie.at, tie.id))
    return Person(ordered[0].id, tuple(ordered))


@dataclass(frozen=True, slots=True)
class _Beyond:
    """Where a number of identity stands outside of the cases looked at."""

    reader: Reader
    inside: frozenset[CaseId]

    def cases(self, identity: str) -> tuple[SameAccount, ...]:
        key = identity_key(identity)
        if not key:
            return ()
        found = self.reader.same_account(key, next(iter(sorted(self.inside))))
        lead = self.reader.case_group
        return tuple(item for item in found if lead(item.case).lead not in self.inside)


@dataclass(frozen=True, slots=True)
class _Targets:
    """What targets are made from."""

    flow: FlowSheet
    files: Sequence[CaseFile]
    people: Sequence[Person]
    beyond: _Beyond
    owner: Callable[[str], str | None]
    """The institution whose number it is."""

    def sheet(self) -> PeopleSheet:
        """Confirmed persons, then what is proposed, then what nobody knows."""
        things = {
            key: thing
            for key, thing in things_of(self.flow, self.files, self.people).items()
            if thing.kind is not TieKind.PHONE or not self.owner(thing.number)
        }  # nobody stands behind the hotline of a bank
        proposals = proposals_of(self.files)
        targets = [
            *self._confirmed(things, proposals),
            *_proposed(things, proposals, self.people),
            *_unknown(things, proposals, self.people),
        ]
        order = list(TargetState)
        targets.sort(key=lambda item: (order.index(item.state), -item.in_fen, item.key))
        numbers = {file.case.id: file.case.number for file in self.files}
        return PeopleSheet(self.flow, numbers, tuple(_with_alike(targets)))

    def _confirmed(
        self, things: Mapping[str, Thing], proposals: Mapping[str, tuple[TieProposal, ...]]
    ) -> Iterator[PersonTarget]:
        for person in self.people:
            own = tuple(thing for thing in things.values() if _tied(person, thing))
            others = {
                item.first.name
                for thing in own
                for item in proposals.get(thing.key, ())
                if not _same(person, item) and item.first.name
            }
            target = PersonTarget(
                person.key, TargetState.CONFIRMED, own, (), person, others=tuple(sorted(others)),
                between_fen=self._between(own),
            )  # fmt: skip
            yield replace(
                target,
                missing=missing_of(target),
                elsewhere=self.beyond.cases(target.id_number),
            )

    def _between(self, own: Sequence[Thing]) -> int:
        keys = {thing.key for thing in own}
        moves = (item.move for item in self.flow.moves)
        return sum(move.amount_fen for move in moves if {move.payer, move.payee} <= keys)


def _proposed(
    things: Mapping[str, Thing],
    proposals: Mapping[str, tuple[TieProposal, ...]],
    people: Sequence[Person],
) -> Iterator[PersonTarget]:
    """The surest telling of each thing that no confirmed person answers."""
    for key, thing in things.items():
        holders = [person for person in people if _tied(person, thing)]
        open_ones = [
            item
            for item in proposals.get(key, ())
            if not any(_same(person, item) for person in holders)
        ]
        sure = [item for item in open_ones if item.first.ref.startswith("order/")]
        if any(person.id_numbers for person in holders):
            open_ones = [item for item in sure if item.first.id_number]
        elif holders:
            open_ones = sure  # what a victim was told is no news beside what an officer recorded
        if open_ones:
            others = tuple(item.first.name for item in open_ones[1:] if item.first.name)
            target = PersonTarget(
                f"{TargetState.PROPOSED}/{key}", TargetState.PROPOSED, (thing,), (),
                proposal=open_ones[0], others=others,
            )  # fmt: skip
            yield replace(target, missing=missing_of(target))


def _unknown(
    things: Mapping[str, Thing],
    proposals: Mapping[str, tuple[TieProposal, ...]],
    people: Sequence[Person],
) -> Iterator[PersonTarget]:
    for key, thing in things.items():
        if key not in proposals and not any(_tied(person, thing) for person in people):
            target = PersonTarget(f"{TargetState.UNKNOWN}/{key}", TargetState.UNKNOWN, (thing,), ())
            yield replace(target, missing=missing_of(target))


def _tied(person: Person, thing: Thing) -> bool:
    return thing.number in person.values(thing.kind) or thing.key in person.values(thing.kind)


def _same(person: Person, proposal: TieProposal) -> bool:
    """Whether a telling says nothing new of a person: the same identity, or the same name and no other identity."""
    first = proposal.first
    identity = identity_key(first.id_number)
    known = {identity_key(number) for number in person.id_numbers}
    if identity:
        return identity in known
    return first.name in person.names


def _with_alike(targets: Iterable[PersonTarget]) -> Iterator[PersonTarget]:
    """Confirmed persons of the same whole name with no identity that tells them apart: a hint, never a link."""
    listed = list(targets)
    by_name: dict[str, list[PersonTarget]] = {}
    for target in listed:
        for name in target.person.names if target.person is not None else ():
            if "*" not in name:
                by_name.setdefault(name, []).append(target)
    for target in listed:
        if target.person is None:
            yield target
            continue
        alike = {
            other.key
            for name in target.person.names
            for other in by_name.get(name, ())
            if other.key != target.key and not (other.id_number and target.id_number)
        }
        yield replace(target, alike=tuple(sorted(alike)))
