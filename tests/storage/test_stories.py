"""The narratives of many cases, read slice by slice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import Cancelled
from desktop.journal.entry import NewEntry
from desktop.storage.readers import link_reader
from tests.storage.test_store import a_case, a_store
from tests.support.databases import Databases

SLICE = 3
LONG_AGO = "2000-01-01T00:00:00Z"


class StoppingProgress:
    """Stops at the check it is told to; keeps how far it was told to be."""

    def __init__(self, stop_at: int = 0) -> None:
        self.checks, self.stop_at = 0, stop_at
        self.steps: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.steps.append((done, total))

    def check(self) -> None:
        self.checks += 1
        if self.checks == self.stop_at:
            raise Cancelled


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link_reader, "_SLICE", SLICE)


def cases(number: int, *, told: bool) -> list[NewEntry]:
    made = [a_case(case=f"c{place:02d}", serial=place + 1) for place in range(number)]
    if told:
        return made
    return [replace(case, fields={**case.fields, "narrative": None}) for case in made]


@pytest.mark.parametrize("number", [0, 1, SLICE, 2 * SLICE, 2 * SLICE + 1])
def test_every_narrative_comes_once_in_the_order_of_cases(
    databases: Databases, number: int
) -> None:
    store, told = a_store(databases, "AAAA"), StoppingProgress()
    with store.write() as writing:
        writing.append_all("1", cases(number, told=True))
    with store.read() as reader:
        found = [case for case, _ in reader.stories(LONG_AGO, told)]
    assert found == [f"c{place:02d}" for place in range(number)]
    assert told.steps == sorted(told.steps)
    assert told.steps[-1] == (number, number)
    store.close()


def test_one_can_stop_where_no_case_tells_anything(databases: Databases) -> None:
    store, told = a_store(databases, "AAAA"), StoppingProgress(stop_at=3)
    with store.write() as writing:
        writing.append_all("1", cases(4 * SLICE, told=False))
    with store.read() as reader:
        assert list(reader.stories(LONG_AGO)) == []
        with pytest.raises(Cancelled):
            list(reader.stories(LONG_AGO, told))
    assert told.steps == [(0, 4 * SLICE), (SLICE, 4 * SLICE)], "it did not read on to the end"
    with store.read() as reader:
        assert len(reader.board()) == 4 * SLICE, "the store goes on"
    store.close()
