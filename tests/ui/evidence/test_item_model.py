"""The list of items: rows by id."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.ids import EvidenceId
from desktop.ui.evidence.items.item_model import CHECK_ROLE, EvidenceModel, IntegrityState
from tests.support.clocks import START


def item(name: str) -> Evidence:
    return Evidence(
        EvidenceId(name), f"{name}.png", 0, "0" * 64, "", "", AcquisitionMethod.PROVIDED, "", START, "620134",
    )  # fmt: skip


ORDERS = st.lists(st.sampled_from("abcdefg"), unique=True)


@given(ORDERS, ORDERS)
def test_any_list_follows_any_other_and_the_selection_stays(
    before: list[str], after: list[str]
) -> None:
    model = EvidenceModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_items([item(name) for name in before])
    kept = {name: QPersistentModelIndex(model.index(row)) for row, name in enumerate(before)}
    model.set_items([item(name) for name in after])
    assert [row.id for row in model.items] == after
    for name, index in kept.items():
        assert index.row() == (after.index(name) if name in after else -1)
    assert tester is not None


def test_a_digest_that_became_known_changes_its_row_alone(qtbot: QtBot) -> None:
    model = EvidenceModel()
    first, second = item("a"), item("b")
    model.set_items([first, second])
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_items([first, replace(second, sm3="ab")])
    assert changed.args[0].row() == 1
    model.set_checks({second.id: IntegrityState.BAD})
    assert model.index(1).data(CHECK_ROLE) is IntegrityState.BAD
    assert model.index(0).data(CHECK_ROLE) is IntegrityState.UNREAD


def test_thousands_of_files_come_in_one_piece(qtbot: QtBot) -> None:
    model = EvidenceModel()
    items = [replace(item("x"), id=EvidenceId(f"{n:06}")) for n in range(20_000)]
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.set_items(items[:10])
    model.set_items(items)
    assert inserted == [(0, 9), (10, 19_999)]
    assert model.row_of(EvidenceId("019999")) == 19_999
