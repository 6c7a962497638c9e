"""Projections are what a rebuild gives, whatever the entries say and in whatever order they come."""

from __future__ import annotations

import itertools
import random  # noqa: TID251 - repeatable, no secret

import pytest

from desktop.domain.cases.case_holder import CHARGE
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.journal.entry import NewEntry
from desktop.storage.store import SqlStore
from tests.storage.test_store import a_case, a_store, all_entries
from tests.support.databases import Databases


def test_a_part_that_moves_to_another_case_leaves_the_first(databases: Databases) -> None:
    """Nobody's loss may be counted in two cases."""
    writer = a_store(databases, "AAAA")
    parts: dict[str, Fields] = {
        "transfer/t": {"amount_fen": 500, "payee.number": "6230520010037788996"},
        "evidence/e": {"added_at": "2026-11-24T10:00:00.000Z", "sha256": "00", "size": 1},
        "order/o": {"issued_at": "2026-11-24T10:00:00.000Z", "kind": "stop", "number": "Z1"},
    }
    with writer.write() as writing:
        writing.append("1", a_case(case="c1", serial=1))
        writing.append("1", a_case(case="c2", serial=2))
        for subject, fields in parts.items():
            writing.append("1", NewEntry("transfer.recorded", subject, {**fields, "case": "c1"}))
    with writer.write() as writing:
        for subject in parts:
            writing.append("1", NewEntry("case.amended", subject, {"case": "c2"}))
    with writer.read() as reader:
        cards = {card.id: card for card in reader.board()}
    first, second = cards[CaseId("c1")], cards[CaseId("c2")]
    assert (first.loss_fen, first.order_count, first.evidence_count) == (0, 0, 0)
    assert (second.loss_fen, second.order_count, second.evidence_count) == (500, 1, 1)
    assert writer.verify(SILENT) == ()
    writer.close()


def test_two_opinions_where_a_part_belongs_come_to_the_same_in_any_order(
    databases: Databases,
) -> None:
    one, two, three = (a_store(databases, name) for name in ("AAAA", "BBBB", "CCCC"))
    for store, case in ((one, "c1"), (two, "c2"), (three, "c3")):
        with store.write() as writing:
            writing.append("1", a_case(case=case))
            said: Fields = {"case": case, "amount_fen": 500}
            writing.append("1", NewEntry("transfer.recorded", "transfer/t", said))
    streams = [all_entries(store) for store in (one, two, three)]
    digests = set()
    for number, order in enumerate(itertools.permutations(streams)):
        reader = a_store(databases, f"R{number:03d}")
        for entries in order:
            with reader.write() as writing:
                writing.apply(entries)
        assert reader.verify(SILENT) == ()
        digests.add(reader.digest())
        reader.close()
    assert len(digests) == 1
    for store in (one, two, three):
        store.close()


def test_what_is_said_of_a_part_before_it_is_known_counts_all_the_same(
    databases: Databases,
) -> None:
    station, centre, third = (a_store(databases, name) for name in ("AAAA", "BBBB", "CCCC"))
    with station.write() as writing:
        writing.append("1", a_case())
        attached = {"case": "c1", "added_at": "2026-11-24T10:00:00.000Z", "sha256": "00"}
        writing.append("1", NewEntry("evidence.attached", "evidence/e", attached))
    with centre.write() as writing:
        writing.append("1", NewEntry("evidence.digested", "evidence/e", {"sm3": "11"}))
        writing.append("1", NewEntry("evidence.viewed", "evidence/e", {}))
    for entries in (all_entries(centre), all_entries(station)):
        with third.write() as writing:
            writing.apply(entries)
    assert third.verify(SILENT) == ()
    for store in (station, centre, third):
        store.close()


def test_half_a_character_finds_nothing_and_is_not_recorded(databases: Databases) -> None:
    store = a_store(databases, "AAAA")
    with store.read() as reader:
        assert reader.case_by_number("\udcff") is None
        assert reader.order("\udcff") is None
        assert reader.search("\udcff", 5).hits == ()
        assert reader.count_found("\udcff").total == 0
    with pytest.raises(UserInputError) as caught, store.write() as writing:
        writing.append("1", NewEntry("case.amended", "case/c1", {"narrative": "\udcff"}))
    assert caught.value.code == "entry.unwritable"
    store.close()


def test_absurd_amounts_do_not_stop_the_intake(databases: Databases) -> None:
    store = a_store(databases, "AAAA")
    with store.write() as writing:
        writing.append("1", a_case())
        for number in range(1025):
            fields: Fields = {"case": "c1", "amount_fen": 2**53 - 1}
            writing.append("1", NewEntry("transfer.recorded", f"transfer/{number}", fields))
    with store.read() as reader:
        assert reader.board()[0].loss_fen == 2**53 - 1
    store.close()


def test_a_long_reason_for_handing_a_case_on_does_not_stop_the_intake(databases: Databases) -> None:
    """A server takes no more than some thousand octets into an index."""
    signs = random.Random(3).choices([chr(sign) for sign in range(0x4E00, 0x9F00)], k=2000)  # noqa: S311 - no secret
    holder: Fields = {"device": "AAAA", "letter": "A", "by": "1", "reason": "".join(signs)}
    store = a_store(databases, "AAAA")
    with store.write() as writing:
        writing.append("1", a_case())
        writing.append("1", NewEntry("case.taken_over", "case/c1", {CHARGE: holder}))
    with store.read() as reader:
        assert [case.id for case in reader.held_cases()] == ["c1"]


def test_a_quarrel_about_evidence_is_counted_and_its_end_too(databases: Databases) -> None:
    session, other = a_store(databases, "AAAA"), a_store(databases, "BBBB")
    added: Fields = {"case": "c1", "added_at": "2026-11-24T10:00:00.000Z", "sha256": "00"}

    def counts(store: SqlStore) -> tuple[int, int]:
        assert store.verify(SILENT) == ()
        with store.read() as reader:
            card = reader.board()[0]
        return card.evidence_count, card.conflicts

    with session.write() as writing:
        writing.append("1", a_case())
        writing.append("1", NewEntry("evidence.attached", "evidence/e", added))
    with other.write() as writing:
        writing.append("1", NewEntry("evidence.attached", "evidence/e", {**added, "sha256": "11"}))
    with session.write() as writing:
        writing.apply(all_entries(other))
    assert counts(session) == (1, 1), "what both say alike is no quarrel"
    with session.write() as writing:
        writing.append("1", NewEntry("evidence.attached", "evidence/f", added))
    assert counts(session) == (2, 1)
    with session.write() as writing:
        writing.append("1", NewEntry("case.amended", "evidence/e", added))
    assert counts(session) == (2, 0)
    for store in (session, other):
        store.close()


def test_facts_recorded_together_are_those_recorded_one_by_one(databases: Databases) -> None:
    facts = [
        a_case(),
        NewEntry("evidence.attached", "evidence/e", {"case": "c1", "sha256": "00", "size": 7}),
        NewEntry("evidence.attached", "evidence/f", {"case": "c1", "sha256": "11", "name": "图"}),
        NewEntry("evidence.digested", "evidence/e", {"sm3": "22"}),
        NewEntry("evidence.digested", "evidence/e", {"sm3": "33", "size": 8}),
        NewEntry("evidence.viewed", "evidence/f", {"sm3": "not a fact"}),
        NewEntry("evidence.digested", "evidence/f", {"sm3": "44"}),
    ]
    one, two = (a_store(databases, "AAAA", name) for name in ("one", "two"))
    with one.write() as writing:
        apart = [writing.append("1", fact) for fact in facts]
    with two.write() as writing:
        together = writing.append_all("1", facts)
    assert [entry.line() for entry in together] == [entry.line() for entry in apart]
    assert one.digest() == two.digest()
    assert two.verify(SILENT) == ()
    for store in (one, two):
        store.close()
