"""The table of entry kinds is whole, and every rule of it stands between a rogue and what is not its to say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Officer, Role
from desktop.journal import authorship, judgement, kinds
from desktop.journal.authorship import Writer
from desktop.journal.entry import GENESIS, NewEntry, seal
from desktop.journal.entry_page import page
from desktop.journal.entry_table import ENTRIES
from desktop.journal.judgement import judge
from desktop.journal.objection import EntryOutcome, Objection
from desktop.journal.subject_rule import Author
from desktop.journal.subject_table import SUBJECTS
from tests.authority.cells import (
    AT,
    BY_ROLE,
    CENTRE,
    GONE,
    ROGUE,
    UNITS,
    WORKER,
    Cell,
    Disguise,
    cells,
)  # fmt: skip

CELLS = tuple(cells())
OFFICERS = {
    WORKER: Officer(WORKER, "王", tuple(Role)),
    **{number: Officer(number, "李", (role,)) for role, number in BY_ROLE.items()},
    GONE: Officer(GONE, "赵", ()),
}


@dataclass
class World:
    """What is known where the rogue's entry comes in."""

    before: int = 0
    last: int | None = None
    refused: Collection[str] = ()
    officers_of: Mapping[DeviceId, Mapping[str, Officer]] = field(
        default_factory=lambda: {ROGUE: OFFICERS}
    )

    def writer(self, device: DeviceId) -> Writer:
        return Writer(device, UNITS.get(device, ""), is_centre=device == CENTRE)

    def devices_of(self, unit: str) -> Collection[DeviceId]:
        return [device for device, own in UNITS.items() if own == unit]

    def centres(self) -> Collection[DeviceId]:
        return [CENTRE]

    def first_author(self, subject: str) -> DeviceId | None:
        return None

    def case_of(self, subject: str) -> str:
        return ""

    def offered_to(self, case: str) -> Collection[str]:
        return ()

    def took_on(self, stream: str, case: str) -> bool:
        return False

    def officers(self, device: DeviceId) -> Mapping[str, Officer]:
        return self.officers_of.get(device, {})

    def cut(self, stream: str) -> int | None:
        return self.last

    def lamport_before(self, stream: str) -> int:
        return self.before

    def objection_to(self, reference: str) -> EntryOutcome | None:
        return EntryOutcome.REFUSED if reference in self.refused else None


def objection(cell: Cell) -> Objection | None:
    entry = seal(
        NewEntry(cell.kind, cell.subject, cell.fields), stream=ROGUE, seq=2, lamport=5, wall=AT,
        officer=cell.officer, replaces=cell.replaces or {}, prev=GENESIS,
    )  # fmt: skip
    last = 1 if cell.cut else 2  # the rogue writes entry 2
    return judge(entry, World(5 if cell.lamport_back else 1, last, (f"{ROGUE}:refused",)))


def judged(cell: Cell) -> tuple[object, object]:
    found = objection(cell)
    return (found.rule, found.outcome) if found else (None, None)


def expected(cell: Cell) -> tuple[object, object]:
    return (cell.rule, cell.outcome) if cell.rule else (None, None)


def test_every_kind_has_its_row() -> None:
    named = {
        value for name, value in vars(kinds).items() if name.isupper() and isinstance(value, str)
    }
    assert named == set(ENTRIES)
    assert {rule.kind for rule in ENTRIES.values() if rule.is_event} == kinds.EVENTS


def test_every_row_is_about_subjects_with_these_fields() -> None:
    for rule in ENTRIES.values():
        assert rule.authors, rule.kind
        assert set(rule.subjects) <= set(SUBJECTS), rule.kind
        for name in rule.fields if rule.fields != ("*",) else ():
            assert any(
                known == name or (name.endswith(".") and known.startswith(name))
                for subject in rule.subjects
                for known in SUBJECTS[subject].fields
            ), (rule.kind, name)


@pytest.mark.parametrize("disguise", Disguise)
def test_what_the_rogue_says_is_judged_by_its_rule(disguise: Disguise) -> None:
    wrong = [
        (cell.name, judged(cell), expected(cell))
        for cell in CELLS
        if cell.disguise is disguise and judged(cell) != expected(cell)
    ]
    assert wrong == []


def test_every_cell_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Every kind is tried with another's subject, with a field nobody knows and by nobody's officer."""
    by = Counter(cell.disguise for cell in CELLS)
    with capsys.disabled():
        print(f"\n{len(CELLS)} cells, {len({cell.kind for cell in CELLS})} kinds: {dict(by)}")  # noqa: T201
    tried = {(cell.kind, cell.disguise) for cell in CELLS}
    for kind in ENTRIES:
        assert (kind, Disguise.UNKNOWN_FIELD) in tried, kind
        assert (kind, Disguise.OTHERS) in tried, kind


@pytest.mark.parametrize("number", range(len(judgement.CHECKS)))
def test_without_any_one_check_something_gets_through(
    monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    without = judgement.CHECKS[number]
    left = tuple(check for check in judgement.CHECKS if check is not without)
    monkeypatch.setattr(judgement, "CHECKS", left)
    assert any(judged(cell) != expected(cell) for cell in CELLS), without


@pytest.mark.parametrize("author", Author)
def test_whoever_is_believed_to_be_an_author_gets_through(
    monkeypatch: pytest.MonkeyPatch, author: Author
) -> None:
    believing = {**authorship.IS, author: lambda _claim: True}
    monkeypatch.setattr("desktop.journal.judgement.IS", believing)
    assert any(judged(cell) != expected(cell) for cell in CELLS)


def test_the_printed_table_is_this_one() -> None:
    printed = (Path(__file__).parents[2] / "docs" / "entry-kinds.md").read_text("utf-8")
    assert printed == page(), "python packaging/make_entry_kinds.py writes it anew"
