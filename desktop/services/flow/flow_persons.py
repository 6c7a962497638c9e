"""Confirmed persons as an export of a money flow names them: each tie with what it leads to in the flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.cases.people.person import Person, PersonRole, PersonTie, TieKind
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.series.people_sheet import PersonTarget


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A tie of a confirmed person. ``account``: key of the flow's account it is about; empty for a telephone, a case,
    or an account the flow does not know."""

    person: Person
    tie: PersonTie
    account: str = ""

    @property
    def holds(self) -> bool:
        """Whether the tie says that the account is theirs: a courier has to do with an account and holds it not."""
        return self.tie.typed.role is PersonRole.HOLDER


def known_people(targets: Iterable[PersonTarget], sheet: FlowSheet) -> Iterator[KnownPerson]:
    """Every tie of every person an officer confirmed, person after person."""
    for target in targets:
        if target.person is None:
            continue
        keys = {thing.number: thing.key for thing in target.things} | {
            thing.key: thing.key for thing in target.things
        }
        for tie in target.person.ties:
            key = keys.get(tie.typed.value, "") if tie.typed.kind is TieKind.ACCOUNT else ""
            yield KnownPerson(target.person, tie, key if key in sheet.accounts else "")


def tie_text(tie: PersonTie) -> str:
    """Role, who says so, how sure it is, and the officer's note; in the words of the journal, which other programs
    can sort by."""
    typed = tie.typed
    parts = (
        f"role={typed.role.value}",
        f"source={typed.source.value}",
        f"certainty={typed.certainty.value}",
        typed.note,
    )
    return "; ".join(part for part in parts if part)
