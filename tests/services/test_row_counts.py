"""Numbers that are kept beside rows are what counting the rows comes to, whatever was done, on either database."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import AppError
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.law.alarms import alarm_spans
from desktop.domain.orders.order import WAITING
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.move_case import move_case
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.look_up import board
from desktop.services.orders.reckon import read_some, reckon, reckoned
from desktop.services.ports import BoardOnly
from desktop.services.session import Session
from desktop.storage.reckoning.milliseconds import milliseconds
from tests.support.ceremony import approve, trust_peer
from tests.support.databases import KINDS, Databases, some_databases, written_past_the_store
from tests.support.money_worlds import MoneyWorld
from tests.support.quick_places import quick_place
from tests.support.sessions import take_seat
from tests.support.sweep import examples


class _PowerLostError(Exception):
    pass


class Desks:
    """A desk and the centre it sends to."""

    def __init__(self, root: Path, databases: Databases) -> None:
        self.root, self.volumes = root, 0
        self.desk = take_seat(root / "a", "A", where=databases.place("AAAA")).session
        self.centre = take_seat(
            root / "c", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE, where=databases.place("CCCC"),
        ).session  # fmt: skip
        trust_peer(self.desk, approve(self.centre, own_card(self.desk)))
        self.world = MoneyWorld(self.desk, 1)

    def works(self, seed: int) -> None:
        self.world.play(seed)

    def moves(self, seed: int) -> None:
        for card in board(self.desk)[:: 1 + seed % 3]:
            move_case(self.desk, card.id, list(CaseState)[seed % len(CaseState)])

    def sends(self, _seed: int) -> None:
        self.volumes += 1
        folder = self.root / f"stick{self.volumes}"
        folder.mkdir()
        export_bundle(self.desk, folder, SILENT)
        ingest(self.centre, Quarantine(self.root / "no"), [folder], SILENT)

    def looks(self, seed: int) -> None:
        reckon((self.desk, self.centre)[seed % 2])

    def reckons_by_other_rules(self, seed: int) -> None:
        """As another computer of a server, or another version: its rows stand beside."""
        self._reckons_some(f"other {seed % 2}")

    def loses_power(self, seed: int) -> None:
        with pytest.raises(_PowerLostError):
            self._reckons_some(f"other {seed % 2}", lost=True)

    def makes_all_anew(self, seed: int) -> None:
        (self.desk, self.centre)[seed % 2].store.rebuild(SILENT)

    def _reckons_some(self, mark: str, *, lost: bool = False) -> None:
        session, now = self.desk, self.desk.clock.now()
        with session.store.write() as transaction:
            basis = transaction.put_basis_in_order(mark, now)
        with session.store.read() as reader:
            read = read_some(reader, basis)
        with session.store.write() as transaction:
            found = reckoned(session, read, alarm_spans(session.rules, now), now)
            transaction.keep_reckoned(read.arrears, found, now)
            if lost:
                raise _PowerLostError

    def expect_what_is_counted(self) -> None:
        for session in (self.desk, self.centre):
            _expect_what_is_counted(session)


_COUNTED = (
    "SELECT basis, 'cards', state, type, count(*) FROM board_row GROUP BY basis, state, type",
    "SELECT basis, 'orders', flow, CAST(waits AS text), count(*) FROM order_clock GROUP BY basis, flow, waits",
    "SELECT basis, 'unconfirmed', '', '', sum(unconfirmed) FROM order_clock GROUP BY basis",
    "SELECT basis, 'hops', '', '', sum(hops) FROM order_clock GROUP BY basis",
    "SELECT basis, 'bridges', '', '', count(file_by) FROM order_clock GROUP BY basis",
)


def _expect_what_is_counted(session: Session) -> None:
    with written_past_the_store(session.store) as connection:  # type: ignore[arg-type]
        kept = {tuple(row[:4]): int(row[4]) for row in connection.exec_driver_sql(
            "SELECT basis, counted, one, two, amount FROM row_count"
        )}  # fmt: skip
        counted = {
            tuple(row[:4]): int(row[4])
            for question in _COUNTED
            for row in connection.exec_driver_sql(question)
            if row[4]
        }
        for key in [key for key in kept if key[1] == "duties"]:
            del kept[key]
        bases = connection.exec_driver_sql("SELECT basis FROM reckoning").scalars().all()
        ends = connection.exec_driver_sql(
            "SELECT basis, at, until FROM case_clock WHERE chance = 0"
        ).fetchall()
    assert kept == counted
    with session.store.read() as reader:
        waiting = Counter(v.order.unit_code for v in reader.orders() if v.state in WAITING)
        assert reader.waiting_by_unit() == waiting
        for days in (-40, -13, -1, 0, 1, 12, 400):
            at = session.clock.now() + timedelta(days=days)
            for basis in bases:
                late = [row for row in ends if row[0] == basis and row[1] <= milliseconds(at)]
                told = sum(row[2] > milliseconds(at) for row in late)
                assert reader.clock_ends(basis, at, at).late == told


_ACTS = (
    Desks.works, Desks.works, Desks.moves, Desks.sends, Desks.looks, Desks.looks,
    Desks.reckons_by_other_rules, Desks.loses_power, Desks.makes_all_anew,
)  # fmt: skip
acts = st.lists(st.tuples(st.sampled_from(_ACTS), st.integers(0, 2**20)), max_size=9)


@pytest.mark.parametrize("kind", KINDS)
@example(
    [(Desks.works, 5), (Desks.looks, 0), (Desks.works, 8), (Desks.sends, 0), (Desks.looks, 1),
     (Desks.moves, 3), (Desks.loses_power, 0), (Desks.looks, 0), (Desks.makes_all_anew, 0)]
)  # fmt: skip
@given(acts)
@settings(max_examples=examples(12))
def test_what_is_kept_is_what_is_counted(kind: str, every: list[tuple[object, int]]) -> None:
    with quick_place() as folder, some_databases(kind, Path(folder)) as databases:
        desks = Desks(Path(folder), databases)
        for act, seed in every:
            try:
                act(desks, seed)  # type: ignore[operator]
            except AppError:  # a rule forbids it
                continue
            desks.expect_what_is_counted()
        for session in (desks.desk, desks.centre):
            basis = reckon(session)
            with session.store.read() as reader:
                counts = reader.board_counts(basis, BoardOnly(), session.clock.now())
            assert counts.by_state == Counter(card.state for card in board(session))
            session.store.close()
