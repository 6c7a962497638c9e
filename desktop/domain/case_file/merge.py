"""Reports of one event told as one: which case leads, what belongs to it, and which payments were told twice.

A case that was merged points to the one that leads it; nothing else changes. Every fact stays where it was recorded,
so that undoing the merge restores exactly what was, and two desks that merge, undo and amend on their own come to the
same: who leads is computed from the pointers alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Case, Identifier
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.people.party import Party, PartyRole, victim_as_party
from desktop.domain.cases.people.person import PersonTie
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.read_aloud import ReadAloud
from desktop.domain.cases.step import ProcedureStep
from desktop.domain.evidence.custody import CustodyTransfer, Seal
from desktop.domain.ids import CaseId, PartyId, TransferId
from desktop.domain.orders.order import Order

INTO: Final = "merged.into"
AT: Final = "merged.at"
BY: Final = "merged.by"
REASON: Final = "merged.reason"
LEADS: Final = "leads."
"""Fields of subject ``case/<id>``: on the merged case where it points, when, by whom and why; on the leading one a
field for each case that was merged into it."""

_Act = TypeVar("_Act", ProcedureStep, ReadAloud, Seal, CustodyTransfer, PersonTie)
_SAME_TIME: Final = timedelta(minutes=30)
"""[own] How far two reports of one payment may differ in what people remember of its time."""


def leader(links: Mapping[str, str], case: str) -> str:
    """The case at the end of the pointers. Two desks may each have merged the other's case: of cases that point in a
    circle the first by id leads."""
    visited: list[str] = []
    while case in links and case not in visited:
        visited.append(case)
        case = links[case]
    return min(visited[visited.index(case) :]) if case in visited else case


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """A case that leads and those merged into it, by id; alone, most cases are."""

    lead: CaseId
    members: tuple[CaseId, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedReport:
    """A case that was merged into another one, with its own facts as they stand."""

    file: CaseFile
    at: datetime | None
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Merger:
    """How a case stands among others. ``lead`` is the case it was merged into, None for one that leads or is alone.

    ``origins``: id of each transfer, order, item, lead, step, task and objection that came from another report → its
    case; ``twice``: transfers that another report had told already and that count once → the one that told it first.
    """

    lead: CaseFile | None = None
    reports: tuple[MergedReport, ...] = ()
    origins: Mapping[str, CaseId] = field(default_factory=dict)
    twice: Mapping[TransferId, TransferId] = field(default_factory=dict)

    def number_of(self, part: str) -> str:
        """The number of the report a part came from; empty for the case's own parts."""
        case = self.origins.get(part)
        return next(
            (item.file.case.number for item in self.reports if item.file.case.id == case), ""
        )

    def tellings(self, transfer: TransferId) -> frozenset[TransferId]:
        """The transfer, and those of the other reports that tell the same payment."""
        first = self.twice.get(transfer, transfer)
        return frozenset({first, *(again for again, of in self.twice.items() if of == first)})

    def once(self, file: CaseFile) -> CaseFile:
        """The file of the case with every payment and every lead once: what is counted, and what goes on paper. Orders
        about another telling of a payment are about the one that counts."""
        transfers = counted(file.transfers, self.twice)
        orders = tuple(
            replace(view, order=as_counted(view.order, self.twice)) for view in file.orders
        )
        if not self.reports:
            return replace(file, transfers=transfers, orders=orders)
        leads = _leads_once(file.identifiers)
        return replace(file, transfers=transfers, orders=orders, identifiers=leads)


ALONE: Final = Merger()
"""How most cases stand: neither merged nor leading."""


def counted(
    transfers: Iterable[Transfer], twice: Mapping[TransferId, TransferId]
) -> tuple[Transfer, ...]:
    """Every payment once, as the report has it that told it first. What came back of it is what the report says that
    tells most: the first may have been made before anything did."""
    listed = tuple(transfers)
    back: dict[TransferId, int] = {}
    for item in listed:
        first = twice.get(item.id, item.id)
        back[first] = max(back.get(first, 0), item.returned_fen)
    return tuple(
        item if item.returned_fen == back[item.id] else replace(item, returned_fen=back[item.id])
        for item in listed
        if item.id not in twice
    )


def _leads_once(leads: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """A number that several reports name, as the first has it; with the first note that anybody made on it."""
    found: dict[tuple[str, str], Identifier] = {}
    for lead in leads:
        key = lead.kind, lead.normal or lead.value
        first = found.setdefault(key, lead)
        if not first.note:
            found[key] = replace(first, note=lead.note)
    return tuple(found.values())


def as_counted(order: Order, twice: Mapping[TransferId, TransferId]) -> Order:
    """The order as one about the payment that counts: two reports that had stopped it before they were merged hold it
    once. ``twice`` as :func:`twice_in` finds it."""
    kind, _, key = order.about.partition("/")
    first = twice.get(TransferId(key)) if kind == "transfer" else None
    if first is None:
        return order
    return replace(order, target=f"transfer/{first}", transfer=first)


def same_payment(one: Transfer, other: Transfer) -> bool:
    """Whether two reports speak of one payment: the same serial or order number, or the same account and amount at
    about the same time."""
    if one.amount_fen != other.amount_fen:
        return False
    for mine, theirs in ((one.serial, other.serial), (one.order_number, other.order_number)):
        if mine and theirs:
            return mine == theirs
    account = one.payee.number
    if not account or "*" in account or account != other.payee.number:
        return False
    if one.time is None or other.time is None:
        return True
    return abs(one.time - other.time) <= _SAME_TIME


def repeated_transfers(
    first: Sequence[Transfer], second: Sequence[Transfer]
) -> Mapping[TransferId, TransferId]:
    """Transfers of ``second`` that are in ``first`` already → which; one of ``first`` explains one of ``second`` only,
    as three equal payments to one account are three. The surest go first, so that one of unknown time takes none that
    another one is by its number or time."""
    left = list(first)
    found: dict[TransferId, TransferId] = {}
    for sure in (_same_number, _both_timed, same_payment):
        for item in (item for item in second if item.id not in found):
            alike = (other for other in left if same_payment(other, item))
            match = next((other for other in alike if sure(other, item)), None)
            if match is not None:
                left.remove(match)
                found[item.id] = match.id
    return found


def _same_number(one: Transfer, other: Transfer) -> bool:
    numbers = (one.serial, other.serial), (one.order_number, other.order_number)
    return any(mine and mine == theirs for mine, theirs in numbers)


def _both_timed(one: Transfer, other: Transfer) -> bool:
    return one.time is not None and other.time is not None


def twice_in(reports: Sequence[Sequence[Transfer]]) -> Mapping[TransferId, TransferId]:
    """Of several reports of one event, the leading one first: the transfers an earlier report has told → the one that
    told it first."""
    known: list[Transfer] = []
    found: dict[TransferId, TransferId] = {}
    for report in (sorted(some, key=lambda item: item.id) for some in reports):
        again = repeated_transfers(known, report)
        found |= again
        known += [item for item in report if item.id not in again]
    return found


def joined(own: CaseFile, reports: Sequence[MergedReport]) -> tuple[CaseFile, Merger]:
    """The leading case with the parts of all reports, and where each part came from.

    Transfers are counted on, so that every one has a position of its own.
    """
    if not reports:
        return own, ALONE
    files = [report.file for report in reports]
    every = (own, *files)
    transfers = [item for file in every for item in file.transfers]
    counted = tuple(
        replace(item, position=position) for position, item in enumerate(transfers, start=1)
    )
    whole = replace(
        own,
        case=_with_most(own.case, [file.case for file in files]),
        transfers=counted,
        identifiers=tuple(item for file in every for item in file.identifiers),
        evidence=tuple(item for file in every for item in file.evidence),
        orders=tuple(item for file in every for item in file.orders),
        conflicts=tuple(item for file in every for item in file.conflicts),
        steps=_by_time(item for file in every for item in file.steps),
        tasks=tuple(item for file in every for item in file.tasks),
        assigned=tuple(item for file in every for item in file.assigned),
        supplements=tuple(
            sorted(
                (item for file in every for item in file.supplements),
                key=lambda item: (item.made_at, item.id),
            )
        ),
        readings=_by_time(item for file in every for item in file.readings),
        seals=_by_time(item for file in every for item in file.seals),
        people=_by_time(item for file in every for item in file.people),
        custody=_by_time(item for file in every for item in file.custody),
        of_others=_of_parties(own, files) | _of_others(own.case, files),
    )
    merger = Merger(
        None,
        tuple(reports),
        {part: file.case.id for file in files for part in _parts(file)},
        twice_in([own.transfers, *(file.transfers for file in files)]),
    )
    return whole, merger


def _with_most(own: Case, others: Iterable[Case]) -> Case:
    """What came back of the event as a whole, and what was only attempted, as the report says that tells most: several
    may tell of the same money, so that a sum of them would make the loss too small."""
    every = (own, *others)
    return replace(
        own,
        parties=_everybody(every),
        objections=tuple(
            sorted((item for case in every for item in case.objections), key=lambda item: item.id)
        ),
        returned_fen=max(case.returned_fen for case in every),
        attempted_fen=max(case.attempted_fen for case in every),
    )


def _everybody(cases: Sequence[Case]) -> tuple[Party, ...]:
    """The parties of all reports but the first victim of the leading one; whoever is a party of two reports is one."""
    found: list[Party] = list(cases[0].parties)
    met = {identity_of(party) for party in cases[0].everyone} - {_NOBODY}
    for case in cases[1:]:
        victim = replace(victim_as_party(case.victim), id=PartyId(case.id))
        for party in (*([] if victim.is_blank else [victim]), *case.parties):
            if identity_of(party) not in met:
                met |= {identity_of(party)} - {_NOBODY}
                found.append(party)
    return tuple(found)


def _of_others(own: Case, files: Iterable[CaseFile]) -> dict[str, CaseId]:
    """What a report tells was lost, and handed in, by its own victim, named by the first of the reports that tell of
    that victim: whoever reported twice is one."""
    found: dict[str, CaseId] = {}
    others: list[Case] = []
    for file in files:
        case = file.case
        if victim_as_party(case.victim).is_blank or same_victim(own, case):
            continue
        others.append(case)
        first = first_of_victim(case, others)
        parts = (*(item.id for item in file.transfers), *(item.id for item in file.evidence))
        found |= dict.fromkeys(parts, first)
    return found


def _of_parties(own: CaseFile, files: Iterable[CaseFile]) -> dict[str, CaseId]:
    """What the leading report says that a further victim paid, who reported too: that is one victim."""
    reported: dict[tuple[str, ...], CaseId] = {}
    for file in files:
        reported.setdefault(identity_of(victim_as_party(file.case.victim)), file.case.id)
    named = {
        party.name: reported.get(identity_of(party))
        for party in own.case.parties
        if PartyRole.VICTIM in party.roles and party.name not in {own.case.victim.name, ""}
    }
    paid = ((item.id, named.get(item.payer.name)) for item in own.transfers)
    return {name: case for name, case in paid if case is not None}


def first_of_victim(case: Case, reports: Iterable[Case]) -> CaseId:
    """The first of the reports of one event, the leading one in front, that tells of the victim of ``case``."""
    return next((other.id for other in reports if same_victim(other, case)), case.id)


def same_victim(one: Case, other: Case) -> bool:
    """Whether two reports tell of one victim, as far as anybody knows."""
    victims = victim_as_party(one.victim), victim_as_party(other.victim)
    return (
        not any(victim.is_blank for victim in victims) and len(set(map(identity_of, victims))) == 1
    )


def paid_by_others(file: CaseFile) -> dict[str, CaseId]:
    """Payments that another victim than the first made → that victim: the report that told it, or, of a victim of the
    same report, the party, known by the payer's name."""
    known = {file.case.victim.name, ""}
    named = {
        party.name: CaseId(party.id)
        for party in file.case.parties
        if PartyRole.VICTIM in party.roles and party.name not in known
    }
    found = (
        (item.id, file.of_others.get(item.id) or named.get(item.payer.name))
        for item in file.transfers
    )
    return {name: victim for name, victim in found if victim is not None}


def of_own_victim(file: CaseFile) -> CaseFile:
    """The file with what its first victim paid, and the orders about that money: each victim applies for the own loss
    (银监发〔2016〕41号)."""
    others = paid_by_others(file)
    own = tuple(item for item in file.transfers if item.id not in others)
    if len(own) == len(file.transfers):
        return file
    strange = {item.id for item in file.transfers} - {item.id for item in own}
    reached = {item.payee.number for item in own} - {""}
    orders = tuple(
        view
        for view in file.orders
        if view.order.transfer not in strange or view.order.payee.number in reached
    )
    parties = tuple(
        party
        for party in file.case.parties
        if PartyRole.VICTIM not in party.roles or party.id == file.case.reported_by
    )
    return replace(file, case=replace(file.case, parties=parties), transfers=own, orders=orders)


def as_applied_for(file: CaseFile, order: Order | None) -> CaseFile:
    """The file as one victim of joined reports tells it who asks for the own money: what that victim paid and handed
    in, and the orders about it. The first victim; about an order for another one's payment that one, who is then the
    victim of the case and tells it in person, in words still to be written."""
    whose = file.of_others.get(order.transfer) if order is not None else None
    if not file.of_others:
        return file
    case = file.case
    if whose is not None:
        named = PartyId(whose)
        party = next((one for one in case.parties if one.id == named), Party(named))
        victim = Victim(**{name: getattr(party, name) for name in _OF_VICTIM})
        case = replace(case, victim=victim, parties=(), reported_by="", narrative="")
    return replace(
        file,
        case=case,
        transfers=tuple(item for item in file.transfers if file.of_others.get(item.id) == whose),
        evidence=tuple(item for item in file.evidence if file.of_others.get(item.id) == whose),
        orders=tuple(
            view for view in file.orders if file.of_others.get(view.order.transfer) == whose
        ),
        of_others={},
    )


_OF_VICTIM: Final = ("name", "id_kind", "id_number", "phone", "address", "representative")
_NOBODY: Final = ("", "")


def identity_of(party: Party) -> tuple[str, ...]:
    """By what a party of one report is known again in another; of whom nobody knows that, others are not the same."""
    return (party.id_number,) if party.id_number else (party.name, party.phone)


def _by_time(acts: Iterable[_Act]) -> tuple[_Act, ...]:
    """Acts of several reports in the order they were done: who keeps a thing is whoever took it last."""
    return tuple(sorted(acts, key=lambda act: (act.at, act.id)))


def _parts(file: CaseFile) -> list[str]:
    several = (
        file.transfers, file.identifiers, file.evidence, file.steps, file.tasks, file.people,
        file.case.objections,
    )  # fmt: skip
    return [part.id for parts in several for part in parts] + [
        view.order.id for view in file.orders
    ]
