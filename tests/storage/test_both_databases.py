"""What one database says of a journal, the other says word for word."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from desktop.domain.case_file.assigned_rows import (
    STATES,
    AssignedPage,
    AssignedQuery,
    AssignedView,
)
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.law.alarms import RunningClock
from desktop.domain.law.deadlines import Deadline
from desktop.domain.law.urgency import Pressure
from desktop.domain.orders.flow import OrderFlow
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.journal.entry import NewEntry
from desktop.services.ports import (
    ChosenOrders,
    CountedSpans,
    OrderFinding,
    OrdersBy,
    OrdersOnly,
    Reader,
    ReckonedCases,
    ReckonedClock,
    ReckonedOrder,
)
from desktop.services.ports.database.clock_rows import ClockEnds
from desktop.storage.clocks import order_counts
from desktop.storage.store import SqlStore
from tests.storage.test_store import KEY, a_case, a_profile, a_store, all_entries
from tests.support.clocks import START, HandClock
from tests.support.databases import KINDS, Databases, some_databases

NARRATIVE = "对方自称“银监会”，加 QQ-10086 后转账。\n㐂１２3　ＡＢc é½ 🙂 100%_x\\'"
ACCOUNT = "6230520010037788996"
SIGNED_IN = NewEntry("officer.signed_in", "officer/CCCC/1", {})
RECEIPT: Fields = {
    "received.heads": {"BBBB": 2}, "receiver": "CCCC", "received.at": "2126-11-24T10:00:00.000Z",
}  # fmt: skip


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Databases, Databases]]:
    one, two = KINDS
    with some_databases(one, tmp_path) as files, some_databases(two, tmp_path) as server:
        yield files, server


@pytest.fixture
def twins(both: tuple[Databases, Databases]) -> Iterator[tuple[SqlStore, SqlStore]]:
    """The same journal of two desks in both, with parts, quarrels, a merger, a receipt, a payment taken out and one
    about which two do not agree."""
    files, server = both
    session, other = a_store(files, "AAAA"), a_store(files, "BBBB")
    with session.write() as writing:
        for entry in _facts():
            writing.append("1", entry)
    with other.write() as writing:
        writing.apply(all_entries(session))
        writing.append(
            "2", NewEntry("case.amended", "case/c1", {"victim.name": "李秀蘭", "type": ""})
        )
        writing.append(
            "2", NewEntry("transfer.recorded", "transfer/1", {FIELD: "", "amount_fen": 7})
        )
    with session.write() as writing:
        writing.append("1", NewEntry("case.amended", "case/c1", {"victim.name": "李秀"}))
        for number in (1, 2):
            writing.append("1", NewEntry("transfer.withdrawn", f"transfer/{number}", {FIELD: "1"}))
    entries = all_entries(session) + [item for item in all_entries(other) if item.stream == "BBBB"]
    made = a_store(files, "CCCC"), a_store(server, "CCCC")
    for store in made:
        with store.write() as writing:
            writing.append("1", SIGNED_IN)
        with store.write() as writing:
            writing.apply(reversed(entries))
            writing.append("1", NewEntry("bundle.received", "bundle/c", RECEIPT))
            writing.append("2", NewEntry("case.amended", "case/c5", {"narrative": "夜班"}))
            writing.append("1", SIGNED_IN)
    yield made
    for store in (session, other, *made):
        store.close()


def _facts() -> Iterator[NewEntry]:
    for serial in range(1, 6):
        yield a_case(f"张{serial}", f"c{serial}", serial)
    yield NewEntry("case.amended", "case/c2", {"narrative": NARRATIVE})
    yield NewEntry("case.amended", "case/c3", {"narrative": "a\x00b", "victim.name": "\x00马"})
    for number, case in enumerate(("c1", "c2", "c2", "c4")):
        fields: Fields = {
            "case": case, "amount_fen": 500 + number, "payee.number": ACCOUNT, "channel": "atm",
            "time": "2026-11-24T10:00:00.000Z", "order_number": "1000*5555",
        }  # fmt: skip
        yield NewEntry("transfer.recorded", f"transfer/{number}", fields)
    order: Fields = {"case": "c1", "issued_at": "2026-11-24T10:00:00.000Z", "kind": "stop"}
    yield NewEntry("order.issued", "order/o", {**order, "number": "Z1"})
    photo: Fields = {"case": "c1", "added_at": "2026-11-24T10:00:00.000Z", "sha256": "00"}
    yield NewEntry("evidence.attached", "evidence/e", {**photo, "size": 2**40})
    task: Fields = {"case": "c1", "due": "2026-11-25T10:00:00.000Z", "source": "statement"}
    yield NewEntry("task.made", "task/t", {**task, "text": "取流水"})
    yield from _assigned()
    yield from _requested()
    yield NewEntry("case.merged", "case/c4", {"merged.into": "c2"})
    heard: Fields = {"received.heads": {"AAAA": 3}, "received.blobs": ["00", "11"]}
    yield NewEntry("bundle.received", "bundle/b", {**heard, "sender": "BBBB", "receiver": "AAAA"})


def _requested() -> Iterator[NewEntry]:
    """Requests of a station, one in each state, one of them passed on as a task."""
    made: Fields = {"made_at": "2026-11-24T09:30:00.000Z", "due": "2026-11-24T12:00:00.000Z"}
    states = ("", "passed", "accepted", "finished.achieved", "returned", "refused")
    for place, state in enumerate(states):
        task: Fields = {"case": f"c{place % 3 + 1}", "text": f"协查 {place}", **made}
        request: Fields = {"source": "request.visit.urgent.at_620103"}
        yield NewEntry("task.recorded", f"task/q{place}", {**task, **request})
        about: Fields = {"about": f"task/q{place}", "done_at": made["due"]}
        if state:
            notice: Fields = {**task, **about, "source": f"notice.{state}"}
            yield NewEntry("task.recorded", f"task/n{place}", notice)
    given: Fields = {"case": "c2", "text": "协查", "source": "assigned.visit", "about": "task/q1"}
    yield NewEntry("task.recorded", "task/a9", {**given, **made})
    over: Fields = {"case": "c1", "text": "撤回", "source": "request.visit", "done_at": made["due"]}
    yield NewEntry("task.recorded", "task/q9", {**over, **made})
    slip: Fields = {"handed_pack": "1124-C-P01", "received_at": made["due"]}
    yield NewEntry("slip.received", "slip/o", slip)


def _assigned() -> Iterator[NewEntry]:
    """Tasks that a centre gave, one in each state, two of the same due time."""
    made: Fields = {"made_at": "2026-11-24T09:00:00.000Z", "due": "2026-11-24T12:00:00.000Z"}
    for place, state in enumerate(("", "accepted", "finished.not_reached", "returned", "")):
        case, source = f"c{place % 3 + 1}", "assigned.visit"
        withdrawn: Fields = {"source": f"{source}.withdrawn"} if place == 4 else {"source": source}
        task: Fields = {"case": case, "text": f"上门 {place}", **made, **withdrawn}
        yield NewEntry("task.recorded", f"task/a{place}", task)
        if state:
            answer: Fields = {
                "about": f"task/a{place}",
                "source": f"answer.{state}",
                "done_at": made["due"],
            }
            yield NewEntry("task.recorded", f"task/b{place}", {**task, **answer})


def test_projections_are_byte_for_byte_the_same(twins: tuple[SqlStore, SqlStore]) -> None:
    files, server = twins
    assert files.digest() == server.digest()
    assert files.rebuild(SILENT) == server.rebuild(SILENT) == server.digest()
    assert server.verify(SILENT) == ()


def _tasks(reader: Reader) -> Iterator[object]:
    """Every part of the list of tasks, page by page, each row once and in a state of that part."""
    for view, unit in product(AssignedView, ("", "620102540000", "none")):
        query = AssignedQuery(view, START + timedelta(days=1), START, unit=unit)
        yield reader.assigned_counts(query)
        found: list[AssignedPage] = []
        after: tuple[str, str] | None = None
        while not found or after is not None:
            page = reader.assigned_tasks(query, after, 2)
            found, after = [*found, page], page.after
        rows = [row.one.task.id for page in found for row in page.rows]
        assert len(set(rows)) == len(rows), "a row on two pages"
        shown = [row.one.state for page in found for row in page.rows]
        assert not [state for state in shown if state not in STATES[view]]
        yield found


def everything(reader: Reader) -> Iterator[object]:
    """Whatever can be asked."""
    cases = [CaseId(f"c{serial}") for serial in range(7)]
    yield from (reader.board(), reader.orders(), reader.open_tasks())
    yield from (reader.clock_facts(), reader.task_dues(), reader.case_counts())
    yield reader.case_counts(open_only=True)
    yield reader.assigned_by_unit()
    yield reader.passed_on_tasks()
    yield (reader.slips_alone(), reader.slips_arrived())
    yield reader.enclosed_blobs(DeviceId("BBBB"), "620102540000")
    yield list(reader.answers_of_visits("report", None, None))
    yield from _tasks(reader)
    for case in cases:
        yield from (reader.case_card(case), reader.case_file(case), reader.history(case))
        yield from (reader.evidence(case), reader.case_group(case), reader.case_by_number(case))
        yield reader.same_account(ACCOUNT, case)
        yield reader.same_person(("person/x",), case)
    yield from (list(reader.shared_values(4)), reader.values_shared_with(cases, 4, 50))
    yield from (reader.series_cases(cases), sorted(reader.series_parts(cases)))
    yield list(reader.stories(""))
    yield reader.numbers_between(ACCOUNT[:6], ACCOUNT[-4:])
    yield from (reader.subjects("transfer"), reader.heads(), reader.held_streams())
    yield from (reader.bundles(), reader.known_blobs(), reader.undigested(), reader.last_wall())
    yield from (reader.pending(DeviceId("AAAA")), reader.unacknowledged_blobs(DeviceId("AAAA")))
    yield from (reader.acknowledged(DeviceId("AAAA")), reader.is_awaited("00"), reader.peers())
    yield reader.case_serial_after("620102540000-20261124-A-")
    away = timedelta(hours=2)
    yield from (reader.last_shift("1", away), reader.last_shift("1", away, locked=True))
    yield reader.received_after(1)


def test_every_question_gets_the_same_answer(twins: tuple[SqlStore, SqlStore]) -> None:
    with twins[0].read() as one, twins[1].read() as two:
        answers = list(zip(everything(one), everything(two), strict=True))
    assert [place for place, (left, right) in enumerate(answers) if left != right] == []
    assert sum(bool(left) for left, _ in answers) > len(answers) // 2


def _clocks_of(reader: Reader, basis: int, now: datetime) -> Iterator[object]:
    for minutes in (-100, -30, 0, 30, 100):
        at = now + timedelta(minutes=minutes)
        yield reader.live_clocks(basis, at)
        yield reader.pressing_clocks(basis, at, 5)
        yield reader.due_alarms(basis, at, 3)
        yield reader.clock_ends(basis, at, at + timedelta(minutes=45))


def test_orders_are_paged_and_counted_alike(twins: tuple[SqlStore, SqlStore]) -> None:
    now, minute = START, timedelta(minutes=1)
    ends = [None, *(now + minute * away for away in (-90, -60, -30, 0, 30, 90))]
    kept = [
        ReckonedOrder(
            f"o{place}", CaseId("c1"), OrderFlow.MONEY, f"键{place % 3} o{place}", place % 2,
            now - minute * (place % 5), waits=bool(place % 2), chance=chance, duty=duty,
            lapses=bool(place % 4), onward=onward,
            took=minute * place, file_by=duty, unconfirmed=bool(place % 3), stopped_at=duty, stopped_fen=place,
            found_by=_finding(place, now - minute * (place % 7)),
        )
        for place, (chance, duty, onward) in enumerate(product(ends, ends, ends))
        if chance is None or duty is None
    ]  # fmt: skip
    clocks = [
        ReckonedClock(RunningClock(Deadline(name, now + minute * away, "", now), CaseId("c1"), "", "", "", away), place,
                  now + minute * (away + 60) if until else None, now + minute * (away - 5))
        for place, (name, away, until) in enumerate(product(("golden", "entry"), (-90, -30, 0, 30), (None, True)))
    ]  # fmt: skip
    found: list[tuple[object, ...]] = []
    spans = CountedSpans(now, now + minute * 40, (now - minute * 40, now), now - minute * 3)
    for store in twins:
        with store.write() as writing:
            basis = writing.put_basis_in_order("rules", now)
            assert writing.waiting(basis) == 5, "every case waits"
            writing.keep_reckoned(writing.arrears(basis, 1), ReckonedCases(kept, clocks), now)
            assert writing.waiting(basis) == 4
        money = ChosenOrders((OrderFlow.MONEY,))
        with store.read() as reader:
            first = reader.order_places(basis, money, now, None, 200)
            rest = reader.order_places(basis, money, now, first[-1], 200)
            assert len({place.order for place in (*first, *rest)}) == len(kept)
            found.append((first, rest, reader.order_counts(basis, spans)))
            found[-1] += tuple(_clocks_of(reader, basis, now))
            found[-1] += tuple(_lists_of(reader, basis, now))
    assert found[0] == found[1]


def _finding(place: int, at: datetime) -> OrderFinding:
    name = f"农业银行{place % 3}".removesuffix("0")
    sent = (f"P{place % 4}", at) if place % 5 else ("", None)
    return OrderFinding(
        OrderKind.STOP, OrderState.DONE, name, f"张{place % 2}", "620134", f"张_{place}\n张{place}",
        place % 4, not place % 3, *sent,
    )  # fmt: skip


def _lists_of(reader: Reader, basis: int, now: datetime) -> Iterator[object]:
    """Whatever is asked of orders beside the most urgent."""
    some = (
        OrdersOnly(receiver="农业银行", words=("张_",)), OrdersOnly(hops=True), OrdersOnly(unit="张%", waits=True),
        OrdersOnly(kind=OrderKind.STOP, pressures=frozenset({Pressure.MISSED, Pressure.REST})),
    )  # fmt: skip
    for only, by in product(some, OrdersBy):
        asked = ChosenOrders(tuple(OrderFlow), only, by)
        first = reader.order_places(basis, asked, now, None, 9)
        yield first
        yield reader.order_places(basis, asked, now, first[-1], 9) if first else ()
        yield reader.order_count(basis, asked, now)
    yield reader.order_choices(basis)
    yield reader.dispatch_counts(basis, now, (now - timedelta(days=1), now))
    yield reader.orders_to_send(basis, now)
    packs = reader.batches(basis, None, 2)
    yield packs
    yield reader.batches(basis, packs[-1], 9)
    yield sorted(reader.open_batches(basis), key=repr)
    yield reader.orders_in_batches(basis, packs)


_FOUND_BY = OrderFinding(OrderKind.STOP, OrderState.DONE, "农业银行", "", "", "")


def _keep(store: SqlStore, orders: Sequence[ReckonedOrder], clocks: Sequence[ReckonedClock]) -> int:
    with store.write() as writing:
        basis = writing.put_basis_in_order("rules", START)
        writing.keep_reckoned(writing.arrears(basis, 9), ReckonedCases(orders, clocks), START)
        return basis


def test_what_two_reports_tell_of_one_clock_is_one_alarm(twins: tuple[SqlStore, SqlStore]) -> None:
    """Merged reports may name an objection alike; a statement that met it twice would end every alarm."""
    told = RunningClock(
        Deadline("objection", START, "", START, "objection/1"), CaseId("c1"), "", ""
    )
    for store in twins:
        basis = _keep(store, (), [ReckonedClock(told, place, None, None) for place in range(2)])
        with store.write() as writing:
            assert len(writing.due_alarms(basis, START, 9)) == 2
            writing.raise_alarms(basis, START)
            assert writing.due_alarms(basis, START, 9) == ()


def test_a_clock_nobody_need_heed_any_more_presses_nowhere(
    twins: tuple[SqlStore, SqlStore],
) -> None:
    """The measure lapsed by itself before it had to be ended."""
    ended, end = START - timedelta(minutes=1), START + timedelta(hours=1)
    clock = Deadline("objection_release", end, "", START, "objection/1", idle_from=ended)
    for store in twins:
        running = RunningClock(clock, CaseId("c1"), "", "")
        basis = _keep(store, (), [ReckonedClock(running, 0, ended, None)])
        with store.read() as reader:
            assert reader.live_clocks(basis, START) == reader.pressing_clocks(basis, START, 9) == ()
            assert reader.clock_ends(basis, START, end) == ClockEnds(0, (), None)


def test_absurd_amounts_are_added_up(twins: tuple[SqlStore, SqlStore]) -> None:
    much, many = 2**53 - 1, 1100
    held = [
        ReckonedOrder(f"o{place}", CaseId("c1"), OrderFlow.MONEY, f"o{place}", 0, START, waits=False,
                      found_by=_FOUND_BY, stopped_at=START, stopped_fen=much)
        for place in range(many)
    ]  # fmt: skip
    spans = CountedSpans(START, START, (START, START + timedelta(days=1)), START)
    for store in twins:
        basis = _keep(store, held, ())
        with store.read() as reader:
            counts = reader.order_counts(basis, spans)
        assert (counts.stopped_today, counts.stopped_today_fen) == (many, many * much)


def test_a_median_is_taken_of_the_newest(
    twins: tuple[SqlStore, SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a case its first order; what was issued before those that are looked at does not count."""
    minute = timedelta(minutes=1)
    orders = [
        ReckonedOrder(f"o{ago}", CaseId(case), OrderFlow.MONEY, f"o{ago}", 0, START - ago * minute, waits=False,
                      found_by=_FOUND_BY, took=took * minute if took is not None else None)
        for ago, case, took in ((0, "c1", 9), (1, "c1", 4), (2, "c2", None), (3, "c2", 6), (4, "c3", 600))
    ]  # fmt: skip
    spans = CountedSpans(START, START, (START, START), START - 5 * minute)
    for store in twins:
        basis = _keep(store, orders, ())
        for newest, took, told in ((9, 6, None), (4, 6, 4), (3, 5, 3), (2, 4, 2)):
            monkeypatch.setattr(order_counts, "_NEWEST", newest)
            with store.read() as reader:
                counts = reader.order_counts(basis, spans)
            assert (counts.median, counts.median_of) == (took * minute, told)


WORDS = (
    "张", "银", "银监", "银监会", "监会 转账", "QQ10086", "qq-10086", "１２3", "123abc", "é", "½", "🙂", "100%_",
    "%", "_", "'", "\\", "张1", "秀", "李秀兰", "62305", "㐂", "没有的词", "点赞返利垫付两次", "", "\x00马",
)  # fmt: skip


@pytest.mark.parametrize("word", WORDS)
def test_search_finds_the_same(twins: tuple[SqlStore, SqlStore], word: str) -> None:
    with twins[0].read() as one, twins[1].read() as two:
        assert one.search(word, 3) == two.search(word, 3)


def test_a_copy_of_a_server_is_an_encrypted_file_that_opens(
    twins: tuple[SqlStore, SqlStore], tmp_path: Path
) -> None:
    target = tmp_path / "copy.db"
    twins[1].copy_to(target, SILENT)
    copy = SqlStore.open(target, KEY, a_profile("CCCC"), HandClock())
    assert copy.digest() == twins[0].digest()
    assert all_entries(copy) == all_entries(twins[0])
    assert b"SQLite format" not in target.read_bytes()[:16]
    copy.close()


def test_nobody_loads_the_servers_driver_who_has_no_server() -> None:
    told = "import sys, desktop.app.adapters; print('psycopg' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.parametrize("after", [0, 2, 99])
def test_what_a_stream_says_of_some_subjects_is_what_reading_all_of_it_finds(
    twins: tuple[SqlStore, SqlStore], after: int
) -> None:
    kinds = ("case.amended", "transfer.withdrawn", "officer.signed_in", "bundle.received")
    asked = (["case/c1"], ["case/c1", "case/c2"], ["transfer/"], ["case/c1", "transfer/", "officer/CCCC/"])  # fmt: skip
    for subjects, few in product(asked, (kinds, kinds[:2], ())):
        for store in twins:
            every = [entry for entry in all_entries(store) if entry.stream == "CCCC"]
            expected = [
                entry for entry in every
                if entry.seq > after and entry.kind in few and any(
                    entry.subject == name or (name[-1] == "/" and entry.subject.startswith(name))
                    for name in subjects
                )
            ]  # fmt: skip
            with store.read() as reader:
                found = reader.own_words(subjects, few, after)
            assert list(found) == sorted(expected, key=lambda entry: entry.seq)
