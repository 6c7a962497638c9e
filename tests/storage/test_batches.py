"""Entries taken in together leave what they leave one by one, however they are cut, in whatever order they come."""

from __future__ import annotations

import random  # noqa: TID251 - repeatable, no secret
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import Cancelled
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.journal.entry import Entry, NewEntry
from desktop.services.ports import Applied, all_applied
from desktop.storage import transaction
from desktop.storage.database.statements import run
from desktop.storage.database.turn_lock import TurnLock
from desktop.storage.store import SqlStore
from desktop.storage.upkeep import rebuild, rebuild_order
from tests.storage.test_store import a_case, a_store, all_entries, quarrel
from tests.support.databases import Databases, some_databases

AT = "2026-11-24T10:00:00.000Z"
CASES = ("c1", "c2", "c3", "c4")


def some_facts(dice: random.Random, count: int) -> Iterator[NewEntry]:
    """Whatever is said of a few cases: parts that move, reports merged and parted, events, and answers to nothing."""
    for _ in range(count):
        case, part = dice.choice(CASES), dice.randrange(4)
        told: tuple[Fields, ...] = (
            {"case": case, "amount_fen": part, "payee.number": f"623052001003778{part}", "time": AT},
            {"case": case, "note": "a\0b", "rows": [{"a\0": ["\0"]}, 1, True, None]},
            {"amount_fen": -part, "attempted": ""},
        )  # fmt: skip
        evidence: Fields = {"case": case, "added_at": AT, "sha256": f"{part:02}", "size": part}
        order: Fields = {"case": case, "issued_at": AT, "kind": "stop", "number": f"Z{part}"}
        paper: Fields = {"case": case, "dated": AT, "text.title": dice.choice("ab"), "form": "x"}
        yield dice.choice(
            (
                a_case(dice.choice(("李秀兰", "王五")), case, CASES.index(case) + 1),
                NewEntry("case.amended", f"case/{case}", {"type": dice.choice(("T01", "", "T02"))}),
                NewEntry("case.merged", f"case/{case}", {"merged.into": dice.choice((*CASES, ""))}),
                NewEntry("transfer.recorded", f"transfer/{part}", dice.choice(told)),
                NewEntry("evidence.attached", f"evidence/{part}", evidence),
                NewEntry("evidence.digested", f"evidence/{part}", {"sm3": dice.choice("ab")}),
                NewEntry("evidence.viewed", f"evidence/{part}", {"case": "c1"}),
                NewEntry("order.issued", f"order/{part}", order),
                NewEntry("task.recorded", f"task/{part}", {"case": case, "due": AT}),
                NewEntry("task.done", f"task/{part}", {"done_at": AT}),
                NewEntry("paper.drafted", f"paper/{part}", paper),
            )
        )


def some_entries(dice: random.Random, folder: Path) -> list[Entry]:
    """What two desks said, now and then knowing of each other, in any order."""
    with ExitStack() as closing:
        sessions = [
            closing.enter_context(a_store(folder, name).closing()) for name in ("AAAA", "BBBB")
        ]
        for _ in range(8):
            session, other = dice.sample(sessions, 2)
            with session.write() as writing:
                if not dice.randrange(3):
                    writing.apply(all_entries(other))
                for fact in some_facts(dice, dice.randrange(1, 9)):
                    writing.append("1", fact)
        both = {entry.ref: entry for session in sessions for entry in all_entries(session)}
    entries = list(both.values())
    dice.shuffle(entries)
    return entries


def taken_apart(store: SqlStore, entries: Iterable[Entry]) -> str:
    """Some in each of several transactions."""
    first, rest = store.apply(entries)
    with store.write() as writing:
        last = writing.apply(rest)
    assert first.applied + last.applied > 0
    return store.digest()


def taken(store: SqlStore, entries: Sequence[Entry], *, together: bool) -> str:
    for some in (entries,) if together else [[entry] for entry in entries]:
        with store.write() as writing:
            writing.apply(some)
    return store.digest()


@pytest.mark.parametrize("seed", range(2))
def test_however_entries_are_cut_the_rows_are_the_same(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    entries = some_entries(dice, tmp_path)
    with some_databases("sqlite", tmp_path) as files, a_store(files, "ONE1").closing() as store:
        expected = taken(store, entries, together=False)
        assert store.verify(SILENT) == ()
    for size in (dice.randrange(3, 20), 2000):
        monkeypatch.setattr(transaction, "_AT_ONCE", size)
        monkeypatch.setattr(rebuild, "_BATCH", size)
        monkeypatch.setattr(rebuild_order, "_AT_ONCE", size)
        with a_store(databases, f"M{size}").closing() as store:
            assert taken(store, entries, together=True) == expected
            assert store.rebuild(SILENT) == expected
        with a_store(databases, f"A{size}").closing() as store:
            assert taken_apart(store, entries) == expected


@pytest.mark.parametrize("seed", range(2, 4))
def test_a_look_tells_what_taking_in_then_does_while_another_writes(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - no secret
    monkeypatch.setattr(transaction, "_AT_ONCE", 3)
    waiting = some_entries(dice, tmp_path)
    with a_store(databases, "LOOK").closing() as store:
        while waiting:
            count = dice.randrange(1, 20)
            some, waiting = waiting[:count], waiting[count:]
            with store.write(), store.trial() as (_, trial):
                looked = trial.apply(some)
                facts = trial.clock_facts(cases=looked.cases)
                assert run(trial._connection, "SELECT * FROM search_row").all() == []
            with store.write() as writing:
                assert looked == writing.apply(some)
            with store.read() as reader:
                assert facts == reader.clock_facts(cases=looked.cases)


def test_a_quarrel_that_later_entries_settle_is_told_of_as_none(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as closing:
        one, two, three = (
            closing.enter_context(a_store(databases, name).closing())
            for name in ("AAAA", "BBBB", "CCCC")
        )
        others = [entry for entry in quarrel(one, two) if entry.stream == "BBBB"]
        with one.write() as writing:
            assert writing.apply(others).conflicts == 1
            writing.append("1", NewEntry("case.moved", "case/c1", {"state": "closed"}))
        with three.write() as writing:
            writing.apply(others)
        monkeypatch.setattr(transaction, "_AT_ONCE", 1)
        first, rest = three.apply(entry for entry in all_entries(one) if entry.stream == "AAAA")
        with three.write() as writing:
            assert all_applied((first, writing.apply(rest))).conflicts == 0


def test_somebody_else_writes_while_many_entries_are_taken_in(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last entries come only once the draft is on disk, so that neither waits for the other to be done."""
    monkeypatch.setattr(transaction, "_AT_ONCE", 5)
    entries = some_entries(random.Random(3), tmp_path)  # noqa: S311 - no secret
    saved = threading.Event()

    def coming() -> Iterator[Entry]:
        yield from entries[:-1]
        assert saved.wait(20)
        yield entries[-1]

    with a_store(databases, "CCCC").closing() as store:

        def save() -> None:
            with store.write() as writing:
                writing.save_draft(IntakeForm(case_id="c9"), "1")
            saved.set()

        typing = threading.Thread(target=save)
        typing.start()
        assert taken_apart(store, coming()) == store.rebuild(SILENT)
        typing.join()
        with store.read() as reader:
            assert [draft.form.case_id for draft in reader.drafts()] == ["c9"]


def test_batches_grow_only_while_nobody_waits_to_write(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "_AT_ONCE", 8)
    monkeypatch.setattr(transaction, "_FEW", 2)
    entries = some_entries(random.Random(3), tmp_path)[:35]  # noqa: S311 - no secret
    sizes: list[int] = []
    waiting = iter((False, False, True, False, False, False))
    apply = transaction.SqlTransaction.apply

    def counted(self: transaction.SqlTransaction, some: Sequence[Entry]) -> Applied:
        sizes.append(len(some))
        return apply(self, some)

    monkeypatch.setattr(transaction.SqlTransaction, "apply", counted)
    monkeypatch.setattr(TurnLock, "is_taken", property(lambda _: next(waiting)))
    with a_store(databases, "CCCC").closing() as store:
        _, rest = store.apply(entries)
        assert sizes == [2, 4, 8, 2, 4, 8, len(entries) - 28]
        assert rest == []


class _StopsAfter:
    """Asks to stop once it was asked so many times."""

    def __init__(self, times: int) -> None:
        self._left = times

    def advance(self, done: int, total: int) -> None:
        pass

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


def test_who_asks_to_stop_waits_for_the_transaction_under_way(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "_AT_ONCE", 5)
    dice = random.Random(7)  # noqa: S311 - no secret
    entries = sorted(some_entries(dice, tmp_path), key=lambda entry: (entry.stream, entry.seq))
    with a_store(databases, "CCCC").closing() as store:
        with store.trial() as (_, trial), pytest.raises(Cancelled):
            trial.apply(entries, _StopsAfter(2))
        with pytest.raises(Cancelled):
            store.apply(entries, progress=_StopsAfter(3))
        assert all_entries(store) == entries[:10]
        assert taken_apart(store, entries) == store.rebuild(SILENT)
        assert all_entries(store) == entries


@pytest.mark.parametrize("seed", range(6))
def test_what_is_new_and_what_is_known_mix_in_a_batch(
    databases: Databases, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(100 + seed)  # noqa: S311 - no secret
    entries = some_entries(dice, tmp_path)
    cut = dice.randrange(len(entries))
    with a_store(databases, "CCCC").closing() as store:
        taken(store, entries[:cut], together=True)
        made = taken(store, entries[cut:], together=True)
        assert made == store.rebuild(SILENT)


def test_what_stops_in_the_middle_leaves_what_was(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transaction, "_AT_ONCE", 5)
    dice = random.Random(7)  # noqa: S311 - no secret
    entries = sorted(some_entries(dice, tmp_path), key=lambda entry: (entry.stream, entry.seq))
    first, rest = entries[:20], entries[20:]

    def torn() -> Iterator[Entry]:
        yield from rest[:13]
        raise ConnectionError

    with a_store(databases, "CCCC").closing() as store:
        before = taken(store, first, together=True)
        with pytest.raises(ConnectionError), store.write() as writing:
            writing.apply(torn())
        assert store.digest() == before
        assert all_entries(store) == first
        assert taken(store, rest, together=True) == store.rebuild(SILENT) != before


def test_a_wrong_order_of_reading_leaves_the_same_rows(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which case a subject stood in so far is read for its order only."""
    monkeypatch.setattr(rebuild, "_BATCH", 4)
    monkeypatch.setattr(rebuild_order, "_AT_ONCE", 4)
    entries = some_entries(random.Random(11), tmp_path)  # noqa: S311 - no secret
    with a_store(databases, "CCCC").closing() as store:
        expected = taken(store, entries, together=True)
        with store.write() as writing:
            run(writing._connection, "DELETE FROM subject WHERE subject LIKE '%1'")
            run(writing._connection, "UPDATE subject SET case_id = subject WHERE kind <> 'case'")
        assert store.verify(SILENT) == ("projections.differ",)
        assert store.rebuild(SILENT) == expected
        assert store.verify(SILENT) == ()
