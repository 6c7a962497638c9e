"""串并案: cases that hold the same account, number or address, and what people decided about them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.domain.case_file.onward_accounts import onward_accounts
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.cases.payments.way_checks import way_leads
from desktop.domain.cases.people.person import PERSON, PersonTie, identity_key
from desktop.domain.ids import CaseId
from desktop.domain.money.cash_out import chain_key, is_chain_address
from desktop.domain.money.dispositions import NOTHING, MoneySums
from desktop.domain.orders.order import Order
from desktop.domain.series.events import SeriesEvent

LINK: Final = "link"
"""Kind of subject of a decision about two cases."""
HUB: Final = "hub"
"""Kind of subject of a decision about a value."""


_BLANKS: Final = re.compile(r"[\s\-\u200b\u00a0]+")


class LinkVerdict(StrEnum):
    """What a person says of two cases. It outlives every new search."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


class Edge(NamedTuple):
    """A normalised value and the cases that hold it. A named tuple, as a city has a million of them."""

    normal: str
    cases: tuple[str, ...]


class LinkedCases(NamedTuple):
    """Cases that belong together, by id, and the values that say so. ``by`` is empty where people alone said so."""

    cases: tuple[CaseId, ...]
    by: tuple[str, ...]

    @property
    def id(self) -> str:
        """The first case by id: the same group keeps it when it grows."""
        return self.cases[0]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a value stands: the record, its field, and the text as it was given."""

    normal: str
    kind: str
    case: CaseId
    subject: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict about two cases, by whom and when."""

    first: CaseId
    second: CaseId
    verdict: LinkVerdict
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of one case and of others in one act; it stands for a decision about each of these pairs."""

    case: CaseId
    others: tuple[CaseId, ...]
    verdict: LinkVerdict
    reason: str
    by: str
    at: datetime


def judgements(decisions: Iterable[Decision]) -> tuple[Judgement, ...]:
    """The decisions as they were taken, the newest first: of a case put apart from twenty others, one."""
    acts: dict[tuple[datetime, str, LinkVerdict, str], list[Decision]] = {}
    for item in decisions:
        acts.setdefault((item.at, item.by, item.verdict, item.reason), []).append(item)
    made = [_judgement(case, found) for act in acts.values() for case, found in _by_case(act)]
    return tuple(sorted(made, key=lambda item: (item.at, item.case), reverse=True))


def _by_case(act: Sequence[Decision]) -> Iterator[tuple[CaseId, list[Decision]]]:
    """The case that all pairs of an act have in common, or each pair by itself where there is none."""
    common = set.intersection(*({item.first, item.second} for item in act))
    if common:
        yield min(common), list(act)
    else:
        yield from ((item.first, [item]) for item in act)


def _judgement(case: CaseId, found: Sequence[Decision]) -> Judgement:
    one = found[0]
    others = tuple(item.second if item.first == case else item.first for item in found)
    return Judgement(case, others, one.verdict, one.reason, one.by, one.at)


@dataclass(frozen=True, slots=True)
class StoryHint:
    """Two narratives that read alike, in percent of what they share. A hint to read both, never a link by itself."""

    first: CaseId
    second: CaseId
    percent: int


@dataclass(frozen=True, slots=True)
class Hub:
    """A value that so many cases hold that it links none. ``chosen``: a person said so; else the list or the number."""

    normal: str
    cases: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SeriesCase:
    """A case as a list of a series shows it. Amounts in fen."""

    id: CaseId
    number: str
    victim: str
    type: str
    state: str
    loss_fen: int
    accepted_at: datetime
    unit_code: str
    unit_name: str


class SeriesPart(NamedTuple):
    """What a case adds to the sums of a series. A named tuple, as a city has a million of them; ``accepted_at`` as it
    is on the wire, whose order is that of time. Amounts in fen."""

    case: str
    loss_fen: int
    accepted_at: str
    unit_code: str


@dataclass(frozen=True, slots=True)
class Series:
    """A group with what its cards sum up to. Amounts in fen."""

    group: LinkedCases
    loss_fen: int
    units: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """A value of a series with every place where it stands."""

    normal: str
    kind: str
    where: tuple[Occurrence, ...]

    @property
    def cases(self) -> tuple[CaseId, ...]:
        """The cases that hold it, each once, in order."""
        return tuple(dict.fromkeys(item.case for item in self.where))


@dataclass(frozen=True, slots=True)
class SeriesSheet:
    """Everything about one series. ``leads``: values that only one of its cases holds and that may lead to more."""

    series: Series
    cases: tuple[SeriesCase, ...]
    """In the order they were accepted."""
    links: tuple[SeriesLink, ...]
    leads: tuple[Occurrence, ...]
    decisions: tuple[Decision, ...]
    stories: tuple[StoryHint, ...]
    events: tuple[SeriesEvent, ...] = ()
    """What happened in its cases, the earliest first."""
    outside: tuple[SeriesCase, ...] = ()
    """Cases that are none of it any more, or not yet, and that somebody decided about."""
    proposed: frozenset[CaseId] = frozenset()
    """Cases whose station was told of the series as it stands."""
    sums: MoneySums = NOTHING
    """Where the money of all its cases together is."""
    case_sums: Mapping[CaseId, MoneySums] = dataclass_field(default_factory=dict)
    """Where that of each of them alone is; two may tell of the same."""


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two cases of any series or none whose narratives read alike, in percent."""

    first: SeriesCase
    second: SeriesCase
    percent: int


@dataclass(frozen=True, slots=True)
class SeriesHint:
    """What a centre tells a station of a series one of its cases belongs to: counts and this case's own values, and
    nothing of other stations' victims."""

    cases: int
    units: int
    loss_fen: int
    by: tuple[str, ...]
    note: str
    at: datetime


def link_subject(one: str, other: str, unit: str = "") -> str:
    """Subject of a centre's decision about two cases, whichever is named first; with ``unit``, of its proposal."""
    first, second = sorted((one, other))
    return f"{_beginning(LINK, unit)}/{first}+{second}"


def hub_subject(key: str, unit: str) -> str:
    """Subject of a centre's decision that a value links nothing, by its :func:`link_key`; with ``unit``, of that unit's
    proposal."""
    return f"{_beginning(HUB, unit)}/{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def proposals_of(kind: str, unit: str) -> str:
    """What the subjects of a unit's proposals about ``kind`` (a link or a hub) begin with."""
    return f"{kind}_proposal/{unit}"


def _beginning(kind: str, unit: str) -> str:
    return proposals_of(kind, unit) if unit else kind


def link_key(text: str) -> str:
    """The form in which accounts are compared: half-width, one case, without spaces and hyphens; an address on a
    chain keeps its capitals where they are signs of their own."""
    written = text.strip()
    if is_chain_address(written):
        return chain_key(written)
    return _BLANKS.sub("", unicodedata.normalize("NFKC", written).casefold())


def lead_key(normal: str) -> str:
    """The same of a lead, whose normal form says all: a hyphen or a capital in the path of an address counts."""
    return chain_key(normal) if is_chain_address(normal) else normal


def tie_keys(tie: PersonTie) -> tuple[str, str]:
    """What a person links cases by: the number of identity, and the account or number tied to them; "" for none."""
    identity = identity_key(tie.typed.id_number)
    value = "" if "*" in tie.typed.value else link_key(tie.typed.value)
    return link_key(identity), value


def occurrences(
    case: CaseId,
    transfers: Iterable[Transfer],
    identifiers: Iterable[Identifier],
    people: Iterable[PersonTie],
    orders: Iterable[Order],
) -> Iterator[Occurrence]:
    """The values of a case that may link it with others, as its records have them. Masked ones say nothing."""
    for transfer in transfers:
        subject = f"transfer/{transfer.id}"
        for kind, field, value in (
            ("account", "payee.account", transfer.payee.number),
            ("order_number", "order_number", transfer.order_number),
        ):
            if value and "*" not in value:
                yield Occurrence(link_key(value), kind, case, subject, field, value)
        for kind, fact, normal in way_leads(transfer.way):
            value = getattr(transfer.way, fact)
            yield Occurrence(lead_key(normal), kind, case, subject, f"way.{fact}", value)
    for item in identifiers:
        if item.normal and "*" not in item.normal:
            subject = f"identifier/{item.id}"
            yield Occurrence(lead_key(item.normal), item.kind, case, subject, "value", item.value)
    yield from _people(case, people)
    yield from _orders(case, orders)


def _orders(case: CaseId, orders: Iterable[Order]) -> Iterator[Occurrence]:
    for order in orders:
        for field, account in onward_accounts(order):
            if account and "*" not in account:
                subject = f"order/{order.id}"
                yield Occurrence(link_key(account), "account", case, subject, field, account)


def _people(case: CaseId, people: Iterable[PersonTie]) -> Iterator[Occurrence]:
    for tie in people:
        if tie.withdrawn:
            continue
        identity, value = tie_keys(tie)
        subject, typed = f"{PERSON}/{tie.id}", tie.typed
        if identity:
            yield Occurrence(identity, "identity", case, subject, "person", typed.id_number)
        if value:
            yield Occurrence(value, typed.kind.value, case, subject, "person_value", typed.value)
