"""The store: append-only, merges in any order, and tells broken files apart."""

from __future__ import annotations

import itertools
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError

from desktop.domain.cases.case import Case, CaseState, Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.people.victim import Victim
from desktop.domain.errors import TrustError, WorldError
from desktop.domain.ids import CaseId, DeviceId
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.journal.entry import Entry, NewEntry
from desktop.storage.database.sqlcipher_file import PAGE_SIZE, sidecar_of
from desktop.storage.projections.search_tokens import squeeze
from desktop.storage.store import SqlStore
from desktop.storage.tables import entry
from desktop.storage.upkeep import copying
from tests.support.clocks import START, HandClock
from tests.support.databases import Databases
from tests.support.sweep import examples

KEY = bytes(range(32))
NUMBERS = itertools.count()


def a_profile(device: str, role: InstallationRole = InstallationRole.DESK) -> Profile:
    return Profile(role, "620102540000", "张掖路派出所", "A", DeviceId(device))


def a_store(where: Path | Databases, device: str, name: str = "") -> SqlStore:
    name = name or device
    place = where / f"{name}.db" if isinstance(where, Path) else where.place(name)
    return SqlStore.create(place, KEY, a_profile(device), HandClock())


def a_case(name: str = "李秀兰", case: str = "c1", serial: int = 1) -> NewEntry:
    facts = Case(
        CaseId(case), f"620102540000-20261124-A-{serial:04d}", Visit.REPORT, "T01", CaseState.NEW,
        Victim(name, "resident_id", "620102196804152044", "13919364417"), "点赞返利垫付两次",
        START, "620134", "620102540000", "张掖路派出所",
    )  # fmt: skip
    return NewEntry("report.registered", f"case/{case}", facts.to_fields())


def all_entries(store: SqlStore) -> list[Entry]:
    with store.read() as reader:
        return [
            entry
            for stream, last in sorted(reader.heads().items())
            for entry in reader.entries(stream, 1, last)
        ]


@pytest.fixture
def stores(databases):
    made = [a_store(databases, name) for name in ("AAAA", "BBBB", "CCCC")]
    yield made
    for store in made:
        store.close()


def quarrel(one: SqlStore, two: SqlStore) -> list[Entry]:
    """Two desks that change the same case without knowing of each other."""
    with one.write() as writing:
        writing.append("1", a_case())
    with two.write() as writing:
        writing.apply(all_entries(one))
    with one.write() as writing:
        writing.append("1", NewEntry("case.moved", "case/c1", {"state": "stopping"}))
        writing.append("1", NewEntry("case.amended", "case/c1", {"victim.name": "李秀蘭"}))
    with two.write() as writing:
        writing.append("2", NewEntry("case.moved", "case/c1", {"state": "closed"}))
    return all_entries(one) + [e for e in all_entries(two) if e.stream == "BBBB"]


def test_every_order_of_arrival_gives_the_same_projections(stores, databases):
    entries = quarrel(stores[0], stores[1])
    digests = set()
    for number, order in enumerate(itertools.permutations(entries)):
        store = a_store(databases, f"D{number:03d}")
        with store.write() as writing:
            for entry in order:
                writing.apply([entry])
            assert writing.held() == 0
        with store.write() as writing:
            assert writing.apply(order).applied == 0
        digests.add(store.digest())
        assert store.rebuild(SILENT) == store.digest()
        store.close()
    assert len(digests) == 1


def test_a_quarrel_is_shown_and_settled_once_for_all(stores):
    session, other, _ = stores
    entries = quarrel(session, other)
    for store in (session, other):
        with store.write() as writing:
            writing.apply(entries)
    with session.read() as reader:
        file = reader.case_file(CaseId("c1"))
    assert file is not None
    assert [(c.field, sorted(v.value for v in c.values)) for c in file.conflicts] == [
        ("state", ["closed", "stopping"])
    ]
    with session.write() as writing:
        writing.append("1", NewEntry("case.amended", "case/c1", {"state": "closed"}))
    with other.write() as writing:
        writing.apply(all_entries(session))
    assert session.digest() == other.digest()
    with other.read() as reader:
        assert reader.case_file(CaseId("c1")).conflicts == ()


def test_a_gap_is_held_and_never_skipped(stores):
    session, other, _ = stores
    with session.write() as writing:
        for serial in range(1, 5):
            writing.append("1", a_case(case=f"c{serial}", serial=serial))
    entries = all_entries(session)
    with other.write() as writing:
        done = writing.apply([entries[0], entries[3]])
        assert (done.applied, done.held) == (1, 1)
        assert writing.heads()["AAAA"] == 1
    with other.write() as writing:
        done = writing.apply(entries[1:3])
        assert (done.applied, done.held) == (3, 0)


def test_two_stories_for_one_place_are_a_fork(stores, databases):
    session, other, _ = stores
    with session.write() as writing:
        writing.append("1", a_case("李秀兰"))
    forged = a_store(databases, "AAAA", "forged")
    with forged.write() as writing:
        writing.append("1", a_case("马强"))
    with other.write() as writing:
        writing.apply(all_entries(session))
    with pytest.raises(TrustError, match=r"journal\.fork"), other.write() as writing:
        writing.apply(all_entries(forged))
    forged.close()


REPLACING = (
    "INSERT INTO entry SELECT stream, seq, lamport, '', officer, kind, subject, hash, line FROM entry "
    "WHERE true ON CONFLICT (stream, seq) DO UPDATE SET wall = excluded.wall"
)
OF_ONE_KIND = {
    "sqlite": "INSERT OR REPLACE INTO entry "
    "SELECT stream, seq, lamport, '', officer, kind, subject, hash, line FROM entry",
    "postgresql": "TRUNCATE entry",
}


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM entry", "UPDATE entry SET wall = '' WHERE seq = 1", REPLACING, OF_ONE_KIND],
)
def test_the_journal_only_grows(stores, statement):
    if not isinstance(statement, str):
        statement = statement[stores[0]._engine.dialect.name]
    with stores[0].write() as writing:
        writing.append("1", a_case())
    with (
        pytest.raises(IntegrityError, match="only grows"),
        stores[0]._engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql(statement)
    assert stores[0].verify(SILENT) == ()


def test_verify_notices_a_projection_that_lies(stores):
    with stores[0].write() as writing:
        writing.append("1", a_case())
    with (
        stores[0]._engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql("UPDATE case_card SET loss_fen = 1")
    assert stores[0].verify(SILENT) == ("projections.differ",)
    stores[0].rebuild(SILENT)
    assert stores[0].verify(SILENT) == ()


def test_verify_leaves_the_index_of_words_alone(stores):
    """All of what it makes is undone, and no row tells of that index, which takes longer than all others."""
    store, asked = stores[0], []
    with store.write() as writing:
        writing.append("1", a_case("李秀兰"))
    event.listen(store._engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    assert store.verify(SILENT) == ()
    assert [words for words in asked if words.startswith("INSERT INTO search_row")]
    assert not [
        words for words in asked if words.startswith("INSERT INTO search_index (rowid, tokens)")
    ]
    assert not [
        words for words in asked if words.startswith("INSERT INTO search_index (id, tokens)")
    ]
    with store.read() as reader:
        assert len(reader.search("李秀兰", 5)[0]) == 1


def test_an_exception_leaves_nothing(stores):
    def interrupted() -> None:
        with stores[0].write() as writing:
            writing.append("1", a_case())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        interrupted()
    assert all_entries(stores[0]) == []


@given(
    st.lists(
        st.sampled_from(("李秀兰", "马强", "欧阳娜娜", "阿依古丽·买买提", "𠮷野家", "Smith John")),
        min_size=1, max_size=6,
    ),
    st.data(),
)  # fmt: skip
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_search_finds_exactly_what_contains_the_words(databases, names, data):
    store = a_store(databases, "AAAA", f"search{next(NUMBERS)}")
    with store.write() as writing:
        for serial, name in enumerate(names, 1):
            writing.append("1", a_case(name, f"c{serial}", serial))
    name = data.draw(st.sampled_from(names))
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    with store.read() as reader:
        hits, more = reader.search(part, 50)
        total = reader.count_found(part).total
    rest = squeeze("620102540000-20261124-A-000 620102196804152044 13919364417 点赞返利垫付两次")
    wanted = [squeeze(word) for word in part.split() if any(c.isalnum() for c in word)]
    expected = [n for n in names if all(word in squeeze(n) or word in rest for word in wanted)]
    if wanted:
        assert total == len(expected) == len(hits)
        assert not more
        assert sorted(hit.victim for hit in hits) == sorted(expected)
    store.close()


class TestBrokenFiles:
    """Five ways not to open, five messages."""

    @pytest.fixture
    def path(self, tmp_path):
        store = a_store(tmp_path, "AAAA")
        with store.write() as writing:
            for serial in range(1, 40):
                writing.append("1", a_case(case=f"c{serial}", serial=serial))
        store.close()
        return tmp_path / "AAAA.db"

    def code(self, path: Path, key: bytes = KEY) -> str:
        with pytest.raises(WorldError) as caught:
            SqlStore.open(path, key, a_profile("AAAA"), HandClock())
        return caught.value.code

    def test_missing(self, tmp_path):
        assert self.code(tmp_path / "nothing.db") == "database.missing"

    def test_other_key(self, path):
        assert self.code(path, bytes(32)) == "database.other_key"

    def test_newer(self, path):
        store = SqlStore.open(path, KEY, a_profile("AAAA"), HandClock())
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA user_version = 999")
            connection.commit()
        store.close()
        assert self.code(path) == "database.newer"

    @pytest.mark.parametrize(
        "rest", [0, 1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE * 3, PAGE_SIZE * 3 + 7]
    )
    def test_half_copied(self, path, rest):
        with path.open("rb+") as file:
            file.truncate(rest)
        assert self.code(path) == "database.half_copied"

    @pytest.mark.parametrize("where", [100, PAGE_SIZE + 17, PAGE_SIZE * 4 + 4000])
    def test_damaged(self, path, where):
        data = bytearray(path.read_bytes())
        data[where] ^= 1
        path.write_bytes(data)
        assert self.code(path) == "database.damaged"

    def test_a_lost_sidecar_is_no_loss(self, path):
        sidecar_of(path).unlink()
        SqlStore.open(path, KEY, a_profile("AAAA"), HandClock()).close()
        assert sidecar_of(path).exists()

    @pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"schema": "x"}', b"\xff"])
    def test_a_damaged_sidecar_is_no_loss_either(self, path, damage):
        whole = sidecar_of(path).read_bytes()
        sidecar_of(path).write_bytes(damage)
        SqlStore.open(path, KEY, a_profile("AAAA"), HandClock()).close()
        assert sidecar_of(path).read_bytes() == whole

    @pytest.mark.parametrize("content", [{"schema": 999}, {"format": "x"}, {"key_check": "Ω"}])
    def test_a_sidecar_that_somebody_changed_keeps_nobody_out(self, path, content):
        whole = sidecar_of(path).read_bytes()
        sidecar_of(path).write_text(json.dumps({**json.loads(whole), **content}), "utf-8")
        SqlStore.open(path, KEY, a_profile("AAAA"), HandClock()).close()
        assert sidecar_of(path).read_bytes() == whole

    def test_a_whole_copy_opens(self, path, tmp_path):
        copy = tmp_path / "copy.db"
        shutil.copy(path, copy)
        SqlStore.open(copy, KEY, a_profile("AAAA"), HandClock()).close()


def test_a_copy_is_of_one_moment_though_somebody_saves_all_the_while(tmp_path, monkeypatch):
    """It begins once, however often something is written meanwhile."""
    monkeypatch.setattr(copying, "_AT_ONCE", 5)
    saved: list[int] = []

    class Typing:
        def check(self):
            assert len(saved) < 200, "it begins anew again and again"
            with store.write() as writing:
                writing.save_draft(IntakeForm(case_id=f"c{len(saved)}"), "1")
            saved.append(1)

        def advance(self, done, total):
            pass

    with a_store(tmp_path, "AAAA").closing() as store:
        with store.write() as writing:
            writing.append("1", a_case())
        store.copy_to(tmp_path / "copy.db", Typing())
    assert len(saved) > 3
    with SqlStore.open(tmp_path / "copy.db", KEY, a_profile("AAAA"), HandClock()).closing() as copy:
        with copy.read() as reader:
            assert reader.drafts() == ()
        assert copy.verify(SILENT) == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("lamport", 99), ("wall", "2026-01-01T00:00:00.000Z"), ("officer", "620199"), ("kind", "x"),
        ("subject", "case/x"), ("hash", "0" * 64), ("line", b"{}"),
    ],
)  # fmt: skip
def test_whatever_is_altered_in_an_entry_is_found(tmp_path, column, value):
    """Somebody with the keys and a tool for databases: lists of who signed in read the columns, not the line."""
    path = tmp_path / "desk.db"
    store = SqlStore.create(path, KEY, a_profile("AAAA"), HandClock())
    with store.write() as writing:
        writing.append("620134", a_case())
    assert store.verify(SILENT) == ()
    with store._engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER entry_keeps_rows")
        connection.execute(update(entry).values({column: value}))
        connection.commit()
    found = store.verify(SILENT)
    store.close()
    assert len(found) == 1
    assert found[0].startswith("AAAA:1 ")
