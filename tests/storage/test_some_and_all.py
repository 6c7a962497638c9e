"""What is read of some cases is what is read of all of them, whatever was recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import CaseCard
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Fields
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BUNDLE_RECEIVED, CASE_MERGED, CASE_UNMERGED, ORDER_ISSUED
from desktop.storage.store import SqlStore
from tests.storage.test_store import a_case, a_store, all_entries
from tests.support.quick_places import quick_place

CASES = ("c1", "c2", "c3")
AT = "2026-11-24T10:00:00.000Z"


def every_fact(store: SqlStore) -> tuple[ClockFacts, ...]:
    with store.read() as reader:
        return reader.clock_facts()


def facts_of(store: SqlStore) -> tuple[ClockFacts, ...]:
    """Asked for by name, as a list does."""
    with store.read() as reader:
        return reader.clock_facts(cases=[CaseId(case) for case in CASES])


def every_card(store: SqlStore) -> tuple[CaseCard, ...]:
    with store.read() as reader:
        return reader.board()


def cards_of(store: SqlStore) -> tuple[CaseCard, ...]:
    """Asked for by name, as a page does."""
    with store.read() as reader:
        names = [card.id for card in reader.board()]
        found = reader.cards_of(names)
    return tuple(found[name] for name in names)


def part(kind: str, key: int, case: str) -> NewEntry:
    fields: dict[str, Fields] = {
        "transfer": {"amount_fen": 500, "time": AT, "position": key},
        "order": {"issued_at": AT, "kind": "stop", "number": f"Z{key}", "amount_fen": 1},
        "step": {"kind": "filed", "at": AT},
        "task": {"source": "masked_number", "about": f"transfer/{key}", "text": "", "made_at": AT},
        "evidence": {"added_at": AT, "sha256": "00", "size": 1},
    }
    name = ORDER_ISSUED if kind == "order" else f"{kind}.recorded"
    return NewEntry(name, f"{kind}/{key}", {**fields[kind], "case": case})


PARTS = st.builds(
    part,
    st.sampled_from(["transfer", "order", "step", "task", "evidence"]),
    st.integers(1, 4),
    st.sampled_from(CASES),
)
"""The same key with another case is a part that moves."""
OTHERS = st.one_of(
    st.builds(
        lambda case, state: NewEntry("case.moved", f"case/{case}", {"state": state}),
        st.sampled_from(CASES),
        st.sampled_from(["new", "frozen", "closed"]),
    ),
    st.builds(
        lambda case: NewEntry("case.amended", f"case/{case}", {"official.incident": "J1"}),
        st.sampled_from(CASES),
    ),
    st.builds(
        lambda case, lead: NewEntry(
            CASE_MERGED if lead else CASE_UNMERGED, f"case/{case}", {"merged.into": lead}
        ),
        st.sampled_from(CASES[1:]),
        st.sampled_from(["", "c1"]),
    ),
    st.just(NewEntry("bundle.exported", "bundle/b", {"exported_at": AT, "last_seq": 3})),
    st.just(NewEntry("officer.signed_in", "officer/1", {})),
)


TWO_FILED = [
    [part("step", 2, "c3")],
    [part("step", 1, "c1"), NewEntry(CASE_MERGED, "case/c3", {"merged.into": "c1"})],
]
"""Steps of one instant in reports that are merged."""


@example(TWO_FILED)
@given(st.lists(st.lists(PARTS | OTHERS, min_size=1, max_size=3), max_size=6))
@settings(max_examples=25)
def test_whatever_is_recorded(rounds: list[list[NewEntry]]) -> None:
    with quick_place() as folder:
        store = a_store(Path(folder), "AAAA")
        with store.write() as writing:
            writing.append_all("1", [a_case(case=case) for case in CASES])
        assert facts_of(store) == every_fact(store)
        assert cards_of(store) == every_card(store)
        for news in rounds:
            with store.write() as writing:
                writing.append_all("1", news)
            assert facts_of(store) == every_fact(store)
            assert cards_of(store) == every_card(store)
            assert store.verify_news(SILENT) == ()
        store.close()


@pytest.mark.parametrize(("before", "after"), [("c1", "c3"), ("c3", "c1")])
def test_an_order_moves_to_another_case(tmp_path: Path, before: str, after: str) -> None:
    store = a_store(tmp_path, "AAAA")
    with store.write() as writing:
        writing.append_all("1", [*(a_case(case=case) for case in CASES), part("order", 1, before)])
    cards_of(store)
    with store.write() as writing:
        writing.append("1", part("order", 1, after))
    assert {card.id: card.order_count for card in cards_of(store) if card.order_count} == {after: 1}
    assert cards_of(store) == every_card(store)
    assert store.rebuild(SILENT) == store.digest()
    store.close()


def test_what_the_centre_has_marks_cards_nobody_touched(tmp_path: Path) -> None:
    store, centre = a_store(tmp_path, "AAAA"), a_store(tmp_path, "CCCC")
    trusted: Fields = {"role": "centre", "trusted_at": AT}
    received: Fields = {"received.heads": {"AAAA": 4}, "received.at": AT}
    with store.write() as writing:
        writing.append_all("1", [a_case(case=case) for case in CASES])
        writing.append("1", NewEntry("party.trusted", "party/AAAA/CCCC", trusted))
    assert {card.sync for card in cards_of(store)} == {0}
    with centre.write() as writing:
        writing.append("2", NewEntry(BUNDLE_RECEIVED, "bundle/b", received))
    with store.write() as writing:
        writing.apply(all_entries(centre))
    assert {card.sync for card in cards_of(store)} == {2}
    store.close()
    centre.close()
