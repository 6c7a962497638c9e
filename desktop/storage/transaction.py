"""A write transaction: what is appended to the journal or merged into it, with its projections."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy.engine import Connection

from desktop.domain.case_file.figure_tallies import Tallies
from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.domain.errors import RuleError
from desktop.domain.exchange.origin import StoredSignature
from desktop.domain.ids import CaseId
from desktop.domain.installation.duty_plan import DutyShift, OnCall
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.claim import WorkClaim
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import Clock, to_wire
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.entry_table import ENTRIES
from desktop.journal.kinds import TRUST_NEWS
from desktop.journal.objection import Objection, shortened
from desktop.journal.touching import Touching
from desktop.journal.well_formed import well_formed
from desktop.runtime.processes.read_ahead import ReadAhead
from desktop.runtime.processes.without_collector import without_collector
from desktop.services.ports import Applied, RefusedEntry
from desktop.services.ports.database.reckoned_rows import Arrears, ReckonedCases
from desktop.storage.clocks.board_rows import keep_cards
from desktop.storage.clocks.case_clocks import keep_clocks, raise_alarms
from desktop.storage.clocks.order_rows import keep_orders
from desktop.storage.current_values.values import Current
from desktop.storage.database.statements import marks, run
from desktop.storage.device import claims, drafts, duty_plans
from desktop.storage.device.cached_values import cache_value
from desktop.storage.dialects import dialect_of
from desktop.storage.journal import journal_table, origin_table
from desktop.storage.journal.admission import Admission
from desktop.storage.journal.journal_table import Waits
from desktop.storage.journal.offered_cases import OfferedCases
from desktop.storage.journal.peer_reader import is_seat
from desktop.storage.readers.reader import SqlReader
from desktop.storage.reckoning import arrears
from desktop.storage.reckoning.figure_rows import keep_figures
from desktop.storage.reckoning.figure_sums import begin_sums, keep_sums
from desktop.storage.tables import CONFLICTED, column_choice, derived, thumbnail
from desktop.storage.upkeep.rebuild import refresh

_AT_ONCE: Final = 1000
"""Entries of a bundle that are merged and projected together; more of them would only fill the memory."""
_FEW: Final = 250
"""The same while somebody else wants to write, who is not to wait for more."""
AHEAD: Final = 2
"""Times as many that are read and checked while the database is at work on those."""


class SqlTransaction(SqlReader):
    """A write transaction; the methods are those of ``services.ports.Transaction``."""

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        clock: Clock,
        touching: Touching | None = None,
    ) -> None:
        super().__init__(connection, profile)
        self._touching = touching
        self._clock = clock
        self._fresh: list[Entry] = []
        self.last_own: Entry | None = None
        """The last entry that was appended to the device's own stream."""
        self._is_seat = False
        """Whether the database said so, once a transaction."""
        self._tails = journal_table.Tails(connection)
        self._admission = Admission(connection, profile)
        self._offered_cases = OfferedCases(profile, self._admission)

    def append(self, officer: str, new: NewEntry) -> Entry:
        return self.append_all(officer, (new,))[-1]

    def append_all(self, officer: str, news: Sequence[NewEntry]) -> tuple[Entry, ...]:
        self._require_seat()
        items: list[Entry] = []
        placed = _placed(self._offered_cases.with_answers(news), self._profile)
        for named, some in _apart(placed):
            stream = named or self._profile.device
            if self._touching is not None and stream not in self._touching.streams:
                dialect_of(self._connection).claim(self._connection, stream)
            items += journal_table.append(
                self._connection,
                Current(self._connection),
                self._tails,
                some,
                stream,
                officer,
                to_wire(self._clock.now()),
            )
        self._fresh += items
        for item in items:
            self._admission.took(item)
        self._admission.write_down()
        own = (item for item in reversed(items) if item.stream == self._profile.own_stream)
        self.last_own = next(own, self.last_own)
        return tuple(items)

    def _require_seat(self) -> None:
        """Asked within the turn to write, so that nothing is written behind the entry that takes the PC away."""
        own = self._profile
        if own.seat and not self._is_seat and not is_seat(self._connection, own.device, own.seat):
            raise RuleError("seat.removed")
        self._is_seat = True

    def apply(self, entries: Iterable[Entry], progress: Progress = SILENT) -> Applied:
        self._require_seat()
        before = self._conflicts()
        applied = already = 0
        objected: list[RefusedEntry] = []
        cases: set[str] = set()
        with without_collector(), ReadAhead(batches_of(entries), AHEAD) as batches:
            for batch in batches:
                progress.check()
                self._expect(batch)
                current = Current(self._connection)
                intake = journal_table.apply(
                    self._connection, current, self._tails, self._admission, batch
                )
                cases |= refresh(self._connection, current, intake.accepted)
                applied += len(intake.accepted)
                already += intake.already
                objected += [refused(*item) for item in intake.objections]
        waiting = journal_table.waiting(self._connection, self._tails, self._admission)
        return Applied(
            applied=applied,
            already=already,
            held=self.held(),
            conflicts=self._conflicts() - before,
            cases=frozenset(CaseId(case) for case in cases),
            refused=tuple(objected),
            newer=waiting[Waits.NEWER],
            jumps=waiting[Waits.JUMP],
        )

    def _expect(self, entries: Sequence[Entry]) -> None:
        """These are merged next."""

    def _conflicts(self) -> int:
        query = f"SELECT sum(conflicts) FROM case_card WHERE {CONFLICTED}"  # noqa: S608 - own words
        if self._touching is None:
            return int(run(self._connection, query).scalar() or 0)
        cases = tuple(sorted(self._touching.cases))  # of others, others write meanwhile
        own = f"{query} AND case_id IN ({marks(cases)})"
        return int(run(self._connection, own, cases).scalar() or 0)

    def project(self) -> None:
        """Bring projections up to date with what was appended; called before commit and before reading back."""
        fresh, self._fresh = self._fresh, []
        if fresh:
            refresh(self._connection, Current(self._connection), fresh)

    def put_basis_in_order(self, mark: str, now: datetime) -> int:
        return arrears.put_in_order(self._connection, mark, now)

    def keep_reckoned(self, done: Arrears, found: ReckonedCases, now: datetime) -> None:
        connection, basis = self._connection, done.basis
        settled = arrears.settle(connection, done, now)
        orders = (order for order in found.orders if order.case in settled)
        clocks = (clock for clock in found.clocks if clock.clock.case in settled)
        keep_orders(connection, basis, settled, orders)
        keep_clocks(connection, basis, settled, clocks, now)
        figures = [item for item in found.figures if item.whole.case in settled]
        keep_figures(connection, basis, settled, figures)
        cards = (card for card in found.cards if card.card.id in settled)
        keep_cards(connection, basis, settled, cards)

    def begin_sums(self, basis: int, months: Collection[str]) -> str:
        return begin_sums(self._connection, basis, months)

    def keep_sums(self, basis: int, mark: str, month: str, tallies: Tallies) -> None:
        keep_sums(self._connection, basis, mark, month, tallies)

    def raise_alarms(self, basis: int, now: datetime) -> None:
        raise_alarms(self._connection, basis, now, to_wire(self._clock.now()))

    def keep_on_call(self, contact: OnCall) -> None:
        duty_plans.keep_contact(self._connection, contact)

    def drop_on_call(self, institution: str) -> None:
        duty_plans.drop_contact(self._connection, institution)

    def keep_shift(self, shift: DutyShift) -> None:
        duty_plans.keep_shift(self._connection, shift)

    def drop_shift(self, begins: str) -> None:
        duty_plans.drop_shift(self._connection, begins)

    def keep_claim(self, claim: WorkClaim) -> None:
        claims.keep(self._connection, claim, self._clock.now())

    def drop_claims(self, works: Collection[str]) -> None:
        claims.drop(self._connection, works)

    def hear_of_claims(self, officer: str) -> None:
        claims.hear(self._connection, officer, self._clock.now())

    def save_draft(self, form: IntakeForm, officer: str) -> Draft:
        return drafts.save(self._connection, form, officer, to_wire(self._clock.now()))

    def drop_draft(self, case: CaseId) -> None:
        drafts.drop(self._connection, case)

    def keep_signature(self, signature: StoredSignature) -> None:
        origin_table.keep(self._connection, signature, self._tails.next_lamport() - 1)

    def keep_thumbnail(self, evidence: str, png: bytes) -> None:
        cache_value(self._connection, thumbnail, evidence, png)

    def keep_derived(self, evidence: str, document: str) -> None:
        cache_value(self._connection, derived, evidence, document)

    def keep_column_choice(self, signature: str, choice: str) -> None:
        cache_value(self._connection, column_choice, signature, choice)


def batches_of(entries: Iterable[Entry], size: int = 0) -> Iterator[list[Entry]]:
    """What is merged together, each entry looked at by itself. Never asks the database: that is another thread's."""
    checked = map(well_formed, entries)
    while batch := list(islice(checked, size or _AT_ONCE)):
        yield batch


class BatchPace:
    """How many entries are merged in one transaction: few at first and wherever somebody waits to write, else twice as
    many each time, as many cost less together."""

    def __init__(self) -> None:
        self.least = min(_FEW, _AT_ONCE)
        self.ahead = AHEAD * _AT_ONCE // self.least
        self.size = self.least

    def note(self, *, somebody_waits: bool) -> None:
        """A transaction of this size is over."""
        self.size = self.least if somebody_waits else min(2 * self.size, _AT_ONCE)


def refused(entry: Entry, objection: Objection) -> RefusedEntry:
    """An entry with what is held against it, as services are told."""
    return RefusedEntry(
        shortened(entry.ref), shortened(entry.kind), objection.outcome, objection.error()
    )


def _placed(news: Sequence[NewEntry], profile: Profile) -> Sequence[NewEntry]:
    """At a PC of a centre what only tells that something was done there goes into the stream of that PC. News of trust
    stay with the others: officers are told of them by their numbers in one stream."""
    if not profile.seat:
        return news
    return tuple(
        replace(new, stream=profile.own_stream) if not new.stream and _is_of_pc(new.kind) else new
        for new in news
    )


def _is_of_pc(kind: str) -> bool:
    return ENTRIES[kind].is_event and kind not in TRUST_NEWS


def _apart(news: Sequence[NewEntry]) -> Iterator[tuple[str, Sequence[NewEntry]]]:
    """In order, cut where the stream changes or a subject comes again: its second fact must see the first."""
    some: list[NewEntry] = []
    subjects: set[str] = set()
    for new in news:
        if some and (new.stream != some[0].stream or new.subject in subjects):
            yield some[0].stream, some
            some, subjects = [], set()
        some.append(new)
        subjects.add(new.subject)
    if some:
        yield some[0].stream, some
