"""Everything the case page shows, read in one go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from desktop.domain.case_file.clocks import ClockFacts, facts_of, may_still_move
from desktop.domain.case_file.merge import ALONE, Merger
from desktop.domain.case_file.orders.order_mismatch import OddOrder, odd_orders
from desktop.domain.case_file.orders.order_rules import counts, stops_of
from desktop.domain.case_file.orders.stop_to_freeze import (
    StopToFreezeWindow,
    stop_to_freeze_windows,
)
from desktop.domain.case_file.views import CaseFile, HistoryRow, OrderView, SameAccount
from desktop.domain.cases.case import Identifier
from desktop.domain.cases.intake import Draft
from desktop.domain.cases.payments.amounts import CaseAmounts, amounts_of
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.flow.money_places import MoneyPlaces
from desktop.domain.identifiers import KINDS, check
from desktop.domain.ids import CaseId, OrderId, PaperId, TransferId
from desktop.domain.law.deadlines import Deadline, article_of, golden, revocable
from desktop.domain.law.urgency import Pressing, Urgency
from desktop.domain.money.dispositions import NO_MONEY, MoneyTimeline
from desktop.domain.orders.sending.way_orders import urgent_kind
from desktop.domain.series.series import SeriesHint
from desktop.domain.time.local_time import CHINA
from desktop.journal.entry_table import CASE_PARTS, ENTRIES
from desktop.journal.kinds import EVIDENCE_VERIFIED
from desktop.services.audit.open_case import open_case
from desktop.services.cases.case_money import Money, money_of_case
from desktop.services.cases.changes.change_holder import HolderState, holder_state
from desktop.services.cases.changes.merge_cases import RepeatReport, likely_repeats, whole_file
from desktop.services.cases.form.drafts import unrecorded_draft
from desktop.services.cases.objections.objections_of_case import ObjectionView, objection_views
from desktop.services.evidence.completeness import reverify_clock
from desktop.services.exchange.export.delivery import CaseDelivery, case_delivery
from desktop.services.look_up import (
    case_deadlines,
    desk_letters,
    history,
    officer_names,
    same_account,
)
from desktop.services.orders.list_orders import OrderRow, orders_of_case
from desktop.services.papers.draw_form import list_forms, sets_in_use
from desktop.services.papers.show_paper import changed_since
from desktop.services.ports import FormSpec
from desktop.services.series.propose_series import series_hint
from desktop.services.session import Session
from desktop.services.where_money_is import money_places

ENTRY: Final = "entry"
"""In place of a subject: any entry at all."""
VALUES: Final = frozenset({"case", *CASE_PARTS})
"""Every subject that makes up a case."""


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A clock of the case and the article it comes from. ``money_moves``: of a chance, whether what could be saved by
    it may still be moving."""

    deadline: Deadline
    article: str
    money_moves: bool = False


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """``officers``: police number to name."""

    file: CaseFile
    deadlines: tuple[DeadlineLine, ...]
    history: tuple[HistoryRow, ...]
    officers: Mapping[str, str]
    forms: tuple[FormSpec, ...]
    merger: Merger = ALONE
    """How the case stands to other reports of the same event; ``file`` has the parts of all of them."""
    repeats: tuple[RepeatReport, ...] = ()
    """Cases that look like another report of this event."""
    money: Money | None = None
    """What the case amounts to, and the tier of the law it reaches."""
    places: MoneyTimeline = NO_MONEY
    """Where its money is."""
    bridges: tuple[StopToFreezeWindow, ...] = ()
    """The 48 hours of every payment that was stopped, the first to end in front."""
    on_clock: Mapping[OrderId, OrderRow] = field(default_factory=dict)
    """Order → its clock, as the list of all orders shows it."""
    chances: Mapping[TransferId, datetime] = field(default_factory=dict)
    """Payment → until when it may be saved, where its time is known."""
    changed: frozenset[PaperId] = frozenset()
    """Signed papers that say something else than the case does now."""
    sets: frozenset[str] = frozenset()
    """The form sets the unit prints from today."""
    lead_facts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Lead → what its number says of itself."""
    elsewhere: Mapping[str, tuple[SameAccount, ...]] = field(default_factory=dict)
    """Lead → other cases that hold it."""
    series: SeriesHint | None = None
    """What the centre said of a series the case belongs to."""
    delivery: CaseDelivery | None = None
    """How far it has got to the centre; None where there is none."""
    holder: HolderState | None = None
    """Which desk of the station is in charge, and what may be done about it here."""
    objections: tuple[ObjectionView, ...] = ()
    """Of holders of accounts, oldest first."""
    amendment: Draft | None = None
    """What the wizard holds of the case and nobody saved into it yet."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Device → the letter of its desk."""

    touched: frozenset[str] | None = None
    """The subjects whose entries came since the reading before, and the kinds of those that only tell what happened;
    None: all of it was read."""

    def touches(self, subjects: frozenset[str]) -> bool:
        """Whether anything that tells of these subjects may be another since the reading before."""
        return self.touched is None or not subjects.isdisjoint(self.touched)

    @property
    def amounts(self) -> CaseAmounts:
        """What was paid, came back and was only attempted, with what belongs to no single payment."""
        case, once = self.file.case, self.merger.once(self.file)
        return amounts_of(once.transfers, case.returned_fen, case.attempted_fen)

    @property
    def loss_fen(self) -> int:
        """What the victim paid, in fen; what two reports tell counts once."""
        return self.amounts.gross_fen

    @property
    def odd_orders(self) -> tuple[OddOrder, ...]:
        """Orders that say something else than the case by now."""
        return odd_orders(self.file.orders, self.file.transfers)

    @property
    def case_numbers(self) -> Mapping[str, str]:
        """Case → number, of this case and those it is merged with."""
        lead = (self.merger.lead,) if self.merger.lead is not None else ()
        files = (self.file, *lead, *(report.file for report in self.merger.reports))
        return {file.case.id: file.case.number for file in files}

    def stop_of(self, transfer: TransferId) -> OrderView | None:
        """The newest stop of a transfer that is not void, on whichever report of the payment it hangs."""
        tellings = self.merger.tellings(transfer)
        alike = (item for item in self.file.transfers if item.id in tellings)
        stops = [view for item in alike for view in stops_of(self.file.orders, item)]
        living = [view for view in stops if counts(view)]
        found = living or stops
        return max(found, key=_issued_at) if found else None

    def may_stop(self, transfer: Transfer) -> bool:
        """Whether nothing of this transfer is stopped or on its way to be."""
        if transfer.id in self.merger.twice:
            return False  # the other report of this payment has the button
        if urgent_kind(transfer) is None:
            return False  # a way that nobody can act on, or that is to be said first
        view = self.stop_of(transfer.id)
        return view is None or not counts(view)

    def most_urgent(self, now: datetime) -> tuple[Transfer, ...]:
        """The payments, those that nobody stops in front, then by what can still be saved."""

        def place(transfer: Transfer) -> tuple[bool, Urgency]:
            view = self.stop_of(transfer.id)
            free = self.may_stop(transfer)
            if view is not None and not free:
                return True, self.order_row(view).pressing(now).urgency(now)
            since = transfer.time or self.file.case.accepted_at
            chance = self.chances.get(transfer.id) if free else None
            pressing = Pressing(
                f"{transfer.position:04}", since, chance, waits=free, amount_fen=transfer.amount_fen
            )
            return not free, pressing.urgency(now)

        return tuple(sorted(self.file.transfers, key=place))

    def form_in_use(self, forms: Sequence[str]) -> str:
        """The one of several equal forms that the unit prints from today; else the first."""
        own = (spec.id for spec in self.forms if spec.id in forms and spec.form_set in self.sets)
        return next(own, forms[0])

    def order_row(self, view: OrderView) -> OrderRow:
        """An order with its clock."""
        return self.on_clock.get(view.order.id) or OrderRow(view, self.file.case.accepted_at)

    def officer(self, number: str) -> str:
        """The name of an officer, or the number of one who is not enrolled here."""
        return self.officers.get(number, number)


def _issued_at(view: OrderView) -> datetime:
    return view.order.issued_at


@dataclass(frozen=True)
class _Reading:
    """What every section is read from."""

    session: Session
    file: CaseFile
    merger: Merger
    history: tuple[HistoryRow, ...]

    @property
    def case(self) -> CaseId:
        return self.file.case.id

    @cached_property
    def facts(self) -> ClockFacts:
        return facts_of(self.file, self.merger.twice)

    @cached_property
    def places(self) -> MoneyPlaces:
        return money_places(self.session, [self.facts])


def _deadlines(read: _Reading) -> tuple[DeadlineLine, ...]:
    again = reverify_clock(read.session, read.file, read.history)
    clocks = case_deadlines(read.session, read.file, read.merger)
    moves = may_still_move(read.facts)
    return tuple(
        DeadlineLine(clock, article_of(read.session.rules, clock), moves)
        for clock in (*clocks, *((again,) if again else ()))
    )


def _letters(read: _Reading) -> Mapping[str, str]:
    return desk_letters(read.session) if read.file.conflicts else {}


def _money(read: _Reading) -> Money:
    return money_of_case(read.session, read.merger.once(read.file))


def _repeats(read: _Reading) -> tuple[RepeatReport, ...]:
    return () if read.merger.lead else likely_repeats(read.session, read.file)


def _lead_facts(read: _Reading) -> Mapping[str, Mapping[str, str]]:
    return {item.id: _facts_of(read.session, item) for item in read.file.identifiers}


def _elsewhere(read: _Reading) -> Mapping[str, tuple[SameAccount, ...]]:
    leads = read.file.identifiers
    return {item.id: same_account(read.session, item.normal, read.case) for item in leads}


def _bridges(read: _Reading) -> tuple[StopToFreezeWindow, ...]:
    orders = [view.order for view in read.file.orders]
    return stop_to_freeze_windows(read.session.rules, orders, read.file.steps)


def _on_clock(read: _Reading) -> Mapping[OrderId, OrderRow]:
    rows = orders_of_case(read.session, read.facts, read.places)
    return {item.view.order.id: item for item in rows}


def _chances(read: _Reading) -> Mapping[TransferId, datetime]:
    rules = read.session.rules
    found: dict[TransferId, datetime] = {}
    for transfer in read.file.transfers:
        if transfer.time is not None:
            ends = (golden(rules, transfer.time), revocable(rules, transfer))
            found[transfer.id] = max(clock.at for clock in ends if clock is not None)
    return found


def _objections(read: _Reading) -> tuple[ObjectionView, ...]:
    now = read.session.clock.now()
    return objection_views(read.session.rules, read.file, now, read.merger.origins)


_Section = tuple[frozenset[str], Callable[[_Reading], object]]
_SECTIONS: Final[Mapping[str, _Section]] = {
    "deadlines": (
        frozenset({"case", "transfer", "order", "step", "task", "evidence", EVIDENCE_VERIFIED}),
        _deadlines,
    ),
    "letters": (VALUES, _letters),
    "money": (frozenset({"case", "transfer", "order"}), _money),
    "places": (frozenset({"case", "transfer", "order"}), lambda read: read.places.timeline()),
    "repeats": (frozenset({"case", "transfer"}), _repeats),
    "lead_facts": (frozenset({"identifier"}), _lead_facts),
    "elsewhere": (frozenset({"identifier"}), _elsewhere),
    "bridges": (frozenset({"order", "step"}), _bridges),
    "on_clock": (frozenset({"case", "transfer", "order", "step", "task"}), _on_clock),
    "chances": (frozenset({"transfer"}), _chances),
    "changed": (
        VALUES - {"task", "read_aloud"},
        lambda read: changed_since(read.session, read.file),
    ),
    "objections": (frozenset({"case", "order", "paper"}), _objections),
    "series": (frozenset({"case"}), lambda read: series_hint(read.session, read.case)),
    "holder": (frozenset({"case"}), lambda read: holder_state(read.session, read.file)),
    "delivery": (frozenset({ENTRY}), lambda read: case_delivery(read.session, read.case)),
    "amendment": (
        frozenset({"case", "transfer", "identifier"}),
        lambda read: unrecorded_draft(read.session, read.case),
    ),
}
"""Section → the subjects of the journal that it tells of, and how it is read."""


def read_sheet(session: Session, case: CaseId) -> CaseSheet:
    """The case with all that hangs on it."""
    file, merger = open_case(session, case)
    read = _Reading(session, file, merger, history(session, case))
    sections: dict[str, Any] = {name: of(read) for name, (_, of) in _SECTIONS.items()}
    return CaseSheet(
        file=file,
        merger=merger,
        history=read.history,
        officers=officer_names(session),
        forms=list_forms(session),
        sets=sets_in_use(session),
        **sections,
    )


def renew_sheet(session: Session, sheet: CaseSheet) -> CaseSheet:
    """The case again after something was recorded in it: read is what the entries since ``sheet`` are about, and the
    rest is as it was. What other cases, peers or files changed only :func:`read_sheet` sees."""
    case = sheet.file.case.id
    rows = history(session, case)
    touched = _touched(sheet.history, rows)
    if touched is None:
        return read_sheet(session, case)
    file, merger = sheet.file, sheet.merger
    if touched & VALUES:
        file, merger = whole_file(session, case)
    read = _Reading(session, file, merger, rows)
    sections: dict[str, Any] = {
        name: of(read) for name, (subjects, of) in _SECTIONS.items() if touched & subjects
    }
    return replace(sheet, file=file, merger=merger, history=rows, touched=touched, **sections)


def _touched(before: Iterable[HistoryRow], now: Iterable[HistoryRow]) -> frozenset[str] | None:
    """The subjects of the entries that came since; None where that cannot be told: reports were parted again, or a
    newer program wrote."""
    known = {(row.stream, row.seq) for row in before}
    fresh = {(row.stream, row.seq): row for row in now}
    if not known <= fresh.keys():
        return None
    came = [row for key, row in fresh.items() if key not in known]
    if any(row.kind not in ENTRIES for row in came):
        return None
    subjects = (
        row.kind if ENTRIES[row.kind].is_event else row.subject.partition("/")[0] for row in came
    )
    return frozenset({*subjects, ENTRY}) if came else frozenset()


def _facts_of(session: Session, lead: Identifier) -> Mapping[str, str]:
    """What a lead says of itself; nothing for a kind of a newer program."""
    if lead.kind not in KINDS:
        return {}
    today = session.clock.now().astimezone(CHINA).date()
    return check(lead.kind, lead.value, session.directories, today).facts
