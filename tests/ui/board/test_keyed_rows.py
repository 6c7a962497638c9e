"""Rows replaced as a whole are announced as what changed, and whoever points at a row keeps pointing at it."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.ui.board.column_model import KeyedRows

Row = tuple[int, str]


class Model(QAbstractListModel):
    """Rows of (id, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: KeyedRows[Row] = KeyedRows(self, _key)

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.rows[index.row()][1] if role == Qt.ItemDataRole.DisplayRole else None


def _key(row: Row) -> int:
    return row[0]


rows = st.dictionaries(st.integers(0, 30), st.text("ab", max_size=2), max_size=25).flatmap(
    lambda found: st.permutations(list(found.items()))
)


@given(st.lists(rows, min_size=2, max_size=5))
@settings(max_examples=60)
def test_any_sequence_of_contents_is_shown_and_pointers_follow_their_rows(
    contents: list[list[Row]],
) -> None:
    model = Model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    for content in contents:
        held = {
            row[0]: QPersistentModelIndex(model.index(i)) for i, row in enumerate(model.rows.rows)
        }
        resets.clear()
        model.rows.replace(content)
        assert list(model.rows.rows) == content
        assert [model.rows.place(row[0]) for row in content] == list(range(len(content)))
        if not resets:
            for place, row in enumerate(content):
                pointer = held.get(row[0])
                assert pointer is None or pointer.row() == place
            gone = set(held) - {row[0] for row in content}
            assert not any(held[key].isValid() for key in gone)
    assert tester.model() is model


def test_one_changed_row_is_one_small_announcement() -> None:
    model = Model()
    model.rows.replace([(i, "a") for i in range(1000)])
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.rows.replace([(i, "b" if i in (7, 8, 500) else "a") for i in range(1000)])
    assert told == [(7, 8), (500, 500)]
    assert not resets
